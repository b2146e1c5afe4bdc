"""A figure with a unit is a number of that unit: what one more of each answer adds to it says so.

Nothing is asked of the engine but its figures: 2 × 甲 grows by 2 where there is one more 件, so it is no number of 件.
"""

from collections.abc import Callable, Mapping, Sequence

_SIZES = {"百": 1e2, "千": 1e3, "十万": 1e5, "百万": 1e6, "万": 1e4, "亿": 1e8}
_NEAR = 1e-5
Worth = Callable[[Mapping[str, float]], float]


def taken_apart(unit: str) -> tuple[float, str]:
    """万元 as ten thousand 元."""
    for word in sorted(_SIZES, key=len, reverse=True):
        if unit.startswith(word) and len(unit) > len(word):
            return _SIZES[word], unit.removeprefix(word)
    return 1.0, unit


def is_number_of(unit: str, worth: Worth, answers: Mapping[str, float], units: Mapping[str, str]) -> bool:
    """Is what ``worth`` makes of answers, measured in ``units``, a number of ``unit``? Shares among them are 1."""
    above, slash, below = unit.partition("/")
    size, base = taken_apart(above)
    figure = worth(answers)
    top = _added(worth, answers, _of(base, units), units)
    if not slash:
        return _is_sum([one / size for one in top])
    size_below, base_below = taken_apart(below)
    bottom = _added(lambda those: 1 / worth(those), answers, _of(base_below, units), units)
    for one in _sums(top):
        for other in _sums(bottom):
            whole = _total(one, answers, _of(base, units), units) / size
            parts = _total(other, answers, _of(base_below, units), units) / size_below
            if abs(whole / parts - figure) <= _NEAR * abs(figure):
                return True
    return False


def _of(base: str, units: Mapping[str, str]) -> list[str]:
    return [code for code, unit in units.items() if taken_apart(unit)[1] == base]


def _added(worth: Worth, answers: Mapping[str, float], codes: Sequence[str], units: Mapping[str, str]) -> list[float]:
    """What one more of the plain unit in each answer adds."""
    added = []
    for code in codes:
        step = answers[code] * _NEAR
        more, fewer = ({**answers, code: answers[code] + way * step} for way in (1, -1))
        added.append((worth(more) - worth(fewer)) / (2 * step) / taken_apart(units[code])[0])
    return added


def _is_sum(added: Sequence[float]) -> bool:
    """Is it a sum or a difference of answers, or of means of them? The parts of a mean are one together."""
    gained, lost = (sum(sign * one for one in added if sign * one > 0) for sign in (1, -1))
    is_whole = all(abs(one - round(one)) < 10 * _NEAR for one in (gained, lost))
    return is_whole and all(abs(one) < 1 + 10 * _NEAR for one in added)


def _sums(added: Sequence[float]) -> list[list[float]]:
    """The sums and the means that grow in this proportion."""
    wholes = [max(map(abs, added), default=0.0), sum(added)]
    found = [[one / whole for one in added] for whole in wholes if whole]
    return [one for one in found if _is_sum(one)]


def _total(
    factors: Sequence[float], answers: Mapping[str, float], codes: Sequence[str], units: Mapping[str, str]
) -> float:
    return sum(
        factor * answers[code] * taken_apart(units[code])[0] for factor, code in zip(factors, codes, strict=True)
    )

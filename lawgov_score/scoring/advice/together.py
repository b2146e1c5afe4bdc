"""The best answers at several indicators that checks tie together: all there are where they are few, else a repair.

Where each indicator at its best would break a check over several, one of them has to give way, or another, which has
lost nothing, has to move along.
"""

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Check, Indicator
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import Field
from lawgov_score.scoring.advice.improve import (
    Figures,
    edges,
    fits_own,
    keeps_own,
    movable,
    range_of,
    steps_of,
    tries_of,
)
from lawgov_score.scoring.advice.spanning import Fit, Keys, breaks, linked
from lawgov_score.scoring.advice.whatif import Outcomes, Question

_MOST_TOGETHER = 4096  # answers of all tied indicators that are tried all together
_MOST_REPAIRS = 12


@dataclass(frozen=True, slots=True)
class Tied:
    """An indicator that checks may tie to others: with its own checks, and what the unit answered, by field code."""

    indicator: Indicator
    given: Figures


@dataclass(frozen=True, slots=True)
class Joint:
    """Answers at tied indicators that hold together, by key. ``is_best``: was every one there is tried?"""

    changed: Mapping[str, float]
    is_best: bool


def jointly(
    row: int, best: Mapping[str, float], tied: Mapping[str, Tied], fit: Fit, sign: float
) -> Generator[Sequence[Question], Outcomes, Joint | None]:
    """``best`` (by key, each indicator for itself) made to fit the checks; None if nothing was found that does.

    ``tied``: by indicator code, all whose answers may move. ``sign``: -1 where a lower figure is the better grade.
    """
    changed, is_best = dict(best), True
    for codes in linked(fit, list(tied)):
        parts = [tied[code] for code in tied if code in codes]
        own = {key for part in parts for key in part.indicator.keys.values()}
        if not any(own & set(keys.values()) for _, keys in fit.broken(changed)):
            continue
        rest = {key: figure for key, figure in changed.items() if key not in own}
        combinations = _combinations(parts, fit)
        if combinations is not None:
            found = yield from _best_of(row, combinations, rest, sign)
        else:
            is_best = False
            found = yield from _repaired(row, parts, changed, fit, sign)
        if found is None:
            return None
        changed = found
    return Joint(changed, is_best) if fit.holds(changed) else None


def _keyed(part: Tied) -> list[tuple[str, Field]]:
    return [(part.indicator.keys[one.code], one) for one in movable(part.indicator, part.given)]


def _combinations(parts: Sequence[Tied], fit: Fit) -> Mapping[str, FloatArray] | None:
    """Every answer there is at these indicators that keeps all bounds and checks: a column by key; nan: left blank.

    None: too many to try them all.
    """
    rooms: dict[str, list[float]] = {}
    for part in parts:
        fixed = {code: figure for code, figure in part.given.items() if code not in _codes(part)}
        for key, asked in _keyed(part):
            room = range_of(part.indicator, asked, fixed)
            size = (room.most - room.least) / room.step + 1
            if not math.isfinite(size) or math.prod(map(len, rooms.values())) * size > _MOST_TOGETHER:
                return None
            rooms[key] = [*steps_of(room), *([] if asked.code in part.given else [float("nan")])]
    columns = [each.ravel() for each in np.meshgrid(*(np.array(room) for room in rooms.values()), indexing="ij")]
    known = dict(zip(rooms, columns, strict=True))
    good = np.ones(len(columns[0]), dtype=bool)
    for part in parts:
        good &= fits_own(part.indicator, {code: known.get(key, _all(part, code, good)) for code, key in _named(part)})
    for check, keys in fit.checks:
        if not known.keys().isdisjoint(keys.values()):
            good &= ~_broken(check, keys, known, fit, len(good))
    return {key: column[good] for key, column in known.items()}


def _codes(part: Tied) -> frozenset[str]:
    return frozenset(one.code for one in movable(part.indicator, part.given))


def _named(part: Tied) -> list[tuple[str, str]]:
    """Field code and key of all that its bounds and checks may name; what it does not ask itself under its code."""
    names = {code: code for code in part.given}
    return list({**names, **part.indicator.keys}.items())


def _all(part: Tied, code: str, like: BoolArray) -> FloatArray:
    return np.full(len(like), part.given.get(code, float("nan")))


def _broken(check: Check, keys: Keys, known: Mapping[str, FloatArray], fit: Fit, size: int) -> BoolArray:
    columns = {
        name: known[key] if key in known else np.full(size, fit.given.get(key, float("nan")))
        for name, key in keys.items()
    }
    return breaks(check, columns)


def _best_of(
    row: int, combinations: Mapping[str, FloatArray], rest: Mapping[str, float], sign: float
) -> Generator[Sequence[Question], Outcomes, dict[str, float] | None]:
    """The one with the best grade, then figure, the others as in ``rest``."""
    size = len(next(iter(combinations.values())))
    if not size:
        return None
    tries = [{**rest, **_at(combinations, i)} for i in range(size)]
    outcomes = yield [(row, one) for one in tries]
    return tries[_first(outcomes, sign)]


def _at(combinations: Mapping[str, FloatArray], i: int) -> dict[str, float]:
    return {key: float(column[i]) for key, column in combinations.items() if not np.isnan(column[i])}


def _first(outcomes: Outcomes, sign: float) -> int:
    figures = np.nan_to_num(sign * outcomes.figures, nan=-np.inf)
    return int(np.lexsort((-figures, outcomes.levels))[0])


def _repaired(
    row: int, parts: Sequence[Tied], changed: Mapping[str, float], fit: Fit, sign: float
) -> Generator[Sequence[Question], Outcomes, dict[str, float] | None]:
    """One figure after another is set so that a broken check holds, each time the one that costs least."""
    now, own = dict(changed), {key for part in parts for key in part.indicator.keys.values()}
    for _ in range(_MOST_REPAIRS):
        broken = next((each for each in fit.broken(now) if own & set(each[1].values())), None)
        if broken is None:
            return now
        tries = [one for part in parts for one in _repairs(part, now, fit, broken)]
        if not tries:
            return None
        outcomes = yield [(row, one) for one in tries]
        still = np.array([sum(1 for _ in fit.broken(one)) for one in tries])
        figures = np.nan_to_num(sign * outcomes.figures, nan=-np.inf)
        now = tries[int(np.lexsort((-figures, outcomes.levels, still))[0])]
    return None


def _repairs(part: Tied, now: Mapping[str, float], fit: Fit, broken: tuple[Check, Keys]) -> list[dict[str, float]]:
    """``now`` with one figure of this indicator changed so that the broken check holds and all its own do."""
    _, keys = broken
    own = {code: now.get(key, part.given.get(code)) for code, key in _named(part)}
    figures = {code: figure for code, figure in own.items() if figure is not None}
    found: list[dict[str, float]] = []
    for key, asked in _keyed(part):
        if key not in keys.values():
            continue

        def holds(figure: float, key: str = key, asked: Field = asked) -> bool:
            still = any(each == broken for each in fit.broken({**now, key: figure}))
            return not still and keeps_own(part.indicator, {**figures, asked.code: figure})

        room = range_of(part.indicator, asked, figures)
        tried = sorted({*tries_of(room, figures.get(asked.code)), figures.get(asked.code, room.least)})
        found += [{**now, key: one} for one in edges(tried, room.step, holds)]
    return found

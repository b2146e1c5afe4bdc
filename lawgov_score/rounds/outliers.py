"""Marks and scores that are worth a second look, looking down one indicator over all units; and why, in words.

Nothing is wrong with an outlier: it is told so that somebody looks at it again before the result is announced.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from statistics import median

from lawgov_score.wording import Phrase, Words

FEWEST = 5  # units from which a median tells what is usual
FEWEST_ALIKE = 3  # units that answered the same
SPREADS = 3.0  # how many times the usual distance from the median is far from it
_NORMAL = 1.4826  # times the median distance from the median: the standard deviation, where nothing is unusual
LEAST_SHARE = 0.2  # of the range: a smaller distance is never far
LAST_SHARE = 0.3  # of the range: a larger step since last year is worth a look
_HALF = 0.5

_HIGH = Words(
    "比各单位的中位数 {median:points} 分高 {by:points} 分", "{by:points} above the median of all units, {median:points}"
)
_LOW = Words(
    "比各单位的中位数 {median:points} 分低 {by:points} 分", "{by:points} below the median of all units, {median:points}"
)
_ROSE = Words("上年 {last:points} 分，高了 {by:points} 分", "{last:points} last year: {by:points} higher")
_FELL = Words("上年 {last:points} 分，低了 {by:points} 分", "{last:points} last year: {by:points} lower")
_ALIKE_HIGH = Words(
    "填报相同的 {n} 个单位中位数 {median:points} 分，高了 {by:points} 分",
    "{n} units answered the same, with a median of {median:points}: {by:points} higher",
)
_ALIKE_LOW = Words(
    "填报相同的 {n} 个单位中位数 {median:points} 分，低了 {by:points} 分",
    "{n} units answered the same, with a median of {median:points}: {by:points} lower",
)
_SILENT = Words(
    "没有填报，也没有列佐证材料，却得了一半以上的分", "nothing answered and no evidence, yet half the points or more"
)


def outliers(
    scores: Mapping[str, float],
    bounds: Mapping[str, tuple[float, float]],
    last: Mapping[str, float],
    figures: Mapping[str, str],
    silent: Collection[str],
) -> dict[str, tuple[Phrase, ...]]:
    """Of each unit that stands out, why. Only units with a score are looked at.

    ``bounds``: the least and the most that a unit can get. ``last``: scores of last year. ``figures``: what units
    answered, in words. ``silent``: those that answered nothing.

    Far from the median is what is ``SPREADS`` times as far as is usual, far from last year what has moved by more than
    ``LAST_SHARE`` of the range, far from its own figures what is more than ``LEAST_SHARE`` of the range away from the
    median of those that answered the very same.
    """
    wide = {unit: most - least for unit, (least, most) in bounds.items() if unit in scores}
    found: dict[str, list[Phrase]] = {}
    for unit, phrase in (
        *_from_median(scores, wide),
        *_from_last(scores, wide, last),
        *_from_alike(scores, wide, figures),
        *_silent(scores, bounds, silent),
    ):
        found.setdefault(unit, []).append(phrase)
    return {unit: tuple(phrases) for unit, phrases in found.items()}


def _from_median(scores: Mapping[str, float], wide: Mapping[str, float]) -> Iterator[tuple[str, Phrase]]:
    if len(scores) < FEWEST:
        return
    middle = median(scores.values())
    usual = _NORMAL * median(abs(score - middle) for score in scores.values())
    for unit, score in scores.items():
        by = abs(score - middle)
        if by > max(SPREADS * usual, LEAST_SHARE * wide[unit]):
            yield unit, (_HIGH if score > middle else _LOW)(median=middle, by=by)


def _from_last(
    scores: Mapping[str, float], wide: Mapping[str, float], last: Mapping[str, float]
) -> Iterator[tuple[str, Phrase]]:
    for unit, score in scores.items():
        if unit in last and abs(score - last[unit]) > LAST_SHARE * wide[unit]:
            words = _ROSE if score > last[unit] else _FELL
            yield unit, words(last=last[unit], by=abs(score - last[unit]))


def _from_alike(
    scores: Mapping[str, float], wide: Mapping[str, float], figures: Mapping[str, str]
) -> Iterator[tuple[str, Phrase]]:
    alike: dict[str, list[str]] = {}
    for unit in scores:
        if text := figures.get(unit, ""):
            alike.setdefault(text, []).append(unit)
    for units in alike.values():
        if len(units) >= FEWEST_ALIKE:
            middle = median(scores[unit] for unit in units)
            for unit in _far(units, scores, wide, middle):
                words = _ALIKE_HIGH if scores[unit] > middle else _ALIKE_LOW
                yield unit, words(n=len(units), median=middle, by=abs(scores[unit] - middle))


def _far(units: Iterable[str], scores: Mapping[str, float], wide: Mapping[str, float], middle: float) -> Iterator[str]:
    yield from (unit for unit in units if abs(scores[unit] - middle) > LEAST_SHARE * wide[unit])


def _silent(
    scores: Mapping[str, float], bounds: Mapping[str, tuple[float, float]], silent: Collection[str]
) -> Iterator[tuple[str, Phrase]]:
    for unit, score in scores.items():
        least, most = bounds[unit]
        if unit in silent and score - least >= _HALF * (most - least):
            yield unit, _SILENT()

"""Grade lines (等次): which line a figure reaches, which grades are barred, quotas. Grades are numbers, 0 the best.

The number after the last grade stands for no grade. A unit that reaches a barred grade gets the next lower one.
"""

from collections.abc import Collection, Sequence

import numpy as np

from lawgov_score.measure.lines import holds
from lawgov_score.measure.tolerance import DUST, reaches
from lawgov_score.rounding import BoolArray, FloatArray, IntArray


def reached(figures: FloatArray, lines: Sequence[FloatArray | float], keys: Sequence[str]) -> IntArray:
    """(units,): number of the best grade whose line each figure meets; nan meets none.

    ``lines``: for each grade, one number or (units,). ``keys``: for each grade, on which side of its line
    (``measure/lines.py``).

    >>> reached(np.array([95.0, 90.0, np.nan]), [90.0, 60.0], ["above", "at_least"]).tolist()
    [0, 1, 2]
    """
    level = np.full(len(figures), len(lines), dtype=np.intp)
    for i in reversed(range(len(lines))):
        level[holds(keys[i], figures, lines[i])] = i
    return level


def best_unbarred(level: int, bars: Collection[int]) -> int:
    """The best grade at ``level`` or below it that is not barred.

    >>> best_unbarred(0, {0, 1}), best_unbarred(2, {0, 1})
    (2, 2)
    """
    while level in bars:
        level += 1
    return level


def quota_limit(share: float, at_least: int, size: int) -> int:
    """How many of a cohort of ``size`` units may hold a grade: a share, rounded down, but at least so many.

    >>> quota_limit(0.29, 0, 100), quota_limit(0.1, 1, 5)
    (29, 1)
    """
    return max(int(np.floor(share * size + DUST)), at_least)


def sizes_of(cohorts: IntArray, counted: BoolArray | None = None) -> IntArray:
    """How many units each cohort has, by its number: all of them, or those ``counted`` (units,).

    >>> sizes_of(np.array([0, 0, 1]), np.array([True, False, False])).tolist()
    [1, 0]
    """
    if counted is None:
        return np.bincount(cohorts)
    return np.bincount(cohorts[counted], minlength=int(cohorts.max(initial=-1)) + 1)


def over_quota(
    holds: BoolArray,
    ranks: IntArray,
    cohorts: IntArray,
    share: float,
    at_least: int,
    counted: BoolArray | None = None,
) -> BoolArray:
    """(units,): who would hold a grade but exceeds its quota, a share of the units of the cohort, rounded down.

    ``holds``, ``ranks`` (0: no place), ``cohorts``: (units,). ``counted`` (units,): those of whom it is a share; None:
    all. Tied units are treated alike: a tie that does not fit as
    a whole loses the grade, unless nobody would then hold it and at least one may. A unit without a place comes last,
    and never before one that has a place.
    """
    over = np.zeros(len(ranks), dtype=bool)
    rows = np.flatnonzero(holds)
    if not len(rows):
        return over
    last = len(ranks) + 1
    places = np.where(ranks > 0, ranks, last)
    order = rows[np.lexsort((places[rows], cohorts[rows]))]
    place, cohort, position = places[order], cohorts[order], np.arange(len(order))
    opens = np.r_[True, cohort[1:] != cohort[:-1]]  # the best placed of its cohort
    ends = np.r_[opens[1:] | (place[1:] != place[:-1]), True]  # the last of those who share its place
    first = np.maximum.accumulate(np.where(opens, position, 0))
    sharing = np.minimum.accumulate(np.where(ends, position, len(order))[::-1])[::-1]  # position of the last of them
    limits = np.array([quota_limit(share, at_least, size) for size in sizes_of(cohorts, counted).tolist()])
    fits = sharing - first < limits[cohort]
    if at_least:
        fits |= (place == place[first]) & (place != last)
    over[order] = ~fits
    return over


def letter(score: float, scale: Sequence[tuple[str, float]]) -> str:
    """The letter for ``score``: the best one whose score it reaches; '' where there are no letters, or no score.

    ``scale``: letters with the scores they stand for, best first, falling or rising.

    >>> letter(3.0, [("A", 4.0), ("B", 3.0)]), letter(3.0, [("A", 1.0), ("B", 3.0)]), letter(2.9, [("A", 4.0)])
    ('B', 'B', '')
    """
    if not scale:
        return ""
    sign = 1.0 if scale[0][1] >= scale[-1][1] else -1.0
    return next((name for name, line in scale if reaches(sign * score, sign * line)), "")

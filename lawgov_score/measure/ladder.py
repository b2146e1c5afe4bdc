"""等次: which line is reached, which grades are barred, how many may hold one. Grades are numbers, 0 the best.

One past the last stands for no grade. A unit that reaches a grade it may not have gets the next lower one.
"""

from collections.abc import Collection, Sequence

import numpy as np

from lawgov_score.measure.tolerance import DUST, reaches
from lawgov_score.rounding import BoolArray, FloatArray, IntArray


def reached(figures: FloatArray, lines: Sequence[FloatArray | float], up_to: Sequence[bool]) -> IntArray:
    """(units,): the best grade whose line each figure is on or beyond; nan reaches none.

    ``lines``: of each grade, one number or (units,). ``up_to``: of each grade, is less better there?

    >>> reached(np.array([95.0, 80.0, np.nan]), [90.0, 60.0], [False, False]).tolist()
    [0, 1, 2]
    """
    level = np.full(len(figures), len(lines), dtype=np.intp)
    for i in reversed(range(len(lines))):
        level[figures <= lines[i] if up_to[i] else figures >= lines[i]] = i
    return level


def free_from(level: int, bars: Collection[int]) -> int:
    """The best grade from ``level`` down that is not barred.

    >>> free_from(0, {0, 1}), free_from(2, {0, 1})
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


def over_quota(holds: BoolArray, ranks: IntArray, cohorts: IntArray, share: float, at_least: int) -> BoolArray:
    """(units,): who holds a grade but does not fit. A quota is a share of all units of the cohort, rounded down.

    ``holds``, ``ranks`` (0: no place), ``cohorts``: (units,). Units that tie stand or fall together: a tie that does
    not fit whole is out, unless nobody else would be left and at least one may hold it. A unit without a place comes
    last, and never before one that has a place.
    """
    over = np.zeros(len(ranks), dtype=bool)
    sizes = np.bincount(cohorts, minlength=1)
    last = len(ranks) + 1
    for cohort in np.unique(cohorts[holds]):
        limit = quota_limit(share, at_least, int(sizes[cohort]))
        rows = np.flatnonzero(holds & (cohorts == cohort))
        own = np.where(ranks[rows] > 0, ranks[rows], last)
        places, counts = np.unique(own, return_counts=True)
        fits = np.cumsum(counts) <= limit
        if at_least and places[0] != last and not fits.any():
            fits[0] = True
        over[rows] = ~fits[np.searchsorted(places, own)]
    return over


def letter(score: float, scale: Sequence[tuple[str, float]]) -> str:
    """The letter that ``score`` stands for: the best one it reaches; '' where there are none, or no score.

    ``scale``: letters with the scores they stand for, best first, falling or rising.

    >>> letter(3.0, [("A", 4.0), ("B", 3.0)]), letter(3.0, [("A", 1.0), ("B", 3.0)]), letter(2.9, [("A", 4.0)])
    ('B', 'B', '')
    """
    if not scale:
        return ""
    sign = 1.0 if scale[0][1] >= scale[-1][1] else -1.0
    return next((name for name, line in scale if reaches(sign * score, sign * line)), "")

"""Statistics within cohorts, as columns: best value, mean, rank. Units without a value are left out."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, IntArray, without_dust


def ends_of(values: FloatArray, cohorts: IntArray) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest value of each unit's cohort; nan where no unit of the cohort has one.

    (units,), or (1,) where all units are in one cohort.

    >>> ends_of(np.array([3.0, 5.0, np.nan]), np.array([0, 0, 1]))
    (array([ 3.,  3., nan]), array([ 5.,  5., nan]))
    """
    row, size = _numbered(cohorts)
    lowest, highest = (_end(values, row, size, is_higher=is_higher) for is_higher in (False, True))
    return (lowest, highest) if size == 1 else (lowest[row], highest[row])


def best_of(values: FloatArray, cohorts: IntArray, *, is_higher: bool) -> FloatArray:
    """The best value of each unit's cohort, shape (units,); nan where no unit of the cohort has one."""
    row, size = _numbered(cohorts)
    return _end(values, row, size, is_higher=is_higher)[row]


def _end(values: FloatArray, row: IntArray, size: int, *, is_higher: bool) -> FloatArray:
    """(cohorts,): the lowest or the highest value, nan where there is none. ``row``, ``size``: see ``_numbered``."""
    further = np.fmax if is_higher else np.fmin
    if size == 1:  # many times faster than by cohorts
        end = np.array([further.reduce(values)])
    else:
        end = np.full(size, np.nan)
        further.at(end, row, values)
    end[np.isinf(end)] = np.nan
    return end


def sum_of(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """The sum over each unit's cohort, shape (units,); nan where no unit of the cohort has a value."""
    known, (row, size) = ~np.isnan(values), _numbered(cohorts)
    total = np.bincount(row[known], weights=values[known], minlength=size)
    sums = np.where(np.bincount(row[known], minlength=size) > 0, total, np.nan)
    return without_dust(sums, VALUE_DECIMALS)[row]  # the result must not depend on the order of units


def mean_of(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """The mean of each unit's cohort, shape (units,); nan where no unit of the cohort has a value."""
    known, (row, size) = ~np.isnan(values), _numbered(cohorts)
    total = np.bincount(row[known], weights=values[known], minlength=size)
    number = np.bincount(row[known], minlength=size).astype(np.float64)
    mean = np.divide(total, number, out=np.full(size, np.nan), where=number > 0)
    return without_dust(mean, VALUE_DECIMALS)[row]  # the result must not depend on the order of units


def statistic(which: str, values: FloatArray, cohorts: IntArray, share: float | None = None) -> FloatArray:
    """A statistic of each unit's cohort, (units,), over those who have a value.

    ``which``: ``mean``, ``max``, ``min``, ``sum``, ``count``, ``median``, ``deviation`` (of the population) or
    ``quantile`` (of ``share``). nan where no unit of the cohort has a value; ``count`` is 0 there.

    >>> statistic("sum", np.array([3.0, 5.0, np.nan]), np.array([0, 0, 1])).tolist()
    [8.0, 8.0, nan]
    """
    match which:
        case "mean":
            return mean_of(values, cohorts)
        case "max" | "min":
            return best_of(values, cohorts, is_higher=which == "max")
        case "sum":
            return sum_of(values, cohorts)
        case "count":
            return count_of(values, cohorts)
        case "median":
            return quantile_of(values, cohorts, 0.5)
        case "quantile" if share is not None:
            return quantile_of(values, cohorts, share)
        case "deviation":
            return deviation_of(values, cohorts)
    raise ValueError(f"no statistic of a cohort: {which}")


def count_of(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """How many units of each unit's cohort have a value, shape (units,)."""
    row, size = _numbered(cohorts)
    return np.bincount(row[~np.isnan(values)], minlength=size).astype(np.float64)[row]


def quantile_of(values: FloatArray, cohorts: IntArray, share: float) -> FloatArray:
    """The value below which ``share`` of each unit's cohort lies, (units,), straight between two neighbours.

    As PERCENTILE of a spreadsheet has it (both ends included). nan where no unit of the cohort has a value.

    >>> quantile_of(np.array([1.0, 2.0, 4.0, np.nan, 7.0]), np.array([0, 0, 0, 0, 1]), 0.75).tolist()
    [3.0, 3.0, 3.0, 3.0, 7.0]
    """
    row, size = _numbered(cohorts)
    ordered = values[_ordered(values, row, size)]  # by cohort, rising, those without a value last
    known = np.bincount(row[~np.isnan(values)], minlength=size)
    first = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=size))[:-1]]) if size else known
    exact: FloatArray = np.asarray(share * (known - 1.0), dtype=np.float64)
    position = without_dust(exact, VALUE_DECIMALS)
    below = np.floor(position)
    at = first + np.maximum(below, 0).astype(np.intp)
    following = first + np.clip(below + 1, 0, np.maximum(known - 1, 0)).astype(np.intp)
    found = ordered[at] + (position - below) * (ordered[following] - ordered[at])
    quantile: FloatArray = np.where(known > 0, found, np.nan)
    return without_dust(quantile, VALUE_DECIMALS)[row]


def deviation_of(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """The standard deviation (population) of each unit's cohort, (units,); nan where no unit of it has a value.

    >>> deviation_of(np.array([1.0, 3.0, 7.0]), np.array([0, 0, 1])).tolist()
    [1.0, 1.0, 0.0]
    """
    _, _, spread = _spread(values, cohorts)
    row, _ = _numbered(cohorts)
    found: FloatArray = np.where(np.isnan(mean_of(values, cohorts)), np.nan, spread[row])
    return without_dust(found, VALUE_DECIMALS)


def deviations(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """How many standard deviations (population) above its cohort's mean each unit is, (units,); 0 if all are equal.

    >>> deviations(np.array([1.0, 3.0, 7.0]), np.array([0, 0, 1])).tolist()
    [-1.0, 1.0, 0.0]
    """
    order, gap, spread = _spread(values, cohorts)
    row = _numbered(cohorts)[0][order]
    known = ~np.isnan(gap)
    deviation = np.empty(len(values))
    deviation[order] = np.divide(gap, spread[row], out=np.where(known, 0.0, np.nan), where=(spread[row] > 0) & known)
    return deviation


def _spread(values: FloatArray, cohorts: IntArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Rows by cohort, then by value; how far each is above its cohort's mean; (cohorts,) the standard deviations."""
    numbers, size = _numbered(cohorts)
    order = _ordered(values, numbers, size)  # sums in order of size: the result must not depend on the order of units
    row = numbers[order]
    # Measured from the lowest value, so that values that hardly differ keep their digits.
    height = values[order] - best_of(values, cohorts, is_higher=False)[order]
    known = ~np.isnan(height)
    number = np.maximum(np.bincount(row[known], minlength=size), 1)
    mean = np.bincount(row[known], weights=height[known], minlength=size) / number
    gap = height - mean[row]
    return order, gap, np.sqrt(np.bincount(row[known], weights=gap[known] ** 2, minlength=size) / number)


def places(values: FloatArray, cohorts: IntArray, *, is_higher: bool) -> FloatArray:
    """The place of each unit within its cohort, 1 the best, ties sharing the better one; nan without a value.

    >>> places(np.array([3.0, 5.0, 5.0, 1.0]), np.zeros(4, dtype=np.intp), is_higher=True).tolist()
    [3.0, 1.0, 1.0, 4.0]
    """
    lower, higher = around(values, cohorts)
    return (higher if is_higher else lower) + 1


def ahead_and_level(values: FloatArray, cohorts: IntArray, *, is_higher: bool) -> tuple[FloatArray, FloatArray]:
    """How many of each unit's cohort are better, and how many share its place, itself included; nan without a value.

    >>> ahead, level = ahead_and_level(np.array([3.0, 5.0, 5.0, 1.0]), np.zeros(4, dtype=np.intp), is_higher=True)
    >>> ahead.tolist(), level.tolist()
    ([2.0, 0.0, 0.0, 3.0], [1.0, 2.0, 2.0, 1.0])
    """
    lower, higher = around(values, cohorts)
    return (higher if is_higher else lower), count_of(values, cohorts) - lower - higher


def among_last(values: FloatArray, cohorts: IntArray, count: int, *, is_higher: bool) -> BoolArray:
    """(units,): who is among the last ``count`` of its cohort, where the first are the highest, or the lowest.

    These are all behind whom fewer than ``count`` stand, so that equals are treated alike; but never the first.

    >>> among_last(np.array([9.0, 5.0, 5.0, 7.0]), np.zeros(4, dtype=np.intp), 1, is_higher=True).tolist()
    [False, True, True, False]
    """
    behind, _ = ahead_and_level(values, cohorts, is_higher=not is_higher)
    ahead, _ = ahead_and_level(values, cohorts, is_higher=is_higher)
    return (behind < count) & (ahead > 0)


def of_places(
    ahead: FloatArray, taken: FloatArray, last: Sequence[int], gives: Sequence[float], otherwise: float
) -> FloatArray:
    """(units,): the mean of what the ``taken`` places behind the first ``ahead`` ones give.

    ``last``: the last place of each band, ``gives``: what each of its places gives, ``otherwise``: those behind.

    >>> of_places(np.array([0.0, 1.0, 1.0]), np.array([1.0, 1.0, 3.0]), [1, 2, 3], [10.0, 8.0, 5.0], 2.0).tolist()
    [10.0, 8.0, 5.0]
    """
    total = np.full(len(ahead), 0.0)
    for end, score, following in zip(last, gives, [*gives[1:], otherwise], strict=True):
        total += (score - following) * (np.minimum(ahead + taken, end) - np.minimum(ahead, end))
    return np.asarray(otherwise + total / np.maximum(taken, 1))


def around(values: FloatArray, cohorts: IntArray) -> tuple[FloatArray, FloatArray]:
    """How many of each unit's cohort have a lower value, and how many a higher one, (units,); nan without a value.

    >>> lower, higher = around(np.array([3.0, 5.0, 5.0, 1.0]), np.zeros(4, dtype=np.intp))
    >>> lower.tolist(), higher.tolist()
    ([1.0, 2.0, 2.0, 0.0], [2.0, 0.0, 0.0, 3.0])
    """
    keys, (row, size) = without_dust(values, VALUE_DECIMALS), _numbered(cohorts)
    order, position = _ordered(keys, row, size), np.arange(len(values))
    key, cohort = keys[order], row[order]
    opens = np.ones(len(values), dtype=bool)  # the lowest of its cohort
    opens[1:] = cohort[1:] != cohort[:-1]
    differs = opens.copy()  # the first of those who are equal
    differs[1:] |= key[1:] != key[:-1]
    start = np.maximum.accumulate(np.where(opens, position, 0))
    first = np.maximum.accumulate(np.where(differs, position, 0))
    beyond = np.full(len(values), len(values))  # position after the last of those who are equal
    beyond[:-1][differs[1:]] = position[1:][differs[1:]]
    beyond = np.minimum.accumulate(beyond[::-1])[::-1]
    number = np.bincount(row[~np.isnan(values)], minlength=size)[cohort]
    lower, higher = np.full(len(values), np.nan), np.full(len(values), np.nan)
    lower[order], higher[order] = first - start, start + number - beyond
    lower[np.isnan(values)] = higher[np.isnan(values)] = np.nan
    return lower, higher


def _ordered(values: FloatArray, row: IntArray, size: int) -> IntArray:
    """Rows by cohort, then by value, nan last; which of equal ones comes first is left open.

    ``row``, ``size``: see ``_numbered``.
    """
    order = np.argsort(values)
    if size == 1:
        return order
    numbers = row[order]
    if size < 2**16:  # small numbers are sorted without comparing them
        numbers = numbers.astype(np.uint16)
    return order[np.argsort(numbers, kind="stable")]


def _numbered(cohorts: IntArray) -> tuple[IntArray, int]:
    """Cohort numbers from 0, and a number above them all; the engine's own, which count from 0, as they are."""
    if not len(cohorts):
        return cohorts, 0
    most = int(cohorts.max())
    if most >= len(cohorts) or cohorts.min() < 0:
        cohorts = np.unique(cohorts, return_inverse=True)[1].reshape(-1)
        most = int(cohorts.max())
    return cohorts, most + 1

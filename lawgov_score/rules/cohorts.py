"""Statistics within cohorts, as columns: the best value, the mean, the place. Units without a value take no part."""

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.rule import IntArray


def best_of(values: FloatArray, cohorts: IntArray, *, is_higher: bool) -> FloatArray:
    """The best value of each unit's cohort, shape (units,); nan where nobody of it has one."""
    known, row = ~np.isnan(values), _row_of(cohorts)
    best = np.full(_size(row), -np.inf if is_higher else np.inf)
    (np.maximum if is_higher else np.minimum).at(best, row[known], values[known])
    return np.where(np.isinf(best), np.nan, best)[row]


def mean_of(values: FloatArray, cohorts: IntArray) -> FloatArray:
    """The mean of each unit's cohort, shape (units,); nan where nobody of it has a value."""
    known, row = ~np.isnan(values), _row_of(cohorts)
    size = _size(row)
    total = np.bincount(row[known], weights=values[known], minlength=size)
    number = np.bincount(row[known], minlength=size).astype(np.float64)
    mean = np.divide(total, number, out=np.full(size, np.nan), where=number > 0)
    return without_dust(mean, VALUE_DECIMALS)[row]  # the order of units must leave no trace


def places(values: FloatArray, cohorts: IntArray, *, is_higher: bool) -> FloatArray:
    """The place of each unit within its cohort, 1 the best, ties sharing the better one; nan without a value.

    >>> places(np.array([3.0, 5.0, 5.0, 1.0]), np.zeros(4, dtype=np.intp), is_higher=True).tolist()
    [3.0, 1.0, 1.0, 4.0]
    """
    keys = without_dust(values, VALUE_DECIMALS) * (-1.0 if is_higher else 1.0)
    order = np.lexsort((keys, cohorts))  # nan sorts last within its cohort
    sorted_keys, sorted_cohorts = keys[order], cohorts[order]
    rows = np.arange(len(values))
    is_new_cohort = np.ones(len(values), dtype=bool)
    is_new_cohort[1:] = sorted_cohorts[1:] != sorted_cohorts[:-1]
    is_new_place = is_new_cohort.copy()
    is_new_place[1:] |= sorted_keys[1:] != sorted_keys[:-1]
    first_of_cohort = np.maximum.accumulate(np.where(is_new_cohort, rows, 0))
    first_of_place = np.maximum.accumulate(np.where(is_new_place, rows, 0))
    found = np.empty(len(values))
    found[order] = first_of_place - first_of_cohort + 1
    return np.where(np.isnan(values), np.nan, found)


def _row_of(cohorts: IntArray) -> IntArray:
    """Cohort numbers without gaps, from 0."""
    return np.unique(cohorts, return_inverse=True)[1].reshape(-1)


def _size(row: IntArray) -> int:
    return int(row.max()) + 1 if len(row) else 0

"""Helpers of rules on whole columns: points free of float dust, and nan wherever a needed figure is missing."""

from collections.abc import Iterable

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust

EPOCH = np.datetime64("1899-12-30", "D")  # day 0 of spreadsheets


def settled(points: FloatArray, needed: Iterable[FloatArray]) -> FloatArray:
    """``points`` (units,) to 1e-12, nan where any column of ``needed`` is nan.

    Not coarser, because a tree that rounds nothing must keep a printed score of many digits.

    >>> settled(np.array([0.1 + 0.2, 1.0]), [np.array([1.0, np.nan])]).tolist()
    [0.3, nan]
    """
    clean = without_dust(points, VALUE_DECIMALS)
    for column in needed:
        clean[np.isnan(column)] = np.nan
    return clean


def weighted_sum(columns: Iterable[FloatArray], weights: Iterable[float]) -> FloatArray:
    """Σ weight · column, shape (units,)."""
    parts = [column * weight for column, weight in zip(columns, weights, strict=True)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

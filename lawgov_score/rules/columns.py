"""What rules do with whole columns: points that are dust-free, and nan wherever something needed is missing."""

from collections.abc import Iterable

import numpy as np

from lawgov_score.rounding import FloatArray, without_dust


def settled(points: FloatArray, needed: Iterable[FloatArray]) -> FloatArray:
    """``points`` (units,) without dust, nan where any column of ``needed`` is nan.

    >>> settled(np.array([0.1 + 0.2, 1.0]), [np.array([1.0, np.nan])]).tolist()
    [0.3, nan]
    """
    missing = np.logical_or.reduce([np.isnan(column) for column in needed])
    return np.where(missing, np.nan, without_dust(points))


def weighted_sum(columns: Iterable[FloatArray], weights: Iterable[float]) -> FloatArray:
    """Σ weight · column, shape (units,)."""
    parts = [column * weight for column, weight in zip(columns, weights, strict=True)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

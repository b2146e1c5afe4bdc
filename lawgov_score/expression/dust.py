"""Sums and differences without float dust: what two decimal numbers come to, at the decimals they can hold."""

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray

_DIGITS = 14  # that a double holds for certain, with one to spare


def settled_sum(result: FloatArray, one: FloatArray, other: FloatArray) -> FloatArray:
    """``result`` of adding or subtracting ``one`` and ``other``, rounded to the decimals that the larger of them holds.

    10000.3 − 10000 is 0.2999999999992724 in floats, and 0.3. Whole numbers are exact and stay as they are.

    >>> settled_sum(np.array([10000.3 - 10000]), np.array([10000.3]), np.array([10000.0])).tolist()
    [0.3]
    """
    result = np.asarray(result, dtype=np.float64)
    if (np.isnan(result) | (result == np.rint(result))).all():
        return result
    with np.errstate(all="ignore"):
        scale = np.maximum(np.abs(one), np.abs(other))
        digits = np.ceil(np.log10(np.where(scale > 0, scale, 1.0)))
        factor = 10.0 ** np.clip(_DIGITS - digits, 0, VALUE_DECIMALS)
        clean = np.rint(result * factor) / factor
    return np.where(np.isfinite(clean), clean, result)

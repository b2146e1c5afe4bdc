"""四舍五入, half away from zero on the decimal value, as people and spreadsheets do it; and float dust."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

DUST_DECIMALS = 9  # scores are quantised to 1e-9 before anything compares or rounds them
VALUE_DECIMALS = 12  # values are quantised to 1e-12 before a rule compares them with a threshold

_EXACT = 2.0**52  # from here on a float is a whole number
_LIFT = 1e-3  # of the last place


def half_up(numbers: FloatArray, decimals: int) -> FloatArray:
    """``numbers`` rounded to ``decimals`` places, halves away from zero on the decimal value.

    A lift of 2e-15 of it takes a number up that decimal would call a half but binary holds just below it (83.125 is
    exact, 1.005 is not), and never so far that another number becomes one. Same shape; nan stays nan.

    >>> half_up(np.array([83.125, 1.005, -2.5]), 2).tolist()
    [83.13, 1.01, -2.5]
    >>> half_up(np.array([98765432100.01]), 9).tolist()
    [98765432100.01]
    """
    scale = 10.0**decimals
    size = np.abs(numbers) * scale
    lifted = np.floor(size + np.minimum(size * 2e-15, _LIFT) + 0.5) / scale
    if np.fmax.reduce(size, axis=None, initial=0.0) >= _EXACT:  # a float of that size holds no more decimals
        lifted = np.where(size >= _EXACT, np.abs(numbers), lifted)
    return np.copysign(lifted, numbers) + 0.0


def without_dust(numbers: FloatArray, decimals: int = DUST_DECIMALS) -> FloatArray:
    """``numbers`` with what lies beyond ``decimals`` places dropped, so that 0.1 + 0.2 equals 0.3.

    A number so large that a float holds no such decimals of it stays as it is: rounding would only move it.

    >>> (without_dust(np.array([0.1 + 0.2])) == 0.3).tolist()
    [True]
    >>> without_dust(np.array([9999998.75]), 12).tolist()
    [9999998.75]
    """
    limit = _EXACT / 10.0**decimals
    least, most = np.fmin.reduce(numbers, axis=None, initial=0.0), np.fmax.reduce(numbers, axis=None, initial=0.0)
    if most >= limit or least <= -limit:  # nearly never: two looks are cheaper than a mask
        large = np.abs(numbers) >= limit
        return np.where(large, numbers, np.round(np.where(large, 0.0, numbers), decimals)) + 0.0
    return np.round(numbers, decimals) + 0.0


def rounded(number: float, decimals: int) -> float:
    """One number, half up."""
    return float(half_up(np.float64(number), decimals))  # type: ignore[arg-type]  # a 0-d array is an array

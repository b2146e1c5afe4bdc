"""四舍五入, half away from zero on the decimal value, as people and spreadsheets do it; and float dust."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

DUST_DECIMALS = 9  # scores are quantised to 1e-9 before anything compares or rounds them
VALUE_DECIMALS = 12  # values are quantised to 1e-12 before a rule compares them with a threshold

_EXACT = 2.0**52  # floats from here on are whole numbers
_LIFT = 1e-3  # fraction of the last place
_COUNTED, _FEW = 1e5, 6  # below that, and to so many decimals, `half_up` is the exact result on clean numbers


def half_up(numbers: FloatArray, decimals: int) -> FloatArray:
    """``numbers`` rounded to ``decimals`` places, halves away from zero on the decimal value.

    A number is first raised by 2e-15 of itself, so that a decimal half that binary stores slightly too low is rounded
    up (83.125 is exact, 1.005 is not); no other number becomes a half by that. Same shape; nan stays nan.

    >>> half_up(np.array([83.125, 1.005, -2.5]), 2).tolist()
    [83.13, 1.01, -2.5]
    >>> half_up(np.array([98765432100.01]), 9).tolist()
    [98765432100.01]
    """
    scale = 10.0**decimals
    size = np.abs(numbers) * scale
    lifted = np.floor(size + np.minimum(size * 2e-15, _LIFT) + 0.5) / scale
    if np.fmax.reduce(size, axis=None, initial=0.0) >= _EXACT:  # a float of that size has no more decimals
        lifted = np.where(size >= _EXACT, np.abs(numbers), lifted)
    return np.copysign(lifted, numbers) + 0.0


def without_dust(numbers: FloatArray, decimals: int = DUST_DECIMALS) -> FloatArray:
    """``numbers`` rounded to ``decimals`` places, which removes float dust: 0.1 + 0.2 equals 0.3.

    A number too large to have that many decimals as a float is left unchanged: rounding would only alter it.

    >>> (without_dust(np.array([0.1 + 0.2])) == 0.3).tolist()
    [True]
    >>> without_dust(np.array([9999998.75]), 12).tolist()
    [9999998.75]
    """
    scale = 10.0**decimals
    least, most = _ends(numbers)
    if most >= (limit := _EXACT / scale) or least <= -limit:  # rare: two comparisons are cheaper than a mask
        large = np.abs(numbers) >= limit
        return np.where(large, numbers, np.rint(np.where(large, 0.0, numbers) * scale) / scale) + 0.0
    return np.rint(numbers * scale) / scale + 0.0


def half_up_clean(numbers: FloatArray, decimals: int) -> FloatArray:
    """``half_up(without_dust(numbers), decimals)``, in half the steps where no number is negative or very large.

    Numbers are then counted in whole billionths, which floats hold exactly: half of the last place is added, and what
    is left of it cut off, as on paper. What comes out is free of dust.

    >>> half_up_clean(np.array([0.124999999, 0.1249999999]), 2).tolist()
    [0.12, 0.13]
    """
    least, most = _ends(numbers)
    if least < 0.0 or most >= _COUNTED or not 0 <= decimals <= _FEW:
        return half_up(without_dust(numbers), decimals)
    place = 10.0 ** (DUST_DECIMALS - decimals)  # billionths in one of the last place
    return np.floor((np.rint(numbers * 10.0**DUST_DECIMALS) + place / 2) / place) / 10.0**decimals


def half_even(numbers: FloatArray, decimals: int) -> FloatArray:
    """``numbers`` rounded to ``decimals`` places, halves to the even neighbour (四舍六入五成双), on the decimal value.

    A half is what would be rounded down if it were less by a ten-billionth of a thousandth of itself.

    >>> half_even(np.array([0.125, 0.135, 2.665, 2.675, 1.005, -0.5, 1.5, 2.67, 2.67500001]), 2).tolist()
    [0.12, 0.14, 2.66, 2.68, 1.0, -0.5, 1.5, 2.67, 2.68]
    >>> half_even(np.array([0.5, 1.5, 2.5, -2.5, -3.5]), 0).tolist()
    [0.0, 2.0, 2.0, -2.0, -4.0]
    """
    up = half_up(numbers, decimals)
    return np.where(half_up(numbers * BARELY, decimals) == up, up, 2 * half_up(numbers / 2, decimals)) + 0.0


BARELY = 1 - 1e-13  # times a number: no half any more, if it was one


class Halves(StrEnum):
    """Where a half goes: away from zero (四舍五入), or to the even neighbour (四舍六入五成双, GB/T 8170)."""

    UP = "up"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How scores are rounded: to so many ``decimals``, or to whole steps of ``step`` (then printed with so many).

    ``in_print``: in print alone; what is worked out further up keeps all its digits.
    """

    decimals: int
    step: float = 0.0  # 0: one in the last decimal
    halves: Halves = Halves.UP
    in_print: bool = False

    @property
    def is_plain(self) -> bool:
        """Is it 四舍五入 to so many decimals?"""
        return not self.step and self.halves is Halves.UP

    def of(self, numbers: FloatArray) -> FloatArray:
        """``numbers``, free of dust, rounded; same shape, nan stays nan.

        >>> Rounding(1, 0.5).of(np.array([2.25, 2.2499999999999, 7.8])).tolist()
        [2.5, 2.5, 8.0]
        >>> Rounding(1, 0.5, Halves.EVEN).of(np.array([2.25, 2.75])).tolist()
        [2.0, 3.0]
        """
        if self.is_plain:
            return half_up_clean(numbers, self.decimals)
        places = half_even if self.halves is Halves.EVEN else half_up
        if not self.step:
            return places(without_dust(numbers), self.decimals)
        return without_dust(places(without_dust(numbers / self.step), 0) * self.step)

    def next_to(self, line: float, *, is_above: bool) -> float:
        """The rounded number closest to ``line`` that is above it, or below it.

        >>> Rounding(2).next_to(90.0, is_above=True), Rounding(1, 0.5).next_to(90.2, is_above=False)
        (90.01, 90.0)
        """
        step = self.step or 10.0**-self.decimals
        steps = round(line / step, DUST_DECIMALS)
        whole = math.floor(steps) + 1 if is_above else math.ceil(steps) - 1
        return round(whole * step, DUST_DECIMALS)

    def one(self, number: float) -> float:
        """One number, rounded."""
        return rounded(number, self.decimals) if self.is_plain else float(self.of(np.array([number]))[0])


def is_nothing(numbers: FloatArray, decimals: int = VALUE_DECIMALS) -> BoolArray:
    """``without_dust(numbers, decimals) == 0``, in fewer steps.

    >>> is_nothing(np.array([0.0, 0.1 + 0.2 - 0.3, 1e-9, np.nan])).tolist()
    [True, True, False, False]
    """
    nothing: BoolArray = np.abs(numbers) * 10.0**decimals <= 0.5
    return nothing


def _ends(numbers: FloatArray) -> tuple[float, float]:
    """The lowest and the highest number, or 0 if all lie on the other side of it; nan left out."""
    return np.fmin.reduce(numbers, axis=None, initial=0.0), np.fmax.reduce(numbers, axis=None, initial=0.0)


def rounded(number: float, decimals: int) -> float:
    """One number, half up: the steps of ``half_up`` with plain numbers, which are many times quicker one by one.

    >>> rounded(83.125, 2), rounded(1.005, 2), rounded(-2.5, 0)
    (83.13, 1.01, -3.0)
    """
    scale = 10.0**decimals
    size = abs(number) * scale
    if not size < _EXACT:  # a float of that size has no more decimals; nan stays nan
        return float(number) + 0.0
    return math.copysign(math.floor(size + min(size * 2e-15, _LIFT) + 0.5) / scale, number) + 0.0

"""With how many decimals a figure is printed: so many that it is told from the lines beside it and comes to its points.

Figures of a sentence are rounded here, once for a whole column; whoever words them prints what comes out as it is.
"""

from collections.abc import Callable, Sequence

import numpy as np

from lawgov_score.rounding import BoolArray, FloatArray, IntArray, half_up, without_dust
from lawgov_score.wording import Quantity

FEWEST, MOST = 2, 12  # decimals of a figure in a sentence; values are free of dust to twelve
AS_GIVEN = 4  # a number of so few decimals was written by somebody and is printed as it was written
CENTS, POINTS = 2, 4  # decimals of points: as scores are most often kept, and as they are printed at most

Agrees = Callable[[tuple[FloatArray, ...], IntArray], BoolArray]
"""Do figures as printed, each (rows,), come to the same points for the units in ``rows``?"""


def printed(
    figures: Sequence[FloatArray],
    marks: Sequence[float] = (),
    agrees: Agrees | None = None,
    *,
    is_share: bool = False,
    as_given: bool = True,
) -> tuple[tuple[FloatArray, ...], int]:
    """``figures``, each (units,), rounded as they are printed, and to how many decimals at most (of a percentage).

    The first stands beside the others and beside ``marks``, which are printed as they are: wherever it is above or
    below one of them, it is so in print, and nothing but 0 is printed as 0. Of a unit all are rounded alike.
    ``as_given``: is a number of few decimals printed as it is?

    >>> rounded, decimals = printed([np.array([0.899966, 0.8, 0.9])], [0.9], is_share=True)
    >>> rounded[0].tolist(), decimals
    ([0.89997, 0.8, 0.9], 3)
    """
    scale = 100.0 if is_share else 1.0
    exact = tuple(without_dust(figure * scale, MOST) for figure in figures)
    lines = [*(float(without_dust(np.array([mark * scale]), MOST)[0]) for mark in marks), 0.0]
    rounded = tuple(half_up(one, FEWEST) for one in exact)
    decimals = FEWEST
    if as_given and not is_share:
        is_given = np.logical_and.reduce([half_up(one, AS_GIVEN) == one for one in exact])
        if is_given.any():
            rounded = tuple(np.where(is_given, one, few) for one, few in zip(exact, rounded, strict=True))
            decimals = AS_GIVEN
    rows: IntArray = np.flatnonzero(np.isfinite(exact[0]))
    is_told = _is_told(exact, rounded, lines, agrees, rows, scale)
    left, tried = rows[~is_told], FEWEST
    while len(left) and tried < MOST:
        tried += 1
        for one, all_of_it in zip(exact, rounded, strict=True):
            all_of_it[left] = half_up(one[left], tried)
        left = left[~_is_told(exact, rounded, lines, agrees, left, scale)]
        decimals = max(decimals, tried)
    return tuple(without_dust(one / scale, MOST) if is_share else one for one in rounded), decimals


def _is_told(
    exact: Sequence[FloatArray],
    rounded: Sequence[FloatArray],
    lines: Sequence[float],
    agrees: Agrees | None,
    rows: IntArray,
    scale: float,
) -> BoolArray:
    """(rows,): do the figures as rounded say of these units what the exact ones say?"""
    first, shown = exact[0][rows], rounded[0][rows]
    is_told = np.ones(len(rows), dtype=bool)
    for line in lines:
        is_told &= np.sign(shown - line) == np.sign(first - line)
    for other, other_shown in zip(exact[1:], rounded[1:], strict=True):
        beside = other[rows]
        is_told &= (np.sign(shown - other_shown[rows]) == np.sign(first - beside)) | np.isnan(beside)
    if agrees is not None:
        is_told &= agrees(tuple(without_dust(one[rows] / scale, MOST) for one in rounded), rows)
    return is_told


def decimals_of(number: float, *, is_share: bool = False) -> int:
    """How many decimals a number has, of the percentage where it is a share.

    >>> decimals_of(0.99995, is_share=True), decimals_of(2.0)
    (3, 0)
    """
    exact = without_dust(np.array([number * (100.0 if is_share else 1.0)]), MOST)
    return next((d for d in range(MOST) if half_up(exact, d)[0] == exact[0]), MOST)


def beside(number: float, *lines: float, is_share: bool = False) -> Quantity:
    """One number as it is printed beside ``lines``: see ``printed``.

    >>> printed_so = beside(0.89999, 0.9, is_share=True)
    >>> printed_so.number, printed_so.decimals
    (0.89999, 3)
    """
    rounded, decimals = printed([np.array([number])], lines, is_share=is_share)
    return Quantity(float(rounded[0][0]), is_share, decimals)


def points_decimals(scores: FloatArray) -> int:
    """To how many decimals the scores (units,) of an indicator are kept, as far as they are printed.

    >>> points_decimals(np.array([0.47, 1.0, np.nan])), points_decimals(np.array([1 / 3]))
    (2, 4)
    """
    known = scores[np.isfinite(scores)]
    return next((d for d in range(CENTS, POINTS) if (half_up(known, d) == known).all()), POINTS)

"""Equality of figures: all comparisons of floats go through here, with these tolerances only."""

import numpy as np

from lawgov_score.rounding import BoolArray, FloatArray

DUST = 1e-9  # figures that differ by less are equal but for float dust: scores are kept to nine decimals
SAID = 1e-6  # a figure printed with four decimals or fewer differs by less than this from the exact one


def reaches(figure: float, line: float) -> bool:
    """Is ``figure`` equal to ``line`` or above it? nan reaches nothing.

    >>> reaches(0.1 + 0.2, 0.3), reaches(float("nan"), 0.0)
    (True, False)
    """
    return figure >= line - DUST


def is_same(one: float, other: float) -> bool:
    """Are two figures equal but for float dust?"""
    return abs(one - other) <= DUST


def reads_the_same(one: float, other: float) -> bool:
    """Are two figures equal as printed?"""
    return abs(one - other) < SAID


def read_the_same(one: FloatArray, other: FloatArray) -> BoolArray:
    """(units,): where columns are equal as printed; nan is equal to nothing."""
    is_same: BoolArray = np.abs(one - other) < SAID
    return is_same


def differ(one: FloatArray, other: FloatArray | float) -> BoolArray:
    """Where columns differ by more than float dust; nan differs from nothing."""
    is_different: BoolArray = np.abs(one - other) > DUST
    return is_different

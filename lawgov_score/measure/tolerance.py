"""When two figures are the same: floats are compared here, never with a number of one's own."""

import numpy as np

from lawgov_score.rounding import BoolArray, FloatArray

DUST = 1e-9  # what differs by less is the same but for float dust: scores are kept to nine decimals
SAID = 1e-6  # what is said with at most four decimals differs by less from what it was worked out of


def reaches(figure: float, line: float) -> bool:
    """Is ``figure`` on the line or above it? nan reaches nothing.

    >>> reaches(0.1 + 0.2, 0.3), reaches(float("nan"), 0.0)
    (True, False)
    """
    return figure >= line - DUST


def is_same(one: float, other: float) -> bool:
    """Are two figures the same but for float dust?"""
    return abs(one - other) <= DUST


def reads_the_same(one: float, other: float) -> bool:
    """Do two figures come to the same as they are printed?"""
    return abs(one - other) < SAID


def differ(one: FloatArray, other: FloatArray | float) -> BoolArray:
    """Where columns differ by more than dust; nan differs from nothing."""
    found: BoolArray = np.abs(one - other) > DUST
    return found

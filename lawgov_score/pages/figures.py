"""Numbers as a page shows them: points with at least two decimals, rates, the letter before a score."""

import math

from lawgov_score.model import Scores
from lawgov_score.rounding import rounded

MINUS = "−"
NONE = ""


def points_text(number: float, decimals: int | None = None) -> str:
    """A score: two decimals, or the ``decimals`` of the tree where it keeps more; '' where there is none.

    >>> points_text(86.125), points_text(-0.5), points_text(1.2346, 3), points_text(float("nan"))
    ('86.13', '−0.50', '1.235', '')
    """
    if math.isnan(number):
        return NONE
    places = max(decimals or 0, 2)
    return _signed(f"{rounded(number, places):.{places}f}")


def score_text(letter: str, number: float, decimals: int | None = None) -> str:
    """A score as above, with its letter before it, if it has one."""
    text = points_text(number, decimals)
    return f"{letter}  {text}" if letter else text


def total_text(scores: Scores, row: int) -> str:
    """A unit's total with its letter."""
    return score_text(scores.letter_of_total(row), float(scores.total[row]), scores.tree.policies.total_decimals)


def rate_text(rate: float, decimals: int = 1) -> str:
    """A score rate or a share: ``83.3%``; '' where there is none.

    >>> rate_text(0.8335), rate_text(1.0, 0), rate_text(0.575, 0)
    ('83.4%', '100%', '58%')
    """
    if math.isnan(rate):
        return NONE
    return _signed(f"{rounded(rounded(rate, decimals + 2) * 100, decimals):.{decimals}f}%")


def width_text(rate: float) -> str:
    """The width of a rate's bar: 0 for rates below 0, full from 100%."""
    return f"{rounded(min(max(rate, 0.0), 1.0) * 100, 1):g}%"


def _signed(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text

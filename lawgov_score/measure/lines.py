"""Lines that figures are held against: 达到、超过、不超过、低于. The keys of a tree, and who is on the right side.

Every comparison with a line that a tree prints is made here: of values in rules, of scores at grades (等次线), words of
nodes and lookup tables, of the size of a sample. Its words and formulas are in ``rules/lines.py``.
"""

from collections.abc import Mapping

from lawgov_score.rounding import BoolArray, FloatArray

LINES = ("at_least", "above", "at_most", "below")  # keys of a tree


def line_of(data: Mapping[str, object]) -> str:
    """Which of the four keys ``data`` has; '' where it has none.

    >>> line_of({"name": "优秀", "above": 90}), line_of({"name": "其余"})
    ('above', '')
    """
    return next((key for key in LINES if key in data), "")


def is_lower_end(key: str) -> bool:
    """Is more better: a figure above the line is on its right side?"""
    return key in {"at_least", "above"}


def is_strict(key: str) -> bool:
    """Is a figure equal to the line on its wrong side?"""
    return key in {"above", "below"}


def holds(key: str, figures: FloatArray, line: FloatArray | float) -> BoolArray:
    """(units,): is a figure on the right side of the line? nan is on neither. ``figures`` are free of float dust.

    >>> import numpy as np
    >>> holds("above", np.array([90.0, 90.01, np.nan]), 90.0).tolist()
    [False, True, False]
    """
    match key:
        case "at_least":
            return figures >= line
        case "above":
            return figures > line
        case "at_most":
            return figures <= line
        case "below":
            return figures < line
    raise ValueError(f"no line: {key}")


def is_behind(key: str, line: float, before_key: str, before: float) -> bool:
    """Is there room for a line behind the one ``before`` it (the better one), both with the same end?

    超过 90 and then 达到 90 leaves the line itself for the second.

    >>> is_behind("at_least", 80.0, "at_least", 90.0), is_behind("at_least", 90.0, "above", 90.0)
    (True, True)
    >>> is_behind("above", 90.0, "at_least", 90.0), is_behind("above", 90.0, "above", 90.0)
    (False, False)
    """
    if line == before:
        return is_strict(before_key) and not is_strict(key)
    return line < before if is_lower_end(key) else line > before

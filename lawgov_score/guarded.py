"""Texts in a .csv that a spreadsheet would take for formulas get an apostrophe in front, and lose it when read.

A unit may be called ``=HYPERLINK(…)``; what opens our tables must show the name and do nothing.
"""

import re

_FORMULA = re.compile(r"'*\s*[=+\-@]")
_GUARDED = re.compile(r"'+\s*[=+\-@]")


def guarded(text: str) -> str:
    """``text`` as a .csv of ours has it.

    >>> guarded("=1+1"), guarded("甲"), guarded("'=1"), unguarded(guarded("'=1"))
    ("'=1+1", '甲', "''=1", "'=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` made this of."""
    return text[1:] if _GUARDED.match(text) else text

"""Escapes texts in .csv files that a spreadsheet would take for formulas, with an apostrophe, and unescapes them.

A unit may be called ``=HYPERLINK(…)``; a program that opens our tables must show the name and execute nothing.
"""

import re

_FORMULA = re.compile(r"'*\s*[=+\-@]")
_GUARDED = re.compile(r"'+\s*[=+\-@]")


def guarded(text: str) -> str:
    """``text`` as written to our .csv files.

    >>> guarded("=1+1"), guarded("甲"), guarded("'=1"), unguarded(guarded("'=1"))
    ("'=1+1", '甲', "''=1", "'=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text from which ``guarded`` made this one."""
    return text[1:] if _GUARDED.match(text) else text

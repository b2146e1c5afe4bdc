"""Texts as cells of .csv files: what a spreadsheet would take for a formula gets an apostrophe, and loses it when read.

A unit may be called ``=HYPERLINK(…)``; a program that opens our tables must show the name and execute nothing.
"""

import csv
import io
import re
from collections.abc import Sequence

_FORMULA = re.compile(r"'*\s*[=+\-@]")
_GUARDED = re.compile(r"'+\s*[=+\-@]")
_QUOTES = (",", '"', "\n", "\r")  # a text without any of them is written as it is


def guarded(text: str) -> str:
    """``text`` as written to our .csv files.

    >>> guarded("=1+1"), guarded("甲"), guarded("'=1"), unguarded(guarded("'=1"))
    ("'=1+1", '甲', "''=1", "'=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text from which ``guarded`` made this one."""
    return text[1:] if _GUARDED.match(text) else text


def cells(texts: Sequence[str]) -> list[str]:
    """``texts`` guarded and, where a comma, a quotation mark or a line break is in them, quoted.

    >>> cells(["甲", "=1+1", 'a, "b" c'])
    ['甲', "'=1+1", '"a, ""b"" c"']
    """
    safe = [
        text if not text or text[0].isalnum() else guarded(text) for text in texts
    ]  # no letter or digit begins a formula
    joined = "".join(safe)
    return [_quoted(text) for text in safe] if any(mark in joined for mark in _QUOTES) else safe


def _quoted(text: str) -> str:
    if "," in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    if "\n" not in text and "\r" not in text:
        return text
    line = io.StringIO()  # of line breaks csv itself knows which are quoted: that has changed with Python
    csv.writer(line, lineterminator="\n").writerow((text, ""))
    return line.getvalue()[: -len(",\n")]

"""Cell addresses, and normalised cell texts for comparison: shared by all code that reads or writes sheets."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

HEADING_ROWS = 30  # headings are searched in so many rows: people put titles above them
_SPACE = re.compile(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}


def plain(text: str) -> str:
    """``text`` with full-width letters made narrow and every space, zero-width ones too, taken out.

    Not NFKC, which would also read ``5²`` as 52 and ``①`` as 1.

    >>> plain("９５．３ ％")
    '95.3%'
    """
    return _SPACE.sub("", text.translate(_FULL_WIDTH))


def first_filled(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows in which headings and labels are searched, each with its number from 0; blank rows are skipped."""
    return islice(((i, row) for i, row in enumerate(rows) if any(row)), HEADING_ROWS)


@cache
def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 0: ``address(11, 3)`` is D12."""
    return f"{letters(column)}{row + 1}"


def cell_at(cell: str) -> tuple[int, int]:
    """Row and column of an address, both counted from 0: ``D12`` is (11, 3)."""
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = column * 26 + ord(letter) - 64
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, column - 1

"""Addresses of cells in a sheet: letters and numbers, as spreadsheets write them."""

import re
from functools import cache

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@cache
def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA. Raises ``ValueError`` below 0."""
    if column < 0:
        raise ValueError(f"no column {column}")
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """The address of a cell, row and column counted from 0: ``address(11, 3)`` is D12."""
    return f"{letters(column)}{row + 1}"


@cache
def _column(letters_: str) -> int:
    column = 0
    for letter in letters_:
        column = column * 26 + ord(letter) - 64
    return column - 1


def cell_at(cell: str) -> tuple[int, int]:
    """Row and column of an address, both counted from 0: ``D12`` is (11, 3)."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(row) - 1, _column(cell[: len(cell) - len(row)])


def address_in(text: str) -> tuple[int, int] | None:
    """Row and column, if the text is an address as ``address`` writes it; None if it is anything else."""
    match = _ADDRESS.fullmatch(text)
    return None if match is None else (int(match[2]) - 1, _column(match[1]))

"""Workbooks from tables in a test's own text, and templates filled in by heading. No binary fixtures.

A table is written as people see it::

    | 编码 | 填报项   | 填报值  |
    | 01-1 | 承接数   | 12     |

A number becomes a number, ``'12`` text, ``=…`` a formula without a stored value, ``#DIV/0!`` an error value,
``@2021-04-07`` a date, blank a blank cell. The row of the table is the row of the sheet.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.cell_addresses import address
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, column_of

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def rows_of(text: str) -> list[list[Any]]:
    """The cells of a table written with ``|``, top to bottom."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[_cell(part.strip()) for part in line.strip("|").split("|")] for line in lines if line]


def _cell(text: str) -> Any:
    if text.startswith("'"):
        return text[1:]
    if text.startswith("@"):
        return datetime.fromisoformat(text[1:])
    return float(text) if _NUMBER.fullmatch(text) else text or None


def a_workbook(path: Path, sheets: Mapping[str, str]) -> Path:
    """Writes a workbook with one sheet for each table, by name."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in sheets.items():
        page = book.create_sheet(name)
        for row in rows_of(text):
            page.append(row)
    book.save(path)
    return path


def columns_of(page: Worksheet) -> dict[FillColumn, int]:
    """Where each column of a fill-in sheet stands, counted from 0."""
    found = {column_of(str(cell.value)): i for i, cell in enumerate(page[1])}
    return {column: i for column, i in found.items() if column is not None}


def fill(
    path: Path, answers: Mapping[str, Any], *, notes: Mapping[str, str] | None = None, evidence: str = "见附件"
) -> dict[str, str]:
    """Fills a template in as a unit would, by key; gives back the address of each 填报值 cell that was filled."""
    book = openpyxl.load_workbook(path)
    page = book[FILL_SHEET]
    columns = columns_of(page)
    places = {}
    for row in range(2, page.max_row + 1):
        key = str(page.cell(row, columns[FillColumn.KEY] + 1).value)
        if key in answers:
            page.cell(row, columns[FillColumn.VALUE] + 1).value = answers[key]
            page.cell(row, columns[FillColumn.EVIDENCE] + 1).value = evidence
            places[key] = address(row - 1, columns[FillColumn.VALUE])
        if notes and key in notes:
            page.cell(row, columns[FillColumn.NOTE] + 1).value = notes[key]
    book.save(path)
    return places


def place_of(path: Path, key: str, column: FillColumn = FillColumn.VALUE) -> str:
    """The address of one cell of a fill-in sheet, by key and column."""
    page = openpyxl.load_workbook(path)[FILL_SHEET]
    columns = columns_of(page)
    for row in range(2, page.max_row + 1):
        if page.cell(row, columns[FillColumn.KEY] + 1).value == key:
            return address(row - 1, columns[column])
    raise AssertionError(f"{key} is not in {path}")

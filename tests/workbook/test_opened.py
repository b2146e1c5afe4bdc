"""Sheets of a workbook that may be opened, however its cells are dressed."""

from datetime import date
from pathlib import Path

import xlsxwriter

from lawgov_score.workbook.opened import Opened, open_workbook


def rows(path: Path, number: float) -> list[list[object]]:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_number(0, 0, 45292, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(0, 1, number, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_string(0, 2, "是")
    opened = open_workbook(path)
    assert isinstance(opened, Opened)
    return [list(row) for row in opened.sheets["填报"]]


def test_a_number_dressed_as_a_time_beyond_all_time_is_still_that_number(tmp_path: Path) -> None:
    # An amount in a cell that somebody had formatted as hours: the library raises for the whole workbook.
    assert rows(tmp_path / "a.xlsx", 1e14) == [[45292.0, 1e14, "是"]]


def test_dates_stay_dates_where_nothing_is_beyond(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.xlsx", 0.5)[0][0] == date(2024, 1, 1)

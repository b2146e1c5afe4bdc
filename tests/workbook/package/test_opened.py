"""Sheets of a workbook that may be opened, however its cells are dressed.

Reaches ``workbook/package/shared_texts.py``.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.workbook.package import opened
from lawgov_score.workbook.package.cells import Formatted
from lawgov_score.workbook.package.extent import up_to_cells
from lawgov_score.workbook.package.number_formats import Look
from lawgov_score.workbook.package.opened import Opened, open_workbook, opened_from


def rows(path: Path, number: float) -> list[list[object]]:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("填报")
        sheet.write_number(0, 0, 45292, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(0, 1, number, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_string(0, 2, "是")
    book_ = open_workbook(path)
    assert isinstance(book_, Opened)
    return [list(row) for row in book_.sheets["填报"]]


def test_a_number_dressed_as_a_time_beyond_all_time_is_still_that_number(tmp_path: Path) -> None:
    # An amount in a cell that somebody had formatted as hours: the library raises for the whole workbook.
    assert rows(tmp_path / "a.xlsx", 1e14) == [[45292.0, 1e14, "是"]]


def test_a_number_is_as_it_is_stored_and_says_what_it_is_shown_as(tmp_path: Path) -> None:
    (day, time, _), *_ = rows(tmp_path / "a.xlsx", 0.123456789)
    assert (day, time) == (45292.0, 0.123456789)
    assert [cell.look() for cell in (day, time) if isinstance(cell, Formatted)] == [Look.DAY, Look.ELAPSED]


SHEET = b'<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (SHEET + b'<mergeCells count="1"/></worksheet>', SHEET + b"</worksheet>"),
        (b"<worksheet><sheetData/><a/></worksheet>", None),
        (SHEET + b"<a>sheetData</a></worksheet>", None),
        (SHEET.replace(b"worksheet", b"chartsheet") + b"<a/></chartsheet>", None),
    ],
)
def test_what_stands_after_the_cells_is_left_out_where_that_is_safe(part: bytes, expected: bytes | None) -> None:
    assert up_to_cells(part) == (part if expected is None else expected)


def test_sheets_that_the_guard_did_not_see_are_not_read(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", {"填报": "| 1 |"})
    opened = open_workbook(path)
    assert isinstance(opened, Opened)
    found = opened_from(replace(opened.safe, links=()), "a.xlsx")
    assert isinstance(found, Problem)
    assert found.code is Code.S106


def test_no_room_for_temporary_files_is_no_fault_of_a_large_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read all the same; where there is room, too, and its parts are there again."""
    path = tmp_path / "a.xlsx"
    expected = rows(path, 7)
    monkeypatch.setattr(opened, "_LARGE", 1)
    (tmp_path / "full").write_bytes(b"")
    for place in (None, str(tmp_path / "full")):  # no folder can be made in the second
        monkeypatch.setattr(tempfile, "tempdir", place)
        book = open_workbook(path)
        assert isinstance(book, Opened)
        assert [list(row) for row in book.sheets["填报"]] == expected
        assert all(book.safe.parts.values())

"""Sheets in which millions of cells hold nothing read the same without them."""

import io
import random
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import PatternFill

from lawgov_score.workbook.package.guard import Safe, guard
from lawgov_score.workbook.package.opened import Opened, drop_empty_cells, open_workbook, opened_from


def a_book(rows: int, columns: int) -> bytes:
    """Formatted cells, a value in some of them."""
    book = openpyxl.Workbook(write_only=False)
    page = book.worksheets[0]
    colour, chance = PatternFill("solid", fgColor="FFEEEE"), random.Random(7)
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cell = page.cell(row, column)
            cell.fill = colour
            if chance.random() < 0.02:
                values: tuple[int | float | str | bool, ...] = (row, f"文字{column}", row / 7, True, "=1+1")
                cell.value = chance.choice(values)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_sheet_reads_the_same_without_its_empty_cells() -> None:
    data = a_book(4_000, 40)
    safe, light = guard(data, "a"), guard(data, "a")
    assert isinstance(safe, Safe)
    assert isinstance(light, Safe)
    drop_empty_cells(light)
    name = "xl/worksheets/sheet1.xml"
    assert len(light.parts[name]) < len(safe.parts[name]) / 10
    one, other = opened_from(safe, "a"), opened_from(light, "a")
    assert isinstance(one, Opened)
    assert isinstance(other, Opened)
    assert one.sheets == other.sheets
    assert one.doubtful("Sheet") == other.doubtful("Sheet")


def test_cells_without_an_address_are_left_where_they_are() -> None:
    data = a_book(4_000, 40)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, part.replace(b'<c r="C3" ', b"<c ") if "sheet1" in entry else part)
    safe = guard(made.getvalue(), "a")
    assert isinstance(safe, Safe)
    before = dict(safe.parts)
    drop_empty_cells(safe)
    assert safe.parts == before


def test_a_large_workbook_is_read_like_a_small_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("大")
    text = "很长的一段话" * 30
    for row in range(40_000):
        page.append([row, f"{text}{row}", row / 3])
    path = tmp_path / "a.xlsx"
    book.save(path)
    opened = open_workbook(path)
    assert isinstance(opened, Opened)
    assert sum(map(len, opened.safe.parts.values())) > 16 << 20
    assert [opened.sheets["大"][row][0] for row in (0, 39_999)] == [0.0, 39_999.0]
    assert opened.sheets["大"][39_999][1] == f"{text}39999"

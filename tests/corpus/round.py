"""The round that the corpus belongs to: a tree with all kinds of fields, a roster, a clean workbook."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from builders import a_field, a_tree, a_unit_type, an_indicator
from openpyxl.worksheet.worksheet import Worksheet
from sheets import columns_of, fill

from lawgov_score.cell_addresses import address
from lawgov_score.model import Unit
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn
from lawgov_score.workbook.package.sheet_list import sheet_links
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    indicators=[
        an_indicator(
            code="01-1",
            title="负责人出庭应诉",
            fields=[
                a_field(code="appeared", name="出庭件数", type="count", at_most="cases"),
                a_field(code="cases", name="应诉件数", type="count"),
                a_field(code="rate", name="公布的出庭率", substitute=True),
            ],
            value="appeared / cases",
            on_zero="not_applicable",
            evidence=("出庭通知",),
        ),
        an_indicator(
            code="01-2", title="法治经费", fields=[a_field(code="money", name="经费", type="amount", at_most=100000)]
        ),
        an_indicator(code="01-3", title="信息公开", fields=[a_field(code="share", name="公开率")]),
        an_indicator(
            code="01-4",
            title="报告报送",
            fields=[a_field(code="day", name="报送日期", type="date", never="未报送")],
            rule={"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2},
        ),
        an_indicator(
            code="01-5",
            title="法治讲座",
            fields=[a_field(code="held", name="是否举办", type="yes_no")],
            rule={"kind": "all_or_nothing"},
        ),
        an_indicator(
            code="01-6",
            title="表彰",
            rule={
                "kind": "choice",
                "asks": "表彰级别",
                "options": [{"option": "国家级", "score": 1}, {"option": "省级", "score": 0.5}],
            },
        ),
        an_indicator(code="01-7", title="行政许可", fields=[a_field(code="done", name="按期率")], may_not_apply=True),
        an_indicator(code="01-8", title="部门专项", fields=[a_field(code="n", name="专项率")], applies_to=["bureau"]),
    ],
    unit_types=(a_unit_type(code="office", name="街道办"), a_unit_type(code="bureau", name="部门")),
)
ME = Unit("U-01", "甲街道办", "office", "", 2024)
OTHERS = (Unit("G-01", "乙街道办", "office", "", 2024), Unit("G-02", "丙局", "bureau", "", 2024))
ROSTER = (ME, *OTHERS)
CLEAN: Mapping[str, Any] = {
    "01-1.appeared": 8,
    "01-1.cases": 12,
    "01-2.money": 1234.5,
    "01-3.share": 0.953,
    "01-4.day": datetime(2025, 3, 30),
    "01-5.held": "是",
    "01-6.choice": "省级",
    "01-7.done": 0.9,
}

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """Files that a unit may send, and what is to be said of them.

    ``files``: name -> what makes its bytes, when they are needed. ``says``: the code and the cell of every problem in
    them, in any order. ``reads``: do the answers count? They are then those of the clean workbook but for the
    ``changed`` (None: nothing usable there).
    """

    name: str
    files: Mapping[str, Make]
    says: tuple[tuple[str, str], ...] = ()
    reads: bool = True
    changed: Mapping[str, object] = field(default_factory=dict)


def book_of(unit: Unit, answers: Mapping[str, Any] = CLEAN) -> bytes:
    """A unit's workbook, filled in with evidence everywhere."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{unit.code}.xlsx"
        write_template(TREE, unit, path, standards=lambda i: i.rule.standard(i.terms))
        fill(path, answers)
        return path.read_bytes()


@cache
def clean() -> bytes:
    """The clean workbook of the unit."""
    return book_of(ME)


@cache
def rows() -> Mapping[str, int]:
    """The row of each question in the clean workbook."""
    page = openpyxl.load_workbook(io.BytesIO(clean()))[FILL_SHEET]
    key = columns_of(page)[FillColumn.KEY] + 1
    return {str(page.cell(row, key).value): row for row in range(2, page.max_row + 1)}


@cache
def columns() -> Mapping[FillColumn, int]:
    """Where each column stands in the clean workbook, counted from 1."""
    page = openpyxl.load_workbook(io.BytesIO(clean()))[FILL_SHEET]
    return {column: at + 1 for column, at in columns_of(page).items()}


def at(key: str, column: FillColumn = FillColumn.VALUE) -> str:
    """The address of a cell of the clean workbook."""
    return address(rows()[key] - 1, columns()[column] - 1)


def raw(data: bytes) -> Make:
    """These bytes."""
    return lambda: data


def edited(change: Callable[[openpyxl.Workbook, Worksheet], object]) -> Make:
    """The clean workbook after a change of the workbook or its fill-in sheet."""

    def make() -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(clean()))
        change(book, book[FILL_SHEET])
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    return make


def with_answers(**answers: Any) -> Make:
    """The clean workbook with other answers; ``share=0.5`` is the question whose key ends so."""

    def change(_: openpyxl.Workbook, page: Worksheet) -> None:
        for name, value in answers.items():
            (row,) = (row for key, row in rows().items() if key.rpartition(".")[2] == name)
            page.cell(row, columns()[FillColumn.VALUE]).value = value

    return edited(change)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def patched(change: Callable[[dict[str, bytes]], object], of: Make = clean) -> Make:
    """The clean workbook (or another) after a change of its parts."""

    def make() -> bytes:
        parts = parts_of(of())
        change(parts)
        return zipped(parts)

    return make


def fill_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the fill-in sheet."""
    return next(link.part for link in sheet_links(parts) if link.name == FILL_SHEET)


def sheet_patched(change: Callable[[bytes], bytes], of: Make = clean) -> Make:
    """The same where only the XML of the fill-in sheet changes."""

    def of_parts(parts: dict[str, bytes]) -> None:
        name = fill_part(parts)
        before = parts[name]
        parts[name] = change(before)
        assert parts[name] != before, "the change found nothing to change"

    return patched(of_parts, of)

"""What a clerk does by hand in the year of a starter folder: fills workbooks in by their headings, sends them."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl

UNITS = {"BM-01": ("县教育局", "部门"), "BM-02": ("县审计局", "部门"), "XZ-01": ("东乡", "乡镇街道")}
ANSWERS: Mapping[str, object] = {
    "01-1.decided": 10,
    "01-1.reviewed": 9,
    "01-2.released": date(2027, 3, 30),
    "01-3.rules": "是",
    "01-3.counsel": "是",
    "01-3.study": "是",
    "01-3.report": "否",
    "02-1.files": 20,
    "02-1.excellent": 8,
    "02-2.corrected": 1,
    "03-1.choice": "全部公开",
}
_OF_DEPARTMENTS = ("02-1.files", "02-1.excellent")


def fill(path: Path, rows: Mapping[str, Mapping[str, object]], key: str) -> None:
    """Fills a list in: each of ``rows`` is found by its text under the heading ``key``, or goes into a row still free.

    What is in a cell may go on behind the text (``BM-01 县教育局``).
    """
    book = openpyxl.load_workbook(path)
    sheet, head = next(
        (sheet, row)
        for sheet in book.worksheets
        for row in sheet.iter_rows(max_row=12)
        if any(cell.value == key for cell in row)
    )
    columns = {str(cell.value): cell.column for cell in head if cell.value}
    for name, entries in rows.items():
        row = next(
            at
            for at in range((head[0].row or 0) + 1, sheet.max_row + 2)
            if str(sheet.cell(at, columns[key]).value or "").split(" ")[0] in {name, ""}
        )
        if not sheet.cell(row, columns[key]).value:
            sheet.cell(row, columns[key]).value = name
        for heading, value in entries.items():
            sheet.cell(row, columns[heading]).value = value  # type: ignore[assignment]
    book.save(path)


def fill_roster(path: Path) -> None:
    """The three units, their types from the list, the cohort left to the type."""
    fill(path, {code: {"单位名称": name, "单位类型": kind} for code, (name, kind) in UNITS.items()}, "单位编码")


def send(folder: Path, unit: str, name: str = "", **changed: object) -> None:
    """A unit fills in its template and sends it, perhaps once more under another name, but not within the same second:

    A workbook keeps the second of its saving, and of two copies that were saved in one second neither is the later.
    """
    for earlier in (folder / "received").glob(f"{unit}*.xlsx"):
        while int(time.time()) <= int(earlier.stat().st_mtime):
            time.sleep(0.05)
    sent = folder / "received" / f"{name or unit}.xlsx"
    (template,) = (folder / "templates").glob(f"{unit}*.xlsx")  # called by the code, perhaps by the name too
    sent.write_bytes(template.read_bytes())
    answers = {
        key: value
        for key, value in {**ANSWERS, **changed}.items()
        if UNITS[unit][1] == "部门" or key not in _OF_DEPARTMENTS
    }
    fill(sent, {key: {"填报值": value, "佐证材料": "附件"} for key, value in answers.items()}, "字段编码")


def fill_office(folder: Path) -> None:
    """A mark for every unit, and the figures that the office itself has."""
    marks = {unit: {"评审人": "王某", "评分": 12, "评分理由": "总体较好"} for unit in UNITS}
    fill(folder / "评审打分.xlsx", marks, "单位")
    fill(folder / "考核机关填报项.xlsx", {unit: {"02-3.cases": 4, "02-3.attended": 3} for unit in UNITS}, "填报项代码")


def grant_an_objection(folder: Path) -> None:
    """The score of one unit's indicator is changed on review."""
    day = date(2027, 5, 8)
    change = {"指标": "02-2", "原得分": 10, "改后得分": 15, "改分理由": "再审改判", "复核人": "李某", "复核日期": day}
    fill(folder / "复核改分.xlsx", {"BM-01": change}, "单位")

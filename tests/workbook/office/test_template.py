"""The blank workbooks of the office: which there are, what stands in them, and that they are read back.

Reaches ``workbook/forms/office.py``, ``workbook/office/sheets.py``.
"""

from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_tree, a_unit, an_indicator
from office import LEVELS, TREE, UNITS
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.catalogue import Code
from lawgov_score.explanation.standard import standard
from lawgov_score.model import FilledBy, Roster, Tree
from lawgov_score.problems import CellPlace
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import LISTS_SHEET, STAMP_SHEET
from lawgov_score.workbook.forms.stamp import read_stamp
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.office.template import write_assessor_templates
from lawgov_score.workbook.submission.intake import read_inputs

ZH = ["评审打分", "复核改分", "不适用认定", "加减分登记", "考核机关填报项"]
EN = ["Marks", "Changes", "Not applicable", "Register", "Office figures"]


def written(
    folder: Path, tree: Tree = TREE, units: Roster | None = UNITS, lang: Language = Language.ZH
) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    paths = write_assessor_templates(tree, units, folder, standards=partial(standard, tree), lang=lang)
    return {path.stem: path for path in paths}


def page_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def heading_row(page: Worksheet, *names: str) -> int:
    for row in range(1, 12):
        if set(names) <= {cell.value for cell in page[row]}:
            return row
    raise AssertionError(names)


def fill(path: Path, row: dict[str, Any], *, at: int = 1) -> None:
    """Fills in the row that stands ``at`` below the headings, by heading."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    top = heading_row(page, *row)
    columns = {cell.value: cell.column for cell in page[top]}
    for heading, value in row.items():
        page.cell(top + at, int(str(columns[heading]))).value = value
    book.save(path)


@pytest.mark.parametrize(("lang", "names"), [(Language.ZH, ZH), (Language.EN, EN)])
def test_one_workbook_of_each_kind(lang: Language, names: list[str], tmp_path: Path) -> None:
    paths = written(tmp_path, lang=lang)
    assert list(paths) == names
    for name, path in paths.items():
        book = openpyxl.load_workbook(path)
        states = {page.title: page.sheet_state for page in book.worksheets}
        help_sheet = {Language.ZH: "填写说明", Language.EN: "How to fill it in"}[lang]
        assert states == {name: "visible", help_sheet: "visible", LISTS_SHEET: "hidden", STAMP_SHEET: "veryHidden"}
        page = book.worksheets[0]
        assert page.page_setup.paperSize == 9
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage


def test_only_those_that_the_tree_has_use_for(tmp_path: Path) -> None:
    assert list(written(tmp_path, a_tree(indicators=[an_indicator()]))) == ["复核改分"]


def test_the_stamp_says_which_workbook_it_is(tmp_path: Path) -> None:
    books = {}
    for name, path in written(tmp_path).items():
        rows = [[str(cell.value or "") for cell in row] for row in openpyxl.load_workbook(path)[STAMP_SHEET].rows]
        stamp = read_stamp(rows)
        assert (stamp.tree, stamp.edition, stamp.fingerprint) == (TREE.code, TREE.edition, TREE.fingerprint)
        books[name] = stamp.book
    assert books == dict(zip(ZH, ["marks", "changes", "rulings", "register", "answers"], strict=True))


def test_rows_of_marks_are_there_already(tmp_path: Path) -> None:
    page = page_of(written(tmp_path)["评审打分"])
    top = heading_row(page, "单位", "指标", "评审人", "评分", "评分理由")
    rows = [[page.cell(row, column).value for column in (1, 2)] for row in range(top + 1, page.max_row + 1)]
    assert rows == [[f"{unit.code} {unit.name}", "01-1 决策程序"] for unit in UNITS]


def test_what_a_row_cannot_do_without_says_so_above_its_heading(tmp_path: Path) -> None:
    paths = written(tmp_path)
    needed = {
        "评审打分": ["单位", "指标", "评分", "评分理由"],
        "加减分登记": ["单位", "类别", "事项", "发生日期"],
        "复核改分": ["单位", "指标", "改后得分", "改分理由", "复核日期"],
    }
    for name, headings in needed.items():
        page = page_of(paths[name])
        top = heading_row(page, *headings)
        marked = [page.cell(top, cell.column).value for cell in page[top - 1] if cell.value == "必填"]
        assert marked == headings
        assert page.print_title_rows == f"${top - 1}:${top}"


def test_the_help_says_that_a_row_without_a_date_is_lost(tmp_path: Path) -> None:
    help_sheet = openpyxl.load_workbook(written(tmp_path)["加减分登记"])["填写说明"]
    said = {row[0].value: row[1].value for row in help_sheet.iter_rows() if row[0].value}
    assert said["发生日期（必填）"] == "如 2018-03-30；没有填日期的，该行不采用。"
    assert "填了该行不采用" in str(said["级别"])
    assert any("没有填的，该行不采用" in str(text) for text in said)


def test_standards_of_what_the_office_fills_in_stand_in_its_help(tmp_path: Path) -> None:
    help_sheet = openpyxl.load_workbook(written(tmp_path)["考核机关填报项"])["填写说明"]
    titles = {row[1].value for row in help_sheet.iter_rows()}
    assert {"02-1 到会率", "02-2 巡查", "02-3 群众评议"} <= titles


def test_lists_offer_units_indicators_kinds_and_levels(tmp_path: Path) -> None:
    paths = written(tmp_path)
    book = openpyxl.load_workbook(paths["加减分登记"])
    columns = [[cell.value for cell in column if cell.value] for column in book[LISTS_SHEET].columns]
    assert columns == [
        ["B-1 甲局", "B-2 乙局", "T-1 丙镇"],
        ["A1 表彰奖励", "A2 通报批评", "V1 重大事件"],
        ["国家级", "省级"],
    ]
    kinds = {check.type for check in book.worksheets[0].data_validations.dataValidation}
    assert kinds == {"list", "date", "whole", None}
    rulings = openpyxl.load_workbook(paths["不适用认定"])
    offered = [[cell.value for cell in column if cell.value] for column in rulings[LISTS_SHEET].columns]
    assert offered[1:] == [["01-2 备案率", "01-3 办案数"], ["同意", "不同意"]]
    marks = openpyxl.load_workbook(paths["评审打分"]).worksheets[0]
    bounds = {(c.formula1, c.formula2) for c in marks.data_validations.dataValidation if c.type == "decimal"}
    assert bounds == {("0.0", "5.0")}


def test_what_does_not_apply_is_grey(tmp_path: Path) -> None:
    page = page_of(written(tmp_path)["考核机关填报项"])
    top = heading_row(page, "02-1.came", "02-2.x")
    at = next(cell.column for cell in page[top] if cell.value == "02-2.x")
    fills = [page.cell(row, int(str(at))).fill.start_color.rgb for row in (top + 1, top + 3)]
    assert len(set(fills)) == 2


def test_blank_workbooks_say_nothing(tmp_path: Path) -> None:
    for units in (UNITS, None):
        written(tmp_path, units=units)
        review, problems = read_review([tmp_path], TREE, UNITS, ())
        assert problems == ()
        assert not review.units
        assert len(review.inputs) == 5


def test_one_that_lies_among_the_submissions_is_named(tmp_path: Path) -> None:
    paths = written(tmp_path)
    taken = read_inputs([tmp_path], TREE)
    assert [(p.code, p.place) for p in taken.problems] == [
        (Code.A107, CellPlace(path.as_posix())) for path in sorted(paths.values())
    ]
    assert not taken.submissions
    assert not taken.missing_units


@pytest.mark.parametrize(("lang", "units"), [(Language.ZH, UNITS), (Language.EN, UNITS), (Language.ZH, None)])
def test_what_is_filled_in_is_read_back(lang: Language, units: Roster | None, tmp_path: Path) -> None:
    paths = written(tmp_path, units=units, lang=lang)
    marks, changes, rulings, register, office = paths.values()

    def say(zh: str, en: str) -> str:
        return zh if lang is Language.ZH else en

    unit, indicator, reason = say("单位", "Unit"), say("指标", "Indicator"), "依据档案"
    named = {unit: "B-1 甲局", indicator: "01-1 决策程序"}
    reviewer, when = {say("评审人", "Reviewer"): "张三"}, "2024-03-05"
    fill(marks, {**named, **reviewer, say("评分", "Mark"): 4.5, say("评分理由", "Reason"): reason})
    other = {unit: "B-2 乙局", indicator: "01-2 备案率"}
    fill(
        changes,
        {
            **other,
            say("原得分", "From"): 1,
            say("改后得分", "To"): 2,
            say("改分理由", "Reason"): reason,
            say("复核人", "Reviewer"): "王五",
            say("复核日期", "Date"): when,
        },
    )
    fill(
        rulings,
        {
            **other,
            say("认定意见", "Ruling"): "同意",
            say("认定理由", "Reason"): reason,
            say("认定人", "Reviewer"): "王五",
            say("认定日期", "Date"): when,
        },
    )
    entry = {unit: "T-1 丙镇", say("类别", "Kind"): "A1 表彰奖励", say("级别", "Level"): "省级"}
    more = {say("事项", "Matter"): "示范", say("发生日期", "Date"): when, say("依据材料", "Evidence"): "省发1号"}
    fill(register, {**entry, **more})
    figures: dict[str, Any] = {"02-1.came": 8, "02-1.all": 10, "02-2.x": 0.75, "02-3.good": 3, "02-3.bad": 0}
    if units is None:
        page = page_of(office)
        assert page.cell(heading_row(page, "02-1.came") - 2, 1).value == unit
        book = openpyxl.load_workbook(office)
        book.worksheets[0].cell(heading_row(page, "02-1.came") + 1, 1).value = "B-1"
        book.save(office)
    fill(office, figures)

    review, problems = read_review([tmp_path], TREE, UNITS)
    assert problems == ()
    assert [(m.unit, m.indicator, m.reviewer, m.mark, m.reason) for m in review.marks] == [
        ("B-1", "01-1", "张三", 4.5, reason)
    ]
    assert [(c.unit, c.indicator, c.before, c.after, c.reviewer, c.date) for c in review.changes] == [
        ("B-2", "01-2", 1.0, 2.0, "王五", 45356.0)
    ]
    assert [(r.unit, r.indicator, r.is_granted) for r in review.rulings] == [("B-2", "01-2", True)]
    assert [(e.unit, e.kind, e.level, e.times, e.evidence) for e in review.register] == [
        ("T-1", "A1", "省级", 1.0, "省发1号")
    ]
    assert {key: answer.value for key, answer in review.answers["B-1"].items()} == figures


def test_the_same_tree_and_units_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a"), written(tmp_path / "b")
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in second.items()
    }


def test_many_fields_are_printed_on_pages_side_by_side(tmp_path: Path) -> None:
    rated = [
        an_indicator(
            code=f"01-{i}", filled_by=FilledBy.ASSESSOR, rule={"kind": "rating", "asks": "评议", "levels": LEVELS}
        )
        for i in range(1, 11)
    ]
    page = page_of(written(tmp_path, a_tree(indicators=rated), (a_unit(),))["考核机关填报项"])
    assert page.page_setup.fitToWidth == 2
    assert page.print_title_cols == "$A:$A"

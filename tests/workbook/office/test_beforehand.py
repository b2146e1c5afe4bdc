"""Office workbooks written when it is known what units sent: claims to rule on, what stands beside a mark, whose it is.

Reaches ``workbook/office/beforehand.py``.
"""

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from builders import CLAIM, a_field, a_group, a_submission, a_tree, a_unit, an_indicator
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.catalogue import Code
from lawgov_score.explanation.standard import standard
from lawgov_score.model import Answer, AnswerState, FilledBy, Previous, Submission
from lawgov_score.problems import CellPlace
from lawgov_score.report import part
from lawgov_score.wording import Language
from lawgov_score.workbook.office.beforehand import Beforehand
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.office.template import write_assessor_templates

REPORT = a_field(code="report", name="自评情况", type="text")
FILES = a_field(code="files", name="案卷数", type="count", measured_in="件")
JUDGED = {"kind": "judged", "marks": "mean"}
TREE = a_tree(
    children=[
        a_group(
            code="01",
            children=[
                an_indicator(
                    code="01-1", title="决策", rule=JUDGED, points=5.0, fields=(REPORT, FILES), lead=("法制办",)
                ),
                an_indicator(code="01-2", title="备案", may_not_apply=True, lead=("政府办",)),
                an_indicator(code="01-3", title="执法", may_not_apply=True, lead=("法制办", "政府办")),
                an_indicator(code="01-4", title="评议", filled_by=FilledBy.ASSESSOR, lead=("政府办",)),
                an_indicator(code="01-5", title="述法", rule=JUDGED, points=5.0, lead=("政府办",)),
            ],
        )
    ]
)
UNITS = (a_unit(code="A", name="甲局"), a_unit(code="B", name="乙局"))


def an_answer(value: float | str, **other: str) -> Answer:
    return Answer(AnswerState.GIVEN, value, CellPlace("A.xlsx", "填报", "G2"), str(value), **other)


def sent() -> dict[str, Submission]:
    claim = Answer(AnswerState.CLAIMED_NOT_APPLICABLE, None, CellPlace("A.xlsx"), "不适用", "三定方案", "没有备案职责")
    answers = {
        "01-1.report": an_answer("开展评估", evidence="评估报告、会议纪要"),
        "01-1.files": an_answer(12.0, evidence="案卷目录"),
        "01-2.x": claim,
        "01-3.x": an_answer(0.5),
    }
    return {"A": Submission(UNITS[0], "A.xlsx", answers)}


def written(folder: Path, known: Beforehand, lang: Language = Language.ZH) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    say = partial(standard, TREE)
    paths = write_assessor_templates(TREE, UNITS, folder, standards=say, lang=lang, beforehand=(known,))
    return {path.stem: path for path in paths}


def rows_of(page: Worksheet) -> list[dict[str, object]]:
    """The rows below the headings that have a unit, by heading."""
    top = next(row for row in range(1, 12) if {"单位", "指标"} <= {cell.value for cell in page[row]})
    headings = [cell.value for cell in page[top]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=top + 1)]
    return [{str(key): value for key, value in row.items()} for row in rows if row["单位"]]


def put(path: Path, **cells: object) -> None:
    """Writes cells of the first sheet, by address."""
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book.worksheets[0][at] = value  # type: ignore[assignment]
    book.save(path)


def test_claims_stand_ready_with_their_reason(tmp_path: Path) -> None:
    path = written(tmp_path, Beforehand(sent()))["不适用认定"]
    (row,) = rows_of(openpyxl.load_workbook(path).worksheets[0])
    assert (row["单位"], row["指标"], row["单位所列佐证材料"]) == ("A 甲局", "01-2 备案", "三定方案")
    assert "没有备案职责" in str(row["单位申请"])
    review, problems = read_review([path], TREE, UNITS, tuple(sent().values()))
    assert (review.rulings, problems) == ((), ())  # nobody has ruled yet


def test_a_ruling_is_given_by_two_cells_a_name_and_a_date(tmp_path: Path) -> None:
    path = written(tmp_path, Beforehand(sent()))["不适用认定"]
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = {str(cell.value): cell for row in page.iter_rows() for cell in row if cell.value}
    name = cells["认定人（必填，填一次即可）"]
    at = {key: f"{cells[key].column_letter}{cells[key].row + 1}" for key in ("认定意见", "认定理由", "认定日期")}
    filled = {
        at["认定意见"]: "同意",
        at["认定理由"]: "确无此职责",
        at["认定日期"]: "2024-03-05",
        f"B{name.row}": "王五",
    }
    put(path, **filled)
    review, problems = read_review([path], TREE, UNITS, tuple(sent().values()))
    assert problems == ()
    ((ruling),) = review.rulings
    assert (ruling.unit, ruling.indicator, ruling.is_granted, ruling.reviewer) == ("A", "01-2", True, "王五")


def test_a_mark_has_evidence_figures_and_last_year_beside_it(tmp_path: Path) -> None:
    previous = Previous("2023", {}, {}, {"A": {"01-1": 3.5}}, {"A": {"01-1.files": 10.0}})
    page = openpyxl.load_workbook(written(tmp_path, Beforehand(sent(), previous))["评审打分"]).worksheets[0]
    first, second, third, _ = rows_of(page)
    assert first["单位所列佐证材料"] == "评估报告、会议纪要\n案卷目录"
    assert first["单位填报"] == "自评情况：开展评估\n案卷数：12 件"
    assert first["上年"] == "得 3.5 分\n案卷数：10 件"
    assert (second["单位所列佐证材料"], second["上年"]) == ("（未报送）", "（没有记录）")
    assert (third["指标"], third["单位所列佐证材料"]) == ("01-5 述法", "")  # which asks the unit nothing


@pytest.mark.parametrize("lang", list(Language))
def test_what_is_only_to_be_read_is_not_read_back(lang: Language, tmp_path: Path) -> None:
    known = Beforehand(sent(), Previous("2023", {}, {}, {}, {}))
    review, problems = read_review(list(written(tmp_path, known, lang).values()), TREE, UNITS, ())
    assert problems == ()
    assert review.units == frozenset()


def test_without_inputs_the_columns_to_read_are_not_there(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path, Beforehand())["评审打分"]).worksheets[0]
    assert list(rows_of(page)[0]) == ["单位", "指标", "评分范围", "评审人", "评分", "评分理由"]


def test_a_lead_unit_gets_its_own_indicators_and_no_other(tmp_path: Path) -> None:
    of_office = written(tmp_path / "1", Beforehand(sent(), leads=("法制办",)))
    assert list(of_office) == [
        "评审打分-法制办",
        "不适用认定-法制办",
    ]  # no votes of its own; register and changes are the office's
    page = openpyxl.load_workbook(of_office["评审打分-法制办"]).worksheets[0]
    assert {row["指标"] for row in rows_of(page)} == {"01-1 决策"}
    assert rows_of(openpyxl.load_workbook(of_office["不适用认定-法制办"]).worksheets[0]) == []
    of_other = written(tmp_path / "2", Beforehand(sent(), leads=("政府办",)))
    assert list(of_other) == ["评审打分-政府办", "不适用认定-政府办", "考核机关填报项-政府办"]
    assert len(rows_of(openpyxl.load_workbook(of_other["不适用认定-政府办"]).worksheets[0])) == 1


def test_reviewers_and_lead_units_are_merged(tmp_path: Path) -> None:
    """One workbook each: the name stands on its cover cell, and all that lie in one folder are read together."""
    for reviewer in ("张三", "李四"):
        for lead in ("法制办", "政府办"):
            (path,) = written(tmp_path, Beforehand(sent(), reviewer=reviewer, leads=(lead,))).values()
            page = openpyxl.load_workbook(path).worksheets[0]
            top = next(cell for row in page.iter_rows() for cell in row if cell.value == "评分")
            why = next(cell for cell in page[top.row] if cell.value == "评分理由")
            put(path, **{f"{top.column_letter}{top.row + 1}": 4, f"{why.column_letter}{top.row + 1}": "好"})
    review, problems = read_review([tmp_path], TREE, UNITS, tuple(sent().values()))
    assert problems == ()
    assert [
        (m.reviewer, m.unit, m.indicator) for m in sorted(review.marks, key=lambda m: (m.reviewer, m.indicator))
    ] == [
        ("张三", "A", "01-1"),
        ("张三", "A", "01-5"),
        ("李四", "A", "01-1"),
        ("李四", "A", "01-5"),
    ]


def test_claims_of_builders_are_claims(tmp_path: Path) -> None:
    """Also of a unit whose answers come from a table, which names no evidence."""
    of_table = {"B": a_submission(unit="B", answers={"01-2.x": CLAIM})}
    page = openpyxl.load_workbook(written(tmp_path, Beforehand(of_table))["不适用认定"]).worksheets[0]
    assert [row["单位"] for row in rows_of(page)] == ["B 乙局"]


@pytest.mark.parametrize("lang", list(Language))
def test_a_mark_given_on_other_figures_is_said_and_counts(lang: Language, tmp_path: Path) -> None:
    path = written(tmp_path, Beforehand(sent(), reviewer="张三", leads=("法制办",)), lang).popitem()[1]
    page = openpyxl.load_workbook(path).worksheets[0]
    top = next(cell for row in page.iter_rows() for cell in row if cell.value in ("评分", "Mark"))
    why = next(cell for cell in page[top.row] if cell.value in ("评分理由", "Reason"))
    put(path, **{f"{top.column_letter}{top.row + 1}": 4, f"{why.column_letter}{top.row + 1}": "好"})
    (now,) = sent().values()
    review, problems = read_review([path], TREE, UNITS, (now,))
    assert (len(review.marks), problems) == (1, ())
    other = {**now.answers, "01-1.files": an_answer(2.0, evidence="案卷目录")}
    review, problems = read_review([path], TREE, UNITS, (Submission(now.unit, now.path, other),))
    assert (len(review.marks), [problem.code for problem in problems]) == (1, [Code.A226])
    assert "12" in part(problems[0], "found", lang)
    assert "2 件" in part(problems[0], "expected", Language.ZH)

"""A ruling is on the claim printed beside it; where the unit claims something else later, it passes to nothing.

Reaches ``workbook/office/claims.py``.
"""

from pathlib import Path

import openpyxl
import pytest
from builders import a_field, a_group, a_tree, a_unit, an_indicator
from office import the_tree
from openpyxl.worksheet.worksheet import Worksheet
from workbook.office.test_beforehand import rows_of

from lawgov_score.catalogue import Code
from lawgov_score.explanation.standard import standard
from lawgov_score.model import Answer, AnswerState, Review, Submission
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.report import part
from lawgov_score.wording import Language
from lawgov_score.workbook.office.beforehand import Beforehand
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.office.template import write_assessor_templates

TREE = a_tree(
    children=[
        a_group(
            code="01",
            children=[
                an_indicator(
                    code="01-2",
                    title="审查率",
                    may_not_apply=True,
                    fields=(
                        a_field(code="a", name="审查数", type="count", measured_in="件", at_most="b"),
                        a_field(code="b", name="决策数", type="count", measured_in="件"),
                    ),
                    value="a / b",
                    on_zero="zero",
                )
            ],
        )
    ]
)
UNITS = (a_unit(code="U1", name="甲局"),)
AT = CellPlace("U1.xlsx", "填报", "H2")
N_A = (None, "今年没有决策")


def sent(**given: float | tuple[None, str] | None) -> tuple[Submission, ...]:
    """What the unit sent: a number, a claim with its reason, or nothing, by field."""
    answers = {}
    for code, value in given.items():
        if isinstance(value, tuple):
            answer = Answer(AnswerState.CLAIMED_NOT_APPLICABLE, None, AT, "不适用", note=value[1])
        elif value is None:
            answer = Answer(AnswerState.MISSING, None, AT)
        else:
            answer = Answer(AnswerState.GIVEN, value, AT, f"{value:g}")
        answers[f"01-2.{code}"] = answer
    return (Submission(UNITS[0], "U1.xlsx", answers),)


def ruled(folder: Path, claimed: tuple[Submission, ...], lang: Language = Language.ZH, **cells: str) -> Path:
    """The workbook of rulings on these claims, the first granted; ``cells`` are written over, by heading."""
    folder.mkdir(exist_ok=True)
    known = Beforehand({one.unit.code: one for one in claimed})
    paths = write_assessor_templates(
        TREE, UNITS, folder, standards=lambda i: standard(TREE, i), lang=lang, beforehand=(known,)
    )
    (path,) = [one for one in paths if one.stem in ("不适用认定", "Not applicable")]
    for other in set(paths) - {path}:
        other.unlink()
    book = openpyxl.load_workbook(path)
    page: Worksheet = book.worksheets[0]
    ruling = next(cell for row in page.iter_rows() for cell in row if cell.value in ("认定意见", "Ruling"))
    heads = {str(cell.value): int(cell.column or 0) for cell in page[ruling.row]}
    zh = {"认定意见": "同意", "认定理由": "属实", "认定人": "赵六", "认定日期": "2024-03-05"}
    en = {"Ruling": "granted", "Reason": "true", "Reviewer": "赵六", "Date": "2024-03-05"}
    for heading, text in {**(zh if lang is Language.ZH else en), **cells}.items():
        page.cell(ruling.row + 1, heads[heading]).value = text or None
    book.save(path)
    return path


def read(path: Path, now: tuple[Submission, ...]) -> tuple[Review, tuple[Problem, ...]]:
    return read_review([path], TREE, UNITS, now)


@pytest.mark.parametrize("lang", list(Language))
def test_a_ruling_on_the_claim_in_force_counts(lang: Language, tmp_path: Path) -> None:
    claimed = sent(a=N_A, b=5.0)
    review, problems = read(ruled(tmp_path / "off", claimed, lang), claimed)
    assert (len(review.rulings), problems) == (1, ())


@pytest.mark.parametrize(
    "now",
    [
        sent(a=5.0, b=(None, "不归我管")),  # another field, another reason
        sent(a=(None, "不归我管"), b=5.0),  # another reason
        sent(a=N_A, b=(None, "也没有")),  # a further field
        sent(a=N_A, b=7.0),  # the same claim beside another answer, which the office saw
    ],
)
def test_a_ruling_does_not_pass_to_another_claim(now: tuple[Submission, ...], tmp_path: Path) -> None:
    path = ruled(tmp_path / "off", sent(a=N_A, b=5.0))
    review, (problem,) = read(path, now)
    assert review.rulings == ()
    assert problem.code is Code.A223
    assert not is_error(problem)
    assert "今年没有决策" in part(problem, "found", Language.ZH)
    printed = next(iter(Beforehand({"U1": now[0]}).claims(TREE, UNITS, Language.ZH)))["claim"]
    assert printed in part(problem, "expected", Language.ZH)
    cleared = ruled(tmp_path / "anew", sent(a=N_A, b=5.0), 单位申请="")
    assert len(read(cleared, now)[0].rulings) == 1  # who clears the cell rules on what is claimed now


def test_what_else_the_unit_answered_stands_in_the_same_cell(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(ruled(tmp_path / "off", sent(a=N_A, b=5.0))).worksheets[0]
    (row,) = rows_of(page)
    assert str(row["单位申请"]).splitlines() == ["审查数 填“不适用”；说明：今年没有决策", "另填 决策数：5 件"]


def test_a_claim_that_came_later_is_typed_as_a_new_row(tmp_path: Path) -> None:
    """And the sheet of help says so."""
    tree = the_tree()
    units = (a_unit(code="B-1", name="甲局", type="bureau"),)
    paths = write_assessor_templates(tree, units, tmp_path, standards=lambda i: standard(tree, i))
    (path,) = [one for one in paths if one.stem == "不适用认定"]
    book = openpyxl.load_workbook(path)
    help_text = "".join(str(cell.value) for row in book["填写说明"].iter_rows() for cell in row if cell.value)
    assert "本表生成以后才收到的不适用申请，在下方空行写" in help_text

"""Judged indicators: what the unit is asked for them, which reviewers read and no score looks at.

Reaches ``tree/build_nodes.py``, ``workbook/forms/layout.py``, ``explanation/evidence.py``.
"""

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from builders import a_unit

from lawgov_score.catalogue import Code
from lawgov_score.explanation.evidence import Standing, evidence_of
from lawgov_score.explanation.standard import standard
from lawgov_score.model import AnswerState, Mark, Review, Status, Submission, Tree
from lawgov_score.pipeline import load_tree
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.office import office_questions
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.template.template import write_template

TREE = """
code: judged-evidence
title: 评审材料
edition: "2024"
year: 2024
points: 6
levels: [小项]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: withhold
  claims: await_review
nodes:
  - {code: "01", title: 特色工作, points: 2, applies_to: all, basis: 第一条,
     evidence: [工作总结, 照片], rule: {kind: judged, marks: mean}}
  - {code: "02", title: 案卷质量, points: 2, applies_to: all, basis: 第二条,
     fields: [{code: files, name: 案卷数, type: count, measured_in: 件}], rule: {kind: judged, marks: mean}}
  - {code: "03", title: 现场察看, points: 1, applies_to: all, basis: 第三条, rule: {kind: judged, marks: mean}}
  - {code: "04", title: 旁证, points: 1, applies_to: all, basis: 第四条, filled_by: assessor,
     evidence: [记录], rule: {kind: judged, marks: mean}}
"""
UNIT = a_unit(code="U1", name="甲局")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    path = tmp_path / "tree.yaml"
    path.write_text(TREE, encoding="utf-8")
    loaded, problems = load_tree(path)
    assert loaded is not None, problems
    return loaded


def sent(
    tree: Tree, tmp_path: Path, cells: dict[str, tuple[str | int | None, str]]
) -> tuple[Submission, tuple[Problem, ...]]:
    """What comes back where the rows of ``cells`` have this answer and this evidence."""
    folder = tmp_path / "sent"
    folder.mkdir()
    path = folder / "U1.xlsx"
    write_template(tree, UNIT, path, standards=partial(standard, tree), lang=Language.ZH)
    book = openpyxl.load_workbook(path)
    page = book["填报"]
    at = {str(cell.value): int(cell.column or 0) for cell in page[1]}
    for row in range(2, page.max_row + 1):
        key = str(page.cell(row, at["字段编码"]).value)
        if key in cells:
            page.cell(row, at["填报值"]).value, page.cell(row, at["佐证材料"]).value = cells[key]
    book.save(path)
    taken = read_inputs([path], tree, (UNIT,))
    (submission,) = taken.submissions
    return submission, taken.problems


def test_a_unit_is_asked_for_evidence_and_fields_and_for_nothing_else(tree: Tree) -> None:
    assert [(i.code, i.is_asked) for i in tree.indicators] == [
        ("01", True),
        ("02", True),
        ("03", False),
        ("04", False),
    ]
    assert [f.code for i in tree.indicators for f in i.fields] == ["report", "files"]
    assert office_questions(tree) == ()  # nothing of it is the office's to fill in


def test_evidence_comes_back_and_is_measured(tree: Tree, tmp_path: Path) -> None:
    submission, problems = sent(tree, tmp_path, {"01.report": (None, "工作总结"), "02.files": (12, "")})
    assert problems == ()
    assert submission.answers["01.report"].evidence == "工作总结"
    assert submission.answers["02.files"].value == 12.0
    scores = score(tree, (UNIT,), (submission,))
    evidence = evidence_of(scores, 0, tree.indicators[0])
    assert (evidence.standing, evidence.documents, evidence.missing) == (Standing.PART, ("工作总结",), ("照片",))


def test_no_score_looks_at_them(tree: Tree, tmp_path: Path) -> None:
    """A figure that cannot be read is the unit's to mend; the marks of reviewers stand, also with `withhold`."""
    submission, problems = sent(tree, tmp_path, {"02.files": ("约12", ""), "01.report": ("已开展", "")})
    assert {problem.code for problem in problems} == {Code.S201, Code.S217}
    assert submission.answers["02.files"].state is AnswerState.INVALID
    marks = tuple(
        Mark("U1", code, "张三", 0.5, "好", CellPlace("marks.xlsx", "评审打分", f"E{row}"))
        for row, code in enumerate(("01", "02", "03", "04"), start=2)
    )
    with_all, with_none = (score(tree, (UNIT,), given, Review(marks=marks)) for given in ((submission,), ()))
    for scores in (with_all, with_none):
        assert scores.scores[0].tolist() == [0.5, 0.5, 0.5, 0.5]
    without = score(tree, (UNIT,), (submission,))
    assert {Status(int(status)) for status in without.status[0]} == {Status.NOT_REVIEWED}

"""Whose a problem is: told by path, sheet and row."""

from pathlib import Path

from builders import a_field, a_submission, a_tree, a_unit, an_indicator
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.content.problem_lists import blanks_of, owner_of, owners_of
from lawgov_score.problems import CellPlace, NodePlace, Problem
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.terminal.problems import problems_by_unit
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.intake import read_inputs

TREE = a_tree(indicators=[an_indicator(fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 1})])


def test_two_tables_of_one_workbook_have_rows_of_their_own(tmp_path: Path) -> None:
    tables = {
        "甲表": "| unit | 01-1 |\n| U1 | 约12 |\n| U2 | 1 |",
        "乙表": "| unit | 01-1 |\n| U3 | 2 |\n| U4 | 约3 |",
    }
    intake = read_inputs([a_workbook(tmp_path / "two.xlsx", tables)], TREE)
    scores = score(TREE, tuple(one.unit for one in intake.submissions), intake.submissions)
    owners = owners_of(scores)
    wrong = [problem for problem in intake.problems if problem.code is Code.S201]
    assert [scores.units[owner_of(one, scores, owners)].code for one in wrong] == ["U4", "U1"]
    text = problems_by_unit(wrong, intake.senders, Language.EN)
    assert text.index("(U1)") < text.index("甲表!B2") < text.index("(U4)") < text.index("乙表!B3")


def test_what_is_no_units_own_is_nobodys(tmp_path: Path) -> None:
    table = {"甲表": "| unit | 01-1 |\n| U1 | 12 |\n| U2 | 1 |"}
    intake = read_inputs([a_workbook(tmp_path / "one.xlsx", table)], TREE)
    scores = score(TREE, tuple(one.unit for one in intake.submissions), intake.submissions)
    path = str(intake.submissions[0].path)
    places = [CellPlace(path), CellPlace(path, "甲表"), CellPlace(path, "甲表", "B1"), CellPlace(path, "乙表", "B2")]
    assert [owner_of(Problem(Code.S117, place), scores, owners_of(scores)) for place in places] == [-1] * 4
    assert owner_of(Problem(Code.S117, NodePlace("U2")), scores, owners_of(scores)) == 1


def test_the_blanks_of_a_unit_are_those_that_its_coverage_lacks() -> None:
    """A 扣分项 left blank is no loss and no problem, but it stands among the blanks of the card."""
    indicators = [an_indicator(code=f"01-{i}", fields=[a_field(type="count")]) for i in range(1, 5)]
    tree = a_tree(indicators=indicators)
    unit = a_unit()
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"01-1.x": 1.0, "01-2.x": None})])
    said = blanks_of(scores, 0, Language.ZH)
    assert said is not None
    assert said.values["n"] == scores.asked[0] - scores.answered[0] == 3
    text = render(said, Language.ZH)
    assert [code in text for code in ("01-1 ", "01-2 ", "01-3 ", "01-4 ")] == [False, True, True, True]
    full = score(tree, (unit,), [a_submission(unit=unit, answers={f"01-{i}.x": 1.0 for i in range(1, 5)})])
    assert blanks_of(full, 0, Language.ZH) is None

"""What the tree says must hold between fields: broken, every cell is named and none of them counts."""

from pathlib import Path

import pytest
from builders import a_field, a_tree, a_unit, an_indicator
from sheets import a_workbook, fill

from lawgov_score.expression import parse
from lawgov_score.model import Answer, AnswerState, Check, FilledBy, Indicator, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import part, problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.submission.table import read_table
from lawgov_score.workbook.template.template import write_template

GIVEN, INVALID, MISSING = AnswerState.GIVEN, AnswerState.INVALID, AnswerState.MISSING
SUM = Check(parse("chief + deputy <= cases"), "出庭件数合计不超过应诉件数")
FIRST = Check(parse("first == 0 or first <= cases"), "一审件数不超过应诉件数")


def checked(code: str = "01-1", *checks: Check, filled_by: FilledBy = FilledBy.UNIT) -> Indicator:
    names = {"chief": "正职出庭", "deputy": "副职出庭", "cases": "应诉件数", "first": "一审件数"}
    return an_indicator(
        code=code,
        fields=[a_field(code=key, name=name, type="count") for key, name in names.items()],
        value="(chief + deputy) / cases",
        on_zero="full",
        checks=checks or (SUM, FIRST),
        filled_by=filled_by,
    )


TREE = a_tree(indicators=[checked()])
HEAD = "unit,01-1.chief,01-1.deputy,01-1.cases,01-1.first\n"


def read(tmp_path: Path, row: str) -> tuple[list[AnswerState], tuple[Problem, ...]]:
    """The states of chief, deputy, cases and first in a table of one row, and the problems."""
    path = tmp_path / "t.csv"
    path.write_text(HEAD + f"01,{row}\n", encoding="utf-8")
    (submission,), problems = read_table(path, TREE)
    assert all("{" not in problems_text(problems, lang) for lang in Language)
    return [answer.state for answer in submission.answers.values()], problems


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(str(p.code), p.place.cell) for p in problems if isinstance(p.place, CellPlace)]


def test_a_broken_check_stands_at_its_first_field_and_names_every_cell(tmp_path: Path) -> None:
    states, (problem,) = read(tmp_path, "4,16,15,15")
    assert states == [INVALID, INVALID, INVALID, GIVEN]
    assert told((problem,)) == [("S219", "B2")]
    assert [place.cell for place in problem.see_also if isinstance(place, CellPlace)] == ["C2", "D2"]
    assert part(problem, "expected", Language.ZH) == "出庭件数合计不超过应诉件数"
    assert part(problem, "found", Language.ZH) == "正职出庭 4（B2）、副职出庭 16（C2）、应诉件数 15（D2）"


@pytest.mark.parametrize("row", ["4,16,20,20", "4,16,21,0", "0,0,0,0"])
def test_what_holds_is_left_alone(tmp_path: Path, row: str) -> None:
    states, problems = read(tmp_path, row)
    assert (states, problems) == ([GIVEN] * 4, ())


def test_a_check_waits_for_what_is_blank_or_wrong(tmp_path: Path) -> None:
    assert read(tmp_path, "4,,3,") == ([GIVEN, MISSING, GIVEN, MISSING], ())
    states, problems = read(tmp_path, "4,约9,3,2")
    assert (states, told(problems)) == ([GIVEN, INVALID, GIVEN, GIVEN], [("S201", "C2")])


def test_two_broken_checks_that_share_a_cell_are_both_reported(tmp_path: Path) -> None:
    states, problems = read(tmp_path, "4,16,15,16")
    assert told(problems) == [("S219", "B2"), ("S219", "E2")]
    assert states == [INVALID] * 4


def test_a_check_that_divides_by_zero_says_nothing(tmp_path: Path) -> None:
    halves = Check(parse("chief / cases <= 0.5"), "正职出庭不超过一半")
    path = tmp_path / "t.csv"
    path.write_text(HEAD + "01,0,0,0,0\n02,3,0,4,0\n", encoding="utf-8")
    _, problems = read_table(path, a_tree(indicators=[checked("01-1", halves)]))
    assert told(problems) == [("S219", "B3")]


def test_words_are_shown_as_they_were_answered(tmp_path: Path) -> None:
    fields = [a_field(code="held", name="是否举办", type="yes_no"), a_field(code="times", name="次数", type="count")]
    rule = Check(parse("held == 1 or times == 0"), "未举办的，次数为 0")
    indicator = an_indicator(fields=fields, value="times", checks=(rule,))
    path = tmp_path / "t.csv"
    path.write_text("unit,01-1.held,01-1.times\n01,否,2\n02,否,0\n03,是,2\n", encoding="utf-8")
    _, (problem,) = read_table(path, a_tree(indicators=[indicator]))
    assert part(problem, "found", Language.ZH) == "是否举办 否（B2）、次数 2（C2）"


def test_a_unit_s_own_workbook_is_held_to_it(tmp_path: Path) -> None:
    book = tmp_path / "S-01.xlsx"
    write_template(TREE, Unit("S-01", "甲街道"), book, standards=lambda one: one.rule.standard(one.terms))
    places = fill(book, {"01-1.chief": 4, "01-1.deputy": 16, "01-1.cases": 15, "01-1.first": 0})
    submission, problems = read_submission(book, TREE)
    assert submission is not None
    (problem,) = problems
    assert (problem.code, problem.place) == ("S219", CellPlace(book.as_posix(), FILL_SHEET, places["01-1.chief"]))
    answers: list[Answer] = [*submission.answers.values()]
    assert [(answer.state, answer.value) for answer in answers] == [(INVALID, None)] * 3 + [(GIVEN, 0.0)]


def test_what_the_office_fills_in_is_held_to_it(tmp_path: Path) -> None:
    tree = a_tree(indicators=[checked("02-1", filled_by=FilledBy.ASSESSOR)])
    text = "| 单位 | 02-1.chief | 02-1.deputy | 02-1.cases | 02-1.first |\n| B-1 | 4 | 16 | 15 | 0 |"
    a_workbook(tmp_path / "office.xlsx", {"其他": text})
    review, problems = read_review([tmp_path], tree, (a_unit(code="B-1"),), None)
    assert told(problems) == [("S219", "B2")]
    assert review.answers["B-1"]["02-1.chief"].state is INVALID

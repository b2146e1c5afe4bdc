"""Words that are kept for later readers, and what earlier versions kept.

Reaches ``two_languages.py``.
"""

import json

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.content.changes import CAUSES, OWN_FIGURES, cause_named
from lawgov_score.content.labels import OBJECTION
from lawgov_score.model.changes import Cause
from lawgov_score.problems import CellPlace, NodePlace, Problem, ProblemList, TextPlace, ThingPlace
from lawgov_score.report import problem_record, render
from lawgov_score.two_languages import (
    kept_problem,
    kept_problems,
    kept_text,
    problem_in,
    text_of,
    title_of,
    with_text,
)
from lawgov_score.wording import Face, Language, Phrase, Text, Words

ZH, EN = Language.ZH, Language.EN
FIELD = {"field": "{name}", "expected": Words("数", "a number"), "found": "“约3”", "example": "12"}
A_CELL = Problem(Code.S201, CellPlace("a.xlsx", "填报", "H2"), {**FIELD, "hint": Words("改", "mend")})
EVERY_PLACE = (
    A_CELL,
    Problem(Code.R235, ThingPlace("round a", "轮次 a")),
    Problem(Code.X900, TextPlace("a/b", 3, 4), {"found": "ValueError: {x}"}),
    Problem(Code.R235, NodePlace("A", "1-1")),
)


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("problem", EVERY_PLACE, ids=lambda one: one.code)
def test_a_kept_problem_is_said_as_check_says_it(problem: Problem, face: Face) -> None:
    kept = json.loads(json.dumps(kept_problem(problem, face)))
    for lang in Language:
        assert problem_in(kept, lang) == problem_record(problem, lang, face)
        assert render(title_of(kept), lang) == problem_record(problem, lang, face)["title"]


def test_many_of_one_fault_are_folded_and_said_in_both() -> None:
    many = ProblemList(Problem(Code.S201, CellPlace("a.xlsx", "填报", f"H{n}"), A_CELL.values) for n in range(1, 300))
    kept = kept_problems(many.told())
    assert len(kept) == 201
    assert kept[-1]["count"] == 99
    assert "另有 99" in problem_in(kept[-1], ZH)["title"]
    assert "99 more" in problem_in(kept[-1], EN)["title"]


def test_what_an_earlier_version_kept_is_said_as_it_was_kept() -> None:
    earlier = problem_record(A_CELL, ZH)
    assert [problem_in(earlier, lang) for lang in Language] == [earlier, earlier]
    assert text_of("已录入 a.xlsx") == "已录入 a.xlsx"


@pytest.mark.parametrize(
    "text", ["{name}", Words("{{n}} 份", "{{n}} files"), Words("第 {n} 份", "file {n}")(n="{0}"), Phrase(Words("", ""))]
)
def test_a_kept_text_is_said_as_the_text_itself(text: Text) -> None:
    kept = json.loads(json.dumps(kept_text(text)))
    for lang in Language:
        assert render(text_of(kept), lang) == render(text, lang)


def test_another_text_under_a_key() -> None:
    kept = with_text(kept_problem(EVERY_PLACE[1]), "path", kept_text(Words("登记第 2 行", "line 2 of the register")))
    assert [problem_in(kept, lang)["path"] for lang in Language] == ["登记第 2 行", "line 2 of the register"]
    assert problem_in(kept, EN)["title"] == "The round is archived: nothing was changed"
    plain = with_text(kept_problem(EVERY_PLACE[1]), "path", "a.xlsx")
    assert [problem_in(plain, lang)["path"] for lang in Language] == ["a.xlsx", "a.xlsx"]


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("written", Language)
def test_a_cause_in_a_table_of_either_language_is_said_in_both(cause: Cause, written: Language) -> None:
    names: list[Words | Phrase] = [CAUSES[cause], OBJECTION(name="12"), OWN_FIGURES]
    for text in names:
        found = cause_named(cause.value, render(text, written))
        assert [render(found, lang) for lang in Language] == [render(text, lang) for lang in Language]


def test_a_cause_whose_name_nobody_knows_goes_by_its_code() -> None:
    assert cause_named("mark", "某 3") == CAUSES[Cause.MARK]

"""Blanks that pay: said of whoever leaves them, and a grade that hangs on them is provisional. Worked by hand."""

from dataclasses import replace
from typing import Any

import pytest
from builders import INVALID, a_field, a_group, a_submission, a_tree, a_unit, an_indicator
from hypothesis import HealthCheck, assume, given, settings
from random_rounds import Round, shared_rounds

from lawgov_score.catalogue import Code
from lawgov_score.model import (
    FilledBy,
    Grade,
    Group,
    Indicator,
    Missing,
    Policies,
    Quota,
    Review,
    Scores,
    Tree,
    Veto,
    Why,
)
from lawgov_score.problems import NodePlace
from lawgov_score.report import part, title
from lawgov_score.scoring import score
from lawgov_score.scoring.checks import check_answers
from lawgov_score.wording import Language

GRADES = (Grade("优秀", 9.0), Grade("合格", 6.0), Grade("不合格", 0.0))


def given_score(code: str, points: float = 10.0) -> Indicator:
    """What its unit says, of so many points."""
    rule = {"kind": "as_given", "at_most": points}
    return an_indicator(code=code, points=points, fields=[a_field(type="amount")], rule=rule)


BASE = given_score("1")
OFF = an_indicator(
    code="2", points=4.0, weight=-1.0, fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 2}
)


def vetoed(when: str, *fields: Any) -> Any:
    asked = [a_field(code="x", type="amount", at_least=None), a_field(code="n", type="count"), *fields]
    rule = {"kind": "as_given", "at_least": -1000, "at_most": 1000}
    return an_indicator(code="1", points=10.0, fields=asked, value="x", rule=rule, vetoes={"V1": when})


def tree_of(*nodes: Any, veto: Veto | None = None, grades: Any = GRADES, **policies: Any) -> Tree:
    return a_tree(
        children=nodes, points=10.0, grades=grades, vetoes=(veto,) if veto else (), policies=Policies(**policies)
    )


def found(tree: Tree, *answers: dict[str, Any]) -> Scores:
    units = tuple(a_unit(code=f"U{i}") for i in range(1, len(answers) + 1))
    return score(tree, units, [a_submission(unit=u, answers=a) for u, a in zip(units, answers, strict=True)])


def told(scores: Scores) -> dict[str, list[str]]:
    """Codes of what is said of blanks, by unit."""
    said: dict[str, list[str]] = {}
    for problem in scores.problems:
        if problem.code in {Code.R122, Code.R123}:
            assert isinstance(problem.place, NodePlace)
            said.setdefault(problem.place.unit, []).append(problem.code.value)
    return said


def test_a_deduction_left_blank_pays() -> None:
    """U3: 10, with two cases 6 and so 合格. U4: 5, with two cases 1, and 不合格 both. An unreadable cell is a blank."""
    answers: list[dict[str, Any]] = [
        {"1.x": 10, "2.x": 0},
        {"1.x": 10, "2.x": 1},
        {"1.x": 10, "2.x": None},
        {"1.x": 5, "2.x": None},
        {"1.x": 10, "2.x": INVALID},
    ]
    scores = found(tree_of(BASE, OFF), *answers)
    assert told(scores) == {"U3": ["R123"], "U4": ["R123"], "U5": ["R123"]}
    assert [scores.provisional(row) for row in range(5)] == ["", "", "blanks_pay", "", "blanks_pay"]
    assert scores.grades == ("优秀", "合格", "优秀", "不合格", "优秀")


FAILS = Veto("V1", "弄虚作假", grade_at_most="不合格")


@pytest.mark.parametrize(
    ("veto", "when", "x", "said", "provisional"),
    [
        (FAILS, "n > 0", 10.0, ["R122"], "blank_at_veto"),
        (FAILS, "n > 0", 3.0, ["R122"], ""),  # 不合格 with it and without
        (FAILS, "n > 0 and x < 5", 10.0, [], ""),  # what is known makes it impossible
        (Veto("V1", "不得优秀", bars=("优秀",)), "n > 0", 10.0, ["R122"], "blank_at_veto"),
        (Veto("V1", "不得优秀", bars=("优秀",)), "n > 0", 8.0, ["R122"], ""),
        (Veto("V1", "扣分", deduct=1.0), "n > 0", 9.5, ["R122"], "blank_at_veto"),
        (Veto("V1", "扣分", deduct=1.0), "n > 0", 8.0, ["R122"], ""),
    ],
)
def test_a_blank_that_leaves_a_veto_open(veto: Veto, when: str, x: float, said: list[str], provisional: str) -> None:
    scores = found(tree_of(vetoed(when), veto=veto), {"1.x": x, "1.n": None}, {"1.x": x, "1.n": 0})
    assert told(scores) == ({"U1": said} if said else {})
    for problem in (one for one in scores.problems if one.code is Code.R122):
        assert f"“{veto.title}”（V1）" in title(problem, Language.ZH)
        assert "“1 指标1”" in part(problem, "found", Language.ZH)
    assert (scores.provisional(0), scores.provisional(1)) == (provisional, "")


def test_a_veto_that_no_answer_can_trigger_is_not_open() -> None:
    indicator = vetoed("m > 3", a_field(code="m", type="count", at_most=3.0))
    assert told(found(tree_of(indicator, veto=FAILS), {"1.x": 10, "1.n": 0, "1.m": None})) == {}


def excluding(**group: Any) -> Group:
    children = [given_score("1-1", 5.0), given_score("1-2", 5.0)]
    return a_group(code="1", children=children, missing=Missing.EXCLUDE, **group)


def test_what_is_left_out_of_the_count_pays() -> None:
    """One of two answered, 5 of 5: as it stands 10, but 5 where the other is worth nothing. One of two, 2 of 5: 4."""
    full, low = {"1-1.x": 5, "1-2.x": None}, {"1-1.x": 2, "1-2.x": 5}
    scores = found(tree_of(a_group(code="1", children=[given_score(f"1-{i}", 5.0) for i in (1, 2)]),
                           missing=Missing.EXCLUDE), full, low)  # fmt: skip
    assert scores.total.tolist() == [10.0, 7.0]
    assert told(scores) == {"U1": ["R123"]}
    assert [scores.provisional(row) for row in (0, 1)] == ["blanks_pay", ""]


def test_a_limit_that_bites_makes_a_blank_cost() -> None:
    """Below the least coverage the group has no score: its blank costs all, and pays nothing."""
    tree = tree_of(excluding(coverage_at_least=0.6))
    scores = found(tree, {"1-1.x": 5, "1-2.x": None})
    assert told(scores) == {}
    assert scores.provisional(0) == ""


def test_where_less_is_better_a_blank_counts_as_the_best() -> None:
    item = an_indicator(code="1", points=10.0, fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 1})
    grades = (Grade("优秀", 0.0, at_most=2.0), Grade("不合格", 0.0, at_most=10.0))
    scores = found(tree_of(item, grades=grades, lower_is_better=True), {"1.x": None}, {"1.x": 1})
    assert told(scores) == {"U1": ["R123"]}


def test_a_place_under_a_quota_hangs_on_a_blank() -> None:
    """10 and first as it stands; with its deduction 9.2, still 优秀 by its line, but behind U2, and one fits."""
    off = an_indicator(
        code="2", points=0.8, weight=-1.0, fields=[a_field(type="count")], rule={"kind": "count_cap", "each": 0.8}
    )
    grades = (Grade("优秀", 9.0, Quota(0.5)), Grade("合格", 0.0))
    scores = found(tree_of(BASE, off, grades=grades), {"1.x": 10, "2.x": None}, {"1.x": 9.5, "2.x": 0})
    assert scores.grades == ("优秀", "合格")
    assert [scores.provisional(row) for row in (0, 1)] == ["blanks_pay", ""]


def test_a_check_says_it_before_anything_is_scored() -> None:
    tree = tree_of(vetoed("n > 0"), OFF, veto=FAILS)
    units = (a_unit(code="U1"), a_unit(code="U2"))
    answers: list[dict[str, Any]] = [{"1.x": 1, "1.n": None, "2.x": None}, {"1.x": 1, "1.n": 0, "2.x": 0}]
    sent = [a_submission(unit=u, answers=a) for u, a in zip(units, answers, strict=True)]
    problems = list(check_answers(tree, units, sent))
    assert [(one.code, one.place) for one in problems] == [
        (Code.R122, NodePlace("U1")),
        (Code.R123, NodePlace("U1")),
    ]


def test_what_the_office_has_not_filled_in_is_nobodys_blank() -> None:
    """A veto that rests on the office's own figures stays open until it gives them: the office is told."""
    tree = tree_of(BASE, replace(vetoed("n > 0"), code="2", filled_by=FilledBy.ASSESSOR), veto=FAILS)
    (unit,) = units = (a_unit(code="U1"),)
    sent = [a_submission(unit=unit, answers={"1.x": 9.5})]
    assert list(check_answers(tree, units, sent)) == []
    scores = score(tree, units, sent)
    assert told(scores) == {}
    assert [one.place for one in scores.problems if one.code is Code.R117] == [NodePlace("", "2")]
    assert scores.provisional(0) == "not_reviewed"
    half = score(tree, units, sent, Review(answers={"U1": a_submission(unit=unit, answers={"2.x": 1}).answers}))
    assert told(half) == {"U1": ["R122"]}  # begun, but not the figure that decides


@given(shared_rounds())
@settings(max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_a_unit_that_left_something_blank_is_told_so(done: Round) -> None:
    """And nothing but the reasons and the words are touched: scores, places and grades are those of the engine."""
    scores = done.scored()
    said = told(scores)
    assume(said)
    for row, unit in enumerate(scores.units):
        if unit.code in said:
            assert scores.submissions[row] is not None
            is_claimed = any(scores.replaced(row, one.code) is Why.CLAIM for one in scores.tree.indicators)
            assert scores.answered[row] < scores.asked[row] or (scores.status[row] > 0).any() or is_claimed
        else:
            assert scores.provisional(row) in {"", "not_reviewed"}

"""Advice is true and minimal: the answers changed as it says reach the grade, and none of them can be left out.

Reaches ``scoring/advice/improve.py``, ``scoring/advice/shortest.py``, ``scoring/advice/whatif.py``.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_field, a_given_score, a_group, a_rule, a_submission, a_tree, a_unit, an_entry, an_indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.expression import parse
from lawgov_score.model import (
    Answer,
    AnswerState,
    Check,
    Grade,
    Indicator,
    Policies,
    Review,
    Scores,
    Submission,
    Tree,
    Veto,
)
from lawgov_score.model.advice import Advice, Aside, Improvement, Outlook
from lawgov_score.pipeline import assess
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise

SCHEMES = sorted(path.parent for path in (Path(__file__).parents[2] / "schemes").glob("*/tree.yaml"))
GRADES = (Grade("优秀", 9.0), Grade("良好", 6.0), Grade("不合格", 0.0))


def changed(submission: Submission, improvements: Iterable[Improvement]) -> Submission:
    answers = dict(submission.answers)
    for one in improvements:
        for change in one.changes:
            key = f"{one.indicator}.{change.field}"
            place = answers[key].place if key in answers else CellPlace("")
            answers[key] = Answer(AnswerState.GIVEN, change.after, place)
    return replace(submission, answers=answers)


def grade_after(scores: Scores, advice: Advice, improvements: Iterable[Improvement]) -> int:
    """The number of the grade, quotas left aside, of the same round with one unit's answers changed."""
    tree = replace(scores.tree, grades=tuple(replace(each, quota=None) for each in scores.tree.grades))
    submissions = [
        changed(each, improvements) if row == advice.row else each
        for row, each in enumerate(scores.submissions)
        if each is not None
    ]
    again = score(tree, scores.units, submissions, scores.review, scores.previous)
    names = [each.name for each in tree.grades]
    return names.index(again.grades[advice.row]) if again.grades[advice.row] else len(names)


def prove(scores: Scores, advice: Advice) -> None:
    grade = next((one for one in scores.tree.grades if one.name == advice.target), None)
    if advice.outlook is Outlook.OUT_OF_REACH:
        assert grade is not None
        assert advice.reached > advice.line if grade.is_up_to else advice.reached < advice.line
    if advice.outlook is Outlook.HELD:
        assert any(why.startswith("veto:") for why in advice.obstacles)
    if advice.outlook is Outlook.UNGRADED:
        assert math.isnan(advice.line)
        if advice.improvements:
            names = [each.name for each in scores.tree.grades]
            assert grade_after(scores, advice, advice.improvements) == names.index(advice.target)
        return
    if advice.outlook is not Outlook.REACHABLE:
        assert not advice.improvements
        return
    target = [each.name for each in scores.tree.grades].index(advice.target)
    assert grade_after(scores, advice, advice.improvements) <= target
    for i in range(len(advice.improvements)):
        fewer = [*advice.improvements[:i], *advice.improvements[i + 1 :]]
        assert grade_after(scores, advice, fewer) > target


def a_rate(code: str, points: float = 5.0) -> Indicator:
    fields = [a_field(code="done", type="count", at_most="due"), a_field(code="due", type="count")]
    return an_indicator(code=code, points=points, fields=fields, value="done / due", on_zero="full")


def rates(*codes: str) -> Tree:
    return a_tree(indicators=[a_rate(code) for code in codes], points=10.0, grades=GRADES)


def scored(tree: Tree, answers: Mapping[str, float | None]) -> Scores:
    return score(tree, (a_unit(),), [a_submission(answers=answers)])


def test_numerators_rise_in_whole_steps_and_no_further_than_needed() -> None:
    scores = scored(rates("01-1", "01-2"), {"01-1.done": 3, "01-1.due": 7, "01-2.done": 7, "01-2.due": 7})
    (found,) = advise(scores)
    assert (found.outlook, found.grade, found.target) == (Outlook.REACHABLE, "良好", "优秀")
    (one,) = found.improvements
    assert [(c.field, c.before, c.after) for c in one.changes] == [("done", 3.0, 6.0)]
    prove(scores, found)


def test_what_is_needed_together_is_found_together() -> None:
    fields = [a_field(code="a", type="yes_no"), a_field(code="b", type="yes_no")]
    both = an_indicator(points=10.0, fields=fields, value="a and b", rule={"kind": "all_or_nothing"})
    scores = scored(a_tree(indicators=[both], grades=GRADES), {"01-1.a": 0, "01-1.b": 0})
    (found,) = advise(scores)
    assert [c.field for one in found.improvements for c in one.changes] == ["a", "b"]
    prove(scores, found)


def test_violations_fall_and_checks_between_fields_hold() -> None:
    fields = [a_field(code="wrong", type="count"), a_field(code="warned", type="count")]
    check = Check(parse("wrong >= warned"), "每件警告都是违规")
    rule = {"kind": "deduction", "each": 1}
    tree = a_tree(
        indicators=[an_indicator(points=10.0, fields=fields, value="wrong", rule=rule, checks=(check,))], grades=GRADES
    )
    (within,) = advise(scored(tree, {"01-1.wrong": 5, "01-1.warned": 1}))
    assert [c.after for one in within.improvements for c in one.changes] == [4.0]
    (held,) = advise(scored(tree, {"01-1.wrong": 5, "01-1.warned": 5}))
    assert held.outlook is Outlook.OUT_OF_REACH


def test_the_top_and_what_cannot_be_reached_are_said() -> None:
    tree = rates("01-1", "01-2")
    full = {"01-1.done": 7, "01-1.due": 7, "01-2.done": 7, "01-2.due": 7}
    assert advise(scored(tree, full))[0].outlook is Outlook.TOP
    assert advise(score(tree, (a_unit(),), []))[0].outlook is Outlook.NOT_SCORED
    blank = advise(scored(tree, {**full, "01-1.due": None}))[0]
    assert blank.outlook is Outlook.OUT_OF_REACH
    assert [(one.indicator, one.why) for one in blank.aside] == [("01-1", Aside.FILL_IN)]
    assert advise(scored(replace(tree, grades=()), full))[0].outlook is Outlook.NO_GRADES


def test_a_given_score_without_bounds_ends_the_search() -> None:
    tree = a_tree(indicators=[a_given_score(points=10.0)], grades=GRADES)
    scores = scored(tree, {"01-1.x": 7.0})
    (found,) = advise(scores)
    assert found.outlook is Outlook.REACHABLE
    prove(scores, found)


@pytest.mark.parametrize("folder", SCHEMES, ids=lambda folder: folder.name)
def test_every_scheme_of_the_tests_gets_advice_that_holds(folder: Path) -> None:
    weights, previous = folder / "weights.yaml", folder / "previous"
    inputs = list(folder.glob("figures*.csv"))
    if not inputs:
        return
    done = assess(
        folder / "tree.yaml",
        inputs,
        folder / "roster.csv" if (folder / "roster.csv").exists() else None,
        weights=weights if weights.exists() else None,
        assessor=[folder / "office"] if (folder / "office").exists() else [],
        previous=previous if previous.exists() else None,
    )
    if done.scores is not None:
        every = advise(done.scores)
        for advice in every:
            prove(done.scores, advice)
            assert repr(advise(done.scores, [advice.row])) == repr((advice,)), "one unit alone hears something else"


def test_what_a_group_is_worth_beside_others_is_promised_to_nobody() -> None:
    """A group whose score is its place: with one unit alone and with all together the outlook is the same."""
    parts = [a_given_score(code="01-1", points=5.0), a_given_score(code="01-2", points=5.0)]
    group = a_group(
        code="01", children=parts, rule=a_rule(points=10.0, kind="relative", against="place", better="higher", each=3)
    )
    tree = a_tree(children=[group], grades=GRADES)
    units = (a_unit(code="A"), a_unit(code="B"), a_unit(code="C"))
    given = [a_submission(unit=unit, answers={"01-1.x": 5.0 - i, "01-2.x": 4.0}) for i, unit in enumerate(units)]
    scores = score(tree, units, given)
    every = advise(scores)
    assert [one.outlook for one in every] == [Outlook.TOP, Outlook.UNCERTAIN, Outlook.UNCERTAIN]
    assert [repr(advise(scores, [row])[0]) for row in range(3)] == [repr(one) for one in every]


def test_a_veto_that_holds_the_grade_is_the_whole_outlook() -> None:
    """Graded 良好 at most: 9.5 points have reached the line of 优秀 already, and no line is spoken of."""
    veto = Veto("V1", "通报批评", bars=("优秀",))
    tree = replace(rates("01-1", "01-2"), vetoes=(veto,))
    answers = {"01-1.done": 9, "01-1.due": 10, "01-2.done": 10, "01-2.due": 10}
    entry = an_entry(kind="V1")
    scores = score(tree, (a_unit(),), [a_submission(answers=answers)], Review(register=(entry,)))
    assert scores.grades[0] == "良好"
    (held,) = advise(scores)
    assert (held.outlook, held.obstacles) == (Outlook.HELD, ("veto:V1",))
    ending = replace(tree, vetoes=(Veto("V1", "抗拒考核", total_zero=True),))
    (zero,) = advise(score(ending, (a_unit(),), [a_submission(answers=answers)], Review(register=(entry,))))
    assert (zero.outlook, zero.figure, zero.obstacles) == (Outlook.HELD, 0.0, ("veto:V1",))


def test_without_coverage_no_line_is_reached_or_missed() -> None:
    tree = replace(rates("01-1", "01-2"), policies=Policies(coverage_at_least=0.9))
    short = scored(tree, {"01-1.done": 9, "01-1.due": 10, "01-2.due": 10})
    (found,) = advise(short)
    assert (found.outlook, found.grade, found.target) == (Outlook.UNGRADED, "", "优秀")
    assert math.isnan(found.line)
    (stuck,) = advise(scored(tree, {"01-1.done": 9, "01-1.due": 10}))
    assert (stuck.outlook, stuck.target, stuck.improvements) == (Outlook.UNGRADED, "不合格", ())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=4, max_size=4))
def test_advice_is_true_and_nothing_in_it_is_spare(figures: list[tuple[int, int]]) -> None:
    codes = [f"01-{i}" for i in range(1, 5)]
    tree = a_tree(indicators=[a_rate(code, 2.5) for code in codes], grades=GRADES)
    answers = {
        key: float(figure)
        for code, (done, due) in zip(codes, figures, strict=True)
        for key, figure in ((f"{code}.done", min(done, due)), (f"{code}.due", due))
    }
    scores = scored(tree, answers)
    (found,) = advise(scores)
    assert found.outlook in {Outlook.TOP, Outlook.REACHABLE}  # every rate can be met in full
    prove(scores, found)

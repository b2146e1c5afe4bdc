"""Advice moves every answer the way that helps, leaves out what counts nowhere, says "out of reach" only where it is.

Reaches ``scoring/advice/direction.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from builders import a_field, a_group, a_rule, a_submission, a_tree, a_unit, an_aggregation, an_indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.model import Grade, Group, Indicator, Scores, Tree, Use
from lawgov_score.model.advice import Advice, Outlook
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.advice.direction import Direction, directions
from lawgov_score.scoring.advice.whatif import what_if

MOST = 3  # of every count
BANDS = {"kind": "tiers", "tiers": [{"at_least": 4, "score": 1}, {"at_least": 2, "score": 2}], "otherwise": 3}


def a_count(code: str = "x") -> Any:
    return a_field(code=code, type="count", at_most=MOST)


def more_is_better(code: str, **other: Any) -> Indicator:
    rule = {"kind": "tiers", "tiers": [{"at_least": 3, "score": 3}, {"at_least": 1, "score": 1}]}
    return an_indicator(code=code, points=3.0, fields=[a_count()], rule=rule, **other)


def less_is_better(code: str, **other: Any) -> Indicator:
    return an_indicator(code=code, points=3.0, fields=[a_count()], rule={"kind": "deduction", "each": 1}, **other)


def both_or_none(code: str, **other: Any) -> Indicator:
    """Full marks where exactly one of two holds, or all of three: single answers changed alone may lead nowhere."""
    fields = [a_field(code=one, type="yes_no") for one in "abc"]
    value = "(a and b and c) or not (a or b or c)"
    return an_indicator(code=code, points=3.0, fields=fields, value=value, rule={"kind": "all_or_nothing"}, **other)


def apart(code: str, **other: Any) -> Indicator:
    """The further two counts lie apart, whichever is larger."""
    rule = {"kind": "proportional", "target": MOST}
    return an_indicator(code=code, points=3.0, fields=[a_count(), a_count("y")], value="abs(x - y)", rule=rule, **other)


def product_of(code: str, **other: Any) -> Indicator:
    """From nothing of either, more of one alone leads nowhere."""
    rule = {"kind": "proportional", "target": MOST * MOST}
    return an_indicator(code=code, points=3.0, fields=[a_count(), a_count("y")], value="x * y", rule=rule, **other)


KINDS = (more_is_better, less_is_better, both_or_none, apart, product_of)


def a_band(rule: Mapping[str, Any], of: str, **other: Any) -> Group:
    return Group(
        "C", "档", points=3.0, children=(), uses=(Use(of),), rule=a_rule(points=3.0, **rule), weight=0, **other
    )


def scored(tree: Tree, answers: Mapping[str, float]) -> Scores:
    unit = a_unit()
    return score(tree, (unit,), [a_submission(unit=unit, answers=answers)])


def test_the_way_up_says_which_way_helps() -> None:
    tree = a_tree(
        children=[
            a_group(code="A", children=[more_is_better("a1"), less_is_better("a2", weight=-1)]),
            a_group(code="B", children=[apart("b1"), apart("b2", weight=0)], weight=0),
            a_band(BANDS, "A"),
        ],
        points=3.0,
        grades=(Grade("一", 1.0), Grade("二", 0.0)),
    )
    by_total = directions(tree, tree.grades[0])
    assert {code: by_total[code] for code in ("A", "a1", "a2", "B", "b1", "C")} == {
        "A": Direction.UP,
        "a1": Direction.UP,
        "a2": Direction.DOWN,
        "B": Direction.NONE,
        "b1": Direction.NONE,
        "C": Direction.NONE,
    }
    by_band = replace(tree, policies=replace(tree.policies, grade_by="C"))
    up_to = Grade("一", 0.0, at_most=1.0)
    for grade, a1, a2 in ((tree.grades[0], Direction.DOWN, Direction.UP), (up_to, Direction.UP, Direction.DOWN)):
        ways = directions(by_band, grade)
        assert (ways["a1"], ways["a2"], ways["b1"]) == (a1, a2, Direction.NONE)
    by_sum = replace(tree, aggregation=an_aggregation("expression", value='score("A") - score("B")'))
    assert directions(by_sum, tree.grades[0])["b1"] is Direction.EITHER
    assert directions(by_sum, tree.grades[0])["b2"] is Direction.NONE


@pytest.mark.parametrize("falls", [True, False])
def test_a_band_that_falls_as_points_rise_is_reached_by_more_points(falls: bool) -> None:
    """The best band is the lowest number: 一等 is at most 1."""
    rising = {"kind": "tiers", "tiers": [{"at_least": 4, "score": 3}, {"at_least": 2, "score": 2}], "otherwise": 1}
    tree = a_tree(
        children=[
            a_group(code="A", children=[more_is_better("a1"), less_is_better("a2")]),
            a_band(BANDS if falls else rising, "A"),
        ],
        points=6.0,
        grades=(Grade("一等", 0.0, at_most=1.0), Grade("二等", 0.0, at_most=3.0)),
        policies={"grade_by": "C"},
    )
    (found,) = advise(scored(tree, {"a1.x": 1, "a2.x": 1}))
    assert found.outlook is Outlook.REACHABLE
    (one, *_) = found.improvements
    assert one.gain > 0 if falls else one.gain < 0


@st.composite
def small_rounds(draw: st.DrawFn) -> Scores:
    """One unit, three indicators, grades by the total, a group or a band; some parts taken off, some listed only."""
    weights = st.sampled_from([None, None, -1, 0])
    makers: Sequence[Any] = [draw(st.sampled_from(KINDS)) for _ in range(3)]
    first, second, third = (
        make(code, weight=draw(weights)) for make, code in zip(makers, ("a1", "a2", "b1"), strict=True)
    )
    fall = draw(st.booleans())
    bands = (
        BANDS
        if fall
        else {**BANDS, "tiers": [{"at_least": 4, "score": 3}, {"at_least": 2, "score": 2}], "otherwise": 1}
    )
    children = [
        a_group(code="A", children=[first, second], points=6.0),
        a_group(code="B", children=[third], points=3.0, weight=draw(weights)),
        a_band(bands, draw(st.sampled_from(["A", "B"]))),
    ]
    way = draw(st.sampled_from(["sum", "sum", "expression"]))
    aggregation = (
        an_aggregation("expression", value='score("A") - score("B")') if way == "expression" else an_aggregation("sum")
    )
    lines = sorted(draw(st.sets(st.integers(-4, 9), min_size=2, max_size=3)))
    if draw(st.booleans()):
        grades = tuple(Grade(f"{i}等", 0.0, at_most=float(line)) for i, line in enumerate((*lines, 100), start=1))
    else:
        grades = tuple(Grade(f"{i}等", float(line)) for i, line in enumerate((*reversed(lines), -100), start=1))
    policies = {"grade_by": draw(st.sampled_from(["", "A", "C"]))}
    tree = a_tree(children=children, points=9.0, aggregation=aggregation, grades=grades, policies=policies)
    answers = {
        f"{one.code}.{asked.code}": float(draw(st.integers(0, MOST if asked.type == "count" else 1)))
        for one in tree.indicators
        for asked in one.fields
    }
    return scored(tree, answers)


def said(scores: Scores, found: Advice) -> str:
    """The round in a few lines, for whoever looks at a failure."""
    tree = scores.tree
    nodes = [(n.code, type(getattr(n, "rule", None)).__name__, getattr(n, "value", None), n.weight) for n in tree.nodes]
    answers = {key: answer.value for one in scores.submissions if one for key, answer in one.answers.items()}
    return f"{nodes} {tree.aggregation.way} {tree.policies.grade_by} {tree.grades} {answers} {found}"


@settings(max_examples=100, deadline=None)
@given(small_rounds())
def test_out_of_reach_is_what_no_answers_at_all_would_reach(scores: Scores) -> None:
    """Against all answers there are."""
    (found,) = advise(scores)
    if found.outlook not in {Outlook.OUT_OF_REACH, Outlook.REACHABLE}:
        return
    tree = scores.tree
    target = [grade.name for grade in tree.grades].index(found.target)
    fields = [
        (f"{one.code}.{asked.code}", range(MOST + 1 if asked.type == "count" else 2))
        for one in tree.indicators
        for asked in one.fields
    ]
    keys = [key for key, _ in fields]
    questions = [
        (0, dict(zip(keys, map(float, figures), strict=True))) for figures in product(*(room for _, room in fields))
    ]
    reached = what_if(scores).ask(questions).levels.min()
    assert bool(reached <= target) is (found.outlook is Outlook.REACHABLE), said(scores, found)


def test_answers_that_help_only_together_are_found_and_no_more_is_asked_than_is_needed() -> None:
    tree = a_tree(indicators=[product_of("a1")], points=3.0, grades=(Grade("一等", 2.0), Grade("二等", 0.0)))
    (found,) = advise(scored(tree, {"a1.x": 0, "a1.y": 0}))
    assert found.outlook is Outlook.REACHABLE
    ((x, y),) = (one.changes for one in found.improvements)
    assert x.after * y.after >= 6

"""R1xx: what a reviewer should look at, and nothing else."""

from dataclasses import replace

import pytest
from builders import (
    a_field,
    a_group,
    a_small_sample,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    a_veto,
    an_entry,
    an_indicator,
)

from lawgov_score.model import Instead, OnZero, Review, Scores, Tree, Veto, WhenZero, Why
from lawgov_score.problems import NodePlace
from lawgov_score.report import part, problems_text
from lawgov_score.rules import KINDS
from lawgov_score.scoring import score
from lawgov_score.wording import Language

RELATIVE = {"kind": "relative", "against": "best", "better": "higher"}


def run(tree: Tree, *answers: dict[str, object]) -> Scores:
    given = [a_submission(unit=a_unit(code=f"U{i}"), answers=each) for i, each in enumerate(answers)]
    return score(tree, tuple(submission.unit for submission in given), given)


def found(scores: Scores) -> list[tuple[str, str, str]]:
    for lang in Language:
        assert "{" not in problems_text(scores.problems, lang)
    places = [(p.code.value, p.place) for p in scores.problems]
    return [(code, place.unit, place.node) for code, place in places if isinstance(place, NodePlace)]


def test_low_coverage() -> None:
    tree = a_tree(
        indicators=[an_indicator(code="01-1"), an_indicator(code="01-2")], policies={"coverage_at_least": 0.6}
    )
    scores = run(tree, {"01-1.x": 0.5, "01-2.x": None}, {"01-1.x": 0.5, "01-2.x": 1.0})
    assert found(scores) == [("R101", "U0", "")]
    assert scores.grades[0] == ""


def test_five_units_with_the_same_score_tell_nobody_apart() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1")])
    same: dict[str, object] = {"01-1.x": 0.5}
    assert found(run(tree, *[same] * 5)) == [("R102", "", "01-1")]
    assert found(run(tree, *[same] * 4)) == []
    full: dict[str, object] = {"01-1.x": 1.0}
    assert found(run(tree, *[full] * 5)) == []  # everybody did what was asked


def test_nobody_to_compare_with() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1", rule=RELATIVE, fields=[a_field(type="count")])])
    assert found(run(tree, {"01-1.x": 3}, {"01-1.x": None})) == [("R103", "U0", "01-1")]
    assert found(run(tree, {"01-1.x": 3}, {"01-1.x": 0})) == []


def test_an_indicator_that_nobody_answered() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1"), an_indicator(code="01-2")])
    answers: dict[str, object] = {"01-1.x": 0.5, "01-2.x": None}
    assert found(run(tree, answers, {**answers, "01-1.x": 0.4})) == [("R104", "", "01-2")]


def test_a_small_sample() -> None:
    indicator = an_indicator(code="01-1", small_sample=a_small_sample(of="x", below=0.3))
    assert found(run(a_tree(indicators=[indicator]), {"01-1.x": 0.2}, {"01-1.x": 0.3})) == [("R105", "U0", "01-1")]


def test_a_veto() -> None:
    indicator = an_indicator(code="01-1", vetoes={"V1": "x < 0.1"})
    tree = a_tree(indicators=[indicator], vetoes=(a_veto(),))
    assert found(run(tree, {"01-1.x": 0.0}, {"01-1.x": 0.5})) == [("R107", "U0", "01-1")]


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ({"grade_at_most": "良好"}, "等次最高为“良好”"),
        ({"bars": ("优秀",)}, "不得评为“优秀”，达到的按下一等次评定"),
        ({"grade_at_most": "不合格"}, "直接评为“不合格”"),
        ({"node_zero": "01-1"}, "“01-1 指标01-1”记 0 分"),
        ({"deduct": 5.0, "total_zero": True}, "总分扣 5 分；总分记 0 分"),
    ],
)
def test_a_veto_from_the_register_says_what_it_does(effect: dict[str, object], said: str) -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1")], vetoes=(Veto("V1", "一票否决", **effect),))  # type: ignore[arg-type]  # as given
    submission = a_submission(answers={"01-1.x": 0.5})
    scores = score(tree, (submission.unit,), [submission], Review(register=(an_entry("V1"),)))
    assert found(scores) == [("R107", "U1", "")]
    assert part(scores.problems[0], "hint", Language.ZH).startswith(said)


NORMALISED = {"kind": "normalised", "by": "min_max", "better": "higher", "all_equal": "half"}


def test_nothing_to_spread_out() -> None:
    indicator = an_indicator(code="01-1", rule=NORMALISED, fields=[a_field(type="count")])
    assert found(run(a_tree(indicators=[indicator]), {"01-1.x": 3}, {"01-1.x": 3})) == [("R118", "", "01-1")]
    assert found(run(a_tree(indicators=[indicator]), {"01-1.x": 3}, {"01-1.x": 4})) == []


def test_nothing_to_spread_out_at_a_group() -> None:
    rule = KINDS["normalised"].from_data(NORMALISED, 1.0)
    tree = a_tree(children=[a_group(code="01", children=[an_indicator(code="01-1")], rule=rule)])
    assert found(run(tree, {"01-1.x": 0.3}, {"01-1.x": 0.3})) == [("R118", "", "01")]
    assert found(run(tree, {"01-1.x": 0.3}, {"01-1.x": 0.4})) == []


def test_who_is_given_something_is_no_unit_to_compare_with() -> None:
    """R103 is of units with figures of their own; R104 is said though others are given a score, R102 without theirs."""
    town, office = a_unit_type(code="town"), a_unit_type(code="office")
    given = Instead({Why.TYPE: OnZero(WhenZero.SHARE, 0.6)}, frozenset({"office"}))

    def outcome(answers: list[float | None]) -> list[tuple[str, str, str]]:
        one = an_indicator(code="01-1", applies_to=["town"], rule=RELATIVE, fields=[a_field(type="count")])
        one = replace(one, instead=given)
        tree = a_tree(indicators=[one], unit_types=(town, office))
        units = [a_unit(code=f"U{i}", type="town") for i in range(len(answers))]
        units += [a_unit(code=f"V{i}", type="office") for i in range(5)]
        sent = [a_submission(unit=u, answers={"01-1.x": x}) for u, x in zip(units, answers, strict=False)]
        sent += [a_submission(unit=u, answers={}) for u in units[len(answers) :]]
        return found(score(tree, tuple(units), sent))

    assert outcome([3.0, 5.0]) == []
    assert outcome([3.0]) == [("R103", "U0", "01-1")]  # the five given ones are nobody to compare with
    assert outcome([None, None]) == [("R104", "", "01-1")]

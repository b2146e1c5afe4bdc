"""Scores up the tree: sums, what does not apply, what is missing, conversion.

Reaches ``measure/worth.py``.
"""

from collections.abc import Mapping

import numpy as np
import pytest
from builders import CLAIM, INVALID, a_field, a_group, a_submission, a_tree, a_unit, a_unit_type, an_indicator

from lawgov_score.model import Claims, Invalid, Missing, Rescale, Scores, Status, Tree
from lawgov_score.scoring import score


def two_groups(**other: object) -> Tree:
    """Four share indicators of 2, 1, 4 and 3 points in two groups; 02-2 is for townships only."""
    first = a_group(code="01", children=[an_indicator(code="01-1", points=2), an_indicator(code="01-2", points=1)])
    township = an_indicator(code="02-2", points=3, applies_to=["township"])
    second = a_group(code="02", children=[an_indicator(code="02-1", points=4), township])
    types = (a_unit_type(code="township"), a_unit_type(code="office"), a_unit_type(code="area", whole=True))
    return a_tree(children=[first, second], unit_types=types, **other)  # type: ignore[arg-type]  # as given


ALL = {"01-1.x": 0.5, "01-2.x": 1.0, "02-1.x": 0.75, "02-2.x": 1.0}


def run(tree: Tree, answers: Mapping[str, object], unit_type: str = "township") -> Scores:
    unit = a_unit(type=unit_type)
    return score(tree, [unit], [a_submission(unit=unit, answers=answers)])  # type: ignore[arg-type]  # a list will do


def at(scores: Scores, code: str) -> tuple[float, float, Status]:
    column = scores.node_column[code]
    return (
        float(scores.scores[0, column]),
        float(scores.points[0, column]),
        Status(int(scores.status[0, column])),
    )


def test_children_add_up_to_their_parent() -> None:
    scores = run(two_groups(), ALL)
    assert at(scores, "01") == (2.0, 3.0, Status.SCORED)
    assert at(scores, "02") == (6.0, 7.0, Status.SCORED)
    assert scores.total[0] == 80.0 * 10 / 100
    assert scores.raw_points[0] == 10.0


def test_what_does_not_apply_leaves_and_the_total_is_converted() -> None:
    scores = run(two_groups(), ALL, "office")
    assert at(scores, "02") == (3.0, 4.0, Status.SCORED)
    assert scores.raw_total[0] == 5.0
    assert scores.raw_points[0] == 7.0
    assert scores.total[0] == 7.14  # 5 / 7 * 10 = 7.142857…
    assert scores.full_total[0] == pytest.approx(50 / 7, abs=1e-9)


def test_an_entire_area_sees_every_indicator() -> None:
    assert at(run(two_groups(), ALL, "area"), "02-2")[2] is Status.SCORED


def test_rescaling_within_the_parent() -> None:
    scores = run(two_groups(policies={"not_applicable": Rescale.PARENT}), ALL, "office")
    assert at(scores, "02") == (5.25, 7.0, Status.SCORED)  # 3 of 4 becomes 5.25 of 7
    assert scores.total[0] == 7.25


def test_no_rescaling() -> None:
    scores = run(two_groups(policies={"not_applicable": Rescale.NONE}), ALL, "office")
    assert scores.total[0] == 5.0


def test_missing_counts_and_gives_nothing() -> None:
    scores = run(two_groups(), {**ALL, "01-1.x": None})
    value, points, status = at(scores, "01-1")
    assert np.isnan(value)
    assert (points, status) == (2.0, Status.MISSING)
    assert scores.total[0] == 7.0


def test_missing_excluded_leaves_the_denominator() -> None:
    scores = run(two_groups(policies={"missing": Missing.EXCLUDE}), {**ALL, "01-1.x": None})
    assert at(scores, "01-1")[1] == 0.0
    assert scores.total[0] == 8.75  # 7 of 8


def test_a_given_zero_is_a_score() -> None:
    assert at(run(two_groups(), {**ALL, "01-1.x": 0.0}), "01-1") == (0.0, 2.0, Status.SCORED)


def test_a_claim_waits_for_review_unless_the_tree_takes_it() -> None:
    indicators = [an_indicator(code="01-1", points=2, may_not_apply=True), an_indicator(code="01-2", points=2)]
    answers = {"01-1.x": CLAIM, "01-2.x": 0.5}
    waits = run(a_tree(indicators=indicators), answers)
    assert at(waits, "01-1")[1:] == (2.0, Status.NOT_REVIEWED)
    assert waits.total[0] == 1.0
    taken = run(a_tree(indicators=indicators, policies={"claims": Claims.ACCEPT}), answers)
    assert at(taken, "01-1")[1:] == (0.0, Status.NOT_APPLICABLE)
    assert taken.total[0] == 2.0


def test_an_invalid_answer_is_neither_missing_nor_zero() -> None:
    scores = run(two_groups(), {**ALL, "01-1.x": INVALID})
    assert at(scores, "01-1")[1:] == (2.0, Status.INVALID)
    assert scores.total[0] == 7.0


def test_a_unit_with_errors_can_be_withheld_and_feeds_no_cohort() -> None:
    rule = {"kind": "relative", "against": "best", "better": "higher"}
    indicators = [
        an_indicator(code="01-1", points=1, rule=rule, fields=[a_field(type="count")]),
        an_indicator(code="01-2", points=1),
    ]
    tree = a_tree(indicators=indicators, policies={"invalid": Invalid.WITHHOLD})
    good = a_submission(unit="A", answers={"01-1.x": 5, "01-2.x": 1.0})
    bad = a_submission(unit="B", answers={"01-1.x": 50, "01-2.x": INVALID})
    scores = score(tree, (good.unit, bad.unit), [good, bad])
    assert scores.total[0] == 2.0  # 5 is the best that counts
    assert np.isnan(scores.total[1])
    assert scores.rank.tolist() == [1, 0]
    assert [p.code for p in scores.problems] == ["R106", "R103"]


def test_a_unit_without_submission_is_listed_and_not_scored() -> None:
    came = a_submission(unit="A", answers=ALL)
    scores = score(two_groups(), (a_unit(code="B"), came.unit), [came])
    assert [unit.code for unit in scores.units] == ["A", "B"]
    assert np.isnan(scores.total[1])
    assert scores.rank.tolist() == [1, 0]
    assert scores.status[1].tolist() == [Status.MISSING] * len(scores.tree.nodes)


def test_rounding_happens_where_the_tree_says() -> None:
    indicators = [an_indicator(code=f"01-{i}", points=1) for i in (1, 2, 3)]
    answers = {f"01-{i}.x": 1 / 3 for i in (1, 2, 3)}
    assert run(a_tree(indicators=indicators), answers).total[0] == 0.99  # three times 0.33
    full = a_tree(indicators=indicators, policies={"round_indicator": None})
    assert run(full, answers).total[0] == 1.0


def test_half_up_on_the_decimal_value() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1", points=1.005)], points=1.005)
    assert at(run(tree, {"01-1.x": 1.0}), "01-1")[0] == 1.01


def test_submissions_of_strangers_are_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not assessed"):
        score(two_groups(), (a_unit(code="A"),), [a_submission(unit="B", answers=ALL)])

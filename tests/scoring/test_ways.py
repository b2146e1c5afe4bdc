"""Ways up the tree, worked by hand: every row of the table in docs/tree-format.md, and what no way can work out.

Reaches ``measure/ways.py``.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit, a_unit_type, an_aggregation, an_indicator

from lawgov_score.model import Missing, Node, Rescale, Scores, Status, Tree, Use
from lawgov_score.problems import NodePlace
from lawgov_score.report import problems_text
from lawgov_score.rules import KINDS
from lawgov_score.scoring import score
from lawgov_score.wording import Language

EXACT: dict[str, Any] = {"round_indicator": None, "round_group": None, "round_total": None}


def the_tree(children: Sequence[Node], policies: dict[str, Any] | None = None, **group: Any) -> Tree:
    """One group ``G`` over ``children``, nothing rounded."""
    group.setdefault("points", 10.0)
    policies = {**EXACT, **(policies or {})}
    return a_tree(children=[a_group(code="G", children=children, **group)], policies=policies)


def run(tree: Tree, **answers: float | None) -> Scores:
    return score(tree, (a_unit(),), [a_submission(answers={f"{code}.x": x for code, x in answers.items()})])


def at(scores: Scores, code: str = "G") -> tuple[float, Status]:
    column = scores.node_column[code]
    return float(scores.scores[0, column]), Status(int(scores.status[0, column]))


def worth(scores: Scores, code: str = "G") -> float:
    return float(scores.points[0, scores.node_column[code]])


def codes(scores: Scores) -> list[tuple[str, str]]:
    for lang in Language:
        assert "{" not in problems_text(scores.problems, lang)
    return [(p.code.value, p.place.node) for p in scores.problems if isinstance(p.place, NodePlace)]


def three(*weights: float | None) -> list[Node]:
    return [
        a_given_score(code=code, weight=weight)
        for code, weight in zip("ABC", weights or (None, None, None), strict=True)
    ]


TABLE = [(2, 7, 9.0), (2, 5, 6.0), (2, 0, 1.0), (3, 0, 2.0), (3, 12, 8.0)]
CASES = [
    ("sum", {}, (), 2 + 3 + 9),
    ("sum", {}, (None, None, -1.0), 2 + 3 - 9),
    ("sum", {}, (None, None, 0.0), 2 + 3),
    ("mean", {}, (), 14 / 3),
    ("mean", {}, (None, None, 0.0), 2.5),
    ("weighted_mean", {}, (1.0, 2.0, 1.0), (2 + 6 + 9) / 4),
    ("weighted_mean", {}, (0.2, 0.3, 0.0), (0.4 + 0.9) / 0.5),
    ("geometric_mean", {}, (), 54 ** (1 / 3)),
    ("geometric_mean", {}, (1.0, 1.0, 2.0), (2 * 3 * 81) ** 0.25),
    ("geometric_mean", {"shift": 1.0}, (), (3 * 4 * 10) ** (1 / 3) - 1),
    ("harmonic_mean", {}, (), 3 / (1 / 2 + 1 / 3 + 1 / 9)),
    ("harmonic_mean", {}, (2.0, 1.0, 1.0), 4 / (2 / 2 + 1 / 3 + 1 / 9)),
    ("min", {}, (), 2),
    ("min", {}, (0.0, None, None), 3),
    ("max", {}, (), 9),
    ("weakest_link", {"plus": 0.5}, (), 2.5),
    ("lookup", {"table": TABLE}, (), 8),
    ("lookup", {"table": TABLE}, (None, None, 0.0), 6),
    ("expression", {"value": 'if(score("C") >= 7, score("C"), 0.7 * score("A"))'}, (), 9),
    ("expression", {"value": 'if(score("C") >= 9.5, score("C"), 0.7 * score("A"))'}, (), 1.4),
]


@pytest.mark.parametrize(("way", "keys", "weights", "expected"), CASES)
def test_worked_cases(way: str, keys: dict[str, Any], weights: tuple[float | None, ...], expected: float) -> None:
    scores = run(the_tree(three(*weights), aggregation=an_aggregation(way, **keys)), A=2, B=3, C=9)
    assert at(scores)[0] == pytest.approx(expected, abs=1e-12)
    assert at(scores)[1] is Status.SCORED
    assert codes(scores) == []


@pytest.mark.parametrize("way", ["mean", "weighted_mean", "geometric_mean", "harmonic_mean", "min", "max"])
def test_children_are_put_on_the_scale_of_their_parent(way: str) -> None:
    """12 of 20 and 30 of 50 are both 60 of 100."""
    children = [a_given_score(code="A", points=20), a_given_score(code="B", points=50)]
    scores = run(the_tree(children, aggregation=an_aggregation(way), points=100.0), A=12, B=30)
    assert at(scores)[0] == pytest.approx(60, abs=1e-12)


@pytest.mark.parametrize("way", ["sum", "lookup", "weakest_link", "expression"])
def test_other_ways_take_scores_as_they_are(way: str) -> None:
    keys: dict[str, Any] = {"table": [(2, 42, 7.0)]} if way == "lookup" else {}
    keys = {"value": 'score("A") + score("B")'} if way == "expression" else keys
    children = [a_given_score(code="A", points=20), a_given_score(code="B", points=50)]
    scores = run(the_tree(children, aggregation=an_aggregation(way, **keys), points=100.0), A=12, B=30)
    assert at(scores)[0] == {"sum": 42, "lookup": 7, "weakest_link": 12, "expression": 42}[way]


def test_a_mean_of_means_is_not_the_mean_of_all_leaves() -> None:
    mean = an_aggregation("mean")
    first = a_group(code="F", points=1.0, aggregation=mean, children=[a_given_score(code="A", points=1)])
    leaves = [a_given_score(code=code, points=1) for code in "BCD"]
    second = a_group(code="S", points=1.0, aggregation=mean, children=leaves)
    tree = a_tree(children=[first, second], aggregation=mean, points=1.0, policies=EXACT)
    scores = run(tree, A=1, B=0.1, C=0.2, D=0.4)
    assert at(scores, "S")[0] == pytest.approx(0.7 / 3, abs=1e-14)
    assert scores.full_total[0] == pytest.approx((1 + 0.7 / 3) / 2, abs=1e-12)
    assert scores.raw_total[0] == pytest.approx(scores.full_total[0], abs=1e-12)
    assert scores.raw_points[0] == 1.0


def test_letters_equal_or_higher() -> None:
    """C, C, C is C; D, A, A is D+."""
    tree = the_tree(three(), aggregation=an_aggregation("weakest_link", plus=0.5), points=4.0)
    assert at(run(tree, A=2, B=2, C=2))[0] == 2
    assert at(run(tree, A=1, B=4, C=4))[0] == 1.5


def test_a_bonus_adds_and_is_no_part_of_the_points() -> None:
    children = [a_given_score(code="A"), a_given_score(code="B", points=2, bonus=True)]
    scores = run(the_tree(children), A=8, B=1.5)
    assert (at(scores)[0], worth(scores)) == (9.5, 10.0)
    assert (scores.total[0], scores.raw_points[0]) == (9.5, 10.0)


def test_a_bonus_beside_a_mean_is_added_to_it() -> None:
    children = [*three(), a_given_score(code="D", points=2, bonus=True)]
    scores = run(the_tree(children, aggregation=an_aggregation("mean")), A=2, B=4, C=9, D=1.5)
    assert at(scores)[0] == 6.5


def test_a_deduction_is_taken_off_and_is_no_part_of_the_points() -> None:
    """Political rights of Freedom in the World: A + B + C + bonus - penalty; it may fall below 0."""
    children = [a_given_score(code="A", points=40), a_given_score(code="Q", points=4, weight=-1.0)]
    scores = run(the_tree(children, points=40.0), A=1, Q=4)
    assert (at(scores)[0], worth(scores)) == (-3.0, 40.0)


def test_a_node_may_feed_two_parents() -> None:
    first = a_group(code="F", children=[a_given_score(code="A"), a_given_score(code="B")])
    mean = an_aggregation("mean")
    second = a_group(code="S", points=10.0, aggregation=mean, children=[a_given_score(code="C")], uses=(Use("A"),))
    scores = run(a_tree(children=[first, second], policies=EXACT), A=2, B=4, C=9)
    assert at(scores, "F")[0] == 6
    assert at(scores, "S")[0] == 5.5
    assert scores.total[0] == 11.5


def test_a_use_in_a_sum_counts_with_its_points_and_its_own_weight() -> None:
    second = a_group(code="S", points=20.0, children=[a_given_score(code="B")], uses=(Use("A"),))
    penalty = a_group(code="P", children=[a_given_score(code="C")], uses=(Use("A", -1.0),))
    tree = a_tree(children=[a_group(code="F", children=[a_given_score(code="A")]), second, penalty], policies=EXACT)
    scores = run(tree, A=2, B=4, C=9)
    assert (at(scores, "S")[0], worth(scores, "S")) == (6.0, 20.0)
    assert (at(scores, "P")[0], worth(scores, "P")) == (7.0, 10.0)


def test_a_use_of_a_group_printed_later_and_groups_of_groups() -> None:
    mean = an_aggregation("mean")
    first = a_group(code="F", points=10.0, aggregation=mean, children=[a_given_score(code="A")], uses=(Use("S"),))
    second = a_group(code="S", children=[a_given_score(code="B", points=10)])
    scores = run(a_tree(children=[first, second], policies=EXACT), A=2, B=4)
    assert at(scores, "F")[0] == 3


# ---------------------------------------------------------------- order at a node


def test_conversion_rule_floor_cap_and_rounding_in_this_order() -> None:
    bands = KINDS["tiers"].from_data({"kind": "tiers", "tiers": [{"at_least": 80, "score": 95.55}]}, 100.0)
    children = [a_given_score(code="A", points=50)]
    ruled = the_tree(children, points=100.0, out_of=50.0, rule=bands, rounding=1)
    scores = run(ruled, A=40)
    assert (at(scores)[0], worth(scores)) == (95.6, 100.0)
    assert scores.aggregated["G"].tolist() == [80.0]  # 40 of 50 before the bands
    assert at(run(the_tree(children, points=100.0, out_of=50.0, rule=bands, cap=90.04, rounding=1), A=40))[0] == 90.0
    assert at(run(the_tree(children, points=100.0, out_of=50.0, rule=bands, floor=12.0), A=3))[0] == 12.0


def test_out_of_converts_points_too() -> None:
    scores = run(the_tree([a_given_score(code="A", points=50)], points=100.0, out_of=50.0), A=40)
    assert (at(scores)[0], worth(scores), scores.total[0]) == (80.0, 100.0, 80.0)
    tree = a_tree(children=[a_given_score(code="A", points=50)], points=100.0, out_of=50.0, policies=EXACT)
    scores = run(tree, A=40)
    assert (scores.raw_total[0], scores.raw_points[0], scores.total[0]) == (40.0, 50.0, 80.0)


def test_rounding_at_a_node_comes_before_the_next_level() -> None:
    inner = a_group(code="F", points=10.0, aggregation=an_aggregation("mean"), rounding=0, children=three())
    tree = a_tree(children=[a_group(code="G", children=[inner])], policies=EXACT)
    scores = run(tree, A=2, B=3, C=2.5)
    assert at(scores, "F")[0] == 3.0  # 2.5, half up
    assert at(scores, "G")[0] == 3.0


def test_means_keep_what_published_figures_show_and_are_rounded_without_dust() -> None:
    tree = the_tree(three(), aggregation=an_aggregation("mean"), points=10.0)
    scores = run(tree, A=0.1, B=0.2, C=0.123456789012)
    assert at(scores)[0] == pytest.approx((0.1 + 0.2 + 0.123456789012) / 3, abs=1e-14)
    tree = a_tree(children=three(), aggregation=an_aggregation("mean"), points=10.0, policies={"round_indicator": None})
    assert run(tree, A=0.01, B=0.005, C=0.03).total[0] == 0.02  # 0.015 up to dust, half up


def test_a_rule_of_a_group_may_compare_units() -> None:
    rule = KINDS["relative"].from_data({"kind": "relative", "against": "best", "better": "higher"}, 10.0)
    tree = the_tree(three(), rule=rule)
    given = [
        a_submission(unit="U1", answers={"A.x": 2, "B.x": 3, "C.x": 3}),
        a_submission(unit="U2", answers={"A.x": 2, "B.x": 1, "C.x": 1}),
    ]
    units = (*(submission.unit for submission in given), a_unit(code="U3"))
    scores = score(tree, units, given)
    np.testing.assert_array_equal(scores.scores[:, 0], [10.0, 5.0, np.nan])
    assert codes(scores) == []
    assert codes(run(tree, A=1, B=1, C=1)) == [("R103", "G")]


def test_bands_over_a_mean_of_bands_at_the_root() -> None:
    """The status of Freedom in the World looks at the mean of two ratings."""
    ratings = [
        a_group(
            code=code,
            points=7.0,
            children=[a_given_score(code=child, points=40)],
            rule=KINDS["tiers"].from_data(
                {
                    "kind": "tiers",
                    "tiers": [{"at_least": 36, "score": 1}, {"at_least": 18, "score": 4}],
                    "otherwise": 7,
                },
                7.0,
            ),
        )
        for code, child in (("P", "A"), ("L", "B"))
    ]
    tree = a_tree(children=ratings, aggregation=an_aggregation("mean"), points=7.0, policies=EXACT)
    assert run(tree, A=36, B=20).total[0] == 2.5
    assert run(tree, A=17, B=20).total[0] == 5.5


# ---------------------------------------------------------------- what cannot be worked out

FAULTS = [
    ("geometric_mean", {}, (), {"A": 2, "B": -1, "C": 4}, "R108"),
    ("geometric_mean", {"shift": 1.0}, (), {"A": 2, "B": -1.5, "C": 4}, "R108"),
    ("harmonic_mean", {}, (), {"A": 2, "B": 0, "C": 4}, "R109"),
    ("harmonic_mean", {}, (), {"A": 2, "B": -1, "C": 4}, "R109"),
    ("lookup", {"table": [(2, 0, 1.0)]}, (), {"A": 2, "B": 0, "C": 4}, "R110"),
    ("lookup", {"table": [(3, 7, 1.0)]}, (), {"A": 2, "B": 0, "C": 4}, "R110"),
    ("expression", {"value": 'score("A") / score("B")'}, (), {"A": 2, "B": 0, "C": 4}, "R111"),
    ("expression", {"value": 'ln(score("B"))'}, (), {"A": 2, "B": -3, "C": 4}, "R111"),
    ("weighted_mean", {}, (1.0, -1.0, 0.0), {"A": 2, "B": 3, "C": 4}, "R112"),
    ("weighted_mean", {}, (1.0, -2.0, 0.5), {"A": 2, "B": 3, "C": 4}, "R112"),
    ("geometric_mean", {}, (1.0, -1.0, 0.0), {"A": 2, "B": 3, "C": 4}, "R112"),
]


@pytest.mark.parametrize(("way", "keys", "weights", "answers", "code"), FAULTS)
def test_what_cannot_be_worked_out_is_said_and_gives_no_score(
    way: str, keys: dict[str, Any], weights: tuple[float | None, ...], answers: dict[str, float], code: str
) -> None:
    node = a_group(code="G", points=10.0, children=three(*weights), aggregation=an_aggregation(way, **keys))
    scores = run(a_tree(children=[node, a_given_score(code="Z", points=10)], policies=EXACT), **answers, Z=5)
    assert np.isnan(at(scores)[0])
    assert at(scores)[1] is Status.INVALID
    assert codes(scores) == [(code, "G")]
    assert (worth(scores), scores.total[0]) == (10.0, 5.0)  # it counts, and gives nothing


@pytest.mark.parametrize(("way", "keys", "weights", "answers", "code"), FAULTS)
def test_at_the_root_nobody_gets_a_total_in_silence(
    way: str, keys: dict[str, Any], weights: tuple[float | None, ...], answers: dict[str, float], code: str
) -> None:
    tree = a_tree(children=three(*weights), points=10.0, aggregation=an_aggregation(way, **keys), policies=EXACT)
    scores = run(tree, **answers)
    assert np.isnan(scores.total[0])
    assert scores.rank.tolist() == [0]
    assert scores.total_status(0) is Status.INVALID
    assert codes(scores) == [(code, "a-tree"), ("R116", "")]


def test_a_geometric_mean_with_a_zero_is_zero() -> None:
    assert at(run(the_tree(three(), aggregation=an_aggregation("geometric_mean")), A=0, B=5, C=9)) == (0, Status.SCORED)


def test_no_way_at_all_ranks_nobody() -> None:
    tree = a_tree(children=three(), points=10.0, aggregation=an_aggregation("none"), policies=EXACT)
    scores = run(tree, A=2, B=3, C=4)
    assert np.isnan(scores.total[0])
    assert (scores.rank.tolist(), scores.overall_rank.tolist()) == ([0], [0])
    assert at(scores, "A") == (2.0, Status.SCORED)
    assert scores.total_status(0) is Status.NOT_APPLICABLE
    assert codes(scores) == []


# ---------------------------------------------------------------- 未填报 and 不适用 (RULES.md D)


def test_missing_counts_as_nothing_or_leaves_a_mean() -> None:
    mean = an_aggregation("mean")
    zero = run(the_tree(three(), aggregation=mean), A=2, B=4, C=None)
    assert at(zero)[0] == 2.0
    assert at(zero, "C")[1] is Status.MISSING
    left = run(the_tree(three(), {"missing": Missing.EXCLUDE}, aggregation=mean), A=2, B=4, C=None)
    assert at(left)[0] == 3.0
    own = run(the_tree(three(), aggregation=mean, missing=Missing.EXCLUDE), A=2, B=4, C=None)
    assert at(own)[0] == 3.0
    weights = three(1.0, 3.0, 6.0)
    own = run(the_tree(weights, aggregation=an_aggregation("weighted_mean"), missing=Missing.EXCLUDE), A=2, B=4, C=None)
    assert at(own)[0] == 3.5


def test_a_node_may_treat_blanks_of_a_sum_otherwise_than_the_tree() -> None:
    scores = run(the_tree(three(), points=30.0, missing=Missing.EXCLUDE), A=2, B=4, C=None)
    assert (at(scores)[0], worth(scores), worth(scores, "C")) == (6.0, 20.0, 0.0)
    assert scores.total[0] == 9.0  # 6 of 20 on a scale of 30
    policies = {"missing": Missing.EXCLUDE}
    scores = run(the_tree(three(), policies, points=30.0, missing=Missing.ZERO), A=2, B=4, C=None)
    assert (worth(scores), worth(scores, "C"), scores.total[0]) == (30.0, 10.0, 6.0)


def test_a_blank_group_is_treated_as_its_parent_says() -> None:
    inner = a_group(code="F", children=[a_given_score(code="A")])
    outer = a_group(code="G", children=[inner, a_given_score(code="B")], missing=Missing.EXCLUDE)
    scores = run(a_tree(children=[outer], policies=EXACT), A=None, B=5)
    assert (worth(scores, "F"), worth(scores, "G"), scores.total[0]) == (10.0, 10.0, 10.0)
    inner = a_group(code="F", children=[a_given_score(code="A")], missing=Missing.EXCLUDE)
    outer = a_group(code="G", children=[inner, a_given_score(code="B")])
    scores = run(a_tree(children=[outer], policies=EXACT), A=None, B=5)
    assert (worth(scores, "F"), worth(scores, "G"), scores.total[0]) == (0.0, 20.0, 5.0)


def test_all_missing_is_missing_and_an_empty_total_is_told() -> None:
    scores = run(the_tree(three(), aggregation=an_aggregation("geometric_mean")), A=None, B=None, C=None)
    assert at(scores)[1] is Status.MISSING
    assert scores.total[0] == 0.0
    policies = {**EXACT, "missing": Missing.EXCLUDE}
    for way in ("sum", "mean", "max"):
        tree = a_tree(children=three(), points=10.0, aggregation=an_aggregation(way), policies=policies)
        scores = run(tree, A=None, B=None, C=None)
        assert np.isnan(scores.total[0])
        assert ("R116", "") in codes(scores)
        assert scores.total_status(0) is Status.MISSING


def test_coverage_below_the_threshold_makes_a_node_missing() -> None:
    mean = an_aggregation("mean")
    scores = run(the_tree(three(), aggregation=mean, coverage_at_least=0.6), A=2, B=None, C=None)
    assert at(scores)[1] is Status.MISSING
    assert (worth(scores), scores.total[0]) == (10.0, 0.0)
    assert codes(scores) == [("R104", "B"), ("R104", "C"), ("R113", "G")]
    assert at(run(the_tree(three(), aggregation=mean, coverage_at_least=0.6), A=2, B=4, C=None)) == (2.0, Status.SCORED)
    for way in ("sum", "mean"):
        group = a_group(code="G", points=30.0, children=three(), aggregation=an_aggregation(way), coverage_at_least=0.5)
        policies = {**EXACT, "missing": Missing.EXCLUDE}
        scores = run(a_tree(children=[group, a_given_score(code="Z")], policies=policies), A=2, Z=5)
        assert (worth(scores), scores.total[0]) == (0.0, 20.0)  # the parent leaves it out: 5 of 10, on 40


def for_towns(code: str, **other: Any) -> Node:
    return a_given_score(code=code, applies_to=["town"], **other)


TYPES = (a_unit_type(code="town"), a_unit_type(code="office"))


def run_office(tree: Tree, **answers: float | None) -> Scores:
    unit = a_unit(type="office")
    return score(tree, (unit,), [a_submission(unit=unit, answers={f"{code}.x": x for code, x in answers.items()})])


@pytest.mark.parametrize(
    ("way", "keys", "expected"),
    [
        ("mean", {}, 3.0),
        ("weighted_mean", {}, 3.0),
        ("min", {}, 2.0),
        ("geometric_mean", {}, 8**0.5),
        ("weakest_link", {"plus": 0.5}, 2.5),
        ("lookup", {"table": [(2, 6, 7.0)]}, 7.0),
    ],
)
@pytest.mark.parametrize("rescale", list(Rescale))
def test_what_does_not_apply_leaves(way: str, keys: dict[str, Any], expected: float, rescale: Rescale) -> None:
    children = [a_given_score(code="A", weight=1.0), a_given_score(code="B", weight=1.0), for_towns("C", weight=2.0)]
    group = a_group(code="G", points=10.0, children=children, aggregation=an_aggregation(way, **keys))
    policies = {**EXACT, "not_applicable": rescale}
    scores = run_office(a_tree(children=[group], unit_types=TYPES, policies=policies), A=2, B=4)
    assert at(scores)[0] == pytest.approx(expected, abs=1e-12)
    assert (worth(scores), scores.full_total[0]) == (10.0, pytest.approx(expected, abs=1e-9))


def test_a_group_that_does_not_apply_at_all_is_worth_nothing() -> None:
    group = a_group(code="G", points=10.0, children=[for_towns("C")], aggregation=an_aggregation("mean"))
    tree = a_tree(children=[group, a_given_score(code="Z")], unit_types=TYPES, policies=EXACT)
    scores = run_office(tree, Z=5)
    assert at(scores)[1] is Status.NOT_APPLICABLE
    assert (worth(scores), scores.total[0]) == (0.0, 10.0)


@pytest.mark.parametrize(("rescale", "expected"), [("total", 6.0), ("parent", 6.0), ("none", 3.0)])
def test_where_a_sum_meets_another_way_or_a_rule_its_scale_is_full(rescale: str, expected: float) -> None:
    """3 of the 5 points that apply, of 10 printed: 6 of 10 for a mean, or for bands."""
    children = [a_given_score(code="A", points=5), for_towns("B", points=5)]
    policies = {**EXACT, "not_applicable": Rescale(rescale)}
    inner = a_group(code="F", children=children)
    group = a_group(code="G", points=10.0, children=[inner], aggregation=an_aggregation("mean"))
    scores = run_office(a_tree(children=[group], unit_types=TYPES, policies=policies), A=3)
    assert at(scores)[0] == expected
    rule = KINDS["tiers"].from_data({"kind": "tiers", "tiers": [{"at_least": 5, "score": 9}], "otherwise": 1}, 10.0)
    ruled = a_group(code="G", children=children, rule=rule)
    scores = run_office(a_tree(children=[ruled], unit_types=TYPES, policies=policies), A=3)
    assert at(scores)[0] == (9 if expected > 5 else 1)


def test_parallel_trees_by_unit_type() -> None:
    town = a_group(code="T", children=[for_towns("A", points=60), for_towns("B", points=40)])
    office = a_group(
        code="O",
        children=[
            a_given_score(code="C", points=70, applies_to=["office"]),
            a_given_score(code="D", points=30, applies_to=["office"], may_not_apply=True),
        ],
    )
    tree = a_tree(children=[town, office], unit_types=TYPES, parallel=True, points=100.0, policies=EXACT)
    scores = run_office(tree, C=50, D=20)
    assert (scores.raw_points[0], scores.total[0]) == (100.0, 70.0)
    assert at(scores, "T")[1] is Status.NOT_APPLICABLE
    town_unit = a_unit(type="town")
    scores = score(tree, (town_unit,), [a_submission(unit=town_unit, answers={"A.x": 30, "B.x": 30})])
    assert scores.total[0] == 60.0


def test_an_expression_over_what_does_not_apply_does_not_apply() -> None:
    value = an_aggregation("expression", value='score("A") + score("B")')
    group = a_group(code="G", points=10.0, children=[a_given_score(code="A"), for_towns("B")], aggregation=value)
    tree = a_tree(children=[group], unit_types=TYPES, policies=EXACT)
    assert at(run_office(tree, A=5))[1] is Status.NOT_APPLICABLE
    tree = the_tree([a_given_score(code="A"), a_given_score(code="B")], aggregation=value, missing=Missing.EXCLUDE)
    assert at(run(tree, A=5, B=None))[1] is Status.MISSING


# ---------------------------------------------------------------- figures that rest on other nodes


def test_an_indicator_may_rest_on_other_nodes_scores() -> None:
    """Rounds: A and B, then G; then C, which needs G; then H, which needs C."""
    first = a_group(code="G", children=[a_given_score(code="A"), a_given_score(code="B")])
    half = an_indicator(
        code="C",
        points=10,
        fields=[],
        value='0.5 * score("G")',
        rule={"kind": "as_given", "at_least": 0, "at_most": 10},
    )
    second = a_group(code="H", children=[half, a_given_score(code="D")])
    tree = a_tree(children=[second, first], policies=EXACT)
    assert len(tree.stages) == 2
    scores = run(tree, A=3, B=5, D=1)
    assert at(scores, "C") == (4.0, Status.SCORED)
    assert at(scores, "H")[0] == 5.0
    assert scores.total[0] == 13.0
    assert at(run(tree, A=None, B=None, D=1), "C")[1] is Status.MISSING

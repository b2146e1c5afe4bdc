"""Laws of the ways up the tree, for random scores, weights and blanks."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit, a_unit_type, an_aggregation
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.model import Missing, Rescale, Scores, Status, Submission, Tree, Use
from lawgov_score.scoring import score

EXACT: dict[str, Any] = {"round_indicator": None, "round_group": None, "round_total": None}
TABLE = [(n, at_least, at_least + 1.0) for n in (1, 2, 3) for at_least in (24, 18, 12, 6, 0)]
WAYS: dict[str, dict[str, Any]] = {
    "sum": {},
    "mean": {},
    "weighted_mean": {},
    "geometric_mean": {},
    "harmonic_mean": {},
    "min": {},
    "max": {},
    "weakest_link": {"plus": 0.0},
    "lookup": {"table": TABLE},
    "expression": {"value": 'min(score("A"), score("B")) + 0.5 * score("C")'},
}
SCORE = st.integers(1, 1000).map(lambda n: n / 100)
MAYBE = st.one_of(st.none(), st.integers(0, 1000).map(lambda n: n / 100))
WEIGHTS = st.tuples(*[st.integers(1, 9).map(float)] * 3)
UNITS = st.lists(st.tuples(MAYBE, MAYBE, MAYBE, st.sampled_from(["t", "o"])), min_size=1, max_size=6)
POLICIES = st.fixed_dictionaries(
    {"missing": st.sampled_from(Missing), "not_applicable": st.sampled_from(Rescale), **{k: st.none() for k in EXACT}}
)


def the_tree(way: str, weights: tuple[float, ...], policies: dict[str, Any] | None = None) -> Tree:
    """Group G over A, B and C (for townships only), and group H that uses A once more."""
    own = weights if way in ("weighted_mean", "geometric_mean", "harmonic_mean") else (None, None, None)
    children = [a_given_score(code=code, weight=weight) for code, weight in zip("AB", own, strict=False)]
    children.append(a_given_score(code="C", weight=own[2], applies_to=["t"]))
    group = a_group(
        code="G",
        points=30.0 if way == "sum" else 10.0,
        children=children,
        aggregation=an_aggregation(way, **WAYS[way]),
    )
    other = a_group(
        code="H", points=10.0, children=[a_given_score(code="D")], uses=(Use("A"),), aggregation=an_aggregation("mean")
    )
    types = (a_unit_type(code="t"), a_unit_type(code="o"))
    return a_tree(children=[group, other], unit_types=types, policies={**EXACT, **(policies or {})})


def submitted(units: list[tuple[float | None, float | None, float | None, str]]) -> list[Submission]:
    return [
        a_submission(unit=a_unit(code=f"U{i}", type=kind), answers={"A.x": a, "B.x": b, "C.x": c, "D.x": 5})
        for i, (a, b, c, kind) in enumerate(units)
    ]


def run(tree: Tree, submissions: list[Submission]) -> Scores:
    return score(tree, tuple(submission.unit for submission in submissions), submissions)


def at(scores: Scores, code: str = "G") -> float:
    return float(scores.scores[0, scores.node_column[code]])


def one(way: str, weights: tuple[float, ...], *scores: float) -> float:
    return at(run(the_tree(way, weights), submitted([(scores[0], scores[1], scores[2], "t")])))


@settings(max_examples=20)  # for each of ten ways
@pytest.mark.parametrize("way", WAYS)
@given(weights=WEIGHTS, policies=POLICIES, units=UNITS, random=st.randoms())
def test_laws_of_a_round(
    way: str, weights: tuple[float, ...], policies: dict[str, Any], units: list[Any], random: Any
) -> None:
    """All on the same round: to draw and score it costs more than to look at it."""
    tree, submissions = the_tree(way, weights, policies), submitted(units)
    scores = run(tree, submissions)
    the_order_of_units_changes_nothing(tree, submissions, scores, random)
    a_score_is_there_exactly_where_the_state_says_so(scores)
    alone = run(tree, submissions[:1])  # a unit scored alone gets what it gets in a crowd
    np.testing.assert_array_equal(scores.scores[:1], alone.scores[:1], strict=True)


def the_order_of_units_changes_nothing(tree: Tree, submissions: list[Submission], first: Scores, random: Any) -> None:
    shuffled = list(submissions)
    random.shuffle(shuffled)
    second = run(tree, shuffled)
    np.testing.assert_array_equal(first.scores, second.scores)
    np.testing.assert_array_equal(first.total, second.total)
    assert first.problems == second.problems


def a_score_is_there_exactly_where_the_state_says_so(scores: Scores) -> None:
    assert (np.isnan(scores.scores) == (scores.status != Status.SCORED)).all()
    assert not np.isnan(scores.points).any()
    assert (scores.points[scores.status == Status.NOT_APPLICABLE] == 0).all()


@settings(max_examples=20)  # for each of ten ways
@pytest.mark.parametrize("way", WAYS)
@given(weights=WEIGHTS, scores=st.tuples(SCORE, SCORE, SCORE), which=st.integers(0, 2), by=st.floats(0, 5))
def test_a_better_child_never_lowers_its_parent(
    way: str, weights: tuple[float, ...], scores: tuple[float, ...], which: int, by: float
) -> None:
    better = tuple(x + by * (i == which) for i, x in enumerate(scores))
    assert one(way, weights, *better) >= one(way, weights, *scores) - 1e-9


@settings(max_examples=40)
@given(weights=WEIGHTS, scores=st.tuples(SCORE, SCORE, SCORE))
def test_means_lie_in_order_between_the_lowest_and_the_highest(
    weights: tuple[float, ...], scores: tuple[float, ...]
) -> None:
    ways = ("min", "harmonic_mean", "geometric_mean", "weighted_mean", "max")
    found = [one(way, weights, *scores) for way in ways]
    assert all(below <= above + 1e-9 for below, above in pairwise(found))


@settings(max_examples=40)
@given(scores=st.tuples(SCORE, SCORE, SCORE), weight=st.integers(1, 9).map(float))
def test_equal_weights_are_none(scores: tuple[float, ...], weight: float) -> None:
    assert one("weighted_mean", (weight,) * 3, *scores) == pytest.approx(one("mean", (1, 1, 1), *scores), abs=1e-12)
    assert one("mean", (1, 1, 1), *scores) == pytest.approx(np.mean(scores), abs=1e-12)
    assert one("sum", (1, 1, 1), *scores) == pytest.approx(sum(scores), abs=1e-9)
    expected = float(np.prod(scores)) ** (1 / 3)
    assert one("geometric_mean", (weight,) * 3, *scores) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=40)
@given(scores=st.tuples(SCORE, SCORE, SCORE))
def test_a_node_that_feeds_two_parents_counts_in_both(scores: tuple[float, float, float]) -> None:
    found = run(the_tree("mean", (1, 1, 1)), submitted([(*scores, "t")]))
    assert at(found, "H") == pytest.approx((scores[0] + 5) / 2, abs=1e-12)
    assert at(found) == pytest.approx(np.mean(scores), abs=1e-12)


@settings(max_examples=40)
@given(units=UNITS)
def test_excluding_blanks_is_the_mean_of_what_is_there(units: list[Any]) -> None:
    scores = run(the_tree("mean", (1, 1, 1), {"missing": Missing.EXCLUDE}), submitted(units))
    for row, (a, b, c, kind) in enumerate(units):
        there = [x for x in (a, b, c if kind == "t" else None) if x is not None]
        found = scores.scores[row, scores.node_column["G"]]
        assert np.isnan(found) if not there else found == pytest.approx(np.mean(there), abs=1e-12)

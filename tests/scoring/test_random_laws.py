"""Laws of every tree, tried on random ones: points add up, order never matters, better never scores lower."""

import random
from dataclasses import replace
from typing import TypeVar

import numpy as np
from builders import a_change, an_entry
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_rounds import Round, rounds

from lawgov_score.model import Group, Node, Rescale, Scores, Sign, Status, Tree, Way

Thing = TypeVar("Thing")
_QUICK = settings(
    max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@given(rounds())
@_QUICK
def test_points_add_up(done: Round) -> None:
    """A plain sum is the sum of what its parts got."""
    scores = done.scored()
    tree = done.tree
    assume(tree.policies.not_applicable is not Rescale.PARENT)
    zeroed = {veto.node_zero for veto in tree.vetoes}
    for group in tree.nodes:
        if not isinstance(group, Group) or group.code in zeroed or not _is_plain_sum(group):
            continue
        below = np.zeros(len(scores.units))
        for part, weight in tree.parts_of(group.code):
            below += np.nan_to_num(scores.scores[:, scores.node_column[part.code]]) * (
                1.0 if weight is None else weight
            )
        own = scores.scores[:, scores.node_column[group.code]]
        there = ~np.isnan(own)
        rounding = tree.rounding_of(group)
        off = 1e-8 if rounding is None else 0.51 * (rounding.step or 10.0**-rounding.decimals)
        np.testing.assert_allclose(own[there], below[there], atol=off)


def _is_plain_sum(group: Group) -> bool:
    is_sum = group.aggregation.way is Way.SUM and group.rule is None and group.out_of is None
    return is_sum and group.cap is None and group.floor is None


@given(rounds(), st.integers(0, 99))
@_QUICK
def test_order_never_matters(done: Round, seed: int) -> None:
    order = random.Random(seed)

    def mixed(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        return tuple(order.sample(things, len(things)))

    review = replace(done.review, marks=mixed(done.review.marks), register=mixed(done.review.register))
    other = replace(done, units=mixed(done.units), submissions=mixed(done.submissions), review=review).scored()
    scores = done.scored()
    rows = [other.units.index(unit) for unit in scores.units]
    np.testing.assert_array_equal(other.scores[rows], scores.scores)
    np.testing.assert_array_equal(other.total[rows], scores.total)
    np.testing.assert_array_equal(other.rank[rows], scores.rank)
    assert [other.grades[row] for row in rows] == list(scores.grades)


@given(rounds(), st.data())
@_QUICK
def test_better_never_scores_lower(done: Round, data: st.DataObject) -> None:
    """A higher score at an indicator never makes the total lower, all ways up but those that mean it to."""
    tree, scores = done.tree, done.scored()
    rising = [i for i in tree.indicators if _rises(tree, i)]
    assume(rising)
    row = data.draw(st.integers(0, len(scores.units) - 1))
    indicator = data.draw(st.sampled_from(rising))
    column = scores.node_column[indicator.code]
    points = scores.of_unit(row).tree.by_code[indicator.code].points
    assume(scores.status[row, column] == Status.SCORED and scores.scores[row, column] < points)
    unit, before = scores.units[row].code, float(scores.scores[row, column])
    changes = tuple(one for one in done.review.changes if (one.unit, one.indicator) != (unit, indicator.code))
    change = a_change(before, points, unit=unit, indicator=indicator.code)
    better: Scores = replace(done, review=replace(done.review, changes=(*changes, change))).scored()
    if not np.isnan(scores.total[row]) and not np.isnan(better.total[row]):
        assert better.total[row] >= scores.total[row]


def _rises(tree: Tree, node: Node) -> bool:
    """Does everything that it feeds rise with it? Not what is taken off, and no letters: a D+ may lie above a C."""
    fed = [tree.code, *(group.code for group in tree.nodes if isinstance(group, Group))]
    for code in fed:
        weights = [weight for part, weight in tree.parts_of(code) if part.code == node.code]
        if not weights:
            continue
        holder = tree.by_code.get(code)
        aggregation = holder.aggregation if isinstance(holder, Group) else tree.aggregation
        if min(1.0 if weight is None else weight for weight in weights) < 0:
            return False
        if aggregation.way is Way.WEAKEST_LINK:
            return False
        if holder is not None and not _rises(tree, holder):
            return False
    return True


@given(rounds(), st.data())
@_QUICK
def test_a_penalty_or_a_veto_never_helps(done: Round, data: st.DataObject) -> None:
    """Whoever is entered in the register for something bad has no better total, place or grade for it."""
    tree, before = done.tree, done.scored()
    bad = [kind.code for kind in tree.adjustments if kind.sign is Sign.PENALTY]
    bad += [veto.code for veto in tree.vetoes if not veto.node_zero]  # of nodes, the tree's own ways decide
    row = data.draw(st.integers(0, len(before.units) - 1))
    entry = an_entry(data.draw(st.sampled_from(bad)), unit=before.units[row].code)
    after = replace(done, review=replace(done.review, register=(*done.review.register, entry))).scored()
    worse = -1.0 if tree.policies.lower_is_better else 1.0
    assume(not np.isnan(before.total[row]))
    assert worse * (before.full_total[row] - after.full_total[row]) >= -1e-9
    assert after.rank[row] >= before.rank[row]
    assert _level(after, row) >= _level(before, row)


def _level(scores: Scores, row: int) -> int:
    """The number of the grade, best first; one past the last where there is none."""
    names = [grade.name for grade in scores.tree.grades]
    return names.index(scores.grades[row]) if scores.grades[row] else len(names)

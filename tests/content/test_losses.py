"""What a unit's losses cost the total adds up to what the total lost, or the list says that it is an estimate."""

from pathlib import Path

import numpy as np
import pytest
from builders import a_given_score, a_group, a_submission, a_tree, a_unit, a_unit_type
from hypothesis import given
from random_rounds import Round, rounds
from scheme_runs import done

from lawgov_score.content import labels
from lawgov_score.content.costs import BY_ROUNDING
from lawgov_score.content.losses import biggest_losses, losses
from lawgov_score.content.rates import categories
from lawgov_score.model import Group, Node, Policies, Rescale, Scores, Status, Tree, Way
from lawgov_score.pipeline import ScoredAssessment
from lawgov_score.scoring import score

SCHEMES = Path(__file__).parents[1] / "schemes"
SCORED = sorted(path.parent for path in SCHEMES.glob("*/expected.csv"))


def _lost(scores: Scores, row: int) -> float:
    """What the total lost before adjustments: its whole less what it came to."""
    tree = scores.tree
    is_whole = tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE
    whole = tree.printed_sum(tree.code) if is_whole else float(scores.raw_points[row])
    scale = 1.0 if tree.out_of is None else tree.points / tree.out_of
    return whole * scale - float(scores.converted[row])


def _slack(scores: Scores) -> float:
    """By how much roundings of groups may move the sum: each by no more than is left out of a list."""
    groups = [node for node in scores.tree.nodes if isinstance(node, Group)]
    return 1e-4 + BY_ROUNDING * sum(scores.tree.rounding_of(node) is not None for node in groups)


def _assert_adds_up(scores: Scores) -> tuple[int, int]:
    """How many units' lists add up exactly, and how many are marked as estimates."""
    exact = marked = 0
    for row in range(len(scores.units)):
        if scores.total_status(row) is not Status.SCORED or not labels.has_total(scores.tree):
            continue
        found = biggest_losses(scores, row)
        if not found.is_exact:
            marked += 1
            continue
        earned = np.nan_to_num(scores.scores[row])
        more = [
            n.code for i, n in enumerate(scores.tree.nodes) if earned[i] > (0 if n.bonus else scores.points[row, i])
        ]
        listed = sum(one.cost for one in found.rows)
        if more:  # what a bonus, or a score above its points, brings in is no loss: the list says no less
            assert listed >= _lost(scores, row) - _slack(scores), scores.units[row].code
        else:
            assert listed == pytest.approx(_lost(scores, row), abs=_slack(scores)), scores.units[row].code
            exact += 1
    return exact, marked


@given(rounds())
def test_costs_add_up_over_random_trees(drawn: Round) -> None:
    _assert_adds_up(drawn.scored())


def test_costs_add_up_in_every_scheme() -> None:
    exact = marked = 0
    for folder in SCORED:
        assessed = done(folder)
        assert isinstance(assessed, ScoredAssessment), folder.name
        more = _assert_adds_up(assessed.scores)
        exact, marked = exact + more[0], marked + more[1]
    assert exact > 60
    assert marked > 0


def test_a_deduction_where_nothing_else_applies_costs_the_total() -> None:
    """2 points taken off in a group of which nothing applies are 4 of 100 where 50 points apply."""
    off = a_given_score(code="b2", points=10.0, weight=-1.0)
    left = a_given_score(code="b1", points=50.0, applies_to=("town",))
    full = a_group(code="A", children=[a_given_score(code="a1", points=50.0)])
    tree = a_tree(
        children=[full, a_group(code="B", children=[left, off])],
        unit_types=(a_unit_type(code="town"), a_unit_type(code="office")),
        policies=Policies(not_applicable=Rescale.TOTAL),
    )
    unit = a_unit(type="office")
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"a1.x": 50.0, "b2.x": 2.0})])
    (loss,) = biggest_losses(scores, 0).rows
    assert (loss.node.code, loss.lost) == ("b2", 2.0)
    assert loss.cost == pytest.approx(4.0)
    assert scores.converted[0] == pytest.approx(96.0)


def test_a_group_with_a_rule_of_its_own_is_the_row_of_the_loss_and_not_its_parts() -> None:
    assessed = done(SCHEMES / "c-rules-on-groups")
    assert isinstance(assessed, ScoredAssessment)
    scores = assessed.scores
    ruled = {node.code for node in scores.tree.nodes if isinstance(node, Group) and node.rule is not None}
    inside = {n.code for n in scores.tree.nodes for above in scores.tree.ancestors(n.code) if above.code in ruled}
    listed = [one.node.code for row in range(len(scores.units)) for one in biggest_losses(scores, row).rows]
    assert ruled & set(listed)
    assert not inside & set(listed)


@pytest.mark.parametrize(("worth", "gets", "rows"), [(2.0, 1.4, {"A": 50.0}), (100.0, 98.96, {"a1": 1.04})])
def test_what_rounding_takes_away_is_a_loss_where_it_is_more_than_a_trifle(
    worth: float, gets: float, rows: dict[str, float]
) -> None:
    """1.4 of 2 counts as 1 of 2 where a group is rounded to whole points: half of the total, and not 0.6 of 2."""
    group = a_group(code="A", children=[a_given_score(code="a1", points=worth)], rounding=0)
    tree = a_tree(children=[group], points=100.0, out_of=worth)
    unit = a_unit()
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"a1.x": gets})])
    found = {one.node.code: pytest.approx(one.cost) for one in biggest_losses(scores, 0).rows}
    assert found == rows


def test_no_category_lies_within_another() -> None:
    """丙 has an indicator of its own beside 丙二: the loss of 丙二 stands once, and shares are of the true whole."""
    aspects: list[Node] = [
        a_group(code="A", children=[a_given_score(code="A-1", points=40.0)]),
        a_group(
            code="C",
            children=[
                a_given_score(code="C-1", points=20.0),
                a_group(code="C-2", children=[a_given_score(code="C-2-1", points=40.0)]),
            ],
        ),
        a_given_score(code="D", points=5.0),
    ]
    tree = a_tree(children=aspects, levels=("方面", "类", "小项"))
    sent = {"A-1.x": 10, "C-1.x": 10, "C-2-1.x": 0, "D.x": 5}
    unit = a_unit()
    scores = score(tree, (unit,), [a_submission(unit=unit, answers=sent)])
    found = losses(scores, categories(tree))
    assert {one.node.code: one.lost for one in found} == {"C-2": 40.0, "A": 30.0, "C-1": 10.0, "D": 0.0}


@given(rounds())
def test_every_indicator_is_of_one_category(drawn: Round) -> None:
    tree = drawn.tree
    listed = [{node.code for node in categories(tree)} & {code, *above} for code, above in _lines(tree)]
    assert {len(one) for one in listed} == {1}


def _lines(tree: Tree) -> list[tuple[str, set[str]]]:
    """Each indicator with what is above it, copies of repeated groups aside."""
    return [(one.code, {above.code for above in tree.ancestors(one.code)}) for one in tree.indicators]

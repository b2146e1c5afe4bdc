"""What counts at a group for one unit, and what it comes to by the group's way, before anything is done with it."""

import math
from dataclasses import dataclass

import numpy as np

from lawgov_score.explanation.worth import printed_points
from lawgov_score.model import Aggregation, Group, Missing, Node, Rescale, Scores, Status, Tree, Way
from lawgov_score.rounding import FloatArray, without_dust

Holder = Tree | Group
_OWN_SCALE = frozenset({Way.SUM, Way.LOOKUP, Way.WEAKEST_LINK, Way.EXPRESSION})  # parts count as they are
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Part:
    """One node that counts at a group: its score for the unit, and that score on the group's scale."""

    node: Node
    weight: float | None
    score: float
    scaled: float


def parts_at(scores: Scores, row: int, holder: Holder) -> tuple[Part, ...]:
    """The parts that count for one unit, children first, then what is printed elsewhere; what is owed counts as 0."""
    found = []
    for node, weight in scores.tree.parts_of(holder.code):
        score = float(scores.scores[row, scores.node_column[node.code]])
        if weight != 0 and counts_at(scores, row, holder, node):
            found.append(Part(node, weight, score, _on_scale(scores, row, holder, node, score)))
    return tuple(found)


def counts_at(scores: Scores, row: int, holder: Holder, node: Node) -> bool:
    """Does the node count at this place for the unit: does it apply, and is it not a blank that is left out?

    On another scale only what is worth something to the unit counts: of no points there is no share.
    """
    column = scores.node_column[node.code]
    status = Status(int(scores.status[row, column]))
    missing = (holder.missing if isinstance(holder, Group) else None) or scores.tree.policies.missing
    if status is Status.NOT_APPLICABLE or (status is Status.MISSING and missing is Missing.EXCLUDE):
        return False
    is_shared = holder.aggregation.way not in {Way.SUM, Way.EXPRESSION} and not node.bonus and node.points != 0
    return not is_shared or bool(scores.points[row, column] > 0)


def counts_by_points(scores: Scores, row: int, holder: Holder) -> bool:
    """Does a part count there exactly where it is worth points to the unit? So a formula tells; rarely it is not so:
    where a part is a blank that is left out here and yet holds something that waits for review, where nothing is worth
    anything to the unit, and where an expression looks at what does not apply."""
    aggregation = holder.aggregation
    if aggregation.way is Way.SUM and (not isinstance(holder, Group) or holder.coverage_at_least is None):
        return True
    if aggregation.expression is not None:
        nodes = [scores.tree.by_code[code] for code in aggregation.expression.nodes]
    else:
        nodes = [node for node, weight in scores.tree.parts_of(holder.code) if weight != 0 and not node.bonus]
    there = [counts_at(scores, row, holder, node) for node in nodes]
    worth = [bool(scores.points[row, scores.node_column[node.code]] > 0) for node in nodes]
    least = len(there) if aggregation.expression is not None else 1
    own = scores.points[row, scores.node_column[holder.code]] if isinstance(holder, Group) else scores.raw_points[row]
    is_own = aggregation.way is Way.SUM or bool(own > 0) is (sum(there) >= least)
    return there == worth and is_own


def counting(scores: Scores, row: int, holder: Holder) -> int:
    """How many parts count there for a unit, bonuses and what is taken off left out; of an expression, its nodes."""
    expression = holder.aggregation.expression
    if expression is not None:
        return sum(counts_at(scores, row, holder, scores.tree.by_code[code]) for code in expression.nodes)
    parts = parts_at(scores, row, holder)
    return sum(not part.node.bonus and (part.weight is None or part.weight > 0) for part in parts)


def _on_scale(scores: Scores, row: int, holder: Holder, node: Node, score: float) -> float:
    """What a part brings: its score, but for sums and their like put on the holder's scale first."""
    earned = 0.0 if math.isnan(score) else score
    if holder.aggregation.way in _OWN_SCALE or node.bonus:
        return earned
    scale = holder.points if holder.out_of is None else holder.out_of
    if scores.tree.policies.not_applicable is not Rescale.NONE and isinstance(node, Group):
        points = float(scores.points[row, scores.node_column[node.code]])
        printed = printed_points(scores.tree, node)
        if points > 0 and abs(points - printed) > _NEAR:
            earned = earned * printed / points
    return earned if node.points in (scale, 0.0) else earned / node.points * scale


def has_own_way(holder: Holder) -> bool:
    """Does a score come about here by more than adding up children as printed?"""
    if holder.aggregation.way is not Way.SUM:
        return holder.aggregation.way is not Way.NONE
    if holder.rule is not None or holder.out_of is not None or holder.uses:
        return True
    if isinstance(holder, Group) and not (holder.cap is None and holder.floor is None and holder.rounding is None):
        return True
    return any(child.weight is not None or child.bonus for child in holder.children)


def aggregated(scores: Scores, row: int, holder: Holder, parts: tuple[Part, ...]) -> float:
    """What the parts come to by the holder's way, before anything is done with it; nan: cannot be calculated."""
    how = holder.aggregation
    extra = 0.0
    if how.way is not Way.SUM:
        extra = sum(part.scaled for part in parts if part.node.bonus)
        parts = tuple(part for part in parts if not part.node.bonus)
    if how.way is Way.EXPRESSION:
        return _expression(scores, row, holder)
    if not parts:
        return float("nan")
    figures = np.array([part.scaled for part in parts])
    weights = np.array([1.0 if part.weight is None else part.weight for part in parts])
    return _combined(how, figures, weights) + extra


def _combined(how: Aggregation, figures: FloatArray, weights: FloatArray) -> float:
    match how.way:
        case Way.SUM:
            return float((figures * weights).sum())
        case Way.MEAN:
            return float(figures.mean())
        case Way.MIN:
            return float(figures.min())
        case Way.MAX:
            return float(figures.max())
        case Way.WEAKEST_LINK:
            return float(figures.min() + (how.plus if figures.max() > figures.min() else 0.0))
        case Way.LOOKUP:
            total = float(without_dust(figures.sum()))
            rows = [one for one in how.table if one.children == len(figures) and total >= one.at_least]
            return max(rows, key=lambda one: one.at_least).score if rows else float("nan")
        case Way.NONE:
            return float("nan")
    if weights.sum() <= 0:
        return float("nan")
    shares = weights / weights.sum()
    if how.way is Way.WEIGHTED_MEAN:
        return float((figures * shares).sum())
    lowest = float(without_dust(figures.min() + how.shift))
    if how.way is Way.GEOMETRIC_MEAN and lowest == 0:
        return 0.0 - how.shift
    if lowest <= 0:
        return float("nan")
    if how.way is Way.GEOMETRIC_MEAN:
        return float(np.exp((np.log(figures + how.shift) * shares).sum()) - how.shift)
    return float(1 / (shares / figures).sum())


def _expression(scores: Scores, row: int, holder: Holder) -> float:
    expression = holder.aggregation.expression
    assert expression is not None  # lint sees to it
    names = {f'score("{code}")': np.array([counted(scores, row, holder, code)]) for code in expression.nodes}
    return float(expression.evaluate(names).value[0])


def counted(scores: Scores, row: int, holder: Holder, code: str) -> float:
    """A node's score as an expression has it: 0 where it counts and has none, nan where it does not count."""
    if not counts_at(scores, row, holder, scores.tree.by_code[code]):
        return float("nan")
    score = score_at(scores, row, code)
    return 0.0 if math.isnan(score) else score


def score_at(scores: Scores, row: int, code: str) -> float:
    """A unit's score at a node; nan: none."""
    return float(scores.scores[row, scores.node_column[code]])

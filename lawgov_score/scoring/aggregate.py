"""Scores up the tree: sums of points, what does not apply, what is missing, conversion to the full scale."""

from dataclasses import dataclass

import numpy as np

from lawgov_score.model import BoolArray, Group, Indicator, Missing, Node, Policies, Rescale, Status, StatusArray, Tree
from lawgov_score.rounding import FloatArray, half_up, without_dust


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Scores of all nodes (units, nodes), and of the root (units,).

    ``points``: what each node is worth for the unit. ``raw_total`` of ``raw_points`` becomes ``full_total``
    on the tree's own scale, rounded it is ``total``.
    """

    scores: FloatArray
    points: FloatArray
    status: StatusArray
    raw_total: FloatArray
    raw_points: FloatArray
    full_total: FloatArray
    total: FloatArray


@dataclass(frozen=True, slots=True)
class _Column:
    """One node, (units,): its score, the same with nothing for a blank, what it is worth, its state."""

    score: FloatArray
    earned: FloatArray
    points: FloatArray
    status: StatusArray


def aggregate(tree: Tree, scores: FloatArray, status: StatusArray) -> Aggregated:
    """Adds up. ``scores``, ``status``: (indicators, units), nan where there is no score."""
    policies = tree.policies
    leaves = {}
    for i, indicator in enumerate(tree.indicators):
        earned = np.where(status[i] == Status.SCORED, scores[i], 0.0)
        worth = np.where(_counts(status[i], policies), float(indicator.points), 0.0)
        leaves[indicator.code] = _Column(scores[i], earned, worth, status[i])
    found: dict[str, _Column] = {}
    for child in tree.children:
        _gather(child, leaves, found, policies)
    top = [found[child.code] for child in tree.children]
    raw_total = without_dust(_sum([column.earned for column in top]))
    raw_points = without_dust(_sum([column.points for column in top]))
    empty = np.full(scores.shape[1], np.nan)
    if policies.not_applicable is Rescale.NONE:
        full = raw_total
    else:
        full = np.divide(raw_total * _printed(tree.children), raw_points, out=empty, where=raw_points > 0)
    full = without_dust(full)
    total = full if policies.round_total is None else without_dust(half_up(full, policies.round_total))
    return Aggregated(
        np.stack([found[node.code].score for node in tree.nodes]).T,
        np.stack([found[node.code].points for node in tree.nodes]).T,
        np.stack([found[node.code].status for node in tree.nodes]).T,
        raw_total,
        raw_points,
        full,
        total,
    )


def _counts(status: StatusArray, policies: Policies) -> BoolArray:
    """Which units keep the indicator in their denominator."""
    keeps: BoolArray = status != Status.NOT_APPLICABLE
    if policies.missing is Missing.EXCLUDE:
        keeps &= status != Status.MISSING
    return keeps


def _gather(node: Node, leaves: dict[str, _Column], found: dict[str, _Column], policies: Policies) -> _Column:
    if isinstance(node, Indicator):
        column = leaves[node.code]
    else:
        column = _group(node, [_gather(child, leaves, found, policies) for child in node.children], policies)
    found[node.code] = column
    return column


def _group(group: Group, children: list[_Column], policies: Policies) -> _Column:
    raw = _sum([child.earned for child in children])
    points = _sum([child.points for child in children])
    status = group_status([child.status for child in children])
    if policies.not_applicable is Rescale.PARENT:
        # The printed points of the children, not of the group: a waived contradiction is never re-scaled in silence.
        whole = _printed(group.children)
        raw = np.divide(raw * whole, points, out=np.zeros_like(raw), where=points > 0)
        points = np.where(points > 0, whole, 0.0)
    score = without_dust(raw)
    if policies.round_group is not None:
        score = without_dust(half_up(score, policies.round_group))
    return _Column(np.where(status == Status.SCORED, score, np.nan), score, without_dust(points), status)


def group_status(children: list[StatusArray]) -> StatusArray:
    """(units,) from (units,) each: scored where any child is; not applicable where all are; else what is owed."""
    weight = _WEIGHT[children[0]]
    for child in children[1:]:
        weight = np.maximum(weight, _WEIGHT[child])
    return _STATUS[weight]


_STATUS = np.array(  # from what counts least to what decides
    [Status.NOT_APPLICABLE, Status.NOT_REVIEWED, Status.INVALID, Status.MISSING, Status.SCORED], dtype=np.int8
)
_WEIGHT = np.argsort(_STATUS).astype(np.int8)


def _sum(columns: list[FloatArray]) -> FloatArray:
    """The sum, left to right."""
    total = columns[0].copy()
    for column in columns[1:]:
        total += column
    return total


def _printed(nodes: tuple[Node, ...]) -> float:
    """The points of the leaves below, as the scheme prints them."""
    return float(sum(node.points if isinstance(node, Indicator) else _printed(node.children) for node in nodes))

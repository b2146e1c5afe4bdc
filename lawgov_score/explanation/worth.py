"""What nodes are worth as the scheme prints them, what a total is out of, and what a unit lost where."""

from collections.abc import Mapping

import numpy as np

from lawgov_score.model import Group, Indicator, Node, Rescale, Scores, Tree, Way
from lawgov_score.rounding import FloatArray, without_dust

_ALL = slice(None)


def printed_points(tree: Tree, holder: Node | Tree) -> float:
    """What a node, or the tree, is worth where all of it applies: of a sum, what its parts are.

    The sum of the parts, not what is printed above them: a contradiction that a reviewer lets stand is not re-scaled.
    """
    if isinstance(holder, Indicator) or holder.aggregation.way is not Way.SUM or holder.rule is not None:
        return holder.points
    total = printed_sum(tree, holder)
    return total if holder.out_of is None else total * holder.points / holder.out_of


def printed_sum(tree: Tree, holder: Group | Tree) -> float:
    """What the parts of a sum are worth together where all apply; parallel trees are worth the tree's points."""
    if isinstance(holder, Tree) and holder.parallel:
        return holder.points
    total = 0.0
    for node, weight in tree.parts_of(holder.code):
        if not node.bonus and (weight is None or weight > 0):
            total += printed_points(tree, node) * (1.0 if weight is None else weight)
    return total


def scale_of(tree: Tree) -> float:
    """What a total is out of: the sum that conversion uses, or the tree's points where it does not add up."""
    return printed_points(tree, tree)


def shown_once(tree: Tree) -> tuple[Node, ...]:
    """The nodes as the scheme prints them: of what is repeated (窗口1、窗口2……) the first one only."""
    left: list[Node] = []
    hidden: set[str] = set()
    for node in tree.nodes:
        is_copy = isinstance(node, Group) and node.repetition > 1
        if is_copy or tree.parents[node.code] in hidden:
            hidden.add(node.code)
        elif not (isinstance(node, Group) and node.repetition):
            left.append(node)
    return tuple(left)


def is_converted(tree: Tree) -> bool:
    """Is a sum of points converted to the full scale for what does not apply, or otherwise?"""
    if tree.out_of is not None or tree.rule is not None:
        return True
    return tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE


def signs(tree: Tree) -> Mapping[str, float]:
    """How each node bears on what a unit loses: 1 as usual, -1 taken off (扣分项), 0 a bonus, or counted nowhere."""
    return {code: (worth > 0) - (worth < 0) + 0.0 for code, worth in reach(tree).items()}


def lost_points(scores: Scores, rows: slice = _ALL) -> FloatArray:
    """(units, nodes): points not got; what is taken off where a node is taken off; 0 for a bonus. ``rows``: whose."""
    by_code = signs(scores.tree)
    sign = np.array([by_code[node.code] for node in scores.tree.nodes])
    got, points = np.nan_to_num(scores.scores[rows]), scores.points[rows]
    lost = np.where(sign > 0, points - got, np.where(sign < 0, got, 0.0))
    return without_dust(np.where(points > 0, lost, np.where(sign < 0, got, 0.0)))


def reach(tree: Tree) -> Mapping[str, float]:
    """About how much one point lost at each node costs the total: 1 wherever points simply add up, -1 where taken off.

    All places where a node counts, together; a bonus costs nothing. Exact for sums and means; where a way is not
    linear (几何平均、短板……) parts are taken to weigh the same.
    """
    found = dict.fromkeys((node.code for node in tree.nodes), 0.0) | {tree.code: 1.0}
    holders: tuple[Group | Tree, ...] = (tree, *reversed(tree.evaluation))  # what a node feeds comes before it
    for holder in holders:
        for node, share in _shares(tree, holder):
            found[node.code] += found[holder.code] * share
    return found


def _shares(tree: Tree, holder: Group | Tree) -> list[tuple[Node, float]]:
    """What one point of each part is worth at the holder."""
    how, parts = holder.aggregation, tree.parts_of(holder.code)
    if how.way is Way.EXPRESSION and how.expression is not None:
        parts = tuple((tree.by_code[code], None) for code in how.expression.nodes)
    counted = [(part, weight) for part, weight in parts if weight != 0 and not part.bonus]
    if how.way is Way.NONE:
        return [(part, 1.0) for part, _ in counted]
    if how.way is Way.SUM and holder.rule is None:
        scale = 1.0 if holder.out_of is None else holder.points / holder.out_of
        return [(part, scale * (1.0 if weight is None else weight)) for part, weight in counted]
    weighs = how.way in {Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN}
    weights = [1.0 if weight is None or not weighs else weight for _, weight in counted]
    whole = sum(weights)
    if whole <= 0:
        return []
    return [
        (part, own / whole * holder.points / part.points)
        for (part, _), own in zip(counted, weights, strict=True)
        if part.points > 0
    ]

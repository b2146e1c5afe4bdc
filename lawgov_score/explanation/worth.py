"""What nodes are worth as the scheme prints them, what a total is out of, and what a unit lost where."""

from collections.abc import Mapping

import numpy as np

from lawgov_score.model import Group, Indicator, Node, Rescale, Scores, Tree, Way
from lawgov_score.rounding import FloatArray, without_dust

_ALL = slice(None)
_NEAR = 1e-6
_ON_ONE_SCALE = frozenset(  # ways that put parts on the holder's scale before they are combined
    {Way.MEAN, Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN, Way.MIN, Way.MAX}
)


def adds_up(tree: Tree) -> bool:
    """Do points simply add up from the leaves to the top, so that sums of points mean something?"""
    groups = [node for node in tree.nodes if isinstance(node, Group)]
    ways = {tree.aggregation.way, *(group.aggregation.way for group in groups if not _is_repeated(group))}
    return (
        ways <= {Way.SUM}
        and not tree.parallel
        and not tree.uses
        and tree.rule is None
        and not any(group.uses or group.rule is not None or group.out_of is not None for group in groups)
        and not any(node.weight is not None for node in tree.nodes)
    )


def _is_repeated(group: Group) -> bool:
    return any(isinstance(child, Group) and child.repetition for child in group.children)


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


def converted_score(scores: Scores, row: int, node: Node) -> float | None:
    """A unit's score at a group on the group's printed scale, where it counts converted: 64 of 64 under 100 is 100.

    None where it counts as it is: all of it applies, or the sum above is converted as a whole.
    """
    tree = scores.tree
    parent = tree.parents[node.code]
    holder = tree if parent == tree.code else tree.by_code[parent]
    if isinstance(holder, Indicator) or isinstance(node, Indicator) or holder.aggregation.way not in _ON_ONE_SCALE:
        return None
    if tree.policies.not_applicable is Rescale.NONE:
        return None
    column = scores.node_column[node.code]
    points, score, printed = float(scores.points[row, column]), float(scores.scores[row, column]), node.points
    if np.isnan(score) or points <= 0 or abs(points - printed_points(tree, node)) < _NEAR:
        return None
    return float(without_dust(np.array([score * printed / points]))[0])


def costs(scores: Scores, row: int) -> Mapping[str, float]:
    """What one point lost at each node costs this unit's total, before adjustments and rounding.

    As ``reach``, but for one unit: parts that do not count for it weigh nothing, and what is converted for them weighs
    more. Repeated groups, comparisons and tables are taken as ``reach`` takes them.
    """
    tree = scores.tree
    found = dict.fromkeys((node.code for node in tree.nodes), 0.0) | {tree.code: 1.0}
    if tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE:
        worth = float(scores.raw_points[row])
        found[tree.code] = printed_sum(tree, tree) / worth if worth > 0 else 1.0
    holders: tuple[Group | Tree, ...] = (tree, *reversed(tree.evaluation))
    for holder in holders:
        own = {node.code: _own_share(scores, row, holder, node) for node, _ in tree.parts_of(holder.code)}
        within = _within(scores, row, holder) if isinstance(holder, Group) else 1.0
        shares = _shares(tree, holder, frozenset(code for code, share in own.items() if share > 0))
        for node, share in shares:
            found[node.code] += found[holder.code] * share * own.get(node.code, 1.0) * within
    return found


def _within(scores: Scores, row: int, group: Group) -> float:
    """How much more a point weighs in a sum that is converted for what does not apply below it."""
    tree = scores.tree
    if group.aggregation.way is not Way.SUM or tree.policies.not_applicable is not Rescale.PARENT:
        return 1.0
    worth = 0.0
    for node, weight in tree.parts_of(group.code):
        if not node.bonus and (weight is None or weight > 0):
            worth += float(scores.points[row, scores.node_column[node.code]]) * (1.0 if weight is None else weight)
    return printed_sum(tree, group) / worth if worth > 0 else 1.0


def _own_share(scores: Scores, row: int, holder: Group | Tree, node: Node) -> float:
    """How much more one point weighs at a part because some of what the part is made of does not apply; 0: left out."""
    column = scores.node_column[node.code]
    points = float(scores.points[row, column])
    if points <= 0 and not node.bonus:
        return 0.0
    is_mean = holder.aggregation.way in _ON_ONE_SCALE and scores.tree.policies.not_applicable is not Rescale.NONE
    return printed_points(scores.tree, node) / points if is_mean and isinstance(node, Group) and points > 0 else 1.0


def _shares(tree: Tree, holder: Group | Tree, counting: frozenset[str] | None = None) -> list[tuple[Node, float]]:
    """What one point of each part is worth at the holder; ``counting``: of those that count, None for all."""
    how, parts = holder.aggregation, tree.parts_of(holder.code)
    if how.way is Way.EXPRESSION and how.expression is not None:
        parts = tuple((tree.by_code[code], None) for code in how.expression.nodes)
    counted = [(part, weight) for part, weight in parts if weight != 0 and not part.bonus]
    if counting is not None:
        counted = [(part, weight) for part, weight in counted if part.code in counting]
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

"""The cost in the total of a point lost at a node: by the tree alone, and for one unit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.measure.tolerance import reads_the_same
from lawgov_score.measure.ways import ON_ONE_SCALE, Way
from lawgov_score.measure.worth import Share, what_a_point_weighs
from lawgov_score.model import Group, Indicator, Node, Rescale, Scores, Tree
from lawgov_score.rounding import FloatArray, without_dust

_ALL = slice(None)
BY_ROUNDING = 0.1  # points of the total that the rounding of a group may move and still not be a loss of its own
_ADDED = frozenset({Way.SUM, Way.MEAN, Way.WEIGHTED_MEAN, Way.NONE})  # ways in which every part has a share of its own


def share_of_total(tree: Tree) -> Mapping[str, float]:
    """Approximate cost in the total of one point lost at each node: 1 if points simply add up, -1 where deducted.

    Sum over all places where a node counts; a bonus costs nothing. Exact for sums and means; where a way is not linear
    (几何平均、短板……) parts are assumed to weigh the same.
    """
    cost_by_node = dict.fromkeys((node.code for node in tree.nodes), 0.0) | {tree.code: 1.0}
    for holder in _from_the_top(tree):
        for node, share in _shares(tree, holder):
            cost_by_node[node.code] += cost_by_node[holder.code] * share
    return cost_by_node


def signs(tree: Tree) -> Mapping[str, float]:
    """How each node affects a unit's loss: 1 as usual, -1 where deducted (扣分项), 0 for a bonus or counted nowhere.

    Of the tree of all, where points go by unit type: as it does for those types for which it counts.
    """
    shares = [share_of_total(own) for _, own in tree.kinds] or [share_of_total(tree)]
    worths = {code: next((own[code] for own in shares if own[code]), 0.0) for code in shares[0]}
    return {code: (worth > 0) - (worth < 0) + 0.0 for code, worth in worths.items()}


def lost_points(scores: Scores, rows: slice = _ALL) -> FloatArray:
    """(units, nodes): points not earned; points deducted at a deduction node; 0 for a bonus. ``rows``: which units."""
    by_code = signs(scores.tree)
    sign = np.array([by_code[node.code] for node in scores.tree.nodes])
    earned, points = np.nan_to_num(scores.scores[rows]), scores.points[rows]
    lost = np.where(sign > 0, points - earned, np.where(sign < 0, earned, 0.0))
    # Of what nothing counts, something may still be taken off: -2 of 0.
    return without_dust(np.where((points > 0) | (sign < 0), lost, np.maximum(lost, 0.0)))


def converted_score(scores: Scores, row: int, node: Node) -> float | None:
    """A unit's score at a group on the group's printed scale, if it counts converted: 64 of 64 under 100 is 100.

    None if it counts unconverted: all of it applies, or the sum above is converted as a whole.
    """
    scores = scores.of_unit(row)
    node = scores.tree.by_code[node.code]
    tree = scores.tree
    holder = tree.holder(tree.parents[node.code])
    if isinstance(node, Indicator) or holder.aggregation.way not in ON_ONE_SCALE:
        return None
    at = scores.at(row, node.code)
    is_whole = reads_the_same(at.points, tree.printed[node.code])
    if tree.policies.not_applicable is Rescale.NONE or np.isnan(at.score) or at.points <= 0 or is_whole:
        return None
    return float(without_dust(np.array([at.score * node.points / at.points]))[0])


@dataclass(frozen=True, slots=True)
class Costs:
    """``each``: the cost of one point lost at each node in a unit's total, before adjustments and rounding.

    ``undivided``: groups (and the tree) of which no share can be said for a part: a rule or way of their own, a cap, a
    veto. What such a group lost is its own, and its parts cost nothing by it; where it is the tree, shares are
    estimates.
    """

    each: Mapping[str, float]
    undivided: frozenset[str]


def costs(scores: Scores, row: int) -> Costs:
    """Like ``share_of_total``, but for one unit: parts that do not count for it cost nothing, others more in exchange.

    Whether the shares of parts add up is read off the figures: whatever moved a group's score is seen.
    """
    scores = scores.of_unit(row)
    tree = scores.tree
    cost_by_node = dict.fromkeys((node.code for node in tree.nodes), 0.0) | {tree.code: 1.0}
    if tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE:
        worth = float(scores.raw_points[row])
        cost_by_node[tree.code] = tree.printed_sum(tree.code) / worth if worth > 0 else 1.0
    sign, undivided = signs(tree), set[str]()
    for holder in _from_the_top(tree):
        own = {node.code: _own_share(scores, row, holder, node) for node, _ in tree.parts_of(holder.code)}
        within = _within(scores, row, holder) if isinstance(holder, Group) else cost_by_node[tree.code]
        shares = [
            (node, share * own.get(node.code, 1.0) * within)
            for node, share in _shares(tree, holder, frozenset(code for code, share in own.items() if share > 0))
        ]
        cost = cost_by_node[holder.code] if isinstance(holder, Group) else 1.0
        is_taken_off = sign.get(holder.code, 1.0) < 0
        if not _is_divided(scores, row, holder, shares, within, _tolerance(tree, holder, cost), is_taken_off):
            undivided.add(holder.code)
            if isinstance(holder, Group):
                continue
        for node, share in shares:
            cost_by_node[node.code] += cost * share
    return Costs(cost_by_node, frozenset(undivided))


def _is_divided(
    scores: Scores,
    row: int,
    holder: Group | Tree,
    shares: Sequence[tuple[Node, float]],
    within: float,
    tolerance: float,
    is_taken_off: bool,
) -> bool:
    """Do the shares of a holder's parts make up what it lost (where it is taken off: what it takes)?"""
    way = holder.aggregation.way
    if way is Way.NONE:
        return True
    if holder.rule is not None or way not in _ADDED:
        return False
    scale = 1.0 if holder.out_of is None else holder.points / holder.out_of
    lost = 0.0
    for node, share in shares:
        at = scores.at(row, node.code)
        if node.bonus and way is Way.SUM:
            more = within * scale * at.earned
            lost += more if is_taken_off else -more
        elif is_taken_off:
            if share < 0 and at.earned:
                return False  # what it gives back is no share of what is taken
            lost += share * at.earned
        else:
            lost += share * (at.points - at.earned) if share > 0 else -share * at.earned
    return math.isclose(lost, _lost_at(scores, row, holder, is_taken_off), rel_tol=0.0, abs_tol=tolerance)


def _lost_at(scores: Scores, row: int, holder: Group | Tree, is_taken_off: bool) -> float:
    """What a group lost (or takes off), or the whole tree before adjustments."""
    if isinstance(holder, Group):
        at = scores.at(row, holder.code)
        return at.earned if is_taken_off else at.points - at.earned
    tree = scores.tree
    is_rescaled = tree.aggregation.way is Way.SUM and tree.policies.not_applicable is not Rescale.NONE
    whole = tree.printed_sum(tree.code) if is_rescaled else float(scores.raw_points[row])
    if tree.out_of is not None:
        whole *= tree.points / tree.out_of
    return whole - float(np.nan_to_num(scores.converted[row]))


def _tolerance(tree: Tree, holder: Group | Tree, cost: float) -> float:
    """By how much rounding may part a holder's score from its parts; ``cost``: that of one of its points in the total.

    What moves the total by more is the group's own loss: to whole points of few, a rounding can cost a fifth of it all.
    """
    rounding = tree.rounding_of(holder) if isinstance(holder, Group) else None
    if rounding is None:
        return 1e-6
    step = rounding.step or 10.0**-rounding.decimals
    return 1e-6 + min(0.5 * step, BY_ROUNDING / abs(cost) if cost else math.inf)


def _from_the_top(tree: Tree) -> tuple[Group | Tree, ...]:
    """The tree and its groups, top down: each group comes after everything that it counts in."""
    return (tree, *reversed(tree.evaluation))


def _within(scores: Scores, row: int, group: Group) -> float:
    """Factor by which a point counts more in a group's sum that is converted for not-applicable parts."""
    tree = scores.tree
    if group.aggregation.way is not Way.SUM or tree.policies.not_applicable is not Rescale.PARENT:
        return 1.0
    worth = float(scores.workings[group.code].worth[row])
    return tree.printed_sum(group.code) / worth if worth > 0 else 1.0


def _own_share(scores: Scores, row: int, holder: Group | Tree, node: Node) -> float:
    """Factor by which a point counts more at a part because some of it does not apply; 0: the part is left out."""
    at = scores.at(row, node.code)
    points = at.points
    if points <= 0 and not node.bonus:
        takes = holder.aggregation.way is Way.SUM and at.earned != 0  # taken off, though nothing else of it applies
        return 1.0 if takes else 0.0
    is_mean = holder.aggregation.way in ON_ONE_SCALE and scores.tree.policies.not_applicable is not Rescale.NONE
    return scores.tree.printed[node.code] / points if is_mean and isinstance(node, Group) and points > 0 else 1.0


def _shares(tree: Tree, holder: Group | Tree, counting: frozenset[str] | None = None) -> list[tuple[Node, float]]:
    """What one point of each part is worth at the holder; ``counting``: codes of the parts that count, None for all."""
    how, parts = holder.aggregation, tree.parts_of(holder.code)
    if how.way is Way.EXPRESSION and how.expression is not None:
        parts = tuple((tree.by_code[code], None) for code in how.expression.nodes)
    nodes = [(node, weight) for node, weight in parts if counting is None or node.code in counting]
    shares = [Share(node.points, weight, node.bonus) for node, weight in nodes]
    has_rule = holder.rule is not None
    weighed = what_a_point_weighs(how.way, shares, holder.points, holder.out_of, has_rule=has_rule)
    return [(node, share) for (node, _), share in zip(nodes, weighed, strict=True)]

"""Lost points by node: of all units together, and of one unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.content.costs import costs, lost_points, share_of_total
from lawgov_score.model import Group, Indicator, Node, Scores, Status
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, without_dust
from lawgov_score.wording import Words

SHEET = Words("失分", "Losses")
HEADLINE = Words("失分集中在哪里", "Where points are lost")
NOTE = Words(
    "统计已计分的 {n} 个单位。失分 = 适用分值 − 得分，未填报、待审核、填报有误的按计入分母的分值计；不适用的不计。",
    "{n} scored units. Lost = applicable points − score; what was not filled in, awaits review or is invalid "
    "loses the points that count for it; what does not apply loses nothing.",
)
WEIGHTED = Words(
    "各项分值不是直接相加的，失分按该项在总分中所占的份量换算；短板、几何平均等按各部分份量相同估算。",
    "Points do not simply add up: losses are converted to what they cost the total; where a way is not linear, parts "
    "are taken to weigh the same.",
)
CHART = Words(
    "失分最多的 {n} 项指标（各单位失分合计）", "The {n} indicators that {n:loses|lose} most (all units together)"
)
NUMBER = Words("序号", "No.")
TITLE = Words("名称", "Title")
LOST = Words("失分合计", "Points lost")
MEAN_LOST = Words("每单位平均失分", "Lost per unit")
RATE = Words("平均得分率", "Mean score rate")
LOSING = Words("失分单位数", "Units losing")
MISSING = Words("未填报单位数", "Units not answering")
UNITS = Words("适用单位数", "Units concerned")


@dataclass(frozen=True, slots=True)
class Loss:
    """Points that all scored units lose at one node."""

    node: Node
    lost: float
    units: int  # units to which it applies
    rate: float  # mean score rate, nan if it applies to no unit
    losing: int
    missing: int


def losses(scores: Scores, nodes: Sequence[Node], members: BoolArray | None = None) -> list[Loss]:
    """One entry per node, the largest loss first, in printed order if equal. Units without a total do not count.

    ``members``: (units,), the units to count; None: all. Losses are in points of the total: where parts are weighted,
    approximately.
    """
    counted = labels.scored_rows(scores) if members is None else labels.scored_rows(scores) & members
    all_lost = lost_points(scores)[counted]
    shares = [(share_of_total(tree), who[counted]) for tree, who in scores.own_trees]
    entries = []
    for node in nodes:
        column = scores.node_column[node.code]
        points = scores.points[counted, column]
        score = np.nan_to_num(scores.scores[counted, column])
        concerned = points > 0
        worth = sum(abs(own[node.code]) * who for own, who in shares)  # (counted,)
        lost = without_dust(all_lost[:, column] * worth)
        rate = float((score[concerned] / points[concerned]).mean()) if concerned.any() else float("nan")
        entries.append(
            Loss(
                node,
                float(without_dust(lost.sum())),
                int(concerned.sum()),
                rate,
                int((lost > 0).sum()),
                int(_missing(scores, node)[counted].sum()),
            )
        )
    return sorted(entries, key=lambda loss: -loss.lost)


def is_single(scores: Scores, node: Node) -> bool:
    """Is a node listed even if it applies to no unit? A repetition that no unit has is not."""
    return not any(isinstance(above, Group) and above.repetition for above in scores.tree.ancestors(node.code))


def _missing(scores: Scores, node: Node) -> BoolArray:
    """(units,): is the indicator, or any indicator of the group, missing?"""
    below: list[Node] = [node]
    leaves: list[Node] = []
    while below:
        one = below.pop()
        if isinstance(one, Indicator):
            leaves.append(one)
        else:
            below.extend(one.children)
    columns = [scores.node_column[leaf.code] for leaf in leaves]
    is_missing: BoolArray = (scores.status[:, columns] == Status.MISSING).any(axis=1)
    return is_missing


@dataclass(frozen=True, slots=True)
class OwnLoss:
    """What one unit lost at one node: points there, and what they cost the total."""

    node: Node
    lost: float
    cost: float


@dataclass(frozen=True, slots=True)
class OwnLosses:
    """A unit's losses, the costliest first, in printed order if equal.

    ``is_exact``: the costs make up what the total lost, but for bonuses and rounding; else they are estimates.
    """

    rows: Sequence[OwnLoss]
    is_exact: bool


def biggest_losses(scores: Scores, row: int) -> OwnLosses:
    """Where a unit lost points: indicators, and groups of whose loss no share can be said for a part."""
    scores = scores.of_unit(row)
    all_lost, own = lost_points(scores, slice(row, row + 1))[0], costs(scores, row)
    rows = []
    for node in scores.tree.nodes:
        if isinstance(node, Group) and node.code not in own.undivided:
            continue
        lost = float(all_lost[scores.node_column[node.code]])
        cost = round(lost * abs(own.each[node.code]), DUST_DECIMALS)
        if lost > 0 and cost > 0:
            rows.append(OwnLoss(node, lost, cost))
    return OwnLosses(sorted(rows, key=lambda one: -one.cost), scores.tree.code not in own.undivided)

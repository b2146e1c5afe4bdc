"""Score rates: of every unit by category, and of one unit beside its cohort's mean and best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.model import Group, Indicator, Node, Scores, Tree
from lawgov_score.rounding import FloatArray


def categories(tree: Tree) -> tuple[Node, ...]:
    """The groups that directly hold indicators (类) or uses of other nodes; without groups the top nodes.

    Repeated groups (窗口1、窗口2……) count as one.
    """
    groups: list[Node] = []
    inside: set[str] = set()  # codes below a repeated group
    for node in tree.nodes:
        if tree.parents[node.code] in inside:
            inside.add(node.code)
        elif isinstance(node, Group) and any(isinstance(c, Group) and c.repetition for c in node.children):
            inside.add(node.code)
            groups.append(node)
        elif isinstance(node, Group) and (not node.children or any(isinstance(c, Indicator) for c in node.children)):
            groups.append(node)
    return tuple(groups) or tree.children


def rates(scores: Scores, nodes: Sequence[Node]) -> FloatArray:
    """(units, nodes): score over applicable points; nan where there is no score or no total."""
    columns = [scores.node_column[node.code] for node in nodes]
    score, points = scores.scores[:, columns], scores.points[:, columns]
    rate = np.divide(score, points, out=np.full(score.shape, np.nan), where=points > 0)
    return np.where(labels.scored_rows(scores)[:, None], rate, np.nan)


def counted_rates(scores: Scores, nodes: Sequence[Node]) -> FloatArray:
    """(units, nodes): the same rates for means: 0 where points count but there is no score.

    In a tree without a total a blank costs nothing anywhere, so it stays a blank.
    """
    if not labels.has_total(scores.tree):
        return rates(scores, nodes)
    columns = [scores.node_column[node.code] for node in nodes]
    counts = (scores.points[:, columns] > 0) & labels.scored_rows(scores)[:, None]
    return np.where(counts, np.nan_to_num(rates(scores, nodes)), np.nan)


def mean_of(numbers: FloatArray) -> float:
    """The mean of all numbers that are not nan; nan if there are none."""
    known = numbers[~np.isnan(numbers)]
    return float(known.mean()) if len(known) else float("nan")


@dataclass(frozen=True, slots=True)
class Standing:
    """Score rates at the top nodes: the unit's own, its cohort's mean and best; each (nodes,)."""

    own: Sequence[float]
    mean: Sequence[float]
    best: Sequence[float]


@dataclass(frozen=True, slots=True)
class Whole:
    """All a unit's parts together, before conversion and adjustments; nan where there is no total.

    ``points``, ``score``: of the unit; ``own``, ``mean``, ``best``: score rates as in ``Standing``.
    """

    points: float
    score: float
    own: float
    mean: float
    best: float

    @property
    def lost(self) -> float:
        """Points not earned; nan where there is no total."""
        return self.points - self.score


def whole_of(scores: Scores, row: int) -> Whole:
    """A unit's whole compared with that of its cohort."""
    score, points = float(scores.raw_total[row]), float(scores.raw_points[row])
    inside = (scores.cohorts == scores.cohorts[row]) & ~np.isnan(scores.total)
    worth = scores.raw_points[inside]
    totals = (scores.raw_total[inside] / np.where(worth > 0, worth, np.nan))[worth > 0]
    mean, best = (float(totals.mean()), float(totals.max())) if len(totals) else (float("nan"), float("nan"))
    return Whole(points, score, score / points if points else float("nan"), mean, best)


def standing_of(scores: Scores, row: int, tops: Sequence[Node]) -> Standing:
    """A unit compared with its cohort at ``tops``; no other unit is named."""
    rate = rates(scores, tops)
    cohort = counted_rates(scores, tops)[(scores.cohorts == scores.cohorts[row]) & labels.scored_rows(scores)]
    mean, best = [], []
    for column in range(rate.shape[1]):
        known = cohort[~np.isnan(cohort[:, column]), column]
        mean.append(float(known.mean()) if len(known) else float("nan"))
        best.append(float(known.max()) if len(known) else float("nan"))
    return Standing(rate[row].tolist(), mean, best)

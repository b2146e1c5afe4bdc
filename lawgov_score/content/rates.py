"""Score rates: of every unit by category, and of one unit beside its cohort's mean and best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.model import Group, Node, Scores, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Words

SHEET = Words("分类得分", "Categories")


def categories(tree: Tree) -> tuple[Node, ...]:
    """The groups that directly hold indicators (类) or uses of other nodes, in printed order.

    No node of them lies within another, so that their losses add up to the whole: an indicator beside a group of its
    own depth stands for itself. Repeated groups (窗口1、窗口2……) count as one.
    """
    return tuple(_categories(tree.children))


def _categories(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Group) and any(isinstance(one, Group) and not one.repetition for one in node.children):
            yield from _categories(node.children)
        else:
            yield node


def rates(scores: Scores, nodes: Sequence[Node]) -> FloatArray:
    """(units, nodes): score over applicable points; nan where there is no score or no total. Kept."""
    key = ("rates", " ".join(node.code for node in nodes))
    if key not in scores.kept:
        columns = [scores.node_column[node.code] for node in nodes]
        score, points = scores.scores[:, columns], scores.points[:, columns]
        rate = np.divide(score, points, out=np.full(score.shape, np.nan), where=points > 0)
        scores.kept[key] = np.where(labels.scored_rows(scores)[:, None], rate, np.nan)
        scores.kept[key].setflags(write=False)  # several read it
    found: FloatArray = scores.kept[key]
    return found


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
    (mean, *_), (best, *_) = _of_cohort(scores, row, None)
    return Whole(points, score, score / points if points else float("nan"), mean, best)


def standing_of(scores: Scores, row: int, tops: Sequence[Node]) -> Standing:
    """A unit compared with its cohort at ``tops``; no other unit is named."""
    mean, best = _of_cohort(scores, row, tops)
    return Standing(rates(scores, tops)[row].tolist(), mean, best)


def _of_cohort(scores: Scores, row: int, tops: Sequence[Node] | None) -> tuple[Sequence[float], Sequence[float]]:
    """The means and the best rates of the unit's cohort at ``tops``, or of its wholes (None), worked out once."""
    at = "" if tops is None else " ".join(node.code for node in tops)
    key = ("whole of a cohort" if tops is None else "rates of a cohort", f"{scores.cohorts[row]} {at}")
    if key not in scores.kept:
        inside = (scores.cohorts == scores.cohorts[row]) & labels.scored_rows(scores)
        if tops is None:
            inside = (scores.cohorts == scores.cohorts[row]) & ~np.isnan(scores.total) & (scores.raw_points > 0)
            cohort = (scores.raw_total[inside] / scores.raw_points[inside]).reshape(-1, 1)
        else:
            cohort = counted_rates(scores, tops)[inside]
        known = [column[~np.isnan(column)] for column in cohort.T]
        mean = [float(rate.mean()) if len(rate) else float("nan") for rate in known]
        best = [float(rate.max()) if len(rate) else float("nan") for rate in known]
        scores.kept[key] = (mean, best)
    found: tuple[Sequence[float], Sequence[float]] = scores.kept[key]
    return found

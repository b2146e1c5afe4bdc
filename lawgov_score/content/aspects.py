"""各方面得分与同组比较: the top nodes of a unit beside its cohort, and all together, as data for card and page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.content import card, labels
from lawgov_score.content.costs import converted_score, signs
from lawgov_score.content.rates import standing_of, whole_of
from lawgov_score.model import Indicator, Node, Scores, Way
from lawgov_score.wording import Phrase, Text, Words


@dataclass(frozen=True, slots=True)
class Aspect:
    """One top node: its applicable points and score, nan where there are none; score rates, its own and the cohort's.

    ``sign``: 1 as usual, -1 where its score is deducted, 0 where it takes nothing away.
    """

    node: Node
    points: float
    score: float
    own: float
    mean: float
    best: float
    sign: float = 1.0


@dataclass(frozen=True, slots=True)
class Total:
    """合计, or 汇总 where the parts do not add up: the same figures of all parts together; nan where there is none."""

    label: Words
    points: float
    score: float
    own: float
    mean: float
    best: float


@dataclass(frozen=True, slots=True)
class Aspects:
    """The section: ``level`` is what its rows are called, ``total`` is None in a tree without one."""

    heading: Phrase
    level: Text
    rows: Sequence[Aspect]
    total: Total | None
    notes: Sequence[Words]


def aspects_of(scores: Scores, row: int) -> Aspects:
    """The section of one unit."""
    scores = scores.of_unit(row)
    tree, tops = scores.tree, labels.tops_of(scores, row)
    standing, sign = standing_of(scores, row, tops), signs(tree)
    rows = []
    for i, node in enumerate(tops):
        here = scores.at(row, node.code)
        is_left_out = isinstance(node, Indicator) and here.points == 0 and not here.is_scored
        points = math.nan if is_left_out else here.points  # not in the denominator
        rates = (standing.own[i], standing.mean[i], standing.best[i])
        rows.append(Aspect(node, points, here.score, *rates, sign=sign[node.code]))
    heading = card.ASPECTS(level=tree.levels[0] if tree.levels else "")
    level: Text = tree.levels[0] if tree.levels else labels.INDICATOR
    if not labels.has_total(tree):
        return Aspects(heading, level, rows, None, ())
    whole = whole_of(scores, row)
    label = card.WHOLE if tree.aggregation.way is Way.SUM else card.COMBINED
    points = math.nan if math.isnan(whole.score) else whole.points
    total = Total(label, points, whole.score, whole.own, whole.mean, whole.best)
    is_converted = any(converted_score(scores, row, node) is not None for node in tops)
    return Aspects(heading, level, rows, total, (card.CONVERTED,) if is_converted else ())

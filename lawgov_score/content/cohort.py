"""The figures of the other units of a cohort, column by column and without names, that a unit is compared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.content import labels
from lawgov_score.explanation import references
from lawgov_score.model import Indicator, Scores, WhenZero
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Text, Words

FEWEST_OTHERS = 2  # with a single other unit everybody would know whose figures these are

NAME = Words("同组数据", "Cohort data")
NOTE = Words(
    "供“{details}”表与同组比较的公式引用。“本单位”一行随“{details}”表变动；其余为同组其他单位本次公布的数据，"
    "不注明单位，每列各自从大到小排列，同一行各列不是同一单位。",
    "For the formulas of the sheet “{details}” that compare units. The first row of figures follows that sheet; below "
    "it are those of the other units of the cohort as published, without names, each column sorted by itself: what "
    "stands in one row does not belong to one unit.",
)
OWN = Words("本单位", "This unit")
OTHERS = Words("其他单位", "Other units")
VALUE = Words("指标值", "Value")
SCORE = Words("得分", "Score")
AGGREGATE = Words("汇总值", "Aggregate")
TOTAL = Words("总分", "Total")
WHAT = Words("数据", "Figure")
DETAILS = Words("明细", "Details")

Key = tuple[str, str]  # content of a column ('value', 'answer', 'score', 'aggregate' or 'total') and its code


@dataclass(frozen=True)
class Peers:
    """One column: its node, its content, and every unit's figure (units,); nan: takes no part."""

    key: Key
    code: str
    title: str
    what: Text
    is_share: bool
    figures: FloatArray
    in_order: Mapping[int, tuple[float, ...]]  # by cohort, from the largest down

    def others(self, scores: Scores, member: int) -> tuple[float, ...]:
        """The figures of the unit's cohort except its own, in descending order."""
        inside, own = self.in_order.get(int(scores.cohorts[member]), ()), float(self.figures[member])
        if np.isnan(own):
            return inside
        at = inside.index(own)
        return inside[:at] + inside[at + 1 :]


def peers_of(scores: Scores) -> tuple[Peers, ...]:
    """Every column that formulas of a card need, in printed order, totals last."""
    return tuple(_peers(scores, *column) for column in _columns(scores))


def has_enough_peers(scores: Scores, member: int) -> bool:
    """Does the unit's cohort have enough other units to show their figures at all?"""
    return scores.cohort_size(member) > FEWEST_OTHERS


_Column = tuple[Key, str, str, Text, bool, FloatArray]


def _columns(scores: Scores) -> Iterator[_Column]:
    tree = scores.tree
    for node in tree.nodes:
        if isinstance(node, Indicator):
            yield from _of_indicator(scores, node)
        elif node.rule is not None and node.rule.RELATIVE:
            yield ("aggregate", node.code), node.code, node.title, AGGREGATE, False, scores.aggregated[node.code]
    if tree.rule is not None and tree.rule.RELATIVE:
        yield ("aggregate", tree.code), "", tree.title, AGGREGATE, False, scores.aggregated[tree.code]
    if labels.has_total(tree):
        yield ("total", tree.code), "", "", TOTAL, False, scores.placed


def _of_indicator(scores: Scores, indicator: Indicator) -> Iterator[_Column]:
    code, title = indicator.code, indicator.title
    if code not in scores.compared.takes_part:
        return
    counts = scores.compared.takes_part[code]
    if indicator.rule.RELATIVE:
        values = np.where(counts, scores.values[:, scores.indicator_column[code]], np.nan)
        yield ("value", code), code, title, VALUE, indicator.is_share, values
    for field in dict.fromkeys(of.field for one in indicator.expressions for of in one.cohort):
        asked = next(one for one in indicator.fields if one.code == field)
        answers = np.where(counts, scores.answers[indicator.keys[field]], np.nan)
        is_share = references.is_share_name(indicator, f"cohort_max({field})")
        yield ("answer", f"{code}.{field}"), code, title, asked.name, is_share, answers
    by_zero = indicator.on_zero is not None and indicator.on_zero.what is WhenZero.COHORT_MEAN
    if by_zero or (indicator.instead is not None and indicator.instead.takes_mean):
        rule = indicator.rule
        if not rule.RELATIVE and not rule.NEEDS and indicator.small_sample is None:  # the unit's own figures are enough
            yield ("score", code), code, title, SCORE, False, scores.compared.own_scores[code]


def _peers(scores: Scores, key: Key, code: str, title: str, what: Text, is_share: bool, figures: FloatArray) -> Peers:
    in_order: dict[int, tuple[float, ...]] = {}
    known = np.isfinite(figures)
    for cohort in np.unique(scores.cohorts).tolist():
        inside: Sequence[float] = figures[known & (scores.cohorts == cohort)].tolist()
        in_order[cohort] = tuple(sorted(inside, reverse=True))
    return Peers(key, code, title, what, is_share, np.where(known, figures, np.nan), in_order)

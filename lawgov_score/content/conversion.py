"""得分由来: from the sum of the parts to the total in one line: conversion, rule, adjustments, rounding.

Every figure is the engine's own, and the last one is the total as it is printed.
"""

import math
from collections.abc import Mapping

from lawgov_score.explanation import adjustments, group_working
from lawgov_score.measure.tolerance import reads_the_same
from lawgov_score.model import Rescale, Scores, Tree, Way
from lawgov_score.report import POINTS, number_text
from lawgov_score.wording import Phrase, Words

HEADING = Words("得分由来", "How the score came about")
RAW, WORTH, BEFORE, TOTAL = "raw", "worth", "before", "total"  # the figures of a line, by name

_PARTS = Words(
    "各部分合计 {raw:points} 分（适用 {worth:points} 分）", "the parts add up to {raw:points} of {worth:points}"
)
_ALL_PARTS = Words(
    "各部分合计 {raw:points} 分（满分 {worth:points} 分）", "the parts add up to {raw:points} of {worth:points}"
)
_WAY = Words("各部分{way}", "the parts: {way}")
_CONVERTED = Words(
    "{raw:points} ÷ {worth:points} × {whole:points} = {result:points} 分",
    "{raw:points} ÷ {worth:points} × {whole:points} = {result:points}",
)
_BY_RULE = Words("按总分标准得 {result:points} 分", "by the standard of the total {result:points}")
_ADJUSTED = Words("加分扣分 {points} 分，得 {result:points} 分", "bonus and penalty {points}, in all {result:points}")
_WITH_VETO = Words(
    "加分扣分和一票否决 {points} 分，得 {result:points} 分", "adjustments and vetoes {points}, in all {result:points}"
)
_ROUNDED = Words("四舍五入为 {result:points} 分", "rounded to {result:points}")
_STEPS = Words("{parts}，{rest}", "{parts}, {rest}")
_LINE = Words("{steps}", "{steps}")

Figures = Mapping[str, object]


def conversion_of(scores: Scores, row: int) -> Phrase | None:
    """The line of one unit; None where it has no total."""
    if not scores.rank[row] or math.isnan(scores.total[row]):
        return None
    figures = {
        RAW: float(scores.raw_total[row]),
        WORTH: float(scores.raw_points[row]),
        BEFORE: float(scores.converted[row]),
        TOTAL: float(scores.total[row]),
    }
    return line(scores, row, figures, is_whole=all_applies(scores, row))


def all_applies(scores: Scores, row: int) -> bool:
    """Do all points of the tree apply to the unit, so that nothing is converted for what does not?"""
    return reads_the_same(float(scores.raw_points[row]), scores.tree.printed_sum(scores.tree.code))


def is_live(tree: Tree) -> bool:
    """Does the line hold for other figures of the unit too, with these put in?"""
    return tree.aggregation.way is Way.SUM and tree.rule is None


def line(scores: Scores, row: int, figures: Figures, *, is_whole: bool) -> Phrase:
    """The line with ``figures`` by their names: numbers, or marks that a spreadsheet's formula is cut at.

    ``is_whole``: as if all points applied to the unit, whether they do or not.
    """
    tree, adjusted = scores.tree, scores.adjusted[row]
    is_sum, is_real = tree.aggregation.way is Way.SUM, is_whole == all_applies(scores, row)
    is_rescaled = is_sum and tree.policies.not_applicable is not Rescale.NONE
    steps: list[tuple[Words, dict[str, object], str]] = []  # words, figures, and which figure the step comes to
    if is_sum:
        first = (_ALL_PARTS if is_whole else _PARTS)(**_of(figures, RAW, WORTH))
    else:
        came = group_working.how_it_came(scores, row, tree)
        first = _WAY(way=came) if came is not None else _ALL_PARTS(**_of(figures, RAW, WORTH))
    if is_rescaled and not (is_whole and tree.out_of is None):
        whole = tree.printed_sum(tree.code) * (tree.points / tree.out_of if tree.out_of is not None else 1.0)
        steps.append((_CONVERTED, {**_of(figures, RAW, WORTH), "whole": whole}, BEFORE))
    elif tree.out_of is not None:
        steps.append((_CONVERTED, {RAW: figures[RAW], WORTH: tree.out_of, "whole": tree.points}, BEFORE))
    if tree.rule is not None:
        steps = [(_BY_RULE, {}, BEFORE)]
    if adjusted:
        points = round(math.fsum(one.points for one in adjusted), POINTS)
        vetoes = {veto.code for veto in tree.vetoes}
        words = _WITH_VETO if any(one.kind in vetoes for one in adjusted) else _ADJUSTED
        steps.append((words, {"points": adjustments.signed(points)}, TOTAL))
    if steps:
        *before, (words, values, _) = steps
        steps = [*before, (words, values, TOTAL)]
    elif is_real and _is_rounded(scores, row):
        steps.append((_ROUNDED, {}, TOTAL))
    said = tuple(words(**values, result=figures[result]) for words, values, result in steps)
    for one in said:
        first = _STEPS(parts=first, rest=one)
    return _LINE(steps=first)


def _is_rounded(scores: Scores, row: int) -> bool:
    """Is the total another one than the sum, as both are printed?"""
    sums = (float(scores.raw_total[row]), float(scores.total[row]))
    return len({number_text(one, POINTS) for one in sums}) > 1


def _of(figures: Figures, *names: str) -> dict[str, object]:
    return {name: figures[name] for name in names}

"""得分由来: from the sum of the parts to the total in one line: conversion, rule, adjustments, rounding.

Every figure is the engine's own, and the last one is the total as it is printed.
"""

import math
from collections.abc import Mapping

import numpy as np

from lawgov_score.explanation import adjustments, group_working
from lawgov_score.measure.tolerance import reads_the_same
from lawgov_score.model import Indicator, Rescale, Scores, Way
from lawgov_score.phrase_columns import phrase_of
from lawgov_score.report import POINTS, number_text
from lawgov_score.rounding import without_dust
from lawgov_score.wording import Phrase, Words

HEADING = Words("得分由来", "How the score came about")
RAW, WORTH, BEFORE, TOTAL = "raw", "worth", "before", "total"  # the figures of a line, by name

_PARTS = Words(
    "各部分合计 {raw:points} 分（适用 {worth:points} 分）", "the parts add up to {raw:points} of {worth:points}"
)
_KEPT_PARTS = Words(
    "各部分合计 {raw:points} 分（适用 {worth:points} 分，不适用的分值不折算）",
    "the parts add up to {raw:points} of {worth:points}; points that do not apply are not made up for",
)
_INSIDE = Words(
    "各部分合计 {raw:points} 分（满分 {worth:points} 分，其中 {sums:list}）",
    "the parts add up to {raw:points} of {worth:points}, of these {sums:list}",
)
_OF_GROUP = Words(
    "{code} 折算 {raw:points} ÷ {worth:points} × {whole:points}，得 {score:points} 分",
    "{code} converted, {raw:points} ÷ {worth:points} × {whole:points}, comes to {score:points}",
)
_ALL_PARTS = Words(
    "各部分合计 {raw:points} 分（满分 {worth:points} 分）", "the parts add up to {raw:points} of {worth:points}"
)
_WAY = Words("各部分{way}", "the parts: {way}")
_CONVERTED = Words(
    "{raw:points} ÷ {worth:points} × {whole:points} = {result:points} 分",
    "{raw:points} ÷ {worth:points} × {whole:points} = {result:points}",
)
_BY_RULE = Words("按总分标准：{reason}", "by the standard of the total: {reason}")
_ADJUSTED = Words("加分扣分 {points} 分，得 {result:points} 分", "bonus and penalty {points}, in all {result:points}")
_WITH_VETO = Words(
    "加分扣分和一票否决 {points} 分，得 {result:points} 分", "adjustments and vetoes {points}, in all {result:points}"
)
_ROUNDED = {
    True: Words("四舍五入为 {result:points} 分", "rounded to {result:points}"),
    False: Words("舍入为 {result:points} 分", "rounded to {result:points}"),
}
_STEPS = Words("{parts}，{rest}", "{parts}, {rest}")
_LINE = Words("{steps}", "{steps}")

Figures = Mapping[str, object]


def conversion_of(scores: Scores, row: int) -> Phrase | None:
    """The line of one unit; None where it has no total."""
    scores = scores.of_unit(row)
    if not scores.rank[row] or math.isnan(scores.total[row]):
        return None
    columns = (scores.raw_total, scores.raw_points, scores.converted, scores.total)
    exact = without_dust(np.array([column[row] for column in columns])).tolist()
    figures = dict(zip((RAW, WORTH, BEFORE, TOTAL), exact, strict=True))
    return line(scores, row, figures, is_whole=all_applies(scores, row))


def all_applies(scores: Scores, row: int) -> bool:
    """Do all points of the tree apply to the unit, so that nothing is converted for what does not?"""
    scores = scores.of_unit(row)
    return reads_the_same(float(scores.raw_points[row]), scores.tree.printed_sum(scores.tree.code))


def is_live(scores: Scores, row: int) -> bool:
    """Does the line hold for other figures of the unit too, with these put in? Not where it has the sums of groups."""
    scores = scores.of_unit(row)
    tree = scores.tree
    return tree.aggregation.way is Way.SUM and tree.rule is None and not _converted_groups(scores, row)


def line(scores: Scores, row: int, figures: Figures, *, is_whole: bool) -> Phrase:
    """The line with ``figures`` by their names: numbers, or marks that a spreadsheet's formula is cut at.

    ``is_whole``: as if all points applied to the unit, whether they do or not.
    """
    scores = scores.of_unit(row)
    tree, adjusted = scores.tree, scores.adjusted[row]
    is_sum, is_real = tree.aggregation.way is Way.SUM, is_whole == all_applies(scores, row)
    is_rescaled = is_sum and tree.policies.not_applicable is not Rescale.NONE
    steps: list[tuple[Words, dict[str, object], str]] = []  # words, figures, and which figure the step comes to
    if is_sum:
        first = _parts(scores, row, figures, is_whole=is_whole)
    else:
        came = group_working.how_it_came(scores, row, tree)
        first = _WAY(way=came) if came is not None else _ALL_PARTS(**_of(figures, RAW, WORTH))
    if is_rescaled and not (is_whole and tree.out_of is None):
        whole = tree.printed_sum(tree.code) * (tree.points / tree.out_of if tree.out_of is not None else 1.0)
        steps.append((_CONVERTED, {**_of(figures, RAW, WORTH), "whole": whole}, BEFORE))
    elif tree.out_of is not None:
        steps.append((_CONVERTED, {RAW: figures[RAW], WORTH: tree.out_of, "whole": tree.points}, BEFORE))
    if tree.rule is not None:
        steps = [(_BY_RULE, {"reason": phrase_of(group_working.by_rule(scores, tree), row)}, BEFORE)]
    if adjusted:
        points = round(math.fsum(one.points for one in adjusted), POINTS)
        vetoes = {veto.code for veto in tree.vetoes}
        words = _WITH_VETO if any(one.kind in vetoes for one in adjusted) else _ADJUSTED
        steps.append((words, {"points": adjustments.signed(points)}, TOTAL))
    if steps:
        *before, (words, values, _) = steps
        steps = [*before, (words, values, TOTAL)]
    elif is_real and _is_rounded(scores, row):
        rounding = tree.policies.total_rounding
        steps.append((_ROUNDED[rounding is None or rounding.is_plain], {}, TOTAL))
    said = tuple(words(**values, result=figures[result]) for words, values, result in steps)
    for one in said:
        first = _STEPS(parts=first, rest=one)
    return _LINE(steps=first)


def _parts(scores: Scores, row: int, figures: Figures, *, is_whole: bool) -> Phrase:
    """The sum of the parts: of how many points, and whether what does not apply is made up for, and where."""
    tree = scores.tree
    if not is_whole:
        is_kept = tree.policies.not_applicable is Rescale.NONE
        return (_KEPT_PARTS if is_kept else _PARTS)(**_of(figures, RAW, WORTH))
    sums = _converted_groups(scores, row)
    if not sums:
        return _ALL_PARTS(**_of(figures, RAW, WORTH))
    return _INSIDE(**_of(figures, RAW, WORTH), sums=sums)


def _converted_groups(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """The sums of top groups whose points were made up for within them."""
    tree, sums = scores.tree, list[Phrase]()
    if tree.policies.not_applicable is not Rescale.PARENT:
        return ()
    for node in tree.children:
        if isinstance(node, Indicator) or tree.has_own_way(node.code) or not scores.at(row, node.code).is_scored:
            continue
        at, working = scores.at(row, node.code), scores.workings[node.code]
        worth, raw = float(working.worth[row]), float(working.combined[row])
        if not reads_the_same(worth, at.points) and worth > 0:
            sums.append(_OF_GROUP(code=node.code, raw=raw, worth=worth, whole=at.points, score=at.score))
    return tuple(sums)


def _is_rounded(scores: Scores, row: int) -> bool:
    """Is the total another one than the sum, as both are printed?"""
    sums = (float(scores.raw_total[row]), float(scores.total[row]))
    return len({number_text(one, POINTS) for one in sums}) > 1


def _of(figures: Figures, *names: str) -> dict[str, object]:
    return {name: figures[name] for name in names}

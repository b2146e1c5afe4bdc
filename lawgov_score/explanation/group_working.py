"""How units' scores at a group, or their totals, were computed: the parts that count, with figures, step by step.

The figures are those of the engine's own working; where something else decided (a veto), only the way is named.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.explanation.node_places import with_places
from lawgov_score.explanation.parts import Holder, PartColumn, columns_at, parts_at, scored_at
from lawgov_score.explanation.references import quote
from lawgov_score.explanation.ways import aggregated, calculated, shortened, way_at
from lawgov_score.measure.tolerance import SAID, reaches, read_the_same
from lawgov_score.measure.ways import WEIGHTED
from lawgov_score.model import Group, Rescale, Scores, Status, Tree, Way, Working
from lawgov_score.phrase_columns import Chosen, Phrases, Single, chosen, patterns, phrase_of, some_of
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.rows import Peers, Rows
from lawgov_score.rules.rule import Terms
from lawgov_score.wording import Phrase, Quantity, Words

_NAMES = {
    Way.SUM: Words("相加（{parts:list}）= {result}", "sum ({parts:list}) = {result}"),
    Way.MEAN: Words("算术平均（{parts:list}）= {result}", "mean ({parts:list}) = {result}"),
    Way.WEIGHTED_MEAN: Words("加权平均（{parts:list}）= {result}", "weighted mean ({parts:list}) = {result}"),
    Way.GEOMETRIC_MEAN: Words("几何平均（{parts:list}）= {result}", "geometric mean ({parts:list}) = {result}"),
    Way.HARMONIC_MEAN: Words("调和平均（{parts:list}）= {result}", "harmonic mean ({parts:list}) = {result}"),
    Way.MIN: Words("取最低（{parts:list}）= {result}", "lowest of ({parts:list}) = {result}"),
    Way.MAX: Words("取最高（{parts:list}）= {result}", "highest of ({parts:list}) = {result}"),
}
_SHIFTED = Words(
    "几何平均（{parts:list}，各加 {shift}）− {shift} = {result}",
    "geometric mean ({parts:list}, each plus {shift}) − {shift} = {result}",
)
_WEAKEST = Words("取最低（{parts:list}）= {result}", "lowest of ({parts:list}) = {result}")
_WEAKEST_PLUS = Words(
    "取最低（{parts:list}），其余有更高的，加 {plus:points} = {result}",
    "lowest of ({parts:list}), and {plus:points} more as another is higher = {result}",
)
_LOOKUP = Words("{n} 项合计 {sum:points}，查表得 {result}", "{n} that come to {sum:points}, by the table {result}")
_EXPRESSION = Words(
    "按算式（{text}）计算：{parts:list}，得 {result}", "calculated ({text}): with {parts:list}, {result}"
)
_EXPRESSION_ALONE = Words("按算式（{text}）计算，得 {result}", "calculated ({text}): {result}")
_TIMES = Words("{figure} × {share}", "{figure} × {share}")
_WEIGHED = Words("权重 {share} 的 {figure}", "{figure} by weight {share}")
_WEIGHT_DECIMALS = 4
_PART = Words("{part}", "{part}")
_LESS = Words("−{figure}", "−{figure}")
_NAMED = Words("{name}得分 {figure}", "{name} {figure}")
_PARENT = Words(
    "按适用分折算 {before} ÷ {points:points} × {whole:points} = {after}",
    "converted {before} ÷ {points:points} × {whole:points} = {after}",
)
_SCALE = Words(
    "折算 {before} ÷ {out_of:points} × {points:points} = {after}",
    "converted {before} ÷ {out_of:points} × {points:points} = {after}",
)
_FLOOR = Words("不低于 {limit:points} 分，取 {limit:points}", "raised to {limit:points}")
_CAP = Words("不超过 {limit:points} 分，取 {limit:points}", "held to {limit:points}")
_ROUND = Words("舍入为 {after:points}", "rounded to {after:points}")
_STEPS = Words("{steps}", "{steps}")
_GONE = Words("{names:list}不适用，本项不能计算，不计入", "{names:list} does not apply: cannot be calculated, left out")
_FIGURE = Words("{figure:points}", "{figure:points}")
_COVERAGE = Words(
    "下级只有 {there} 项有得分，应有 {of} 项，不足 {least:percent}，不计分",
    "only {there} of {of} parts {there:has|have} a score, below {least:percent}: no score",
)
_NEGATIVE = Words(
    "{names:list}为负，几何平均不能计算，不计分",
    "{names:list} is negative: no geometric mean can be calculated, no score",
)
_NOT_POSITIVE = Words(
    "{names:list}不大于 0，调和平均不能计算，不计分",
    "{names:list} is not above 0: no harmonic mean can be calculated, no score",
)
_NO_LINE = Words("{n} 项合计 {sum:points}，表中没有对应的行，不计分", "{n} that come to {sum:points}: not in the table")
_WITHOUT = Words("{names:list}没有得分，不能计算，不计分", "{names:list} has no score: cannot be calculated")


def how_it_came(scores: Scores, row: int, holder: Holder) -> Phrase | None:
    """The computation of a score, with figures; None for a plain sum, or if there is no score.

    The unit's place at the node, and the node's word for the score, stand behind it.
    """
    scores = scores.of_unit(row)
    holder = scores.tree.holder(holder.code)
    came = phrase_of(ways_they_came(scores, holder), row)
    return came if came is None else phrase_of(with_places(scores, holder.code, came), row)


def ways_they_came(scores: Scores, holder: Holder) -> Phrases:
    """``how_it_came`` for all units. Kept: whoever asks again gets the same."""
    key = ("came", holder.code)
    if key not in scores.kept:
        with np.errstate(all="ignore"):  # columns hold figures of units of which nothing is said
            scores.kept[key] = _ways_they_came(scores, holder)
    found: Phrases = scores.kept[key]
    return found


def _ways_they_came(scores: Scores, holder: Holder) -> Phrases:
    is_tree = isinstance(holder, Tree)
    whole = scores.raw_total if is_tree else scored_at(scores, holder.code)
    has_way = ~np.isnan(whole) & _is_of_its_own(scores, holder)
    if not has_way.any():
        return None
    working = scores.workings[holder.code]
    came = working.combined
    steps = [(np.ones(len(whole), dtype=bool), _said(scores, holder, came))]
    if not isinstance(holder, Tree):  # for the tree, the conversion of the total follows
        steps += _steps(scores, holder, working)
        came = working.rounded
    is_told = read_the_same(came, whole)
    told = _STEPS(steps=some_of(steps))
    return chosen((~has_way, None), (is_told, told), otherwise=way_at(scores.tree, holder))


def _is_of_its_own(scores: Scores, holder: Holder) -> BoolArray:
    """(units,): is the score computed by more than adding up the children?"""
    size = len(scores.units)
    if scores.tree.has_own_way(holder.code):
        return np.ones(size, dtype=bool)
    if isinstance(holder, Tree) or scores.tree.policies.not_applicable is not Rescale.PARENT:
        return np.zeros(size, dtype=bool)
    worth = scores.workings[holder.code].worth
    return ~read_the_same(scores.points[:, scores.node_column[holder.code]], worth)


def _figure(numbers: FloatArray) -> Phrase:
    return _FIGURE(figure=numbers)


def _said(scores: Scores, holder: Holder, came: FloatArray) -> Phrases:
    """The aggregation in words, with its figures: one phrase for all units for which the same parts count."""
    parts = columns_at(scores, holder)
    which, found = patterns([part.counts for part in parts], len(came))
    said = (_said_of(scores, holder, tuple(compress(parts, counts)), came) for counts in found)
    return Chosen(which, tuple(said))


def _said_of(scores: Scores, holder: Holder, parts: tuple[PartColumn, ...], came: FloatArray) -> Phrases:
    how, result = holder.aggregation, _figure(came)
    if how.way is Way.EXPRESSION and how.expression is not None:
        by_code, nodes = scores.tree.by_code, scores.workings[holder.code].nodes
        named = tuple(
            _NAMED(name=quote(by_code[code].title), figure=_figure(nodes[code])) for code in how.expression.nodes
        )
        if not named:
            return _EXPRESSION_ALONE(text=calculated(scores.tree, how.expression), result=result)
        return _EXPRESSION(text=calculated(scores.tree, how.expression), parts=shortened(named), result=result)
    if how.way is Way.LOOKUP:
        return _LOOKUP(n=len(parts), sum=scores.workings[holder.code].asked, result=result)
    shown = tuple(_figure(part.scaled) for part in parts)
    if how.way is Way.SUM:
        signed = tuple(_signed(p, one) for p, one in zip(parts, shown, strict=True))
        return _NAMES[Way.SUM](parts=shortened(signed), result=result)
    if how.way is Way.WEAKEST_LINK:
        differs = np.zeros(len(came), dtype=bool)
        for part in parts:
            differs |= part.scaled != parts[0].scaled
        values = {"parts": shortened(shown), "plus": how.plus, "result": result}
        return chosen((differs, _WEAKEST_PLUS(**values)), otherwise=_WEAKEST(**values))
    weighted = how.way in WEIGHTED
    if weighted and any(part.weight is not None for part in parts):
        whole = sum(1.0 if part.weight is None else part.weight for part in parts)
        words = _TIMES if how.way is Way.WEIGHTED_MEAN else _WEIGHED
        shown = tuple(
            words(figure=one, share=_weight((1.0 if part.weight is None else part.weight) / whole)) if whole else one
            for part, one in zip(parts, shown, strict=True)
        )
    if how.shift:
        return _SHIFTED(parts=shortened(shown), shift=how.shift, result=result)
    return _NAMES[how.way](parts=shortened(shown), result=result)


def _signed(part: PartColumn, shown: Phrase) -> Phrase:
    """A part of a sum as it counts: less, where it is taken off and anything is."""
    if part.weight != -1:
        return shown
    return _PART(part=chosen((part.scaled == 0, shown), otherwise=_LESS(figure=shown)))


def _weight(share: float) -> Quantity:
    """A weight among all, with digits enough for the sum: 33.3333%."""
    return Quantity(share, is_share=True, decimals=_WEIGHT_DECIMALS)


def _steps(scores: Scores, group: Group, working: Working) -> Iterator[tuple[BoolArray, Phrases]]:
    """The steps after aggregation: conversion, rule, floor and cap, rounding; each with the units it says something of.

    Only those that changed the score.
    """
    everyone = np.ones(len(working.worth), dtype=bool)
    whole = np.broadcast_to(np.asarray(working.whole), working.worth.shape)
    if not np.isnan(whole).all():
        words = {"before": _figure(working.combined), "points": working.worth, "whole": working.whole}
        is_converted = (working.worth > 0) & ~read_the_same(working.worth, whole)
        yield is_converted, _PARENT(after=_figure(working.rescaled), **words)
    if group.out_of is not None:
        words = {"before": _figure(working.rescaled), "out_of": group.out_of, "points": group.points}
        yield everyone, _SCALE(after=_figure(working.scaled), **words)
    if group.rule is not None:
        yield everyone, by_rule(scores, group)
    limit = {"limit": working.limited}
    words_of_limit = chosen((working.limited > working.ruled, _FLOOR(**limit)), otherwise=_CAP(**limit))
    yield ~read_the_same(working.limited, working.ruled), words_of_limit
    yield ~read_the_same(working.rounded, working.limited), _ROUND(after=working.rounded)


def by_rule(scores: Scores, holder: Holder) -> Phrases:
    """What the rule of a group, or of the total, says of what the parts come to: its sum, and its place."""
    rule = holder.rule
    if rule is None:
        return None
    is_tree = isinstance(holder, Tree)
    value = scores.aggregated[holder.code]
    rows = Rows(
        value=value,
        score=scores.converted if is_tree else scores.workings[holder.code].ruled,
        answers={},
        year=scores.years,
        previous=np.full(len(value), np.nan),
        peers=Peers.of(value, scores.there, scores.cohorts) if rule.RELATIVE else None,
    )
    is_taken_off = isinstance(holder, Group) and holder.weight == -1
    return rule.reasons(rows, Terms(aggregated(holder), {}, is_taken_off=is_taken_off))


def reason_of_group(scores: Scores, row: int, group: Group) -> Phrase | None:
    """Why a group lost points by its own way, or has no score though parts of it have; None: its parts explain it."""
    return phrase_of(reasons_of_group(scores, group), row)


def reasons_of_group(scores: Scores, group: Group) -> Phrases:
    """``reason_of_group`` of all units."""
    column = scores.node_column[group.code]
    status, score = scores.status[:, column], scores.scores[:, column]
    is_scored = (status == Status.SCORED) & ~np.isnan(score)
    is_short = score < scores.points[:, column] - SAID
    came = ways_they_came(scores, group) if scores.tree.has_own_way(group.code) else None
    return chosen(
        (is_scored & ~is_short, None),
        (is_scored, came),
        (~scores.has_submission, None),
        (status == Status.NOT_APPLICABLE, Single(lambda row: _not_applicable(scores, row, group))),
        otherwise=Single(lambda row: _why_none(scores, row, group)),
    )


def _not_applicable(scores: Scores, row: int, group: Group) -> Phrase | None:
    """For an expression: which node it refers to does not apply, although others do."""
    expression = group.aggregation.expression
    if expression is None:
        return None
    nodes = scores.workings[group.code].nodes
    gone = [scores.tree.by_code[code].title for code in expression.nodes if math.isnan(nodes[code][row])]
    return _GONE(names=_quoted(gone)) if 0 < len(gone) < len(expression.nodes) else None


def _why_none(scores: Scores, row: int, group: Group) -> Phrase | None:
    parts = parts_at(scores, row, group)
    scored_parts = [part for part in parts if not math.isnan(part.score)]
    if not scored_parts:
        return None  # no part has a score, and each says why
    fault = next((fault for fault in scores.faults.get(group.code, ()) if fault.rows[row]), None)
    if fault is not None and fault.code is Code.R113:
        counts = {name: float(fault.figures[name][row]) for name in ("scored", "applicable", "threshold")}
        return _COVERAGE(there=int(counts["scored"]), of=int(counts["applicable"]), least=counts["threshold"])
    if fault is not None and fault.code in {Code.R108, Code.R109}:
        figures = [part for part in parts if not part.node.bonus]
        if fault.code is Code.R108:
            least = float(fault.figures["least"][row])
            low = [part for part in figures if part.scaled < least and not reaches(part.scaled, least)]
            return _NEGATIVE(names=_quoted([part.node.title for part in low]))
        return _NOT_POSITIVE(names=_quoted([part.node.title for part in figures if reaches(0.0, part.scaled)]))
    if group.aggregation.way is Way.LOOKUP:
        return _NO_LINE(n=len(parts), sum=float(scores.workings[group.code].asked[row]))
    if group.aggregation.way is Way.EXPRESSION and group.aggregation.expression is not None:
        nodes = [scores.tree.by_code[code] for code in group.aggregation.expression.nodes]
        without = [node.title for node in nodes if math.isnan(scores.at(row, node.code).score)]
        return _WITHOUT(names=_quoted(without)) if without else None
    blank = [part.node.title for part in parts if math.isnan(part.score)]
    return _WITHOUT(names=_quoted(blank)) if blank else None


def _quoted(titles: Sequence[str]) -> tuple[Phrase, ...]:
    return shortened([quote(title) for title in titles])

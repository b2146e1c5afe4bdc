"""How one unit's score at a group, or its total, was computed: the parts that count, with figures, step by step.

The figures are those of the engine's own working; where something else decided (a veto, a comparison with other
units), only the way is named.
"""

import math
import re
from collections.abc import Sequence

from lawgov_score.catalogue import Code
from lawgov_score.explanation.parts import Holder, Part, parts_at
from lawgov_score.explanation.references import quote
from lawgov_score.explanation.ways import shortened, way_at
from lawgov_score.measure.tolerance import SAID, reaches, reads_the_same
from lawgov_score.measure.ways import WEIGHTED
from lawgov_score.model import Group, Rescale, Scores, Status, Tree, Way, Working
from lawgov_score.wording import Phrase, Words

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
_EXPRESSION = Words("{text}，其中{parts:list}，= {result}", "{text} with {parts:list} = {result}")
_EXPRESSION_ALONE = Words("{text} = {result}", "{text} = {result}")
_TIMES = Words("{figure} × {share:percent}", "{figure} × {share:percent}")
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
_RULE = Words("{before} 按标准得 {after:points} 分", "{before} gives {after:points} by the standard")
_FLOOR = Words("不低于 {limit:points} 分，取 {limit:points}", "raised to {limit:points}")
_CAP = Words("不超过 {limit:points} 分，取 {limit:points}", "held to {limit:points}")
_ROUND = Words("舍入为 {after:points}", "rounded to {after:points}")
_STEPS = Words("{steps}", "{steps}")
_GONE = Words("{names:list}不适用，本项不能计算，不计入", "{names:list} does not apply: cannot be calculated, left out")
_REFERENCE = re.compile(r"""score\(\s*["']([^"']+)["']\s*\)""")
_FIGURE = Words("{figure:points}", "{figure:points}")
_COVERAGE = Words(
    "下级只有 {there} 项有得分，应有 {of} 项，不足 {least:percent}，不计分",
    "only {there} of {of} parts have a score, below {least:percent}: no score",
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
    """The computation of a score, with figures; None for a plain sum, or if there is no score."""
    whole = float(scores.raw_total[row]) if isinstance(holder, Tree) else scores.at(row, holder.code).score
    if math.isnan(whole) or not _is_of_its_own(scores, row, holder):
        return None
    working = scores.workings[holder.code]
    came = float(working.combined[row])
    steps = [_said(scores, row, holder, parts_at(scores, row, holder), came)]
    if not isinstance(holder, Tree):  # for the tree, the conversion of the total follows
        steps += _steps(scores, row, holder, working)
        is_compared = holder.rule is not None and holder.rule.RELATIVE  # the score depends on other units of the cohort
        came = float("nan") if is_compared else float(working.rounded[row])
    if not reads_the_same(came, whole):
        return way_at(scores.tree, holder)
    return _STEPS(steps=tuple(steps))


def _is_of_its_own(scores: Scores, row: int, holder: Holder) -> bool:
    """Is the score computed by more than adding up the children?"""
    if scores.tree.has_own_way(holder.code):
        return True
    if isinstance(holder, Tree) or scores.tree.policies.not_applicable is not Rescale.PARENT:
        return False
    worth = float(scores.workings[holder.code].worth[row])
    return not reads_the_same(scores.at(row, holder.code).points, worth)


def _figure(number: float) -> Phrase:
    return _FIGURE(figure=number)


def _said(scores: Scores, row: int, holder: Holder, parts: tuple[Part, ...], came: float) -> Phrase:
    """The aggregation in words, with its figures."""
    how, result = holder.aggregation, _figure(came)
    if how.way is Way.EXPRESSION and how.expression is not None:
        by_code = scores.tree.by_code
        named = tuple(
            _NAMED(
                name=quote(by_code[code].title), figure=_figure(float(scores.workings[holder.code].nodes[code][row]))
            )
            for code in how.expression.nodes
        )
        if not named:
            return _EXPRESSION_ALONE(text=_worded(scores, how.expression.text), result=result)
        return _EXPRESSION(text=_worded(scores, how.expression.text), parts=shortened(named), result=result)
    if how.way is Way.LOOKUP:
        return _LOOKUP(n=len(parts), sum=float(scores.workings[holder.code].asked[row]), result=result)
    shown = tuple(_figure(part.scaled) for part in parts)
    if how.way is Way.SUM:
        signed = tuple(_LESS(figure=one) if p.weight == -1 else one for p, one in zip(parts, shown, strict=True))
        return _NAMES[Way.SUM](parts=shortened(signed), result=result)
    if how.way is Way.WEAKEST_LINK:
        figures = {part.scaled for part in parts}
        words = _WEAKEST_PLUS if len(figures) > 1 else _WEAKEST
        return words(parts=shortened(shown), plus=how.plus, result=result)
    weighted = how.way in WEIGHTED
    if weighted and any(part.weight is not None for part in parts):
        whole = sum(1.0 if part.weight is None else part.weight for part in parts)
        shown = tuple(
            _TIMES(figure=one, share=(1.0 if part.weight is None else part.weight) / whole) if whole else one
            for part, one in zip(parts, shown, strict=True)
        )
    if how.shift:
        return _SHIFTED(parts=shortened(shown), shift=how.shift, result=result)
    return _NAMES[how.way](parts=shortened(shown), result=result)


def _steps(scores: Scores, row: int, group: Group, working: Working) -> list[Phrase]:
    """The steps after aggregation: conversion, rule, floor and cap, rounding; only those that changed the score."""
    names = ("combined", "worth", "rescaled", "scaled", "ruled", "limited", "rounded")
    at = {name: float(getattr(working, name)[row]) for name in names}
    steps = []
    if at["worth"] > 0 and not math.isnan(working.whole) and not reads_the_same(at["worth"], working.whole):
        words = {"before": _figure(at["combined"]), "points": at["worth"], "whole": working.whole}
        steps.append(_PARENT(after=_figure(at["rescaled"]), **words))
    if group.out_of is not None:
        words = {"before": _figure(at["rescaled"]), "out_of": group.out_of, "points": group.points}
        steps.append(_SCALE(after=_figure(at["scaled"]), **words))
    if group.rule is not None:
        steps.append(_RULE(before=_figure(at["scaled"]), after=at["ruled"]))
    if not reads_the_same(at["limited"], at["ruled"]):
        steps.append((_FLOOR if at["limited"] > at["ruled"] else _CAP)(limit=at["limited"]))
    if not reads_the_same(at["rounded"], at["limited"]):
        steps.append(_ROUND(after=at["rounded"]))
    return steps


def reason_of_group(scores: Scores, row: int, group: Group) -> Phrase | None:
    """Why a group lost points by its own way, or has no score though parts of it have; None: its parts explain it."""
    at = scores.at(row, group.code)
    if at.is_scored and not math.isnan(at.score):
        is_short = scores.tree.has_own_way(group.code) and at.score < at.points - SAID
        return how_it_came(scores, row, group) if is_short else None
    if scores.submissions[row] is None:
        return None
    if at.status is Status.NOT_APPLICABLE:
        return _not_applicable(scores, row, group)
    return _why_none(scores, row, group)


def _not_applicable(scores: Scores, row: int, group: Group) -> Phrase | None:
    """For an expression: which node it refers to does not apply, although others do."""
    expression = group.aggregation.expression
    if expression is None:
        return None
    nodes = scores.workings[group.code].nodes
    gone = [scores.tree.by_code[code].title for code in expression.nodes if math.isnan(nodes[code][row])]
    return _GONE(names=_quoted(gone)) if 0 < len(gone) < len(expression.nodes) else None


def _worded(scores: Scores, text: str) -> str:
    """An expression with nodes named by their titles."""
    by_code = scores.tree.by_code
    return _REFERENCE.sub(lambda match: f"“{by_code[match[1]].title}”" if match[1] in by_code else match[0], text)


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

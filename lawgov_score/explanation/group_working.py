"""How one unit's score at a group, or its total, came about: the parts that count, with figures, step by step.

Everything here is said again from ``Scores``; where what is said would not come to the engine's own score, only the
way is named and no figures are given: a wrong sum is worse than none.
"""

import math
import re
from collections.abc import Sequence

import numpy as np

from lawgov_score.explanation.parts import Holder, Part, aggregated, counted, counts_at, has_own_way, parts_at, score_at
from lawgov_score.explanation.references import quote
from lawgov_score.explanation.ways import shortened, way_at
from lawgov_score.explanation.worth import printed_points
from lawgov_score.model import Group, Rescale, Scores, Status, Tree, Way
from lawgov_score.rounding import VALUE_DECIMALS, half_up, without_dust
from lawgov_score.rules.rule import Inputs
from lawgov_score.wording import Phrase, Words

_NEAR = 1e-6

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


def rise(scores: Scores, row: int, holder: Holder) -> Phrase | None:
    """The way a score came about, with figures; None where parts simply add up, or there is no score."""
    whole = _score_of(scores, row, holder)
    if math.isnan(whole) or not _is_of_its_own(scores, row, holder):
        return None
    parts = parts_at(scores, row, holder)
    came = aggregated(scores, row, holder, parts)
    steps = [_said(scores, row, holder, parts, came)]
    came = _settle(scores, row, holder, came, steps)
    if not abs(came - whole) < _NEAR:
        return way_at(scores.tree, holder)
    return _STEPS(steps=tuple(steps))


def _score_of(scores: Scores, row: int, holder: Holder) -> float:
    if isinstance(holder, Tree):
        return float(scores.raw_total[row])
    column = scores.node_column[holder.code]
    return float("nan") if scores.status[row, column] != Status.SCORED else float(scores.scores[row, column])


def _is_of_its_own(scores: Scores, row: int, holder: Holder) -> bool:
    """Is there more to say than that the children add up?"""
    if has_own_way(holder):
        return True
    if isinstance(holder, Tree):
        return False
    points = float(scores.points[row, scores.node_column[holder.code]])
    below = sum(float(scores.points[row, scores.node_column[child.code]]) for child in holder.children)
    return scores.tree.policies.not_applicable is Rescale.PARENT and abs(points - below) > _NEAR


def _figure(number: float) -> Phrase:
    return _FIGURE(figure=number)


def _said(scores: Scores, row: int, holder: Holder, parts: tuple[Part, ...], came: float) -> Phrase:
    """The aggregation with its figures."""
    how, result = holder.aggregation, _figure(came)
    if how.way is Way.EXPRESSION and how.expression is not None:
        by_code = scores.tree.by_code
        named = tuple(
            _NAMED(name=quote(by_code[code].title), figure=_figure(counted(scores, row, holder, code)))
            for code in how.expression.nodes
        )
        if not named:
            return _EXPRESSION_ALONE(text=_worded(scores, how.expression.text), result=result)
        return _EXPRESSION(text=_worded(scores, how.expression.text), parts=shortened(named), result=result)
    if how.way is Way.LOOKUP:
        return _LOOKUP(n=len(parts), sum=sum(part.scaled for part in parts), result=result)
    shown = tuple(_figure(part.scaled) for part in parts)
    if how.way is Way.SUM:
        signed = tuple(_LESS(figure=one) if p.weight == -1 else one for p, one in zip(parts, shown, strict=True))
        return _NAMES[Way.SUM](parts=shortened(signed), result=result)
    if how.way is Way.WEAKEST_LINK:
        figures = {part.scaled for part in parts}
        words = _WEAKEST_PLUS if len(figures) > 1 else _WEAKEST
        return words(parts=shortened(shown), plus=how.plus, result=result)
    weighted = how.way in {Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN}
    if weighted and any(part.weight is not None for part in parts):
        whole = sum(1.0 if part.weight is None else part.weight for part in parts)
        shown = tuple(
            _TIMES(figure=one, share=(1.0 if part.weight is None else part.weight) / whole) if whole else one
            for part, one in zip(parts, shown, strict=True)
        )
    if how.shift:
        return _SHIFTED(parts=shortened(shown), shift=how.shift, result=result)
    return _NAMES[how.way](parts=shortened(shown), result=result)


def _settle(scores: Scores, row: int, holder: Holder, came: float, steps: list[Phrase]) -> float:
    """What is done with it: conversion, rule, floor and cap, rounding; each step that changes it is said."""
    if isinstance(holder, Tree):
        return came  # what follows is the conversion of the total
    tree = scores.tree
    came = _converted(scores, row, holder, came, steps)
    if holder.rule is not None:
        if holder.rule.RELATIVE:
            return float("nan")  # the others of the cohort decide with
        after = float(holder.rule.score(Inputs(without_dust(np.array([came]), VALUE_DECIMALS)))[0])
        steps.append(_RULE(before=_figure(came), after=after))
        came = after
    share = 1.0
    if tree.scales_limits(holder) and holder.points:
        share = float(scores.points[row, scores.node_column[holder.code]]) / holder.points
    if holder.floor is not None and came < holder.floor * share:
        came = holder.floor * share
        steps.append(_FLOOR(limit=came))
    if holder.cap is not None and came > holder.cap * share:
        came = holder.cap * share
        steps.append(_CAP(limit=came))
    decimals = tree.policies.round_group if holder.rounding is None else holder.rounding
    if decimals is not None:
        after = float(half_up(without_dust(np.array([came])), decimals)[0])
        if abs(after - came) > _NEAR:
            steps.append(_ROUND(after=after))
        came = after
    return came


def _converted(scores: Scores, row: int, group: Group, came: float, steps: list[Phrase]) -> float:
    """Re-scaled for what does not apply, and put on the group's own scale."""
    rescale = scores.tree.policies.not_applicable
    is_rescaled = rescale is Rescale.PARENT or (rescale is Rescale.TOTAL and group.rule is not None)
    if group.aggregation.way is Way.SUM and is_rescaled:
        came = _within_parent(scores, row, group, came, steps)
    if group.out_of is not None:
        after = came / group.out_of * group.points
        steps.append(_SCALE(before=_figure(came), out_of=group.out_of, points=group.points, after=_figure(after)))
        came = after
    return came


def before_rule(scores: Scores, row: int, holder: Holder, parts: tuple[Part, ...]) -> float:
    """What was aggregated, converted, and not yet put through a rule, a cap or rounding; nan: nothing there."""
    came = aggregated(scores, row, holder, parts)
    if holder.aggregation.way is Way.LOOKUP:  # what the table is asked
        came = sum(part.scaled for part in parts)
    if not any(not math.isnan(part.score) for part in parts):
        return float("nan")
    return came if isinstance(holder, Tree) else _converted(scores, row, holder, came, [])


def _within_parent(scores: Scores, row: int, group: Group, came: float, steps: list[Phrase]) -> float:
    """Points of what does not apply, spread over what does."""
    worth = whole = 0.0
    for node, weight in scores.tree.parts_of(group.code):
        if not node.bonus and (weight is None or weight > 0):
            times = 1.0 if weight is None else weight
            whole += times * printed_points(scores.tree, node)
            if counts_at(scores, row, group, node):
                worth += times * float(scores.points[row, scores.node_column[node.code]])
    if worth <= 0 or abs(worth - whole) < _NEAR:
        return came
    after = came * whole / worth
    steps.append(_PARENT(before=_figure(came), points=worth, whole=whole, after=_figure(after)))
    return after


def reason_of_group(scores: Scores, row: int, group: Group) -> Phrase | None:
    """Why a group lost points by its own way, or has no score although parts of it have; None where it is its parts."""
    column = scores.node_column[group.code]
    status, score = Status(int(scores.status[row, column])), float(scores.scores[row, column])
    if status is Status.SCORED and not math.isnan(score):
        is_short = has_own_way(group) and score < float(scores.points[row, column]) - _NEAR
        return rise(scores, row, group) if is_short else None
    if scores.submissions[row] is None:
        return None
    if status is Status.NOT_APPLICABLE:
        return _not_applicable(scores, row, group)
    return _why_none(scores, row, group)


def _not_applicable(scores: Scores, row: int, group: Group) -> Phrase | None:
    """Of an expression: which node it looks at does not apply, although others do."""
    expression = group.aggregation.expression
    if expression is None:
        return None
    nodes = [scores.tree.by_code[code] for code in expression.nodes]
    gone = [node for node in nodes if not counts_at(scores, row, group, node)]
    return _GONE(names=_quoted([node.title for node in gone])) if 0 < len(gone) < len(nodes) else None


def _worded(scores: Scores, text: str) -> str:
    """An expression with nodes by their titles."""
    by_code = scores.tree.by_code
    return _REFERENCE.sub(lambda found: f"“{by_code[found[1]].title}”" if found[1] in by_code else found[0], text)


def _why_none(scores: Scores, row: int, group: Group) -> Phrase | None:
    parts = parts_at(scores, row, group)
    there = [part for part in parts if not math.isnan(part.score)]
    if not there:
        return None  # nothing below has a score: each of them says why
    if group.coverage_at_least is not None:
        column, status = scores.node_column, scores.status[row]
        named = [n for n, w in scores.tree.parts_of(group.code) if (w is None or w > 0) and not n.bonus]
        of = sum(status[column[node.code]] != Status.NOT_APPLICABLE for node in named)
        scored = sum(status[column[node.code]] == Status.SCORED for node in named)
        if scored < group.coverage_at_least * of - _NEAR:
            return _COVERAGE(there=int(scored), of=int(of), least=group.coverage_at_least)
    if group.aggregation.way in {Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN}:
        is_geometric = group.aggregation.way is Way.GEOMETRIC_MEAN
        bad = []
        for part in parts:
            base = part.scaled + group.aggregation.shift
            if not part.node.bonus and (base < 0 or (base == 0 and not is_geometric)):
                bad.append(part.node.title)
        words = _NEGATIVE if is_geometric else _NOT_POSITIVE
        return words(names=_quoted(bad)) if bad else None
    if group.aggregation.way is Way.LOOKUP:
        return _NO_LINE(n=len(parts), sum=sum(part.scaled for part in parts))
    if group.aggregation.way is Way.EXPRESSION and group.aggregation.expression is not None:
        nodes = [scores.tree.by_code[code] for code in group.aggregation.expression.nodes]
        without = [node.title for node in nodes if math.isnan(score_at(scores, row, node.code))]
        return _WITHOUT(names=_quoted(without)) if without else None
    blank = [part.node.title for part in parts if math.isnan(part.score)]
    return _WITHOUT(names=_quoted(blank)) if blank else None


def _quoted(titles: Sequence[str]) -> tuple[Phrase, ...]:
    return shortened([quote(title) for title in titles])

"""Things that can never happen: thresholds no answer reaches, rules that never give all the points."""

import math
from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import thresholds_in
from lawgov_score.tree.document import Where
from lawgov_score.tree.draft import Draft, Read
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Quantity, Words


def check_thresholds(draft: Draft, *, has_points: bool) -> Iterator[Finding]:
    """All faults of this module in one indicator. ``has_points``: are its points known?"""
    if draft.rule is not None:
        yield from _marks(draft, (*draft.where, "rule"), draft.value)
    if draft.small_rule is not None:
        yield from _marks(draft, (*draft.where, "small_sample", "rule"), draft.small_value or draft.value)
    points = draft.data.get("points")
    if draft.rule is None or not has_points or not isinstance(points, (int, float)) or any(draft.rule.faults()):
        return
    most = draft.rule.bounds[1]
    if most < points - DUST:
        yield Finding(
            (*draft.where, "rule"), Code.T240, {"found": most, "points": points}, see_also=((*draft.where, "points"),)
        )


def _marks(draft: Draft, where: Where, value: Read | None) -> Iterator[Finding]:
    """T209 at every threshold outside the bounds of the single field that is the value."""
    asked = _alone(draft, value)
    if asked is None:
        return
    low = asked.at_least if isinstance(asked.at_least, (int, float)) else -math.inf
    high = asked.at_most if isinstance(asked.at_most, (int, float)) else math.inf
    data = draft.data["small_sample"] if where[-2] == "small_sample" else draft.data
    is_share = asked.type is FieldType.SHARE
    for path, mark in thresholds_in(KINDS[data["rule"]["kind"]], data["rule"]):
        if mark.is_day is not (asked.type is FieldType.DATE):
            continue  # T219
        strict = path[-1] if path[0] != "second" else ""  # 超过 100% of a share is never reached, 达到 100% is
        if mark.number > high + DUST or (strict == "above" and mark.number > high - DUST):
            expected = _BELOW if strict == "above" else _UP_TO
        elif mark.number < low - DUST or (strict == "below" and mark.number < low + DUST):
            expected = _ABOVE if strict == "below" else _FROM
        else:
            continue
        bound = Quantity(high if expected in {_BELOW, _UP_TO} else low, is_share, is_day=mark.is_day)
        yield Finding((*where, *path), Code.T209, {"expected": expected(name=asked.name, bound=bound), "found": mark})


_UP_TO = Words("不超过“{name}”的上限 {bound}", 'no more than "{name}" may be, {bound}')
_BELOW = Words(
    "小于“{name}”的上限 {bound}（界限本身不算）", 'less than "{name}" may be, {bound} (the line is left out)'
)
_FROM = Words("不低于“{name}”的下限 {bound}", 'no less than "{name}" may be, {bound}')
_ABOVE = Words(
    "大于“{name}”的下限 {bound}（界限本身不算）", 'more than "{name}" is at least, {bound} (the line is left out)'
)


def _alone(draft: Draft, value: Read | None) -> Field | None:
    """The declared field that is the whole value."""
    if value is None:
        return draft.derived_value
    return next((asked for _, asked in draft.fields if asked.code == value.expression.text), None)

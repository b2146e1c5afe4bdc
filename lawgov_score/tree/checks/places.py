"""Places at nodes: where units can have them, what the last may trigger; and a node's own words for scores."""

from collections.abc import Iterator, Mapping
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import is_behind, is_lower_end, line_of
from lawgov_score.measure.tolerance import DUST
from lawgov_score.rules.keys import points_of
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import Drafts
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import name_of
from lawgov_score.wording import Phrase, Words

_RANKED = Words("同时写 ranked，说明哪头是末尾", "ranked beside it, so that it is known which end is the last")
_ADD_RANKED = Words("加上 ranked: higher（得分高的在前）或 lower", "Add ranked: higher (a high score first) or lower")
_OUTSIDE = Words(
    "重复填报的窗口之外的节点：第几个窗口只是填报的先后", "a node outside repetitions: which window is which is chance"
)
_AT_GROUP = Words(
    "单位的名次写在重复填报的上级上；各份的名次写在它的 repeat 里（ranked，含 first、among）",
    "Write it at the repeated group itself for places of units; for places of entries in its repeat (ranked, with "
    "first and among)",
)
_SEVERAL = Words("本单位至少可填两份，才排得出名次", "two entries of a unit at least, to have places among themselves")
_AMONG_OTHERS = Words("改为 among: cohort 或 all，或放宽 at_most", "Use among: cohort or all, or allow more entries")
_OTHER_VETO = Words(
    "不改变节点得分的一票否决：名次在得分之后才有", "a veto that changes no node's score: places come after scores"
)
_ANOTHER = Words(
    "改用 bars、grade_at_most、fails、deduct 或 total_zero", "Use bars, grade_at_most, fails, deduct or total_zero"
)


def check_places(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """T260 and T261: all faults of this module."""
    zeroing = {str(veto.get("code")) for _, veto in items_of(document.data, "vetoes") if "node_zero" in veto}
    nodes = {where: draft.data for where, draft in drafts.groups.items() if where}
    nodes |= {where: draft.data for where, draft in drafts.indicators.items()}
    for where, data in nodes.items():
        yield from _bands(where, data)
        node = name_of(data)
        last = data.get("last")
        for key in ("ranked", "last"):
            if key in data and drafts.index.repeated(where) is not None:
                values = {"node": node, "expected": _OUTSIDE, "found": key, "cure": _AT_GROUP}
                yield Finding((*where, key), Code.T260, values, at_key=True)
        repeat = data.get("repeat")
        ranked = repeat.get("ranked") if isinstance(repeat, dict) else None
        if isinstance(repeat, dict) and isinstance(ranked, dict) and ranked["among"] == "unit" and _is_alone(repeat):
            values = {"node": node, "expected": _SEVERAL, "found": "among: unit", "cure": _AMONG_OTHERS}
            yield Finding((*where, "repeat", "ranked", "among"), Code.T260, values)
        if last is not None and "ranked" not in data:
            values = {"node": node, "expected": _RANKED, "found": "last", "cure": _ADD_RANKED}
            yield Finding((*where, "last"), Code.T260, values, at_key=True)
        if isinstance(last, dict) and last.get("veto") in zeroing:
            values = {"node": node, "expected": _OTHER_VETO, "found": str(last["veto"]), "cure": _ANOTHER}
            yield Finding((*where, "last", "veto"), Code.T260, values)


def _is_alone(repeat: Mapping[str, Any]) -> bool:
    """Is there one entry of a unit at most?"""
    names = repeat.get("names")
    return repeat.get("at_most") == 1 or (isinstance(names, list) and len(names) == 1)


def _bands(where: Where, data: dict[str, Any]) -> Iterator[Finding]:
    """T261: lines of both ends, out of order, or that no score reaches; a word that occurs twice."""
    node, points = name_of(data), data.get("points")
    before: tuple[str, float] | None = None
    words: dict[str, int] = {}
    for i, band in items_of(data, "bands"):
        first = words.setdefault(str(band.get("word")), i)
        if first != i:
            values = {"node": node, "expected": Words("各不相同的评语", "a word of its own"), "found": band["word"]}
            see_also = ((*where, "bands", first, "word"),)
            yield Finding((*where, "bands", i, "word"), Code.T261, values, see_also=see_also)
        key = line_of(band)
        if not isinstance(points, (int, float)) or not isinstance(band.get(key), (int, float, str)):
            continue
        line = points_of(band[key], float(points))
        expected = _wrong_line(key, line, float(points), before)
        if expected is not None:
            values = {"node": node, "expected": expected, "found": band[key]}
            yield Finding((*where, "bands", i, key), Code.T261, values)
        if before is None or is_lower_end(key) == is_lower_end(before[0]):
            before = key, line


def _wrong_line(key: str, line: float, points: float, before: tuple[str, float] | None) -> Phrase | None:
    """What a line of a band should be, where it is not; ``before``: key and line of the band before it."""
    if before is not None and is_lower_end(key) != is_lower_end(before[0]):
        one, strict = ("at_least", "above") if is_lower_end(before[0]) else ("at_most", "below")
        return _SAME_END(key=one, strict=strict)
    if is_lower_end(key) and line > points + DUST:
        return _UP_TO(points=points)
    if key == "above" and line >= points - DUST:
        return _UNDER(points=points)
    if before is not None and not is_behind(key, line, *before):
        return (_LOWER if is_lower_end(key) else _HIGHER)(above=before[1])
    return None


_SAME_END = Words("各档都写 {key} 或 {strict}", "{key} or {strict} in every band")
_UP_TO = Words("不超过分值 {points:points}", "at most its points, {points:points}")
_UNDER = Words("低于分值 {points:points}：得分超不过它", "less than its points, {points:points}: no score is above")
_LOWER = Words("低于上一档的 {above:points}", "below the {above:points} of the band before")
_HIGHER = Words("高于上一档的 {above:points}", "above the {above:points} of the band before")

"""Places at nodes: where units can have them, what the last may trigger; and a node's own words for scores."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import is_behind, is_lower_end, is_strict, line_of
from lawgov_score.measure.tolerance import DUST
from lawgov_score.rules.keys import points_of
from lawgov_score.tree.checks.ways import written_way
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import Drafts
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, name_of
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
        yield from _without_words(where, data, drafts)
        node = name_of(data)
        last = data.get("last")
        for key in ("ranked", "last"):
            if key in data and drafts.index.repeated(where) is not None:
                values = {"node": node, "expected": _OUTSIDE, "found": key, "cure": _AT_GROUP}
                yield Finding((*where, key), Code.T260, values, at_key=True)
        repeat = data.get("repeat")
        ranked = repeat.get("ranked") if isinstance(repeat, dict) else None
        if (
            isinstance(repeat, dict)
            and isinstance(ranked, dict)
            and ranked.get("among") == "unit"
            and _is_alone(repeat)
        ):
            values = {"node": node, "expected": _SEVERAL, "found": "among: unit", "cure": _AMONG_OTHERS}
            yield Finding((*where, "repeat", "ranked", "among"), Code.T260, values)
        if last is not None and "ranked" not in data and document.is_whole((*where, "ranked")):
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
            found = _OF_POINTS(printed=band[key], line=line) if isinstance(band[key], str) else band[key]
            values = {"node": node, "expected": expected, "found": found}
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
_UP_TO = Words("不超过分值 {points:points} 分", "at most its points, {points:points}")
_UNDER = Words("低于分值 {points:points} 分：得分超不过它", "less than its points, {points:points}: no score is above")
_LOWER = Words("低于上一档的 {above:points} 分", "below the {above:points} of the band before")
_HIGHER = Words("高于上一档的 {above:points} 分", "above the {above:points} of the band before")
_OF_POINTS = Words("{printed}，即 {line:points} 分", "{printed}, which is {line:points}")


# ---------------------------------------------------------------- scores without words


def _without_words(where: Where, data: dict[str, Any], drafts: Drafts) -> Iterator[Finding]:
    """T295: a last word from 0 where scores fall below 0, or words for scores lower than there can be."""
    points = data.get("points")
    bands = [(i, band, line_of(band)) for i, band in items_of(data, "bands")]
    if not drafts.has_points or not isinstance(points, (int, float)) or not bands:
        return
    if not all(isinstance(band.get(key), (int, float, str)) for _, band, key in bands):
        return
    if len({is_lower_end(key) for _, _, key in bands}) > 1:  # T261
        return
    lowest = _lowest(drafts.index.by_where[where], drafts, frozenset())
    if lowest is None:
        return
    lines = [(key, points_of(band[key], float(points))) for _, band, key in bands]
    i, last, key = bands[-1]
    if is_lower_end(key) and lowest < lines[-1][1] - DUST and -DUST <= lines[-1][1] <= DUST:
        shown = "-∞" if math.isinf(lowest) else lowest
        values = {"why": _NO_WORD(node=name_of(data)), "expected": _DOWN_TO(lowest=shown)}
        yield Finding((*where, "bands", i, key), Code.T295, {**values, "found": last[key], "cure": _ONE_MORE()})
    for at, (i, band, key) in enumerate(bands):
        if _is_of_nobody(lines, at, lowest):
            values = {
                "why": _NOBODY(node=name_of(data), word=str(band.get("word"))),
                "expected": _WITHIN(lowest=lowest),
                "found": band[key],
                "cure": (_TAKE_OUT if is_lower_end(key) else _TAKE_OUT_BELOW)(),
            }
            yield Finding((*where, "bands", i, key), Code.T295, values)


def _is_of_nobody(lines: Sequence[tuple[str, float]], at: int, lowest: float) -> bool:
    """Is there no score, from the lowest up, that gets the word ``at``? ``lines``: key and line of each word."""
    key, line = lines[at]
    if not is_lower_end(key):
        return line < lowest - DUST or (is_strict(key) and line <= lowest + DUST)
    if at == 0 or not is_behind(key, line, *lines[at - 1]):  # T261
        return False
    before, above = lines[at - 1]
    return above < lowest - DUST if is_strict(before) else above <= lowest + DUST


def _lowest(node: Entry, drafts: Drafts, above: frozenset[Where]) -> float | None:
    """The lowest score that a node can come to, 0 or less; None where that is not known."""
    ends = _ends(node, drafts, above)
    return None if ends is None else ends[0]


def _ends(node: Entry, drafts: Drafts, above: frozenset[Where]) -> tuple[float, float] | None:
    """The lowest score, 0 or less, and the highest, 0 or more."""
    draft, points = drafts.indicators.get(node.where), node.data.get("points")
    if draft is not None:
        rules = [one for one in (draft.rule, draft.small_rule) if one is not None]
        if not rules or not isinstance(points, (int, float)):
            return None
        return min(0.0, *(one.bounds[0] for one in rules)), max(0.0, points, *(one.bounds[1] for one in rules))
    group = drafts.groups[node.where]
    if node.where in above or "repeat" in node.data or group.value is not None:
        return None
    members = [one for one in drafts.index.members(node.where, node.data) if one.counts]
    inner = [_ends(one.node, drafts, above | {node.where}) for one in members]
    if group.rule is not None:
        low, high = min(0.0, group.rule.bounds[0]), max(0.0, group.rule.bounds[1])
    elif written_way(node.data) == "sum" and "out_of" not in node.data and None not in inner:
        signed = [
            (ends[0], ends[1]) if one.weight != -1 else (-ends[1], -ends[0])
            for one, ends in zip(members, inner, strict=True)
            if ends is not None
        ]
        low, high = math.fsum(one for one, _ in signed), math.fsum(one for _, one in signed)
    else:
        return None
    floor, cap = (node.data.get(key) for key in ("floor", "cap"))
    low = max(low, min(floor, 0.0)) if isinstance(floor, (int, float)) else low
    return low, min(high, max(cap, 0.0)) if isinstance(cap, (int, float)) else high


_NO_WORD = Words("“{node}”的得分可能低于 0，那时没有评语", 'Scores at "{node}" may fall below 0, and then have no word')
_DOWN_TO = Words("末一档不高于可能的最低分 {lowest}", "a last line no higher than the lowest score, {lowest}")
_ONE_MORE = Words(
    "末一档写得更低，或再加一档；本项不该为负的，写 floor: 0",
    "Write the last line lower, or one more; where scores are not to be negative, floor: 0",
)
_NOBODY = Words("“{node}”评不到“{word}”", 'No score at "{node}" is rated "{word}"')
_WITHIN = Words("可能的最低分是 {lowest:points} 分", "lines down to the lowest score, {lowest:points}")
_TAKE_OUT = Words("删去这一档，或改上一档的下限", "Remove it, or raise the line of the band before")
_TAKE_OUT_BELOW = Words("删去这一档，或改它的上限", "Remove it, or raise its line")

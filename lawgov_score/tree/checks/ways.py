"""Meaning of ways of aggregation: weights fit the way, its parameters agree, a table has every row."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import is_behind, line_of
from lawgov_score.tree.checks.nodes import plain, way_of_children
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Drafts, GroupDraft
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Entry, Member, given_by, name_of, repetitions, used_in
from lawgov_score.wording import Phrase, Words

_OWN_KEYS: Mapping[str, frozenset[str]] = {  # keys that a way needs or may have beside `way`
    "geometric_mean": frozenset({"shift"}),
    "weakest_link": frozenset({"plus"}),
    "lookup": frozenset({"table"}),
    "expression": frozenset({"value"}),
}
_WEIGHTED = frozenset({"weighted_mean", "geometric_mean", "harmonic_mean"})
SCALED = _WEIGHTED | {"mean", "min", "max"}  # ways that scale children to the parent's points first
_NOT_REPEATED = frozenset({"sum", "weighted_mean", "expression", "none"})


def check_ways(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    for where, draft in drafts.groups.items():
        way = written_way(draft.data)
        if not document.is_whole((*where, "aggregate")):
            continue
        yield from _parameters(draft, way, drafts)
        yield from _table(document, draft, way, drafts)
        if _is_known(document, drafts, where, draft.data):
            members = drafts.index.members(where, draft.data)
            yield from _twice(members, draft)
            if drafts.has_points:
                yield from _weights(members, draft)
                yield from _percentages(members, draft, drafts)
    for node in drafts.index.nodes:
        yield from _class(node.where, node.data, drafts)
        for i, use in used_in(node.data):
            yield from _class((*node.where, "uses", i), use, drafts)


def written_way(data: Mapping[str, Any]) -> str:
    """The way of a node as it is written."""
    way = data.get("aggregate", "mean" if "repeat" in data else "sum")
    return str(way.get("way")) if isinstance(way, dict) else str(way)


def _is_known(document: Document, drafts: Drafts, where: Where, data: Mapping[str, Any]) -> bool:
    members = drafts.index.members(where, data)
    if any(member.where in document.gaps for member in members):
        return False
    return all(document.is_whole((*member.where, "weight")) for member in members)


def _class(where: Where, data: Mapping[str, Any], drafts: Drafts) -> Iterator[Finding]:
    """T232 for a weight class that is not defined."""
    printed = data.get("weight")
    classes = drafts.index.classes
    if isinstance(printed, str) and not printed.endswith("%") and printed not in classes:
        yield Finding((*where, "weight"), Code.T232, {"found": printed, "cure": nearest(printed, classes)})


def _parameters(draft: GroupDraft, way: str, drafts: Drafts) -> Iterator[Finding]:
    """T226: keys of other ways, `none` below the root, sums of repetitions, `out_of` for parts already scaled."""
    where, given = (*draft.where, "aggregate"), draft.data.get("aggregate")
    name = name_of(draft.data)
    if isinstance(given, dict):
        for key in given:
            if key != "way" and key not in _OWN_KEYS.get(way, ()):
                expected = Words("{way} 不写 {key}", "no {key} with {way}")(way=way, key=key)
                yield Finding((*where, key), Code.T226, {"node": name, "expected": expected, "found": key}, at_key=True)
    if way == "none":
        below_root = Words("none 只用于整个指标体系", "none for the whole tree only")
        no_total = Words("不写 out_of 和 rule：没有总分", "neither out_of nor rule: there is no total")
        if draft.where:
            yield Finding(where, Code.T226, {"node": name, "expected": below_root, "found": "none"})
        for key in ("out_of", "rule"):
            if not draft.where and key in draft.data:
                yield Finding((key,), Code.T226, {"node": name, "expected": no_total, "found": key}, at_key=True)
    elif "repeat" in draft.data and way in _NOT_REPEATED and "aggregate" in draft.data:
        expected = Words(
            "mean、min、max 等：几次填报合成一个", "mean, min, max or the like: several repetitions become one"
        )()
        yield Finding(where, Code.T226, {"node": name, "expected": expected, "found": way})
    elif way in SCALED and "repeat" not in draft.data and "out_of" in draft.data:
        expected = Words(
            "不写 out_of：{way} 先把下级换成本项的分值", "no out_of: {way} puts children on this node's scale by itself"
        )(way=way)
        values = {"node": name, "expected": expected, "found": "out_of"}
        yield Finding((*draft.where, "out_of"), Code.T226, values, at_key=True)
    if draft.value is not None and not draft.value.expression.nodes:
        expected = Words('用到节点的得分，如 score("C1")', 'the score of a node, as in score("C1")')()
        values = {"node": name, "expected": expected, "found": draft.value.expression.text}
        yield Finding(draft.value.where, Code.T226, values)


def _table(document: Document, draft: GroupDraft, way: str, drafts: Drafts) -> Iterator[Finding]:
    """T226: rows must fall within each number of children and be reachable. T213: no score above the points. T227."""
    given = draft.data.get("aggregate")
    if way != "lookup" or not isinstance(given, dict) or not document.is_whole((*draft.where, "repeat")):
        return
    where: Where = (*draft.where, "aggregate", "table")
    rows, name, points = given["table"], name_of(draft.data), draft.data.get("out_of", draft.data.get("points"))
    above: dict[int, tuple[int, str, float]] = {}
    members = [member for member in drafts.index.members(draft.where, draft.data) if member.counts]
    most = len(repetitions(draft.data)) if "repeat" in draft.data else len(members)
    for i, row in enumerate(rows):
        number, key = int(row["children"]), line_of(row)
        line = row[key]
        if number in above and not is_behind(key, line, *above[number][1:]):
            lower = Words("低于上一行的 {above}（同为 {n} 个下级）", "below {above}, the row above for {n} children")
            values = {"node": name, "expected": lower(above=above[number][2], n=number), "found": line}
            other = (*where, *above[number][:2])
            yield Finding((*where, i, key), Code.T226, values, see_also=(other,))
        above[number] = (i, key, line)
        if number > most:
            expected = Words("至多 {n} 个下级", "at most {n} children")(n=most)
            yield Finding((*where, i, "children"), Code.T226, {"node": name, "expected": expected, "found": number})
        if drafts.has_points and isinstance(points, (int, float)) and row["score"] > points:
            yield Finding((*where, i, "score"), Code.T213, {"found": row["score"], "points": points})
    fewest = 1 if "repeat" in draft.data else max(1, sum(not _may_drop(m.node, draft, drafts) for m in members))
    if not _is_known(document, drafts, draft.where, draft.data):
        return
    for number in range(fewest, most + 1):
        if number not in above:
            known_rows = Words("有 {numbers:list} 个下级的行", "rows for {numbers:list}")
            listed = tuple(str(known) for known in sorted(above))
            values = {"node": name, "n": number, "fewest": fewest, "most": most, "found": known_rows(numbers=listed)}
            yield Finding(where, Code.T227, values, at_key=True)
            return


def _may_drop(node: Entry, draft: GroupDraft, drafts: Drafts) -> bool:
    """May the node, for some unit to which the group applies, have no score that counts?"""
    policies = drafts.index.data.get("policies")
    missing = draft.data.get("missing", policies.get("missing") if isinstance(policies, dict) else None)
    if missing == "exclude" or drafts.index.types(node) != drafts.index.unit_types:
        return True
    if node.is_group:
        below = [member for member in drafts.index.members(node.where, node.data) if member.counts]
        return all(_may_drop(member.node, draft, drafts) for member in below if member.node.where != node.where)
    rule = node.data.get("rule")
    options = rule.get("options", ()) if isinstance(rule, dict) else ()
    counted_as = {option.get("counts_as") for option in options if isinstance(option, dict)}
    return (
        (isinstance(node.data.get("applies_to"), list) and _leaves_by(node, "type"))
        or (node.data.get("may_not_apply") is True and _leaves_by(node, "claim"))
        or any(node.data.get(key) == "not_applicable" for key in ("on_zero", "no_previous"))
        or "missing" in counted_as
        or ("not_applicable" in counted_as and _leaves_by(node, "option"))
    )


def _leaves_by(node: Entry, why: str) -> bool:
    """Does a node leave units to which it does not apply by ``why``? A mean that may be of nobody is no score."""
    given = given_by(node.data, why)
    return given is None or (given == "cohort_mean" and node.data.get("no_mean") in {None, "not_applicable"})


def _twice(members: tuple[Member, ...], draft: GroupDraft) -> Iterator[Finding]:
    """T226 for a node that counts twice at the same place."""
    first: dict[Where, Member] = {}
    for member in members:
        other = first.setdefault(member.node.where, member)
        if other is not member:
            expected = Words("每个节点只计一次", "each node once")
            values = {"node": name_of(draft.data), "expected": expected, "found": member.node.name}
            yield Finding(member.where, Code.T226, values, see_also=(other.where,))


def _weights(members: tuple[Member, ...], draft: GroupDraft) -> Iterator[Finding]:
    """T224: faults of weights."""
    way = way_of_children(draft.data)
    if way == "none" or not members:
        return
    given = [member for member in members if member.weight is not None]
    needs_all = way == "weighted_mean" or (way in _WEIGHTED and bool(given))
    for member in members:
        values: dict[str, object] = {"node": member.node.name, "way": way}
        at = member.where if isinstance(member.printed, type(None)) else (*member.where, "weight")
        if member.weight is None:
            if needs_all and member.printed is None:
                expected = Words("各下级都有 weight", "a weight at every child")
                spot = at if member.is_use else (*at, "code")
                yield Finding(spot, Code.T224, {**values, "expected": expected, "found": _NO_WEIGHT})
        elif way in _WEIGHTED:
            if member.weight < 0:
                expected = Words("不小于 0", "0 or more")
                yield Finding(at, Code.T224, {**values, "expected": expected, "found": member.printed})
        elif member.weight not in _PLAIN.get(way, (0, 1)):
            yield Finding(at, Code.T224, {**values, "expected": _plain_weights(way), "found": member.printed})
    nothing = [member for member in members if not member.counts]
    if len(nothing) == len(members):
        spot = (*draft.where, "aggregate") if "aggregate" in draft.data else (*draft.where, "code")
        values = {"node": name_of(draft.data), "way": way, "expected": _SOME, "found": _ALL_ZERO}
        yield Finding(spot, Code.T224, values, see_also=tuple((*m.where, "weight") for m in members))
    printed = [m for m in given if m.weight and way in _WEIGHTED]
    shares = [m for m in printed if isinstance(m.printed, str) and m.printed.endswith("%")]
    if shares and len(shares) < len(printed):
        odd = next(member for member in printed if member not in shares)
        expected = Words("都写百分数，或都写数", "all percentages, or all numbers")
        values = {"node": odd.node.name, "way": way, "expected": expected, "found": odd.printed}
        yield Finding((*odd.where, "weight"), Code.T224, values, see_also=((*shares[0].where, "weight"),))


_PLAIN: Mapping[str, tuple[int, ...]] = {"sum": (0, 1, -1)}
_NO_WEIGHT = Words("没有权重", "no weight")
_SOME = Words("至少一个下级计分", "at least one child that counts")
_ALL_ZERO = Words("权重全为 0", "weights of 0 only")


def _plain_weights(way: str) -> Phrase:
    if way == "sum":
        return Words("1、-1（扣分项）或 0（只列出）", "1, -1 (taken off) or 0 (shown only)")()
    return Words("1 或 0（只列出）", "1 or 0 (shown only)")()


def _percentages(members: tuple[Member, ...], draft: GroupDraft, drafts: Drafts) -> Iterator[Finding]:
    """T229: percentages must add up to 100%, if all of the nodes apply to the same units."""
    printed = [str(member.printed) for member in members if member.counts]
    if way_of_children(draft.data) not in _WEIGHTED or len({drafts.index.types(member.node) for member in members}) > 1:
        return
    if printed and all(text.endswith("%") for text in printed):
        total = sum((Decimal(text[:-1]) for text in printed), Decimal(0))
        if total != 100:
            spot = (*draft.where, "aggregate")
            sum_text = " + ".join(printed) + f" = {plain(total)}%"
            places = tuple((*member.where, "weight") for member in members if member.counts)
            yield Finding(spot, Code.T229, {"node": name_of(draft.data), "found": sum_text}, see_also=places)

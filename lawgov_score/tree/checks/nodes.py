"""Meaning of nodes: points add up, codes are unique and nested, depths fit the levels."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.tree.document import Document, Where, apart, items_of
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.members import Entry, Index, Member, knows_codes, name_of, used_in
from lawgov_score.wording import Words

_BY_SUM = Words(
    "本项即按 {scale:points} 分计，不折算到 {points} 分，总分满分随之变动",
    "it then counts as {scale:points}, not converted to {points}, and what totals are out of changes with it",
)
_BY_SUM_ALONE = Words(
    "本项即按 {scale:points} 分计，不折算到 {points} 分",
    "it then counts as {scale:points}, not converted to {points}",
)
_EACH = Words(
    "每份按 {scale:points} 分计，不折算到 {points} 分",
    "each entry then counts as {scale:points}, not converted to {points}",
)
_TOTAL_BY_SUM = Words(
    "总分满分即为 {scale:points} 分，不折算到 {points} 分",
    "totals are then out of {scale:points}, not converted to {points}",
)
_CONVERTED = Words(
    "总分仍按“得分 ÷ 适用分 × {points}”折算到 {points} 分",
    "totals are still converted to {points}: score ÷ applicable points × {points}",
)


def check_nodes(document: Document, index: Index) -> Iterator[Finding]:
    """All faults of this module."""
    nodes = index.nodes
    yield from _codes(document, nodes)
    yield from _sums(document, index)
    yield from _depths(document, nodes)
    yield from _strange_codes(nodes)


def _strange_codes(nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """T214, only if most indicators follow the convention: codes as the scheme prints them (1 … 20) need not."""
    below = [(node, str((node.parent or {}).get("code") or "")) for node in nodes if not node.is_group and node.code]
    strange = [(node, parent) for node, parent in below if parent and not node.code.startswith(parent)]
    followed = sum(1 for _, parent in below if parent) - len(strange)
    if followed > len(strange):
        for node, parent in strange:
            values = {"found": node.code, "parent": parent}
            yield Finding((*node.where, "code"), Code.T214, values, see_also=((*node.where[:-2], "code"),))


def _codes(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    wheres: list[Where] = [("code",), *((*node.where, "code") for node in nodes)]
    codes = [document.data.get("code"), *(node.data.get("code") for node in nodes)]
    yield from repeated_codes(document, wheres, codes)


def repeated_codes(document: Document, wheres: list[Where], codes: list[Any]) -> Iterator[Finding]:
    """T201 for every code that occurs a second time in the same list, with both places."""
    first: dict[str, Where] = {}
    for where, code in zip(wheres, codes, strict=True):
        if not isinstance(code, str):
            continue
        if code in first:
            line = apart(document.spots[first[code]], document.spots[where])[0].line
            yield Finding(where, Code.T201, {"found": code, "line": line}, unlike=first[code])
        else:
            first[code] = where


def _sums(document: Document, index: Index) -> Iterator[Finding]:
    in_total = _in_total(index)
    if document.data.get("parallel") is True:
        yield from _parallel(document, index)
    else:
        yield from _sum(document, index, (), document.data, in_total)
    for node in index.nodes:
        if node.is_group:
            yield from _sum(document, index, node.where, node.data, in_total)


def way_of_children(data: Mapping[str, Any]) -> str:
    """The way in which a node's children are aggregated; those of each repetition are added up."""
    way = data.get("aggregate", "sum")
    name = way.get("way") if isinstance(way, dict) else way
    return "sum" if "repeat" in data else str(name)


def _sum(
    document: Document, index: Index, where: Where, data: dict[str, Any], in_total: frozenset[Where]
) -> Iterator[Finding]:
    """T202, T217: parts must add up to the printed points, if only addition leads from one to the other."""
    at = (*where, "out_of" if "out_of" in data else "points")
    is_changed = "rule" in data and "out_of" not in data  # the rule turns the sum into other points
    if way_of_children(data) != "sum" or is_changed or not _is_whole(document, index, where, data):
        return
    counted = [member for member in index.members(where, data) if _is_added(member)]
    if not where:
        code, then = Code.T217, _TOTAL_BY_SUM
    elif "repeat" in data:
        code, then = Code.T202, _EACH
    else:
        code, then = Code.T202, _BY_SUM if where in in_total else _BY_SUM_ALONE
    yield from _compared(document, index, at, counted, code, {"node": name_of(data)}, then)


def _adds_up(data: Mapping[str, Any]) -> bool:
    """Is a node, or the tree, worth what its parts are worth together?"""
    return "repeat" not in data and "rule" not in data and way_of_children(data) == "sum"


def _in_total(index: Index) -> frozenset[Where]:
    """The nodes whose points are part of what totals are out of: nothing but addition leads up from them."""
    found: set[Where] = set()
    holders: list[tuple[Where, Mapping[str, Any]]] = [((), index.data)]
    while holders:
        where, data = holders.pop()
        if not _adds_up(data):
            continue
        for member in index.members(where, data):
            if _is_added(member) and member.node.where not in found:
                found.add(member.node.where)
                holders.append((member.node.where, member.node.data))
    return frozenset(found)


def _worth(document: Document, index: Index, node: Entry, above: frozenset[Where] = frozenset()) -> Decimal:
    """What a node counts as where nothing is converted: a sum the points of its parts, not those printed for it."""
    own, data = (*node.where, "points"), node.data
    points = _typed(document, own)
    if (
        not node.is_group
        or not _adds_up(data)
        or node.where in above
        or not _is_whole(document, index, node.where, data)
    ):
        return points
    added = [member.node for member in index.members(node.where, data) if _is_added(member)]
    if not all(_is_number(each.data.get("points")) for each in added):
        return points
    total = sum((_worth(document, index, each, above | {node.where}) for each in added), Decimal(0))
    return total * points / _typed(document, (*node.where, "out_of")) if data.get("out_of") else total


def _is_whole(document: Document, index: Index, where: Where, data: dict[str, Any]) -> bool:
    """Are all parts of a node known, with weights that fit addition?"""
    key = "children" if where else "nodes"
    if (*where, key) in document.gaps or len(items_of(data, key)) != len(data.get(key, ())):
        return False
    members = index.members(where, data)
    used = {member.where for member in members if member.is_use}
    return (
        bool(members)
        and all((*where, "uses", i) in used for i, _ in used_in(data))
        and all(member.printed is None or member.weight in {1, 0, -1} for member in members)
    )


def _is_added(member: Member) -> bool:
    """Do its points belong to the sum: no bonus, no deduction, not only shown?"""
    return member.weight in {None, 1} and member.node.data.get("bonus") is not True


def _parallel(document: Document, index: Index) -> Iterator[Finding]:
    """T237: for each unit type, the applicable nodes must add up to the tree's points."""
    if way_of_children(document.data) != "sum" or not _is_whole(document, index, (), document.data):
        return
    added = [member for member in index.members((), document.data) if _is_added(member)]
    types = {member.where: index.types(member.node) for member in added}
    policies, at = document.data.get("policies"), ("out_of" if "out_of" in document.data else "points",)
    is_as_it_is = (
        isinstance(policies, dict) and policies.get("not_applicable") == "none" and "rule" not in document.data
    )
    then = _TOTAL_BY_SUM if is_as_it_is else _CONVERTED
    for i, kind in items_of(document.data, "unit_types"):
        if kind.get("code") in index.unit_types and (document.types is None or kind["code"] in document.types):
            own = [member for member in added if kind["code"] in types[member.where]]
            values: dict[str, object] = {"type": str(kind.get("name", kind["code"]))}
            for finding in _compared(document, index, at, own, Code.T237, values, then):
                yield replace(finding, where=("unit_types", i, "code"), see_also=(finding.where, *finding.see_also))


def _compared(
    document: Document,
    index: Index,
    at: Where,
    members: list[Member],
    code: Code,
    values: dict[str, object],
    then: Words,
) -> Iterator[Finding]:
    """Compares points in decimal, as typed, so that 0.1 + 0.2 is 0.3. ``then``: what becomes of it where it stands.

    That is said with the points that parts count as, which are others than those printed where they contradict, too.
    """
    places = tuple((*member.node.where, "points") for member in members)
    if not all(_is_number(member.node.data.get("points")) for member in members) or at not in document.spots:
        return
    if not _is_number(_value_at(document.data, at)):
        return
    worth, parts = _typed(document, at), tuple(_typed(document, place) for place in places)
    if sum(parts) != worth:
        found = plain(Decimal(sum(parts)))
        if len(parts) > 1:
            found = " + ".join(plain(part) for part in parts) + " = " + found
        own = (*at[:-1], "points")
        printed = (
            _typed(document, own) if own in document.spots and _is_number(_value_at(document.data, own)) else worth
        )
        counted = sum((_worth(document, index, member.node) for member in members), Decimal(0))
        scale = then(scale=float(counted * printed / worth) if worth else 0.0, points=plain(printed))
        yield Finding(at, code, {**values, "points": plain(worth), "found": found, "scale": scale}, see_also=places)


def _value_at(data: Any, where: Where) -> Any:
    for step in where:
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _typed(document: Document, where: Where) -> Decimal:
    return Decimal(document.spots[where].typed)


def plain(number: Decimal) -> str:
    """The number as a scheme prints it: 4.50 is 4.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _depths(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    levels = document.data.get("levels")
    if not isinstance(levels, list) or not document.is_whole(("levels",)):
        return
    last = len(levels)
    for node in nodes:
        # Nodes below a group at the last level are too deep as well, but the group is the fault. A group that only uses
        # nodes printed elsewhere has no depth below it, and may be at any level. An indicator may be at a higher level:
        # parts of one scheme need not have the same levels.
        if "children" in node.data and node.depth == last:
            actual = Words("第 {depth} 层的分组", "a group at depth {depth}")(depth=last)
            expected = _GROUPS_ABOVE(n=last - 1, last=last, name=levels[-1])
            yield Finding(_spot_of(node), Code.T211, {"node": node.name, "found": actual, "expected": expected})
    deepest = max((node.depth for node in nodes if not node.is_group), default=last)
    if deepest < last and knows_codes(document, nodes):
        actual = Words("指标最深在第 {depth} 层", "no indicator below depth {depth}")(depth=deepest)
        values = {"node": levels[-1], "found": actual, "expected": _SOME_AT_LAST(last=last, name=levels[-1])}
        yield Finding(("levels", last - 1), Code.T211, values)


_GROUPS_ABOVE = Words(
    "分组只在前 {n} 层，第 {last} 层（{name}）是指标",
    "groups at the first {n} levels, indicators at level {last} ({name})",
)
_SOME_AT_LAST = Words("第 {last} 层（{name}）至少有一项指标", "an indicator at level {last} ({name}) at least")


def _spot_of(node: Entry) -> Where:
    return (*node.where, "code") if "code" in node.data else node.where

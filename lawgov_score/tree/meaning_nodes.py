"""What no schema can say of nodes: points add up, codes are unique and nested, depths fit the levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding
from lawgov_score.wording import Phrase, Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One node's data, where it stands, how deep (1 for the top level), and its parent's data (None: the tree)."""

    where: Where
    data: dict[str, Any]
    depth: int
    parent: dict[str, Any] | None

    @property
    def is_group(self) -> bool:
        """Has it children, be they right or wrong?"""
        return "children" in self.data

    @property
    def name(self) -> str:
        """Code and title, as problems call it."""
        return " ".join(str(self.data[key]) for key in ("code", "title") if isinstance(self.data.get(key), str))


def entries(data: Any) -> tuple[Entry, ...]:
    """Every node, each parent before its children, as printed."""
    return tuple(_entries(data, "nodes", (), None, 1))


def _entries(data: Any, key: str, where: Where, parent: dict[str, Any] | None, depth: int) -> Iterator[Entry]:
    for i, node in items_of(data, key):
        here = (*where, key, i)
        yield Entry(here, node, depth, parent)
        yield from _entries(node, "children", here, node, depth + 1)


def check_nodes(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """All faults of this kind."""
    yield from _codes(document, nodes)
    yield from _sums(document, nodes)
    yield from _depths(document, nodes)
    for node in nodes:
        code, parent = node.data.get("code"), (node.parent or {}).get("code")
        if not node.is_group and isinstance(code, str) and isinstance(parent, str) and not code.startswith(parent):
            yield Finding((*node.where, "code"), Code.T214, {"found": code, "parent": parent})


def _codes(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    wheres: list[Where] = [("code",), *((*node.where, "code") for node in nodes)]
    codes = [document.data.get("code"), *(node.data.get("code") for node in nodes)]
    yield from repeated_codes(document, wheres, codes)


def repeated_codes(document: Document, wheres: list[Where], codes: list[Any]) -> Iterator[Finding]:
    """T201 for every code that was used before in the same list, with both places."""
    first: dict[str, Where] = {}
    for where, code in zip(wheres, codes, strict=True):
        if not isinstance(code, str):
            continue
        if code in first:
            line = document.spots[first[code]].value.line
            yield Finding(where, Code.T201, {"found": code, "line": line}, see_also=(first[code],))
        else:
            first[code] = where


def _sums(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    yield from _sum(document, (), document.data, "nodes", "")
    for node in nodes:
        if node.is_group:
            yield from _sum(document, node.where, node.data, "children", node.name)


def _sum(document: Document, where: Where, data: dict[str, Any], key: str, name: str) -> Iterator[Finding]:
    """Compares as typed, in decimal: 0.1 + 0.2 is 0.3."""
    children = items_of(data, key)
    at = (*where, "points")
    places = tuple((*where, key, i, "points") for i, _ in children)
    is_known = all(_is_number(child.get("points")) for _, child in children) and (*where, key) not in document.gaps
    if not children or not is_known or not _is_number(data.get("points")) or len(children) != len(data[key]):
        return
    worth, parts = _typed(document, at), tuple(_typed(document, place) for place in places)
    if sum(parts) != worth:
        values = {
            "node": name,
            "points": _plain(worth),
            "found": _plain(Decimal(sum(parts))),
        }
        if len(parts) > 1:
            values["found"] = " + ".join(_plain(part) for part in parts) + " = " + values["found"]
        yield Finding(at, Code.T202 if where else Code.T217, values, see_also=places)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _typed(document: Document, where: Where) -> Decimal:
    return Decimal(document.spots[where].typed)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _depths(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    levels = document.data.get("levels")
    if not isinstance(levels, list) or not document.is_whole(("levels",)):
        return
    last = len(levels)
    for node in nodes:
        # What hangs below a group at the last level is too deep as well, but the group is what is wrong.
        if node.depth == last if node.is_group else node.depth < last:
            yield Finding(_spot_of(node), Code.T211, {"node": node.name, **_depth_words(node, levels)})


def _spot_of(node: Entry) -> Where:
    return (*node.where, "code") if "code" in node.data else node.where


def _depth_words(node: Entry, levels: list[str]) -> dict[str, Phrase]:
    last = len(levels)
    place = Words("第 {depth} 层的{what}", "{what} at depth {depth}")
    group, indicator = Words("分组", "a group"), Words("指标", "an indicator")
    found = place(depth=node.depth, what=group if node.is_group else indicator)
    if node.is_group:
        expected = Words(
            "分组只在前 {n} 层，第 {last} 层（{name}）是指标",
            "groups at the first {n} level(s), indicators at level {last} ({name})",
        )
        return {"found": found, "expected": expected(n=last - 1, last=last, name=levels[-1])}
    expected = Words("指标在第 {last} 层（{name}）", "indicators at level {last} ({name})")
    return {"found": found, "expected": expected(last=last, name=levels[-1])}

"""References between nodes: named nodes must exist, must be referable, and must not form a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.draft import Drafts, Read
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Index, knows_codes, name_of, used_in
from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to a node: its code, its place, and the position in the scalar if it is in an expression."""

    code: str
    where: Where
    within: int | None = None
    length: int = 1


def check_links(document: Document, drafts: Drafts) -> Iterator[Finding]:
    """All faults of this module."""
    index = drafts.index
    links = {where: list(_links(drafts, where)) for where in (*drafts.groups, *drafts.indicators)}
    if knows_codes(document, index.nodes):
        for link in (*(link for each in links.values() for link in each), *_of_policies(document.data)):
            yield from _unknown(link, index)
    for where, draft in drafts.groups.items():
        yield from draft.findings
        yield from _ranges(index, where, draft.data)
        if draft.value is not None:
            yield from _nodes_only(draft.value, index)
    yield from _circles(drafts, links)


def _links(drafts: Drafts, where: Where) -> Iterator[Link]:
    """The references of the node at ``where``: nodes it uses, and nodes whose score it asks for."""
    reads: tuple[Read, ...] = ()
    if where in drafts.indicators:
        reads = drafts.indicators[where].expressions
    else:
        group = drafts.groups[where]
        reads = (group.value,) if group.value is not None else ()
        for i, use in used_in(group.data):
            for key in ("code", "from", "to"):
                if isinstance(use.get(key), str):
                    is_plain = isinstance(group.data["uses"][i], str)
                    here: Where = (*where, "uses", i)
                    yield Link(use[key], here if is_plain else (*here, key))
    for read in reads:
        for code in read.expression.nodes:
            name = f'score("{code}")'
            yield Link(code, read.where, read.column(name), len(name))


def _of_policies(data: Any) -> Iterator[Link]:
    policies = data.get("policies")
    grade = policies.get("grade") if isinstance(policies, dict) else None
    if isinstance(grade, dict) and isinstance(grade.get("of"), str):
        yield Link(grade["of"], ("policies", "grade", "of"))
    rank = policies.get("rank") if isinstance(policies, dict) else None
    breakers = rank.get("tie_breakers") if isinstance(rank, dict) else None
    for i, code in enumerate(breakers if isinstance(breakers, list) else ()):
        if isinstance(code, str):
            yield Link(code, ("policies", "rank", "tie_breakers", i))
    for i, veto in items_of(data, "vetoes"):
        if isinstance(veto.get("node_zero"), str):
            yield Link(veto["node_zero"], ("vetoes", i, "node_zero"))


def _unknown(link: Link, index: Index) -> Iterator[Finding]:
    """T223 for a code that no node has; T230 for a code that stands for several nodes."""
    target = index.by_code.get(link.code)
    if target is None:
        values = {"found": link.code, "cure": nearest(link.code, index.by_code)}
        yield Finding(link.where, Code.T223, values, within=link.within, length=link.length)
    elif (group := index.repeated_apart(link.where, target)) is not None:
        values = {"found": link.code, "group": group.code}
        yield Finding(link.where, Code.T230, values, within=link.within, length=link.length, see_also=(group.where,))


def _ranges(index: Index, where: Where, data: Mapping[str, Any]) -> Iterator[Finding]:
    """T226 for a range whose ends exist but do not form a range."""
    for i, use in used_in(data):
        first, last = str(use.get("from")), str(use.get("to"))
        if first in index.by_code and last in index.by_code and not index.between(first, last):
            expected = Words(
                "同一层级上、印在前面的到印在后面的", "two nodes of one depth, the first one printed first"
            )
            values = {"node": name_of(data), "expected": expected, "found": f"{first} … {last}"}
            yield Finding((*where, "uses", i, "from"), Code.T226, values)


def _nodes_only(read: Read, index: Index) -> Iterator[Finding]:
    """T205: expressions over nodes have no fields, no last edition and no cohort."""
    scores = {f'score("{code}")' for code in read.expression.nodes}
    for name in read.expression.names:
        if name not in scores:
            cure = Words('节点的得分写 score("编码")', 'The score of a node is score("code")')
            if name in index.by_code:
                cure = Words('写 score("{name}")', 'Write score("{name}")')
            values = {"found": name, "cure": cure(name=name), "meant": ""}
            yield Finding(read.where, Code.T205, values, within=read.column(name), length=len(name))


@dataclass(frozen=True, slots=True)
class _Edge:
    """``target`` contributes to a node; ``link`` None: as its child."""

    target: str
    link: Link | None


def _circles(drafts: Drafts, links: Mapping[Where, list[Link]]) -> Iterator[Finding]:
    """T225, at the reference that closes a circle."""
    edges: dict[str, list[_Edge]] = {}
    index = drafts.index
    for node in index.nodes:
        if index.by_code.get(node.code) is not node:
            continue
        own = [_Edge(str(child.get("code")), None) for _, child in items_of(node.data, "children")]
        own += [_Edge(link.code, link) for link in links[node.where] if link.where[-1] not in {"from", "to"}]
        for _, use in used_in(node.data):
            inner = index.between(str(use.get("from")), str(use.get("to")))
            at = next(
                (link for link in links[node.where] if link.where[-1:] == ("from",) and link.code == use.get("from")),
                None,
            )
            own += [_Edge(each.code, at) for each in inner]
        edges[node.code] = own
    done: set[str] = set()
    for start in edges:
        if start not in done:
            yield from _circles_from(start, edges, done)


def _circles_from(start: str, edges: Mapping[str, list[_Edge]], done: set[str]) -> Iterator[Finding]:
    """Follows every path from ``start``; not recursively, since a chain may be as long as the tree has nodes."""
    path, taken = [start], [iter(edges[start])]
    via: list[_Edge] = [_Edge(start, None)]
    on_path = {start}
    while path:
        edge = next(taken[-1], None)
        if edge is None:
            taken.pop()
            via.pop()
            on_path.remove(path[-1])
            done.add(path.pop())
        elif edge.target in on_path:
            begin = path.index(edge.target)
            named = [each.link for each in (*via[begin + 1 :], edge) if each.link is not None]
            if named:
                at = named[-1]
                cycle = " → ".join((*path[begin:], edge.target))
                others = tuple(link.where for link in named[:-1])
                values = {"cycle": cycle, "found": at.code}
                yield Finding(at.where, Code.T225, values, within=at.within, length=at.length, see_also=others)
        elif edge.target in edges and edge.target not in done:
            path.append(edge.target)
            taken.append(iter(edges[edge.target]))
            via.append(edge)
            on_path.add(edge.target)

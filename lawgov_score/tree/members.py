"""Members: the nodes that count at a node, that is its children and its uses, each with its weight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.wording import Quantity

LEAVES = "leaves"  # `when_not_applicable:`: the indicator leaves the unit, which happens where nothing is said


@dataclass(frozen=True, slots=True)
class Entry:
    """One node's data, its path, its depth (1 for the top level), and its parent's data (None: the tree)."""

    where: Where
    data: dict[str, Any]
    depth: int
    parent: dict[str, Any] | None

    @property
    def is_group(self) -> bool:
        """Does it have children or uses, valid or not?"""
        return "children" in self.data or "uses" in self.data

    @property
    def code(self) -> str:
        """Its code; '' if it has no readable one."""
        code = self.data.get("code")
        return code if isinstance(code, str) else ""

    @property
    def name(self) -> str:
        """Code and title, as problems quote it."""
        return name_of(self.data)


def name_of(data: Mapping[str, Any]) -> str:
    """Code and title of a node or of the tree, as problems quote it."""
    return " ".join(str(data[key]) for key in ("code", "title") if isinstance(data.get(key), str))


def entries(data: Any) -> tuple[Entry, ...]:
    """Every node, each parent before its children, as printed."""
    return tuple(_entries(data, "nodes", (), None, 1))


def _entries(data: Any, key: str, where: Where, parent: dict[str, Any] | None, depth: int) -> Iterator[Entry]:
    for i, node in items_of(data, key):
        here = (*where, key, i)
        yield Entry(here, node, depth, parent)
        yield from _entries(node, "children", here, node, depth + 1)


def repetitions(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The titles of the repetitions of a repeated group: named one by one, or numbered."""
    repeat = data["repeat"]
    if "names" in repeat:
        return tuple(repeat["names"])
    return tuple(f"{repeat['name']}{number}" for number in range(1, int(repeat["at_most"]) + 1))


def knows_codes(document: Document, nodes: tuple[Entry, ...]) -> bool:
    """Could every node and its code be read? Only then can a code be called unknown."""
    lists = {"nodes", "children"}
    is_lost = any(gap and (gap[-1] in lists or (len(gap) > 1 and gap[-2] in lists)) for gap in document.gaps)
    return not is_lost and all(node.code for node in nodes)


@dataclass(frozen=True, slots=True)
class Member:
    """A node that counts at another: the path where that is written, the node, and its weight there.

    ``weight`` is a number; None if none is given, or its class is unknown. ``printed``: the weight as written.
    """

    where: Where
    node: Entry
    weight: float | None
    printed: str | float | None
    is_use: bool

    @property
    def counts(self) -> bool:
        """Does it count, rather than being only shown?"""
        return self.weight != 0


@dataclass(frozen=True)
class Index:
    """Index of the nodes of a tree; ``data`` is the whole tree's."""

    data: Any
    nodes: tuple[Entry, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        """Nodes by code; of several with the same code the first."""
        return {node.code: node for node in reversed(self.nodes) if node.code}

    @cached_property
    def by_where(self) -> Mapping[Where, Entry]:
        """Nodes by path."""
        return {node.where: node for node in self.nodes}

    @cached_property
    def classes(self) -> Mapping[str, float]:
        """Weights of the readable weight classes, by code."""
        return {
            item["code"]: float(item["weight"])
            for _, item in items_of(self.data, "weight_classes")
            if isinstance(item.get("code"), str) and isinstance(item.get("weight"), (int, float))
        }

    def weight_of(self, printed: object) -> float | None:
        """A weight as a number: given as a number, as a percentage, or by its class."""
        match printed:
            case bool():
                return None
            case int() | float():
                return float(printed)
            case str() if printed.endswith("%"):
                return Quantity.parse(printed).number
            case str():
                return self.classes.get(printed)
        return None

    def above(self, where: Where) -> Iterator[Entry]:
        """The groups above a node, the nearest first."""
        while len(where) > 2:
            where = where[:-2]
            yield self.by_where[where]

    def repeated(self, where: Where) -> Entry | None:
        """The repeated group above a node, the highest one; None if there is none."""
        return next((node for node in reversed([*self.above(where)]) if "repeat" in node.data), None)

    def repeated_apart(self, where: Where, target: Entry) -> Entry | None:
        """The repeated group above ``target``, unless the node at ``where`` is repeated along with it."""
        group = self.repeated(target.where)
        if group is None or where[: len(group.where)] != group.where:
            return group
        # What is written at the repeated group itself is written once, for all its repetitions.
        return None if where[len(group.where) : len(group.where) + 1] == ("children",) else group

    def types(self, node: Entry) -> frozenset[str]:
        """Codes of the unit types for which a node counts; for a group, those of anything below it.

        It applies to them, or gives them something though it does not (`when_not_applicable:`).
        """
        own = self._narrowed(node)
        leaves = [leaf for leaf in self.nodes if not leaf.is_group and leaf.where[: len(node.where)] == node.where]
        if not node.is_group or not leaves:
            return own
        return frozenset().union(*(self._narrowed(leaf) for leaf in leaves))

    def reads_rule(self, node: Entry) -> frozenset[str]:
        """Codes of the unit types for which the node's rule is read, entire areas included.

        An indicator's is not where it does not apply, though it may give something there (`when_not_applicable:`).
        """
        whole = {
            str(item["code"]) for _, item in items_of(self.data, "unit_types") if "code" in item and item.get("whole")
        }
        return (self.types(node) if node.is_group else self._applies(node)) | whole

    def is_read(self, where: Where, types: frozenset[str] | None) -> bool:
        """Is the rule of the node at ``where`` read for any of these types? None: of all.

        What stands there for others decides nothing: 0 points, say, where it does not apply. A rule that no type reads
        is judged for all.
        """
        readers = self.reads_rule(self.by_where[where]) if where else frozenset[str]()
        return types is None or not readers or bool(readers & types)

    def leaves_types(self, node: Entry) -> bool:
        """Does the node's own `applies_to` leave out unit types that the groups above it have?"""
        listed = node.data.get("applies_to")
        above = next(self.above(node.where), None)
        known = self.unit_types if above is None else self._narrowed(above)
        return isinstance(listed, list) and bool(known - {code for code in listed if isinstance(code, str)})

    def _narrowed(self, node: Entry) -> frozenset[str]:
        return self._listed(() if given_by(node.data, "type") else (node,), node)

    def _applies(self, node: Entry) -> frozenset[str]:
        return self._listed((node,), node)

    def _listed(self, own: tuple[Entry, ...], node: Entry) -> frozenset[str]:
        """The types that ``own`` and all groups above the node list."""
        codes = self.unit_types
        for each in (*own, *self.above(node.where)):
            listed = each.data.get("applies_to")
            if isinstance(listed, list):
                codes &= {code for code in listed if isinstance(code, str)}
        return codes

    @cached_property
    def unit_types(self) -> frozenset[str]:
        """Codes of the unit types, without entire areas, to which everything applies."""
        types = items_of(self.data, "unit_types")
        return frozenset(
            item["code"] for _, item in types if isinstance(item.get("code"), str) and not item.get("whole")
        )

    def between(self, first: str, last: str) -> tuple[Entry, ...]:
        """All nodes of one depth from ``first`` to ``last`` in printed order; empty if they do not form a range."""
        start, end = self.by_code.get(first), self.by_code.get(last)
        if start is None or end is None or start.depth != end.depth:
            return ()
        level = [node for node in self.nodes if node.depth == start.depth]
        return tuple(level[level.index(start) : level.index(end) + 1])

    def members(self, where: Where, data: Mapping[str, Any]) -> tuple[Member, ...]:
        """The members of the node at ``where`` (``()``: the tree): children, then uses; unknown codes are left out."""
        return (*self._children(where, data), *self._uses(where, data))

    def _children(self, where: Where, data: Mapping[str, Any]) -> Iterator[Member]:
        key = "children" if where else "nodes"
        for i, child in items_of(data, key):
            printed = child.get("weight")
            here = (*where, key, i)
            yield Member(here, self.by_where[here], self.weight_of(printed), printed, is_use=False)

    def _uses(self, where: Where, data: Mapping[str, Any]) -> Iterator[Member]:
        for i, use in used_in(data):
            here = (*where, "uses", i)
            printed = use.get("weight")
            if "from" in use or "to" in use:
                nodes = self.between(str(use.get("from")), str(use.get("to")))
            else:
                nodes = tuple(node for node in (self.by_code.get(str(use.get("code"))),) if node is not None)
            for node in nodes:
                yield Member(here, node, self.weight_of(printed), printed, is_use=True)


def given_by(data: Mapping[str, Any], why: str) -> str | float | None:
    """What a node gives units to which it does not apply by ``why`` (type, claim, option); None: it leaves them."""
    written = data.get("when_not_applicable")
    given = written.get(why) if isinstance(written, dict) else written
    return None if given == LEAVES or not isinstance(given, (str, int, float)) else given


def used_in(data: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries of ``uses:`` with their positions; a bare code becomes ``{code: …}``."""
    uses = data.get("uses")
    for i, use in enumerate(uses if isinstance(uses, list) else ()):
        if isinstance(use, str):
            yield i, {"code": use}
        elif isinstance(use, dict):
            yield i, use

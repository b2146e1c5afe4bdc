"""Which node of the new tree is which of the old one: by code; of the rest, which look as if they were renumbered.

A node is known by its key: its code, or for what stands in a repeated group the code that the tree writes. Of
repetitions only the first is looked at: the others are the same.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from lawgov_score.likeness import meant
from lawgov_score.model import Group, Indicator, Node, Tree

Key = TypeVar("Key", bound=Hashable)
ROOT = ""  # the key of the tree itself


def key_of(node: Node) -> str:
    """The code of a node as the tree writes it."""
    return node.copy_of or node.code


@dataclass(frozen=True)
class Shown:
    """The nodes of a tree as printed, by key."""

    tree: Tree

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node by its key, each parent before its children."""
        return {key_of(node): node for node in self.tree.shown_once}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """The key of each node's parent."""
        return {key: self._parent(node) for key, node in self.nodes.items()}

    def _parent(self, node: Node) -> str:
        code = self.tree.parents[node.code]
        return ROOT if code == self.tree.code else key_of(self.tree.by_code[code])

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the children of each node, and of the tree."""
        found: dict[str, list[str]] = {ROOT: [], **{key: [] for key in self.nodes}}
        for key, parent in self.parents.items():
            found[parent].append(key)
        return {key: tuple(each) for key, each in found.items()}


@dataclass(frozen=True)
class Pairs:
    """The nodes of two trees side by side."""

    old: Shown
    new: Shown

    @cached_property
    def both(self) -> frozenset[str]:
        """Keys in both trees, of a group here and there, or of an indicator."""
        old, new = self.old.nodes, self.new.nodes
        return frozenset(key for key in old.keys() & new.keys() if type(old[key]) is type(new[key]))

    @cached_property
    def renumbered(self) -> Mapping[str, str]:
        """Key in the old tree -> key in the new one of nodes that look the same and have another code.

        The same title, or the same questions under a title that is nearly the same; only where no second node looks
        like it.
        """
        gone = {key: node for key, node in self.old.nodes.items() if key not in self.both}
        came = {key: node for key, node in self.new.nodes.items() if key not in self.both and key not in gone}
        gone = {key: node for key, node in gone.items() if key not in self.new.nodes}
        found: dict[str, str] = {}
        for look in (_title_and_questions, _title, _questions):
            left = _by_look(look, gone, found)
            right = _by_look(look, came, found.values())
            for seen, keys in left.items():
                others = right.get(seen, [])
                if len(keys) == len(others) == 1 and _has_title_of(gone[keys[0]], came[others[0]]):
                    found[keys[0]] = others[0]
        return found

    @cached_property
    def reused(self) -> Mapping[str, str]:
        """Codes under which another item seems to stand now: neither the title nor any question is the same.

        With each the code of the new tree's only node that has taken the old title over; '' where there is none. A new
        title alone is no other item: where nothing is asked on either side there is nothing else to tell by.
        """
        titles: dict[str, list[str]] = {}
        for key, node in self.new.nodes.items():
            if key not in self.both or self.old.nodes[key].title != node.title:
                titles.setdefault(node.title, []).append(key)
        found = {}
        for key, old in self.old.nodes.items():
            if key not in self.both or _has_title_of(old, new := self.new.nodes[key]):
                continue
            elsewhere = titles.get(old.title, [])
            is_other = isinstance(old, Indicator) and isinstance(new, Indicator) and _asks_something_else(old, new)
            if is_other or len(elsewhere) == 1:
                found[key] = elsewhere[0] if len(elsewhere) == 1 else ""
        return found

    @cached_property
    def given_away(self) -> frozenset[str]:
        """The codes of indicators under which another item seems to stand: nobody's answers are about it."""
        return frozenset(key for key in self.reused if isinstance(self.new.nodes[key], Indicator))

    @cached_property
    def to_new(self) -> Mapping[str, str]:
        """Key in the old tree -> key in the new one, where there is one; the root is the root."""
        return {ROOT: ROOT, **{key: key for key in self.both}, **self.renumbered}

    @cached_property
    def to_old(self) -> Mapping[str, str]:
        """Key in the new tree -> key in the old one."""
        return {new: old for old, new in self.to_new.items()}

    @cached_property
    def added(self) -> tuple[str, ...]:
        """Keys of the new tree that the old one has nothing for."""
        return tuple(key for key in self.new.nodes if key not in self.to_old)

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """Keys of the old tree that the new one has nothing for."""
        return tuple(key for key in self.old.nodes if key not in self.to_new)

    def is_moved(self, key: str) -> bool:
        """Does a node that is in both trees (``key`` in the new one) stand below another one?"""
        above = self.old.parents[self.to_old[key]]
        return self.to_new.get(above) != self.new.parents[key]

    def staying(self, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The children that a node has in both trees, in the order of the old and of the new, as keys of the new."""
        old = self.to_old.get(key)
        before = () if old is None else tuple(self.to_new.get(one, ROOT) for one in self.old.children[old])
        now = self.new.children.get(key, ())
        stay = set(before) & set(now)
        return tuple(one for one in before if one in stay), tuple(one for one in now if one in stay)

    @cached_property
    def in_order(self) -> tuple[tuple[bool, str], ...]:
        """Everything in printed order, as (is it of the new tree?, key): what went stands where it stood."""
        old = [(key in self.to_new, self.to_new.get(key, key)) for key in self.old.nodes]
        new = [(True, key) for key in self.new.nodes]
        return tuple(merged(new, old, {*old, *new}))


def merged(first: Sequence[Key], second: Sequence[Key], kept: Container[Key]) -> list[Key]:
    """Those ``kept`` of two sequences: in the order of the first, what only the second has behind what it follows."""
    found = [key for key in first if key in kept]
    known, before = set(found), None
    for key in second:
        if key in kept and key not in known:
            at = 0 if before is None else found.index(before) + 1
            found.insert(at, key)
            known.add(key)
        if key in known:
            before = key
    return found


def _by_look(
    look: Callable[[Node], object], nodes: Mapping[str, Node], taken: Iterable[str]
) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    done = set(taken)
    for key, node in nodes.items():
        if key not in done and (seen := look(node)) is not None:
            found.setdefault(seen, []).append(key)
    return found


def _has_title_of(old: Node, new: Node) -> bool:
    return old.title == new.title or (bool(meant(old.title, [new.title])) and bool(meant(new.title, [old.title])))


def _title_and_questions(node: Node) -> object:
    return type(node), node.title, _asked(node)


def _title(node: Node) -> object:
    return type(node), node.title


def _questions(node: Node) -> object:
    asked = _asked(node)
    return (type(node), asked) if asked else None


def _asks_something_else(old: Indicator, new: Indicator) -> bool:
    """Is there anything to answer, and nothing of it the same? Shared figures tell where there is no own question."""
    was, now = {*_asked(old)}, {*_asked(new)}
    if not was or not now:
        was, now = ({*_answered(each)} for each in (old, new))
    return bool(was | now) and not was & now


def _answered(node: Indicator) -> Iterator[tuple[str, str]]:
    """Every question that an indicator reads; of one that reviewers mark, that they do."""
    yield from ((one.code, one.name) for one in node.fields)
    if node.is_judged:
        yield "", "judged"


def _asked(node: Node) -> tuple[tuple[str, str], ...]:
    if isinstance(node, Group):
        fields = node.shared.fields if node.shared is not None else ()
    else:
        assert isinstance(node, Indicator)
        fields = node.own_fields
    return tuple((one.code, one.name) for one in fields)

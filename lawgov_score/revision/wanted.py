"""What a table asks to be changed in a tree; and whether a new tree is the old one plus exactly that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Indicator, Node, Tree
from lawgov_score.problems import CellPlace
from lawgov_score.revision.change import Change, Id
from lawgov_score.revision.pairs import ROOT, Shown, key_of

Value = str | tuple[str, ...] | float | Mapping[str, float]  # points by type: by the codes of the types

# The kind of change that each key of the tree is; what else a table says is not taken back.
KINDS: Mapping[str, Id] = {
    "title": Id.TITLE,
    "points": Id.POINTS,
    "lead": Id.LEAD,
    "assist": Id.ASSIST,
    "evidence": Id.EVIDENCE,
    "note": Id.NOTE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Another value under ``key`` of a node; ``place``: the cell that asks for it."""

    code: str
    key: str
    value: Value
    place: CellPlace


@dataclass(frozen=True, slots=True)
class NewNode:
    """A node that a row, or the cell of a group, adds. ``standard``: what the row says about how to score it."""

    code: str
    title: str
    points: Value
    place: CellPlace
    is_group: bool = False
    lead: tuple[str, ...] = ()
    assist: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str = ""
    standard: str = ""


@dataclass(frozen=True)
class Wanted:
    """All that a table asks for.

    ``children``: the codes below each node (``ROOT``: the tree) where they become others, in their new order; below new
    groups too. ``places``: the cell of each node of the table, by code.
    """

    wishes: tuple[Wish, ...] = ()
    new: Mapping[str, NewNode] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, CellPlace] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Does the table ask for nothing that the tree does not say?"""
        return not (self.wishes or self.children)

    def names(self, old: Tree) -> frozenset[str]:
        """The names of the changes that there have to be, no more and no less."""
        return frozenset(self._names(Shown(old)))

    def _names(self, old: Shown) -> Iterator[str]:
        yield from (_name(KINDS[one.key], one.code, one.key) for one in self.wishes)
        for kind, codes in ((Id.ADDED, self.new), (Id.REMOVED, self.removed), (Id.MOVED, self.moved)):
            yield from (_name(kind, code, "") for code in codes)
        for parent, now in self.children.items():
            was = old.children.get(parent, ())
            if [one for one in was if one in now] != [one for one in now if one in was]:
                yield _name(Id.ORDER, parent if parent != ROOT else old.tree.code, "children")


def not_as_wanted(changes: Iterable[Change], wanted: Wanted, old: Tree, new: Tree) -> Iterator[str]:
    """The names of changes that nobody asked for, and of those that were asked for and did not come about.

    What looks renumbered is something removed and something added.
    """
    expected = wanted.names(old)
    found: set[str] = set()
    for one in changes:
        if one.id is Id.RENUMBERED:
            found |= {_name(Id.REMOVED, one.former, ""), _name(Id.ADDED, one.code, "")}
        else:
            found.add(one.name)
    yield from sorted(expected ^ found)
    nodes = Shown(new).nodes
    for wish in wanted.wishes:
        name = _name(KINDS[wish.key], wish.code, wish.key)
        if name in found and not _says(new, nodes[wish.code], wish):
            yield name


def _name(kind: Id, code: str, key: str) -> str:
    return f"{kind}:{code}:{key}"


def _says(tree: Tree, node: Node, wish: Wish) -> bool:
    """Does the node say what was asked for?"""
    if wish.key == "points":
        if isinstance(wish.value, float):
            own = tree.points_of(node.code)
            return len(own) == 1 and is_same(own[0][1], wish.value)
        assert isinstance(wish.value, Mapping)
        return all(is_same(tree.of_type(kind).by_code[node.code].points, to) for kind, to in wish.value.items())
    if wish.key in {"title", "note"}:
        return str(getattr(node, wish.key)).strip() == wish.value
    return isinstance(node, Indicator) and getattr(node, wish.key) == wish.value


__all__ = ["KINDS", "ROOT", "NewNode", "Value", "Wanted", "Wish", "key_of", "not_as_wanted"]

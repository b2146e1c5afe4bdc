"""Which changes can only be made together: a value and the field it reads, a group and what was put into it.

Changes are joined where one of them alone would make a tree that cannot be scored, or that nobody would write.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lawgov_score.expression import Expression
from lawgov_score.model import Group, Indicator, Node, Tree, Veto
from lawgov_score.revision.change import Change, Id
from lawgov_score.revision.compare import Comparison
from lawgov_score.revision.mixed import reads
from lawgov_score.revision.pairs import ROOT, Shown

Ref = tuple[str, ...]  # what a part of a tree names: ("node", code), ("field", code of what asks it, code), …

_COPY = "@"
_STRUCTURE = frozenset({Id.ADDED, Id.REMOVED, Id.MOVED, Id.RENUMBERED})
_ASKS = frozenset({Id.FIELD_ADDED, Id.FIELD_REMOVED, Id.FIELD_TYPE})
_LISTS = {"vetoes": "veto", "unit_types": "type", "cohorts": "cohort", "grades": "grade"}


@dataclass(frozen=True)
class Ties:
    """The changes of a comparison, joined where they cannot be parted."""

    comparison: Comparison

    @cached_property
    def components(self) -> tuple[tuple[Change, ...], ...]:
        """The changes in groups that cannot be parted, each in the order of the changes; groups by their first one."""
        above: dict[str, str] = {one.name: one.name for one in self.comparison.changes}

        def top(name: str) -> str:
            while above[name] != name:
                above[name] = above[above[name]]
                name = above[name]
            return name

        for one, other in self._pairs():
            if one in above and other in above:
                above[top(other)] = top(one)
        found: dict[str, list[Change]] = {}
        for change in self.comparison.changes:
            found.setdefault(top(change.name), []).append(change)
        return tuple(tuple(each) for each in found.values())

    @cached_property
    def _at(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes at each code."""
        found: dict[str, list[Change]] = {}
        for change in self.comparison.changes:
            found.setdefault(change.code, []).append(change)
        return {code: tuple(each) for code, each in found.items()}

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for code, changes in self._at.items():
            yield from _of_one_node(changes, is_other=code in self.comparison.pairs.given_away)
        yield from self._of_structure()
        yield from self._of_ways()
        yield from self._of_repetitions()
        yield from self._of_grades()
        yield from self._of_names()

    # ---------------------------------------------------------------- what stands where

    def _structural(self, code: str, *, is_new: bool) -> str:
        """The change by which a node came (``is_new``) or went; '' if it was and is there."""
        pairs = self.comparison.pairs
        if is_new:
            if code in pairs.added:
                return f"{Id.ADDED}:{code}:"
            return f"{Id.RENUMBERED}:{code}:" if pairs.to_old.get(code, code) != code else ""
        if code in pairs.removed:
            return f"{Id.REMOVED}:{code}:"
        now = pairs.renumbered.get(code)
        return "" if now is None else f"{Id.RENUMBERED}:{now}:"

    def _of_structure(self) -> Iterator[tuple[str, str]]:
        pairs = self.comparison.pairs
        for change in self.comparison.changes:
            if change.id not in _STRUCTURE:
                continue
            was, now = change.former or change.code, change.code
            if change.id is not Id.ADDED and was in pairs.old.nodes:
                for above in _ancestors(pairs.old, was):
                    yield change.name, self._structural(above, is_new=False)
                    if change.id is Id.MOVED:
                        yield change.name, f"{Id.MOVED}:{pairs.to_new.get(above, above)}:"
            if change.id is not Id.REMOVED and now in pairs.new.nodes:
                for above in _ancestors(pairs.new, now):
                    yield change.name, self._structural(above, is_new=True)
                    if change.id is Id.MOVED:
                        yield change.name, f"{Id.MOVED}:{above}:"
            if change.id is Id.ADDED:  # a group that is an indicator now, under the same code
                yield change.name, f"{Id.REMOVED}:{change.code}:"
        for key in (ROOT, *pairs.both):
            old = pairs.old.children.get(pairs.to_old.get(key, key), ())
            new = pairs.new.children.get(key, ())
            if (old or new) and not pairs.staying(key)[0]:  # all of it is replaced: never leave the group empty
                yield from _all(self._comings_and_goings(key))

    def _comings_and_goings(self, key: str) -> Iterator[str]:
        """The changes by which children of a node came, went or moved."""
        pairs = self.comparison.pairs
        for child in pairs.old.children.get(pairs.to_old.get(key, key), ()):
            yield self._structural(child, is_new=False)
            yield f"{Id.MOVED}:{pairs.to_new.get(child, child)}:"
        for child in pairs.new.children.get(key, ()):
            yield self._structural(child, is_new=True)
            yield f"{Id.MOVED}:{child}:"

    def _of_ways(self) -> Iterator[tuple[str, str]]:
        """A way of aggregation goes with the weights of what it combines, and with how many these are."""
        pairs = self.comparison.pairs
        for change in self.comparison.changes:
            if change.id is Id.AGGREGATION and change.key in {"aggregate", "uses"}:
                key = ROOT if change.code == self.comparison.new.code else change.code
                children = (*pairs.new.children.get(key, ()), *pairs.old.children.get(key, ()))
                yield from ((change.name, f"{Id.AGGREGATION}:{child}:weight") for child in children)
                yield from ((change.name, other) for other in self._comings_and_goings(key))
                yield from ((change.name, f"{Id.AGGREGATION}:{change.code}:{key}") for key in ("aggregate", "uses"))
        parallel = f"{Id.AGGREGATION}:{self.comparison.new.code}:parallel"
        tops = {*pairs.old.children[ROOT], *pairs.new.children[ROOT]}
        for change in self.comparison.changes:
            if change.code in tops or (change.code == self.comparison.new.code and change.id is Id.AGGREGATION):
                yield parallel, change.name

    def _of_repetitions(self) -> Iterator[tuple[str, str]]:
        """A group that is repeated otherwise comes as a whole."""
        pairs = self.comparison.pairs
        for change in self.comparison.changes:
            if change.key != "repeat" or change.id is not Id.AGGREGATION:
                continue
            inside = {change.code, *_below(pairs.old, change.code), *_below(pairs.new, change.code)}
            for code in inside:
                yield from ((change.name, other.name) for other in self._at.get(code, ()))
                for name in (self._structural(code, is_new=False), self._structural(code, is_new=True)):
                    yield change.name, name

    def _of_grades(self) -> Iterator[tuple[str, str]]:
        """The lines of the grades are one decision."""
        grades = [one.name for one in self.comparison.changes if one.id is Id.GRADE and one.key.startswith("grades")]
        yield from _all(grades)
        trees = (self.comparison.old, self.comparison.new)
        vetoes = [one.name for one in self.comparison.changes if one.key.startswith("vetoes[")]
        if len({each.grades[-1].name if each.grades else "" for each in trees}) > 1:
            yield from _all([*grades, *vetoes])  # a veto that fails the year names the last grade
        turned = [each.grades[0].is_up_to if each.grades else None for each in trees]
        if grades and turned[0] != turned[1]:
            code = self.comparison.new.code
            others = (f"{Id.POLICY}:{code}:policies.rank.better", f"{Id.ADJUSTMENT}:{code}:register")
            yield from ((grades[0], other) for other in others)
            yield from ((grades[0], veto) for veto in vetoes)

    # ---------------------------------------------------------------- what names what

    @cached_property
    def _came(self) -> Mapping[Ref, str]:
        return dict(self._introduced(is_new=True))

    @cached_property
    def _went(self) -> Mapping[Ref, str]:
        return dict(self._introduced(is_new=False))

    def _introduced(self, *, is_new: bool) -> Iterator[tuple[Ref, str]]:
        """What the changes bring, or take away, that others may name."""
        here, other = (Id.ADDED, Id.FIELD_ADDED) if is_new else (Id.REMOVED, Id.FIELD_REMOVED)
        root = self.comparison.new.code
        shown = self.comparison.pairs.new if is_new else self.comparison.pairs.old
        for change in self.comparison.changes:
            if change.key == "repeat":  # what is repeated cannot be named from outside
                yield from ((("node", code), change.name) for code in _below(shown, change.code))
            is_entry = (change.old if is_new else change.new) is None
            if change.id in {here, Id.RENUMBERED}:
                yield ("node", change.code if is_new else change.former or change.code), change.name
            elif change.id is other:
                yield ("field", ROOT if change.code == root else change.code, change.key.split(".")[1]), change.name
            elif is_entry and change.key.endswith("]"):
                listed, _, entry = change.key.removesuffix("]").partition("[")
                yield (_LISTS.get(listed, listed), entry), change.name

    def _of_names(self) -> Iterator[tuple[str, str]]:
        pairs, old, new = self.comparison.pairs, self.comparison.old, self.comparison.new
        for change in self.comparison.changes:
            code = change.former or change.code
            if change.id is not Id.ADDED:
                before = pairs.old.nodes.get(code) if self._is_of_node(change) else None
                yield from ((change.name, name) for name in self._named(change, old, before, self._went))
            if change.id is not Id.REMOVED:
                now = pairs.new.nodes.get(change.code) if self._is_of_node(change) else None
                yield from ((change.name, name) for name in self._named(change, new, now, self._came))
        for key in pairs.both:
            yield from self._asked_elsewhere(pairs.old.nodes[key], pairs.new.nodes[key])

    def _is_of_node(self, change: Change) -> bool:
        return change.code != self.comparison.new.code and "[" not in change.key

    def _named(self, change: Change, tree: Tree, node: Node | None, known: Mapping[Ref, str]) -> Iterator[str]:
        """Changes that bring, or take away, what this one names on one side."""
        for ref in _refs(change, tree, node):
            if ref in known:
                yield known[ref]
            elif ref[0] == "field" and ("node", ref[1]) in known:
                yield known["node", ref[1]]

    def _asked_elsewhere(self, old: Node, new: Node) -> Iterator[tuple[str, str]]:
        """A shared figure that is asked by another group now, though the indicator that reads it says the same."""
        if not isinstance(old, Indicator) or not isinstance(new, Indicator):
            return
        was, now = ({one.code: one.asked_at for one in each.shared_fields} for each in (old, new))
        names = []
        for code in was.keys() | now.keys():
            here, there = (
                self._holder(was.get(code), self.comparison.old),
                self._holder(now.get(code), self.comparison.new),
            )
            if here != there:
                for holder, known in ((here, self._went), (there, self._came)):
                    if holder is not None:
                        names += [known[ref] for ref in (("field", holder, code), ("node", holder)) if ref in known]
        if names:
            mine = [one.name for one in self._at.get(new.copy_of or new.code, ()) if reads(one.id, one.key)]
            yield from _all([*names, *mine])

    @staticmethod
    def _holder(asked_at: str | None, tree: Tree) -> str | None:
        if asked_at is None:
            return None
        return ROOT if asked_at == tree.code else _plain(asked_at)


def _of_one_node(changes: Iterable[Change], *, is_other: bool) -> Iterator[tuple[str, str]]:
    """What of one node goes together: what is asked, what it comes to, what that is worth.

    ``is_other``: another item has the code now; of that nothing comes without the rest, its title and its points least.
    """
    of_node = [one for one in changes if "[" not in one.key]
    if is_other:
        yield from _all(one.name for one in of_node)
    reading = [one.name for one in of_node if reads(one.id, one.key)]
    core = [one.name for one in of_node if one.id in {Id.RULE, Id.PARAMETER, Id.ON_ZERO}]
    asks = [one.name for one in of_node if one.id in _ASKS and one.key.startswith("fields.")]
    yield from _all(reading if asks and len(reading) > len(asks) else core)
    applies = [one.name for one in of_node if one.key in {"applies_to", "when_not_applicable"}]
    yield from _all(applies)
    yield from _all([one.name for one in of_node if one.key in {"ranked", "last"}])


def _refs(change: Change, tree: Tree, node: Node | None) -> Iterator[Ref]:
    """What a change names, on the side of ``tree``; ``node``: the node it is at, where it is at one."""
    if node is not None:
        if change.id in _STRUCTURE:
            yield from _refs_of(tree, node)
        elif reads(change.id, change.key) or change.id in {Id.AGGREGATION, Id.VETO}:
            yield from (ref for ref in _refs_of(tree, node) if ref[0] != "type")
        elif change.id is Id.APPLIES_TO and isinstance(node, Indicator):
            yield from (("type", code) for code in node.applies_to)
        return
    if change.key == "policies.rank.tie_breakers":
        yield from (("node", code) for code in tree.policies.tie_breakers)
    elif change.key == "policies.grade.of" and tree.policies.grade_by:
        yield "node", tree.policies.grade_by
    elif change.key.startswith("vetoes["):
        veto = next((one for one in tree.vetoes if one.code == change.code), None)
        yield from _of_veto(veto)
    elif change.key.startswith("grades["):
        yield from (("cohort", code) for grade in tree.grades for code in grade.lines)
    elif change.key.startswith("cohorts["):
        yield from (("type", code) for one in tree.cohorts if one.code == change.code for code in one.unit_types)
    elif change.key in {"uses", "aggregate", "checks"}:
        yield from (("node", use.code) for use in tree.uses)
        yield from _of_expressions([tree.aggregation.expression, *_checks(tree)], {})


def _of_veto(veto: Veto | None) -> Iterator[Ref]:
    if veto is not None:
        if veto.node_zero:
            yield "node", veto.node_zero
        yield from (("grade", name) for name in (veto.grade_at_most, *veto.bars) if name)


def _checks(holder: Tree | Group) -> list[Expression]:
    return [] if holder.shared is None else [one.holds for one in holder.shared.checks]


def _refs_of(tree: Tree, node: Node) -> Iterator[Ref]:
    """Everything that a node names."""
    if node.last is not None:
        yield "veto", node.last.veto
    if isinstance(node, Group):
        yield from (("node", _plain(use.code)) for use in node.uses)
        keys = {} if node.shared is None else {one.code: one.asked_at for one in node.shared.above}
        yield from _of_expressions([node.aggregation.expression, *_checks(node)], _holders(tree, keys))
        return
    yield from (("type", code) for code in node.applies_to)
    yield from (("veto", one.veto) for one in node.vetoes)
    for one in node.shared_fields:
        yield "field", *_holders(tree, {one.code: one.asked_at}).values(), one.code
    yield from _of_expressions([*node.expressions, *(one.holds for one in node.checks)], {})


def _holders(tree: Tree, asked: Mapping[str, str]) -> Mapping[str, str]:
    return {code: ROOT if at == tree.code else _plain(at) for code, at in asked.items()}


def _of_expressions(expressions: Iterable[Expression | None], shared: Mapping[str, str]) -> Iterator[Ref]:
    for one in expressions:
        if one is not None:
            yield from (("node", _plain(code)) for code in one.nodes)
            for key in one.answers:
                code, _, field = key.rpartition(".")
                yield "field", _plain(code), field
            yield from (("field", shared[code], code) for code in one.fields if code in shared)


def _plain(code: str) -> str:
    return code.partition(_COPY)[0]


def _all(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    first, *rest = [name for name in names if name] or [""]
    yield from ((first, name) for name in rest)


def _ancestors(shown: Shown, key: str) -> Iterator[str]:
    above = shown.parents[key]
    while above != ROOT:
        yield above
        above = shown.parents[above]


def _below(shown: Shown, key: str) -> Iterator[str]:
    for child in shown.children.get(key, ()):
        yield child
        yield from _below(shown, child)

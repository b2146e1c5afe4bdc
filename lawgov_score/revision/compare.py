"""The changes from one tree to another: everything of the model that differs, node by node."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from lawgov_score.model import Among, Group, Indicator, Node, Shared, Tree, Veto, Written
from lawgov_score.model.canonical import canonical
from lawgov_score.problems import TextPlace
from lawgov_score.revision import parts
from lawgov_score.revision.change import AFFECTS, Affects, Change, Said, gravest
from lawgov_score.revision.pairs import ROOT, Pairs, Shown, merged
from lawgov_score.revision.parts import BY_TYPE, Entries, OfField, Part
from lawgov_score.revision.sameness import Faces, RuleChange, bands_at, is_same, is_same_small, rule_change
from lawgov_score.rules.keys import Better
from lawgov_score.wording import Words

Holder = TypeVar("Holder")

_WITH_CODE = Words("{code} {node}", "{code} {node}")
_LAST_GRADE = "*"  # in place of the name of the last grade, which a veto that fails the year allows at most


@dataclass(frozen=True)
class _Side:
    """What a change is about, on one side."""

    code: str
    title: str
    place: TextPlace


@dataclass(frozen=True)
class Comparison:
    """Two trees side by side."""

    old: Tree
    new: Tree

    @cached_property
    def pairs(self) -> Pairs:
        """Their nodes."""
        return Pairs(Shown(self.old), Shown(self.new))

    @cached_property
    def faces(self) -> Faces:
        """The trees as unit types see them."""
        return Faces(self.old, self.new)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change: of the head of the tree, then node by node as printed."""
        return (*self._of_head(), *self._of_nodes())

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all changes."""
        return frozenset(one.name for one in self.changes)

    # ---------------------------------------------------------------- the head

    def _of_head(self) -> Iterator[Change]:
        side = _Side(self.new.code, self.new.title, TextPlace(self.new.path))
        before = replace(side, place=TextPlace(self.old.path))
        for part in parts.TREE:
            yield from self._part(part, self.old, self.new, before, side)
        for one in parts.POLICIES:
            yield from self._part(one, self.old.policies, self.new.policies, before, side)
        changed = rule_change(self.faces.pairs)
        yield from self._rule(changed, self.old, self.new, before, side)
        yield from self._entries(parts.UNIT_TYPES, before, side)
        yield from self._entries(parts.COHORTS, before, side)
        yield from self._entries(parts.GRADES, before, side)
        yield from self._entries(parts.VETOES, before, side)
        yield from self._entries(parts.ADJUSTMENTS, before, side)
        yield from self._shared(self.old.shared, self.new.shared, before, side)
        yield from self._order(ROOT, before, side)

    def _entries(self, of: Entries[Any], before: _Side, side: _Side) -> Iterator[Change]:
        old = {of.code(one): one for one in getattr(self.old, of.name)}
        new = {of.code(one): one for one in getattr(self.new, of.name)}
        is_own = of is not parts.GRADES  # a grade has no code

        def about(code: str, one: object) -> tuple[str, str, str]:
            return code if is_own else side.code, of.title(one), of.key(code)

        for code in merged([*new], [*old], {*old, *new}):
            known, other = old.get(code), new.get(code)
            named, title, key = about(code, other if other is not None else known)
            one_side, other_side = replace(before, code=named, title=title), replace(side, code=named, title=title)
            if known is None or other is None:
                yield self._change(
                    *(of.whole, key, one_side, other_side),
                    None if known is None else of.whole.words(self.old, known),
                    None if other is None else of.whole.words(self.new, other),
                )
                continue
            for part in of.parts:
                yield from self._part(part, known, other, one_side, other_side, f"{key}.{part.key}")
        stays = [code for code in old if code in new], [code for code in new if code in old]
        if stays[0] != stays[1]:
            words = [parts.listed(tuple(of.title(each[code]) for code in each)) for each in (old, new)]
            yield self._change(of.order, f"{of.name}.order", before, side, *words)

    # ---------------------------------------------------------------- nodes

    def _of_nodes(self) -> Iterator[Change]:
        for is_new, key in self.pairs.in_order:
            if not is_new:
                node = self.pairs.old.nodes[key]
                side = _side(node)
                yield self._change(parts.REMOVED, "", side, None, parts.node_words(self.old, node), None)
                continue
            node, known = self.pairs.new.nodes[key], self.pairs.to_old.get(key)
            side = _side(node)
            if known is None:
                yield self._change(parts.ADDED, "", None, side, None, parts.node_words(self.new, node))
                continue
            was = self.pairs.old.nodes[known]
            changes = [*self._of_node(was, node, key)]
            if key == known:
                yield from changes
            else:
                yield self._renumbered(was, node, changes)

    def _renumbered(self, was: Node, node: Node, changes: Sequence[Change]) -> Change:
        """A node that looks the same under another code: shown as one change, and as grave as what else differs."""
        before, side = _side(was), _side(node)
        told = (
            _WITH_CODE(code=before.code, node=parts.node_words(self.old, was)),
            _WITH_CODE(code=side.code, node=parts.node_words(self.new, node)),
        )
        change = self._change(parts.RENUMBERED, "", before, side, *told)
        return replace(change, affects=gravest(changes) or Affects.TEXT, former=before.code)

    def _of_node(self, was: Node, node: Node, key: str) -> Iterator[Change]:
        before, side = _side(was), _side(node)
        if self.pairs.is_moved(key):
            above = self.pairs.old.parents[self.pairs.to_old[key]], self.pairs.new.parents[key]
            words = [
                parts.named(each.nodes[code] if code != ROOT else each.tree)
                for each, code in zip((self.pairs.old, self.pairs.new), above, strict=True)
            ]
            yield self._change(parts.MOVED, "", before, side, *words)
        faces = self.faces.of_nodes(was, node)
        for part in parts.NODE:
            yield from self._part(part, was, node, before, side, faces=faces)
        if not all(is_same(bands_at(old, new.points), new.bands) for old, new in faces):
            yield self._told(parts.BANDS, was, node, before, side)
        yield from self._rule(rule_change(faces), was, node, before, side)
        if isinstance(was, Indicator) and isinstance(node, Indicator):
            if not all(is_same_small(old, new) for old, new in faces):
                yield self._told(parts.SMALL, was, node, before, side)
            for one in parts.INDICATOR:
                yield from self._part(one, was, node, before, side)
            yield from self._fields(_own(was), _own(node), before, side)
        elif isinstance(was, Group) and isinstance(node, Group):
            groups = [(seen(o), seen(n)) for o, n in faces if isinstance(o, Group) and isinstance(n, Group)]
            for each in parts.GROUP:
                yield from self._part(each, seen(was), seen(node), before, side, faces=groups)
            if repeated(was) != repeated(node):
                yield self._told(parts.REPEAT, was, node, before, side)
            elif placed(was) != placed(node):  # of a group that is repeated otherwise they come with it
                yield self._told(parts.ENTRIES_PLACED, was, node, before, side)
            yield from self._shared(was.shared, node.shared, before, side)
            yield from self._order(key, before, side)

    def _order(self, key: str, before: _Side, side: _Side) -> Iterator[Change]:
        was, now = self.pairs.staying(key)
        if was != now:
            old = tuple(parts.named(self.pairs.old.nodes[self.pairs.to_old[each]]) for each in was)
            new = tuple(parts.named(self.pairs.new.nodes[each]) for each in now)
            yield self._change(parts.ORDER, "children", before, side, parts.listed(old), parts.listed(new))

    def _rule(
        self, changed: RuleChange, was: Node | Tree, node: Node | Tree, before: _Side, side: _Side
    ) -> Iterator[Change]:
        for is_it, part in (
            (changed.of_kind, parts.RULE),
            (changed.of_figures, parts.PARAMETER),
            (changed.of_print, parts.TYPED),
        ):
            is_read = part is not parts.TYPED or part.words(self.old, was) != part.words(self.new, node)
            if is_it and is_read:
                yield self._told(part, was, node, before, side)

    # ---------------------------------------------------------------- what is asked

    def _shared(self, was: Shared | None, now: Shared | None, before: _Side, side: _Side) -> Iterator[Change]:
        old = {} if was is None else {one.code: OfField(was, one) for one in was.fields}
        new = {} if now is None else {one.code: OfField(now, one) for one in now.fields}
        yield from self._fields(old, new, before, side)
        first, second = (() if each is None else each.checks for each in (was, now))
        if not is_same(first, second):
            words = parts.check_words(first), parts.check_words(second)
            yield self._change(parts.SHARED_CHECKS, "checks", before, side, *words)

    def _fields(
        self, old: Mapping[str, OfField], new: Mapping[str, OfField], before: _Side, side: _Side
    ) -> Iterator[Change]:
        for code in merged([*new], [*old], {*old, *new}):
            known, other, key = old.get(code), new.get(code), f"fields.{code}"
            if known is None and other is not None:
                told = parts.FIELD_ADDED.words(self.new, other)
                yield self._change(parts.FIELD_ADDED, key, before, side, None, told)
            elif other is None and known is not None:
                told = parts.FIELD_REMOVED.words(self.old, known)
                yield self._change(parts.FIELD_REMOVED, key, before, side, told, None)
            elif known is not None and other is not None:
                for part in parts.FIELD:
                    if not all(is_same(getattr(known.field, n), getattr(other.field, n)) for n in part.names):
                        words = part.words(self.old, known), part.words(self.new, other)
                        yield self._change(part, f"{key}.{part.key}", before, side, *words)
        stays = [code for code in old if code in new], [code for code in new if code in old]
        if stays[0] != stays[1]:
            names = [
                parts.listed(tuple(each[code].field.name for code in codes))
                for each, codes in zip((old, new), stays, strict=True)
            ]
            yield self._change(parts.FIELD_ORDER, "fields", before, side, *names)

    # ---------------------------------------------------------------- any part

    def _part(
        self,
        part: Part[Holder],
        old: Holder,
        new: Holder,
        before: _Side,
        side: _Side,
        key: str = "",
        faces: Sequence[tuple[Any, Any]] = (),
    ) -> Iterator[Change]:
        pairs = faces if faces and BY_TYPE.intersection(part.names) else ((old, new),)
        for known, other in pairs:
            if not all(
                is_same(_seen_of(self.old, known, name), _seen_of(self.new, other, name)) for name in part.names
            ):
                words = part.words(self.old, old), part.words(self.new, new)
                if words[0] == words[1]:  # what differs is not worded: it is told as the tree writes it
                    words = _as_written(words[0], known, part.names), _as_written(words[1], other, part.names)
                yield self._change(part, key or part.key, before, side, *words)
                return

    def _told(self, part: Part[Any], was: Node | Tree, node: Node | Tree, before: _Side, side: _Side) -> Change:
        words = part.words(self.old, was), part.words(self.new, node)
        if words[0] == words[1]:
            words = _as_written(words[0], was, part.names), _as_written(words[1], node, part.names)
        return self._change(part, part.key, before, side, *words)

    def _change(
        self, part: Part[Any], key: str, before: _Side | None, side: _Side | None, old: Said, new: Said
    ) -> Change:
        about = side or before
        assert about is not None  # a change is of something
        was = None if before is None else before.place
        now = None if side is None else side.place
        return Change(part.id, AFFECTS[part.id], about.code, key, part.part, about.title, old, new, was, now)


def seen(group: Group) -> Group:
    """A group as the tree writes it: of a repeated one, what the loader keeps at its repetitions stands at it."""
    copy = first_entry(group)
    if copy is None:
        return group
    return replace(group, out_of=copy.out_of, coverage_at_least=copy.coverage_at_least)


def first_entry(group: Group) -> Group | None:
    """The first repetition of a repeated group: all are the same."""
    return next((each for each in group.children if isinstance(each, Group) and each.repetition), None)


def placed(group: Group) -> tuple[Better, Among] | None:
    """How the repetitions of a group have places among one another, if they have."""
    entry = first_entry(group)
    return None if entry is None or entry.ranked is None else (entry.ranked, entry.among)


def repeated(node: Group) -> object:
    """How a group is repeated: the titles, and whether the tree names them."""
    return parts.repetitions(node), is_named(node)


def is_named(node: Group) -> bool:
    """Does the tree name the repetitions of a group itself?"""
    return any(isinstance(each, Group) and each.is_named for each in node.children)


_WRITTEN = Words("{said}（{values}）", "{said} ({values})")
_VALUES = Words("{values}", "{values}")


def _as_written(said: Said, holder: object, names: Sequence[str]) -> Said:
    """What reads the same on both sides, with the values that differ as the tree has them."""
    values = "; ".join(_plainly(getattr(holder, name)) for name in names if name != "rule")
    return _VALUES(values=values) if said is None else _WRITTEN(said=said, values=values)


def _plainly(value: object) -> str:
    if isinstance(value, Written):
        value = value.rule if value.small_rule is None else {"rule": value.rule, "small_sample": value.small_rule}
    return canonical(value).strip("'")


def _seen_of(tree: Tree, holder: object, name: str) -> object:
    """A field of the model; of a veto that fails the year, the last grade whatever it is called."""
    value = getattr(holder, name)
    if isinstance(holder, Veto) and name == "grade_at_most" and tree.grades and value == tree.grades[-1].name:
        return _LAST_GRADE
    return value


def _side(node: Node) -> _Side:
    return _Side(node.copy_of or node.code, node.title, node.place)


def _own(node: Indicator) -> Mapping[str, OfField]:
    return {one.code: OfField(node, one) for one in node.own_fields}

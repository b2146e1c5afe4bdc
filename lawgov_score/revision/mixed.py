"""The old tree with only some of the changes to the new one: what a rehearsal scores, what an import proves.

No check of trees is asked: points need not add up half way. What can only change together is never taken apart
(``ties``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from lawgov_score.model import Grade, Group, Indicator, Node, Shared, Tree, Veto, Written
from lawgov_score.revision import parts
from lawgov_score.revision.change import Id
from lawgov_score.revision.compare import Comparison, first_entry, repeated, seen
from lawgov_score.revision.pairs import ROOT, merged
from lawgov_score.revision.parts import Entries, Part
from lawgov_score.revision.sameness import bands_at, is_same, read_rule, small_at
from lawgov_score.rules.field import Field, ranges_of

Holder = TypeVar("Holder")
_COPY = "@"
_FIGURES = frozenset({"points", "rule", "small_sample", "bands", "out_of", "cap", "floor"})


@dataclass(frozen=True)
class _Above:
    """What a node stands in: the repetition, the shared fields of the groups above, is it taken off?"""

    suffix: str = ""
    shared: tuple[Field, ...] = ()
    is_taken_off: bool = False


@dataclass(frozen=True)
class Mixer:
    """The changes ``chosen`` (by name) of a comparison, applied to its old tree."""

    comparison: Comparison
    chosen: frozenset[str]

    def tree(self) -> Tree:
        """The old tree with the chosen changes. It has no fingerprint: nobody wrote it."""
        old, new = self.comparison.old, self.comparison.new
        whole = self._face(old, new).tree()
        if not old.own and not new.own:
            return whole
        before = {kind.code for kind in old.unit_types}
        groups: dict[tuple[int, int, bool], tuple[_Face, list[str]]] = {}
        for kind in whole.unit_types:
            face = self._face(old.of_type(kind.code), new.of_type(kind.code), kind.code not in before)
            key = id(face.old), id(face.new), face.is_of_new
            groups.setdefault(key, (face, []))[1].append(kind.code)
        own: dict[str, Tree] = {}
        for face, codes in groups.values():
            own |= dict.fromkeys(codes, replace(face.tree(), types=tuple(codes)))
        trees = list({id(tree): tree for tree in own.values()}.values()) or [whole]
        if all(_has_figures_of(trees[0], tree) for tree in trees[1:]):
            return replace(trees[0], types=())  # half way, all types have the same figures
        return replace(trees[0], own=own)

    def _face(self, old: Tree, new: Tree, is_of_new: bool = False) -> "_Face":
        return _Face(self.comparison, self.chosen, old, new, is_of_new)


@dataclass(frozen=True)
class _Face:
    """The same for the tree as some unit types see it.

    ``is_of_new``: a type that only the new tree has, whose figures can be no others.
    """

    comparison: Comparison
    chosen: frozenset[str]
    old: Tree
    new: Tree
    is_of_new: bool

    def takes(self, id_: Id, code: str, key: str) -> bool:
        """Is this change among the chosen?"""
        if self.is_of_new and key in _FIGURES and code != self.new.code:
            same = {f"{each}:{code}:{key}" for each in (id_, Id.RULE, Id.PARAMETER)}
            if not same & self.comparison.names:
                return True  # nobody's change: it differs for this type alone
        return f"{id_}:{code}:{key}" in self.chosen

    # ---------------------------------------------------------------- the head

    def tree(self) -> Tree:
        """The whole tree."""
        old, new, code = self.old, self.new, self.new.code
        head = self._with(parts.TREE, old, new, code)
        points = head.points
        rule = self._rule(old, new, code, points)
        policies = self._with(parts.POLICIES, old.policies, new.policies, code)
        grades = self._entries(parts.GRADES)
        head = replace(
            head,
            policies=policies,
            rule=rule[0],
            written=Written(rule=rule[1]),
            unit_types=self._entries(parts.UNIT_TYPES),
            cohorts=self._entries(parts.COHORTS),
            grades=grades,
            vetoes=self._vetoes(grades),
            adjustments=self._entries(parts.ADJUSTMENTS),
            shared=self._shared(old.shared, new.shared, code, (), head.code),
            problems=(),
            fingerprint="",
            own={},
            types=(),
        )
        above = _Above(shared=() if head.shared is None else head.shared.fields)
        children = self._children(ROOT, above, head.code)
        built = replace(head, children=children)
        deepest = max(built.depths.values(), default=0)
        if deepest > len(built.levels):  # levels were renamed and made more in one: their names go with the nodes
            built = replace(built, levels=max(old.levels, new.levels, key=len))
        return built

    def _entries(self, of: Entries[Any]) -> tuple[Any, ...]:
        old = {of.code(one): one for one in getattr(self.old, of.name)}
        new = {of.code(one): one for one in getattr(self.new, of.name)}

        def at(entry: str) -> tuple[str, str]:
            return entry if of is not parts.GRADES else self.new.code, of.key(entry)

        def stays(entry: str) -> bool:
            if entry in old and entry in new:
                return True
            return self.takes(of.whole.id, *at(entry)) == (entry in new)

        kept = {entry for entry in (*old, *new) if stays(entry)}
        follows = f"{of.order.id}:{self.new.code}:{of.name}.order" in self.chosen
        first, second = (new, old) if follows else (old, new)
        found = []
        for entry in merged([*first], [*second], kept):
            one = old.get(entry, new.get(entry))
            if entry in old and entry in new:
                code, key = at(entry)
                one = self._with(of.parts, old[entry], new[entry], code, f"{key}.")
            found.append(one)
        return tuple(found)

    def _vetoes(self, grades: Sequence[Grade]) -> tuple[Veto, ...]:
        """The vetoes; one that fails the year allows the last grade at most, whatever that is called here."""
        old = {veto.code for veto in self.old.vetoes}
        found = []
        for veto in self._entries(parts.VETOES):
            effects = f"{parts.VETOES.key(veto.code)}.effects"
            source = self.new if veto.code not in old or self.takes(Id.VETO, veto.code, effects) else self.old
            fails = bool(source.grades) and veto.grade_at_most == source.grades[-1].name
            found.append(replace(veto, grade_at_most=grades[-1].name) if fails and grades else veto)
        return tuple(found)

    def _with(self, listed: Sequence[Part[Any]], old: Holder, new: Holder, code: str, before: str = "") -> Holder:
        """``old`` with those parts of ``new`` whose change is chosen."""
        taken = {
            name: getattr(new, name)
            for part in listed
            if self.takes(part.id, code, before + part.key)
            for name in part.names
        }
        return cast(Holder, replace(cast(Any, old), **taken)) if taken else old

    # ---------------------------------------------------------------- which nodes, below which

    @cached_property
    def _sources(self) -> Mapping[str, tuple[bool, bool]]:
        """Key of each node of this tree -> is it in the old tree, is it in the new one?"""
        pairs = self.comparison.pairs
        found = {key: (True, True) for key in pairs.new.nodes if key in pairs.both}
        for was, now in pairs.renumbered.items():
            is_taken = self.takes(Id.RENUMBERED, now, "")
            found[now if is_taken else was] = (not is_taken, is_taken)
        found |= {key: (True, False) for key in pairs.removed if not self.takes(Id.REMOVED, key, "")}
        return found | {key: (False, True) for key in pairs.added if self.takes(Id.ADDED, key, "")}

    def _of_old(self, key: str) -> str:
        """The key here of a node of the old tree."""
        now = self.comparison.pairs.renumbered.get(key)
        return now if now is not None and self.takes(Id.RENUMBERED, now, "") else key

    def _of_new(self, key: str) -> str:
        """The key here of a node of the new tree."""
        was = self.comparison.pairs.to_old.get(key, key)
        return key if was == key or self.takes(Id.RENUMBERED, key, "") else was

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the children of each node of this tree, in order."""
        pairs = self.comparison.pairs
        holders: dict[str, set[str]] = {}
        for key, (is_old, is_new) in self._sources.items():
            follows = is_new and (not is_old or not pairs.is_moved(key) or self.takes(Id.MOVED, key, ""))
            above = self._of_new(pairs.new.parents[key]) if follows else self._of_old(pairs.old.parents[key])
            holders.setdefault(above, set()).add(key)
        found = {}
        for above, kept in holders.items():
            old = [self._of_old(each) for each in pairs.old.children.get(self._was(above), ())]
            new = [self._of_new(each) for each in pairs.new.children.get(self._now(above), ())]
            code = self.new.code if above == ROOT else self._now(above)
            first, second = (new, old) if self.takes(Id.ORDER, code, "children") else (old, new)
            found[above] = tuple(merged(first, second, kept))
        return found

    def _was(self, key: str) -> str:
        """The key in the old tree of a node here."""
        return self.comparison.pairs.to_old.get(key, key)

    def _now(self, key: str) -> str:
        """The key in the new tree of a node here."""
        return self.comparison.pairs.to_new.get(key, key)

    # ---------------------------------------------------------------- nodes

    def _children(self, key: str, above: _Above, root: str) -> tuple[Node, ...]:
        return tuple(self._node(each, above, root) for each in self._below.get(key, ()))

    def _node(self, key: str, above: _Above, root: str) -> Node:
        is_old, is_new = self._sources[key]
        old = self._found(self.old, self.comparison.pairs.old.nodes[key], above) if is_old else None
        new = self._found(self.new, self.comparison.pairs.new.nodes[key], above) if is_new else None
        one = old if old is not None else new
        assert one is not None  # it comes from one of them
        other = new if new is not None else one
        if isinstance(one, Indicator):
            return self._indicator(one, cast(Indicator, other), key, above)
        return self._group(one, cast(Group, other), key, above, root)

    @staticmethod
    def _found(tree: Tree, first: Node, above: _Above) -> Node:
        """The node in the repetition that is being made; where the tree repeats it less often, in its first."""
        base, mark, _ = first.code.partition(_COPY)
        wanted = f"{base}{above.suffix}" if mark and above.suffix else first.code
        return tree.by_code.get(wanted, tree.by_code[first.code])

    def _group(self, old: Group, new: Group, key: str, above: _Above, root: str) -> Group:
        is_repeated = repeated(old) != repeated(new)
        source = new if is_repeated and self.takes(Id.AGGREGATION, key, "repeat") else old
        mixed = self._with((*parts.NODE, *parts.GROUP), seen(old), seen(new), key)
        rule, written = self._rule(old, new, key, mixed.points)
        bands = new if self.takes(Id.GRADE, key, "bands") else old
        code = f"{key}{above.suffix}"
        shared = self._shared(old.shared, new.shared, key, above.shared, root)
        within = replace(
            above,
            shared=(*above.shared, *(() if shared is None else shared.fields)),
            is_taken_off=above.is_taken_off != (mixed.weight == -1),
        )
        mixed = replace(
            mixed,
            code=code,
            copy_of=key if above.suffix else "",
            rule=rule,
            bands=bands_at(bands, mixed.points),
            written=Written(rule=written, bands=bands.written.bands),
            shared=shared,
        )
        places = first_entry(new if self.takes(Id.POLICY, key, "repeat.ranked") else source)
        copies = [each for each in source.children if isinstance(each, Group) and each.repetition]
        if not copies:
            return replace(mixed, children=self._children(key, within, root))
        made = tuple(
            replace(
                copy,
                code=f"{code}{_COPY}{copy.repetition}",
                copy_of=code,
                points=mixed.points,
                out_of=mixed.out_of,
                missing=mixed.missing,
                ranked=(places or copy).ranked,
                among=(places or copy).among,
                coverage_at_least=mixed.coverage_at_least,
                children=self._children(key, replace(within, suffix=f"{_COPY}{copy.repetition}"), root),
            )
            for copy in copies
        )
        return replace(mixed, children=made, out_of=None, coverage_at_least=None)

    @cached_property
    def _touched(self) -> frozenset[str]:
        """The codes at which anything is chosen."""
        return frozenset(name.split(":", 2)[1] for name in self.chosen)

    def _stays(self, one: Indicator, key: str, above: _Above) -> bool:
        """Is an indicator the same object as in the old tree? Most are, of every tree that a rehearsal makes."""
        if key in self._touched or self.is_of_new or one.shared_fields:
            return False
        is_taken_off = above.is_taken_off != (one.weight == -1)
        return one.code == f"{key}{above.suffix}" and one.is_taken_off == is_taken_off

    def _indicator(self, old: Indicator, new: Indicator, key: str, above: _Above) -> Indicator:
        if self._stays(old, key, above):
            return old
        mixed = self._with((*parts.NODE, *parts.INDICATOR), old, new, key)
        rule, written = self._rule(old, new, key, mixed.points)
        assert rule is not None  # every indicator has one
        small = new if self.takes(Id.PARAMETER, key, "small_sample") else old
        bands = new if self.takes(Id.GRADE, key, "bands") else old
        instead = mixed.instead
        if instead is not None and new.instead is not None and self.takes(Id.APPLIES_TO, key, "applies_to"):
            instead = replace(instead, types=new.instead.types)
        fields = (*self._read(old, new, key, above), *self._fields(old.own_fields, new.own_fields, key, old, new))
        sample, value = small_at(small, mixed.points), "" if mixed.value is None else mixed.value.text
        if sample is not None and sample.rule is not None:
            of_sample = value if sample.value is None else sample.value.text
            sample = replace(sample, rule=sample.rule.within(ranges_of(fields, of_sample)))
        return replace(
            mixed,
            code=f"{key}{above.suffix}",
            copy_of=key if above.suffix else "",
            rule=rule.within(ranges_of(fields, value)),
            small_sample=sample,
            bands=bands_at(bands, mixed.points),
            written=Written(written, small.written.small_rule, bands.written.bands),
            instead=instead,
            is_taken_off=above.is_taken_off != (mixed.weight == -1),
            fields=fields,
        )

    def _takes_rule(self, key: str) -> bool:
        ids = ((Id.RULE, "rule"), (Id.PARAMETER, "rule"), (Id.NOTE, "rule.printed"))
        return any(self.takes(id_, key, where) for id_, where in ids)

    def _rule(self, old: Node | Tree, new: Node | Tree, key: str, points: float) -> tuple[Any, Any]:
        """The rule of a node worth so many points, and as it is written."""
        source = new if self._takes_rule(key) else old
        rule = source.rule if source.points == points else read_rule(source.written.rule, points) or source.rule
        return rule, source.written.rule

    # ---------------------------------------------------------------- what is asked

    def _fields(
        self,
        old: Sequence[Field],
        new: Sequence[Field],
        key: str,
        before: Indicator | None = None,
        now: Indicator | None = None,
    ) -> tuple[Field, ...]:
        was, others = {one.code: one for one in old}, {one.code: one for one in new}
        if before is now and before is not None:
            return tuple(old)

        def stays(code: str) -> bool:
            if code in was and code in others:
                return True
            id_ = Id.FIELD_ADDED if code in others else Id.FIELD_REMOVED
            return self.takes(id_, key, f"fields.{code}") == (code in others)

        kept = {code for code in (*was, *others) if stays(code)}
        first, second = (others, was) if self.takes(Id.ORDER, key, "fields") else (was, others)
        found = []
        for code in merged([*first], [*second], kept):
            one = was.get(code, others.get(code))
            assert one is not None  # it is of one of them
            if code in was and code in others:
                one = self._with(parts.FIELD, one, others[code], key, f"fields.{code}.")
                if self._takes_rule(key):
                    one = replace(one, missing_choices=others[code].missing_choices)
            found.append(one)
        return tuple(found)

    def _shared(
        self, old: Shared | None, new: Shared | None, key: str, above: tuple[Field, ...], root: str
    ) -> Shared | None:
        one = old if old is not None else new
        if one is None:
            return None
        was, now = (Shared(one.code) if each is None else each for each in (old, new))
        here = root if one.code in {self.old.code, self.new.code} else one.code
        fields = was.fields if old is new else self._fields(was.fields, now.fields, key)
        checks = now.checks if self.takes(Id.FIELD_BOUND, key, "checks") else was.checks
        if not fields and not checks:
            return None
        placed = tuple(replace(each, asked_at=here) for each in fields)
        return replace(one, code=here, fields=placed, checks=checks, above=above)

    def _read(self, old: Indicator, new: Indicator, key: str, above: _Above) -> Iterable[Field]:
        """The shared fields that an indicator reads, as they are asked above it."""
        was, now = ([one.code for one in each.shared_fields] for each in (old, new))
        source = new if set(was) != set(now) and self._takes_any(key) else old
        codes = {one.code for one in source.shared_fields}
        known = {one.code: one for one in above.shared}
        for one in source.shared_fields:
            asked = known.get(one.code, one)
            least, most = (
                None if isinstance(bound, str) and bound not in codes else bound
                for bound in (asked.at_least, asked.at_most)  # by a figure that it does not read
            )
            yield replace(asked, at_least=least, at_most=most)

    def _takes_any(self, key: str) -> bool:
        """Is any change at the node chosen by which it reads something else? They all come together."""
        return any(name.split(":", 2)[1] == key and _reads(name) for name in self.chosen)


def _has_figures_of(one: Tree, other: Tree) -> bool:
    """Have two trees of the same nodes the same points, limits and rules?"""
    return all(
        is_same(getattr(node, name, None), getattr(same, name, None))
        for node, same in zip(one.nodes, other.nodes, strict=True)
        for name in _FIGURES
    )


def _reads(name: str) -> bool:
    id_, _, key = name.split(":", 2)
    return reads(Id(id_), key)


def reads(id_: Id, key: str) -> bool:
    """Does such a change say what answers come to, so that it goes together with what is asked?"""
    if id_ in {Id.FIELD_ADDED, Id.FIELD_REMOVED, Id.FIELD_TYPE, Id.FIELD_BOUND, Id.RULE, Id.PARAMETER, Id.ON_ZERO}:
        return True
    return id_ is Id.VETO and key == "vetoes"

"""What last year's answers cannot score under another tree: which items, and why; what has to be kept as it was."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lawgov_score.model import Indicator, Shared, Tree, field_key
from lawgov_score.revision import Revision
from lawgov_score.revision.change import Affects, Change, Id
from lawgov_score.rules.field import Field, FieldType

_STRUCTURE = frozenset({Id.ADDED, Id.REMOVED, Id.MOVED, Id.RENUMBERED})
_FIGURES = frozenset({FieldType.COUNT, FieldType.AMOUNT})


class Lacks(StrEnum):
    """Why last year's answers cannot score an item."""

    ITEM = "item"  # it was not there
    FIELD = "field"  # something more is asked
    TYPE = "type"  # it is answered otherwise: what was said then means nothing now
    MARKS = "marks"  # reviewers mark it now
    CODE = "code"  # another item has the code
    OTHERS = "others"  # it looks at an item that cannot be scored


@dataclass(frozen=True, slots=True)
class Unasked:
    """An item that last year's answers cannot score. ``what``: the question, or the item, that is lacking."""

    code: str
    title: str
    lacks: Lacks
    what: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """An item to which so many units could not answer any more what they answered. ``fields``: to which questions."""

    code: str
    title: str
    fields: tuple[str, ...]
    units: int


def key_in(tree: Tree, key: str) -> str:
    """The key of an answer in any edition: what the tree itself asks has no code before it, for that may change."""
    holder, _, field = key.rpartition(".")
    return f".{field}" if holder == tree.code else key


def keys_of(tree: Tree) -> Mapping[str, Field]:
    """Every field that the tree asks, by the key of its answers (``key_in``)."""
    return {key_in(tree, field_key(one, asked)): asked for one in tree.indicators for asked in one.fields}


def takes(known: Field, asked: Field) -> bool:
    """Can an answer to ``known`` be taken for one to ``asked``? Of a choice those whose option is still there."""
    if known.type is FieldType.CHOICE and asked.type is FieldType.CHOICE:
        return bool({*known.choices} & {*asked.choices})
    return known.type is asked.type or {known.type, asked.type} <= _FIGURES


def unasked(old: Tree, tree: Tree, reused: Collection[str] = ()) -> tuple[Unasked, ...]:
    """The indicators of ``tree`` that answers to the old tree cannot score for any unit, as printed.

    ``reused``: codes of the old tree under which another item stands in this one.
    """
    known = keys_of(old)
    found: dict[str, Unasked] = {}
    for one in tree.indicators:
        was = old.by_code.get(one.code)
        if was is one and _base(one) not in reused:
            continue
        lacks = _lacking(tree, one, was if isinstance(was, Indicator) else None, known, _base(one) in reused)
        if lacks is not None:
            found[one.code] = Unasked(one.code, one.title, *lacks)
    if found:
        found |= {one.code: one for one in _looking_at(tree, found)}
    return tuple(found[one.code] for one in tree.indicators if one.code in found)


def _base(one: Indicator) -> str:
    return one.copy_of or one.code


def _lacking(
    tree: Tree, one: Indicator, was: Indicator | None, known: Mapping[str, Field], is_reused: bool
) -> tuple[Lacks, str] | None:
    needed = [asked for asked in one.deciding if not asked.substitute]
    if is_reused:
        return Lacks.CODE, ""
    if one.is_judged:
        return None if was is not None and was.is_judged else (Lacks.MARKS if was is not None else Lacks.ITEM, "")
    for asked in needed:
        before = known.get(key_in(tree, field_key(one, asked)))
        if before is None:
            return (Lacks.FIELD, asked.name) if was is not None else (Lacks.ITEM, "")
        if not takes(before, asked):
            return Lacks.TYPE, asked.name
    return None


def _looking_at(tree: Tree, found: Mapping[str, Unasked]) -> Iterator[Unasked]:
    """The indicators whose figures hang on one that cannot be scored."""
    lost = set(found)
    for _ in tree.indicators:  # one hangs on another, and that on a third
        before = len(lost)
        for one in tree.indicators:
            if one.code in lost:
                continue
            named = [*one.refers_to, *(key.rpartition(".")[0] for each in one.expressions for key in each.answers)]
            hit = next((code for code in named if code in lost), None)
            if hit is not None:
                lost.add(one.code)
                yield Unasked(one.code, one.title, Lacks.OTHERS, hit)
        if len(lost) == before:
            return


def kept_back(revision: Revision) -> tuple[tuple[Unasked, ...], tuple[Change, ...]]:
    """The items whose new standard cannot be tried, with the changes that are left out for it.

    Where an item of both trees is scored by something that nobody was asked, it counts by the standard that it had:
    the change is not made. Where that change brings or takes items too, it is made, and the item left out.
    """
    given_away = revision.given_away
    left_out: list[Change] = []
    kept: dict[str, Unasked] = {}
    for one in unasked(revision.old, revision.new, given_away):
        base = one.code.partition("@")[0]
        at = [each for each in revision.components if any(change.code == base for change in each)]
        own = [each for each in at if any(_reads(change, base) for change in each)]
        is_old = base in revision.old.by_code or one.code in revision.old.by_code
        is_structure = _is_structure(own, given_away)
        if one.lacks in {Lacks.FIELD, Lacks.TYPE, Lacks.MARKS} and is_old and own and not is_structure:
            left_out += [change for each in own for change in each if change not in left_out]
            kept[base] = one
    return tuple(kept.values()), tuple(left_out)


def _reads(change: Change, base: str) -> bool:
    return change.code == base and change.affects is not Affects.TEXT and change.id not in {Id.POINTS, Id.APPLIES_TO}


def _is_structure(components: Sequence[Sequence[Change]], given_away: Collection[str]) -> bool:
    changes = [change for each in components for change in each]
    return any(change.id in _STRUCTURE or change.code in given_away for change in changes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is new, or no longer put, with the item or group that puts it."""

    code: str
    title: str
    field: Field | None  # None: reviewers mark it
    is_office: bool
    units: int  # to whom it is put


def asked_anew(one: Tree, other: Tree, types: Sequence[str]) -> tuple[Asked, ...]:
    """What ``one`` asks and ``other`` does not, as printed. ``types``: of every unit, its type.

    A field of another type is asked anew: what was prepared for it no longer serves.
    """
    known = keys_of(other)
    found: list[Asked] = []
    for holder, asked in one.asked:
        key = _key_of(holder, asked)
        own = known.get(key_in(one, key))
        if own is not None and (takes(own, asked) or own.type is asked.type):
            continue
        readers = one.readers[key] if isinstance(holder, Shared) and key in one.readers else (holder,)
        is_office = isinstance(holder, Indicator) and holder.is_of_office
        found.append(Asked(holder.code, _title(one, holder), asked, is_office, _concerned(one, readers, types)))
    for each in one.indicators:
        was = other.by_code.get(each.code)
        if each.is_judged and not (isinstance(was, Indicator) and was.is_judged):
            found.append(Asked(each.code, each.title, None, True, _concerned(one, (each,), types)))
    return tuple(found)


def _key_of(holder: Indicator | Shared, asked: Field) -> str:
    return field_key(holder, asked) if isinstance(holder, Indicator) else f"{holder.code}.{asked.code}"


def _title(tree: Tree, holder: Indicator | Shared) -> str:
    if isinstance(holder, Indicator):
        return holder.title
    return tree.title if holder.code == tree.code else tree.by_code[holder.code].title


def _concerned(tree: Tree, readers: Sequence[Indicator | Shared], types: Sequence[str]) -> int:
    by_type = {kind: any(tree.is_applicable(one, kind) for one in readers) for kind in set(types)}
    return int(np.sum([by_type[kind] for kind in types])) if types else 0


__all__ = ["Asked", "Beyond", "Lacks", "Unasked", "asked_anew", "kept_back", "key_in", "keys_of", "takes", "unasked"]

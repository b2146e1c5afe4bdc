"""Figures by unit type: ``points: {area: 4, other: 3}`` in a node, and any figure of its rule in the same way.

A tree with such figures is read once for each group of types that share all of them, as if only theirs were written.
Every check of a tree so holds for every type, and nothing above this module knows of two figures in one place.
"""

import copy
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.likeness import meant
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Index, entries
from lawgov_score.wording import Phrase, Words

OTHERS = "others"  # the types that are not named
OF_NODES = ("points", "out_of", "cap", "floor")


@dataclass(frozen=True, slots=True)
class View:
    """The tree as some unit types see it: ``types`` are their codes, ``document`` has their figures alone."""

    types: tuple[str, ...]
    document: Document


def places_in(data: Any, definition: str = "tree") -> tuple[Where, ...]:
    """Where a mapping stands in the place of a figure. ``definition``: as for ``check_shape``."""
    if definition == "weight_set":
        points = data.get("points")
        given = points.items() if isinstance(points, dict) else ()
        return tuple(("points", code) for code, figure in given if isinstance(figure, dict) and figure)
    return tuple(_in_nodes(data, "nodes", ()))


def _in_nodes(data: Any, key: str, where: Where) -> Iterator[Where]:
    for i, node in items_of(data, key):
        here = (*where, key, i)
        for own in OF_NODES:
            if isinstance(node.get(own), dict) and node[own]:
                yield (*here, own)
        yield from _in_rule(node.get("rule"), (*here, "rule"))
        small = node.get("small_sample")
        if isinstance(small, dict):
            yield from _in_rule(small.get("rule"), (*here, "small_sample", "rule"))
        yield from _in_nodes(node, "children", here)


def _in_rule(rule: Any, where: Where) -> Iterator[Where]:
    kind = rule.get("kind") if isinstance(rule, dict) else None
    if isinstance(kind, str) and kind in KINDS:
        for key, value in rule.items():
            if isinstance(value, (dict, list)):
                yield from _at(value, _keys(kind).get(key, {}), (*where, key))


def _at(value: Any, schema: Mapping[str, Any], where: Where) -> Iterator[Where]:
    """Every mapping at ``where`` or below it that stands where the schema wants a figure."""
    if isinstance(value, dict):
        if is_figure(schema):
            yield from (where,) if value else ()
            return
        for key, item in value.items():
            yield from _at(item, schema.get("properties", {}).get(key, {}), (*where, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _at(item, schema.get("items", {}), (*where, i))


@cache
def _keys(kind: str) -> Mapping[str, Any]:
    return _properties(KINDS[kind].SCHEMA)


def _properties(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas of a rule's keys, those of its branches included."""
    known = {
        key: one
        for branching in ("oneOf", "anyOf", "allOf")
        for branch in schema.get(branching, ())
        for key, one in _properties(branch).items()
    }
    return {**known, **schema.get("properties", {})}


def is_figure(schema: Any) -> bool:
    """Does a schema want a number, or a number and nothing but text beside it?"""
    wanted = schema.get("type") if isinstance(schema, dict) else None
    types = {wanted} if isinstance(wanted, str) else set(wanted or ())
    return bool(types & {"number", "integer"}) and types <= {"number", "integer", "string"}


# ---------------------------------------------------------------- the figures of one type


def keys_in(data: Any, places: Iterable[Where]) -> tuple[str, ...]:
    """Every key of the mappings at ``places``, each once."""
    return tuple(dict.fromkeys(key for where in places for key in _get(data, where)))


def chosen(figures: Mapping[str, Any], unit_type: str) -> str:
    """The key under which the figure of a type stands; of a type that is not named, and not needed, the first."""
    return next((key for key in (unit_type, OTHERS) if key in figures), next(iter(figures)))


def with_figures_of(
    data: Any, places: Iterable[Where], unit_type: str, unfit: Collection[Where] = ()
) -> tuple[Any, dict[Where, str]]:
    """A copy of ``data`` with the figures of one type alone, and the key that was chosen at each place.

    ``unfit``: places of which it is not known whose figures they are; nothing stands there then.
    """
    own, keys = copy.deepcopy(data), {}
    for where in places:
        holder, figures = _get(own, where[:-1]), _get(own, where)
        if not figures or where in unfit:  # whatever stood there was no figure
            del holder[where[-1]]
            continue
        keys[where] = chosen(figures, unit_type)
        holder[where[-1]] = figures[keys[where]]
    return own, keys


def back(where: Where, keys: Mapping[Where, str]) -> Where:
    """Where a value of ``with_figures_of`` stands in the file."""
    for length in range(1, len(where) + 1):
        if where[:length] in keys:
            return (*where[:length], keys[where[:length]], *where[length:])
    return where


def unfit(document: Document, found: Iterable[Finding]) -> frozenset[Where]:
    """The places of figures by type that ``found``, the ``misfits``, are about: nothing follows from what is there."""
    wheres = [finding.where for finding in found]
    return frozenset(
        place for place in places_in(document.data) if any(where[: len(place)] == place for where in wheres)
    )


def views(document: Document, unfit: Collection[Where] = ()) -> tuple[View, ...]:
    """The tree as each group of types with the same figures sees it; empty where no figure is by type."""
    places = places_in(document.data)
    types = tuple(
        kind["code"] for _, kind in items_of(document.data, "unit_types") if isinstance(kind.get("code"), str)
    )
    if not places:
        return ()
    groups: dict[tuple[str, ...], list[str]] = {}
    for kind in types:
        same = tuple(chosen(figures, kind) for where in places if (figures := _get(document.data, where)))
        groups.setdefault(same, []).append(kind)
    return tuple(_view(document, places, tuple(group), unfit) for group in (groups.values() or [[""]]))


def _view(document: Document, places: tuple[Where, ...], types: tuple[str, ...], unfit: Collection[Where]) -> View:
    data, keys = with_figures_of(document.data, places, types[0], unfit)
    spots = dict(document.spots)
    for where, key in keys.items():
        spots[where] = document.spots.get((*where, key), document.spots[where])
    lost = {(*where, key): where for where, key in keys.items()}
    gone = {where for where in places if where not in keys}
    gaps = frozenset(lost.get(gap, gap) for gap in document.gaps) | gone
    return View(types, replace(document, data=data, spots=spots, gaps=gaps, types=frozenset(types)))


def _get(data: Any, where: Where) -> Any:
    for step in where:
        data = data[step]
    return data


# ---------------------------------------------------------------- what may be written


_NO_TYPES = Words("先在 unit_types 写明单位类型", "unit types under unit_types")
_EACH = Words(
    "本项要按规则计分的每个单位类型各一个数（不适用的类型不看规则）：{types:list}",
    "one figure for each unit type whose score the rule gives (none where the node does not apply): {types:list}",
)
_EVERY = Words(
    "每个单位类型各一个数（不适用的类型，分值合计时也照印的算）：{types:list}",
    "one figure for each unit type (sums count what is printed, where it does not apply too): {types:list}",
)
_LACKS = Words("没有 {types:list}", "nothing for {types:list}")
_ADD = Words("补上这些类型，或用 others 写其余类型的数", "Add these types, or give the rest under others")
_NOT_THERE = Words("本项不适用于 {type}", "it does not apply to {type}")
_NOBODY = Words("others 下没有剩下的类型", "no type is left for others")
_DROP = Words("删去这一项", "Remove it")


def misfits(document: Document) -> Iterator[Finding]:
    """T253: figures by type that name no type, not all types, or types that the node does not apply to."""
    index = Index(document.data, entries(document.data))
    listed = [(str(kind["code"]), kind) for _, kind in items_of(document.data, "unit_types") if "code" in kind]
    known = [code for code, _ in listed]
    names = {str(kind["name"]): code for code, kind in listed if "name" in kind}
    for where in places_in(document.data):
        figures = _get(document.data, where)
        node = next(index.by_where[where[:n]] for n in range(len(where), 0, -1) if where[:n] in index.by_where)
        # Printed points make up the sums whether a node applies or not; a rule is never read where it does not.
        is_points, is_of_node = where == (*node.where, "points"), where[:-1] == node.where
        applies = [code for code in known if is_points or code in index.reads_rule(node)]
        gets = {*applies, *(index.types(node))}
        about = {"node": node.name, "key": str(next(step for step in reversed(where) if isinstance(step, str)))}
        if not known:
            yield Finding(
                where, Code.T253, {**about, **_words(_NO_TYPES(), _keys_of(figures), _NO_TYPES())}, at_key=True
            )
            continue
        wanted = (_EVERY if is_points else _EACH)(types=tuple(applies))
        for key in figures:
            if key == OTHERS:
                if gets <= set(figures):
                    yield Finding(
                        (*where, key), Code.T253, {**about, **_words(wanted, _NOBODY(), _DROP())}, at_key=True
                    )
            elif key not in known:
                cure = _named(key, names) or nearest(key, (*known, OTHERS))
                yield Finding((*where, key), Code.T253, {**about, **_words(wanted, key, cure)}, at_key=True)
            elif key not in gets and not is_of_node:
                found = _NOT_THERE(type=key)
                yield Finding((*where, key), Code.T253, {**about, **_words(wanted, found, _DROP())}, at_key=True)
        lacks = tuple(code for code in applies if code not in figures)
        if lacks and OTHERS not in figures and document.is_whole(where) and not set(figures) - set(known):
            yield Finding(where, Code.T253, {**about, **_words(wanted, _LACKS(types=lacks), _ADD())}, at_key=True)


def _named(key: str, names: Mapping[str, str]) -> Phrase | None:
    """Advice where a type is called by its name: what is meant is its code."""
    name = meant(key, names)
    return (
        Words("是否想写 {code}（{name}）？", "Did you mean {code} ({name})?")(code=names[name], name=name)
        if name
        else None
    )


def _keys_of(figures: Mapping[str, Any]) -> object:
    return Words("{keys:list}", "{keys:list}")(keys=tuple(map(str, figures)))


def _words(expected: object, found: object, cure: object) -> dict[str, object]:
    return {"expected": expected, "found": found, "cure": cure}


def told_by_types(found: list[tuple[View, list[Problem]]], names: Mapping[str, str]) -> list[Problem]:
    """The problems of all views, each once; one that only some types have says which. ``names``: of types, by code."""
    same: dict[object, tuple[Problem, list[str]]] = {}
    for view, problems in found:
        seen: Counter[object] = Counter()  # what is written once is told at each of its uses, which are beside it
        for problem in problems:
            what = (problem.code, problem.place, problem.waived, repr(problem.values))
            seen[what] += 1
            key = (*what, seen[what])
            same.setdefault(key, (problem, []))[1].extend(view.types)
    everybody = sum(len(view.types) for view, _ in found)
    told = []
    for problem, types in same.values():
        if problem.code is Code.T220 and len(types) < everybody:
            continue  # the waiver holds for the other types
        concerns = () if len(types) == everybody else tuple(names.get(one, one) for one in types)
        told.append(replace(problem, unit_types=concerns))
    return told

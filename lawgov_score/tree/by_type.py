"""Figures by unit type: ``points: {area: 4, other: 3}`` in a node, and any figure of its rule in the same way.

A tree with such figures is read once for each group of types that share all of them, as if only theirs were written.
Every check of a tree so holds for every type, and nothing above this module knows of two figures in one place.
"""

import copy
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Entry, Index, entries
from lawgov_score.wording import Words

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


def with_figures_of(data: Any, places: Iterable[Where], unit_type: str) -> tuple[Any, dict[Where, str]]:
    """A copy of ``data`` with the figures of one type alone, and the key that was chosen at each place."""
    own, keys = copy.deepcopy(data), {}
    for where in places:
        holder, figures = _get(own, where[:-1]), _get(own, where)
        if not figures:  # whatever stood there was no figure
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


def views(document: Document) -> tuple[View, ...]:
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
    return tuple(_view(document, places, tuple(group)) for group in (groups.values() or [[""]]))


def _view(document: Document, places: tuple[Where, ...], types: tuple[str, ...]) -> View:
    data, keys = with_figures_of(document.data, places, types[0])
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
    "适用本项的每个单位类型各一个数：{types:list}", "one figure for each unit type it applies to: {types:list}"
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
    known, whole = [code for code, _ in listed], {code for code, kind in listed if kind.get("whole")}
    for where in places_in(document.data):
        figures = _get(document.data, where)
        node = next(index.by_where[where[:n]] for n in range(len(where), 0, -1) if where[:n] in index.by_where)
        # Printed points make up the sums whether a node applies or not; a rule is never read where it does not.
        is_points, is_of_node = where == (*node.where, "points"), where[:-1] == node.where
        applies = [code for code in known if is_points or code in whole or code in index.types(node)]
        about = {"node": node.name, "key": str(next(step for step in reversed(where) if isinstance(step, str)))}
        if not known:
            yield Finding(
                where, Code.T253, {**about, **_words(_NO_TYPES(), _keys_of(figures), _NO_TYPES())}, at_key=True
            )
            continue
        wanted = (_EVERY if is_points else _EACH)(types=tuple(applies))
        for key in figures:
            if key == OTHERS:
                if set(applies) <= set(figures):
                    yield Finding(
                        (*where, key), Code.T253, {**about, **_words(wanted, _NOBODY(), _DROP())}, at_key=True
                    )
            elif key not in known:
                cure = nearest(key, (*known, OTHERS))
                yield Finding((*where, key), Code.T253, {**about, **_words(wanted, key, cure)}, at_key=True)
            elif key not in applies and not is_of_node:
                found = _NOT_THERE(type=key)
                yield Finding((*where, key), Code.T253, {**about, **_words(wanted, found, _DROP())}, at_key=True)
        lacks = tuple(code for code in applies if code not in figures)
        if lacks and OTHERS not in figures and document.is_whole(where) and not set(figures) - set(known):
            yield Finding(where, Code.T253, {**about, **_words(wanted, _LACKS(types=lacks), _ADD())}, at_key=True)


_ONE_SCALE = Words("各类型的分值相同", "the same points for every type")
_A_SHARE = Words(
    "改为占本项分值的百分比，如 60%，或 not_applicable", "Say a share of the points, such as 60%, or not_applicable"
)
_OWN_GROUPS = Words(
    "分值写成一个数，或各类型分列各自的一项（applies_to）",
    "Give one number, or each type a node of its own (applies_to)",
)
_TAKES_MEAN = Words("同组平均（{key}: cohort_mean）", "the mean of the cohort ({key}: cohort_mean)")
_HAS_PLACES = Words("名次（ranked）", "places (ranked)")
_ENTRIES_HAVE_PLACES = Words("各份的名次（repeat: ranked）", "places of entries (repeat: ranked)")
_HAS_WORDS = Words("分档评语（bands）", "words for scores (bands)")
_COMPARES = Words("规则 {kind}，与其他单位比较", "the rule {kind}, which compares units")


def compared(document: Document) -> Iterator[Finding]:
    """T254: scores out of different points that are compared, or of which the mean is taken."""
    index = Index(document.data, entries(document.data))
    types = [str(kind["code"]) for _, kind in items_of(document.data, "unit_types") if "code" in kind]
    for node in index.nodes:
        is_by_type, values = isinstance(node.data.get("points"), dict), {"node": node.name, "expected": _ONE_SCALE()}
        for key in ("on_zero", "no_previous", "when_not_applicable"):
            said = node.data.get(key)
            if is_by_type and "cohort_mean" in (said.values() if isinstance(said, dict) else (said,)):
                found = _TAKES_MEAN(key=key)
                yield Finding((*node.where, key), Code.T254, {**values, "found": found, "cure": _A_SHARE()})
        for key, found in (("ranked", _HAS_PLACES()), ("bands", _HAS_WORDS())):
            if key in node.data and (is_by_type or len({_sum_for(index, node, one) for one in types}) > 1):
                values = {**values, "found": found, "cure": _OWN_GROUPS()}
                yield Finding((*node.where, key), Code.T254, values, at_key=True)
        repeat = node.data.get("repeat")
        entries_ranked = repeat.get("ranked") if isinstance(repeat, dict) else None
        is_compared = isinstance(entries_ranked, dict) and entries_ranked.get("among") != "unit"
        if is_compared and (is_by_type or len({_sum_for(index, node, one) for one in types}) > 1):
            values = {**values, "found": _ENTRIES_HAVE_PLACES(), "cure": _OWN_GROUPS()}
            yield Finding((*node.where, "repeat", "ranked"), Code.T254, values, at_key=True)
        rule = node.data.get("rule")
        kind = rule.get("kind") if isinstance(rule, dict) else None
        if not (node.is_group and isinstance(kind, str) and kind in KINDS and KINDS[kind].RELATIVE):
            continue
        if is_by_type or len({_sum_for(index, node, one) for one in types}) > 1:
            found = _COMPARES(kind=kind)
            yield Finding((*node.where, "rule", "kind"), Code.T254, {**values, "found": found, "cure": _OWN_GROUPS()})


def _sum_for(index: Index, node: Entry, unit_type: str) -> float:
    """What a rule at a sum is given at most, for one type: the points of what is added up; of any other way 0."""
    if node.data.get("aggregate", "sum") != "sum" or "out_of" in node.data:
        return 0.0  # on the group's own scale, whatever the parts are worth
    added = [member.node.data for member in index.members(node.where, node.data) if member.weight in {None, 1}]
    points = [data.get("points") for data in added if data.get("bonus") is not True]
    own = [each.get(chosen(each, unit_type)) if isinstance(each, dict) and each else each for each in points]
    return math.fsum(each for each in own if isinstance(each, (int, float)))


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

"""What no schema can say of tree.yaml: unit types, cohorts, grades, vetoes and the nodes that policies name."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.meaning_nodes import Entry, repeated_codes
from lawgov_score.wording import Words


def check_head(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """All faults of this kind, the names that nodes use included."""
    for key in ("unit_types", "cohorts", "vetoes"):
        found = items_of(document.data, key)
        yield from repeated_codes(
            document, [(key, i, "code") for i, _ in found], [item.get("code") for _, item in found]
        )
    yield from _unit_types(document, nodes)
    yield from _cohorts(document)
    yield from _grades(document)
    yield from _named(document, "grades", "name", Code.T222, _veto_grades(document))
    yield from _named(document, "vetoes", "code", Code.T222, _vetoes(nodes))
    if document.is_whole(("nodes",)) or all("code" in node.data for node in nodes):
        codes = [node.data["code"] for node in nodes if isinstance(node.data.get("code"), str)]
        waivers: list[tuple[Where, Any]] = [
            (("waivers", i, "node"), item.get("node")) for i, item in items_of(document.data, "waivers")
        ]
        rank = _mapping(_mapping(document.data, "policies"), "rank")
        breakers: list[tuple[Where, Any]] = [
            (("policies", "rank", "tie_breakers", i), code) for i, code in _texts(rank, "tie_breakers")
        ]
        yield from _unknown(breakers, codes, Code.T223)
        yield from _unknown(waivers, [*codes, str(document.data.get("code"))], Code.T223)


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _texts(data: dict[str, Any], key: str) -> list[tuple[int, str]]:
    found = data.get(key)
    return [(i, text) for i, text in enumerate(found) if isinstance(text, str)] if isinstance(found, list) else []


def _unknown(used: list[tuple[Where, Any]], known: list[str], code: Code) -> Iterator[Finding]:
    for where, name in used:
        if isinstance(name, str) and name not in known:
            yield Finding(where, code, {"found": name, "cure": nearest(name, known)})


def _named(document: Document, key: str, name: str, code: Code, used: list[tuple[Where, Any]]) -> Iterator[Finding]:
    """``code`` for every name used that the list ``key`` does not define."""
    if document.is_whole((key,)):
        yield from _unknown(used, [str(item.get(name)) for _, item in items_of(document.data, key)], code)


def _unit_types(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    used: list[tuple[Where, Any]] = [
        (("cohorts", i, "unit_types", j), code)
        for i, cohort in items_of(document.data, "cohorts")
        for j, code in _texts(cohort, "unit_types")
    ]
    used += [((*node.where, "applies_to", i), code) for node in nodes for i, code in _texts(node.data, "applies_to")]
    yield from _named(document, "unit_types", "code", Code.T204, used)


def _cohorts(document: Document) -> Iterator[Finding]:
    seen: dict[str, tuple[Where, str]] = {}
    for i, cohort in items_of(document.data, "cohorts"):
        for j, code in _texts(cohort, "unit_types"):
            where: Where = ("cohorts", i, "unit_types", j)
            first, name = seen.setdefault(code, (where, str(cohort.get("name", cohort.get("code", "")))))
            if first != where and first[1] != i:
                yield Finding(where, Code.T216, {"found": code, "cohort": name}, see_also=(first,))


def _grades(document: Document) -> Iterator[Finding]:
    grades = items_of(document.data, "grades")
    names: dict[Any, Where] = {}
    for i, grade in grades:
        where: Where = ("grades", i, "name")
        first = names.setdefault(grade.get("name"), where)
        if first != where and "name" in grade:
            expected = Words("各不相同的名称", "a name of its own")
            yield Finding(where, Code.T212, {"expected": expected, "found": grade["name"]}, see_also=(first,))
    lines = [(i, grade["at_least"]) for i, grade in grades if "at_least" in grade]
    for (above, higher), (i, lower) in pairwise(lines):
        if lower >= higher:
            expected = Words("低于上一等次的 {above}", "less than {above}, the grade above")
            values = {"expected": expected(above=higher), "found": lower}
            yield Finding(("grades", i, "at_least"), Code.T212, values, see_also=(("grades", above, "at_least"),))
    points = document.data.get("points")
    if lines and isinstance(points, (int, float)) and lines[0][1] > points:
        expected = Words("不超过总分 {points}", "at most {points}, the points of the tree")
        values = {"expected": expected(points=points), "found": lines[0][1]}
        yield Finding(("grades", lines[0][0], "at_least"), Code.T212, values, see_also=(("points",),))


def _veto_grades(document: Document) -> list[tuple[Where, Any]]:
    return [
        (("vetoes", i, "grade_at_most"), veto.get("grade_at_most")) for i, veto in items_of(document.data, "vetoes")
    ]


def _vetoes(nodes: tuple[Entry, ...]) -> list[tuple[Where, Any]]:
    return [
        ((*node.where, "vetoes", i, "veto"), veto.get("veto"))
        for node in nodes
        for i, veto in items_of(node.data, "vetoes")
    ]

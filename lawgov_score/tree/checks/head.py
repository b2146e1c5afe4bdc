"""Names in tree.yaml: unit types, cohorts, grades, vetoes and nodes must exist where they are named."""

from collections.abc import Iterator
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.tree.checks.nodes import repeated_codes
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Entry, knows_codes


def check_head(document: Document, nodes: tuple[Entry, ...]) -> Iterator[Finding]:
    """All faults of this module, including names that nodes use."""
    for keys in (("unit_types",), ("cohorts",), ("weight_classes",), ("adjustments", "vetoes")):  # one register
        coded_items = [(key, i, item.get("code")) for key in keys for i, item in items_of(document.data, key)]
        yield from repeated_codes(
            document, [(key, i, "code") for key, i, _ in coded_items], [code for *_, code in coded_items]
        )
    yield from _printed_totals(document)
    yield from _unit_types(document, nodes)
    yield from _cohorts(document)
    yield from _named(document, "grades", "name", Code.T222, _veto_grades(document))
    yield from _named(document, "vetoes", "code", Code.T222, _vetoes(nodes))
    if knows_codes(document, nodes):
        waivers: list[tuple[Where, Any]] = [
            (("waivers", i, "node"), item.get("node")) for i, item in items_of(document.data, "waivers")
        ]
        codes = [node.code for node in nodes]
        yield from _unknown(waivers, [*codes, str(document.data.get("code"))], Code.T223)


def _printed_totals(document: Document) -> Iterator[Finding]:
    """T257: places by a rounded total that there is not, since it is rounded in print alone."""
    policies = document.data.get("policies")
    rounding, rank = (policies.get(key) if isinstance(policies, dict) else None for key in ("rounding", "rank"))
    total = rounding.get("total") if isinstance(rounding, dict) else None
    is_in_print = isinstance(total, dict) and "shown" in total
    if is_in_print and isinstance(rank, dict) and rank.get("by") == "rounded":
        values = {"found": "by: rounded"}
        also: Where = ("policies", "rounding", "total")
        yield Finding(("policies", "rank", "by"), Code.T257, values, see_also=(also,))


def _texts(data: dict[str, Any], key: str) -> list[tuple[int, str]]:
    items = data.get(key)
    return [(i, text) for i, text in enumerate(items) if isinstance(text, str)] if isinstance(items, list) else []


def _unknown(used: list[tuple[Where, Any]], known: list[str], code: Code) -> Iterator[Finding]:
    for where, name in used:
        if isinstance(name, str) and name not in known:
            yield Finding(where, code, {"found": name, "cure": nearest(name, known)})


def _named(document: Document, key: str, name: str, code: Code, used: list[tuple[Where, Any]]) -> Iterator[Finding]:
    """``code`` for every name used that is not defined in the list ``key``."""
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


def _veto_grades(document: Document) -> list[tuple[Where, Any]]:
    used: list[tuple[Where, Any]] = []
    for i, veto in items_of(document.data, "vetoes"):
        used.append((("vetoes", i, "grade_at_most"), veto.get("grade_at_most")))
        used += [(("vetoes", i, "bars", j), name) for j, name in _texts(veto, "bars")]
    return used


def _vetoes(nodes: tuple[Entry, ...]) -> list[tuple[Where, Any]]:
    used: list[tuple[Where, Any]] = [
        ((*node.where, "vetoes", i, "veto"), veto.get("veto"))
        for node in nodes
        for i, veto in items_of(node.data, "vetoes")
    ]
    last = ((node.where, node.data.get("last")) for node in nodes)
    used += [((*where, "last", "veto"), one.get("veto")) for where, one in last if isinstance(one, dict)]
    return used

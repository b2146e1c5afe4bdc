"""Checks data against the JSON Schema, and turns each error into one plain problem."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import LINES
from lawgov_score.problems import Problem
from lawgov_score.rules import KINDS
from lawgov_score.tree.by_type import back, keys_in, places_in, with_figures_of
from lawgov_score.tree.document import Document, Where, without
from lawgov_score.tree.draft import is_written_as_day
from lawgov_score.tree.finding import Finding, nearest, problem_of, shown
from lawgov_score.tree.fits import fits, matches
from lawgov_score.tree.shape_words import findings_of
from lawgov_score.tree.source import yaml_1_1
from lawgov_score.wording import Words

if TYPE_CHECKING:
    from jsonschema import ValidationError

_UNFIT = frozenset({Code.T104, Code.T106, Code.T111, Code.T112, Code.T115})  # the value is unusable and is left out


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> "Iterator[ValidationError]":
    """Like the library's own, but for the meaning of ``$``."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not matches(pattern, instance):
        yield ValidationError("pattern")


class _Shape:
    """A schema with which data are compared: first quickly, by the library only where something is wrong."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.definitions = schema.get("$defs", {})
        self.own = {key: wanted for key, wanted in schema.items() if key != "$defs"}

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator, validators  # takes longer than a tree takes to be read

        return validators.extend(Draft202012Validator, {"pattern": _pattern})(self.schema)  # type: ignore[no-untyped-call]  # it has no types

    def errors(self, value: Any) -> "Iterator[ValidationError]":
        """What is wrong with ``value``."""
        if not fits(value, self.own, self.definitions):
            yield from self._validator.iter_errors(value)


@cache
def tree_schema() -> dict[str, Any]:
    """The schema of everything except ``rule:``."""
    text = files("lawgov_score.tree").joinpath("tree.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def rule_schema(kind: str) -> dict[str, Any]:
    """The schema of ``rule:`` for one kind, ``kind`` included, no other key allowed."""
    own = dict(KINDS[kind].SCHEMA)
    keys = {"kind": {"title": "计分方式", "const": kind}, **_keys_of(own)}
    required = ["kind", *own.get("required", ())]
    return {**own, "type": "object", "properties": keys, "required": required, "additionalProperties": False}


def _keys_of(schema: Any) -> dict[str, Any]:
    """Properties of a rule's schema; those that occur only in a branch (oneOf and so on) accept anything."""
    properties: dict[str, Any] = {}
    for branching in ("oneOf", "anyOf", "allOf"):
        for branch in schema.get(branching, ()):
            properties |= dict.fromkeys(_keys_of(branch), True)
    return {**properties, **schema.get("properties", {})}


@cache
def _shape(definition: str, *, has_points: bool) -> _Shape:
    definitions = tree_schema()["$defs"] if has_points else without_points(tree_schema()["$defs"])
    return _Shape({"$ref": f"#/$defs/{definition}", "$defs": definitions})


def without_points(definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions without required `points`: they are in a weight set."""
    nodes = {kind: definitions[kind] for kind in ("group", "indicator")}
    return definitions | {
        kind: {**node, "required": [key for key in node["required"] if key != "points"]} for kind, node in nodes.items()
    }


@cache
def _rule_shape(kind: str) -> _Shape:
    return _Shape(rule_schema(kind))


def check_shape(document: Document, definition: str, *, has_points: bool = True) -> tuple[Document, list[Problem]]:
    """Problems of one file, and the document without unusable values.

    ``definition`` is ``tree``, ``part``, ``weight_set``, ``notice``, ``once`` or ``block_use``; ``has_points``: must
    nodes have points here?
    """
    shape = _shape(definition, has_points=has_points)
    findings = _findings(document, shape, definition)
    unquoted = [finding.where for finding in findings if _lacks_quotes(finding, document)]
    for where in unquoted:
        _set(document.data, where, document.spots[where].typed)
    if unquoted:
        findings = _findings(document, shape, definition)  # validate again, with the text that was meant
    faulty = {finding.where for finding in findings if not finding.at_key}
    wheres = [where for where in unquoted if where not in faulty] + list(_surprises(document, faulty))
    quoting = [_unquoted(where, document.spots[where].typed) for where in dict.fromkeys(wheres)]
    without(document.data, (finding.where for finding in findings if finding.code in _UNFIT))
    checked = replace(document, gaps=document.gaps | {_gap(finding) for finding in findings})
    return checked, [problem_of(finding, document) for finding in (*findings, *quoting)]


def _findings(document: Document, shape: _Shape, definition: str) -> list[Finding]:
    """The faults that the schemas report, each once."""
    findings = {
        (finding.where, finding.code, finding.values.get("name")): finding
        for finding in _found(document, shape, definition)
        if finding.where not in document.gaps  # unreadable values have been reported already
    }
    for finding in [*findings.values()]:  # a mistyped key is one fault, not an unknown and a missing one
        if finding.code is Code.T106:
            holder, meant = finding.where[:-1], finding.values["meant"]
            findings.pop((holder, Code.T105, meant), None)
            choice = findings.get((holder, Code.T118, None))
            if choice is not None and meant in cast("tuple[str, ...]", choice.values.get("names", ())):
                del findings[(holder, Code.T118, None)]
    return [*findings.values()]


def _gap(finding: Finding) -> Where:
    """The path that cannot be relied on: the missing key, the mapping with an unknown key, or the invalid value."""
    if finding.code is Code.T105:
        return (*finding.where, str(finding.values["name"]))
    return finding.where[:-1] if finding.code is Code.T106 else finding.where


def _found(document: Document, shape: _Shape, definition: str) -> Iterator[Finding]:
    """What the schemas report; figures by unit type are looked at as if each stood there alone."""
    places = places_in(document.data, definition)
    if not places:
        yield from (*_tree_findings(document, shape), *_rule_findings(document))
    for key in keys_in(document.data, places):
        data, chosen = with_figures_of(document.data, places, key)
        view = replace(document, data=data)
        for finding in (*_tree_findings(view, shape), *_rule_findings(view)):
            yield replace(finding, where=back(finding.where, chosen))


def _tree_findings(document: Document, shape: _Shape) -> Iterator[Finding]:
    for error in shape.errors(document.data):
        yield from findings_of(error, ())


def _rule_findings(document: Document) -> Iterator[Finding]:
    for where, rule in rules_in(document.data, ()):
        kind = rule.get("kind")
        if not isinstance(kind, str):
            continue  # the tree's own schema reports it
        if kind not in KINDS:
            expected = Words("{names:list}", "{names:list}")(names=tuple(KINDS))
            values = {"key": "“kind”", "expected": expected, "found": shown(kind), "cure": nearest(kind, KINDS)}
            yield Finding((*where, "kind"), Code.T111, values)
            continue
        for error in _rule_shape(kind).errors(rule):
            yield from findings_of(error, where)


def rules_in(data: Any, where: Where) -> Iterator[tuple[Where, dict[str, Any]]]:
    """Every ``rule:`` that is a mapping, in nodes of any depth."""
    if not isinstance(data, dict):
        return
    for holder in ((), ("small_sample",)):
        holding = data.get("small_sample") if holder else data
        if isinstance(holding, dict) and isinstance(holding.get("rule"), dict):
            yield (*where, *holder, "rule"), holding["rule"]
    for key in ("nodes", "children"):
        nodes = data.get(key)
        if isinstance(nodes, list):
            for i, node in enumerate(nodes):
                yield from rules_in(node, (*where, key, i))


def _lacks_quotes(finding: Finding, document: Document) -> bool:
    """Is text expected, and are only its quotes missing?"""
    spot = document.spots.get(finding.where)
    is_text_wanted = finding.code is Code.T104 and finding.values.get("types") in {("string",), ("string", "object")}
    return is_text_wanted and spot is not None and spot.style == "" and spot.typed not in {"", "null"}


def _surprises(document: Document, faulty: set[Where]) -> Iterator[Where]:
    """Unquoted text that YAML 1.1 readers would change, but this reader does not: ``010000``, ``on``, ``12:30:00``."""
    for where, spot in document.spots.items():
        is_text = spot.style == "" and where not in faulty and isinstance(_get(document.data, where), str)
        is_day = is_written_as_day(spot.typed) and bool({*where[-2:]} & {*LINES, "with"})  # it is meant
        if is_text and not is_day and yaml_1_1(spot.typed) is not None:
            yield where


def _unquoted(where: Where, typed: str) -> Finding:
    """T108: unquoted text."""
    made = yaml_1_1(typed) or Words("数 {typed}", "the number {typed}")(typed=typed)
    key = next((step for step in reversed(where) if isinstance(step, str)), "")
    return Finding(where, Code.T108, {"key": key, "found": typed, "made": made})


def _get(data: Any, where: Where) -> Any:
    for step in where:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _set(data: Any, where: Where, value: str) -> None:
    if where:
        _get(data, where[:-1])[where[-1]] = value

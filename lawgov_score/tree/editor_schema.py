"""The schema for editors: rule kinds included. ``python -m lawgov_score.tree.editor_schema``.

Writes tree.schema.draft-07.json beside tree.schema.json; a test fails when the file is stale. The same in draft
2020-12 differs by a few keywords and is made from it.
"""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

from lawgov_score.rules import KINDS
from lawgov_score.tree.by_type import OF_NODES, is_figure
from lawgov_score.tree.shape import rule_schema, tree_schema, without_points

PATH = Path(__file__).with_name("tree.schema.draft-07.json")
_RENAMED = {"$defs": "definitions", "dependentRequired": "dependencies"}
_FORMER = {new: old for old, new in _RENAMED.items()}


class Draft(StrEnum):
    """The versions of JSON Schema that can be had."""

    NEWEST = "2020-12"
    SEVEN = "7"  # what editors know


_NEWEST = "https://json-schema.org/draft/2020-12/schema"


_RULE = {"title": "计分规则", "description": "计分方式（kind）及其参数，见 docs/rules.md"}
_SMALL_RULE = {"title": "另用的计分规则", "description": "件数太少时改按它计分：计分方式（kind）及其参数"}


def editor_schema() -> dict[str, Any]:
    """One draft-07 schema for tree.yaml and its parts: a file with ``nodes`` only is a part."""
    # A part does not say whether its tree keeps points apart, so points are not required here.
    definitions = _draft_07(without_points(tree_schema()["$defs"]))
    for node in ("group", "indicator"):
        keys = definitions[node]["properties"]
        keys |= {key: by_type(keys[key]) for key in OF_NODES if key in keys}
    definitions |= {f"rule.{kind}": _of_rule(kind) for kind in KINDS}
    definitions["rule"] = {
        **_RULE,
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"title": "计分方式", "description": _kinds(), "enum": list(KINDS)}},
        "allOf": [
            {
                "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
                "then": {"$ref": f"#/definitions/rule.{kind}"},
            }
            for kind in KINDS
        ],
    }
    indicator = definitions["indicator"]["properties"]
    indicator["rule"] = {**_RULE, "$ref": "#/definitions/rule"}
    indicator["small_sample"]["properties"]["rule"] = {**_SMALL_RULE, "$ref": "#/definitions/rule"}
    definitions["field"] = _or_scale(definitions["field"])
    for apart in ("weight_set", "notice", "once"):
        del definitions[apart]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "指标体系",
        "if": {"propertyNames": {"const": "nodes"}, "required": ["nodes"]},
        "then": {"$ref": "#/definitions/part"},
        "else": {"$ref": "#/definitions/tree"},
        "definitions": definitions,
    }


def _of_rule(kind: str) -> dict[str, Any]:
    """The schema of one kind, with its name, and what its page in docs/rules.md says first."""
    schema: dict[str, Any] = _draft_07(_or_scale(_figures_by_type(rule_schema(kind))))
    first, _, rest = str(sys.modules[KINDS[kind].__module__].__doc__).partition("\n\n")
    about = first.partition("：")[2]
    when = rest.partition("\n\n")[0].replace("\n", "").replace("``", "")
    schema["properties"]["kind"]["description"] = about
    return {"title": KINDS[kind].NAME, "description": f"{about}{when}", **schema}


def _figures_by_type(schema: Any) -> Any:
    """The schema of a rule in which every figure may go by unit type."""
    if isinstance(schema, (list, tuple)):
        return [_figures_by_type(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    own = {key: _figures_by_type(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict):
        keys = schema["properties"]
        own["properties"] = {
            key: by_type(one) if is_figure(one) else _figures_by_type(one) for key, one in keys.items()
        }
    return own


def by_type(figure: Any) -> dict[str, Any]:
    """A figure, or one for each unit type: keywords of numbers and of text say nothing about a mapping."""
    types = [figure["type"]] if isinstance(figure["type"], str) else [*figure["type"]]
    return {
        **figure,
        "type": [*types, "object"],
        "minProperties": 1,
        "additionalProperties": {"title": "该类型的数", "type": types[0] if len(types) == 1 else types},
    }


def _or_scale(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, where the name of a scale may stand for a list."""
    keys = {
        key: {**own, "type": ["array", "string"]} if isinstance(own, dict) and own.get("type") == "array" else own
        for key, own in schema["properties"].items()
    }
    return {**schema, "properties": keys}


def _kinds() -> str:
    return "；".join(f"{kind} {rule.NAME}" for kind, rule in KINDS.items())


def _draft_07(schema: Any) -> Any:
    """The same with the keywords of draft-07; our own ``x-`` keywords are left out."""
    if isinstance(schema, (list, tuple)):
        return [_draft_07(part) for part in schema]
    if isinstance(schema, dict):
        return {
            _RENAMED.get(key, key): _draft_07(value)
            for key, value in schema.items()
            if not key.startswith("x-") and key != "$schema"
        }
    if isinstance(schema, str):
        return schema.replace("#/$defs/", "#/definitions/")
    return schema


def text() -> str:
    """The text of the schema file."""
    return json.dumps(editor_schema(), ensure_ascii=False, indent=2) + "\n"


def printed(draft: Draft) -> str:
    """The schema as it is handed out: the file, or the same in draft 2020-12."""
    whole = PATH.read_text(encoding="utf-8")
    if draft is Draft.SEVEN:
        return whole.rstrip("\n")
    schema = {**_draft_2020(json.loads(whole)), "$schema": _NEWEST}
    return json.dumps(schema, ensure_ascii=False, indent=2)


def _draft_2020(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_draft_2020(part) for part in schema]
    if isinstance(schema, dict):
        return {_FORMER.get(key, key): _draft_2020(value) for key, value in schema.items()}
    return schema.replace("#/definitions/", "#/$defs/") if isinstance(schema, str) else schema


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")

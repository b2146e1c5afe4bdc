"""The schemas themselves: valid, complete in their titles, and the editors' copy not stale.

Reaches ``tree/shape_words.py``.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from lawgov_score.rules import KINDS
from lawgov_score.tree.editor_schema import PATH, text
from lawgov_score.tree.shape import rule_schema, tree_schema
from lawgov_score.tree.source import read_text

GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"


def data_of(path: Path) -> Any:
    """As YAML 1.2 has it: a YAML 1.1 reader takes the key ``on`` for true."""
    return read_text(path.read_text(encoding="utf-8"), path.name)[0].data


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(tree_schema())
    Draft7Validator.check_schema(json.loads(PATH.read_text(encoding="utf-8")))
    for kind in KINDS:
        Draft202012Validator.check_schema(json.loads(json.dumps(rule_schema(kind))))


def test_the_editors_copy_is_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == text(), "run python -m lawgov_score.tree.editor_schema"


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda path: path.name)
def test_the_editors_copy_takes_what_is_good(path: Path) -> None:
    validator = Draft7Validator(json.loads(text()))
    assert [error.message for error in validator.iter_errors(data_of(path))] == []


@pytest.mark.parametrize("name", ["T105-basis", "T105-rule-key", "T106-rule-key", "T111-kind", "T118-rule-one-of"])
def test_the_editors_copy_refuses_what_is_bad(name: str) -> None:
    validator = Draft7Validator(json.loads(text()))
    assert not validator.is_valid(data_of(BAD / f"{name}.yaml"))


def _properties(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in {"if", "then", "else"}:
                continue
            if key == "properties":
                yield from value.items()
            yield from _properties(value)
    elif isinstance(schema, list):
        for part in schema:
            yield from _properties(part)


def test_every_key_has_a_title() -> None:
    untitled = [key for key, schema in _properties(tree_schema()["$defs"]) if "title" not in schema]
    assert untitled == []

"""The quick check of shape says yes or no as the library does: of every tree at hand, and of any change to one."""

import copy
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from lawgov_score.rules import KINDS
from lawgov_score.tree.fits import _TESTS, fits, matches
from lawgov_score.tree.shape import rule_schema, tree_schema
from lawgov_score.tree.source import read_text

ROOT = Path(__file__).parents[2]
TREES = sorted(
    path
    for folder in ("indicators", "tests/schemes", "tests/golden", "tests/tree/good", "tests/tree/bad")
    for path in (ROOT / folder).rglob("*.yaml")
)
SMALL = [path for path in TREES if path.parent.name == "good"]
RULES = [
    {"kind": path.stem, **case["rule"]}
    for path in sorted((ROOT / "tests" / "rules" / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    if "rule" in case
]


def _pattern(_: Any, pattern: str, value: object, __: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and not matches(pattern, value):
        yield ValidationError("pattern")


@cache
def library(name: str) -> Any:
    """The library's validator: of a definition of the tree's schema, or of a rule of this kind."""
    whole = tree_schema()["$defs"]
    schema = rule_schema(name) if name in KINDS else {"$ref": f"#/$defs/{name}", "$defs": whole}
    make: Any = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # it has no types
    return make(schema)


def quick(name: str, value: Any) -> bool:
    definitions = tree_schema()["$defs"]
    return fits(value, rule_schema(name) if name in KINDS else definitions[name], definitions)


def data_of(path: Path) -> Any:
    return read_text(path.read_text(encoding="utf-8", errors="replace"), path.name)[0].data


def definition_of(data: Any) -> str:
    """What a file is to be compared with: a tree, a part or a weight set."""
    if isinstance(data, dict) and "weights_of" in data:
        return "weight_set"
    return "part" if isinstance(data, dict) and [*data] == ["nodes"] else "tree"


@pytest.mark.parametrize("path", TREES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_of_every_tree(path: Path) -> None:
    data = data_of(path)
    name = definition_of(data)
    assert quick(name, data) == library(name).is_valid(data)


def test_a_tree_without_faults_needs_no_library() -> None:
    probe = (
        "import sys; from pathlib import Path; from lawgov_score.tree import load\n"
        "tree, problems = load(Path(sys.argv[1]))\n"
        "print(tree is not None, 'jsonschema' in sys.modules)"
    )
    for tree, said in (("indicators/qujialing-2017", "True False"), ("tests/tree/bad/T105-basis.yaml", "False True")):
        call = [sys.executable, "-c", probe, str(ROOT / tree)]
        assert subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip() == said


def test_among_them_are_both_kinds() -> None:
    answers = [quick(definition_of(data), data) for data in map(data_of, TREES)]
    assert answers.count(True) > 50
    assert answers.count(False) > 50


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.sampled_from(
        [0.5, 1.0, 1e300, "", " ", "x", "x\n", "01-1", "90%", "101%", "share", "choice", "on_zero", "zero"]
    ),
    st.sampled_from([[], {}, [1], ["a", "a"], ["a", "b"], {"kind": "linear"}, {"code": "x"}]),
)


def changed(data: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
    """The same data with one value replaced, taken out, doubled or put in, anywhere."""
    data = copy.deepcopy(data)
    holders = [holder for holder in _holders(data) if holder]
    holder = draw(st.sampled_from(holders))
    key = draw(st.sampled_from([*holder] if isinstance(holder, dict) else range(len(holder))))
    what = draw(st.sampled_from(["replace", "remove", "add", "double"]))
    if what == "remove":
        del holder[key]
    elif what == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["note", "choices", "substitute", "never", "cap", "uses", "no_such_key"]))] = draw(
            VALUES
        )
    elif what == "double" and isinstance(holder, list):
        holder.append(holder[key])
    else:
        holder[key] = draw(VALUES)
    return data


def _holders(data: Any) -> Iterator[Any]:
    if isinstance(data, (dict, list)):
        yield data
        for part in data.values() if isinstance(data, dict) else data:
            yield from _holders(part)


@settings(max_examples=300)
@given(st.data())
def test_of_any_change_to_a_tree(drawn: st.DataObject) -> None:
    data = changed(data_of(drawn.draw(st.sampled_from(SMALL))), drawn.draw)
    name = definition_of(data)
    assert quick(name, data) == library(name).is_valid(data)


@settings(max_examples=500)
@given(st.data())
def test_of_any_change_to_a_rule(drawn: st.DataObject) -> None:
    rule = drawn.draw(st.sampled_from(RULES))
    data = changed(rule, drawn.draw)
    assert quick(rule["kind"], data) == library(rule["kind"]).is_valid(data)


def test_every_keyword_of_our_schemas_is_known() -> None:
    asked = set(_keywords(tree_schema()))
    for kind in KINDS:
        asked |= set(_keywords(rule_schema(kind)))
    assert asked - {"$schema", "$defs"} == set(_TESTS)
    with pytest.raises(KeyError):
        fits(1, {"multipleOf": 2}, {})


def _keywords(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _keywords(part)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            yield key
            if key in {"properties", "$defs"}:
                yield from _keywords([*value.values()])
            elif key not in {"const", "enum", "default", "required", "dependentRequired", "x-expected", "x-why"}:
                yield from _keywords(value)

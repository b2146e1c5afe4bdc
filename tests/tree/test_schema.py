"""The schemas themselves: valid, complete in their titles, and the editors' copy not stale.

Reaches ``tree/shape_words.py``.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, ValidationError
from test_cli import a_small_tree

from lawgov_score.rules import KINDS
from lawgov_score.tree import load
from lawgov_score.tree.editor_schema import PATH, Draft, printed, text
from lawgov_score.tree.shape import rule_schema, tree_schema
from lawgov_score.tree.source import read, read_text

GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"
ROOT = Path(__file__).parents[2]
VALIDATORS: dict[Draft, Any] = {Draft.NEWEST: Draft202012Validator, Draft.SEVEN: Draft7Validator}


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


CHINESE = re.compile("[\u4e00-\u9fff]")
CONDITIONS = frozenset({"if", "then", "else", "not"})  # what they say of a key is declared beside them
VALUES = frozenset({"enum", "required", "default", "examples", "x-expected"})


def _declared(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key and every closed list of words, with the path of keys that leads there."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield path, schema
        for key, value in schema.items():
            if key == "properties":
                for name, own in value.items():
                    yield f"{path}/{name}", own
                    yield from _declared(own, f"{path}/{name}")
            elif key not in CONDITIONS | VALUES:
                yield from _declared(value, f"{path}/{key}" if path.count("/") == 0 else path)
    elif isinstance(schema, (list, tuple)):
        for part in schema:
            yield from _declared(part, path)


def _words(schema: dict[str, Any]) -> list[str]:
    """The words that may stand there: of a list, or of a form such as ``^(full|zero|[0-9]+%)$``."""
    forms = re.sub(r"\(\?[^)]*\)", "", schema.get("pattern", ""))
    said = re.findall(r"(?<=[(|])[a-z_]{3,}(?=[)|])", forms)
    return [word for word in (*schema.get("enum", ()), *said) if isinstance(word, str)]


def lacking(schema: Any) -> list[str]:
    """What a reviewer who points at a key would not be told."""
    found = []
    for path, own in _declared(schema, ""):
        title, said = own.get("title", ""), own.get("description", "")
        key = path.rpartition("/")[2]
        if not CHINESE.search(title) or title == key:
            found.append(f"{path}: title {title!r}")
        if len(CHINESE.findall(said.replace(title, ""))) < 3:
            found.append(f"{path}: description {said!r} says nothing beyond the title {title!r}")
        untold = [word for word in _words(own) if not re.search(rf"(?<![a-z_]){word}[ ：]?{CHINESE.pattern}", said)]
        if untold:
            found.append(f"{path}: the description does not say what {untold} mean")
    return [*dict.fromkeys(found)]


@pytest.mark.parametrize("draft", list(Draft))
def test_every_key_and_word_is_explained_in_chinese(draft: Draft) -> None:
    schema = json.loads(printed(draft))
    assert len(list(_declared(schema, ""))) > 350
    assert lacking(schema) == []
    assert lacking(tree_schema()) == []  # weight sets and the notice too, which the printed one does not hold


def test_a_key_that_only_repeats_its_name_is_found() -> None:
    schema = {
        "properties": {
            "year": {"title": "year", "description": "这里写考核的年份"},
            "points": {"title": "分值", "description": "分值。"},
            "missing": {"title": "未填报", "description": "zero 计零分，不计入的另写", "enum": ["zero", "exclude"]},
            "on_zero": {
                "title": "分母为零时",
                "description": "zero 计零分，full、60% 等",
                "pattern": "^(full|zero|[0-9]+%)$",
            },
            "good": {"title": "方向", "description": "higher 越大越好", "enum": ["higher"]},
        }
    }
    assert [one.partition(":")[0] for one in lacking(schema)] == ["/year", "/points", "/missing", "/on_zero"]


TREES = sorted(path for path in (ROOT / "indicators").rglob("*.yaml") if "weights_of" not in data_of(path))


@pytest.mark.parametrize("draft", list(Draft))
def test_all_trees_of_the_repository_fit_the_printed_schema(draft: Draft) -> None:
    validator = VALIDATORS[draft](json.loads(printed(draft)))
    VALIDATORS[draft].check_schema(json.loads(printed(draft)))
    assert len(TREES) > 40
    for path in TREES:
        assert [error.message for error in validator.iter_errors(data_of(path))] == [], path


MISTAKES = [
    ("points: 2\n        applies_to", "pionts: 2\n        applies_to", "T106"),  # a key misspelt
    ("kind: proportional}", "kind: proportinal}", "T111"),
    ("kind: proportional}", "kind: proportional, target: 好}", "T104"),
    ("points: 2\n        applies_to", "points: 两分\n        applies_to", "T104"),
    ("missing: zero", "missing: nought", "T111"),
    ("type: count, measured_in: 件}\n        value", "type: number, measured_in: 件}\n        value", "T111"),
]


@pytest.mark.parametrize("draft", list(Draft))
@pytest.mark.parametrize(("right", "wrong", "code"), MISTAKES)
def test_a_validator_flags_what_lint_flags_at_the_same_place(
    draft: Draft, right: str, wrong: str, code: str, tmp_path: Path
) -> None:
    file = Path(a_small_tree(tmp_path))
    text = file.read_text(encoding="utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    document, _ = read(file)
    places = {one.place for one in load(file)[1] if one.code == code}
    assert len(places) == 1
    flagged = set()
    for error in VALIDATORS[draft](json.loads(printed(draft))).iter_errors(document.data):
        for leaf in _leaves(error):
            where = tuple(leaf.absolute_path)
            if leaf.validator == "additionalProperties":  # the key that is too many
                known, given = cast("dict[str, Any]", leaf.schema)["properties"], cast("dict[str, Any]", leaf.instance)
                flagged |= {document.spots[(*where, key)].key for key in given if key not in known}
            elif leaf.validator != "required":  # a key misspelt is missing too: the editor marks the item
                flagged.add(document.spots[where].value)
    assert places <= flagged


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    if not error.context:
        yield error
    for part in error.context or ():
        yield from _leaves(part)

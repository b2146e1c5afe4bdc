"""Figures by unit type, scales and blocks, written in any way at all: refused with a reason, never with a crash.

Reaches ``tree/by_type.py``, ``tree/one_scale.py``, ``tree/once.py``, ``tree/blocks.py``, ``tree/piece.py``.
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.problems import is_error
from lawgov_score.report import part
from lawgov_score.tree import load
from lawgov_score.wording import Language

BASE: dict[str, Any] = json.loads((Path(__file__).parent / "anyhow.json").read_text(encoding="utf-8"))
Where = tuple[str | int, ...]
# What may stand where something else is meant.
_ANYTHING: tuple[Any, ...] = (
    [],
    ["area"],
    [{"a": 1}],
    {},
    {"area": 1},
    {"area": "deduction", "others": []},
    3,
    None,
    "<x>",
)
LOOKED_AT = ("nodes", "children", "scales", "blocks", "unit_types", "cohorts", "waivers", "policies")


def paths(data: Any, where: Where = ()) -> Iterator[Where]:
    if where:
        yield where
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*where, key))


def with_other(where: Where, value: Any) -> dict[str, Any]:
    data = copy.deepcopy(BASE)
    holder: Any = data
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = copy.deepcopy(value)
    return data


def loaded(path: Path, data: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return load(path)


def test_the_tree_that_is_spoilt_is_sound(tmp_path: Path) -> None:
    tree, problems = loaded(tmp_path / "tree.yaml", BASE)
    assert tree is not None, [(one.code, one.place) for one in problems]


@pytest.mark.parametrize("value", _ANYTHING, ids=repr)
def test_anything_may_stand_anywhere(value: Any, tmp_path: Path) -> None:
    """At every key that is looked at before the schema has been; what comes of it is a tree or a reason."""
    tried = [where for where in paths(BASE) if where[0] in LOOKED_AT]
    assert len(tried) > 100
    for where in tried:
        tree, problems = loaded(tmp_path / "tree.yaml", with_other(where, value))
        assert (tree is None) == any(map(is_error, problems)), (where, value)


@pytest.mark.parametrize("kind", [{"area": "deduction", "rural": "tiers"}, ["deduction"], 3])
def test_a_kind_is_a_word(kind: Any, tmp_path: Path) -> None:
    where = next(path for path in paths(BASE) if path[-2:] == ("rule", "kind"))
    assert {Code.T104, Code.T111} & {one.code for one in loaded(tmp_path / "tree.yaml", with_other(where, kind))[1]}


def test_a_type_that_is_called_by_its_name_is_one_fault(tmp_path: Path) -> None:
    where = next(path for path in paths(BASE) if path[-1] == "points" and path[0] == "nodes" and len(path) == 3)
    told = loaded(tmp_path / "tree.yaml", with_other(where, {"产区": 11, "others": 10}))[1]
    assert [one.code for one in told] == [Code.T253]
    assert part(told[0], "hint", Language.ZH) == "是否想写 area（产区）？"
    assert part(told[0], "hint", Language.EN) == "Did you mean area (产区)?"


def test_a_sum_of_one_type_that_is_wrong_is_one_fault(tmp_path: Path) -> None:
    """Places and words at a group are not told off for what its parts come to: T202 says it."""
    text = (Path(__file__).parent / "good" / "only-one-type.yaml").read_text(encoding="utf-8")
    old = "points: {area: 6, rural: 6, city: 6}"
    assert old in text
    (tmp_path / "tree.yaml").write_text(text.replace(old, "points: {area: 7, rural: 6, city: 6}"), encoding="utf-8")
    codes = sorted(one.code for one in load(tmp_path / "tree.yaml")[1])
    assert codes == [Code.T202, Code.T254]  # the sum; and the mean of 02-1, whose own points differ

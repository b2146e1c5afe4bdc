"""Checked data → Tree: defaults, shares, expressions, and a fingerprint of the meaning alone.

Reaches ``model/lists.py``, ``model/node.py``, ``model/tree.py``, ``tree/build_head.py``, ``tree/build_nodes.py``.
"""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.model import Indicator, OnZero, Quota, Tree, WhenZero
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import FieldType
from lawgov_score.tree import load
from lawgov_score.tree.source import read_text

SMALL = Path(__file__).parent / "good" / "small.yaml"


def loaded(path: Path) -> Tree:
    tree, problems = load(path)
    assert tree is not None, problems
    return tree


def written(tmp_path: Path, text: str) -> Tree:
    path = tmp_path / "tree.yaml"
    path.write_text(text, encoding="utf-8")
    return loaded(path)


def indicator(tree: Tree, code: str) -> Indicator:
    node = tree.by_code[code]
    assert isinstance(node, Indicator)
    return node


def test_the_head() -> None:
    tree = loaded(SMALL)
    assert (tree.code, tree.edition, tree.year, tree.points, tree.levels) == (
        "small",
        "2024",
        2024,
        10.0,
        ("类", "小项"),
    )
    assert [grade.quota for grade in tree.grades] == [Quota(0.3, 1), None, None]
    assert tree.policies.coverage_at_least == 0.6
    assert tree.policies.round_group is None
    assert tree.policies.tie_breakers == ("01", "02")
    assert [kind.whole for kind in tree.unit_types] == [False, True]
    assert tree.path == SMALL.as_posix()


def test_bounds_are_those_of_the_type_unless_said() -> None:
    fields = {asked.code: asked for asked in indicator(loaded(SMALL), "01-1").fields}
    assert (fields["chief"].at_least, fields["chief"].at_most) == (0.0, "cases")
    assert (fields["cases"].at_least, fields["cases"].at_most) == (0.0, None)
    assert (fields["rate"].at_least, fields["rate"].at_most, fields["rate"].substitute) == (0.0, 1.0, True)
    assert (fields["remark"].at_least, fields["remark"].type) == (None, FieldType.TEXT)


def test_the_value_is_the_only_scored_field_where_none_is_written() -> None:
    tree = loaded(SMALL)
    derived = indicator(tree, "01-2").value
    assert derived is not None
    assert derived.text == "lost"
    assert indicator(tree, "01-2").terms.value.measured_in == "件"


def test_the_indicator_s_own_keys() -> None:
    item = indicator(loaded(SMALL), "01-1")
    assert item.on_zero == OnZero(WhenZero.NOT_APPLICABLE)
    assert item.small_sample is not None
    assert (item.small_sample.key, item.small_sample.line, item.small_sample.rule) == ("below", 5.0, None)
    assert [(trigger.veto, trigger.when.text) for trigger in item.vetoes] == [("V1", "refused > 0")]
    assert (item.applies_to, item.may_not_apply, item.place.line) == (frozenset(), True, 45)
    assert indicator(loaded(SMALL), "01-2").applies_to == frozenset({"office"})


def test_a_rule_s_own_fields_come_last(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace(
        "rule: {kind: deduction, each: 0.5}",
        "rule: {kind: checklist, parts: [{code: a, name: 甲}, {code: b, name: 乙}], each_met: 1}",
    )
    text = text.replace("          - {code: lost, name: 败诉案件数, type: count, measured_in: 件}\n", "          []\n")
    item = indicator(written(tmp_path, text), "01-2")
    assert [asked.code for asked in item.fields] == [asked.code for asked in item.rule.fields]
    assert item.value is None
    assert item.rule == KINDS["checklist"].from_data(
        {"kind": "checklist", "parts": [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}], "each_met": 1}, 2.1
    )


@pytest.mark.parametrize(
    ("printed", "policy"),
    [
        ("full", OnZero(WhenZero.SHARE, 1.0)),
        ("zero", OnZero(WhenZero.SHARE, 0.0)),
        ("cohort_mean", OnZero(WhenZero.COHORT_MEAN)),
        ("60%", OnZero(WhenZero.SHARE, 0.6)),
        ("0.6", OnZero(WhenZero.SHARE, 0.6)),
    ],
)
def test_zero_policies(tmp_path: Path, printed: str, policy: OnZero) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("on_zero: not_applicable", f"on_zero: {printed}")
    assert indicator(written(tmp_path, text), "01-1").on_zero == policy


def shuffled(data: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(data, dict):
        keys = list(data)
        chance.shuffle(keys)
        return {key: shuffled(data[key], chance) for key in keys}
    return [shuffled(item, chance) for item in data] if isinstance(data, list) else data


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=25, deadline=None)
def test_layout_comments_and_key_order_leave_the_fingerprint_alone(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, is_flow: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "shuffled" / "any.yaml"
    path.parent.mkdir(exist_ok=True)
    document, _ = read_text(SMALL.read_text(encoding="utf-8"), "small.yaml")
    data = shuffled(document.data, chance)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=is_flow or None)
    path.write_text("# 注释\n" + text + "# 注释\n", encoding="utf-8")
    assert loaded(path).fingerprint == loaded(SMALL).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [("full_at: 100%", "full_at: 95%"), ("title: 行政诉讼", "title: 诉讼"), ("at_least: 8}", "at_least: 7}")],
)
def test_what_the_tree_says_changes_the_fingerprint(tmp_path: Path, old: str, new: str) -> None:
    text = SMALL.read_text(encoding="utf-8")
    assert old in text
    assert written(tmp_path, text.replace(old, new, 1)).fingerprint != loaded(SMALL).fingerprint


def test_a_number_written_otherwise_is_the_same_number(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("points: 10\n", "points: 10.0\n")
    assert written(tmp_path, text).fingerprint == loaded(SMALL).fingerprint


UNEVEN = Path(__file__).parent / "good" / "uneven.yaml"


def test_checks_are_read_as_conditions_and_words() -> None:
    checked = loaded(UNEVEN).by_code["1"]
    assert isinstance(checked, Indicator)
    assert [(check.holds.text, check.says) for check in checked.checks] == [
        ("chief + deputy <= cases", "出庭件数合计不超过应诉件数"),
        ("first == 0 or first <= cases", "一审件数不超过应诉件数"),
    ]
    assert checked.refers_to == ()
    assert all(not one.checks for one in loaded(SMALL).indicators)


def test_indicators_may_stand_at_different_depths() -> None:
    tree = loaded(UNEVEN)
    assert {one.code: tree.depths[one.code] for one in tree.indicators} == {"1": 3, "2": 3, "17": 2}


def test_codes_as_printed_are_no_misplaced_ones(tmp_path: Path) -> None:
    """One of two follows the convention by chance: that is not most of them."""
    text = UNEVEN.read_text(encoding="utf-8").replace('code: "1"', 'code: "A1-1"')
    path = tmp_path / "half.yaml"
    path.write_text(text, encoding="utf-8")
    assert load(path)[1] == ()

"""What lint says names the one thing that is wrong, and a cure that leads out (``tree/unreadable.py``)."""

from pathlib import Path

import pytest

from lawgov_score.problems import Problem
from lawgov_score.report import part
from lawgov_score.tree import load
from lawgov_score.wording import Language

TREE = """code: t-2025
title: 试
edition: "2024"
year: 2024
points: 20
levels: [类, 小项]
grades:
  - {name: 优秀, at_least: 16, quota: {share: 30%, at_least: 1}}
  - {name: 一般, at_least: 0}
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
fields:
  - {code: staff, name: 在编人员数, type: count, measured_in: 名}
nodes:
  - code: "1"
    title: 类一
    points: 10
    ranked: higher
    last: {places: 1, veto: V1}
    fields: [{code: licensed, name: 持证人数, type: count, measured_in: 名, at_most: staff}]
    checks: [{holds: licensed <= staff, says: 不超过}]
    children:
      - code: "1-1"
        title: 甲
        points: 10
        applies_to: all
        basis: 依据
        fields: [{code: n, name: 件数, type: count, measured_in: 名, at_most: staff}]
        value: n / staff + 0 * licensed
        on_zero: zero
        rule: {kind: linear, zero_at: 0, full_at: 1}
  - code: "2"
    title: 类二
    points: 10
    children:
      - code: "2-1"
        title: 乙
        points: 10
        applies_to: all
        basis: 依据
        fields:
          - {code: made, name: 是否制定, type: yes_no}
          - {code: cases, name: 次数, type: count, measured_in: 次}
        rule: {kind: deduction, counts: [{unless: made, each: 3}, {field: cases, each: 1}]}
vetoes:
  - {code: V1, title: 居末, deduct: 1}
"""


def told(tmp_path: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    """Code, 应为 and 改法 of every problem of the tree with one text changed."""
    assert TREE.count(old) == 1
    (path := tmp_path / "t.yaml").write_text(TREE.replace(old, new), encoding="utf-8")
    return [(p.code.value, _said(p, "expected"), _said(p, "hint")) for p in load(path, None)[1]]


def _said(problem: Problem, key: str) -> str:
    return str(part(problem, key, Language.ZH))


VALUE = "n / staff + 0 * licensed"


def test_the_tree_itself_is_clean(tmp_path: Path) -> None:
    assert told(tmp_path, "title: 甲", "title: 丙") == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("pow(n, 0)", "指数"),
        ("pow(n, 400)", "不大于 100"),
        ("round(n, 20)", "小数位是 -8 到 10"),
        ("cohort_quantile(n, 2)", "小于 1"),
        ("first(5, n)", "最后可以是一个数"),
        ("first(n, n)", "几个不同的填报项"),
        ("round_even(round_even(n, 2), 1)", "不再套 round_even"),
        ('answer("2-1.cases")', "上级的共用数据"),
        ("blank(n + 1)", "blank(编码)"),
    ],
)
def test_what_cannot_be_read_is_said_by_what_it_is(tmp_path: Path, call: str, expected: str) -> None:
    [(code, said, cure)] = told(tmp_path, f"value: {VALUE}", f"value: {VALUE} + {call}")
    assert code == "T207"
    assert expected in said
    assert cure


@pytest.mark.parametrize("key", ["t-2025.staff", 'answer("t-2025.staff")', "1.licensed", "1-1.n"])
def test_a_key_of_tables_is_written_as_the_code_alone(tmp_path: Path, key: str) -> None:
    [(code, _, cure)] = told(tmp_path, f"value: {VALUE}", f"value: {VALUE} + {key}")
    name = key.rstrip('")').rpartition(".")[2]
    assert code == "T207"
    assert f"写成 {name}" in cure


@pytest.mark.parametrize(
    ("old", "new", "code", "cure"),
    [
        (f"value: {VALUE}", f"value: {VALUE} + cases", "T205", "移到共同的上级组或指标体系的 fields"),
        ("at_most: staff}]\n        value", "at_most: t-2025.staff}]\n        value", "T104", "写成 staff"),
        ("holds: licensed <= staff", 'holds: answer("2-1.cases") <= staff', "T267", "移到指标体系"),
        ("holds: licensed <= staff", "holds: n <= staff", "T267", '写成 answer("1-1.n")'),
        ("holds: licensed <= staff", 'holds: answer("1.licensed") <= staff', "T267", "写成 licensed"),
        ("quota: {share: 30%, at_least: 1}", "quota: 30%", "T104", "{share: 30%, at_least: 1}"),
        ("quota: {share: 30%", "quota: {share: 30", "T112", "30%"),
        ("{field: cases, each: 1}", "{unless: cases, each: 1}", "T219", "{field: cases"),
        ("{field: cases, each: 1}", "{field: cases, each: 1, cap: 2}", "T106", "删去这个键"),
        ("ranked: higher", "ranked: true", "T111", "higher"),
        (f"value: {VALUE}", "value: round_even(n / staff, 2) + 0 * licensed", "T258", "round_even(100 * a / b) / 100"),
        ("rule: {kind: linear, zero_at: 0, full_at: 1}",
         "rule: {kind: by_place, better: higher, places: [6, 5], ties: mean}", "T104", "{up_to: 1, score: 6}"),
    ],
)  # fmt: skip
def test_the_cure_leads_out(tmp_path: Path, old: str, new: str, code: str, cure: str) -> None:
    found = told(tmp_path, old, new)
    assert {one for one, _, _ in found} == {code}  # and nothing that is not so
    assert cure in found[0][2]


def test_two_keys_that_exclude_each_other_are_both_named(tmp_path: Path) -> None:
    (path := tmp_path / "t.yaml").write_text(TREE.replace("{unless: made", "{unless: made, field: cases"), "utf-8")
    [problem] = load(path, None)[1]
    assert problem.code == "T118"
    assert all(key in _said(problem, "found") for key in ("field", "unless"))


def test_lines_of_words_are_said_on_one_scale(tmp_path: Path) -> None:
    bands = "ranked: higher\n    bands: [{word: 一般, at_least: 0}, {word: 好, at_least: 90%}]"
    (path := tmp_path / "t.yaml").write_text(TREE.replace("ranked: higher", bands), "utf-8")
    [problem] = load(path, None)[1]
    assert problem.code == "T261"
    assert _said(problem, "found") == "90%，即 9 分"
    assert _said(problem, "expected") == "低于上一档的 0 分"

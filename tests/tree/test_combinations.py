"""What is written with several parts of the language at once means what it does written out."""

from pathlib import Path

from lawgov_score.model import Tree
from lawgov_score.tree import load

_HEAD = """code: both
title: 套用块里的共用数据和因类型而不同的分值
edition: "2024"
year: 2024
points: 20
levels: [方面, 小项]
unit_types: [{code: area, name: 产区}, {code: rural, name: 非产区}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
"""
_WITH_BLOCKS = """scales:
  extent: [{option: 甲, score: 100%}, {option: 乙, score: 0}]
blocks:
  window:
    points: {area: 10, rural: 10}
    with: {cases: {area: 4, rural: 3}}
    fields:
      - {code: staff, name: <title>人数, type: count, measured_in: 名}
    checks: [{holds: 'answer("1.n") <= staff * 1000', says: 件数不超过人数的一千倍}]
    children:
      - code: "1"
        title: <title>人均件数
        points: <cases>
        applies_to: all
        basis: 办法
        fields: [{code: n, name: <title>件数, type: count, measured_in: 件}]
        value: n / staff
        on_zero: zero
        rule: {kind: linear, zero_at: 0, full_at: {area: 100, rural: 80}}
      - code: "2"
        title: <title>类别
        points: {area: 6, rural: 7}
        applies_to: all
        basis: 办法
        rule: {kind: choice, asks: <title>办理, options: extent}
nodes:
  - {block: window, code: "A", title: 窗口甲}
  - {block: window, code: "B", title: 窗口乙, with: {cases: {area: 4, others: 3}}}
"""


def _tree(folder: Path, text: str) -> Tree:
    path = folder / "tree.yaml"
    path.write_text(text, encoding="utf-8")
    tree, problems = load(path)
    assert tree is not None, [(one.code, one.place, one.values) for one in problems]
    return tree


def _window(code: str, title: str, others: str) -> str:
    return f"""  - code: "{code}"
    title: {title}
    points: {{area: 10, rural: 10}}
    fields:
      - {{code: staff, name: {title}人数, type: count, measured_in: 名}}
    checks: [{{holds: 'answer("{code}-1.n") <= staff * 1000', says: 件数不超过人数的一千倍}}]
    children:
      - code: "{code}-1"
        title: {title}人均件数
        points: {{area: 4, {others}: 3}}
        applies_to: all
        basis: 办法
        fields: [{{code: n, name: {title}件数, type: count, measured_in: 件}}]
        value: n / staff
        on_zero: zero
        rule: {{kind: linear, zero_at: 0, full_at: {{area: 100, rural: 80}}}}
      - code: "{code}-2"
        title: {title}类别
        points: {{area: 6, rural: 7}}
        applies_to: all
        basis: 办法
        rule: {{kind: choice, asks: {title}办理, options: [{{option: 甲, score: 100%}}, {{option: 乙, score: 0}}]}}
"""


def test_blocks_may_share_figures_and_go_by_type(tmp_path: Path) -> None:
    written = _tree(tmp_path, _HEAD + _WITH_BLOCKS)
    out = _tree(tmp_path, _HEAD + "nodes:\n" + _window("A", "窗口甲", "rural") + _window("B", "窗口乙", "others"))
    assert written.fingerprint == out.fingerprint
    assert [node.points for node in written.of_type("rural").indicators] == [3.0, 7.0, 3.0, 7.0]
    assert list(written.readers) == ["A.staff", "B.staff"]
    assert [check.holds.answers for block in written.blocks for check in block.checks] == [("A-1.n",), ("B-1.n",)]


_WINDOWS = """blocks:
  hall:
    points: 10
    fields: [{code: days, name: <title>开放天数, type: count, measured_in: 天}]
    repeat: {names: [甲窗口, 乙窗口]}
    ranked: higher
    bands: [{word: 好, at_least: 90%}, {word: 一般, at_least: 0}]
    children:
      - code: "1"
        title: <title>件数
        points: 10
        applies_to: all
        basis: 办法
        fields: [{code: n, name: 件数, type: count, measured_in: 件}]
        value: n / days
        on_zero: zero
        rule: {kind: linear, zero_at: 0, full_at: 10}
nodes:
  - {block: hall, code: "A", title: 大厅, points: 10}
  - {block: hall, code: "B", title: 分厅, points: 10}
"""


def test_blocks_may_repeat_share_figures_and_have_places_and_words(tmp_path: Path) -> None:
    tree = _tree(tmp_path, _HEAD + _WINDOWS)
    assert [node.code for node in tree.nodes if node.ranked] == ["A", "B"]
    assert [word.word for word in tree.by_code["B"].bands] == ["好", "一般"]
    assert {key: len(readers) for key, readers in tree.readers.items()} == {"A.days": 2, "B.days": 2}
    assert [node.title for node in tree.by_code["B"].children] == ["甲窗口", "乙窗口"]


_SCALES = """scales:
  lines: [{at_least: 90%, score: {area: 10, others: 8}}, {at_least: {area: 70%, rural: 60%}, score: 50%}]
  kinds: [甲, 乙]
fields: [{code: kind, name: 类别, type: choice, choices: kinds}]
nodes:
  - code: "1"
    title: 甲
    points: {area: 10, rural: 8}
    applies_to: all
    basis: 办法
    fields: [{code: r, name: 率, type: share}]
    rule: {kind: tiers, tiers: lines}
  - code: "2"
    title: 乙
    points: {area: 10, rural: 12}
    applies_to: all
    basis: 办法
    value: kind == 0
    rule: {kind: all_or_nothing}
"""


def test_scales_may_go_by_type_and_serve_shared_figures(tmp_path: Path) -> None:
    tree = _tree(tmp_path, _HEAD.replace("levels: [方面, 小项]", "levels: [小项]") + _SCALES)
    assert [tree.of_type(kind).indicators[0].rule.bounds for kind in ("area", "rural")] == [(0.0, 10.0), (0.0, 8.0)]
    assert tree.blocks[0].fields[0].choices == ("甲", "乙")

"""The tree in the terminal and as JSON."""

import json
from pathlib import Path

from builders import a_group, a_tree, a_unit_type, an_indicator

from lawgov_score.model import Tree
from lawgov_score.report import width
from lawgov_score.terminal.show import level_figures, show_json, show_text
from lawgov_score.tree import load
from lawgov_score.wording import Language


def small() -> Tree:
    tree, _ = load(Path(__file__).parent / "good" / "small.yaml")
    assert tree is not None
    return tree


def test_json_is_the_contract_s() -> None:
    record = json.loads(show_json(small()))
    assert list(record) == ["code", "title", "edition", "points", "levels", "nodes"]
    assert record["levels"] == [{"name": "类", "count": 2}, {"name": "小项", "count": 3}]
    assert [node["code"] for node in record["nodes"]] == ["01", "01-1", "01-2", "02", "02-1"]
    assert record["nodes"][0] == {
        "code": "01",
        "parent": "small",
        "depth": 1,
        "title": "行政诉讼",
        "points": 6.3,
        "kind": None,
        "applies_to": "all",
    }
    assert record["nodes"][2] == {
        "code": "01-2",
        "parent": "01",
        "depth": 2,
        "title": "败诉案件数",
        "points": 2.1,
        "kind": "deduction",
        "applies_to": ["office"],
    }


def test_a_group_applies_to_whom_its_indicators_do() -> None:
    items = [an_indicator(code="01-1", applies_to=["b"]), an_indicator(code="01-2", applies_to=["a"])]
    types = tuple(a_unit_type(code=code) for code in "abc")
    tree = a_tree(indicators=items, unit_types=types)
    assert json.loads(show_json(tree))["nodes"][0]["applies_to"] == ["a", "b"]


def test_levels_count_and_sum_exactly() -> None:
    items = [an_indicator(code=f"01-{i}", points=0.1) for i in range(3)]
    tree = a_tree(children=[a_group(children=items, points=0.3)])
    assert [(name, count, str(points)) for name, count, points in level_figures(tree)] == [
        ("第1级", 1, "0.3"),
        ("第2级", 3, "0.3"),
    ]


def test_text_lists_everything_in_line() -> None:
    text = show_text(small(), Language.ZH)
    for said in ("小指标体系", "2024", "仅供测试", "准予保留 T202（02）：原件如此", "适用：部门"):
        assert said in text
    rows = [line for line in text.splitlines() if line.lstrip().startswith(("01-", "02-"))]
    assert len(rows) == 3
    figures = zip(rows, ("4.2", "2.1", "3.6"), strict=True)
    ends = {width(line[: line.index(figure) + len(figure)]) for line, figure in figures}
    assert len(ends) == 1  # points stand under one another, Chinese titles or not


def test_text_in_english() -> None:
    text = show_text(small(), Language.EN)
    assert "Level" in text
    assert "deduction" in text

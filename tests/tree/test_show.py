"""The tree in the terminal and as JSON."""

import json
from pathlib import Path

from builders import a_field, a_given_score, a_group, a_tree, a_unit_type, an_indicator

from lawgov_score.content.levels import level_figures
from lawgov_score.content.method import about
from lawgov_score.model import Aggregation, Tree, Way
from lawgov_score.report import render, width
from lawgov_score.terminal.show import show_json, show_text
from lawgov_score.terminal.standards import standards_text
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


def test_the_last_level_counts_indicators_wherever_they_stand() -> None:
    tree, _ = load(Path(__file__).parent / "good" / "uneven.yaml")
    assert tree is not None
    figures = [(name, count, str(points)) for name, count, points in level_figures(tree)]
    assert figures == [("附表", 2, "10.0"), ("类", 1, "6.0"), ("小项", 3, "10.0")]


def test_text_lists_everything_in_line() -> None:
    text = show_text(small(), Language.ZH)
    for said in ("小指标体系", "2024", "仅供测试", "准予保留 T202（02）：原件如此", "适用：部门"):
        assert said in text
    rows = [line for line in text.splitlines() if line.lstrip().startswith(("01-", "02-"))]
    assert len(rows) == 3
    figures = zip(rows, ("4.2", "2.1", "3.6"), strict=True)
    ends = {width(line[: line.index(figure) + len(figure)]) for line, figure in figures}
    assert len(ends) == 1  # points stand under one another, Chinese titles or not


def test_a_total_that_is_no_sum_is_not_said_to_be_one() -> None:
    children = [
        a_group(code=code, children=[an_indicator(code=f"{code}-1", points=100.0)], weight=weight)
        for code, weight in (("A", 0.7), ("B", 0.3))
    ]
    tree = a_tree(children=children, points=100.0, aggregation=Aggregation(Way.WEIGHTED_MEAN))
    text = show_text(tree, Language.ZH)
    assert "分值合计" not in text
    assert "200" not in text
    assert "各级分值不是直接相加的：总分 100 分按上列汇总方式得出。" in text
    assert "权重 70%" in text
    whole = a_tree(children=[a_group(children=[an_indicator(points=2.0), an_indicator(code="01-2", points=1.0)])])
    assert "分值合计" in show_text(whole, Language.ZH)


def test_weights_that_are_no_shares_stay_numbers() -> None:
    children = [an_indicator(code=f"01-{i}", weight=float(i)) for i in (1, 2)]
    tree = a_tree(children=[a_group(children=children, aggregation=Aggregation(Way.WEIGHTED_MEAN))])
    assert "权重 2" in show_text(tree, Language.ZH)


def test_a_bonus_is_no_part_of_the_sum() -> None:
    tree = a_tree(
        children=[a_group(children=[an_indicator(points=2.0), an_indicator(code="b", bonus=True)], points=2.0)]
    )
    assert [str(points) for _, _, points in level_figures(tree)] == ["2.0", "2.0"]


def test_standards_name_what_is_asked_and_how_questions_were_decided() -> None:
    fields = [
        a_field(code="came", name="出席人数", type="count", measured_in="人", at_most="all"),
        a_field(code="all", name="应到人数", type="count", measured_in="人", at_least=1),
        a_field(code="sent", name="报送日期", type="date", never="未报送"),
    ]
    asked = an_indicator(
        title="到会率", fields=fields, value="came / all", on_zero="zero", note="第一行\n第二行", applies_to=["town"]
    )
    judged = an_indicator(code="01-2", title="评议", rule={"kind": "judged", "marks": "mean"})
    tree = a_tree(indicators=[asked, judged], unit_types=(a_unit_type(code="town", name="乡镇"),))
    lines = [line.strip() for line in standards_text(tree, Language.ZH).splitlines()]
    assert "01-1 到会率　1 分" in lines
    assert any(line.startswith("评分标准  到会率达到 100% 得 1 分") for line in lines)
    assert "适用单位  乡镇" in lines
    assert (
        "填报项    出席人数（人，不多于“应到人数”）；应到人数（人，不少于 1）；报送日期（日期，没有的填“未报送”）"
        in lines
    )
    assert lines[lines.index("说明      第一行") + 1] == "第二行"
    assert "填报项    考核机关评审打分，单位不填" in lines
    assert "{" not in standards_text(tree, Language.EN)


def test_text_in_english() -> None:
    text = show_text(small(), Language.EN)
    assert "Level" in text
    assert "deduction" in text


def test_the_method_sheet_counts_as_show_does() -> None:
    """An indicator beside a group of its own depth is a 小项 all the same."""
    mixed = a_group(code="C", children=[a_given_score(code="C-1"), a_group(code="C-2")])
    tree = a_tree(children=[mixed], levels=("方面", "类", "小项"))
    assert [(name, count) for name, count, _ in level_figures(tree)] == [("方面", 1), ("类", 1), ("小项", 2)]
    assert ("规模", "方面 1 个、类 1 个、小项 2 个") in [
        (render(label, Language.ZH), render(text, Language.ZH)) for label, text in about(tree)
    ]

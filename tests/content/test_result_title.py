"""The title of a result: what is assessed, of which year; ranked where there are places."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_given_score, a_submission, a_tree, a_unit

from lawgov_score.content.result_title import in_year, result_title, subject_of
from lawgov_score.model import Aggregation, Scores, Tree, Way
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.tree import load
from lawgov_score.wording import Language

INDICATORS = Path(__file__).parents[2] / "indicators"


def a_run(tree: Tree, *years: int) -> Scores:
    units = tuple(replace(a_unit(code=f"U{year}"), year=year) for year in years)
    return score(tree, units, [a_submission(unit=unit, answers={"01-1.x": 5}) for unit in units])


def titled(title: str, **other: object) -> Tree:
    return replace(a_tree(indicators=[a_given_score(points=100.0)]), title=title, year=2024, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("qujialing-2017", "荆门市屈家岭管理区2017年度法治政府建设考核结果"),
        ("bazhong-2017", "巴中市人民政府2017年度法治政府建设工作安排考核结果"),
        ("tongchuan-2021", "铜川市2021年度法治政府建设工作考核结果"),
        ("wuhua-2020", "昆明市五华区2020年度法治政府建设工作评价结果"),
        ("qingshan-2020", "包头市青山区2020年度法治政府建设工作评价结果"),
    ],
)
def test_the_trees_of_this_repository(folder: str, expected: str) -> None:
    tree, _ = load(INDICATORS / folder)
    assert tree is not None
    assert in_year(subject_of(tree.title), str(tree.year)) + "结果" == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("某县法治建设考核评分细则（试行）", "某县2024年度法治建设考核结果"),
        ("依法行政考核办法", "2024年度依法行政考核结果"),
        ("城市管理执法考核实施方案", "2024年度城市管理执法考核结果"),
        ("2023年法治建设考核", "2024年度法治建设考核结果"),  # the year assessed, not that of the paper
        ("2022—2025年法治建设规划考核", "2024年度2022—2025年法治建设规划考核结果"),
        ("2022年度和2023年度考核", "2022年度和2023年度考核结果"),
        ("《某县法治政府建设考核指标及评分标准》（试行）", "某县2024年度法治政府建设考核结果"),
        ("《某县法治政府建设考核办法（试行）》", "某县2024年度法治政府建设考核结果"),
        ("二〇二三年度法治建设考核", "2024年度法治建设考核结果"),
        ("行政执法案卷评查标准", "2024年度行政执法案卷评查结果"),
        ("（试行）", "2024年度（试行）考核结果"),
        ("指标体系", "2024年度指标体系考核结果"),
    ],
)
def test_subject_and_year(title: str, expected: str) -> None:
    assert render(result_title(a_run(titled(title), 2024)), Language.ZH) == f"{expected}（排名）"


def test_the_years_are_those_of_the_units() -> None:
    run = a_run(titled("某县法治建设考核"), 2023, 2024)
    assert render(result_title(run), Language.ZH) == "某县2023—2024年度法治建设考核结果（排名）"


def test_a_tree_may_give_the_title() -> None:
    run = a_run(titled("甲", result_title="某县2024年度法治建设考核结果"), 2024)
    assert render(result_title(run), Language.ZH) == "某县2024年度法治建设考核结果（排名）"
    assert render(result_title(run), Language.EN) == "某县2024年度法治建设考核结果 (ranking)"
    said = a_run(titled("甲", result_title="某县2024年度考核排名"), 2024)
    assert render(result_title(said), Language.ZH) == "某县2024年度考核排名"


def test_without_a_total_nothing_is_ranked() -> None:
    run = a_run(titled("某县法治建设考核", aggregation=Aggregation(Way.NONE)), 2024)
    assert render(result_title(run), Language.ZH) == "某县2024年度法治建设考核结果"


def test_in_english_the_year_stands_behind() -> None:
    run = a_run(titled("Rule of law index (draft)"), 2024)
    assert render(result_title(run), Language.EN) == "Rule of law index: results of 2024 (ranking)"


def test_the_year_of_an_older_title_is_replaced_in_english_too() -> None:
    run = a_run(titled("某县2023年法治建设考核"), 2024)
    assert render(result_title(run), Language.EN) == "某县2024年度法治建设考核: results of 2024 (ranking)"

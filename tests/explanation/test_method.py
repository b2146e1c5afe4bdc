"""方法: every policy and every way in words, in both languages.

Reaches ``explanation/grading.py``, ``explanation/roundings.py``, ``explanation/ways.py``.
"""

import re
from dataclasses import replace

import pytest
from builders import a_cohort, a_group, a_rule, a_tree, an_indicator

from lawgov_score.explanation import method
from lawgov_score.expression import parse
from lawgov_score.model import (
    AdjustmentKind,
    AdjustmentLimits,
    Aggregation,
    CohortSize,
    Grade,
    Letter,
    LookupRow,
    Missing,
    Policies,
    Quota,
    Sign,
    Tree,
    Use,
    Veto,
    Way,
)
from lawgov_score.report import render
from lawgov_score.rounding import Halves, Rounding
from lawgov_score.wording import Language


def rows(tree: Tree) -> dict[str, str]:
    """The method's text by label; rows of one label are joined by a line break."""
    found: dict[str, str] = {}
    for label, text in method.method(tree):
        assert "{" not in render(text, Language.EN)
        name, line = render(label, Language.ZH), render(text, Language.ZH)
        assert "{" not in line
        found[name] = f"{found[name]}\n{line}" if name in found else line
    return found


def test_a_plain_tree_says_what_it_always_said() -> None:
    found = rows(a_tree(vetoes=(Veto("V1", "情形", "良好"),)))
    assert list(found) == [
        "计算顺序", "不适用", "申报不适用", "未填报", "填报有误", "舍入", "位次", "等次", "一票否决",
    ]  # fmt: skip
    assert found["位次"] == "按舍入后的总分排位；同分并列，取靠前位次（1、2、2、4）"
    assert found["等次"] == "优秀 90 分以上；良好 80 分以上；不合格 不足 80 分"
    assert found["一票否决"] == "“情形”（V1）：等次最高为“良好”。由考核机关登记认定。"
    assert re.findall(r"(\d+)．", found["计算顺序"]) == [str(n) for n in range(1, 14)]
    assert "→" not in found["计算顺序"]


@pytest.mark.parametrize(
    ("aggregation", "text"),
    [
        (Aggregation(Way.MEAN), "取下级得分的算术平均"),
        (Aggregation(Way.WEIGHTED_MEAN), "取下级得分的加权平均，权重：“a 甲” 25%、“b 乙” 75%"),
        (
            Aggregation(Way.GEOMETRIC_MEAN, shift=1.0),
            "取下级得分的几何平均（各加 1 后计算，再减去 1），权重：“a 甲” 25%、“b 乙” 75%",
        ),
        (Aggregation(Way.HARMONIC_MEAN), "取下级得分的调和平均，权重：“a 甲” 25%、“b 乙” 75%"),
        (Aggregation(Way.MIN), "取下级得分中最低的（短板）"),
        (Aggregation(Way.MAX), "取下级得分中最高的"),
        (Aggregation(Way.WEAKEST_LINK, plus=0.5), "取下级得分中最低的；其余有更高的，再加 0.5"),
        (
            Aggregation(Way.LOOKUP, table=(LookupRow(2, 8.0, 4.0), LookupRow(2, 5.0, 3.0))),
            "按计入的项数和得分之和查表：2 项、合计 8 以上得 4 分；2 项、合计 5 以上得 3 分",
        ),
        (
            Aggregation(Way.EXPRESSION, expression=parse('0.7 * score("a")')),
            "按算式计算：0.7 × “甲”得分",
        ),
    ],
)
def test_every_way_up_the_tree(aggregation: Aggregation, text: str) -> None:
    children = [an_indicator(code="a", title="甲", weight=1.0), an_indicator(code="b", title="乙", weight=3.0)]
    tree = a_tree(children=[a_group(code="01", title="类", children=children, aggregation=aggregation)])
    assert rows(tree)["汇总方式"] == f"“01 类”：{text}"


def test_what_else_a_node_may_say() -> None:
    children = [
        an_indicator(code="a", title="甲"),
        an_indicator(code="b", title="乙", weight=-1.0),
        an_indicator(code="c", title="丙", weight=0.0),
        an_indicator(code="d", title="丁", bonus=True),
    ]
    group = a_group(
        code="01",
        title="类",
        children=children,
        points=100,
        out_of=50,
        rule=a_rule(kind="tiers", tiers=[{"at_least": 80, "score": 100}], points=100),
        cap=90,
        floor=0,
        rounding=1,
        missing=Missing.EXCLUDE,
        coverage_at_least=0.6,
        uses=(Use("e"),),
    )
    tree = a_tree(children=[group, an_indicator(code="e", title="戊", rounding=0)])
    assert rows(tree)["汇总方式"] == (
        "“01 类”：下级得分相加；“b 乙”是扣分项，从中减去；“c 丙”只列示，不计入；"
        "“d 丁”是加分项，分值不计入上级分值；“e 戊”列在别处，也计入；下级合计 50 分，折算为 100 分。"
        "汇总后计分：按折算后的得分分档计分：达到 80 分得 100 分；其余不得分。计分后，最低 0 分；最高 90 分；"
        "四舍五入到 1 位小数后再计入上级；其下未填报的不计入；有得分的下级不足 60% 的，不计分"
    )
    assert rows(a_tree(policies={"round_total": Rounding(1, 0.5), "round_group": Rounding(2, halves=Halves.EVEN)}))[
        "舍入"
    ].endswith("分类得分四舍六入五成双到 2 位小数；总分四舍五入到 0.5 的整数倍")
    assert rows(a_tree(policies={"round_total": Rounding(2, in_print=True)}))["舍入"].endswith(
        "总分只在印出时取 2 位小数"
    )
    assert rows(tree)["舍入"].endswith("总分四舍五入到 2 位小数；“e 戊”四舍五入到 0 位小数")


def test_nodes_of_one_way_are_named_together_and_copies_not_at_all() -> None:
    def group(code: str, **other: object) -> object:
        return a_group(code=code, title="类", aggregation=Aggregation(Way.MEAN), **other)  # type: ignore[arg-type]  # as given

    two = a_tree(children=[group("01"), group("02"), group("02@1", copy_of="02", repetition=1)])  # type: ignore[list-item]  # groups
    assert rows(two)["汇总方式"].splitlines()[-1] == "“01 类”、“02 类”：取下级得分的算术平均"
    many = a_tree(children=[group(f"0{i}") for i in range(1, 7)])  # type: ignore[misc]  # groups
    assert rows(many)["汇总方式"] == "“01 类”至“06 类”（共 6 项）：取下级得分的算术平均"


def test_the_tree_itself_and_a_tree_that_ranks_nobody() -> None:
    found = rows(a_tree(aggregation=Aggregation(Way.NONE), grades=()))
    assert found["汇总方式"] == "总分：各指标得分不汇总"
    assert "位次" not in found


def test_heads() -> None:
    tree = a_tree(weight_set="甲方案", parallel=True, letters=(Letter("A", 4.0), Letter("B+", 3.5)), points=100)
    found = rows(tree)
    assert found["权重方案"] == "分值和权重采用“甲方案”"
    assert found["平行指标体系"] == "第一级各项是平行的几套指标体系，每类单位只用适用于本类的，总分满分 100 分"
    assert found["字母等级"] == "得分以字母等级表示：A 为 4、B+ 为 3.5"


def test_adjustments_and_limits() -> None:
    kinds = (AdjustmentKind("A1", "表彰", Sign.BONUS, each=1.0),)
    found = rows(a_tree(adjustments=kinds, adjustment_limits=AdjustmentLimits(bonus_cap=2.0), points=100))
    assert found["加分 A1"] == "表彰：每次加 1 分"
    assert found["加分扣分限额"] == "加分合计最多 2 分，先列的先计；加分后总分可以超过 100 分；总分不低于 0 分"


def test_places_and_grades() -> None:
    policies = Policies(lower_is_better=True, equals_sign=True, grade_by="01", grade_on_rounded=False)
    grades = (Grade("自由", 0.0, at_most=2.5, lines={"p": 2.0}), Grade("不自由", 0.0, at_most=7.0))
    found = rows(a_tree(policies=policies, grades=grades, cohorts=(a_cohort(code="p", name="甲组"),)))
    assert found["位次"] == (
        "按舍入后的总分排位；总分越低位次越前；同分并列，取靠前位次（1、2、2、4）；并列的位次前加“=”，如“=3”"
    )
    assert found["等次"] == (
        "等次看“01 类01”的得分，不舍入；该项没有得分的不评等次；自由 2.5 分以下（甲组 2 分以下）；不自由 7 分以下"
    )
    quota = rows(a_tree(policies=Policies(grade_on_rounded=False), grades=(Grade("优秀", 90.0, Quota(0.3, 1)),)))
    assert quota["等次"] == "等次看未舍入的总分；优秀 90 分以上，且不超过同组单位数的 30%（去尾取整，至少 1 个）"


def test_of_whom_a_quota_is_a_share() -> None:
    quota = (Grade("优秀", 90.0, Quota(0.3)),)
    sent, placed = (
        rows(a_tree(policies=Policies(cohort_size=size), grades=quota))["等次"]
        for size in (CohortSize.SUBMITTED, CohortSize.SCORED)
    )
    assert sent == "优秀 90 分以上，且不超过同组报送的单位数的 30%（去尾取整）"
    assert placed == "优秀 90 分以上，且不超过同组有得分的单位数的 30%（去尾取整）"


def test_every_effect_of_a_veto() -> None:
    veto = Veto("V1", "情形", bars=("优秀", "良好"), node_zero="01-1", deduct=5.0, total_zero=True)
    assert rows(a_tree(vetoes=(veto,)))["一票否决"] == (
        "“情形”（V1）：不得评为“优秀”、“良好”，达到的按下一等次评定；“01-1 指标01-1”记 0 分；总分扣 5 分；总分记 0 分。"
        "由考核机关登记认定。"
    )


def test_what_does_not_apply_is_converted_to_what_is_added_up() -> None:
    children = [an_indicator(code="a", points=4), an_indicator(code="b", points=2, bonus=True)]
    half = a_group(code="02", points=10, out_of=5, children=[an_indicator(code="c", points=5)])
    found = rows(a_tree(children=[a_group(code="01", points=4, children=children), half]))
    assert found["不适用"] == "不适用的项不计入，总分按“得分 ÷ 适用分 × 14”折算"
    found = rows(a_tree(children=[half], aggregation=Aggregation(Way.MEAN)))
    assert found["不适用"].startswith("不适用的项不计入：下级得分相加的")


def test_many_nodes_are_named_in_runs_with_titles_and_their_number() -> None:
    printed = [an_indicator(code=f"q{i}") for i in range(1, 9)]
    used = a_group(code="u", title="用", children=(), uses=tuple(Use(f"q{i}") for i in (1, 2, 3, 4, 6, 8)))
    used = replace(used, children=(), coverage_at_least=1.0)
    tree = a_tree(children=[a_group(code="01", children=printed), used])
    assert rows(tree)["汇总方式"] == (
        "“u 用”：下级得分相加；下级是列在别处的“q1 指标q1”至“q4 指标q4”、“q6 指标q6”、“q8 指标q8”（共 6 项）；"
        "下级有一项没有得分的，不计分"
    )


def test_a_node_that_only_takes_another_one_says_that() -> None:
    taker = replace(a_group(code="u", title="用", uses=(Use("01"),), rounding=0), children=())
    tree = a_tree(children=[a_group(code="01", title="类"), taker])
    assert rows(tree)["汇总方式"] == "“u 用”：取列在别处的“01 类”的得分；四舍五入到 0 位小数后再计入上级"

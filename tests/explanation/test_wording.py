"""Words that newcomers stumbled over: shares as percentages, lists of a hundred, small samples, what fails outright."""

from collections.abc import Mapping

import pytest
from builders import (
    a_field,
    a_given_score,
    a_group,
    a_rule,
    a_small_sample,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    an_aggregation,
    an_indicator,
)

from lawgov_score.content.costs import converted_score, costs, lost_points
from lawgov_score.explanation import figures, group_working, method, reasons, standard, vetoes, ways
from lawgov_score.model import (
    AdjustmentLimits,
    Aggregation,
    Grade,
    Group,
    Indicator,
    Policies,
    Quota,
    Rescale,
    Scores,
    Status,
    Tree,
    Unit,
    Veto,
    Way,
)
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def run(tree: Tree, *given: Mapping[str, object], types: tuple[str, ...] = ()) -> Scores:
    units: list[Unit] = [a_unit(code=f"U{i}", type=types[i] if types else "") for i in range(len(given))]
    return score(tree, tuple(units), [a_submission(unit=u, answers=g) for u, g in zip(units, given, strict=True)])


def why(scores: Scores, row: int, code: str) -> str:
    told = reasons.reason(scores, row, code)
    assert told is not None
    return render(told, Language.ZH)


def a_rate(rule: dict[str, object], **other: object) -> Indicator:
    fields = [a_field(code="done", type="count"), a_field(code="all", name="案件数", type="count")]
    data = {"fields": fields, "value": "done / all", "on_zero": "zero", "value_name": "办结率", "points": 6.0}
    return an_indicator(rule=a_rule(points=6.0, **rule), **{**data, **other})  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"kind": "relative", "against": "best", "better": "higher"}, "办结率 50%，同组最高 100%，得 6 × 50% ÷ 100%"),
        ({"kind": "relative", "against": "mean", "better": "higher"}, "办结率 50%，同组平均 75%（2 个单位的平均数），"),
        ({"kind": "relative", "against": "place", "better": "higher", "each": 1}, "办结率 50%，居同组第 2 名"),
        (
            {"kind": "normalised", "by": "min_max", "better": "higher", "all_equal": "full"},
            "办结率 50%，同组（2 个单位）最好 100%、最差 50%",
        ),
        (
            {"kind": "normalised", "by": "z_score", "better": "higher", "all_equal": "full"},
            "办结率 50%，同组平均 75%",
        ),
        (
            {"kind": "normalised", "by": "percentile", "better": "higher", "all_equal": "full"},
            "办结率 50%，好于同组其余 1 个单位",
        ),
    ],
)
def test_rates_compared_within_a_cohort_are_percentages(rule: dict[str, object], text: str) -> None:
    scores = run(a_tree(indicators=[a_rate(rule)]), {"01-1.done": 1, "01-1.all": 2}, {"01-1.done": 2, "01-1.all": 2})
    assert why(scores, 0, "01-1").startswith(text)


def test_a_number_that_is_no_share_stays_a_number() -> None:
    rule = a_rule(kind="relative", against="best", better="higher", points=6.0)
    counted = an_indicator(fields=[a_field(type="count")], rule=rule, points=6.0, value_name="件数")
    scores = run(a_tree(indicators=[counted]), {"01-1.x": 1}, {"01-1.x": 2})
    assert why(scores, 0, "01-1").startswith("件数 1 件，同组最高 2 件")


def test_a_date_is_called_by_its_field() -> None:
    rule = {"kind": "late", "due": "03-31", "of": "same_year", "each": 0.1}
    field = a_field(code="x", type="date", name="报告报送日期")
    indicator = an_indicator(title="年度报告", fields=[field], rule=rule)
    assert render(standard.standard(a_tree(indicators=[indicator]), indicator), Language.ZH).startswith(
        "报告报送日期不迟于考核年度 3 月 31 日"
    )
    scores = run(a_tree(indicators=[indicator], year=2024), {"01-1.x": 45384})
    assert why(scores, 0, "01-1").startswith("报告报送日期为 2024年4月2日")
    named = an_indicator(title="年度报告", fields=[field], rule=rule, value_name="报送时间")
    assert named.terms.value.name == "报送时间"


def test_a_small_sample_that_is_only_flagged_says_of_what_there_is_too_little() -> None:
    flagged = a_rate({"kind": "proportional", "target": "100%"}, small_sample=a_small_sample(of="all", below=5))
    scores = run(a_tree(indicators=[flagged]), {"01-1.done": 1, "01-1.all": 2})
    assert why(scores, 0, "01-1").endswith("（“案件数”不足 5 件，比率不稳）")


@pytest.mark.parametrize(("value", "text"), [("ln(x)", "ln(“基数”)"), ("x * x", "“基数” * “基数”")])
def test_figures_that_come_to_no_number_say_by_what(value: str, text: str) -> None:
    field = a_field(code="x", name="基数", type="amount")
    indicator = an_indicator(fields=[field], value=value, rule={"kind": "as_given"})
    scores = run(a_tree(indicators=[indicator]), {"01-1.x": 0.0 if value == "ln(x)" else 1e200})
    assert why(scores, 0, "01-1") == f"所填数据按“{text}”算不出数，本项不得分"


def grades_of(tree: Tree) -> str:
    return {render(k, Language.ZH): render(t, Language.ZH) for k, t in method.method(tree)}["等次"]


def test_grades_say_what_the_last_one_takes_and_no_quota_of_nothing() -> None:
    grades = (Grade("优秀", 90.0, Quota(0.3)), Grade("合格", 60.0), Grade("不合格", 0.0))
    assert grades_of(a_tree(grades=grades)) == (
        "优秀 90 分以上，且不超过同组单位数的 30%（去尾取整）；合格 60 分以上；不合格 不足 60 分"
    )
    below = [a_given_score()]  # scores from -1000
    assert grades_of(a_tree(grades=grades, indicators=below)).endswith("；不合格 0 分以上、不足 60 分")
    limits = AdjustmentLimits(inside=True)
    assert grades_of(a_tree(grades=grades, indicators=below, adjustment_limits=limits)).endswith("；不合格 不足 60 分")
    lines = (Grade("合格", 60.0, lines={"p": 50.0}), Grade("不合格", 0.0))
    assert grades_of(a_tree(grades=lines)).endswith("；不合格 其余")
    assert grades_of(a_tree(grades=(Grade("合格", 60.0), Grade("不合格", 10.0)))).endswith("；不合格 10 分以上")


def test_a_veto_that_fails_says_so() -> None:
    tree = a_tree(vetoes=(Veto("V1", "情形", "不合格"), Veto("V2", "情形", "良好")))
    told = [render(effect, Language.ZH) for veto in tree.vetoes for effect in vetoes.effects(tree, veto)]
    assert told == ["直接评为“不合格”", "等次最高为“良好”"]


def test_a_sum_of_a_hundred_is_cut_short() -> None:
    items = [a_given_score(code=f"i{n}", points=1.0) for n in range(109)]
    tree = a_tree(children=[a_group(code="G", children=items, points=1.0, aggregation=Aggregation(Way.MEAN))])
    scores = run(tree, {f"i{n}.x": 0.5 for n in range(109)})
    told = group_working.how_it_came(scores, 0, tree.by_code["G"])  # type: ignore[arg-type]  # a group
    assert told is not None
    assert render(told, Language.ZH) == "算术平均（0.5、0.5、0.5、0.5、0.5、0.5、……共 109 项）= 0.5"
    weighted = [a_given_score(code=f"i{n}", points=1.0, weight=1.0) for n in range(40)]
    group = a_group(code="G", children=weighted, points=1.0, aggregation=Aggregation(Way.WEIGHTED_MEAN))
    way = ways.way_at(a_tree(children=[group]), group)
    assert way is not None
    assert render(way, Language.ZH).endswith("、……共 40 项")


def weighted(**policies: object) -> Tree:
    """甲 (70%) is worth 100 for towns, 64 for offices; 乙 (30%) is for all."""
    parts = [
        a_given_score(code="a1", points=64.0),
        a_given_score(code="a2", points=36.0, applies_to=("town",)),
    ]
    children = [
        a_group(code="甲", children=parts, weight=0.7),
        a_group(code="乙", children=[a_given_score(code="b1", points=100.0)], weight=0.3),
    ]
    types = (a_unit_type(code="town"), a_unit_type(code="office"))
    aggregation = an_aggregation("weighted_mean")
    return a_tree(
        children=children,
        points=100,
        aggregation=aggregation,
        unit_types=types,
        policies=Policies(**policies),  # type: ignore[arg-type]  # as given
    )


def test_a_part_that_counts_converted_says_what_it_comes_to() -> None:
    tree = weighted()
    town = {"a1.x": 60.0, "a2.x": 30.0, "b1.x": 80.0}
    scores = run(tree, town, {"a1.x": 32.0, "b1.x": 80.0}, types=("town", "office"))
    first = tree.by_code["甲"]
    assert converted_score(scores, 0, first) is None
    assert converted_score(scores, 1, first) == pytest.approx(50.0)
    assert converted_score(scores, 1, tree.by_code["a1"]) is None
    assert scores.total[1] == pytest.approx(0.7 * 50 + 0.3 * 80)


def test_what_is_lost_costs_the_total_what_it_says() -> None:
    scores = run(weighted(), {"a1.x": 60.0, "a2.x": 30.0, "b1.x": 80.0}, {"a1.x": 32.0, "b1.x": 80.0},
                 types=("town", "office"))  # fmt: skip
    for row in (0, 1):
        lost, own = lost_points(scores)[row], costs(scores, row).each
        column = scores.node_column
        total = sum(lost[column[one.code]] * own[one.code] for one in scores.tree.indicators)
        assert total == pytest.approx(100 - scores.converted[row])
    assert costs(scores, 1).each["a1"] == pytest.approx(0.7 * 100 / 64)
    assert costs(scores, 1).each["a2"] == 0


@pytest.mark.parametrize("rescale", ["total", "parent"])
def test_costs_of_a_sum_are_what_its_conversion_makes_of_them(rescale: str) -> None:
    parts = [a_given_score(code="a1", points=6.0), a_given_score(code="a2", points=4.0, applies_to=("town",))]
    types = (a_unit_type(code="town"), a_unit_type(code="office"))
    children: list[Group] = [a_group(code="A", children=parts), a_group(code="B", children=[a_given_score(code="b1")])]
    tree = a_tree(children=children, unit_types=types, policies=Policies(not_applicable=Rescale(rescale)))
    scores = run(tree, {"a1.x": 3.0, "b1.x": 5.0}, types=("office",))
    own, lost = costs(scores, 0).each, lost_points(scores)[0]
    total = sum(lost[scores.node_column[code]] * own[code] for code in ("a1", "b1"))
    assert total == pytest.approx(20 - scores.converted[0])


def test_a_value_that_is_one_share_field_is_a_share() -> None:
    assert an_indicator().terms.value.is_share
    assert not an_indicator(fields=[a_field(type="count")]).terms.value.is_share
    assert an_indicator(fields=[a_field(type="amount", code="x")], value="1 / (1 + x)").terms.value.is_share


def test_a_group_that_cannot_be_put_together_was_not_filled_in_wrongly() -> None:
    group = a_group(children=[an_indicator()])
    said = [render(figures.state(node, Status.INVALID)(), Language.ZH) for node in (group, group.children[0])]
    assert said == ["无法计算", "填报有误"]

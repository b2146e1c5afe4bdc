"""What was found wrong in reasons, as cases: figures equal to their lines, shares that are none, sums not said.

Reaches ``explanation/inputs.py``.
"""

from collections.abc import Mapping
from typing import Any

from builders import a_field, a_given_score, a_group, a_rule, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.catalogue import Code
from lawgov_score.explanation import group_working, reasons
from lawgov_score.expression import parse
from lawgov_score.model import Indicator, Scores, SmallSample, Tree
from lawgov_score.report import number_text, part, render, title
from lawgov_score.scoring import score
from lawgov_score.terminal.explain import explain_text
from lawgov_score.wording import Language, Quantity, Words


def run(tree: Tree, *given: Mapping[str, object]) -> Scores:
    units = tuple(a_unit(code=f"U{i}") for i in range(len(given)))
    return score(tree, units, [a_submission(unit=u, answers=g) for u, g in zip(units, given, strict=True)])


def why(scores: Scores, row: int, code: str = "01-1", lang: Language = Language.ZH) -> str:
    told = reasons.reason(scores, row, code)
    assert told is not None
    return render(told, lang)


def a_rate(**rule: Any) -> Indicator:
    fields = [
        a_field(code="all", name="受理件数", type="count"),
        a_field(code="done", name="办结件数", type="count", at_most="all"),
    ]
    made = a_rule(points=10.0, **rule)
    return an_indicator(
        title="办结率", fields=fields, value="done / all", on_zero="full", value_name="办结率", points=10.0, rule=made
    )


def test_a_rate_just_below_its_line_is_told_from_it() -> None:
    rate = a_rate(kind="tiers", tiers=[{"at_least": "90%", "score": 10}, {"at_least": "80%", "score": 8}], otherwise=6)
    given = [(20000, 17999), (2000000, 1799999), (1999999, 1799999), (30000, 26999), (20000, 16000)]
    scores = run(a_tree(indicators=[rate]), *({"01-1.all": a, "01-1.done": b} for a, b in given))
    shown = ["89.995%", "89.99995%", "89.999995%", "89.997%", "80%"]
    for lang in Language:
        for row, figure in enumerate(shown):
            text = why(scores, row, lang=lang)
            assert figure in text
            assert "90%" in text.replace(figure, "")
    assert why(scores, 3) == "办结率 89.997%，未达到 90%，得 8 分（满分 10 分）"


def test_a_quotient_of_unlike_things_is_printed_with_its_measure() -> None:
    fields = [
        a_field(code="n", name="编制数", type="count", measured_in="名"),
        a_field(code="p", name="常住人口", type="amount", measured_in="万人"),
    ]
    rule = a_rule(kind="relative", against="best", better="higher", points=6.0)
    leaf = an_indicator(title="人均编制", fields=fields, value="n / p", on_zero="zero", points=6.0, rule=rule)
    scores = run(a_tree(indicators=[leaf]), {"01-1.n": 1200, "01-1.p": 30.5}, {"01-1.n": 1010, "01-1.p": 25})
    assert why(scores, 0) == (
        "人均编制 39.34 名/万人，同组最高 40.4 名/万人，得 6 × 39.34 名/万人 ÷ 40.4 名/万人 = 5.84 分"
    )


def test_a_place_given_by_a_groups_rule_says_sum_place_and_points() -> None:
    leaves = [a_given_score(code=f"01-{i}", points=10.0) for i in (1, 2)]
    rule = a_rule(kind="relative", against="place", better="higher", each=1, points=20.0)
    tree = a_tree(children=[a_group(points=20.0, children=leaves, rule=rule)])
    codes = [f"{leaf.code}.{leaf.fields[0].code}" for leaf in leaves]
    scores = run(tree, *(dict(zip(codes, pair, strict=True)) for pair in ((9, 8), (6, 5), (6, 4))))
    assert why(scores, 1, "01") == (
        "相加（6、5）= 11；下级得分之和 11 分，居同组第 2 名（共 3 个单位），得 20 − 1 × 1 = 19 分"
    )
    told = group_working.how_it_came(scores, 2, scores.tree.children[0])  # type: ignore[arg-type]  # a group
    assert told is not None
    assert "第 3 名（共 3 个单位），得 20 − 2 × 1 = 18 分" in render(told, Language.ZH)


def test_a_cohorts_mean_says_of_how_many() -> None:
    rate = a_rate(kind="relative", against="mean", better="higher")
    scores = run(a_tree(indicators=[rate]), *({"01-1.all": 100, "01-1.done": done} for done in (30, 60, 90)))
    assert why(scores, 0) == "办结率 30%，同组平均 60%（3 个单位的平均数），得 10 × 30% ÷ 60% = 5 分"


def test_a_satisfaction_rate_is_a_percentage_and_the_loss_is_said() -> None:
    levels = [
        {"code": "good", "name": "满意", "worth": 100},
        {"code": "fair", "name": "基本满意", "worth": 100},
        {"code": "bad", "name": "不满意", "worth": 0},
    ]
    rule = a_rule(kind="rating", asks="评价数", levels=levels, full_at=98, step=1, each=0.1, floor=-1, points=1.5)
    leaf = an_indicator(title="政务服务满意率", fields=list(rule.fields), rule=rule, points=1.5)
    given = {"01-1.good": 40, "01-1.fair": 15, "01-1.bad": 21}
    scores = run(a_tree(indicators=[leaf]), given, {**given, "01-1.bad": 10**6}, {**given, "01-1.bad": 2})
    assert why(scores, 0) == (
        "政务服务满意率 72.37%（共 76 票），比 98% 低 25.63 个百分点，每低 1 个百分点扣 0.1 分，"
        "应扣 2.56 分，最多倒扣 1 分，得 −1 分"
    )
    assert why(scores, 2).endswith("，扣 0.15 分，得 1.5 − 0.15 = 1.35 分")


def a_deduction_item() -> Tree:
    missed = an_indicator(
        code="02-1",
        title="未上报案件",
        points=4.0,
        weight=-1.0,
        is_taken_off=True,
        fields=[a_field(code="n", name="未上报案件数", type="count")],
        rule=a_rule(kind="count_cap", each=2, points=4.0),
    )
    return a_tree(indicators=[a_given_score(code="01-1", points=9.0), missed])


def test_what_a_deduction_item_takes_off_is_said_as_taken_off() -> None:
    tree = a_deduction_item()
    scored = f"01-1.{tree.by_code['01-1'].fields[0].code}"  # type: ignore[union-attr]  # an indicator
    scores = run(tree, {scored: 9, "02-1.n": 0}, {scored: 9, "02-1.n": 1}, {scored: 9, "02-1.n": 2}, {scored: 9})
    assert reasons.reason(scores, 0, "02-1") is None
    assert why(scores, 1, "02-1") == "扣分项：未上报案件数 1 件（1 × 2），扣 2 分（最多扣 4 分）"
    assert why(scores, 2, "02-1") == "扣分项：未上报案件数 2 件（2 × 2），扣 4 分（最多扣 4 分）"
    assert why(scores, 3, "02-1") == "“未上报案件数”未填报，未扣分"
    for lang, nothing, some in (
        (Language.ZH, "未上报案件（扣分项）  未扣分", "未上报案件（扣分项）  扣 2.00 分"),
        (Language.EN, "未上报案件 (taken off)  nothing taken off", "未上报案件 (taken off)  2.00 taken off"),
    ):
        assert nothing in explain_text(scores, 0, None, lang)
        assert some in explain_text(scores, 1, None, lang)
    assert "0.00 / 4" not in explain_text(scores, 0, scores.tree.by_code["02-1"], Language.ZH)


def test_a_small_sample_names_what_there_is_too_little_of() -> None:
    rate = a_rate(kind="proportional")
    for rule, treated in ((None, "比率仅供参考"), (a_rule(kind="proportional", points=10.0), "按小样本的标准计分")):
        small = SmallSample(parse("all"), 5, None, rule)
        leaf = an_indicator(
            title="办结率",
            fields=list(rate.fields),
            value="done / all",
            on_zero="full",
            points=10.0,
            rule=rate.rule,
            small_sample=small,
        )
        scores = run(a_tree(indicators=[leaf]), {"01-1.all": 1, "01-1.done": 1}, {"01-1.all": 9, "01-1.done": 9})
        found = [problem for problem in scores.problems if problem.code is Code.R105]
        said = [(title(problem, Language.ZH), part(problem, "found", Language.ZH)) for problem in found]
        assert said == [(f"样本过少，{treated}", "受理件数只有 1 件（不足 5 件）")]


def test_a_coverage_just_below_its_line_is_told_from_it() -> None:
    leaves = [a_given_score(code=f"01-{i}") for i in (1, 2, 3)]
    tree = a_tree(indicators=leaves, policies={"coverage_at_least": 0.66667})
    scores = run(tree, {f"01-{i}.{leaves[0].fields[0].code}": 9 for i in (1, 2)})
    found = [part(problem, "found", Language.ZH) for problem in scores.problems if problem.code is Code.R101]
    assert found == ["66.6667%（2 / 3 个填报项）"]


def test_prose_has_a_minus_sign_and_tables_a_hyphen() -> None:
    assert render(Words("{n:points}、{q}", "")(n=-1.0, q=Quantity(-0.05, is_share=True)), Language.ZH) == "−1、−5%"
    assert number_text(-1.0) == "-1"


def test_a_value_beside_the_cohorts_mean_gives_both_and_of_how_many() -> None:
    rule = a_rule(kind="shortfall", target="0%", step="1%", each=0.1, steps="linear", points=4.0)
    leaf = an_indicator(
        title="下沉比例", fields=[a_field(code="r", name="下沉比例")], value="r - cohort_mean(r)", points=4.0, rule=rule
    )
    scores = run(a_tree(indicators=[leaf]), {"01-1.r": 0.2}, {"01-1.r": 0.3}, {"01-1.r": 0.31}, {})
    assert why(scores, 0).endswith(
        " −7%，比 0% 低 7 个百分点，每低 1 个百分点扣 0.1 分，扣 0.7 分，得 4 − 0.7 = 3.3 分"
        "（“下沉比例” 20%、同组 3 个单位平均“下沉比例” 27%）"
    )


def test_a_condition_that_does_not_hold_gives_the_answers() -> None:
    fields = [a_field(code="a", name="是否制定", type="yes_no"), a_field(code="b", name="是否公布", type="yes_no")]
    rule = a_rule(kind="all_or_nothing", points=2.0)
    leaf = an_indicator(title="制定并公布", fields=fields, value="a and b", points=2.0, rule=rule)
    scores = run(a_tree(indicators=[leaf]), {"01-1.a": True, "01-1.b": False}, {"01-1.a": True, "01-1.b": True})
    assert why(scores, 0) == "制定并公布：不符合条件，不得分（“是否制定”填“是”、“是否公布”填“否”）"
    assert reasons.reason(scores, 1, "01-1") is None

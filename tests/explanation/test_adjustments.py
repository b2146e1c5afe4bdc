"""What was added, taken off and barred, in words: every effect says what, when, on what evidence and how far."""

from dataclasses import replace

import numpy as np
import pytest
from builders import a_field, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.explanation import adjustments, grading
from lawgov_score.explanation.adjustments import kind_label, kind_rule, limit_rules
from lawgov_score.model import (
    NO_REVIEW,
    AdjustmentKind,
    AdjustmentLimits,
    Grade,
    RegisterEntry,
    Review,
    Scores,
    Sign,
    Tree,
    Veto,
)
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.adjust import adjust
from lawgov_score.wording import Language, Phrase

AWARD = AdjustmentKind(
    "A1", "表彰奖励", Sign.BONUS, levels={"国家级": 2.0, "省级": 1.0}, highest_only=True, cap=2.5, basis="办法第九条"
)
BLAME = AdjustmentKind("B1", "通报批评", Sign.PENALTY, each=0.5)
CELL = CellPlace("登记.xlsx", "登记", "A2")


def zh(phrases: tuple[Phrase, ...] | list[Phrase]) -> list[str]:
    for phrase in phrases:
        assert "{" not in render(phrase, Language.EN)
        assert "（" not in render(phrase, Language.EN)
    return [render(phrase, Language.ZH) for phrase in phrases]


def scores_of(tree: Tree, x: float | None = 0.8, review: Review = NO_REVIEW) -> Scores:
    """One unit, scored on ``x``, then settled with ``review``."""
    given = a_submission(unit="U1", answers={"01-1.x": x})
    scores = score(tree, (given.unit,), [given])
    vetoes = tuple(
        (*own, *((entry.kind, "") for entry in review.register if entry.kind in {veto.code for veto in tree.vetoes}))
        for own in scores.vetoes
    )
    full, adjusted = adjust(tree, scores.units, scores.converted, review, vetoes)
    return replace(scores, full_total=full, total=full, adjusted=adjusted, vetoes=vetoes, review=review)


def a_tree_of_100(**other: object) -> Tree:
    return a_tree(indicators=[an_indicator(points=100, title="依法决策")], **other)  # type: ignore[arg-type]  # as given


def test_a_bonus_names_matter_level_date_evidence_and_cap() -> None:
    register = (
        RegisterEntry("U1", "A1", "国家级", "示范创建", 1, 45413, "表彰文件", CELL),
        RegisterEntry("U1", "A1", "省级", "示范创建", 1, 45414, "", CELL),
        RegisterEntry("U1", "A1", "省级", "先进集体", 1, np.nan, "", CELL),
    )
    scores = scores_of(a_tree_of_100(adjustments=(AWARD,)), review=Review(register=register))
    assert zh(adjustments.adjustment_phrases(scores, 0)) == [
        "表彰奖励（A1）+2.5 分：示范创建（国家级；2024年5月1日；佐证：表彰文件） +2 分；"
        "示范创建（省级；2024年5月2日） 同一事项已按最高一级计分，不再计；先进集体（省级） +1 分；"
        "合计 +3 分，本项以 2.5 分为限，计 +2.5 分"
    ]


def test_a_penalty_names_times_and_the_floor() -> None:
    register = (RegisterEntry("U1", "B1", "", "", 3, 45413, "", CELL),)
    tree = a_tree_of_100(adjustments=(BLAME,))
    assert zh(adjustments.adjustment_phrases(scores_of(tree, 0.01, Review(register=register)), 0)) == [
        "通报批评（B1）−1 分：未写明事项（3 次；2024年5月1日） −1.5 分；合计 −1.5 分，总分不低于 0 分，计 −1 分"
    ]


@pytest.mark.parametrize(
    ("limits", "x", "text"),
    [
        (AdjustmentLimits(bonus_cap=1.0), 0.8, "合计 +2 分，加分合计以 1 分为限，计 +1 分"),
        (AdjustmentLimits(inside=True), 0.995, "合计 +2 分，总分不超过 100 分，计 +0.5 分"),
        (
            AdjustmentLimits(bonus_cap=1.0, inside=True),
            1.0,
            "合计 +2 分，加分合计以 1 分为限、总分不超过 100 分，计 0 分",
        ),
    ],
)
def test_every_limit_that_cut_is_named(limits: AdjustmentLimits, x: float, text: str) -> None:
    register = (RegisterEntry("U1", "A1", "国家级", "创建", 1, 45413, "", CELL),)
    tree = a_tree_of_100(adjustments=(AWARD,), adjustment_limits=limits)
    (line,) = zh(adjustments.adjustment_phrases(scores_of(tree, x, Review(register=register)), 0))
    assert line.endswith(text)


def test_a_limit_that_the_trees_own_scores_passed() -> None:
    tree = a_tree_of_100(adjustments=(BLAME,), adjustment_limits=AdjustmentLimits(floor=10.0))
    assert zh(adjustments.adjustment_phrases(scores_of(tree, 0.08), 0)) == ["总分不低于 10 分，补足 2 分"]


def test_a_unit_without_total_keeps_its_lines_on_record() -> None:
    tree = a_tree_of_100(adjustments=(AWARD,))
    scores = scores_of(tree)
    register = (RegisterEntry("U1", "A1", "国家级", "创建", 1, 45413, "", CELL),)
    nothing = np.array([np.nan])
    _, adjusted = adjust(tree, scores.units, nothing, Review(register=register), ((),))
    scores = replace(scores, adjusted=adjusted, converted=nothing)
    (line,) = zh(adjustments.adjustment_phrases(scores, 0))
    assert line == "表彰奖励（A1）0 分：创建（国家级；2024年5月1日） +2 分；该单位没有总分，只作记录"


def test_a_veto_says_its_effects_and_where_it_comes_from() -> None:
    fields = [a_field(type="count")]
    indicator = an_indicator(
        title="群体性事件", points=100, fields=fields, rule={"kind": "deduction", "each": 1}, vetoes={"V1": "x > 0"}
    )
    vetoes = (
        Veto("V1", "发生群体性事件", grade_at_most="良好", deduct=5.0),
        Veto("V2", "弄虚作假", bars=("优秀",), node_zero="01", total_zero=True),
    )
    tree = a_tree(indicators=[indicator], vetoes=vetoes)
    review = Review(register=(RegisterEntry("U1", "V2", "", "虚报数据", 1, 45413, "核查报告", CELL),))
    scores = scores_of(tree, 1, review)
    assert zh(adjustments.veto_phrases(scores, 0)) == [
        "一票否决“发生群体性事件”（V1）：等次最高为“良好”；总分扣 5 分。由“01-1 群体性事件”的填报值触发",
        "一票否决“弄虚作假”（V2）：不得评为“优秀”，达到的按下一等次评定；“01 类01”记 0 分；总分记 0 分。"
        "据登记：虚报数据（2024年5月1日；佐证：核查报告）",
    ]
    assert zh(adjustments.adjustment_phrases(scores, 0)) == [
        "发生群体性事件（V1）−5 分：由“01-1 群体性事件”的填报值触发",
        "弄虚作假（V2）−94 分：虚报数据（2024年5月1日；佐证：核查报告）",
    ]


def test_the_trees_own_words_for_kinds_and_limits() -> None:
    limits = AdjustmentLimits(bonus_cap=5.0, penalty_cap=10.0, inside=True, floor=None)
    tree = a_tree_of_100(adjustments=(AWARD, BLAME), adjustment_limits=limits)
    assert zh(
        [kind_label(AWARD), kind_rule(tree, AWARD), kind_label(BLAME), kind_rule(tree, BLAME), limit_rules(tree)]
    ) == [
        "加分 A1",
        "表彰奖励：国家级加 2 分、省级加 1 分；同一事项只计最高一级，且只计一次；本项最多加 2.5 分；依据：办法第九条",
        "扣分 B1",
        "通报批评：每次扣 0.5 分",
        "加分合计最多 5 分，先列的先计；扣分合计最多 10 分，先列的先计；加分后总分不超过 100 分；总分可以为负",
    ]


def test_every_reason_of_a_grade_has_words() -> None:
    grades = (Grade("优秀", 90.0), Grade("合格", 60.0, lines={"p": 65.0}))
    tree = a_tree_of_100(
        grades=grades,
        vetoes=(Veto("V1", "情形", bars=("优秀",)),),
        policies={"coverage_at_least": 0.6, "grade_by": "01"},
    )
    given = a_submission(unit=a_unit(code="U1", cohort="p"), answers={"01-1.x": 0.62})
    scores = score(tree, (given.unit,), [given])
    assert scores.grade_reasons == (("line",),)
    scores = replace(scores, grade_reasons=(("line", "no_score", "quota", "coverage", "veto:V1"),))
    assert zh(grading.grade_remarks(scores, 0)) == [
        "得分 62 未达到最低等次“合格”的 65 分，未评等次",
        "“01 类01”没有得分，未评等次",
        "名额已满，等次顺延",
        "填报率低于 60%，未评等次",
        "一票否决“情形”（V1）：不得评为“优秀”，达到的按下一等次评定",
    ]


def test_places_that_are_shared_are_printed_with_an_equals_sign_where_the_tree_says_so() -> None:
    given = [a_submission(unit=f"U{i}", answers={"01-1.x": x}) for i, x in enumerate((0.9, 0.8, 0.8))]
    units = tuple(one.unit for one in given)
    plain = score(a_tree_of_100(), (*units, a_unit(code="U9")), given)
    assert plain.place_texts == ("1", "2", "2", "")
    equal = score(a_tree_of_100(policies={"equals_sign": True}), (*units, a_unit(code="U9")), given)
    assert equal.place_texts == equal.overall_place_texts == ("1", "=2", "=2", "")
    assert equal.rank.tolist() == [1, 2, 2, 0]  # the number itself carries no sign

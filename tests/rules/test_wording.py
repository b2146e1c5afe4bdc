"""What rules print: standards and reasons in both languages, with every figure filled in.

Reaches ``rules/phrases.py``.
"""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from worked_cases import Case, all_cases, all_rules, row, terms

from lawgov_score.phrase_columns import phrase_of
from lawgov_score.report import render
from lawgov_score.rules import KINDS
from lawgov_score.rules.outcomes import comes_to
from lawgov_score.rules.rows import Row
from lawgov_score.rules.rule import Inputs, Term, Terms
from lawgov_score.wording import Language, Phrase, Words

_BOTH = pytest.mark.parametrize("lang", Language)
_UNFILLED = re.compile(r"[{}]|None|nan|inf|∞|—|Quantity|Phrase|Words|\d\.\d{7}")


def _text(phrase: Phrase, lang: Language) -> str:
    text = render(phrase, lang)
    assert text.strip()
    assert not _UNFILLED.search(text), text
    assert "  " not in text, text
    return text


@_BOTH
@pytest.mark.parametrize("case", all_rules(), ids=str)
def test_every_rule_words_its_standard(case: Case, lang: Language) -> None:
    text = _text(case.rule.standard(terms(case.rule)), lang)
    assert text.endswith("。" if lang is Language.ZH else "."), text


@_BOTH
@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_every_case_words_its_reason(case: Case, lang: Language) -> None:
    scores = case.rule.score(case.inputs)
    for i in range(len(scores)):
        text = _text(case.rule.reason(row(case, case.inputs, scores, i), terms(case.rule)), lang)
        if lang is Language.ZH:
            assert re.search("未填报|分|不适用|上年没有", text), text


def _zh(kind: str, data: dict[str, object], points: float, value: Term, **fields: Term) -> str:
    return render(KINDS[kind].from_data({"kind": kind, **data}, points).standard(Terms(value, fields)), Language.ZH)


def test_standards_read_as_an_office_prints_them() -> None:
    assert _zh("linear", {"zero_at": "50%", "full_at": "100%"}, 2, Term("出庭应诉率")) == (
        "出庭应诉率达到 100% 得 2 分，50% 及以下不得分，其间按比例（线性）计分。"
    )
    assert _zh("deduction", {"each": 0.25}, 1, Term("逾期办结案件数", "件")) == (
        "满分 1 分，逾期办结案件数每 1 件扣 0.25 分，扣完为止。"
    )
    assert _zh("deduction", {"each": 1, "floor": -1}, 1, Term("被撤销文件数", "件")).endswith("，最多倒扣 1 分。")
    slope: dict[str, object] = {"target": "100%", "step": "1%", "each": 0.1, "steps": "linear"}
    assert _zh("shortfall", slope, 1, Term("办复率")) == (
        "办复率达到 100% 得 1 分，每低 1 个百分点扣 0.1 分，不足 1 个百分点的按比例扣，扣完为止。"
    )
    assert "不足 1 个百分点的不扣" in _zh("shortfall", {**slope, "steps": "floor"}, 1, Term("办复率"))
    assert "不足 1 个百分点的按 1 个百分点扣" in _zh("shortfall", {**slope, "steps": "ceil"}, 1, Term("办复率"))
    assert _zh("shortfall", {**slope, "cliff": "60%"}, 1, Term("办复率")).endswith("扣完为止；低于 60% 的不得分。")
    due = {"due": "03-31", "of": "following_year", "each": 0.1}
    assert _zh("late", due, 1.5, Term("年度报告报送日期")) == (
        "年度报告报送日期不迟于考核年度次年 3 月 31 日得 1.5 分，每迟 1 日扣 0.1 分，扣完为止；"
        "始终未报送（未完成）的不得分。"
    )
    assert (
        _zh("all_or_nothing", {"at_least": 2}, 0.5, Term("培训期数", "期"))
        == "培训期数达到 2 期得 0.5 分，否则不得分。"
    )
    hours: dict[str, object] = {"allowed": 24, "every": 24, "each": 0.1}
    assert _zh("late", hours, 0.5, Term("回应时长", "小时")) == (
        "回应时长不超过 24 小时得 0.5 分，每超 24 小时扣 0.1 分，不足 24 小时的按 24 小时扣，扣完为止。"
    )
    assert "不足 10 日的按 10 日扣" in _zh("late", {**due, "every": 10}, 1.5, Term("印发日期"))


def _reason(kind: str, data: dict[str, object], points: float, told: Row, value: Term, **fields: Term) -> str:
    rule = KINDS[kind].from_data({"kind": kind, **data}, points)
    return render(rule.reason(told, Terms(value, fields)), Language.ZH)


def test_reasons_show_the_units_own_figures_and_the_sum() -> None:
    assert _reason("proportional", {}, 1, Row(61 / 118, 0.52), Term("检察建议回复率")) == (
        "检察建议回复率 51.69%，低于目标 100%，得 1 × 51.69% ÷ 100% = 0.52 分"
    )
    assert (
        _reason("linear", {"zero_at": "50%", "full_at": "100%"}, 2, Row(20 / 24, 1.33), Term("出庭应诉率"))
        == "出庭应诉率 83.33%，低于 100%，得 2 ×（83.33% − 50%）÷（100% − 50%）= 1.33 分"
    )
    slope: dict[str, object] = {"target": "90%", "step": "10%", "each": 0.25, "steps": "linear"}
    assert _reason("shortfall", slope, 0.5, Row(8 / 9, 0.47), Term("结案率")) == (
        "结案率 88.89%，比 90% 低 1.11 个百分点，每低 10 个百分点扣 0.25 分，扣 0.03 分，得 0.5 − 0.03 = 0.47 分"
    )
    # At 85.71% it would be 7.145 off, which is 7.15 or 7.14; 15 − 7.15 is not 7.86.
    review: dict[str, object] = {"target": "100%", "step": "1%", "each": 0.5, "steps": "linear"}
    assert _reason("shortfall", review, 15, Row(6 / 7, 7.86), Term("审查率")) == (
        "审查率 85.714%，比 100% 低 14.286 个百分点，每低 1 个百分点扣 0.5 分，扣 7.14 分，得 15 − 7.14 = 7.86 分"
    )
    wrong: dict[str, object] = {"target": "15%", "step": "1%", "each": 0.1, "steps": "linear"}
    assert _reason("excess", wrong, 1.5, Row(3 / 8, 0.0), Term("复议纠错率")) == (
        "复议纠错率 37.5%，比 15% 高 22.5 个百分点，每高 1 个百分点扣 0.1 分，应扣 2.25 分，扣完为止，得 0 分"
    )
    due: dict[str, object] = {"due": "03-31", "of": "following_year", "each": 0.1}
    assert _reason("late", due, 1.5, Row(44293.0, 0.8, year=2020.0), Term("报送日期")) == (
        "报送日期为 2021年4月7日，期限 2021年3月31日，迟 7 日，每迟 1 日扣 0.1 分，扣 0.7 分，得 1.5 − 0.7 = 0.8 分"
    )
    assert _reason("late", due, 1.5, Row(float("inf"), 0.0, year=2020.0), Term("报送日期")) == (
        "始终未报送（未完成），不得分"
    )
    best: dict[str, object] = {"against": "best", "better": "higher"}
    told = Row(25.0, 0.25, cohort_values=np.array([50.0, 25.0, np.nan]))
    assert _reason("relative", best, 0.5, told, Term("履职件数", "件")) == (
        "履职件数 25 件，同组最高 50 件，得 0.5 × 25 件 ÷ 50 件 = 0.25 分"
    )
    assert _reason("relative", best, 0.5, replace(told, cohort_values=None), Term("履职件数", "件")) == (
        "履职件数 25 件，与同组比较得 0.25 分（满分 0.5 分）"
    )
    assert _reason("deduction", {"each": 0.25}, 1, Row(2.0, 0.5), Term("迟报件数", "件")) == (
        "迟报件数 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分"
    )


def test_new_kinds_read_as_an_office_prints_them() -> None:
    steps: dict[str, object] = {"better": "higher", "start": 1, "step": "1%", "each": 0.1}
    assert _zh("improvement", steps, 1.5, Term("办结率")) == (
        "办结率与上年持平得 1 分，每提高 1 个百分点加 0.1 分，每降低 1 个百分点减 0.1 分，不足 1 个百分点的按比例计，"
        "最高 1.5 分，扣完为止。"
    )
    assert _reason("improvement", steps, 1.5, Row(0.48, 0.8, previous=0.5), Term("办结率")) == (
        "办结率 48%，上年 50%，降低 2 个百分点，每降低 1 个百分点减 0.1 分，减 0.2 分，得 1 − 0.2 = 0.8 分"
    )
    enough: dict[str, object] = {"better": "lower", "at_least": 2}
    assert _reason("improvement", enough, 1, Row(4.0, 0.0, previous=5.0), Term("投诉件数", "件")) == (
        "投诉件数 4 件，上年 5 件，降低 1 件，未降低 2 件，不得分"
    )
    down: dict[str, object] = {"better": "lower", "more_than": "0%", "otherwise": 3}
    assert _zh("improvement", down, 6, Term("纠错率")) == "纠错率比上年下降得 6 分，持平或上升得 3 分。"
    assert _zh("improvement", {**down, "otherwise": 0}, 6, Term("纠错率")) == (
        "纠错率比上年下降得 6 分，持平或上升不得分。"
    )
    assert _zh("improvement", {"better": "higher", "more_than": 2, "otherwise": 1}, 6, Term("件数", "件")) == (
        "件数比上年提高超过 2 件得 6 分，否则得 1 分。"
    )
    assert _reason("improvement", down, 6, Row(0.2, 3.0, previous=0.2), Term("纠错率")) == (
        "纠错率 20%，与上年持平，得 3 分"
    )
    assert _reason("improvement", down, 6, Row(0.25, 3.0, previous=0.2), Term("纠错率")) == (
        "纠错率 25%，上年 20%，提高 5 个百分点，得 3 分"
    )
    marks = np.array([9.0, 8.0, 2.0, np.nan])
    trimmed: dict[str, object] = {"marks": "trimmed_mean", "reviewers": 3}
    assert _reason("judged", trimmed, 10, Row(float("nan"), 8.0, marks=marks), Term("")) == (
        "3 名评审打分 9、8、2，去掉一个最高分和一个最低分后取平均分，得 8 分（满分 10 分）"
    )
    nan = float("nan")
    assert _reason("judged", trimmed, 10, Row(nan, nan, marks=marks[:2]), Term("")) == (
        "尚未评审：已有 2 名评审打分，须有 3 名，评审前不得分"
    )
    place: dict[str, object] = {"by": "min_max", "better": "higher", "all_equal": "full"}
    told = Row(60.0, 0.5, cohort_values=np.array([50.0, 60.0, 90.0]))
    assert _reason("normalised", place, 2, told, Term("办结数", "件")) == (
        "办结数 60 件，同组（3 个单位）最好 90 件、最差 50 件，得 2 ×（60 件 − 50 件）÷（90 件 − 50 件）= 0.5 分"
    )
    percentile = {**place, "by": "percentile"}
    told = Row(60.0, 1.25, cohort_values=np.array([50.0, 60.0, 60.0, 50.0, 90.0]))
    assert _reason("normalised", percentile, 2, told, Term("办结数", "件")) == (
        "办结数 60 件，好于同组其余 4 个单位中的 2 个，与 1 个相同，得 2 × 2.5 ÷ 4 = 1.25 分"
    )
    told = Row(60.0, 1.0, cohort_values=np.array([60.0, 60.0]))
    assert "同组各单位都相同" in _reason("normalised", {**place, "all_equal": "half"}, 2, told, Term("办结数", "件"))
    options = [{"option": "落实", "score": 1}, {"option": "无此任务", "counts_as": "not_applicable"}]
    choice: dict[str, object] = {"asks": "情况", "options": options}
    assert _zh("choice", choice, 1, Term("")) == "按情况计分：“落实”得 1 分；“无此任务”本项不适用。"
    assert _reason("choice", choice, 1, Row(nan, nan, {"choice": 1.0}), Term("")) == "情况为“无此任务”，本项不适用"
    assert _zh("count_cap", {"each": 0.5, "cap": "none"}, 1, Term("表彰数", "次")) == "表彰数每 1 次得 0.5 分，不封顶。"


def test_full_points_and_missing_answers_need_no_sum() -> None:
    assert _reason("proportional", {}, 1, Row(1.0, 1.0), Term("办结率")) == "得满分 1 分"
    assert _reason("proportional", {}, 1, Row(float("nan"), float("nan")), Term("办结率")) == "未填报"


def test_a_wording_with_a_figure_left_out_is_caught() -> None:
    case = next(case for case in all_rules() if case.rule.KIND == "tiers")
    rule = case.rule
    phrase = rule.reason(Row(0.2, 0.4), terms(rule))
    with pytest.raises(KeyError):
        render(replace(phrase, values={}), Language.ZH)
    assert np.isnan(rule.score(Inputs(np.array([np.nan])))).all()


def test_a_unit_whose_cohort_has_no_values_is_told_what_it_got() -> None:
    nobody = Row(5.0, 0.25, cohort_values=np.array([np.nan]))
    kinds: list[tuple[str, dict[str, object]]] = [
        ("relative", {"against": "place", "better": "higher", "each": 0.1}),
        ("relative", {"against": "mean", "better": "lower"}),
        ("normalised", {"by": "min_max", "better": "higher", "all_equal": "full"}),
    ]
    for kind, data in kinds:
        assert _reason(kind, data, 1, nobody, Term("办结数", "件")) == (
            "办结数 5 件，与同组比较得 0.25 分（满分 1 分）"
        )


def test_parts_that_are_lists_themselves_are_told_apart() -> None:
    parts = [{"code": "a", "name": "立项、起草机制"}, {"code": "b", "name": "备案机制"}]
    text = _zh("checklist", {"parts": parts, "each_met": 0.5}, 1, Term("机制"))
    assert "共 2 项：“立项、起草机制”、“备案机制”。" in text
    plain = [{"code": "a", "name": "立项机制"}, {"code": "b", "name": "备案机制"}]
    assert "共 2 项：立项机制、备案机制。" in _zh("checklist", {"parts": plain, "each_met": 0.5}, 1, Term("机制"))


@pytest.mark.parametrize(("kind", "rest"), [("all_or_nothing", {}), ("tiers", {"score": 2}), ("late", {})])
def test_what_never_came_is_called_by_the_trees_own_word(kind: str, rest: dict[str, object]) -> None:
    day: dict[str, object] = {"at_most": "2026-03-31"}
    by_kind: dict[str, dict[str, object]] = {
        "all_or_nothing": day,
        "tiers": {"tiers": [{**day, **rest}]},
        "late": {"due": "03-31", "of": "following_year", "each": 1},
    }
    rule = KINDS[kind].from_data({"kind": kind, **by_kind[kind]}, 2)
    term = Term("工作要点印发日期", never="未印发")
    nobody = Row(math.inf, 0.0, {}, 2025.0, None, math.nan, None)
    reason = render(rule.reason(nobody, Terms(term, {})), Language.ZH)
    assert "始终未印发" in reason, reason


@pytest.mark.parametrize(
    ("exact", "score", "told"),
    [
        (0.425, 0.42, "0.425 分，舍入为 0.42 分"),
        (2.5 * 0.15 / 0.3333, 1.12, "1.125 分，舍入为 1.12 分"),  # a third as printed comes to a little beside the half
        (2.5 * 0.15 / 0.3334, 1.12, "1.12 分"),
        (1.1301, 1.13, "1.13 分"),
    ],
)
def test_a_half_that_went_to_the_even_neighbour_is_shown(exact: float, score: float, told: str) -> None:
    names = replace(terms(all_rules()[0].rule), rounds_half_up=False)
    phrase = phrase_of(comes_to(Words("a × b ", "a × b ")(), np.array([score]), names, exact=np.array([exact])), 0)
    assert phrase is not None
    assert render(phrase, Language.ZH) == f"得 a × b = {told}"

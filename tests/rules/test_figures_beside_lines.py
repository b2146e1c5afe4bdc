"""Figures of a sentence keep the digits that tell them from their lines, and come to the points that are printed.

Laws over any figure and any line that the engine tells apart, and over every worked case. Reaches ``measure/digits.py``
and ``rules/outcomes.py``.
"""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from worked_cases import Case, all_cases, row, terms

from lawgov_score.column_texts import texts
from lawgov_score.measure.digits import beside, points_decimals
from lawgov_score.phrase_columns import picked
from lawgov_score.report import number_text, percent_text, render
from lawgov_score.rounding import VALUE_DECIMALS, half_up, without_dust
from lawgov_score.rules import KINDS
from lawgov_score.rules.rows import Row, Rows
from lawgov_score.rules.rule import Inputs, Rule, Term, Terms
from lawgov_score.wording import Language, Phrase

_NUMBER = re.compile(r"−?\d+(?:\.\d+)?")
_SHARES = st.integers(0, 10**6).map(lambda n: n / 10**6)
_NEAR = st.tuples(st.integers(1, 999), st.integers(3, 12), st.sampled_from((1, -1))).map(
    lambda n: n[2] * n[0] * 10.0 ** -n[1]
)


def numbers(text: str) -> list[float]:
    """Every number in a sentence, in its order."""
    return [float(found.replace("−", "-")) for found in _NUMBER.findall(text)]


def near(line: float, by: float) -> float:
    """A value as the engine knows it, ``by`` away from a line."""
    return float(without_dust(np.array([line + by]), VALUE_DECIMALS)[0])


@given(line=_SHARES, by=_NEAR, is_share=st.booleans())
@example(line=0.9, by=-0.00005, is_share=True)  # 89.995%
@example(line=0.9, by=-1e-12, is_share=True)
def test_a_figure_never_prints_as_the_line_beside_it(line: float, by: float, is_share: bool) -> None:
    value = near(line, by)
    if value == line:
        return
    shown = beside(value, line, is_share=is_share)
    text = (
        percent_text(shown.number, shown.decimals or 0) if is_share else number_text(shown.number, shown.decimals or 0)
    )
    printed = float(text.rstrip("%"))
    exact = float(without_dust(np.array([line * (100 if is_share else 1)]), VALUE_DECIMALS)[0])
    assert (printed > exact) == (value > line), (text, line, value)
    assert (printed < exact) == (value < line), (text, line, value)


HELD: list[tuple[str, dict[str, object], bool]] = [  # a rule that holds its value against 90%; is less than that worse?
    ("tiers", {"tiers": [{"at_least": "90%", "score": 10}, {"at_least": "50%", "score": 5}]}, True),
    ("tiers", {"tiers": [{"at_most": "90%", "score": 10}, {"at_most": "95%", "score": 5}]}, False),
    ("all_or_nothing", {"at_least": "90%"}, True),
    ("all_or_nothing", {"at_most": "90%"}, False),
    ("proportional", {"target": "90%"}, True),
    ("proportional", {"target": "90%", "better": "lower"}, False),
    ("shortfall", {"target": "90%", "step": "1%", "each": 0.1, "steps": "linear"}, True),
    ("shortfall", {"target": "90%", "step": "1%", "each": 0.1, "steps": "floor"}, True),
    ("excess", {"target": "90%", "step": "1%", "each": 0.1, "steps": "ceil"}, False),
    ("linear", {"zero_at": "50%", "full_at": "90%"}, True),
    ("linear", {"zero_at": "95%", "full_at": "90%"}, False),
]


@given(st.sampled_from(HELD), _NEAR)
@settings(deadline=None)
@example(HELD[0], -0.00001)
def test_no_reason_says_that_90_is_below_90(held: tuple[str, dict[str, object], bool], by: float) -> None:
    kind, data, is_below = held
    value = near(0.9, -abs(by) if is_below else abs(by))
    rule = KINDS[kind].from_data({"kind": kind, **data}, 10.0)
    score = float(rule.score(Inputs(np.array([value])))[0])
    told = Row(value, min(score, 9.99))  # a score that was rounded up to full points would need no reason
    for lang in Language:
        text = render(rule.reason(told, Terms(Term("办结率", is_share=True), {})), lang)
        first = numbers(text)[0]
        assert (first < 90) if is_below else (first > 90), text


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
@settings(deadline=None)
@example(0.5, 0.5 - 1e-9, True)
def test_last_editions_figure_is_told_from_this_ones(one: float, other: float, rises: bool) -> None:
    one, other = near(one, 0), near(other, 0)
    rule = KINDS["improvement"].from_data({"kind": "improvement", "better": "higher", "more_than": "0%"}, 10.0)
    text = render(rule.reason(Row(one, 0.0, previous=other), Terms(Term("办结率", is_share=True), {})), Language.ZH)
    differs = abs(without_dust(np.array([one - other]))[0]) > 0  # what the rule takes for a change
    if differs:
        now, before, gap = numbers(text)[:3]
        assert (now > before) == (one > other), text
        assert gap == pytest.approx(abs(now - before), abs=1e-9), text
    else:
        assert "持平" in text


def _said(rule: Rule, value: float, decimals: int, terms_: Terms) -> tuple[float, str]:
    """The score as it is kept, and the reason in Chinese."""
    score = half_up(rule.score(Inputs(np.array([value]))), decimals)
    rows = Rows.of(Row(value, float(score[0])))
    found = picked(rule.reasons(rows, terms_), 0)
    assert isinstance(found, Phrase)
    return float(score[0]), render(found, Language.ZH)


@given(
    value=st.floats(0, 1.2),
    target=st.integers(1, 100),
    each=st.sampled_from((0.05, 0.1, 0.3, 2.0, 7.0)),
    step=st.sampled_from((1, 5, 10)),
    steps=st.sampled_from(("linear", "floor", "ceil")),
    floor=st.sampled_from((0, -1, 2)),
    decimals=st.sampled_from((2, 4)),
    below=st.booleans(),
)
@settings(deadline=None, max_examples=300)
@example(value=0.625, target=1, each=0.05, step=1, steps="linear", floor=0, decimals=2, below=False)
@example(value=0.72368421, target=98, each=0.1, step=1, steps="linear", floor=-1, decimals=2, below=True)
def test_the_loss_comes_from_the_figures_in_the_sentence(
    value: float, target: int, each: float, step: int, steps: str, floor: float, decimals: int, below: bool
) -> None:
    value, points, kind = near(value, 0), 10.0, "shortfall" if below else "excess"
    data = {"kind": kind, "target": f"{target}%", "step": f"{step}%", "each": each, "steps": steps, "floor": floor}
    rule = KINDS[kind].from_data(data, points)
    score, text = _said(rule, value, decimals, Terms(Term("办结率", is_share=True), {}))
    if score >= points:
        assert text == "得满分 10 分"
        return
    shown, line, gap, *_ = numbers(text)
    assert gap == pytest.approx(abs(line - shown), abs=1e-9), text
    counted = numbers(text.partition("按 ")[2])[0] if "（按 " in text else gap
    due = counted / step * each
    if "应扣" in text:
        assert numbers(text.partition("应扣")[2])[0] == pytest.approx(due, abs=0.0051), text
        assert numbers(text)[-1] == pytest.approx(score), text
        assert score == floor
    else:
        lost, of, taken, left, *rounded = numbers(text.rpartition("，扣")[2])  # the last where cents are rounded away
        assert (of, taken) == (points, lost), text
        assert left == pytest.approx(points - taken, abs=1e-9), text
        assert [left, *rounded][-1] == pytest.approx(score, abs=1e-9), text
        assert half_up(np.array([points - due]), points_decimals(np.array([score])))[0] == pytest.approx(
            score, abs=1e-9
        ), text


@given(
    value=st.integers(0, 999),
    mark=st.integers(1, 999),
    points=st.sampled_from((2.0, 100.0, 1000.0)),
    decimals=st.sampled_from((2, 4)),
)
@settings(deadline=None)
def test_the_share_comes_from_the_figures_in_the_sentence(value: int, mark: int, points: float, decimals: int) -> None:
    share = near(value / mark, 0)
    rule = KINDS["proportional"].from_data({"kind": "proportional"}, points)
    score, text = _said(rule, share, decimals, Terms(Term("办结率", is_share=True), {}))
    if score >= points:
        return
    of, shown, line, given_ = numbers(text.partition("得 ")[2])
    assert half_up(np.array([of * shown / line]), points_decimals(np.array([score])))[0] == pytest.approx(
        score, abs=1e-9
    ), text
    assert given_ == score, text


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_both_languages_print_the_same_figures(case: Case) -> None:
    if case.rule.KIND == "late":  # dates are written otherwise
        return
    scores = case.rule.score(case.inputs)
    for i in range(len(scores)):
        told = case.rule.reason(row(case, case.inputs, scores, i), terms(case.rule))
        zh, en = (sorted(numbers(render(told, lang))) for lang in (Language.ZH, Language.EN))
        assert zh == en


def test_a_deduction_of_a_deduction_item_is_said_as_one() -> None:
    options = [{"option": "漏报", "score": 2}, {"option": "未漏报", "score": 0}]
    kinds: list[tuple[str, dict[str, object], Row]] = [
        ("count_cap", {"each": 2}, Row(2.0, 4.0)),
        ("count_cap", {"each": 2}, Row(1.0, 2.0)),
        ("choice", {"asks": "情况", "options": options}, Row(float("nan"), 2.0, {"choice": 0.0})),
        ("proportional", {}, Row(0.5, 2.0)),
        ("as_given", {}, Row(2.0, 2.0)),
    ]
    for kind, data, told in kinds:
        rule = KINDS[kind].from_data({"kind": kind, **data}, 4.0)
        own = Terms(Term("漏报件数", "件" if kind == "count_cap" else ""), {}, is_taken_off=True)
        text = render(rule.reason(told, own), Language.ZH)
        assert "扣" in text, text
        assert "得" not in text, text


def test_columns_of_many_decimals_are_worded_as_single_units_are() -> None:
    rule = KINDS["all_or_nothing"].from_data({"kind": "all_or_nothing", "at_least": "90%"}, 1.0)
    values = np.array([0.5, 0.9 - 1e-12, 0.89999, 1 / 3])
    nothing = np.zeros(4)
    rows = Rows(values, nothing, {}, nothing, nothing)
    own = Terms(Term("办结率", is_share=True), {})
    found = rule.reasons(rows, own)
    columns = texts(found, Language.ZH, range(4))
    assert columns == [render(picked(found, i), Language.ZH) for i in range(4)]  # type: ignore[arg-type]
    assert columns[0].startswith("办结率 50%，")
    assert columns[1].startswith("办结率 89.9999999999%，")
    assert columns[3].startswith("办结率 33.33%，")

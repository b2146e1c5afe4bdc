"""The rule of small samples speaks of the value that it scores: a count, not the rate it stands in for."""

import pytest
from builders import a_field, a_rule, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.explanation.reasons import reason
from lawgov_score.explanation.standard import standard
from lawgov_score.expression import parse
from lawgov_score.model import Indicator, SmallSample
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def lost_suits(other: str | None) -> Indicator:
    fields = [
        a_field(code="lost", name="败诉案件数", type="count"),
        a_field(code="cases", name="审结案件数", type="count"),
    ]
    value = None if other is None else parse(other)
    small = SmallSample(parse("cases"), 5, value, a_rule(kind="deduction", each=0.5))
    return an_indicator(
        title="行政诉讼败诉率",
        value_name="败诉率",
        fields=fields,
        value="lost / cases",
        on_zero="full",
        rule={"kind": "excess", "target": "10%", "step": "1%", "each": 0.1, "steps": "linear"},
        small_sample=small,
    )


@pytest.mark.parametrize(
    ("other", "name", "figure"),
    [
        ("lost", "败诉案件数", "“审结案件数”不足 5 件，按件数计：败诉案件数 1 件（1 × 0.5）"),
        (
            "lost * 1",
            "行政诉讼败诉率指标值",
            "“审结案件数”不足 5 件，按小样本的标准计：行政诉讼败诉率指标值 1 件（1 × 0.5）",
        ),
    ],
)
def test_its_own_value_is_named(other: str, name: str, figure: str) -> None:
    indicator = lost_suits(other)
    assert f"改按下列标准：满分 1 分，{name}每 1 " in render(
        standard(a_tree(indicators=[indicator]), indicator), Language.ZH
    )
    given = {"01-1.lost": 1, "01-1.cases": 4}
    scores = score(a_tree(indicators=[indicator]), (a_unit(code="A"),), [a_submission(unit="A", answers=given)])
    told = reason(scores, 0, "01-1")
    assert told is not None
    assert render(told, Language.ZH) == f"{figure}，扣 0.5 分，得 1 − 0.5 = 0.5 分"


def test_without_a_value_of_its_own_it_speaks_of_the_same() -> None:
    indicator = lost_suits(None)
    assert indicator.small_terms == indicator.terms

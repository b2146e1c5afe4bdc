"""What stands in for a score says by which provision, its rounding, and why (explanation/instead.py)."""

from pathlib import Path

from mini import scored

from lawgov_score.explanation.reasons import reason
from lawgov_score.report import render
from lawgov_score.wording import Language

TREE = """
nodes:
  - code: "01"
    title: 甲
    points: 100
    children:
      - code: "01-1"
        title: 公开率
        points: 5
        applies_to: all
        basis: 附件
        rounding: {decimals: 0, halves: even}
        fields:
          - {code: n, name: 公开件数, type: count, measured_in: 件, at_most: b}
          - {code: b, name: 应公开件数, type: count, measured_in: 件}
        value: n / b
        on_zero: 50%
        rule: {kind: proportional}
      - code: "01-2"
        title: 办结率
        points: 95
        applies_to: all
        basis: 附件
        fields:
          - {code: n, name: 办结数, type: count, measured_in: 件, at_most: b}
          - {code: b, name: 受理数, type: count, measured_in: 件}
        value: n / b
        on_zero: cohort_mean
        no_mean: full
        rule: {kind: proportional}
      - code: "01-3"
        title: 加分项
        points: 5
        bonus: true
        applies_to: [area]
        when_not_applicable: full
        basis: 附件
        fields: [{code: k, name: 项数, type: count, measured_in: 项}]
        rule: {kind: count_cap, each: 1}
"""
FIGURES = "unit,01-1.n,01-1.b,01-2.n,01-2.b,01-3\nu1,0,0,1,2,0\nu2,1,1,0,0,\n"
ROSTER = "unit,name,type\nu1,一,area\nu2,二,rural\n"


def told(folder: Path, figures: str, unit: str, code: str) -> str:
    scores = scored(folder, TREE, figures, ROSTER)
    found = reason(scores, scores.row_of[unit], code)
    return "" if found is None else render(found, Language.ZH)


def test_a_zero_denominator_says_share_or_mean_and_the_rounding(tmp_path: Path) -> None:
    """2.5 of 5 goes to the even neighbour."""
    assert told(tmp_path, FIGURES, "u1", "01-1") == "“应公开件数”为 0，按分值的 50% 计，得 2.5 分，舍入为 2 分"
    assert told(tmp_path, FIGURES, "u2", "01-2") == "“受理数”为 0，按同组平均得分计，得 47.5 分"


def test_where_nobody_is_left_for_a_mean_it_says_so(tmp_path: Path) -> None:
    nobody = FIGURES.replace("u1,0,0,1,2,0", "u1,0,0,,,0").replace("u2,1,1,0,0,", "u2,0,0,0,0,")
    scores = scored(tmp_path, TREE.replace("no_mean: full", "no_mean: 60%"), nobody, ROSTER)
    found = reason(scores, scores.row_of["u2"], "01-2")
    assert found is not None
    assert render(found, Language.ZH) == "“受理数”为 0，同组没有可以取平均的得分，按规定得 57 分"


def test_a_bonus_keeps_the_reason_why_it_was_given(tmp_path: Path) -> None:
    assert told(tmp_path, FIGURES, "u2", "01-3") == "加分项，加 5 分：不适用于非产区，按满分计，得 5 分"

"""Points by unit type where sums are waived, where a unit's type is not known, and where only one type is there.

The law is that of ``test_own_points.py``: a unit gets, is told, and its formulas come to, what its own tree says.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from recalculation import differing

from lawgov_score.content import method, ranking
from lawgov_score.content.costs import lost_points, signs
from lawgov_score.explanation.method import in_brief
from lawgov_score.explanation.reasons import reason
from lawgov_score.model import Status
from lawgov_score.pipeline import ScoredAssessment, assess, write_scorecard
from lawgov_score.report import render
from lawgov_score.terminal.explain import explain_text
from lawgov_score.terminal.show import show_text
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

HEAD = """\
code: t
title: 试
edition: "2024"
year: 2024
points: {points}
levels: [方面, 小项]
unit_types: [{{code: area, name: 产区}}, {{code: rural, name: 非产区}}]
cohorts: [{{code: all, name: 全体组, unit_types: [area, rural]}}]
{more}policies:
  rounding: {{indicator: 2, group: 2, total: 2}}
  rank: {{by: rounded, ties: shared{ties}}}
  missing: zero
  not_applicable: {rescale}
  invalid: score_valid
  claims: accept
nodes:
"""
GROUP = '  - code: "{code}"\n    title: 方面{code}\n    points: {points}\n    children:\n'
ITEM = """\
      - code: "{code}"
        title: 项{code}
        points: {points}
        applies_to: {types}
        {more}basis: 附件
        fields: [{{code: n, name: 件数, type: count, measured_in: 件}}]
        rule: {{kind: deduction, each: 1}}
"""
ROSTER = "unit,name,type\nu1,一,area\nu2,二,rural\nu3,三,area\nu4,四,rural\n"
FIGURES = "unit,01-1,02-1\nu1,2,5\nu2,2,5\nu3,不适用,1\nu4,不适用,1\n"
WAIVER = "waivers: [{{code: {code}, node: {node}, reason: 原件如此}}]\n"
CAN_CLAIM = "may_not_apply: true\n        "


def item(code: str, points: str, types: str = "all", more: str = CAN_CLAIM) -> str:
    return ITEM.format(code=code, points=points, types=types, more=more)


def tree(waived: str, rescale: str, ties: str = "") -> str:
    """A tree in which one type's points come to less: in a group (T202), or in the whole (T217); waived."""
    node = "t" if waived == "T217" else '"01"'
    head = HEAD.format(points=100, rescale=rescale, ties=ties, more=WAIVER.format(code=waived, node=node))
    first = "{area: 60, rural: 50}" if waived == "T217" else "60"
    return (
        head
        + GROUP.format(code="01", points=first)
        + item("01-1", "{area: 60, rural: 50}")
        + GROUP.format(code="02", points=40)
        + item("02-1", "40")
    )


def scored(path: Path, text: str, figures: str = FIGURES, roster: str | None = ROSTER) -> ScoredAssessment:
    for name, content in (("tree.yaml", text), ("figures.csv", figures), ("roster.csv", roster)):
        if content is not None:
            (path / name).write_text(content, encoding="utf-8")
    done = assess(path / "tree.yaml", [path / "figures.csv"], path / "roster.csv" if roster is not None else None)
    assert isinstance(done, ScoredAssessment), [(one.code, one.values) for one in done.problems]
    return done


@pytest.mark.parametrize("rescale", ["none", "parent", "total"])
@pytest.mark.parametrize("waived", ["T202", "T217"])
def test_a_spreadsheet_comes_to_each_types_own_sum(waived: str, rescale: str, tmp_path: Path) -> None:
    done = scored(tmp_path, tree(waived, rescale))
    write_scorecard(done, tmp_path / "scorecard.xlsx", Language.ZH)
    assert differing(tmp_path / "scorecard.xlsx")[1] == []
    for row in range(len(done.scores.units)):
        write_card(done.scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
        assert differing(tmp_path / "card.xlsx")[1] == []


def test_a_total_is_out_of_its_own_types_sum(tmp_path: Path) -> None:
    totals = scored(tmp_path, tree("T217", "total")).scores.total
    assert totals.tolist() == [93.0, 83.0, 97.5, 87.75]  # 58 + 35 of 100; 48 + 35 of 90; 39 ÷ 40 × 100; 39 ÷ 40 × 90


@pytest.mark.parametrize("waived", ["T202", "T217"])
def test_what_totals_are_out_of_is_said_for_each_type(waived: str, tmp_path: Path) -> None:
    done = scored(tmp_path, tree(waived, "total"))
    told, scores = done.scores.tree, done.scores
    columns = ranking.columns_of(scores)
    assert "总分 产区 100、非产区 90\n" in show_text(told, Language.ZH)
    texts = [
        ranking.about(scores, columns, Language.ZH),
        *(render(text, Language.ZH) for _, text in in_brief(told)),
        *(render(text, Language.ZH) for _, text in (*method.about(told), *method.definitions(told))),
    ]
    said = [text for text in texts if "满分 " in text or "分折算" in text or "× " in text]
    assert len(said) > 2
    for text in said:
        assert "产区 100、非产区 90" in text or "“得分 ÷ 适用分 × 满分”" in text, text


def test_without_any_type_every_output_is_written(tmp_path: Path) -> None:
    done = scored(tmp_path, tree("T217", "total"), roster=None)
    write_scorecard(done, tmp_path / "scorecard.xlsx", Language.ZH)
    for row in range(len(done.scores.units)):
        why = reason(done.scores, row, "01-1")
        assert why is not None
        assert "不知单位类型" in render(why, Language.ZH)
        assert explain_text(done.scores, row, None, Language.ZH)


@pytest.mark.parametrize("types", ["__", "_r", "a_", "rr", "r_", "ar", "aar_", "_ar"])
def test_reasons_where_types_are_not_known_or_not_all_there(types: str, tmp_path: Path) -> None:
    kinds = [{"a": "area", "r": "rural", "_": ""}[letter] for letter in types]
    roster = "unit,name,type\n" + "".join(f"u{i},{i},{kind or 'area'}\n" for i, kind in enumerate(kinds))
    figures = "unit,01-1,02-1\n" + "".join(f"u{i},2,5\n" for i in range(len(kinds)))
    scores = scored(tmp_path, tree("T217", "total"), figures, roster).scores
    scores = replace(scores, units=tuple(map(lambda unit, kind: replace(unit, type=kind), scores.units, kinds)))
    for own, who in scores.own_trees:
        assert [scores.of_unit(row).tree is own for row in who.nonzero()[0].tolist()] == [True] * int(who.sum())
    assert sum(int(who.sum()) for _, who in scores.own_trees) == len(kinds)
    for row, kind in enumerate(kinds):
        why = reason(scores, row, "01-1")
        assert why is not None
        assert not kind or f"得 {60 if kind == 'area' else 50} − 2" in render(why, Language.ZH)


def test_equals_of_a_waived_sum_are_compared_on_one_scale(tmp_path: Path) -> None:
    """48 of 50 at the tie-breaker is more than 57 of 60, where nothing is converted; totals are equal."""
    figures = "unit,01-1,02-1\nu1,3,20\nu2,2,11\n"
    done = scored(tmp_path, tree("T202", "none", ', tie_breakers: ["01"]'), figures, ROSTER)
    scores = done.scores
    assert scores.total.tolist()[:2] == [77.0, 77.0]
    assert [int(scores.rank[scores.row_of[code]]) for code in ("u1", "u2")] == [2, 1]


def only_one_type(rescale: str, way: str) -> str:
    """An item of 8 points that only one type has; the other type's points are all in the first item."""
    head = HEAD.format(points=30, rescale=rescale, ties="", more="")
    group = GROUP.format(code="01", points=30).replace("points: 30", f"points: 30{way}")
    weight = "weight: 1\n        " if way else ""
    first, second = (
        item("01-1", "{rural: 30, area: 22}", more=weight),
        item("01-2", "{rural: 0, area: 8}", "[area]", weight),
    )
    return head + group + first + second


@pytest.mark.parametrize("rescale", ["none", "parent", "total"])
def test_an_item_that_only_one_type_has(rescale: str, tmp_path: Path) -> None:
    """甲 2 and 1 things: 20 of 22, 7 of 8. 乙 2 things: 28 of 30, and nothing is asked of it at the other item."""
    figures = "unit,01-1,01-2\nu1,2,1\nu2,2,\n"
    done = scored(tmp_path, only_one_type(rescale, ""), figures, "unit,name,type\nu1,甲,area\nu2,乙,rural\n")
    scores = done.scores
    assert scores.total.tolist() == [27.0, 28.0]
    assert scores.at(1, "01-2").status is Status.NOT_APPLICABLE
    write_scorecard(done, tmp_path / "scorecard.xlsx", Language.ZH)
    assert differing(tmp_path / "scorecard.xlsx")[1] == []
    for row in range(2):
        write_card(scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
        assert differing(tmp_path / "card.xlsx")[1] == []


def test_what_only_one_type_has_loses_points_there(tmp_path: Path) -> None:
    """The first type has no such points, in a weighted mean of which a point of none weighs nothing."""
    figures = "unit,01-1,01-2\nu1,2,1\nu2,2,\n"
    text = only_one_type("total", "\n    aggregate: weighted_mean").replace(
        "unit_types: [{code: area, name: 产区}, {code: rural, name: 非产区}]",
        "unit_types: [{code: rural, name: 非产区}, {code: area, name: 产区}]",
    )
    done = scored(tmp_path, text, figures, "unit,name,type\nu1,甲,area\nu2,乙,rural\n")
    scores = done.scores
    assert scores.total.tolist() == [26.76, 28.0]  # (20/22 + 7/8) ÷ 2 × 30; 28/30 alone
    write_scorecard(done, tmp_path / "scorecard.xlsx", Language.ZH)
    assert differing(tmp_path / "scorecard.xlsx")[1] == []
    assert signs(scores.tree)["01-2"] == 1.0
    assert lost_points(scores)[scores.row_of["u1"], scores.node_column["01-2"]] == 1.0

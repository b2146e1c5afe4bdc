"""Why a unit got what it got, and how it is told: facts of the figures, in both languages; the words are not tested.

Reaches ``explanation/absent.py``, ``explanation/figures.py``, ``explanation/references.py``,
``explanation/group_working.py``, ``explanation/parts.py``.
"""

import everything
import numpy as np
import pytest
from builders import (
    CLAIM,
    a_change,
    a_field,
    a_given_score,
    a_group,
    a_mark,
    a_ruling,
    a_submission,
    a_tree,
    a_unit,
    an_aggregation,
    an_answer,
    an_indicator,
)

from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation import group_working, reasons
from lawgov_score.explanation.references import within
from lawgov_score.model import NO_REVIEW, Group, Indicator, Missing, Review, Scores, Tree
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.terminal.explain import explain_text
from lawgov_score.terminal.ranking import ranking_text
from lawgov_score.wording import Language


@pytest.fixture(scope="module")
def scores() -> Scores:
    return everything.a_round()


def why(scores: Scores, code: str, row: int = 0, lang: Language = Language.ZH) -> str:
    reason = reasons.reason(scores, row, code)
    return "" if reason is None else render(reason, lang)


def came(scores: Scores, code: str, row: int = 0) -> str:
    node = scores.tree.by_code[code]
    assert isinstance(node, Group)
    told = group_working.how_it_came(scores, row, node)
    return "" if told is None else render(told, Language.ZH)


def one_unit(tree: Tree, answers: dict[str, object], review: Review = NO_REVIEW) -> Scores:
    unit = a_unit()
    return score(tree, (unit,), [a_submission(unit=unit, answers=answers)], review)


@pytest.mark.parametrize(
    ("way", "figures"),
    [
        ("mean", ("3、2、4", "= 3")),
        ("geometric_mean", ("3、2、4", "= 2.8845")),
        ("harmonic_mean", ("3、2、4", "= 2.7692")),
        ("min", ("3、2、4", "= 2")),
        ("max", ("3、2、4", "= 4")),
    ],
)
def test_a_score_is_told_with_the_figures_it_came_from(way: str, figures: tuple[str, ...]) -> None:
    children = [a_given_score(code=f"01-{i}", points=4.0) for i in (1, 2, 3)]
    tree = a_tree(children=[a_group(children=children, points=4.0, aggregation=an_aggregation(way))])
    scores = one_unit(tree, {"01-1.x": 3.0, "01-2.x": 2.0, "01-3.x": 4.0})
    assert all(figure in came(scores, "01") for figure in figures)


def test_every_step_after_aggregation_is_told() -> None:
    children = [a_given_score(code=f"01-{i}", points=4.0) for i in (1, 2)]
    capped = a_group(children=children, points=10.0, out_of=8.0, cap=7.0, rounding=0)
    scores = one_unit(a_tree(children=[capped]), {"01-1.x": 4.0, "01-2.x": 3.0})
    told = came(scores, "01")
    assert [figure for figure in ("7 ÷ 8 × 10 = 8.75", "取 7") if figure not in told] == []
    assert scores.scores[0, 0] == 7


def test_what_is_told_always_comes_to_the_score() -> None:
    scores = everything.a_round()
    checked = 0
    for row in range(len(scores.units)):
        for node in scores.tree.nodes:
            score_here = float(scores.scores[row, scores.node_column[node.code]])
            if isinstance(node, Group) and scores.tree.has_own_way(node.code) and not np.isnan(score_here):
                last = came(scores, node.code, row).split("= ")[-1]
                checked += 1
                assert came(scores, node.code, row)
                if "；" not in last:
                    assert float(last) == pytest.approx(score_here, abs=1e-4), node.code
    assert checked > 20


def test_a_group_says_why_it_has_no_score() -> None:
    children = [a_given_score(code=f"01-{i}", points=4.0, title=f"分项{i}") for i in (1, 2, 3)]
    covered = a_group(children=children, points=12.0, coverage_at_least=0.7)
    scores = one_unit(a_tree(children=[covered]), {"01-1.x": 4.0})
    assert {"1", "3", "70%"} <= {part for part in ("1", "3", "70%") if part in why(scores, "01")}
    negative = a_group(children=children, points=4.0, aggregation=an_aggregation("geometric_mean"))
    scores = one_unit(a_tree(children=[negative]), {"01-1.x": -1.0, "01-2.x": 2.0, "01-3.x": 3.0})
    assert "分项1" in why(scores, "01")
    assert "分项2" not in why(scores, "01")
    table = an_aggregation("lookup", table=[(2, 0, 1)])
    scores = one_unit(
        a_tree(children=[a_group(children=children, points=4.0, aggregation=table)]),
        {f"01-{i}.x": 1.0 for i in (1, 2, 3)},
    )
    assert why(scores, "01")


def test_a_plain_sum_says_nothing() -> None:
    scores = one_unit(a_tree(indicators=[a_given_score()]), {"01-1.x": 4.0})
    assert why(scores, "01") == ""


def test_a_changed_score_shows_both_and_who_did_it(scores: Scores) -> None:
    row = [unit.code for unit in scores.units].index("U4")
    told = why(scores, "B4-1", row)
    assert [part for part in ("7.5", "9", "理由", "考核机关", "2023年3月15日") if part not in told] == []
    assert "甲" not in told
    assert "甲" in why(everything.a_round(shows_reviewers=True), "B4-1", row)


def test_a_score_given_where_there_was_none() -> None:
    tree = a_tree(indicators=[an_indicator(code="01-1", fields=[a_field(code="x", name="比率")])])
    scores = one_unit(tree, {"01-1.x": None}, Review(changes=(a_change(0.0, 0.5),)))
    assert scores.scores[0, 1] == 0.5
    assert "比率" in why(scores, "01-1")
    assert "0.5" in why(scores, "01-1")


@pytest.mark.parametrize("shows_reviewers", [True, False])
@pytest.mark.parametrize("missing", list(Missing))
def test_claims_granted_and_refused(missing: Missing, shows_reviewers: bool) -> None:
    policies = {"missing": missing, "show_reviewers": shows_reviewers}
    tree = a_tree(indicators=[an_indicator(code="01-1", may_not_apply=True)], policies=policies)
    claim = an_answer(CLAIM, note="没有此项职能")
    told = [
        why(one_unit(tree, {"01-1.x": claim}, Review(rulings=(a_ruling(granted),))), "01-1")
        for granted in (True, False)
    ]
    assert told[0] != told[1]
    for text in told:
        by = "甲" if shows_reviewers else "考核机关"
        assert [part for part in ("没有此项职能", by, "2023年3月15日", "理由") if part not in text] == []
        assert ("甲" in text) == shows_reviewers


def test_marks_and_too_few_of_them(scores: Scores) -> None:
    judged = scores.tree.by_code["B1-2"]
    assert isinstance(judged, Indicator)
    shown = render(figures_words.working(scores, 0, "B1-2"), Language.ZH)
    assert [part for part in ("7.5", "8") if part not in shown] == []
    assert "评审甲" not in shown
    named = render(figures_words.working(everything.a_round(shows_reviewers=True), 0, "B1-2"), Language.ZH)
    assert [part for part in ("评审甲", "7.5", "评审乙", "8") if part not in named] == []
    row = [unit.code for unit in scores.units].index("U5")
    assert "1" in why(scores, "B1-2", row)
    tree = a_tree(indicators=[an_indicator(code="01-1", points=5.0, rule={"kind": "judged", "marks": "mean"})])
    assert why(one_unit(tree, {}, Review(marks=(a_mark(3.0, unit="U2"),))), "01-1")
    assert "3" in why(one_unit(tree, {}, Review(marks=(a_mark(3.0),))), "01-1")


def test_last_edition_s_figure_stands_beside_this_one_s(scores: Scores) -> None:
    shown = render(figures_words.working(scores, 0, "A1-2"), Language.ZH)
    assert "10" in shown
    assert "8" in shown
    row = [unit.code for unit in scores.units].index("U5")
    assert "60" in why(scores, "A1-2", row)  # nothing on record: 60% by the tree


def test_references_are_named_and_shown(scores: Scores) -> None:
    shown = render(figures_words.working(scores, 0, "A3-2"), Language.ZH)
    assert "出庭件数" in shown
    assert "4" in shown  # the mean of 5, 5 and 2


def test_a_veto_at_a_node_is_named(scores: Scores) -> None:
    row = [unit.code for unit in scores.units].index("U4")
    assert "档案造假" in why(scores, "B1-2", row)


def test_a_bonus_and_what_is_taken_off(scores: Scores) -> None:
    assert "1" in why(scores, "A3-3")
    assert "1" in why(scores, "A3-4")
    assert why(scores, "B2-1") != ""


def test_a_choice_that_counts_as_missing() -> None:
    options = [
        {"option": "有", "score": 1},
        {"option": "未提供", "counts_as": "missing"},
        {"option": "无此项", "counts_as": "not_applicable"},
    ]
    tree = a_tree(
        indicators=[an_indicator(code="01-1", fields=(), rule={"kind": "choice", "asks": "情况", "options": options})]
    )
    assert "未提供" in why(one_unit(tree, {"01-1.choice": 1}), "01-1")
    assert "无此项" in why(one_unit(tree, {"01-1.choice": 2}), "01-1")


def test_explain_follows_parts_and_leaves_out_absent_windows(scores: Scores) -> None:
    text = explain_text(scores, 1, None, Language.ZH)
    assert "A2@1" in text
    assert "A2@2" not in text
    used = [line for line in text.splitlines() if "A3-1" in line]
    assert len(used) == 3  # where it is printed, and twice where it is used
    first = explain_text(scores, 0, None, Language.ZH)
    assert [part for part in ("获评全国先进集体", "77.3", "78.80", "70", "文件〔2024〕1号") if part not in first] == []


def test_explain_one_indicator(scores: Scores) -> None:
    row = [unit.code for unit in scores.units].index("U4")
    for code, facts in {"B4-1": ("7.50", "9.00"), "A1-1": ("80.00",), "B1-2": ("评审.xlsx",)}.items():
        indicator = scores.tree.by_code[code]
        assert isinstance(indicator, Indicator)
        text = explain_text(scores, row, indicator, Language.ZH)
        assert [fact for fact in facts if fact not in text] == []


def test_english_keeps_no_chinese_punctuation_of_ours(scores: Scores) -> None:
    for row in range(len(scores.units)):
        for node in scores.tree.nodes:
            for mark in "（），。；":
                assert mark not in why(scores, node.code, row, Language.EN), node.code
    assert "=" in explain_text(scores, 0, None, Language.EN)


def test_the_ranking_shows_letters_and_shared_places(scores: Scores) -> None:
    assert "78.80" in ranking_text(scores, Language.ZH)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("情况属实。", "情况属实"),
        ("见附件；", "见附件"),
        ("No suits.", "No suits"),
        ("3.5 分", "3.5 分"),
        ("。", "。"),
        ("", ""),
    ],
)
def test_what_somebody_wrote_stands_within_a_sentence_without_its_stop(written: str, told: str) -> None:
    assert within(written) == told

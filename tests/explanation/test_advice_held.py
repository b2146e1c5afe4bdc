"""Advice says in the same breath what it holds: items that compare units, means, checks over several indicators.

The reproductions of users who found it untrue.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders import a_submission, a_unit, an_entry
from random_rounds import loaded

from lawgov_score.explanation import advice as words
from lawgov_score.model import Previous, Review, Scores, Tree
from lawgov_score.model.advice import Advice, Aside, Outlook
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.scoring.advice.whatif import what_if
from lawgov_score.wording import Language

CHECK = {"holds": 'answer("A-1.x") <= answer("A-2.x")', "says": "参训人数不超过学法人数"}
LEVEL = {"kind": "improvement", "better": "higher", "start": 30, "step": 1, "each": 5, "steps": "floor"}
PLACES = {"kind": "by_place", "better": "higher", "places": [{"up_to": 1, "score": 10}], "otherwise": 0}


def an_item(code: str, points: float, name: str, most: int | None = 20, **other: Any) -> dict[str, Any]:
    asked = {"code": "x", "name": name, "type": "count", "measured_in": "名"}
    fields = [asked if most is None else {**asked, "at_most": most}]
    return {"code": code, "title": f"{name}项", "points": points, "applies_to": "all", "basis": "依据"} | {
        "fields": fields,
        **other,
    }


def a_rate(code: str, points: float, name: str, most: int = 20, **other: Any) -> dict[str, Any]:
    return an_item(code, points, name, most, **{"value": f"x / {most}", "rule": {"kind": "proportional"}, **other})


def a_tree(*nodes: dict[str, Any], check: Mapping[str, str] | None = None, **other: Any) -> Tree:
    data = {
        "code": "mini",
        "title": "小县考核",
        "edition": "2026",
        "year": 2026,
        "points": sum(one["points"] for one in nodes),
        "levels": ["方面", "小项"],
        "unit_types": [{"code": "town", "name": "乡镇"}, {"code": "dept", "name": "部门"}],
        "cohorts": [{"code": "all", "name": "全县组", "unit_types": ["town", "dept"]}],
        "grades": [{"name": "优秀", "at_least": 90}, {"name": "合格", "at_least": 0}],
        "policies": {
            "rounding": {"indicator": 2, "group": None, "total": 2},
            "rank": {"by": "rounded", "ties": "shared"},
            "missing": "zero",
            "not_applicable": "total",
            "invalid": "score_valid",
            "claims": "await_review",
        },
        "nodes": list(nodes),
        **({} if check is None else {"checks": [dict(check)]}),
        **other,
    }
    if not any("children" in one for one in nodes):
        data["levels"] = ["小项"]
    tree, errors = loaded(data)
    assert tree is not None, [(one.code, one.place, dict(one.values)) for one in errors]
    return tree


def scored(
    tree: Tree, *given: Mapping[str, float | None], types: str = "ttt", review: Review | None = None, before: float = 3
) -> Scores:
    kinds = {"t": "town", "d": "dept"}
    units = tuple(
        a_unit(code=f"u{i}", type=kinds[kind], cohort="all") for i, kind in enumerate(types[: len(given)], start=1)
    )
    sent = [a_submission(unit=unit, answers=each) for unit, each in zip(units, given, strict=True)]
    figures = {unit.code: {"B": before, "B.x": before} for unit in units}
    previous = Previous("last", {}, {}, {}, figures)
    return score(tree, units, sent, previous=previous) if review is None else score(tree, units, sent, review, previous)


def told(scores: Scores, row: int = 0) -> tuple[Advice, str]:
    (advice,) = advise(scores, [row])
    lines = [
        *words.obstacle_phrases(scores, advice),
        words.outlook_phrase(scores, advice),
        *(words.improvement_phrase(scores, one) for one in advice.improvements),
        *(words.aside_phrase(scores, row, one) for one in advice.aside),
    ]
    assert all(render(one, Language.EN) for one in lines)
    return advice, "\n".join(render(one, Language.ZH) for one in lines)


MEANS: tuple[dict[str, Any], ...] = (
    {"may_not_apply": True, "when_not_applicable": {"claim": "cohort_mean"}, "no_mean": "zero"},
    {"value": "x / n", "on_zero": "cohort_mean"},
)


@pytest.mark.parametrize("mean", MEANS, ids=["claimed", "zero"])
def test_a_mean_for_others_compares_nothing_where_the_unit_has_figures(mean: dict[str, Any]) -> None:
    item = a_rate("A-2", 30, "学法人数", **mean)
    if "n" in str(mean.get("value")):
        item["fields"] = [
            {"code": "n", "name": "总人数", "type": "count", "measured_in": "名"},
            {**item["fields"][0], "at_most": "n"},
        ]
    tree = a_tree(a_rate("A-1", 30, "参训人数"), item, a_rate("C", 40, "等级"))
    rows = [{"A-1.x": x, "A-2.x": x, "A-2.n": 20.0, "C.x": c} for x, c in ((10.0, 18.0), (17.0, 20.0), (20.0, 20.0))]
    advice, text = told(scored(tree, *rows))
    assert advice.outlook is Outlook.REACHABLE
    assert {one.indicator for one in advice.improvements} == {"A-1", "A-2"}
    assert "同组" not in text
    blank, text = told(scored(tree, {**rows[0], "A-2.x": None}, *rows[1:]))
    assert blank.outlook is Outlook.REACHABLE
    assert "“学法人数”尚未填报" in text


def test_points_beyond_full_marks_are_sought() -> None:
    tree = a_tree(
        an_item("B", 40, "等级", None, no_previous="50%", rule={**LEVEL, "cap": 60}), a_rate("C", 60, "方案", 60)
    )
    advice, text = told(scored(tree, {"B.x": 5.0, "C.x": 40.0}))
    assert advice.outlook is Outlook.REACHABLE, text
    fixed = a_tree(
        an_item("B", 40, "等级", None, no_previous="50%", rule={**LEVEL, "cap": 60}),
        {
            **an_item("C", 60, "方案"),
            "fields": [{"code": "day", "name": "制定日期", "type": "date", "never": "未制定"}],
            "rule": {"kind": "late", "due": "03-31", "of": "same_year", "each": 1},
        },
    )
    advice, text = told(scored(fixed, {"B.x": 5.0, "C.day": 46132.0}))  # 2026-04-20
    assert (advice.outlook, advice.reached) == (Outlook.REACHABLE, 90.0)
    assert "由 5 名提高到 7 名" in text


def test_figures_that_a_check_ties_move_together() -> None:
    tree = a_tree(a_rate("A-1", 30, "参训人数"), a_rate("A-2", 30, "学法人数"), a_rate("C", 40, "等级"), check=CHECK)
    advice, _ = told(scored(tree, {"A-1.x": 10.0, "A-2.x": 15.0, "C.x": 20.0}))
    after = {one.indicator: one.changes[0].after for one in advice.improvements}
    assert advice.outlook is Outlook.REACHABLE
    assert after["A-1"] <= after.get("A-2", 15.0)


def test_a_figure_at_full_marks_moves_along_and_the_reason_is_said() -> None:
    held = a_rate("A-2", 30, "学法人数", rule={"kind": "proportional", "target": "50%"})
    tree = a_tree(a_rate("A-1", 30, "参训人数"), held, a_rate("C", 40, "等级"), check=CHECK)
    advice, text = told(scored(tree, {"A-1.x": 8.0, "A-2.x": 10.0, "C.x": 20.0}))
    after = {one.indicator: one.changes[0].after for one in advice.improvements}
    assert advice.outlook is Outlook.REACHABLE, text
    assert 10 < after["A-1"] <= after["A-2"]
    assert "与其他数据相符所需" in text


@pytest.mark.parametrize("most", [20, 3000])
def test_where_a_check_lets_only_one_of_two_rise_the_line_is_out_of_reach(most: int) -> None:
    check = {"holds": f'answer("A-1.x") + answer("A-2.x") <= {most}', "says": "两项人数之和不超过总人数"}
    rates = [a_rate("A-1", 30, "参训人数", most), a_rate("A-2", 30, "学法人数", most), a_rate("C", 40, "等级")]
    tree = a_tree(*rates, check=check)
    advice, text = told(scored(tree, {"A-1.x": most / 2, "A-2.x": most / 4, "C.x": 20.0}))
    if most == 20:  # all there are were tried
        assert (advice.outlook, advice.reached) == (Outlook.OUT_OF_REACH, 70.0)
    else:
        assert (advice.outlook, advice.reached) == (Outlook.CHECKS, 100.0)
        assert "须同时满足：两项人数之和不超过总人数" in text


@pytest.mark.parametrize("most", [20, 8000])
def test_a_figure_tied_to_one_that_stays_goes_as_far_as_it_may(most: int) -> None:
    """The other compares units, so it is held: more than that of it no answer may be."""
    placed = an_item("A-2", 10, "学法人数", None, rule={**PLACES, "ties": "shared"})
    tree = a_tree(a_rate("A-1", 80, "参训人数", most), placed, a_rate("C", 10, "等级"), check=CHECK)
    other = {"A-1.x": 1.0, "A-2.x": 9.0 * most, "C.x": 20.0}
    advice, text = told(scored(tree, {"A-1.x": 1.0, "A-2.x": 0.75 * most, "C.x": 19.0}, other))
    assert (advice.outlook, advice.reached) == ((Outlook.OUT_OF_REACH, 70.0)), text
    assert "同组比较的项目不变" in text
    grades = [{"name": "优秀", "at_least": 65}, {"name": "合格", "at_least": 0}]
    near = a_tree(a_rate("A-1", 80, "参训人数", most), placed, a_rate("C", 10, "等级"), check=CHECK, grades=grades)
    advice, text = told(scored(near, {"A-1.x": 1.0, "A-2.x": 0.75 * most, "C.x": 19.0}, other))
    assert advice.outlook is Outlook.REACHABLE, text
    assert advice.improvements[0].changes[0].after <= 0.75 * most


def test_a_check_that_names_a_blank_is_a_condition() -> None:
    tree = a_tree(a_rate("A-1", 30, "参训人数"), a_rate("A-2", 5, "学法人数"), a_rate("C", 65, "等级"), check=CHECK)
    advice, text = told(scored(tree, {"A-1.x": 2.0, "C.x": 20.0}))
    assert advice.outlook is Outlook.REACHABLE
    assert {one.indicator for one in advice.improvements} == {"A-1"}
    assert "须同时满足：参训人数不超过学法人数。" in text


def a_placed_tree(**other: Any) -> Tree:
    group = {"code": "P", "title": "普法宣传", "points": 10, "out_of": 30, "rule": {**PLACES, "ties": "shared"}}
    group["children"] = [a_rate("P-1", 30, "场次")]
    whole = {"code": "A", "title": "学法", "points": 90, "children": [a_rate("A-1", 90, "学法人数")]}
    return a_tree(whole, group, **other)


def test_a_group_by_place_is_held_and_named_and_the_rest_is_advised() -> None:
    rows = ({"A-1.x": 10.0, "P-1.x": 5.0}, {"A-1.x": 20.0, "P-1.x": 20.0})
    grades = [{"name": "优秀", "at_least": 85}, {"name": "合格", "at_least": 0}]
    advice, text = told(scored(a_placed_tree(grades=grades), *rows))
    assert (advice.outlook, [one.indicator for one in advice.improvements]) == (Outlook.REACHABLE, ["A-1"])
    assert "P 普法宣传（失 10 分）：与同组单位比较，不能单独测算" in text
    grades[0]["at_least"] = 95
    advice, text = told(scored(a_placed_tree(grades=grades), *rows))
    assert (advice.outlook, advice.reached) == (Outlook.OUT_OF_REACH, 90.0)
    assert "同组比较的项目不变，其余各项数据都做到最好，总分为 90 分" in text
    assert "本单位自己的各项数据都做到最好" not in text


def test_a_quota_or_a_veto_of_places_alone_leaves_the_line_reached() -> None:
    rows = ({"A-1.x": 20.0, "P-1.x": 5.0}, {"A-1.x": 20.0, "P-1.x": 20.0})
    quota = [{"name": "优秀", "at_least": 90, "quota": {"share": "50%"}}, {"name": "合格", "at_least": 0}]
    advice, text = told(scored(a_placed_tree(grades=quota), *rows))
    assert (advice.outlook, advice.obstacles) == (Outlook.BARRED, ("quota",))
    assert "名额已满" in text
    tree = a_tree(
        {
            "code": "A",
            "title": "学法",
            "points": 100,
            "ranked": "higher",
            "last": {"places": 1, "veto": "V1"},
            "children": [a_rate("A-1", 100, "学法人数")],
        },
        vetoes=[{"code": "V1", "title": "排名末位", "bars": ["优秀"]}],
    )
    reached, text = told(scored(tree, {"A-1.x": 19.0}, {"A-1.x": 20.0}))
    assert (reached.outlook, reached.by_place) == (Outlook.BARRED, ("V1",))
    assert "是否再发生取决于同组单位" in text
    below, text = told(scored(tree, {"A-1.x": 10.0}, {"A-1.x": 20.0}))
    assert (below.outlook, below.by_place) == (Outlook.REACHABLE, ("V1",))
    assert "由同组比较得出" not in text
    entered = scored(tree, {"A-1.x": 10.0}, {"A-1.x": 20.0}, review=Review(register=(an_entry("V1", unit="u1"),)))
    assert told(entered)[0].outlook is Outlook.HELD


def test_what_units_of_this_type_get_is_said() -> None:
    share = a_rate("A-2", 50, "学法人数") | {
        "applies_to": ["town"],
        "when_not_applicable": {"type": "60%"},
    }
    tree = a_tree(a_rate("A-1", 50, "参训人数"), share)
    advice, text = told(scored(tree, {"A-1.x": 10.0}, {"A-1.x": 20.0, "A-2.x": 10.0}, types="dt"))
    assert [(one.indicator, one.why) for one in advice.aside] == [("A-2", Aside.TYPE)]
    assert "A-2 学法人数项（失 20 分）：本项不适用于部门，按 60% 计" in text
    share["when_not_applicable"] = {"type": "cohort_mean"}
    share["no_mean"] = "zero"
    text = told(scored(a_tree(a_rate("A-1", 50, "参训人数"), share), {"A-1.x": 10.0}, {"A-2.x": 10.0}, types="dt"))[1]
    assert "本项不适用于部门，按同组平均得分计" in text


def test_who_gets_the_mean_is_told_so() -> None:
    item = an_item("B", 50, "等级", no_previous="cohort_mean", no_mean="zero", rule={**LEVEL, "start": 40})
    grades = [{"name": "优秀", "at_least": 95}, {"name": "合格", "at_least": 0}]
    tree = a_tree(a_rate("A-1", 50, "参训人数"), item, grades=grades)
    scores = scored(tree, {"A-1.x": 20.0, "B.x": 4.0}, {"A-1.x": 20.0, "B.x": 3.0})
    assert scores.previous is not None
    of_other = replace(scores.previous, figures={"u2": {"B": 3.0, "B.x": 3.0}})  # none on record of the first
    sent = [one for one in scores.submissions if one is not None]
    advice, text = told(score(tree, scores.units, sent, previous=of_other))
    assert [(one.indicator, one.why) for one in advice.aside] == [("B", Aside.MEAN)]
    assert "按同组平均得分计的项目不变，其余各项数据都做到最好" in text


def test_a_veto_that_was_triggered_is_said_to_stay() -> None:
    """Where its own figures cannot better an item, they are not moved to undo a veto that they triggered."""
    capped = {"kind": "count_cap", "each": 20}
    tree = a_tree(
        a_rate("A", 60, "甲数"),
        an_item("B", 40, "乙数", value="x", rule=capped, vetoes=[{"veto": "V1", "when": "x > 2"}]),
        vetoes=[{"code": "V1", "title": "弄虚作假", "node_zero": "A"}],
    )
    scores = scored(tree, {"A.x": 20, "B.x": 3})
    (advice,) = advise(scores, [0])
    assert advice.outlook is Outlook.OUT_OF_REACH
    said = render(words.outlook_phrase(scores, advice), Language.ZH)
    assert "已触发的一票否决" in said, said
    assert "其余各项数据都做到最好" in said, said


def test_an_item_of_which_all_is_blank_is_told_to_be_filled_in_together() -> None:
    """Of two blank fields one alone gives no score: both are set, and the line is reached."""
    two = [{"code": code, "name": f"{code}数", "type": "count", "measured_in": "件"} for code in "ab"]
    rule = {"kind": "count_cap", "each": 2}
    tree = a_tree(a_rate("A", 60, "甲数"), {**an_item("B", 40, "乙数"), "fields": two, "value": "a + b", "rule": rule})
    advice, text = told(scored(tree, {"A.x": 20.0}))
    assert advice.outlook is Outlook.REACHABLE, text
    assert {one.indicator for one in advice.improvements} == {"B"}


@pytest.mark.parametrize("drafted", [0.0, 1.0])
def test_counts_of_which_each_alone_leaves_the_score_at_its_floor_fall_together(drafted: float) -> None:
    """Either count alone takes off all there is: both fall, the second no further than it has to."""
    counts = [
        {"field": "a", "each": 5},
        {"field": "b", "each": 4},
        {"unless": "drafted", "each": 10},
    ]
    asked = [{"code": code, "name": f"{code}数", "type": "count", "measured_in": "件"} for code in "ab"]
    asked.append({"code": "drafted", "name": "是否制定", "type": "yes_no"})
    rule = {"kind": "deduction", "counts": counts}
    tree = a_tree(a_rate("A", 60, "甲数"), {**an_item("B", 40, "乙数"), "fields": asked, "rule": rule})
    advice, text = told(scored(tree, {"A.x": 20.0, "B.a": 9.0, "B.b": 12.0, "B.drafted": drafted}))
    assert advice.outlook is Outlook.REACHABLE, text
    assert advice.reached == 100.0
    after = {one.field: one.after for one in advice.improvements[0].changes}
    assert after == {"a": 0.0, "b": 0.0, **({} if drafted else {"drafted": 1.0})}


LESS_IS_BETTER = {
    "rounding": {"indicator": 2, "group": None, "total": 2},
    "rank": {"by": "rounded", "ties": "shared", "better": "lower"},
    "not_applicable": "total",
    "invalid": "score_valid",
    "claims": "await_review",
}


def test_an_item_left_out_of_a_mean_is_told_to_be_filled_in_where_less_is_better() -> None:
    """What has no score is not at its best: its 0 lowers the mean of those that have one."""
    capped = {"kind": "count_cap", "each": 1}
    fixed = an_item("A-1", 10, "旧案数", 10, value="x", rule=capped)
    fixed["fields"][0]["at_least"] = 6
    items = [fixed, an_item("A-2", 10, "新案数", 10, value="x", rule=capped)]
    tree = a_tree(
        {"code": "A", "title": "甲", "points": 10, "aggregate": "mean", "children": items},
        grades=[{"name": "优秀", "at_most": 4}, {"name": "合格", "at_most": 10}],
        policies={**LESS_IS_BETTER, "missing": "exclude"},
    )
    advice, text = told(scored(tree, {"A-1.x": 6.0}))
    assert advice.outlook is Outlook.REACHABLE, text
    assert [one.indicator for one in advice.improvements] == ["A-2"]
    assert 3 <= advice.reached <= 4


def test_where_the_best_answer_leaves_no_score_one_on_the_way_is_named() -> None:
    """A harmonic mean of nothing has no score: where less is better, not all is given up at once."""
    capped = {"kind": "count_cap", "each": 1}
    items = [an_item(f"A-{n}", 10, f"数{n}", 10, value="x", rule=capped) for n in (1, 2)]
    group = {"code": "A", "title": "甲", "points": 10, "aggregate": "harmonic_mean", "children": items}
    tree = a_tree(
        group,
        grades=[{"name": "优秀", "at_most": 4}, {"name": "合格", "at_most": 10}],
        policies={**LESS_IS_BETTER, "missing": "zero"},
    )
    advice, _ = told(scored(tree, {"A-1.x": 9.0, "A-2.x": 9.0}))
    assert advice.outlook is Outlook.REACHABLE
    assert 0 < advice.reached <= 4


@pytest.mark.parametrize("is_less", [True, False])
def test_figures_that_would_trigger_a_veto_are_not_advised(is_less: bool) -> None:
    """The best answer would bar the grade: one on the way reaches the line without the veto."""
    rule = {"kind": "deduction", "each": 1} if is_less else {"kind": "count_cap", "each": 1}
    item = an_item("A", 10, "件数", 10, value="x", rule=rule, vetoes=[{"veto": "V1", "when": "x > 6"}])
    lines = ({"at_most": 4}, {"at_most": 10}) if is_less else ({"at_least": 5}, {"at_least": 0})
    other: dict[str, Any] = {"policies": {**LESS_IS_BETTER, "missing": "zero"}} if is_less else {}
    tree = a_tree(
        item,
        grades=[{"name": name, **line} for name, line in zip(("优秀", "合格"), lines, strict=True)],
        vetoes=[{"code": "V1", "title": "弄虚作假", "bars": ["优秀"]}],
        **other,
    )
    advice, text = told(scored(tree, {"A.x": 2.0}))
    assert advice.outlook is Outlook.REACHABLE, text
    assert advice.reached == (4.0 if is_less else 5.0)


def test_a_blank_survey_of_two_groups_is_told_to_be_filled_in() -> None:
    """No ballots at all give no score: both groups need one."""
    rule = {
        "kind": "rating",
        "asks": "评议",
        "levels": [{"code": "a", "name": "满意", "worth": 100}, {"code": "b", "name": "不满意", "worth": 0}],
        "groups": [
            {"code": "lawyers", "name": "律师", "weight": "40%"},
            {"code": "people", "name": "群众", "weight": "60%"},
        ],
        "full_at": 90,
        "step": 5,
        "each": 1,
        "steps": "linear",
        "floor": 0,
        "empty_group": "missing",
    }
    survey = {**an_item("B", 40, "满意度"), "rule": rule}
    del survey["fields"]
    tree = a_tree(a_rate("A", 60, "甲数"), survey)
    advice, text = told(scored(tree, {"A.x": 20.0}))
    assert advice.outlook is Outlook.REACHABLE, text
    assert [one.indicator for one in advice.improvements] == ["B"]


def test_the_mean_of_an_item_that_compares_units_is_the_same_in_every_question() -> None:
    """What a unit of another type gets hangs on the others, not on who else is asked about in the same run."""
    placed = an_item("A", 10, "件数", None, rule={**PLACES, "ties": "shared"}) | {
        "applies_to": ["town"],
        "when_not_applicable": {"type": "cohort_mean"},
        "no_mean": "not_applicable",
    }
    scores = scored(a_tree(placed, a_rate("B", 90, "甲数")), {"A.x": 5.0, "B.x": 10.0}, {"B.x": 10.0}, types="td")
    asked = what_if(scores).of_one_unit()
    both, alone = asked.ask([(0, {}), (1, {})]), asked.ask([(1, {})])
    assert both.figures[1] == alone.figures[0] == scores.graded[1] == 55.0

"""One edit, one change: every kind of change by an edit of the tree's YAML, with its class and both sides.

Reaches ``revision/change.py``, ``revision/bundles.py``, ``explanation/asked.py``, ``model/canonical.py``.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from random_rounds import loaded

from lawgov_score.model import Tree
from lawgov_score.report import render
from lawgov_score.revision import AFFECTS, Affects, Change, Id, Revision, changes_between, gravest, is_as_grave
from lawgov_score.revision.report_rows import outcome, said_text
from lawgov_score.rules.deduction import Deduction
from lawgov_score.wording import Language, Phrase

Data = dict[str, Any]


def count(code: str, name: str, **more: Any) -> Data:
    return {"code": code, "name": name, "type": "count", "measured_in": "件", **more}


def part(code: str, name: str) -> Data:
    return {"code": code, "name": name}


def option(name: str, score: object) -> Data:
    return {"option": name, "score": score}


def indicator(code: str, points: float, rule: Data, fields: list[Data], **more: Any) -> Data:
    own = {
        "code": code,
        "title": f"指标{code}",
        "points": points,
        "applies_to": "all",
        "basis": "依据",
        "lead": ["甲局"],
    }
    return {**own, "fields": fields, "rule": rule, **more}


BASE: Data = {
    "code": "base",
    "title": "考核指标体系",
    "edition": "2024",
    "year": 2024,
    "points": 100,
    "levels": ["方面", "小项"],
    "unit_types": [{"code": "town", "name": "镇街"}, {"code": "bureau", "name": "部门"}],
    "cohorts": [{"code": "towns", "name": "镇街组", "unit_types": ["town"]}],
    "grades": [
        {"name": "优秀", "at_least": 90, "quota": {"share": "30%", "at_least": 1}},
        {"name": "良好", "at_least": 80, "lines": {"towns": 78}},
        {"name": "不合格", "at_least": 0},
    ],
    "vetoes": [
        {"code": "V1", "title": "重大事件", "grade_at_most": "良好"},
        {"code": "V2", "title": "弄虚作假", "fails": True, "deduct": 2},
    ],
    "adjustments": [
        {"code": "A1", "title": "表彰", "sign": "bonus", "levels": {"国家级": 2, "省级": 1}, "cap": 3, "basis": "文件"},
        {"code": "A2", "title": "通报", "sign": "penalty", "each": 0.5},
    ],
    "adjustment_limits": {"bonus_cap": 5},
    "policies": {
        "rounding": {"indicator": 2, "group": None, "total": 2},
        "rank": {"by": "rounded", "ties": "shared", "tie_breakers": ["1"]},
        "missing": "zero",
        "not_applicable": "total",
        "invalid": "score_valid",
        "claims": "await_review",
    },
    "fields": [{"code": "staff", "name": "在编人数", "type": "count", "measured_in": "名"}],
    "nodes": [
        {
            "code": "1",
            "title": "依法行政",
            "points": 60,
            "children": [
                indicator(
                    "1-1",
                    20,
                    {"kind": "linear", "zero_at": "50%", "full_at": "100%"},
                    [count("done", "办结件数", at_most="due"), count("due", "应办件数")],
                    value="done / due",
                    on_zero="not_applicable",
                    small_sample={"of": "due", "below": 5},
                    bands=[{"word": "好", "at_least": "80%"}, {"word": "差", "at_least": 0}],
                    evidence=["台账"],
                    note="以台账为准",
                ),
                indicator(
                    "1-2",
                    20,
                    {"kind": "deduction", "each": 0.5},
                    [count("n", "败诉件数")],
                    vetoes=[{"veto": "V1", "when": "n > 9"}],
                ),
                indicator(
                    "1-3",
                    20,
                    {"kind": "checklist", "parts": [part("a", "有制度"), part("b", "有机构")], "each_met": 10},
                    [],
                ),
            ],
        },
        {
            "code": "2",
            "title": "队伍建设",
            "points": 40,
            "aggregate": "weighted_mean",
            "children": [
                indicator(
                    "2-1",
                    20,
                    {"kind": "proportional"},
                    [count("trained", "培训人数")],
                    value="trained / staff",
                    on_zero="full",
                    weight=1,
                ),
                indicator(
                    "2-2",
                    20,
                    {"kind": "choice", "asks": "等级", "options": [option("甲", "100%"), option("乙", "50%")]},
                    [],
                    weight=1,
                ),
            ],
        },
    ],
}  # fmt: skip


def load(data: Data) -> Tree:
    tree, errors = loaded(data)
    assert tree is not None, [(one.code, one.place, one.values) for one in errors]
    return tree


OLD = load(BASE)


def node(data: Data, code: str) -> Data:
    """A node, by its code."""
    every = [each for top in data["nodes"] for each in (top, *top["children"])]
    return next(each for each in every if each["code"] == code)


def at(path: str, value: object) -> Callable[[Data], None]:
    """Sets a value in the head of the tree, or at a node: ``1-1/rule/zero_at``."""

    def edit(data: Data) -> None:
        first, *rest = path.split("/")
        holder: Any = node(data, first) if first[0].isdigit() else data
        steps = rest if first[0].isdigit() else [first, *rest]
        for step in steps[:-1]:
            holder = holder[int(step) if step.isdigit() else step]
        last: Any = int(steps[-1]) if steps[-1].isdigit() else steps[-1]
        if value is GONE:
            del holder[last]
        else:
            holder[last] = value

    return edit


GONE = object()


def both(*edits: Callable[[Data], None]) -> Callable[[Data], None]:
    def edit(data: Data) -> None:
        for each in edits:
            each(data)

    return edit


def children(code: str, change: Callable[[list[Data]], None]) -> Callable[[Data], None]:
    return lambda data: change(node(data, code)["children"])


def without(code: str) -> Callable[[list[Data]], None]:
    return lambda listed: listed.remove(next(each for each in listed if each["code"] == code))


def to_other_group(data: Data) -> None:
    moved = node(data, "1-3")
    node(data, "1")["children"].remove(moved)
    moved["weight"] = 1
    node(data, "2")["children"].append(moved)
    node(data, "1-1")["points"] = 40


def table(key: str, line: float) -> Data:
    rows = [{"children": n, "at_least": 0, "score": 0} for n in (1, 2, 3)]
    return {"way": "lookup", "table": [{"children": 3, key: line, "score": 60}, *rows]}


NEW_INDICATOR = indicator("1-4", 5, {"kind": "deduction", "each": 0.1}, [count("n", "另一件数")], weight=0)

EDITS: list[tuple[str, Callable[[Data], None], set[tuple[Id, str, str]]]] = [
    ("code", at("code", "other"), {(Id.EDITION, "other", "code")}),
    ("edition", at("edition", "2025"), {(Id.EDITION, "base", "edition")}),
    ("year", at("year", 2025), {(Id.EDITION, "base", "year")}),
    ("title", at("title", "另一体系"), {(Id.TITLE, "base", "title")}),
    ("levels", at("levels", ["类", "项"]), {(Id.TITLE, "base", "levels")}),
    ("result title", at("result_title", "结果"), {(Id.TITLE, "base", "result_title")}),
    ("notice", at("notice", "重构"), {(Id.NOTE, "base", "notice")}),
    ("issuer", at("issuer", "办公室"), {(Id.NOTE, "base", "issuer")}),
    ("type's name", at("unit_types/0/name", "乡镇"), {(Id.TITLE, "town", "unit_types[town].name")}),
    ("whole type", at("unit_types/0/whole", True), {(Id.APPLIES_TO, "town", "unit_types[town].whole")}),
    (
        "another type",
        lambda data: data["unit_types"].append({"code": "school", "name": "学校"}),
        {(Id.APPLIES_TO, "school", "unit_types[school]")},
    ),
    ("order of types", lambda data: data["unit_types"].reverse(), {(Id.ORDER, "base", "unit_types.order")}),
    ("cohort's name", at("cohorts/0/name", "乡镇组"), {(Id.TITLE, "towns", "cohorts[towns].name")}),
    ("cohort's types", at("cohorts/0/unit_types", []), {(Id.POLICY, "towns", "cohorts[towns].unit_types")}),
    (
        "another cohort",
        lambda data: data["cohorts"].append({"code": "bureaus", "name": "部门组", "unit_types": ["bureau"]}),
        {(Id.POLICY, "bureaus", "cohorts[bureaus]")},
    ),
    ("grade line", at("grades/0/at_least", 92), {(Id.GRADE, "base", "grades[优秀].line")}),
    ("a grade leaves its line out", both(at("grades/0/at_least", GONE), at("grades/0/above", 90)), {
        (Id.GRADE, "base", "grades[优秀].line")
    }),
    ("grade quota", at("grades/0/quota/share", "25%"), {(Id.GRADE, "base", "grades[优秀].line")}),
    ("line of a cohort", at("grades/1/lines/towns", 77), {(Id.GRADE, "base", "grades[良好].line")}),
    (
        "another grade",
        lambda data: data["grades"].insert(2, {"name": "合格", "at_least": 60}),
        {(Id.GRADE, "base", "grades[合格]")},
    ),
    (
        "the last grade is called otherwise; what fails the year still fails it",
        at("grades/2/name", "不及格"),
        {(Id.GRADE, "base", "grades[不合格]"), (Id.GRADE, "base", "grades[不及格]")},
    ),
    ("veto's title", at("vetoes/0/title", "特大事件"), {(Id.TITLE, "V1", "vetoes[V1].title")}),
    ("veto's effect", at("vetoes/1/deduct", 3), {(Id.VETO, "V2", "vetoes[V2].effects")}),
    ("veto gone", at("vetoes/1", GONE), {(Id.VETO, "V2", "vetoes[V2]")}),
    ("bonus", at("adjustments/0/levels/省级", 1.5), {(Id.ADJUSTMENT, "A1", "adjustments[A1].points")}),
    ("bonus's title", at("adjustments/0/title", "嘉奖"), {(Id.TITLE, "A1", "adjustments[A1].title")}),
    ("bonus's basis", at("adjustments/0/basis", "通知"), {(Id.BASIS, "A1", "adjustments[A1].basis")}),
    ("which bonus first", lambda data: data["adjustments"].reverse(), {(Id.ADJUSTMENT, "base", "adjustments.order")}),
    ("limits", at("adjustment_limits/bonus_cap", 6), {(Id.ADJUSTMENT, "base", "adjustment_limits")}),
    ("rounding", at("policies/rounding/total", 1), {(Id.POLICY, "base", "policies.rounding.total")}),
    ("halves", at("policies/rounding/halves", "even"), {
        (Id.POLICY, "base", "policies.rounding.total"), (Id.POLICY, "base", "policies.rounding.indicator")
    }),
    ("rank by", at("policies/rank/by", "full"), {(Id.POLICY, "base", "policies.rank.by")}),
    ("tie-breakers", at("policies/rank/tie_breakers", []), {(Id.POLICY, "base", "policies.rank.tie_breakers")}),
    ("equals sign", at("policies/rank/equals_sign", True), {(Id.NOTE, "base", "policies.rank.equals_sign")}),
    ("grade of", both(
        at("policies/grade", {"of": "1", "by": "full"}),
        at("grades/0/at_least", 55), at("grades/1/at_least", 50), at("grades/1/lines/towns", 45),
    ), {
        (Id.POLICY, "base", "policies.grade.of"), (Id.POLICY, "base", "policies.grade.by"),
        (Id.GRADE, "base", "grades[优秀].line"), (Id.GRADE, "base", "grades[良好].line"),
    }),
    ("missing", at("policies/missing", "exclude"), {(Id.POLICY, "base", "policies.missing")}),
    ("not applicable", at("policies/not_applicable", "parent"), {(Id.POLICY, "base", "policies.not_applicable")}),
    ("invalid", at("policies/invalid", "withhold"), {(Id.POLICY, "base", "policies.invalid")}),
    ("claims", at("policies/claims", "accept"), {(Id.POLICY, "base", "policies.claims")}),
    ("coverage", at("policies/coverage_at_least", "60%"), {(Id.POLICY, "base", "policies.coverage_at_least")}),
    ("cohort size", at("policies/cohort_size", "scored"), {(Id.POLICY, "base", "policies.cohort_size")}),
    ("reviewers", at("policies/show_reviewers", True), {(Id.NOTE, "base", "policies.show_reviewers")}),
    ("shared field's name", at("fields/0/name", "在岗人数"), {(Id.TITLE, "base", "fields.staff.name")}),
    ("shared field's type", at("fields/0/type", "amount"), {(Id.FIELD_TYPE, "base", "fields.staff.type")}),
    ("check of the tree", at("checks", [{"holds": 'answer("1-1.done") <= staff', "says": "件数不超过人数"}]), {
        (Id.FIELD_BOUND, "base", "checks")
    }),
    ("a shared field becomes the indicator's own", both(
        at("fields", GONE), lambda data: node(data, "2-1")["fields"].append(BASE["fields"][0])
    ), {(Id.FIELD_REMOVED, "base", "fields.staff"), (Id.FIELD_ADDED, "2-1", "fields.staff")}),
    ("points", both(at("1-1/points", 25), at("1-2/points", 15)), {
        (Id.POINTS, "1-1", "points"), (Id.POINTS, "1-2", "points")
    }),
    ("points by type", both(at("1-1/points", {"town": 25, "bureau": 20}), at("1-2/points", {"town": 15, "bureau": 20}),
        at("1-1/bands", GONE)), {
        (Id.POINTS, "1-1", "points"), (Id.POINTS, "1-2", "points"), (Id.GRADE, "1-1", "bands")
    }),
    ("a rule by type", at("1-2/rule/each", {"town": 0.5, "bureau": 0.4}), {(Id.PARAMETER, "1-2", "rule")}),
    ("parameter", at("1-1/rule/zero_at", "40%"), {(Id.PARAMETER, "1-1", "rule")}),
    ("rule", at("1-2/rule", {"kind": "escalation", "first": 1, "again": "double"}), {(Id.RULE, "1-2", "rule")}),
    ("as typed, which reads the same", both(at("1-1/rule/zero_at", 0.5), at("1-1/rule/full_at", 1)), set()),
    ("value", at("1-1/value", "(done + 0) / due"), {(Id.PARAMETER, "1-1", "value")}),
    ("value as typed", at("1-1/value", "( done/due )"), set()),
    ("a default written out", at("1-2/rule/floor", 0), set()),
    ("small sample", at("1-1/small_sample/below", 3), {(Id.PARAMETER, "1-1", "small_sample")}),
    ("the size itself is small too", at("1-1/small_sample", {"of": "due", "at_most": 5}), {
        (Id.PARAMETER, "1-1", "small_sample")
    }),
    ("zero", at("1-1/on_zero", "full"), {(Id.ON_ZERO, "1-1", "on_zero")}),
    ("zero in other words", at("1-1/on_zero", "not_applicable"), set()),
    ("applies to", at("1-2/applies_to", ["town"]), {(Id.APPLIES_TO, "1-2", "applies_to")}),
    ("claims of one", at("1-2/may_not_apply", True), {(Id.APPLIES_TO, "1-2", "may_not_apply")}),
    ("instead", both(at("1-2/may_not_apply", True), at("1-2/when_not_applicable", "full")), {
        (Id.APPLIES_TO, "1-2", "may_not_apply"), (Id.APPLIES_TO, "1-2", "when_not_applicable")
    }),
    ("instead, at the target", both(at("2-1/may_not_apply", True), at("2-1/when_not_applicable", "target")), {
        (Id.APPLIES_TO, "2-1", "may_not_apply"), (Id.APPLIES_TO, "2-1", "when_not_applicable")
    }),
    ("a group for some", at("2/applies_to", ["town"]), {
        (Id.APPLIES_TO, "2-1", "applies_to"), (Id.APPLIES_TO, "2-2", "applies_to")
    }),
    ("weight", at("2-1/weight", 2), {(Id.AGGREGATION, "2-1", "weight")}),
    ("way", both(at("2/aggregate", "mean"), at("2-1/weight", GONE), at("2-2/weight", GONE)), {
        (Id.AGGREGATION, "2", "aggregate"), (Id.AGGREGATION, "2-1", "weight"), (Id.AGGREGATION, "2-2", "weight")
    }),
    ("uses", at("2/uses", [{"code": "1-2", "weight": 1}]), {(Id.AGGREGATION, "2", "uses")}),
    ("cap", at("1/cap", 55), {(Id.AGGREGATION, "1", "cap")}),
    ("floor", at("1/floor", 5), {(Id.AGGREGATION, "1", "floor")}),
    ("rule of a group", at("2/rule", {"kind": "linear", "zero_at": 10, "full_at": 40}), {(Id.RULE, "2", "rule")}),
    ("rounding of a node", at("1/rounding", 1), {(Id.POLICY, "1", "rounding")}),
    ("missing at a group", at("1/missing", "exclude"), {(Id.POLICY, "1", "missing")}),
    ("places at a node", at("1/ranked", "higher"), {(Id.POLICY, "1", "ranked")}),
    ("last places", both(at("1/ranked", "higher"), at("1/last", {"places": 1, "veto": "V1"})), {
        (Id.POLICY, "1", "ranked"), (Id.VETO, "1", "last")
    }),
    ("bands", at("1-1/bands/0/at_least", "90%"), {(Id.GRADE, "1-1", "bands")}),
    ("a word leaves its line out", both(at("1-1/bands/0/at_least", GONE), at("1-1/bands/0/above", "80%")), {
        (Id.GRADE, "1-1", "bands")
    }),
    ("another row of a table", at("1/aggregate", table("at_least", 31)), {(Id.AGGREGATION, "1", "aggregate")}),
    ("veto of an answer", at("1-2/vetoes/0/when", "n > 8"), {(Id.VETO, "1-2", "vetoes")}),
    ("field added", lambda data: node(data, "1-2")["fields"].append({"code": "t", "name": "说明", "type": "text"}), {
        (Id.FIELD_ADDED, "1-2", "fields.t")
    }),
    ("part of a checklist", lambda data: node(data, "1-3")["rule"]["parts"].append({"code": "c", "name": "有经费"}), {
        (Id.PARAMETER, "1-3", "rule"), (Id.FIELD_ADDED, "1-3", "fields.c")
    }),
    ("an option", lambda data: node(data, "2-2")["rule"]["options"].append({"option": "丙", "score": 0}), {
        (Id.PARAMETER, "2-2", "rule"), (Id.FIELD_TYPE, "2-2", "fields.choice.type")
    }),
    ("field type", at("1-2/fields/0/type", "amount"), {(Id.FIELD_TYPE, "1-2", "fields.n.type")}),
    ("field bound", at("1-2/fields/0/at_most", 99), {(Id.FIELD_BOUND, "1-2", "fields.n.bounds")}),
    ("field name", at("1-2/fields/0/name", "败诉数"), {(Id.TITLE, "1-2", "fields.n.name")}),
    ("field note", at("1-2/fields/0/note", "含纠错"), {(Id.NOTE, "1-2", "fields.n.note")}),
    ("order of fields", lambda data: node(data, "1-1")["fields"].reverse(), {(Id.ORDER, "1-1", "fields")}),
    ("check", at("1-1/checks", [{"holds": "done <= due", "says": "不超过应办"}]), {(Id.FIELD_BOUND, "1-1", "checks")}),
    ("who fills it in", at("1-2/filled_by", "assessor"), {(Id.FIELD_TYPE, "1-2", "filled_by")}),
    ("evidence", at("1-1/evidence", ["台账", "文书"]), {(Id.EVIDENCE, "1-1", "evidence")}),
    ("note", at("1-1/note", "以卷宗为准"), {(Id.NOTE, "1-1", "note")}),
    ("internal note", at("1-1/internal_note", "拟定"), {(Id.NOTE, "1-1", "internal_note")}),
    ("own standard", at("1-1/standard", "按办结率计分"), {(Id.NOTE, "1-1", "standard")}),
    ("theme", at("1/theme", "执法"), {(Id.NOTE, "1", "theme")}),
    ("name of the value", at("1-1/value_name", "办结率"), {(Id.TITLE, "1-1", "value_name")}),
    ("unit of the value", at("1-1/measured_in", "%"), {(Id.NOTE, "1-1", "measured_in")}),
    ("basis", at("1-1/basis", "条例"), {(Id.BASIS, "1-1", "basis")}),
    ("lead", at("1-1/lead", ["乙局"]), {(Id.LEAD, "1-1", "lead")}),
    ("assist", at("1-1/assist", ["丙局"]), {(Id.ASSIST, "1-1", "assist")}),
    ("lead of a group says nothing where all name theirs", at("1/lead", ["乙局"]), set()),
    ("added", children("1", lambda listed: listed.append(NEW_INDICATOR)), {(Id.ADDED, "1-4", "")}),
    ("removed", both(children("1", without("1-3")), at("1-1/points", 40)), {
        (Id.REMOVED, "1-3", ""), (Id.POINTS, "1-1", "points")
    }),
    ("moved", to_other_group, {
        (Id.MOVED, "1-3", ""), (Id.AGGREGATION, "1-3", "weight"), (Id.POINTS, "1-1", "points")
    }),
    ("order", children("1", lambda listed: listed.reverse()), {(Id.ORDER, "1", "children")}),
    ("order of groups", lambda data: data["nodes"].reverse(), {(Id.ORDER, "base", "children")}),
    ("renumbered", at("1-2/code", "1-9"), {(Id.RENUMBERED, "1-9", "")}),
]  # fmt: skip


def edited(edit: Callable[[Data], None]) -> Tree:
    data = copy.deepcopy(BASE)
    edit(data)
    return load(data)


def said(changes: tuple[Change, ...]) -> set[tuple[Id, str, str]]:
    return {(one.id, one.code, one.key) for one in changes}


@pytest.mark.parametrize(("edit", "expected"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS])
def test_one_edit_is_one_change(edit: Callable[[Data], None], expected: set[tuple[Id, str, str]]) -> None:
    revision = Revision(OLD, edited(edit))
    assert said(revision.changes) == expected
    assert said(changes_between(revision.tree_with(revision.changes), revision.new)) == set()
    for one in revision.changes:
        assert one.affects is AFFECTS[one.id]
        for lang in Language:  # whoever reads both sides sees a difference
            assert said_text(one.old, lang) != said_text(one.new, lang)
            assert render(one.part, lang)


def test_a_row_of_a_table_that_leaves_its_line_out_is_another_row() -> None:
    old, new = (edited(at("1/aggregate", table(key, 30))) for key in ("at_least", "above"))
    assert said(changes_between(old, new)) == {(Id.AGGREGATION, "1", "aggregate")}


def _bounds(tree: Tree, code: str) -> tuple[float, float]:
    rule = tree.by_code[code].rule
    assert rule is not None
    return rule.bounds


def test_half_way_a_rule_knows_how_far_its_counts_go() -> None:
    """The most of a field bounds what is taken off; it is asked for anew, whatever else is chosen."""
    revision = Revision(OLD, edited(both(at("1-2/fields/0/at_most", 10), at("1-2/note", "另有限额"))))
    bound, note = ([one for one in revision.changes if (one.id is Id.NOTE) is is_it] for is_it in (False, True))
    worst = [_bounds(revision.tree_with(chosen), "1-2") for chosen in ((), note, bound)]
    assert worst == [(0, 20), (0, 20), (15, 20)]


REPEATED = both(at("2/aggregate", "mean"), at("2-1/weight", GONE), at("2-2/weight", GONE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"first": "higher", "among": "cohort"}),
        ({"first": "higher", "among": "cohort"}, {"first": "higher", "among": "unit"}),
        ({"first": "higher", "among": "unit"}, {"first": "lower", "among": "unit"}),
        ({"first": "higher", "among": "all"}, None),
    ],
)
def test_the_places_of_repeated_entries_are_one_change(before: Data | None, after: Data | None) -> None:
    def repeat(ranked: Data | None) -> Callable[[Data], None]:
        said = {"names": ["甲窗口", "乙窗口"]}
        return both(REPEATED, at("2/repeat", said if ranked is None else {**said, "ranked": ranked}))

    revision = Revision(edited(repeat(before)), edited(repeat(after)))
    assert said(revision.changes) == {(Id.POLICY, "2", "repeat.ranked")}
    assert said(changes_between(revision.tree_with(revision.changes), revision.new)) == set()
    assert said(changes_between(revision.tree_with(()), revision.old)) == set()
    (change,) = revision.changes
    assert change.affects is AFFECTS[Id.POLICY]
    assert all(said_text(change.old, lang) != said_text(change.new, lang) for lang in Language)


def test_every_kind_of_change_is_made_here() -> None:
    assert {id_ for _, _, expected in EDITS for id_, _, _ in expected} == set(Id)


@pytest.mark.parametrize(
    ("more", "affects"),
    [
        (at("1-9/points", 20), Affects.TEXT),
        (at("1-9/note", "另一说明"), Affects.TEXT),
        (at("1-9/evidence", ["判决书"]), Affects.FILLING),
        (at("1-9/rule/each", 1), Affects.SCORE),
    ],
)
def test_what_looks_renumbered_is_as_grave_as_what_else_changed(more: Callable[[Data], None], affects: Affects) -> None:
    (change,) = changes_between(OLD, edited(both(at("1-2/code", "1-9"), more)))
    assert (change.id, change.former, change.code, change.affects) == (Id.RENUMBERED, "1-2", "1-9", affects)


def test_what_looks_like_two_others_is_removed_and_added() -> None:
    """Nothing is assumed: where two new items bear the title, neither is taken for the old one."""

    def twice(data: Data) -> None:
        old = node(data, "1-2")
        node(data, "1")["children"].remove(old)
        for code in ("1-8", "1-9"):
            node(data, "1")["children"].append({**copy.deepcopy(old), "code": code, "points": 10, "title": "同名"})

    data = copy.deepcopy(BASE)
    node(data, "1-2")["title"] = "同名"
    new = copy.deepcopy(BASE)
    twice(new)
    found = said(changes_between(load(data), load(new)))
    assert found == {(Id.REMOVED, "1-2", ""), (Id.ADDED, "1-8", ""), (Id.ADDED, "1-9", "")}


def test_an_indicator_that_is_a_group_now_is_another_thing() -> None:
    def grown(data: Data) -> None:
        old = node(data, "2-2")
        node(data, "2")["children"].remove(old)
        inner = {**old, "code": "2-2-1", "title": "细分"}
        inner.pop("weight")
        data["levels"] = ["方面", "类", "小项"]
        group = {"code": "2-2", "title": "指标2-2", "points": 20, "weight": 1, "children": [inner]}
        node(data, "2")["children"].append(group)

    revision = Revision(OLD, edited(grown))
    assert {(Id.REMOVED, "2-2", ""), (Id.ADDED, "2-2", ""), (Id.ADDED, "2-2-1", "")} <= said(revision.changes)
    together = next(each for each in revision.components if any(one.id is Id.REMOVED for one in each))
    assert {one.code for one in together} == {"2-2", "2-2-1"}


def test_only_what_is_chosen_is_made() -> None:
    """One weight, one rule, the grade lines: what a rehearsal tries one by one."""
    new = edited(
        both(
            at("1-1/points", 30),
            at("1-2/points", 10),
            at("1-2/rule/each", "10%"),
            at("2-1/weight", 3),
            at("grades/0/at_least", 95),
        )
    )
    revision = Revision(OLD, new)
    by_key = {(one.code, one.key): one for one in revision.changes}
    points = revision.tree_with([by_key["1-2", "points"]])
    assert (points.by_code["1-2"].points, points.by_code["1-1"].points) == (10, 20)
    assert points.by_code["1-2"].rule == Deduction.from_data({"each": 0.5}, 10).within({})
    rule = revision.tree_with([by_key["1-2", "rule"]])  # a share of the points: of those that it has here
    assert rule.by_code["1-2"].rule == Deduction.from_data({"each": 2}, 20).within({})
    assert [grade.at_least for grade in revision.tree_with([by_key["base", "grades[优秀].line"]]).grades] == [95, 80, 0]
    assert revision.tree_with([by_key["2-1", "weight"]]).by_code["2-1"].weight == 3


def test_the_gravest_class_decides() -> None:
    old, title = OLD, edited(at("title", "另一体系"))
    assert gravest(changes_between(old, old)) is None
    assert gravest(changes_between(old, title)) is Affects.TEXT
    assert [is_as_grave(Affects.FILLING, each) for each in Affects] == [False, True, True]
    assert not is_as_grave(None, Affects.TEXT)


def test_codes_that_moved_on_by_one_are_pointed_out() -> None:
    """A new item in the middle, all after it renumbered: matched by code they differ in everything."""

    def shifted(data: Data) -> None:
        for old, new in (("1-3", "1-4"), ("1-2", "1-3")):
            node(data, old)["code"] = new
        other = indicator("1-2", 5, {"kind": "deduction", "each": 0.1}, [count("k", "另一件数")], weight=0)
        node(data, "1")["children"].insert(1, {**other, "title": "新的一项"})

    revision = Revision(OLD, edited(shifted))
    assert revision.reused_codes == {"1-2": "1-3", "1-3": "1-4"}
    assert "1-2（原名称现用编码 1-3）" in render(outcome(revision)[-1], Language.ZH)
    assert Revision(OLD, edited(at("1-2/title", "另一名称"))).reused_codes == {}
    assert Revision(OLD, edited(at("1-2/fields/0/name", "另一件数"))).reused_codes == {}


@pytest.mark.parametrize("is_repeated", [False, True])
def test_what_came_or_went_is_told_with_its_group(is_repeated: bool) -> None:
    """Of a repeated group by its own title, not by that of a repetition; what stands at the top is below nothing."""
    new = {**NEW_INDICATOR, "code": "2-9", "title": "新的一项"}
    start = both(*([REPEATED, at("2/repeat", {"name": "窗口", "at_most": 2})] if is_repeated else []))
    revision = Revision(edited(start), edited(both(start, children("2", lambda listed: listed.append(new)))))
    (added,) = [one for one in revision.changes if one.id is Id.ADDED]
    assert isinstance(added.new, Phrase)
    assert "列在“2 队伍建设”之下。" in render(added.new, Language.ZH)
    (removed,) = [one for one in Revision(revision.new, revision.old).changes if one.id is Id.REMOVED]
    assert removed.old == added.new
    top = edited(lambda data: data["nodes"].append({**new, "code": "3", "points": 10}))
    (at_top,) = [one for one in Revision(OLD, top).changes if one.id is Id.ADDED]
    assert isinstance(at_top.new, Phrase)
    assert "列在" not in render(at_top.new, Language.ZH)


def test_a_title_that_another_item_had_all_along_is_not_where_the_old_one_went() -> None:
    """Two items of one title: one is called otherwise, which makes it no other item."""

    def alike(data: Data) -> None:
        node(data, "1-3")["title"] = node(data, "1-2")["title"]

    def retitled(data: Data) -> None:
        alike(data)
        node(data, "1-2")["title"] = "另一名称"

    assert Revision(edited(alike), edited(retitled)).reused_codes == {}


def test_a_few_changes_stand_by_themselves_and_many_go_by_subject() -> None:
    few = Revision(OLD, edited(both(at("1-2/rule/each", 1), at("grades/0/at_least", 95), at("title", "另一体系"))))
    names = [render(bundle.name, Language.ZH) for bundle in few.bundles()]
    assert names == ["调整等次：优秀", "1-2 指标1-2：计分参数"]
    assert all(one.affects is Affects.SCORE for bundle in few.bundles() for one in bundle.changes)
    many = Revision(
        OLD,
        edited(
            both(
                *(at("1-1/points", 25), at("1-2/points", 15), at("1-2/rule/each", 1), at("1-1/rule/zero_at", "40%")),
                *(at("grades/0/at_least", 95), at("vetoes/1/deduct", 3), at("policies/claims", "accept")),
                *(at("policies/rank/ties", "dense"), at("title", "另一体系")),
            )
        ),
    )
    told = {render(bundle.name, Language.ZH): len(bundle.changes) for bundle in many.bundles()}
    assert told == {"评分标准和填报项": 2, "分值和权重": 2, "汇总方式和计分办法": 2, "等次、一票否决、加分扣分": 2}
    every = [one for bundle in many.bundles() for one in bundle.changes]
    assert said(changes_between(OLD, many.tree_with(every))) == {(one.id, one.code, one.key) for one in every}

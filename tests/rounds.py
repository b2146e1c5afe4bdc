"""A small made-up round in which everything happens: ties, blanks, claims, errors, zeros, a date that never came."""

from collections.abc import Mapping
from datetime import date

from builders import (
    CLAIM,
    INVALID,
    a_cohort,
    a_field,
    a_group,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    a_veto,
    an_answer,
    an_indicator,
)

from lawgov_score.expression import parse
from lawgov_score.model import Grade, Quota, Scores, Submission, Tree, Unit, Waiver
from lawgov_score.scoring import score

NEVER = float("inf")
_EPOCH = date(1899, 12, 30)


def day(text: str) -> float:
    """A date as a spreadsheet counts it."""
    return float((date.fromisoformat(text) - _EPOCH).days)


def the_tree(**other: object) -> Tree:
    """Two aspects, three categories, seven indicators of different rules; two types of unit."""
    ratio = (
        a_field(code="done", name="办结件数", type="count", at_most="all"),
        a_field(code="all", name="应办件数", type="count"),
        a_field(code="rate", name="公布的办结率", type="share", substitute=True),
    )
    parts = [{"code": "a", "name": "制度建立"}, {"code": "b", "name": "台账完整"}]
    options = [{"option": "全部", "score": 2}, {"option": "部分", "score": 1}, {"option": "未", "score": 0}]
    functions = a_group(
        code="01",
        title="依法履职",
        children=[
            an_indicator(
                code="01-1",
                title="按期办结率",
                points=2.0,
                fields=ratio,
                value="done / all",
                value_name="按期办结率",
                on_zero="not_applicable",
                rule={"kind": "linear", "zero_at": "50%", "full_at": "100%"},
                may_not_apply=True,
            ),
            an_indicator(
                code="01-2",
                title="制度健全",
                points=1.0,
                fields=(),
                rule={"kind": "checklist", "parts": parts, "each_missing": 0.5},
            ),
        ],
    )
    decisions = a_group(
        code="02",
        title="依法决策",
        children=[
            an_indicator(
                code="02-1",
                title="合法性审查",
                points=2.0,
                fields=(),
                rule={"kind": "choice", "asks": "审查情况", "options": options},
            ),
            an_indicator(
                code="02-2",
                title="听证率",
                points=1.0,
                fields=(
                    a_field(code="held", name="听证件数", type="count"),
                    a_field(code="due", name="应听证件数", type="count"),
                ),
                value="held / due",
                on_zero=0.6,
                rule={"kind": "shortfall", "target": "90%", "step": "10%", "each": 0.25, "steps": "linear"},
                applies_to=["enforcing"],
            ),
        ],
    )
    oversight = a_group(
        code="03",
        title="监督",
        children=[
            an_indicator(
                code="03-1",
                title="年度报告",
                points=1.5,
                fields=(a_field(code="sent", name="报送日期", type="date", never="未报送"),),
                rule={"kind": "late", "due": "03-31", "of": "following_year", "every": 1, "each": 0.1, "steps": "ceil"},
            ),
            an_indicator(
                code="03-2",
                title="诉讼败诉",
                points=1.0,
                fields=(
                    a_field(code="lost", name="败诉件数", type="count"),
                    a_field(code="suits", name="应诉件数", type="count"),
                ),
                value="lost",
                base=parse("suits"),
                on_zero="not_applicable",
                rule={"kind": "deduction", "each": 0.25},
                vetoes={"V1": "lost > 9"},
            ),
            an_indicator(
                code="03-3",
                title="普法次数",
                points=1.5,
                fields=(a_field(code="held", name="普法次数", type="count"),),
                rule={"kind": "relative", "against": "best", "better": "higher"},
            ),
        ],
    )
    defaults: dict[str, object] = {
        "title": "示例指标体系",
        "children": [
            a_group(code="A", title="履职与决策", children=[functions, decisions]),
            a_group(code="B", title="权力监督", children=[oversight]),
        ],
        "levels": ("方面", "类", "小项"),
        "notice": "本指标体系为测试用。",
        "unit_types": (a_unit_type(code="enforcing"), a_unit_type(code="other")),
        "cohorts": (a_cohort(code="c1", name="执法组"), a_cohort(code="c2", name="综合组")),
        "grades": (Grade("优秀", 8.5, Quota(0.3, 1)), Grade("良好", 7.0), Grade("不合格", 0.0)),
        "vetoes": (a_veto(title="重大败诉", grade_at_most="不合格"),),
        "waivers": (Waiver("T202", "02", "原件如此"),),
    }
    return a_tree(**{**defaults, **other})  # type: ignore[arg-type]  # a test's own words


def full_answers(changed: Mapping[str, object] | None = None) -> dict[str, object]:
    """An answer to everything an enforcing unit is asked, but for what is ``changed``, by field key."""
    answers: dict[str, object] = {
        "01-1.done": 90,
        "01-1.all": 100,
        "01-2.a": 1,
        "01-2.b": 1,
        "02-1.choice": 0,
        "02-2.held": 9,
        "02-2.due": 10,
        "03-1.sent": day("2025-03-20"),
        "03-2.lost": 0,
        "03-2.suits": 20,
        "03-3.held": 10,
    }
    return {**answers, **(changed or {})}


def units() -> tuple[Unit, ...]:
    """Four enforcing units, three others; U4 has a name that looks like a formula, U7 sends nothing."""
    names = {"U4": "=1+1 街道办事处", "U5": "一个名称很长很长的综合管理和协调服务办公室（开发区）"}
    return tuple(
        a_unit(
            code=f"U{i}",
            name=names.get(f"U{i}", f"第{i}单位"),
            type="enforcing" if i <= 4 else "other",
            cohort="c1" if i <= 4 else "c2",
        )
        for i in range(1, 8)
    )


def submissions() -> list[Submission]:
    """What came, U7 excepted."""
    no_hearing = {"02-2.held": None, "02-2.due": None}
    claim = an_answer(CLAIM, note="本单位无此项职能", path="U3.xlsx", cell="D2")
    wrong = an_answer(INVALID, printed="约95", path="U4.xlsx", cell="D11")
    given = {
        "U1": full_answers(),
        "U2": full_answers({"01-1.done": 61, "03-2.lost": 10}),
        "U3": full_answers({"01-1.done": claim, "01-1.all": claim, "02-2.due": 0, "02-2.held": 0, "03-1.sent": NEVER}),
        "U4": full_answers({"03-3.held": wrong, "01-1.all": 0, "01-1.done": 0, "02-1.choice": 1}),
        "U5": full_answers({**no_hearing, "01-1.done": None, "01-1.all": None, "01-1.rate": 0.8, "03-2.suits": 0}),
        "U6": full_answers({**no_hearing, "02-1.choice": None, "01-2.b": 0, "03-1.sent": day("2025-04-07")}),
    }
    known = {unit.code: unit for unit in units()}
    return [a_submission(unit=known[code], answers=answers) for code, answers in given.items()]


def a_round(**tree: object) -> Scores:
    """The whole round, scored."""
    return score(the_tree(**tree), units(), submissions())

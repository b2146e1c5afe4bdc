"""合成: the aggregation of scores, one row per unit: groups, sum, conversion, adjustments, total, place, grade."""

import math

import xlsxwriter

from lawgov_score.content import labels, standing
from lawgov_score.explanation import parts
from lawgov_score.model import Group, Tree
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.rules.cells import rounded
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.formulas.group import Up
from lawgov_score.workbook.formulas.total import converted_total, is_there
from lawgov_score.workbook.scorecard import cells as live_cells
from lawgov_score.workbook.scorecard import standing as place_formulas
from lawgov_score.workbook.scorecard.data_page import Heading, open_data_page
from lawgov_score.workbook.scorecard.plan import FIGURES, SUMS, LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page

_NOTE = Words(
    "由各项得分逐级汇总到总分、位次、等次，一个单位一行，均为公式；加减分是登记的数，逐条见“评定”表和单位评分卡。"
    "“等次序号”从 0 起，0 为最高等次。",
    "From scores up to totals, places and grades, a row a unit, all formulas; adjustments are what the register says, "
    "line by line under “Review” and on cards. “Grade no.” counts from 0, the best.",
)
_TITLE = Words("{code} {title}", "{code} {title}")
_WHOLE = Words("总分", "Total")
_HEADINGS = {
    "points": labels.POINTS,
    "count": Words("计入项数", "parts"),
    "value": Words("汇总值", "aggregate"),
    "score": labels.SCORE,
    "before": Words("调整前得分", "before adjustments"),
    "adjusted": Words("加减分", "adjusted"),
    "full": Words("总分（未舍入）", "total, unrounded"),
    "total": Words("总分", "total"),
    "first": Words("同分首个", "first of its total"),
    "first of all": Words("同分首个（全部）", "first of its total, of all"),
    "place": Words("位次", "place"),
    "overall": Words("总位次", "overall place"),
    "level": Words("等次序号（名额前）", "grade no. before quotas"),
    "grade": labels.GRADE,
}
_STATED = Up("", "")  # no formula can express it
_LEVEL = Words("等次序号（“{grade}”名额后）", "grade no. after the quota of {grade}")


def write(book: xlsxwriter.Workbook, formats: Formats, plan: LivePlan) -> None:
    """Writes the sheet."""
    tree = plan.scores.tree
    headings: list[Heading] = []
    for what, code in plan.sums:
        title: Text = _WHOLE if code == tree.code else _TITLE(code=code, title=tree.by_code[code].title)
        headings.append((title, _heading(tree, what)))
    page = open_data_page(book, formats, plan, SUMS, _NOTE, headings)
    groups = [node for node in tree.nodes if isinstance(node, Group)]
    levels = _levels(plan)
    for member in plan.order:
        shown = {node.code for node in labels.nodes_of(plan.scores, member)}
        for group in groups:
            if group.code in shown:
                _group(page, plan, member, group)
        if labels.has_total(tree):
            _total(page, plan, member)
        if tree.grades:
            _grade(page, plan, member, levels)


def _heading(tree: Tree, what: str) -> Text:
    if what.startswith("level:"):
        return _LEVEL(grade=tree.grades[int(what.removeprefix("level:"))].name)
    return _HEADINGS[what]


def _put(
    page: Page,
    plan: LivePlan,
    member: int,
    key: tuple[str, str],
    formula: str | None,
    stored: float | str,
    **changes: object,
) -> None:
    """Writes a formula with its value, or the value alone if there is no formula."""
    row, column = plan.rows[member], plan.sums[key]
    if formula:
        page.formula(row, column, f"={formula}", stored, look.POINTS, **changes)
    else:
        page.put(row, column, stored, look.POINTS, **changes)


def _group(page: Page, plan: LivePlan, member: int, group: Group) -> None:
    scores, code = plan.scores, group.code
    made = live_cells.of_holder(plan, member, group) or _STATED
    at = scores.at(member, code)
    _put(page, plan, member, ("points", code), made.points, at.points, num_format="0.0#")
    _aggregate(page, plan, member, group, made)
    _put(page, plan, member, ("score", code), made.score, at.score, num_format="0.00####")


def _aggregate(page: Page, plan: LivePlan, member: int, holder: Group | Tree, made: Up) -> None:
    """Writes how many parts count and their aggregated value, if the sheet has columns for them."""
    scores, code = plan.scores, holder.code
    if ("count", code) not in plan.sums:
        return
    if made is _STATED or made.count:
        count = float(scores.workings[code].count[member])
        _put(page, plan, member, ("count", code), made.count, count, num_format="0")
    if made is _STATED or made.value:
        value = parts.before_rule(scores, member, holder)
        _put(page, plan, member, ("value", code), made.value, value, num_format="0.00##")


def _total(page: Page, plan: LivePlan, member: int) -> None:
    scores = plan.scores.of_unit(member)
    tree = scores.tree
    raw, code = float(scores.raw_total[member]), tree.code
    if math.isnan(raw):  # not scored: nothing to add up
        return
    made = live_cells.of_holder(plan, member, tree) or _STATED
    points_at, raw_at, before_at, adjusted_at, full_at = (
        plan.sum_cell(member, what).removeprefix(plan.sheet(SUMS))
        for what in ("points", "score", "before", "adjusted", "full")
    )
    _put(page, plan, member, ("points", code), made.points, float(scores.raw_points[member]), num_format="0.0#")
    _aggregate(page, plan, member, tree, made)
    _put(page, plan, member, ("score", code), made.score, raw, num_format="0.00####")
    column = plan.peer_columns.get(("aggregate", code))
    peers = plan.cohort(member, FIGURES, column) if column is not None else ""
    converted = converted_total(tree, points_at, raw_at, peers)
    if converted is not None:
        converted = f'IF({is_there(points_at, raw_at)},ROUND({converted},{DUST_DECIMALS}),"")'
    before = float(scores.converted[member])
    _put(page, plan, member, ("before", code), converted, before, num_format="0.00####")
    adjusted = math.fsum(one.points for one in scores.adjusted[member])
    page.put(plan.rows[member], plan.sums["adjusted", code], adjusted, look.POINTS, num_format="+0.00##;−0.00##;0.00")
    full = f'IF(ISNUMBER({before_at}),ROUND({before_at}+{adjusted_at},{DUST_DECIMALS}),"")'
    _put(page, plan, member, ("full", code), full, float(scores.full_total[member]), num_format="0.00####")
    rounding, total = tree.policies.total_rounding, full_at
    if rounding is not None:
        total = f'IF(ISNUMBER({full_at}),{rounded(full_at, rounding)},"")'
    _put(page, plan, member, ("total", code), total, float(scores.total[member]), bold=True)
    if ("first", code) in plan.sums:
        for what, overall in (("first", False), ("first of all", True)):
            first, stored = place_formulas.is_first(plan, member, overall=overall), _is_first(plan, member, overall)
            _put(page, plan, member, (what, code), first, stored, num_format="0")
    for what, ranks, overall in (("place", scores.rank, False), ("overall", scores.overall_rank, True)):
        formula = place_formulas.place(plan, member, overall=overall)
        _put(page, plan, member, (what, code), formula, float(ranks[member]), num_format="0")


def _is_first(plan: LivePlan, member: int, overall: bool) -> float:
    """1 for the first row of its total, as the formula counts."""
    scores, totals = plan.scores, plan.scores.placed
    above = plan.order[: plan.order.index(member)]
    same = (overall or scores.cohorts[one] == scores.cohorts[member] for one in above)
    return float(not any(is_near and totals[one] == totals[member] for one, is_near in zip(above, same, strict=True)))


def _levels(plan: LivePlan) -> dict[str, list[int]]:
    """The number of each unit's grade, by column."""
    scores = plan.scores
    if not scores.tree.grades:
        return {}
    now = scores.levels
    levels = {"level": now.tolist()}
    for i in scores.tree.quotas:
        now = standing.after_quota(scores, now, i)
        levels[f"level:{i}"] = now.tolist()
    return levels


def _grade(page: Page, plan: LivePlan, member: int, levels: dict[str, list[int]]) -> None:
    code, before = plan.scores.tree.code, ""
    for what, numbers in levels.items():
        if not before:
            formula = place_formulas.level(plan, member)
        else:
            at = int(what.removeprefix("level:"))
            formula = place_formulas.after_quota(plan, member, at, before) if ("place", code) in plan.sums else None
        _put(page, plan, member, (what, code), formula, float(numbers[member]), num_format="0")
        before = what
    page.formula(
        plan.rows[member],
        plan.sums["grade", code],
        f"={place_formulas.grade(plan, member, before)}",
        plan.scores.grades[member],
        look.CENTRED,
        **_marked(plan, page, member),
    )


def _marked(plan: LivePlan, page: Page, member: int) -> dict[str, object]:
    """Shows 暂定 behind a provisional grade; the cell keeps the plain word, which other sheets count and compare."""
    mark = labels.provisional(plan.scores, member, page.lang)
    return {"num_format": f'@"{mark}"'} if mark else {}

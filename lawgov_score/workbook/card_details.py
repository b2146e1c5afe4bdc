"""The sheet 明细 of a unit's card: every indicator in printed order with the figures filled in, and live sums.

One row a field, so that every figure stands in a cell of its own: the unit may change one and see what
its score would come to.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score import explanation
from lawgov_score.model import Group, Indicator, Node, Rescale, Scores, Status, field_key
from lawgov_score.rules.cells import number
from lawgov_score.rules.field import Field
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import figures, formulas, labels, look
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Page, address, finish, open_page, points_format

NAME = Words("明细", "Details")
_FIELD = Words("填报项", "Asked")
_ANSWER = Words("填报值", "Answer")
_MEASURED_IN = Words("计量单位", "Unit of measure")
_VALUE = Words("指标值", "Value")
_CELL = Words("来源", "Source")
_RAW = Words("折算前合计", "Total before conversion")
_TOTAL = Words("得分（折算到满分 {points}）", "Score (on a scale of {points})")
_WIDTHS = [8, 30, 6.5, 24, 13, 8.5, 10, 8, 8, 9, 38, 8]
_POINTS, _ANSWERS, _VALUES, _SCORES, _LOST = 2, 4, 6, 7, 8


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the sums stand, as other sheets refer to them: ``'明细'!C5``."""

    points: Mapping[str, str]  # by node code
    scores: Mapping[str, str]
    raw_points: str
    raw_total: str
    total: str


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, member: int, lang: Language) -> Ledger:
    """The sheet, and where its sums stand."""
    tree = scores.tree
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    header = 0
    first = page.header(
        header,
        [
            labels.CODE,
            labels.INDICATOR,
            labels.POINTS,
            _FIELD,
            _ANSWER,
            _MEASURED_IN,
            _VALUE,
            labels.SCORE,
            labels.LOST,
            labels.STATUS,
            labels.REASON,
            _CELL,
        ],
    )
    rows, end = _plan(scores, member, first)
    for node in tree.nodes:
        if isinstance(node, Group):
            _group(page, rows, scores, member, node)
        else:
            _indicator(page, rows[node.code], scores, member, node)
    _totals(page, end, rows, scores, member)
    finish(page, header=header, end=end + 2, frozen_columns=2)
    sheet = page.sheet.get_name()
    return Ledger(
        {code: f"'{sheet}'!{address(row, _POINTS)}" for code, row in rows.items()},
        {code: f"'{sheet}'!{address(row, _SCORES)}" for code, row in rows.items()},
        f"'{sheet}'!{address(end, _POINTS)}",
        f"'{sheet}'!{address(end, _SCORES)}",
        f"'{sheet}'!{address(end + 1, _SCORES)}",
    )


def _shown(scores: Scores, member: int, indicator: Indicator) -> list[Field]:
    """Fields to list: all that are asked of the unit but a substitute rate that was not needed."""
    if not scores.tree.is_applicable(indicator, scores.units[member].type):
        return []
    submission = scores.submissions[member]
    given = submission.answers if submission else {}
    return [
        field
        for field in indicator.fields
        if not field.substitute
        or (field_key(indicator, field) in given and given[field_key(indicator, field)].value is not None)
    ]


def _plan(scores: Scores, member: int, first: int) -> tuple[dict[str, int], int]:
    """The first row of each node, and the row after the last: a group takes one, an indicator one a field."""
    rows: dict[str, int] = {}
    at = first
    for node in scores.tree.nodes:
        rows[node.code] = at
        at += max(len(_shown(scores, member, node)), 1) if isinstance(node, Indicator) else 1
    return rows, at


def _group(page: Page, rows: Mapping[str, int], scores: Scores, member: int, group: Group) -> None:
    tree, row = scores.tree, rows[group.code]
    column = scores.node_column[group.code]
    is_top = tree.depths[group.code] == 1
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL if is_top else look.BAND_FILL}
    for blank in range(len(page.widths)):
        page.put(row, blank, None, look.TEXT, **band)
    page.put(row, 0, group.code, look.CENTRED, **band)
    page.put(row, 1, group.title, look.TEXT, **band)
    points, score = float(scores.points[member, column]), float(scores.scores[member, column])
    points_sum = formulas.total_of([address(rows[child.code], _POINTS) for child in group.children])
    score_cells = [address(rows[child.code], _SCORES) for child in group.children]
    score_sum = formulas.total_of(score_cells)
    if tree.policies.not_applicable is Rescale.PARENT:
        whole = number(printed_points(group.children))
        score_sum = f"IF({points_sum}=0,0,({score_sum})*{whole}/({points_sum}))"
        points_sum = f"IF({points_sum}=0,0,{whole})"
    if tree.policies.round_group is not None:
        score_sum = f"ROUND({score_sum},{tree.policies.round_group})"
    page.formula(row, _POINTS, f"={points_sum}", points, look.POINTS, num_format="0.0#", **band)
    counted = "+".join(f"COUNT({cell})" for cell in score_cells) if len(score_cells) < 30 else ""
    score_formula = f'=IF({counted}=0,"",{score_sum})' if counted else f"={score_sum}"
    page.formula(row, _SCORES, score_formula, score, look.POINTS, **band)
    _lost(page, row, row, points, score, **band)
    page.height(row, [(group.title, page.widths[1])], least=20)


def _lost(page: Page, row: int, last: int, points: float, score: float, **changes: object) -> None:
    worth, got = address(row, _POINTS), address(row, _SCORES)
    lost = points - (0.0 if math.isnan(score) else score)
    formula = f'=IF(ISNUMBER({worth}),{worth}-N({got}),"")'
    page.formula_down(row, last, _LOST, formula, lost, look.POINTS, **changes)


def _indicator(page: Page, row: int, scores: Scores, member: int, indicator: Indicator) -> None:
    shown = _shown(scores, member, indicator)
    status = Status(int(scores.status[member, scores.node_column[indicator.code]]))
    reason = explanation.reason(scores, member, indicator.code)
    why = page.say(reason) if reason is not None else ""
    last = row + max(len(shown), 1) - 1
    page.down(row, last, 0, indicator.code, look.CENTRED)
    page.down(row, last, 1, indicator.title, look.TEXT)
    page.down(row, last, 9, explanation.STATUS[status], look.CENTRED)
    page.down(row, last, 10, why, look.TEXT, font_size=9, indent=1)
    cells = _answers(page, row, scores, member, indicator, shown)
    _figures(page, row, last, scores, member, indicator, cells)
    lines = last - row + 1
    for i in range(lines):
        name = shown[i].name if shown else ""
        state = page.say(explanation.STATUS[status])
        long = [(indicator.title, page.widths[1]), (why, (page.widths[10] - 1) * SMALL), (state, page.widths[9])]
        needed = max(look.row_height([text]) for text in long) / lines
        page.sheet.set_row(row + i, max(needed, look.row_height([(name, page.widths[3])])))


def _answers(
    page: Page, row: int, scores: Scores, member: int, indicator: Indicator, shown: Sequence[Field]
) -> dict[str, str]:
    """What was filled in, a row a field; gives the address of each field's answer."""
    submission = scores.submissions[member]
    cells: dict[str, str] = {}
    for i, field in enumerate(shown):
        key = field_key(indicator, field)
        answer = submission.answers.get(key) if submission else None
        given = float(answer.value) if answer is not None and isinstance(answer.value, (int, float)) else math.nan
        content = figures.answer_content(field, answer, given)
        style = figures.style_of(field.type, page.lang)
        is_number = isinstance(content, (int, float))
        page.put(row + i, 3, field.name, look.TEXT, indent=1)
        page.put(row + i, _ANSWERS, content, style if is_number else look.CENTRED, bg_color=look.INPUT_FILL)
        page.put(row + i, 5, field.measured_in, look.CENTRED)
        page.put(row + i, 11, answer.place.cell if answer is not None else "", look.CENTRED, font_size=9)
        cells[field.code] = address(row + i, _ANSWERS)
    if not shown:
        for column in (3, _ANSWERS, 5, 11):
            page.put(row, column, None, look.TEXT)
    return cells


def _figures(
    page: Page, row: int, last: int, scores: Scores, member: int, indicator: Indicator, cells: Mapping[str, str]
) -> None:
    """Points, value, score and lost of one indicator: live where the card can say them."""
    column = scores.node_column[indicator.code]
    status = Status(int(scores.status[member, column]))
    points, score = float(scores.points[member, column]), float(scores.scores[member, column])
    if status is not Status.SCORED and points == 0:  # it left the denominator
        points = math.nan
    value = float(scores.values[member, scores.indicator_column[indicator.code]])
    content = figures.content_of(value, figures.value_field(indicator))
    style = figures.style_of(figures.value_type(indicator), page.lang)
    decimals = points_format(scores.tree.policies.round_indicator)
    live = None
    if _is_open(scores, member, indicator, status):
        year, policies = int(scores.years[member]), scores.tree.policies
        live = formulas.live(indicator, policies, status, cells, address(row, _VALUES), year)
    bold: dict[str, object] = {"num_format": decimals, "bold": True}
    if live is None:
        page.down(row, last, _POINTS, points, look.POINTS, num_format="0.0#")
        page.down(row, last, _VALUES, content, style)
        page.down(row, last, _SCORES, score, look.POINTS, **bold)
    else:
        page.formula_down(row, last, _POINTS, f"={live.points}", points, look.POINTS, num_format="0.0#")
        if live.value:
            stored = value if content is None or isinstance(content, (int, float)) else page.say(content)
            page.formula_down(row, last, _VALUES, f"={live.value}", stored, style)
        else:
            page.down(row, last, _VALUES, content, style)
        page.formula_down(row, last, _SCORES, f"={live.score}", score, look.POINTS, **bold)
    _lost(page, row, last, points, score)


def _is_open(scores: Scores, member: int, indicator: Indicator, status: Status) -> bool:
    """May the unit's own figures decide the score? Not where the indicator does not apply, or nothing is scored."""
    if math.isnan(scores.total[member]):
        return False
    if status is not Status.NOT_APPLICABLE:
        return True
    by_zero = bool(scores.by_zero[member, scores.indicator_column[indicator.code]])
    return by_zero and scores.tree.is_applicable(indicator, scores.units[member].type)


def _totals(page: Page, row: int, rows: Mapping[str, int], scores: Scores, member: int) -> None:
    """Before conversion, and on the tree's own scale."""
    tree = scores.tree
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL}
    for at, label in ((row, _RAW), (row + 1, _TOTAL(points=tree.points))):
        for blank in range(len(page.widths)):
            page.put(at, blank, None, look.TEXT, **band)
        page.span(at, 0, 1, label, look.CENTRED, **band)
        page.sheet.set_row(at, 24)
    raw, worth = float(scores.raw_total[member]), float(scores.raw_points[member])
    points_sum = formulas.total_of([address(rows[child.code], _POINTS) for child in tree.children])
    score_sum = formulas.total_of([address(rows[child.code], _SCORES) for child in tree.children])
    if math.isnan(raw):  # not scored: there is nothing to add up
        return
    page.formula(row, _POINTS, f"={points_sum}", worth, look.POINTS, num_format="0.0#", **band)
    page.formula(row, _SCORES, f"={score_sum}", raw, look.POINTS, **band)
    _lost(page, row, row, worth, raw, **band)
    points_at, raw_at = address(row, _POINTS), address(row, _SCORES)
    total = raw_at
    if tree.policies.not_applicable is not Rescale.NONE:
        total = f"{raw_at}*{number(printed_points(tree.children))}/{points_at}"
    if tree.policies.round_total is not None:
        total = f"ROUND({total},{tree.policies.round_total})"
    whole = printed_points(tree.children) if tree.policies.not_applicable is not Rescale.NONE else worth
    page.put(row + 1, _POINTS, whole, look.POINTS, num_format="0.0#", **band)
    decimals = points_format(tree.policies.round_total)
    formula = f'=IF(N({points_at})=0,"",{total})'
    page.formula(row + 1, _SCORES, formula, float(scores.total[member]), look.POINTS, num_format=decimals, **band)


def printed_points(nodes: tuple[Node, ...]) -> float:
    """The points of the leaves below, as the scheme prints them: what a converted score is out of."""
    return float(sum(n.points if isinstance(n, Indicator) else printed_points(n.children) for n in nodes))

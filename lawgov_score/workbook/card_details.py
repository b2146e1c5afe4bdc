"""The sheet 明细 of a unit's card: every indicator in printed order with the figures filled in, and live sums.

One row a field, so that every figure stands in a cell of its own: the unit may change one and see what
its score would come to.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score import explanation
from lawgov_score.content import labels
from lawgov_score.model import Group, Indicator, Scores, Status
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import figures, formulas, look
from lawgov_score.workbook.card_lines import Line, is_live, lines_of, marks_range
from lawgov_score.workbook.card_sheet import (
    ANSWERS,
    POINTS,
    REASONS,
    SCORES,
    VALUES,
    CardSheet,
    aggregate_cells,
    lost_cell,
)
from lawgov_score.workbook.card_totals import write_totals
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, address, finish, letter_format, open_page
from lawgov_score.workbook.way_formulas import up

NAME = Words("明细", "Details")
_FIELD = Words("填报项", "Asked")
_ANSWER = Words("填报值", "Answer")
_MEASURED_IN = Words("计量单位", "Unit of measure")
_VALUE = Words("指标值", "Value")
_CELL = Words("来源", "Source")
_WIDTHS = [8, 30, 6.5, 24, 13, 8.5, 10, 8, 8, 9, 38, 8]


_CHANGED = Words("复核改分", "changed on review")
_STATED = Words("（此处得分不是公式）", "(stated, no formula)")


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
    lines, rows, end = _plan(scores, member, first, lang)
    sheet = CardSheet(page, scores, member, rows, lines, explanation.signs(scores.tree))
    for code in rows:
        node = scores.tree.by_code[code]
        if isinstance(node, Group):
            _group(sheet, node)
        else:
            _indicator(sheet, node)
    raw, last = write_totals(sheet, end)
    finish(page, header=header, end=last + 1, frozen_columns=2)
    name = page.sheet.get_name()
    return Ledger(
        {code: f"'{name}'!{address(row, POINTS)}" for code, row in rows.items()},
        {code: f"'{name}'!{address(row, SCORES)}" for code, row in rows.items()},
        f"'{name}'!{address(raw, POINTS)}",
        f"'{name}'!{address(raw, SCORES)}",
        f"'{name}'!{address(last, SCORES)}",
    )


def _plan(
    scores: Scores, member: int, first: int, lang: Language
) -> tuple[dict[str, Sequence[Line]], dict[str, int], int]:
    """Lines of each indicator, the first row of each node, the row after the last: one a group, one a line.

    Parallel trees of other types of unit, and repetitions that the unit does not have, are not on its card.
    """
    lines: dict[str, Sequence[Line]] = {}
    rows: dict[str, int] = {}
    at = first
    for node in labels.nodes_of(scores, member):
        rows[node.code] = at
        if isinstance(node, Indicator):
            lines[node.code] = lines_of(scores, member, node, lang)
            at += max(len(lines[node.code]), 1)
        else:
            at += 1
    return lines, rows, at


def _group(sheet: CardSheet, group: Group) -> None:
    page, scores = sheet.page, sheet.scores
    tree, row = scores.tree, sheet.rows[group.code]
    is_top = tree.depths[group.code] == 1
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL if is_top else look.BAND_FILL}
    for blank in range(len(page.widths)):
        page.put(row, blank, None, look.TEXT, **band)
    page.put(row, 0, group.code, look.CENTRED, **band)
    page.put(row, 1, group.title, look.TEXT, **band)
    points, score = sheet.number(scores.points, group.code), sheet.number(scores.scores, group.code)
    why = explanation.rise(scores, sheet.member, group) or explanation.reason(scores, sheet.member, group.code)
    if zero := explanation.zeroed(scores, sheet.member, group):
        why = zero
    said = page.say(why) if why is not None else ""
    made = None
    if not any(veto.node_zero == group.code for veto in tree.vetoes):
        made = up(tree, group, sheet.places(row))
    letter = letter_format(tree, score, 2)
    if made is None:
        page.put(row, POINTS, points, look.POINTS, **{**band, "num_format": "0.0#"})
        page.put(row, SCORES, score, look.POINTS, **{**band, "num_format": letter})
        if explanation.has_own_way(group) and said:
            said += page.say(_STATED)
    else:
        page.formula(row, POINTS, f"={made.points}", points, look.POINTS, **{**band, "num_format": "0.0#"})
        aggregate_cells(sheet, row, group, made, band)
        page.formula(row, SCORES, f"={made.score}", score, look.POINTS, **{**band, "num_format": letter})
    lost_cell(sheet, row, row, group.code, points, score, **band)
    plain: dict[str, object] = {**band, "bold": False, "font_size": 9, "indent": 1}
    page.put(row, REASONS, said, look.TEXT, **plain)
    page.height(
        row,
        [(group.title, page.widths[1]), (said, (page.widths[REASONS] - 1) * SMALL)],
        least=20,
    )


def _indicator(sheet: CardSheet, indicator: Indicator) -> None:
    page, scores, member = sheet.page, sheet.scores, sheet.member
    row, shown, status = sheet.rows[indicator.code], sheet.lines[indicator.code], sheet.status(indicator.code)
    reason = explanation.reason(scores, member, indicator.code)
    why = page.say(reason) if reason is not None else ""
    last = row + max(len(shown), 1) - 1
    is_changed = explanation.change_of(scores, member, indicator) is not None
    state = page.say(_CHANGED if is_changed else explanation.STATUS[status])
    mark: dict[str, object] = {"bold": True, "bg_color": look.CHANGED_FILL} if is_changed else {}
    page.down(row, last, 0, indicator.code, look.CENTRED)
    page.down(row, last, 1, indicator.title, look.TEXT)
    page.down(row, last, 9, state, look.CENTRED, **mark)
    page.down(row, last, REASONS, why, look.TEXT, font_size=9, indent=1)
    cells = _write_lines(sheet, row, shown)
    _figures(sheet, row, last, indicator, cells, mark)
    lines = last - row + 1
    for i in range(lines):
        name = page.say(shown[i].label) if shown else ""
        long = [(indicator.title, page.widths[1]), (why, (page.widths[REASONS] - 1) * SMALL), (state, page.widths[9])]
        needed = max(look.row_height([text]) for text in long) / lines
        page.sheet.set_row(row + i, max(needed, look.row_height([(name, page.widths[3])])))


def _write_lines(sheet: CardSheet, row: int, shown: Sequence[Line]) -> dict[str, str]:
    """What the indicator rests on, a row a figure; gives the address of each by its name."""
    page, cells = sheet.page, {}
    for i, line in enumerate(shown):
        at = row + i
        fill: dict[str, object] = {"bg_color": look.INPUT_FILL} if line.is_open else {}
        page.put(at, 3, line.label, look.TEXT, indent=1)
        code = line.name[7:-2] if line.name.startswith('score("') else ""
        if code in sheet.rows and isinstance(line.content, float):
            page.formula(at, ANSWERS, f"={address(sheet.rows[code], SCORES)}", line.content, line.style)
        else:
            page.put(at, ANSWERS, line.content, line.style, **fill)
        page.put(at, 5, line.measured_in, look.CENTRED)
        page.put(at, 11, line.place.cell if line.place is not None else "", look.CENTRED, font_size=9)
        cells[line.name] = address(at, ANSWERS)
    if not shown:
        for column in (3, ANSWERS, 5, 11):
            page.put(row, column, None, look.TEXT)
    return cells


def _figures(
    sheet: CardSheet, row: int, last: int, indicator: Indicator, cells: Mapping[str, str], mark: Mapping[str, object]
) -> None:
    """Points, value, score and lost of one indicator: live where the card can say them."""
    page, scores, member, tree = sheet.page, sheet.scores, sheet.member, sheet.scores.tree
    status = sheet.status(indicator.code)
    points, score = sheet.number(scores.points, indicator.code), sheet.number(scores.scores, indicator.code)
    if status is not Status.SCORED and points == 0:  # it left the denominator
        points = math.nan
    value = float(scores.values[member, scores.indicator_column[indicator.code]])
    content = figures.content_of(value, figures.value_field(indicator))
    style = figures.style_of(figures.value_type(indicator), page.lang)
    decimals = tree.policies.round_indicator if indicator.rounding is None else indicator.rounding
    live = None
    if is_live(scores, member, indicator, status):
        above = tree.ancestors(indicator.code)
        own = above[-1].missing if above and isinstance(above[-1], Group) else None
        live = formulas.live(
            indicator,
            tree.policies,
            own or tree.policies.missing,
            status,
            cells,
            address(row, VALUES),
            int(scores.years[member]),
            marks_range(cells),
        )
    bold: dict[str, object] = {"num_format": letter_format(tree, score, decimals), "bold": True, **mark}
    if live is None:
        page.down(row, last, POINTS, points, look.POINTS, num_format="0.0#")
        page.down(row, last, VALUES, content, style)
        page.down(row, last, SCORES, score, look.POINTS, **bold)
    else:
        page.formula_down(row, last, POINTS, f"={live.points}", points, look.POINTS, num_format="0.0#")
        if live.value:
            stored = value if content is None or isinstance(content, (int, float)) else page.say(content)
            page.formula_down(row, last, VALUES, f"={live.value}", stored, style)
        else:
            page.down(row, last, VALUES, content, style)
        page.formula_down(row, last, SCORES, f"={live.score}", score, look.POINTS, **bold)
    lost_cell(sheet, row, last, indicator.code, points, score)

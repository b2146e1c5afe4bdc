"""The last rows of a card's details: sum before conversion, adjustments line by line, total."""

import math
from collections.abc import Mapping

from lawgov_score.cell_addresses import address
from lawgov_score.content import labels
from lawgov_score.explanation import adjustments, group_working
from lawgov_score.model import FLOOR, INSIDE, Rescale
from lawgov_score.rules.cells import rounded
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.card import cells as live_cells
from lawgov_score.workbook.card.sheet import POINTS, REASONS, SCORES, VALUES, CardSheet, aggregate_cells, lost_cell
from lawgov_score.workbook.formulas.total import converted_total, is_there, is_unrounded_needed
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import SMALL, Page, letter_format

_RAW = Words("折算前合计", "Total before conversion")
_COMBINED = Words("各部分汇总", "All parts together")
_TOTAL = Words("得分（折算到满分 {points}）", "Score (on a scale of {points})")
_PLAIN_TOTAL = Words("得分（满分 {points}）", "Score (of {points})")
_BEFORE = Words("调整前得分（满分 {points}）", "Score before adjustments (of {points})")


def write_totals(sheet: CardSheet, row: int) -> tuple[int, int]:
    """Writes the sum before conversion, the adjustments, and the total: gives the first row and the last."""
    page, scores, member, tree = sheet.page, sheet.scores, sheet.member, sheet.scores.tree
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL}
    adjusted = scores.adjusted[member]
    last = row + 1 + (len(adjusted) + 1 if adjusted else 0)
    scale = tree.scale_of(scores.units[member].type)
    is_converted = tree.is_converted
    wordings: dict[int, Text] = {
        row: _RAW if is_converted else _COMBINED,
        last: (_TOTAL if is_converted else _PLAIN_TOTAL)(points=scale),
    }
    if adjusted:
        wordings[row + 1] = _BEFORE(points=scale)
    for at, label in wordings.items():
        for blank in range(len(page.widths)):
            page.put(at, blank, None, look.TEXT, **band)
        page.span(at, 0, 1, label, look.CENTRED, **band)
        page.tall(at, 24)
    page.flow.together(row, last)
    raw, worth = float(scores.raw_total[member]), float(scores.raw_points[member])
    if math.isnan(raw):  # not scored: nothing to add up
        return row, last
    made = live_cells.of_holder(sheet, row, tree)
    if made is None:
        page.put(row, POINTS, worth, look.POINTS, **{**band, "num_format": "0.0#"})
        page.put(row, SCORES, raw, look.POINTS, **band)
    else:
        page.formula(row, POINTS, f"={made.points}", worth, look.POINTS, num_format="0.0#", **band)
        aggregate_cells(sheet, row, tree, made, band)
        page.formula(row, SCORES, f"={made.score}", raw, look.POINTS, **band)
    lost_cell(sheet, row, row, "", worth, raw, **band)
    why = group_working.how_it_came(scores, member, tree)
    if why is not None:
        text = page.say(why)
        page.put(row, REASONS, text, look.TEXT, **{**band, "bold": False, "font_size": 9})
        page.height(row, [(text, (page.widths[REASONS] - 1) * SMALL)], least=24)
    points_at, raw_at = address(row, POINTS), address(row, SCORES)
    converted = converted_total(tree, points_at, raw_at, sheet.cohort.whole.get(("aggregate", tree.code), ""))
    whole = worth if tree.policies.not_applicable is Rescale.NONE and not tree.is_converted else scale
    page.put(last, POINTS, whole, look.POINTS, num_format="0.0#", **band)
    form = letter_format(scores.letter_of_total(member), tree.policies.total_decimals)
    total: dict[str, object] = {"num_format": form, **band}
    if adjusted:
        before = float(scores.converted[member])
        page.put(row + 1, POINTS, whole, look.POINTS, num_format="0.0#", **band)
        _total_cell(page, row + 1, converted, before, (points_at, raw_at), {**band, "num_format": "0.00####"})
        _adjustments(sheet, row + 2)
        converted = f"{address(row + 1, SCORES)}+SUM({address(row + 2, SCORES)}:{address(last - 1, SCORES)})"
    if converted is not None and tree.policies.total_rounding is not None:
        if is_unrounded_needed(tree):
            full = f'IF({is_there(points_at, raw_at)},{converted},"")'
            page.formula(last, VALUES, f"={full}", float(scores.full_total[member]), look.POINTS, **band)
        converted = rounded(converted, tree.policies.total_rounding)
    _total_cell(page, last, converted, float(scores.total[member]), (points_at, raw_at), total)
    return row, last


def _total_cell(
    page: Page, row: int, formula: str | None, value: float, cells: tuple[str, str], style: Mapping[str, object]
) -> None:
    """``cells``: of the applicable points and of the sum before conversion; if either is absent there is no total."""
    if formula is None:
        page.put(row, SCORES, value, look.POINTS, **style)
    else:
        page.formula(row, SCORES, f'=IF({is_there(*cells)},{formula},"")', value, look.POINTS, **style)


def _adjustments(sheet: CardSheet, row: int) -> None:
    """Writes a row for each kind of the register, veto or limit: its effect in points, and its matters."""
    page, scores, member = sheet.page, sheet.scores, sheet.member
    for at, adjustment in enumerate(scores.adjusted[member], start=row):
        text = page.say(adjustments.adjustment_phrase(scores, member, adjustment))
        for blank in range(len(page.widths)):
            page.put(at, blank, None, look.TEXT)
        page.put(at, 0, adjustment.kind if adjustment.kind not in {INSIDE, FLOOR} else "", look.CENTRED)
        page.put(at, 1, labels.kind_title(scores.tree, adjustment.kind), look.TEXT)
        page.span(at, 2, SCORES - 1, text, look.TEXT, font_size=9)
        page.put(at, SCORES, adjustment.points, look.POINTS, num_format="+0.00##;−0.00##;0.00", bold=True)
        page.height(at, [(text, sum(page.widths[2:SCORES]) * SMALL)], least=20)

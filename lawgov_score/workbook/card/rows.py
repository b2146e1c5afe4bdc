"""The rows of a card's details: one per group, one per figure of an indicator, each score with a note beside it."""

import math
from collections.abc import Mapping, Sequence

from lawgov_score.cell_addresses import address
from lawgov_score.content import card, labels, score_notes
from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation import group_working, reasons
from lawgov_score.explanation.evidence import Standing
from lawgov_score.model import Group, Indicator, Status
from lawgov_score.wording import Words
from lawgov_score.workbook.card import cells as live_cells
from lawgov_score.workbook.card.sheet import (
    ANSWERS,
    CODES,
    EVIDENCE,
    FIELDS,
    MEASURED_IN,
    POINTS,
    REASONS,
    SCORES,
    SOURCES,
    STATES,
    TITLES,
    VALUES,
    CardSheet,
    aggregate_cells,
    lost_cell,
    rate_cell,
)
from lawgov_score.workbook.formulas.builder import statistic
from lawgov_score.workbook.formulas.lines import NONE, Line, is_live
from lawgov_score.workbook.writing import figures, look
from lawgov_score.workbook.writing.page import SMALL, letter_format, taken_format, worth_format

_BLANK_AT_GROUPS = (FIELDS, ANSWERS, MEASURED_IN, VALUES, EVIDENCE, STATES, SOURCES)  # mostly
_LONG = 12  # most figures of an indicator kept on one page
_STATED = Words("（此处得分不是公式）", "(stated, no formula)")


def write_group(sheet: CardSheet, group: Group) -> None:
    """Writes the row of a group: its points and score as formulas over those of its parts."""
    page, scores = sheet.page, sheet.scores
    tree, row = scores.tree, sheet.rows[group.code]
    is_top = tree.depths[group.code] == 1
    band: dict[str, object] = {"bold": True, "bg_color": look.HEADER_FILL if is_top else look.BAND_FILL}
    for blank in _BLANK_AT_GROUPS:
        page.put(row, blank, None, look.TEXT, **band)
    page.put(row, CODES, group.code, look.CENTRED, **band)
    page.put(row, TITLES, labels.titled(group), look.TEXT, **band)
    points, score = sheet.number(scores.points, group.code), sheet.number(scores.scores, group.code)
    why = group_working.how_it_came(scores, sheet.member, group) or reasons.reason(scores, sheet.member, group.code)
    if zero := reasons.zeroed(scores, sheet.member, group):
        why = zero
    reason_text = page.say(why) if why is not None else ""
    made = live_cells.of_holder(sheet, row, group)
    off = tree.is_taken_off(group)
    letter = taken_format(page.lang, 2) if off else letter_format(tree.letter(score), 2)
    worth = worth_format(page.lang, is_taken_off=off)
    if made is None:
        page.put(row, POINTS, points, look.POINTS, **{**band, "num_format": worth})
        page.put(row, SCORES, score, look.POINTS, **{**band, "num_format": letter})
        if tree.has_own_way(group.code) and reason_text:
            reason_text += page.say(_STATED)
    else:
        page.formula(row, POINTS, f"={made.points}", points, look.POINTS, **{**band, "num_format": worth})
        aggregate_cells(sheet, row, group, made, band)
        page.formula(row, SCORES, f"={made.score}", score, look.POINTS, **{**band, "num_format": letter})
    lost_cell(sheet, row, row, group.code, points, score, **band)
    rate_cell(sheet, row, row, group.code, points, score, **band)
    way = sheet.batch.ways[tree.types][group.code]
    page.note(row, SCORES, score_notes.group_note(scores, sheet.member, group, way, page.lang))
    page.flow.kept.add(row)
    plain: dict[str, object] = {**band, "bold": False, "font_size": 9, "indent": 1}
    page.put(row, REASONS, reason_text, look.TEXT, **plain)
    page.height(
        row,
        [(labels.titled(group), page.widths[TITLES]), (reason_text, (page.widths[REASONS] - 1) * SMALL)],
        least=20,
    )


def write_indicator(sheet: CardSheet, indicator: Indicator) -> None:
    """Writes the rows of an indicator: one per figure, and the resulting value and score."""
    page, scores, member = sheet.page, sheet.scores, sheet.member
    row, shown, status = sheet.rows[indicator.code], sheet.lines[indicator.code], sheet.status(indicator.code)
    reason = reasons.reason(scores, member, indicator.code)
    why = page.say(reason) if reason is not None else ""
    last = row + max(len(shown), 1) - 1
    change = reasons.change_of(scores, member, indicator)
    is_changed = change is not None
    state = page.say(labels.changed(change) if change is not None else figures_words.STATUS[status])
    mark: dict[str, object] = {"bold": True, "bg_color": look.CHANGED_FILL} if is_changed else {}
    page.down(row, last, CODES, indicator.code, look.CENTRED)
    page.down(row, last, TITLES, labels.titled(indicator), look.TEXT)
    _evidence(sheet, row, last, indicator)
    page.down(row, last, STATES, state, look.CENTRED, **mark)
    page.down(row, last, REASONS, why, look.TEXT, font_size=9, indent=1)
    cells = _write_lines(sheet, row, indicator, shown)
    _figures(sheet, row, last, indicator, cells, mark)
    standard = sheet.batch.standards[scores.tree.types][indicator.code]
    evidence = sheet.evidence[indicator.code]
    note = score_notes.indicator_note(scores, member, indicator, standard, why, evidence, page.lang)
    page.note(row, SCORES, note)
    long = [
        (page.say(labels.titled(indicator)), page.widths[TITLES]),
        (why, (page.widths[REASONS] - 1) * SMALL),
        (state, page.widths[STATES]),
    ]
    needed = look.row_height(long) / (last - row + 1)
    if last - row < _LONG:
        page.flow.together(row, last)
    for at in range(row, last + 1):
        name = page.say(shown[at - row].label) if shown else ""
        page.tall(at, max(needed, look.row_height([(name, page.widths[FIELDS])])))


def _evidence(sheet: CardSheet, row: int, last: int, indicator: Indicator) -> None:
    """Writes the share of listed evidence that was named; in words if none was, or if it is unknown."""
    evidence = sheet.evidence[indicator.code]
    match evidence.standing:
        case Standing.FULL | Standing.PART:
            sheet.page.down(row, last, EVIDENCE, evidence.sufficiency, look.PERCENT, num_format="0%")
        case Standing.NONE:
            sheet.page.down(row, last, EVIDENCE, card.NOT_PROVIDED, look.CENTRED)
        case Standing.UNKNOWN:
            sheet.page.down(row, last, EVIDENCE, card.NOT_KNOWN, look.CENTRED)
        case Standing.UNANSWERED | Standing.NOT_ASKED:
            sheet.page.down(row, last, EVIDENCE, None, look.CENTRED)


def _write_lines(sheet: CardSheet, row: int, indicator: Indicator, shown: Sequence[Line]) -> dict[str, int]:
    """Writes the figures that the indicator depends on, one per row; gives the row of each by its name."""
    page, cells = sheet.page, {}
    for i, line in enumerate(shown):
        at = row + i
        fill: dict[str, object] = {"bg_color": look.INPUT_FILL} if line.is_open else {}
        page.put(at, FIELDS, line.label, look.TEXT, indent=1)
        code = line.name[7:-2] if line.name.startswith('score("') else ""
        if code in sheet.rows and isinstance(line.content, float):
            page.formula(at, ANSWERS, f"={address(sheet.rows[code], SCORES)}", line.content, line.style)
        elif compared := statistic(sheet.cohort.whole, indicator, line.name, page.say(NONE)):
            stored = line.content if isinstance(line.content, float) else page.say(NONE)
            page.formula(at, ANSWERS, f"={compared}", stored, line.style)
        elif line.shared and (first := sheet.shared[line.shared]) != at:
            cell = address(first, ANSWERS)
            content = line.content
            stored = float(content) if isinstance(content, (int, float)) else page.say(content or "")
            page.formula(at, ANSWERS, f'=IF({cell}="","",{cell})', stored, line.style)
        else:
            page.put(at, ANSWERS, line.content, line.style, **fill)
        page.put(at, MEASURED_IN, line.measured_in, look.CENTRED)
        page.put(at, SOURCES, _source(sheet, line), look.CENTRED, font_size=9)
        cells[line.name] = at
    if not shown:
        for column in (FIELDS, ANSWERS, MEASURED_IN, SOURCES):
            page.put(row, column, None, look.TEXT)
    return cells


def _source(sheet: CardSheet, line: Line) -> str:
    """The cell of the unit's own workbook; nothing where the office's file or a table has it."""
    submission, place = sheet.scores.submissions[sheet.member], line.place
    if submission is None or place is None or not submission.own_file or place.path != submission.path:
        return ""
    return place.cell


def _figures(
    sheet: CardSheet, row: int, last: int, indicator: Indicator, cells: Mapping[str, int], mark: Mapping[str, object]
) -> None:
    """Writes points, value, score and lost points of one indicator, as formulas where possible."""
    page, scores, member, tree = sheet.page, sheet.scores, sheet.member, sheet.scores.tree
    status = sheet.status(indicator.code)
    points, score = sheet.number(scores.points, indicator.code), sheet.number(scores.scores, indicator.code)
    if status is not Status.SCORED and points == 0:  # not in the denominator
        points = math.nan
    value = scores.value_at(member, indicator.code)
    content = figures.content_of(value, figures.value_field(indicator))
    style = figures.style_of(figures.value_type(indicator), page.lang)
    decimals = tree.decimals_of(indicator)
    live = None
    if is_live(scores, member, indicator, status, bool(sheet.cohort.columns)):
        live = live_cells.of_indicator(sheet, row, indicator, cells)
    form, worth = letter_format(tree.letter(score), decimals), worth_format(page.lang, is_taken_off=False)
    if tree.is_taken_off(indicator):
        form, worth = taken_format(page.lang, decimals), worth_format(page.lang, is_taken_off=True)
    bold: dict[str, object] = {"num_format": form, "bold": True, **mark}
    if live is None:
        page.down(row, last, POINTS, points, look.POINTS, num_format=worth)
        page.down(row, last, VALUES, content, style)
        page.down(row, last, SCORES, score, look.POINTS, **bold)
    else:
        page.formula_down(row, last, POINTS, f"={live.points}", points, look.POINTS, num_format=worth)
        if live.value:
            stored = value if content is None or isinstance(content, (int, float)) else page.say(content)
            page.formula_down(row, last, VALUES, f"={live.value}", stored, style)
        else:
            page.down(row, last, VALUES, content, style)
        page.formula_down(row, last, SCORES, f"={live.score}", score, look.POINTS, **bold)
    lost_cell(sheet, row, last, indicator.code, points, score)
    rate_cell(sheet, row, last, indicator.code, points, score)

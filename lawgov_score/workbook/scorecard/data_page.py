"""A sheet for formulas rather than readers, with one row per unit and many columns: headings, units, print set-up."""

import itertools
from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import labels
from lawgov_score.report import render
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.scorecard.plan import FIRST, UNIT_COLUMNS, LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, open_page, pixels_of
from lawgov_score.workbook.writing.paper import Flow, page_breaks, room_across

_WIDE = 11.0  # width of a column of figures
_SCALE = 60  # print scale in per cent
_MOST_BREAKS = 1000  # a sheet holds 1,026
Heading = tuple[Text, Text]  # the subject, and which figure of it


def open_data_page(
    book: xlsxwriter.Workbook, formats: Formats, plan: LivePlan, name: Words, note: Text, headings: Sequence[Heading]
) -> Page:
    """Opens the sheet with its headings and its first columns, ready for the figures."""
    scores, lang = plan.scores, plan.lang
    names = look.column_width((unit.name for unit in scores.units), least=14, most=26)
    cohorts = look.column_width((labels.cohort(scores, member, lang) for member in plan.order), least=10, most=18)
    page = open_page(book, formats, name, lang, [cohorts, names, 11, *[_WIDE] * len(headings)])
    breaks = _column_breaks(page, headings)
    # Beside the units, not over them: the units are printed on every page.
    until = min(page.last, UNIT_COLUMNS + 11, *(column - 1 for column in breaks[:1]))
    page.span(0, UNIT_COLUMNS, until, note, look.NOTE)
    page.height(0, [(note, sum(page.widths[UNIT_COLUMNS : until + 1]))], 9)
    for column, label in enumerate((labels.COHORT, labels.UNIT, labels.UNIT_CODE)):
        page.put(1, column, None, look.HEADER)
        page.put(2, column, label, look.HEADER)
    titles: list[tuple[Text, float]] = []
    for title, together in itertools.groupby(enumerate(headings, UNIT_COLUMNS), key=lambda pair: pair[1][0]):
        columns = [column for column, _ in together]
        page.span(1, columns[0], columns[-1], title, look.HEADER, font_size=9)
        titles.append((title, _WIDE * len(columns)))
    for i, (_, what) in enumerate(headings):
        page.put(2, UNIT_COLUMNS + i, what, look.HEADER, font_size=9)
    page.height(1, titles, 9, least=24)
    page.height(2, [(render(what, lang), _WIDE) for _, what in headings], 9, least=24)
    for member in plan.order:
        unit, row = scores.units[member], plan.rows[member]
        for column, text in enumerate((labels.cohort(scores, member, lang), unit.name, unit.code)):
            page.put(row, column, text, look.TEXT)
        set_height(page, plan, member)
    page.sheet.freeze_panes(FIRST, UNIT_COLUMNS)
    page.sheet.set_print_scale(_SCALE)  # too wide for one page: the units are repeated on each
    page.sheet.set_v_pagebreaks(breaks)
    page.sheet.repeat_rows(1, FIRST - 1)
    page.sheet.repeat_columns(0, UNIT_COLUMNS - 1)
    page.sheet.print_across()
    return page


def _column_breaks(page: Page, headings: Sequence[Heading]) -> list[int]:
    """The columns that begin a printed page, so that the columns under one heading stay together."""
    same = itertools.pairwise(title for title, _ in headings)
    flow = Flow(kept={column for column, (one, other) in enumerate(same, UNIT_COLUMNS) if one == other})
    pixels = [float(pixels_of(wide)) for wide in page.widths]
    room = room_across(page.paper, _SCALE, landscape=page.landscape)
    return page_breaks(pixels, flow, room, (0, UNIT_COLUMNS - 1))[:_MOST_BREAKS]


def set_height(page: Page, plan: LivePlan, member: int, texts: Sequence[str] = ()) -> None:
    """Makes the unit's row tall enough for its name and for ``texts`` among its figures."""
    unit = plan.scores.units[member]
    own = (labels.cohort(plan.scores, member, plan.lang), unit.name, unit.code)
    cells = [*zip(own, page.widths, strict=False), *((text, _WIDE) for text in texts)]
    page.height(plan.rows[member], cells)

"""A sheet with a row a unit and many columns, for formulas rather than for readers: headings, units, print set-up."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import labels
from lawgov_score.report import render
from lawgov_score.wording import Text, Words
from lawgov_score.workbook import look
from lawgov_score.workbook.live_plan import FIRST, UNIT_COLUMNS, LivePlan
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import Page, open_page

_WIDE = 11.0  # of a column of figures
Heading = tuple[Text, Text]  # of what, and which figure of it


def open_data_page(
    book: xlsxwriter.Workbook, formats: Formats, plan: LivePlan, name: Words, note: Text, headings: Sequence[Heading]
) -> Page:
    """The sheet with its headings and its first columns, ready for the figures."""
    scores, lang = plan.scores, plan.lang
    names = look.column_width((unit.name for unit in scores.units), least=14, most=26)
    page = open_page(book, formats, name, lang, [12, names, 11, *[_WIDE] * len(headings)])
    page.span(0, 0, min(page.last, 14), note, look.NOTE)
    page.height(0, [(note, sum(page.widths[:15]))], 9)
    for column, label in enumerate((labels.COHORT, labels.UNIT, labels.UNIT_CODE)):
        page.put(1, column, None, look.HEADER)
        page.put(2, column, label, look.HEADER)
    start = 0
    for i in range(1, len(headings) + 1):
        if i == len(headings) or headings[i][0] != headings[start][0]:
            first, last = UNIT_COLUMNS + start, UNIT_COLUMNS + i - 1
            page.span(1, first, last, headings[start][0], look.HEADER, font_size=9)
            start = i
    for i, (_, what) in enumerate(headings):
        page.put(2, UNIT_COLUMNS + i, what, look.HEADER, font_size=9)
    page.sheet.set_row(1, 44)
    page.height(2, [(render(what, lang), _WIDE) for _, what in headings], 9, least=24)
    for member in plan.order:
        unit, row = scores.units[member], plan.rows[member]
        for column, text in enumerate((labels.cohort(scores, member, lang), unit.name, unit.code)):
            page.put(row, column, text, look.TEXT)
        set_height(page, plan, member)
    page.sheet.freeze_panes(FIRST, UNIT_COLUMNS)
    page.sheet.set_print_scale(60)  # too wide for one page: the units stand on each
    page.sheet.repeat_rows(1, FIRST - 1)
    page.sheet.repeat_columns(0, UNIT_COLUMNS - 1)
    page.sheet.print_across()
    return page


def set_height(page: Page, plan: LivePlan, member: int, texts: Sequence[str] = ()) -> None:
    """Makes the unit's row tall enough for its name and for ``texts`` among its figures."""
    unit = plan.scores.units[member]
    own = (labels.cohort(plan.scores, member, plan.lang), unit.name, unit.code)
    cells = [*zip(own, page.widths, strict=False), *((text, _WIDE) for text in texts)]
    page.height(plan.rows[member], cells)

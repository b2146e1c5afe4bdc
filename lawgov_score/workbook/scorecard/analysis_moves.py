"""Who rose and who fell against the last edition, on the sheet 分析: places then and now, and a chart of the change."""

import xlsxwriter

from lawgov_score.content import labels, losses, movement
from lawgov_score.model import Scores
from lawgov_score.wording import Text
from lawgov_score.workbook.formulas.plan import LivePlan
from lawgov_score.workbook.scorecard import analysis_charts
from lawgov_score.workbook.scorecard.analysis_charts import Shown
from lawgov_score.workbook.scorecard.analysis_numbers import number
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import Page, address

_BEFORE, _NOW, _CHANGE, _COHORT = 2, 3, 4, 5
_FORM = "+0;−0;0"


def write(book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, plan: LivePlan | None) -> int:
    """The section; gives the next row. With a ``plan`` places now, and so changes, are formulas."""
    found, notes = movement.listed(scores), list[Text](movement.notes(scores))
    most = max((abs(one.change) for one in found), default=0)
    ends = (min(0, *(one.change for one in found)), max(0, *(one.change for one in found))) if found else (0, 0)
    shown = Shown(
        movement.HEADLINE,
        (1, 1),
        [(movement.CHANGE, _CHANGE)],
        (labels.UNIT, movement.CHANGED),
        _FORM,
        least=float(ends[0]),
        most=float(ends[1]),
        step=float(max(1, -(-most // 8))),  # no half places
    )
    row, chart_at, height = analysis_charts.begin(
        page, row, movement.HEADLINE, notes, shown if found else None, len(found)
    )
    if not found:
        return row
    heads: list[Text] = [losses.NUMBER, labels.UNIT, movement.BEFORE, movement.NOW, movement.CHANGE]
    start = row = page.header(row, heads)
    page.span(row - 1, _COHORT, _COHORT + 2, labels.COHORT, look.HEADER)
    wide = sum(page.widths[_COHORT : _COHORT + 3])
    for i, one in enumerate(found, start=1):
        name, cohort = scores.units[one.member].name, labels.cohort(scores, one.member, page.lang)
        page.put(row, 0, i, look.CENTRED)
        page.put(row, 1, name, look.TEXT)
        page.put(row, _BEFORE, one.before, look.WHOLE)
        number(page, row, _NOW, None if plan is None else plan.sum_cell(one.member, "place"), one.now, "0")
        change = f"{address(row, _BEFORE)}-{address(row, _NOW)}"
        number(page, row, _CHANGE, None if plan is None else change, one.change, _FORM)
        page.span(row, _COHORT, _COHORT + 2, cohort, look.TEXT, indent=1)
        page.height(row, [(name, page.widths[1]), (cohort, wide)], least=analysis_charts.ROW)
        row += 1
    analysis_charts.finish(book, page, chart_at, shown, (start, row - 1), height)
    return row

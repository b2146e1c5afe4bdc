"""How scores are spread, on the sheet 分析: bands with how many units stand in each, and their chart."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import analysis, labels
from lawgov_score.content.analysis import Band, Summary
from lawgov_score.model import Scores
from lawgov_score.wording import Text
from lawgov_score.workbook.formulas.plan import LivePlan
from lawgov_score.workbook.scorecard import analysis_charts
from lawgov_score.workbook.scorecard.analysis_charts import Shown
from lawgov_score.workbook.scorecard.analysis_numbers import number, totals_of
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import Page

_FIRST = 2  # columns of figures begin here: before them stand a grade and the band


def write(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary], plan: LivePlan | None
) -> int:
    """The section; gives the next row."""
    tree, bands = scores.tree, analysis.bands_of(scores)
    notes: list[Text] = [analysis.SPREAD_NOTE]
    is_marked = analysis.lines_are_common(tree)
    lines = analysis.lines_note(tree)
    if lines is not None:
        notes.append(lines)
    runs = _runs(bands)
    fills = [number for number, (first, last) in enumerate(runs) for _ in range(first, last + 1)]
    shown = Shown(
        analysis.SPREAD,
        (0 if is_marked else 1, 1),
        [(analysis.NUMBER, _FIRST + 2)],
        (analysis.TOTALS, analysis.NUMBER),
        "0",
        upright=True,
        fills=fills if is_marked else (),
        step=max(1.0, float(max(analysis.spread(scores, bands, scores.cohorts >= 0)) // 8)),  # no half units
    )
    row, chart_at, height = analysis_charts.begin(page, row, analysis.SPREAD, notes, shown, len(bands))
    first = labels.GRADE if is_marked else None
    heads: list[Text] = [
        first or "",
        analysis.BAND,
        analysis.FROM,
        analysis.TO,
        analysis.NUMBER,
        *(one.name for one in columns),
    ]
    start = row = page.header(row, heads)
    if is_marked:
        for top, bottom in runs:
            said = analysis.grades_said(bands[top], page.lang)
            page.down(start + top, start + bottom, 0, said, look.CENTRED)
    everybody = analysis.summaries(scores, page.lang)[-1]
    for i, band in enumerate(bands):
        if not is_marked:
            page.put(row, 0, None, look.CENTRED)
        page.put(row, 1, analysis.band_name(band), look.CENTRED)
        page.put(row, 2, band.lower, look.POINTS, num_format="General")
        page.put(row, 3, band.upper, look.POINTS, num_format="General")
        for column, one in enumerate([everybody, *columns], _FIRST + 2):
            count = analysis.spread(scores, bands, one.members)[i]
            formula = _count(plan, one, row, i, len(bands)) if plan is not None else None
            number(page, row, column, formula, count, "0")
        page.tall(row, analysis_charts.ROW)
        row += 1
    analysis_charts.finish(book, page, chart_at, shown, (start, row - 1), height)
    return row


def _runs(bands: Sequence[Band]) -> list[tuple[int, int]]:
    """First and last of the bands, one after the other, that reach the same grades."""
    found: list[tuple[int, int]] = []
    for i, band in enumerate(bands):
        if found and bands[found[-1][0]].grades == band.grades:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found


def _count(plan: LivePlan, one: Summary, row: int, i: int, bands: int) -> str:
    cells, lower, upper = totals_of(plan, one), f"$C{row + 1}", f"$D{row + 1}"
    if bands == 1:
        return f"COUNT({cells})"
    if i == 0:
        return f'COUNTIF({cells},"<"&{upper})'
    if i == bands - 1:
        return f'COUNTIF({cells},">="&{lower})'
    return f'COUNTIFS({cells},">="&{lower},{cells},"<"&{upper})'

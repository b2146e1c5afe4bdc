"""分析: spread of scores, cohorts, aspects, movement, what costs most; each chart over the table that it shows."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score import explanation
from lawgov_score.content import analysis, labels, losses, movement
from lawgov_score.content.analysis import Summary
from lawgov_score.model import Scores
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.formulas.plan import LivePlan
from lawgov_score.workbook.scorecard import analysis_charts, analysis_moves, analysis_spread
from lawgov_score.workbook.scorecard.analysis_charts import Shown, series_of
from lawgov_score.workbook.scorecard.analysis_numbers import number, totals_of
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, address, finish, open_page, points_format

NAME = Words("分析", "Analysis")
_FIRST = 2  # columns of figures begin here: before them stand a code or grade, and a name
_NARROW, _LEAST_COLUMNS, _PORTRAIT = 10.0, 8, 9


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """The sheet 分析; with a ``plan`` counts, means and ends of scores are formulas over the sheet of sums."""
    cohorts = analysis.summaries(scores, lang)
    columns = analysis.columns_of(cohorts)
    has_total = labels.has_total(scores.tree)
    most = max(4 + len(columns), 5 + len(scores.tree.grades) * has_total, _LEAST_COLUMNS)
    page = open_page(book, formats, NAME, lang, [11, 32, *[_NARROW] * most], landscape=most > _PORTRAIT)
    row = page.line(0, analysis.HEADLINE, look.TITLE)
    row = header = page.line(row, labels.edition(scores), look.SUBTITLE)
    scored = int(labels.scored_rows(scores).sum())
    row = page.line(row, analysis.NOTE(n=scored, all=len(scores.units)), look.NOTE)
    if len([one for one in cohorts if one.cohort is not None]) > analysis.MOST_COHORTS:
        row = page.line(row, analysis.MANY_COHORTS(most=analysis.MOST_COHORTS), look.NOTE)
    if not has_total:
        row = page.line(row, analysis.NO_TOTAL, look.NOTE)
    if not scored:
        row = page.line(row, analysis.NOBODY, look.NOTE)
    else:
        if has_total:
            row = analysis_spread.write(book, page, row, scores, columns, plan)
            row = _cohorts(book, page, row, scores, cohorts, plan)
        row = _aspects(book, page, row, scores, columns)
        if movement.is_known(scores):
            row = analysis_moves.write(book, page, row, scores, plan)
        row = _costs(book, page, row, scores, columns, is_live=plan is not None)
    finish(page, header=header - 1, end=row)
    page.sheet.freeze_panes(0, 0)


def _cohorts(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, cohorts: Sequence[Summary], plan: LivePlan | None
) -> int:
    tree = scores.tree
    form = points_format(tree.policies.round_total)
    drawn = [one for one in cohorts if one.cohort is not None and one.scored]
    series = [(analysis.MEAN, _FIRST + 2), (analysis.HIGHEST, _FIRST + 3), (analysis.LOWEST, _FIRST + 4)]
    ends = [end for one in drawn for end in (one.highest, one.lowest)]
    shown = Shown(
        analysis.COHORTS,
        (1, 1),
        series,
        (labels.COHORT, analysis.TOTALS),
        form,
        least=min(0.0, *ends) if ends else 0.0,
        most=max(explanation.scale_of(tree), *ends) if ends else None,
    )
    is_drawn = len(drawn) > 1
    names = min(len(cohorts) - 1, analysis.MOST_CHARTED)
    row, chart_at, height = analysis_charts.begin(
        page, row, analysis.COHORTS, [], shown if is_drawn else None, len(cohorts) - 1
    )
    heads: list[Text] = [losses.NUMBER, labels.COHORT, analysis.NUMBER, analysis.SCORED, *(name for name, _ in series)]
    start = row = page.header(row, [*heads, *(grade.name for grade in tree.grades)])
    for at, one in enumerate(cohorts, start=1):
        is_all = one.cohort is None and len(cohorts) > 1
        bold: dict[str, object] = {"bold": True} if is_all else {}
        page.put(row, 0, None if is_all else at, look.CENTRED)
        page.put(row, 1, one.name, look.TEXT, **bold)
        page.put(row, 2, one.units, look.WHOLE)
        cells = totals_of(plan, one) if plan is not None else ""
        number(page, row, 3, f"COUNT({cells})" if cells else None, one.scored, "0")
        for i, (how, value) in enumerate((("AVERAGE", one.mean), ("MAX", one.highest), ("MIN", one.lowest))):
            formula = f'IF(COUNT({cells})>0,{how}({cells}),"")' if cells else None
            number(page, row, 4 + i, formula, value, form)
        for i, count in enumerate(one.graded):
            formula = None
            if plan is not None:
                name = tree.grades[i].name.replace('"', '""')
                formula = f'SUMPRODUCT(({totals_of(plan, one, "grade")}="{name}")*1)'
            number(page, row, 7 + i, formula, count, "0")
        page.height(row, [(one.name, page.widths[1])], least=analysis_charts.ROW)
        row += 1
    if is_drawn:
        analysis_charts.finish(book, page, chart_at, shown, (start, start + names - 1), height)
    return row


def _costs(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary], *, is_live: bool
) -> int:
    found = analysis.costs(scores, columns)
    if not found:
        return row
    by_cohort: list[tuple[Text, int]] = [(one.name, 5 + i) for i, one in enumerate(columns)]
    series = series_of(by_cohort, [(losses.LOST, 2)])
    shown = Shown(
        analysis.LOSSES,
        (1, 1),
        series,
        (losses.TITLE, analysis.LOST_EACH if len(series) > 1 else analysis.LOST_POINTS),
        "0.00",
    )
    notes: list[Text] = [analysis.LOSSES_NOTE]
    row, chart_at, height = analysis_charts.begin(page, row, analysis.LOSSES, notes, shown, len(found))
    heads: list[Text] = [
        labels.CODE,
        losses.TITLE,
        losses.LOST,
        analysis.SHARE,
        losses.MEAN_LOST,
        *(one.name for one in columns),
    ]
    start = row = page.header(row, heads)
    end = start + len(found) - 1
    for cost in found:
        page.put(row, 0, cost.loss.node.code, look.CENTRED)
        page.put(row, 1, cost.loss.node.title, look.TEXT)
        page.put(row, 2, cost.loss.lost, look.POINTS)
        share = f"{address(row, 2)}/SUM($C${start + 1}:$C${end + 1})"
        number(page, row, 3, share if is_live else None, cost.share, "0.0%")
        page.put(row, 4, analysis.mean_lost(cost), look.POINTS)
        for i, value in enumerate(cost.by_cohort):
            page.put(row, 5 + i, value, look.POINTS)
        page.height(row, [(cost.loss.node.title, page.widths[1])], least=analysis_charts.ROW)
        row += 1
    analysis_charts.finish(book, page, chart_at, shown, (start, end), height)
    return row


def _aspects(book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary]) -> int:
    found = analysis.aspects(scores, columns)
    if not found:
        return row
    by_cohort: list[tuple[Text, int]] = [(one.name, 6 + i) for i, one in enumerate(columns)]
    usual: list[tuple[Text, int]] = [
        (analysis.MEAN_RATE, 3), (analysis.BEST_RATE, 4), (analysis.LOWEST_RATE, 5)
    ]  # fmt: skip
    ends = [end for one in found for end in (one.best, one.lowest)]
    shown = Shown(
        analysis.ASPECTS,
        (1, 1),
        series_of(by_cohort, usual),
        (losses.TITLE, labels.RATE),
        "0%",
        least=min(0.0, *ends),
        most=max(1.0, *ends),
    )
    row, chart_at, height = analysis_charts.begin(page, row, analysis.ASPECTS, [], shown, len(found))
    heads: list[Text] = [
        labels.CODE,
        losses.TITLE,
        labels.POINTS,
        *(name for name, _ in usual),
        *(one.name for one in columns),
    ]
    start = row = page.header(row, heads)
    for one in found:
        page.put(row, 0, one.node.code, look.CENTRED)
        page.put(row, 1, one.node.title, look.TEXT)
        page.put(row, 2, one.node.points, look.PRINTED)
        for column, rate in enumerate((one.mean, one.best, one.lowest, *one.by_cohort), 3):
            page.put(row, column, rate, look.PERCENT, num_format="0.0%")
        page.height(row, [(one.node.title, page.widths[1])], least=analysis_charts.ROW)
        row += 1
    analysis_charts.finish(book, page, chart_at, shown, (start, row - 1), height)
    return row

"""分析: distribution of scores, cohorts, aspects, movement, costliest losses; each chart above its table."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.chart import Chart

from lawgov_score.cell_addresses import address
from lawgov_score.content import analysis, labels, losses, movement
from lawgov_score.content.analysis import CHARTED, MOST_CHARTED, Band, Summary
from lawgov_score.model import Scores
from lawgov_score.report import width
from lawgov_score.wording import Language, Text
from lawgov_score.workbook.scorecard.plan import SUMS, LivePlan
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page, points_format

_FIRST = 2  # first column of figures: before them are a code or grade, and a name


def totals_of(plan: LivePlan, one: Summary, what: str = "total") -> str:
    """The cells of the totals (or grades) of a cohort, or of all units."""
    column = plan.sums[what, plan.scores.tree.code]
    if one.cohort is None:
        return plan.everybody(SUMS, column)
    return plan.cohort(int(one.members.nonzero()[0][0]), SUMS, column)


def number(page: Page, row: int, column: int, formula: str | None, value: float, num_format: str) -> None:
    """Writes a cell: the ``formula`` with its value; the value alone if there is no formula."""
    if formula is None or (isinstance(value, float) and math.isnan(value)):
        page.put(row, column, value, look.POINTS, num_format=num_format)
    else:
        page.formula(row, column, f"={formula}", float(value), look.POINTS, num_format=num_format)


ROW = 18.0  # points, height of rows of tables and of rows under a chart
_PIXELS = ROW / 0.75
HEIGHT_UPRIGHT = 300  # pixels
_TOGETHER = 16  # most rows of a table printed on one page with its chart
_MOST_SERIES = 3  # dark, hatched, white: more cannot be told apart in black and white


@dataclass(frozen=True, slots=True)
class Shown:
    """Columns of a table for a chart: the names (two: grades, then bands), and each series with its heading."""

    names: tuple[int, int]
    series: Sequence[tuple[Text, int]]
    axis_titles: tuple[Text, Text]
    num_format: str
    least: float = 0.0
    most: float | None = None
    upright: bool = False
    fills: Sequence[int] = ()
    step: float | None = None  # between the numbers on the value axis
    longest: float = 0.0  # width of the longest name, in characters


def series_of(cohorts: Sequence[tuple[Text, int]], otherwise: Sequence[tuple[Text, int]]) -> list[tuple[Text, int]]:
    """The cohorts' columns if there are two or three, which can be told apart; otherwise the column for all units."""
    return list(cohorts if 2 <= len(cohorts) <= _MOST_SERIES else otherwise)


def height_of(page: Page, shown: Shown, names: int) -> int:
    """The height of the chart in pixels."""
    if shown.upright:
        return HEIGHT_UPRIGHT
    drawn = min(names, MOST_CHARTED)
    return charts.height_of(
        drawn, [page.say(name) for name, _ in shown.series], has_title=False, has_axis_title=bool(shown.axis_titles[1])
    )


def _longest(names: Iterable[str]) -> float:
    return float(max(map(width, names), default=0))


def rows_of(height: int) -> int:
    """The number of rows that a chart of this height covers."""
    return int((height + 12) // _PIXELS) + 1


def reserve(page: Page, row: int, height: int) -> int:
    """Reserves rows for a chart, kept on one printed page; gives the next row."""
    end = row + rows_of(height)
    for blank in range(row, end):
        page.tall(blank, ROW)
    page.flow.together(row, end - 1)
    return end


def draw(
    book: xlsxwriter.Workbook, page: Page, row: int, shown: Shown, table: tuple[int, int], size: tuple[int, int]
) -> Chart:
    """Draws the chart at ``row`` for rows ``table`` (first and last) of the sheet; ``size`` in pixels."""
    sheet, (first, last) = page.sheet.get_name(), table
    if not shown.upright:
        last = min(last, first + MOST_CHARTED - 1)
    chart = charts.bars(
        book,
        "",  # the heading above says it
        charts.Cells(sheet, shown.names[0], first, last, shown.names[1]),
        [charts.Series(page.say(name), charts.Cells(sheet, at, first, last), shown.fills) for name, at in shown.series],
        size=size,
        num_format=shown.num_format,
        least=shown.least,
        most=shown.most,
        upright=shown.upright,
        step=shown.step,
        longest=shown.longest,
        axis_titles=(page.say(shown.axis_titles[0]), page.say(shown.axis_titles[1])),
    )
    page.sheet.insert_chart(row, 0, chart, {"x_offset": 4, "y_offset": 6, "object_position": 2})
    return chart


def begin(
    page: Page, row: int, title: Text, notes: Sequence[Text], shown: Shown | None, names: int
) -> tuple[int, int, int]:
    """Writes heading, notes and room for the chart of a table; gives the next row, the chart's row and its height."""
    page.tall(row, 10)
    row = page.line(row + 1, title, look.HEADING)
    if shown is not None and not shown.upright and names > MOST_CHARTED:
        notes = [*notes, CHARTED(n=MOST_CHARTED, all=names)]
    for note in notes:
        page.flow.kept.add(row)
        row = page.line(row, note, look.NOTE)
    if shown is None:
        return row, row, 0
    height = height_of(page, shown, names)
    return reserve(page, row, height), row, height


def end_chart(
    book: xlsxwriter.Workbook, page: Page, row: int, shown: Shown, table: tuple[int, int], height: int
) -> None:
    """Draws the chart over rows ``table`` (first and last), and keeps a short table on one page with it."""
    draw(book, page, row, shown, table, (page.pixels, height))
    if table[1] - table[0] < _TOGETHER:
        page.flow.together(row, table[1])


def _spread(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary], plan: LivePlan | None
) -> int:
    """Writes the section on distribution; gives the next row."""
    tree, bands = scores.tree, analysis.bands_of(scores)
    notes: list[Text] = [analysis.SPREAD_NOTE]
    is_marked = analysis.lines_are_common(tree)
    lines = analysis.lines_note(tree)
    if lines is not None:
        notes.append(lines)
    runs = _runs(bands)
    fills = [number for number, (first, last) in enumerate(runs) for _ in range(first, last + 1)]
    shown = Shown(
        (0 if is_marked else 1, 1),
        [(analysis.NUMBER, _FIRST + 2)],
        (analysis.TOTALS, analysis.NUMBER),
        "0",
        upright=True,
        fills=fills if is_marked else (),
        step=max(1.0, float(max(analysis.spread(scores, bands, scores.cohorts >= 0)) // 8)),  # no half units
    )
    row, chart_at, height = begin(page, row, analysis.SPREAD, notes, shown, len(bands))
    first = analysis.BY_LINE if is_marked else None
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
            grade_names = analysis.grades_said(bands[top], page.lang)
            page.down(start + top, start + bottom, 0, grade_names, look.CENTRED)
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
        page.tall(row, ROW)
        row += 1
    end_chart(book, page, chart_at, shown, (start, row - 1), height)
    return row


def _runs(bands: Sequence[Band]) -> list[tuple[int, int]]:
    """First and last of consecutive bands that reach the same grades."""
    runs: list[tuple[int, int]] = []
    for i, band in enumerate(bands):
        if runs and bands[runs[-1][0]].grades == band.grades:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _count(plan: LivePlan, one: Summary, row: int, i: int, bands: int) -> str:
    cells, lower, upper = totals_of(plan, one), f"$C{row + 1}", f"$D{row + 1}"
    if bands == 1:
        return f"COUNT({cells})"
    if i == 0:
        return f'COUNTIF({cells},"<"&{upper})'
    if i == bands - 1:
        return f'COUNTIF({cells},">="&{lower})'
    return f'COUNTIFS({cells},">="&{lower},{cells},"<"&{upper})'


_BEFORE, _NOW, _CHANGE, _COHORT = 2, 3, 4, 5
_FORM = "+0;−0;0"


def _movement(book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, plan: LivePlan | None) -> int:
    """Writes the section on movement; gives the next row. With a ``plan`` places and changes are formulas."""
    moves, notes = movement.listed(scores), list[Text](movement.notes(scores))
    most = max((abs(move.change) for move in moves), default=0)
    ends = (min(0, *(move.change for move in moves)), max(0, *(move.change for move in moves))) if moves else (0, 0)
    step = float(max(1, -(-most // 8)))  # no half places
    shown = Shown(
        (1, 1),
        [(movement.CHANGE, _CHANGE)],
        (labels.UNIT, movement.CHANGED),
        _FORM,
        least=float(ends[0]) - (step if ends[0] < 0 else 0),  # room for the label of the longest fall
        most=float(ends[1]),
        step=step,
        longest=_longest(scores.units[move.member].name for move in moves),
    )
    row, chart_at, height = begin(page, row, movement.HEADLINE, notes, shown if moves else None, len(moves))
    if not moves:
        return row
    heads: list[Text] = [losses.NUMBER, labels.UNIT, movement.BEFORE, movement.NOW, movement.CHANGE]
    start = row = page.header(row, heads)
    page.span(row - 1, _COHORT, _COHORT + 2, labels.COHORT, look.HEADER)
    wide = sum(page.widths[_COHORT : _COHORT + 3])
    for i, move in enumerate(moves, start=1):
        name, cohort = scores.units[move.member].name, labels.cohort(scores, move.member, page.lang)
        page.put(row, 0, i, look.CENTRED)
        page.put(row, 1, name, look.TEXT)
        page.put(row, _BEFORE, move.before, look.WHOLE)
        number(page, row, _NOW, None if plan is None else plan.sum_cell(move.member, "place"), move.now, "0")
        change = f"{address(row, _BEFORE)}-{address(row, _NOW)}"
        number(page, row, _CHANGE, None if plan is None else change, move.change, _FORM)
        page.span(row, _COHORT, _COHORT + 2, cohort, look.TEXT, indent=1)
        page.height(row, [(name, page.widths[1]), (cohort, wide)], least=ROW)
        row += 1
    end_chart(book, page, chart_at, shown, (start, row - 1), height)
    return row


_NARROW, _LEAST_COLUMNS, _PORTRAIT = 10.0, 8, 9


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 分析; with a ``plan`` counts, means and extremes are formulas over the sheet of sums."""
    cohorts = analysis.summaries(scores, lang)
    columns = analysis.columns_of(cohorts)
    has_total = labels.has_total(scores.tree)
    most = max(4 + len(columns), 5 + len(scores.tree.grades) * has_total, _LEAST_COLUMNS)
    page = open_page(book, formats, analysis.SHEET, lang, [11, 32, *[_NARROW] * most], landscape=most > _PORTRAIT)
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
            row = _spread(book, page, row, scores, columns, plan)
            row = _cohorts(book, page, row, scores, cohorts, plan)
        row = _aspects(book, page, row, scores, columns)
        if movement.is_known(scores):
            row = _movement(book, page, row, scores, plan)
        row = _costs(book, page, row, scores, columns, is_live=plan is not None)
    finish(page, header=header - 1, end=row)
    page.sheet.freeze_panes(0, 0)


def _cohorts(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, cohorts: Sequence[Summary], plan: LivePlan | None
) -> int:
    tree = scores.tree
    form = points_format(tree.policies.total_decimals)
    drawn = [summary for summary in cohorts if summary.cohort is not None and summary.scored]
    series = [
        (analysis.MEAN, _FIRST + 2),
        (analysis.HIGHEST, _FIRST + 3),
        (analysis.LOWEST, _FIRST + 4),
    ]
    ends = [end for summary in drawn for end in (summary.highest, summary.lowest)]
    shown = Shown(
        (1, 1),
        series,
        (labels.COHORT, analysis.TOTALS),
        form,
        least=min(0.0, *ends) if ends else 0.0,
        most=max(tree.scale, *ends) if ends else None,
        longest=_longest(summary.name for summary in drawn),
    )
    is_drawn = len(drawn) > 1
    names = min(len(cohorts) - 1, analysis.MOST_CHARTED)
    provisional = analysis.provisional_note(scores)
    notes: list[Text] = [] if provisional is None else [provisional]
    row, chart_at, height = begin(page, row, analysis.COHORTS, notes, shown if is_drawn else None, len(cohorts) - 1)
    heads: list[Text] = [losses.NUMBER, labels.COHORT, analysis.NUMBER, analysis.SCORED, *(name for name, _ in series)]
    start = row = page.header(row, [*heads, *(grade.name for grade in tree.grades)])
    for at, summary in enumerate(cohorts, start=1):
        is_all = summary.cohort is None and len(cohorts) > 1
        bold: dict[str, object] = {"bold": True} if is_all else {}
        page.put(row, 0, None if is_all else at, look.CENTRED)
        page.put(row, 1, summary.name, look.TEXT, **bold)
        page.put(row, 2, summary.units, look.WHOLE)
        cells = totals_of(plan, summary) if plan is not None else ""
        number(page, row, 3, f"COUNT({cells})" if cells else None, summary.scored, "0")
        for i, (how, value) in enumerate(
            (("AVERAGE", summary.mean), ("MAX", summary.highest), ("MIN", summary.lowest))
        ):
            formula = f'IF(COUNT({cells})>0,{how}({cells}),"")' if cells else None
            number(page, row, 4 + i, formula, value, form)
        for i, count in enumerate(summary.graded):
            formula = None
            if plan is not None:
                name = tree.grades[i].name.replace('"', '""')
                formula = f'SUMPRODUCT(({totals_of(plan, summary, "grade")}="{name}")*1)'
            number(page, row, 7 + i, formula, count, "0")
        page.height(row, [(summary.name, page.widths[1])], least=ROW)
        row += 1
    if is_drawn:
        end_chart(book, page, chart_at, shown, (start, start + names - 1), height)
        if row - start <= _TOGETHER:
            page.flow.together(chart_at, row - 1)  # with the row of all units
    return row


def _costs(
    book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary], *, is_live: bool
) -> int:
    costs = analysis.costs(scores, columns)
    if not costs:
        return row
    level = labels.level_of(scores.tree, costs[0].loss.node)
    by_cohort: list[tuple[Text, int]] = [(one.name, 5 + i) for i, one in enumerate(columns)]
    series = series_of(by_cohort, [(losses.LOST, 2)])
    shown = Shown(
        (1, 1),
        series,
        (level, analysis.LOST_EACH if len(series) > 1 else analysis.LOST_POINTS),
        "0.00",
        longest=_longest(one.loss.node.title for one in costs[:MOST_CHARTED]),
    )
    notes: list[Text] = [analysis.LOSSES_NOTE]
    row, chart_at, height = begin(page, row, analysis.LOSSES, notes, shown, len(costs))
    heads: list[Text] = [
        labels.CODE,
        level,
        losses.LOST,
        analysis.SHARE,
        losses.MEAN_LOST,
        *(one.name for one in columns),
    ]
    start = row = page.header(row, heads)
    end = start + len(costs) - 1
    for cost in costs:
        page.put(row, 0, cost.loss.node.code, look.CENTRED)
        page.put(row, 1, cost.loss.node.title, look.TEXT)
        page.put(row, 2, cost.loss.lost, look.POINTS)
        share = f"{address(row, 2)}/SUM($C${start + 1}:$C${end + 1})"
        number(page, row, 3, share if is_live else None, cost.share, "0.0%")
        page.put(row, 4, analysis.mean_lost(cost), look.POINTS)
        for i, value in enumerate(cost.by_cohort):
            page.put(row, 5 + i, value, look.POINTS)
        page.height(row, [(cost.loss.node.title, page.widths[1])], least=ROW)
        row += 1
    end_chart(book, page, chart_at, shown, (start, end), height)
    return row


def _aspects(book: xlsxwriter.Workbook, page: Page, row: int, scores: Scores, columns: Sequence[Summary]) -> int:
    aspects = analysis.aspects(scores, columns)
    if not aspects:
        return row
    level = labels.level_of(scores.tree, aspects[0].node)
    by_cohort: list[tuple[Text, int]] = [(one.name, 6 + i) for i, one in enumerate(columns)]
    usual: list[tuple[Text, int]] = [
        (analysis.MEAN_RATE, 3), (analysis.BEST_RATE, 4), (analysis.LOWEST_RATE, 5)
    ]  # fmt: skip
    ends = [end for one in aspects for end in (one.best, one.lowest)]
    shown = Shown(
        (1, 1),
        series_of(by_cohort, usual),
        (level, labels.RATE),
        "0%",
        least=min(0.0, *ends),
        most=max(1.0, *ends),
        longest=_longest(one.node.title for one in aspects[:MOST_CHARTED]),
    )
    row, chart_at, height = begin(page, row, analysis.ASPECTS, [], shown, len(aspects))
    heads: list[Text] = [
        labels.CODE,
        level,
        labels.POINTS,
        *(name for name, _ in usual),
        *(one.name for one in columns),
    ]
    start = row = page.header(row, heads)
    for one in aspects:
        page.put(row, 0, one.node.code, look.CENTRED)
        page.put(row, 1, one.node.title, look.TEXT)
        worth = labels.points_of(scores.tree, one.node.code)
        page.put(row, 2, worth, look.PRINTED)
        for column, rate in enumerate((one.mean, one.best, one.lowest, *one.by_cohort), 3):
            page.put(row, column, rate, look.PERCENT, num_format="0.0%")
        long: list[tuple[Text, float]] = [(one.node.title, page.widths[1])]
        page.height(row, long if isinstance(worth, float) else [*long, (worth, page.widths[2])], least=ROW)
        row += 1
    end_chart(book, page, chart_at, shown, (start, row - 1), height)
    return row

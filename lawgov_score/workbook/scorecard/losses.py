"""失分: the largest losses of points over all units: a chart, by category, by indicator."""

from collections.abc import Sequence

import xlsxwriter

from lawgov_score.content import analysis, labels, losses
from lawgov_score.content.costs import share_of_total
from lawgov_score.content.losses import Loss, is_single
from lawgov_score.content.rates import categories
from lawgov_score.model import Indicator, Scores
from lawgov_score.report import width
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

_BY_CATEGORY = Words("按类（二级指标）", "By category")
_BY_INDICATOR = Words("按指标（三级指标）", "By indicator")
_BY_GROUP = Words("按类", "By category")
_BY_LEAF = Words("按指标", "By indicator")
_CHARTED = 15


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """Writes the sheet 失分."""
    page = open_page(book, formats, losses.SHEET, lang, [6, 10, 52, 12, 15, 12, 12, 13, 12])
    row = page.line(0, losses.HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, losses.NOTE(n=int(labels.scored_rows(scores).sum())), look.NOTE)
    if any(abs(worth) not in {0.0, 1.0} for worth in share_of_total(scores.tree).values()):
        row = page.line(row, losses.WEIGHTED, look.NOTE)
    all_losses = losses.losses(scores, scores.tree.indicators)
    by_indicator = [loss for loss in all_losses if loss.units or is_single(scores, loss.node)]
    drawn = min(sum(loss.lost > 0 for loss in by_indicator), _CHARTED)
    chart_row = row
    height = charts.height_of(drawn, [""], has_title=True, has_axis_title=True)
    row += (height // 24 + 1) if drawn else 0
    for blank in range(chart_row, row):
        page.tall(blank, 18)
    groups = categories(scores.tree)
    if not groups or isinstance(groups[0], Indicator):
        groups = ()
    is_usual = len(scores.tree.levels) == 3
    header = row + 1  # of the first table; the second has the same headings
    if groups:
        row = _table(page, row, _BY_CATEGORY if is_usual else _BY_GROUP, losses.losses(scores, groups))
    row = _table(page, row, _BY_INDICATOR if is_usual else _BY_LEAF, by_indicator)
    if drawn:
        first = row - len(by_indicator)
        chart = charts.bars(
            book,
            page.say(losses.CHART(n=drawn)),
            charts.Cells(page.sheet.get_name(), 2, first, first + drawn - 1),
            [charts.Series(page.say(losses.LOST), charts.Cells(page.sheet.get_name(), 3, first, first + drawn - 1))],
            size=(page.pixels, height),
            num_format="0.00",
            axis_titles=("", page.say(analysis.LOST_POINTS)),
            longest=float(max(width(loss.node.title) for loss in by_indicator[:drawn])),
        )
        page.flow.together(chart_row, chart_row + height // 24)
        page.sheet.insert_chart(chart_row, 0, chart, {"x_offset": 4, "y_offset": 4, "object_position": 2})
    finish(page, header=header, end=row)
    page.sheet.freeze_panes(0, 0)


def _table(page: Page, row: int, title: Text, listed_losses: Sequence[Loss]) -> int:
    row = page.line(row, title, look.HEADING)
    row = page.header(
        row,
        [
            losses.NUMBER,
            labels.CODE,
            losses.TITLE,
            losses.LOST,
            losses.MEAN_LOST,
            losses.RATE,
            losses.LOSING,
            losses.MISSING,
            losses.UNITS,
        ],
    )
    for number, loss in enumerate(listed_losses, start=1):
        page.put(row, 0, number, look.CENTRED)
        page.put(row, 1, loss.node.code, look.CENTRED)
        page.put(row, 2, labels.titled(loss.node), look.TEXT)
        page.put(row, 3, loss.lost if loss.units else None, look.POINTS, bold=True)
        page.put(row, 4, loss.lost / loss.units if loss.units else None, look.POINTS)
        page.put(row, 5, loss.rate, look.PERCENT, num_format="0.0%")
        for column, count in ((6, loss.losing), (7, loss.missing), (8, loss.units)):
            page.put(row, column, count, look.WHOLE)
        page.height(row, [(labels.titled(loss.node), page.widths[2])])
        row += 1
    return row

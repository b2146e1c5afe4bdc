"""The charts of the sheet 分析: each over the table that stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.chart import Chart

from lawgov_score.content.analysis import CHARTED, MOST_CHARTED
from lawgov_score.wording import Text
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.page import Page

ROW = 18.0  # points, of the rows of tables and of those under a chart
_PIXELS = ROW / 0.75
HEIGHT_UPRIGHT = 300  # pixels
_TOGETHER = 16  # rows of a table that are printed on one page with its chart
_MOST_SERIES = 3  # dark, hatched, white: more cannot be told apart in black and white


@dataclass(frozen=True, slots=True)
class Shown:
    """Columns of a table: where the names stand (two: grades, then bands), and each series with its heading."""

    title: Text
    names: tuple[int, int]
    series: Sequence[tuple[Text, int]]
    axis_titles: tuple[Text, Text]
    num_format: str
    least: float = 0.0
    most: float | None = None
    upright: bool = False
    fills: Sequence[int] = ()
    step: float | None = None  # between the numbers on their axis


def series_of(cohorts: Sequence[tuple[Text, int]], otherwise: Sequence[tuple[Text, int]]) -> list[tuple[Text, int]]:
    """The cohorts' columns where there are two or three, which can be told apart; else what is said of all."""
    return list(cohorts if 2 <= len(cohorts) <= _MOST_SERIES else otherwise)


def height_of(shown: Shown, names: int) -> int:
    """How tall the chart is in pixels."""
    if shown.upright:
        return HEIGHT_UPRIGHT
    drawn = min(names, MOST_CHARTED)
    return 140 + drawn * max(26, 8 + 15 * len(shown.series))


def rows_of(height: int) -> int:
    """How many rows the sheet keeps free for a chart so tall."""
    return int((height + 12) // _PIXELS) + 1


def reserve(page: Page, row: int, height: int) -> int:
    """Rows for a chart, which no printed page parts from each other; gives the next row."""
    end = row + rows_of(height)
    for blank in range(row, end):
        page.tall(blank, ROW)
    page.flow.together(row, end - 1)
    return end


def draw(
    book: xlsxwriter.Workbook, page: Page, row: int, shown: Shown, table: tuple[int, int], size: tuple[int, int]
) -> Chart:
    """The chart at ``row`` over rows ``table`` (first and last) of the sheet; ``size`` in pixels."""
    sheet, (first, last) = page.sheet.get_name(), table
    if not shown.upright:
        last = min(last, first + MOST_CHARTED - 1)
    chart = charts.bars(
        book,
        page.say(shown.title),
        charts.Cells(sheet, shown.names[0], first, last, shown.names[1]),
        [charts.Series(page.say(name), charts.Cells(sheet, at, first, last), shown.fills) for name, at in shown.series],
        size=size,
        num_format=shown.num_format,
        least=shown.least,
        most=shown.most,
        upright=shown.upright,
        step=shown.step,
        axis_titles=(page.say(shown.axis_titles[0]), page.say(shown.axis_titles[1])),
    )
    page.sheet.insert_chart(row, 0, chart, {"x_offset": 4, "y_offset": 6, "object_position": 2})
    return chart


def begin(
    page: Page, row: int, title: Text, notes: Sequence[Text], shown: Shown | None, names: int
) -> tuple[int, int, int]:
    """Heading, notes and room for the chart of a table; gives the next row, the chart's row and its height."""
    page.tall(row, 10)
    row = page.line(row + 1, title, look.HEADING)
    if shown is not None and not shown.upright and names > MOST_CHARTED:
        notes = [*notes, CHARTED(n=MOST_CHARTED, all=names)]
    for note in notes:
        page.flow.kept.add(row)
        row = page.line(row, note, look.NOTE)
    if shown is None:
        return row, row, 0
    height = height_of(shown, names)
    return reserve(page, row, height), row, height


def finish(book: xlsxwriter.Workbook, page: Page, row: int, shown: Shown, table: tuple[int, int], height: int) -> None:
    """Draws the chart over rows ``table`` (first and last), and keeps a short table on one page with it."""
    draw(book, page, row, shown, table, (page.pixels, height))
    if table[1] - table[0] < _TOGETHER:
        page.flow.together(row, table[1])

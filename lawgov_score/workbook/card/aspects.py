"""A unit's card: top nodes compared with the cohort's mean and best, as a table and a chart.

The series differ without colour: a thick line with filled marks, a dashed one, a thin one with hollow marks. A radar
of three or four aspects is a triangle or a square that nobody can read; of more than eight, its names run into one
another.
"""

from collections.abc import Sequence

import numpy as np
import xlsxwriter
from xlsxwriter.chart import Chart

from lawgov_score.content import card, labels
from lawgov_score.content.aspects import Total, aspects_of
from lawgov_score.model import Scores
from lawgov_score.report import width
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.page import Page, letter_format, taken_format, worth_format

_MOST_CHARTED = 16  # with more nodes there is only the table
_RADAR = range(5, 9)
_OWN, _MEAN, _BEST = 5, 6, 7  # columns of the rates
_PIXELS = 6.5  # width of half a Chinese character in small print
_SMALL = {"name": look.BODY_FONT, "size": 9, "color": look.INK}
_LINES: tuple[dict[str, object], ...] = (
    {
        "line": {"color": look.ACCENT, "width": 2.5},
        "marker": {"type": "square", "size": 6, "fill": {"color": look.ACCENT}, "border": {"color": look.ACCENT}},
    },
    {
        "line": {"color": look.INK, "width": 1.25, "dash_type": "dash"},
        "marker": {"type": "diamond", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": look.INK}},
    },
    {
        "line": {"color": look.MUTED, "width": 1, "dash_type": "round_dot"},
        "marker": {"type": "triangle", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": look.MUTED}},
    },
)


def insert(book: xlsxwriter.Workbook, page: Page, at: int, first: int, titles: Sequence[str]) -> int:
    """Inserts the chart for the table whose rows, with these ``titles``, begin at ``first``; gives the next row."""
    nodes = len(titles)
    if not 0 < nodes <= _MOST_CHARTED:
        return at + 1
    last, sheet = first + nodes - 1, page.sheet.get_name()
    names = charts.Cells(sheet, 1, first, last)
    series = [
        charts.Series(page.say(name), charts.Cells(sheet, column, first, last))
        for name, column in ((card.OWN, _OWN), (card.MEAN, _MEAN), (card.BEST, _BEST))
    ]
    title = page.say(card.CHART)
    if nodes in _RADAR:
        height = 400
        chart = _radar(book, title, names, series, (page.pixels, height))
    else:
        is_upright = nodes < _RADAR.stop and max(map(width, titles)) * _PIXELS <= page.pixels / nodes
        height = 250 if is_upright else 80 + 46 * nodes
        chart = charts.bars(
            book,
            title,
            names,
            series,
            size=(page.pixels, height),
            num_format="0.0%",
            most=1,
            upright=is_upright,
        )
    page.sheet.insert_chart(at, 0, chart, {"x_offset": 2, "y_offset": 6, "object_position": 2})
    rows = (height + 16) // 20 + 1
    for blank in range(at, at + rows):
        page.tall(blank, 15)
    page.flow.together(at, at + rows - 1)
    return at + rows


def _radar(
    book: xlsxwriter.Workbook, title: str, names: charts.Cells, series: Sequence[charts.Series], size: tuple[int, int]
) -> Chart:
    chart = book.add_chart({"type": "radar", "subtype": "with_markers"})
    for each, look_of in zip(series, _LINES, strict=True):
        chart.add_series({"name": each.name, "categories": names.reference, "values": each.values.reference, **look_of})
    chart.set_title({"name": title, "name_font": {"name": look.HEAD_FONT, "size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.25,
            "num_format": "0%",
            "num_font": {**_SMALL, "size": 8, "color": look.MUTED},
            "major_gridlines": {"visible": True, "line": {"color": "#D5DBE2", "width": 0.5}},
            "line": {"color": "#D5DBE2", "width": 0.5},
        }
    )
    chart.set_plotarea({"layout": {"x": 0.32, "y": 0.2, "width": 0.36, "height": 0.6}})
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"color": look.GRID}})
    return chart


def write(
    book: xlsxwriter.Workbook, page: Page, at: int, scores: Scores, row: int, ledger: Ledger
) -> tuple[int, dict[str, int]]:
    """Writes the table (formulas over the details) and its chart; gives the next row, and each node's row by code."""
    told, heading = aspects_of(scores, row), at
    at = page.line(at, labels.section(1, told.heading), look.HEADING)
    heads = (labels.CODE, told.level, card.APPLICABLE, labels.SCORE, labels.LOST, card.OWN, card.MEAN, card.BEST)
    at = page.header(at, heads)
    first = at
    rows: dict[str, int] = {}
    for one in told.rows:
        code, title = one.node.code, labels.titled(one.node)
        page.put(at, 0, code, look.CENTRED)
        page.put(at, 1, title, look.TEXT)
        card_links.to_details(page, at, 0, scores, ledger, code)
        rows[code] = at
        form, worth = letter_format(scores.tree.letter(one.score), None), "0.00"
        if scores.tree.is_taken_off(one.node):
            form, worth = taken_format(page.lang, None), worth_format(page.lang, is_taken_off=True)
        cells = ledger.points[code], ledger.scores[code]
        _figures(page, at, *cells, one.points, one.score, one.own, one.sign, form, worth=worth)
        page.put(at, 6, one.mean, look.PERCENT, num_format="0.0%")
        page.put(at, 7, one.best, look.PERCENT, num_format="0.0%")
        page.height(at, [(title, page.widths[1])], least=20)
        at += 1
    if told.total is not None:
        _total(page, at, told.total, ledger)
        at += 1
    for text in told.notes:
        at = page.line(at, text, look.NOTE)
    at = insert(book, page, at, first, [one.node.title for one in told.rows])
    page.flow.block(heading, at - 1)
    return at, rows


def _total(page: Page, at: int, total: Total, ledger: Ledger) -> None:
    """Writes the row of all parts together."""
    band: dict[str, object] = {"bold": True, "bg_color": look.BAND_FILL}
    page.span(at, 0, 1, total.label, look.CENTRED, **band)
    if np.isnan(total.score):
        for column in range(2, 6):
            page.put(at, column, None, look.POINTS, bg_color=look.BAND_FILL)
    else:
        _figures(
            page,
            at,
            ledger.raw_points,
            ledger.raw_total,
            total.points,
            total.score,
            total.own,
            1.0,
            "0.00",
            worth="0.00",
            **band,
        )
    for column, rate in ((6, total.mean), (7, total.best)):
        page.put(at, column, rate, look.PERCENT, num_format="0.0%", **band)
    page.tall(at, 20)


def _figures(
    page: Page,
    at: int,
    points_cell: str,
    score_cell: str,
    points: float,
    score: float,
    rate: float,
    sign: float = 1.0,
    form: str = "0.00",
    *,
    worth: str = "0.00",
    **changes: object,
) -> None:
    """Writes points, score, lost points and rate of one line as formulas over the sheet of details."""
    here = at + 1
    lost = points - (0.0 if np.isnan(score) else score)
    counted = f'=IF(ISNUMBER({points_cell}),{points_cell},"")'
    page.formula(at, 2, counted, points, look.POINTS, **{**changes, "num_format": worth})
    shown = f'=IF(ISNUMBER({score_cell}),{score_cell},"")'  # a reference to a blank cell would give 0
    page.formula(at, 3, shown, score, look.POINTS, **{**changes, "num_format": form})
    if sign == 0:
        page.put(at, 4, None, look.POINTS, **changes)
    elif sign < 0:
        page.formula(at, 4, f"=N(D{here})", 0.0 if np.isnan(score) else score, look.POINTS, **changes)
    else:
        page.formula(at, 4, f'=IF(ISNUMBER(C{here}),C{here}-N(D{here}),"")', lost, look.POINTS, **changes)
    if np.isnan(rate) and not np.isnan(score) and points > 0:  # without a total there is nothing to compare
        page.put(at, 5, None, look.PERCENT, **changes)
        return
    page.formula(
        at,
        5,
        f'=IF(COUNT(C{here},D{here})<2,"",IF(C{here}=0,"",D{here}/C{here}))',
        rate,
        look.PERCENT,
        num_format="0.0%",
        **changes,
    )

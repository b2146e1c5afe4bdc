"""A card's picture of a unit against its cohort's mean and best: a radar of five to eight aspects, else bars.

Told apart without colour: a thick line with filled marks, a dashed one, a thin one with hollow marks. A radar of three
or four aspects is a triangle or a square that nobody can read; of more than eight, its names run into one another.
"""

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.chart import Chart

from lawgov_score.content import card
from lawgov_score.report import width
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.page import Page

_MOST_CHARTED = 16  # of more nodes the table says it all
_RADAR = range(5, 9)
_OWN, _MEAN, _BEST = 5, 6, 7  # columns of the rates
_PIXELS = 6.5  # of half a Chinese character in small print
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
    """The picture of the table whose rows, with these ``titles``, begin at ``first``; gives the next row."""
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

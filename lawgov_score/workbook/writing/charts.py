"""Native charts that read in black and white: dark, hatched and white bars, every name on the axis.

Bars that lie on their side say beside each what it is where there are several: no legend has to be matched with them,
and programs that list a legend from below do no harm.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.chart import Chart

from lawgov_score.report import width
from lawgov_score.workbook.writing import look

_SMALL = {"name": look.BODY_FONT, "size": 9, "color": look.INK}
_FILLS: tuple[dict[str, object], ...] = (
    {"fill": {"color": look.ACCENT}, "border": {"color": look.ACCENT}},
    {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": look.ACCENT, "bg_color": "#FFFFFF"},
        "border": {"color": look.ACCENT},
    },
    {"fill": {"color": "#FFFFFF"}, "border": {"color": look.ACCENT}},
)


@dataclass(frozen=True, slots=True)
class Cells:
    """A block of cells, usually in one column: ``first`` and ``last`` row, from 0."""

    sheet: str
    column: int
    first: int
    last: int
    last_column: int = -1  # if names are in several columns, the outermost first

    @property
    def reference(self) -> list[object]:
        """In the form that XlsxWriter takes."""
        return [self.sheet, self.first, self.column, self.last, max(self.last_column, self.column)]


@dataclass(frozen=True, slots=True)
class Series:
    """One set of bars: its name and the cells of its numbers."""

    name: str
    values: Cells
    fills: Sequence[int] = ()  # of each bar, by number, if they differ within the series


def bars(
    book: xlsxwriter.Workbook,
    title: str,
    names: Cells,
    series: Sequence[Series],
    *,
    size: tuple[int, int],
    num_format: str,
    most: float | None = None,
    least: float = 0.0,
    upright: bool = False,
    axis_titles: tuple[str, str] = ("", ""),
    step: float | None = None,
    longest: float = 0.0,
) -> Chart:
    """A bar chart, the first name on top (``upright``: columns, the first name left). ``size`` in pixels.

    ``title``: empty where a heading above says the same. ``axis_titles``: of the axis of names, of that of numbers;
    empty: none. ``step``: between the numbers on their axis; None: chosen by the spreadsheet. ``longest``: the width of
    the longest name in characters; then room is left for names and labels, so that no label runs through a bar.
    """
    is_named = len(series) > 1 and not upright
    chart = book.add_chart({"type": "column" if upright else "bar"})
    for bar_series, look_of in zip(series, _FILLS, strict=False):
        chart.add_series(
            {
                "name": bar_series.name,
                "categories": names.reference,
                "values": bar_series.values.reference,
                "gap": 45 if len(series) == 1 else 70,
                "overlap": 0 if len(series) == 1 else -12,
                "data_labels": {
                    "value": True,
                    "position": "outside_end",
                    "num_format": num_format,
                    "font": {**_SMALL, "size": 8},
                    **({"series_name": True, "separator": " "} if is_named else {}),
                },
                **look_of,
                **(
                    {"points": [_FILLS[number % len(_FILLS)] for number in bar_series.fills]}
                    if bar_series.fills
                    else {}
                ),
            }
        )
    if title:
        name_font = {"name": look.HEAD_FONT, "size": 11, "bold": False}
        chart.set_title({"name": title, "name_font": name_font, "overlay": False})
    else:
        chart.set_title({"none": True})
    is_legend = len(series) > 1 and not is_named
    chart.set_legend({"position": "bottom", "font": _SMALL} if is_legend else {"none": True})
    if longest and not upright:
        names_of = [one.name for one in series] if is_named else []
        chart.set_plotarea({"layout": _layout(size, longest, names_of, has_title=bool(title), axis_titles=axis_titles)})
    name_axis: dict[str, object] = {
        "num_font": _SMALL,
        "interval_unit": 1,
        "major_tick_mark": "none",
        "line": {"color": look.GRID},
        "reverse": not upright,
        **({"label_position": "low"} if least < 0 else {}),  # beside the bars, not across those below zero
    }
    number_axis: dict[str, object] = {
        "num_font": {**_SMALL, "size": 8},
        "num_format": "0%" if "%" in num_format else "0.##",
        "min": _whole(least, "%" in num_format),
        "major_gridlines": {"visible": True, "line": {"color": "#E3E7EC", "width": 0.5}},
        "line": {"none": True},
    }
    if not upright:
        number_axis["label_position"] = "high"  # the axis of names is reversed: this is the bottom
    for axis, title_of in zip((name_axis, number_axis), axis_titles, strict=True):
        if title_of:
            axis |= {"name": title_of, "name_font": {**_SMALL, "bold": False}}
    if most is not None:
        number_axis["max"] = most
    if step is None and least < 0 and "%" in num_format:
        step = _SHARE_STEP
    if step is not None:
        number_axis["major_unit"] = step
    if upright:
        chart.set_x_axis(name_axis)
        chart.set_y_axis(number_axis)
    else:  # XlsxWriter names the axes of a bar chart by their position
        chart.set_y_axis(name_axis)
        chart.set_x_axis(number_axis)
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"color": look.GRID}})
    return chart


_PIXELS, _SMALL_PIXELS = 6.4, 5.8  # of half a Chinese character: on the axis of names, in a label
_MOST_FOR_NAMES = 0.42  # of the width; longer names are wrapped by the spreadsheet
_FIGURE = 8  # characters of a figure in a label


def _layout(
    size: tuple[int, int], longest: float, names: Sequence[str], *, has_title: bool, axis_titles: tuple[str, str]
) -> dict[str, float]:
    """The part of a chart on which bars are drawn: names to the left of it, labels to the right."""
    wide, tall = size
    left = min(longest * _PIXELS + 16, wide * _MOST_FOR_NAMES) + (22 if axis_titles[0] else 0)
    label = max((width(name) + 1 for name in names), default=0) + _FIGURE
    right = label * _SMALL_PIXELS + 8
    top, bottom = (40 if has_title else 12), (48 if axis_titles[1] else 28)
    return {
        "x": left / wide,
        "y": top / tall,
        "width": (wide - left - right) / wide,
        "height": (tall - top - bottom) / tall,
    }


def height_of(names: int, series: Sequence[str], *, has_title: bool, has_axis_title: bool) -> int:
    """The height in pixels of a chart of bars on their side: every bar as thick as its label is tall.

    ``series``: their names. LibreOffice breaks a label that is wider than a fifth of the chart is tall: then the chart
    is made taller, or every bar as thick as two lines, whichever needs less room.
    """
    frame = (40 if has_title else 12) + (48 if has_axis_title else 28)
    if len(series) == 1:
        return frame + names * 26
    usual, thick = (frame + names * (bar * len(series) + 14) for bar in (17, 26))
    whole = int((max(map(width, series)) + 1 + _FIGURE) * _SMALL_PIXELS * _LABELS)
    return max(usual, min(thick, whole))


_LABELS = 5  # so many times its width a chart is tall for LibreOffice not to break a label


_SHARE_STEP = 0.2


def _whole(least: float, is_share: bool) -> float:
    """Where an axis begins that reaches below zero: at a whole tick, so that zero is one; −20%, not −1%.

    >>> _whole(-0.01, True), _whole(-0.3, True), _whole(-1.3, False), _whole(0.0, True)
    (-0.2, -0.4, -2.0, 0.0)
    """
    if least >= 0:
        return least
    tick = _SHARE_STEP if is_share else 10.0 ** math.floor(math.log10(-least))
    return round(math.floor(round(least / tick, 9)) * tick, 9)


_PATTERNS: tuple[dict[str, object], ...] = (
    _FILLS[0],
    _FILLS[1],
    _FILLS[2],
    {
        "pattern": {"pattern": "percent_25", "fg_color": look.ACCENT, "bg_color": "#FFFFFF"},
        "border": {"color": look.ACCENT},
    },
    {
        "pattern": {"pattern": "light_horizontal", "fg_color": look.ACCENT, "bg_color": "#FFFFFF"},
        "border": {"color": look.ACCENT},
    },
    {
        "pattern": {"pattern": "large_grid", "fg_color": look.ACCENT, "bg_color": "#FFFFFF"},
        "border": {"color": look.ACCENT},
    },
)
MOST_STACKED = len(_PATTERNS)  # series that can be told apart in black and white


def stacked(
    book: xlsxwriter.Workbook,
    title: str,
    names: Cells,
    series: Sequence[Series],
    *,
    size: tuple[int, int],
    num_format: str,
) -> Chart:
    """Bars that lie on their side, made of pieces below and above 0: one bar a name, one piece a series.

    At most ``MOST_STACKED`` series. The legend stands below: a piece may be too short for its name.
    """
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for one, look_of in zip(series, _PATTERNS, strict=False):
        chart.add_series(
            {
                "name": one.name,
                "categories": names.reference,
                "values": one.values.reference,
                "gap": 45,
                **look_of,
            }
        )
    name_font = {"name": look.HEAD_FONT, "size": 11, "bold": False}
    chart.set_title({"name": title, "name_font": name_font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_y_axis(
        {
            "num_font": _SMALL,
            "interval_unit": 1,
            "major_tick_mark": "none",
            "line": {"color": look.GRID},
            "reverse": True,
            "label_position": "low",  # beside the bars, not across those below zero
        }
    )
    chart.set_x_axis(
        {
            "num_font": {**_SMALL, "size": 8},
            "num_format": num_format,
            "major_gridlines": {"visible": True, "line": {"color": "#E3E7EC", "width": 0.5}},
            "line": {"none": True},
            "label_position": "high",  # the axis of names is reversed: this is the bottom
        }
    )
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"color": look.GRID}})
    return chart

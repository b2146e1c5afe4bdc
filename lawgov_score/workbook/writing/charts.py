"""Native charts that read in black and white: dark, hatched and white bars, every name on the axis."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.chart import Chart

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
) -> Chart:
    """A bar chart, the first name on top (``upright``: columns, the first name left). ``size`` in pixels.

    ``axis_titles``: of the axis of names, of that of numbers; empty: none. ``step``: between the numbers on their
    axis; None: chosen by the spreadsheet.
    """
    chart = book.add_chart({"type": "column" if upright else "bar"})
    for bar_series, look_of in zip(series, _FILLS, strict=False):
        chart.add_series(
            {
                "name": bar_series.name,
                "categories": names.reference,
                "values": bar_series.values.reference,
                "gap": 45 if len(series) == 1 else 70,
                "overlap": 0,
                "data_labels": {"value": True, "num_format": num_format, "font": {**_SMALL, "size": 8}},
                **look_of,
                **(
                    {"points": [_FILLS[number % len(_FILLS)] for number in bar_series.fills]}
                    if bar_series.fills
                    else {}
                ),
            }
        )
    chart.set_title({"name": title, "name_font": {"name": look.HEAD_FONT, "size": 11, "bold": False}, "overlay": False})
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom", "font": _SMALL})
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
        "min": least,
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

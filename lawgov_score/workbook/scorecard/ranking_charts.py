"""The charts below the ranking: one for each cohort, or for each thirty of its units."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xlsxwriter

from lawgov_score import explanation
from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.wording import Words
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.page import Page, points_format
from lawgov_score.workbook.writing.paper import room

_CHART = Words("{cohort}得分", "{cohort}: scores")
_CHART_PART = Words("{cohort}得分（第 {first}—{last} 个）", "{cohort}: scores ({first} to {last})")
_MOST_BARS = 60  # units; a bar for each of more is no picture: the analysis has their distribution
_TOO_MANY = Words(
    "单位多于 {most} 个，不逐个画图，得分分布和各组对比见“分析”表。",
    "More than {most} units: no bar for each; see “Analysis” for their distribution and cohorts.",
)
_PER_CHART = 30
_ROW = 20  # pixels of the rows under charts, which no height was given
_FRAME, _BAR = 85, 24  # pixels of a chart, and of each bar in it
_HALF_WIDTH_UNITS = 12  # charts of small cohorts stand two in a row


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one cohort on the sheet."""

    cohort: str
    first: int
    last: int


def write_charts(
    book: xlsxwriter.Workbook, page: Page, row: int, blocks: Sequence[Block], scores: Scores, columns: tuple[int, int]
) -> int:
    """Charts below the table, two in a row where cohorts are small; gives the end row.

    ``columns``: where the table has the units' names, and their totals.
    """
    names, totals = columns
    if not blocks:
        return row
    if sum(block.last - block.first + 1 for block in blocks) > _MOST_BARS:
        return page.line(row, _TOO_MANY(most=_MOST_BARS), look.NOTE)
    sheet = page.sheet.get_name()
    whole = page.pixels
    per_chart = _per_chart(page)
    parts = [
        (block, first, min(first + per_chart - 1, block.last))
        for block in blocks
        for first in range(block.first, block.last + 1, per_chart)
    ]
    is_small = len(parts) > 1 and all(last - first < _HALF_WIDTH_UNITS for _, first, last in parts)
    a_row = 2 if is_small else 1
    top = row
    for start in range(0, len(parts), a_row):
        together = parts[start : start + a_row]
        height = _chart_height(max(last - first + 1 for _, first, last in together))
        for i, (block, first, last) in enumerate(together):
            words = _CHART if (first, last) == (block.first, block.last) else _CHART_PART
            chart = charts.bars(
                book,
                page.say(words(cohort=block.cohort, first=first - block.first + 1, last=last - block.first + 1)),
                charts.Cells(sheet, names, first, last),
                [charts.Series(page.say(labels.SCORE), charts.Cells(sheet, totals, first, last))],
                size=(whole // a_row - 8, height),
                num_format=points_format(scores.tree.policies.round_total),
                most=max(explanation.scale_of(scores.tree), float(np.nanmax(scores.total))),
                least=min(0.0, float(np.nanmin(scores.total))),
            )
            page.sheet.insert_chart(
                top, 0, chart, {"x_offset": 4 + i * (whole // a_row), "y_offset": 6, "object_position": 2}
            )
        below = top + (height + 14) // _ROW + 1
        page.flow.together(top, below - 1)
        top = below
    page.flow.block(row, top - 1)
    return top


def _chart_height(units: int) -> int:
    return _FRAME + _BAR * units


def _per_chart(page: Page) -> int:
    """How many bars fit one printed page, below the heading that it repeats."""
    pixels = room(page.paper, page.pixels, landscape=page.landscape) / 0.75
    return min(int((pixels - _chart_height(0) - 100) // _BAR), _PER_CHART)

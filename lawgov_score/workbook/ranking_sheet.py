"""排名: cohort after cohort, places with totals, grades and aspects, and a chart of each cohort."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xlsxwriter

from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import charts, labels, look
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import SMALL, Page, Text, finish, open_page, points_format

NAME = Words("排名", "Ranking")
_PLACE = Words("位次", "Place")
_OVERALL = Words("总位次", "Overall")
_RAW = Words("折算前得分 / 适用分", "Before conversion / of")
_REMARKS = Words("备注", "Remarks")
_OF_POINTS = Words("{title}\n（{points}分）", "{title}\n({points})")
_BAND = Words("{cohort}（{n} 个单位）", "{cohort} ({n} units)")
_UNPLACED = Words("未计分单位（{n} 个）", "Units without a score ({n})")
_HEADLINE = Words("{title}评分排名表", "{title}: ranking")
_SCALE = Words(
    "得分按满分 {points} 分折算；位次为本考核分组内位次，总位次为全部单位位次；各方面列为“得分 / 适用分”。",
    "Scores are on a scale of {points}. Place is within the cohort, overall place among all units; "
    "aspects are given as score / applicable points.",
)
_CHART = Words("{cohort}得分", "{cohort}: scores")
_CHART_PART = Words("{cohort}得分（第 {first}—{last} 个）", "{cohort}: scores ({first} to {last})")

_UNIT_COLUMN = 2
_SCORE_COLUMN = 5
_MOST_ASPECTS = 6  # more do not fit a sheet of paper: 分类得分 has them
_PER_CHART = 30
_HALF_WIDTH_UNITS = 12  # charts of small cohorts stand two in a row


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one cohort on the sheet."""

    cohort: str
    first: int
    last: int


def write(book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language) -> None:
    """The sheet 排名."""
    tree = scores.tree
    aspects = tree.children if len(tree.children) <= _MOST_ASPECTS else ()
    remarks = [_remarks(scores, row, lang) for row in range(len(scores.units))]
    widths = [
        5.5,
        7,
        look.column_width((unit.name for unit in scores.units), least=14, most=26),
        look.column_width((unit.code for unit in scores.units), least=9, most=16),
        look.column_width((labels.cohort(scores, row, lang) for row in range(len(scores.units))), least=9, most=20),
        9,
        8,
        *[15.0] * len(aspects),
        8,
        14,
        look.column_width(remarks, least=12, most=34) / SMALL + 1,
    ]
    page = open_page(book, formats, NAME, lang, widths)
    row = page.line(0, _HEADLINE(title=tree.title), look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    if tree.notice:
        row = page.line(row, tree.notice, look.NOTE)
    row = page.line(row, _SCALE(points=tree.points), look.NOTE)
    header = row
    row = page.header(
        header,
        [
            _PLACE,
            _OVERALL,
            labels.UNIT,
            labels.UNIT_CODE,
            labels.COHORT,
            labels.SCORE,
            labels.GRADE,
            *[_OF_POINTS(title=aspect.title, points=aspect.points) for aspect in aspects],
            labels.COVERAGE,
            _RAW,
            _REMARKS,
        ],
    )
    placed = [int(r) for r in scores.order if scores.rank[r]]
    unplaced = [int(r) for r in scores.order if not scores.rank[r]]
    sizes = np.bincount(scores.cohorts)
    blocks: list[_Block] = []
    for cohort in dict.fromkeys(int(scores.cohorts[r]) for r in placed):
        members = [r for r in placed if scores.cohorts[r] == cohort]
        name = labels.cohort(scores, members[0], lang)
        if len(sizes) > 1:
            row = _band(page, row, _BAND(cohort=name, n=int(sizes[cohort])))
        blocks.append(_Block(name, row, row + len(members) - 1))
        for member in members:
            row = _unit(page, row, scores, member, len(aspects), remarks[member])
    if unplaced:
        row = _band(page, row, _UNPLACED(n=len(unplaced)))
        for member in unplaced:
            row = _unit(page, row, scores, member, len(aspects), remarks[member])
    end = _charts(book, page, row, blocks, scores)
    finish(page, header=header, end=end, frozen_columns=_UNIT_COLUMN + 1)


def _band(page: Page, row: int, text: Text) -> int:
    page.span(row, 0, page.last, text, look.TEXT, bold=True, bg_color=look.BAND_FILL, font_color=look.ACCENT)
    page.sheet.set_row(row, 20)
    return row + 1


def _remarks(scores: Scores, row: int, lang: Language) -> str:
    """Why a grade was capped, or why there is no place."""
    if not scores.rank[row]:
        return render(labels.why_no_place(scores, row), lang)
    return render(Words("；", "; "), lang).join(render(remark, lang) for remark in labels.grade_remarks(scores, row))


def _unit(page: Page, row: int, scores: Scores, member: int, aspects: int, remark: str) -> int:
    unit = scores.units[member]
    tree = scores.tree
    decimals = points_format(tree.policies.round_total)
    total = float(scores.total[member])
    page.put(row, 0, int(scores.rank[member]) or None, look.CENTRED, bold=True)
    page.put(row, 1, int(scores.overall_rank[member]) or None, look.CENTRED)
    page.put(row, _UNIT_COLUMN, unit.name, look.TEXT)
    page.put(row, 3, unit.code, look.TEXT)
    page.put(row, 4, labels.cohort(scores, member, page.lang), look.TEXT)
    page.put(row, _SCORE_COLUMN, total, look.POINTS, num_format=decimals, bold=True)
    page.put(row, 6, scores.grades[member], look.CENTRED)
    is_scored = bool(scores.rank[member])
    for i, aspect in enumerate(tree.children[:aspects]):
        column = scores.node_column[aspect.code]
        _of(
            page,
            row,
            7 + i,
            float(scores.scores[member, column]) if is_scored else None,
            float(scores.points[member, column]),
        )
    came = scores.submissions[member] is not None
    page.put(row, 7 + aspects, float(scores.coverage[member]) if came else None, look.PERCENT, num_format="0.0%")
    _of(
        page, row, 8 + aspects, float(scores.raw_total[member]) if is_scored else None, float(scores.raw_points[member])
    )
    page.put(row, 9 + aspects, remark, look.TEXT, font_size=9, indent=1)
    page.height(
        row,
        [
            (unit.name, page.widths[_UNIT_COLUMN]),
            (unit.code, page.widths[3]),
            (labels.cohort(scores, member, page.lang), page.widths[4]),
            (scores.grades[member], page.widths[6]),
            (remark, page.widths[page.last] * SMALL),
        ],
        least=19,
    )
    return row + 1


def _of(page: Page, row: int, column: int, score: float | None, points: float) -> None:
    """The score as a number that shows what it is out of: ``31.20 / 40.5``."""
    page.put(row, column, score, look.POINTS, num_format=f'0.00" / {labels.printed(points)}"')


def _charts(book: xlsxwriter.Workbook, page: Page, row: int, blocks: Sequence[_Block], scores: Scores) -> int:
    """Charts below the table, two in a row where cohorts are small; gives the end row."""
    if not blocks:
        return row
    sheet = page.sheet.get_name()
    whole = page.pixels
    parts = [
        (block, first, min(first + _PER_CHART - 1, block.last))
        for block in blocks
        for first in range(block.first, block.last + 1, _PER_CHART)
    ]
    is_small = len(parts) > 1 and all(last - first < _HALF_WIDTH_UNITS for _, first, last in parts)
    a_row = 2 if is_small else 1
    top = row
    if not _fits(page, row, len(parts) // a_row, max(last - first + 1 for _, first, last in parts)):
        page.sheet.set_h_pagebreaks([row])
    for start in range(0, len(parts), a_row):
        together = parts[start : start + a_row]
        height = _chart_height(max(last - first + 1 for _, first, last in together))
        for i, (block, first, last) in enumerate(together):
            words = _CHART if (first, last) == (block.first, block.last) else _CHART_PART
            chart = charts.bars(
                book,
                page.say(words(cohort=block.cohort, first=first - block.first + 1, last=last - block.first + 1)),
                charts.Cells(sheet, _UNIT_COLUMN, first, last),
                [charts.Series(page.say(labels.SCORE), charts.Cells(sheet, _SCORE_COLUMN, first, last))],
                size=(whole // a_row - 8, height),
                num_format=points_format(scores.tree.policies.round_total),
                most=max(scores.tree.points, float(np.nanmax(scores.total))),
            )
            page.sheet.insert_chart(
                top, 0, chart, {"x_offset": 4 + i * (whole // a_row), "y_offset": 6, "object_position": 2}
            )
        top += (height + 14) // 20 + 1
    return top


def _chart_height(units: int) -> int:
    return 95 + 28 * units


def _fits(page: Page, rows: int, charts_below: int, units: int) -> bool:
    """Do the charts have room below a table of so many rows? Else they begin a page of their own."""
    room = page.pixels * 0.65  # what A4 across leaves in height, in pixels of the width
    return 180 + 27 * rows + charts_below * (_chart_height(units) + 14) < room

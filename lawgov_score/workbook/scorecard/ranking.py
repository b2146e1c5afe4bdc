"""排名: cohort by cohort, places with totals, grades and aspects, and a chart of each cohort."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xlsxwriter

from lawgov_score.content import analysis, labels, method
from lawgov_score.content.costs import converted_score
from lawgov_score.content.ranking import (
    ON_SCALE,
    UNPLACED,
    Columns,
    about,
    band,
    columns_of,
    converted_aspects,
    headings,
    remarks_of,
)
from lawgov_score.content.result_title import result_title
from lawgov_score.explanation.printed_grade import marks_score
from lawgov_score.model import Scores, Tree
from lawgov_score.report import width
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.scorecard.details import sheets_of
from lawgov_score.workbook.scorecard.plan import SUMS, LivePlan
from lawgov_score.workbook.writing import charts, look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import (
    SMALL,
    Content,
    Page,
    finish,
    letter_format,
    open_page,
    points_format,
    with_mark,
)
from lawgov_score.workbook.writing.paper import room

_CHART = Words("{cohort}得分", "{cohort}: scores")
_CHART_PART = Words("{cohort}得分（第 {first}—{last} 个）", "{cohort}: scores ({first} to {last})")
_MOST_BARS = 60  # units; no chart for more: the analysis has their distribution
_TOO_MANY = Words(
    "单位多于 {most} 个，不逐个画图，得分分布和各组对比见“分析”表。",
    "More than {most} units: no bar for each; see “Analysis” for their distribution and cohorts.",
)
_PER_CHART = 30
_ROW = 20  # pixels of rows under charts without a height of their own
_HALF_WIDTH_UNITS = 12  # charts of small cohorts are placed two in a row


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one cohort on the sheet."""

    cohort: str
    first: int
    last: int


def write_charts(
    book: xlsxwriter.Workbook, page: Page, row: int, blocks: Sequence[Block], scores: Scores, columns: tuple[int, int]
) -> int:
    """Draws charts below the table, two in a row for small cohorts; gives the end row.

    ``columns``: the table's columns of the units' names, and of their totals.
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
        height = chart_height(max(last - first + 1 for _, first, last in together))
        for i, (block, first, last) in enumerate(together):
            words = _CHART if (first, last) == (block.first, block.last) else _CHART_PART
            chart = charts.bars(
                book,
                page.say(words(cohort=block.cohort, first=first - block.first + 1, last=last - block.first + 1)),
                charts.Cells(sheet, names, first, last),
                [charts.Series(page.say(labels.SCORE), charts.Cells(sheet, totals, first, last))],
                size=(whole // a_row - 8, height),
                num_format=points_format(scores.tree.policies.total_decimals),
                most=max(scores.tree.largest_scale, float(np.nanmax(scores.total))),
                least=min(0.0, float(np.nanmin(scores.total))),
                axis_titles=("", page.say(analysis.TOTALS)),
                longest=float(max(width(unit.name) for unit in scores.units)),
            )
            page.sheet.insert_chart(
                top, 0, chart, {"x_offset": 4 + i * (whole // a_row), "y_offset": 6, "object_position": 2}
            )
        below = top + (height + 14) // _ROW + 1
        page.flow.together(top, below - 1)
        top = below
    page.flow.block(row, top - 1)
    return top


def chart_height(units: int) -> int:
    """The height in pixels of a chart of so many units."""
    return charts.height_of(units, [""], has_title=True, has_axis_title=True)


def _per_chart(page: Page) -> int:
    """How many bars fit one printed page, below the heading that it repeats."""
    pixels = room(page.paper, page.pixels, landscape=page.landscape) / 0.75
    a_bar = chart_height(1) - chart_height(0)
    return min(int((pixels - chart_height(0) - 100) // a_bar), _PER_CHART)


NAME = Words("排名", "Ranking")


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 排名; with a ``plan`` scores, places and grades are formulas over the sheet of sums."""
    tree = scores.tree
    columns = columns_of(scores)
    remarks = [remarks_of(scores, row, lang) for row in range(len(scores.units))]
    is_marked = any(marks_score(scores, row) for row in range(len(scores.units)))
    wide = {
        "place": 5.5,
        "overall": 7.0,
        "movement": 7.0,
        "unit": look.column_width((unit.name for unit in scores.units), least=14, most=26),
        "code": look.column_width((unit.code for unit in scores.units), least=9, most=16),
        "cohort": look.column_width((labels.cohort(scores, row, lang) for row in range(len(scores.units))), 9, 20),
        "before": 9.0,
        "adjusted": 8.0,
        "score": (12.0 if tree.letters else 9.0) + (9.0 if is_marked else 0.0),
        "grade": look.column_width(
            (
                *(grade.name for grade in tree.grades),
                *(labels.grade(scores, row, lang) for row in range(len(scores.units))),
            ),
            least=8,
            most=18,
        ),
        "coverage": 8.0,
        "raw": 14.0,
        "remarks": look.column_width(remarks, least=12, most=34) / SMALL + 1,
    }
    wide |= dict.fromkeys((f"aspect:{code}" for code in converted_aspects(scores, columns)), 26.0)
    page = open_page(book, formats, NAME, lang, [wide.get(name, 15.0) for name in columns.names])
    row = page.line(0, result_title(scores), look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    if tree.notice:
        row = page.line(row, tree.notice, look.NOTE)
    row = page.line(row, about(scores, columns, lang), look.NOTE)
    if plan is None:
        row = page.line(row, method.STATED, look.NOTE)
    if len(sheets := sheets_of(scores)) > 1:
        row = page.line(row, method.SPLIT(n=len(sheets)), look.NOTE)
    header = row
    row = page.header(header, headings(scores, columns))
    placed = labels.listed(scores)
    unplaced = [int(r) for r in scores.order if int(r) not in set(placed)]
    has_bands = len(set(scores.cohorts.tolist())) > 1
    blocks: list[Block] = []
    for cohort in dict.fromkeys(int(scores.cohorts[r]) for r in placed):
        members = [r for r in placed if scores.cohorts[r] == cohort]
        name = labels.cohort(scores, members[0], lang)
        top = row
        if has_bands:
            row = _band(page, row, band(scores, cohort, lang))
        blocks.append(Block(name, row, row + len(members) - 1))
        for member in members:
            row = _unit(page, row, scores, member, columns, remarks[member], plan)
        page.flow.block(top, row - 1)
    if unplaced:
        top = row
        row = _band(page, row, UNPLACED(n=len(unplaced)))
        for member in unplaced:
            row = _unit(page, row, scores, member, columns, remarks[member], plan)
        page.flow.block(top, row - 1)
    end = (
        write_charts(book, page, row, blocks, scores, (columns.at("unit"), columns.at("score")))
        if labels.has_total(tree)
        else row
    )
    finish(page, header=header, end=end, frozen_columns=columns.at("unit") + 1)


def _band(page: Page, row: int, text: Text) -> int:
    page.span(row, 0, page.last, text, look.TEXT, bold=True, bg_color=look.BAND_FILL, font_color=look.ACCENT)
    page.tall(row, 20)
    page.flow.kept.add(row)
    return row + 1


def _unit(
    page: Page, row: int, scores: Scores, member: int, columns: Columns, remark: str, plan: LivePlan | None
) -> int:
    unit, tree = scores.units[member], scores.tree
    total = float(scores.total[member])
    came = scores.submissions[member] is not None
    is_scored = bool(labels.scored_rows(scores)[member])
    moved = labels.movement(scores, member)
    form = letter_format(scores.letter_of_total(member), tree.policies.total_decimals)
    form += with_mark(labels.provisional_score(scores, member, page.lang))
    fall = page.say(moved).startswith("↓")
    adjusted = sum(one.points for one in scores.adjusted[member])
    cells: dict[str, tuple[Content, look.Style, dict[str, object]]] = {
        "place": (labels.place(scores, member), look.CENTRED, {"bold": True, "num_format": "0"}),
        "overall": (labels.overall_place(scores, member), look.CENTRED, {"num_format": "0"}),
        "movement": (moved, look.CENTRED, {"font_color": look.BAD} if fall else {}),
        "unit": (unit.name, look.TEXT, {}),
        "code": (unit.code, look.TEXT, {}),
        "cohort": (labels.cohort(scores, member, page.lang), look.TEXT, {}),
        "before": (float(scores.converted[member]) if is_scored else None, look.POINTS, {}),
        "adjusted": (
            adjusted if is_scored and scores.adjusted[member] else None,
            look.POINTS,
            {"num_format": "+0.00##;−0.00##;0.00"},
        ),
        "score": (total, look.POINTS, {"num_format": form, "bold": True}),
        "grade": (labels.grade(scores, member, page.lang), look.CENTRED, {}),
        "coverage": (float(scores.coverage[member]) if came else None, look.PERCENT, {"num_format": "0.0%"}),
        "remarks": (remark, look.TEXT, {"font_size": 9, "indent": 1}),
    }
    live = {} if plan is None else _live(plan, member)
    if "grade" in live and (suffix := labels.provisional(scores, member, page.lang)):
        live["grade"] = f'IF({live["grade"]}="","",{live["grade"]}&"{suffix}")'
    for name, (content, style, changes) in cells.items():
        if not columns.has(name):
            continue
        if name in live:
            stored = "" if content is None else content if isinstance(content, (int, float)) else page.say(content)
            page.formula(row, columns.at(name), f"={live[name]}", stored, style, **changes)
        else:
            page.put(row, columns.at(name), content, style, **changes)
    for aspect in columns.aspects:
        at = scores.at(member, aspect.code)
        score = at.score if is_scored else None
        whole = converted_score(scores, member, aspect) if is_scored else None
        made = plan.score_cell(member, aspect.code) if plan is not None and is_scored else None
        _of(page, row, columns.at(f"aspect:{aspect.code}"), score, at.points, made, tree, whole)
    if columns.has("raw"):
        raw = float(scores.raw_total[member]) if is_scored else None
        _of(page, row, columns.at("raw"), raw, float(scores.raw_points[member]), live.get("raw"))
    long: dict[str, str] = {
        "unit": unit.name,
        "code": unit.code,
        "cohort": labels.cohort(scores, member, page.lang),
        "grade": labels.grade(scores, member, page.lang),
    }
    texts = [(text, page.widths[columns.at(name)]) for name, text in long.items() if columns.has(name)]
    page.height(row, [*texts, (remark, page.widths[page.last] * SMALL)], least=19)
    return row + 1


def _live(plan: LivePlan, member: int) -> dict[str, str]:
    """The cells of the sheet of sums behind the columns; only for units that have a place."""
    scores = plan.scores
    if not labels.has_total(scores.tree) or not scores.rank[member]:
        return {}
    cells = {"before": "before", "score": "total", "place": "place", "overall": "overall", "raw": "score"}
    formulas = {name: plan.sum_cell(member, what) for name, what in cells.items()}
    if scores.adjusted[member]:
        formulas["adjusted"] = plan.sum_cell(member, "adjusted")
    if scores.tree.grades:
        formulas["grade"] = plan.sum_cell(member, "grade")
    places = plan.cohort(member, SUMS, plan.sums["place", scores.tree.code])
    everywhere = plan.everybody(SUMS, plan.sums["overall", scores.tree.code])
    if scores.tree.policies.equals_sign:
        for name, cells_of in (("place", places), ("overall", everywhere)):
            own = formulas[name]
            formulas[name] = f'IF(COUNTIF({cells_of},{own})>1,"="&{own},{own})'
    before = scores.previous.ranks.get(scores.units[member].code, 0) if scores.previous is not None else 0
    if before:
        change = f"({before}-{plan.sum_cell(member, 'place')})"
        formulas["movement"] = f'IF({change}>0,"↑"&{change},IF({change}<0,"↓"&-{change},"—"))'
    return formulas


def _of(
    page: Page,
    row: int,
    column: int,
    score: float | None,
    points: float,
    live: str | None = None,
    tree: Tree | None = None,
    converted: float | None = None,
) -> None:
    """Writes the score as a number whose format shows what it is out of: ``31.20 / 40.5``, or ``B+  31.20 / 40.5``.

    ``converted``: its value on the printed scale, if it counts converted: ``64.00 / 64（折合 100.00）``.
    """
    plain = letter_format(tree.letter(score), None) if tree is not None and score is not None else "0.00"
    whole = ""
    if converted is not None:
        whole = page.say(ON_SCALE(score=f"{converted:.2f}"))
    form = f'{plain}" / {labels.printed(points)}{whole}"'
    if live is None or score is None:
        page.put(row, column, score, look.POINTS, num_format=form)
    else:
        page.formula(row, column, f'=IF(ISNUMBER({live}),{live},"")', score, look.POINTS, num_format=form)

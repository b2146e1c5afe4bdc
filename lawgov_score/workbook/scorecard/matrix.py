"""分类得分: units × categories as score rates on a colour scale, and as points below."""

from collections.abc import Mapping, Sequence

import numpy as np
import xlsxwriter

from lawgov_score.content import labels, palette
from lawgov_score.content.rates import SHEET, categories, counted_rates, mean_of, rates
from lawgov_score.model import Node, Scores, Tree
from lawgov_score.report import width
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.scorecard.plan import LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

_HEADLINE = Words("分类得分率", "Score rates by category")
_NOTE = Words(
    "得分率 = 得分 ÷ 适用分值，颜色越深得分率越低；空白为不适用或无得分。下半部分为得分（分）。",
    "Score rate = score ÷ applicable points; the darker the cell, the lower. Blank: not applicable, or no score. "
    "The lower half gives the scores in points.",
)
_NOTE_OFF = Words(
    "“{titles:list}”是扣分项：所列为扣分占最多可扣分的比例和扣分，颜色越深扣得越多。",
    "{titles:list}: taken off; the figures are what was taken off, as a share of the most and in points; the darker, "
    "the more.",
)
_ACROSS = Words("共 {n} 类，打印时横向分为 {pages} 页。", "{n} categories: printed {pages} pages across.")
_TITLE = Words("{code} {title}", "{code} {title}")
_RATES = Words("得分率", "Score rates")
_SCORES = Words("得分（分）", "Scores (points)")
_MEAN = Words("平均", "Mean")
_TOTAL = Words("得分", "Score")
_BAND = Words("{what} · {cohort}", "{what} · {cohort}")

_POINTS_OF = Words("分值（{types:list}）", "points ({types:list})")
_NARROW, _WIDE, _FEW = 3.8, 5.6, 24  # width of a category's column: narrow if there are more than a few
_FEW_UNITS = 8  # most units whose rates and scores fit on one page
_MOST_ACROSS = 44  # categories on one sheet of paper; more would be illegible
_FIRST = 2  # the first column of categories, after the unit and its total


_CELL: Mapping[str, object] = {
    "font_size": 9,
    "shrink": True,
    "align": "center",
}  # 100% is a little wider than the column

_SCALE: Mapping[str, object] = {
    "type": "3_color_scale",
    "mid_color": palette.MIDDLE,
    "min_type": "num",
    "min_value": 0,
    "mid_type": "num",
    "max_type": "num",
    "max_value": 1,
}
_EARNED: Mapping[str, object] = {
    **_SCALE,
    "min_color": palette.LOW,
    "mid_value": palette.SCALE_MIDDLE,
    "max_color": palette.HIGH,
}
_TAKEN_OFF: Mapping[str, object] = {  # the more is taken off, the darker
    **_SCALE,
    "min_color": palette.HIGH,
    "mid_value": 1 - palette.SCALE_MIDDLE,
    "max_color": palette.LOW,
}


def write(
    book: xlsxwriter.Workbook, formats: Formats, scores: Scores, lang: Language, plan: LivePlan | None = None
) -> None:
    """Writes the sheet 分类得分; with a ``plan`` rates and scores are formulas."""
    nodes = categories(scores.tree)
    unit = look.column_width((one.name for one in scores.units), least=14, most=24)
    page = open_page(book, formats, SHEET, lang, [unit, 7.5, *[_NARROW if len(nodes) > _FEW else _WIDE] * len(nodes)])
    row = page.line(0, _HEADLINE, look.TITLE)
    row = page.line(row, labels.edition(scores), look.SUBTITLE)
    row = page.line(row, _NOTE, look.NOTE)
    off = tuple(node.title for node in nodes if scores.tree.is_taken_off(node))
    if off:
        row = page.line(row, _NOTE_OFF(titles=off), look.NOTE)
    across = -(-len(nodes) // _MOST_ACROSS) or 1
    if across > 1:
        row = page.line(row, _ACROSS(n=len(nodes), pages=across), look.NOTE)
    row = _aspects(page, row, scores.tree, nodes)
    first_header = row - 1
    row = _titles(page, row, nodes)
    row = _points(page, row, scores.tree, nodes)
    header = row - 1
    placed = labels.listed(scores)
    rate = rates(scores, nodes)
    first = row
    row = _block(page, row, scores, placed, _RATES, rate, look.PERCENT, "0%", nodes, plan)
    if placed:
        counted = counted_rates(scores, nodes)
        with_mean = np.array([mean_of(counted[placed, i]) for i in range(len(nodes))])
        page.put(row, 0, _MEAN, look.TEXT, bold=True)
        page.put(row, 1, mean_of(scores.total[placed]), look.POINTS, bold=True, font_size=9)
        for i, mean in enumerate(with_mean):
            page.put(row, _FIRST + i, float(mean), look.PERCENT, num_format="0%", bold=True, **_CELL)
        for i, node in enumerate(nodes):
            scale = _TAKEN_OFF if scores.tree.is_taken_off(node) else _EARNED
            page.sheet.conditional_format(first, _FIRST + i, row, _FIRST + i, {**scale})
        row += 1
    if len(placed) > _FEW_UNITS:
        page.flow.begun.add(row)
    columns = [scores.node_column[node.code] for node in nodes]
    row = _block(page, row, scores, placed, _SCORES, scores.scores[:, columns], look.POINTS, "0.00", nodes, plan)
    finish(page, header=header, end=row, first_header=first_header, frozen_columns=_FIRST, across=across)
    if across > 1:
        on_each = -(-len(nodes) // across)
        page.sheet.repeat_columns(0, _FIRST - 1)
        page.sheet.set_v_pagebreaks([_FIRST + i * on_each for i in range(1, across)])


def _points(page: Page, row: int, tree: Tree, nodes: Sequence[Node]) -> int:
    """What each category is worth: one row, or one for the unit types that have the same points."""
    for names, own in tree.kinds or (((), tree),):
        label: Text = _POINTS_OF(types=names) if names else labels.POINTS
        page.span(row, 0, _FIRST - 1, label, look.HEADER)
        if names:
            page.height(row, [(label, sum(page.widths[:_FIRST]))])
        for i, node in enumerate(nodes):
            points = own.by_code[node.code].points
            page.put(row, _FIRST + i, points, look.POINTS, num_format="0.0#", bg_color=look.HEADER_FILL, **_CELL)
        row += 1
    return row


def _aspects(page: Page, row: int, tree: Tree, nodes: Sequence[Node]) -> int:
    """One merged heading over the categories of each aspect."""
    tops = [(tree.ancestors(node.code) or (node,))[0] for node in nodes]
    page.span(row, 0, _FIRST - 1, None, look.HEADER)
    start = 0
    tallest: list[tuple[Text, float]] = []
    for i in range(1, len(nodes) + 1):
        if i == len(nodes) or tops[i].code != tops[start].code:
            page.span(row, _FIRST + start, _FIRST + i - 1, tops[start].title, look.HEADER)
            tallest.append((tops[start].title, sum(page.widths[_FIRST + start : _FIRST + i])))
            start = i
    page.height(row, tallest, least=20)
    return row + 1


def _titles(page: Page, row: int, nodes: Sequence[Node]) -> int:
    """Rotated headings, code first, as tall as the longest title."""
    page.put(row, 0, labels.UNIT, look.HEADER)
    page.put(row, 1, _TOTAL, look.HEADER)
    texts = [page.say(_TITLE(code=node.code, title=labels.titled(node))) for node in nodes]
    for i, text in enumerate(texts):
        page.put(row, _FIRST + i, text, look.HEADER, rotation=90, font_size=8, valign="bottom", text_wrap=True)
    longest = max((width(text) for text in texts), default=10)
    lines = 2 if longest > 34 else 1  # a column this wide holds two rotated lines
    page.tall(row, min(max(-(-longest // lines) * 5.8 + 30, 60), look.ROW_CAP))  # lines break unevenly
    return row + 1


def _band(page: Page, row: int, text: Text) -> int:
    page.span(row, 0, page.last, text, look.TEXT, bold=True, bg_color=look.BAND_FILL, font_color=look.ACCENT)
    page.tall(row, 18)
    page.flow.kept.add(row)
    return row + 1


def _block(
    page: Page,
    row: int,
    scores: Scores,
    placed: Sequence[int],
    what: Words,
    numbers: FloatArray,
    style: look.Style,
    num_format: str,
    nodes: Sequence[Node],
    plan: LivePlan | None,
) -> int:
    """Writes one row per unit, in the order of places, with a band before each cohort."""
    cohort, top = -1, row
    for member in placed:
        if scores.cohorts[member] != cohort:
            if cohort >= 0:
                page.flow.block(top, row - 1)
            cohort, top = int(scores.cohorts[member]), row
            row = _band(page, row, _BAND(what=what, cohort=labels.cohort(scores, member, page.lang)))
        name = scores.units[member].name
        page.put(row, 0, name, look.TEXT)
        total = float(scores.total[member])
        if plan is None or np.isnan(total):
            page.put(row, 1, total, look.POINTS, bold=True, font_size=9)
        else:
            page.formula(row, 1, f"={plan.sum_cell(member, 'total')}", total, look.POINTS, bold=True, font_size=9)
        for i in range(numbers.shape[1]):
            number = float(numbers[member, i])
            letter = scores.tree.letter(number) if what is _SCORES else ""
            form = f'"{letter}"' if letter else num_format
            made = None if plan is None else _live(plan, member, nodes[i], is_rate=what is _RATES)
            if made is None or np.isnan(number):
                page.put(row, _FIRST + i, number, style, num_format=form, **_CELL)
            else:
                page.formula(row, _FIRST + i, f"={made}", number, style, num_format=form, **_CELL)
        page.height(row, [(name, page.widths[0])])
        row += 1
    if row > top:
        page.flow.block(top, row - 1)
    return row


def _live(plan: LivePlan, member: int, node: Node, *, is_rate: bool) -> str | None:
    """The formula of a node's score, or of its rate, over the sheets that hold both."""
    score, points = plan.score_cell(member, node.code), plan.points_cell(member, node.code)
    if score is None or points is None:
        return None
    return f'IF(ISNUMBER({score}),IF(N({points})>0,{score}/{points},""),"")' if is_rate else score

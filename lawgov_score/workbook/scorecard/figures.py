"""填报值: every figure that a score depends on, one row per unit; the formulas of the details refer to it."""

import math
from collections.abc import Iterator

import xlsxwriter

from lawgov_score.explanation import references
from lawgov_score.model import Indicator
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.formulas.lines import MARK, NONE, Line, lines_of
from lawgov_score.workbook.scorecard import cells as live_cells
from lawgov_score.workbook.scorecard.data_page import Heading, open_data_page, set_height
from lawgov_score.workbook.scorecard.plan import FIGURES, UNIT_COLUMNS, LivePlan
from lawgov_score.workbook.writing import figures, look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page

_NOTE = Words(
    "各单位填报值、上年数据和评审打分，一个单位一行；“明细”表的指标值和得分是引用本表的公式，改动浅黄色的数即可试算。"
    "最右各栏为同组比较所用的数，空白的不参与比较。",
    "Answers, figures of last edition and reviewers’ marks, a row a unit; values and scores under “Details” are "
    "formulas over them: change a figure on yellow to try it out. The columns at the right are what units are compared "
    "by; blank: takes no part.",
)
_TITLE = Words("{code} {title}", "{code} {title}")
_MARK_OF = Words("评分 {n}", "mark {n}")
_COMPARED = Words("同组比较：{code} {title}", "compared: {code} {title}")


def write(book: xlsxwriter.Workbook, formats: Formats, plan: LivePlan) -> None:
    """Writes the sheet."""
    tree = plan.scores.tree
    headings: list[Heading] = [
        (_TITLE(code=block.code, title=block.title), asked.name) for block in tree.blocks for asked in block.fields
    ]
    headings += [
        (_TITLE(code=indicator.code, title=indicator.title), _heading(plan, indicator, name))
        for indicator in tree.indicators
        for name in plan.figures[indicator.code]
        if indicator.keys.get(name) not in tree.readers
    ]
    headings += [(_COMPARED(code=one.code, title=one.title), one.what) for one in plan.peers]
    page = open_data_page(book, formats, plan, FIGURES, _NOTE, headings)
    for member in plan.order:
        done: set[str] = set()
        texts = [text for one in tree.indicators for text in _indicator(page, plan, member, one, done)]
        _peers(page, plan, member)
        set_height(page, plan, member, texts)
    assert len(headings) + UNIT_COLUMNS == len(page.widths)


def _heading(plan: LivePlan, indicator: Indicator, name: str) -> Text:
    field = next((one for one in indicator.fields if one.code == name), None)
    if field is not None:
        return field.name
    if name.startswith(MARK):
        return _MARK_OF(n=int(name.removeprefix(MARK)) + 1)
    if name == "previous.value":
        return Words("上年指标值", "last edition’s value")
    return references.named(indicator, name, plan.scores.tree)


def _indicator(page: Page, plan: LivePlan, member: int, indicator: Indicator, done: set[str]) -> Iterator[str]:
    """Writes the figures of one indicator; gives the texts among them. ``done``: keys of the shared ones written."""
    if indicator.code not in plan.details[member]:
        return
    columns, row = plan.figures[indicator.code], plan.rows[member]
    for line in lines_of(plan.scores, member, indicator, plan.lang):
        column = columns.get(line.name)
        if column is not None and line.shared not in done:
            done.update([line.shared] if line.shared else ())
            _figure(page, plan, member, indicator, line, row, column)
            if line.content is not None and not isinstance(line.content, (int, float)):
                yield page.say(line.content)


def _figure(page: Page, plan: LivePlan, member: int, indicator: Indicator, line: Line, row: int, column: int) -> None:
    made = live_cells.of_reference(plan, member, indicator, line.name)
    if made is not None and (isinstance(line.content, float) or not line.name.startswith("score(")):
        stored = line.content if isinstance(line.content, float) else page.say(NONE)
        page.formula(row, column, f"={made}", stored, line.style)
    elif line.is_open:
        page.put(row, column, line.content, line.style, bg_color=look.INPUT_FILL)
    else:
        page.put(row, column, line.content, line.style)


def _peers(page: Page, plan: LivePlan, member: int) -> None:
    for number, peer in enumerate(plan.peers):
        source = live_cells.of_peer(plan, member, number)
        style = look.PERCENT if peer.is_share else figures.GENERAL
        row, column = plan.rows[member], plan.peer_columns[peer.key]
        if source.formula:
            page.formula(row, column, f"={source.formula}", _number(source.figure), style)
        else:
            page.put(row, column, source.figure, style)


def _number(figure: float | None) -> float:
    return math.nan if figure is None else figure

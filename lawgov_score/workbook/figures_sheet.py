"""填报值: one row a unit, one column a figure that rules read: what the formulas of 明细 look at."""

import math
from collections.abc import Mapping

import xlsxwriter

from lawgov_score.content import labels
from lawgov_score.model import Indicator
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook import card_formulas, detail_sheet, figures, look
from lawgov_score.workbook.card_lines import NONE, Line
from lawgov_score.workbook.look import Formats
from lawgov_score.workbook.page import Page, address, finish, open_page
from lawgov_score.workbook.scorecard_plan import FIRST_COLUMN, FIRST_ROW, NAME, SCORE, VALUE, Plan

_HEADLINE = Words("填报值：各项得分所依据的数据", "Figures that the scores rest on")
_NOTE = Words(
    "“{details}”表的得分公式引用本表。改动浅黄色的数即可试算；考核机关评分、上年数据是填入的数；"
    "标“同组”的各列供同组比较，随左边的数变动，不参加比较的单位留空。",
    "The formulas of the sheet “{details}” look here. Change a figure on yellow to try it out; marks and last "
    "edition's figures are stated. Columns headed “cohort” are what units are compared by; blank: takes no part.",
)
_COMPARED = Words("同组：{what}", "Cohort: {what}")
_WIDTH = 14.0
_NOTE_COLUMNS = 7  # that the note stands over: it is to be read without scrolling


def write(
    book: xlsxwriter.Workbook, formats: Formats, plan: Plan, details: Mapping[tuple[int, str], int], lang: Language
) -> None:
    """The sheet. ``details``: the row of each unit (by its row in ``scores``) and indicator on 明细."""
    scores, tree = plan.scores, plan.scores.tree
    last = FIRST_COLUMN + len(plan.columns) + len(plan.peers)
    page = open_page(book, formats, NAME, lang, [14, 20, 12, *[_WIDTH] * (last - FIRST_COLUMN)])
    note, end = _NOTE(details=page.say(detail_sheet.NAME)), min(page.last, _NOTE_COLUMNS)
    for row, text, style in ((0, _HEADLINE, look.HEADING), (1, note, look.NOTE)):
        page.span(row, 0, end, text, style, text_wrap=True)
        page.height(row, [(text, sum(page.widths[: end + 1]))], size=12 - row * 2, least=22)
    codes: list[Text] = [labels.COHORT, labels.UNIT, labels.UNIT_CODE]
    titles, names = list(codes), list(codes)
    shown: dict[tuple[str, str], Line] = {
        (code, line.name): line for (_, code), lines in plan.lines.items() for line in lines
    }
    for code, name in plan.columns:
        codes.append(code)
        titles.append(tree.by_code[code].title)
        names.append(shown[code, name].label)
    for _, one in plan.peers.values():
        codes.append(one.code)
        titles.append(one.title)
        names.append(_COMPARED(what=page.say(one.what)))
    for row, texts in enumerate((codes, titles, names), start=FIRST_ROW - 3):
        page.header(row, texts)
    for member, row in plan.rows.items():
        _unit(page, plan, member, row, details)
    finish(page, header=FIRST_ROW - 1, end=FIRST_ROW + len(scores.units), frozen_columns=FIRST_COLUMN)


def _unit(page: Page, plan: Plan, member: int, row: int, details: Mapping[tuple[int, str], int]) -> None:
    scores, unit = plan.scores, plan.scores.units[member]
    about = (labels.cohort(scores, member, page.lang), unit.name, unit.code)
    for column, text in enumerate(about):
        page.put(row, column, text, look.TEXT)
    texts: list[tuple[Text, float]] = [(text, page.widths[i]) for i, text in enumerate(about)]
    for indicator in scores.tree.indicators:
        for line in plan.lines[member, indicator.code]:
            _line(page, plan, member, row, indicator, line, details)
            if line.content is not None and not isinstance(line.content, int | float):
                texts.append((line.content, _WIDTH))
    sheet = page.say(detail_sheet.NAME)
    for (kind, of), (column, one) in plan.peers.items():
        figure = float(one.figures[member])
        if math.isnan(figure):
            continue  # takes no part
        if kind == "value":
            source = f"'{sheet}'!{address(details[member, of], VALUE)}"
        else:
            source = address(row, plan.columns[one.code, of.removeprefix(f"{one.code}.")])
        style = look.PERCENT if one.is_share else figures.GENERAL
        page.formula(row, column, f'=IF(ISNUMBER({source}),{source},"")', figure, style, bg_color=look.BAND_FILL)
    page.height(row, texts)


def _line(
    page: Page,
    plan: Plan,
    member: int,
    row: int,
    indicator: Indicator,
    line: Line,
    details: Mapping[tuple[int, str], int],
) -> None:
    column, cohort_number = plan.columns[indicator.code, line.name], int(plan.scores.cohorts[member])
    scored = line.name[7:-2] if line.name.startswith('score("') else ""
    if (member, scored) in details and isinstance(line.content, float):
        source = f"'{page.say(detail_sheet.NAME)}'!{address(details[member, scored], SCORE)}"
        page.formula(row, column, f"={source}", line.content, line.style)
        return
    ranges = {key: plan.range_of(key, cohort_number) for key in plan.peers}
    compared = card_formulas.statistic(ranges, indicator, line.name, page.say(NONE))
    if compared:
        stored = line.content if isinstance(line.content, float) else page.say(NONE)
        page.formula(row, column, f"={compared}", stored, line.style)
        return
    fill: dict[str, object] = {"bg_color": look.INPUT_FILL} if line.is_open else {}
    page.put(row, column, line.content, line.style, **fill)

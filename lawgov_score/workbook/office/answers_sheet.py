"""考核机关填报项: the fields that the office fills in instead of the units, one row a unit, one column a field."""

from collections.abc import Sequence
from itertools import groupby

import xlsxwriter

from lawgov_score.model import Roster, Tree, Unit
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, Question, address
from lawgov_score.workbook.forms.office import ANSWERS
from lawgov_score.workbook.forms.office_layout import labelled, office_questions
from lawgov_score.workbook.office.sheet import head, sign
from lawgov_score.workbook.template.entry_checks import value_check
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.lists_sheet import Lists
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.page import Page, finish, open_page

_BLANK_ROWS = 24
_COLUMN = 12.0
_MOST_COLUMNS = 14  # on one printed page; more go on to pages beside it
_STYLES: dict[FieldType, Style] = {
    FieldType.SHARE: look.PERCENT,
    FieldType.DATE: look.DATE,
    FieldType.COUNT: {**look.WHOLE, "num_format": "General"},
    FieldType.AMOUNT: {**look.WHOLE, "num_format": "General"},
    FieldType.TEXT: look.TEXT,
}
_MEASURED = Words("{name}（{measured_in}）", "{name} ({measured_in})")
_CODES = Words("填报项代码", "Codes of the fields")


def write_answers_sheet(
    book: xlsxwriter.Workbook, formats: Formats, lists: Lists, tree: Tree, units: Roster | None, lang: Language
) -> None:
    """Adds the sheet. Its heading has three rows: indicator, field, code of the field (which is what is read)."""
    questions = office_questions(tree)
    unit_width = ANSWERS.columns[0].width
    page = open_page(book, formats, ANSWERS.name, lang, [unit_width, *(_COLUMN for _ in questions)])
    sheet = page.sheet
    sheet.set_column(0, 0, unit_width, formats({"num_format": "@"}))
    top = head(page, tree, ANSWERS, "left" if len(questions) > _MOST_COLUMNS else "center")
    _headings(page, top, questions)
    first = top + 3
    rows: list[Unit | None] = list(units) if units else [None] * _BLANK_ROWS
    for row, unit in enumerate(rows, start=first):
        _row(page, row, unit, tree, questions)
    last = first + len(rows) - 1
    for at, question in enumerate(questions, start=1):
        sheet.data_validation(first, at, last, at, value_check(question, address(first, at), lists, lang))
    if units:
        offered = tuple(labelled(unit.code, unit.name) for unit in units)
        source = lists.reference(offered, LISTS_SHEET)
        sheet.data_validation(first, 0, last, 0, {"validate": "list", "source": source, "error_type": "warning"})
    finish(page, header=top, end=last + 1)
    sheet.repeat_rows(top, top + 2)
    sheet.repeat_columns(0)
    sheet.freeze_panes(first, 1)
    if len(questions) > _MOST_COLUMNS:
        sheet.fit_to_pages(-(-len(questions) // _MOST_COLUMNS), 0)
    sign(page, ANSWERS)


def _headings(page: Page, row: int, questions: Sequence[Question]) -> None:
    fill = {"bg_color": look.ACCENT, "font_color": "#FFFFFF"}
    page.sheet.merge_range(row, 0, row + 1, 0, "", page.formats(look.HEADER, **fill))
    page.put(row, 0, ANSWERS.columns[0].heading, look.HEADER, **fill)
    small: dict[str, object] = {"font_size": 8, "font_color": look.MUTED, "bg_color": look.LOCKED_FILL}
    page.put(row + 2, 0, _CODES, look.CENTRED, **small)
    at, tallest = 1, [("", _COLUMN)]
    for _, group in groupby(questions, key=lambda question: question.indicator.code):
        asked = list(group)
        indicator = asked[0].indicator
        title = labelled(indicator.code, indicator.title)
        page.span(row, at, at + len(asked) - 1, title, look.HEADER)
        tallest.append((title, _COLUMN * len(asked)))
        at += len(asked)
    page.height(row, tallest, least=24)
    names = []
    for column, question in enumerate(questions, start=1):
        field = question.field
        name = _MEASURED(name=field.name, measured_in=field.measured_in) if field.measured_in else field.name
        names.append((page.say(name), _COLUMN))
        page.put(row + 1, column, name, look.HEADER, **fill)
        page.put(row + 2, column, question.key, look.CENTRED, **small)
    page.height(row + 1, names, least=24)
    page.height(row + 2, [(question.key, _COLUMN * 10 / 8) for question in questions], size=8, least=14)


def _row(page: Page, row: int, unit: Unit | None, tree: Tree, questions: Sequence[Question]) -> None:
    name = labelled(unit.code, unit.name) if unit is not None else None
    fill = {"bg_color": look.INPUT_FILL}
    page.put(row, 0, name, look.TEXT, num_format="@", **({} if unit is not None else fill))
    for at, question in enumerate(questions, start=1):
        style = _STYLES.get(question.field.type, look.CENTRED)
        applies = unit is None or tree.is_applicable(question.indicator, unit.type)
        page.put(row, at, None, style, **(fill if applies else {"bg_color": "#D9DEE4"}))
    page.height(row, [(name or "", page.widths[0])], least=22)

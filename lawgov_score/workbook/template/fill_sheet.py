"""填报: the sheet a unit fills in, one row per field, three columns open, everything else locked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lawgov_score.cell_addresses import address, letters
from lawgov_score.model import Group, Indicator, Tree, Unit
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import (
    FILL_SHEET,
    NAME_LINE,
    REPEATED,
    TO_FILL,
    FillColumn,
    Question,
    level_names,
    levels_above,
    of_office,
    repetition_of,
)
from lawgov_score.workbook.template.entry_checks import Lists, evidence_check, note_check, value_check
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.notes import noted

WIDTHS: Mapping[FillColumn, float] = {
    FillColumn.CODE: 7,
    FillColumn.TITLE: 19,
    FillColumn.POINTS: 6,
    FillColumn.STANDARD: 46,
    FillColumn.FIELD: 26,
    FillColumn.MEASURED_IN: 7,
    FillColumn.VALUE: 14,
    FillColumn.REQUIRED: 18,
    FillColumn.EVIDENCE: 20,
    FillColumn.NOTE: 20,
    FillColumn.KEY: 14,
}
_LEVEL_WIDTHS = (9.0, 14.0)  # of the highest level, and of every other


@dataclass(frozen=True)
class FillColumns:
    """Where each column of one tree's sheet stands: the levels first, then ``FillColumn`` in its order."""

    levels: tuple[str, ...]

    def at(self, column: FillColumn) -> int:
        """A column's position, from 0."""
        return len(self.levels) + list(FillColumn).index(column)

    def widths(self) -> list[float]:
        """The width of every column, left to right."""
        above = [_LEVEL_WIDTHS[min(i, 1)] for i in range(len(self.levels))]
        return [*above, *(WIDTHS[column] for column in FillColumn)]


_NAME_LINE = Words(
    "{title}的名称（没有这一个的，整段留空）", "Name of {title} (leave all of it blank if there is none)"
)
_NAME_HELP = Words(
    "第 {n} 个：填它的名称，供核对，不计分。没有这一个的，这一段全部留空，不要填 0 或者“不适用”。",
    "Number {n}: its name, not scored. Where there is none leave all its rows blank; no 0, no 不适用.",
)
_OFFICE = Words("由考核机关评定，单位无需填报", "Assessed by the office: nothing to fill in")


def write_name_line(
    sheet: Worksheet, formats: Formats, columns: FillColumns, tree: Tree, repetition: Group, row: int, lang: Language
) -> Mapping[int, str]:
    """The row above a repetition: its number, and an open cell for the unit's own name for it.

    Gives its texts by column, as ``_write_row`` does.
    """
    first = next(node for node in tree.nodes if isinstance(node, Indicator) and repetition_of(tree, node) is repetition)
    above = [*levels_above(tree, first)][: len(columns.levels)]
    above += [""] * (len(columns.levels) - len(above))
    band = {"bg_color": look.BAND_FILL, "valign": "top"}
    name = render(_NAME_LINE(title=repetition.title), lang)
    sides = {"border": 0, "left": 1, "right": 1, "left_color": look.GRID, "right_color": look.GRID, "valign": "top"}
    for i, text in enumerate(above):
        sheet.write_string(row, i, text, formats(look.TEXT, **sides))
    for column in FillColumn:
        sheet.write_blank(row, columns.at(column), None, formats(look.TEXT, **band))
    sheet.write_string(row, columns.at(FillColumn.CODE), repetition.code, formats(look.CENTRED, **band))
    sheet.write_string(row, columns.at(FillColumn.FIELD), name, formats(look.TEXT, bold=True, **band))
    sheet.write_string(row, columns.at(FillColumn.KEY), repetition.code + NAME_LINE, formats(look.TEXT, **band))
    entry = formats(look.TEXT, locked=False, bg_color=look.INPUT_FILL, valign="top", num_format="@")
    sheet.write_blank(row, columns.at(FillColumn.VALUE), None, entry)
    help_text = render(_NAME_HELP(n=repetition.repetition), lang)
    at_value = columns.at(FillColumn.VALUE)
    sheet.data_validation(row, at_value, row, at_value, {"validate": "any", "input_message": help_text})
    widths = columns.widths()
    cells = [(text, widths[i]) for i, text in enumerate(above)]
    sheet.set_row(row, look.row_height([*cells, (name, WIDTHS[FillColumn.FIELD])], least=22))
    return dict(enumerate(above))


def write_office(
    sheet: Worksheet,
    formats: Formats,
    columns: FillColumns,
    tree: Tree,
    office: Sequence[Indicator],
    worded: Mapping[str, str],
    row: int,
    lang: Language,
) -> None:
    """Lists at the end what the office assesses itself; for reading, nothing to fill in."""
    if not office:
        return
    last = columns.at(FillColumn.NOTE)
    band = {"bold": True, "bg_color": look.BAND_FILL, "font_color": look.ACCENT, "text_wrap": False, "border": 0}
    for i in range(last + 1):
        sheet.write_blank(row, i, None, formats(look.TEXT, **band))
    sheet.write_string(row, 0, render(_OFFICE, lang), formats(look.TEXT, **band))
    sheet.set_row(row, 24)
    widths = columns.widths()
    locked = {"bg_color": look.LOCKED_FILL, "valign": "top"}
    for at, indicator in enumerate(office, start=row + 1):
        for i in range(last + 1):
            sheet.write_blank(at, i, None, formats(look.TEXT, **locked))
        texts = [*levels_above(tree, indicator), *[""] * len(columns.levels)][: len(columns.levels)]
        for i, text in enumerate(texts):
            sheet.write_string(at, i, text, formats(look.TEXT, **locked))
        own = {FillColumn.TITLE: indicator.title, FillColumn.STANDARD: worded[indicator.code]}
        sheet.write_string(at, columns.at(FillColumn.CODE), indicator.code, formats(look.CENTRED, **locked))
        for column, text in own.items():
            sheet.write_string(at, columns.at(column), text, formats(look.TEXT, **locked))
        points = formats(look.PRINTED, **{**locked, "align": "center"})
        sheet.write_number(at, columns.at(FillColumn.POINTS), indicator.points, points)
        cells = [(text, widths[i]) for i, text in enumerate(texts)]
        cells += [(text, widths[columns.at(column)]) for column, text in own.items()]
        sheet.set_row(at, look.row_height(cells, least=22))


_NOT_MEASURED: Mapping[FieldType, Words] = {  # text under 计量单位 for fields without a unit of measurement
    FieldType.SHARE: Words("%", "%"),
    FieldType.DATE: Words("日期", "date"),
    FieldType.YES_NO: Words("是/否", "是/否"),
    FieldType.CHOICE: Words("选项", "choice"),
    FieldType.TEXT: Words("文字", "text"),
}
_NAMED = Words("{name}（{code}）", "{name} ({code})")
_REPEATED_CODE = "#9AA5B1"

_VALUE_FORMATS: Mapping[FieldType, Mapping[str, object]] = {
    FieldType.SHARE: {"num_format": "0.00%", "align": "right"},
    FieldType.DATE: {"num_format": "yyyy-mm-dd", "align": "center"},
    FieldType.COUNT: {"align": "right"},
    FieldType.AMOUNT: {"align": "right"},
    FieldType.YES_NO: {"align": "center"},
    FieldType.CHOICE: {"align": "center"},
    FieldType.TEXT: {"align": "left"},
}
_PROTECTION = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_fill_sheet(
    book: xlsxwriter.Workbook,
    formats: Formats,
    lists: Lists,
    tree: Tree,
    unit: Unit,
    asked: Sequence[Question],
    standards: Callable[[Indicator], Phrase],
    lang: Language,
) -> None:
    """Adds the sheet. No cell is merged, so it can be sorted and filtered; a condition blanks repeated texts."""
    sheet = book.add_worksheet(FILL_SHEET)
    columns = FillColumns(level_names(tree))
    _write_headings(sheet, formats, columns, tree, lang)
    office = of_office(tree, unit.type)
    all_asked = {i.code: i for i in (*_indicators(asked), *office)}.values()
    worded = {i.code: noted(render(standards(i), lang), i.note, WIDTHS[FillColumn.STANDARD], lang) for i in all_asked}
    lines = _lines(tree, asked)
    before: Mapping[int, str] = {}
    for row, line in enumerate(lines, start=1):
        if isinstance(line, Group):
            before = write_name_line(sheet, formats, columns, tree, line, row, lang)
        else:
            before = _write_row(sheet, formats, columns, tree, line, worded, row, before, lang)
    _add_checks(sheet, columns, lines, lists, lang)
    _blank_repeats(sheet, formats, columns, len(lines))
    last = max(len(lines), 1)
    write_office(sheet, formats, columns, tree, office, worded, len(lines) + 1, lang)
    for column, width in enumerate(columns.widths()):
        sheet.set_column(column, column, width)
    key = columns.at(FillColumn.KEY)
    sheet.set_column(key, key, WIDTHS[FillColumn.KEY], None, {"hidden": True})
    sheet.autofilter(0, 0, last, key)
    sheet.freeze_panes(1, columns.at(FillColumn.TITLE) + 1)
    look.print_setup(sheet, lang, header_rows=(0, 0))
    named = render(_NAMED(name=unit.name, code=unit.code), lang)
    left, right = (text.replace("&", "&&") for text in (named, tree.title))
    sheet.set_header(f'&L&"{look.HEAD_FONT},Regular"&10{left}&R&"{look.BODY_FONT},Regular"&9{right}')
    sheet.protect("", _PROTECTION)


def _indicators(asked: Sequence[Question]) -> tuple[Indicator, ...]:
    return tuple(question.indicator for question in asked)


_Line = Question | Group  # a row with a question, or the row that names a repetition


def _lines(tree: Tree, asked: Sequence[Question]) -> list[_Line]:
    """The rows of the sheet: the questions in printed order, and before each repetition a row for its name."""
    lines: list[_Line] = []
    current = ""
    for question in asked:
        repetition = repetition_of(tree, question.indicator)
        code = repetition.code if repetition is not None else ""
        if repetition is not None and code != current:
            lines.append(repetition)
        current = code
        lines.append(question)
    return lines


def _write_headings(sheet: Worksheet, formats: Formats, columns: FillColumns, tree: Tree, lang: Language) -> None:
    to_fill = formats(look.HEADER, bg_color=look.ACCENT, font_color="#FFFFFF")
    for i, name in enumerate(columns.levels):
        sheet.write_string(0, i, name, formats(look.HEADER))
    for column in FillColumn:
        heading = render(column.value, lang)
        if column is FillColumn.TITLE and len(tree.levels) > len(columns.levels):
            heading = tree.levels[len(columns.levels)]
        sheet.write_string(0, columns.at(column), heading, to_fill if column in TO_FILL else formats(look.HEADER))
    sheet.set_row(0, 32)


def _write_row(
    sheet: Worksheet,
    formats: Formats,
    columns: FillColumns,
    tree: Tree,
    question: Question,
    worded: Mapping[str, str],
    row: int,
    before: Mapping[int, str],
    lang: Language,
) -> Mapping[int, str]:
    """Writes one row; gives the texts that the next row may repeat, by column. Heights fit only what is new."""
    indicator, asked = question.indicator, question.field
    above = list(levels_above(tree, indicator))
    above += [""] * (len(columns.levels) - len(above))
    required = render(Words("{evidence:list}", "{evidence:list}")(evidence=indicator.evidence), lang)
    repeated = {
        FillColumn.CODE: indicator.code,
        FillColumn.TITLE: indicator.title,
        FillColumn.STANDARD: worded[indicator.code],
        FillColumn.REQUIRED: required,
    }
    measured_in = asked.measured_in or render(_NOT_MEASURED.get(asked.type, ""), lang)
    own = {FillColumn.FIELD: asked.name, FillColumn.MEASURED_IN: measured_in, FillColumn.KEY: question.key}
    sides = {"border": 0, "left": 1, "right": 1, "left_color": look.GRID, "right_color": look.GRID, "valign": "top"}
    for i, text in enumerate(above):
        sheet.write_string(row, i, text, formats(look.TEXT, **sides))
    for column, text in repeated.items():
        style = look.CENTRED if column is FillColumn.CODE else look.TEXT
        sheet.write_string(row, columns.at(column), text, formats(style, **sides))
    sheet.write_number(
        row, columns.at(FillColumn.POINTS), indicator.points, formats(look.PRINTED, **{**sides, "align": "center"})
    )
    for column, text in own.items():
        style = look.CENTRED if column is FillColumn.MEASURED_IN else look.TEXT
        sheet.write_string(row, columns.at(column), text, formats(style, valign="top"))
    entry = {"locked": False, "bg_color": look.INPUT_FILL, "valign": "top"}
    value_format = formats(look.TEXT, **entry, **_VALUE_FORMATS[asked.type])
    sheet.write_blank(row, columns.at(FillColumn.VALUE), None, value_format)
    for column in TO_FILL:
        if column is not FillColumn.VALUE:
            sheet.write_blank(row, columns.at(column), None, formats(look.TEXT, **entry))
    texts = dict(enumerate(above)) | {columns.at(column): text for column, text in repeated.items()}
    widths = columns.widths()
    fresh = [(text, widths[i]) for i, text in texts.items() if text != before.get(i, "")]
    own_cells = [(asked.name, WIDTHS[FillColumn.FIELD]), (measured_in, WIDTHS[FillColumn.MEASURED_IN])]
    sheet.set_row(row, look.row_height([*fresh, *own_cells], least=22))
    return texts


def _add_checks(sheet: Worksheet, columns: FillColumns, lines: Sequence[_Line], lists: Lists, lang: Language) -> None:
    at_value, at_evidence, at_note = (columns.at(column) for column in TO_FILL)
    blocks: list[tuple[int, int, Question]] = []  # the rows of one indicator
    for row, line in enumerate(lines, start=1):
        if isinstance(line, Group):
            continue
        sheet.data_validation(row, at_value, row, at_value, value_check(line, address(row, at_value), lists, lang))
        if blocks and blocks[-1][1] == row - 1 and blocks[-1][2].indicator.code == line.indicator.code:
            blocks[-1] = (blocks[-1][0], row, blocks[-1][2])
        else:
            blocks.append((row, row, line))
    for first, last, question in blocks:
        sheet.data_validation(first, at_evidence, last, at_evidence, evidence_check(question, lang))
        sheet.data_validation(first, at_note, last, at_note, note_check(question, lang))
    for row, line in enumerate(lines, start=1):
        if isinstance(line, Group):
            sheet.data_validation(row, at_note, row, at_note, note_check(None, lang))


def _blank_repeats(sheet: Worksheet, formats: Formats, columns: FillColumns, rows: int) -> None:
    """Makes one indicator's rows look like one block: text that repeats the row above is not shown.

    Only if the row above is visible (SUBTOTAL 103 counts it); otherwise a filter would hide the only copy.
    """
    if not rows:
        return
    white = formats({"font_color": "#FFFFFF"})
    grey = formats({"font_color": _REPEATED_CODE})
    line = formats({"top": 1, "top_color": look.GRID})
    groups = [(i, i) for i in range(len(columns.levels))]
    groups += [(columns.at(column), columns.at(FillColumn.CODE)) for column in REPEATED]
    for column, judge in groups:
        name = f"${letters(judge)}"
        same = f"AND({name}2={name}1,SUBTOTAL(103,{name}1)=1)"
        repeat = grey if column == columns.at(FillColumn.CODE) else white
        for criteria, shown in ((f"={same}", repeat), (f"=NOT({same})", line)):
            condition = {"type": "formula", "criteria": criteria, "format": shown}
            sheet.conditional_format(1, column, rows, column, condition)

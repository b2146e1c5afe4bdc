"""填报: the sheet a unit fills in, one row per field, three columns open, everything else locked."""

from collections.abc import Callable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lawgov_score.cell_addresses import address, letters
from lawgov_score.model import Group, Indicator, Shared, Tree, Unit
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import (
    FILL_SHEET,
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
from lawgov_score.workbook.template.fill_columns import WIDTHS, FillColumns
from lawgov_score.workbook.template.other_rows import (
    RuleLine,
    rule_lines,
    shared_line,
    write_name_line,
    write_office,
    write_rule_line,
)
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.notes import noted

_NOT_MEASURED: Mapping[FieldType, Words] = {  # text under 计量单位 for fields without a unit of measurement
    FieldType.SHARE: Words("%", "%"),
    FieldType.DATE: Words("日期", "date"),
    FieldType.YES_NO: Words("是/否", "是/否"),
    FieldType.CHOICE: Words("选项", "choice"),
    FieldType.TEXT: Words("文字", "text"),
}
_NAMED = Words("{name}（{code}）", "{name} ({code})")
_ONCE = Words("只填一次，几个指标共用：", "Asked once, for several indicators:")
_SERVES = Words("{name}——用于 {who:list}", "{name}: for {who:list}")
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
    answered: Sequence[Indicator],
    standards: Callable[[Indicator], Phrase],
    lang: Language,
) -> None:
    """Adds the sheet. No cell is merged, so it can be sorted and filtered; a condition blanks repeated texts.

    ``answered``: the indicators that the answers are for; what 共用数据 alone decide has a row to read.
    """
    sheet = book.add_worksheet(FILL_SHEET)
    columns = FillColumns(level_names(tree))
    _write_headings(sheet, formats, columns, tree, lang)
    office = of_office(tree, unit.type)
    all_asked = {i.code: i for i in (*answered, *office)}.values()
    worded = {i.code: noted(render(standards(i), lang), i.note, WIDTHS[FillColumn.STANDARD], lang) for i in all_asked}
    worded |= {_told_at(block): _for_whom(block, (*answered, *office), lang) for block in tree.blocks}
    done: set[str] = set()
    lines = _lines(tree, _entries(tree, asked, answered), worded, done, lang)
    before: Mapping[int, str] = {}
    for row, line in enumerate(lines, start=1):
        if isinstance(line, Group):
            before = write_name_line(sheet, formats, columns, tree, line, row, lang)
        elif isinstance(line, RuleLine):
            before = write_rule_line(sheet, formats, columns, tree, line, row, lang)
        else:
            before = _write_row(sheet, formats, columns, tree, line, worded, row, before, lang)
    _add_checks(sheet, columns, lines, lists, lang)
    _blank_repeats(sheet, formats, columns, len(lines))
    last = max(len(lines), 1)
    of_theirs: list[Indicator | RuleLine] = []
    for indicator in office:
        of_theirs.extend(rule_lines(tree, indicator, done, lang))
        of_theirs.append(indicator)
    write_office(sheet, formats, columns, tree, of_theirs, worded, len(lines) + 1, lang)
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


_Line = Question | Group | RuleLine  # a row with a question, the name of a repetition, how a group is scored


def _entries(tree: Tree, asked: Sequence[Question], answered: Sequence[Indicator]) -> list[Question | Indicator]:
    """The questions in printed order, and among them the indicators that ask nothing but read 共用数据."""
    at = {node.code: number for number, node in enumerate(tree.nodes)}

    def place(entry: Question | Indicator) -> int:
        about = entry.indicator if isinstance(entry, Question) else entry
        return -1 if isinstance(about, Shared) and about.code == tree.code else at[about.code]

    return sorted([*asked, *(one for one in answered if not one.own_fields)], key=place)


def _lines(
    tree: Tree,
    entries: Sequence[Question | Indicator],
    worded: Mapping[str, str],
    done: set[str],
    lang: Language,
) -> list[_Line]:
    """The rows of the sheet: the questions in printed order, before each repetition a row for its name.

    Before the first question of a group that does more than add up stands a row that says so. ``done``: codes of the
    groups that have come up.
    """
    lines: list[_Line] = []
    current = ""
    for entry in entries:
        about = entry.indicator if isinstance(entry, Question) else entry
        lines += rule_lines(tree, about, done, lang)
        repetition = repetition_of(tree, about)
        code = repetition.code if repetition is not None else ""
        if repetition is not None and code != current:
            lines.append(repetition)
        current = code
        lines.append(entry if isinstance(entry, Question) else shared_line(entry, worded[entry.code]))
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
        FillColumn.STANDARD: worded[_told_at(indicator)],
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
    centred = formats(look.PRINTED, **{**sides, "align": "center"})
    if isinstance(indicator, Shared):
        sheet.write_blank(row, columns.at(FillColumn.POINTS), None, centred)
    else:
        sheet.write_number(row, columns.at(FillColumn.POINTS), indicator.points, centred)
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


def _told_at(about: Indicator | Shared) -> str:
    """Where the standard of an indicator, or what stands instead at 共用数据, is found among the texts."""
    return f"{about.code}.*" if isinstance(about, Shared) else about.code


def _for_whom(block: Shared, answered: Sequence[Indicator], lang: Language) -> str:
    """Which of the unit's indicators each shared field serves, instead of a standard: it gives no points itself."""
    lines = [_ONCE()]
    for asked in block.fields:
        key = block.keys[asked.code]
        who = tuple(dict.fromkeys(one.copy_of or one.code for one in answered if key in one.keys.values()))
        lines += [_SERVES(name=asked.name, who=who)] if who else []
    return "\n".join(render(line, lang) for line in lines)


def _add_checks(sheet: Worksheet, columns: FillColumns, lines: Sequence[_Line], lists: Lists, lang: Language) -> None:
    at_value, at_evidence, at_note = (columns.at(column) for column in TO_FILL)
    blocks: list[tuple[int, int, Question]] = []  # the rows of one indicator
    for row, line in enumerate(lines, start=1):
        if not isinstance(line, Question):
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

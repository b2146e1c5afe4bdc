"""Rows of a fill-in sheet that ask nothing scored: the name of a repetition, and what the office assesses itself."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.forms.layout import NAME_LINE, Column, levels_above, repetition_of
from lawgov_score.workbook.template.fill_columns import WIDTHS, FillColumns
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats

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
) -> Sequence[str]:
    """The row above a repetition: which one it is, and an open cell for what the unit calls it."""
    first = next(node for node in tree.nodes if isinstance(node, Indicator) and repetition_of(tree, node) is repetition)
    above = [*levels_above(tree, first)][: len(columns.levels)]
    above += [""] * (len(columns.levels) - len(above))
    band = {"bg_color": look.BAND_FILL, "valign": "top"}
    name = render(_NAME_LINE(title=repetition.title), lang)
    sides = {"border": 0, "left": 1, "right": 1, "left_color": look.GRID, "right_color": look.GRID, "valign": "top"}
    for i, text in enumerate(above):
        sheet.write_string(row, i, text, formats(look.TEXT, **sides))
    for column in Column:
        sheet.write_blank(row, columns.at(column), None, formats(look.TEXT, **band))
    sheet.write_string(row, columns.at(Column.CODE), repetition.code, formats(look.CENTRED, **band))
    sheet.write_string(row, columns.at(Column.FIELD), name, formats(look.TEXT, bold=True, **band))
    sheet.write_string(row, columns.at(Column.KEY), repetition.code + NAME_LINE, formats(look.TEXT, **band))
    entry = formats(look.TEXT, locked=False, bg_color=look.INPUT_FILL, valign="top", num_format="@")
    sheet.write_blank(row, columns.at(Column.VALUE), None, entry)
    help_text = render(_NAME_HELP(n=repetition.repetition), lang)
    at_value = columns.at(Column.VALUE)
    sheet.data_validation(row, at_value, row, at_value, {"validate": "any", "input_message": help_text})
    widths = columns.widths()
    cells = [(text, widths[i]) for i, text in enumerate(above)]
    sheet.set_row(row, look.row_height([*cells, (name, WIDTHS[Column.FIELD])], least=22))
    return [*above, "", "", "", ""]


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
    """At the end what the office assesses itself: to read, nothing to fill in."""
    if not office:
        return
    last = columns.at(Column.NOTE)
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
        own = {Column.TITLE: indicator.title, Column.STANDARD: worded[indicator.code]}
        sheet.write_string(at, columns.at(Column.CODE), indicator.code, formats(look.CENTRED, **locked))
        for column, text in own.items():
            sheet.write_string(at, columns.at(column), text, formats(look.TEXT, **locked))
        points = formats(look.PRINTED, **{**locked, "align": "center"})
        sheet.write_number(at, columns.at(Column.POINTS), indicator.points, points)
        cells = [(text, widths[i]) for i, text in enumerate(texts)]
        cells += [(text, widths[columns.at(column)]) for column, text in own.items()]
        sheet.set_row(at, look.row_height(cells, least=22))

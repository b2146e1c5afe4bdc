"""Rows of the fill-in sheet that ask nothing: how a group is scored, the name of a window, what the office assesses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from lawgov_score.explanation.node_places import standard_of
from lawgov_score.explanation.standard import group_standard, part_standard
from lawgov_score.model import Group, Indicator, Node, Shared, Tree
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.forms.layout import (
    NAME_LINE,
    RULE_LINE,
    FillColumn,
    groups_of,
    levels_above,
    repetition_of,
)
from lawgov_score.workbook.template.fill_columns import WIDTHS, FillColumns
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.notes import noted

_NAME_LINE = Words(
    "{title}的名称（没有这一个的，整段留空）", "Name of {title} (leave all of it blank if there is none)"
)
_NAMED_LINE = Words("{title}（没有的，整段留空）", "{title} (leave all of it blank if there is none)")
_NAME_HELP = Words(
    "第 {n} 个：填它的名称，供核对，不计分。没有这一个的，这一段全部留空，不要填 0 或者“不适用”。",
    "Number {n}: its name, not scored. Where there is none leave all its rows blank; no 0, no 不适用.",
)
_OFFICE = Words("由考核机关评定，单位无需填报", "Assessed by the office: nothing to fill in")


_RULE_LINE = Words("（供阅读，不填）", "(to read: nothing to fill in)")
_BY_SHARED = Words("（由共用数据计算，不填）", "(from the shared figures: nothing to fill in)")
_RULE_TITLE = Words("“{title}”怎样计分", 'How "{title}" is scored')
_NOTE_TITLE = Words("“{title}”的说明", 'A note on "{title}"')
_COUNTED = Words("{part}。\n{standard}", "{part}.\n{standard}")
_SENTENCES = Words("{parts}。", "{parts}.")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A row to read. Above the first question of a group: how it is scored, how it counts above, the office's note.

    Or an indicator that asks nothing itself, since 共用数据 decide it.
    """

    group: Group | Indicator
    text: str
    title: Text
    field: Words = _RULE_LINE


def shared_line(indicator: Indicator, standard: str) -> RuleLine:
    """The row of an indicator that 共用数据 alone decide: its standard, and nothing to fill in."""
    return RuleLine(indicator, standard, indicator.title, _BY_SHARED)


def rule_lines(tree: Tree, about: Indicator | Shared, done: set[str], lang: Language) -> Iterator[RuleLine]:
    """Of the groups above an indicator, the highest first, those with more to say than that their parts add up.

    ``done``: codes of the groups that had their row already; those found are added.
    """
    for group in groups_above(tree, about):
        if group.code not in done:
            done.add(group.code)
            text = group_text(tree, group, lang)
            title = (_RULE_TITLE if text else _NOTE_TITLE)(title=group.title)
            text = noted(text, group.note, WIDTHS[FillColumn.STANDARD], lang).strip()
            if text:
                yield RuleLine(group, text, title)


def groups_above(tree: Tree, about: Indicator | Shared) -> Iterator[Group]:
    """The groups above a question, the highest first; copies of a repeated group are not said once more."""
    yield from (one for one in groups_of(tree, about) if not one.copy_of)


def group_text(tree: Tree, group: Group, lang: Language) -> str:
    """How a group is scored, and how it counts above; empty where its parts add up and it is simply added."""
    parts = (group_standard(tree, group), part_standard(tree, group))
    sentences = [render(one, lang).rstrip("。.") for one in parts if one is not None]  # a rule's has its full stop
    return render(_SENTENCES(parts=tuple(sentences)), lang) if sentences else ""


def counted_in(tree: Tree, node: Node, standard: Phrase) -> Phrase:
    """A standard, and above it how the score counts in the group (扣分项、加分项、权重), unless it is simply added."""
    part = part_standard(tree, node)
    if isinstance(node, Indicator) and node.is_taken_off and not node.rule.SAYS_TAKEN_OFF:
        part = standard_of(tree, node)  # the standard begins with the rest
    return standard if part is None else _COUNTED(part=part, standard=standard)


def write_rule_line(
    sheet: Worksheet, formats: Formats, columns: FillColumns, tree: Tree, line: RuleLine, row: int, lang: Language
) -> Mapping[int, str]:
    """Writes the row of a group; gives its texts by column, as ``write_name_line`` does. Nothing in it is open."""
    group, band = line.group, {"bg_color": look.BAND_FILL, "valign": "top"}
    titles = [*(node.title for node in tree.ancestors(group.code)), group.title]
    above = [*(levels_above(tree, group) if isinstance(group, Indicator) else titles)][: len(columns.levels)]
    above += [""] * (len(columns.levels) - len(above))
    sides = {"border": 0, "left": 1, "right": 1, "left_color": look.GRID, "right_color": look.GRID, "valign": "top"}
    for i, text in enumerate(above):
        sheet.write_string(row, i, text, formats(look.TEXT, **sides))
    for column in FillColumn:
        sheet.write_blank(row, columns.at(column), None, formats(look.TEXT, **band))
    texts = {
        FillColumn.TITLE: render(line.title, lang),
        FillColumn.STANDARD: line.text,
        FillColumn.FIELD: render(line.field, lang),
        FillColumn.KEY: group.code + RULE_LINE,
    }
    for column, text in texts.items():
        sheet.write_string(row, columns.at(column), text, formats(look.TEXT, **band))
    sheet.write_string(row, columns.at(FillColumn.CODE), group.code, formats(look.CENTRED, **band))
    points = formats(look.PRINTED, **{**band, "align": "center"})
    sheet.write_number(row, columns.at(FillColumn.POINTS), group.points, points)
    cells = [(text, columns.widths()[i]) for i, text in enumerate(above)]
    cells += [(text, WIDTHS[column]) for column, text in texts.items() if column is not FillColumn.KEY]
    sheet.set_row(row, look.row_height(cells, least=22))
    return dict(enumerate(above))


def write_name_line(
    sheet: Worksheet, formats: Formats, columns: FillColumns, tree: Tree, repetition: Group, row: int, lang: Language
) -> Mapping[int, str]:
    """The row above a repetition: its number, and an open cell for the unit's own name; of a named one its name alone.

    Gives its texts by column, as ``_write_row`` does.
    """
    first = next(node for node in tree.nodes if isinstance(node, Indicator) and repetition_of(tree, node) is repetition)
    above = [*levels_above(tree, first)][: len(columns.levels)]
    above += [""] * (len(columns.levels) - len(above))
    band = {"bg_color": look.BAND_FILL, "valign": "top"}
    words = _NAMED_LINE if repetition.is_named else _NAME_LINE
    name = render(words(title=repetition.title), lang)
    sides = {"border": 0, "left": 1, "right": 1, "left_color": look.GRID, "right_color": look.GRID, "valign": "top"}
    for i, text in enumerate(above):
        sheet.write_string(row, i, text, formats(look.TEXT, **sides))
    for column in FillColumn:
        sheet.write_blank(row, columns.at(column), None, formats(look.TEXT, **band))
    sheet.write_string(row, columns.at(FillColumn.CODE), repetition.code, formats(look.CENTRED, **band))
    sheet.write_string(row, columns.at(FillColumn.FIELD), name, formats(look.TEXT, bold=True, **band))
    sheet.write_string(row, columns.at(FillColumn.KEY), repetition.code + NAME_LINE, formats(look.TEXT, **band))
    if not repetition.is_named:
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
    office: Sequence[Indicator | RuleLine],
    worded: Mapping[str, str],
    row: int,
    lang: Language,
) -> None:
    """Lists at the end what the office assesses itself, and the groups that hold nothing else; nothing to fill in."""
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
        if isinstance(indicator, RuleLine):
            write_rule_line(sheet, formats, columns, tree, indicator, at, lang)
            continue
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

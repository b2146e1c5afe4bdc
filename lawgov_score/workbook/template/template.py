"""Writes the blank workbook that a unit fills in, from tree and unit."""

from collections.abc import Callable
from pathlib import Path

from lawgov_score.model import Group, Indicator, Node, Tree, Unit
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, FillColumn, answered_by, layout_of, of_office
from lawgov_score.workbook.forms.stamp import stamp_of, write_stamp
from lawgov_score.workbook.template.cover import write_cover
from lawgov_score.workbook.template.entry_checks import Lists
from lawgov_score.workbook.template.fill_columns import WIDTHS
from lawgov_score.workbook.template.fill_sheet import write_fill_sheet
from lawgov_score.workbook.template.other_rows import counted_in, group_text, groups_above
from lawgov_score.workbook.writing.look import Formats, close, new_workbook
from lawgov_score.workbook.writing.notes import notes_apart

_TITLE = Words("{title}填报表（{unit}）", "{title}: workbook of {unit}")


def write_template(
    tree: Tree, unit: Unit, path: Path, *, standards: Callable[[Indicator], Phrase], lang: Language = Language.ZH
) -> None:
    """Writes the blank workbook of ``unit`` to ``path``, with what applies to its type and nothing else.

    ``standards`` words the 评分标准 of an indicator. The same tree and unit give the same bytes. Raises
    ``OSError`` where ``path`` cannot be written.
    """
    tree = tree.of_type(unit.type)  # its own points and standards
    asked, answered = layout_of(tree).asked_of(unit.type), answered_by(tree, unit.type)
    book = new_workbook(path, render(_TITLE(title=tree.title, unit=unit.name), lang))
    formats = Formats(book)
    lists = Lists()
    indicators = (*answered, *of_office(tree, unit.type))

    def worded(indicator: Indicator) -> Phrase:
        return counted_in(tree, indicator, standards(indicator))

    def text_of(node: Node) -> str:
        return group_text(tree, node, lang) if isinstance(node, Group) else render(worded(node), lang)

    groups = {group.code: group for one in indicators for group in groups_above(tree, one)}
    apart = notes_apart((*groups.values(), *indicators), text_of, WIDTHS[FillColumn.STANDARD], lang)
    write_cover(book, formats, tree, unit, asked, apart, lang)
    write_fill_sheet(book, formats, lists, tree, unit, asked, answered, worded, lang)
    lists.write(book, LISTS_SHEET)
    write_stamp(book, stamp_of(tree, unit, asked))
    close(book)

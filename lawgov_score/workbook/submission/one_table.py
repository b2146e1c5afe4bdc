"""Chooses the sheet of a workbook that holds the answers; other sheets with different answers are reported (S144).

The sheet with the original name counts, if it is visible; else the only visible one with the headings; of several, the
only one that is filled in, or one of those with the same answers. A hidden sheet never counts: the sender may never
have seen it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, Layout
from lawgov_score.workbook.package.opened import Opened
from lawgov_score.workbook.submission.editions import Edition
from lawgov_score.workbook.submission.headings import FillSheet, almost, fill_sheets, why_no_sheet
from lawgov_score.workbook.submission.rows import Block, Table, table_of

_SHEET = Words("工作表“{name}”", "the sheet “{name}”")
_BLOCK = Words("下面的又一个表", "another table below")
_HIDDEN = Words("{name}（隐藏）", "{name} (hidden)")
_ONE_SHEET = Words("一张填报表", "one sheet to fill in")

Said = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen pages, none if ``stops`` say why; ``named``: problems of other sheets that were not read (S144)."""

    pages: tuple[Block, ...]
    named: tuple[Problem, ...] = ()
    stops: tuple[Problem, ...] = ()


def choose(opened: Opened, layout: Layout, edition: Edition) -> Chosen:
    """Chooses the table that counts."""
    sheets = list(fill_sheets(opened))
    visible = [sheet for sheet in sheets if not opened.is_hidden(sheet.name)]
    hidden = [sheet for sheet in sheets if opened.is_hidden(sheet.name)]
    seen = [name for name in opened.sheets if not opened.is_hidden(name)]
    kept = FILL_SHEET if FILL_SHEET in seen else ""
    if (kept and almost(opened.sheets[kept])) or (not visible and any(almost(opened.sheets[name]) for name in seen)):
        stops = tuple(why_no_sheet(opened, [kept] if kept and almost(opened.sheets[kept]) else seen))
        others = (_further(sheet, {}, table_of(sheet, layout, edition)) for sheet in sheets)
        return Chosen((), tuple(one for one in others if one is not None), stops)
    if not visible:
        if not hidden:
            return Chosen((), stops=tuple(why_no_sheet(opened, seen)))
        hidden_names = tuple(_HIDDEN(name=sheet.name) for sheet in hidden)
        return Chosen((), stops=(Problem(Code.S113, CellPlace(opened.path), {"found": hidden_names}),))
    tables = {sheet.name: table_of(sheet, layout, edition) for sheet in sheets}
    is_plain = len(visible) == 1 or visible[0].name == FILL_SHEET
    counting = visible[0] if is_plain else _counting([(sheet, tables[sheet.name].said()) for sheet in visible])
    if counting is None:
        names = tuple(sheet.name for sheet in visible)
        figures = {"heading": FillColumn.VALUE.value, "expected": _ONE_SHEET, "found": names}
        places = [CellPlace(opened.path, name) for name in names]
        return Chosen((), stops=(Problem(Code.S128, places[0], figures, tuple(places[1:])),))
    drafts = [name for name in seen if name != counting.name and almost(opened.sheets[name])]
    if drafts and counting.name != FILL_SHEET:  # it is unclear which of them the unit means
        return Chosen((), stops=tuple(why_no_sheet(opened, drafts)))
    table = tables[counting.name]
    if len(sheets) == 1 and not table.repeated:  # the usual case
        return Chosen(table.pages)
    chosen_texts = table.said()
    named = [_further(sheet, chosen_texts, tables[sheet.name]) for sheet in sheets if sheet is not counting]
    named += [_again(block, chosen_texts) for block in table.repeated]
    return Chosen(table.pages, tuple(one for one in named if one is not None))


def _counting(visible: Sequence[tuple[FillSheet, Said]]) -> FillSheet | None:
    """Of several visible sheets without the original name, the one that counts; None if that is unclear."""
    filled = [(sheet, texts) for sheet, texts in visible if texts] or [*visible[:1]]
    sheet, texts = filled[0]
    return sheet if all(other == texts for _, other in filled[1:]) else None


def _further(sheet: FillSheet, chosen_texts: Said, table: Table) -> Problem | None:
    """S144 for a further sheet that was not read, if it has answers that the chosen one lacks."""
    if not _says_else(table.said(), chosen_texts):
        return None
    return Problem(Code.S144, CellPlace(sheet.path, sheet.name), {"found": _SHEET(name=sheet.name)})


def _again(block: Block, chosen_texts: Said) -> Problem | None:
    if not _says_else(dict(block.said()), chosen_texts):
        return None
    place = CellPlace(block.sheet.path, block.sheet.name, address(block.heading, block.columns[FillColumn.VALUE]))
    return Problem(Code.S144, place, {"found": _BLOCK})


def _says_else(other: Said, chosen_texts: Said) -> bool:
    """Does ``other`` have anything that is not in ``chosen_texts``?"""
    nothing = ("", "", "")
    return any(
        text and text != own
        for key, texts in other.items()
        for text, own in zip(texts, chosen_texts.get(key, nothing), strict=True)
    )

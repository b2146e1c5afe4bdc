"""Writes a section of a unit's card on its first sheet."""

from collections.abc import Mapping, Sequence

from lawgov_score.content import labels
from lawgov_score.content.sections import Cell, Changed, Kind, Look, Section, SectionColumn
from lawgov_score.model import Scores
from lawgov_score.wording import Text
from lawgov_score.workbook.card import links as card_links
from lawgov_score.workbook.card.details import Ledger
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Style
from lawgov_score.workbook.writing.page import SMALL, Page, letter_format

_LINES: Mapping[Look, Style] = {Look.PLAIN: look.PLAIN, Look.STRONG: look.PLAIN, Look.NOTE: look.NOTE}
_SMALL_PRINT = frozenset({Kind.TAG, Kind.SUBJECT, Kind.WORDS, Kind.REMARK})
_STYLES: Mapping[Kind, tuple[Style, dict[str, object]]] = {
    Kind.CODE: (look.CENTRED, {}),
    Kind.NAME: (look.TEXT, {}),
    Kind.LABEL: (look.CENTRED, {}),
    Kind.TAG: (look.CENTRED, {"font_size": 9}),
    Kind.POINTS: (look.POINTS, {}),
    Kind.SCORE: (look.POINTS, {}),
    Kind.STRONG: (look.POINTS, {"bold": True}),
    Kind.GAIN: (look.POINTS, {"num_format": "+0.00##;−0.00##;0.00"}),
    Kind.RATE: (look.PERCENT, {"num_format": "0.0%"}),
    Kind.SHARE: (look.PERCENT, {"num_format": "0%"}),
    Kind.EFFECT: (look.CENTRED, {"bold": True}),
    Kind.SUBJECT: (look.TEXT, {"font_size": 9}),
    Kind.WORDS: (look.TEXT, {"font_size": 9}),
    Kind.REMARK: (look.TEXT, {"font_size": 9, "indent": 1}),
}

_Placed = tuple[int, SectionColumn, int, int]  # the number of a column, itself, its first cell and its last


def write(page: Page, at: int, number: int, section: Section, scores: Scores, ledger: Ledger) -> int:
    """Writes the section under its number, without spare columns and notes. Gives the next row."""
    heading = at
    at = page.line(at, labels.section(number, section.heading), look.HEADING)
    for note in section.notes:
        if not note.is_spare:
            if section.rows and note.look is not Look.STRONG:
                page.flow.kept.add(at)
            at = page.line(at, note.text, _LINES[note.look])
    if section.rows:
        placed = _placed(page, section.columns)
        page.flow.kept.add(at)
        for _, column, first, last in placed:
            page.span(at, first, last, column.heading, look.HEADER)
        page.height(at, [(column.heading, _width(page, first, last)) for _, column, first, last in placed], least=22)
        at += 1
        for row in section.rows:
            _row(page, at, placed, row, scores, ledger)
            at += 1
    for note in section.after:
        at = page.line(at, note.text, _LINES[note.look])
    page.flow.block(heading, at - 1)
    return at + 1


def _placed(page: Page, columns: Sequence[SectionColumn]) -> list[_Placed]:
    """The cells that each column takes, without columns that may be left out."""
    placed, first = [], 0
    for number, column in enumerate(columns):
        if not column.is_spare:
            last = first + column.cells - 1 if column.cells else page.last
            placed.append((number, column, first, last))
            first = last + 1
    return placed


def _row(page: Page, at: int, placed: Sequence[_Placed], cells: Sequence[Cell], scores: Scores, ledger: Ledger) -> None:
    texts: list[tuple[Text, float]] = []
    for number, column, first, last in placed:
        cell, (style, changes) = cells[number], _STYLES[column.kind]
        content = cell.score if isinstance(cell, Changed) else cell
        if column.kind is Kind.SCORE and isinstance(content, float):
            marked: dict[str, object] = {"bg_color": look.CHANGED_FILL} if isinstance(cell, Changed) else {}
            changes = {"num_format": letter_format(scores.tree.letter(content), None), **marked}
        elif column.kind in {Kind.SCORE, Kind.SHARE} and not isinstance(content, float):
            style, changes = look.CENTRED, {"font_size": 9} if column.kind is Kind.SCORE else {}
        page.span(at, first, last, content, style, **changes)
        if column.kind is Kind.CODE and isinstance(content, str):
            card_links.to_details(page, at, first, scores, ledger, content)
        if not isinstance(content, float):
            texts.append((content, _width(page, first, last) * (SMALL if column.kind in _SMALL_PRINT else 1.0)))
    page.height(at, texts, least=20)


def _width(page: Page, first: int, last: int) -> float:
    return sum(page.widths[first : last + 1])

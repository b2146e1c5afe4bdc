"""The hidden sheet of an exported table: which tree it was made of, and what was written into each of its cells.

With it a table that comes back is compared three ways: what the cell says now, what was written into it, what the tree
says today. Neither a fingerprint nor the tree alone could tell who changed what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

import xlsxwriter

from lawgov_score.cell_addresses import address, address_in, cell_at
from lawgov_score.content import circulated
from lawgov_score.content.circulated import Part
from lawgov_score.model import Tree
from lawgov_score.report import stored_text
from lawgov_score.wording import Language
from lawgov_score.workbook.writing.page import fitting

OWN_SHEET = "lawgov-table"
FORMAT = "1"  # increased when tables written before can no longer be read
_ABOVE = "/"  # no code holds it
_HEADING, _LEVEL, _LINE, _GROUP, _OTHER = "heading", "level", "line", "group", "other"
IN_LINES = (
    Part.ORDER,
    Part.CODE,
    Part.TITLE,
    Part.POINTS,
    Part.STANDARD,
    Part.LEAD,
    Part.ASSIST,
    Part.EVIDENCE,
    Part.NOTE,
)
_HEADED = (*circulated.BEFORE_LEVELS, *circulated.BEHIND_LEVELS)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What was written into one row: ``row`` from 0, the code of its node, the text of every cell by part.

    ``at``: the column of its title, which is one of the columns of levels. ``groups``: the codes of the groups that it
    stood in, from the top.
    """

    row: int
    code: str
    at: int
    texts: Mapping[Part, str]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """What was written into the cell of a group, and where: row and column from 0."""

    row: int
    column: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text that is not taken back, and where: sheet, row and column from 0. ``keys``: where the tree says it."""

    sheet: str
    row: int
    column: int
    text: str
    keys: str = ""


@dataclass(frozen=True)
class OwnCells:
    """The content of the hidden sheet. ``headings``: part and heading of every column but those of levels.

    ``levels``: the headings of the columns of levels, left to right. ``total``: the label of the row of the sum, which
    is no indicator; '' where there is none. ``others``: every other text, above the table and on the second sheet.
    """

    format: str = FORMAT
    program: str = ""
    tree: str = ""
    edition: str = ""
    fingerprint: str = ""
    weights: str = ""  # title of the weight set, if points are kept apart
    lang: str = ""
    sheet: str = ""  # the name of the sheet with the table
    total: str = ""
    headings: Mapping[Part, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    lines: tuple[OwnLine, ...] = ()
    groups: tuple[OwnGroup, ...] = ()
    others: tuple[OwnText, ...] = ()

    def cell(self, code: str, part: Part) -> tuple[str, str] | None:
        """Address and text of what was written for a node; None if the table has no such cell."""
        if part is Part.GROUP:
            return next(((address(one.row, one.column), one.text) for one in self.groups if one.code == code), None)
        line = self._by_code.get(code)
        if line is None:
            return None
        column = line.at if part is Part.TITLE else self.columns[part]
        return address(line.row, column), line.texts[part]

    @cached_property
    def columns(self) -> Mapping[Part, int]:
        """The column of every part as it was written; those of levels stand together, before the points."""
        before = [part for part in self.headings if part in {Part.ORDER, Part.CODE}]
        return {part: i if part in before else i + len(self.levels) for i, part in enumerate(self.headings)}

    @cached_property
    def _by_code(self) -> Mapping[str, OwnLine]:
        return {line.code: line for line in self.lines}


def texts_today(tree: Tree, lang: Language) -> Mapping[tuple[str, Part], str]:
    """What an export would write today, by code and part: the third side beside a table and its own cells."""
    lines = circulated.lines(tree)
    found = {
        (line.code, part): as_written(content, lang)
        for line in lines
        for part, content in line.texts(tree, lang).items()
    }
    for span in circulated.spans(lines):
        group = span.group
        text = circulated.group_text(tree, group, lang)
        found[group.copy_of or group.code, Part.GROUP] = as_written(text, lang)
    return found


def as_written(content: str | float, lang: Language) -> str:
    """What a cell says, as text: a number as people see it, a text as far as a cell holds it."""
    return fitting(content, lang) if isinstance(content, str) else stored_text(content)


_ENTRIES = tuple(
    one.name for one in fields(OwnCells) if one.name not in {"headings", "levels", "lines", "groups", "others"}
)


def write_own_cells(book: xlsxwriter.Workbook, own: OwnCells) -> None:
    """Adds the sheet, hidden so deeply that only a program can show it."""
    sheet = book.add_worksheet(OWN_SHEET)
    rows: list[tuple[str, ...]] = [(name, getattr(own, name)) for name in _ENTRIES]
    rows += [(_HEADING, part.key, text) for part, text in own.headings.items()]
    rows += [(_LEVEL, text) for text in own.levels]
    for line in own.lines:
        rows.append(
            (
                _LINE,
                address(line.row, line.at),
                line.code,
                *(line.texts[part] for part in IN_LINES),
                _ABOVE.join(line.groups),
            )
        )
    rows += [(_GROUP, address(one.row, one.column), one.code, one.text) for one in own.groups]
    rows += [(_OTHER, address(one.row, one.column), one.sheet, one.text, one.keys) for one in own.others]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()


def read_own_cells(rows: Sequence[Sequence[object]]) -> OwnCells | None:
    """What ``write_own_cells`` wrote, from the sheet's rows; texts that are lacking are empty.

    None where it is no longer whole: a column without its heading, a cell without its place. Of another ``format`` only
    that and the program that wrote it are read.
    """
    texts = [[cell if isinstance(cell, str) else "" for cell in row] + [""] * (len(IN_LINES) + 4) for row in rows]
    entries = {row[0]: row[1] for row in texts if row[0] in _ENTRIES}
    version = entries.get("format", "")
    if version and version != FORMAT:
        return OwnCells(version, entries.get("program", ""))
    known = {part.key: part for part in Part}
    headings = {known[row[1]]: row[2] for row in texts if row[0] == _HEADING and row[1] in known}
    levels = tuple(row[1] for row in texts if row[0] == _LEVEL)
    lines, groups, others = ([row for row in texts if row[0] == kind] for kind in (_LINE, _GROUP, _OTHER))
    is_whole = version and levels and all(headings.get(part) for part in _HEADED)
    if not is_whole or None in {address_in(row[1]) for row in (*lines, *groups, *others)}:
        return None
    return OwnCells(
        **entries,
        headings=headings,
        levels=levels,
        lines=tuple(map(_line, lines)),
        groups=tuple(OwnGroup(*cell_at(row[1]), row[2], row[3]) for row in groups),
        others=tuple(OwnText(row[2], *cell_at(row[1]), row[3], row[4]) for row in others),
    )


def _line(row: Sequence[str]) -> OwnLine:
    at, column = cell_at(row[1])
    above = tuple(filter(None, row[3 + len(IN_LINES)].split(_ABOVE)))
    return OwnLine(at, row[2], column, dict(zip(IN_LINES, row[3:], strict=False)), above)

"""Reads an exported table back: its rows with their cells, and what was once written into them. Judges no content.

Columns go by heading, wherever they were moved to; rows stand as they stand, whatever was put in, moved or taken out.
A merged cell counts for every row that it covers. A blank cell of a level is read as the cell above it, as people read
it who took the merging out; where the row has a cell of its own in a level further left, it is blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, cell_at
from lawgov_score.content.circulated import (
    BEFORE_LEVELS,
    NO_GROUP,
    Part,
    Points,
    code_in,
    continued,
    group_in,
    points_in,
)
from lawgov_score.content.plain_scheme import Kind
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.circulated.numbers import is_no_number
from lawgov_score.workbook.circulated.other_cells import OtherCell, changed_others
from lawgov_score.workbook.circulated.own_cells import FORMAT, OWN_SHEET, OwnCells, read_own_cells
from lawgov_score.workbook.circulated.plain_table import kind_of_heading
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.merged import Merges, merges
from lawgov_score.workbook.package.opened import Doubtful, Opened, Rows, open_workbook
from lawgov_score.workbook.plain_texts import first_filled, plain

_NEEDED = (Part.CODE, Part.POINTS)
_KINDS = {
    Part.CODE: Kind.CODE,
    Part.POINTS: Kind.POINTS,
    Part.LEAD: Kind.LEAD,
    Part.ASSIST: Kind.ASSIST,
    Part.EVIDENCE: Kind.EVIDENCE,
    Part.NOTE: Kind.NOTE,
}
_SHEETS = Words("工作表：{names:list}", "sheets: {names:list}")
_HEADINGS = Words("表头：{headings:list}", "headings: {headings:list}")


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell. ``text`` as people see it, without blanks at its ends; ``raw``: what is stored (a day, a number).

    ``doubt``: why its value is not to be trusted (an error, a formula without a result).
    """

    place: CellPlace
    text: str
    raw: Cell
    doubt: Doubtful | None = None

    @property
    def points(self) -> Points | None:
        """The points that it says, see ``points_in``; None where people see a day, a time or a percentage."""
        if is_no_number(self.raw):
            return None
        return points_in(self.raw if isinstance(self.raw, float) else self.text)


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The cell of a group, with the code, the title and the points that it says (see ``group_in``).

    ``is_reprint``: it only says again, at the top of a page, what the export wrote into the group's first cell; its
    text is that text, without the mark.
    """

    cell: TableCell
    code: str
    title: str
    points: Points | None
    is_reprint: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table. ``row``: its row on the sheet, from 0; ``number``: the how-manieth it is, from 1.

    ``groups``: for each column of levels left of its ``title`` the group that it stands in, None where the cell says
    that there is none (``NO_GROUP``), or nothing. ``cells``: by part, of every column that is there. ``borrowed``: its
    own blank cells of groups, which are only read from the rows above because no merged cell covers them.
    ``is_between``: it stands outside of the merged cells of groups, where another one follows: it may be of either.
    """

    row: int
    number: int
    groups: tuple[TableGroup | None, ...]
    title: TableCell
    cells: Mapping[Part, TableCell]
    borrowed: tuple[CellPlace, ...] = ()
    is_between: bool = False

    @property
    def code(self) -> str:
        """The code as it stands there, see ``code_in``; '' where there is none."""
        return code_in(self.cells[Part.CODE].text)


@dataclass(frozen=True)
class Table:
    """An exported table as it is now. ``own``: what the export wrote.

    ``missing``: parts whose column is gone; ``missing_levels``: headings of columns of levels that are gone.
    ``merged``: the first cells of merged ranges in columns other than those of groups, where each row has its own cell.
    ``others``: texts outside the table that are not what the export wrote. ``total``: the cell with the sum;
    ``beside_total``: what else is typed into its row.
    """

    path: str
    own: OwnCells
    rows: tuple[TableRow, ...]
    missing: tuple[Part, ...] = ()
    missing_levels: tuple[str, ...] = ()
    merged: tuple[CellPlace, ...] = ()
    others: tuple[OtherCell, ...] = ()
    total: TableCell | None = None
    beside_total: tuple[TableCell, ...] = ()

    def written(self, row: TableRow, part: Part) -> str | None:
        """What the export had written for the code of this row; None where it knows no such code."""
        found = self.own.cell(row.code, part)
        return None if found is None else as_read(found[1])


def as_read(written: str) -> str:
    """A text as it is read back from the cell that it was written into."""
    return written.replace("\r\n", "\n").strip()


def read_table(path: Path, shown: str = "") -> tuple[Table | None, tuple[Problem, ...]]:
    """The table at ``path``, or None and why it cannot be read (S101, S104 to S107, N130 to N134).

    ``shown``: its name in problems.
    """
    opened = open_workbook(path, shown)
    if isinstance(opened, Problem):
        is_document = opened.code is Code.S103 and path.suffix.lower() != ".xlsx"
        return None, (Problem(Code.N134, opened.place, opened.values) if is_document else opened,)
    own = read_own_cells(opened.sheets.get(OWN_SHEET, ()))
    if own is None:
        return None, (Problem(Code.N130, CellPlace(opened.path)),)
    if own.format != FORMAT:
        found = {"found": own.format, "program": own.program, "expected": FORMAT}
        return None, (Problem(Code.N131, CellPlace(opened.path), found),)
    sheet = next((name for name in _candidates(opened, own)), None)
    if sheet is None:
        return None, (_no_table(opened, own),)
    return _table(opened, own, sheet)


def _no_table(opened: Opened, own: OwnCells) -> Problem:
    """N132: which headings are missing where the others stand, and what stands there; else which sheets there are."""
    like = _most_like(opened, own)
    if like is None:
        names = tuple(name for name in opened.sheets if name != OWN_SHEET)
        lacking = tuple(own.headings[part] for part in _NEEDED)
        found = _SHEETS(names=names)
        return Problem(Code.N132, CellPlace(opened.path), {"expected": own.sheet, "missing": lacking, "found": found})
    sheet, row, parts = like
    lacking = tuple(own.headings[part] for part in _NEEDED if part not in parts)
    said = tuple(plain(cell) for cell in opened.sheets[sheet][row] if isinstance(cell, str) and cell.strip())
    values = {"expected": own.sheet, "missing": lacking, "found": _HEADINGS(headings=said)}
    return Problem(Code.N132, CellPlace(opened.path, sheet, address(row, 0)), values)


def _candidates(opened: Opened, own: OwnCells) -> Iterator[str]:
    """The sheet of that name, then every other one that has its headings: people rename sheets."""
    for name in (own.sheet, *opened.sheets):
        if name in opened.sheets and name != OWN_SHEET and _heading_row(opened.sheets[name], own) is not None:
            yield name


def _heading_row(rows: Rows, own: OwnCells) -> int | None:
    """The row that says what is needed; where none does, None."""
    for i, row in first_filled(rows):
        if {*_NEEDED} <= {*_parts_of(row, own)}:
            return i
    return None


def _parts_of(row: Sequence[Cell], own: OwnCells) -> dict[Part, int]:
    """The column of each part: by its heading, else by the only heading that is another word for the same."""
    headings = {column: cell for column, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
    found: dict[Part, int] = {}
    for part, text in own.headings.items():
        same = [column for column, heading in headings.items() if _folded(heading) == _folded(text)]
        found |= {part: same[0]} if same else {}
    taken = {*found.values(), *(c for c, heading in headings.items() if _folded(heading) in map(_folded, own.levels))}
    for part in (part for part in own.headings if part not in found and part in _KINDS):
        alike = [c for c, heading in headings.items() if c not in taken and kind_of_heading(heading) is _KINDS[part]]
        found |= {part: alike[0]} if len(alike) == 1 else {}
    return found


def _most_like(opened: Opened, own: OwnCells) -> tuple[str, int, dict[Part, int]] | None:
    """The sheet and the row that look most like those of the table, and the parts that they head."""
    rows = [
        (name, i, _parts_of(row, own))
        for name, sheet in opened.sheets.items()
        if name != OWN_SHEET
        for i, row in first_filled(sheet)
    ]
    best = max(rows, key=lambda one: (len(one[2]), one[0] == own.sheet), default=None)
    return best if best is not None and len(best[2]) > 2 else None


def _folded(text: str) -> str:
    return plain(text).casefold()


def _table(opened: Opened, own: OwnCells, sheet: str) -> tuple[Table | None, tuple[Problem, ...]]:
    rows = opened.sheets[sheet]
    heading = _heading_row(rows, own)
    assert heading is not None  # it is one of the candidates
    at: dict[str, list[int]] = {}
    for column, cell in enumerate(rows[heading]):
        if isinstance(cell, str) and cell.strip():
            at.setdefault(_folded(cell), []).append(column)
    wanted = [*own.headings.values(), *own.levels]
    if twice := next((text for text in wanted if len(at.get(_folded(text), ())) > 1), None):
        found = tuple(address(heading, column) for column in at[_folded(twice)])
        place = CellPlace(opened.path, sheet, found[1])
        return None, (Problem(Code.N133, place, {"heading": twice, "found": found}),)
    parts = _parts_of(rows[heading], own)
    levels = [at[_folded(text)][0] if _folded(text) in at else None for text in own.levels]
    reader = _Reader(opened, sheet, rows, parts, [column for column in levels if column is not None], _reprints(own))
    missing = tuple(part for part in own.headings if part not in parts)
    gone = tuple(text for text, column in zip(own.levels, levels, strict=True) if column is None)
    read = tuple(reader.read(heading + 1, own.total))
    others = tuple(changed_others(opened, own, sheet, heading))
    return Table(
        *(opened.path, own, read),
        missing=missing,
        missing_levels=gone,
        merged=tuple(reader.merged(heading)),
        others=others,
        total=reader.total(heading + 1, own.total),
        beside_total=tuple(reader.beside_total(heading + 1, own.total)),
    ), ()


@dataclass(frozen=True)
class _Reader:
    opened: Opened
    sheet: str
    rows: Rows
    parts: Mapping[Part, int]
    levels: Sequence[int]
    reprints: Mapping[str, str]

    def read(self, first: int, total: str) -> Iterator[TableRow]:
        """Every row that says something, but that of the sum."""
        doubtful = self.opened.doubtful(self.sheet) if self.opened.may_doubt else {}
        covered = merges(self.opened.merged(self.sheet), self.rows)
        above: list[TableCell | None] = [None] * len(self.levels)
        number = 0
        for row in range(first, len(self.rows)):
            if not any(cell_text(cell) for cell in self.rows[row]):
                continue
            if self._is_total(row, total):
                continue
            levels = [self._cell(_top(covered, row, column), column, doubtful) for column in self.levels]
            is_between = self._is_between(row, levels, above, covered, total)
            borrowed = self._fill(levels, above)
            above = [*levels]
            number += 1
            titles = [i for i, cell in enumerate(levels) if cell.text and cell.text != NO_GROUP]
            last = len(levels) - 1
            own = last if levels and (levels[last].text != NO_GROUP) else max(titles, default=last)
            cells = {part: self._cell(row, column, doubtful) for part, column in self.parts.items()}
            title = levels[own] if levels else TableCell(CellPlace(self.opened.path, self.sheet), "", "")
            groups = tuple(self._group(cell) for cell in levels[:own])
            yield TableRow(row, number, groups, title, cells, borrowed, is_between)

    def _is_total(self, row: int, total: str) -> bool:
        """Is the label of a row that of the sum? A title or a remark that says so is none."""
        labels = sorted({*self.levels, *(self.parts[part] for part in BEFORE_LEVELS if part in self.parts)})
        first = next((text for column in labels if (text := self._at(row, column))), "")
        return bool(total) and first == total

    def beside_total(self, first: int, total: str) -> Iterator[TableCell]:
        """What the row of the sum says beside its label and the sum."""
        columns = sorted({*self.levels, *self.parts.values()} - {self.parts[Part.POINTS]})
        for row in (row for row in range(first, len(self.rows)) if self._is_total(row, total)):
            yield from (self._cell(row, column, {}) for column in columns if self._at(row, column) not in {"", total})

    def _is_between(
        self, row: int, levels: Sequence[TableCell], above: Sequence[TableCell | None], covered: Merges, total: str
    ) -> bool:
        """Is a cell of a group blank outside of all merged cells, with another group below it, or none above it?"""
        for i, column in enumerate(self.levels[:-1]):
            if levels[i].text:
                if above[i] is None or above[i] != levels[i]:
                    return False
            elif above[i] is None or (column in covered.by_column and self._begins(row + 1, i, covered, total)):
                return True
        return False

    def _begins(self, row: int, level: int, covered: Merges, total: str) -> bool:
        """Does a group of this level, or of one further left, begin in the next row that names one?"""
        for each in range(row, len(self.rows)):
            if self._is_total(each, total):
                return False
            if any(_top(covered, each, column) != each for column in self.levels[: level + 1]):
                return False
            if any(self._at(each, column) for column in self.levels[: level + 1]):
                return True
        return False

    def total(self, first: int, total: str) -> TableCell | None:
        """The cell with the sum of the points."""
        row = next((row for row in range(first, len(self.rows)) if self._is_total(row, total)), None)
        return None if row is None else self._cell(row, self.parts[Part.POINTS], {})

    def _fill(self, levels: list[TableCell], above: Sequence[TableCell | None]) -> tuple[CellPlace, ...]:
        """Blank cells of groups become the cell above, unless the row begins another group further left; which."""
        borrowed = []
        for i, before in enumerate(above[:-1]):
            if levels[i].text and (before is None or before.place != levels[i].place):
                break
            if before is not None and not levels[i].text:
                borrowed.append(levels[i].place)
                levels[i] = before
        return tuple(borrowed)

    def _group(self, cell: TableCell) -> TableGroup | None:
        if cell.text in {"", NO_GROUP}:
            return None
        written = self.reprints.get(cell.text)
        if written is not None:
            return TableGroup(replace(cell, text=written), *group_in(written), is_reprint=True)
        return TableGroup(cell, *group_in(cell.text))

    def merged(self, heading: int) -> Iterator[CellPlace]:
        """Merged ranges that lie over cells of rows which each are to say something of their own."""
        own = {*self.parts.values(), *self.levels[-1:]}
        for first, last in self.opened.merged(self.sheet):
            (top, left), (bottom, right) = cell_at(first), cell_at(last)
            is_inside = top > heading and any(left <= column <= right for column in own)
            has_code = top < len(self.rows) and self._text(top, Part.CODE)
            if is_inside and (bottom > top or has_code):
                yield CellPlace(self.opened.path, self.sheet, first)

    def _text(self, row: int, part: Part) -> str:
        return self._at(row, self.parts[part])

    def _at(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return cell_text(cells[column]) if column < len(cells) else ""

    def _cell(self, row: int, column: int, doubtful: Mapping[str, Doubtful]) -> TableCell:
        cells = self.rows[row]
        raw = cells[column] if column < len(cells) else ""
        at = address(row, column)
        text = cell_text(raw).replace("\r\n", "\n")
        return TableCell(CellPlace(self.opened.path, self.sheet, at), text, raw, doubtful.get(at))


def _top(merged: Merges, row: int, column: int) -> int:
    """The row that holds the content of a cell of a level: another one where groups of rows are merged downwards."""
    one = merged.of(row, column)
    return one.top if one is not None and one.left == one.right else row


def _reprints(own: OwnCells) -> Mapping[str, str]:
    """What the export wrote for a group that goes on on another page -> what it wrote into its first cell."""
    lang = Language.EN if own.lang == Language.EN.value else Language.ZH
    return {as_read(continued(one.text, lang)): as_read(one.text) for one in own.groups}

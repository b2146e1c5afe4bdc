"""A table, from .csv or the first filled sheet of a workbook, as rows of cells that know their address."""

import csv
import hashlib
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, overload

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.file_types import kind_of
from lawgov_score.guarded import unguarded
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.extent import MOST_COLUMNS, MOST_ROWS
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large, too_many_columns, too_many_rows
from lawgov_score.workbook.package.merged import rows_gone
from lawgov_score.workbook.package.opened import Doubtful, Opened, Rows, open_workbook, remarks
from lawgov_score.workbook.plain_texts import first_filled, plain

_MOST_KEPT = 2_000_000  # cells, and four for each row
_LONGEST = 1 << 20  # commas in one line
_END = re.compile("\r\n|\n|\r")
Row = Sequence[str]


class TooManyRowsError(Exception):
    """The table has more rows than a sheet may."""


class TooManyColumnsError(Exception):
    """A row has more columns than a sheet may."""


class CsvRows(Sequence[Row]):
    """Rows of texts, each of its own length.

    Raises ``csv.Error``, ``TooManyRowsError`` and ``TooManyColumnsError`` when it is made.

    Of a table that is not too large the rows are kept once they have been taken apart: a cell takes some 60
    bytes then, and a row as much as four cells.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("Q", _starts(text))
        self._last: tuple[int, Row] = (-1, ())
        self._replaced: dict[int, Row] = {}
        self._kept: list[Row | None] = [None] * len(self) if text.count(",") + 4 * len(self) <= _MOST_KEPT else []

    def __len__(self) -> int:
        return len(self._starts) - 1

    def cells_of(self, column: int) -> Iterator[str]:
        """The cell of each row in one column, '' where there is none: the rest of a row is not taken apart."""
        for at in range(len(self)):
            record = self._text[self._starts[at] : self._starts[at + 1]] if not self._kept else ""
            if self._kept or '"' in record or "'" in record or at in self._replaced:
                row = self[at]
                yield row[column] if column < len(row) else ""
            else:
                cells = record.rstrip("\r\n").split(",", column + 1)
                yield cells[column] if column < len(cells) else ""

    def with_cells(self, column: int, texts: Mapping[int, str]) -> "CsvRows":
        """The same rows with other ``texts`` in one column, by row."""
        other = copy(self)
        other._kept, other._last = list(self._kept), (-1, ())
        other._replaced = {**self._replaced, **{at: _with_cell(self[at], column, text) for at, text in texts.items()}}
        for at, row in other._replaced.items():
            if other._kept:
                other._kept[at] = row
        return other

    @cached_property
    def may_span_lines(self) -> bool:
        """May a cell hold more than one line? Only between quotation marks."""
        return '"' in self._text

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if self._kept and 0 <= at < len(self._kept) and (known := self._kept[at]) is not None:
            return known
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        if self._kept:
            row = self._kept[at] = self._parsed(at)
            return row
        if self._last[0] != at:
            self._last = (at, self._parsed(at))
        return self._last[1]

    def _parsed(self, at: int) -> Row:
        if at in self._replaced:
            return self._replaced[at]
        record = self._text[self._starts[at] : self._starts[at + 1]]
        if '"' not in record:  # nearly always: then every comma separates
            bare = record.rstrip("\r\n")
            cells: Row = bare.split(",") if bare else ()
        else:
            cells = next(csv.reader(_lines(record), strict=True), ())
        return [unguarded(cell) for cell in cells] if "'" in record else cells


def _with_cell(row: Sequence[Any], column: int, text: str) -> tuple[Any, ...]:
    return (*row[:column], text, *row[column + 1 :])


def _lines(record: str) -> Iterator[str]:
    at = 0
    while at < len(record):
        end = _END.search(record, at)
        begin, at = at, len(record) if end is None else end.end()
        yield record[begin:at]


def _starts(text: str) -> Iterator[int]:
    """Offsets of each record's start, and of the last one's end: a quoted record may span several lines."""
    if '"' not in text:
        yield from _starts_of_lines(text)
        return
    at = 0

    def lines() -> Iterator[str]:
        nonlocal at
        for line in _lines(text):
            if len(line) > _LONGEST and line.count(",") > _LONGEST:  # before it is taken apart; some may be in a text
                raise TooManyColumnsError
            at += len(line)
            yield line

    records = csv.reader(lines(), strict=True)
    yield 0
    for count, record in enumerate(records, start=1):
        if count > MOST_ROWS + 1:  # plus the headings
            raise TooManyRowsError
        if len(record) > MOST_COLUMNS:
            raise TooManyColumnsError
        yield at


def _starts_of_lines(text: str) -> Iterator[int]:
    """The same for a text without quotation marks: every line is a record."""
    at, most = 0, csv.field_size_limit()
    ends = _ends_of_any_lines(text) if "\r" in text else _ends_of_lines(text)
    yield 0
    for count, end in enumerate(ends, start=1):
        if end - at > MOST_COLUMNS and text.count(",", at, end) >= MOST_COLUMNS:
            raise TooManyColumnsError
        if end - at > most:
            next(csv.reader([text[at:end]], strict=True))  # raises, if a field is too long
        if count > MOST_ROWS + 1:
            raise TooManyRowsError
        at = end
        yield at


def _ends_of_any_lines(text: str) -> Iterator[int]:
    end = 0
    for match in _END.finditer(text):
        end = match.end()
        yield end
    if end < len(text):
        yield len(text)


def _ends_of_lines(text: str) -> Iterator[int]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1
        at = end or len(text)
        yield at


UNIT, NAME, TYPE, COHORT, YEAR = "unit", "name", "type", "cohort", "year"
_ABOUT_UNITS: Mapping[str, str] = {
    "unit": UNIT,
    "单位编码": UNIT,
    "单位代码": UNIT,
    "name": NAME,
    "单位名称": NAME,
    "type": TYPE,
    "单位类型": TYPE,
    "cohort": COHORT,
    "考核分组": COHORT,
    "year": YEAR,
    "考核年度": YEAR,
}
_DIGIT = re.compile("[0-9]")  # no such heading has one, and nearly every cell has
_NO_DOUBT: Mapping[str, Doubtful] = MappingProxyType({})
_HIDDEN_SHEET = Words("隐藏的工作表“{name}”", "the hidden sheet “{name}”")
_SECOND = Words("同一工作簿中的又一张单位表，只读第一张", "a further table of units: only the first is read")
_A_WORKBOOK = Words("工作簿，只是扩展名改成了 .csv", "a workbook that is only called .csv")
_NOT_TEXT = Words(
    "第 {line} 行既不是 UTF-8 也不是 GB18030 编码的文字（多为两种编码的文件拼在了一起）",
    "line {line} is neither UTF-8 nor GB18030 (mostly files of two encodings joined into one)",
)
_OPEN_QUOTE = Words("第 {line} 行有一个引号没有收尾", "a quotation mark of line {line} is never closed")
_BAD_QUOTE = Words(
    "第 {line} 行的引号写得不对，或有一格过长", "quotation marks of line {line} do not pair, or a cell is too long"
)
_APART = (
    (
        "\t",
        Words("各栏用制表符隔开的文字；请另存为“CSV UTF-8（逗号分隔）”", "columns apart by tabs: save it with commas"),
    ),
    (
        ";",
        Words(
            "各栏用分号隔开的文字；请另存为“CSV UTF-8（逗号分隔）”", "columns apart by semicolons: save it with commas"
        ),
    ),
)


@dataclass(frozen=True)
class Grid:
    """A table: its rows, and the row that holds the headings (the first to name a unit column, or the first)."""

    path: str
    sheet: str
    rows: Rows
    heading_row: int
    fingerprint: str
    doubtful: Mapping[str, Doubtful] = field(default_factory=lambda: _NO_DOUBT)
    day_shift: int = 0  # days to add to its day numbers, see ``Opened``
    merged: tuple[tuple[str, str], ...] = ()  # ranges, each by its first and last cell

    @cached_property
    def headings(self) -> list[str]:
        """The headings, left to right; blank for a column without one."""
        if self.heading_row >= len(self.rows):
            return []
        return [cell_text(cell) for cell in self.rows[self.heading_row]]

    @cached_property
    def width(self) -> int:
        """The number of columns up to the last that has a heading."""
        return max((j + 1 for j, heading in enumerate(self.headings) if heading), default=0)

    def texts(self, row: Sequence[Cell]) -> Sequence[str]:
        """The cells of a row that are texts; all of them are in a .csv."""
        if isinstance(self.rows, CsvRows):
            return cast("Row", row)
        return [cell for cell in row if isinstance(cell, str)]

    def gone(self, column: int) -> Mapping[int, str]:
        """The rows whose cell in this column is covered by a merged range, each with that range."""
        if not self.merged:
            return {}
        if column not in self._gone:
            self._gone[column] = rows_gone(self.merged, column, len(self.rows))
        return self._gone[column]

    @cached_property
    def _gone(self) -> dict[int, Mapping[int, str]]:
        return {}

    def cells_of(self, column: int) -> Iterator[Cell]:
        """The cell of each row in one column, '' where there is none."""
        if isinstance(self.rows, CsvRows):
            return self.rows.cells_of(column)
        return (row[column] if column < len(row) else "" for row in self.rows)

    def with_cells(self, column: int, texts: Mapping[int, str]) -> "Grid":
        """The same table with other ``texts`` in one column, by row."""
        if not texts:
            return self
        if isinstance(self.rows, CsvRows):
            return replace(self, rows=self.rows.with_cells(column, texts))
        rows = list(self.rows)
        for at, text in texts.items():
            rows[at] = _with_cell(rows[at], column, text)
        return replace(self, rows=rows)

    def place(self, row: int, column: int) -> CellPlace:
        """The place of a cell; row and column counted from 0."""
        return CellPlace(self.path, self.sheet, address(row, column))

    def repeated(self) -> Iterator[Problem]:
        """Problems of two columns that give the same information about units, under whatever names (S128)."""
        column_of: dict[str, int] = {}
        for j, heading in enumerate(self.headings):
            about = about_units(heading)
            if about and column_of.setdefault(about, j) != j:
                yield self.twice(heading, column_of[about], j)

    def twice(self, heading: str, first: int, second: int) -> Problem:
        """The problem that two columns mean the same (S128)."""
        places = [self.place(self.heading_row, column) for column in (first, second)]
        figures = {"heading": heading, "found": tuple(place.cell for place in places)}
        return Problem(Code.S128, places[1], figures, (places[0],))

    @property
    def has_units(self) -> bool:
        """Does a heading name the units?"""
        return any(about_units(heading) == UNIT for heading in self.headings)


def about_units(heading: str) -> str:
    """``unit``, ``name``, ``type``, ``cohort`` or ``year`` if a heading means that, in either language."""
    return "" if _DIGIT.search(heading) else _ABOUT_UNITS.get(plain(heading).casefold(), "")


def read_grid(path: Path, shown: str = "") -> tuple[Grid | None, tuple[Problem, ...]]:
    """The table at ``path``, or None and why it cannot be read (S101, S103 to S107, S119).

    ``shown``: its name in problems.
    """
    shown = shown or display_path(path)
    if path.suffix.lower() != ".csv":
        opened = open_workbook(path, shown)
        if isinstance(opened, Problem):
            return None, (opened,)
        first, *others = grids_of(opened)
        unread = [Problem(Code.S115, CellPlace(other.path, other.sheet), {"found": _SECOND}) for other in others]
        return first, (*remarks(opened), *unread, *hidden_tables(opened))
    place = CellPlace(shown)
    try:
        data = read_whole(path, MOST_BYTES)
    except TooLargeError as error:
        return None, (too_large(shown, error.size),)
    except NoFileError as error:
        return None, (Problem(Code.S101, place, {"found": error.what}),)
    except OSError as error:
        return None, (Problem(Code.S101, place, {"found": reason_of(error)}),)
    if data.startswith((b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")):
        kind = _A_WORKBOOK if data.startswith(b"PK") else kind_of(data)
        return None, (Problem(Code.S103, place, {"found": kind}),)
    notes: tuple[Problem, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as unlike:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            return None, (
                _at_line(Code.S103, shown, _NOT_TEXT, data.count(b"\n", 0, max(error.start, unlike.start)) + 1),
            )
        notes = (Problem(Code.S119, place),)
    try:
        rows = CsvRows(text)
    except csv.Error:
        return None, (*notes, _faulty_quotes(text, shown))
    except TooManyRowsError:
        return None, (*notes, too_many_rows(shown))
    except TooManyColumnsError:
        return None, (*notes, too_many_columns(shown))
    apart = _apart_by(rows)
    if apart is not None:
        return None, (*notes, Problem(Code.S103, place, {"found": apart}))
    return Grid(shown, "", rows, _heading_row(rows), hashlib.sha256(data).hexdigest()), notes


def _at_line(code: Code, shown: str, words: Words, line: int) -> Problem:
    """A problem of a line of a table that cannot be read."""
    return Problem(code, CellPlace(shown, "", address(line - 1, 0)), {"found": words(line=line)})


def _faulty_quotes(text: str, shown: str) -> Problem:
    """S106 at the line where quotation marks go wrong: the one whose quotation is never closed, or that ends oddly."""
    begun = 0
    for line, content in enumerate(text.splitlines(), 1):
        if content.count('"') % 2:
            begun = 0 if begun else line
    if begun:
        return _at_line(Code.S106, shown, _OPEN_QUOTE, begun)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    with suppress(csv.Error):
        for _ in reader:
            pass
    return _at_line(Code.S106, shown, _BAD_QUOTE, reader.line_num)


def _apart_by(rows: Rows) -> Words | None:
    """The character that separates the columns, if it is not a comma."""
    for _, row in first_filled(rows):
        for mark, words in _APART:
            if any(about_units(part) == UNIT for cell in row if mark in str(cell) for part in str(cell).split(mark)):
                return words
    return None


def grids_of(opened: Opened) -> tuple[Grid, ...]:
    """The tables in an open workbook: every visible sheet with a unit column, or else the first one; at least one."""
    seen = [name for name in opened.sheets if not opened.is_hidden(name)]
    names = [name for name in seen if _names_units(opened.sheets[name])]
    return tuple(sheet_grid(opened, name) for name in names or [next(iter(seen or opened.sheets), "")])


def hidden_tables(opened: Opened) -> Iterator[Problem]:
    """Hidden sheets with units in them: they are not read (S144)."""
    for name, rows in opened.sheets.items():
        if opened.is_hidden(name) and _names_units(rows):
            yield Problem(Code.S144, CellPlace(opened.path, name), {"found": _HIDDEN_SHEET(name=name)})


def sheet_grid(opened: Opened, name: str) -> Grid:
    """The table on one sheet of an open workbook."""
    rows = opened.sheets.get(name, ())
    doubtful = opened.doubtful(name) if opened.may_doubt else _NO_DOUBT
    merged = tuple(opened.merged(name))
    return Grid(opened.path, name, rows, _heading_row(rows), opened.fingerprint, doubtful, opened.day_shift, merged)


def _names_units(rows: Rows) -> bool:
    return any(isinstance(cell, str) and about_units(cell) == UNIT for _, row in first_filled(rows) for cell in row)


def _heading_row(rows: Rows) -> int:
    for i, row in first_filled(rows):
        if any(isinstance(cell, str) and about_units(cell) == UNIT for cell in row):
            return i
    return 0

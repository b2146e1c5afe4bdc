"""The rows of a .csv, parsed when they are looked at: a table of a million rows is kept as the text it is."""

import csv
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from lawgov_score.guarded import unguarded
from lawgov_score.workbook.package.extent import MOST_ROWS

_END = re.compile("\r\n|\n|\r")
Row = Sequence[str]


class TooManyRowsError(Exception):
    """The table has more rows than a sheet may."""


class CsvRows(Sequence[Row]):
    """Rows of texts, each of its own length. Raises ``csv.Error`` and ``TooManyRowsError`` when it is made."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("Q", _starts(text))
        self._last: tuple[int, Row] = (-1, ())

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        if self._last[0] != at:
            self._last = (at, self._parsed(at))
        return self._last[1]

    def _parsed(self, at: int) -> Row:
        record = self._text[self._starts[at] : self._starts[at + 1]]
        if '"' not in record:  # nearly all: then a comma is a comma
            bare = record.rstrip("\r\n")
            cells: Row = bare.split(",") if bare else ()
        else:
            cells = next(csv.reader(_lines(record), strict=True), ())
        return [unguarded(cell) for cell in cells] if "'" in record else cells


def _lines(record: str) -> Iterator[str]:
    at = 0
    while at < len(record):
        end = _END.search(record, at)
        begin, at = at, len(record) if end is None else end.end()
        yield record[begin:at]


def _starts(text: str) -> Iterator[int]:
    """Where each record begins, and where the last one ends: one may go on over several lines, between quotes."""
    at = 0

    def lines() -> Iterator[str]:
        nonlocal at
        for line in _lines(text):
            at += len(line)
            yield line

    records = csv.reader(lines(), strict=True)
    yield 0
    for count, _ in enumerate(records, start=1):
        if count > MOST_ROWS + 1:  # and the headings
            raise TooManyRowsError
        yield at

"""The answers of one file as columns: numbers and states in arrays, texts only where there are any.

An ``Answer`` with its place is worked out from row and column when somebody asks for it (``RowAnswers``). Workbooks and
tables have the same form: a workbook is one row.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from lawgov_score.cell_addresses import address, address_in
from lawgov_score.model.answers import Answer, AnswerState
from lawgov_score.problems import CellPlace
from lawgov_score.report import stored_text
from lawgov_score.rounding import FloatArray, IntArray

StateArray = npt.NDArray[np.int8]
Kept = Mapping[str, Sequence[str | None]]  # field key -> a text for each row; None: nothing to keep
NO_CELL = -1  # the row or column of an answer that has no cell

_NOTHING_KEPT: Kept = MappingProxyType({})
_NO_PLACES: Mapping[tuple[str, int], CellPlace] = MappingProxyType({})
_STATES = tuple(AnswerState)


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands beside the numbers of a file.

    ``words``: text answers. ``printed``: what stood in the cell, where it is not what the answer prints as.
    ``evidence`` and ``notes``: documents named, and remarks. ``places``: the places, by field key and row, that do not
    follow from a row and a column.
    """

    words: Kept = field(default_factory=lambda: _NOTHING_KEPT)
    printed: Kept = field(default_factory=lambda: _NOTHING_KEPT)
    evidence: Kept = field(default_factory=lambda: _NOTHING_KEPT)
    notes: Kept = field(default_factory=lambda: _NOTHING_KEPT)
    places: Mapping[tuple[str, int], CellPlace] = field(default_factory=lambda: _NO_PLACES)


@dataclass(frozen=True, eq=False)
class AnswerColumns:
    """The answers in one file: a column for each field, a row for each unit.

    ``values``, ``states``: (fields, rows); nan where there is no number. ``at_rows``, ``at_columns``: row and column in
    the sheet, counted from 0, of the same shape or one that spreads to it (a table: (1, rows) and (fields, 1)).
    ``kept``: the texts, or what unpacks them when somebody asks.
    """

    path: str
    sheet: str
    keys: tuple[str, ...]  # field keys, in the order of the fields
    values: FloatArray
    states: StateArray
    at_rows: IntArray
    at_columns: IntArray
    kept: Texts | Callable[[], Texts]

    def __getstate__(self) -> dict[str, object]:
        return {one.name: getattr(self, one.name) for one in fields(self)}  # not what was worked out since

    @property
    def texts(self) -> Texts:
        """The texts of all answers."""
        return self.kept if isinstance(self.kept, Texts) else self.kept()

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The number of each field's column, by field key."""
        return {key: number for number, key in enumerate(self.keys)}

    def place(self, number: int, row: int) -> CellPlace:
        """The cell of an answer; the sheet, where it has none."""
        place = self.texts.places.get((self.keys[number], row))
        if place is not None:
            return place
        at_row, at_column = int(self.sheet_rows[number, row]), int(self.sheet_columns[number, row])
        if NO_CELL in (at_row, at_column):
            return CellPlace(self.path, self.sheet)
        return CellPlace(self.path, self.sheet, address(at_row, at_column))

    @cached_property
    def is_table(self) -> bool:
        """Does every unit have a row of the sheet to itself, in which some answer has a cell?"""
        return len(self.at_rows) == 1 and bool((self.at_columns != NO_CELL).any()) and not self.texts.places

    @cached_property
    def sheet_rows(self) -> IntArray:
        """(fields, rows) the row of each answer in the sheet, counted from 0; ``NO_CELL``: it has no cell."""
        return np.broadcast_to(self.at_rows, self.values.shape)

    @cached_property
    def sheet_columns(self) -> IntArray:
        """(fields, rows) the column of each answer in the sheet, counted from 0; ``NO_CELL``: it has no cell."""
        return np.broadcast_to(self.at_columns, self.values.shape)

    def answer(self, number: int, row: int) -> Answer:
        """One answer, with its place."""
        key, texts, figure = self.keys[number], self.texts, float(self.values[number, row])
        word = _kept(texts.words, key, row)
        value = (None if math.isnan(figure) else figure) if word is None else word
        return Answer(
            _STATES[self.states[number, row]],
            value,
            self.place(number, row),
            _printed(_kept(texts.printed, key, row), value),
            _kept(texts.evidence, key, row),
            _kept(texts.notes, key, row) or "",
        )

    def printed(self, row: int) -> Iterator[tuple[str, str]]:
        """Field key, and what stood in the cell, of each answer of a row: without working out places."""
        words, printed = self.texts.words, self.texts.printed
        for key, figure in zip(self.keys, self.values[:, row].tolist(), strict=True):
            text = _kept(printed, key, row)
            if text is None:
                text = _kept(words, key, row)
            if text is None:
                text = "" if math.isnan(figure) else stored_text(figure)
            yield key, text

    def rows(self) -> "tuple[RowAnswers, ...]":
        """The answers of each row."""
        return tuple(RowAnswers(self, row) for row in range(self.values.shape[1]))


def _kept(texts: Kept, key: str, row: int) -> str | None:
    column = texts.get(key)
    return None if column is None else column[row]


def _printed(printed: str | None, value: float | str | None) -> str:
    return printed_by(value) if printed is None else printed


def printed_by(value: float | str | None) -> str:
    """What an answer prints as if nothing else stood in its cell."""
    if value is None:
        return ""
    return value if isinstance(value, str) else stored_text(value)


@dataclass(frozen=True, eq=False, slots=True)
class RowAnswers(Mapping[str, Answer]):
    """The answers of one unit, by field key: one row of the columns of a file."""

    columns: AnswerColumns
    row: int

    def __getitem__(self, key: str) -> Answer:
        return self.columns.answer(self.columns.number_of[key], self.row)

    def __contains__(self, key: object) -> bool:
        return key in self.columns.number_of

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.keys)

    def __len__(self) -> int:
        return len(self.columns.keys)


def printed_of(answers: Mapping[str, Answer]) -> Mapping[str, str]:
    """What stood in the cell of each answer of one unit, by field key."""
    if isinstance(answers, RowAnswers):
        return dict(answers.columns.printed(answers.row))
    return {key: answer.printed for key, answer in answers.items()}


def is_any_printed(answers: Mapping[str, Answer]) -> bool:
    """Does anything stand in the cell of any answer of one unit? Most forms tell by their first answers."""
    if isinstance(answers, RowAnswers):
        return any(text for _, text in answers.columns.printed(answers.row))
    return any(answer.printed for answer in answers.values())


def columns_of(answers: Mapping[str, Answer], path: str) -> AnswerColumns:
    """The answers of one unit, made one by one, as columns of one row. ``path``: of their file."""
    keys = tuple(answers)
    size = len(keys)
    values, rows, columns = [math.nan] * size, [NO_CELL] * size, [NO_CELL] * size
    states = np.array([[one.state] for one in answers.values()], dtype=np.int8).reshape(size, 1)
    sheet = next((one.place.sheet for one in answers.values()), "")
    words: dict[str, tuple[str]] = {}
    printed: dict[str, tuple[str]] = {}
    evidence: dict[str, tuple[str]] = {}
    notes: dict[str, tuple[str]] = {}
    places: dict[tuple[str, int], CellPlace] = {}
    for number, (key, one) in enumerate(answers.items()):
        if isinstance(one.value, str):
            words[key] = (one.value,)
        elif one.value is not None:
            values[number] = one.value
        if one.printed != printed_by(one.value):
            printed[key] = (one.printed,)
        if one.evidence is not None:
            evidence[key] = (one.evidence,)
        if one.note:
            notes[key] = (one.note,)
        place = one.place
        at = address_in(place.cell)
        if place.path != path or place.sheet != sheet or (place.cell and at is None):
            places[key, 0] = place
        elif at is not None:
            rows[number], columns[number] = at
    at_rows, at_columns = (np.array(numbers, dtype=np.intp).reshape(size, 1) for numbers in (rows, columns))
    figures = np.array(values, dtype=np.float64).reshape(size, 1)
    texts = Texts(words, printed, evidence, notes, places)
    return AnswerColumns(path, sheet, keys, figures, states, at_rows, at_columns, texts)

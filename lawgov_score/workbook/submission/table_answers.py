"""The answers of a table as columns: which cells are answers, in what state, and which have a problem.

A table is read in blocks of rows, and of each block only the rows that count are kept: what a table costs depends on
the units that it holds, not on the rows that somebody wrote into it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Self

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address_in
from lawgov_score.model import AnswerColumns, AnswerState, RowAnswers, Texts
from lawgov_score.model.answer_columns import NO_CELL, Kept, StateArray
from lawgov_score.problems import Problem
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.workbook.forms.layout import Layout, Question
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.grid import Grid
from lawgov_score.workbook.submission.answers import doubted
from lawgov_score.workbook.submission.columns import ColumnRead, read_column
from lawgov_score.workbook.submission.contradictions import check_contradictions, may_contradict
from lawgov_score.workbook.submission.values import Reading, read_cell

AT_ONCE = 2_000  # rows of a block


@dataclass(frozen=True)
class TableAnswers:
    """The answers in some rows of a table that may be units.

    ``columns``: of every question of the tree; those without a column are blank. ``asked``: the questions that have a
    column, by column of the sheet. ``faults``: (asked, rows) cells that have a problem. ``wrong``: (rows,) how many
    cells are invalid by themselves. ``contradicts``: (rows,) may answers contradict one another?
    """

    grid: Grid
    layout: Layout
    asked: Mapping[int, Question]
    columns: AnswerColumns
    faults: BoolArray
    wrong: IntArray
    contradicts: BoolArray
    printed: dict[str, list[str | None]]  # those of ``columns``, which ``settled`` adds to

    @cached_property
    def has_fault(self) -> BoolArray:
        """(rows,): has any cell of the row a problem?"""
        has_fault: BoolArray = np.any(self.faults, axis=0)
        return has_fault

    def settled(self, row: int) -> Iterator[Problem]:
        """Settles what the answers of one row are worth: those that contradict one another become INVALID.

        Gives the problems of its cells, left to right, then those between its answers.
        """
        if self.has_fault[row]:
            i, questions = int(self.columns.at_rows[0, row]), list(self.asked.items())
            for number in np.flatnonzero(self.faults[:, row]).tolist():
                column, question = questions[number]
                reading, _ = reading_of(self.grid, i, column, question)
                if reading.code is not None:
                    yield Problem(reading.code, self.grid.place(i, column), reading.figures)
        if self.contradicts[row]:
            before = dict(RowAnswers(self.columns, row))
            after = dict(before)
            yield from check_contradictions(after, self.layout)
            for key, answer in after.items():
                if answer is not before[key]:
                    number = self.columns.number_of[key]
                    self.columns.states[number, row], self.columns.values[number, row] = answer.state, np.nan
                    self.printed.setdefault(key, [None] * self.columns.values.shape[1])[row] = answer.printed

    def only(self, rows: Sequence[int]) -> AnswerColumns:
        """The columns with these rows alone."""
        columns, texts = self.columns, self.columns.texts
        if len(rows) == columns.values.shape[1]:
            return columns
        at = list(rows)
        words, printed = (
            {key: tuple(column[row] for row in at) for key, column in kept.items()}
            for kept in (texts.words, texts.printed)
        )
        return AnswerColumns(
            columns.path,
            columns.sheet,
            columns.keys,
            columns.values[:, at],
            columns.states[:, at],
            columns.at_rows[:, at],
            columns.at_columns,
            Texts(words, printed),
        )


def answers_in(
    grid: Grid, rows: Sequence[int], asked: Mapping[int, Question], contested: Mapping[int, Question], layout: Layout
) -> TableAnswers:
    """The answers in ``rows`` of the sheet, a block of it.

    ``asked``: the question of each column. ``contested``: questions that have two columns, by the first of them: their
    answers cannot be used.
    """
    draft = _Draft.of(layout, len(rows))
    faults = np.zeros((len(asked), len(rows)), dtype=bool)
    width = max((*asked, *contested), default=-1) + 1
    cells: list[Sequence[Cell]] = list(zip_longest(*(grid.rows[i][:width] for i in rows), fillvalue=""))
    cells += [[""] * len(rows)] * (width - len(cells))
    for number, (column, question) in enumerate(asked.items()):
        read = read_column(cells[column], question.field, question.indicator.may_not_apply, grid.day_shift)
        draft.put(question.key, read)
        faults[number] = read.faults
    for column, question in contested.items():
        draft.put_unusable(question.key, [cell_text(cell) for cell in cells[column]])
    wrong = faults.sum(axis=0)
    for number, row, column, question in _not_to_be_trusted(grid, rows, asked):
        reading, text = reading_of(grid, rows[row], column, question)
        draft.put_one(question.key, row, reading, text)
        faults[number, row] = reading.code is not None
    column_of = {question.key: column for column, question in (*asked.items(), *contested.items())}
    columns = draft.columns(grid, rows, column_of)
    return TableAnswers(grid, layout, asked, columns, faults, wrong, may_contradict(columns, layout), draft.printed)


@dataclass(frozen=True)
class _Draft:
    """The columns of a table while they are being filled: every question of the tree, at first without an answer."""

    number_of: Mapping[str, int]
    values: FloatArray
    states: StateArray
    words: dict[str, list[str | None]]
    printed: dict[str, list[str | None]]

    @classmethod
    def of(cls, layout: Layout, size: int) -> Self:
        """For a table of so many rows."""
        number_of = {question.key: number for number, question in enumerate(layout.questions)}
        shape = len(number_of), size
        return cls(number_of, np.full(shape, np.nan), np.full(shape, AnswerState.MISSING, dtype=np.int8), {}, {})

    def put(self, key: str, read: ColumnRead) -> None:
        """Puts in what a column came to."""
        number = self.number_of[key]
        self.values[number], self.states[number] = read.values, read.states
        self._keep(self.words, key, read.words)
        self._keep(self.printed, key, read.printed)

    def put_unusable(self, key: str, texts: Sequence[str]) -> None:
        """Puts in a column of answers that cannot be used, whatever stands in their cells."""
        self.states[self.number_of[key]] = AnswerState.INVALID
        self._keep(self.printed, key, dict(enumerate(texts)))

    def put_one(self, key: str, row: int, reading: Reading, text: str) -> None:
        """Puts in a single answer, in place of what was there."""
        number, value = self.number_of[key], reading.value
        self.states[number, row] = reading.state
        self.values[number, row] = np.nan if value is None or isinstance(value, str) else value
        if key in self.words or isinstance(value, str):
            self._keep(self.words, key, {row: value if isinstance(value, str) else None})
        self._keep(self.printed, key, {row: text})

    def _keep(self, of: dict[str, list[str | None]], key: str, texts: Mapping[int, str | None]) -> None:
        if texts:
            column = of.setdefault(key, [None] * self.values.shape[1])
            for row, text in texts.items():
                column[row] = text

    def columns(self, grid: Grid, rows: Sequence[int], column_of: Mapping[str, int]) -> AnswerColumns:
        """The columns; ``rows`` and ``column_of``: where they stand in the sheet."""
        at_rows = np.array(rows, dtype=np.intp).reshape(1, -1)
        at_columns = np.array([column_of.get(key, NO_CELL) for key in self.number_of], dtype=np.intp).reshape(-1, 1)
        texts = Texts(self.words, self.printed)
        keys = tuple(self.number_of)
        return AnswerColumns(grid.path, grid.sheet, keys, self.values, self.states, at_rows, at_columns, texts)


def joined(blocks: Sequence[AnswerColumns]) -> AnswerColumns:
    """The blocks of one table, one below the other; at least one."""
    first = blocks[0]
    if len(blocks) == 1:
        return first
    words = _joined(blocks, [block.texts.words for block in blocks])
    printed = _joined(blocks, [block.texts.printed for block in blocks])
    return AnswerColumns(
        first.path,
        first.sheet,
        first.keys,
        np.concatenate([block.values for block in blocks], axis=1),
        np.concatenate([block.states for block in blocks], axis=1),
        np.concatenate([block.at_rows for block in blocks], axis=1),
        first.at_columns,
        Texts(words, printed),
    )


def _joined(blocks: Sequence[AnswerColumns], kept: Sequence[Kept]) -> dict[str, list[str | None]]:
    """The texts of the blocks by field key, one below the other; None where a block keeps nothing of a field."""
    columns: dict[str, list[str | None]] = {key: [] for key in dict.fromkeys(key for each in kept for key in each)}
    for block, each in zip(blocks, kept, strict=True):
        nothing = [None] * block.values.shape[1]
        for key, column in columns.items():
            column.extend(each.get(key, nothing))
    return columns


def reading_of(grid: Grid, i: int, column: int, question: Question) -> tuple[Reading, str]:
    """What one cell answers, and what stands in it; ``i`` and ``column``: of the sheet, counted from 0."""
    row = grid.rows[i]
    cell = row[column] if column < len(row) else ""
    doubt, ref = grid.doubtful.get(grid.place(i, column).cell), grid.gone(column).get(i)
    if ref is not None:
        figures: Mapping[str, object] = {"field": question.field.name, "found": ref}
        return Reading(AnswerState.INVALID, None, Code.S220, figures), ""
    if doubt is not None:
        return doubted(doubt, question), doubt.printed or cell_text(cell)
    reading = read_cell(cell, question.field, question.indicator.may_not_apply, grid.day_shift)
    return reading, cell_text(cell)


def _not_to_be_trusted(
    grid: Grid, rows: Sequence[int], asked: Mapping[int, Question]
) -> Iterator[tuple[int, int, int, Question]]:
    """Cells that are covered by a merged range, or may be read in two ways: number of the question, row, column."""
    row_of = {i: row for row, i in enumerate(rows)} if grid.doubtful or grid.merged else {}
    number_of = {column: number for number, column in enumerate(asked)}
    at = {place for cell in grid.doubtful if (place := address_in(cell)) is not None} if row_of else set()
    at |= {(i, column) for column in asked for i in grid.gone(column)} if row_of else set()
    for i, column in sorted(at):
        if i in row_of and column in number_of:
            yield number_of[column], row_of[i], column, asked[column]

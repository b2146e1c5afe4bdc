"""The answers of a table as columns: which cells are answers, in what state, and which have a problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address_in
from lawgov_score.model import AnswerColumns, AnswerState, RowAnswers, Texts
from lawgov_score.model.answer_columns import NO_CELL
from lawgov_score.problems import Problem
from lawgov_score.rounding import BoolArray, IntArray
from lawgov_score.workbook.forms.layout import Layout, Question
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.grid import Grid
from lawgov_score.workbook.submission.answers import doubted
from lawgov_score.workbook.submission.columns import read_column
from lawgov_score.workbook.submission.contradictions import check_contradictions, may_contradict
from lawgov_score.workbook.submission.values import Reading, read_cell

_AT_ONCE = 1_000  # rows read at once: a table of any length takes no more memory for its texts


@dataclass(frozen=True)
class TableAnswers:
    """The answers in the rows of a table that may be units.

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
    printed: dict[str, list[str | None]]  # the same as in ``columns``

    @cached_property
    def has_fault(self) -> BoolArray:
        """(rows,): has any cell of the row a problem?"""
        has_fault: BoolArray = np.any(self.faults, axis=0)
        return has_fault

    def problems(self, row: int) -> Iterator[Problem]:
        """The problems of the cells of one row, left to right, and those between its answers.

        Answers that contradict one another become INVALID.
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
    """The answers in ``rows`` of the sheet.

    ``asked``: the question of each column. ``contested``: questions that have two columns, by the first of them: their
    answers cannot be used.
    """
    size = len(rows)
    keys = tuple(question.key for question in layout.questions)
    number_of = {key: number for number, key in enumerate(keys)}
    values = np.full((len(keys), size), np.nan)
    states = np.full((len(keys), size), AnswerState.MISSING, dtype=np.int8)
    at_columns = np.full((len(keys), 1), NO_CELL, dtype=np.intp)
    faults = np.zeros((len(asked), size), dtype=bool)
    words: dict[str, list[str | None]] = {}
    printed: dict[str, list[str | None]] = {}

    def keep(of: dict[str, list[str | None]], key: str, texts: Mapping[int, str], begin: int) -> None:
        if texts:
            column = of.setdefault(key, [None] * size)
            for row, text in texts.items():
                column[begin + row] = text

    for begin in range(0, size, _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        part = slice(begin, begin + len(some))
        cells: list[Sequence[Cell]] = list(zip_longest(*(grid.rows[i] for i in some), fillvalue=""))
        cells += [[""] * len(some)] * (max((*asked, *contested), default=0) + 1 - len(cells))
        for number, (column, question) in enumerate(asked.items()):
            read = read_column(cells[column], question.field, question.indicator.may_not_apply, grid.day_shift)
            to = number_of[question.key]
            values[to, part], states[to, part], faults[number, part] = read.values, read.states, read.faults
            keep(words, question.key, read.words, begin)
            keep(printed, question.key, read.printed, begin)
        for column, question in contested.items():
            states[number_of[question.key], part] = AnswerState.INVALID
            keep(printed, question.key, dict(enumerate(map(cell_text, cells[column]))), begin)
    for column, question in (*asked.items(), *contested.items()):
        at_columns[number_of[question.key], 0] = column
    wrong = faults.sum(axis=0)
    for number, row, column, question in _not_to_be_trusted(grid, rows, asked):
        to = number_of[question.key]
        reading, text = reading_of(grid, rows[row], column, question)
        states[to, row], faults[number, row] = reading.state, reading.code is not None
        values[to, row] = np.nan if reading.value is None or isinstance(reading.value, str) else reading.value
        keep(words, question.key, {row: reading.value} if isinstance(reading.value, str) else {}, 0)
        keep(printed, question.key, {row: text}, 0)
    at_rows = np.array(rows, dtype=np.intp).reshape(1, size)
    columns = AnswerColumns(grid.path, grid.sheet, keys, values, states, at_rows, at_columns, Texts(words, printed))
    return TableAnswers(grid, layout, asked, columns, faults, wrong, may_contradict(columns, layout), printed)


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

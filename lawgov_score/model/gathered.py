"""The answers of many units as columns in one order, taken from the columns of their files; never cell by cell."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lawgov_score.model.answer_columns import NO_CELL, AnswerColumns, RowAnswers, StateArray
from lawgov_score.model.answers import Answer, AnswerState
from lawgov_score.problems import Line, line_of
from lawgov_score.rounding import BoolArray, FloatArray, IntArray

UnitAnswers = Mapping[str, Answer]  # by field key


def gathered(sent: Sequence[UnitAnswers | None], keys: Sequence[str]) -> tuple[FloatArray, StateArray]:
    """(keys, units) numbers, nan where there is none, and states; None: a unit without answers.

    A field that a unit was not asked is MISSING. Texts are not numbers.
    """
    values = np.full((len(keys), len(sent)), np.nan)
    states = np.full((len(keys), len(sent)), AnswerState.MISSING, dtype=np.int8)
    positions: dict[tuple[str, ...], tuple[IntArray, IntArray]] = {}  # files of one edition ask the same
    for columns, units, rows in _by_file(sent):
        if columns.keys not in positions:
            number_of = columns.number_of
            asked = [n for n, key in enumerate(keys) if key in number_of]
            positions[columns.keys] = np.array(asked, np.intp), np.array([number_of[keys[n]] for n in asked], np.intp)
        to_keys, from_keys = positions[columns.keys]
        values[np.ix_(to_keys, units)] = columns.values[np.ix_(from_keys, rows)]
        states[np.ix_(to_keys, units)] = columns.states[np.ix_(from_keys, rows)]
    for unit, answers in _by_hand(sent):
        for to, key in enumerate(keys):
            answer = answers.get(key)
            if answer is not None:
                states[to, unit] = answer.state
                values[to, unit] = np.nan if answer.value is None or isinstance(answer.value, str) else answer.value
    return values, states


def filled(sent: Sequence[UnitAnswers], keys: Sequence[str]) -> BoolArray:
    """(keys, units): does anything stand in the cell of the answer, be it only a space that nobody sees?"""
    _, states = gathered(sent, keys)
    is_filled: BoolArray = states != AnswerState.MISSING
    for columns, units, rows in _by_file(sent):
        for number, key in enumerate(keys):
            texts = columns.texts.printed.get(key)
            if texts is not None:
                is_filled[number, units] |= [bool(texts[row]) for row in rows.tolist()]
    for unit, answers in _by_hand(sent):
        is_filled[:, unit] |= [key in answers and bool(answers[key].printed) for key in keys]
    return is_filled


def in_state(sent: Sequence[UnitAnswers | None], state: AnswerState) -> Iterator[tuple[int, str]]:
    """Unit (its number in ``sent``) and field key of every answer in this state."""
    for columns, units, rows in _by_file(sent):
        for number, at in np.argwhere(columns.states[:, rows] == state).tolist():
            yield int(units[at]), columns.keys[number]
    for unit, answers in _by_hand(sent):
        for key, answer in answers.items():
            if answer.state is state:
                yield unit, key


def lines_of(answers: UnitAnswers) -> frozenset[Line]:
    """The rows of sheets in which a unit's answers stand; those without a cell stand in none."""
    if not isinstance(answers, RowAnswers):
        return frozenset(line_of(answer.place) for answer in answers.values() if answer.place.cell)
    columns, row = answers.columns, answers.row
    if columns.is_table:
        return frozenset([(columns.path, columns.sheet, str(int(columns.at_rows[0, row]) + 1))])
    has_cell = (columns.sheet_rows[:, row] != NO_CELL) & (columns.sheet_columns[:, row] != NO_CELL)
    lines = {(columns.path, columns.sheet, str(at + 1)) for at in np.unique(columns.sheet_rows[has_cell, row]).tolist()}
    return frozenset(lines | {line_of(at) for (_, of), at in columns.texts.places.items() if of == row and at.cell})


def _by_file(sent: Sequence[UnitAnswers | None]) -> Iterator[tuple[AnswerColumns, IntArray, IntArray]]:
    """The columns of each file, with the numbers of its units in ``sent`` and their rows in the file."""
    units_of: dict[int, tuple[AnswerColumns, list[int], list[int]]] = {}
    for unit, answers in enumerate(sent):
        if isinstance(answers, RowAnswers):
            _, units, rows = units_of.setdefault(id(answers.columns), (answers.columns, [], []))
            units.append(unit)
            rows.append(answers.row)
    for columns, units, rows in units_of.values():
        yield columns, np.array(units, dtype=np.intp), np.array(rows, dtype=np.intp)


def _by_hand(sent: Sequence[UnitAnswers | None]) -> Iterator[tuple[int, UnitAnswers]]:
    """The answers that no file holds as columns, made one by one; those of the office are."""
    for unit, answers in enumerate(sent):
        if answers is not None and not isinstance(answers, RowAnswers):
            yield unit, answers

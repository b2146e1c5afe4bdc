"""Reads a column of cells → the numbers and states of its answers, as ``values.read_cell`` reads each cell.

Numbers that are written plainly, and cells that are numbers, are taken at once; every other cell goes through
``read_cell``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import AnswerState
from lawgov_score.model.answer_columns import StateArray, printed_by
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.submission.values import Reading, limits_of, read_cell

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)").fullmatch
_MOST_KEPT = 1_000  # readings of equal texts kept
_OF_NUMBERS = b"0123456789.,+-"  # a comma separates the cells, and none of them has one: see ``_numbers_written``
_LONGEST = 15  # characters of a stored number as people see it


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """The answers in a column of cells; ``values``, ``states``, ``faults``: (rows,).

    ``faults``: does the cell have a problem? ``words`` and ``printed``, by row: text answers, and texts that the answer
    does not print as.
    """

    values: FloatArray
    states: StateArray
    faults: BoolArray
    words: Mapping[int, str]
    printed: Mapping[int, str]


def read_column(cells: Sequence[Cell], asked: Field, may_not_apply: bool = False, day_shift: int = 0) -> ColumnRead:
    """The answers in ``cells``, one a row, to the question ``asked``. The other arguments: see ``read_cell``."""
    size = len(cells)
    states = np.zeros(size, dtype=np.int8)  # GIVEN
    faults = np.zeros(size, dtype=bool)
    words: dict[int, str] = {}
    if asked.type in NUMBERS and not _ends_like_a_number(asked.measured_in):
        values, rest, printed = _plain_numbers(cells, asked)
    else:
        values, rest, printed = np.full(size, np.nan), list(range(size)), {}
    seen: dict[str, Reading] = {}
    for row in rest:
        cell = cells[row]
        if cell is None or cell == "":
            states[row] = AnswerState.MISSING
            continue
        reading = seen.get(cell) if isinstance(cell, str) else None
        if reading is None:
            reading = read_cell(cell, asked, may_not_apply, day_shift)
            if isinstance(cell, str) and len(seen) < _MOST_KEPT:
                seen[cell] = reading
        states[row], faults[row] = reading.state, reading.code is not None
        if isinstance(reading.value, str):
            words[row] = reading.value
        elif reading.value is not None:
            values[row] = reading.value
        text = cell_text(cell)
        if text != printed_by(reading.value):
            printed[row] = text
    return ColumnRead(values, states, faults, words, printed)


def _plain_numbers(cells: Sequence[Cell], asked: Field) -> tuple[FloatArray, list[int], dict[int, str]]:
    """The numbers written plainly and within bounds, nan elsewhere; the rows of all others; texts to keep by row."""
    values, texts = _numbers_written(cells)
    low, high = limits_of(asked)
    is_good = (low <= values) & (values <= high) & np.isfinite(values)  # nan compares as False
    if asked.type is FieldType.COUNT:
        whole = np.rint(np.where(is_good, values, 0.0)) + 0.0  # no negative zero
        is_good &= np.abs(np.where(is_good, values, 0.0) - whole) <= DUST
        is_changed = is_good & (values != whole)
        values = np.where(is_good, whole, np.nan)
        texts |= {row: cell_text(cells[row]) for row in np.flatnonzero(is_changed).tolist()}
    else:
        values = np.where(is_good, values, np.nan)
    printed = {row: text for row, text in texts.items() if is_good[row]}
    return values, np.flatnonzero(~is_good).tolist(), printed


def _numbers_written(cells: Sequence[Cell]) -> tuple[FloatArray, dict[int, str]]:
    """(rows,) the numbers written plainly, nan elsewhere; and by row the texts that their number does not print as."""
    try:
        joined = ",".join(cells).encode()  # type: ignore[arg-type]  # that is the question: are they all texts?
    except (TypeError, UnicodeEncodeError):
        return _one_by_one(cells)
    if joined.translate(None, _OF_NUMBERS):
        return _one_by_one(cells)
    try:
        has_blanks = joined.startswith(b",") or joined.endswith(b",") or b",," in joined or not joined
        texts = [cell or "nan" for cell in cells] if has_blanks else cells
        values = np.fromiter(map(float, texts), np.float64, len(cells))  # type: ignore[arg-type]
    except ValueError:  # 1-2
        return _one_by_one(cells)
    return values, {row: str(cells[row]) for row in _not_as_printed(joined, values)}


def _one_by_one(cells: Sequence[Cell]) -> tuple[FloatArray, dict[int, str]]:
    nan = float("nan")
    values = [
        cell if type(cell) is float else float(cell) if isinstance(cell, str) and _PLAIN(cell) else nan
        for cell in cells
    ]
    texts = {
        row: cell
        for row, (cell, number) in enumerate(zip(cells, values, strict=True))
        if isinstance(cell, str) and number == number and not _prints_as(number, cell)  # noqa: PLR0124  # nan, quickly
    }
    return np.array(values, dtype=np.float64), texts


def _not_as_printed(joined: bytes, values: FloatArray) -> list[int]:
    """The rows whose text is not what its number prints as. ``joined``: the plain texts, commas between them.

    Looks at the first and the last characters of all texts at once, and closely only at those that may be such.
    """
    characters = np.frombuffer(joined + b",,", dtype=np.uint8)  # one more: the second of a text is looked at too
    ends = np.flatnonzero(characters[:-1] == ord(","))
    starts = np.concatenate([[0], ends[:-1] + 1])
    first, last, length = characters[starts], characters[ends - 1], ends - starts
    may_differ = (first == ord("+")) | (first == ord("-")) | (first == ord(".")) | (length >= _LONGEST)
    may_differ |= (first == ord("0")) & (length > 1) & (characters[starts + 1] != ord("."))
    if b"." in joined:
        may_differ |= (last == ord("0")) | (last == ord("."))
    rows = np.flatnonzero(may_differ & (length > 0)).tolist()
    return [row for row in rows if not _prints_as(float(values[row]), joined[starts[row] : ends[row]].decode())]


def _prints_as(number: float, text: str) -> bool:
    """Is ``text`` what ``stored_text`` writes for the number? Often "no" is said of texts that are: they are kept."""
    written = repr(number)
    is_same = written == f"{text}.0" or (written == text and not text.endswith(".0"))
    return is_same and len(text) < _LONGEST and text != "-0"


def _ends_like_a_number(measure: str) -> bool:
    """May the unit of measurement be mistaken for digits?"""
    return measure[-1:].isascii() and measure[-1:] in "0123456789.+-" and bool(measure)

"""Serialises the reading of one file as bytes, for transport from workers, for waiting, and for the cache.

Plain data, never pickles: a process that reads hostile files is not trusted, nor is a folder that others may write to.
A reading is a head (JSON: units, places, problems), and the answers of each workbook or table as columns: numbers and
states as they are in memory, and the texts beside them (JSON), compressed, which are unpacked only where somebody
looks. Places in the file itself are kept without its path: the same file under another folder reads the same.

The source of a packed reading is not trusted: unpacking gives values of the right types or raises ``PackedError``.
Wrong shapes raise Python's own exceptions, which ``packed`` turns into ``PackedError``.
"""

import json
import math
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from lawgov_score.model import AnswerColumns, AnswerState, RowAnswers, Submission, Texts, Unit, columns_of
from lawgov_score.model.answer_columns import NO_CELL
from lawgov_score.problem_data import (
    WRONG,
    PackedError,
    as_count,
    as_text,
    place_data,
    problem_data,
    to_place,
    to_problem,
)
from lawgov_score.problems import CellPlace
from lawgov_score.workbook.submission.marks import RECORD, Mark
from lawgov_score.workbook.submission.one_file import FileRead, Sent


def to_unit(row: Any) -> Unit:
    """The unit from the data that ``unit_data`` made."""
    code, name, kind, cohort, year = row
    if not isinstance(year, int | None):
        raise PackedError("no year")
    return Unit(as_text(code), as_text(name), as_text(kind), as_text(cohort), year)


def unit_data(unit: Unit) -> list[Any]:
    """A unit as plain data."""
    return [unit.code, unit.name, unit.type, unit.cohort, unit.year]


MOST_UNPACKED = 1_000  # files whose texts are kept unpacked at a time, some 20 kB each
NOTHING_ASKED: Mapping[str, Unit | None] = MappingProxyType({})
_MOST_TEXT = 256 << 20  # bytes of the texts of one file: more than any workbook that passes the guard has
_STATES = tuple(AnswerState)


@dataclass(frozen=True, slots=True)
class PackedTexts:
    """The texts of a file, unpacked when somebody asks for them; the latest ones are kept."""

    data: bytes
    path: str
    keys: tuple[str, ...]
    rows: int

    def __call__(self) -> Texts:
        """The texts. Raises ``PackedError``."""
        return _unpacked_texts(self)


@lru_cache(maxsize=MOST_UNPACKED)
def _unpacked_texts(packed: PackedTexts) -> Texts:
    return unpack_texts(packed.data, packed.path, packed.keys, packed.rows)


def pack(read: FileRead, path: str, asked: Mapping[str, Unit | None] = NOTHING_ASKED) -> bytes:
    """``read`` as bytes; ``path``: the file's, as printed in problems; ``asked``: the roster entries it depends on."""
    blocks, row_of = _blocks(read, path)
    head = {
        "asked": {code: unit and unit_data(unit) for code, unit in asked.items()},
        "fingerprint": read.fingerprint,
        "problems": [problem_data(problem, path) for problem in read.problems],
        "returned": [[getattr(mark, name) for name in RECORD] for mark in read.returned],
        "sent": [
            {
                "unit": unit_data(one.unit),
                "place": place_data(one.place, path),
                "own_file": one.own_file,
                "saved": one.saved,
                "blocks": one.blocks,
                "edition": one.edition,
                "year": one.year,
                "doubts": [problem_data(problem, path) for problem in one.doubts],
                "submission": one.submission
                and [unit_data(one.submission.unit), one.submission.fingerprint, *row_of[number]],
            }
            for number, one in enumerate(read.sent)
        ],
    }
    blobs = [pack_columns(block, path) for block in blocks]
    lengths = [len(blob) for blob in blobs]
    text = json.dumps([head, lengths], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%d\n" % len(text) + text + b"".join(blobs)


def _blocks(read: FileRead, path: str) -> tuple[list[AnswerColumns], dict[int, tuple[int, int]]]:
    """The columns of a file, and for each submission (its number in ``sent``) those it is in, and its row there."""
    blocks: list[AnswerColumns] = []
    row_of: dict[int, tuple[int, int]] = {}
    numbers: dict[int, int] = {}
    for number, one in enumerate(read.sent):
        if one.submission is None:
            continue
        answers = one.submission.answers
        columns = answers.columns if isinstance(answers, RowAnswers) else columns_of(answers, path)
        if id(columns) not in numbers:
            numbers[id(columns)] = len(blocks)
            blocks.append(columns)
        row_of[number] = numbers[id(columns)], answers.row if isinstance(answers, RowAnswers) else 0
    return blocks, row_of


def facts_of(data: bytes) -> Mapping[str, Unit | None]:
    """The roster entries a reading depends on: codes looked up, and the unit found for each. Raises ``PackedError``."""
    try:
        (head, _), _ = _opened(data)
        return {code: unit and to_unit(unit) for code, unit in head["asked"].items()}
    except WRONG as error:
        raise PackedError(str(error)) from error


def _opened(data: bytes) -> tuple[Any, bytes]:
    size, _, rest = data.partition(b"\n")
    return json.loads(rest[: int(size)].decode("utf-8", "surrogatepass")), rest[int(size) :]


def unpack(data: bytes, path: str) -> FileRead:
    """The reading of the file at ``path``; its texts stay packed until first accessed. Raises ``PackedError``."""
    try:
        (head, lengths), body = _opened(data)
        if sum(lengths) != len(body):
            raise PackedError("answers of another length")
        blocks = [unpack_columns(blob, path) for blob in _cut(body, lengths)]
        sent = tuple(_sent(one, path, blocks) for one in head["sent"])
        problems = tuple(to_problem(one, path) for one in head["problems"])
        returned = tuple(Mark(*map(str, one)) for one in head["returned"])
        return FileRead(sent, problems, as_text(head["fingerprint"]), returned)
    except WRONG as error:
        raise PackedError(str(error)) from error


def _sent(one: Any, path: str, blocks: Sequence[AnswerColumns]) -> Sent:
    submission = None
    if one["submission"] is not None:
        unit, fingerprint, *at = one["submission"]
        block, row = map(as_count, at)
        if block >= len(blocks) or row >= blocks[block].values.shape[1]:
            raise PackedError("a submission without its answers")
        answers = RowAnswers(blocks[block], row)
        submission = Submission(to_unit(unit), path, answers, as_text(fingerprint), one["own_file"])
    doubts = tuple(to_problem(problem, path) for problem in one["doubts"])
    place = to_place(one["place"], path)
    if not isinstance(place, CellPlace):
        raise PackedError("a unit without a cell")
    return Sent(
        to_unit(one["unit"]),
        place,
        submission,
        one["own_file"],
        doubts,
        str(one["saved"]),
        tuple(map(as_count, one["blocks"])),
        str(one["edition"]),
        str(one["year"]),
    )


def _cut(body: bytes, lengths: list[int]) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield body[at : at + length]
        at += length


# ------------------------------------------------- answers, as columns


def pack_columns(columns: AnswerColumns, path: str) -> bytes:
    """The answers of a file as bytes. ``path``: the file's."""
    texts = columns.texts
    kept: dict[str, Any] = {
        name: {key: _sparse(column) for key, column in getattr(texts, name).items()} for name in _KEPT
    }
    kept["places"] = [[key, row, place_data(place, path)] for (key, row), place in texts.places.items()]
    packed = zlib.compress(_json(kept), 1)
    shapes = [columns.values.shape, columns.at_rows.shape, columns.at_columns.shape]
    elsewhere = None if columns.path == path else columns.path
    head = _json([elsewhere, columns.sheet, columns.keys, shapes, len(packed)])
    arrays = (
        columns.values.astype("<f8"),
        columns.states.astype("i1"),
        columns.at_rows.astype("<i4"),
        columns.at_columns.astype("<i4"),
    )
    return b"%d\n" % len(head) + head + b"".join(array.tobytes() for array in arrays) + packed


def _sparse(column: Sequence[str | None]) -> tuple[list[int], list[str]]:
    """The rows of a column that have a text, and their texts."""
    rows = [row for row, text in enumerate(column) if text is not None]
    return rows, [text for text in column if text is not None]


def _json(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack_columns(data: bytes, path: str) -> AnswerColumns:
    """The answers that ``pack_columns`` made bytes of. Raises ``PackedError``."""
    try:
        head, body = _opened(data)
        elsewhere, sheet, keys, (shape, of_rows, of_columns), packed = head
        keys = tuple(map(as_text, keys))
        fields, rows = shape
        if fields != len(keys) or len(set(keys)) != fields or not isinstance(rows, int):
            raise PackedError("columns of no field")
        if any(extent not in (1, full) for at in (of_rows, of_columns) for extent, full in zip(at, shape, strict=True)):
            raise PackedError("places of no answer")
        arrays = []
        for kind, extents in (("<f8", shape), ("i1", shape), ("<i4", of_rows), ("<i4", of_columns)):
            size = math.prod(extents) * np.dtype(kind).itemsize
            arrays.append(np.frombuffer(body[:size], dtype=kind).reshape(extents))
            body = body[size:]
        values, states, at_rows, at_columns = arrays
        if len(body) != packed or ((states < 0) | (states >= len(_STATES))).any():
            raise PackedError("answers of another length, or in no state")
        if (at_rows < NO_CELL).any() or (at_columns < NO_CELL).any():
            raise PackedError("answers in no cell")
        own = path if elsewhere is None else as_text(elsewhere)
        at = (at_rows.astype(np.intp), at_columns.astype(np.intp))
        return AnswerColumns(own, as_text(sheet), keys, values, states, *at, PackedTexts(body, path, keys, rows))
    except WRONG as error:
        raise PackedError(str(error)) from error


_KEPT = ("words", "printed", "evidence", "notes")


def unpack_texts(data: bytes, path: str, keys: Collection[str], rows: int) -> Texts:
    """The texts of the answers at ``keys`` in so many rows. Raises ``PackedError``."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(data, _MOST_TEXT)
        if not stream.eof:
            raise PackedError("texts that are too long")
        read = json.loads(text.decode("utf-8", "surrogatepass"))
        known = {key for name in _KEPT for key in read[name]} | {key for key, _, _ in read["places"]}
        if not known <= set(keys):  # before a column is made of each
            raise PackedError("texts of no field")
        words, printed, evidence, notes = (
            {key: _column(read[name][key], rows) for key in read[name]} for name in _KEPT
        )
        places = {(key, as_count(row)): to_place(place, path) for key, row, place in read["places"]}
        at_cells = {at: place for at, place in places.items() if isinstance(place, CellPlace)}
        return Texts(words, printed, evidence, notes, at_cells)
    except (zlib.error, *WRONG) as error:
        raise PackedError(str(error)) from error


def _column(sparse: Any, rows: int) -> tuple[str | None, ...]:
    column: list[str | None] = [None] * rows
    for row, text in zip(*sparse, strict=True):
        if as_count(row) >= rows:
            raise PackedError("a text in no row")
        column[row] = as_text(text)
    return tuple(column)

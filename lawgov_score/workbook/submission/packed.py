"""What came of one file, as bytes: how it travels from a worker, waits its turn, and lies in a cache.

Plain data (JSON), never pickles: what reads a hostile file is not trusted, nor is a folder that others may write to.
A reading is two texts: the head (units, places, problems), and for each submission its answers, compressed, which
are unpacked only where somebody looks at them. Places in the file itself are kept without its path: the same file
under another folder reads the same.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lawgov_score.model import Answer, AnswerState, Submission, Unit
from lawgov_score.problems import CellPlace
from lawgov_score.workbook.submission.marks import RECORD, Mark
from lawgov_score.workbook.submission.one_file import FileRead, Sent
from lawgov_score.workbook.submission.packed_facts import (
    PackedError,
    as_text,
    as_value,
    place_data,
    problem_data,
    to_place,
    to_problem,
    to_unit,
    unit_data,
)

Unpack = Callable[[bytes, str], Mapping[str, Answer]]

MOST_UNPACKED = 1_000  # submissions whose answers are kept ready at a time, some 100 kB each: all go unit by unit
NOTHING_ASKED: Mapping[str, Unit | None] = MappingProxyType({})
_MOST_TEXT = 256 << 20  # of one submission's answers: no workbook that the guard lets through has more
_STATES = tuple(AnswerState)
_WRONG = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)  # what other bytes may lead to


@dataclass(frozen=True, eq=False, slots=True)
class PackedAnswers(Mapping[str, Answer]):
    """The answers of one submission by field key, unpacked when they are looked at."""

    data: bytes
    path: str
    unpack: Unpack

    def __getitem__(self, key: str) -> Answer:
        return self.unpack(self.data, self.path)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.unpack(self.data, self.path))

    def __len__(self) -> int:
        return len(self.unpack(self.data, self.path))


def unpacker() -> Unpack:
    """Unpacks answers, and remembers those it was last asked for."""
    return lru_cache(maxsize=MOST_UNPACKED)(unpack_answers)


def pack(read: FileRead, path: str, asked: Mapping[str, Unit | None] = NOTHING_ASKED) -> bytes:
    """``read`` as bytes; ``path`` is the file's, as problems print it; ``asked``: what it rests on in the roster."""
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
                "doubts": [problem_data(problem, path) for problem in one.doubts],
                "submission": one.submission and [unit_data(one.submission.unit), one.submission.fingerprint],
            }
            for one in read.sent
        ],
    }
    blobs = [pack_answers(one.submission.answers, path) for one in read.sent if one.submission is not None]
    lengths = [len(blob) for blob in blobs]
    text = json.dumps([head, lengths], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%d\n" % len(text) + text + b"".join(blobs)


def facts_of(data: bytes) -> Mapping[str, Unit | None]:
    """What a reading rests on in the roster: codes looked up, and the unit found there. Raises ``PackedError``."""
    try:
        (head, _), _ = _opened(data)
        return {code: unit and to_unit(unit) for code, unit in head["asked"].items()}
    except _WRONG as error:
        raise PackedError(str(error)) from error


def _opened(data: bytes) -> tuple[Any, bytes]:
    size, _, rest = data.partition(b"\n")
    return json.loads(rest[: int(size)].decode("utf-8", "surrogatepass")), rest[int(size) :]


def unpack(data: bytes, path: str, unpack_later: Unpack) -> FileRead:
    """The reading of the file at ``path``; its answers stay packed until somebody looks. Raises ``PackedError``."""
    try:
        (head, lengths), body = _opened(data)
        if sum(lengths) != len(body):
            raise PackedError("answers of another length")
        blobs = iter(_cut(body, lengths))
        sent = tuple(_sent(one, path, blobs, unpack_later) for one in head["sent"])
        problems = tuple(to_problem(one, path) for one in head["problems"])
        returned = tuple(Mark(*map(str, one)) for one in head["returned"])
        return FileRead(sent, problems, as_text(head["fingerprint"]), returned)
    except _WRONG as error:
        raise PackedError(str(error)) from error


def _sent(one: Any, path: str, blobs: Iterator[bytes], unpack_later: Unpack) -> Sent:
    submission = None
    if one["submission"] is not None:
        unit, fingerprint = one["submission"]
        blob = next(blobs, None)
        if blob is None:
            raise PackedError("a submission without its answers")
        answers = PackedAnswers(blob, path, unpack_later)
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
        tuple(map(int, one["blocks"])),
    )


def _cut(body: bytes, lengths: list[int]) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield body[at : at + length]
        at += length


# ------------------------------------------------- answers


def pack_answers(answers: Mapping[str, Answer], path: str) -> bytes:
    """Answers by key, in their order."""
    rows = {
        key: [
            int(one.state),
            one.value,
            one.place.sheet,
            one.place.cell,
            one.printed,
            one.evidence,
            one.note,
            None if one.place.path == path else one.place.path,
        ]
        for key, one in answers.items()
    }
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack_answers(data: bytes, path: str) -> Mapping[str, Answer]:
    """The same, back again. Raises ``PackedError``."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(data, _MOST_TEXT)
        if not stream.eof:
            raise PackedError("answers that are too long")
        rows: dict[str, list[Any]] = json.loads(text.decode("utf-8", "surrogatepass"))
        return {
            key: Answer(
                _STATES[state],
                as_value(value),
                CellPlace(as_text(elsewhere or path), as_text(sheet), as_text(cell)),
                as_text(printed),
                None if evidence is None else as_text(evidence),
                as_text(note),
            )
            for key, (state, value, sheet, cell, printed, evidence, note, elsewhere) in rows.items()
        }
    except (zlib.error, *_WRONG) as error:
        raise PackedError(str(error)) from error

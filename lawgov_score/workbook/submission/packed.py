"""Serialises the reading of one file as bytes, for transport from workers, for waiting, and for the cache.

Plain data (JSON), never pickles: a process that reads hostile files is not trusted, nor is a folder that others may
write to. A reading is two texts: the head (units, places, problems), and for each submission its answers, compressed,
which are unpacked only where somebody looks at them. Places in the file itself are kept without its path: the same
file under another folder reads the same.

The source of a packed reading is not trusted: unpacking gives values of the right types or raises ``PackedError``.
Wrong shapes raise Python's own exceptions, which ``packed`` turns into ``PackedError``.
"""

import json
import math
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Submission, Unit
from lawgov_score.problems import CellPlace, NodePlace, Place, Problem, TextPlace
from lawgov_score.wording import Phrase, Quantity, Words
from lawgov_score.workbook.submission.marks import RECORD, Mark
from lawgov_score.workbook.submission.one_file import FileRead, Sent


class PackedError(ValueError):
    """Bytes that are not a reading."""


def as_text(value: Any) -> str:
    """``value`` if it is a text. Raises ``PackedError``, like all functions below."""
    if not isinstance(value, str):
        raise PackedError("no text")
    return value


def as_value(value: Any) -> float | str | None:
    """``value`` if it can be the value of an answer: a number, a text, None."""
    if not isinstance(value, float | int | str | None) or (isinstance(value, float) and math.isnan(value)):
        raise PackedError("no value")
    return value


def to_unit(row: Any) -> Unit:
    """The unit from the data that ``unit_data`` made."""
    code, name, kind, cohort, year = row
    if not isinstance(year, int | None):
        raise PackedError("no year")
    return Unit(as_text(code), as_text(name), as_text(kind), as_text(cohort), year)


def unit_data(unit: Unit) -> list[Any]:
    """A unit as plain data."""
    return [unit.code, unit.name, unit.type, unit.cohort, unit.year]


def problem_data(problem: Problem, path: str) -> list[Any]:
    """A problem as plain data; raises ``TypeError`` for a figure that cannot be worded."""
    return [
        str(problem.code),
        place_data(problem.place, path),
        {key: _figure(figure) for key, figure in problem.values.items()},
        [place_data(place, path) for place in problem.see_also],
        problem.waived,
        problem.more,
    ]


def to_problem(row: Any, path: str) -> Problem:
    """The problem from the data that ``problem_data`` made, in the file at ``path``."""
    code, place, figures, see_also, waived, more = row
    if not isinstance(more, int) or more < 0:
        raise PackedError("no count")
    values = {key: _to_figure(figure) for key, figure in figures.items()}
    others = tuple(to_place(one, path) for one in see_also)
    return Problem(Code(code), to_place(place, path), values, others, as_text(waived), more=more)


def place_data(place: Place, path: str) -> list[Any]:
    """A place as plain data, without the file's own ``path``."""
    match place:
        case CellPlace():
            return ["cell", None if place.path == path else place.path, place.sheet, place.cell]
        case TextPlace():
            at = None if place.path == path else place.path
            return ["text", at, place.line, place.column, place.length]
        case NodePlace():
            return ["node", place.unit, place.node]


def to_place(row: Any, path: str) -> Place:
    """The place from the data that ``place_data`` made, in the file at ``path``."""
    kind, first, *more = row
    match kind:
        case "cell":
            return CellPlace(path if first is None else as_text(first), *map(as_text, more))
        case "text" if all(isinstance(one, int) for one in more):
            return TextPlace(path if first is None else as_text(first), *more)
        case "node":
            return NodePlace(as_text(first), *map(as_text, more))
    raise PackedError(f"a place of no kind: {kind}")


def _figure(figure: object) -> Any:
    """A figure of a problem. Raises ``TypeError`` if it cannot be worded."""
    match figure:
        case None | bool() | int() | float():
            return figure
        case str():
            return str(figure)
        case tuple() | list():
            return {"list": [_figure(one) for one in figure]}
        case Words():
            return {"words": [figure.zh, figure.en]}
        case Phrase():
            words = [figure.words.zh, figure.words.en]
            return {"phrase": words, "values": {key: _figure(one) for key, one in figure.values.items()}}
        case Quantity():
            return {"quantity": [figure.number, figure.is_share]}
    raise TypeError(f"a figure of another kind: {type(figure).__name__}")


def _to_figure(figure: Any) -> object:
    match figure:
        case {"list": list(several)}:
            return tuple(_to_figure(one) for one in several)
        case {"phrase": [zh, en], "values": dict(values)}:
            return Phrase(Words(zh, en), {key: _to_figure(one) for key, one in values.items()})
        case {"words": [zh, en]}:
            return Words(zh, en)
        case {"quantity": [number, is_share]}:
            return Quantity(number, is_share)
        case dict() | list():
            raise PackedError("a figure of no kind")
    return figure


Unpack = Callable[[bytes, str], Mapping[str, Answer]]

MOST_UNPACKED = 1_000  # submissions with unpacked answers kept at a time, some 100 kB each
NOTHING_ASKED: Mapping[str, Unit | None] = MappingProxyType({})
_MOST_TEXT = 256 << 20  # bytes of one submission's answers: more than any workbook that passes the guard has
_STATES = tuple(AnswerState)
_WRONG = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)  # exceptions that malformed bytes may cause


@dataclass(frozen=True, eq=False, slots=True)
class PackedAnswers(Mapping[str, Answer]):
    """The answers of one submission by field key, unpacked on first access."""

    data: bytes
    path: str
    unpack: Unpack

    def __getitem__(self, key: str) -> Answer:
        return self.unpack(self.data, self.path)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.unpack(self.data, self.path))

    def __len__(self) -> int:
        return len(self.unpack(self.data, self.path))


class _Unpacker:
    """Unpacks answers and keeps the latest ones; in another process it begins without any."""

    def __init__(self) -> None:
        self._unpack = lru_cache(maxsize=MOST_UNPACKED)(unpack_answers)

    def __call__(self, data: bytes, path: str) -> Mapping[str, Answer]:
        return self._unpack(data, path)

    def __reduce__(self) -> tuple[Callable[[], "Unpack"], tuple[()]]:
        return unpacker, ()


def unpacker() -> Unpack:
    """A function that unpacks answers and caches the latest ones."""
    return _Unpacker()


def pack(read: FileRead, path: str, asked: Mapping[str, Unit | None] = NOTHING_ASKED) -> bytes:
    """``read`` as bytes; ``path``: the file's, as printed in problems; ``asked``: the roster entries it depends on."""
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
    """The roster entries a reading depends on: codes looked up, and the unit found for each. Raises ``PackedError``."""
    try:
        (head, _), _ = _opened(data)
        return {code: unit and to_unit(unit) for code, unit in head["asked"].items()}
    except _WRONG as error:
        raise PackedError(str(error)) from error


def _opened(data: bytes) -> tuple[Any, bytes]:
    size, _, rest = data.partition(b"\n")
    return json.loads(rest[: int(size)].decode("utf-8", "surrogatepass")), rest[int(size) :]


def unpack(data: bytes, path: str, unpack_later: Unpack) -> FileRead:
    """The reading of the file at ``path``; its answers stay packed until first accessed. Raises ``PackedError``."""
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
    """The answers that ``pack_answers`` made bytes of. Raises ``PackedError``."""
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

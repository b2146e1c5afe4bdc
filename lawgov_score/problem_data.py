"""Problems as plain data, for what comes back from a process that reads what came from elsewhere, and for the cache.

Never pickles: such a process is not trusted. What is made of its data has the right types, or ``PackedError`` is
raised; wrong shapes raise Python's own exceptions (``WRONG``). Of whole problems (``to_problems``) it is also seen that
they can be worded: that the figures of their code are there. Places in the file itself are kept without its path.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, NodePlace, Place, Problem, TextPlace, ThingPlace
from lawgov_score.report import said
from lawgov_score.wording import ByFace, Face, Language, Phrase, Quantity, Words

_MOST_LISTED = 500  # entries of a list among the figures of a problem, and characters of a text: nobody reads more
_MOST_TEXT = 2_000
_MOST_DECIMALS = 30  # more digits than any number has
WRONG = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
)  # exceptions that malformed data may cause


class PackedError(ValueError):
    """What another process said is not what such a process says."""


def as_text(value: Any) -> str:
    """``value`` if it is a text. Raises ``PackedError``, like all functions below."""
    if not isinstance(value, str):
        raise PackedError("no text")
    return value


def as_count(value: Any) -> int:
    """``value`` if it is a whole number, not negative, that an array holds."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise PackedError("no count")
    return value


def as_truth(value: Any) -> bool:
    """``value`` if it is true or false."""
    if not isinstance(value, bool):
        raise PackedError("neither true nor false")
    return value


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
    values = {key: _to_figure(figure) for key, figure in figures.items()}
    others = tuple(to_place(one, path) for one in see_also)
    return Problem(Code(code), to_place(place, path), values, others, as_text(waived), more=as_count(more))


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
        case ThingPlace():
            raise TypeError("a thing that is in no file")  # nothing that a workbook says


def to_place(row: Any, path: str) -> Place:
    """The place from the data that ``place_data`` made, in the file at ``path``."""
    kind, first, *more = row
    match kind:
        case "cell":
            return CellPlace(path if first is None else as_text(first), *map(as_text, more))
        case "text":
            return TextPlace(path if first is None else as_text(first), *map(as_count, more))
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
            return {"quantity": [figure.number, figure.is_share, figure.decimals, figure.is_day]}
        case ByFace():
            return {"typed": _figure(figure.typed), "on_desk": _figure(figure.on_desk)}
    raise TypeError(f"a figure of another kind: {type(figure).__name__}")


def _to_figure(figure: Any) -> object:
    match figure:
        case {"list": list(several)}:
            return tuple(_to_figure(one) for one in several)
        case {"phrase": [zh, en], "values": dict(values)}:
            return Phrase(Words(as_text(zh), as_text(en)), {key: _to_figure(one) for key, one in values.items()})
        case {"words": [zh, en]}:
            return Words(as_text(zh), as_text(en))
        case {"quantity": [number, is_share, decimals, is_day]}:
            if type(number) not in {int, float}:
                raise PackedError("no number")
            if decimals is not None and as_count(decimals) > _MOST_DECIMALS:
                raise PackedError("more decimals than there are")
            return Quantity(number, as_truth(is_share), decimals, as_truth(is_day))
        case {"typed": dict(typed), "on_desk": dict(on_desk)}:
            return ByFace(_to_words(typed), _to_words(on_desk))
        case dict() | list():
            raise PackedError("a figure of no kind")
    return figure


def _to_words(figure: Any) -> Words | Phrase:
    words = _to_figure(figure)
    if not isinstance(words, Words | Phrase):
        raise PackedError("no words")
    return words


def problems_data(problems: Iterable[Problem]) -> list[Any]:
    """Problems of several files as plain data, whole, with places by their paths; of endless figures the beginning."""
    return [
        [
            *problem_data(replace(one, values={key: _cut(figure) for key, figure in one.values.items()}), ""),
            one.is_let_through,
            [place_data(place, "") for place in one.also],
            list(one.unit_types),
        ]
        for one in problems
    ]


def to_problems(rows: Sequence[Any]) -> tuple[Problem, ...]:
    """The problems from the data that ``problems_data`` made. Raises one of ``WRONG``."""
    found = []
    for *row, is_let_through, also, unit_types in rows:
        places = tuple(to_place(place, "") for place in also)
        types = tuple(map(as_text, unit_types))
        one = to_problem(row, "")
        one = replace(one, is_let_through=as_truth(is_let_through), also=places, unit_types=types)
        for lang in Language:
            for face in Face:
                said(one, lang, face)
        found.append(one)
    return tuple(found)


def _cut(figure: object) -> object:
    match figure:
        case str() if len(figure) > _MOST_TEXT:
            return f"{figure[:_MOST_TEXT]}…"
        case tuple() | list():
            return tuple(_cut(one) for one in figure[:_MOST_LISTED])
        case Phrase():
            return Phrase(figure.words, {key: _cut(one) for key, one in figure.values.items()})
        case ByFace():
            return ByFace(_cut_words(figure.typed), _cut_words(figure.on_desk))
    return figure


def _cut_words(words: Words | Phrase) -> Words | Phrase:
    cut = _cut(words)
    return cut if isinstance(cut, Words | Phrase) else words

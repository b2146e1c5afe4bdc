"""Units, places, problems and their figures as plain data (JSON), and back again with their types looked at.

Who hands a packed reading over is not trusted: what comes out of here is of the right type, or ``PackedError`` comes.
What is not even of the right shape raises as Python does; ``packed`` makes a ``PackedError`` of that.
"""

import math
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.model import Unit
from lawgov_score.problems import CellPlace, NodePlace, Place, Problem, TextPlace
from lawgov_score.wording import Phrase, Quantity, Words


class PackedError(ValueError):
    """Bytes that are no reading."""


def as_text(said: Any) -> str:
    """``said`` where it is a text. Raises ``PackedError``, as all that follow."""
    if not isinstance(said, str):
        raise PackedError("no text")
    return said


def as_value(said: Any) -> float | str | None:
    """``said`` where it may be the value of an answer: a number, a text, nothing."""
    if not isinstance(said, float | int | str | None) or (isinstance(said, float) and math.isnan(said)):
        raise PackedError("no value")
    return said


def to_unit(row: Any) -> Unit:
    """The unit that ``unit_data`` made this of."""
    code, name, kind, cohort, year = row
    if not isinstance(year, int | None):
        raise PackedError("no year")
    return Unit(as_text(code), as_text(name), as_text(kind), as_text(cohort), year)


def unit_data(unit: Unit) -> list[Any]:
    """A unit as plain data."""
    return [unit.code, unit.name, unit.type, unit.cohort, unit.year]


def problem_data(problem: Problem, path: str) -> list[Any]:
    """A problem as plain data; raises ``TypeError`` for a figure that no words take."""
    return [
        str(problem.code),
        place_data(problem.place, path),
        {key: _figure(figure) for key, figure in problem.values.items()},
        [place_data(place, path) for place in problem.see_also],
        problem.waived,
        problem.more,
    ]


def to_problem(row: Any, path: str) -> Problem:
    """The problem that ``problem_data`` made this of, in the file at ``path``."""
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
    """The place that ``place_data`` made this of, in the file at ``path``."""
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
    """A figure of a problem. Raises ``TypeError`` for what no words take."""
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

"""The office's own workbooks as they came from elsewhere: opened in a process of its own, which is bounded, and nowhere
else. What they say comes back as plain data.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Change, Mark, RegisterEntry, Review, Roster, Ruling, Tree
from lawgov_score.model.answers import Answer, AnswerState
from lawgov_score.model.review import NO_REVIEW
from lawgov_score.problem_data import (
    WRONG,
    PackedError,
    as_text,
    place_data,
    problems_data,
    to_place,
    to_problems,
)
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.processes import Limits
from lawgov_score.processes.apart import NotReadError, answer_bytes, misread, read_apart
from lawgov_score.workbook.forms.office import office_questions, register_kinds
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.submission.crash_test import LIMITS

_ALONE = Limits(megabytes=LIMITS.megabytes, seconds=60.0)  # for one workbook, to find out which it was
_Row = TypeVar("_Row", Mark, Change, Ruling, RegisterEntry)
_Told = tuple[Review, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Books:
    """Reads workbooks, and tells what they say, and their problems."""

    paths: tuple[Path, ...]
    tree: Tree
    units: Roster
    names: Names
    closed: frozenset[Path] = frozenset()

    def __call__(self, _: None) -> bytes:
        review, problems = read_review(list(self.paths), self.tree, self.units, closed=self.closed, names=self.names)
        return answer_bytes([_data(review), problems_data(problems)])


def read_review_apart(paths: Sequence[Path], tree: Tree, units: Roster, names: Names = AS_GIVEN) -> _Told:
    """What workbooks say, and their problems, as ``read_review`` has them.

    One beyond the limits, or whose process dies, is left out with its problem (R314). Where all are good alone and too
    much together, nothing is read of any.
    """
    if not paths:
        return NO_REVIEW, ()
    try:
        return _read(_Books(tuple(paths), tree, units, names), CellPlace(names(paths[0])), LIMITS)
    except NotReadError:
        lost = _lost(paths, tree, units, names)
    try:
        review, problems = _read(
            _Books(tuple(paths), tree, units, names, frozenset(lost)), CellPlace(names(paths[0])), LIMITS
        )
    except NotReadError as error:
        values = dict(error.problem.values)
        together = (path for path in paths if path not in lost)
        mine = [CellPlace(names(path)) for path in together]
        all_ = [Problem(error.problem.code, one, {**values, "name": one.path.rpartition("/")[2]}) for one in mine]
        return NO_REVIEW, (*all_, *lost.values())
    return review, (*problems, *lost.values())


def _lost(paths: Collection[Path], tree: Tree, units: Roster, names: Names) -> Mapping[Path, Problem]:
    """Those that cannot be read alone, each with why."""
    lost: dict[Path, Problem] = {}
    for path in paths:
        try:
            _read(_Books((path,), tree, units, names), CellPlace(names(path)), _ALONE)
        except NotReadError as error:
            lost[path] = error.problem
    return lost


def _read(work: _Books, place: CellPlace, limits: Limits) -> _Told:
    answer = read_apart(work, place, limits)
    try:
        data, problems = answer
        review = _review(data)
        _refuse_unknown(review, work)
        return review, to_problems(problems)
    except WRONG as error:
        raise misread(place, limits) from error


def _refuse_unknown(review: Review, work: _Books) -> None:
    """Raises ``PackedError`` where it names a unit, an indicator, a kind or a field that the round does not have."""
    tree = work.tree
    indicators = {one.code for one in tree.indicators}
    named = {one.indicator for one in review.marks} | {one.indicator for one in review.changes}
    named |= {one.indicator for one in review.rulings}
    asked = {key for answers in review.answers.values() for key in answers}
    if not (
        review.units <= {unit.code for unit in work.units}
        and named <= indicators
        and {one.kind for one in review.register} <= register_kinds(tree).keys()
        and asked <= {question.key for question in office_questions(tree)}
    ):
        raise PackedError("a line about nothing that is there")


def _data(review: Review) -> dict[str, Any]:
    return {
        "marks": [_row(one) for one in review.marks],
        "changes": [_row(one) for one in review.changes],
        "rulings": [_row(one) for one in review.rulings],
        "register": [_row(one) for one in review.register],
        "answers": {
            unit: {key: _answer(one) for key, one in answers.items()} for unit, answers in review.answers.items()
        },
        "inputs": list(review.inputs),
    }


def _review(data: Mapping[str, Any]) -> Review:
    return Review(
        tuple(_of(Mark, row) for row in data["marks"]),
        tuple(_of(Change, row) for row in data["changes"]),
        tuple(_of(Ruling, row) for row in data["rulings"]),
        tuple(_of(RegisterEntry, row) for row in data["register"]),
        {unit: {key: _to_answer(row) for key, row in answers.items()} for unit, answers in data["answers"].items()},
        tuple((as_text(path), as_text(sha256)) for path, sha256 in data["inputs"]),
    )


def _row(one: Mark | Change | Ruling | RegisterEntry) -> list[Any]:
    values = (getattr(one, field.name) for field in fields(one))
    return [place_data(value, "") if isinstance(value, CellPlace) else value for value in values]


def _of(kind: type[_Row], row: Sequence[Any]) -> _Row:
    values = [_value(field.type, value) for field, value in zip(fields(kind), row, strict=True)]
    return kind(*values)


def _value(kind: object, value: Any) -> Any:
    """A value of a line, of the type that its column has."""
    if kind is CellPlace:
        return _cell(value)
    if kind is float and type(value) in {int, float}:
        return float(value)
    if type(value) is not kind:
        raise PackedError("a value of another type")
    return value


def _cell(row: Any) -> CellPlace:
    place = to_place(row, "")
    if not isinstance(place, CellPlace):
        raise PackedError("a line in no cell")
    return place


def _answer(one: Answer) -> list[Any]:
    return [int(one.state), one.value, place_data(one.place, ""), one.printed, one.evidence, one.note]


def _to_answer(row: Sequence[Any]) -> Answer:
    state, value, place, printed, evidence, note = row
    if not isinstance(value, float | int | str | None) or not isinstance(evidence, str | None):
        raise PackedError("an answer of another type")
    return Answer(AnswerState(state), value, _cell(place), as_text(printed), evidence, as_text(note))

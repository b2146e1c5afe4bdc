"""Problems as data: what is wrong and where. Words are made only in ``report``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from lawgov_score.catalogue import CATALOGUE, Code, Severity

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """A place in a text file. Lines and columns count from 1, columns in characters; 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0
    length: int = 1


@dataclass(frozen=True, slots=True, order=True)
class CellPlace:
    """A place in a workbook or table: sheet and cell are empty where the whole file, or the whole sheet, is meant."""

    path: str
    sheet: str = ""
    cell: str = ""


Line = tuple[str, str, str]  # path, sheet and row: what one unit owns in a file that holds several
WHOLE_FILE: tuple[str, str] = ("", "")  # sheet and row of a file that is one unit's as a whole


def line_of(place: CellPlace) -> Line:
    """The row that a place stands in: path, sheet, and the row's number, '' where the sheet or the file is meant."""
    return place.path, place.sheet, "".join(c for c in place.cell if c.isdigit())


@dataclass(frozen=True, slots=True, order=True)
class NodePlace:
    """A place in the results rather than in a file: a unit, a node, or both."""

    unit: str = ""
    node: str = ""


Place = TextPlace | CellPlace | NodePlace


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` says what, ``place`` where, ``values`` the figures for the words.

    ``see_also`` names further places that belong to it (the children that do not add up, the other
    cell of a broken cross-check). ``waived`` carries the reviewer's written reason where one was given.
    """

    code: Code
    place: Place
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    see_also: tuple[Place, ...] = ()
    waived: str = ""
    is_let_through: bool = False  # an error that stops nothing here: a warning

    @property
    def severity(self) -> Severity:
        """How much it matters: a waived problem is a note, whatever it was before."""
        if self.waived:
            return Severity.NOTE
        return Severity.WARNING if self.is_let_through else CATALOGUE[self.code].severity


class RefusedError(Exception):
    """What was asked for cannot be done at all; ``problems`` say why. Raised only at the edge."""

    def __init__(self, problem: Problem, *more: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.problems = (problem, *more)


FOR_THE_OFFICE_ALONE = frozenset(
    {Code.S142}
)  # a suspicion about two units, to be looked into before anyone hears of it


def is_error(problem: Problem) -> bool:
    """Does this problem stop what it concerns?"""
    return problem.severity is Severity.ERROR


def by_place(problem: Problem) -> tuple[str, str, int, int, int, str]:
    """A sort key: file (or unit), sheet, line or row, column, code."""
    place = problem.place
    if isinstance(place, TextPlace):
        return (place.path, "", place.line, place.column, 0, problem.code)
    if isinstance(place, CellPlace):
        letters = "".join(c for c in place.cell if c.isalpha())
        digits = "".join(c for c in place.cell if c.isdigit())
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return (place.path, place.sheet, int(digits or 0), column, 0, problem.code)
    return (place.unit, place.node, 0, 0, 1, problem.code)


def by_weight(problem: Problem) -> tuple[int, tuple[str, str, int, int, int, str]]:
    """A sort key: errors, then warnings, then notes, each by place."""
    return (_WEIGHTS[problem.severity], by_place(problem))


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}  # errors first


STANDARD_INPUT = "-"  # how people call it, and what a copy of it is named, whatever its suffix
SPOOLED = "lawgov-stdin-"  # how a temporary folder begins that holds such a copy


def display_path(path: PurePath | str) -> str:
    """A path as problems print it: forward slashes on every system, ``-`` for what came by standard input."""
    pure = PurePath(path)
    is_copy = pure.stem == STANDARD_INPUT and pure.parent.name.startswith(SPOOLED)
    return STANDARD_INPUT if is_copy else pure.as_posix()

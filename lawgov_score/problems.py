"""Problems as data: what is wrong and where. Only ``report`` puts them into words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Self, cast

from lawgov_score.catalogue import Code, Severity, entry_of
from lawgov_score.wording import Text

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
    """A place in a workbook or table: sheet and cell are empty if the whole file, or the whole sheet, is meant."""

    path: str
    sheet: str = ""
    cell: str = ""


Line = tuple[str, str, str]  # path, sheet and row: the part of a file with several units that belongs to one unit
WHOLE_FILE: tuple[str, str] = ("", "")  # sheet and row of a file that belongs to one unit as a whole


def line_of(place: CellPlace) -> Line:
    """The row of a place: path, sheet, and the row's number, '' if the sheet or the file is meant."""
    return place.path, place.sheet, "".join(c for c in place.cell if c.isdigit())


@dataclass(frozen=True, slots=True, order=True)
class NodePlace:
    """A place in the results rather than in a file: a unit, a node, or both."""

    unit: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True, order=True)
class ThingPlace:
    """A thing that is in no file, such as an objection: ``path`` names it in every language, ``shown`` to a reader."""

    path: str
    shown: Text = field(compare=False)


Place = TextPlace | CellPlace | NodePlace | ThingPlace


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` says what, ``place`` where, ``values`` the figures for the words.

    ``see_also``: further places that belong to it (the children that do not add up, the other cell of a broken
    cross-check). ``waived``: the reviewer's written reason, if it was waived.
    """

    code: Code
    place: Place
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    see_also: tuple[Place, ...] = ()
    waived: str = ""
    is_let_through: bool = False  # an error that is only a warning in this run
    more: int = 0  # number of problems of the same code and file that it stands for, without listing them
    also: tuple[Place, ...] = ()  # where else the same fault stands, if it is one fault of many rows
    unit_types: tuple[str, ...] = ()  # names of those whose figures are at fault, where a tree's figures differ by type

    @property
    def count(self) -> int:
        """How many faults it stands for."""
        return self.more or 1

    @property
    def severity(self) -> Severity:
        """Its severity: a waived problem is a note, whatever it was before."""
        if self.waived:
            return Severity.NOTE
        return Severity.WARNING if self.is_let_through else entry_of(self.code).severity


MOST_OF_ONE = 200  # problems of one code in one file that are listed one by one


class ProblemList(list[Problem]):
    """Collects problems, with a limit: of one code in one file so many are kept, the rest only counted.

    ``owner``: the unit, for a file with several units: each then has its own limit.
    """

    def __init__(self, problems: Iterable[Problem] = (), owner: str = "") -> None:
        super().__init__()
        self.owner = owner
        self._kept: Counter[tuple[object, ...]] = Counter()
        self._rest: dict[tuple[object, ...], Problem] = {}
        self.extend(problems)

    def append(self, problem: Problem) -> None:
        """Keeps a problem, or counts it."""
        if isinstance(problem.place, NodePlace):  # their number is limited by that of units and nodes
            super().append(problem)
            return
        key = (problem.code, problem.place.path, problem.severity, self.owner)
        if not problem.more and self._kept[key] < MOST_OF_ONE:
            self._kept[key] += 1
            super().append(problem)
            return
        before = self._rest.get(key)
        if before is None:
            place = problem.place
            if not isinstance(place, ThingPlace):
                place = type(place)(place.path)
            more = problem.more or 1
            self._rest[key] = replace(problem, place=place, values=_NOTHING, see_also=(), more=more)
        else:
            self._rest[key] = replace(before, more=before.more + problem.count)

    def extend(self, problems: Iterable[Problem]) -> None:
        """The same for several."""
        for problem in problems:
            self.append(problem)

    def __iadd__(self, problems: Iterable[Problem]) -> Self:  # type: ignore[misc,override]  # it is the same list
        self.extend(problems)
        return self

    def is_full(self, code: Code, path: str, severity: Severity = Severity.ERROR) -> bool:
        """Would a further problem of this code only be counted? Then its figures need not be made."""
        return self._kept[code, path, severity, self.owner] >= MOST_OF_ONE

    def told(self) -> tuple[Problem, ...]:
        """The kept problems, and one for all others of each code and file."""
        return (*self, *self._rest.values())


def folded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place, limited per code and file; the one that stands for the rest comes last."""
    return tuple(sorted(ProblemList(sorted(problems, key=by_place)).told(), key=by_place))


def gathered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same fault in many rows of one table as one problem: at the first of its places, ``also`` at the others.

    For lists that one person mends as a whole; of what units answered every cell is a problem of its own.
    """
    same: dict[object, list[Problem]] = {}
    for problem in problems:
        place, key = problem.place, cast(object, id(problem))
        if isinstance(place, CellPlace) and place.cell and not problem.see_also and not problem.more:
            key = (problem.code, problem.severity, problem.waived, place.path, place.sheet, repr(problem.values))
        same.setdefault(key, []).append(problem)
    for first, *others in same.values():
        yield replace(first, also=(*first.also, *(other.place for other in others))) if others else first


def total(problems: Iterable[Problem]) -> int:
    """The number of faults that problems stand for."""
    return sum(problem.count for problem in problems)


class RefusedError(Exception):
    """A request that cannot be carried out at all; ``problems`` say why. Raised only at the edge."""

    def __init__(self, problem: Problem, *more: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.problems = (problem, *more)


FOR_THE_OFFICE_ALONE = frozenset({Code.S142})  # a suspicion about two units, to be examined before anyone is told


def is_error(problem: Problem) -> bool:
    """Is it an error, which stops whatever it concerns?"""
    return problem.severity is Severity.ERROR


def by_place(problem: Problem) -> tuple[str, str, int, int, int, str]:
    """A sort key: file (or unit), sheet, line or row, column, code."""
    place = problem.place
    if problem.more and not isinstance(place, NodePlace):
        return (place.path, "\uffff", 0, 0, 0, problem.code)
    if isinstance(place, TextPlace):
        return (place.path, "", place.line, place.column, 0, problem.code)
    if isinstance(place, CellPlace):
        letters = "".join(c for c in place.cell if c.isalpha())
        digits = "".join(c for c in place.cell if c.isdigit())
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        return (place.path, place.sheet, int(digits or 0), column, 0, problem.code)
    if isinstance(place, ThingPlace):
        return (place.path, "", 0, 0, 0, problem.code)
    return (place.unit, place.node, 0, 0, 1, problem.code)


def by_weight(problem: Problem) -> tuple[int, tuple[str, str, int, int, int, str]]:
    """A sort key: errors, then warnings, then notes, each by place."""
    return (_WEIGHTS[problem.severity], by_place(problem))


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}  # errors first


STANDARD_INPUT = "-"  # its usual name, and the name of a copy of it, whatever the suffix
SPOOLED = "lawgov-stdin-"  # prefix of a temporary folder that holds such a copy


_TURNS = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})  # controls, direction marks, breaks: never printed raw
_ESCAPED = re.compile(r"\\(?:(\\)|x([0-9A-F]{2})|u\{([0-9A-F]+)\})")


def display_path(path: PurePath | str) -> str:
    """A path as printed in problems: forward slashes on every system, ``-`` for standard input.

    Different paths are shown differently, and ``real_path`` is the inverse.
    """
    pure = PurePath(path)
    is_copy = pure.stem == STANDARD_INPUT and pure.parent.name.startswith(SPOOLED)
    return STANDARD_INPUT if is_copy else printable(pure.as_posix())


def printable(text: str) -> str:
    r"""``text`` of a file name, escaped so that any terminal, workbook and page can show it.

    >>> printable("a\x1b[31m"), printable("\udcb7"), printable("甲 乙")
    ('a\\u{1B}[31m', '\\xB7', '甲 乙')
    """
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if "\udc80" <= char <= "\udcff":  # a byte that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02X}"
    return f"\\u{{{ord(char):X}}}" if unicodedata.category(char) in _TURNS else char


def real_path(shown: str) -> PurePath:
    """The path that ``display_path`` shows in this form."""

    def char(match: re.Match[str]) -> str:
        if match[1]:
            return "\\"
        return chr(0xDC00 + int(match[2], 16)) if match[2] else chr(int(match[3], 16))

    return PurePath(_ESCAPED.sub(char, shown))

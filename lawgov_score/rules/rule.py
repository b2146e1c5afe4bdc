"""The face every way of scoring (计分方式) shows: what a rule gets, and what it must answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST, reaches
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Quantity

Data = Mapping[str, Any]
Path = tuple[str | int, ...]

_NO_ARRAYS: Mapping[str, FloatArray] = MappingProxyType({})
_NO_CELLS: Mapping[str, str] = MappingProxyType({})
_NO_NUMBERS: Mapping[str, float] = MappingProxyType({})


class Need(StrEnum):
    """What a rule needs besides what the unit itself answers."""

    PREVIOUS = "previous"  # last edition's value: `no_previous` must say what it means that there is none
    MARKS = "marks"  # reviewers' marks: without enough of them nothing is reviewed yet


NOTHING: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule's parameters: ``path`` below ``rule:``, the code, the figures."""

    path: tuple[str | int, ...]
    code: Code
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What units answered for one indicator: columns, one row per unit, nan where missing.

    ``value`` (units,) is the indicator's value; ``answers`` the fields the rule itself reads, by code;
    ``cohorts`` (units,) the number of each unit's cohort; ``years`` (units,) the assessed year; ``previous`` (units,)
    the value of the last edition; ``marks`` (units, reviewers) what reviewers gave.
    """

    value: FloatArray
    answers: Mapping[str, FloatArray] = field(default_factory=lambda: _NO_ARRAYS)
    cohorts: IntArray | None = None
    years: FloatArray | None = None
    previous: FloatArray | None = None
    marks: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """The same names as addresses in a spreadsheet, for one unit (``F12``, ``'评分'!$F$12``).

    ``cohort_values`` is a range holding the value of every unit of the cohort, this one included
    (blank cells: missing). ``year`` holds the assessed year, ``previous`` last edition's value, ``marks`` is a range
    with one reviewer's mark a cell. All empty where a rule has no use for them.
    """

    value: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: _NO_CELLS)
    cohort_values: str = ""
    year: str = ""
    previous: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's figures, for a reason: value, answers the rule reads, score, assessed year, cohort's values."""

    value: float
    score: float
    answers: Mapping[str, float] = field(default_factory=lambda: _NO_NUMBERS)
    year: float = float("nan")
    cohort_values: FloatArray | None = None
    previous: float = float("nan")
    marks: FloatArray | None = None  # (reviewers,)


@dataclass(frozen=True, slots=True)
class Term:
    """A name and the unit it is measured in, as printed: ``案件数``, ``件``. ``is_share``: shown as a percentage."""

    name: str
    measured_in: str = ""
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How an indicator calls its value and its fields, so that a rule can word its standard."""

    value: Term
    fields: Mapping[str, Term]


@runtime_checkable
class Rule(Protocol):
    """Turns what units answered for one indicator into points.

    A rule never sees weights, unit names or files. Scores are points, unrounded (``nan``: missing). Kinds derive from
    it: what most of them would say alike stands here, and a kind says only what is different.
    """

    __slots__ = ()

    KIND: ClassVar[str]  # the word after `kind:`
    NAME: ClassVar[str]  # 中文名
    SCHEMA: ClassVar[Data]  # JSON Schema `properties` and `required` of the keys beside `kind:`
    RELATIVE: ClassVar[bool] = False  # does a unit's score depend on the others of its cohort?
    NEEDS: ClassVar[frozenset[Need]] = NOTHING  # last edition's value, reviewers' marks
    THRESHOLDS: ClassVar[tuple[Path, ...]] = ()  # where the YAML has what the value is held against; EACH: every item

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """A rule from its YAML mapping (checked against SCHEMA) and the indicator's points."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """What the rule itself asks (the parts of a checklist)."""
        return ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Codes of the fields it reads from ``answers``, its own ``fields`` included."""
        return ()

    @property
    def takes_value(self) -> bool:
        """Does it score ``value``? False where it reads only fields."""
        return True

    @property
    def field_types(self) -> frozenset[FieldType]:
        """Types that a declared field it reads, or a single field taken as value, may have."""
        ...

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest score it can give."""
        ...

    @property
    def rises(self) -> bool | None:
        """Does a larger value never score lower? False: never higher; None: larger is neither better nor worse."""
        ...

    def is_most_at_nothing(self, value: float) -> bool:
        """Does it give its most where nothing happened? As a 扣分项 it would take most off who did nothing wrong.

        ``value``: the indicator's value where nothing happened; nan where that is not known (of shares, of dates).
        """
        lowest, highest = self.bounds
        there = np.array([value])
        score = float(self.score(Inputs(there, dict.fromkeys(self.reads, there)))[0])
        return highest - lowest > DUST and reaches(score, highest)  # nan is no score

    def faults(self) -> Iterator[Fault]:
        """What SCHEMA cannot say: parameters that contradict one another."""
        return iter(())

    def score(self, inputs: Inputs) -> FloatArray:
        """Points of all units at once, shape (units,); nan where anything it needs is missing."""
        ...

    def formula(self, cells: Cells) -> str:
        """The same sum for a spreadsheet, without the leading ``=``; ``""`` where anything is missing."""
        ...

    def standard(self, terms: Terms) -> Phrase:
        """评分标准, as the template prints it."""
        ...

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """扣分理由: why these points were lost, with the unit's figures."""
        ...


EACH = "*"  # in a path of THRESHOLDS: every item of a list


def thresholds_in(rule: type[Rule], data: Data) -> Iterator[tuple[Path, Quantity]]:
    """Every threshold of a rule with the keys that lead to it; ``data`` has kept the rule's SCHEMA.

    None of them is points, and a step is none.
    """
    for path in rule.THRESHOLDS:
        yield from _along(path, (), data)


def _along(rest: Path, so_far: Path, found: object) -> Iterator[tuple[Path, Quantity]]:
    if not rest:
        if isinstance(found, (str, int, float)):
            yield so_far, Quantity.parse(found)
    elif rest[0] == EACH:
        for i, item in enumerate(found if isinstance(found, Sequence) else ()):
            yield from _along(rest[1:], (*so_far, i), item)
    elif isinstance(found, Mapping) and rest[0] in found:
        yield from _along(rest[1:], (*so_far, rest[0]), found[rest[0]])


@runtime_checkable
class HasDue(Protocol):
    """A rule whose value may be held against a day on which it is due."""

    def due_days(self, years: FloatArray) -> FloatArray | None:
        """(units,): day numbers of a spreadsheet, nan where the year is; None where nothing is due on a day."""
        ...


@runtime_checkable
class LeavesUnits(Protocol):
    """A rule that may find, from the answers alone, that the indicator does not apply to a unit (not_applicable)."""

    def leaves(self, inputs: Inputs) -> BoolArray:
        """(units,): whom the indicator leaves; their score is nan."""
        ...

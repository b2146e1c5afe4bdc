"""The interface of every rule (计分方式): what a rule gets, and what it must provide."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST, reaches
from lawgov_score.phrase_columns import Phrases, Single, phrase_of
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rows import Row, Rows
from lawgov_score.wording import Phrase, Quantity, Words

Data = Mapping[str, Any]
Path = tuple[str | int, ...]

_NO_ARRAYS: Mapping[str, FloatArray] = MappingProxyType({})
_NO_CELLS: Mapping[str, str] = MappingProxyType({})


class Need(StrEnum):
    """What a rule needs besides the unit's own answers."""

    PREVIOUS = "previous"  # last edition's value: `no_previous` must say what to do where there is none
    MARKS = "marks"  # reviewers' marks: without enough of them the indicator is not reviewed yet


class Whether(StrEnum):
    """What a rule takes for yes that asks no more than that of a value."""

    NOT_ZERO = "not_zero"
    ABOVE_ZERO = "above_zero"


NOTHING: frozenset[Need] = frozenset()
MEASURED: frozenset[FieldType] = frozenset({FieldType.SHARE, FieldType.COUNT, FieldType.AMOUNT})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a rule's parameters: ``path`` below ``rule:``, the problem code, the figures."""

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
    """Inputs of a rule as spreadsheet addresses, for one unit (``F12``, ``'评分'!$F$12``); names as in ``Inputs``.

    ``cohort_values`` is a range holding the value of every unit of the cohort, this one included (blank cells:
    missing). ``year`` holds the assessed year, ``previous`` last edition's value, ``marks`` is a range with one
    reviewer's mark a cell. Each is empty where the rule does not use it.
    """

    value: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: _NO_CELLS)
    cohort_values: str = ""
    year: str = ""
    previous: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A name and the unit it is measured in, as printed: ``案件数``, ``件``. ``is_share``: shown as a percentage.

    ``scores``: of a question with yes or no, the answer that counts (that of ``not y`` is no); None: no such question.
    ``never``: of a date, the tree's word for one that did not come.
    """

    name: str | Words
    measured_in: str | Words = ""
    is_share: bool = False
    scores: bool | None = None
    never: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The words for an indicator's value and fields, from which a rule words its standard.

    ``when``: where the value is a condition (``a > 0 and b``), the condition in words. ``is_taken_off``: is it a
    扣分项, so that what the rule gives is taken off? ``rounds_half_up``: is the score rounded by 四舍五入, if at all?
    """

    value: Term
    fields: Mapping[str, Term]
    when: Phrase | None = None
    is_taken_off: bool = False
    rounds_half_up: bool = True


@runtime_checkable
class Rule(Protocol):
    """Turns what units answered for one indicator into points.

    A rule never sees weights, unit names or files. Scores are points, unrounded (``nan``: missing). Kinds derive from
    it: this class has the defaults that most kinds share; a kind overrides only what differs. A kind that lacks an
    abstract member cannot be made.
    """

    __slots__ = ()

    KIND: ClassVar[str]  # the word after `kind:`
    NAME: ClassVar[str]  # 中文名
    SCHEMA: ClassVar[Data]  # JSON Schema `properties` and `required` of the keys beside `kind:`
    RELATIVE: ClassVar[bool] = False  # does a unit's score depend on the others of its cohort?
    NEEDS: ClassVar[frozenset[Need]] = NOTHING  # last edition's value, reviewers' marks
    SAYS_TAKEN_OFF: ClassVar[bool] = False  # does `standard` word what a 扣分项 (`Terms.is_taken_off`) takes off?
    VALUE_IS_SCORE: ClassVar[bool] = False  # is the value the score, so that it is measured in 分?
    THRESHOLDS: ClassVar[tuple[Path, ...]] = ()  # key paths of figures the value is compared with; EACH: every item

    @classmethod
    @abstractmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """A rule from its YAML mapping (already checked against SCHEMA) and the indicator's points."""
        ...

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the rule itself brings (the parts of a checklist)."""
        return ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Codes of the fields it reads from ``answers``, its own ``fields`` included."""
        return ()

    @property
    def questions(self) -> frozenset[str]:
        """Codes of fields it reads that must be questions with yes or no, whatever ``field_types`` says."""
        return frozenset()

    @property
    def takes_value(self) -> bool:
        """Does it score ``value``? False if it reads only fields."""
        return True

    @property
    def asks_whether(self) -> Whether | None:
        """Does it look only at whether the value is yes? Its standard then says ``Terms.when``."""
        return None

    @property
    def field_types(self) -> frozenset[FieldType]:
        """The allowed types of a declared field that it reads, or of a single field taken as the value."""
        return MEASURED

    @property
    @abstractmethod
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest score it can give."""
        ...

    @property
    def levels(self) -> tuple[float, ...]:
        """All scores that it can give, where they are a few steps (档); empty: whatever lies within ``bounds``."""
        return ()

    @property
    def goes_beyond(self) -> bool:
        """May it give more than the indicator's points up to a limit that it names, so that this is no mistake?"""
        return False

    @property
    @abstractmethod
    def rises(self) -> bool | None:
        """True: a larger value never scores less. False: never more. None: larger is neither better nor worse."""
        ...

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures that a value is held against or counted in (目标、线、步长), as the scheme prints them."""
        own = (getattr(self, one) for one in getattr(self, "__dataclass_fields__", ()))
        return tuple(
            mark for one in own for mark in (one if isinstance(one, tuple) else (one,)) if isinstance(mark, Quantity)
        )

    @property
    def reached_at(self) -> Quantity | None:
        """The target that the value is to reach, which gives all the points; None where the rule has no such figure."""
        return None

    def within(self, ranges: Mapping[str, tuple[float, float]]) -> Self:
        """The same rule, knowing the least and the most of what it counts, for its ``bounds``; '' is the value."""
        return self

    def is_most_at_nothing(self, value: float) -> bool:
        """Does it score highest where nothing happened? As a 扣分项 it would then deduct most from blameless units.

        ``value``: the indicator's value where nothing happened; nan where that is not known (of shares, of dates).
        """
        lowest, highest = self.bounds
        values = np.array([value])
        score = float(self.score(Inputs(values, dict.fromkeys(self.reads, values)))[0])
        return highest - lowest > DUST and reaches(score, highest)  # nan is not a score

    def faults(self) -> Iterator[Fault]:
        """Contradictions between parameters, which SCHEMA cannot express."""
        return iter(())

    @abstractmethod
    def score(self, inputs: Inputs) -> FloatArray:
        """Points of all units at once, shape (units,); nan where anything it needs is missing."""
        ...

    @abstractmethod
    def formula(self, cells: Cells) -> str:
        """The same calculation as a spreadsheet formula, without the leading ``=``; ``""`` where one is missing."""
        ...

    @abstractmethod
    def standard(self, terms: Terms) -> Phrase:
        """评分标准, as the template prints it."""
        ...

    @abstractmethod
    def reason(self, row: Row, terms: Terms) -> Phrase:
        """扣分理由: why these points were lost, with the unit's figures."""
        ...

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """``reason`` for many units. A kind that many trees use words columns instead: see ``ColumnWise``."""
        return Single(lambda row: self.reason(rows.row(row), terms))


class ColumnWise(Rule):
    """A rule that words the reasons of all units at once: only ``reasons`` is to be written.

    A column holds figures of units of which nothing is said, nan among them: a ``chosen`` says who gets which words.
    """

    __slots__ = ()

    @abstractmethod
    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """扣分理由 of many units."""
        ...

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """The same for one unit."""
        with np.errstate(all="ignore"):
            phrase = phrase_of(self.reasons(Rows.of(row), terms), 0)
        assert phrase is not None  # a rule has words for every unit
        return phrase


EACH = "*"  # in a path of THRESHOLDS: every item of a list


def thresholds_in(rule: type[Rule], data: Data) -> Iterator[tuple[Path, Quantity]]:
    """Every threshold of a rule with the path of keys that leads to it; ``data`` has passed the rule's SCHEMA.

    Points and steps are not thresholds.
    """
    for path in rule.THRESHOLDS:
        yield from _along(path, (), data)


def _along(rest: Path, prefix: Path, data: object) -> Iterator[tuple[Path, Quantity]]:
    if not rest:
        if isinstance(data, (str, int, float)):
            yield prefix, Quantity.parse(data)
    elif rest[0] == EACH:
        for i, item in enumerate(data if isinstance(data, Sequence) else ()):
            yield from _along(rest[1:], (*prefix, i), item)
    elif isinstance(data, Mapping) and rest[0] in data:
        yield from _along(rest[1:], (*prefix, rest[0]), data[rest[0]])


@runtime_checkable
class HasDue(Protocol):
    """A rule that may compare its value with a due day."""

    def due_days(self, years: FloatArray) -> FloatArray | None:
        """(units,): spreadsheet day numbers, nan where the year is nan; None where the rule has no due day."""
        ...


@runtime_checkable
class LeavesUnits(Protocol):
    """A rule that may decide, from the answers alone, that the indicator does not apply to a unit (not_applicable)."""

    def leaves(self, inputs: Inputs) -> BoolArray:
        """(units,): units to which the indicator does not apply; their score is nan."""
        ...

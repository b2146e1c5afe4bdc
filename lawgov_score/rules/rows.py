"""What a rule is told of units to word their reasons: the figures of one, or columns of many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

import numpy as np

from lawgov_score.rounding import BoolArray, FloatArray, IntArray

_NO_NUMBERS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's figures, for the reason: value, answers the rule reads, score, assessed year, cohort's values."""

    value: float
    score: float
    answers: Mapping[str, float] = field(default_factory=lambda: _NO_NUMBERS)
    year: float = float("nan")
    cohort_values: FloatArray | None = None
    previous: float = float("nan")
    marks: FloatArray | None = None  # (reviewers,)


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """The values that units are compared with: ``values`` of each cohort, no nan among them.

    ``cohorts`` (units,): the number of each unit's cohort.
    """

    values: tuple[FloatArray, ...]
    cohorts: IntArray

    @classmethod
    def of(cls, values: FloatArray, takes_part: BoolArray, cohorts: IntArray) -> Self:
        """From columns (units,): all values, who is compared, and the number of the cohort from 0."""
        counts = takes_part & ~np.isnan(values)
        order = np.argsort(cohorts[counts], kind="stable")  # within a cohort the order of units is kept
        own, of_cohort = values[counts][order], cohorts[counts][order]
        ends = np.searchsorted(of_cohort, np.arange(1, int(cohorts.max(initial=-1)) + 1))
        return cls(tuple(np.split(own, ends)), cohorts)

    @property
    def number(self) -> FloatArray:
        """(units,): how many are compared in each unit's cohort."""
        return np.array([float(len(own)) for own in self.values])[self.cohorts]

    def each(self, of: Callable[[FloatArray], float]) -> FloatArray:
        """(units,): a figure of each unit's cohort, worked out once a cohort; nan where nobody is compared."""
        figures = [float(of(own)) if len(own) else float("nan") for own in self.values]
        return np.array(figures)[self.cohorts]

    def beyond(self, values: FloatArray, *, is_higher: bool) -> FloatArray:
        """(units,): how many of each unit's cohort have more than its value, or less."""
        found = np.zeros(len(values))
        sizes = np.bincount(self.cohorts, minlength=len(self.values))
        everybody = np.split(np.argsort(self.cohorts, kind="stable"), np.cumsum(sizes)[:-1])
        for members, own in zip(everybody, self.values, strict=True):
            ordered = np.sort(own)
            if is_higher:
                found[members] = len(ordered) - np.searchsorted(ordered, values[members], side="right")
            else:
                found[members] = np.searchsorted(ordered, values[members], side="left")
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The figures of many units, for their reasons: columns (units,), named as in ``Row``.

    ``marks`` gives the reviewers' marks of the unit in a row, (reviewers,).
    """

    value: FloatArray
    score: FloatArray
    answers: Mapping[str, FloatArray]
    year: FloatArray
    previous: FloatArray
    peers: Peers | None = None
    marks: Callable[[int], FloatArray] | None = None

    @classmethod
    def of(cls, row: Row) -> Self:
        """Columns of one unit."""
        value = np.array([row.value])
        first: IntArray = np.zeros(1, dtype=np.intp)
        peers = None if row.cohort_values is None else Peers((row.cohort_values[~np.isnan(row.cohort_values)],), first)
        marks = row.marks
        return cls(
            value,
            np.array([row.score]),
            {code: np.array([number]) for code, number in row.answers.items()},
            np.array([row.year]),
            np.array([row.previous]),
            peers,
            None if marks is None else lambda _: marks,
        )

    def row(self, row: int) -> Row:
        """The figures of one unit."""
        return Row(
            float(self.value[row]),
            float(self.score[row]),
            {code: float(numbers[row]) for code, numbers in self.answers.items()},
            float(self.year[row]),
            None if self.peers is None else self.peers.values[self.peers.cohorts[row]],
            float(self.previous[row]),
            None if self.marks is None else self.marks(row),
        )

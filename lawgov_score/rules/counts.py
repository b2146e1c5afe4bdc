"""Counted fields and the points of each: the value itself, or several fields. Shared by deduction and count_cap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from types import MappingProxyType
from typing import Self

from lawgov_score.phrase_columns import Chosen, patterns
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import columns
from lawgov_score.rules.keys import points_of, repeated
from lawgov_score.rules.phrases import GETS, counted, unit
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Term, Terms
from lawgov_score.wording import Phrase, Words

_NO_ANSWERS: Mapping[bool, Words] = MappingProxyType({})
_TIMES = Words("{name} {number}（{figure} × {each:points}）", "{name} {number} ({figure} × {each:points})")
_NUMBER = Words("{name} {number}", "{name} {number}")


@dataclass(frozen=True, slots=True)
class Counts:
    """``fields`` is empty where the value itself is the count; ``each`` has the points per unit of each count."""

    fields: tuple[str, ...]
    each: tuple[float, ...]

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """From ``each`` or from ``counts``."""
        if "each" in data:
            return cls((), (points_of(data["each"], points),))
        return cls(
            tuple(part["field"] for part in data["counts"]),
            tuple(points_of(part["each"], points) for part in data["counts"]),
        )

    def faults(self) -> Iterator[Fault]:
        """A field that is counted twice."""
        yield from repeated(self.fields, "counts", "field")

    def columns(self, inputs: Inputs) -> list[FloatArray]:
        """The counts of all units, one column (units,) each."""
        return [inputs.answers[code] for code in self.fields] or [inputs.value]

    def cells(self, cells: Cells) -> list[str]:
        """The cell addresses of the counts."""
        return [cells.answers[code] for code in self.fields] or [cells.value]

    def summed(self, inputs: Inputs) -> FloatArray:
        """Σ points · count, shape (units,)."""
        return columns.weighted_sum(self.columns(inputs), self.each)

    def terms(self, terms: Terms) -> list[Term]:
        """The names of what is counted, as printed."""
        return [terms.fields[code] for code in self.fields] or [terms.value]

    def numbers(self, rows: Rows) -> list[FloatArray]:
        """The counts of many units, one column (units,) each."""
        return [rows.answers[code] for code in self.fields] or [rows.value]

    def total(self, rows: Rows) -> FloatArray:
        """Σ points · count of many units, (units,)."""
        return columns.weighted_sum(self.numbers(rows), self.each)

    def words(self, terms: Terms, each: Words, answered: Mapping[bool, Words] = _NO_ANSWERS) -> tuple[Phrase, ...]:
        """The phrase ``each`` (with ``name``, ``unit``, ``each``) for every count.

        ``answered``: of a question with yes or no, by the answer that counts.
        """
        gets = GETS[terms.is_taken_off]
        return tuple(
            (each if term.scores is None else answered.get(term.scores, each))(
                name=term.name, unit=unit(term), each=points, gets=gets
            )
            for term, points in zip(self.terms(terms), self.each, strict=True)
        )

    def figures(self, rows: Rows, terms: Terms) -> Chosen:
        """``迟报件数 2 件（2 × 0.25）`` for every count that is not zero; for all of them where all are zero."""
        return self._told(rows, terms, _TIMES)

    def numbered(self, rows: Rows, terms: Terms) -> Chosen:
        """``省级表彰 2 次`` of the same, where it does not matter how many there are."""
        return self._told(rows, terms, _NUMBER)

    def _told(self, rows: Rows, terms: Terms, words: Words) -> Chosen:
        numbers = self.numbers(rows)
        phrases = [
            words(name=term.name, number=counted(number, term), figure=number, each=points)
            for number, term, points in zip(numbers, self.terms(terms), self.each, strict=True)
        ]
        which, found = patterns([number != 0 for number in numbers], len(numbers[0]))
        return Chosen(which, tuple(tuple(compress(phrases, counts)) or tuple(phrases) for counts in found))

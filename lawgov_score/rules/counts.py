"""Counted fields and the points of each: the value itself, or several fields. Shared by deduction and count_cap.

A question with yes or no is one count: 是 is one, 否 nothing; of ``unless`` it is 否 that is one (未制定的扣 3 分).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from types import MappingProxyType
from typing import Self

from lawgov_score.phrase_columns import Chosen, Phrases, chosen, patterns
from lawgov_score.rounding import FloatArray, without_dust
from lawgov_score.rules import columns
from lawgov_score.rules.keys import NOT_REPEATED, contradiction, points_of
from lawgov_score.rules.phrases import GETS, counted, unit
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Term, Terms
from lawgov_score.wording import Phrase, Words

_NO_ANSWERS: Mapping[bool, Words] = MappingProxyType({})
_TIMES = Words("{name} {number}（{figure} × {each:points}）", "{name} {number} ({figure} × {each:points})")
_NUMBER = Words("{name} {number}", "{name} {number}")
_ASKED = Words("{name}{number}（{worth:points} 分）", "{name} {number} ({worth:points})")
_ANSWER = {True: Words("填“是”", '"yes"'), False: Words("填“否”", '"no"')}
ANSWERED = {
    True: Words("{name}填“是”{gets} {each:points} 分", '{each:points} {gets} if {name} is "yes"'),
    False: Words("{name}填“否”{gets} {each:points} 分", '{each:points} {gets} if {name} is "no"'),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """``fields`` is empty where the value itself is the count; ``each`` has the points per unit of each count.

    ``of_no``: of each field, is it 否 that counts?
    """

    fields: tuple[str, ...]
    each: tuple[float, ...]
    of_no: tuple[bool, ...] = ()

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """From ``each`` or from ``counts``."""
        if "each" in data:
            return cls((), (points_of(data["each"], points),))
        return cls(
            tuple(part.get("field") or part["unless"] for part in data["counts"]),
            tuple(points_of(part["each"], points) for part in data["counts"]),
            tuple("unless" in part for part in data["counts"]),
        )

    @property
    def questions(self) -> frozenset[str]:
        """The fields that must be questions with yes or no."""
        return frozenset(code for code, is_no in zip(self.fields, self.of_no, strict=True) if is_no)

    def faults(self) -> Iterator[Fault]:
        """A field that is counted twice."""
        for i, code in enumerate(self.fields):
            if code in self.fields[:i]:
                key = "unless" if self.of_no[i] else "field"
                yield contradiction(("counts", i, key), code, NOT_REPEATED)

    def columns(self, inputs: Inputs) -> list[FloatArray]:
        """The counts of all units, one column (units,) each."""
        return self._turned([inputs.answers[code] for code in self.fields]) or [inputs.value]

    def needed(self, cells: Cells) -> list[str]:
        """The cells without which there is no score."""
        return [cells.answers[code] for code in self.fields] or [cells.value]

    def cells(self, cells: Cells) -> list[str]:
        """The counts, from the cells."""
        told = [cells.answers[code] for code in self.fields]
        return [f"(1-{cell})" if is_no else cell for cell, is_no in zip(told, self.of_no, strict=False)] or [
            cells.value
        ]

    def summed(self, inputs: Inputs) -> FloatArray:
        """Σ points · count, shape (units,)."""
        return columns.weighted_sum(self.columns(inputs), self.each)

    def terms(self, terms: Terms) -> list[Term]:
        """The names of what is counted, as printed."""
        return [terms.fields[code] for code in self.fields] or [terms.value]

    def numbers(self, rows: Rows) -> list[FloatArray]:
        """The counts of many units, one column (units,) each."""
        return self._turned([rows.answers[code] for code in self.fields]) or [rows.value]

    def total(self, rows: Rows) -> FloatArray:
        """Σ points · count of many units, (units,)."""
        return columns.weighted_sum(self.numbers(rows), self.each)

    def _turned(self, columns: list[FloatArray]) -> list[FloatArray]:
        return [1.0 - column if is_no else column for column, is_no in zip(columns, self.of_no, strict=True)]

    def _answers(self, terms: Terms) -> list[bool | None]:
        """Of each count the answer that counts as one, None where it is no question."""
        no = self.of_no or (False,)
        return [
            None if term.scores is None else term.scores is not is_no
            for term, is_no in zip(self.terms(terms), no, strict=True)
        ]

    def words(self, terms: Terms, each: Words, answered: Mapping[bool, Words] = _NO_ANSWERS) -> tuple[Phrase, ...]:
        """The phrase ``each`` (with ``name``, ``unit``, ``each``) for every count.

        ``answered``: of a question with yes or no, by the answer that counts.
        """
        return tuple(
            (each if answer is None else answered.get(answer, each))(
                name=term.name, unit=unit(term), each=abs(points), gets=GETS[terms.is_taken_off is (points > 0)]
            )
            for term, points, answer in zip(self.terms(terms), self.each, self._answers(terms), strict=True)
        )

    def figures(self, rows: Rows, terms: Terms) -> Chosen:
        """``迟报件数 2 件（2 × 0.25）`` for every count that is not zero; for all of them where all are zero."""
        return self._told(rows, terms, _TIMES, _ASKED)

    def numbered(self, rows: Rows, terms: Terms) -> Chosen:
        """``省级表彰 2 次`` of the same, where it does not matter how many there are."""
        return self._told(rows, terms, _NUMBER, _NUMBER)

    def _told(self, rows: Rows, terms: Terms, words: Words, asked: Words) -> Chosen:
        """``words`` of each count, ``asked`` of a question with yes or no."""
        numbers = self.numbers(rows)
        phrases = [
            (words if answer is None else asked)(
                name=term.name,
                number=_number(number, term, answer),
                figure=number,
                each=points,
                worth=without_dust(number * points),
            )
            for number, term, points, answer in zip(
                numbers, self.terms(terms), self.each, self._answers(terms), strict=True
            )
        ]
        which, found = patterns([number != 0 for number in numbers], len(numbers[0]))
        return Chosen(which, tuple(tuple(compress(phrases, counts)) or tuple(phrases) for counts in found))


def _number(number: FloatArray, term: Term, answer: bool | None) -> Phrases:
    """``2 件``; of a question the answer that was given."""
    if answer is None:
        return counted(number, term)
    return chosen((number > 0, _ANSWER[answer]()), otherwise=_ANSWER[not answer]())

"""加重扣分（escalation）：第一次扣一定的分，再次发生的加重。

何时用：评分标准写成“发生一次扣 0.5 分，两次及以上不得分”，或“再次发生的加倍扣分”。

``again: zero``：第二次起整项不得分。``again: double``：每再发生一次，该次的扣分是上一次的两倍
（第一次扣 k，第二次再扣 2k，第三次再扣 4k，累计 k、3k、7k），扣完为止。

写法::

    rule: {kind: escalation, first: 0.5, again: zero}

算例：分值 1 分，首次扣 0.1 分，以后加倍。

>>> rule = Escalation.from_data({"first": 0.1, "again": "double"}, 1.0)
>>> rule.score(Inputs(np.array([0.0, 1.0, 2.0, 3.0, 4.0, np.nan])))
array([1. , 0.9, 0.7, 0.3, 0. , nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import Sign, contradiction, one_of, points_key, points_of
from lawgov_score.rules.outcomes import gives, less, unless_trivial
from lawgov_score.rules.phrases import counted, unit
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words


class Again(StrEnum):
    """What the second and every later occurrence costs."""

    DOUBLE = "double"
    ZERO = "zero"


# After sixty doublings every floor has long been reached, and numbers stay finite.
_MOST = 60

_DOUBLE = Words(
    "满分 {points:points} 分，{value}第 1 {unit}扣 {first:points} 分，"
    "以后每 1 {unit}的扣分为上 1 {unit}的两倍，扣完为止。",
    "{points:points} points; {first:points} off for the first {unit} ({value}), "
    "for each after it twice as much as for the one before, down to nothing.",
)
_ZERO = Words(
    "满分 {points:points} 分，{value} 1 {unit}扣 {first:points} 分，2 {unit}及以上不得分。",
    "{points:points} points; {first:points} off if {value} is 1, no points for 2 or more.",
)
_TAKEN = Words("{name} {number}，累计{less}", "{name} {number}, in all {less}")
_NOTHING = Words("{name} {number}，{gives}", "{name} {number}: {gives}")


@dataclass(frozen=True, slots=True)
class Escalation(ColumnWise):
    """The first occurrence costs points, later ones more."""

    KIND: ClassVar[str] = "escalation"
    NAME: ClassVar[str] = "加重扣分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "first": points_key("首次扣分", "第一次扣多少", Sign.POSITIVE),
            "again": one_of("再次发生", "double 每次加倍，zero 整项不得分", tuple(Again)),
        },
        "required": ["first", "again"],
    }

    points: float
    first: float
    again: Again

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points, points_of(data["first"], points), Again(data["again"]))

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A count."""
        return frozenset({FieldType.COUNT})

    @property
    def rises(self) -> bool | None:
        """No, it falls: each one takes points off."""
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """Zero to the indicator's points."""
        return 0.0, self.points

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes: it takes points off for what happened."""
        return True

    def faults(self) -> Iterator[Fault]:
        """The first occurrence already costs all the points: nothing is left to escalate."""
        if self.first > self.points:
            words = Words("不超过分值 {points:points}", "no more than {points:points}")
            yield contradiction(("first",), self.first, words, points=self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        times = np.clip(np.floor(inputs.value), 0.0, _MOST)
        if self.again is Again.DOUBLE:
            points = np.maximum(self.points - self.first * (np.exp2(times) - 1), 0.0)
        else:
            points = np.select([times == 0, times == 1], [self.points, max(self.points - self.first, 0.0)], 0.0)
        return settled(points, [inputs.value])

    def formula(self, cells: Cells) -> str:
        """The same sum with powers of two, or two IFs."""
        points, first = sheet.number(self.points), sheet.number(self.first)
        times = f"MIN(MAX(INT({cells.value}),0),{_MOST})"
        if self.again is Again.DOUBLE:
            inner = f"MAX({points}-{first}*(2^{times}-1),0)"
        else:
            inner = f"IF({times}=0,{points},IF({times}=1,MAX({points}-{first},0),0))"
        return sheet.unless_missing([cells.value], sheet.dust_free(inner))

    def standard(self, terms: Terms) -> Phrase:
        """满分 1 分，违规 1 起扣 0.5 分，2 起及以上不得分."""
        words = _DOUBLE if self.again is Again.DOUBLE else _ZERO
        return words(points=self.points, value=terms.value.name, unit=unit(terms.value), first=self.first)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """违规 1 起，累计扣 0.5 分，得 1 − 0.5 = 0.5 分."""
        name, number = terms.value.name, counted(rows.value, terms.value)
        due = self.first * (np.exp2(np.minimum(np.trunc(rows.value), _MOST)) - 1)
        taken = _TAKEN(name=name, number=number, less=less(self.points, due, 0.0, rows.score, terms))
        if self.again is Again.ZERO:
            nothing = _NOTHING(name=name, number=number, gives=gives(rows.score, terms))
            return unless_trivial(rows, self.points, chosen((rows.value >= 2, nothing), otherwise=taken), terms)
        return unless_trivial(rows, self.points, taken, terms)

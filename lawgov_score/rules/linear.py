"""线性计分（linear）：上下限之间按直线计分。

何时用：评分标准写成“50% 及以下不得分，达到 100% 得满分，其间按比例计分”。``zero_at`` 可以大于 ``full_at``，
那就是越小越好（不合格率 5% 不得分，0 得满分）。

写法::

    rule: {kind: linear, zero_at: 50%, full_at: 100%}

算例：出庭应诉率（4 + 16）/ 24 = 83.33%，分值 2 分。

>>> rule = Linear.from_data({"zero_at": "50%", "full_at": "100%"}, 2.0)
>>> np.round(rule.score(Inputs(np.array([20 / 24, 0.5, 0.4, 1.0, np.nan]))), 4)
array([1.3333, 0.    , 0.    , 2.    ,    nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import alike, contradiction, mixed
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.outcomes import after_minus, comes_to, figures_beside, gives, unless_trivial
from lawgov_score.rules.phrases import GETS, GETS_NONE, before_word, figure
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Path, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_RISING = Words(
    "{value}达到 {full}{gets} {points:points} 分，{zero}及以下{none}，其间按比例（线性）计分。",
    "{points:points} {gets} at {full} of {value} or more, {none} at {zero} or less, on a straight line between.",
)
_FALLING = Words(
    "{value}不超过 {full}{gets} {points:points} 分，{zero}及以上{none}，其间按比例（线性）计分。",
    "{points:points} {gets} at {full} of {value} or less, {none} at {zero} or more, on a straight line between.",
)
_BETWEEN_RISING = Words(
    "{name} {value}，低于 {full}，{sum}",
    "{name} {value} is below {full}: {sum}",
)
_BETWEEN_FALLING = Words(
    "{name} {value}，高于 {full}，{sum}",
    "{name} {value} is above {full}: {sum}",
)
_RISING_SUM = Words(
    "{points:points} ×（{value} −{less_zero}）÷（{full} −{less_zero}）",
    "{points:points} × ({value} − {less_zero}) ÷ ({full} − {less_zero}) ",
)
_FALLING_SUM = Words(
    "{points:points} ×（{zero} −{less_value}）÷（{zero} −{less_full}）",
    "{points:points} × ({zero} − {less_value}) ÷ ({zero} − {less_full}) ",
)
_NOTHING_RISING = Words("{name} {value}，未超过 {zero}，{gives}", "{name} {value} is no more than {zero}: {gives}")
_NOTHING_FALLING = Words("{name} {value}，不低于 {zero}，{gives}", "{name} {value} is no less than {zero}: {gives}")
_FULL_RISING = Words("{name} {value}，达到 {full}，{gives}", "{name} {value} is {full} or more: {gives}")
_FULL_FALLING = Words("{name} {value}，不超过 {full}，{gives}", "{name} {value} is {full} or less: {gives}")


@dataclass(frozen=True, slots=True)
class Linear(ColumnWise):
    """A straight line from nothing to full points."""

    KIND: ClassVar[str] = "linear"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    NAME: ClassVar[str] = "线性计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "zero_at": quantity_key("零分点", "到它为止不得分，如 50%"),
            "full_at": quantity_key("满分点", "到它得满分，如 100%"),
        },
        "required": ["zero_at", "full_at"],
    }
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("zero_at",), ("full_at",))

    points: float
    zero_at: Quantity
    full_at: Quantity

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points, **alike(zero_at=data["zero_at"], full_at=data["full_at"]))

    @property
    def reached_at(self) -> Quantity | None:
        """Where the points are full."""
        return self.full_at

    @property
    def rises(self) -> bool | None:
        """Rises if ``full_at`` is above ``zero_at``, falls if it is below."""
        return self.full_at.number > self.zero_at.number

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing to the indicator's points."""
        return 0.0, self.points

    def faults(self) -> Iterator[Fault]:
        """Both ends at the same value, which gives no line; a percentage beside a plain number."""
        yield from mixed({("zero_at",): self.zero_at, ("full_at",): self.full_at})
        if self.zero_at.number == self.full_at.number:
            words = Words("与 zero_at（{zero}）不同", "different from zero_at ({zero})")
            yield contradiction(("full_at",), self.full_at, words, zero=self.zero_at)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        way = (inputs.value - self.zero_at.number) / (self.full_at.number - self.zero_at.number)
        return settled(self.points * np.clip(way, 0.0, 1.0), [inputs.value])

    def formula(self, cells: Cells) -> str:
        """The points times the share of the way from ``zero_at`` to ``full_at``."""
        zero, full = sheet.number(self.zero_at.number), sheet.number(self.full_at.number)
        way = f"MIN(MAX(({cells.value}-{zero})/({full}-{zero}),0),1)"
        return sheet.unless_missing([cells.value], sheet.dust_free(f"{sheet.number(self.points)}*{way}"))

    def standard(self, terms: Terms) -> Phrase:
        """出庭应诉率达到 100% 得 2 分，50% 及以下不得分，其间按比例（线性）计分."""
        words = _RISING if self._rises else _FALLING
        zero, full = (before_word(figure(mark, terms.value)) for mark in (self.zero_at, self.full_at))
        gets, none = GETS[terms.is_taken_off], GETS_NONE[terms.is_taken_off]
        return words(value=terms.value.name, zero=zero, full=full, points=self.points, gets=gets, none=none)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """出庭应诉率 83.33%，低于 100%，得 2 ×（83.33% − 50%）÷（100% − 50%）= 1.33 分."""
        marks = (self.zero_at, self.full_at)
        beside = figures_beside(
            [rows.value], terms.value, marks, rows.score, lambda shown, _: self.score(Inputs(shown[0]))
        )
        figures: dict[str, object] = {
            "name": terms.value.name,
            "value": figure(beside.shown[0], terms.value),
            "zero": figure(self.zero_at, terms.value),
            "full": figure(self.full_at, terms.value),
            "less_value": after_minus(beside.rounded[0], beside.shown[0], terms.value),
            "less_zero": after_minus(self.zero_at.number, self.zero_at, terms.value),
            "less_full": after_minus(self.full_at.number, self.full_at, terms.value),
            "points": self.points,
            "gives": gives(rows.score, terms),
        }
        zero, full = self.zero_at.number, self.full_at.number
        is_nothing = rows.value <= zero if self._rises else rows.value >= zero
        is_full = rows.value >= full if self._rises else rows.value <= full
        nothing, between, most, sum_of = _NOTHING_FALLING, _BETWEEN_FALLING, _FULL_FALLING, _FALLING_SUM
        if self._rises:
            nothing, between, most, sum_of = _NOTHING_RISING, _BETWEEN_RISING, _FULL_RISING, _RISING_SUM
        exact = self.score(Inputs(beside.rounded[0]))
        summed = between(**figures, sum=comes_to(sum_of(**figures), rows.score, terms, exact=exact))
        reasons = chosen((is_nothing, nothing(**figures)), (is_full, most(**figures)), otherwise=summed)
        return unless_trivial(rows, self.points, reasons, terms)

    @property
    def _rises(self) -> bool:
        return self.full_at.number > self.zero_at.number

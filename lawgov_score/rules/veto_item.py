"""单项否决（veto_item）：发生了，本项不得分；没有发生，得满分。

何时用：评分标准写成“凡有违规，本项不得分”。对等次的影响（一票否决）另写在该项的 ``vetoes``。

写法::

    rule: {kind: veto_item}

算例：

>>> VetoItem.from_data({}, 1.0).score(Inputs(np.array([0.0, 1.0, 3.0, np.nan])))
array([ 1.,  0.,  0., nan])
"""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.outcomes import unless_trivial
from lawgov_score.rules.phrases import before_word, counted
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Inputs, Terms, Whether
from lawgov_score.wording import Phrase, Words

_STANDARD = Words(
    "{value}为 0 的得 {points:points} 分，大于 0 的，本项不得分。",
    "{points:points} points if {value} is 0, none if it is more.",
)
_ANSWERED = {
    True: Words(
        "{value}：填“否”得 {points:points} 分，填“是”的，本项不得分。",
        '{value}: {points:points} points for "no", none for "yes".',
    ),
    False: Words(
        "{value}：填“是”得 {points:points} 分，填“否”的，本项不得分。",
        '{value}: {points:points} points for "yes", none for "no".',
    ),
}
_HELD = Words(
    "{value}：{when}的，本项不得分；没有这种情形的得 {points:points} 分。",
    "{value}: no points where {when}; otherwise {points:points}.",
)
_REASON = Words("{name} {number}，本项不得分", "{name} {number}: no points")
_HAPPENED = {
    True: Words("{name}填“是”，本项不得分", '{name}: "yes", no points'),
    False: Words("{name}填“否”，本项不得分", '{name}: "no", no points'),
}
_IS_SO = Words("{name}：有所列情形，本项不得分", "{name}: it is so, no points")


@dataclass(frozen=True, slots=True)
class VetoItem(ColumnWise):
    """No points where it happened, full points where it did not."""

    KIND: ClassVar[str] = "veto_item"
    NAME: ClassVar[str] = "单项否决"
    SCHEMA: ClassVar[Data] = {"properties": {}, "required": []}

    points: float

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points)

    @property
    def asks_whether(self) -> Whether | None:
        """Yes: whether it happened."""
        return Whether.ABOVE_ZERO

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A yes or no, or a count."""
        return frozenset({FieldType.YES_NO, FieldType.COUNT, FieldType.AMOUNT})

    @property
    def rises(self) -> bool | None:
        """No, it falls: an occurrence costs the points."""
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing or the indicator's points."""
        return self.levels

    @property
    def levels(self) -> tuple[float, float]:
        """Nothing or all."""
        return 0.0, self.points

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes: it takes points off for what happened."""
        return True

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        return settled(np.where(inputs.value > 0, 0.0, self.points), [inputs.value])

    def formula(self, cells: Cells) -> str:
        """IF it happened."""
        return sheet.unless_missing([cells.value], f"IF({cells.value}>0,0,{sheet.number(self.points)})")

    def standard(self, terms: Terms) -> Phrase:
        """违反收支两条线规定起数为 0 的得 1 分，大于 0 的，本项不得分."""
        name, points = terms.value.name, self.points
        if terms.when is not None:
            return _HELD(value=name, when=before_word(terms.when), points=points)
        words = _STANDARD if terms.value.scores is None else _ANSWERED[terms.value.scores]
        return words(value=name, points=points)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """违反收支两条线规定 1 起，本项不得分."""
        name = terms.value.name
        reason = _REASON(name=name, number=counted(rows.value, terms.value))
        if terms.when is not None:
            reason = _IS_SO(name=name)
        elif terms.value.scores is not None:
            reason = _HAPPENED[terms.value.scores](name=name)
        return unless_trivial(rows, self.points, reason, terms)

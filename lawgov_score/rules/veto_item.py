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
from lawgov_score.rules.phrases import counted
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Inputs, Terms
from lawgov_score.wording import Phrase, Words

_STANDARD = Words(
    "未发生“{value}”情形的得 {points:points} 分，凡有发生的，本项不得分。",
    '{points:points} points if "{value}" did not happen, none if it did.',
)
_REASON = Words("{name} {number}，本项不得分", "{name} {number}: no points")
_HAPPENED = Words("{name}：已发生，本项不得分", "{name}: happened, no points")


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
        """未发生“违反收支两条线规定”情形的得 1 分，凡有发生的，本项不得分."""
        return _STANDARD(value=terms.value.name, points=self.points)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """违反收支两条线规定 1 起，本项不得分."""
        reason = _HAPPENED(name=terms.value.name)  # a yes or no
        if terms.value.measured_in:
            reason = _REASON(name=terms.value.name, number=counted(rows.value, terms.value))
        return unless_trivial(rows, self.points, reason, terms)

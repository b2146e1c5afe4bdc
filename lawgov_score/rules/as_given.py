"""直接取值（as_given）：指标值就是得分。

何时用：得分由别处给出（别的部门的考核结果、若干小指数的合成）。超出 ``at_least`` 到 ``at_most`` 的，取界限；
要把超出范围的填报当作错误，在填报项上写 ``at_least``、``at_most``。

写法::

    rule: {kind: as_given, at_least: 0, at_most: 2}   # 都可不写，默认 0 到分值

算例：

>>> AsGiven.from_data({}, 2.0).score(Inputs(np.array([1.37, 0.0, 2.5, np.nan])))
array([1.37, 0.  , 2.  ,  nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import contradiction, points_key, points_of, too_many_points
from lawgov_score.rules.outcomes import figures_beside, gives_of, unless_trivial
from lawgov_score.rules.phrases import figure
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words

_STANDARD = {
    False: Words(
        "按“{value}”直接计分，最低 {low:points} 分，最高 {high:points} 分。",
        '"{value}" is the score, from {low:points} to {high:points}.',
    ),
    True: Words(
        "按“{value}”直接扣分，最少扣 {low:points} 分，最多扣 {high:points} 分。",
        '"{value}" is what is taken off, from {low:points} to {high:points}.',
    ),
}
_REASON = Words(
    "{name}为 {value}，{gives}",
    "{name} is {value}: {gives}",
)


@dataclass(frozen=True, slots=True)
class AsGiven(ColumnWise):
    """The value is the score."""

    KIND: ClassVar[str] = "as_given"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    VALUE_IS_SCORE: ClassVar[bool] = True
    NAME: ClassVar[str] = "直接取值"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "at_least": points_key("最低", "得分不低于它", default=0),
            "at_most": points_key("最高", "得分不高于它，默认为分值"),
        },
        "required": [],
    }

    points: float
    at_least: float
    at_most: float

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points, points_of(data.get("at_least", 0), points), points_of(data.get("at_most", points), points))

    @property
    def rises(self) -> bool | None:
        """The larger, the more."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """As given."""
        return self.at_least, self.at_most

    def is_most_at_nothing(self, value: float) -> bool:
        """No: points come with the value, or the meaning of the tree's own figures is not known."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Bounds the wrong way round, or above the indicator's points."""
        yield from too_many_points(("at_most",), self.at_most, self.points)
        if self.at_least >= self.at_most:
            words = Words("低于 at_most（{most:points}）", "below at_most ({most:points})")
            yield contradiction(("at_least",), self.at_least, words, most=self.at_most)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        return settled(np.clip(inputs.value, self.at_least, self.at_most), [inputs.value])

    def formula(self, cells: Cells) -> str:
        """The value limited to its bounds."""
        low, high = sheet.number(self.at_least), sheet.number(self.at_most)
        return sheet.unless_missing([cells.value], sheet.dust_free(f"MIN(MAX({cells.value},{low}),{high})"))

    def standard(self, terms: Terms) -> Phrase:
        """按平安建设考核得分直接计分，最低 0 分，最高 2 分."""
        return _STANDARD[terms.is_taken_off](value=terms.value.name, low=self.at_least, high=self.at_most)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """平安建设考核得分为 1.37，得 1.37 分（满分 2 分）."""
        beside = figures_beside(
            [rows.value],
            terms.value,
            (),
            rows.score,
            lambda shown, _: self.score(Inputs(shown[0])),
        )
        shown, given = figure(beside.shown[0], terms.value), self._gives(rows, terms)
        return unless_trivial(rows, self.points, _REASON(name=terms.value.name, value=shown, gives=given), terms)

    def _gives(self, rows: Rows, terms: Terms) -> Phrases:
        return gives_of(rows.score, self.points, terms, exact=self.score(Inputs(rows.value)))

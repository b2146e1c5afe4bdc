"""按比例计分（proportional）：指标值占目标的多大比例，就得多大比例的分，最高满分。

何时用：评分标准写成“回复率 × 分值”，或“未达到目标的按比例得分”。``cliff`` 写断崖，低于它不得分。

写法::

    rule: {kind: proportional, target: 100%, cliff: 90%}   # 两个键都可不写，目标默认 100%

算例：118 件检察建议回复 61 件，分值 1 分。

>>> rule = Proportional.from_data({}, 1.0)
>>> np.round(rule.score(Inputs(np.array([61 / 118, 1.0, 1.2, np.nan]))), 4)
array([0.5169, 1.    , 1.    ,    nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import Sign, alike, contradiction
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.phrases import before_word, figure, usual
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Row, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD = Words(
    "{value}达到 {then}得 {points:points} 分，未达到的按所占比例得分（{points:points} × {value} ÷ {target}）{cliff}。",
    "{points:points} points at {target} of {value} or more, below it in proportion "
    "({points:points} × {value} ÷ {target}){cliff}.",
)
_CLIFF = Words("；低于 {cliff}不得分", "; no points below {cliff}")
_REASON = Words(
    "{name} {value}，低于目标 {target}，得 {points:points} × {value} ÷ {target} = {score:points} 分",
    "{name} {value} is below the target {target}: {points:points} × {value} ÷ {target} = {score:points} points",
)
_OVER_CLIFF = Words("{name} {value}，低于 {cliff}，不得分", "{name} {value} is below {cliff}: no points")


@dataclass(frozen=True, slots=True)
class Proportional:
    """Points in proportion to the value, full at the target."""

    KIND: ClassVar[str] = "proportional"
    NAME: ClassVar[str] = "按比例计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "target": quantity_key("目标", "达到它得满分", Sign.POSITIVE, default="100%"),
            "cliff": quantity_key("断崖", "低于它不得分", Sign.POSITIVE),
        },
        "required": [],
    }
    RELATIVE: ClassVar[bool] = False

    points: float
    target: Quantity = Quantity(1.0, is_share=True)  # noqa: RUF009  # frozen, so it may be shared
    cliff: Quantity | None = None

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        marks = alike(target=data.get("target", "100%"), cliff=data.get("cliff"))
        return cls(points, marks["target"], marks.get("cliff"))

    @property
    def fields(self) -> tuple[Field, ...]:
        """None of its own."""
        return ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Only the value."""
        return ()

    @property
    def takes_value(self) -> bool:
        """Yes."""
        return True

    @property
    def field_types(self) -> frozenset[FieldType]:
        """Anything measured."""
        return frozenset({FieldType.SHARE, FieldType.COUNT, FieldType.AMOUNT})

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing to the indicator's points."""
        return 0.0, self.points

    def faults(self) -> Iterator[Fault]:
        """A cliff above the target."""
        if self.cliff is not None and self.cliff.number > self.target.number:
            words = Words("不高于目标 {target}", "no more than the target {target}")
            yield contradiction(("cliff",), self.cliff, words, target=self.target)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        points = self.points * np.clip(inputs.value / self.target.number, 0.0, 1.0)
        if self.cliff is not None:
            points = np.where(inputs.value < self.cliff.number, 0.0, points)
        return settled(points, [inputs.value])

    def formula(self, cells: Cells) -> str:
        """P times the share of the target, between nothing and all of it."""
        share = f"MIN(MAX({cells.value}/{sheet.number(self.target.number)},0),1)"
        points = sheet.dust_free(f"{sheet.number(self.points)}*{share}")
        if self.cliff is not None:
            points = f"IF({cells.value}<{sheet.number(self.cliff.number)},0,{points})"
        return sheet.unless_missing([cells.value], points)

    def standard(self, terms: Terms) -> Phrase:
        """回复率达到 100% 得 1 分，未达到的按所占比例得分."""
        cliff: Phrase | str = "" if self.cliff is None else _CLIFF(cliff=before_word(figure(self.cliff, terms.value)))
        target = figure(self.target, terms.value)
        return _STANDARD(
            value=terms.value.name, target=target, then=before_word(target), points=self.points, cliff=cliff
        )

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """检察建议回复率 51.69%，低于目标 100%，得 1 × 51.69% ÷ 100% = 0.52 分."""
        if found := usual(row, self.points):
            return found
        name, value = terms.value.name, figure(self.target.like(row.value), terms.value)
        if self.cliff is not None and row.value < self.cliff.number:
            return _OVER_CLIFF(name=name, value=value, cliff=figure(self.cliff, terms.value))
        target = figure(self.target, terms.value)
        return _REASON(name=name, value=value, target=target, points=self.points, score=row.score)

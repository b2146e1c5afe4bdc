"""比上年（improvement）：与上年的指标值相比，提高了多少就得多少分，退步的扣分。

何时用：评分标准写成“比上年提高 1 个百分点以上得满分，否则不得分”，或“与上年持平得 1 分，每提高 1 个百分点加
0.1 分，每下降 1 个百分点扣 0.1 分”。

上年的指标值取自 ``--previous`` 给的上年结果；上年没有的，按该项的 ``no_previous`` 处理，所以用这种计分必须写
``no_previous``。写 ``at_least`` 的，比上年好出这么多得满分，否则不得分；写 ``start``、``step``、``each`` 的，
持平得 ``start``，每好一步加、每差一步减，最高满分，最低 ``floor``。要按增长率而不是增减量计分的，
不用这一种，写 ``value: taken / previous.taken - 1``，再用别的计分方式。

写法::

    rule: {kind: improvement, better: higher, at_least: 1%}

    rule:
      kind: improvement
      better: higher
      start: 1
      step: 1%
      each: 0.1
      steps: linear      # 可不写；floor 为不足一步的不计
      floor: 0           # 可不写

算例：上年 50%，今年 53%、50%、48%，分值 1.5 分；最后一个上年没有。

>>> rule = Improvement.from_data({"better": "higher", "start": 1, "step": "1%", "each": 0.1}, 1.5)
>>> previous = np.array([0.5, 0.5, 0.5, np.nan])
>>> rule.score(Inputs(np.array([0.53, 0.50, 0.48, 0.9]), previous=previous))
array([1.3, 1. , 0.8, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import (
    BETTER,
    FLOOR,
    Better,
    Sign,
    contradiction,
    floor_faults,
    one_of,
    parsed,
    points_key,
    points_of,
    too_many_points,
)
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.phrases import before_word, figure, floor_words, step, usual
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Need, Row, Terms
from lawgov_score.rules.steps import TITLE, Steps, count_steps, steps_formula
from lawgov_score.wording import Phrase, Quantity, Words

_ENOUGH = {
    Better.HIGHER: Words(
        "{value}比上年提高 {mark}及以上得 {points:points} 分，否则不得分。",
        "{points:points} points if {value} is {mark} or more above last edition's, otherwise none.",
    ),
    Better.LOWER: Words(
        "{value}比上年降低 {mark}及以上得 {points:points} 分，否则不得分。",
        "{points:points} points if {value} is {mark} or more below last edition's, otherwise none.",
    ),
}
_AS_GOOD = {
    Better.HIGHER: Words(
        "{value}不低于上年得 {points:points} 分，否则不得分。",
        "{points:points} points if {value} is no lower than last edition's, otherwise none.",
    ),
    Better.LOWER: Words(
        "{value}不高于上年得 {points:points} 分，否则不得分。",
        "{points:points} points if {value} is no higher than last edition's, otherwise none.",
    ),
}
_STEPS = {
    Better.HIGHER: Words(
        "{value}与上年持平得 {start:points} 分，每提高 {step}加 {each:points} 分，每降低 {step}减 {each:points} 分，"
        "{mode}，最高 {points:points} 分，{floor}。",
        "{start:points} points if {value} is as in the last edition; {each:points} more for every {step} above it, "
        "{each:points} less for every {step} below it, {mode}, at most {points:points}, {floor}.",
    ),
    Better.LOWER: Words(
        "{value}与上年持平得 {start:points} 分，每降低 {step}加 {each:points} 分，每提高 {step}减 {each:points} 分，"
        "{mode}，最高 {points:points} 分，{floor}。",
        "{start:points} points if {value} is as in the last edition; {each:points} more for every {step} below it, "
        "{each:points} less for every {step} above it, {mode}, at most {points:points}, {floor}.",
    ),
}
_MODES = {
    Steps.FLOOR: Words("不足 {step}的不计", "nothing for less than {step}"),
    Steps.LINEAR: Words("不足 {step}的按比例计", "in proportion for less than {step}"),
}
_UP = Words("{name} {value}，上年 {previous}，提高 {gap}", "{name} {value}, {previous} in the last edition, {gap} up")
_DOWN = Words(
    "{name} {value}，上年 {previous}，降低 {gap}", "{name} {value}, {previous} in the last edition, {gap} down"
)
_LEVEL = Words("{name} {value}，与上年持平", "{name} {value}, as in the last edition")
_NOT_ENOUGH = Words("{change}，未达到 {mark}，不得分", "{change}, not {mark}: no points")
_WORSE = Words("{change}，不得分", "{change}: no points")
_COUNTED = Words(
    "{change}，{start:points} {sign} {n:points} × {each:points} = {score:points} 分",
    "{change}: {start:points} {sign} {n:points} × {each:points} = {score:points} points",
)
_AT_FLOOR = Words(
    "{change}，应减 {n:points} × {each:points} 分，{floor}，得 {score:points} 分",
    "{change}: {n:points} × {each:points} to take off, {floor}: {score:points} points",
)
_UNKNOWN = Words("上年没有可比的数", "no figure of the last edition to compare with")


@dataclass(frozen=True, slots=True)
class Improvement:
    """Points by the change against last edition's value."""

    KIND: ClassVar[str] = "improvement"
    NAME: ClassVar[str] = "比上年"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "better": BETTER,
            "at_least": quantity_key("至少好出", "比上年好出这么多得满分，如 1%（1 个百分点）", Sign.NOT_NEGATIVE),
            "start": points_key("持平得分", "与上年相同得多少", Sign.NOT_NEGATIVE),
            "step": quantity_key("每一步", "多少算一步，如 1%（1 个百分点）", Sign.POSITIVE),
            "each": points_key("每步加减分", "每好一步加多少、每差一步减多少", Sign.POSITIVE),
            "steps": one_of(TITLE, "linear 按比例计，floor 不计", (Steps.LINEAR, Steps.FLOOR), default="linear"),
            "floor": FLOOR,
        },
        "required": ["better"],
        "oneOf": [{"required": ["at_least"]}, {"required": ["start", "step", "each"]}],
        "dependentRequired": {"start": ["step", "each"], "step": ["start"], "each": ["start"], "steps": ["start"]}
        | {"floor": ["start"]},
    }
    RELATIVE: ClassVar[bool] = False
    NEEDS: ClassVar[frozenset[Need]] = frozenset({Need.PREVIOUS})

    points: float
    better: Better
    at_least: Quantity | None = None
    start: float = 0.0
    step: Quantity | None = None
    each: float = 0.0
    steps: Steps = Steps.LINEAR
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(
            points,
            Better(data["better"]),
            parsed(data, "at_least"),
            points_of(data.get("start", 0), points),
            parsed(data, "step"),
            points_of(data.get("each", 0), points),
            Steps(data.get("steps", Steps.LINEAR)),
            points_of(data.get("floor", 0), points),
        )

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
        """From the floor to the indicator's points."""
        return self.floor, self.points

    def faults(self) -> Iterator[Fault]:
        """A floor that is no floor; a start below it, or above the indicator's points."""
        if self.step is None:
            return
        yield from floor_faults(self.floor, self.points)
        yield from too_many_points(("start",), self.start, self.points)
        if self.start < self.floor < self.points:
            words = Words("不低于最低得分 {floor:points}", "no less than the floor {floor:points}")
            yield contradiction(("start",), self.start, words, floor=self.floor)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        previous = np.full(len(inputs.value), np.nan) if inputs.previous is None else inputs.previous
        gain = self._gain(inputs.value, previous)
        if self.at_least is not None:
            points = np.where(gain >= self.at_least.number, self.points, 0.0)
        else:
            moved = self._steps(gain) - self._steps(-gain)
            points = np.clip(self.start + self.each * moved, self.floor, self.points)
        return settled(points, [inputs.value, previous])

    def formula(self, cells: Cells) -> str:
        """The gain against the cell of last edition's value."""
        new, old = (cells.value, cells.previous) if self.better is Better.HIGHER else (cells.previous, cells.value)
        gain, points = f"ROUND({new}-{old},{VALUE_DECIMALS})", sheet.number(self.points)
        if self.step is None:
            least = sheet.number(self.at_least.number if self.at_least else 0.0)
            return sheet.unless_missing([cells.value, cells.previous], f"IF({gain}>={least},{points},0)")
        up = steps_formula(gain, self.step.number, self.steps)
        down = steps_formula(f"(-{gain})", self.step.number, self.steps)
        inner = f"{sheet.number(self.start)}+{sheet.number(self.each)}*({up}-{down})"
        inner = sheet.dust_free(f"MIN(MAX({inner},{sheet.number(self.floor)}),{points})")
        return sheet.unless_missing([cells.value, cells.previous], inner)

    def standard(self, terms: Terms) -> Phrase:
        """办结率比上年提高 1 个百分点及以上得 1 分，否则不得分."""
        if self.step is None:
            mark = before_word(step(self.at_least or Quantity(0.0), terms.value))
            if self.at_least is None or self.at_least.number == 0:
                return _AS_GOOD[self.better](value=terms.value.name, points=self.points)
            return _ENOUGH[self.better](value=terms.value.name, mark=mark, points=self.points)
        size = before_word(step(self.step, terms.value))
        return _STEPS[self.better](
            value=terms.value.name,
            start=self.start,
            step=size,
            each=self.each,
            mode=_MODES[self.steps](step=size),
            points=self.points,
            floor=floor_words(self.floor),
        )

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """办结率 48%，上年 50%，降低 2 个百分点，1 − 2 × 0.1 = 0.8 分."""
        if np.isnan(row.score) and np.isnan(row.previous) and not np.isnan(row.value):
            return _UNKNOWN()
        if found := usual(row, self.points):
            return found
        like = (self.at_least or self.step or Quantity(0.0)).like
        rise = float(without_dust(np.array([row.value - row.previous]), VALUE_DECIMALS)[0])
        words = _LEVEL if rise == 0 else _UP if rise > 0 else _DOWN
        change = words(
            name=terms.value.name,
            value=figure(like(row.value), terms.value),
            previous=figure(like(row.previous), terms.value),
            gap=step(like(abs(rise)), terms.value),
        )
        if self.at_least is not None and self.at_least.number == 0:
            return _WORSE(change=change)
        if self.at_least is not None:
            return _NOT_ENOUGH(change=change, mark=step(self.at_least, terms.value))
        gain = np.array([rise if self.better is Better.HIGHER else -rise])
        moved = float((self._steps(gain) - self._steps(-gain))[0])
        if self.start + self.each * moved < self.floor:
            return _AT_FLOOR(change=change, n=-moved, each=self.each, floor=floor_words(self.floor), score=row.score)
        sign = "−" if moved < 0 else "+"
        return _COUNTED(change=change, start=self.start, sign=sign, n=abs(moved), each=self.each, score=row.score)

    def _gain(self, value: FloatArray, previous: FloatArray) -> FloatArray:
        """How much better than last edition, (units,)."""
        sign = 1.0 if self.better is Better.HIGHER else -1.0
        return without_dust(sign * (value - previous), VALUE_DECIMALS)

    def _steps(self, gain: FloatArray) -> FloatArray:
        return count_steps(gain, self.step.number if self.step else 1.0, self.steps)

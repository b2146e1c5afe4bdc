"""比上年（improvement）：与上年的指标值相比，提高了多少就得多少分，退步的扣分。

何时用：评分标准写成“比上年提高 1 个百分点以上得满分，否则不得分”“比上年下降的得 6 分，持平或上升的得 3 分”，
或“与上年持平得 1 分，每提高 1 个百分点加 0.1 分，每下降 1 个百分点扣 0.1 分”。

``value`` 只写当年的指标值，不写与上年的差。上年的指标值取自 ``--previous`` 给的上年结果；上年没有的，按该项的
``no_previous`` 处理，所以用这种计分必须写 ``no_previous``。当年分母为零的先按 ``on_zero``，不再看上年；上年分母为零的，
上年就没有指标值，按 ``no_previous``。

写 ``at_least`` 的，比上年好出这么多（恰好这么多也算）得满分；写 ``more_than`` 的，要超过这么多，所以“比上年下降”写
``better: lower, more_than: 0%``，持平不算下降，“不高于上年”写 ``at_least: 0%``。达不到的得 ``otherwise``，不写即 0 分。
写 ``start``、``step``、``each`` 的，持平得 ``start``，每好一步加、每差一步减，最高满分，最低 ``floor``。
升降不同的，另写 ``each_down``（每差一步减多少，``0`` 为不减）；不足一步的 ``steps: linear`` 按比例计（不写即如此），
``floor`` 不计，``ceil`` 按一步计。好到超过满分还要加的，写 ``cap``：最高得多少分，须高于分值；超过满分的部分
照样计入上级得分。
要按增长率而不是增减量计分的，不用这一种，写 ``value: taken / previous.taken - 1``，再用别的计分方式。

写法::

    rule: {kind: improvement, better: higher, at_least: 1%}

    rule: {kind: improvement, better: lower, more_than: 0%, otherwise: 3}   # 下降得满分，持平或上升得 3 分

    rule:
      kind: improvement
      better: higher
      start: 1
      step: 1%
      each: 0.1
      steps: linear      # 可不写；floor 为不足一步的不计，ceil 为不足一步的按一步计
      floor: 0           # 可不写

    rule:                # 等级每升一级加 0.3 分，每降一级扣 0.8 分，超过满分的最高 3.5 分
      kind: improvement
      better: higher
      start: 2
      step: 1
      each: 0.3
      each_down: 0.8     # 可不写，与 each 相同
      cap: 3.5           # 可不写，为满分
      steps: floor

算例：上年 50%，今年 53%、50%、48%，分值 1.5 分；最后一个上年没有。

>>> rule = Improvement.from_data({"better": "higher", "start": 1, "step": "1%", "each": 0.1}, 1.5)
>>> previous = np.array([0.5, 0.5, 0.5, np.nan])
>>> rule.score(Inputs(np.array([0.53, 0.50, 0.48, 0.9]), previous=previous))
array([1.3, 1. , 0.8, nan])

“下降的得 6 分，持平或上升的得 3 分”，上年 20%，今年 15%、20%、25%：

>>> rule = Improvement.from_data({"better": "lower", "more_than": "0%", "otherwise": 3}, 6)
>>> rule.score(Inputs(np.array([0.15, 0.2, 0.25]), previous=np.array([0.2, 0.2, 0.2])))
array([6., 3., 3.])

“持平得 2 分，每升一级加 0.3 分，每降一级扣 0.8 分，最高 3.5 分”，满分 3 分，上年 2 级，今年 4、1、8 级：

>>> data = {"better": "higher", "start": 2, "step": 1, "each": 0.3, "each_down": 0.8, "cap": 3.5, "steps": "floor"}
>>> rule = Improvement.from_data(data, 3)
>>> rule.score(Inputs(np.array([4.0, 1.0, 8.0]), previous=np.array([2.0, 2.0, 2.0])))
array([2.6, 1.2, 3.5])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from typing import ClassVar, Self

import numpy as np

from lawgov_score.measure.digits import POINTS
from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS, FloatArray, half_up, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
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
from lawgov_score.rules.outcomes import comes_to, figures_beside, gives, then_rounded, unless_trivial
from lawgov_score.rules.phrases import before_word, figure, floor_words, step
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Need, Terms
from lawgov_score.rules.steps import TITLE, Steps, as_counted, count_steps, steps_formula
from lawgov_score.wording import Phrase, Quantity, Words

_ENOUGH = {
    Better.HIGHER: Words(
        "{value}比上年提高 {mark}及以上得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is {mark} or more above last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}比上年降低 {mark}及以上得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is {mark} or more below last edition's, otherwise {rest}.",
    ),
}
_AS_GOOD = {
    Better.HIGHER: Words(
        "{value}不低于上年得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is no lower than last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}不高于上年得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is no higher than last edition's, otherwise {rest}.",
    ),
}
_BEYOND = {
    Better.HIGHER: Words(
        "{value}比上年提高超过 {mark}得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is more than {mark} above last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}比上年降低超过 {mark}得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is more than {mark} below last edition's, otherwise {rest}.",
    ),
}
_STRICTLY = {
    Better.HIGHER: Words(
        "{value}比上年提高得 {points:points} 分，持平或降低{rest}。",
        "{points:points} points if {value} is above last edition's, {rest} if as it was or below.",
    ),
    Better.LOWER: Words(
        "{value}比上年下降得 {points:points} 分，持平或上升{rest}。",
        "{points:points} points if {value} is below last edition's, {rest} if as it was or above.",
    ),
}
_SOME = Words("得 {points:points} 分", "{points:points} points")
_NONE = Words("不得分", "none")
_STEPS = Words(
    "{value}与上年持平得 {start:points} 分，{up}，{down}，{mode}，{most}，{floor}。",
    "{start:points} points if {value} is as in the last edition; {up}, {down}, {mode}, {most}, {floor}.",
)
_MOVES = {  # by whether it rises; what a step adds, what it takes off, or that it takes off nothing
    True: (
        Words("每提高 {step}加 {each:points} 分", "{each:points} more for every {step} above it"),
        Words("每提高 {step}减 {each:points} 分", "{each:points} less for every {step} above it"),
        Words("提高的不减分", "nothing off above it"),
    ),
    False: (
        Words("每降低 {step}加 {each:points} 分", "{each:points} more for every {step} below it"),
        Words("每降低 {step}减 {each:points} 分", "{each:points} less for every {step} below it"),
        Words("降低的不减分", "nothing off below it"),
    ),
}
_BEYOND_FULL = Words(
    "满分 {points:points} 分，超过满分的最高 {cap:points} 分",
    "at most {cap:points}, beyond the {points:points} of full marks",
)
_MODES = {
    Steps.FLOOR: Words("不足 {step}的不计", "nothing for less than {step}"),
    Steps.LINEAR: Words("不足 {step}的按比例计", "in proportion for less than {step}"),
    Steps.CEIL: Words("不足 {step}的按 {step}计", "less than {step} counts as {step}"),
}
_UP = Words("{name} {value}，上年 {previous}，提高 {gap}", "{name} {value}, {previous} in the last edition, {gap} up")
_DOWN = Words(
    "{name} {value}，上年 {previous}，降低 {gap}", "{name} {value}, {previous} in the last edition, {gap} down"
)
_LEVEL = Words("{name} {value}，与上年持平", "{name} {value}, as in the last edition")
_NOT_ENOUGH = {
    Better.HIGHER: Words("{change}，未提高 {mark}，{rest}", "{change}, not {mark} up: {rest}"),
    Better.LOWER: Words("{change}，未降低 {mark}，{rest}", "{change}, not {mark} down: {rest}"),
}
_NOT_BEYOND = {
    Better.HIGHER: Words("{change}，提高未超过 {mark}，{rest}", "{change}, no more than {mark} up: {rest}"),
    Better.LOWER: Words("{change}，降低未超过 {mark}，{rest}", "{change}, no more than {mark} down: {rest}"),
}
_WORSE = Words("{change}，{rest}", "{change}: {rest}")
_REACHED = Words("{change}，达到 {mark}，{rest}", "{change}, {mark} or more: {rest}")
_EVERY = {
    True: Words("每提高 {step}{word} {each:points} 分", "{each:points} {word} for every {step} up"),
    False: Words("每降低 {step}{word} {each:points} 分", "{each:points} {word} for every {step} down"),
}
_MORE, _LESS = Words("加", "more"), Words("减", "less")
_COUNTED = Words("{change}，{rate}，{word} {moved:points} 分，{sum}", "{change}; {rate}, {moved:points} {word}: {sum}")
_UNMOVED = Words("{change}，{rest}", "{change}: {rest}")
_SUM = Words("{start:points} {sign} {moved:points} ", "{start:points} {sign} {moved:points} ")
_AT_END = Words(
    "{change}，{rate}，应{word} {due:points} 分，{end}，{rest}",
    "{change}; {rate}, {due:points} {word} due, {end}: {rest}",
)
_AT_MOST = Words("最高 {points:points} 分", "at most {points:points}")
_UNKNOWN = Words("上年没有可比的数", "no figure of the last edition to compare with")


@dataclass(frozen=True, slots=True)
class Improvement(ColumnWise):
    """Points by the change since last edition's value."""

    KIND: ClassVar[str] = "improvement"
    NAME: ClassVar[str] = "比上年"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "better": BETTER,
            "at_least": quantity_key("至少好出", "比上年好出这么多得满分，如 1%（1 个百分点）", Sign.NOT_NEGATIVE),
            "more_than": quantity_key("须好出超过", "比上年好出超过这么多才得满分；0% 即须真有好转", Sign.NOT_NEGATIVE),
            "otherwise": points_key("其余得分", "没有好出这么多的得多少分", default=0),
            "start": points_key("持平得分", "与上年相同得多少", Sign.NOT_NEGATIVE),
            "step": quantity_key("每一步", "多少算一步，如 1%（1 个百分点）", Sign.POSITIVE),
            "each": points_key("每步加减分", "每好一步加多少；没有 each_down 的，每差一步也减这么多", Sign.POSITIVE),
            "each_down": points_key("每步减分", "每差一步减多少，与 each 不同时写；0 为不减", Sign.NOT_NEGATIVE),
            "cap": points_key("最高得分", "好到超过满分还加分的，最高得多少，须高于分值；不写即为满分", Sign.POSITIVE),
            "steps": one_of(TITLE, "linear 按比例计，floor 不计，ceil 按一步计", tuple(Steps), default="linear"),
            "floor": FLOOR,
        },
        "required": ["better"],
        "oneOf": [
            {"required": ["at_least"]},
            {"required": ["more_than"]},
            {"required": ["start", "step", "each"]},
        ],
        "not": {"required": ["otherwise", "start"]},
        "dependentRequired": {"start": ["step", "each"], "step": ["start"], "each": ["start"], "steps": ["start"]}
        | {"floor": ["start"], "each_down": ["start"], "cap": ["start"]},
    }
    NEEDS: ClassVar[frozenset[Need]] = frozenset({Need.PREVIOUS})

    points: float
    better: Better
    mark: Quantity | None = None  # how much better than last edition it must be
    is_enough: bool = True  # does exactly that much count (at_least), or must it be more (more_than)?
    otherwise: float = 0.0
    start: float = 0.0
    step: Quantity | None = None
    each: float = 0.0
    steps: Steps = Steps.LINEAR
    floor: float = 0.0
    each_down: float | None = None  # what a step for the worse takes off; None: as much as one for the better adds
    cap: float | None = None  # the most it gives, above the points; None: the points

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(
            points,
            Better(data["better"]),
            parsed(data, "at_least") or parsed(data, "more_than"),
            "more_than" not in data,
            points_of(data.get("otherwise", 0), points),
            points_of(data.get("start", 0), points),
            parsed(data, "step"),
            points_of(data.get("each", 0), points),
            Steps(data.get("steps", Steps.LINEAR)),
            points_of(data.get("floor", 0), points),
            points_of(data["each_down"], points) if "each_down" in data else None,
            points_of(data["cap"], points) if "cap" in data else None,
        )

    @property
    def rises(self) -> bool | None:
        """As ``better`` says."""
        return self.better is Better.HIGHER

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor, or the points otherwise given, to the indicator's points, or to the cap above them."""
        return (self.floor if self.mark is None else self.otherwise), self._most

    @property
    def goes_beyond(self) -> bool:
        """Yes where it has a cap of its own."""
        return self.cap is not None

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes where less is better, or where no change earns all the points."""
        if isnan(value):
            return False
        unchanged = self.score(Inputs(np.array([value]), previous=np.array([value])))[0]
        return self.better is Better.LOWER or bool(unchanged >= self._most)

    def faults(self) -> Iterator[Fault]:
        """A floor that is not below the points; a start below the floor; a start or ``otherwise`` above the points; a
        cap that is not.
        """
        if self.step is None:
            yield from too_many_points(("otherwise",), self.otherwise, self.points)
            if self.otherwise == self.points > 0:
                words = Words("低于分值 {points:points}", "below {points:points}")
                yield contradiction(("otherwise",), self.otherwise, words, points=self.points)
            return
        yield from floor_faults(self.floor, self.points)
        yield from too_many_points(("start",), self.start, self.points)
        if self.cap is not None and self.cap <= self.points:
            words = Words("高于分值 {points:points}", "above {points:points}")
            yield contradiction(("cap",), self.cap, words, points=self.points)
        if self.start < self.floor < self.points:
            words = Words("不低于最低得分 {floor:points}", "no less than the floor {floor:points}")
            yield contradiction(("start",), self.start, words, floor=self.floor)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        previous = np.full(len(inputs.value), np.nan) if inputs.previous is None else inputs.previous
        gain = self._gain(inputs.value, previous)
        if self.mark is not None:
            is_better = gain >= self.mark.number if self.is_enough else gain > self.mark.number
            points = np.where(is_better, self.points, self.otherwise)
        else:
            points = np.clip(self.start + self._moved(gain), self.floor, self._most)
        return settled(points, [inputs.value, previous])

    def formula(self, cells: Cells) -> str:
        """The gain over the cell with last edition's value."""
        new, old = (cells.value, cells.previous) if self.better is Better.HIGHER else (cells.previous, cells.value)
        gain, points = f"ROUND({new}-{old},{DUST_DECIMALS})", sheet.number(self.points)
        if self.step is None:
            least, rest = sheet.number(self.mark.number if self.mark else 0.0), sheet.number(self.otherwise)
            claim = f"{gain}{'>=' if self.is_enough else '>'}{least}"
            return sheet.unless_missing([cells.value, cells.previous], f"IF({claim},{points},{rest})")
        up = steps_formula(gain, self.step.number, self.steps)
        down = steps_formula(f"(-{gain})", self.step.number, self.steps)
        if self._down == self.each:
            moved = f"{sheet.number(self.each)}*({up}-{down})"
        else:
            moved = f"{sheet.number(self.each)}*{up}-{sheet.number(self._down)}*{down}"
        inner = f"{sheet.number(self.start)}+{moved}"
        inner = sheet.dust_free(f"MIN(MAX({inner},{sheet.number(self.floor)}),{sheet.number(self._most)})")
        return sheet.unless_missing([cells.value, cells.previous], inner)

    def standard(self, terms: Terms) -> Phrase:
        """办结率比上年提高 1 个百分点及以上得 1 分，否则不得分."""
        if self.step is None:
            rest = _SOME(points=self.otherwise) if self.otherwise else _NONE()
            if self.mark is None or self.mark.number == 0:
                words = _AS_GOOD if self.is_enough else _STRICTLY
                return words[self.better](value=terms.value.name, points=self.points, rest=rest)
            words, mark = _ENOUGH if self.is_enough else _BEYOND, before_word(step(self.mark, terms.value))
            return words[self.better](value=terms.value.name, mark=mark, points=self.points, rest=rest)
        size = before_word(step(self.step, terms.value))
        better, worse = _MOVES[self.better is Better.HIGHER], _MOVES[self.better is Better.LOWER]
        return _STEPS(
            value=terms.value.name,
            start=self.start,
            up=better[0](step=size, each=self.each),
            down=worse[1](step=size, each=self._down) if self._down else worse[2](),
            mode=_MODES[self.steps](step=size),
            most=_AT_MOST(points=self.points) if self.cap is None else _BEYOND_FULL(points=self.points, cap=self.cap),
            floor=floor_words(self.floor),
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """办结率 48%，上年 50%，降低 2 个百分点，1 − 2 × 0.1 = 0.8 分."""
        is_new = np.isnan(rows.score) & np.isnan(rows.previous) & ~np.isnan(rows.value)
        mark = self.mark or self.step or Quantity(0.0)
        rise = without_dust(rows.value - rows.previous)
        beside = figures_beside(
            [rows.value, rows.previous],
            terms.value,
            (mark,),
            rows.score,
            lambda shown, _: self.score(Inputs(shown[0], previous=shown[1])),
        )
        value, previous = beside.shown
        gap = beside.derived(np.abs(without_dust(beside.rounded[0] - beside.rounded[1], VALUE_DECIMALS)))
        figures: dict[str, object] = {
            "name": terms.value.name,
            "value": figure(value, terms.value),
            "previous": figure(previous, terms.value),
            "gap": step(gap, terms.value),
        }
        change = chosen((rise == 0, _LEVEL(**figures)), (rise > 0, _UP(**figures)), otherwise=_DOWN(**figures))
        reasons = self._compared(rows, terms, change, rise, gap)
        if self.cap is None or terms.is_taken_off:
            return chosen((is_new, _UNKNOWN()), otherwise=unless_trivial(rows, self.points, reasons, terms))
        trivial = unless_trivial(rows, self.points, reasons, terms)
        return chosen((is_new, _UNKNOWN()), (rows.score > self.points, reasons), otherwise=trivial)

    def _compared(self, rows: Rows, terms: Terms, change: Phrases, rise: FloatArray, gap: Quantities) -> Phrases:
        """What the change since last edition gives."""
        rest = gives(rows.score, terms)
        if self.mark is not None and self.mark.number == 0:
            return _WORSE(change=change, rest=rest)
        gain = rise if self.better is Better.HIGHER else -rise
        if self.mark is not None:
            words = _NOT_ENOUGH if self.is_enough else _NOT_BEYOND
            shown = {"change": change, "mark": step(self.mark, terms.value), "rest": rest}
            is_reached = gain >= self.mark.number if self.is_enough else gain > self.mark.number
            return chosen((is_reached, _REACHED(**shown)), otherwise=words[self.better](**shown))
        moved = self._moved(gain)
        size = self.step or Quantity(1.0)
        is_up = gain > 0
        word = chosen((is_up, _MORE()), otherwise=_LESS())

        def rate(*, is_rise: bool) -> Phrases:
            each = self.each if is_rise == (self.better is Better.HIGHER) else self._down
            every = _EVERY[is_rise](step=before_word(step(size, terms.value)), word=word, each=each)
            return as_counted(every, gap, terms.value, size, self.steps)

        due = np.where(is_up, self.each, self._down) * self._steps(gap.numbers)  # as the printed figures give it
        said: dict[str, object] = {
            "change": change,
            "word": word,
            "rate": chosen((rise > 0, rate(is_rise=True)), otherwise=rate(is_rise=False)),
            "due": due,
        }
        far = without_dust(self.start + moved)

        def told(score: FloatArray) -> Phrases:
            by = without_dust(np.abs(half_up(score, POINTS) - self.start))
            sum_of = _SUM(start=self.start, sign=chosen((is_up, "+"), otherwise="−"), moved=by)
            of = {**said, "rest": gives(score, terms)}
            return chosen(
                (moved == 0, _UNMOVED(**of)),
                (far < self.floor, _AT_END(**of, end=floor_words(self.floor))),
                (far > self._most, _AT_END(**of, end=_AT_MOST(points=self._most))),
                otherwise=_COUNTED(**of, moved=by, sum=comes_to(sum_of, score, terms)),
            )

        as_printed = self.start + np.where(is_up, due, -due)
        return then_rounded(told, without_dust(np.clip(as_printed, self.floor, self._most)), rows.score, terms)

    def _gain(self, value: FloatArray, previous: FloatArray) -> FloatArray:
        """How much better than last edition each unit is, (units,)."""
        sign = 1.0 if self.better is Better.HIGHER else -1.0
        return without_dust(sign * (value - previous))  # nine decimals: a smaller difference is no change

    @property
    def _down(self) -> float:
        return self.each if self.each_down is None else self.each_down

    @property
    def _most(self) -> float:
        return self.points if self.cap is None else self.cap

    def _moved(self, gain: FloatArray) -> FloatArray:
        """The points that a change adds, or takes off, (units,)."""
        up, down = self._steps(gain), self._steps(-gain)
        if self._down == self.each:
            return self.each * (up - down)
        return self.each * up - self._down * down

    def _steps(self, gain: FloatArray) -> FloatArray:
        return count_steps(gain, self.step.number if self.step else 1.0, self.steps)

"""按比例计分（proportional）：指标值占目标的多大比例，就得多大比例的分，最高满分。

何时用：评分标准写成“回复率 × 分值”，或“未达到目标的按比例得分”。``cliff`` 写断崖，低于它不得分；
“60% 及以下不得分”的，另写 ``cliff_included: true``（恰好等于断崖的也不得分）。

越小越好的写 ``better: lower``：不超过目标得满分，超过的得 分值 × 目标 ÷ 指标值，高于断崖不得分。

写法::

    rule: {kind: proportional, target: 100%, cliff: 90%}   # 两个键都可不写，目标默认 100%

    rule: {kind: proportional, better: lower, target: 15, cliff: 60}   # 平均办理 15 日以内得满分

算例：118 件检察建议回复 61 件，分值 1 分。

>>> rule = Proportional.from_data({}, 1.0)
>>> np.round(rule.score(Inputs(np.array([61 / 118, 1.0, 1.2, np.nan]))), 4)
array([0.5169, 1.    , 1.    ,    nan])
>>> rule = Proportional.from_data({"better": "lower", "target": 15, "cliff": 60}, 1.0)
>>> rule.score(Inputs(np.array([10.0, 20.0, 61.0])))
array([1.  , 0.75, 0.  ])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import BETTER, CLIFF_INCLUDED, Better, Sign, alike, contradiction, mixed, without_cliff
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.lines import claim, holds
from lawgov_score.rules.outcomes import comes_to, figures_beside, gives, unless_trivial
from lawgov_score.rules.phrases import GETS, GETS_NONE, before_word, figure
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Path, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD = {
    Better.HIGHER: Words(
        "{value}达到 {then}{gets} {points:points} 分，"
        "未达到的按所占比例{gets}分（{points:points} × {value} ÷ {target}）{cliff}。",
        "{points:points} {gets} at {target} of {value} or more, below it in proportion "
        "({points:points} × {value} ÷ {target}){cliff}.",
    ),
    Better.LOWER: Words(
        "{value}不超过 {then}{gets} {points:points} 分，"
        "超过的按比例{gets}分（{points:points} × {target} ÷ {value}）{cliff}。",
        "{points:points} {gets} at {target} of {value} or less, above it in inverse proportion "
        "({points:points} × {target} ÷ {value}){cliff}.",
    ),
}
_CLIFF = {
    Better.HIGHER: Words("；低于 {cliff}{none}", "; {none} below {cliff}"),
    Better.LOWER: Words("；高于 {cliff}{none}", "; {none} above {cliff}"),
}
_CLIFF_INCLUDED = {
    Better.HIGHER: Words("；不超过 {cliff}{none}", "; {none} at {cliff} or less"),
    Better.LOWER: Words("；不低于 {cliff}{none}", "; {none} at {cliff} or more"),
}
_REASON = {
    Better.HIGHER: Words(
        "{name} {value}，低于目标 {target}，{sum}",
        "{name} {value} is below the target {target}: {sum}",
    ),
    Better.LOWER: Words(
        "{name} {value}，高于目标 {target}，{sum}",
        "{name} {value} is above the target {target}: {sum}",
    ),
}
_OVER_CLIFF = {
    Better.HIGHER: Words("{name} {value}，低于 {cliff}，{gives}", "{name} {value} is below {cliff}: {gives}"),
    Better.LOWER: Words("{name} {value}，高于 {cliff}，{gives}", "{name} {value} is above {cliff}: {gives}"),
}
_AT_CLIFF = {
    Better.HIGHER: Words("{name} {value}，不超过 {cliff}，{gives}", "{name} {value} is {cliff} or less: {gives}"),
    Better.LOWER: Words("{name} {value}，不低于 {cliff}，{gives}", "{name} {value} is {cliff} or more: {gives}"),
}
_REACHED = {
    Better.HIGHER: Words("{name} {value}，达到目标 {target}，{gives}", "{name} {value} is {target} or more: {gives}"),
    Better.LOWER: Words("{name} {value}，不超过目标 {target}，{gives}", "{name} {value} is {target} or less: {gives}"),
}
_SHARE = Words("{points:points} × {above} ÷ {below} ", "{points:points} × {above} ÷ {below} ")


@dataclass(frozen=True, slots=True)
class Proportional(ColumnWise):
    """Points in proportion to the value, full at the target."""

    KIND: ClassVar[str] = "proportional"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    NAME: ClassVar[str] = "按比例计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "target": quantity_key("目标", "达到它得满分", Sign.POSITIVE, default="100%"),
            "cliff": quantity_key("断崖", "低于它（better: lower 的，高于它）不得分", Sign.POSITIVE),
            "cliff_included": CLIFF_INCLUDED,
            "better": {**BETTER, "default": Better.HIGHER.value},
        },
        "required": [],
    }
    THRESHOLDS: ClassVar[tuple[Path, ...]] = (("target",), ("cliff",))

    points: float
    target: Quantity = Quantity(1.0, is_share=True)  # noqa: RUF009  # frozen, so it may be shared
    cliff: Quantity | None = None
    better: Better = Better.HIGHER
    cliff_included: bool = False  # is a value equal to the cliff beyond it?

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        marks = alike(target=data.get("target", "100%"), cliff=data.get("cliff"))
        return cls(
            points,
            marks["target"],
            marks.get("cliff"),
            Better(data.get("better", Better.HIGHER)),
            data.get("cliff_included", False),
        )

    @property
    def reached_at(self) -> Quantity | None:
        """The target."""
        return self.target

    @property
    def rises(self) -> bool | None:
        """As ``better`` says."""
        return self.better is Better.HIGHER

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing to the indicator's points."""
        return 0.0, self.points

    def faults(self) -> Iterator[Fault]:
        """A cliff on the wrong side of the target; a percentage beside a plain number."""
        yield from without_cliff(self.cliff is not None, self.cliff_included)
        if odd := list(mixed({("target",): self.target, ("cliff",): self.cliff})):
            yield from odd
        elif self.cliff is not None and self._is_worse(self.target.number, self.cliff.number):
            words = Words("不高于目标 {target}", "no more than the target {target}")
            if self.better is Better.LOWER:
                words = Words("不低于目标 {target}", "no less than the target {target}")
            yield contradiction(("cliff",), self.cliff, words, target=self.target)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        value, target = inputs.value, self.target.number
        if self.better is Better.HIGHER:
            share = np.clip(value / target, 0.0, 1.0)
        else:  # zero is the lowest possible value
            share = np.divide(target, value, out=np.ones_like(value), where=value > target)
        points = self.points * share
        if self.cliff is not None:
            points = np.where(self._is_beyond(value, self.cliff), 0.0, points)
        return settled(points, [value])

    def formula(self, cells: Cells) -> str:
        """The points times the share of the target, between zero and all of it."""
        target = sheet.number(self.target.number)
        share = f"MIN(MAX({cells.value}/{target},0),1)"
        if self.better is Better.LOWER:
            share = f"IF({cells.value}<={target},1,{target}/{cells.value})"
        points = sheet.dust_free(f"{sheet.number(self.points)}*{share}")
        if self.cliff is not None:
            points = f"IF({claim(self._beyond, cells.value, self.cliff)},0,{points})"
        return sheet.unless_missing([cells.value], points)

    def standard(self, terms: Terms) -> Phrase:
        """回复率达到 100% 得 1 分，未达到的按所占比例得分."""
        cliff: Phrase | str = ""
        if self.cliff is not None:
            none = GETS_NONE[terms.is_taken_off]
            cliff = (_CLIFF_INCLUDED if self.cliff_included else _CLIFF)[self.better](
                cliff=before_word(figure(self.cliff, terms.value)), none=none
            )
        target = figure(self.target, terms.value)
        return _STANDARD[self.better](
            value=terms.value.name,
            target=target,
            then=before_word(target),
            points=self.points,
            gets=GETS[terms.is_taken_off],
            cliff=cliff,
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """检察建议回复率 51.69%，低于目标 100%，得 1 × 51.69% ÷ 100% = 0.52 分."""
        marks = (self.target, self.cliff)
        beside = figures_beside(
            [rows.value], terms.value, marks, rows.score, lambda shown, _: self.score(Inputs(shown[0]))
        )
        is_higher = self.better is Better.HIGHER
        value, target = figure(beside.shown[0], terms.value), figure(self.target, terms.value)
        above, below = (value, target) if is_higher else (target, value)
        figures: dict[str, object] = {
            "name": terms.value.name,
            "value": value,
            "target": target,
            "gives": gives(rows.score, terms),
        }
        exact = self.score(Inputs(beside.rounded[0]))
        summed = comes_to(_SHARE(points=self.points, above=above, below=below), rows.score, terms, exact=exact)
        figures["sum"] = chosen((rows.value < 0, figures["gives"]), otherwise=summed)
        is_reached = rows.value >= self.target.number if is_higher else rows.value <= self.target.number
        reason = chosen((is_reached, _REACHED[self.better](**figures)), otherwise=_REASON[self.better](**figures))
        if self.cliff is not None:
            words = (_AT_CLIFF if self.cliff_included else _OVER_CLIFF)[self.better]
            over = words(**figures, cliff=figure(self.cliff, terms.value))
            reason = chosen((self._is_beyond(rows.value, self.cliff), over), otherwise=reason)
        return unless_trivial(rows, self.points, reason, terms)

    @property
    def _beyond(self) -> str:
        """On which side of the cliff nothing is given, as a key of ``lines``."""
        if self.better is Better.HIGHER:
            return "at_most" if self.cliff_included else "below"
        return "at_least" if self.cliff_included else "above"

    def _is_beyond(self, value: FloatArray, cliff: Quantity) -> BoolArray:
        return holds(self._beyond, value, cliff)

    def _is_worse(self, one: float, other: float) -> bool:
        return one < other if self.better is Better.HIGHER else one > other

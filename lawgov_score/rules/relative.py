"""同组比较（relative）：与同一考核分组的其他单位相比。

何时用：评分标准写成“同组最高的得满分，其余按比例”，或“同组第 1 名得满分，每降 1 名扣 0.1 分”。

``against: best`` 按占同组最好值的比例；``place`` 按同组位次（并列的同取较前位次），要写 ``each``；``mean``、``median``
按占同组平均值、中位数的比例，最高满分。``better: lower`` 表示越小越好。未填报的单位不参与比较。
同组最好值（或平均值、中位数）为 0
而又越大越好的，都不得分。

写法::

    rule: {kind: relative, against: best, better: higher}

    rule: {kind: relative, against: place, better: higher, each: 0.1, floor: 0}   # floor 可不写

算例：

>>> value, cohorts = np.array([10.0, 5.0, np.nan, 8.0, 4.0]), np.array([0, 0, 0, 1, 1])
>>> Relative.from_data({"against": "best", "better": "higher"}, 0.5).score(Inputs(value, cohorts=cohorts))
array([0.5 , 0.25,  nan, 0.5 , 0.25])
>>> rule = Relative.from_data({"against": "place", "better": "higher", "each": 0.1}, 0.5)
>>> rule.score(Inputs(value, cohorts=cohorts))
array([0.5, 0.4, nan, 0.5, 0.4])
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import ClassVar, Self

import numpy as np

from lawgov_score.measure.cohorts import best_of, mean_of, places, quantile_of
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray, without_dust
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
    points_key,
    points_of,
)
from lawgov_score.rules.outcomes import comes_to, figures_beside, gives, gives_of, unaided, unless_trivial
from lawgov_score.rules.phrases import PLACE, TIED, figure, floor_words
from lawgov_score.rules.rows import Peers, Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words


class Against(StrEnum):
    """What a value is compared with."""

    BEST = "best"
    PLACE = "place"
    MEAN = "mean"
    MEDIAN = "median"


_STANDARD = {
    (Against.BEST, Better.HIGHER): Words(
        "按{value}与同组最高值比较：最高的得 {points:points} 分，"
        "其余按所占比例得分（{points:points} × {value} ÷ 最高值）。",
        "{points:points} points for the highest {value} of the cohort, the others in proportion to it.",
    ),
    (Against.BEST, Better.LOWER): Words(
        "按{value}与同组最低值比较：最低的得 {points:points} 分，"
        "其余按比例得分（{points:points} × 最低值 ÷ {value}）。",
        "{points:points} points for the lowest {value} of the cohort, the others in inverse proportion to it.",
    ),
    (Against.PLACE, Better.HIGHER): Words(
        "按{value}在同组从高到低排名：第 1 名得 {points:points} 分，每降 1 名扣 {each:points} 分，{floor}；"
        "并列的同取较前名次。",
        "{points:points} points for the highest {value} of the cohort, {each:points} off for each place below, "
        "{floor}; ties share the better place.",
    ),
    (Against.PLACE, Better.LOWER): Words(
        "按{value}在同组从低到高排名：第 1 名得 {points:points} 分，每降 1 名扣 {each:points} 分，{floor}；"
        "并列的同取较前名次。",
        "{points:points} points for the lowest {value} of the cohort, {each:points} off for each place below, "
        "{floor}; ties share the better place.",
    ),
    (Against.MEAN, Better.HIGHER): Words(
        "{value}达到同组平均值得 {points:points} 分，低于的按所占比例得分（{points:points} × {value} ÷ 平均值）。",
        "{points:points} points at the cohort's mean {value} or more, below it in proportion.",
    ),
    (Against.MEAN, Better.LOWER): Words(
        "{value}不超过同组平均值得 {points:points} 分，高于的按比例得分（{points:points} × 平均值 ÷ {value}）。",
        "{points:points} points at the cohort's mean {value} or less, above it in inverse proportion.",
    ),
    (Against.MEDIAN, Better.HIGHER): Words(
        "{value}达到同组中位数得 {points:points} 分，低于的按所占比例得分（{points:points} × {value} ÷ 中位数）。",
        "{points:points} points at the cohort's median {value} or more, below it in proportion.",
    ),
    (Against.MEDIAN, Better.LOWER): Words(
        "{value}不超过同组中位数得 {points:points} 分，高于的按比例得分（{points:points} × 中位数 ÷ {value}）。",
        "{points:points} points at the cohort's median {value} or less, above it in inverse proportion.",
    ),
}
_MARK = {
    (Against.BEST, Better.HIGHER): Words("最高", "highest"),
    (Against.BEST, Better.LOWER): Words("最低", "lowest"),
    (Against.MEAN, Better.HIGHER): Words("平均", "mean"),
    (Against.MEAN, Better.LOWER): Words("平均", "mean"),
    (Against.MEDIAN, Better.HIGHER): Words("中位数", "median"),
    (Against.MEDIAN, Better.LOWER): Words("中位数", "median"),
}
_MEAN_OF = Words("（{n} 个单位的平均数）", " ({n} units)")
_BESIDE = Words(
    "{name} {value}，同组{what} {mark}{of}，{sum}", "{name} {value}, the cohort's {what} is {mark}{of}: {sum}"
)
_SHARE = Words("{points:points} × {above} ÷ {below} ", "{points:points} × {above} ÷ {below} ")
_STEPS = Words("{points:points} − {behind} × {each:points} ", "{points:points} − {behind} × {each:points} ")
_AT_FLOOR = {
    False: Words(
        "应扣 {behind} × {each:points} = {due:points} 分，{floor}，{gives}",
        "{behind} × {each:points} = {due:points} to take off, {floor}: {gives}",
    ),
    True: Words(
        "应减 {behind} × {each:points} = {due:points} 分，{floor}，{gives}",
        "{behind} × {each:points} = {due:points} less, {floor}: {gives}",
    ),
}
_ALONE = Words("{name} {value}，与同组比较{gives}", "{name} {value}, compared within the cohort: {gives}")


def _median(values: FloatArray) -> float:
    return float(np.median(values))


@dataclass(frozen=True, slots=True)
class Relative(ColumnWise):
    """Points by comparison with the other units of the cohort."""

    KIND: ClassVar[str] = "relative"
    NAME: ClassVar[str] = "同组比较"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "against": one_of(
                "比较对象", "best 同组最好值，place 同组位次，mean 同组平均值，median 同组中位数", tuple(Against)
            ),
            "better": BETTER,
            "each": points_key("每降一名扣分", "只在 against: place 时写", Sign.POSITIVE),
            "floor": FLOOR,
        },
        "required": ["against", "better"],
        "if": {"properties": {"against": {"const": "place"}}, "required": ["against"]},
        "then": {"required": ["each"]},
    }
    RELATIVE: ClassVar[bool] = True

    points: float
    against: Against
    better: Better
    each: float | None = None
    floor: float | None = None

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        each, floor = (points_of(data[key], points) if key in data else None for key in ("each", "floor"))
        return cls(points, Against(data["against"]), Better(data["better"]), each, floor)

    @property
    def rises(self) -> bool | None:
        """As ``better`` says."""
        return self.better is Better.HIGHER

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor to the indicator's points."""
        return self._least, self.points

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes where less is better: no unit can have less than nothing."""
        return self.better is Better.LOWER and not isnan(value)

    def faults(self) -> Iterator[Fault]:
        """``each`` where no places are scored; a floor that is not below the points."""
        if self.against is not Against.PLACE:
            words = Words("只在 against: place 时写", "only with against: place")
            for key, value in (("each", self.each), ("floor", self.floor)):
                if value is not None:
                    yield contradiction((key,), value, words)
        else:
            yield from floor_faults(self._least, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,), each within its cohort."""
        value = inputs.value
        cohorts = inputs.cohorts if inputs.cohorts is not None else np.zeros(len(value), dtype=np.intp)
        is_higher = self.better is Better.HIGHER
        if self.against is Against.PLACE:
            lost = (self.each or 0.0) * (places(value, cohorts, is_higher=is_higher) - 1)
            return settled(np.maximum(self.points - lost, self._least), [value])
        match self.against:
            case Against.BEST:
                mark = best_of(value, cohorts, is_higher=is_higher)
            case Against.MEAN:
                mark = mean_of(value, cohorts)
            case _:
                mark = quantile_of(value, cohorts, 0.5)
        return settled(self._shared(value, mark), [value])

    def formula(self, cells: Cells) -> str:
        """MAX, MIN, AVERAGE, MEDIAN or COUNTIF over the cohort's values."""
        value, cohort, points = cells.value, cells.cohort_values, sheet.number(self.points)
        is_higher = self.better is Better.HIGHER
        if self.against is Against.PLACE:
            ahead = f'COUNTIF({cohort},"{">" if is_higher else "<"}"&{value})'
            inner = f"MAX({points}-{sheet.number(self.each or 0.0)}*{ahead},{sheet.number(self._least)})"
            return sheet.unless_missing([value], sheet.dust_free(inner))
        mark = f"{'MEDIAN' if self.against is Against.MEDIAN else 'AVERAGE'}({cohort})"
        if self.against is Against.BEST:
            mark = f"{'MAX' if is_higher else 'MIN'}({cohort})"
        if is_higher:
            share = f"IF({mark}>0,{points}*MIN(MAX({value}/{mark},0),1),0)"
        else:
            share = f"IF({value}<=0,{points},{points}*MIN(MAX({mark}/{value},0),1))"
        return sheet.unless_missing([value], sheet.dust_free(share))

    def standard(self, terms: Terms) -> Phrase:
        """按履职件数与同组最高值比较：最高的得 0.5 分，其余按所占比例得分."""
        return _STANDARD[self.against, self.better](
            value=terms.value.name, points=self.points, each=self.each or 0.0, floor=floor_words(self._least)
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """履职件数 5 件，同组最高 10 件，得 0.5 × 5 件 ÷ 10 件 = 0.25 分."""
        value, peers, is_higher = rows.value, rows.peers, self.better is Better.HIGHER
        figures: dict[str, object] = {"name": terms.value.name, "gives": gives_of(rows.score, self.points, terms)}
        if peers is None or self.against is Against.PLACE:
            beside = figures_beside([value], terms.value, (), rows.score, unaided)
            figures["value"] = figure(beside.shown[0], terms.value)
        if peers is None:
            return unless_trivial(rows, self.points, _ALONE(**figures), terms)
        if self.against is Against.PLACE:
            reasons = self._by_place(rows, peers, terms, figures)
        else:
            best: Callable[[FloatArray], float] = np.max if is_higher else np.min
            others: dict[Against, Callable[[FloatArray], float]] = {Against.MEAN: np.mean, Against.MEDIAN: _median}
            of = others.get(self.against, best)
            beside = figures_beside(
                [value, peers.each(of)], terms.value, (), rows.score, lambda shown, _: self._shared(*shown)
            )
            shown, mark = (figure(one, terms.value) for one in beside.shown)
            above, below = (shown, mark) if is_higher else (mark, shown)
            exact = self._shared(*beside.rounded)
            summed = comes_to(_SHARE(points=self.points, above=above, below=below), rows.score, terms, exact=exact)
            is_plain = (rows.score <= 0) | (rows.score >= self.points)
            figures |= {
                "value": shown,
                "what": _MARK[self.against, self.better],
                "mark": mark,
                "of": _MEAN_OF(n=peers.number) if self.against is Against.MEAN else "",
                "sum": chosen((is_plain, gives(rows.score, terms)), otherwise=summed),
            }
            reasons = _BESIDE(**figures)
        reasons = chosen((peers.number == 0, _ALONE(**figures)), otherwise=reasons)
        return unless_trivial(rows, self.points, reasons, terms)

    def _by_place(self, rows: Rows, peers: Peers, terms: Terms, figures: Mapping[str, object]) -> Phrases:
        behind, each = peers.beyond(rows.value, is_higher=self.better is Better.HIGHER), self.each or 0.0
        due = without_dust(behind * each)
        counted: dict[str, object] = {"points": self.points, "behind": behind, "each": each, "due": due}
        stopped = _AT_FLOOR[terms.is_taken_off](
            **counted, floor=floor_words(self._least), gives=gives(rows.score, terms)
        )
        summed = comes_to(_STEPS(**counted), rows.score, terms, exact=self.points - due)
        is_floor = without_dust(self.points - due) < self._least
        level = peers.number - behind - peers.beyond(rows.value, is_higher=self.better is not Better.HIGHER)
        told = {**figures, "place": behind + 1, "n": peers.number, "sum": chosen((is_floor, stopped), otherwise=summed)}
        return chosen((level > 1, TIED(**told)), otherwise=PLACE(**told))

    def _shared(self, value: FloatArray, mark: FloatArray) -> FloatArray:
        """(units,): points in proportion to the ``mark`` of the cohort."""
        is_higher = self.better is Better.HIGHER
        above, below = (value, mark) if is_higher else (mark, value)
        share = np.divide(above, below, out=np.zeros_like(value), where=below > 0)
        if not is_higher:
            share = np.where(value <= 0, 1.0, share)  # zero is the lowest possible value
        return self.points * np.clip(share, 0.0, 1.0)

    @property
    def _least(self) -> float:
        return self.floor or 0.0

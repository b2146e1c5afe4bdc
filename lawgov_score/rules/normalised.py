"""标准化（normalised）：按指标值在同组各单位中的位置计分。

何时用：评分标准写成“按同组最高、最低值标准化”“按标准分折算”，或“按百分位得分”；各指标量纲不同、要先化成同一尺度的，
也用它（写在上级指标的 ``rule`` 里，则对汇总后的得分标准化）。

``min_max``：同组最差得零分，最好得满分，其间按比例；``z_score``：等于同组平均得 ``mean_at``，每好一个标准差
（总体标准差）加 ``each``，不低于零、不高于分值，写明 ``cut: false`` 的不截取；``percentile``：同组其余单位中比它差的占
几成，就得几成的分，与它相同的按一半计。
``better: lower`` 表示越小越好。同组各单位都相同（只有一个单位的也是），没有高低可分，按 ``all_equal`` 计：
``full`` 满分，``half`` 一半，``zero`` 零分；这不是未填报。未填报的单位不参与比较。

写法::

    rule: {kind: normalised, by: min_max, better: higher, all_equal: full}

    rule:
      kind: normalised
      by: z_score
      better: higher
      mean_at: 50%        # 可不写
      each: 10%           # 可不写
      cut: true           # 可不写；false：可以低于零、高于分值
      all_equal: half

算例：

>>> value = np.array([50.0, 70.0, 90.0, np.nan])
>>> Normalised.from_data({"by": "min_max", "better": "higher", "all_equal": "full"}, 2.0).score(Inputs(value))
array([ 0.,  1.,  2., nan])
>>> Normalised.from_data({"by": "percentile", "better": "lower", "all_equal": "half"}, 2.0).score(Inputs(value))
array([ 2.,  1.,  0., nan])
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isnan
from typing import ClassVar, Self

import numpy as np

from lawgov_score.measure.cohorts import around, count_of, deviations, ends_of
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, IntArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import BETTER, Better, Sign, contradiction, one_of, points_key, points_of, too_many_points
from lawgov_score.rules.outcomes import after_minus, comes_to, figures_beside, gives_of, unaided, unless_trivial
from lawgov_score.rules.phrases import figure
from lawgov_score.rules.rows import Peers, Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Term, Terms
from lawgov_score.wording import Phrase, Words


class Method(StrEnum):
    """How a unit's position among the cohort's values is measured."""

    MIN_MAX = "min_max"
    Z_SCORE = "z_score"
    PERCENTILE = "percentile"


_ALL_EQUAL = {"full": 1.0, "half": 0.5, "zero": 0.0}
_WAY = {
    Better.HIGHER: Words("越大越好", "more is better"),
    Better.LOWER: Words("越小越好", "less is better"),
}
_STANDARD: Mapping[str, Words] = {
    Method.MIN_MAX: Words(
        "按{value}在同组最低值与最高值之间的位置计分（{way}）：最好的得 {points:points} 分，最差的得 0 分，其间按比例；"
        "{equal}。",
        "By where {value} lies between the cohort's lowest and highest ({way}): {points:points} points for the best, "
        "none for the worst, in proportion between; {equal}.",
    ),
    Method.Z_SCORE: Words(
        "按{value}的标准分计分（{way}）：等于同组平均值得 {mean_at:points} 分，每好一个标准差加 {each:points} 分，"
        "每差一个标准差减 {each:points} 分，最低 0 分，最高 {points:points} 分；{equal}。",
        "By the standard score of {value} ({way}): {mean_at:points} points at the cohort's mean, {each:points} more or "
        "less for each standard deviation, from 0 to {points:points}; {equal}.",
    ),
    "uncut": Words(
        "按{value}的标准分计分（{way}）：等于同组平均值得 {mean_at:points} 分，每好一个标准差加 {each:points} 分，"
        "每差一个标准差减 {each:points} 分，不设最低分和最高分；{equal}。",
        "By the standard score of {value} ({way}): {mean_at:points} points at the cohort's mean, {each:points} more or "
        "less for each standard deviation, with neither least nor most; {equal}.",
    ),
    Method.PERCENTILE: Words(
        "按{value}在同组的百分位计分（{way}）：{points:points} × 同组其余单位中比它差的所占比例，"
        "相同的按一半计；{equal}。",
        "By the percentile of {value} in the cohort ({way}): {points:points} × the share of the other units that are "
        "worse, equal ones count half; {equal}.",
    ),
}
_EQUAL = Words("同组各单位都相同的得 {points:points} 分", "{points:points} points where all of the cohort are equal")
_MIN_MAX = Words(
    "{name} {value}，同组（{n} 个单位）最好 {best}、最差 {worst}，{sum}",
    "{name} {value}, the best of the cohort's {n} is {best}, the worst {worst}: {sum}",
)
_MIN_MAX_SUM = {
    True: Words(
        "{points:points} ×（{value} −{less_worst}）÷（{best} −{less_worst}）",
        "{points:points} × ({value} − {less_worst}) ÷ ({best} − {less_worst}) ",
    ),
    False: Words(
        "{points:points} ×（{worst} −{less_value}）÷（{worst} −{less_best}）",
        "{points:points} × ({worst} − {less_value}) ÷ ({worst} − {less_best}) ",
    ),
}
_Z_SCORE = Words(
    "{name} {value}，同组平均 {mean}（{n} 个单位的平均数），标准差 {deviation}，比平均{word} {z} 个标准差，{sum}",
    "{name} {value}, the cohort's mean is {mean} ({n} units), its standard deviation {deviation}, "
    "{z} standard deviations {word}: {sum}",
)
_Z_SUM = Words("{mean_at:points} {sign} {z} × {each:points} ", "{mean_at:points} {sign} {z} × {each:points} ")
_BETTER, _WORSE = Words("好", "better"), Words("差", "worse")
_PERCENTILE = Words(
    "{name} {value}，好于同组其余 {others} 个单位中的 {worse} 个，与 {equal} 个相同，{sum}",
    "{name} {value}, better than {worse} of the {others} other units of the cohort, equal to {equal}: {sum}",
)
_PERCENTILE_SUM = Words("{points:points} × {counted} ÷ {others} ", "{points:points} × {counted} ÷ {others} ")
_NO_DIFFERENCE = Words(
    "{name} {value}，同组各单位都相同，按规定{gives}",
    "{name} {value}, all of the cohort are equal: {gives} by the standard",
)
_ALONE = Words("{name} {value}，与同组比较{gives}", "{name} {value}, compared within the cohort: {gives}")


@dataclass(frozen=True, slots=True)
class Normalised(ColumnWise):
    """Points by the unit's position among the values of its cohort."""

    KIND: ClassVar[str] = "normalised"
    NAME: ClassVar[str] = "标准化"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "by": one_of("方法", "min_max 最大最小值，z_score 标准分，percentile 百分位", tuple(Method)),
            "better": BETTER,
            "mean_at": points_key("平均得分", "只在 by: z_score 时写，等于同组平均得多少", default="50%"),
            "each": points_key(
                "每个标准差加减分", "只在 by: z_score 时写，每差一个标准差多少", Sign.POSITIVE, default="10%"
            ),
            "cut": {
                "title": "截取",
                "description": "只在 by: z_score 时写；false 得分可以低于零、高于分值，不写为 true",
                "type": "boolean",
            },
            "all_equal": one_of("全组相同", "full 满分，half 一半，zero 零分", tuple(_ALL_EQUAL)),
        },
        "required": ["by", "better", "all_equal"],
    }
    RELATIVE: ClassVar[bool] = True

    points: float
    by: Method
    better: Better
    all_equal: float  # points where all units of a cohort are equal
    mean_at: float | None = None
    each: float | None = None
    cut: bool | None = None

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        by = Method(data["by"])
        usual_z = {"mean_at": "50%", "each": "10%"} if by is Method.Z_SCORE else {}
        given = {key: data[key] for key in ("mean_at", "each") if key in data}
        z = {key: points_of(printed, points) for key, printed in {**usual_z, **given}.items()}
        return cls(points, by, Better(data["better"]), _ALL_EQUAL[data["all_equal"]] * points, cut=data.get("cut"), **z)

    @property
    def rises(self) -> bool | None:
        """As ``better`` says."""
        return self.better is Better.HIGHER

    @property
    def bounds(self) -> tuple[float, float]:
        """Nothing to the indicator's points; without end where they are not cut."""
        return (-inf, inf) if self.cut is False else (0.0, self.points)

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes where less is better: no unit can have less than nothing."""
        return self.better is Better.LOWER and not isnan(value)

    def faults(self) -> Iterator[Fault]:
        """``mean_at``, ``each`` or ``cut`` without z_score, or beyond the indicator's points."""
        if self.by is not Method.Z_SCORE:
            words = Words("只在 by: z_score 时写", "only with by: z_score")
            for key, value in (("mean_at", self.mean_at), ("each", self.each), ("cut", self.cut)):
                if value is not None:
                    yield contradiction((key,), value, words)
        elif self.mean_at is not None:
            yield from too_many_points(("mean_at",), self.mean_at, self.points)
            if self.mean_at < 0:
                yield contradiction(("mean_at",), self.mean_at, Words("0 或正数", "0 or more"))

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,), each within its cohort."""
        value = without_dust(inputs.value, VALUE_DECIMALS)  # float dust must not separate equal values
        cohorts = inputs.cohorts if inputs.cohorts is not None else np.zeros(len(value), dtype=np.intp)
        low, high = ends_of(value, cohorts)
        differs = high > low
        sign = 1.0 if self.better is Better.HIGHER else -1.0
        match self.by:
            case Method.MIN_MAX:
                way = value - low if self.better is Better.HIGHER else high - value
                points = self.points * _ratio(way, high - low)
            case Method.Z_SCORE:
                z = sign * deviations(value, cohorts)
                points = np.clip((self.mean_at or 0.0) + (self.each or 0.0) * z, *self.bounds)
            case Method.PERCENTILE:
                lower, higher = around(value, cohorts)
                others = count_of(value, cohorts) - 1
                points = self.points * (0.5 + sign * _ratio(lower - higher, 2 * others))
        return settled(np.where(differs, points, self.all_equal), [value])

    def formula(self, cells: Cells) -> str:
        """MIN, MAX, AVERAGE, STDEVP or COUNTIF over the cohort's values."""
        value, cohort, points = cells.value, cells.cohort_values, sheet.number(self.points)
        low, high = f"MIN({cohort})", f"MAX({cohort})"
        is_higher = self.better is Better.HIGHER
        match self.by:
            case Method.MIN_MAX:
                way = f"({value}-{low})" if is_higher else f"({high}-{value})"
                inner = f"{points}*{way}/({high}-{low})"
            case Method.Z_SCORE:
                mean = f"AVERAGE({cohort})"
                gap = f"({value}-{mean})" if is_higher else f"({mean}-{value})"
                z = f"{gap}/STDEVP({cohort})"
                inner = f"{sheet.number(self.mean_at or 0.0)}+{sheet.number(self.each or 0.0)}*{z}"
                if self.cut is not False:
                    inner = f"MIN(MAX({inner},0),{points})"
            case Method.PERCENTILE:
                below, above = (f'COUNTIF({cohort},"{sign}"&{value})' for sign in ("<", ">"))
                gap = f"({below}-{above})" if is_higher else f"({above}-{below})"
                inner = f"{points}*(0.5+{gap}/(2*(COUNT({cohort})-1)))"
        result = f"IF({high}>{low},{sheet.dust_free(inner)},{sheet.number(self.all_equal)})"
        return sheet.unless_missing([value], result)

    def standard(self, terms: Terms) -> Phrase:
        """按办结率在同组最低值与最高值之间的位置计分（越大越好）……"""
        return _STANDARD["uncut" if self.cut is False else self.by](
            value=terms.value.name,
            way=_WAY[self.better](),
            points=self.points,
            mean_at=self.mean_at or 0.0,
            each=self.each or 0.0,
            equal=_EQUAL(points=self.all_equal),
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """办结率 60%，同组（3 个单位）最好 90%、最差 50%，得 2 ×（60% − 50%）÷（90% − 50%）= 0.5 分."""
        peers, gives = rows.peers, gives_of(rows.score, self.points, terms)
        own = figures_beside([rows.value], terms.value, (), rows.score, unaided)
        alone: dict[str, object] = {
            "name": terms.value.name,
            "value": figure(own.shown[0], terms.value),
            "gives": gives,
        }
        if peers is None:
            return unless_trivial(rows, self.bounds[1], _ALONE(**alone), terms)
        low, high = peers.each(np.min), peers.each(np.max)
        reasons = chosen(
            (np.isnan(low), _ALONE(**alone)),
            (low == high, _NO_DIFFERENCE(**alone)),
            otherwise=self._compared(rows, peers, terms, (low, high)),
        )
        return unless_trivial(rows, self.bounds[1], reasons, terms)

    def _compared(self, rows: Rows, peers: Peers, terms: Terms, between: tuple[FloatArray, FloatArray]) -> Phrases:
        """Where the unit's value lies in its cohort, whose lowest and highest values it lies ``between``."""
        value, term, is_higher, (low, high) = rows.value, terms.value, self.better is Better.HIGHER, between
        told: dict[str, object] = {"name": term.name, "n": peers.number, "points": self.points}
        if self.by is Method.MIN_MAX:
            best, worst = (high, low) if is_higher else (low, high)

            def points(shown: tuple[FloatArray, ...], _: IntArray | slice) -> FloatArray:
                way = _ratio(shown[0] - shown[2], shown[1] - shown[2])
                result: FloatArray = self.points * np.clip(way, 0.0, 1.0)
                return result

            beside = figures_beside([value, best, worst], term, (), rows.score, points)
            names = ("value", "best", "worst")
            told |= {name: figure(one, term) for name, one in zip(names, beside.shown, strict=True)}
            for name, number, one in zip(names, beside.rounded, beside.shown, strict=True):
                told[f"less_{name}"] = after_minus(number, one, term)
            exact = points(beside.rounded, slice(None))
            summed = comes_to(_MIN_MAX_SUM[is_higher](**told), rows.score, terms, exact=exact)
            worst_gets = (value == worst, gives_of(rows.score, self.points, terms))
            return _MIN_MAX(**told, sum=chosen(worst_gets, otherwise=summed))
        if self.by is Method.Z_SCORE:
            return self._by_deviation(rows, peers, terms, told)
        worse, more = (peers.beyond(value, is_higher=is_more) for is_more in (not is_higher, is_higher))
        equal, others = peers.number - worse - more - 1, peers.number - 1
        own = figures_beside([value], term, (), rows.score, unaided)
        told |= {"value": figure(own.shown[0], term), "worse": worse, "equal": equal, "others": others}
        summed, exact = _PERCENTILE_SUM(**told, counted=worse + equal / 2), _ratio(worse + equal / 2, others)
        return _PERCENTILE(**told, sum=comes_to(summed, rows.score, terms, exact=self.points * exact))

    def _by_deviation(self, rows: Rows, peers: Peers, terms: Terms, told: Mapping[str, object]) -> Phrases:
        """How many standard deviations the value is from the mean, and what that gives."""
        value, term = rows.value, terms.value
        mean, deviation, mean_at, each = peers.each(np.mean), peers.each(np.std), self.mean_at or 0.0, self.each or 0.0
        sign = 1.0 if self.better is Better.HIGHER else -1.0
        z = sign * (value - mean) / deviation

        def points(shown: tuple[FloatArray, ...], rows: IntArray | slice) -> FloatArray:
            return np.clip(mean_at + each * np.copysign(shown[0], z[rows]), *self.bounds)

        counted = figures_beside([np.abs(z)], Term(""), (), rows.score, points)
        beside = figures_beside([value, mean, deviation], term, (), rows.score, unaided)
        far = without_dust(mean_at + each * z)
        shown_z = figure(counted.shown[0], Term(""))
        summed = _Z_SUM(mean_at=mean_at, sign=chosen((z < 0, "−"), otherwise="+"), z=shown_z, each=each)
        names = ("value", "mean", "deviation")
        shown = {name: figure(one, term) for name, one in zip(names, beside.shown, strict=True)}
        given = gives_of(rows.score, self.points, terms)
        result = comes_to(summed, rows.score, terms, exact=points(counted.rounded, slice(None)))
        return _Z_SCORE(
            **told,
            **shown,
            z=shown_z,
            word=chosen((z < 0, _WORSE()), otherwise=_BETTER()),
            sum=chosen(((far < self.bounds[0]) | (far > self.bounds[1]), given), otherwise=result),
        )


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """``above / below``, (units,); 0 where ``below`` is 0. ``below``: (units,), or (1,)."""
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)

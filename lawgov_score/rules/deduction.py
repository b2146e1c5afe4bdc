"""按数扣分（deduction）：每发生一起（件、次）扣一定的分，扣完为止。

何时用：评分标准写成“每起扣 0.25 分，扣完为止”。轻重不同、分开计数的，用 ``counts`` 各写各的；
“是／否”也可以列进去：写 ``field`` 的填“是”扣分，写 ``unless`` 的填“否”扣分（“未制定方案的扣 3 分，逾期备案的扣 1 分，
漏报每次扣 1 分”）。
``floor`` 可以为负（倒扣），也可以为正（最多扣到多少）。

写法::

    rule: {kind: deduction, each: 0.25}

    rule:
      kind: deduction
      counts:
        - {field: minor, each: 0.1}
        - {field: serious, each: 0.5}
      floor: -1                        # 可不写，默认 0

    rule:
      kind: deduction
      counts:
        - {unless: made, each: 3}          # 是否制定方案：填“否”扣 3 分
        - {field: late, each: 1}           # 是否逾期备案：填“是”扣 1 分
        - {field: omitted, each: 1}        # 漏报次数：每次扣 1 分

算例：

>>> rule = Deduction.from_data({"each": 0.25}, 1.0)
>>> rule.score(Inputs(np.array([0.0, 2.0, 9.0, np.nan])))
array([1. , 0.5, 0. , nan])

未制定方案、逾期、漏报两次，分值 10 分：10 − 3 − 1 − 2 = 4 分。

>>> counts = [{"unless": "made", "each": 3}, {"field": "late", "each": 1}, {"field": "omitted", "each": 1}]
>>> rule = Deduction.from_data({"counts": counts}, 10.0)
>>> answers = {"made": np.array([0.0]), "late": np.array([1.0]), "omitted": np.array([2.0])}
>>> rule.score(Inputs(np.array([np.nan]), answers))
array([4.])
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.counts import Counts
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import FLOOR, Sign, counts_key, floor_faults, points_key, points_of
from lawgov_score.rules.outcomes import less, unless_trivial
from lawgov_score.rules.phrases import floor_words
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words

_STANDARD = Words("满分 {points:points} 分，{counts}，{floor}。", "{points:points} points, {counts}, {floor}.")
_EACH = Words("{name}每 1 {unit}扣 {each:points} 分", "{each:points} off for each {unit} of {name}")
_ANSWERED = {
    True: Words("{name}填“是”扣 {each:points} 分", '{each:points} off if {name} is "yes"'),
    False: Words("{name}填“否”扣 {each:points} 分", '{each:points} off if {name} is "no"'),
}
_TAKEN = Words("{counts}，{less}", "{counts}: {less}")


@dataclass(frozen=True, slots=True)
class Deduction(ColumnWise):
    """Points off for each one counted."""

    KIND: ClassVar[str] = "deduction"
    NAME: ClassVar[str] = "按数扣分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "each": points_key("每个扣分", "指标值是个数，每 1 个扣多少", Sign.POSITIVE),
            "counts": counts_key("扣"),
            "floor": FLOOR,
        },
        "required": [],
        "oneOf": [{"required": ["each"]}, {"required": ["counts"]}],
    }

    points: float
    counts: Counts
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(points, Counts.from_data(data, points), points_of(data.get("floor", 0), points))

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields counted, if any are named."""
        return self.counts.fields

    @property
    def takes_value(self) -> bool:
        """Where no fields are named."""
        return not self.counts.fields

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A count, or something measured; 是 counts as one."""
        return frozenset({FieldType.COUNT, FieldType.AMOUNT, FieldType.YES_NO})

    @property
    def questions(self) -> frozenset[str]:
        """Those counted where they are answered 否."""
        return self.counts.questions

    @property
    def rises(self) -> bool | None:
        """No, it falls: each one takes points off."""
        return False

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor to the indicator's points, or as far as the counts can go."""
        least, most = self.counts.sums
        worst, best = (min(max(self.points - round(off, 9), self.floor), self.points) for off in (most, least))
        return worst, best

    def within(self, ranges: Mapping[str, tuple[float, float]]) -> Self:
        """See ``Rule``."""
        return replace(self, counts=self.counts.within(ranges))

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes: it takes points off for what happened."""
        return True

    def faults(self) -> Iterator[Fault]:
        """A floor that is not below the points; a field counted twice."""
        yield from self.counts.faults()
        yield from floor_faults(self.floor, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        # A negative count would earn points; the bounds of fields prevent it, but the rule does not rely on that.
        points = np.clip(self.points - self.counts.summed(inputs), self.floor, self.points)
        return settled(points, self.counts.columns(inputs))

    def formula(self, cells: Cells) -> str:
        """The points less the weighted sum of the counts, not below the floor."""
        counts = self.counts.cells(cells)
        points, floor = sheet.number(self.points), sheet.number(self.floor)
        inner = f"MIN(MAX({points}-{sheet.weighted_sum(counts, self.counts.each)},{floor}),{points})"
        return sheet.unless_missing(self.counts.needed(cells), sheet.dust_free(inner))

    def standard(self, terms: Terms) -> Phrase:
        """满分 1 分，迟报件数每 1 件扣 0.25 分，扣完为止."""
        return _STANDARD(
            points=self.points, counts=self.counts.words(terms, _EACH, _ANSWERED), floor=floor_words(self.floor)
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """迟报件数 2 件（2 × 0.25），扣 0.5 分，得 1 − 0.5 = 0.5 分."""
        due = self.counts.total(rows)
        taken = _TAKEN(
            counts=self.counts.figures(rows, terms),
            less=less(self.points, due, self.floor, rows.score, terms),
        )
        return unless_trivial(rows, self.points, taken, terms)

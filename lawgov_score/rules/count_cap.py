"""按数加分封顶（count_cap）：每有一个（件、次）得一定的分，到封顶为止。

何时用：评分标准写成“每次得 0.5 分，最高 1.5 分”。分级的用 ``counts`` 各写各的（省级 0.5、市级 0.3）；
“是／否”也可以列进去：写 ``field`` 的填“是”算一个，写 ``unless`` 的填“否”算一个；``each`` 写负数的是扣分
（有制度得 1 分，发生泄密扣 2 分），合计不低于 0 分。
``highest_only: true`` 只计有数的最高一级，不累计、不乘个数。不封顶的（多用于加分项）写 ``cap: none``，
得分可以超过分值。

写法::

    rule: {kind: count_cap, each: 0.5, cap: 1.5}   # cap 可不写，默认为分值；不封顶的写 cap: none

    rule:
      kind: count_cap
      counts:
        - {field: province, each: 0.5}
        - {field: city, each: 0.3}
      highest_only: true

    rule:
      kind: count_cap
      counts:
        - {field: plan, each: 1}           # 是否有制度：填“是”得 1 分
        - {field: drills, each: 0.5}       # 演练次数：每次得 0.5 分
        - {field: leaked, each: -2}        # 是否发生泄密：填“是”扣 2 分

算例：

>>> rule = CountCap.from_data({"each": 0.5}, 1.5)
>>> rule.score(Inputs(np.array([0.0, 1.0, 3.0, 8.0, np.nan])))
array([0. , 0.5, 1.5, 1.5, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.counts import ANSWERED, Counts
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import Sign, contradiction, counts_key, points_key, points_of, too_many_points
from lawgov_score.rules.outcomes import gives_of, unless_trivial
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words

UNCAPPED = "none"  # the word for no cap: it must be written, so that nobody lifts a cap by leaving the key out
_STANDARD = Words("{counts}，{cap}。", "{counts}, {cap}.")
_NOT_BELOW = Words("{counts}，{cap}，合计不低于 0 分。", "{counts}, {cap}, never below nothing.")
_HIGHEST = Words("{counts}；只计最高一级，不累计，{cap}。", "{counts}; only the highest counts, once, {cap}.")
_CAP = {
    False: Words("最高 {cap:points} 分", "at most {cap:points}"),
    True: Words("最多扣 {cap:points} 分", "at most {cap:points} off"),
}
_UNCAPPED = Words("不封顶", "without a cap")
_EACH = Words("{name}每 1 {unit}{gets} {each:points} 分", "{each:points} {gets} for each {unit} of {name}")
_LEVEL = Words("有{name}的{gets} {each:points} 分", "{each:points} {gets} for {name}")
_REASON = Words("{counts}，{gives}", "{counts}: {gives}")
_REASON_HIGHEST = Words(
    "{counts}，最高一级为{level}，计 {each:points} 分，{gives}",
    "{counts}, the highest is {level}, which counts {each:points}: {gives}",
)
_REASON_BELOW = Words(
    "{counts}，合计 {sum:points} 分，不计负分，{gives}",
    "{counts}, {sum:points} in all, which counts as nothing: {gives}",
)
_REASON_CAPPED = Words(
    "{counts}，合计 {sum:points} 分，{cap}，{gives}", "{counts}, {sum:points} in all, {cap}: {gives}"
)


@dataclass(frozen=True, slots=True)
class CountCap(ColumnWise):
    """Points for each one counted, up to a cap."""

    KIND: ClassVar[str] = "count_cap"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    NAME: ClassVar[str] = "按数加分封顶"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "each": points_key("每个得分", "指标值是个数，每 1 个得多少", Sign.POSITIVE),
            "counts": counts_key("得", Sign.ANY),
            "cap": {
                **points_key("封顶", "最高得多少，默认为分值；不封顶的写 none", Sign.POSITIVE),
                "pattern": rf"^none$|{Sign.POSITIVE.value}",
            },
            "highest_only": {
                "title": "只计最高一级",
                "description": "几级都有的，只计分最高的一级，不累计、不乘个数",
                "type": "boolean",
                "default": False,
            },
        },
        "required": [],
        "oneOf": [{"required": ["each"]}, {"required": ["counts"]}],
        "dependentRequired": {"highest_only": ["counts"]},
    }

    points: float
    counts: Counts
    cap: float
    highest_only: bool = False

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        printed = data.get("cap", points)
        cap = float("inf") if printed == UNCAPPED else points_of(printed, points)
        return cls(points, Counts.from_data(data, points), cap, data.get("highest_only", False))

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields counted, if any are named."""
        return self.counts.fields

    @property
    def takes_value(self) -> bool:
        """Yes, where no fields are named."""
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
        """Yes: each one adds points (those of which each takes some off are no reason to call more worse)."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """Zero to the cap."""
        return 0.0, self.cap

    def is_most_at_nothing(self, value: float) -> bool:
        """No: it gives points for what was done."""
        return False

    def faults(self) -> Iterator[Fault]:
        """A cap above the indicator's points, or below what a single one gives; a field counted twice."""
        yield from self.counts.faults()
        if self.is_capped:
            yield from too_many_points(("cap",), self.cap, self.points)
        for i, each in enumerate(self.counts.each):
            if each == 0 or (each < 0 and self.highest_only):
                words = Words(
                    "大于 0，或小于 0（扣分；不与 highest_only 同用）", "above 0, or below 0 (not with highest_only)"
                )
                yield contradiction(("counts", i, "each"), each, words)
            if each > self.cap:
                path = ("counts", i, "each") if self.counts.fields else ("each",)
                words = Words("不超过封顶 {cap:points}", "no more than the cap {cap:points}")
                yield contradiction(path, each, words, cap=self.cap)

    @property
    def is_capped(self) -> bool:
        """Is there a cap?"""
        return self.cap < float("inf")

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        columns = self.counts.columns(inputs)
        if self.highest_only:
            levels = [np.where(column > 0, each, 0.0) for column, each in zip(columns, self.counts.each, strict=True)]
            points = np.maximum.reduce(levels)
        else:
            points = np.maximum(self.counts.summed(inputs), 0.0)
        return settled(np.minimum(points, self.cap), columns)

    def formula(self, cells: Cells) -> str:
        """The weighted sum of the counts, or the best level that has any, up to the cap."""
        counts = self.counts.cells(cells)
        points = sheet.weighted_sum(counts, self.counts.each)
        if self.highest_only:
            levels = [
                f"IF({cell}>0,{sheet.number(each)},0)" for cell, each in zip(counts, self.counts.each, strict=True)
            ]
            points = f"MAX({','.join(levels)})"
        points = f"MAX({points},0)"
        if self.is_capped:
            points = f"MIN({points},{sheet.number(self.cap)})"
        return sheet.unless_missing(self.counts.needed(cells), sheet.dust_free(points))

    def standard(self, terms: Terms) -> Phrase:
        """学法次数每 1 次得 0.25 分，最高 1 分."""
        cap = _CAP[terms.is_taken_off](cap=self.cap) if self.is_capped else _UNCAPPED()
        words = _HIGHEST if self.highest_only else _STANDARD if min(self.counts.each) > 0 else _NOT_BELOW
        each = _LEVEL if self.highest_only else _EACH
        return words(counts=self.counts.words(terms, each, ANSWERED), cap=cap)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """学法次数 2 次（2 × 0.25），得 0.5 分（满分 1 分）."""
        given = gives_of(rows.score, self.points, terms, exact=self.score(Inputs(rows.value, rows.answers)))
        if self.highest_only:
            reason = self._highest(rows, terms, {"counts": self.counts.numbered(rows, terms), "gives": given})
            return unless_trivial(rows, max(self.points, self.cap), reason, terms)
        figures = {"counts": self.counts.figures(rows, terms), "gives": given}
        total = self.counts.total(rows)
        reason = chosen(
            (total < 0, _REASON_BELOW(**figures, sum=total)),
            (total > self.cap, _REASON_CAPPED(**figures, sum=total, cap=_CAP[terms.is_taken_off](cap=self.cap))),
            otherwise=_REASON(**figures),
        )
        return unless_trivial(rows, max(self.points, self.cap), reason, terms)

    def _highest(self, rows: Rows, terms: Terms, figures: dict[str, Phrases]) -> Phrases:
        """市级表彰 9 次，最高一级为市级表彰，计 0.5 分，得 0.5 分: what counts is the level, not how many there are."""
        order = sorted(range(len(self.counts.each)), key=lambda i: -self.counts.each[i])
        levels, numbers = self.counts.terms(terms), self.counts.numbers(rows)
        told = [
            (numbers[i] > 0, _REASON_HIGHEST(**figures, level=levels[i].name, each=self.counts.each[i])) for i in order
        ]
        return chosen(*told, otherwise=_REASON(**figures))

"""评审打分（judged）：由考核机关的评审打分，几人的分合成一个得分。

何时用：评分标准写成“酌情给分”“由考核组评定”，或由几名评审分别打分。

分不由单位填。写有 ``evidence`` 的，单位的填报表上有“自评情况”一行，列佐证材料；写有 ``fields`` 的，单位照填；两样
都只供评审参考，不影响得分，也不计入填报率，评审打分表上印在评分旁边。都没有写的，不问单位任何事。

分由考核机关在评审打分表里填（``template --assessor`` 生成，``score --assessor`` 读取），每个分须写理由。
``marks`` 说明几人的分怎么合成：``mean`` 平均，``median`` 中位数，``trimmed_mean`` 去掉一个最高分和
一个最低分后平均（不足 3 个分的不去，直接平均）。打分的不足 ``reviewers`` 人的，为“待审核”，不是零分。

写法::

    rule: {kind: judged, marks: mean}

    rule:
      kind: judged
      marks: trimmed_mean
      reviewers: 5       # 可不写，默认 1
      at_least: 0        # 可不写，打分的下限
      at_most: 2         # 可不写，打分的上限，默认为分值

算例：一行是一个单位，一列是一名评审，分值 2 分；第三个单位还没有人打分。

>>> marks = np.array([[2.0, 1.0, 1.4, 0.0], [1.5, np.nan, np.nan, np.nan], [np.nan] * 4])
>>> nothing = np.full(3, np.nan)
>>> Judged.from_data({"marks": "trimmed_mean"}, 2.0).score(Inputs(nothing, marks=marks))
array([1.2, 1.5, nan])
>>> Judged.from_data({"marks": "median", "reviewers": 2}, 2.0).score(Inputs(nothing, marks=marks))
array([1.2, nan, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import picked
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import contradiction, one_of, points_key, points_of, too_many_points
from lawgov_score.rules.outcomes import gives_of
from lawgov_score.rules.phrases import trivial_reason
from lawgov_score.rules.rows import Row
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Need, Rule, Terms
from lawgov_score.wording import Phrase, Words

# What a unit is asked where its tree wants evidence for a judged indicator and names no field for it.
SELF_REPORT = Field(
    "report", "自评情况", FieldType.TEXT, note="简要写明做法和成效，佐证材料写在佐证材料栏，供评审参考。"
)

FEWEST_TO_TRIM = 3  # with one or two marks there is nothing to drop


class Marks(StrEnum):
    """How several marks are combined."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"


_HOW = {
    Marks.MEAN: Words("取平均分", "the mean of their marks"),
    Marks.MEDIAN: Words("取中位数", "the median of their marks"),
    Marks.TRIMMED_MEAN: Words(
        "去掉一个最高分和一个最低分后取平均分（不足 3 人的不去）",
        "the mean of their marks without the highest and the lowest (of 3 or more)",
    ),
}
_STANDARD = Words(
    "由{who}打分，{how}，最低 {low:points} 分，最高 {high:points} 分；打分须写明理由。",
    "Marked by {who}, {how}, from {low:points} to {high:points}; each mark with a reason.",
)
_ANYBODY = Words("评审", "reviewers")
_SEVERAL = Words("不少于 {reviewers} 名评审", "{reviewers} reviewers or more")
_TRIMMED = Words("去掉一个最高分和一个最低分后取平均分", "the mean without the highest and the lowest")
_TOO_FEW = Words("不足 3 人，取平均分", "fewer than 3, so the mean")
_REASON = Words(
    "{n} 名评审打分 {marks:list}，{how}，{gives}",
    "{n} reviewers gave {marks:list}; {how}: {gives}",
)
_WAITS = Words(
    "尚未评审：已有 {n} 名评审打分，须有 {reviewers} 名，评审前不得分",
    "not reviewed yet: {n} marks of {reviewers}, no points so far",
)
_WAITS_OFF = Words(
    "尚未评审：已有 {n} 名评审打分，须有 {reviewers} 名，评审前不扣分",
    "not reviewed yet: {n} marks of {reviewers}, nothing taken off so far",
)
_MARK = Words("{mark:points}", "{mark:points}")


@dataclass(frozen=True, slots=True)
class Judged(Rule):
    """Points are the combined marks of reviewers."""

    KIND: ClassVar[str] = "judged"
    NAME: ClassVar[str] = "评审打分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "marks": one_of(
                "合成方法", "mean 平均，median 中位数，trimmed_mean 去掉最高最低各一个后平均", tuple(Marks)
            ),
            "at_least": points_key("打分下限", "打分不低于它", default=0),
            "at_most": points_key("打分上限", "打分不高于它，默认为分值"),
            "reviewers": {
                "title": "最少评审人数",
                "description": "打分的人不足这个数的，为待审核",
                "type": "integer",
                "minimum": 1,
                "maximum": 100,
                "default": 1,
            },
        },
        "required": ["marks"],
    }
    NEEDS: ClassVar[frozenset[Need]] = frozenset({Need.MARKS})

    points: float
    marks: Marks
    at_least: float
    at_most: float
    reviewers: int = 1

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        least, most = (points_of(data.get(key, other), points) for key, other in (("at_least", 0), ("at_most", points)))
        return cls(points, Marks(data["marks"]), least, most, int(data.get("reviewers", 1)))

    @property
    def takes_value(self) -> bool:
        """No: it looks at marks only."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """None."""
        return frozenset()

    @property
    def rises(self) -> bool | None:
        """None: there is no value."""
        return None

    @property
    def bounds(self) -> tuple[float, float]:
        """The range of a mark."""
        return self.at_least, self.at_most

    def is_most_at_nothing(self, value: float) -> bool:
        """No: reviewers give points for what they find."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Bounds the wrong way round, or above the indicator's points."""
        yield from too_many_points(("at_most",), self.at_most, self.points)
        if self.at_least >= self.at_most:
            words = Words("低于 at_most（{most:points}）", "below at_most ({most:points})")
            yield contradiction(("at_least",), self.at_least, words, most=self.at_most)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,); nan where fewer reviewers than required gave marks."""
        marks = np.full((len(inputs.value), 0), np.nan) if inputs.marks is None else inputs.marks
        number = np.sum(~np.isnan(marks), axis=1)
        reviewed = np.where(number >= self.reviewers, number, np.nan)
        return settled(np.clip(self._joined(marks), self.at_least, self.at_most), [reviewed])

    def formula(self, cells: Cells) -> str:
        """AVERAGE or MEDIAN over the marks."""
        marks = cells.marks
        joined = f"{'MEDIAN' if self.marks is Marks.MEDIAN else 'AVERAGE'}({marks})"
        if self.marks is Marks.TRIMMED_MEAN:
            trimmed = f"(SUM({marks})-MAX({marks})-MIN({marks}))/(COUNT({marks})-2)"
            joined = f"IF(COUNT({marks})<{FEWEST_TO_TRIM},{joined},{trimmed})"
        low, high = sheet.number(self.at_least), sheet.number(self.at_most)
        inner = sheet.dust_free(f"MIN(MAX({joined},{low}),{high})")
        return f'IF(COUNT({marks})<{self.reviewers},"",{inner})'

    def standard(self, terms: Terms) -> Phrase:
        """由不少于 3 名评审打分，取平均分，最低 0 分，最高 2 分；打分须写明理由."""
        who = _ANYBODY() if self.reviewers == 1 else _SEVERAL(reviewers=self.reviewers)
        return _STANDARD(who=who, how=_HOW[self.marks](), low=self.at_least, high=self.at_most)

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """3 名评审打分 2、1.5、1，取平均分，得 1.5 分（满分 2 分）."""
        given = () if row.marks is None else tuple(float(mark) for mark in row.marks[~np.isnan(row.marks)])
        if np.isnan(row.score):
            waits = _WAITS_OFF if terms.is_taken_off else _WAITS
            return waits(n=len(given), reviewers=self.reviewers)
        if not terms.is_taken_off and (phrase := trivial_reason(row, self.points)):
            return phrase
        marks = tuple(_MARK(mark=mark) for mark in given)
        how = _HOW[self.marks]
        if self.marks is Marks.TRIMMED_MEAN:
            how = _TRIMMED if len(given) >= FEWEST_TO_TRIM else _TOO_FEW
        given_points = picked(gives_of(np.array([row.score]), self.points, terms), 0)
        return _REASON(n=len(given), marks=marks, how=how(), gives=given_points)

    def _joined(self, marks: FloatArray) -> FloatArray:
        """The combined mark of each unit, (units,), from (units, reviewers); nan where there are none."""
        size, most = marks.shape
        if most == 0:
            return np.full(size, np.nan)
        ordered = np.sort(marks, axis=1)  # nan last, and the result does not depend on the order of reviewers
        number = np.sum(~np.isnan(marks), axis=1)
        rows = np.arange(size)
        if self.marks is Marks.MEDIAN:
            low, high = np.maximum(number - 1, 0) // 2, np.minimum(number // 2, most - 1)
            return np.asarray((ordered[rows, low] + ordered[rows, high]) / 2, dtype=np.float64)
        keep = np.broadcast_to(np.arange(most), marks.shape)
        first, last = np.zeros(size, dtype=np.intp), number
        if self.marks is Marks.TRIMMED_MEAN:
            trims = number >= FEWEST_TO_TRIM
            first, last = np.where(trims, 1, 0), np.where(trims, number - 1, number)
        inside = (keep >= first[:, None]) & (keep < last[:, None])
        total = np.sum(np.where(inside, ordered, 0.0), axis=1)
        mean: FloatArray = np.divide(total, last - first, out=np.full(size, np.nan), where=last > first)
        return mean

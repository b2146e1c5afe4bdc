"""逐项核对（checklist）：列出若干项，逐项问“是／否”，具备的累计得分，或缺少的逐项扣分。

何时用：评分标准写成“八项制度每缺 1 项扣 0.1 分”，或“有制度得 0.25 分，有台账得 0.25 分”。

``each_met`` 每具备一项得分（合计不超过分值），``each_missing`` 每缺一项扣分（扣到 ``floor`` 为止），二者写一个。
某一项分量不同的，在该项下另写 ``points``。任何一项未填报，整项即为未填报。

写法::

    rule:
      kind: checklist
      parts:
        - {code: hearing, name: 公众参与}
        - {code: experts, name: 专家论证}
        - {code: risk, name: 风险评估, points: 0.2}   # points 可不写
      each_missing: 0.1
      floor: 0                                       # 可不写

算例：三项缺一项，每缺一项扣 0.1 分，分值 0.5 分。

>>> parts = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}, {"code": "c", "name": "丙"}]
>>> rule = Checklist.from_data({"parts": parts, "each_missing": 0.1}, 0.5)
>>> one, mixed = np.array([1.0, 1.0]), np.array([0.0, np.nan])
>>> rule.score(Inputs(np.full(2, np.nan), {"a": one, "b": one, "c": mixed}))
array([0.4, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Chosen, Phrases, patterns
from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled, weighted_sum
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import FLOOR, Sign, field_code, floor_faults, points_key, points_of, repeated, text
from lawgov_score.rules.outcomes import gives_of, less, unless_trivial
from lawgov_score.rules.phrases import floor_words
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words

_ALL_MISSING = Words(
    "共 {n} 项：{parts:list}。齐全得 {points:points} 分，每缺 1 项扣 {each:points} 分，{floor}。",
    "{n} parts: {parts:list}. {points:points} points if complete, {each:points} off for each one missing, {floor}.",
)
_ALL_MET = Words(
    "共 {n} 项：{parts:list}。每具备 1 项得 {each:points} 分，最高 {points:points} 分。",
    "{n} parts: {parts:list}. {each:points} points for each one met, at most {points:points}.",
)
_OWN_MISSING = Words(
    "共 {n} 项：{parts:list}。齐全得 {points:points} 分，缺哪一项扣该项的分，{floor}。",
    "{n} parts: {parts:list}. {points:points} points if complete, the part's points off for each one missing, {floor}.",
)
_OWN_MET = Words(
    "共 {n} 项：{parts:list}。具备哪一项得该项的分，最高 {points:points} 分。",
    "{n} parts: {parts:list}. The part's points for each one met, at most {points:points}.",
)
_QUOTED = Words("“{name}”", '"{name}"')
_OWN = Words("{name}（{points:points} 分）", "{name} ({points:points})")
_REASON_MISSING = Words(
    "缺 {n} 项：{parts:list}，{less}",
    "{n} missing: {parts:list}; {less}",
)
_REASON_MET = Words(
    "{all} 项中具备 {met} 项，缺 {n} 项：{parts:list}，{gives}",
    "{met} of {all} met, {n} missing: {parts:list}: {gives}",
)
_REASON_ALL = Words("{all} 项均具备，{gives}", "all {all} met: {gives}")


@dataclass(frozen=True, slots=True)
class Checklist(ColumnWise):
    """Points for the parts that are in place, or points off for those that are not."""

    KIND: ClassVar[str] = "checklist"
    NAME: ClassVar[str] = "逐项核对"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "parts": {
                "title": "各项",
                "description": "逐项核对的内容，每项成为一个“是／否”填报项",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "code": field_code("编码", "英文小写、数字、下划线"),
                        "name": text("名称", "如“公众参与”"),
                        "points": points_key("该项的分", "分量与其他项不同时才写", Sign.POSITIVE),
                    },
                    "required": ["code", "name"],
                    "additionalProperties": False,
                },
            },
            "each_met": points_key("每具备一项得分", "累计得分，最高为分值", Sign.POSITIVE),
            "each_missing": points_key("每缺一项扣分", "从分值往下扣", Sign.POSITIVE),
            "floor": FLOOR,
        },
        "required": ["parts"],
        "oneOf": [{"required": ["each_met"]}, {"required": ["each_missing"]}],
        "dependentRequired": {"floor": ["each_missing"]},
    }

    points: float
    codes: tuple[str, ...]
    names: tuple[str, ...]
    worths: tuple[float, ...]
    deducts: bool  # are missing parts deducted, or met ones added up?
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        deducts = "each_missing" in data
        each = data["each_missing" if deducts else "each_met"]
        return cls(
            points,
            tuple(part["code"] for part in data["parts"]),
            tuple(part["name"] for part in data["parts"]),
            tuple(points_of(part.get("points", each), points) for part in data["parts"]),
            deducts,
            points_of(data.get("floor", 0), points),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """A yes or no for each part."""
        return tuple(Field(code, name, FieldType.YES_NO) for code, name in zip(self.codes, self.names, strict=True))

    @property
    def reads(self) -> tuple[str, ...]:
        """Its parts."""
        return self.codes

    @property
    def takes_value(self) -> bool:
        """No: it brings its own fields."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A yes or no."""
        return frozenset({FieldType.YES_NO})

    @property
    def rises(self) -> bool | None:
        """Yes: every part in place adds points."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor, or zero, to the indicator's points or the sum of the parts."""
        if self.deducts:
            return self.floor, self.points
        return 0.0, min(self.points, round(sum(self.worths), 9))

    def is_most_at_nothing(self, value: float) -> bool:
        """No: it gives points for what is in place, and the meaning of the tree's own words is not known."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Parts that share a code or name; a floor that is not below the points."""
        yield from repeated(self.codes, "parts", "code")
        yield from repeated(self.names, "parts", "name")
        if self.deducts:
            yield from floor_faults(self.floor, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        answers = [inputs.answers[code] for code in self.codes]
        if self.deducts:
            lost = weighted_sum([1 - answer for answer in answers], self.worths)
            return settled(np.maximum(self.points - lost, self.floor), answers)
        return settled(np.minimum(weighted_sum(answers, self.worths), self.points), answers)

    def formula(self, cells: Cells) -> str:
        """Weighted sum of the yes (1) and no (0) cells."""
        answers = [cells.answers[code] for code in self.codes]
        points = sheet.number(self.points)
        if self.deducts:
            lost = sheet.weighted_sum([f"(1-{answer})" for answer in answers], self.worths)
            inner = f"MAX({points}-{lost},{sheet.number(self.floor)})"
        else:
            inner = f"MIN({sheet.weighted_sum(answers, self.worths)},{points})"
        return sheet.unless_missing(answers, sheet.dust_free(inner))

    def standard(self, terms: Terms) -> Phrase:
        """共 5 项：……。齐全得 0.5 分，每缺 1 项扣 0.1 分，扣完为止."""
        is_uniform, parts = self._is_uniform, self._listed
        words = (
            (_ALL_MISSING if is_uniform else _OWN_MISSING) if self.deducts else (_ALL_MET if is_uniform else _OWN_MET)
        )
        return words(n=len(parts), parts=parts, points=self.points, each=self.worths[0], floor=floor_words(self.floor))

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """缺 2 项：专家论证、风险评估，应扣 0.2 分，得 0.3 分（满分 0.5 分）."""
        words = _REASON_MISSING if self.deducts else _REASON_MET
        which, found = patterns([rows.answers[code] == 0 for code in self.codes], len(rows.score))
        own = self._listed
        reasons, size = [], np.ones(len(rows.score))
        for marks in found:
            missing = tuple(i for i, is_missing in enumerate(marks) if is_missing)
            reason = (_REASON_ALL if not missing and not self.deducts else words)(
                all=len(self.codes),
                met=len(self.codes) - len(missing),
                n=len(missing),
                parts=tuple(own[i] for i in missing),
                less=less(self.points, size * sum(self.worths[i] for i in missing), self.floor, rows.score, terms),
                gives=gives_of(rows.score, self.points, terms),
            )
            reasons.append(reason)
        return unless_trivial(rows, self.points, Chosen(which, tuple(reasons)), terms)

    @property
    def _is_uniform(self) -> bool:
        return len(set(self.worths)) == 1

    @property
    def _listed(self) -> tuple[str | Phrase, ...]:
        """The parts as a list has them: quoted where a name has a 、 of its own, with points where these differ."""
        names: tuple[str | Phrase, ...] = self.names
        if any(set(name) & {"、", "，", "；"} for name in self.names):
            names = tuple(_QUOTED(name=name) for name in self.names)
        if self._is_uniform:
            return names
        return tuple(_OWN(name=name, points=worth) for name, worth in zip(names, self.worths, strict=True))

"""逐项核对（checklist）：列出若干项，逐项问“是／否”，具备的累计得分，或缺少的逐项扣分。

何时用：评分标准写成“八项制度每缺 1 项扣 0.1 分”，或“有制度得 0.25 分，有台账得 0.25 分”。

``each_met`` 每具备一项得分（合计不超过分值），``each_missing`` 每缺一项扣分（扣到 ``floor`` 为止），二者写一个。
某一项分量不同的，在该项下另写 ``points``；写负数的是不该发生的事，填“是”扣分（发生泄密扣 2 分），
``each_met`` 的合计不低于 0 分。
别处已问过的事不重复问：写 ``field``，即本指标或上级组（共用数据）的“是／否”填报项，名称即该填报项的名称。
任何一项未填报，整项即为未填报。

写法::

    rule:
      kind: checklist
      parts:
        - {code: hearing, name: 公众参与}
        - {code: experts, name: 专家论证}
        - {code: risk, name: 风险评估, points: 0.2}   # points 可不写
        - {field: counsel}                             # 已有的“是／否”填报项，如上级组的共用数据
        - {code: leaked, name: 发生泄密, points: -0.5}  # 负数：填“是”扣 0.5 分
      each_missing: 0.1
      floor: 0                                       # 可不写

算例：三项缺一项，每缺一项扣 0.1 分，分值 0.5 分。

>>> parts = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}, {"code": "c", "name": "丙"}]
>>> rule = Checklist.from_data({"parts": parts, "each_missing": 0.1}, 0.5)
>>> one, mixed = np.array([1.0, 1.0]), np.array([0.0, np.nan])
>>> rule.score(Inputs(np.full(2, np.nan), {"a": one, "b": one, "c": mixed}))
array([0.4, nan])

具备一项得 1 分，发生泄密的扣 2 分，分值 3 分：

>>> parts = [{"code": "a", "name": "甲"}, {"code": "leaked", "name": "发生泄密", "points": -2}]
>>> rule = Checklist.from_data({"parts": parts, "each_met": 1}, 3)
>>> rule.score(Inputs(np.full(2, np.nan), {"a": np.array([1.0, 1.0]), "leaked": np.array([0.0, 1.0])}))
array([1., 0.])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Chosen, Phrases, patterns
from lawgov_score.rounding import FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled, weighted_sum
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import (
    FLOOR,
    NOT_REPEATED,
    Sign,
    contradiction,
    field_code,
    floor_faults,
    points_key,
    points_of,
    text,
)
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
_ALSO_OFF = Words(
    "另有 {n} 项填“是”的扣分：{parts:list}，{floor}", 'off where the answer is "yes": {parts:list}, {floor}'
)
_NOT_BELOW = Words("合计不低于 0 分", "never below nothing")
_THEN = Words("{met}{off}。", "{met} Points {off}.")
_REASON_MISSING = Words(
    "缺 {n} 项：{parts:list}，{less}",
    "{n} missing: {parts:list}; {less}",
)
_REASON_OFF = Words(
    "有 {m} 项填“是”：{off:list}，{less}",
    '{m} answered "yes": {off:list}; {less}',
)
_REASON_BOTH = Words(
    "缺 {n} 项：{parts:list}；有 {m} 项填“是”：{off:list}，{less}",
    '{n} missing: {parts:list}; {m} answered "yes": {off:list}; {less}',
)
_MET = Words(
    "{all} 项中具备 {met} 项，缺 {n} 项：{parts:list}",
    "{met} of {all} met, {n} missing: {parts:list}",
)
_ALL = Words("{all} 项均具备", "all {all} met")
_REASON_MET = Words("{met}，{gives}", "{met}: {gives}")
_REASON_MET_OFF = Words(
    "{met}；有 {m} 项填“是”：{off:list}，合计 {sum:points} 分，{gives}",
    '{met}; {m} answered "yes": {off:list}; {sum:points} in all: {gives}',
)
_REASON_MET_BELOW = Words(
    "{met}；有 {m} 项填“是”：{off:list}，合计 {sum:points} 分，不计负分，{gives}",
    '{met}; {m} answered "yes": {off:list}; {sum:points} in all, which counts as nothing: {gives}',
)


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
                        "field": field_code("已有的填报项", "本指标或上级组的“是／否”填报项的编码，不另问"),
                        "points": points_key(
                            "该项的分", "分量与其他项不同时才写；负数：不该发生的事，填“是”扣分", Sign.ANY
                        ),
                    },
                    "required": [],
                    "oneOf": [
                        {"required": ["code", "name"], "not": {"required": ["field"]}},
                        {"required": ["field"], "not": {"anyOf": [{"required": ["code"]}, {"required": ["name"]}]}},
                    ],
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
    names: tuple[str, ...]  # empty for a part that is a field declared elsewhere: it has that field's name
    worths: tuple[float, ...]  # below 0: taken off where the answer is yes
    deducts: bool  # are missing parts deducted, or met ones added up?
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        deducts = "each_missing" in data
        each = data["each_missing" if deducts else "each_met"]
        return cls(
            points,
            tuple(part.get("code") or part["field"] for part in data["parts"]),
            tuple(part.get("name", "") for part in data["parts"]),
            tuple(points_of(part.get("points", each), points) for part in data["parts"]),
            deducts,
            points_of(data.get("floor", 0), points),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """A yes or no for each part that no field elsewhere asks."""
        parts = zip(self.codes, self.names, strict=True)
        return tuple(Field(code, name, FieldType.YES_NO) for code, name in parts if name)

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
        """Yes: every part in place adds points (those taken off for are no reason to call more worse)."""
        return True

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor, or zero, to the indicator's points or the sum of the parts."""
        if self.deducts:
            return self.floor, self.points
        return 0.0, min(self.points, round(sum(worth for worth in self.worths if worth > 0), 9))

    def is_most_at_nothing(self, value: float) -> bool:
        """No: it gives points for what is in place, and the meaning of the tree's own words is not known."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Parts that share a code or name, or are worth nothing; none to be in place; a floor not below the points."""
        for i, (code, name) in enumerate(zip(self.codes, self.names, strict=True)):
            if code in self.codes[:i]:
                yield contradiction(("parts", i, "code" if name else "field"), code, NOT_REPEATED)
            if name and name in self.names[:i]:
                yield contradiction(("parts", i, "name"), name, NOT_REPEATED)
            if self.worths[i] == 0:
                words = Words("大于 0；填“是”扣分的写负数", 'above 0; below 0 where a "yes" takes points off')
                yield contradiction(("parts", i, "points"), 0, words)
        if max(self.worths) < 0:
            words = Words(
                "至少一项不是负数；只有扣分的，写 kind: deduction",
                "at least one part that is not negative; where all take points off, kind: deduction",
            )
            yield contradiction(("parts",), min(self.worths), words)
        if self.deducts:
            yield from floor_faults(self.floor, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        answers = [inputs.answers[code] for code in self.codes]
        if self.deducts:
            lost = weighted_sum(self._against(answers), self._sizes)
            return settled(np.maximum(self.points - lost, self.floor), answers)
        met = weighted_sum(answers, self.worths)
        return settled(np.minimum(np.maximum(met, 0.0), self.points), answers)

    def formula(self, cells: Cells) -> str:
        """Weighted sum of the yes (1) and no (0) cells."""
        answers = [cells.answers[code] for code in self.codes]
        points = sheet.number(self.points)
        if self.deducts:
            against = [
                f"(1-{answer})" if worth > 0 else answer for answer, worth in zip(answers, self.worths, strict=True)
            ]
            inner = f"MAX({points}-{sheet.weighted_sum(against, self._sizes)},{sheet.number(self.floor)})"
        else:
            met = sheet.weighted_sum(answers, self.worths)
            inner = f"MIN({f'MAX({met},0)' if min(self.worths) < 0 else met},{points})"
        return sheet.unless_missing(answers, sheet.dust_free(inner))

    def standard(self, terms: Terms) -> Phrase:
        """共 5 项：……。齐全得 0.5 分，每缺 1 项扣 0.1 分，扣完为止."""
        is_uniform, listed = self._is_uniform, self._listed(terms)
        parts = tuple(listed[i] for i in self._wanted)
        off = tuple(one for i, one in enumerate(listed) if i not in self._wanted)
        words = (
            (_ALL_MISSING if is_uniform else _OWN_MISSING) if self.deducts else (_ALL_MET if is_uniform else _OWN_MET)
        )
        floor = floor_words(self.floor)
        if off and self.deducts:
            floor = _ALSO_OFF(n=len(off), parts=off, floor=floor)
        each = self.worths[self._wanted[0]]
        told = words(n=len(parts), parts=parts, points=self.points, each=each, floor=floor)
        if off and not self.deducts:
            return _THEN(met=told, off=_ALSO_OFF(n=len(off), parts=off, floor=_NOT_BELOW()))
        return told

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """缺 2 项：专家论证、风险评估，应扣 0.2 分，得 0.3 分（满分 0.5 分）."""
        answers = [rows.answers[code] for code in self.codes]
        which, found = patterns([against == 1 for against in self._against(answers)], len(rows.score))
        tell = self._missing if self.deducts else self._met
        reasons = tuple(tell(tuple(i for i, is_against in enumerate(one) if is_against), rows, terms) for one in found)
        return unless_trivial(rows, self.points, Chosen(which, reasons), terms)

    def _missing(self, against: tuple[int, ...], rows: Rows, terms: Terms) -> Phrase:
        """``against``: the parts for which points are taken off."""
        missing, off = self._told_apart(against, terms)
        words = _REASON_MISSING if not off else _REASON_BOTH if missing else _REASON_OFF
        due = np.full(len(rows.score), sum(self._sizes[i] for i in against))
        left = less(self.points, due, self.floor, rows.score, terms)
        return words(n=len(missing), parts=missing, m=len(off), off=off, less=left)

    def _met(self, against: tuple[int, ...], rows: Rows, terms: Terms) -> Phrase:
        """``against``: the parts that are missing, and those for which points are taken off."""
        missing, off = self._told_apart(against, terms)
        exact = self.score(Inputs(rows.value, rows.answers))
        number, given = len(self._wanted), gives_of(rows.score, self.points, terms, exact=exact)
        met = (
            _MET(all=number, met=number - len(missing), n=len(missing), parts=missing) if missing else _ALL(all=number)
        )
        if not off:
            return _REASON_MET(met=met, gives=given)
        counted = [worth for i, worth in enumerate(self.worths) if (i in self._wanted) is not (i in against)]
        total = float(without_dust(np.array([sum(counted)]))[0])
        words = _REASON_MET_BELOW if total < 0 else _REASON_MET_OFF
        return words(met=met, m=len(off), off=off, sum=total, gives=given)

    def _told_apart(
        self, against: tuple[int, ...], terms: Terms
    ) -> tuple[tuple[str | Words | Phrase, ...], tuple[str | Words | Phrase, ...]]:
        listed = self._listed(terms)
        return tuple(listed[i] for i in against if i in self._wanted), tuple(
            listed[i] for i in against if i not in self._wanted
        )

    def _against(self, answers: list[FloatArray]) -> list[FloatArray]:
        """1 where an answer takes points off, (units,) each: a no; of a part below 0 a yes."""
        return [1 - one if worth > 0 else one for one, worth in zip(answers, self.worths, strict=True)]

    @property
    def _sizes(self) -> tuple[float, ...]:
        return tuple(abs(worth) for worth in self.worths)

    @property
    def _wanted(self) -> tuple[int, ...]:
        """The parts that should be in place."""
        return tuple(i for i, worth in enumerate(self.worths) if worth > 0)

    @property
    def _is_uniform(self) -> bool:
        return len({self.worths[i] for i in self._wanted}) == 1

    def _listed(self, terms: Terms) -> tuple[str | Words | Phrase, ...]:
        """The parts as a list has them: quoted where a name has a 、 of its own, with points where these differ."""
        names: tuple[str | Words | Phrase, ...] = tuple(
            name or terms.fields[code].name for code, name in zip(self.codes, self.names, strict=True)
        )
        if any(isinstance(name, str) and set(name) & {"、", "，", "；"} for name in names):
            names = tuple(_QUOTED(name=name) for name in names)
        return tuple(
            name if worth > 0 and self._is_uniform else _OWN(name=name, points=abs(worth))
            for name, worth in zip(names, self.worths, strict=True)
        )

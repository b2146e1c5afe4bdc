"""满意度测评（rating）：按各档票数算出指数，再按指数计分。

何时用：评分标准写成“满意 100、基本满意 80、一般 60、不满意 0，满意度达到 98 得满分，每低 1 扣 0.1 分”。

各档的票数由这种计分自己问；指数 = Σ（分量 × 票数）÷ 总票数，一票也没有的作未填报处理。写了 ``step`` 和 ``each`` 的，
每低于 ``full_at`` 一步扣分；都不写的，按指数占 ``full_at`` 的比例得分。

写法::

    rule:
      kind: rating
      asks: 群众满意度测评
      levels:
        - {code: good, name: 满意, worth: 100}
        - {code: fair, name: 基本满意, worth: 80}
        - {code: bad, name: 不满意, worth: 0}
      full_at: 98            # 可不写，默认 100
      step: 1                # 与 each 同写，或都不写
      each: 0.1
      steps: linear          # 可不写
      floor: 0               # 可不写

算例：满意 90 票、基本满意 10 票，指数 98。

>>> levels = [{"code": "good", "name": "满意", "worth": 100}, {"code": "fair", "name": "基本满意", "worth": 80}]
>>> rule = Rating.from_data({"asks": "满意度", "levels": levels, "step": 1, "each": 0.1}, 1.5)
>>> votes = {"good": np.array([90.0, 0.0]), "fair": np.array([10.0, 0.0])}
>>> rule.score(Inputs(np.full(2, np.nan), votes))
array([1.3, nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled, weighted_sum
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import (
    FLOOR,
    Sign,
    alike,
    contradiction,
    field_code,
    floor_faults,
    one_of,
    points_key,
    points_of,
    repeated,
    text,
)
from lawgov_score.rules.keys import quantity as quantity_key
from lawgov_score.rules.phrases import before_word, figure, floor_words, step, usual
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Row, Term, Terms
from lawgov_score.rules.steps import TITLE, Steps, count_steps, steps_formula, steps_words
from lawgov_score.wording import Phrase, Quantity, Words

_VOTES = "票"  # a unit of measurement is data, as those in a tree are
_STANDARD_STEPS = Words(
    "{asks}：{levels:list}，按票数加权平均得指数；指数达到 {full} 得 {points:points} 分，"
    "每低 {step}扣 {each:points} 分，{mode}，{floor}。",
    "{asks}: {levels:list}, averaged over the votes; {points:points} points at an index of {full} or more, "
    "{each:points} off for every {step} below it, {mode}, {floor}.",
)
_STANDARD_SHARE = Words(
    "{asks}：{levels:list}，按票数加权平均得指数；指数达到 {full} 得 {points:points} 分，"
    "未达到的按所占比例得分（{points:points} × 指数 ÷ {full}）。",
    "{asks}: {levels:list}, averaged over the votes; {points:points} points at an index of {full} or more, "
    "below it in proportion.",
)
_LEVEL = Words("{name} {worth}", "{name} {worth}")
_REASON = Words(
    "{asks}指数 {index}（{votes} 票），低于 {full}，{taken}",
    "{asks}: the index of {votes} votes is {index}, below {full}: {taken}",
)
_SHARE = Words(
    "得 {points:points} × {index} ÷ {full} = {score:points} 分",
    "{points:points} × {index} ÷ {full} = {score:points} points",
)
_TAKEN = Words(
    "{points:points} − {n:points} × {each:points} = {score:points} 分",
    "{points:points} − {n:points} × {each:points} = {score:points} points",
)
_AT_FLOOR = Words(
    "应扣 {n:points} × {each:points} 分，{floor}，得 {score:points} 分",
    "{n:points} × {each:points} to take off, {floor}: {score:points} points",
)


@dataclass(frozen=True, slots=True)
class Rating:
    """Points by the weighted mean of votes."""

    KIND: ClassVar[str] = "rating"
    NAME: ClassVar[str] = "满意度测评"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "asks": text("测评名称", "测评的是什么，如“群众满意度测评”"),
            "levels": {
                "title": "档次",
                "description": "从最好的一档写起，每档成为一个票数填报项",
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "properties": {
                        "code": field_code("编码", "英文小写、数字、下划线"),
                        "name": text("名称", "如“基本满意”"),
                        "worth": quantity_key("分量", "一票计多少，如 100、80、60、0"),
                    },
                    "required": ["code", "name", "worth"],
                    "additionalProperties": False,
                },
            },
            "full_at": quantity_key("满分指数", "指数达到它得满分", Sign.POSITIVE, default=100),
            "step": quantity_key("每一步", "指数每低多少算一步", Sign.POSITIVE),
            "each": points_key("每步扣分", "每低一步扣多少", Sign.POSITIVE),
            "steps": one_of(TITLE, "floor 不扣，linear 按比例扣，ceil 按一步扣", tuple(Steps), default="linear"),
            "floor": FLOOR,
        },
        "required": ["asks", "levels"],
        "dependentRequired": {"step": ["each"], "each": ["step"], "steps": ["step"], "floor": ["step"]},
    }
    RELATIVE: ClassVar[bool] = False

    points: float
    asks: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    worths: tuple[Quantity, ...]
    full_at: Quantity
    step: Quantity | None = None
    each: float = 0.0
    steps: Steps = Steps.LINEAR
    floor: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        worths = {f"worth {i}": level["worth"] for i, level in enumerate(data["levels"])}
        marks = alike(full_at=data.get("full_at", 100), step=data.get("step"), **worths)
        return cls(
            points,
            data["asks"],
            tuple(level["code"] for level in data["levels"]),
            tuple(level["name"] for level in data["levels"]),
            tuple(marks[name] for name in worths),
            marks["full_at"],
            marks.get("step"),
            points_of(data.get("each", 0), points),
            Steps(data.get("steps", Steps.LINEAR)),
            points_of(data.get("floor", 0), points),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The votes of each level."""
        return tuple(
            Field(code, f"{self.asks}：{name}", FieldType.COUNT, _VOTES, at_least=0.0)
            for code, name in zip(self.codes, self.names, strict=True)
        )

    @property
    def reads(self) -> tuple[str, ...]:
        """The votes."""
        return self.codes

    @property
    def takes_value(self) -> bool:
        """No: it asks by itself."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A count."""
        return frozenset({FieldType.COUNT})

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor, or nothing, to the indicator's points."""
        return self.floor if self.step else 0.0, self.points

    def faults(self) -> Iterator[Fault]:
        """Levels out of order or alike; full points that no vote can reach; a floor that is no floor."""
        yield from repeated(self.codes, "levels", "code")
        yield from repeated(self.names, "levels", "name")
        for i, (above, below) in enumerate(pairwise(self.worths), start=1):
            if below.number > above.number:  # two levels may count alike: 满意率 counts several as satisfied
                yield Fault(("levels", i, "worth"), Code.T203, {"above": above, "found": below})
        best = max(self.worths, key=lambda worth: worth.number)
        if self.full_at.number > best.number:
            words = Words("不高于最好一档的分量 {best}", "no more than the best level's {best}")
            yield contradiction(("full_at",), self.full_at, words, best=best)
        if self.step is not None:
            yield from floor_faults(self.floor, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        votes = [inputs.answers[code] for code in self.codes]
        index = self._index(votes)
        if self.step is None:
            points = self.points * np.clip(index / self.full_at.number, 0.0, 1.0)
        else:
            lost = self.each * count_steps(self.full_at.number - index, self.step.number, self.steps)
            points = np.maximum(self.points - lost, self.floor)
        return settled(points, [*votes, index])

    def formula(self, cells: Cells) -> str:
        """The weighted mean, used as the value."""
        votes = [cells.answers[code] for code in self.codes]
        total = f"({'+'.join(votes)})"
        mean = sheet.weighted_sum(votes, [worth.number for worth in self.worths])
        index, full = f"ROUND({mean}/{total},{VALUE_DECIMALS})", sheet.number(self.full_at.number)
        if self.step is None:
            inner = f"{sheet.number(self.points)}*MIN(MAX({index}/{full},0),1)"
        else:
            lost = f"{sheet.number(self.each)}*{steps_formula(f'{full}-{index}', self.step.number, self.steps)}"
            inner = f"MAX({sheet.number(self.points)}-{lost},{sheet.number(self.floor)})"
        return sheet.unless_missing(votes, f'IF({total}=0,"",{sheet.dust_free(inner)})')

    def standard(self, terms: Terms) -> Phrase:
        """群众满意度测评：满意 100、基本满意 80，按票数加权平均得指数；指数达到 98 得 1.5 分……"""
        levels = tuple(_LEVEL(name=n, worth=w) for n, w in zip(self.names, self.worths, strict=True))
        common = {"asks": self.asks, "levels": levels, "full": self.full_at, "points": self.points}
        if self.step is None:
            return _STANDARD_SHARE(**common)
        size = step(self.step, Term(self.asks))
        mode = steps_words(size, self.steps)
        return _STANDARD_STEPS(
            **common, step=before_word(size), each=self.each, mode=mode, floor=floor_words(self.floor)
        )

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """群众满意度测评指数 96.5（200 票），低于 98，1.5 − 1.5 × 0.1 = 1.35 分."""
        if found := usual(row, self.points):
            return found
        votes = [np.array([row.answers[code]]) for code in self.codes]
        index = float(self._index(votes)[0])
        shown = self.full_at.like(index)
        if self.step is None:
            taken = _SHARE(points=self.points, index=shown, full=self.full_at, score=row.score)
        else:
            gap = np.array([self.full_at.number - index])
            n = float(count_steps(gap, self.step.number, self.steps)[0])
            words = _AT_FLOOR if self.points - n * self.each < self.floor else _TAKEN
            taken = words(points=self.points, n=n, each=self.each, floor=floor_words(self.floor), score=row.score)
        return _REASON(
            asks=self.asks,
            index=figure(shown, Term(self.asks)),
            votes=float(np.sum(votes)),
            full=self.full_at,
            taken=taken,
        )

    def _index(self, votes: list[FloatArray]) -> FloatArray:
        """Σ worth · votes ÷ Σ votes, shape (units,); nan where nobody voted."""
        total = np.sum(votes, axis=0)
        weighted = weighted_sum(votes, [worth.number for worth in self.worths])
        mean = np.divide(weighted, total, out=np.full_like(total, np.nan), where=total > 0)
        return without_dust(mean, VALUE_DECIMALS)

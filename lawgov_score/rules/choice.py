"""按选项得分（choice）：选哪一项，得哪一项的分。

何时用：评分标准写成“全部落实得 3 分，部分落实得 2 分，未落实不得分”，或“省级 0.5 分、市级 0.3 分”。

这种计分自带一个填报项（编码 ``choice``），名称由 ``asks`` 给出，填报时从选项中选一个。

写法::

    rule:
      kind: choice
      asks: 落实情况
      options:
        - {option: 全部落实, score: 3}
        - {option: 部分落实, score: 2}
        - {option: 未落实, score: 0}

算例（填报值是选项的序号，从 0 起）：

>>> options = [{"option": "全部", "score": 3}, {"option": "部分", "score": 2}, {"option": "未", "score": 0}]
>>> rule = Choice.from_data({"asks": "落实情况", "options": options}, 3.0)
>>> nothing = np.full(4, np.nan)
>>> rule.score(Inputs(nothing, {"choice": np.array([0.0, 1.0, 2.0, np.nan])}))
array([ 3.,  2.,  0., nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from lawgov_score.rounding import FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import points_key, points_of, repeated, text, too_many_points
from lawgov_score.rules.phrases import nothing_or, usual
from lawgov_score.rules.rule import Cells, Data, Fault, Inputs, Row, Terms
from lawgov_score.wording import Phrase, Words

FIELD = "choice"
_STANDARD = Words("按{asks}计分：{options}。", "By {asks}: {options}.")
_OPTION = Words("“{option}”{score}", '"{option}": {score}')
_REASON = Words(
    "{asks}为“{option}”，{score}（满分 {points:points} 分）", '{asks}: "{option}", {score} (of {points:points})'
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The points of the option chosen."""

    KIND: ClassVar[str] = "choice"
    NAME: ClassVar[str] = "按选项得分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "asks": text("填报项名称", "问的是什么，如“落实情况”"),
            "options": {
                "title": "选项",
                "description": "可选的各项及其得分",
                "type": "array",
                "minItems": 2,
                "items": {
                    "type": "object",
                    "properties": {
                        "option": text("选项", "选项的文字，如“省级”"),
                        "score": points_key("得分", "选它得多少分"),
                    },
                    "required": ["option", "score"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["asks", "options"],
    }
    RELATIVE: ClassVar[bool] = False

    points: float
    asks: str
    options: tuple[str, ...]
    scores: tuple[float, ...]

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(
            points,
            data["asks"],
            tuple(part["option"] for part in data["options"]),
            tuple(points_of(part["score"], points) for part in data["options"]),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The choice itself."""
        return (Field(FIELD, self.asks, FieldType.CHOICE, choices=self.options),)

    @property
    def reads(self) -> tuple[str, ...]:
        """The choice."""
        return (FIELD,)

    @property
    def takes_value(self) -> bool:
        """No: it asks by itself."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A choice."""
        return frozenset({FieldType.CHOICE})

    @property
    def bounds(self) -> tuple[float, float]:
        """The worst and the best option."""
        return min(self.scores), max(self.scores)

    def faults(self) -> Iterator[Fault]:
        """Options with one name, or worth more than the indicator."""
        yield from repeated(self.options, "options", "option")
        for i, score in enumerate(self.scores):
            yield from too_many_points(("options", i, "score"), score, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        chosen = inputs.answers[FIELD]
        place = np.where(np.isnan(chosen), 0, chosen).astype(np.intp)
        return settled(np.take(np.array(self.scores), place), [chosen])

    def formula(self, cells: Cells) -> str:
        """One IF inside the other; the last option needs none."""
        cell = cells.answers[FIELD]
        ladder = sheet.number(self.scores[-1])
        for i in range(len(self.scores) - 2, -1, -1):
            ladder = f"IF({cell}={i},{sheet.number(self.scores[i])},{ladder})"
        return sheet.unless_missing([cell], ladder)

    def standard(self, terms: Terms) -> Phrase:
        """按落实情况计分：“全部落实”得 3 分；“部分落实”得 2 分；“未落实”不得分."""
        options = tuple(
            _OPTION(option=option, score=nothing_or(score))
            for option, score in zip(self.options, self.scores, strict=True)
        )
        return _STANDARD(asks=self.asks, options=options)

    def reason(self, row: Row, terms: Terms) -> Phrase:
        """落实情况为“部分落实”，得 2 分（满分 3 分）."""
        if found := usual(row, self.points):
            return found
        option = self.options[int(row.answers[FIELD])]
        return _REASON(asks=self.asks, option=option, score=nothing_or(row.score), points=self.points)

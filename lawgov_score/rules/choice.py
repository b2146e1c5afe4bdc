"""按选项得分（choice）：选哪一项，得哪一项的分。

何时用：评分标准写成“全部落实得 3 分，部分落实得 2 分，未落实不得分”，或“省级 0.5 分、市级 0.3 分”。

这种计分自带一个填报项（编码 ``choice``），名称由 ``asks`` 给出，填报时从选项中选一个。选了就不该计分的选项
不写 ``score``，写 ``counts_as``：``not_applicable`` 本项不适用（“本年度没有此类事项”），``missing`` 按未填报处理
（“无资料”）。

写法::

    rule:
      kind: choice
      asks: 落实情况
      options:
        - {option: 全部落实, score: 3}
        - {option: 部分落实, score: 2}
        - {option: 未落实, score: 0}
        - {option: 本年度无此任务, counts_as: not_applicable}   # 可不写

许多指标用同一套选项的，在 tree.yaml 里写一次 ``scales: {extent: [{option: 全部落实, score: 100%}, …]}``，这里只写
``options: extent``。

算例（填报值是选项的序号，从 0 起）：

>>> options = [{"option": "全部", "score": 3}, {"option": "部分", "score": 2}, {"option": "未", "score": 0}]
>>> rule = Choice.from_data({"asks": "落实情况", "options": options}, 3.0)
>>> nothing = np.full(4, np.nan)
>>> rule.score(Inputs(nothing, {"choice": np.array([0.0, 1.0, 2.0, np.nan])}))
array([ 3.,  2.,  0., nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Chosen, Phrases
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.keys import contradiction, one_of, points_key, points_of, repeated, text, too_many_points
from lawgov_score.rules.outcomes import gives_of, unless_trivial
from lawgov_score.rules.phrases import nothing_or
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words

FIELD = "choice"
_STANDARD = Words("按{asks}计分：{options}。", "By {asks}: {options}.")
_OPTION = Words("“{option}”{score}", '"{option}": {score}')
_REASON = Words("{asks}为“{option}”，{gives}", '{asks}: "{option}", {gives}')
_CHOSEN = Words("{asks}为“{option}”，{what}", '{asks}: "{option}", {what}')


class CountsAs(StrEnum):
    """How an option without a score counts."""

    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


_COUNTS_AS = {
    CountsAs.NOT_APPLICABLE: Words("本项不适用", "does not apply"),
    CountsAs.MISSING: Words("按未填报处理", "counts as not answered"),
}


@dataclass(frozen=True, slots=True)
class Choice(ColumnWise):
    """The points of the option chosen."""

    KIND: ClassVar[str] = "choice"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
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
                        "counts_as": one_of(
                            "视同", "代替得分：not_applicable 本项不适用，missing 按未填报处理", tuple(CountsAs)
                        ),
                    },
                    "required": ["option"],
                    "oneOf": [{"required": ["score"]}, {"required": ["counts_as"]}],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["asks", "options"],
    }

    points: float
    asks: str
    options: tuple[str, ...]
    scores: tuple[float, ...]  # nan where an option counts as something else
    counts_as: tuple[CountsAs | None, ...]

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(
            points,
            data["asks"],
            tuple(part["option"] for part in data["options"]),
            tuple(points_of(part["score"], points) if "score" in part else float("nan") for part in data["options"]),
            tuple(CountsAs(part["counts_as"]) if "counts_as" in part else None for part in data["options"]),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The choice itself."""
        missing = tuple(i for i, what in enumerate(self.counts_as) if what is CountsAs.MISSING)
        return (Field(FIELD, self.asks, FieldType.CHOICE, choices=self.options, missing_choices=missing),)

    @property
    def reads(self) -> tuple[str, ...]:
        """The choice."""
        return (FIELD,)

    @property
    def takes_value(self) -> bool:
        """No: it brings its own field."""
        return False

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A choice."""
        return frozenset({FieldType.CHOICE})

    @property
    def rises(self) -> bool | None:
        """None: options are in an order of their own."""
        return None

    @property
    def bounds(self) -> tuple[float, float]:
        """The worst and the best option."""
        scored = [score for score in self.scores if not isnan(score)] or [0.0]
        return min(scored), max(scored)

    @property
    def levels(self) -> tuple[float, ...]:
        """What the options are worth."""
        return tuple(sorted({score for score in self.scores if not isnan(score)}))

    def is_most_at_nothing(self, value: float) -> bool:
        """No: the meaning of the tree's own options is not known."""
        return False

    def faults(self) -> Iterator[Fault]:
        """Options that share a name, or are worth more than the indicator; no option that scores."""
        yield from repeated(self.options, "options", "option")
        if all(isnan(score) for score in self.scores):
            words = Words("至少一个选项写 score", "a score for one option at least")
            yield contradiction(("options",), "counts_as", words)
        for i, score in enumerate(self.scores):
            yield from too_many_points(("options", i, "score"), score, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        chosen = inputs.answers[FIELD]
        place = np.where(np.isnan(chosen), 0, chosen).astype(np.intp)
        return settled(np.take(np.array(self.scores), place), [chosen])

    @property
    def leaving(self) -> tuple[str, ...]:
        """The options that count as not applicable."""
        what = zip(self.options, self.counts_as, strict=True)
        return tuple(option for option, counts_as in what if counts_as is CountsAs.NOT_APPLICABLE)

    def leaves(self, inputs: Inputs) -> BoolArray:
        """(units,): who chose an option that counts as not applicable."""
        chosen = inputs.answers[FIELD]
        numbers = [i for i, what in enumerate(self.counts_as) if what is CountsAs.NOT_APPLICABLE]
        return np.isin(chosen, numbers)

    def formula(self, cells: Cells) -> str:
        """One IF inside the other; the last option needs none."""
        cell = cells.answers[FIELD]
        points = ['""' if isnan(score) else sheet.number(score) for score in self.scores]
        ladder = points[-1]
        for i in range(len(points) - 2, -1, -1):
            ladder = f"IF({cell}={i},{points[i]},{ladder})"
        return sheet.unless_missing([cell], ladder)

    def standard(self, terms: Terms) -> Phrase:
        """按落实情况计分：“全部落实”得 3 分；“部分落实”得 2 分；“未落实”不得分."""
        options = tuple(
            _OPTION(
                option=option,
                score=nothing_or(score, is_taken_off=terms.is_taken_off) if what is None else _COUNTS_AS[what](),
            )
            for option, score, what in zip(self.options, self.scores, self.counts_as, strict=True)
        )
        return _STANDARD(asks=self.asks, options=options)

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """落实情况为“部分落实”，得 2 分（满分 3 分）."""
        answer = rows.answers[FIELD]
        which = np.where(np.isnan(answer), len(self.options), answer).astype(np.intp)
        reasons: list[Phrases] = []
        for option, worth, what in zip(self.options, self.scores, self.counts_as, strict=True):
            if what is None:
                given = gives_of(rows.score, self.points, terms, exact=np.full(len(rows.score), worth))
                reason = _REASON(asks=self.asks, option=option, gives=given)
                reasons.append(unless_trivial(rows, self.points, reason, terms))
            else:
                reasons.append(_CHOSEN(asks=self.asks, option=option, what=_COUNTS_AS[what]()))
        return Chosen(which, (*reasons, unless_trivial(rows, self.points, None, terms)))

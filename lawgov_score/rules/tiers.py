"""分档计分（tiers）：指标值达到哪一档，就得哪一档的分。

何时用：评分标准写成“优秀率 50% 以上得 1 分，30% 以上得 0.7 分……”。恰好等于界限的，算达到。

越大越好的写 ``at_least``（达到，含本数）或 ``above``（超过，不含本数），从高到低排；越小越好的写 ``at_most``
（不超过，含本数）或 ``below``（低于，不含本数），从低到高排。都不满足的得 ``otherwise``。
各档的得分（连同 ``otherwise``）要么逐档递减，要么逐档递增；递增的是“1 最好、7 最差”一类的反向等级，
须写明 ``otherwise``。

写法::

    rule:
      kind: tiers
      tiers:
        - {at_least: 50%, score: 1}
        - {at_least: 30%, score: 0.7}
      otherwise: 0                    # 可不写

    rule:
      kind: tiers
      tiers: [{above: 90%, score: 2}, {at_least: 60%, score: 1}]   # 超过 90% 得 2 分，60% 至 90%（均含）得 1 分

    rule:
      kind: tiers
      tiers: [{below: 2026-02-01, score: 2}, {at_most: 2026-03-31, score: 1}]   # 日期项；始终未报送的属其余

算例：

>>> tiers = [{"at_least": "50%", "score": 1}, {"at_least": "30%", "score": 0.7}]
>>> rule = Tiers.from_data({"tiers": tiers}, 1.0)
>>> rule.score(Inputs(np.array([0.565, 0.30, 0.1, np.nan])))
array([1. , 0.7, 0. , nan])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import LINES, is_lower_end, is_strict
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import as_alike, contradiction, mixed, points_key, points_of, too_many_points
from lawgov_score.rules.lines import claim, day_faults, holds, line_keys, missed, reached
from lawgov_score.rules.outcomes import figures_beside, gives_of, unless_trivial
from lawgov_score.rules.phrases import NEVER, NOT_CAME, before_word, figure, nothing_or
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import EACH, MEASURED, Cells, ColumnWise, Data, Fault, Inputs, Path, Terms
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD = Words("按{value}分档计分：{bands}；其余{otherwise}。", "By {value}: {bands}; otherwise {otherwise}.")
_REACHED = Words("{line}{score}", "{score} at {line}")
_MISSED = Words("{name} {value}，{line}，{gives}", "{name} {value} is {line}: {gives}")
_BEST = Words(
    "{name} {value}，属最好一档（{reached}），{gives}",
    "{name} {value} is in the best band ({reached}): {gives}",
)
_BAND = Words(
    "{name} {value}，属“{reached}”一档，{gives}",
    '{name} {value} is in the band "{reached}": {gives}',
)


@dataclass(frozen=True, slots=True)
class Tiers(ColumnWise):
    """The points of the best band reached."""

    KIND: ClassVar[str] = "tiers"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    NAME: ClassVar[str] = "分档计分"
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "tiers": {
                "title": "档次",
                "description": "从最好的一档写起",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        **line_keys("属这一档"),
                        "score": points_key("得分", "这一档得多少分"),
                    },
                    "required": ["score"],
                    "oneOf": [{"required": [key]} for key in LINES],
                    "additionalProperties": False,
                },
            },
            "otherwise": points_key("其余得分", "哪一档也不到的得多少分", default=0),
        },
        "required": ["tiers"],
    }
    THRESHOLDS: ClassVar[tuple[Path, ...]] = tuple(("tiers", EACH, key) for key in LINES)

    points: float
    marks: tuple[Quantity, ...]
    keys: tuple[str, ...]  # at_least, above, at_most or below, as each band was written
    scores: tuple[float, ...]
    otherwise: float = 0.0

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        keys = tuple(next(key for key in LINES if key in band) for band in data["tiers"])
        return cls(
            points,
            as_alike(band[key] for band, key in zip(data["tiers"], keys, strict=True)),
            keys,
            tuple(points_of(band["score"], points) for band in data["tiers"]),
            points_of(data.get("otherwise", 0), points),
        )

    @property
    def field_types(self) -> frozenset[FieldType]:
        """A date where the bands are days, otherwise anything measured."""
        return frozenset({FieldType.DATE}) if self.marks[0].is_day else MEASURED

    @property
    def rises(self) -> bool | None:
        """True if the bands have lower ends and the first scores more than ``otherwise``, or upper ends and less."""
        return self._rises is (self.scores[0] > self.otherwise)

    @property
    def bounds(self) -> tuple[float, float]:
        """The worst and the best band."""
        return self.levels[0], self.levels[-1]

    @property
    def levels(self) -> tuple[float, ...]:
        """What the bands and the rest are worth."""
        return tuple(sorted({*self.scores, self.otherwise}))

    def faults(self) -> Iterator[Fault]:
        """Bands out of order or of both kinds; points that do not follow the order, or exceed the indicator's."""
        marks: dict[Path, Quantity] = {
            ("tiers", i, key): mark for i, (key, mark) in enumerate(zip(self.keys, self.marks, strict=True))
        }
        yield from mixed(marks)
        days = list(day_faults(marks))
        yield from days
        if days:
            return
        for i, key in enumerate(self.keys):
            if is_lower_end(key) != self._rises:
                words = Words("各档都写 {key} 或 {strict}", "{key} or {strict} in every band")
                own = ("at_least", "above") if self._rises else ("at_most", "below")
                yield contradiction(("tiers", i, key), key, words, key=own[0], strict=own[1])
        for i, (above, below) in enumerate(pairwise(self.marks), start=1):
            is_in_order = below.number < above.number if self._rises else below.number > above.number
            # 超过 90% before 达到 90%: the line itself is left for the second.
            is_the_line = below.number == above.number and is_strict(self.keys[i - 1]) and not is_strict(self.keys[i])
            if is_lower_end(self.keys[i]) is is_lower_end(self.keys[i - 1]) and not (is_in_order or is_the_line):
                yield Fault(("tiers", i, self.keys[i]), Code.T203, {"above": above, "found": below})
        words = Words("低于上一档的 {above:points} 分", "below the {above:points} of the band before")
        if not self._falls:
            words = Words("高于上一档的 {above:points} 分", "above the {above:points} of the band before")
        paths: list[tuple[str | int, ...]] = [("tiers", i, "score") for i in range(len(self.scores))]
        steps = pairwise(zip([*paths, ("otherwise",)], [*self.scores, self.otherwise], strict=True))
        for (_, before), (path, score) in steps:
            if not (score < before if self._falls else score > before):
                yield contradiction(path, score, words, above=before)
        for i, score in enumerate(self.scores):
            yield from too_many_points(("tiers", i, "score"), score, self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        return settled(np.select(self._reached(inputs.value), self.scores, self.otherwise), [inputs.value])

    def formula(self, cells: Cells) -> str:
        """One IF inside the other, the best band outermost."""
        ladder = sheet.number(self.otherwise)
        for key, mark, score in reversed(tuple(zip(self.keys, self.marks, self.scores, strict=True))):
            ladder = f"IF({claim(key, cells.value, mark)},{sheet.number(score)},{ladder})"
        if self.marks[0].is_day:  # a text says that it never came
            ladder = f"IF(ISNUMBER({cells.value}),{ladder},{sheet.number(self.otherwise)})"
            return sheet.unless_blank([cells.value], ladder)
        return sheet.unless_missing([cells.value], ladder)

    def standard(self, terms: Terms) -> Phrase:
        """按优秀率分档计分：达到 50% 得 1 分；达到 30% 得 0.7 分；其余不得分."""
        bands = tuple(
            _REACHED(
                line=reached(key, mark, before_word(figure(mark, terms.value))),
                score=nothing_or(score, is_taken_off=terms.is_taken_off),
            )
            for key, mark, score in zip(self.keys, self.marks, self.scores, strict=True)
        )
        return _STANDARD(
            value=terms.value.name, bands=bands, otherwise=nothing_or(self.otherwise, is_taken_off=terms.is_taken_off)
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """优秀率 45%，未达到 50%，得 0.7 分（满分 1 分）."""
        beside = figures_beside(
            [rows.value], terms.value, self.marks, rows.score, lambda shown, _: self.score(Inputs(shown[0]))
        )
        figures: dict[str, object] = {
            "name": terms.value.name,
            "value": figure(beside.shown[0], terms.value),
            "gives": gives_of(rows.score, self.points, terms, exact=self.score(Inputs(rows.value))),
        }
        is_in_band = self._reached(rows.value)
        bands_said = [(key, mark, figure(mark, terms.value)) for key, mark in zip(self.keys, self.marks, strict=True)]
        missed_lines, lines = ([said(*band) for band in bands_said] for said in (missed, reached))
        never = (
            np.isposinf(rows.value) & self.marks[0].is_day,
            NEVER(never=terms.value.never or NOT_CAME(), gives=figures["gives"]),
        )
        if not self._falls or terms.is_taken_off:  # bands that are no ladder of failures: the band itself is named
            bands: list[tuple[BoolArray, object]] = [
                (is_in, _BAND(**figures, reached=line)) for is_in, line in zip(is_in_band, lines, strict=True)
            ]
            rest = _MISSED(**figures, line=missed_lines[-1])
            return unless_trivial(rows, self.points, chosen(never, *bands, otherwise=rest), terms)
        short = [
            (~is_in, _MISSED(**figures, line=line))
            for is_in, line in zip(reversed(is_in_band), reversed(missed_lines), strict=True)
        ]
        best = _BEST(**figures, reached=lines[0])
        return unless_trivial(rows, self.points, chosen(never, *short, otherwise=best), terms)

    def _reached(self, value: FloatArray) -> list[BoolArray]:
        """(units,) for each band: is a value beyond its line? 达到 includes the line, 超过 does not."""
        return [holds(key, value, mark) for key, mark in zip(self.keys, self.marks, strict=True)]

    @property
    def _falls(self) -> bool:
        """Do the points fall from band to band? On a scale where less is better (1 to 7) they rise."""
        return self.scores[0] >= self.otherwise

    @property
    def _rises(self) -> bool:
        return is_lower_end(self.keys[0])

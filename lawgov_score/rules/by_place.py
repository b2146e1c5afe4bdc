"""按名次得分（by_place）：在同组排第几名，就得那一名的分。

何时用：评分标准写成“第 1 名得 10 分，第 2 名得 8 分，第 3 名得 5 分，其余不得分”，各名次之间的差不一样。每降一名扣同样
多分的，用 ``relative``（``against: place``）。写在上级指标的 ``rule`` 里，则按汇总后的得分排名。

``up_to`` 是这一档到第几名为止：``{up_to: 1}`` 是第 1 名，其后的 ``{up_to: 3}`` 是第 2 至 3 名。各档得分逐档递减，
都不在的得 ``otherwise``。并列的怎么计，必须写明：``ties: shared`` 同取较前名次的分，其后的名次空出（1、2、2、4）；
``ties: mean`` 平分所占各名次的分（两个单位并列第 2 名，各得第 2、3 名得分的平均数）。未填报的单位不排名，不占名次。

写法::

    rule:
      kind: by_place
      better: higher
      places:
        - {up_to: 1, score: 10}
        - {up_to: 2, score: 8}
        - {up_to: 3, score: 5}
      otherwise: 0                    # 可不写
      ties: shared

算例：

>>> places = [{"up_to": 1, "score": 10}, {"up_to": 2, "score": 8}, {"up_to": 3, "score": 5}]
>>> value = np.array([70.0, 90.0, 70.0, np.nan, 60.0])
>>> ByPlace.from_data({"better": "higher", "places": places, "ties": "shared"}, 10.0).score(Inputs(value))
array([ 8., 10.,  8., nan,  0.])
>>> ByPlace.from_data({"better": "higher", "places": places, "ties": "mean"}, 10.0).score(Inputs(value))
array([ 6.5, 10. ,  6.5,  nan,  0. ])
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isnan
from typing import ClassVar, Self

import numpy as np

from lawgov_score.measure.cohorts import ahead_and_level, of_places
from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import FloatArray, without_dust
from lawgov_score.rules import cells as sheet
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import BETTER, Better, contradiction, one_of, points_key, points_of, too_many_points
from lawgov_score.rules.outcomes import comes_to, figures_beside, gives_of, unaided, unless_trivial
from lawgov_score.rules.phrases import figure, nothing_or
from lawgov_score.rules.rows import Peers, Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.wording import Phrase, Words


class Shared(StrEnum):
    """What units get that share a place."""

    BETTER = "shared"
    MEAN = "mean"


_STANDARD = Words(
    "按{value}在同组{order}排名：{bands}；其余{otherwise}；{ties}。",
    "By the place of {value} in the cohort, {order} first: {bands}; the rest {otherwise}; {ties}.",
)
_ORDER = {Better.HIGHER: Words("从高到低", "highest"), Better.LOWER: Words("从低到高", "lowest")}
_ONE_PLACE = Words("第 {first} 名{score}", "place {first}: {score}")
_PLACES = Words("第 {first} 至 {last} 名{score}", "places {first} to {last}: {score}")
_TIES = {
    Shared.BETTER: Words("并列的同取较前名次的分", "ties all get what the better place gives"),
    Shared.MEAN: Words("并列的平分所占各名次的分", "ties share equally what the places they take up give"),
}
_PLACE = Words(
    "{name} {value}，居同组第 {place} 名（共 {n} 个单位），{sum}",
    "{name} {value}, place {place} of {n} in the cohort: {sum}",
)
_TIED = Words(
    "{name} {value}，并列居同组第 {place} 名（共 {n} 个单位），{sum}",
    "{name} {value}, tied at place {place} of {n} in the cohort: {sum}",
)
_DIVIDED = Words(
    "第 {place} 至 {last} 名的分合计 {whole:points} 分，由 {level} 个单位平分，{sum}",
    "places {place} to {last} give {whole:points} together, divided among {level} units: {sum}",
)
_SHARE = Words("{whole:points} ÷ {level} ", "{whole:points} ÷ {level} ")
_ALONE = Words("{name} {value}，与同组比较{gives}", "{name} {value}, compared within the cohort: {gives}")


@dataclass(frozen=True, slots=True)
class ByPlace(ColumnWise):
    """The points that the scheme prints for a unit's place in its cohort."""

    KIND: ClassVar[str] = "by_place"
    NAME: ClassVar[str] = "按名次得分"
    SAYS_TAKEN_OFF: ClassVar[bool] = True
    SCHEMA: ClassVar[Data] = {
        "properties": {
            "better": BETTER,
            "places": {
                "title": "名次",
                "description": "从第 1 名写起",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "up_to": {
                            "title": "到第几名",
                            "description": "这一档到第几名为止，如 1",
                            "type": "integer",
                            "minimum": 1,
                        },
                        "score": points_key("得分", "这一档的名次得多少分"),
                    },
                    "required": ["up_to", "score"],
                    "additionalProperties": False,
                },
            },
            "otherwise": points_key("其余得分", "名次都不在内的得多少分", default=0),
            "ties": one_of("并列", "shared 同取较前名次的分，mean 平分所占各名次的分", tuple(Shared)),
        },
        "required": ["better", "places", "ties"],
    }
    RELATIVE: ClassVar[bool] = True

    points: float
    better: Better
    last: tuple[int, ...]  # the last place of each band
    scores: tuple[float, ...]
    otherwise: float
    ties: Shared

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``."""
        return cls(
            points,
            Better(data["better"]),
            tuple(int(band["up_to"]) for band in data["places"]),
            tuple(points_of(band["score"], points) for band in data["places"]),
            points_of(data.get("otherwise", 0), points),
            Shared(data["ties"]),
        )

    @property
    def rises(self) -> bool | None:
        """As ``better`` says."""
        return self.better is Better.HIGHER

    @property
    def bounds(self) -> tuple[float, float]:
        """From what no place gives to what the first gives."""
        return self.otherwise, self.scores[0]

    def is_most_at_nothing(self, value: float) -> bool:
        """Yes where less is better: no unit can have less than nothing."""
        return self.better is Better.LOWER and not isnan(value)

    def faults(self) -> Iterator[Fault]:
        """Places that do not follow one another; points that do not fall, or exceed the indicator's."""
        for i, (before, last) in enumerate(pairwise(self.last), start=1):
            if last <= before:
                words = Words("大于上一档的 {before}", "more than the {before} of the band before")
                yield contradiction(("places", i, "up_to"), last, words, before=before)
        paths: list[tuple[str | int, ...]] = [("places", i, "score") for i in range(len(self.scores))]
        words = Words("低于上一档的 {before:points} 分", "below the {before:points} of the band before")
        steps = pairwise(zip([*paths, ("otherwise",)], [*self.scores, self.otherwise], strict=True))
        for (_, before_score), (path, score) in steps:
            if score >= before_score:
                yield contradiction(path, score, words, before=before_score)
        yield from too_many_points(("places", 0, "score"), self.scores[0], self.points)

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,), each within its cohort."""
        value = inputs.value
        cohorts = inputs.cohorts if inputs.cohorts is not None else np.zeros(len(value), dtype=np.intp)
        ahead, level = ahead_and_level(value, cohorts, is_higher=self.better is Better.HIGHER)
        return settled(self._given(ahead, level), [value])

    def formula(self, cells: Cells) -> str:
        """COUNTIF over the cohort's values: who is ahead, and who is on the same place."""
        value, cohort = cells.value, cells.cohort_values
        more, less = (f'COUNTIF({cohort},"{sign}"&{value})' for sign in (">", "<"))
        ahead, behind = (more, less) if self.better is Better.HIGHER else (less, more)
        if self.ties is Shared.BETTER:
            ladder = sheet.number(self.otherwise)
            for last, score in reversed(tuple(zip(self.last, self.scores, strict=True))):
                ladder = f"IF({ahead}<{last},{sheet.number(score)},{ladder})"
            return sheet.unless_missing([value], ladder)
        upto = f"(COUNT({cohort})-{behind})"  # the last of the places they take up
        steps = pairwise([*self.scores, self.otherwise])
        shares = "+".join(
            f"{sheet.number(without_dust(np.array([score - following])).item())}"
            f"*(MIN({upto},{last})-MIN({ahead},{last}))"
            for last, (score, following) in zip(self.last, steps, strict=True)
        )
        inner = f"{sheet.number(self.otherwise)}+({shares})/({upto}-{ahead})"
        return sheet.unless_missing([value], sheet.dust_free(inner))

    def standard(self, terms: Terms) -> Phrase:
        """按办件量在同组从高到低排名：第 1 名得 10 分；第 2 至 3 名得 8 分；其余不得分；并列的……"""
        bands, first = [], 1
        for last, score in zip(self.last, self.scores, strict=True):
            words = _ONE_PLACE if last == first else _PLACES
            gives = nothing_or(score, is_taken_off=terms.is_taken_off)
            bands.append(words(first=first, last=last, score=gives))
            first = last + 1
        return _STANDARD(
            value=terms.value.name,
            order=_ORDER[self.better],
            bands=tuple(bands),
            otherwise=nothing_or(self.otherwise, is_taken_off=terms.is_taken_off),
            ties=_TIES[self.ties],
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """办件量 70 件，并列居同组第 2 名（共 4 个单位），……，得 13 ÷ 2 = 6.5 分."""
        gives = gives_of(rows.score, self.points, terms)
        beside = figures_beside([rows.value], terms.value, (), rows.score, unaided)
        told: dict[str, object] = {
            "name": terms.value.name,
            "value": figure(beside.shown[0], terms.value),
            "gives": gives,
        }
        if rows.peers is None:
            return unless_trivial(rows, self.points, _ALONE(**told), terms)
        is_alone = (rows.peers.number == 0, _ALONE(**told))
        return unless_trivial(
            rows, self.points, chosen(is_alone, otherwise=self._placed(rows, rows.peers, terms, told)), terms
        )

    def _placed(self, rows: Rows, peers: Peers, terms: Terms, told: dict[str, object]) -> Phrases:
        is_higher = self.better is Better.HIGHER
        ahead, behind = (peers.beyond(rows.value, is_higher=more) for more in (is_higher, not is_higher))
        level = peers.number - ahead - behind
        told |= {"place": ahead + 1, "n": peers.number, "level": level}
        gives = gives_of(rows.score, self.points, terms, exact=self._given(ahead, level))
        if self.ties is Shared.MEAN:
            share = self._given(ahead, level)
            whole = without_dust(share * level)
            summed = comes_to(_SHARE(whole=whole, level=level), rows.score, terms, exact=share)
            divided = _DIVIDED(**told, last=ahead + level, whole=whole, sum=summed)
            gives = chosen(((level > 1) & (share > 0), divided), otherwise=gives)
        return chosen((level > 1, _TIED(**told, sum=gives)), otherwise=_PLACE(**told, sum=gives))

    def _given(self, ahead: FloatArray, level: FloatArray) -> FloatArray:
        """(units,): points of units behind ``ahead`` others, on one place with ``level`` in all."""
        taken = level if self.ties is Shared.MEAN else np.ones_like(level)
        return of_places(ahead, taken, self.last, self.scores, self.otherwise)

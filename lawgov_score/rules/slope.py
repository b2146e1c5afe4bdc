"""What shortfall and excess have in common: full points at the target, points off for every step away from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from lawgov_score.phrase_columns import Phrases, chosen
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules import cells as sheet
from lawgov_score.rules import steps as counting
from lawgov_score.rules.columns import settled
from lawgov_score.rules.keys import (
    CLIFF_INCLUDED,
    FLOOR,
    Marks,
    Sign,
    alike,
    contradiction,
    floor_faults,
    mixed,
    one_of,
    points_key,
    points_of,
    quantity,
    without_cliff,
)
from lawgov_score.rules.lines import claim, holds
from lawgov_score.rules.outcomes import figures_beside, gives, less, unless_trivial
from lawgov_score.rules.phrases import before_word, figure, floor_words, nothing_or, step
from lawgov_score.rules.rows import Rows
from lawgov_score.rules.rule import Cells, ColumnWise, Data, Fault, Inputs, Terms
from lawgov_score.rules.steps import Steps
from lawgov_score.wording import Phrase, Quantity, Words

_STANDARD = {
    True: Words(
        "{value}达到 {target}得 {points:points} 分，每低 {step}扣 {each:points} 分，{mode}{second}，{floor}{cliff}。",
        "{points:points} points at {target} of {value} or more; {each:points} off for every {step} below it, "
        "{mode}{second}, {floor}{cliff}.",
    ),
    False: Words(
        "{value}不超过 {target}得 {points:points} 分，每高 {step}扣 {each:points} 分，{mode}{second}，{floor}{cliff}。",
        "{points:points} points at {target} of {value} or less; {each:points} off for every {step} above it, "
        "{mode}{second}, {floor}{cliff}.",
    ),
}
_SECOND = {
    True: Words(
        "，低于 {bend}的部分每低 {step}扣 {each:points} 分", ", below {bend} {each:points} off for every {step}"
    ),
    False: Words(
        "，高于 {bend}的部分每高 {step}扣 {each:points} 分", ", above {bend} {each:points} off for every {step}"
    ),
}
_CLIFF = {
    True: Words("；低于 {cliff}的{score}", "; {score} below {cliff}"),
    False: Words("；高于 {cliff}的{score}", "; {score} above {cliff}"),
}
_CLIFF_INCLUDED = {
    True: Words("；不超过 {cliff}的{score}", "; {score} at {cliff} or less"),
    False: Words("；不低于 {cliff}的{score}", "; {score} at {cliff} or more"),
}
_OVER_CLIFF = {
    True: Words("{name} {value}，低于 {cliff}，{gives}", "{name} {value} is below {cliff}: {gives}"),
    False: Words("{name} {value}，高于 {cliff}，{gives}", "{name} {value} is above {cliff}: {gives}"),
}
_AT_CLIFF = {
    True: Words("{name} {value}，不超过 {cliff}，{gives}", "{name} {value} is {cliff} or less: {gives}"),
    False: Words("{name} {value}，不低于 {cliff}，{gives}", "{name} {value} is {cliff} or more: {gives}"),
}
_NOT_OVER = {
    True: Words("{name} {value}，达到 {target}，{gives}", "{name} {value} is {target} or more: {gives}"),
    False: Words("{name} {value}，不超过 {target}，{gives}", "{name} {value} is {target} or less: {gives}"),
}
_REASON = {
    True: Words(
        "{name} {value}，比 {target}低 {gap}，{rates}，{less}",
        "{name} {value} is {gap} below {target}; {rates}: {less}",
    ),
    False: Words(
        "{name} {value}，比 {target}高 {gap}，{rates}，{less}",
        "{name} {value} is {gap} above {target}; {rates}: {less}",
    ),
}
_EVERY = {
    True: Words("每低 {step}扣 {each:points} 分", "{each:points} off for every {step}"),
    False: Words("每高 {step}扣 {each:points} 分", "{each:points} off for every {step}"),
}
_BENT = {
    True: Words(
        "{bend}以上的 {nearer}，{rate}，以下的 {further}，{second}",
        "{rate} for the {nearer} above {bend}, {second} for the {further} below it",
    ),
    False: Words(
        "{bend}以下的 {nearer}，{rate}，以上的 {further}，{second}",
        "{rate} for the {nearer} below {bend}, {second} for the {further} above it",
    ),
}


def slope_schema(side: str, verb: str) -> dict[str, Any]:
    """SCHEMA of shortfall (``below``, 低) or excess (``above``, 高)."""
    return {
        "properties": {
            "target": quantity("目标", f"不{verb}于它得满分，如 90%"),
            "step": quantity("每一步", "多少算一步，如 1%（1 个百分点）", Sign.POSITIVE),
            "each": points_key("每步扣分", f"每{verb}一步扣多少", Sign.POSITIVE),
            "steps": one_of(counting.TITLE, "floor 不扣，linear 按比例扣，ceil 按一步扣", tuple(Steps)),
            "floor": FLOOR,
            "cliff": quantity("断崖", f"{verb}于它直接得最低得分"),
            "cliff_included": CLIFF_INCLUDED,
            "second": {
                "title": "第二段",
                "description": f"再{verb}到一定程度，其后的部分改按另一标准扣",
                "type": "object",
                "properties": {
                    side: quantity("第二段起点", f"{verb}于它的部分按第二段扣"),
                    "each": points_key("第二段每步扣分", "第二段每一步扣多少", Sign.POSITIVE),
                },
                "required": [side, "each"],
                "additionalProperties": False,
            },
        },
        "required": ["target", "step", "each", "steps"],
    }


@dataclass(frozen=True, slots=True)
class Slope(ColumnWise):
    """From the points down to ``floor``: ``each`` off for every step that a value is on the wrong side of ``target``.

    ``IS_BELOW``: is the wrong side below the target? Beyond ``bend`` a step costs ``second_each``; beyond ``cliff``
    only ``floor`` is left.
    """

    IS_BELOW: ClassVar[bool]

    points: float
    target: Quantity
    step: Quantity
    each: float
    steps: Steps
    floor: float = 0.0
    cliff: Quantity | None = None
    bend: Quantity | None = None
    second_each: float = 0.0
    cliff_included: bool = False  # is a value equal to the cliff beyond it?

    @classmethod
    def from_data(cls, data: Data, points: float) -> Self:
        """See ``Rule``; the keys are those of ``slope_schema``."""
        second: Data = data.get("second", {})
        marks = alike(
            target=data["target"],
            step=data["step"],
            cliff=data.get("cliff"),
            bend=second.get("below" if cls.IS_BELOW else "above"),
        )
        return cls(
            points,
            marks["target"],
            marks["step"],
            points_of(data["each"], points),
            Steps(data["steps"]),
            points_of(data.get("floor", 0), points),
            marks.get("cliff"),
            marks.get("bend"),
            points_of(second["each"], points) if second else 0.0,
            data.get("cliff_included", False),
        )

    @property
    def reached_at(self) -> Quantity | None:
        """The target."""
        return self.target

    @property
    def rises(self) -> bool | None:
        """Where the wrong side is below the target, a larger value never scores less; else never more."""
        return self.IS_BELOW

    @property
    def bounds(self) -> tuple[float, float]:
        """From the floor to the indicator's points."""
        return self.floor, self.points

    def faults(self) -> Iterator[Fault]:
        """A floor that is not below the points; a cliff or a bend on the right side of the target; a step too large."""
        yield from floor_faults(self.floor, self.points)
        yield from without_cliff(self.cliff is not None, self.cliff_included)
        bend = ("second", "below" if self.IS_BELOW else "above")
        marks: Marks = {("target",): self.target, ("step",): self.step, ("cliff",): self.cliff, bend: self.bend}
        if odd := list(mixed(marks)):
            yield from odd
            return  # figures in different notations (number, percentage) cannot be compared
        side = Words("低于目标 {target}", "below the target {target}")
        if not self.IS_BELOW:
            side = Words("高于目标 {target}", "above the target {target}")
        if self.cliff is not None and not self._is_worse(self.cliff.number, self.target.number):
            yield contradiction(("cliff",), self.cliff, side, target=self.target)
        if self.bend is not None:
            if not self._is_worse(self.bend.number, self.target.number):
                yield contradiction(bend, self.bend, side, target=self.target)
            elif self.cliff is not None and not self._is_worse(self.cliff.number, self.bend.number):
                between = Words(
                    "在断崖 {cliff} 与目标 {target} 之间", "between the cliff {cliff} and the target {target}"
                )
                yield contradiction(bend, self.bend, between, cliff=self.cliff, target=self.target)
        # `step: 1` under `target: 100%` means a hundred percentage points: almost surely 1% was meant.
        if self.target.is_share and self.step.number >= 1:
            actual = Words("{step:step}", "{step:step}")(step=self.step)
            yield contradiction(
                ("step",), actual, Words("小于 100 个百分点，如 1%", "less than 100 percentage points, as 1%")
            )

    def score(self, inputs: Inputs) -> FloatArray:
        """Points, shape (units,)."""
        value = inputs.value
        points = np.maximum(self.points - self._due(value), self.floor)
        if self.cliff is not None:
            points = np.where(holds(self._beyond, value, self.cliff), self.floor, points)
        return settled(points, [value])

    def formula(self, cells: Cells) -> str:
        """The same calculation for one cell."""
        cell = cells.value
        target, size = sheet.number(self.target.number), self.step.number
        lost = f"{sheet.number(self.each)}*{counting.steps_formula(self._gap(target, cell), size, self.steps)}"
        if self.bend is not None:
            bend = sheet.number(self.bend.number)
            nearer = f"{'MAX' if self.IS_BELOW else 'MIN'}({cell},{bend})"
            first = counting.steps_formula(self._gap(target, nearer), size, self.steps)
            second = counting.steps_formula(self._gap(bend, cell), size, self.steps)
            lost = f"{sheet.number(self.each)}*{first}-{sheet.number(self.second_each)}*{second}"
        floor = sheet.number(self.floor)
        points = sheet.dust_free(f"MAX({sheet.number(self.points)}-{lost},{floor})")
        if self.cliff is not None:
            points = f"IF({claim(self._beyond, cell, self.cliff)},{floor},{points})"
        return sheet.unless_missing([cell], points)

    def standard(self, terms: Terms) -> Phrase:
        """评分标准."""
        size = step(self.step, terms.value)
        second: Phrase | str = ""
        if self.bend is not None:
            bend = before_word(figure(self.bend, terms.value))
            second = _SECOND[self.IS_BELOW](bend=bend, step=before_word(size), each=self.second_each)
        cliff: Phrase | str = ""
        if self.cliff is not None:
            mark = before_word(figure(self.cliff, terms.value))
            cliff = (_CLIFF_INCLUDED if self.cliff_included else _CLIFF)[self.IS_BELOW](
                cliff=mark, score=nothing_or(self.floor)
            )
        return _STANDARD[self.IS_BELOW](
            value=terms.value.name,
            target=before_word(figure(self.target, terms.value)),
            points=self.points,
            step=before_word(size),
            each=self.each,
            mode=counting.steps_words(size, self.steps),
            second=second,
            floor=floor_words(self.floor),
            cliff=cliff,
        )

    def reasons(self, rows: Rows, terms: Terms) -> Phrases:
        """扣分理由, with the steps counted."""
        marks = (self.target, self.cliff, self.bend)
        beside = figures_beside(
            [rows.value], terms.value, marks, rows.score, lambda shown, _: self.points - self._due(shown[0])
        )
        rounded, (value,) = beside.rounded[0], beside.shown
        first, second = self._gaps(rounded)
        size, target = step(self.step, terms.value), figure(self.target, terms.value)
        gap = np.maximum(first, 0.0) + np.maximum(second, 0.0)

        def rate(of: FloatArray, each: float) -> Phrases:
            every = _EVERY[self.IS_BELOW](step=before_word(size), each=each)
            return counting.as_counted(every, beside.derived(of, *marks), terms.value, self.step, self.steps)

        rates = rate(gap, self.each)
        if self.bend is not None:
            nearer, further = (step(beside.derived(np.maximum(of, 0.0), *marks), terms.value) for of in (first, second))
            bent = _BENT[self.IS_BELOW](
                bend=before_word(figure(self.bend, terms.value)),
                nearer=nearer,
                further=further,
                rate=rate(first, self.each),
                second=rate(second, self.second_each),
            )
            rates = chosen((second > 0, bent), otherwise=rates)
        figures: dict[str, object] = {"name": terms.value.name, "value": figure(value, terms.value)}
        reason: Phrases = _REASON[self.IS_BELOW](
            **figures,
            target=before_word(target),
            gap=step(beside.derived(gap, *marks), terms.value),
            rates=rates,
            less=less(self.points, self._due(rounded), self.floor, rows.score, terms, is_exact=False),
        )
        given = gives(rows.score, terms)
        if terms.is_taken_off:
            is_fine = ~self._is_beyond(rows.value, self.target.number)
            reason = chosen(
                (is_fine, _NOT_OVER[self.IS_BELOW](**figures, target=target, gives=given)), otherwise=reason
            )
        if self.cliff is not None:
            words = (_AT_CLIFF if self.cliff_included else _OVER_CLIFF)[self.IS_BELOW]
            over = words(**figures, cliff=figure(self.cliff, terms.value), gives=given)
            reason = chosen((holds(self._beyond, rows.value, self.cliff), over), otherwise=reason)
        return unless_trivial(rows, self.points, reason, terms)

    def _due(self, value: FloatArray) -> FloatArray:
        """(units,): what is to be taken off by the steps, however far the floor lets it."""
        first, second = self._gaps(value)
        due = self.each * counting.count_steps(first, self.step.number, self.steps)
        if self.bend is None:
            return due
        return due + self.second_each * counting.count_steps(second, self.step.number, self.steps)

    @property
    def _beyond(self) -> str:
        """On which side of the cliff only the floor is left, as a key of ``lines``."""
        if self.IS_BELOW:
            return "at_most" if self.cliff_included else "below"
        return "at_least" if self.cliff_included else "above"

    def _is_beyond(self, value: FloatArray, mark: float) -> BoolArray:
        return value < mark if self.IS_BELOW else value > mark

    def _is_worse(self, one: float, other: float) -> bool:
        return one < other if self.IS_BELOW else one > other

    def _gaps(self, value: FloatArray) -> tuple[FloatArray, FloatArray]:
        """How far values are from the target up to the bend, and how far beyond the bend."""
        sign = 1.0 if self.IS_BELOW else -1.0
        if self.bend is None:
            return sign * (self.target.number - value), np.zeros_like(value)
        nearer = np.maximum(value, self.bend.number) if self.IS_BELOW else np.minimum(value, self.bend.number)
        return sign * (self.target.number - nearer), sign * (self.bend.number - value)

    def _gap(self, mark: str, cell: str) -> str:
        return f"{mark}-{cell}" if self.IS_BELOW else f"{cell}-{mark}"

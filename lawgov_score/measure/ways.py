"""Ways of aggregation (汇总方式) other than plain sums: the parts of one node combined, over whole columns.

Every way answers for all units at once, and reports the units for which it has no answer: no nan without a fault.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import holds
from lawgov_score.rounding import BoolArray, FloatArray, without_dust

_NO_FIGURES: Mapping[str, FloatArray] = MappingProxyType({})
_NODE_DECIMALS = 14  # means keep all digits that floats can hold; ranks, grades and rounding remove dust themselves
_NO_WEIGHT = 1e-12  # weights that sum to zero may leave float dust


class Way(StrEnum):
    """Way of aggregation (汇总方式). All but SUM and NONE first scale children: score ÷ points × the node's points."""

    SUM = "sum"  # 分值相加; a child of weight -1 is subtracted
    MEAN = "mean"  # 算术平均: of the children, not of the leaves
    WEIGHTED_MEAN = "weighted_mean"  # 加权平均: weights normalised among the children that count
    GEOMETRIC_MEAN = "geometric_mean"  # 几何平均, weighted where weights are given
    HARMONIC_MEAN = "harmonic_mean"  # 调和平均, weighted where weights are given
    MIN = "min"  # 取最低（短板）
    MAX = "max"  # 取最高
    WEAKEST_LINK = "weakest_link"  # the lowest, plus `plus` where any other is higher (D+)
    LOOKUP = "lookup"  # 查表: by the number of children that count and the sum of their scores
    EXPRESSION = "expression"  # 算式
    NONE = "none"  # no score of its own: a root whose indicators are not added up


# Ways that put parts on the holder's scale before they combine them; by the others parts count as they are.
ON_ONE_SCALE = frozenset({Way.MEAN, Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN, Way.MIN, Way.MAX})
WEIGHTED = frozenset({Way.WEIGHTED_MEAN, Way.GEOMETRIC_MEAN, Way.HARMONIC_MEAN})  # ways that look at weights


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One line of a lookup table: with so many children, sums of ``line`` or more give ``score``.

    ``is_strict``: only sums above the line do.
    """

    children: int
    line: float
    score: float
    is_strict: bool = False

    @property
    def key(self) -> str:
        """On which side of the line: ``at_least`` or ``above``."""
        return "above" if self.is_strict else "at_least"

    @property
    def order(self) -> tuple[float, bool]:
        """Of two lines that a sum reaches, the one with the larger order gives the score: 超过 6 is behind 达到 6."""
        return self.line, self.is_strict


class Combination(Protocol):
    """A way and its parameters: ``shift`` of a geometric mean, ``plus`` of the weakest link, the table of a lookup."""

    @property
    def way(self) -> Way:
        """Which way."""
        ...

    @property
    def shift(self) -> float:
        """Added to every part before the mean, subtracted from the result."""
        ...

    @property
    def plus(self) -> float:
        """Added where another part is higher than the lowest."""
        ...

    @property
    def table(self) -> Sequence[LookupRow]:
        """The lines of the lookup table."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """The contribution of one child, or of one use; arrays (units,).

    ``score``: on the node's scale where the way needs that, 0 where it counts without a score. ``counts``: the units
    for which it counts. ``weight``: 1 where none is given, never 0.
    """

    score: FloatArray
    counts: BoolArray
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why units have no score at a node, or what is odd: the problem code, which units (units,), figures (units,)."""

    code: Code
    rows: BoolArray
    figures: Mapping[str, FloatArray] = field(default_factory=lambda: _NO_FIGURES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``score`` (units,): nan where nothing counts, or where one of ``faults`` says why it cannot be computed."""

    score: FloatArray
    faults: tuple[Fault, ...] = ()


def combine(how: Combination, parts: Sequence[Part], size: int) -> Outcome:
    """``parts`` combined for each of ``size`` units, by any way except ``sum``, ``expression`` and ``none``."""
    if not parts:
        return Outcome(np.full(size, np.nan))
    with np.errstate(all="ignore"):
        return _WAYS[how.way](how, parts)


def _mean(_: Combination, parts: Sequence[Part]) -> Outcome:
    return _over(parts, [1.0] * len(parts), lambda scores: scores)


def _weighted_mean(_: Combination, parts: Sequence[Part]) -> Outcome:
    return _over(parts, [part.weight for part in parts], lambda scores: scores)


def _geometric_mean(how: Combination, parts: Sequence[Part]) -> Outcome:
    shift = how.shift
    lowest = _lowest(parts) + shift
    outcome = _over(parts, [part.weight for part in parts], lambda scores: np.log(np.maximum(scores + shift, 0.0)))
    # A factor of zero makes the product zero, whatever its weight: zero has no logarithm.
    score = np.where(without_dust(lowest) == 0, 0.0, np.exp(outcome.score)) - shift
    return _without(
        Outcome(np.where(np.isnan(outcome.score), np.nan, score), outcome.faults), _below_zero(lowest, shift)
    )


def _below_zero(lowest: FloatArray, shift: float) -> Fault:
    rows: BoolArray = without_dust(lowest) < 0
    return Fault(Code.R108, rows, {"lowest": lowest - shift, "least": np.full(len(lowest), -shift)})


def _harmonic_mean(_: Combination, parts: Sequence[Part]) -> Outcome:
    lowest = _lowest(parts)
    outcome = _over(parts, [part.weight for part in parts], lambda scores: 1.0 / scores)
    return _without(
        Outcome(1.0 / outcome.score, outcome.faults), Fault(Code.R109, without_dust(lowest) <= 0, {"lowest": lowest})
    )


def _min(_: Combination, parts: Sequence[Part]) -> Outcome:
    return Outcome(_lowest(parts))


def _max(_: Combination, parts: Sequence[Part]) -> Outcome:
    return Outcome(_highest(parts))


def _weakest_link(how: Combination, parts: Sequence[Part]) -> Outcome:
    lowest = _lowest(parts)
    differs = without_dust(_highest(parts)) > without_dust(lowest)
    return Outcome(lowest + np.where(differs, how.plus, 0.0))


def _lookup(how: Combination, parts: Sequence[Part]) -> Outcome:
    children = np.sum([part.counts for part in parts], axis=0)
    total = without_dust(_sum([np.where(part.counts, part.score, 0.0) for part in parts]))
    score = np.full(len(total), np.nan)
    for row in sorted(how.table, key=lambda row: row.order):  # the highest line that is reached wins
        score[(children == row.children) & holds(row.key, total, row.line)] = row.score
    figures = {"children": children.astype(np.float64), "sum": total}
    return Outcome(score, (Fault(Code.R110, np.isnan(score) & (children > 0), figures),))


_WAYS: Mapping[Way, Callable[[Combination, Sequence[Part]], Outcome]] = MappingProxyType(
    {
        Way.MEAN: _mean,
        Way.WEIGHTED_MEAN: _weighted_mean,
        Way.GEOMETRIC_MEAN: _geometric_mean,
        Way.HARMONIC_MEAN: _harmonic_mean,
        Way.MIN: _min,
        Way.MAX: _max,
        Way.WEAKEST_LINK: _weakest_link,
        Way.LOOKUP: _lookup,
    }
)


def _over(parts: Sequence[Part], weights: Sequence[float], of: Callable[[FloatArray], FloatArray]) -> Outcome:
    """The weighted mean of ``of(score)`` over the parts that count: added in printed order, divided once."""
    total, weight = np.zeros(len(parts[0].score)), np.zeros(len(parts[0].score))
    counted = np.zeros(len(total), dtype=bool)
    for part, each in zip(parts, weights, strict=True):
        if part.counts.all():  # the usual case, in half the steps
            total += each * of(part.score)
            weight += each
        else:
            total += np.where(part.counts, each * of(part.score), 0.0)
            weight += np.where(part.counts, each, 0.0)
        counted |= part.counts
    weighs = weight > _NO_WEIGHT
    mean = np.divide(total, weight, out=np.full(len(total), np.nan), where=weighs)
    return Outcome(mean, (Fault(Code.R112, counted & ~weighs, {"weight": weight}),))


def _without(outcome: Outcome, fault: Fault) -> Outcome:
    """``outcome`` with no score for the units that ``fault`` concerns."""
    return Outcome(np.where(fault.rows, np.nan, outcome.score), (*outcome.faults, fault))


def _sum(columns: Sequence[FloatArray]) -> FloatArray:
    """The sum, left to right."""
    total = columns[0].copy()
    for column in columns[1:]:
        total += column
    return total


def _lowest(parts: Sequence[Part]) -> FloatArray:
    """(units,): the lowest score that counts; nan where no part counts."""
    lowest = np.full(len(parts[0].score), np.inf)
    for part in parts:
        np.minimum(lowest, part.score, out=lowest, where=part.counts)
    return np.where(np.isinf(lowest), np.nan, lowest)


def _highest(parts: Sequence[Part]) -> FloatArray:
    highest = np.full(len(parts[0].score), -np.inf)
    for part in parts:
        np.maximum(highest, part.score, out=highest, where=part.counts)
    return np.where(np.isinf(highest), np.nan, highest)


def clean(score: FloatArray) -> FloatArray:
    """``score`` without float dust (0.1 + 0.2 is 0.3), with every digit that a published figure shows."""
    return without_dust(score, _NODE_DECIMALS)

"""The floors of scoring: a tree's sums as one would write them by hand in numpy, and nothing besides.

No states, no reasons, no list of doubts, no blanks. What a tree says (points, thresholds, weights) is taken from the
loaded tree beforehand, as a hand would copy it; every sum is plain numpy and calls nothing of the engine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType

import numpy as np

from benchmarks.answered import Answered
from lawgov_score.model import Indicator, Tree, WhenZero, field_key
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.rules.all_or_nothing import AllOrNothing
from lawgov_score.rules.checklist import Checklist
from lawgov_score.rules.choice import Choice
from lawgov_score.rules.count_cap import CountCap
from lawgov_score.rules.counts import Counts
from lawgov_score.rules.deduction import Deduction
from lawgov_score.rules.excess import Excess
from lawgov_score.rules.late import Late
from lawgov_score.rules.linear import Linear
from lawgov_score.rules.normalised import Normalised
from lawgov_score.rules.proportional import Proportional
from lawgov_score.rules.rating import Rating
from lawgov_score.rules.relative import Against, Relative
from lawgov_score.rules.rule import Rule
from lawgov_score.rules.shortfall import Shortfall
from lawgov_score.rules.tiers import Tiers
from lawgov_score.rules.veto_item import VetoItem
from lawgov_score.wording import Quantity

_DUST = 5.005e-10  # a score so little under a half is a half: dust is taken off to 1e-12, then to 1e-9


@dataclass(frozen=True, slots=True)
class Sums:
    """``scores`` (nodes, units): in the order of the tree, 0 where nothing applies. ``total``, ``places``: (units,)."""

    scores: FloatArray
    total: FloatArray
    places: IntArray


def rounded(numbers: FloatArray, decimals: int) -> FloatArray:
    """Half up, away from zero."""
    scale = 10.0**decimals
    return np.copysign(np.floor(np.abs(numbers) * scale + (0.5 + _DUST * scale)) / scale, numbers)


def places(numbers: FloatArray) -> IntArray:
    """Place of each, 1 the largest; equal ones share the better place."""
    return np.searchsorted(np.sort(-numbers), -numbers) + 1


# ------------------------------------------------------------ the tree that compares units


def comparing_by_hand(answered: Answered) -> Callable[[], Sums]:
    """Min–max of every column, weighted means of categories, aspects and the whole, places; all columns at once."""
    tree = answered.tree
    rules = [_min_max(indicator) for indicator in tree.indicators]
    falls = np.array([rule.better == "lower" for rule in rules])[:, None]
    points = np.array([rule.points for rule in rules])[:, None]
    levels = _levels(tree)
    rows = [answered.answers.values[field_key(indicator, indicator.fields[0])] for indicator in tree.indicators]
    order = [code for codes, _, _ in levels for code in codes]
    at = [order.index(node.code) for node in tree.nodes]
    matrix, decimals = np.stack(rows), tree.policies.indicator_decimals
    assert decimals is not None

    def work() -> Sums:
        low, high = matrix.min(axis=1, keepdims=True), matrix.max(axis=1, keepdims=True)
        share = np.where(falls, high - matrix, matrix - low) / (high - low)
        found = [rounded(share * points, decimals)]
        for _, weights, starts in levels:
            means = np.add.reduceat(found[-1] * weights[:, None], starts) / np.add.reduceat(weights, starts)[:, None]
            found.append(means)
        total = rounded(found.pop()[0], 2)
        return Sums(np.concatenate(found)[at], total, places(total))

    return work


def _min_max(indicator: Indicator) -> Normalised:
    assert isinstance(indicator.rule, Normalised), indicator.code
    assert indicator.rule.by == "min_max", indicator.code
    return indicator.rule


def _levels(tree: Tree) -> list[tuple[list[str], FloatArray, IntArray]]:
    """From the indicators up: codes and weights of each depth, and where among them each parent's children begin."""
    found = []
    for depth in range(len(tree.levels), 0, -1):
        nodes = [node for node in tree.nodes if tree.depths[node.code] == depth]
        parents = [tree.parents[node.code] for node in nodes]
        starts = np.array([i for i, parent in enumerate(parents) if i == 0 or parent != parents[i - 1]], dtype=np.intp)
        weights = np.array([node.weight for node in nodes], dtype=np.float64)
        found.append(([node.code for node in nodes], weights, starts))
    return found


# ------------------------------------------------------------ the sample tree

Columns = Mapping[str, FloatArray]  # (units,) by field code
Formula = Callable[[FloatArray, Columns], FloatArray]  # value and fields to points, (units,)


@dataclass(frozen=True, slots=True)
class _Step:
    """One indicator as a hand would write it down.

    ``value``: its expression over columns. ``zeros``: what must not be zero. ``small``: of what a sample is small, what
    is counted then, and how that is scored. ``applies`` (units,).
    """

    indicator: Indicator
    columns: Columns
    applies: BoolArray
    value: CodeType | None
    zeros: tuple[CodeType, ...]
    formula: Formula
    small: tuple[CodeType, CodeType, Formula] | None


def sample_by_hand(answered: Answered) -> Callable[[], Sums]:
    """Every indicator of the sample tree by its rule, column by column; sums up the tree; places in each cohort."""
    tree, size = answered.tree, len(answered.units)
    names = [unit.cohort for unit in answered.units]
    cohorts = [slice(names.index(name), names.index(name) + names.count(name)) for name in dict.fromkeys(names)]
    steps = [_step(indicator, i, answered, cohorts) for i, indicator in enumerate(tree.indicators)]
    codes = [node.code for node in tree.nodes]
    rows = [codes.index(indicator.code) for indicator in tree.indicators]
    parents = [codes.index(tree.parents[code]) if tree.parents[code] != tree.code else -1 for code in codes]
    decimals = tree.policies.indicator_decimals
    assert decimals is not None

    def work() -> Sums:
        scores, worth = np.zeros((len(codes), size)), np.zeros(size)
        with np.errstate(all="ignore"):
            for row, step in zip(rows, steps, strict=True):
                score, applies = _score(step)
                scores[row] = np.where(applies, rounded(score, decimals), 0.0)
                worth += np.where(applies, step.indicator.points, 0.0)
        whole = np.zeros(size)
        for row in range(len(codes) - 1, -1, -1):  # children come after their parents
            above = whole if parents[row] < 0 else scores[parents[row]]
            above += scores[row]
        total = rounded(whole / worth * tree.points, 2)
        return Sums(scores, total, np.concatenate([places(total[cohort]) for cohort in cohorts]))

    return work


def _step(indicator: Indicator, number: int, answered: Answered, cohorts: Sequence[slice]) -> _Step:
    columns = {asked.code: answered.answers.values[field_key(indicator, asked)] for asked in indicator.fields}
    zeros = indicator.value.denominator_names if indicator.value is not None else ()
    zeros = (*zeros, *((indicator.base.text,) if indicator.base is not None else ()))
    sample, small, year = indicator.small_sample, None, answered.tree.year
    if sample is not None and sample.value is not None and sample.rule is not None:
        small = _compiled(sample.of.text), _compiled(sample.value.text), _formula(sample.rule, cohorts, year)
    return _Step(
        indicator,
        columns,
        answered.answers.applicable[:, number],
        _compiled(indicator.value.text) if indicator.value is not None else None,
        tuple(_compiled(text) for text in zeros),
        _not_reviewed if indicator.is_of_office else _formula(indicator.rule, cohorts, year),
        small,
    )


def _not_reviewed(_: FloatArray, __: Columns) -> FloatArray:
    """The points of what the office marks or fills in, before it did."""
    return np.zeros(1)


def _compiled(text: str) -> CodeType:
    """An expression of the tree as Python; of two answers of yes or no, both hold where their product is 1."""
    return compile(text.replace(" and ", " * "), text, "eval")


def _score(step: _Step) -> tuple[FloatArray, BoolArray]:
    """Points before rounding, and where the indicator counts."""
    indicator, columns, applies = step.indicator, dict(step.columns), step.applies
    value = eval(step.value, {}, columns) if step.value is not None else _NOTHING
    score = step.formula(np.where(applies, value, np.nan) if indicator.rule.RELATIVE else value, columns)
    if step.small is not None and indicator.small_sample is not None:
        of, counted, formula = step.small
        assert indicator.small_sample.key == "below"
        is_small = eval(of, {}, columns) < indicator.small_sample.line
        score = np.where(is_small, formula(eval(counted, {}, columns), columns), score)
    if indicator.on_zero is not None:
        zero = np.logical_or.reduce([eval(code, {}, columns) == 0 for code in step.zeros])
        if indicator.on_zero.what is WhenZero.NOT_APPLICABLE:
            return score, applies & ~zero
        assert indicator.on_zero.what is WhenZero.SHARE
        score = np.where(zero, indicator.on_zero.share * indicator.points, score)
    return score, applies


_NOTHING: FloatArray = np.empty(0)  # the value of an indicator whose rule looks at its fields alone


def _formula(rule: Rule, cohorts: Sequence[slice], year: int) -> Formula:
    """The points of one rule; every kind that the sample tree has."""
    match rule:
        case Proportional(points=points, target=target, cliff=None):
            return lambda value, _: points * np.minimum(value / target.number, 1.0)
        case Proportional(points=points, cliff=Quantity(number=cliff)):
            return lambda value, _: np.where(value < cliff, 0.0, points * np.minimum(value, 1.0))
        case Linear(points=points, zero_at=zero, full_at=full):
            each = points / (full.number - zero.number)
            return lambda value, _: np.clip((value - zero.number) * each, 0.0, points)
        case AllOrNothing(points=points, mark=None, counts=""):
            return lambda value, _: np.where(value != 0, points, 0.0)
        case AllOrNothing(points=points, line="at_least", mark=Quantity(number=least), counts=""):
            return lambda value, _: np.where(value >= least, points, 0.0)
        case AllOrNothing(
            points=points, line="at_least", mark=Quantity(number=least), counts=code, each=each, floor=floor
        ):
            return lambda value, columns: np.maximum(
                np.where(value >= least, points, 0.0) - each * columns[code], floor
            )
        case Deduction(points=points, counts=counts, floor=floor):
            return lambda value, columns: np.maximum(points - _counted(counts, value, columns), floor)
        case CountCap(counts=counts, cap=cap):
            return lambda value, columns: np.minimum(_counted(counts, value, columns), cap)
        case Shortfall(points=points, target=target, step=step, each=each, floor=floor, cliff=None, bend=None):
            slope = each / step.number
            return lambda value, _: np.maximum(points - np.maximum(target.number - value, 0.0) * slope, floor)
        case Excess(points=points, target=target, step=step, each=each, floor=floor, cliff=None, bend=None):
            slope = each / step.number
            return lambda value, _: np.maximum(points - np.maximum(value - target.number, 0.0) * slope, floor)
        case Checklist(points=points, codes=codes, worths=worths, deducts=True, floor=floor):
            least = points - sum(worths)
            return lambda _, columns: np.maximum(least + _weighted(codes, worths, columns), floor)
        case Checklist(points=points, codes=codes, worths=worths):
            return lambda _, columns: np.minimum(_weighted(codes, worths, columns), points)
        case Tiers(marks=marks, keys=("at_least", *_), scores=scores, otherwise=otherwise):
            return lambda value, _: np.select([value >= mark.number for mark in marks], scores, otherwise)
        case Late(points=points, each=each, due=due, allowed=allowed, every=every, floor=floor):
            if due is not None:
                day = np.datetime64(f"{year + (rule.of == 'following_year')}-{due[0]:02}-{due[1]:02}")
                allowed = float((day - np.datetime64("1899-12-30")).astype(int))
            return lambda value, _: np.maximum(points - each * np.ceil(np.maximum(value - allowed, 0.0) / every), floor)
        case Relative(points=points, against=Against.BEST):
            return lambda value, _: np.concatenate(
                [value[cohort] * (points / (np.fmax.reduce(value[cohort]) or 1.0)) for cohort in cohorts]
            )
        case Relative(points=points, against=Against.PLACE, each=float(each), floor=lowest):
            return lambda value, _: np.concatenate(
                [np.maximum(points - each * (places(value[cohort]) - 1), lowest or 0.0) for cohort in cohorts]
            )
        case Rating(points=points, votes=votes, full_at=full, step=Quantity(number=size), each=each, floor=floor):
            levels, of_levels = votes.codes, [worth.number for worth in votes.worths]
            ones = [1.0] * len(levels)

            def rated(_: FloatArray, columns: Columns) -> FloatArray:
                index = _weighted(levels, of_levels, columns) / _weighted(levels, ones, columns)
                return np.maximum(points - np.maximum(full.number - index, 0.0) * (each / size), floor)

            return rated
        case Choice(scores=scores):
            of_options, code = np.array(scores), rule.reads[0]
            return lambda _, columns: of_options[np.nan_to_num(columns[code]).astype(np.intp)]
        case VetoItem(points=points):
            return lambda value, _: np.where(value > 0, 0.0, points)
    raise TypeError(f"this floor has no sum for {rule}: write it, or the row measures other work")


def _counted(counts: Counts, value: FloatArray, columns: Columns) -> FloatArray:
    return _weighted(counts.fields, counts.each, columns) if counts.fields else value * counts.each[0]


def _weighted(codes: Sequence[str], weights: Sequence[float], columns: Columns) -> FloatArray:
    total = columns[codes[0]] * weights[0]
    for code, weight in zip(codes[1:], weights[1:], strict=True):
        total += columns[code] * weight
    return total

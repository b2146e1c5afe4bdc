"""Every indicator's scores for all units: rules, zero denominators, small samples, states, rounding.

A loop over indicators, never over units. What is the same for all of them (states, dust, rounding) is done once on
whole matrices, one row per indicator, so that a rule reads and writes contiguous memory.
"""

from dataclasses import dataclass

import numpy as np

from lawgov_score.model import (
    AnswerState,
    BoolArray,
    Claims,
    OnZero,
    Status,
    StatusArray,
    Tree,
    WhenZero,
)
from lawgov_score.rounding import FloatArray, half_up, without_dust
from lawgov_score.rules.rule import Inputs, IntArray, Rule
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.values import fields_of, values_of


@dataclass(frozen=True, slots=True)
class IndicatorScores:
    """Matrices (indicators, units). ``score`` is nan unless ``status`` is SCORED; ``value`` nan where missing."""

    value: FloatArray
    by_zero: BoolArray
    from_rate: BoolArray
    small: BoolArray
    score: FloatArray
    status: StatusArray


def score_indicators(
    tree: Tree, answers: Answers, applicable: BoolArray, cohorts: IntArray, years: FloatArray
) -> IndicatorScores:
    """Scores every unit at every indicator. ``applicable``: (units, indicators); ``cohorts``, ``years``: (units,)."""
    shape = len(tree.indicators), len(cohorts)
    value, score = np.empty(shape), np.empty(shape)
    by_zero, from_rate, small, leaves = (np.zeros(shape, dtype=bool) for _ in range(4))
    worst = np.empty(shape, dtype=np.int8)
    for i, indicator in enumerate(tree.indicators):
        worst[i] = worst_state(indicator, answers)
        counts = applicable[:, i] & (worst[i] < AnswerState.CLAIMED_NOT_APPLICABLE)
        fields = fields_of(indicator, answers.values)
        values = values_of(indicator, fields, shape[1])
        value[i], by_zero[i], from_rate[i], small[i] = values.value, values.by_zero, values.from_rate, values.small

        def run(rule: Rule, of: FloatArray) -> FloatArray:
            own = {code: fields[code] for code in rule.reads}  # noqa: B023  # called in this turn of the loop only
            if rule.RELATIVE:  # only units that count may feed a cohort's best, place or mean
                of = np.where(counts, of, np.nan)  # noqa: B023
                own = {code: np.where(counts, answer, np.nan) for code, answer in own.items()}  # noqa: B023
            return rule.score(Inputs(of, own, cohorts, years))

        found = run(indicator.rule, values.value)
        sample = indicator.small_sample
        if sample is not None and sample.rule is not None and values.small.any():
            other = sample.value.evaluate(fields).value if sample.value is not None else values.value
            found = np.where(values.small, run(sample.rule, other), found)
        if indicator.base is not None:
            found = np.where(values.unknown, np.nan, found)
        if indicator.on_zero is not None and values.by_zero.any():
            zero = values.by_zero & counts
            found, leaves[i] = _settle_zero(indicator.on_zero, indicator.points, found, zero, cohorts)
        score[i] = found
    score = without_dust(score)
    if tree.policies.round_indicator is not None:
        score = half_up(score, tree.policies.round_indicator)
    status = _status(tree, score, leaves, worst, applicable)
    score[status != Status.SCORED] = np.nan
    return IndicatorScores(value, by_zero, from_rate, small, score, status)


def _status(tree: Tree, score: FloatArray, leaves: BoolArray, worst: StatusArray, applicable: BoolArray) -> StatusArray:
    """(indicators, units): what each score is; what is said last wins."""
    claim = Status.NOT_APPLICABLE if tree.policies.claims is Claims.ACCEPT else Status.NOT_REVIEWED
    may_claim = np.array([indicator.may_not_apply for indicator in tree.indicators])[:, None]
    status = np.where(np.isnan(score), np.int8(Status.MISSING), np.int8(Status.SCORED))
    status[leaves] = Status.NOT_APPLICABLE
    status[(worst == AnswerState.CLAIMED_NOT_APPLICABLE) & may_claim] = claim
    status[worst == AnswerState.INVALID] = Status.INVALID
    status[~applicable.T] = Status.NOT_APPLICABLE
    return status


def _settle_zero(
    on_zero: OnZero, points: float, score: FloatArray, by_zero: BoolArray, cohorts: IntArray
) -> tuple[FloatArray, BoolArray]:
    """Scores with zero denominators settled, and the units whom the indicator leaves."""
    nobody = np.zeros_like(by_zero)
    match on_zero.what:
        case WhenZero.NOT_APPLICABLE:
            return np.where(by_zero, np.nan, score), by_zero
        case WhenZero.SHARE:
            return np.where(by_zero, on_zero.share * points, score), nobody
        case WhenZero.COHORT_MEAN:
            there = ~by_zero & ~np.isnan(score)
            size = int(cohorts.max(initial=0)) + 1
            total = np.bincount(cohorts[there], weights=score[there], minlength=size)
            count = np.bincount(cohorts[there], minlength=size)
            mean = np.divide(total, count, out=np.full(size, np.nan), where=count > 0)[cohorts]
            # A cohort in which nobody has a score has no mean: the indicator then leaves, as not computable.
            return np.where(by_zero, mean, score), by_zero & np.isnan(mean)

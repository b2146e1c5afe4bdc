"""Every indicator's scores for all units: rules, zero denominators, small samples, states, rounding.

A loop over indicators, never over units. Everything of one indicator is done while its columns are still in the
processor's cache, and written as one row of the matrices: whole-matrix steps were measured to be slower.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import (
    AnswerState,
    BoolArray,
    Claims,
    Indicator,
    OnZero,
    Policies,
    Status,
    StatusArray,
    Tree,
    WhenZero,
)
from lawgov_score.rounding import FloatArray, half_up, without_dust
from lawgov_score.rules.rule import Inputs, IntArray, Rule
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.values import Values, fields_of, values_of


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
    found = IndicatorScores(
        value=np.empty(shape),
        by_zero=np.empty(shape, dtype=bool),
        from_rate=np.empty(shape, dtype=bool),
        small=np.empty(shape, dtype=bool),
        score=np.empty(shape),
        status=np.empty(shape, dtype=np.int8),
    )
    for i, indicator in enumerate(tree.indicators):
        fields = fields_of(indicator, answers.values)
        values = values_of(indicator, fields, shape[1])
        worst = worst_state(indicator, answers)
        applies = applicable[:, i]
        counts = applies & (worst < AnswerState.CLAIMED_NOT_APPLICABLE)
        score = _score(indicator, fields, values, _Peers(counts, cohorts, years))
        leaves = None
        if indicator.on_zero is not None and values.by_zero.any():
            zero = values.by_zero & counts
            score, leaves = _settle_zero(indicator.on_zero, indicator.points, score, zero, cohorts)
        score = without_dust(score)
        if tree.policies.round_indicator is not None:
            score = half_up(score, tree.policies.round_indicator)
        status = _status(indicator, tree.policies, score, leaves, worst, applies)
        found.value[i], found.by_zero[i] = values.value, values.by_zero
        found.from_rate[i], found.small[i] = values.from_rate, values.small
        found.score[i], found.status[i] = np.where(status == Status.SCORED, score, np.nan), status
    return found


@dataclass(frozen=True, slots=True)
class _Peers:
    """Arrays (units,): who counts at an indicator, and in which cohort and year."""

    counts: BoolArray
    cohorts: IntArray
    years: FloatArray

    def run(self, rule: Rule, fields: Mapping[str, FloatArray], value: FloatArray) -> FloatArray:
        """The rule's scores. Only units that count may feed a cohort's best, place or mean."""
        own = {code: fields[code] for code in rule.reads}
        if rule.RELATIVE:
            value = np.where(self.counts, value, np.nan)
            own = {code: np.where(self.counts, answer, np.nan) for code, answer in own.items()}
        return rule.score(Inputs(value, own, self.cohorts, self.years))


def _score(indicator: Indicator, fields: Mapping[str, FloatArray], values: Values, peers: _Peers) -> FloatArray:
    """(units,): by the indicator's rule, or by that of its small samples."""
    score = peers.run(indicator.rule, fields, values.value)
    sample = indicator.small_sample
    if sample is not None and sample.rule is not None and values.small.any():
        other = sample.value.evaluate(fields).value if sample.value is not None else values.value
        score = np.where(values.small, peers.run(sample.rule, fields, other), score)
    return score if indicator.base is None else np.where(values.unknown, np.nan, score)


def _status(
    indicator: Indicator,
    policies: Policies,
    score: FloatArray,
    leaves: BoolArray | None,
    worst: StatusArray,
    applies: BoolArray,
) -> StatusArray:
    """(units,): what each score is; what is said last wins."""
    status = np.where(np.isnan(score), np.int8(Status.MISSING), np.int8(Status.SCORED))
    if leaves is not None:
        status[leaves] = Status.NOT_APPLICABLE
    if indicator.may_not_apply:
        claim = Status.NOT_APPLICABLE if policies.claims is Claims.ACCEPT else Status.NOT_REVIEWED
        status[worst == AnswerState.CLAIMED_NOT_APPLICABLE] = claim
    status[worst == AnswerState.INVALID] = Status.INVALID
    status[~applies] = Status.NOT_APPLICABLE
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

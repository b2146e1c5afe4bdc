"""One indicator's scores for all units: rule, zero denominators, small samples, status, rounding."""

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
    WhenZero,
)
from lawgov_score.rounding import FloatArray, half_up, without_dust
from lawgov_score.rules.rule import Inputs, IntArray, Rule
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.values import Values, fields_of, values_of


@dataclass(frozen=True, slots=True)
class IndicatorScores:
    """Scores of one indicator; arrays (units,). ``score`` is nan unless ``status`` is SCORED."""

    values: Values
    score: FloatArray
    status: StatusArray


def score_indicator(
    indicator: Indicator,
    answers: Answers,
    applicable: BoolArray,
    cohorts: IntArray,
    years: FloatArray,
    policies: Policies,
) -> IndicatorScores:
    """Scores every unit at ``indicator``. ``applicable``, ``cohorts``, ``years``: (units,)."""
    fields = fields_of(indicator, answers.values)
    values = values_of(indicator, fields, len(applicable))
    worst = worst_state(indicator, answers)
    invalid = worst == AnswerState.INVALID
    claimed = worst == AnswerState.CLAIMED_NOT_APPLICABLE
    counts = applicable & ~invalid & ~claimed

    def run(rule: Rule, value: FloatArray) -> FloatArray:
        own = {code: fields[code] for code in rule.reads}
        if rule.RELATIVE:  # only units that count may feed a cohort's best, place or mean
            value = np.where(counts, value, np.nan)
            own = {code: np.where(counts, answer, np.nan) for code, answer in own.items()}
        return rule.score(Inputs(value, own, cohorts, years))

    score = np.where(values.unknown, np.nan, run(indicator.rule, values.value))
    small = indicator.small_sample
    if small is not None and small.rule is not None:
        value = small.value.evaluate(fields).value if small.value is not None else values.value
        score = np.where(values.small, run(small.rule, value), score)
    leaves = np.zeros_like(values.by_zero)
    if indicator.on_zero is not None:
        score, leaves = _settle_zero(indicator.on_zero, indicator.points, score, values.by_zero & counts, cohorts)
    score = without_dust(score)
    if policies.round_indicator is not None:
        score = half_up(score, policies.round_indicator)

    status = np.where(np.isnan(score), Status.MISSING, Status.SCORED).astype(np.int8)
    status[leaves] = Status.NOT_APPLICABLE
    status[claimed] = Status.NOT_APPLICABLE if policies.claims is Claims.ACCEPT else Status.NOT_REVIEWED
    status[invalid] = Status.INVALID
    status[~applicable] = Status.NOT_APPLICABLE
    return IndicatorScores(values, np.where(status == Status.SCORED, score, np.nan), status)


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

"""Scores of every indicator for all units: rules, zero denominators, small samples, states, rounding.

A loop over indicators, never over units. Each indicator is finished while its columns are still in the processor's
cache, and written as one row of the matrices: whole-matrix steps were measured to be slower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.measure.cohorts import mean_of
from lawgov_score.model import (
    Claims,
    Compared,
    Indicator,
    OnZero,
    Policies,
    StatusArray,
    Tree,
    WhenZero,
)
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, IntArray, without_dust
from lawgov_score.rules.rule import Inputs, LeavesUnits, Need, Rule
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.nodes import NodeMatrices
from lawgov_score.scoring.own_figures import OwnFigures
from lawgov_score.scoring.states import AnswerIs, StatusIs
from lawgov_score.scoring.values import Context, Values, fields_of, lacks_previous, names_of, spared, values_of

__all__ = ["Context", "IndicatorScores", "empty_scores", "score_indicators"]


@dataclass(frozen=True, slots=True)
class IndicatorScores:
    """Matrices (indicators, units); ``value`` is nan where missing.

    ``score`` and ``status``: for each indicator its row (units,) of ``NodeMatrices``; nan unless SCORED.
    """

    value: FloatArray
    by_zero: BoolArray
    from_rate: BoolArray
    small: BoolArray
    score: tuple[FloatArray, ...]
    status: tuple[StatusArray, ...]
    spared: dict[str, BoolArray]  # (units,) by field key: who need not answer it (a branch of `if` not taken)
    compared: Compared


def empty_scores(tree: Tree, nodes: NodeMatrices) -> IndicatorScores:
    """Empty matrices for every indicator; scores are filled into ``nodes``."""
    shape = len(tree.indicators), nodes.score.shape[1]
    rows = [row for row, node in enumerate(tree.nodes) if isinstance(node, Indicator)]
    return IndicatorScores(
        value=np.full(shape, np.nan),
        by_zero=np.zeros(shape, dtype=bool),
        from_rate=np.zeros(shape, dtype=bool),
        small=np.zeros(shape, dtype=bool),
        score=tuple(nodes.score[row] for row in rows),
        status=tuple(nodes.status[row] for row in rows),
        spared={},
        compared=Compared(),
    )


def score_indicators(
    tree: Tree,
    answers: Answers,
    context: Context,
    numbers: Sequence[int],
    indicator_scores: IndicatorScores,
    own: OwnFigures,
) -> None:
    """Scores all units at the indicators ``numbers`` (places in ``tree.indicators``).

    Fills their rows in ``indicator_scores``. Nodes that ``score("…")`` refers to must already be in ``context.nodes``.
    ``own``: each unit's own points and rules.
    """
    for i in numbers:
        _score_indicator(tree, i, answers, context, indicator_scores, own)


def _score_indicator(
    tree: Tree, i: int, answers: Answers, context: Context, indicator_scores: IndicatorScores, own: OwnFigures
) -> None:
    indicator, size, applies = tree.indicators[i], len(context.cohorts), context.applicable[:, i]
    worst = worst_state(indicator, answers)
    counts = applies & (worst < AnswerIs.CLAIMED_NOT_APPLICABLE)
    names = names_of(indicator, fields_of(indicator, answers.values), context, counts)
    free = spared(indicator, names, size)
    if free:
        worst = worst_state(indicator, answers, free)
        indicator_scores.spared.update({f"{indicator.code}.{code}": who for code, who in free.items()})
    values = values_of(indicator, names, size)
    sources = _Sources(indicator, names, counts, context, i, own)
    score, leaves = sources.scored(values)
    _keep(sources, values, indicator_scores.compared)
    if indicator.instead is not None and indicator.instead.takes_mean:
        settled = values.by_zero if indicator.on_zero is not None else False
        indicator_scores.compared.own_scores[indicator.code] = np.where(counts & np.logical_not(settled), score, np.nan)
    if indicator.on_zero is not None or indicator.no_previous is not None:
        score, left = _without_gaps(sources, values, score, indicator_scores.compared)
        if left is not None:
            leaves = left if leaves is None else leaves | left
    rounding = tree.rounding_of(indicator)
    score = without_dust(score, VALUE_DECIMALS) if rounding is None else rounding.of(score)
    status = _status(indicator, tree.policies, score, leaves, worst, applies)
    stuck = _comes_to_nothing(indicator, values)
    if stuck is not None:
        stuck &= counts & (worst == AnswerIs.GIVEN) & (status == StatusIs.MISSING)
        status[stuck] = StatusIs.INVALID  # R119 reports it
    indicator_scores.value[i], indicator_scores.by_zero[i] = values.value, values.by_zero
    indicator_scores.from_rate[i], indicator_scores.small[i] = values.from_rate, values.small
    score[status != StatusIs.SCORED] = np.nan
    indicator_scores.score[i][:], indicator_scores.status[i][:] = score, status


@dataclass(frozen=True, slots=True)
class _Sources:
    """One indicator with all its inputs: columns by name, which units count (units,), and what is in ``Context``.

    ``at``: its place in ``Tree.indicators``; ``own``: each unit's own points and rules.
    """

    indicator: Indicator
    names: Mapping[str, FloatArray]
    counts: BoolArray
    context: Context
    at: int
    own: OwnFigures

    @property
    def points(self) -> float | FloatArray:
        """Its points: one number, or each unit's own."""
        return self.own.figure(lambda tree: tree.indicators[self.at].points)

    def scored(self, values: Values) -> tuple[FloatArray, BoolArray | None]:
        """(units,): scores by the indicator's rule or its small-sample rule; and units it finds not applicable."""
        inputs = self._inputs(self.indicator.rule, values.value)
        score = self.own.columns(lambda tree: tree.indicators[self.at].rule.score(inputs))
        leaves = None
        if self.indicator.leaves_units:
            assert isinstance(self.indicator.rule, LeavesUnits)  # slow to look up, so the indicator remembers it
            leaves = self.indicator.rule.leaves(inputs)
        sample = self.indicator.small_sample
        if sample is not None and sample.rule is not None and values.small.any():
            other = self.small_value(values)
            small = values.small & ~(values.from_rate & np.isnan(other))  # only the printed rate is known: score it
            by_small, others = sample.rule, self._inputs(sample.rule, other)
            second = self.own.columns(lambda tree: (_small_rule(tree.indicators[self.at]) or by_small).score(others))
            score = np.where(small, second, score)
        return score if self.indicator.base is None else np.where(values.unknown, np.nan, score), leaves

    def small_value(self, values: Values) -> FloatArray:
        """(units,): what small samples are scored by: 败诉件数 instead of 败诉率, where the tree says so."""
        sample = self.indicator.small_sample
        other = sample.value if sample is not None else None
        return values.value if other is None else other.evaluate(self.names).value

    def lacks_previous(self, values: Values) -> BoolArray:
        """(units,): is a figure of last edition the only one missing?"""
        indicator, size = self.indicator, len(self.counts)
        lacks = lacks_previous(tuple(one for one in (indicator.value, indicator.base) if one), self.names, size)
        if Need.PREVIOUS in indicator.rule.NEEDS:
            lacks |= np.isnan(self._previous) & ~np.isnan(values.value)
        return lacks

    @property
    def _previous(self) -> FloatArray:
        known = self.context.previous.get(f"{self.indicator.code}.value")
        return np.full(len(self.counts), np.nan) if known is None else known

    def _inputs(self, rule: Rule, value: FloatArray) -> Inputs:
        """The inputs of a rule. Only units that count enter a cohort's best value, place or mean."""
        own = {code: self.names[code] for code in rule.reads}
        if rule.RELATIVE:
            value = np.where(self.counts, value, np.nan)
            own = {code: np.where(self.counts, answer, np.nan) for code, answer in own.items()}
        marks = previous = None
        if rule.NEEDS and Need.MARKS in rule.NEEDS:
            marks = self.context.marks.get(self.indicator.code, np.full((len(value), 0), np.nan))
        if rule.NEEDS and Need.PREVIOUS in rule.NEEDS:
            previous = self._previous
        return Inputs(value, own, self.context.cohorts, self.context.years, previous, marks)


def _small_rule(indicator: Indicator) -> Rule | None:
    return None if indicator.small_sample is None else indicator.small_sample.rule


def _keep(sources: _Sources, values: Values, kept: Compared) -> None:
    """Keeps what the score depends on besides the unit's own answers, for explanations."""
    indicator, code = sources.indicator, sources.indicator.code
    refers_to_cohort = False
    if indicator.references:
        kept.references.update({(code, name): of for name, of in sources.names.items() if not name.isidentifier()})
        refers_to_cohort = any(one.cohort for one in indicator.expressions)
    replaces = indicator.instead is not None and indicator.instead.takes_mean
    if refers_to_cohort or indicator.is_relative or _takes_mean(indicator.on_zero) or replaces:
        kept.takes_part[code] = sources.counts
    if indicator.small_sample is not None and indicator.small_sample.value is not None:
        kept.second_values[code] = sources.small_value(values)


def _takes_mean(policy: OnZero | None) -> bool:
    return policy is not None and policy.what is WhenZero.COHORT_MEAN


def _comes_to_nothing(indicator: Indicator, values: Values) -> BoolArray | None:
    """(units,): nothing it needs is missing, no denominator is zero, yet there is no value (the logarithm of zero)."""
    if indicator.value is None or indicator.value.is_name:
        return None
    stuck: BoolArray = np.isnan(values.value) & ~(values.missing | values.by_zero)
    return stuck if stuck.any() else None


def _status(
    indicator: Indicator,
    policies: Policies,
    score: FloatArray,
    leaves: BoolArray | None,
    worst: StatusArray,
    applies: BoolArray,
) -> StatusArray:
    """(units,): the status of each score; the last rule that applies wins."""
    blank = StatusIs.NOT_REVIEWED if indicator.is_judged else StatusIs.MISSING
    status: StatusArray = np.zeros(len(score), dtype=np.int8)  # SCORED
    status[np.isnan(score)] = blank
    if leaves is not None:
        status[leaves] = StatusIs.NOT_APPLICABLE
    if indicator.may_not_apply:
        claim = StatusIs.NOT_APPLICABLE if policies.claims is Claims.ACCEPT else StatusIs.NOT_REVIEWED
        status[worst == AnswerIs.CLAIMED_NOT_APPLICABLE] = claim
    status[worst == AnswerIs.INVALID] = StatusIs.INVALID
    status[~applies] = StatusIs.NOT_APPLICABLE
    return status


def _without_gaps(
    sources: _Sources, values: Values, score: FloatArray, kept: Compared
) -> tuple[FloatArray, BoolArray | None]:
    """Scores with `on_zero` and `no_previous` applied, and the units that these make not applicable."""
    indicator, counts, cohorts = sources.indicator, sources.counts, sources.context.cohorts
    zero = values.by_zero & counts if indicator.on_zero is not None else np.zeros_like(counts)
    others, leaves = counts, None
    if _takes_mean(indicator.on_zero) or _takes_mean(indicator.no_previous):
        others = counts & ~zero & ~np.isnan(score)  # units whose mean may replace the score
    if _takes_mean(indicator.on_zero) or _takes_mean(indicator.no_previous):
        kept.own_scores[indicator.code] = np.where(others, score, np.nan)
    if indicator.on_zero is not None and zero.any():
        score, leaves = _settle(sources, indicator.on_zero, score, zero, others, cohorts)
    if indicator.no_previous is not None:
        lacks = sources.lacks_previous(values) & np.isnan(score) & counts & ~zero
        score, left = _settle(sources, indicator.no_previous, score, lacks, others, cohorts)
        leaves = left if leaves is None else leaves | left
    return score, leaves


def _settle(
    sources: _Sources,
    policy: OnZero,
    score: FloatArray,
    concerned: BoolArray,
    others: BoolArray,
    cohorts: IntArray,
) -> tuple[FloatArray, BoolArray]:
    """Scores with ``policy`` applied to the ``concerned``; units made not applicable. ``others`` give the mean."""
    match policy.what:
        case WhenZero.NOT_APPLICABLE:
            return np.where(concerned, np.nan, score), concerned
        case WhenZero.SHARE | WhenZero.TARGET:
            return np.where(concerned, policy.share * sources.points, score), np.zeros_like(concerned)
        case WhenZero.COHORT_MEAN:
            assumed = sources.context.means.get(sources.indicator.code)
            mean = mean_of(np.where(others, score, np.nan), cohorts) if assumed is None else assumed
            no_mean = sources.indicator.no_mean
            if no_mean is not None:
                mean = np.where(np.isnan(mean), no_mean.share * sources.points, mean)
            # A cohort in which no unit has a score has no mean: the indicator then does not apply, as not computable.
            return np.where(concerned, mean, score), concerned & np.isnan(mean)

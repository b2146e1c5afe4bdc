"""What an indicator gives to units to which it does not apply, where it does not simply leave them."""

import numpy as np

from lawgov_score.measure.cohorts import mean_of
from lawgov_score.model import Indicator, Instead, Replaced, Roster, Tree, WhenZero, Why
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, IntArray, without_dust
from lawgov_score.rules.rule import Inputs, LeavesUnits
from lawgov_score.scoring.answers import Answers, worst_state
from lawgov_score.scoring.indicators import IndicatorScores
from lawgov_score.scoring.own_figures import OwnFigures
from lawgov_score.scoring.states import AnswerIs, StatusIs


def replace_not_applicable(
    tree: Tree,
    i: int,
    units: Roster,
    answers: Answers,
    cohorts: IntArray,
    there: BoolArray,
    each: IndicatorScores,
    own: OwnFigures,
    assumed: FloatArray | None = None,
) -> None:
    """Scores, in place, what does not apply to units and yet gives something (`when_not_applicable:`).

    ``i``: place of an indicator that says so; every array (units,). ``there``: units that are scored at all; ``own``:
    each unit's own points; ``assumed`` (units,): the means of their cohorts, where these are not the units given.
    """
    indicator, kept, score, status = tree.indicators[i], each.compared, each.score[i], each.status[i]
    instead = indicator.instead
    assert instead is not None  # checked by the caller
    why = _why(instead, indicator, units, answers, i, each.by_zero[i])
    why[~there | (status != StatusIs.NOT_APPLICABLE)] = Why.NONE
    alone = np.zeros(len(units), dtype=bool)
    given = np.full(len(units), np.nan)
    points = np.broadcast_to(own.figure(lambda each_tree: each_tree.indicators[i].points), given.shape)
    for reason, policy in instead.by.items():
        concerned = why == reason
        if policy.what is WhenZero.COHORT_MEAN:
            mean = mean_of(kept.own_scores[indicator.code], cohorts) if assumed is None else assumed
            alone |= concerned & np.isnan(mean)
            given = np.where(concerned, mean, given)
        else:
            given[concerned] = policy.share * points[concerned]
    if indicator.no_mean is not None:
        given[alone] = indicator.no_mean.share * points[alone]
    why[np.isnan(given)] = Why.NONE
    rows = why != Why.NONE
    rounding = tree.rounding_of(indicator)
    score[rows] = (without_dust(given, VALUE_DECIMALS) if rounding is None else rounding.of(given))[rows]
    status[rows] = StatusIs.SCORED
    kept.instead[indicator.code] = Replaced(why, alone)


def _why(
    instead: Instead, indicator: Indicator, units: Roster, answers: Answers, i: int, by_zero: BoolArray
) -> IntArray:
    """(units,): ``Why`` the indicator would not apply, where the tree says what it then gives; else NONE."""
    why = np.zeros(len(units), dtype=np.intp)
    applies = answers.applicable[:, i]
    if Why.OPTION in instead.by and isinstance(indicator.rule, LeavesUnits):
        chosen = {code: answers.values[indicator.keys[code]] for code in indicator.rule.reads}
        why[applies & ~by_zero & indicator.rule.leaves(Inputs(np.full(len(units), np.nan), chosen))] = Why.OPTION
    if Why.CLAIM in instead.by and indicator.may_not_apply:
        why[applies & (worst_state(indicator, answers) == AnswerIs.CLAIMED_NOT_APPLICABLE)] = Why.CLAIM
    if instead.types:
        why[~applies & np.array([unit.type in instead.types for unit in units], dtype=bool)] = Why.TYPE
    return why

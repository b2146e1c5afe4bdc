"""The order of evaluation, frozen (RULES.md G): answers → values → rules → aggregate → rank → grade."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lawgov_score.model import AnswerState, BoolArray, Invalid, Roster, Scores, Status, Submission, Tree, Unit
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.rule import IntArray
from lawgov_score.scoring.adjust import triggered_vetoes
from lawgov_score.scoring.aggregate import aggregate
from lawgov_score.scoring.answers import Answers, columns, coverage
from lawgov_score.scoring.grade import grade
from lawgov_score.scoring.indicators import score_indicators
from lawgov_score.scoring.rank import rank
from lawgov_score.scoring.suspicions import check_results


def score(tree: Tree, units: Roster, submissions: Sequence[Submission]) -> Scores:
    """Scores of every unit at every node.

    ``units``: who is assessed, in any order; one without a submission is listed and not scored. Submissions of
    units that are not in ``units`` are a bug of the caller. The result depends on neither order.
    """
    known = [cohort.code for cohort in tree.cohorts]
    names = known + sorted({unit.cohort for unit in units} - set(known))
    ordered = tuple(sorted(units, key=lambda unit: (names.index(unit.cohort), unit.code)))
    by_unit = {submission.unit.code: submission for submission in submissions}
    if unknown := set(by_unit) - {unit.code for unit in ordered}:
        raise ValueError(f"submissions of units that are not assessed: {sorted(unknown)}")
    found = tuple(by_unit.get(unit.code) for unit in ordered)
    return score_columns(tree, ordered, found, columns(tree, ordered, found))


def score_columns(tree: Tree, units: Roster, submissions: tuple[Submission | None, ...], answers: Answers) -> Scores:
    """The same from columns. ``units`` are sorted already, ``submissions`` and the arrays aligned with them."""
    names = {cohort.code: cohort.name for cohort in tree.cohorts}
    codes = list(dict.fromkeys(unit.cohort for unit in units))
    cohorts: IntArray = np.array([codes.index(unit.cohort) for unit in units], dtype=np.intp)
    years = np.array([tree.year if unit.year is None else unit.year for unit in units], dtype=np.float64)
    came = np.array([submission is not None for submission in submissions], dtype=bool)
    withheld = came & _withheld(tree, answers)
    usable = answers.applicable & (came & ~withheld)[:, None]  # the others must not feed a cohort's best or mean

    each = score_indicators(tree, answers, usable, cohorts, years)
    each.status[answers.applicable.T & ~came] = Status.MISSING
    each.status[answers.applicable.T & withheld] = Status.INVALID
    result = aggregate(tree, each.score, each.status)

    counted = came & ~withheld & (result.raw_points > 0)
    total = np.where(counted, result.total, np.nan)
    full_total = np.where(counted, result.full_total, np.nan)
    judged = total if tree.policies.rank_on_rounded else full_total
    breakers = [_column(tree, code, result.scores) for code in tree.policies.tie_breakers]
    ranks = rank([judged, *breakers], cohorts, tree.policies.ties)
    asked, answered = coverage(tree, answers, each.from_rate)
    share = np.divide(answered, asked, out=np.zeros(len(units)), where=asked > 0)
    vetoes = triggered_vetoes(tree, answers)
    grades, reasons = grade(tree, total, ranks, cohorts, share, vetoes)
    scores = Scores(
        tree=tree,
        units=units,
        submissions=submissions,
        cohort_names=tuple(cohort_name(unit, names) for unit in units),
        cohorts=cohorts,
        years=years,
        answers=answers.values,
        values=each.value.T,
        by_zero=each.by_zero.T,
        from_rate=each.from_rate.T,
        small=each.small.T,
        scores=result.scores,
        points=result.points,
        status=result.status,
        raw_total=np.where(counted, result.raw_total, np.nan),
        raw_points=result.raw_points,
        total=total,
        full_total=full_total,
        coverage=share,
        asked=asked,
        answered=answered,
        rank=ranks,
        overall_rank=rank([judged, *breakers], np.zeros_like(cohorts), tree.policies.ties),
        grades=grades,
        grade_reasons=reasons,
        vetoes=vetoes,
        computed=result.scores,
        converted=full_total,
        adjusted=((),) * len(units),
    )
    return replace(scores, problems=tuple(check_results(scores)))


def cohort_name(unit: Unit, names: dict[str, str]) -> str:
    """The cohort in words; empty where units have none and are all ranked together."""
    return names.get(unit.cohort, unit.cohort)


def _withheld(tree: Tree, answers: Answers) -> BoolArray:
    """(units,): a cell is wrong and the tree says not to score such a unit."""
    wrong = np.zeros(len(answers.applicable), dtype=bool)
    if tree.policies.invalid is Invalid.WITHHOLD:
        for states in answers.states.values():
            wrong |= states == AnswerState.INVALID
    return wrong


def _column(tree: Tree, code: str, scores: FloatArray) -> FloatArray:
    return scores[:, [node.code for node in tree.nodes].index(code)]

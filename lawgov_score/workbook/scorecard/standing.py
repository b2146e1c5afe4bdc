"""Place and grade of every unit as live formulas over all totals, on the sheet of sums.

Tie-breakers beyond the total count for the published total only: a unit whose total is changed to that of another one
is shown the better place.
"""

import numpy as np

from lawgov_score.cell_addresses import letters
from lawgov_score.content import standing
from lawgov_score.model import Ties
from lawgov_score.workbook.formulas.place import (
    after_ties,
    exact,
    has_no_formula,
    is_ahead,
    is_gapless_told,
    ladder,
    quoted,
    tied_ahead,
)
from lawgov_score.workbook.scorecard.plan import FIRST, SUMS, LivePlan


def place(plan: LivePlan, member: int, *, overall: bool) -> str | None:
    """The place as a number, within the cohort or among all; None if no formula can express it."""
    scores, policies = plan.scores, plan.scores.tree.policies
    what = "total" if policies.rank_on_rounded else "full"
    column = plan.sums[what, scores.tree.code]
    cells = plan.everybody(SUMS, column) if overall else plan.cohort(member, SUMS, column)
    cells = cells.removeprefix(plan.sheet(SUMS))
    mine = plan.sum_cell(member, what).removeprefix(plan.sheet(SUMS))
    ranks = scores.overall_rank if overall else scores.rank
    peers = (ranks > 0) & (overall | (scores.cohorts == scores.cohorts[member]))
    if has_no_formula(scores, peers):
        return None
    if policies.ties is Ties.DENSE:
        if not is_gapless_told(scores, peers):
            return None
        sign = is_ahead(scores.tree)
        first = plan.sums["first of all" if overall else "first", scores.tree.code]
        firsts = plan.everybody(SUMS, first) if overall else plan.cohort(member, SUMS, first)
        formula = f'1+COUNTIFS({cells},"{sign}"&{mine},{firsts.removeprefix(plan.sheet(SUMS))},1)'
    else:
        formula = f"RANK({mine},{cells},{int(policies.lower_is_better)})"
        tied = tied_ahead(scores, member, peers, ranks)
        formula = after_ties(formula, exact(mine), float(scores.placed[member]), tied)
    return f'IF(ISNUMBER({mine}),{formula},"")'


def is_first(plan: LivePlan, member: int, *, overall: bool) -> str:
    """1 if no unit above has the same total, so that each total counts once where places leave no gaps."""
    scores = plan.scores
    what = "total" if scores.tree.policies.rank_on_rounded else "full"
    mine = plan.sum_cell(member, what).removeprefix(plan.sheet(SUMS))
    top = FIRST if overall else plan.span_of[int(scores.cohorts[member])][0]
    letter = letters(plan.sums[what, scores.tree.code])
    return f"IF(ISNUMBER({mine}),IF(COUNTIF({letter}${top + 1}:{mine},{mine})=1,1,0),0)"


def level(plan: LivePlan, member: int) -> str | None:
    """The number of the grade that the unit reaches and that is not barred, before quotas."""
    scores = plan.scores
    tree, grades = scores.tree, scores.tree.grades
    if standing.is_barred(scores, member) or np.isnan(scores.total[member]):
        return None
    policies = tree.policies
    if policies.grade_by:
        figure = plan.score_cell(member, policies.grade_by)
        if figure is None:
            return None
    else:
        figure = plan.sum_cell(member, "total" if policies.grade_on_rounded else "full")
    figure = figure.removeprefix(plan.sheet(SUMS))
    reached = list(map(str, standing.free_of(scores, member)))
    return ladder(tree, figure, standing.lines_of(scores, member), reached, str(len(grades)))


def after_quota(plan: LivePlan, member: int, at: int, before: str) -> str:
    """The number of the grade after units beyond the quota of grade ``at`` have moved down. ``before``: a column."""
    scores = plan.scores
    quota, free = scores.tree.quotas[at], standing.free_of(scores, member)
    limit = standing.limit_of(scores, member, at)
    code, bare = scores.tree.code, plan.sheet(SUMS)
    cells = plan.cohort(member, SUMS, plan.sums[before, code]).removeprefix(bare)
    places = plan.cohort(member, SUMS, plan.sums["place", code]).removeprefix(bare)
    own, mine = (plan.sum_cell(member, what).removeprefix(bare) for what in (before, "place"))
    with_tied, ahead = (f"SUMPRODUCT(({cells}={at})*({places}{sign}{mine}))" for sign in ("<=", "<"))
    fits = f"OR({with_tied}<={limit},{ahead}=0)" if quota.at_least > 0 else f"{with_tied}<={limit}"
    return f"IF({own}={at},IF({fits},{at},{free[at + 1]}),{own})"


def grade(plan: LivePlan, member: int, last: str) -> str:
    """The name of the grade; ``last``: the column with its final number."""
    own = plan.sum_cell(member, last).removeprefix(plan.sheet(SUMS))
    formula = '""'
    for i, one in reversed(list(enumerate(plan.scores.tree.grades))):
        formula = f"IF({own}={i},{quoted(one.name)},{formula})"
    return formula

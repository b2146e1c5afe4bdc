"""Place and grade on a card as live formulas over its own total and the published totals of the others.

Tie-breakers beyond the total are known only for the published total: a tried-out total that equals another unit's is
shown the better place.
"""

from lawgov_score.content import standing
from lawgov_score.model import Scores, Ties
from lawgov_score.rules.cells import number
from lawgov_score.workbook.card.cohort_sheet import CohortPlan
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

_NONE = '"—"'  # no grade


def place(scores: Scores, member: int, total: str, plan: CohortPlan) -> str | None:
    """The unit's place as a number, without ``=``; ``total``: the cell that places are based on."""
    key = ("total", scores.tree.code)
    if key not in plan.others or not scores.rank[member]:
        return None
    inside = scores.cohorts == scores.cohorts[member]
    if has_no_formula(scores, inside):
        return None
    if key not in plan.spans:
        return "1"  # no other unit has a total
    span, mine, sign = plan.spans[key], exact(total), is_ahead(scores.tree)
    peers = inside & (scores.rank > 0)
    if scores.tree.policies.ties is Ties.DENSE:
        if not is_gapless_told(scores, peers):
            return None
        # In descending order, each distinct total counts once: where the next one differs, and at the end.
        last = f"IF({span.smallest}{sign}{mine},1,0)"
        if span.first == span.last:
            return f"1+{last}"
        here, below = span.cells(without_last=1), span.cells(without_first=1)
        return f"1+SUMPRODUCT(({here}{sign}{mine})*({here}<>{below}))+{last}"
    ahead = f"1+SUMPRODUCT(--({span.cells()}{sign}{mine}))"
    return after_ties(ahead, mine, float(scores.placed[member]), tied_ahead(scores, member, peers, scores.rank))


def moved(scores: Scores, member: int, place_formula: str) -> str | None:
    """The movement since last edition, in the form of ``labels.movement``; None if the unit had no place then."""
    before = scores.previous.ranks.get(scores.units[member].code, 0) if scores.previous is not None else 0
    if not before:
        return None
    change = f"{before}-({place_formula})"
    return f'IF({change}>0,"↑"&({change}),IF({change}<0,"↓"&-({change}),"—"))'


def is_shared(scores: Scores, member: int, total: str, plan: CohortPlan) -> str:
    """A spreadsheet test: does another unit have this place too?"""
    if ("total", scores.tree.code) not in plan.spans:
        return "FALSE"
    others, totals = plan.others["total", scores.tree.code], scores.placed
    mine = exact(total)
    peers = scores.cohorts == scores.cohorts[member]
    now = "TRUE" if int((peers & (scores.rank == scores.rank[member])).sum()) > 1 else "FALSE"
    return f"IF({mine}={number(float(totals[member]))},{now},SUMPRODUCT(--({others}={mine}))>0)"


def grade(scores: Scores, member: int, figure: str, total: str, plan: CohortPlan) -> str | None:
    """The unit's grade, without ``=``. ``figure``: the cell compared with the lines; ``total``: that of places."""
    tree = scores.tree
    if not tree.grades:
        return None
    how = plan.ladder
    if how.is_barred:
        return _NONE
    if any(("grade", str(i)) not in plan.others for i in how.limits):
        return None
    names = [_name(scores, member, how, level, total, plan) for level in range(len(tree.grades) + 1)]
    return ladder(tree, figure, how.lines, names, _NONE)


def _name(scores: Scores, member: int, how: standing.Ladder, level: int, total: str, plan: CohortPlan) -> str:
    """The grade of a unit that reaches this level: the best one at or below it that is not barred and has room."""
    grades = scores.tree.grades
    at = how.free[level]
    if at == len(grades):
        return _NONE
    name = quoted(grades[at].name)
    if at not in how.limits:
        return name
    below = _name(scores, member, how, at + 1, total, plan)
    return f"IF({_fits(scores, member, how, at, total, plan)},{name},{below})"


def _fits(scores: Scores, member: int, how: standing.Ladder, at: int, total: str, plan: CohortPlan) -> str:
    """A test: does the unit fit the quota of the grade? Tied units are treated alike."""
    holders, limit, quota = how.holders[at], how.limits[at], scores.tree.quotas[at]
    mine = exact(total)
    if not holders:
        return "TRUE" if limit >= 1 or quota.at_least > 0 else "FALSE"
    cells = plan.others["grade", str(at)]
    lower, now, sign = scores.tree.policies.lower_is_better, float(scores.placed[member]), is_ahead(scores.tree)
    ahead, with_tied = f"SUMPRODUCT(--({cells}{sign}{mine}))", f"SUMPRODUCT(--({cells}{sign}={mine}))"
    better = [one < now if lower else one > now for one in holders]
    by_total = (sum(better), sum(b or one == now for b, one in zip(better, holders, strict=True)))
    if by_total != how.before[at]:  # ties are decided by more than the total
        ahead = f"IF({mine}={number(now)},{how.before[at][0]},{ahead})"
        with_tied = f"IF({mine}={number(now)},{how.before[at][1]},{with_tied})"
    if quota.at_least > 0:
        return f"OR({with_tied}+1<={limit},{ahead}=0)"
    return f"{with_tied}+1<={limit}"

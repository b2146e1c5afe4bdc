"""Total, place and grade on 排名 as live formulas over 合成: the places of a cohort follow from its own totals.

What ties are decided by beyond the total is known only for the totals as published; that, dense places and grades
with quotas are stated.
"""

import math
from collections.abc import Mapping

import numpy as np

from lawgov_score.content import cohort, standing
from lawgov_score.model import BoolArray, Scores, Ties
from lawgov_score.report import render
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.rules.cells import number
from lawgov_score.rules.rule import IntArray
from lawgov_score.wording import Language
from lawgov_score.workbook import card_standing, totals_sheet
from lawgov_score.workbook.card_cohort import CohortPlan
from lawgov_score.workbook.card_totals import is_unrounded_needed
from lawgov_score.workbook.page import address, column_name
from lawgov_score.workbook.scorecard_plan import Plan

_ALL_NUMBERS = "10^99"  # text, which stands where there is no total, is above every number
_HALF_DUST = f"5*10^-{DUST_DECIMALS + 1}"


def of_unit(plan: Plan, member: int, lang: Language) -> Mapping[str, str]:
    """Formulas, without ``=``, by the name of the column on 排名; empty where the unit has no total."""
    scores, tree = plan.scores, plan.scores.tree
    if math.isnan(scores.raw_total[member]) or math.isnan(scores.total[member]):
        return {}
    row, columns, sheet = plan.rows[member], totals_sheet.columns_of(tree), render(totals_sheet.NAME, lang)
    full = columns.total - 1 if is_unrounded_needed(tree) else columns.total
    total = f"'{sheet}'!{address(row, columns.total)}"
    unrounded = f"'{sheet}'!{address(row, full)}"
    found = {
        "score": total,
        "before": f"'{sheet}'!{address(row, columns.ends)}",
        "adjusted": f"'{sheet}'!{address(row, columns.ends + 1)}",
        "raw": f"'{sheet}'!{address(row, columns.groups[tree.code] + 1)}",
    }
    for aspect in tree.children:
        if aspect.code in columns.groups:
            found[f"aspect:{aspect.code}"] = f"'{sheet}'!{address(row, columns.groups[aspect.code] + 1)}"
    if converts_by_comparing(scores) and full != columns.total:
        return found  # only the total itself stands on the sheet
    counted = columns.total if tree.policies.rank_on_rounded else full
    mine, letter = f"'{sheet}'!{address(row, counted)}", column_name(counted)
    same = scores.cohorts == scores.cohorts[member]
    spans = {
        "place": plan.cohorts[int(scores.cohorts[member])],
        "overall": (min(plan.rows.values()), max(plan.rows.values())),
    }
    for name, among, ranks in (
        ("place", same, scores.rank),
        ("overall", np.ones_like(same), scores.overall_rank),
    ):
        first, last = spans[name]
        cells = f"'{sheet}'!${letter}${first + 1}:${letter}${last + 1}"
        place = _place(scores, member, mine, cells, among, ranks)
        if place is not None:
            found[name] = place
    nobody = CohortPlan("", (), {}, {}, {}, standing.graded(scores, member, plan.levels))
    grade = card_standing.grade(scores, member, total if tree.policies.grade_on_rounded else unrounded, mine, nobody)
    if grade is not None and scores.grades[member]:
        found["grade"] = grade
    return found


def converts_by_comparing(scores: Scores) -> bool:
    """Does the rule of the whole tree compare units, so that the total is stated?"""
    rule = scores.tree.rule
    return rule is not None and rule.RELATIVE


def _place(
    scores: Scores,
    member: int,
    mine: str,
    cells: str,
    among: BoolArray,
    ranks: IntArray,
) -> str | None:
    """One more than the units ahead, and those level with it that ties put before it; None where it is stated."""
    totals, policies = cohort.judged(scores), scores.tree.policies
    has_place, has_total = ranks > 0, ~np.isnan(scores.total)
    if not has_place[member] or policies.ties is Ties.DENSE or bool((among & has_total & ~has_place).any()):
        return None
    tied = among & (totals == totals[member])
    before = int((tied & (ranks < ranks[member])).sum())
    ahead = f"{cells}<{mine}-{_HALF_DUST}" if policies.lower_is_better else f"{cells}>{mine}+{_HALF_DUST}"
    place = f"1+SUMPRODUCT(({cells}<{_ALL_NUMBERS})*({ahead}))"
    if before:
        place += f"+IF(ROUND({mine},{DUST_DECIMALS})={number(float(totals[member]))},{before},0)"
    return place

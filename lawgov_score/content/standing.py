"""What a unit's place and grade depend on besides its own total: lines, bars, and the other holders of a grade."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.measure.ladder import best_unbarred, over_quota, quota_limit
from lawgov_score.model import Scores
from lawgov_score.rounding import IntArray


@dataclass(frozen=True, slots=True)
class Ladder:
    """The grade lines as they stand for one unit, and who else holds the grades that have a quota.

    ``lines``: the line of each grade for its cohort; ``free``: for each grade it may reach, the grade it then gets;
    ``free`` has one more number than there are grades: past the last there is none. ``limits``: how many of the cohort
    may hold a grade; ``holders``: totals of the others who would hold it, by the number of the grade.
    """

    lines: tuple[float, ...]
    free: tuple[int, ...]
    limits: Mapping[int, int]
    holders: Mapping[int, tuple[float, ...]]
    before: Mapping[int, tuple[int, int]]  # how many holders have a better place than the unit as published, or its own
    is_barred: bool  # too little was filled in for any grade


def ladder_of(scores: Scores, member: int) -> Ladder:
    """The unit's own lines and bars, and the other holders of the grades that have a quota."""
    tree, cohort = scores.tree, int(scores.cohorts[member])
    levels = scores.levels.copy()
    levels[member] = len(tree.grades)  # the others among themselves
    limits, holders, before = {}, {}, {}
    own_place = int(scores.rank[member]) or len(scores.units) + 1
    inside = scores.cohorts == cohort
    totals = scores.placed
    for i in tree.quotas:
        limits[i] = limit_of(scores, member, i)
        rows = np.flatnonzero(inside & (levels == i))
        holders[i] = tuple(sorted((float(one) for one in totals[rows] if not np.isnan(one)), reverse=True))
        before[i] = (_before(scores, rows, own_place), _before(scores, rows, own_place + 1))
        levels = after_quota(scores, levels, i)
    return Ladder(lines_of(scores, member), free_of(scores, member), limits, holders, before, is_barred(scores, member))


def lines_of(scores: Scores, member: int) -> tuple[float, ...]:
    """The line of each grade for the unit's cohort."""
    return tuple(each.line(scores.units[member].cohort) for each in scores.tree.grades)


def is_barred(scores: Scores, member: int) -> bool:
    """Is the unit's coverage too low for any grade?"""
    return "coverage" in scores.grade_reasons[member]


def limit_of(scores: Scores, member: int, grade: int) -> int:
    """How many units of the cohort may hold a grade that has a quota."""
    quota = scores.tree.quotas[grade]
    return quota_limit(quota.share, quota.at_least, scores.cohort_size(member))


def after_quota(scores: Scores, levels: IntArray, grade: int) -> IntArray:
    """(units,): ``levels`` after units that exceed the quota of ``grade`` have moved down."""
    quota = scores.tree.quotas[grade]
    over = over_quota(levels == grade, scores.rank, scores.cohorts, quota.share, quota.at_least, scores.counted)
    new_levels = levels.copy()
    for row in np.flatnonzero(over):
        new_levels[row] = free_of(scores, int(row))[grade + 1]
    return new_levels


def _before(scores: Scores, rows: IntArray, place: int) -> int:
    return int((scores.rank[rows] < place).sum())


def free_of(scores: Scores, row: int) -> tuple[int, ...]:
    """For each grade, the best one at or below it that no veto of the unit bars; past the last: none."""
    bars = frozenset[int]().union(*(scores.tree.bars.get(code, frozenset()) for code, _ in scores.vetoes[row]))
    return tuple(best_unbarred(i, bars) for i in range(len(scores.tree.grades) + 1))

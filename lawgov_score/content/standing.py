"""What a unit's place and grade hang on besides its own total: lines, bars, and the others who hold a grade."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.content.cohort import judged
from lawgov_score.model import Grade, Group, Scores
from lawgov_score.rounding import FloatArray, IntArray, half_up, without_dust


@dataclass(frozen=True, slots=True)
class Graded:
    """How one unit is graded. ``lines``: of each grade for its cohort; ``free``: the grade it gets who reaches one.

    ``free`` has one number more than there are grades: past the last there is none. ``limits``: how many of the cohort
    may hold a grade; ``holders``: totals of the others who would, by the number of the grade.
    """

    lines: tuple[float, ...]
    free: tuple[int, ...]
    limits: Mapping[int, int]
    holders: Mapping[int, tuple[float, ...]]
    before: Mapping[int, tuple[int, int]]  # how many holders have a better place than the unit as published, or its own
    is_barred: bool  # too little was filled in for any grade


def decimals_of_grade(scores: Scores) -> int | None:
    """To how many decimals the figure of the grade lines is rounded; None: not at all."""
    policies = scores.tree.policies
    if not policies.grade_on_rounded:
        return None
    if not policies.grade_by:
        return policies.round_total
    node = scores.tree.by_code[policies.grade_by]
    own = policies.round_group if isinstance(node, Group) else policies.round_indicator
    return next((each for each in (node.rounding, own, policies.round_total) if each is not None), None)


def graded(scores: Scores, member: int, levels: IntArray) -> Graded:
    """The unit's own lines and bars, and who else holds the grades that only some may hold.

    ``levels``: as ``levels_of`` gives them.
    """
    tree, cohort = scores.tree, int(scores.cohorts[member])
    levels = levels.copy()
    levels[member] = len(tree.grades)  # the others among themselves
    limits, holders, before = {}, {}, {}
    own_place = int(scores.rank[member]) or len(scores.units) + 1
    inside = scores.cohorts == cohort
    totals = judged(scores)
    for i, each in enumerate(tree.grades[:-1]):
        if each.quota is None:
            continue
        limits[i] = limit_of(scores, member, i)
        rows = np.flatnonzero(inside & (levels == i))
        holders[i] = tuple(sorted((float(one) for one in totals[rows] if not np.isnan(one)), reverse=True))
        before[i] = (_before(scores, rows, own_place), _before(scores, rows, own_place + 1))
        for row in _over(scores, rows, limits[i], each.quota.at_least):
            levels[row] = free_of(scores, row)[i + 1]
    return Graded(lines_of(scores, member), free_of(scores, member), limits, holders, before, is_barred(scores, member))


def lines_of(scores: Scores, member: int) -> tuple[float, ...]:
    """The line of each grade for the unit's cohort."""
    return tuple(_line(each, scores.units[member].cohort) for each in scores.tree.grades)


def is_barred(scores: Scores, member: int) -> bool:
    """Has the unit answered too little for any grade?"""
    coverage = scores.tree.policies.coverage_at_least
    return coverage is not None and bool(scores.coverage[member] < coverage)


def limit_of(scores: Scores, member: int, grade: int) -> int:
    """How many of the unit's cohort may hold a grade that has a quota."""
    quota = scores.tree.grades[grade].quota
    assert quota is not None  # the caller looked
    size = int((scores.cohorts == scores.cohorts[member]).sum())
    return max(int(np.floor(quota.share * size + 1e-9)), quota.at_least)


def after_quota(scores: Scores, levels: IntArray, grade: int) -> IntArray:
    """(units,): ``levels`` once those for whom there is no room at ``grade`` have moved down."""
    quota, found = scores.tree.grades[grade].quota, levels.copy()
    assert quota is not None  # the caller looked
    for cohort in np.unique(scores.cohorts):
        rows = np.flatnonzero((scores.cohorts == cohort) & (levels == grade))
        if len(rows):
            for row in _over(scores, rows, limit_of(scores, int(rows[0]), grade), quota.at_least):
                found[row] = free_of(scores, row)[grade + 1]
    return found


def _before(scores: Scores, rows: IntArray, place: int) -> int:
    return int((scores.rank[rows] < place).sum())


def levels_of(scores: Scores) -> IntArray:
    """(units,): the number of the grade that each reaches and is not kept from, before quotas."""
    tree, figures = scores.tree, _figures(scores)
    levels = np.full(len(scores.units), len(tree.grades), dtype=np.intp)
    for row, unit in enumerate(scores.units):
        for i, each in enumerate(tree.grades):
            line, figure = _line(each, unit.cohort), figures[row]
            if (figure >= line) if each.at_most is None else (figure <= line):
                levels[row] = free_of(scores, row)[i]
                break
        if is_barred(scores, row):
            levels[row] = len(tree.grades)
    return levels


def _figures(scores: Scores) -> FloatArray:
    policies = scores.tree.policies
    if not policies.grade_by:
        return scores.total if policies.grade_on_rounded else scores.full_total
    figures = without_dust(scores.scores[:, scores.node_column[policies.grade_by]])
    decimals = decimals_of_grade(scores)
    return figures if decimals is None else without_dust(half_up(figures, decimals))


def _line(grade: Grade, cohort: str) -> float:
    return grade.lines.get(cohort, grade.at_least if grade.at_most is None else grade.at_most)


def free_of(scores: Scores, row: int) -> tuple[int, ...]:
    """For each grade the best one from there down that no veto of the unit bars; past the last: none."""
    tree, names = scores.tree, [each.name for each in scores.tree.grades]
    bars: set[int] = set()
    own = {code for code, _ in scores.vetoes[row]}
    for veto in tree.vetoes:
        if veto.code in own:
            bars |= set(range(names.index(veto.grade_at_most) if veto.grade_at_most else 0))
            bars |= {names.index(name) for name in veto.bars}
    free = [len(names)]
    for i in reversed(range(len(names))):
        free.append(free[-1] if i in bars else i)
    return tuple(reversed(free))


def _over(scores: Scores, rows: IntArray, limit: int, at_least: int) -> list[int]:
    """Who of those that hold a grade does not fit; units that tie stand or fall together, those without place last."""
    last = len(scores.units) + 1
    own = np.where(scores.rank[rows] > 0, scores.rank[rows], last)
    places, counts = np.unique(own, return_counts=True)
    fits = np.cumsum(counts) <= limit
    if at_least and len(places) and places[0] != last and not fits.any():
        fits[0] = True
    return [int(row) for row, place in zip(rows, own, strict=True) if not fits[np.searchsorted(places, place)]]

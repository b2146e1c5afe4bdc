"""Grading (等次): grade lines, then bars (vetoes, coverage), then quotas, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from lawgov_score.measure.ladder import best_unbarred, over_quota, reached
from lawgov_score.model import Tree
from lawgov_score.rounding import BoolArray, FloatArray, IntArray, without_dust

Reasons = dict[int, list[str]]  # by row, in the order in which they took effect


@dataclass(frozen=True, slots=True)
class Graded:
    """The result of grading, by unit.

    ``grades``: '' where there is none. ``reasons``: why each differs from the grade that the figure alone gives.
    ``levels`` (units,): the number of the grade before quotas, one past the last for none.
    """

    grades: tuple[str, ...]
    reasons: tuple[tuple[str, ...], ...]
    levels: IntArray


def graded_figures(tree: Tree, total: FloatArray, full_total: FloatArray, scores: FloatArray) -> FloatArray:
    """(units,): the figures compared with the grade lines: total or one node's score; as printed, or before rounding.

    ``total``, ``full_total``: (units,), rounded and not; ``scores``: (units, nodes). A node's score is rounded where
    the tree rounds nodes; where it does not, it gets the decimals of the total.
    """
    policies = tree.policies
    if not policies.grade_by:
        return without_dust(total if policies.grade_on_rounded else full_total)
    figures = without_dust(scores[:, [node.code for node in tree.nodes].index(policies.grade_by)])
    rounding = tree.grade_rounding
    return figures if rounding is None else without_dust(rounding.of(figures))


def grade(
    tree: Tree,
    figures: FloatArray,
    ranks: IntArray,
    cohorts: IntArray,
    coverage: FloatArray,
    vetoes: Sequence[Sequence[tuple[str, str]]],
    cohort_codes: Sequence[str] = (),
    counted: BoolArray | None = None,
) -> Graded:
    """The grades of all units.

    ``figures`` (see ``graded_figures``), ``ranks``, ``cohorts``, ``coverage``: (units,); ``vetoes``: per unit, (veto,
    indicator); ``cohort_codes``: the code of each number in ``cohorts``, for grade lines that differ by cohort;
    ``counted`` (units,): of whom quotas are a share (None: of all).
    Reasons: ``line`` (worse than the last line), ``no_score`` (the node that grades look at has no score),
    ``veto:V1``, ``coverage``, ``quota``; and ``provisional``, which ``with_provisional`` adds.
    """
    reasons: Reasons = {}
    none = len(tree.grades)
    if not none:
        return Graded(("",) * len(figures), ((),) * len(figures), np.zeros(len(figures), dtype=np.intp))
    codes = cohort_codes or ("",)
    lines = [np.array([each.line(code) for code in codes])[cohorts if cohort_codes else 0] for each in tree.grades]
    level = reached(figures, lines, [each.key for each in tree.grades])
    scored = ~np.isnan(figures)
    for row in np.flatnonzero(scored & (level == none)).tolist():
        reasons[row] = ["line"]
    if tree.policies.grade_by:
        for row in np.flatnonzero(~scored).tolist():
            reasons[row] = ["no_score"]
    barring = _barring(tree, vetoes)
    free = cache(partial(_free, tree.bars))  # units with the same vetoes share it
    for row, its in barring.items():
        level[row], effective = free(its, int(level[row]))
        if effective:
            reasons.setdefault(row, []).extend(effective)
    if tree.policies.coverage_at_least is not None:
        low = scored & (coverage < tree.policies.coverage_at_least)
        for row in np.flatnonzero(low).tolist():
            reasons.setdefault(row, []).append("coverage")
        level[low] = none
    before = level.copy()
    for i, quota in tree.quotas.items():
        over = over_quota(level == i, ranks, cohorts, quota.share, quota.at_least, counted)
        for row in np.flatnonzero(over).tolist():
            why = reasons.setdefault(row, [])
            level[row], effective = free(barring.get(row, ()), i + 1)
            why += ["quota", *(each for each in effective if each not in why)]
    names = np.array([*(each.name for each in tree.grades), ""], dtype=object)
    whys: list[tuple[str, ...]] = [()] * len(figures)
    for row, why in reasons.items():
        whys[row] = tuple(why)
    return Graded(tuple(names[level].tolist()), tuple(whys), before)


def with_provisional(
    reasons: tuple[tuple[str, ...], ...], grades: Sequence[str], waiting: BoolArray
) -> tuple[tuple[str, ...], ...]:
    """``reasons`` with ``provisional`` for units that have a grade while something is still to be reviewed (units,)."""
    new_reasons = list(reasons)
    for row in np.flatnonzero(waiting).tolist():
        if grades[row]:
            new_reasons[row] = (*new_reasons[row], "not_reviewed")
    return tuple(new_reasons)


def _barring(tree: Tree, vetoes: Sequence[Sequence[tuple[str, str]]]) -> dict[int, tuple[str, ...]]:
    """Row -> the codes of its vetoes that bar a grade, each once. Only rows with such a veto."""
    barring = cache(lambda triggered: tuple(dict.fromkeys(code for code, _ in triggered if code in tree.bars)))
    codes_by_row = {row: barring(tuple(triggered)) for row, triggered in enumerate(vetoes) if triggered}
    return {row: codes for row, codes in codes_by_row.items() if codes}


def _free(bars: Mapping[str, frozenset[int]], codes: tuple[str, ...], level: int) -> tuple[int, tuple[str, ...]]:
    """The best grade at or below ``level`` that no veto of ``codes`` bars; and those of them that take effect."""
    free = best_unbarred(level, frozenset().union(*(bars[code] for code in codes)))
    passed = frozenset(range(level, free))
    return free, tuple(f"veto:{code}" for code in codes if passed & bars[code])

"""等次: lines, then bars (coverage, vetoes), then quotas, each with its reason."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.model import BoolArray, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.rule import IntArray


def grade(
    tree: Tree,
    total: FloatArray,
    ranks: IntArray,
    cohorts: IntArray,
    coverage: FloatArray,
    vetoes: Sequence[Sequence[tuple[str, str]]],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Grades (units,) and what lowered each: ``coverage``, ``veto:V1``, ``quota``.

    ``total``, ``ranks``, ``cohorts``, ``coverage``: (units,); ``vetoes``: per unit, (veto, indicator).
    """
    if not tree.grades:
        return ("",) * len(total), ((),) * len(total)
    lines = np.array([each.at_least for each in tree.grades])
    scored = ~np.isnan(total)
    level = np.argmax(np.where(scored, total, -np.inf)[:, None] >= lines[None, :], axis=1)
    below_all = scored & (total < lines[-1])
    reasons: list[list[str]] = [[] for _ in total]
    level = _bar_by_vetoes(tree, level, vetoes, reasons)
    low = np.zeros(len(total), dtype=bool)
    if tree.policies.coverage_at_least is not None:
        low = scored & (coverage < tree.policies.coverage_at_least)
        for row in np.flatnonzero(low):
            reasons[row].append("coverage")
    eligible = scored & ~low & ~below_all
    for i, each in enumerate(tree.grades[:-1]):
        if each.quota is not None:
            over = _over_quota(level == i, eligible, ranks, cohorts, each.quota.share, each.quota.at_least)
            level = np.where(over, i + 1, level)
            for row in np.flatnonzero(over):
                reasons[row].append("quota")
    names = tuple(tree.grades[n].name if ok else "" for n, ok in zip(level.tolist(), eligible.tolist(), strict=True))
    return names, tuple(map(tuple, reasons))


def _bar_by_vetoes(
    tree: Tree, level: IntArray, vetoes: Sequence[Sequence[tuple[str, str]]], reasons: list[list[str]]
) -> IntArray:
    best = {veto.code: [each.name for each in tree.grades].index(veto.grade_at_most) for veto in tree.vetoes}
    level = level.copy()
    for row, triggered in enumerate(vetoes):
        for code in dict.fromkeys(code for code, _ in triggered):
            if best[code] > level[row]:
                level[row] = best[code]
                reasons[row].append(f"veto:{code}")
    return level


def _over_quota(
    holds: BoolArray, eligible: BoolArray, ranks: IntArray, cohorts: IntArray, share: float, at_least: int
) -> BoolArray:
    """Who holds the grade but does not fit. A quota is a share of all units of the cohort, rounded down.

    Units that tie stand or fall together: a tie that does not fit whole is out, unless nobody else
    would be left and the scheme wants at least one.
    """
    over = np.zeros(len(ranks), dtype=bool)
    for cohort in np.unique(cohorts):
        inside = cohorts == cohort
        limit = max(int(np.floor(share * inside.sum() + 1e-9)), at_least)
        rows = np.flatnonzero(holds & eligible & inside)
        places, sizes = np.unique(ranks[rows], return_counts=True)
        fits = np.cumsum(sizes) <= limit
        if at_least and len(fits) and not fits.any():
            fits[0] = True
        over[rows] = ~fits[np.searchsorted(places, ranks[rows])]
    return over

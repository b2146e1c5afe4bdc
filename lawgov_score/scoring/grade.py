"""等次: lines, then bars (vetoes, coverage), then quotas, each with its reason."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.model import BoolArray, Grade, Group, Quota, Tree, Veto
from lawgov_score.rounding import FloatArray, half_up, without_dust
from lawgov_score.rules.rule import IntArray

Reasons = dict[int, list[str]]  # by row, in the order in which they took effect


def graded_figures(tree: Tree, total: FloatArray, full_total: FloatArray, scores: FloatArray) -> FloatArray:
    """(units,): what the grade lines look at: the total, or one node's score; as printed, or before rounding.

    ``total``, ``full_total``: (units,), rounded and not; ``scores``: (units, nodes). A node's score is rounded where
    the tree rounds nodes; where it does not, it is here taken at the decimals of the total.
    """
    policies = tree.policies
    if not policies.grade_by:
        return total if policies.grade_on_rounded else full_total
    figures = without_dust(scores[:, [node.code for node in tree.nodes].index(policies.grade_by)])
    if not policies.grade_on_rounded:
        return figures
    node = tree.by_code[policies.grade_by]
    own = policies.round_group if isinstance(node, Group) else policies.round_indicator
    decimals = next((each for each in (node.rounding, own, policies.round_total) if each is not None), None)
    return figures if decimals is None else without_dust(half_up(figures, decimals))


def grade(
    tree: Tree,
    figures: FloatArray,
    ranks: IntArray,
    cohorts: IntArray,
    coverage: FloatArray,
    vetoes: Sequence[Sequence[tuple[str, str]]],
    cohort_codes: Sequence[str] = (),
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Grades (units,), '' where there is none, and why each is not what its figure says.

    ``figures`` (see ``graded_figures``), ``ranks``, ``cohorts``, ``coverage``: (units,); ``vetoes``: per unit, (veto,
    indicator); ``cohort_codes``: the code of each number in ``cohorts``, for lines of their own. Reasons: ``line``
    (past the last line), ``no_score`` (the node that decides has none), ``veto:V1``, ``coverage``, ``quota``; and
    ``provisional``, which ``with_provisional`` adds.
    """
    reasons: Reasons = {}
    if not tree.grades:
        return ("",) * len(figures), ((),) * len(figures)
    none = len(tree.grades)
    level = np.full(len(figures), none)
    for i in reversed(range(none)):
        level[_reaches(tree.grades[i], figures, cohorts, cohort_codes)] = i
    scored = ~np.isnan(figures)
    for row in np.flatnonzero(scored & (level == none)).tolist():
        reasons[row] = ["line"]
    if tree.policies.grade_by:
        for row in np.flatnonzero(~scored).tolist():
            reasons[row] = ["no_score"]
    barred = _barred(tree, vetoes)
    for row in barred:
        level[row] = _free(barred, row, int(level[row]), reasons)
    if tree.policies.coverage_at_least is not None:
        low = scored & (coverage < tree.policies.coverage_at_least)
        for row in np.flatnonzero(low).tolist():
            reasons.setdefault(row, []).append("coverage")
        level[low] = none
    for i, each in enumerate(tree.grades[:-1]):
        if each.quota is not None:
            over = _over_quota(level == i, ranks, cohorts, each.quota)
            level[over] = i + 1
            for row in np.flatnonzero(over).tolist():
                reasons.setdefault(row, []).append("quota")
                level[row] = _free(barred, row, i + 1, reasons)
    names = np.array([*(each.name for each in tree.grades), ""], dtype=object)
    whys: list[tuple[str, ...]] = [()] * len(figures)
    for row, why in reasons.items():
        whys[row] = tuple(why)
    return tuple(names[level].tolist()), tuple(whys)


def with_provisional(
    reasons: tuple[tuple[str, ...], ...], grades: Sequence[str], waiting: BoolArray
) -> tuple[tuple[str, ...], ...]:
    """``reasons`` with ``provisional`` for units that have a grade while something is still to be reviewed (units,)."""
    found = list(reasons)
    for row in np.flatnonzero(waiting).tolist():
        if grades[row]:
            found[row] = (*found[row], "not_reviewed")
    return tuple(found)


def _reaches(grade: Grade, figures: FloatArray, cohorts: IntArray, cohort_codes: Sequence[str]) -> BoolArray:
    """Who is on the grade's line or beyond it: above where more is better, below where less is."""
    line = grade.at_least if grade.at_most is None else grade.at_most
    own = np.array([grade.lines.get(code, line) for code in cohort_codes] or [line])
    lines = own[cohorts] if grade.lines and len(cohort_codes) else own[0]
    reached: BoolArray = figures >= lines if grade.at_most is None else figures <= lines
    return reached  # nan compares as False


def _barred(tree: Tree, vetoes: Sequence[Sequence[tuple[str, str]]]) -> dict[int, dict[str, frozenset[int]]]:
    """Row -> veto code -> the grades, by number, that it keeps the unit from. Only rows with such a veto."""
    effects = {veto.code: _bars(tree, veto) for veto in tree.vetoes}
    found: dict[int, dict[str, frozenset[int]]] = {}
    for row, triggered in enumerate(vetoes):
        own = {code: effects[code] for code, _ in triggered if effects[code]} if triggered else {}
        if own:
            found[row] = own
    return found


def _bars(tree: Tree, veto: Veto) -> frozenset[int]:
    names = [each.name for each in tree.grades]
    better = names.index(veto.grade_at_most) if veto.grade_at_most else 0
    return frozenset(range(better)) | {names.index(name) for name in veto.bars}


def _free(barred: dict[int, dict[str, frozenset[int]]], row: int, level: int, reasons: Reasons) -> int:
    """The best grade from ``level`` down that no veto of the unit bars; one past the last where there is none."""
    own = barred.get(row, {})
    bars = frozenset().union(*own.values())
    passed = set()
    while level in bars:
        passed.add(level)
        level += 1
    for code, its in own.items():
        name = f"veto:{code}"
        if passed & its and name not in reasons.get(row, ()):
            reasons.setdefault(row, []).append(name)
    return level


def quota_limit(quota: Quota, size: int) -> int:
    """How many of a cohort of ``size`` units may hold a grade: a share, rounded down, but at least so many."""
    return max(int(np.floor(quota.share * size + 1e-9)), quota.at_least)


def _over_quota(holds: BoolArray, ranks: IntArray, cohorts: IntArray, quota: Quota) -> BoolArray:
    """Who holds the grade but does not fit. A quota is a share of all units of the cohort, rounded down.

    Units that tie stand or fall together: a tie that does not fit whole is out, unless nobody else would be left and
    the scheme wants at least one. A unit without a place comes last, and never before one that has a place.
    """
    over = np.zeros(len(ranks), dtype=bool)
    sizes = np.bincount(cohorts, minlength=1)
    last = len(ranks) + 1
    for cohort in np.unique(cohorts[holds]):
        limit = quota_limit(quota, int(sizes[cohort]))
        rows = np.flatnonzero(holds & (cohorts == cohort))
        own = np.where(ranks[rows] > 0, ranks[rows], last)
        places, counts = np.unique(own, return_counts=True)
        fits = np.cumsum(counts) <= limit
        if quota.at_least and places[0] != last and not fits.any():
            fits[0] = True
        over[rows] = ~fits[np.searchsorted(places, own)]
    return over

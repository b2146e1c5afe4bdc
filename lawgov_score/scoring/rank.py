"""Ranking (位次): places within a cohort and among all units. Ties are judged on figures free of float dust."""

from collections.abc import Sequence

import numpy as np

from lawgov_score.model import Ties
from lawgov_score.rounding import BoolArray, FloatArray, IntArray, without_dust


def rank(
    keys: Sequence[FloatArray],
    cohorts: IntArray,
    ties: Ties,
    lower_is_better: bool = False,
    leaves: Sequence[BoolArray] = (),
    last: BoolArray | None = None,
) -> IntArray:
    """(units,) places from 1; 0 where the first key is nan (nothing to rank by).

    ``keys``: the total, then the declared tie-breakers, each (units,); higher is better in all of them, or lower in
    all; a missing tie-breaker counts as the worst. ``cohorts`` (units,): places are counted within each. Units that
    are equal in every key share the better place (1 2 2 4), stand dense (1 2 2 3), or follow in row order (1 2 3 4).
    ``leaves``: for each tie-breaker, units (units,) to which it does not apply: among units that tie so far it is
    skipped unless it applies to all of them. ``last`` (units,): units ranked after all others, whatever the keys.
    """
    sign = -1.0 if lower_is_better else 1.0
    clean = [without_dust(np.where(np.isnan(key), -np.inf, sign * key)) for key in keys]
    for i, left in enumerate(leaves, start=1):
        if left.any():
            clean[i] = _where_it_applies_to_all(clean, i, left, cohorts)
    if last is not None:
        clean.insert(0, np.where(last, 0.0, 1.0))
    places = np.zeros(len(cohorts), dtype=np.intp)
    rows = np.flatnonzero(~np.isnan(keys[0]))
    if not len(rows):
        return places
    order = rows[np.lexsort((*(-key[rows] for key in reversed(clean)), cohorts[rows]))]  # stable: ties by row
    opens = np.r_[True, cohorts[order][1:] != cohorts[order][:-1]]  # first of its cohort
    differs = opens.copy()
    for key in clean:
        differs[1:] |= key[order][1:] != key[order][:-1]
    position = np.arange(len(order))
    start = np.maximum.accumulate(np.where(opens, position, 0))
    match ties:
        case Ties.SHARED:
            placed = np.maximum.accumulate(np.where(differs, position, 0)) - start + 1
        case Ties.DENSE:
            steps = np.cumsum(differs)
            placed = steps - steps[start] + 1
        case Ties.ORDINAL:
            placed = position - start + 1
    places[order] = placed
    return places


def _where_it_applies_to_all(keys: Sequence[FloatArray], i: int, left: BoolArray, cohorts: IntArray) -> FloatArray:
    """Key ``i`` (units,), made equal for units that tie so far if it does not apply to one of them."""
    equals = cohorts  # one number for all who are equal so far
    for key in keys[:i]:
        _, number = np.unique(key, return_inverse=True)
        _, equals = np.unique(equals * len(key) + number, return_inverse=True)
    is_open = np.bincount(equals, weights=left) > 0
    return np.where(is_open[equals], 0.0, keys[i])

"""Places at nodes: a unit's place by its score at one node, within its cohort; the place of an entry among entries of
a repeated group; and who is among the last.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from lawgov_score.measure.cohorts import among_last
from lawgov_score.model import Tree, places_within
from lawgov_score.rounding import FloatArray, IntArray
from lawgov_score.rules.keys import Better
from lawgov_score.scoring.adjust import Triggered
from lawgov_score.scoring.rank import rank


def places_at(tree: Tree, scores: Mapping[str, FloatArray], cohorts: IntArray) -> Mapping[str, IntArray]:
    """Node code -> (units,): places from 1 at each ranked node, 0 without a score there; ties as for the total.

    ``scores``: of each ranked node, on one scale for all units, nan where there is none.
    """
    found: dict[str, IntArray] = {}
    for node in tree.nodes:
        if node.ranked is None or node.code in found:
            continue
        together = tree.placed_together(node.code)
        # Unit by unit, so that equals in the order of the roster stand in that of a unit's entries, too.
        own = np.stack([scores[code] for code in together], axis=1)
        within = np.repeat(places_within(node, cohorts), len(together))
        ranks = rank([own.ravel()], within, tree.policies.ties, node.ranked is Better.LOWER).reshape(own.shape)
        found |= {code: ranks[:, i] for i, code in enumerate(together)}
    return found


def with_last(
    tree: Tree, vetoes: Sequence[Triggered], scores: Mapping[str, FloatArray], cohorts: IntArray
) -> tuple[Triggered, ...]:
    """``vetoes`` of each unit, and those that it has for being among the last at a node: (veto code, node code)."""
    found = list(vetoes)
    for node in tree.nodes:
        if node.last is not None:
            own = scores[node.code]
            is_last = among_last(own, cohorts, node.last.places, is_higher=node.ranked is not Better.LOWER)
            for row in np.flatnonzero(is_last).tolist():
                found[row] = tuple(dict.fromkeys((*found[row], (node.last.veto, node.code))))
    return tuple(found)

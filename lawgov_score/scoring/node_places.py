"""Places at nodes: a unit's place within its cohort by its score at one node, and who is among the last there."""

from collections.abc import Mapping, Sequence

import numpy as np

from lawgov_score.measure.cohorts import among_last
from lawgov_score.model import Replaced, StatusArray, Tree, Why
from lawgov_score.rounding import BoolArray, FloatArray, IntArray
from lawgov_score.rules.keys import Better
from lawgov_score.scoring.adjust import Triggered
from lawgov_score.scoring.rank import rank
from lawgov_score.scoring.states import StatusIs


def with_own_figures(
    tree: Tree, scores: Mapping[str, FloatArray], status: Mapping[str, StatusArray], instead: Mapping[str, Replaced]
) -> Mapping[str, FloatArray]:
    """``scores`` of each node, but nan where all that a unit has there is given to it (`when_not_applicable:`).

    What does not apply to a unit moves nobody: it takes no place there. One figure of its own below a group, a blank
    among them, is enough for one. ``status`` (units,) by indicator code; ``instead``: who was given something where.
    """
    if not instead:
        return scores
    own: dict[str, BoolArray] = {}
    for indicator in tree.indicators:
        has = status[indicator.code] != StatusIs.NOT_APPLICABLE
        replaced = instead.get(indicator.code)
        own[indicator.code] = has if replaced is None else has & (replaced.why == Why.NONE)
    for group in tree.evaluation:
        expression = group.aggregation.expression
        named = expression.nodes if expression is not None else ()
        parts = named or tuple(part.code for part, weight in tree.parts_of(group.code) if weight != 0)
        own[group.code] = np.logical_or.reduce([own[code] for code in parts])
    return {code: np.where(own[code], column, np.nan) for code, column in scores.items()}


def places_at(tree: Tree, scores: Mapping[str, FloatArray], cohorts: IntArray) -> Mapping[str, IntArray]:
    """Node code -> (units,): places from 1 at each ranked node, 0 without a score there; ties as for the total.

    ``scores``: of each ranked node, on one scale for all units, nan where there is none.
    """
    return {
        node.code: rank([scores[node.code]], cohorts, tree.policies.ties, node.ranked is Better.LOWER)
        for node in tree.nodes
        if node.ranked is not None
    }


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

"""Places at nodes: a unit's place by its score at one node, within its cohort; the place of an entry among entries of
a repeated group; and who is among the last.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from lawgov_score.measure.cohorts import among_last
from lawgov_score.model import Replaced, StatusArray, Ties, Tree, Why, places_within
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


def compared_by_rule(
    tree: Tree, scores: Mapping[str, FloatArray], aggregated: Mapping[str, FloatArray], values: FloatArray
) -> Mapping[str, FloatArray]:
    """Node code -> (units,): what the rule of a ranked node compares, where it compares units; nan without a score.

    Places there go by it, not by the points that the places give. ``values``: (indicators, units).
    """
    found: dict[str, FloatArray] = {}
    for node in tree.nodes:
        if node.ranked is not None and node.compares_units and node.code in scores:
            value = aggregated.get(node.code)
            if value is None:
                value = values[next(i for i, one in enumerate(tree.indicators) if one.code == node.code)]
            found[node.code] = np.where(np.isnan(scores[node.code]), np.nan, value)
    return found


def placed_by(
    tree: Tree, scores: Mapping[str, FloatArray], compared: Mapping[str, FloatArray]
) -> Mapping[str, FloatArray]:
    """``scores`` of each node, or what its rule compares: less than nothing where less is better, so that all rise."""
    own = {code: -value if tree.by_code[code].prefers_less else value for code, value in compared.items()}
    return {**scores, **own}


def places_at(tree: Tree, scores: Mapping[str, FloatArray], cohorts: IntArray) -> Mapping[str, IntArray]:
    """Node code -> (units,): places from 1 at each ranked node, 0 without a score there; ties as for the total.

    ``scores``: of each ranked node, on one scale for all units, nan where there is none; see ``placed_by``.
    """
    found: dict[str, IntArray] = {}
    for node in tree.nodes:
        if node.ranked is None or node.code in found:
            continue
        together = tree.placed_together(node.code)
        # Unit by unit, so that equals in the order of the roster stand in that of a unit's entries, too.
        own = np.stack([scores[code] for code in together], axis=1)
        within = np.repeat(places_within(node, cohorts), len(together))
        ties = Ties.SHARED if node.compares_units else tree.policies.ties  # as its rule has them
        ranks = rank([own.ravel()], within, ties, node.ranked is Better.LOWER).reshape(own.shape)
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

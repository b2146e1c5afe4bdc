"""The parts that count at a group for one unit, and the aggregated value, read from the engine's working."""

import math
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Group, Node, Scores, Tree, Way
from lawgov_score.rounding import BoolArray, FloatArray

Holder = Tree | Group


@dataclass(frozen=True, slots=True)
class Part:
    """One node that counts at a group: its score for the unit (nan: none), and its contribution at the group."""

    node: Node
    weight: float | None
    score: float
    scaled: float


def parts_at(scores: Scores, row: int, holder: Holder) -> tuple[Part, ...]:
    """The parts that count for one unit, children first, then uses of other nodes; a missing score counts as 0.

    In a plain sum, only those that have a score.
    """
    scores = scores.of_unit(row)
    holder = scores.tree.holder(holder.code)
    return tuple(
        Part(part.node, part.weight, float(scored_at(scores, part.node.code)[row]), float(part.scaled[row]))
        for part in columns_at(scores, holder)
        if part.counts[row]
    )


@dataclass(frozen=True, slots=True, eq=False)
class PartColumn:
    """One node that counts at a group for some units: ``Part`` as columns (units,), ``counts`` says for whom."""

    node: Node
    weight: float | None
    scaled: FloatArray
    counts: BoolArray


def columns_at(scores: Scores, holder: Holder) -> tuple[PartColumn, ...]:
    """``parts_at`` of all units: every part of the group. Kept: whoever asks again gets the same."""
    key = ("parts", holder.code)
    if key not in scores.kept:
        working, parts = scores.workings.get(holder.code), []
        for i, (node, weight) in enumerate(scores.tree.parts_of(holder.code)):
            scaled = working.parts[i] if working is not None else scored_at(scores, node.code)
            parts.append(PartColumn(node, weight, scaled, ~np.isnan(scaled) & (weight != 0)))
        scores.kept[key] = tuple(parts)
    found: tuple[PartColumn, ...] = scores.kept[key]
    return found


def scored_at(scores: Scores, code: str) -> FloatArray:
    """(units,): the scores at a node; nan: none."""
    return scores.scores[:, scores.node_column[code]]


def before_rule(scores: Scores, row: int, holder: Holder) -> float:
    """The aggregated and converted value before rule, cap and rounding; nan: none.

    For a table: the sum that is looked up. At the root, blanks alone that count are worth 0.
    """
    scores = scores.of_unit(row)
    holder = scores.tree.holder(holder.code)
    working = scores.workings[holder.code]
    if all(math.isnan(part.score) for part in parts_at(scores, row, holder)):
        return 0.0 if isinstance(holder, Tree) and working.count[row] else float("nan")
    return float((working.asked if holder.aggregation.way is Way.LOOKUP else working.scaled)[row])

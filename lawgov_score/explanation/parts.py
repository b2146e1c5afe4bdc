"""The parts that count at a group for one unit, and the aggregated value, read from the engine's working."""

import math
from dataclasses import dataclass

from lawgov_score.model import Group, Node, Scores, Tree, Way

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
    working = scores.workings.get(holder.code)
    parts = []
    for i, (node, weight) in enumerate(scores.tree.parts_of(holder.code)):
        score = scores.at(row, node.code).score
        scaled = float(working.parts[i][row]) if working is not None else score
        if not math.isnan(scaled) and weight != 0:
            parts.append(Part(node, weight, score, scaled))
    return tuple(parts)


def before_rule(scores: Scores, row: int, holder: Holder) -> float:
    """The aggregated and converted value before rule, cap and rounding; nan: none.

    For a table: the sum that is looked up. At the root, blanks alone that count are worth 0.
    """
    working = scores.workings[holder.code]
    if all(math.isnan(part.score) for part in parts_at(scores, row, holder)):
        return 0.0 if isinstance(holder, Tree) and working.count[row] else float("nan")
    return float((working.asked if holder.aggregation.way is Way.LOOKUP else working.scaled)[row])

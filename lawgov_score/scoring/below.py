"""What lies below a node, as the node sees it: states, sums, parts put on its scale."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Group, Missing, Node, Rescale, Status, StatusArray, Tree, Way
from lawgov_score.rounding import FloatArray
from lawgov_score.scoring.columns import Column, counts, group_status
from lawgov_score.scoring.ways import Outcome, Part, combine, work_out
from lawgov_score.scoring.worth import Parts, Worth, is_regular

_SAME = 1e-9  # points that differ by less are the same, but for float dust


@dataclass(frozen=True)
class Below:
    """All that has been worked out so far: ``found`` by node code, for ``size`` units."""

    tree: Tree
    worth: Worth
    found: Mapping[str, Column]
    size: int

    def status(self, holder: Group | Tree, parts: Parts) -> StatusArray:
        """(units,): what the states below come to; what counts nowhere (weight 0) has no say."""
        expression = holder.aggregation.expression
        if holder.aggregation.way is Way.NONE:
            return np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)
        if expression is not None:
            return group_status([self.found[code].status for code in expression.nodes])
        is_sum = holder.aggregation.way is Way.SUM  # elsewhere a bonus is added to a score, and cannot stand alone
        named = [self.found[node.code].status for node, weight in parts if weight != 0 and (is_sum or not node.bonus)]
        return group_status(named) if named else np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)

    def added(self, parts: Parts, missing: Missing) -> tuple[FloatArray, FloatArray]:
        """(units,), (units,): the sum of scores, left to right, and of the points of what is no bonus or deduction."""
        raw, points = np.zeros(self.size), np.zeros(self.size)
        for node, weight in parts:
            column = self.found[node.code]
            if weight is None:
                raw += column.earned
            elif weight != 0:
                raw += weight * column.earned
            if is_regular(node, weight):
                worth = self.worth.within(node, self.found, missing)
                points += worth if weight is None else weight * worth
        return raw, points

    def combined(self, holder: Group | Tree, parts: Parts, missing: Missing) -> Outcome:
        """By any way but a sum; bonuses are added to what it gives."""
        aggregation, size = holder.aggregation, self.size
        if aggregation.way is Way.NONE:
            return Outcome(np.full(size, np.nan))
        if aggregation.expression is not None:
            nodes = {}
            for code in aggregation.expression.nodes:
                column = self.found[code]
                nodes[code] = np.where(counts(column.status, missing), column.earned, np.nan)
            return work_out(aggregation, nodes, size)
        is_scaled = aggregation.way not in (Way.LOOKUP, Way.WEAKEST_LINK)
        scale = holder.points if holder.out_of is None else holder.out_of
        regular = []
        for node, weight in parts:
            if weight != 0 and not node.bonus:
                column = self.found[node.code]
                score = self._on_scale(node, column, scale) if is_scaled else column.earned
                # Of no points that apply to a unit there is no share, as little as where none are printed (T248):
                # what is left of a sum may be its bonus alone.
                there = counts(column.status, missing) & ((column.points > 0) | (node.points == 0))
                regular.append(Part(score, there, 1.0 if weight is None else weight))
        found = combine(aggregation, regular, size)
        extras = [self.found[node.code].earned for node, weight in parts if node.bonus and weight != 0]
        return Outcome(found.score + sum(extras), found.faults) if extras else found

    def _on_scale(self, node: Node, column: Column, scale: float) -> FloatArray:
        """(units,): what ``node`` brings, put on ``scale``; what does not apply to a unit leaves its part of it."""
        score = column.earned
        printed = self.worth.printed[node.code]
        if self.tree.policies.not_applicable is not Rescale.NONE and isinstance(node, Group):
            partial = (column.points > 0) & (np.abs(column.points - printed) > _SAME)
            if partial.any():
                score = np.divide(score * printed, column.points, out=score.copy(), where=partial)
        return score if node.points in (scale, 0.0) else score / node.points * scale

    def absent(self, group: Group, missing: Missing) -> StatusArray:
        """(units,): what it means that an expression, or a mean, finds nothing there: the state of what is absent."""
        expression = group.aggregation.expression
        if expression is None:
            return np.full(self.size, Status.MISSING, dtype=np.int8)
        gone = np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)
        for code in expression.nodes:
            status = self.found[code].status
            gone[~counts(status, missing) & (status == Status.MISSING)] = Status.MISSING
        return gone

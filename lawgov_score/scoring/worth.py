"""What nodes are worth: their printed points, and of a sum the points of what is added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lawgov_score.model import Group, Missing, Node, Status, Tree, Way
from lawgov_score.rounding import FloatArray
from lawgov_score.scoring.columns import Column

Parts = Sequence[tuple[Node, float | None]]


def is_regular(node: Node, weight: float | None) -> bool:
    """Is it one of those whose points make up the node's? A bonus, a deduction, or a mere display is not."""
    return not node.bonus and (weight is None or weight > 0)


@dataclass(frozen=True)
class Worth:
    """Points by the tree alone, all of it applying to everybody."""

    tree: Tree

    @cached_property
    def printed(self) -> Mapping[str, float]:
        """Points of each node as the scheme prints them: of a sum those of its parts, never a contradicting total."""
        known: dict[str, float] = {each.code: each.points for each in self.tree.indicators}
        for group in self.tree.evaluation:
            known[group.code] = group.points
            if group.code in self.sums:
                total = _total(self.tree.parts_of(group.code), known)
                known[group.code] = total if group.out_of is None else total * group.points / group.out_of
        return known

    def of_parts(self, parts: Parts) -> float:
        """What the parts of a sum come to at most, bonuses apart."""
        return _total(parts, self.printed)

    @cached_property
    def sums(self) -> frozenset[str]:
        """Groups whose points for a unit are those of their parts that apply to it."""
        return frozenset(g.code for g in self.tree.evaluation if g.aggregation.way is Way.SUM and g.rule is None)

    @cached_property
    def leaf_policies(self) -> Mapping[str, Missing]:
        """How blanks are treated at each node's printed parent."""
        general = self.tree.policies.missing
        found = {child.code: general for child in self.tree.children}
        for group in self.tree.evaluation:
            found.update({child.code: group.missing or general for child in group.children})
        return found

    def within(self, node: Node, found: Mapping[str, Column], missing: Missing) -> FloatArray:
        """(units,): what a part is worth where blanks are treated as ``missing`` says, whatever its own group says."""
        column = found[node.code]
        if column.missing is missing:
            return column.points
        blank = column.status == Status.MISSING
        return np.where(blank, 0.0 if missing is Missing.EXCLUDE else self.applicable(node, found), column.points)

    def applicable(self, node: Node, found: Mapping[str, Column]) -> FloatArray:
        """(units,): the printed points of what applies of a node, blank or not."""
        if not isinstance(node, Group) or node.code not in self.sums:
            return np.where(found[node.code].status == Status.NOT_APPLICABLE, 0.0, self.printed[node.code])
        total = np.zeros(len(next(iter(found.values())).points))  # the node itself may not be worked out yet
        for part, weight in self.tree.parts_of(node.code):
            if is_regular(part, weight):
                total += self.applicable(part, found) * (1.0 if weight is None else weight)
        return total if node.out_of is None else total * node.points / node.out_of


def _total(parts: Parts, printed: Mapping[str, float]) -> float:
    return float(sum(printed[node.code] * (weight or 1.0) for node, weight in parts if is_regular(node, weight)))

"""The scores of all nodes as matrices, one row a node: allocated once, filled row by row, handed out as they are."""

from dataclasses import dataclass

import numpy as np

from lawgov_score.model import Missing, StatusArray, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.scoring.states import StatusIs


@dataclass(frozen=True, slots=True)
class NodeMatrices:
    """(nodes, units), rows in the order of ``Tree.nodes``. ``score`` is nan unless ``status`` is SCORED."""

    score: FloatArray
    points: FloatArray  # what the node is worth for the unit
    status: StatusArray


def empty_nodes(tree: Tree, size: int) -> NodeMatrices:
    """Matrices for ``size`` units in which no node has been scored yet."""
    shape = len(tree.nodes), size
    score, points = np.full((2, *shape), np.nan)  # one block: the system hands out large blocks much faster
    return NodeMatrices(score, points, np.full(shape, StatusIs.MISSING))


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """One node, (units,): its score, what it is worth, its state; rows of ``NodeMatrices``.

    ``missing``: how blanks were treated where ``points`` was worked out.
    """

    score: FloatArray
    points: FloatArray
    status: StatusArray
    missing: Missing

    @property
    def earned(self) -> FloatArray:
        """(units,): the score, 0 where there is none; not to be changed in place."""
        is_whole = not np.count_nonzero(self.status)  # SCORED is 0
        return self.score if is_whole else np.where(self.status == StatusIs.SCORED, self.score, 0.0)

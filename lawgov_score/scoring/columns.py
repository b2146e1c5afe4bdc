"""One node's scores as columns, and the states and points that go up the tree with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawgov_score.model import BoolArray, Missing, Status, StatusArray
from lawgov_score.rounding import FloatArray


@dataclass(frozen=True, slots=True)
class Column:
    """One node, (units,): its score, the same with nothing for a blank, what it is worth, its state.

    ``missing``: how blanks were treated where ``points`` was worked out.
    """

    score: FloatArray
    earned: FloatArray
    points: FloatArray
    status: StatusArray
    missing: Missing


def counts(status: StatusArray, missing: Missing) -> BoolArray:
    """(units,): who keeps a node of this state in the denominator."""
    keeps: BoolArray = status != Status.NOT_APPLICABLE
    if missing is Missing.EXCLUDE:
        keeps &= status != Status.MISSING
    return keeps


def leaf(points: float, score: FloatArray, status: StatusArray, missing: Missing) -> Column:
    """An indicator's column: ``score`` (units,) is nan unless ``status`` is SCORED."""
    earned = np.where(status == Status.SCORED, score, 0.0)
    return Column(score, earned, np.where(counts(status, missing), float(points), 0.0), status, missing)


def group_status(children: Sequence[StatusArray]) -> StatusArray:
    """(units,) from (units,) each: scored where any child is; not applicable where all are; else what is owed."""
    weight = _WEIGHT[children[0]]
    for child in children[1:]:
        weight = np.maximum(weight, _WEIGHT[child])
    return _STATUS[weight]


_STATUS = np.array(  # from what counts least to what decides
    [Status.NOT_APPLICABLE, Status.NOT_REVIEWED, Status.INVALID, Status.MISSING, Status.SCORED], dtype=np.int8
)
_WEIGHT = np.argsort(_STATUS).astype(np.int8)

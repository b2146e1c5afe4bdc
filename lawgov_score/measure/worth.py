"""Points of nodes: the points of a sum from those of its parts, and the weight of one point of a part."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, overload

from lawgov_score.measure.ways import WEIGHTED, Way
from lawgov_score.rounding import FloatArray


class Share(NamedTuple):
    """One part as its parent counts it: printed points, its weight there, and whether it is a bonus."""

    points: float
    weight: float | None
    bonus: bool

    @property
    def is_regular(self) -> bool:
        """Do its points make up the parent's? Not those of a bonus, a deduction, or a node only shown (weight 0)."""
        return not self.bonus and (self.weight is None or self.weight > 0)

    @property
    def times(self) -> float:
        """How often it counts: its weight, or once where none is given."""
        return 1.0 if self.weight is None else self.weight


def sum_of(parts: Iterable[Share]) -> float:
    """The maximum points of a sum: those of its parts, without bonuses.

    >>> sum_of([Share(40, None, False), Share(60, 1, False), Share(5, None, True), Share(3, -1, False)])
    100.0
    """
    return float(sum(part.points * part.times for part in parts if part.is_regular))


@overload
def on_own_scale(total: float, points: float, out_of: float | None) -> float: ...
@overload
def on_own_scale(total: FloatArray, points: float | FloatArray, out_of: float | FloatArray | None) -> FloatArray: ...
def on_own_scale(
    total: float | FloatArray, points: float | FloatArray, out_of: float | FloatArray | None
) -> float | FloatArray:
    """A sum of parts (a number or a column) converted to the node's own scale: 120 of 150 are 80 of 100.

    >>> on_own_scale(120.0, 100.0, 150.0), on_own_scale(120.0, 100.0, None)
    (80.0, 120.0)
    """
    return total if out_of is None else total * points / out_of


def what_a_point_weighs(
    way: Way, parts: Sequence[Share], points: float, out_of: float | None, *, has_rule: bool
) -> list[float]:
    """What one point of each part contributes to its parent; 0 for a bonus, and for a part that counts nowhere.

    Exact for sums and means; for ways that are not linear (几何平均、短板……) parts are assumed to weigh the same.

    >>> parts = [Share(10, 3, False), Share(20, 1, False)]
    >>> what_a_point_weighs(Way.WEIGHTED_MEAN, parts, 100.0, None, has_rule=False)
    [7.5, 1.25]
    >>> what_a_point_weighs(Way.SUM, [Share(10, 1, False), Share(5, -1, False)], 20.0, None, has_rule=True)
    [2.0, -4.0]
    """
    counts = [part.weight != 0 and not part.bonus for part in parts]
    if way is Way.NONE:
        return [1.0 if each else 0.0 for each in counts]
    if way is Way.SUM and not has_rule:
        scale = 1.0 if out_of is None else points / out_of
        return [scale * part.times if each else 0.0 for part, each in zip(parts, counts, strict=True)]
    weighs = way in WEIGHTED
    weights = [
        (part.times if weighs or part.times < 0 else 1.0) if each else 0.0
        for part, each in zip(parts, counts, strict=True)
    ]
    whole = sum(weight for weight in weights if weight > 0)  # what is taken off makes up nothing
    if whole <= 0:
        return [0.0] * len(parts)
    return [
        own / whole * points / part.points if part.points > 0 else 0.0 for part, own in zip(parts, weights, strict=True)
    ]

"""What nodes are worth: the points of a sum from the points of its parts, and what one point of a part weighs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from lawgov_score.measure.ways import WEIGHTED, Way
from lawgov_score.rounding import FloatArray

Figures = TypeVar("Figures", float, FloatArray)


class Share(NamedTuple):
    """One part as its holder counts it: printed points, the weight it has there, is it a bonus?"""

    points: float
    weight: float | None
    bonus: bool

    @property
    def is_regular(self) -> bool:
        """Is it one of those whose points make up the holder's? A bonus, a deduction, or a mere display is not."""
        return not self.bonus and (self.weight is None or self.weight > 0)

    @property
    def times(self) -> float:
        """How often it counts: its weight, once where none is given."""
        return 1.0 if self.weight is None else self.weight


def sum_of(parts: Iterable[Share]) -> float:
    """What the parts of a sum come to at most, bonuses apart.

    >>> sum_of([Share(40, None, False), Share(60, 1, False), Share(5, None, True), Share(3, -1, False)])
    100.0
    """
    return float(sum(part.points * part.times for part in parts if part.is_regular))


def on_own_scale(total: Figures, points: float, out_of: float | None) -> Figures:
    """What parts add up to, a number or a column, on the node's own scale: 120 of 150 are 80 of 100.

    >>> on_own_scale(120.0, 100.0, 150.0), on_own_scale(120.0, 100.0, None)
    (80.0, 120.0)
    """
    return total if out_of is None else total * points / out_of


def what_a_point_weighs(
    way: Way, parts: Sequence[Share], points: float, out_of: float | None, *, has_rule: bool
) -> list[float]:
    """For each part, what one point of it is worth at its holder; 0 for a bonus, and for what counts nowhere.

    Exact for sums and means; where a way is not linear (几何平均、短板……) parts are taken to weigh the same.

    >>> parts = [Share(10, 3, False), Share(20, 1, False)]
    >>> what_a_point_weighs(Way.WEIGHTED_MEAN, parts, 100.0, None, has_rule=False)
    [7.5, 1.25]
    """
    counts = [part.weight != 0 and not part.bonus for part in parts]
    if way is Way.NONE:
        return [1.0 if each else 0.0 for each in counts]
    if way is Way.SUM and not has_rule:
        scale = 1.0 if out_of is None else points / out_of
        return [scale * part.times if each else 0.0 for part, each in zip(parts, counts, strict=True)]
    weighs = way in WEIGHTED
    weights = [(part.times if weighs else 1.0) if each else 0.0 for part, each in zip(parts, counts, strict=True)]
    whole = sum(weights)
    if whole <= 0:
        return [0.0] * len(parts)
    return [
        own / whole * points / part.points if part.points > 0 else 0.0 for part, own in zip(parts, weights, strict=True)
    ]

"""Ways of aggregation (汇总方式): how a node's score is computed from its children and uses."""

from dataclasses import dataclass

from lawgov_score.expression import Expression
from lawgov_score.measure.ways import LookupRow, Way


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A way and its parameters: ``shift`` of a geometric mean, ``plus`` of the weakest link, table, expression."""

    way: Way = Way.SUM
    shift: float = 0.0
    plus: float = 0.0
    table: tuple[LookupRow, ...] = ()  # sorted: lines fall within each number of children
    expression: Expression | None = None


SUM = Aggregation()


@dataclass(frozen=True, slots=True)
class Use:
    """A node printed elsewhere in the tree that counts here too (采用): its code, and its weight here."""

    code: str
    weight: float | None = None

"""How a node's score comes from what lies below it (汇总方式)."""

from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.expression import Expression


class Way(StrEnum):
    """汇总方式. All but SUM and NONE first put children on the node's own scale: score ÷ points × the node's points."""

    SUM = "sum"  # 分值相加; a child of weight -1 is taken off
    MEAN = "mean"  # 算术平均: of the children, not of the leaves
    WEIGHTED_MEAN = "weighted_mean"  # 加权平均: weights normalised among the children that count
    GEOMETRIC_MEAN = "geometric_mean"  # 几何平均, weighted where weights are given
    HARMONIC_MEAN = "harmonic_mean"  # 调和平均, weighted where weights are given
    MIN = "min"  # 取最低（短板）
    MAX = "max"  # 取最高
    WEAKEST_LINK = "weakest_link"  # the lowest, plus `plus` where any other is higher (D+)
    LOOKUP = "lookup"  # 查表: by the number of children that count and the sum of their scores
    EXPRESSION = "expression"  # 算式
    NONE = "none"  # no score of its own: for a root whose indicators are not added up


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One line of a table: with so many children, sums from ``at_least`` up give ``score``."""

    children: int
    at_least: float
    score: float


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A way and what it needs: ``shift`` of a geometric mean, ``plus`` of the weakest link, table, expression."""

    way: Way = Way.SUM
    shift: float = 0.0
    plus: float = 0.0
    table: tuple[LookupRow, ...] = ()  # falling within each number of children
    expression: Expression | None = None


SUM = Aggregation()


@dataclass(frozen=True, slots=True)
class Use:
    """A node printed elsewhere that counts here too: its code, and its weight here."""

    code: str
    weight: float | None = None

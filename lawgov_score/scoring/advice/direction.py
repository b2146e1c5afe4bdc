"""Which way an indicator's score has to move for a unit's grade to get better, read off the way up the tree."""

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import pairwise

from lawgov_score.measure.ways import LookupRow, Way
from lawgov_score.model import Grade, Group, Indicator, Node, Tree


class Direction(Enum):
    """``EITHER``: a higher score may help or harm. ``NONE``: the grade does not hang on it."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"
    NONE = "none"

    @property
    def signs(self) -> tuple[float, ...]:
        """1 for a higher score, -1 for a lower one: what is worth a try."""
        return _SIGNS[self]


_SIGNS = {
    Direction.UP: (1.0,),
    Direction.DOWN: (-1.0,),
    Direction.EITHER: (1.0, -1.0),
    Direction.NONE: (),
}
_BY_SIGNS = {frozenset(signs): direction for direction, signs in _SIGNS.items()}
_Factors = tuple[int, ...]
_SAME: _Factors = (1,)
_OPPOSITE: _Factors = (-1,)
_EITHER: _Factors = (1, -1)


def directions(tree: Tree, grade: Grade) -> Mapping[str, Direction]:
    """The direction of every node, by code, from where ``grade`` looks: the total, or the node that grades go by."""
    signs: dict[str, set[int]] = {code: set() for code in (*tree.by_code, tree.code)}
    waiting = [(tree.policies.grade_by or tree.code, -1 if grade.is_up_to else 1)]
    while waiting:
        code, sign = waiting.pop()
        if sign in signs[code]:
            continue
        signs[code].add(sign)
        holder = tree if code == tree.code else tree.by_code[code]
        waiting += ((part, sign * factor) for part, factors in _read(tree, holder) for factor in factors)
    return {code: _BY_SIGNS[frozenset(map(float, each))] for code, each in signs.items()}


def _read(tree: Tree, holder: Tree | Node) -> Iterator[tuple[str, _Factors]]:
    """The nodes that a score is made of, each with the signs by which it may move with them."""
    if isinstance(holder, Indicator):
        yield from ((code, _EITHER) for code in holder.refers_to)
        return
    of_rule = _SAME if holder.rule is None else _by(holder.rule.rises)
    if holder.aggregation.expression is not None:
        yield from ((code, _EITHER) for code in holder.aggregation.expression.nodes)
        return
    of_way = _SAME
    if holder.aggregation.way is Way.NONE:
        return
    if holder.aggregation.way is Way.LOOKUP and not _rises(holder.aggregation.table):
        of_way = _EITHER
    for part, weight in tree.parts_of(holder.code):
        if weight != 0:
            own = _SAME if weight is None or weight > 0 else _OPPOSITE
            yield part.code, tuple({one * two * three for one in of_rule for two in of_way for three in own})


def _by(rises: bool | None) -> _Factors:
    return _EITHER if rises is None else _SAME if rises else _OPPOSITE


def _rises(table: tuple[LookupRow, ...]) -> bool:
    """Does a larger sum never give less? Lines fall within each number of children."""
    return all(upper.score >= lower.score for upper, lower in pairwise(table) if upper.children == lower.children)


def compares_units(tree: Tree, ways: Mapping[str, Direction]) -> bool:
    """Does a rule of a group (or of the total) compare units, and the grade hang on it?"""
    holders: tuple[Tree | Group, ...] = (tree, *tree.evaluation)
    return any(one.rule is not None and one.rule.RELATIVE and ways[one.code] is not Direction.NONE for one in holders)

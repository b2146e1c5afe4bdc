"""What an expression is measured in, from what its names are measured in: 件 ÷ 件 is a share, 名 ÷ 万人 is not."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.expression.grammar import is_if, reference

_MULTIPLES = {100.0: "百", 1e3: "千", 1e4: "万", 1e5: "十万", 1e6: "百万"}  # “件 ÷ 人 × 10000” is 件/万人


class Nature(StrEnum):
    """What kind of figure it is."""

    NUMBER = "number"  # measured in something, or in nothing that is known
    CONSTANT = "constant"  # written in the expression itself: measured like whatever it is joined with
    SHARE = "share"  # to be shown as a percentage
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Measure:
    """The nature of a figure, and its unit (计量单位; empty: none, or not known).

    ``within``: of a field that cannot exceed another field, the code of that one. ``factor``: the plain number that it
    was multiplied by, where that is more than 1. ``is_weighted``: was it multiplied at all? What stands beside it may
    then be points as well as 件.
    """

    nature: Nature = Nature.NUMBER
    unit: str = ""
    within: str = ""
    factor: float = 1.0
    is_weighted: bool = False

    @property
    def is_share(self) -> bool:
        """Is it a share, to be shown as a percentage?"""
        return self.nature is Nature.SHARE


NUMBER = Measure()
SHARE = Measure(Nature.SHARE)
YES_NO = Measure(Nature.YES_NO)
CONSTANT = Measure(Nature.CONSTANT)
DATE = Measure(Nature.DATE)
DAYS = Measure(unit="天")  # a unit of measurement is data, as those in a tree are
POINTS = Measure(unit="分")
UNITS = Measure(unit="个")


def measure_of(body: ast.expr, names: Mapping[str, Measure]) -> Measure:
    """The measure of an expression; ``names``: that of each name in it (a name that is not there is a number)."""
    return measured(body, lambda name: measure_of_name(name, names))


def measure_of_name(name: str, names: Mapping[str, Measure]) -> Measure:
    """The measure of a field, or of a reference: 上年…… and 同组平均…… are measured as the field is."""
    if name in names:
        return names[name]
    if name.startswith('score("') or name == "previous.score":
        return POINTS
    if name.startswith("previous."):
        return names.get(name.removeprefix("previous."), NUMBER)
    statistic, _, field = name.partition("(")
    return UNITS if statistic == "cohort_count" else names.get(field.rstrip(")"), NUMBER)


def joined(measures: Sequence[Measure]) -> Measure:
    """The measure of what is added up, or of branches: that of all but the constants, if they agree."""
    own = {(one.nature, one.unit, one.factor) for one in measures if one.nature is not Nature.CONSTANT}
    if not own:
        return CONSTANT
    if len(own) == 1:
        nature, unit, factor = own.pop()
        return Measure(nature, unit, factor=factor, is_weighted=any(one.is_weighted for one in measures))
    return NUMBER


def measured(node: ast.expr, of: Callable[[str], Measure]) -> Measure:
    """The measure of a part of an expression; ``of`` gives that of a name."""
    name = node.id if isinstance(node, ast.Name) else reference(node)
    if name is not None:
        return of(name)
    match node:
        case ast.Constant():
            return CONSTANT
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return YES_NO
        case ast.UnaryOp(operand=operand):
            return measured(operand, of)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _divided(measured(left, of), measured(right, of), left, right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _multiplied(measured(left, of), measured(right, of), left, right)
        case ast.BinOp(left=left, op=op, right=right):
            return _added(measured(left, of), measured(right, of), is_difference=isinstance(op, ast.Sub))
        case ast.Call(func=ast.Name(id="ln")):
            return NUMBER
        case ast.Call(args=args):  # min, max, abs; of `if(…)` the branches
            return joined([measured(arg, of) for arg in (args[1:] if is_if(node) else args)])
    raise AssertionError(ast.dump(node))  # the grammar has nothing else


def _added(left: Measure, right: Measure, *, is_difference: bool) -> Measure:
    if Nature.DATE in {left.nature, right.nature}:
        if left.nature is right.nature and is_difference:
            return DAYS
        return DATE if Nature.CONSTANT in {left.nature, right.nature} else NUMBER
    if not {left.nature, right.nature} <= {Nature.NUMBER, Nature.SHARE, Nature.CONSTANT}:
        return NUMBER  # a sum of answers is a number of them
    return joined([left, right])


def _multiplied(left: Measure, right: Measure, one: ast.expr, other: ast.expr) -> Measure:
    for measure, by, factor in ((left, right, other), (right, left, one)):
        if by.nature is Nature.CONSTANT:
            return _times(measure, _number(factor))
    natures = {left.nature, right.nature}
    if natures == {Nature.SHARE}:
        return SHARE
    if Nature.SHARE in natures and natures <= {Nature.SHARE, Nature.NUMBER}:
        number = left if right.is_share else right
        return Measure(unit=number.unit, factor=number.factor)
    return NUMBER


def _times(measure: Measure, factor: float | None) -> Measure:
    """A measure times a plain number (None: one that is itself worked out)."""
    if measure.nature is Nature.CONSTANT:
        return CONSTANT
    if measure.nature not in {Nature.NUMBER, Nature.SHARE} or factor is None:
        return NUMBER
    above, slash, below = measure.unit.partition("/")
    if slash and factor in _MULTIPLES:
        return Measure(unit=f"{above}/{_MULTIPLES[factor]}{below}")
    if measure.is_share or slash:  # weights keep a share a share; 100 times a share is a plain number
        return measure if abs(factor) <= 1 else NUMBER
    is_weighted = measure.is_weighted or factor != 1
    return Measure(unit=measure.unit, factor=measure.factor * max(abs(factor), 1.0), is_weighted=is_weighted)


def _divided(left: Measure, right: Measure, above: ast.expr, below: ast.expr) -> Measure:
    if right.nature is Nature.CONSTANT:
        if left.nature is Nature.NUMBER and "/" in left.unit:
            return NUMBER
        return left if left.nature in {Nature.CONSTANT, Nature.NUMBER, Nature.SHARE} else NUMBER
    if isinstance(below, ast.Name) and left.within == below.id and left.factor == right.factor:
        return SHARE
    if left.nature is not Nature.NUMBER or right.nature is not Nature.NUMBER:
        return SHARE if left.is_share and right.is_share else NUMBER
    if not left.unit or not right.unit:
        return NUMBER
    if left.unit == right.unit:
        return SHARE if left.factor == right.factor else NUMBER
    if "/" in left.unit or "/" in right.unit or right.factor != 1:
        return NUMBER
    unit = Measure(unit=f"{left.unit}/{right.unit}")
    return unit if left.factor == 1 else _times(unit, left.factor)


def _number(node: ast.expr) -> float | None:
    """The plain number that is written there; None if it is worked out from several."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value)
    return None

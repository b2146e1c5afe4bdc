"""What an expression is measured in, from what its names are measured in: 件 ÷ 件 is a share, 名 ÷ 万人 is not."""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lawgov_score.expression.grammar import ASKING, TO_PLACES, called, is_if, reference, statistic_of

_MULTIPLES = {100.0: "百", 1e3: "千", 1e4: "万", 1e5: "十万", 1e6: "百万"}  # “件 ÷ 人 × 10000” is 件/万人
_GREAT = {"": 1.0, "万": 1e4, "亿": 1e8}  # “元 ÷ 10000” is 万元, “亿元 × 10000” is 万元
_NUMERALS = "十百千万亿"
_DUST = 1e-9


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

    ``within``: of a field that cannot exceed another field, the code of that one.
    """

    nature: Nature = Nature.NUMBER
    unit: str = ""
    within: str = ""

    @property
    def is_share(self) -> bool:
        """Is it a share, to be shown as a percentage?"""
        return self.nature is Nature.SHARE


@dataclass(frozen=True, slots=True)
class _Scaled:
    """A figure within an expression: ``factor`` times a figure measured so. 2 × 件 is no number of 件.

    ``weights``: of a sum of such figures, their factors added up, none below 0; 1: it is a mean, measured as they are.
    None: it is no such sum.
    """

    measure: Measure
    factor: float = 1.0
    weights: float | None = 1.0

    @property
    def nature(self) -> Nature:
        return self.measure.nature

    @property
    def unit(self) -> str:
        return self.measure.unit

    @property
    def is_own(self) -> bool:
        """Is it a number of its unit?"""
        return abs(self.factor - 1) < _DUST or self.is_mean

    @property
    def is_mean(self) -> bool:
        """Do the factors of a sum add up to 1?"""
        return self.weights is not None and abs(self.weights - 1) < _DUST

    @property
    def itself(self) -> Measure:
        """What the figure is measured in: nothing that is known, where it is scaled."""
        return self.measure if self.is_own or self.nature is not Nature.NUMBER else NUMBER


NUMBER = Measure()
SHARE = Measure(Nature.SHARE)
YES_NO = Measure(Nature.YES_NO)
CONSTANT = Measure(Nature.CONSTANT)
DATE = Measure(Nature.DATE)
DAYS = Measure(unit="天")  # a unit of measurement is data, as those in a tree are
POINTS = Measure(unit="分")
UNITS = Measure(unit="个")
_PLAIN = _Scaled(NUMBER)


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
    statistic = statistic_of(name)
    if statistic is None:
        return NUMBER
    return UNITS if statistic.which == "cohort_count" else names.get(statistic.field, NUMBER)


def measured(node: ast.expr, of: Callable[[str], Measure]) -> Measure:
    """The measure of a part of an expression; ``of`` gives that of a name."""
    return _scaled(node, of).itself


def _scaled(node: ast.expr, of: Callable[[str], Measure]) -> _Scaled:
    name = node.id if isinstance(node, ast.Name) else reference(node)
    if name is not None:
        return _Scaled(of(name))
    match node:
        case ast.Constant():
            return _Scaled(CONSTANT)
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return _Scaled(YES_NO)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return replace(_scaled(operand, of), weights=None)
        case ast.UnaryOp(operand=operand):
            return _scaled(operand, of)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _divided(_scaled(left, of), _scaled(right, of), right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _multiplied(_scaled(left, of), _scaled(right, of), left, right)
        case ast.BinOp(left=left, op=op, right=right):
            return _added(_scaled(left, of), _scaled(right, of), is_difference=isinstance(op, ast.Sub))
        case ast.Call(func=ast.Name(id="ln")):
            return _PLAIN
        case ast.Call(func=ast.Name(id="sqrt" | "pow"), args=[inner, *_]):  # a power of a ratio is one
            return _Scaled(SHARE) if _scaled(inner, of).nature is Nature.SHARE else _PLAIN
        case ast.Call(args=[inner, *_]) if called(node) in TO_PLACES:
            return _one_of([_scaled(inner, of)])
        case ast.Call() if called(node) in ASKING:
            return _Scaled(YES_NO)
        case ast.Call(args=args):  # min, max, abs, first; of `if(…)` the branches
            return _one_of([_scaled(arg, of) for arg in (args[1:] if is_if(node) else args)])
    raise AssertionError(ast.dump(node))  # the grammar has nothing else


def _own(parts: Sequence[_Scaled]) -> list[_Scaled]:
    """All but the constants: a mean of figures is one of them."""
    return [replace(one, factor=1.0) if one.is_mean else one for one in parts if one.nature is not Nature.CONSTANT]


def _one_of(parts: Sequence[_Scaled]) -> _Scaled:
    """What is one of these: measured as all but the constants are, if they agree."""
    own = _own(parts)
    if not own:
        return _Scaled(CONSTANT)
    kinds = {(one.nature, one.unit, one.factor) for one in own}
    if len(kinds) > 1:
        return _PLAIN
    return _Scaled(Measure(own[0].nature, own[0].unit), own[0].factor, None if own[0].factor != 1 else 1.0)


def _added(left: _Scaled, right: _Scaled, *, is_difference: bool) -> _Scaled:
    natures = {left.nature, right.nature}
    if Nature.DATE in natures:
        if left.nature is right.nature and is_difference:
            return _Scaled(DAYS, weights=None)
        return _Scaled(DATE) if Nature.CONSTANT in natures else _PLAIN
    if not natures <= {Nature.NUMBER, Nature.SHARE, Nature.CONSTANT}:
        return _PLAIN  # a sum of answers is a number of them
    if Nature.CONSTANT in natures:
        return _one_of([left, right])
    if left.nature is not right.nature or left.unit != right.unit:
        return _PLAIN
    one, other = _own([left, right])
    is_same = abs(one.factor - other.factor) < _DUST
    weights = None if is_difference or one.weights is None or other.weights is None else one.weights + other.weights
    return _Scaled(Measure(left.nature, left.unit), one.factor if is_same else math.nan, weights)


def _multiplied(left: _Scaled, right: _Scaled, one: ast.expr, other: ast.expr) -> _Scaled:
    for measure, by, factor in ((left, right, other), (right, left, one)):
        if by.nature is Nature.CONSTANT:
            return _times(measure, _number(factor))
    natures = {left.nature, right.nature}
    if natures == {Nature.SHARE}:
        return _Scaled(SHARE)
    if Nature.SHARE in natures and natures <= {Nature.SHARE, Nature.NUMBER}:
        number = left if right.nature is Nature.SHARE else right
        return _Scaled(Measure(unit=number.unit), number.factor, None)
    return _PLAIN


def _times(figure: _Scaled, by: float | None) -> _Scaled:
    """A figure times a plain number (None: one that is itself worked out)."""
    if figure.nature is Nature.CONSTANT:
        return figure
    if figure.nature not in {Nature.NUMBER, Nature.SHARE} or by is None:
        return _PLAIN
    if figure.nature is Nature.SHARE:  # weights keep a share a share; 100 times a share is a plain number
        return _Scaled(figure.measure) if abs(by) <= 1 else _PLAIN
    above, slash, below = figure.unit.partition("/")
    if slash and figure.factor == 1 and by in _MULTIPLES and below[:1] not in _NUMERALS:
        return _Scaled(Measure(unit=f"{above}/{_MULTIPLES[by]}{below}"))
    if not slash and figure.is_own and (unit := _regrouped(figure.unit, by)):
        return _Scaled(Measure(unit=unit))
    weights = None if figure.weights is None or by < 0 else figure.weights * by
    return _Scaled(Measure(unit=figure.unit), figure.factor * abs(by), weights)


def _numeral_and_unit(unit: str) -> tuple[str, str]:
    """万元 as 万 and 元."""
    numeral = unit[:1] if unit[:1] in _GREAT and len(unit) > 1 else ""
    return numeral, unit.removeprefix(numeral)


def _regrouped(unit: str, by: float) -> str:
    """What a number of ``unit`` times ``by`` is a number of: 万元 of 元 ÷ 10000; empty: nothing that has a name."""
    numeral, base = _numeral_and_unit(unit)
    if by <= 0 or not base or base == POINTS.unit or base[0] in _NUMERALS or base.isascii():
        return ""
    size = _GREAT[numeral] / by
    return next((f"{other}{base}" for other, one in _GREAT.items() if abs(size / one - 1) < _DUST), "")


def _divided(left: _Scaled, right: _Scaled, below: ast.expr) -> _Scaled:
    if right.nature is Nature.CONSTANT:
        if left.nature is Nature.SHARE:
            return left
        number = _number(below)
        return _times(left, 1 / number if number else None)
    if isinstance(below, ast.Name) and left.measure.within == below.id:
        return _Scaled(SHARE)
    if left.nature is not Nature.NUMBER or right.nature is not Nature.NUMBER:
        return _Scaled(SHARE) if left.nature is right.nature is Nature.SHARE else _PLAIN
    if not left.unit or not right.unit:
        return _PLAIN
    own, other = _own([left, right])
    times = own.factor / other.factor if other.factor else math.nan
    if left.unit == right.unit:
        return _Scaled(SHARE) if times < 1 + _DUST else _PLAIN
    if "/" in left.unit or "/" in right.unit or _numeral_and_unit(left.unit)[1] == _numeral_and_unit(right.unit)[1]:
        return _PLAIN  # 元 ÷ 万元 is measured in nothing
    return _times(_Scaled(Measure(unit=f"{left.unit}/{right.unit}")), times)


def _number(node: ast.expr) -> float | None:
    """The plain number that is written there; None if it is worked out from several."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value)
    return None

"""Interval arithmetic over columns: the bounds of an expression's value, whatever its missing names might be."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from lawgov_score.expression.columns import power, settled_sum, to_places
from lawgov_score.expression.grammar import ASKING, FIRST, IF, TO_PLACES, names_in, places_of, power_of, reference
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust

Bounds = tuple[FloatArray, FloatArray]  # the lowest and the highest possible value, each (units,)
_BoolArray = npt.NDArray[np.bool_]


def certain(body: ast.expr, bounds: Mapping[str, Bounds], size: int) -> _BoolArray:
    """(units,): is the condition true for every value within ``bounds``? A known name has equal bounds.

    Two occurrences of a name are treated as independent, so ``a - a == 0`` of a blank is not certain: the answer may
    be a wrong False, but never a wrong True.
    """
    with np.errstate(all="ignore"):
        low, high = _truth(_bounds(body, bounds))
    is_true: _BoolArray = (low == 1) & (high == 1)
    return np.broadcast_to(is_true, (size,))


def possible(body: ast.expr, bounds: Mapping[str, Bounds], size: int) -> _BoolArray:
    """(units,): may the condition be true for some value within ``bounds``? True where that cannot be decided."""
    with np.errstate(all="ignore"):
        _, high = _truth(_bounds(body, bounds))
    may_be: _BoolArray = high == 1
    return np.broadcast_to(may_be, (size,))


def at_odds(bodies: Sequence[ast.expr], bounds: Mapping[str, tuple[float, float]]) -> Iterator[tuple[int, int | None]]:
    """Conditions that no values within ``bounds`` can meet: (number, None) alone, (number, earlier one) together.

    Proved only: nothing is said of what cannot be decided by bounds, or by comparisons of the same two things.
    """
    lonely = set()
    for i, body in enumerate(bodies):
        if not _may_be(body, bounds):
            lonely.add(i)
            yield i, None
    names = [set(names_in(body)) for body in bodies]
    for later in range(min(len(bodies), _MOST_TOGETHER)):
        for earlier in range(later):
            if {earlier, later} & lonely or not names[earlier] & names[later]:
                continue
            claims = [*_claims(bodies[earlier]), *_claims(bodies[later])]
            if _contradict(claims) or not all(
                _may_be(bodies[one], _narrowed(claims, bounds)) for one in (earlier, later)
            ):
                yield later, earlier
                break


_MOST_TOGETHER = 200  # conditions that are compared with one another
_SIGNS: Mapping[type[ast.cmpop], frozenset[int]] = MappingProxyType(  # signs that left − right may have
    {
        ast.Lt: frozenset({-1}), ast.LtE: frozenset({-1, 0}), ast.Gt: frozenset({1}), ast.GtE: frozenset({0, 1}),
        ast.Eq: frozenset({0}), ast.NotEq: frozenset({-1, 1}),
    }
)  # fmt: skip
_Claim = tuple[ast.expr, frozenset[int], ast.expr]


def _may_be(body: ast.expr, bounds: Mapping[str, tuple[float, float]]) -> bool:
    columns = {name: (np.array([low]), np.array([high])) for name, (low, high) in bounds.items()}
    return bool(possible(body, columns, 1)[0])


def _claims(body: ast.expr) -> Iterator[_Claim]:
    """Every comparison of two things that must hold for the condition to hold."""
    if isinstance(body, ast.BoolOp) and isinstance(body.op, ast.And):
        for part in body.values:
            yield from _claims(part)
    elif isinstance(body, ast.Compare):
        sides = (body.left, *body.comparators)
        for i, op in enumerate(body.ops):
            yield sides[i], _SIGNS[type(op)], sides[i + 1]


def _contradict(claims: Sequence[_Claim]) -> bool:
    """Is one thing to be above and not above another?"""
    found: dict[tuple[str, str], frozenset[int]] = {}
    for left, signs, right in claims:
        one, other = ast.dump(left), ast.dump(right)
        pair = min(one, other), max(one, other)
        mine = signs if one <= other else frozenset(-sign for sign in signs)
        found[pair] = found.get(pair, frozenset({-1, 0, 1})) & mine
    return not all(found.values())


def _narrowed(claims: Sequence[_Claim], bounds: Mapping[str, tuple[float, float]]) -> Mapping[str, tuple[float, float]]:
    """The bounds of names that are compared with a number, as far as the comparisons leave them."""
    narrowed = dict(bounds)
    for left, signs, right in claims:
        for one, other, turned in ((left, right, 1), (right, left, -1)):
            names = names_in(one)
            if len(names) != 1 or not (reference(one) or isinstance(one, ast.Name)) or names_in(other):
                continue
            number = float(_bounds(other, {})[0])
            low, high = narrowed[names[0]]
            mine = {sign * turned for sign in signs}
            narrowed[names[0]] = (
                max(low, number) if -1 not in mine else low,
                min(high, number) if 1 not in mine else high,
            )
    return narrowed


def _bounds(node: ast.expr, given: Mapping[str, Bounds]) -> Bounds:
    referred = reference(node)
    if referred is not None:
        return given[referred]
    match node:
        case ast.Constant(value=value):
            number = np.asarray(float(value), dtype=np.float64)  # type: ignore[arg-type]  # only numbers pass _check
            return number, number
        case ast.Name(id=name):
            return given[name]
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _bounds(left, given), _bounds(right, given))
        case ast.UnaryOp(op=op, operand=operand):
            low, high = _bounds(operand, given)
            if isinstance(op, ast.Not):
                yes, perhaps = _truth((low, high))
                return 1 - perhaps, 1 - yes
            return (-high, -low) if isinstance(op, ast.USub) else (low, high)
        case ast.BoolOp(op=op, values=values):
            claims = [_truth(_bounds(value, given)) for value in values]
            return _several(claims, np.minimum if isinstance(op, ast.And) else np.maximum)
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [_clean(_bounds(part, given)) for part in (left, *others)]
            return _several([_compare(op, sides[i], sides[i + 1]) for i, op in enumerate(ops)], np.minimum)
        case ast.Call(func=ast.Name(id=name), args=args):
            if name in ASKING:
                return _asked(name, _is_known(args[0], given))
            parts = [_bounds(arg, given) for arg in args]
            if name == FIRST:
                return _first(parts, [_is_known(arg, given) for arg in args])
            if name in TO_PLACES:
                low, high = (to_places(name, side, places_of(node)) for side in parts[0])
                return low, high
            return _power(parts[0], power_of(node)) if name == "pow" else _call(name, parts)
    raise AssertionError(f"{ast.dump(node)} passed _check")


def _clean(bounds: Bounds) -> Bounds:
    low, high = (without_dust(side, VALUE_DECIMALS) for side in bounds)
    return low, high


def _truth(bounds: Bounds) -> Bounds:
    """Bounds (1, 1) where the condition is certainly true, (0, 0) where it is certainly false."""
    low, high = bounds
    yes = (low > 0) | (high < 0)
    return yes.astype(np.float64), (~((low == 0) & (high == 0))).astype(np.float64)


def _several(parts: list[Bounds], of: np.ufunc) -> Bounds:
    low, high = parts[0]
    for one, other in parts[1:]:
        low, high = of(low, one), of(high, other)
    return low, high


def _open(low: FloatArray, high: FloatArray) -> Bounds:
    """Bounds with every side that is not a number widened to infinity."""
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _arithmetic(op: ast.operator, left: Bounds, right: Bounds) -> Bounds:
    match op:
        case ast.Add():
            low, high = (settled_sum(a + b, a, b) for a, b in zip(left, right, strict=True))
            return _open(low, high)
        case ast.Sub():
            low, high = (settled_sum(a - b, a, b) for a, b in zip(left, reversed(right), strict=True))
            return _open(low, high)
        case ast.Mult():
            return _corners([a * b for a in left for b in right])
        case _:
            low, high = _corners([a / b for a in left for b in right])
            by_zero = (right[0] <= 0) & (right[1] >= 0)
            return np.where(by_zero, -np.inf, low), np.where(by_zero, np.inf, high)


def _corners(corners: list[FloatArray]) -> Bounds:
    """The least and the greatest corner; 0 × ∞ and ∞ ÷ ∞ (nan) are ignored: they lie between the other corners."""
    numbers = [np.where(np.isnan(corner), 0.0, corner) for corner in np.broadcast_arrays(*corners)]
    return np.minimum.reduce(numbers), np.maximum.reduce(numbers)


def _compare(op: ast.cmpop, left: Bounds, right: Bounds) -> Bounds:
    match op:
        case ast.Gt() | ast.LtE():
            yes, perhaps = left[0] > right[1], left[1] > right[0]
        case ast.Lt() | ast.GtE():
            yes, perhaps = left[1] < right[0], left[0] < right[1]
        case _:
            equal = (left[0] == left[1]) & (right[0] == right[1]) & (left[0] == right[0])
            yes, perhaps = equal, (left[0] <= right[1]) & (right[0] <= left[1])
    if isinstance(op, (ast.LtE, ast.GtE, ast.NotEq)):
        yes, perhaps = ~perhaps, ~yes
    return yes.astype(np.float64), perhaps.astype(np.float64)


def _is_known(node: ast.expr, given: Mapping[str, Bounds]) -> _BoolArray:
    """Is every name below it known, so that no answer can still change?"""
    known = np.asarray(True)
    for name in names_in(node):
        low, high = given[name]
        known = known & (low == high)
    return known


def _asked(name: str, known: _BoolArray) -> Bounds:
    """Of what is answered that is certain; a blank may still be answered."""
    least = np.where(known, float(name != "blank"), 0.0)
    return least, np.where(known, least, 1.0)


def _first(parts: list[Bounds], known: list[_BoolArray]) -> Bounds:
    """The first that is known; before it, each that may still be answered."""
    low, high = parts[-1]
    for (one, other), is_known in reversed(list(zip(parts[:-1], known[:-1], strict=True))):
        low = np.where(is_known, one, np.minimum(one, low))
        high = np.where(is_known, other, np.maximum(other, high))
    return low, high


def _power(part: Bounds, exponent: float) -> Bounds:
    low, high = part
    if exponent != int(exponent):
        return np.where(low < 0, -np.inf, power(low, exponent)), np.where(low < 0, np.inf, power(high, exponent))
    if exponent % 2:
        return power(low, exponent), power(high, exponent)
    least = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)))
    return power(least, exponent), power(np.maximum(np.abs(low), np.abs(high)), exponent)


def _call(name: str, parts: list[Bounds]) -> Bounds:
    match name:
        case "min":
            return _several(parts, np.minimum)
        case "max":
            return _several(parts, np.maximum)
        case "abs":
            low, high = parts[0]
            least = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)))
            return least, np.maximum(np.abs(low), np.abs(high))
        case _ if name == IF:
            yes, perhaps = _truth(parts[0])
            taken, left = parts[1:]
            low = np.where(yes == 1, taken[0], np.where(perhaps == 0, left[0], np.minimum(taken[0], left[0])))
            return low, np.where(yes == 1, taken[1], np.where(perhaps == 0, left[1], np.maximum(taken[1], left[1])))
        case "sqrt":
            return _power(parts[0], 0.5)
        case _:  # ln
            low, high = parts[0]
            least = np.where(low > 0, np.log(np.where(low > 0, low, 1.0)), -np.inf)
            return least, np.where(high > 0, np.log(np.where(high > 0, high, 1.0)), np.inf)

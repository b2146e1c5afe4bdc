"""Evaluation of an expression over whole columns, one row per unit, without float dust."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from lawgov_score.expression.grammar import ASKING, FIRST, IF, TO_PLACES, names_in, places_of, power_of, reference
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, half_even, half_up, is_nothing, without_dust

_DIGITS = 14  # decimal digits a double holds exactly (15), less one


def settled_sum(result: FloatArray, left: FloatArray, right: FloatArray) -> FloatArray:
    """``result`` of adding or subtracting ``left`` and ``right``, rounded to the decimals that the larger can hold.

    10000.3 − 10000 is 0.2999999999992724 in floats, and becomes 0.3. Whole numbers are exact and stay as they are.

    >>> settled_sum(np.array([10000.3 - 10000]), np.array([10000.3]), np.array([10000.0])).tolist()
    [0.3]
    """
    result = np.asarray(result, dtype=np.float64)
    if (np.isnan(result) | (result == np.rint(result))).all():
        return result
    with np.errstate(all="ignore"):
        scale = np.maximum(np.abs(left), np.abs(right))
        digits = np.ceil(np.log10(np.where(scale > 0, scale, 1.0)))
        factor = 10.0 ** np.clip(_DIGITS - digits, 0, VALUE_DECIMALS)
        clean = np.rint(result * factor) / factor
    return np.where(np.isfinite(clean), clean, result)


_BoolArray = npt.NDArray[np.bool_]
_ARITHMETIC: Mapping[type[ast.operator], Callable[[FloatArray, FloatArray], FloatArray]] = MappingProxyType(
    {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}
)
_COMPARISON: Mapping[type[ast.cmpop], Callable[[FloatArray, FloatArray], _BoolArray]] = MappingProxyType(
    {
        ast.Lt: np.less,
        ast.LtE: np.less_equal,
        ast.Gt: np.greater,
        ast.GtE: np.greater_equal,
        ast.Eq: np.equal,
        ast.NotEq: np.not_equal,
    }
)


@dataclass(frozen=True, slots=True)
class Result:
    """``value`` (units,): nan where a name is missing, or where the result is not a number.

    ``by_zero`` (units,): a denominator was zero.
    """

    value: FloatArray
    by_zero: _BoolArray


def work_out(body: ast.expr, answers: Mapping[str, FloatArray], size: int) -> Result:
    """The value of every unit at once. ``answers``: one array (units,) for every name in ``body``; nan is missing."""
    by_zero = np.zeros(size, dtype=bool)
    if isinstance(body, ast.Name):
        return Result(without_dust(answers[body.id], VALUE_DECIMALS), by_zero)
    with np.errstate(all="ignore"):
        value = _evaluate(body, answers, by_zero)
        if value.shape != by_zero.shape:  # an expression of numbers alone
            value = np.broadcast_to(value, by_zero.shape)
        value = without_dust(value, VALUE_DECIMALS)
        value[np.isinf(value) | by_zero] = np.nan
        return Result(value, by_zero)


def _evaluate(node: ast.expr, answers: Mapping[str, FloatArray], by_zero: _BoolArray) -> FloatArray:
    if isinstance(node, (ast.Attribute, ast.Call)) and (referred := reference(node)) is not None:
        return answers[referred]
    match node:
        case ast.Constant(value=value):
            return np.asarray(float(value), dtype=np.float64)  # type: ignore[arg-type]  # only numbers pass _check
        case ast.Name(id=name):
            return answers[name]
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _evaluate(left, answers, by_zero), _evaluate(right, answers, by_zero)
            number = np.asarray(_ARITHMETIC[type(op)](one, other), dtype=np.float64)
            if isinstance(op, ast.Div):
                zero = is_nothing(other)
                by_zero |= zero
                number[zero] = np.nan  # infinite numbers would take the long way through `without_dust`
            return settled_sum(number, one, other) if isinstance(op, (ast.Add, ast.Sub)) else number
        case ast.UnaryOp(op=op, operand=operand):
            number = _evaluate(operand, answers, by_zero)
            if isinstance(op, ast.Not):
                return np.asarray(number == 0, dtype=np.float64)
            return -number if isinstance(op, ast.USub) else number
        case ast.BoolOp(op=op, values=values):
            claims = [_evaluate(value, answers, by_zero) != 0 for value in values]
            holds = np.logical_and.reduce(claims) if isinstance(op, ast.And) else np.logical_or.reduce(claims)
            return np.asarray(holds, dtype=np.float64)
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [without_dust(_evaluate(part, answers, by_zero), VALUE_DECIMALS) for part in (left, *others)]
            claims = [_COMPARISON[type(op)](sides[i], sides[i + 1]) for i, op in enumerate(ops)]
            return np.asarray(np.logical_and.reduce(claims), dtype=np.float64)
        case ast.Call(func=ast.Name(id=name), args=args):
            if name in TO_PLACES:
                return to_places(name, _evaluate(args[0], answers, by_zero), places_of(node))
            return _call(node, name, answers, by_zero)
    raise AssertionError(f"{ast.dump(node)} passed _check")


def to_places(name: str, numbers: FloatArray, places: int) -> FloatArray:
    """``numbers`` rounded to so many decimals of the decimal value: half up, half to even, down or up.

    >>> to_places("floor", np.array([0.29, -0.5]), 1).tolist(), to_places("ceil", np.array([0.1 + 0.2]), 1).tolist()
    ([0.2, -0.5], [0.3])
    """
    if name in {"round", "round_even"}:
        return (half_up if name == "round" else half_even)(without_dust(numbers, VALUE_DECIMALS), places)
    counted = without_dust(numbers * 10.0**places, min(VALUE_DECIMALS, VALUE_DECIMALS - places))
    return np.asarray((np.floor if name == "floor" else np.ceil)(counted) / 10.0**places + 0.0)


def power(numbers: FloatArray, exponent: float) -> FloatArray:
    """``numbers`` to a power above 0; of a number below 0 only a whole one, else nan."""
    with np.errstate(all="ignore"):
        return np.asarray(np.power(numbers, exponent))


def lacks_any(node: ast.AST, answers: Mapping[str, FloatArray], size: int) -> _BoolArray:
    """(units,): is any name below ``node`` missing?"""
    missing = np.zeros(size, dtype=bool)
    for name in names_in(node):
        missing |= np.isnan(answers[name])
    return missing


def _first(args: list[ast.expr], answers: Mapping[str, FloatArray], by_zero: _BoolArray) -> FloatArray:
    """The first of ``args`` of which nothing is missing; where something is missing of all, nan."""
    open_, value = np.ones_like(by_zero), np.full(by_zero.shape, np.nan)
    for arg in args:
        zero = np.zeros_like(by_zero)  # only the one that is taken can divide by zero
        taken = open_ & ~lacks_any(arg, answers, len(by_zero))
        value = np.where(taken, _evaluate(arg, answers, zero), value)
        by_zero |= taken & zero
        open_ &= ~taken
    return value


def _call(call: ast.Call, name: str, answers: Mapping[str, FloatArray], by_zero: _BoolArray) -> FloatArray:
    args = call.args
    if name in ASKING:
        return np.asarray(lacks_any(args[0], answers, len(by_zero)) == (name == "blank"), dtype=np.float64)
    if name == FIRST:
        return _first(args, answers, by_zero)
    if name == "pow":
        return power(_evaluate(args[0], answers, by_zero), power_of(call))
    if name == IF:
        holds = np.broadcast_to(_evaluate(args[0], answers, by_zero) != 0, by_zero.shape)
        zeros = [np.zeros_like(by_zero), np.zeros_like(by_zero)]  # only a branch that is taken can divide by zero
        one, other = (_evaluate(arg, answers, zero) for arg, zero in zip(args[1:], zeros, strict=True))
        by_zero |= np.where(holds, *zeros)
        return np.where(holds, one, other)
    numbers = [_evaluate(arg, answers, by_zero) for arg in args]
    match name:
        case "min":
            return np.asarray(np.minimum.reduce(np.broadcast_arrays(*numbers)), dtype=np.float64)
        case "max":
            return np.asarray(np.maximum.reduce(np.broadcast_arrays(*numbers)), dtype=np.float64)
        case "abs":
            return np.asarray(np.abs(numbers[0]), dtype=np.float64)
        case "sqrt":
            return np.asarray(np.sqrt(numbers[0]), dtype=np.float64)
        case _:  # ln
            return np.asarray(np.log(numbers[0]), dtype=np.float64)

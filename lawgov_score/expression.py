"""`value:` expressions: arithmetic over fields, read once, then worked out over whole columns or in a cell.

Allowed: names of fields, numbers, percentages such as ``90%`` written as 0.9, ``+ - * / ( )``, ``min max abs ln``,
comparisons, ``and or not``, ``if(condition, a, b)``, and three kinds of reference: ``previous.taken`` (last
edition's figure), ``cohort_mean(taken)`` and its like (a statistic of the cohort), ``score("23-2")`` (what another
node of the tree came to). Nothing else can be reached: the text is parsed by Python's own parser and every node
that is not on the list is refused at its column. A reference is a name like any other to whoever works the
expression out: its canonical text is the key.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust

_BINARY: Mapping[type[ast.operator], str] = MappingProxyType({ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"})
_COMPARE: Mapping[type[ast.cmpop], str] = MappingProxyType(
    {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>"}
)
_FUNCTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(  # name: fewest and most arguments
    {"min": (2, 20), "max": (2, 20), "abs": (1, 1), "ln": (1, 1), "If": (3, 3)}
)
COHORT_STATISTICS = ("cohort_mean", "cohort_max", "cohort_min", "cohort_sum", "cohort_count")
_IF = re.compile(r"\bif(?=\s*\()")  # `if` is a word of Python's own; `If` is as long, so that columns stay


class BadExpressionError(ValueError):
    """The text is not an expression; ``column`` counts from 0 within it, ``found`` is what stands there."""

    def __init__(self, column: int, found: str) -> None:
        super().__init__(found)
        self.column = column
        self.found = found


@dataclass(frozen=True, slots=True)
class Result:
    """``value`` (units,): nan where a name is missing; ``by_zero`` (units,): a denominator was zero."""

    value: FloatArray
    by_zero: np.ndarray


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that has been read: its text, the names in it, and its parsed body."""

    text: str
    names: tuple[str, ...]
    columns: Mapping[str, int]  # where each name first stands, from 0
    divides: bool
    _body: ast.expr

    def evaluate(self, answers: Mapping[str, FloatArray]) -> Result:
        """The value of every unit at once. ``answers``: one array (units,) per name; nan is missing."""
        if isinstance(self._body, ast.Name):
            value = answers[self._body.id]
            return Result(without_dust(value, VALUE_DECIMALS), np.zeros(len(value), dtype=bool))
        size = len(answers[self.names[0]]) if self.names else 1
        by_zero = np.zeros(size, dtype=bool)
        with np.errstate(all="ignore"):
            value = _evaluate(self._body, answers, by_zero)
        missing = np.isnan(answers[self.names[0]]) if self.names else np.zeros(1, dtype=bool)
        for name in self.names[1:]:
            missing |= np.isnan(answers[name])
        by_zero &= ~missing
        known = np.isfinite(value) & ~missing & ~by_zero
        return Result(np.where(known, without_dust(value, VALUE_DECIMALS), np.nan), by_zero)

    @property
    def fields(self) -> tuple[str, ...]:
        """The plain names: fields of the indicator."""
        return tuple(name for name in self.names if name.isidentifier())

    @property
    def nodes(self) -> tuple[str, ...]:
        """Codes of the nodes that ``score("…")`` refers to."""
        return tuple(name[7:-2] for name in self.names if name.startswith('score("'))

    @property
    def previous(self) -> tuple[str, ...]:
        """What ``previous.…`` refers to: codes of fields, ``value`` or ``score``."""
        return tuple(name[9:] for name in self.names if name.startswith("previous."))

    @property
    def cohort(self) -> tuple[tuple[str, str], ...]:
        """(statistic, field) of every statistic of the cohort."""
        return tuple(
            (name[: name.index("(")], name[name.index("(") + 1 : -1])
            for name in self.names
            if name.startswith("cohort_") and name.endswith(")")
        )

    def formula(self, cells: Mapping[str, str]) -> str:
        """The same arithmetic in a spreadsheet, without ``=``; ``cells`` gives each name's address."""
        return _formula(self._body, cells)

    @property
    def denominator_names(self) -> tuple[str, ...]:
        """Names that stand in something that is divided by, in reading order."""
        found = [
            name
            for node in ast.walk(self._body)
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
            for name in _names_in(node.right)
        ]
        return tuple(dict.fromkeys(found))

    def denominators(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """Spreadsheet text of everything that is divided by, in reading order."""
        found = [
            _formula(node.right, cells)
            for node in ast.walk(self._body)
            if isinstance(node, ast.BinOp) and _divides(node)
        ]
        return tuple(dict.fromkeys(found))


def parse(text: str) -> Expression:
    """Reads ``text``; raises ``BadExpressionError`` at the first thing that is not allowed."""
    try:
        body = ast.parse(_IF.sub("If", text), mode="eval").body
    except SyntaxError as error:
        column = error.offset - 1 if error.offset else len(text)  # 0: the text ended too early
        raise BadExpressionError(column, text.strip() or "（空）") from None
    except (ValueError, RecursionError, MemoryError):
        raise BadExpressionError(0, text[:40]) from None
    columns: dict[str, int] = {}
    _check(body, text, columns)
    divides = any(_divides(node) for node in ast.walk(body))
    return Expression(text, tuple(columns), MappingProxyType(columns), divides, body)


def _reference(node: ast.AST) -> str | None:
    """The canonical text of a reference; None where the node is none."""
    match node:
        case ast.Attribute(value=ast.Name(id="previous"), attr=name):
            return f"previous.{name}"
        case ast.Call(func=ast.Name(id="score"), args=[ast.Constant(value=str(code))], keywords=[]):
            return f'score("{code}")'
        case ast.Call(func=ast.Name(id=statistic), args=[ast.Name(id=name)], keywords=[]) if (
            statistic in COHORT_STATISTICS
        ):
            return f"{statistic}({name})"
    return None


def _names_in(node: ast.AST) -> list[str]:
    """Names and references below ``node``, in reading order."""
    reference = _reference(node)
    if reference is not None:
        return [reference]
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Call):  # the function's own name is none
        return [name for part in node.args for name in _names_in(part)]
    return [name for part in ast.iter_child_nodes(node) for name in _names_in(part)]


def _divides(node: ast.AST) -> bool:
    """Is something divided by what may be zero? A calculation of plain numbers is known beforehand."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and bool(_names_in(node.right))


def _is_zero(node: ast.expr) -> bool:
    """A calculation of plain numbers that comes to zero."""
    if _names_in(node):
        return False
    by_zero = np.zeros(1, dtype=bool)
    try:
        with np.errstate(all="ignore"):
            return bool(by_zero[0]) or float(np.ravel(_evaluate(node, {}, by_zero))[0]) == 0
    except (AssertionError, KeyError, TypeError):
        return False  # nothing that may stand here: _check says so


def _column(node: ast.AST, text: str) -> int:
    """Column in characters: the parser counts UTF-8 bytes."""
    offset = getattr(node, "col_offset", 0)
    return len(text.encode()[:offset].decode(errors="ignore"))


def _check(node: ast.expr, text: str, columns: dict[str, int]) -> None:
    reference = _reference(node)
    if reference is not None:
        columns.setdefault(reference, _column(node, text))
        return
    match node:
        case ast.Constant(value=value) if isinstance(value, (int, float)) and not isinstance(value, bool):
            if not np.isfinite(float(value)):
                raise BadExpressionError(_column(node, text), ast.unparse(node))
        case ast.Name(id=name):
            columns.setdefault(name, _column(node, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            if isinstance(op, ast.Div) and _is_zero(right):
                raise BadExpressionError(_column(right, text), "/ 0")
            _check(left, text, columns)
            _check(right, text, columns)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not(), operand=operand):
            _check(operand, text, columns)
        case ast.BoolOp(values=values):
            for claim in values:
                _check(claim, text, columns)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARE for op in ops):
            for part in (left, *others):
                _check(part, text, columns)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            fewest, most = _FUNCTIONS[name]
            if not fewest <= len(args) <= most:
                raise BadExpressionError(_column(node, text), ast.unparse(node))
            for arg in args:
                _check(arg, text, columns)
        case _:
            raise BadExpressionError(_column(node, text), ast.unparse(node))


_ARITHMETIC: Mapping[type[ast.operator], Callable[[FloatArray, FloatArray], FloatArray]] = MappingProxyType(
    {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}
)
_COMPARISON: Mapping[type[ast.cmpop], Callable[[FloatArray, FloatArray], np.ndarray]] = MappingProxyType(
    {
        ast.Lt: np.less,
        ast.LtE: np.less_equal,
        ast.Gt: np.greater,
        ast.GtE: np.greater_equal,
        ast.Eq: np.equal,
        ast.NotEq: np.not_equal,
    }
)


def _evaluate(node: ast.expr, answers: Mapping[str, FloatArray], by_zero: np.ndarray) -> FloatArray:
    reference = _reference(node)
    if reference is not None:
        return answers[reference]
    match node:
        case ast.Constant(value=value):
            return np.asarray(float(value), dtype=np.float64)  # type: ignore[arg-type]  # _check let only numbers pass
        case ast.Name(id=name):
            return answers[name]
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _evaluate(left, answers, by_zero), _evaluate(right, answers, by_zero)
            if isinstance(op, ast.Div):
                by_zero |= without_dust(other, VALUE_DECIMALS) == 0
            return np.asarray(_ARITHMETIC[type(op)](one, other), dtype=np.float64)
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
        case ast.Call(func=ast.Name(id="If"), args=[condition, then, otherwise]):
            holds = np.broadcast_to(_evaluate(condition, answers, by_zero) != 0, by_zero.shape)
            zero_then, zero_otherwise = np.zeros_like(by_zero), np.zeros_like(by_zero)  # only the branch taken divides
            one = _evaluate(then, answers, zero_then)
            other = _evaluate(otherwise, answers, zero_otherwise)
            by_zero |= np.where(holds, zero_then, zero_otherwise)
            return np.where(holds, one, other)
        case ast.Call(func=ast.Name(id=name), args=args):
            numbers = [_evaluate(arg, answers, by_zero) for arg in args]
            if name == "min":
                return np.asarray(np.minimum.reduce(np.broadcast_arrays(*numbers)), dtype=np.float64)
            if name == "max":
                return np.asarray(np.maximum.reduce(np.broadcast_arrays(*numbers)), dtype=np.float64)
            return np.asarray(np.abs(numbers[0]) if name == "abs" else np.log(numbers[0]), dtype=np.float64)
    raise AssertionError(f"{ast.dump(node)} passed _check")


def _formula(node: ast.expr, cells: Mapping[str, str]) -> str:
    reference = _reference(node)
    if reference is not None:
        return cells[reference]
    match node:
        case ast.Constant(value=value):
            return repr(value)
        case ast.Name(id=name):
            return cells[name]
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_formula(left, cells)}{_BINARY[type(op)]}{_formula(right, cells)})"
        case ast.UnaryOp(op=op, operand=operand):
            inner = _formula(operand, cells)
            if isinstance(op, ast.Not):
                return f"IF({inner}=0,1,0)"
            return f"(-{inner})" if isinstance(op, ast.USub) else inner
        case ast.BoolOp(op=op, values=values):
            word = "AND" if isinstance(op, ast.And) else "OR"
            listed = ",".join(f"{_formula(value, cells)}<>0" for value in values)
            return f"IF({word}({listed}),1,0)"
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [f"ROUND({_formula(part, cells)},{VALUE_DECIMALS})" for part in (left, *others)]
            claims = [f"{sides[i]}{_COMPARE[type(op)]}{sides[i + 1]}" for i, op in enumerate(ops)]
            claim = claims[0] if len(claims) == 1 else "AND(" + ",".join(claims) + ")"
            return f"IF({claim},1,0)"
        case ast.Call(func=ast.Name(id="If"), args=[condition, then, otherwise]):
            branches = f"{_formula(then, cells)},{_formula(otherwise, cells)}"
            return f"IF({_formula(condition, cells)}<>0,{branches})"
        case ast.Call(func=ast.Name(id=name), args=args):
            return f"{name.upper()}({','.join(_formula(arg, cells) for arg in args)})"
    raise AssertionError(f"{ast.dump(node)} passed _check")

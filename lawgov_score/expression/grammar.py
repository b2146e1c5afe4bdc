"""The grammar of expressions: what is allowed, and where the parser refuses anything else."""

import ast
import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

BINARY: Mapping[type[ast.operator], str] = MappingProxyType({ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"})
COMPARE: Mapping[type[ast.cmpop], str] = MappingProxyType(
    {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>"}
)
COHORT_STATISTICS = (
    "cohort_mean",
    "cohort_max",
    "cohort_min",
    "cohort_sum",
    "cohort_count",
    "cohort_median",
    "cohort_deviation",
)
QUANTILE = "cohort_quantile"  # the one statistic that takes a share beside the field
IF = "If"  # `if` is a Python keyword; this name of the same length replaces it, so that columns stay the same
_FUNCTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(  # name: fewest and most arguments
    {"min": (2, 20), "max": (2, 20), "abs": (1, 1), "ln": (1, 1), IF: (3, 3)}
)
_IF_CALL = re.compile(r"\bif(?=\s*\()")
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_STATISTIC = re.compile(r"(cohort_[a-z]+)\(([a-z][a-z0-9_]*)(?:, ([0-9.]+))?\)")
_SHOWN = 40  # characters shown of a text that is refused as a whole


class Statistic(NamedTuple):
    """A statistic of the cohort: ``which`` one (``cohort_mean``), of which field; ``share``: of a quantile."""

    which: str
    field: str
    share: float | None = None

    def __str__(self) -> str:
        return f"{self.which}({self.field})" if self.share is None else f"{self.which}({self.field}, {self.share})"


def statistic_of(name: str) -> Statistic | None:
    """The statistic that a reference is; None if it is none.

    >>> statistic_of("cohort_quantile(n, 0.75)"), statistic_of("previous.n")
    (Statistic(which='cohort_quantile', field='n', share=0.75), None)
    """
    found = _STATISTIC.fullmatch(name)
    return None if found is None else Statistic(found[1], found[2], None if found[3] is None else float(found[3]))


class BadExpressionError(ValueError):
    """The text is not an expression; ``column`` counts from 0, ``found`` is the text at that column."""

    def __init__(self, column: int, found: str) -> None:
        super().__init__(found)
        self.column = column
        self.found = found


def read(text: str) -> tuple[ast.expr, dict[str, int]]:
    """The parsed body, and the column where each name first occurs.

    Raises ``BadExpressionError`` at the first thing that is not allowed.
    """
    if match := re.search(rf"\b{IF}\b", text):
        raise BadExpressionError(match.start(), IF)
    columns: dict[str, int] = {}
    try:
        body = ast.parse(_IF_CALL.sub(IF, text), mode="eval").body
        _check(body, text, columns)
    except SyntaxError as error:
        column = error.offset - 1 if error.offset else len(text)  # 0: the text ended too early
        raise BadExpressionError(max(column, 0), text.strip() or "（空）") from None
    except BadExpressionError:
        raise
    except (ValueError, RecursionError, MemoryError):  # a null byte, a number of thousands of digits, too deep
        raise BadExpressionError(0, text[:_SHOWN] + "…") from None
    return body, columns


def reference(node: ast.AST) -> str | None:
    """The canonical text of a reference; None if the node is not a reference."""
    match node:
        case ast.Attribute(value=ast.Name(id="previous"), attr=name) if _FIELD.fullmatch(name):
            return f"previous.{name}"
        case ast.Call(func=ast.Name(id="score"), args=[ast.Constant(value=str(code))], keywords=[]) if '"' not in code:
            return f'score("{code}")'
        case ast.Call(func=ast.Name(id=statistic), args=[ast.Name(id=name)], keywords=[]) if (
            statistic in COHORT_STATISTICS
        ):
            return str(Statistic(statistic, name))
        case ast.Call(func=ast.Name(id=statistic), args=[ast.Name(id=name), ast.Constant(value=float(share))]) if (
            statistic == QUANTILE and not node.keywords and 0 < share < 1
        ):
            return str(Statistic(statistic, name, share))
    return None


def is_if(node: ast.AST) -> bool:
    """Is it `if(condition, then, otherwise)`?"""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == IF


def names_in(node: ast.AST) -> list[str]:
    """Names and references below ``node``, in reading order."""
    referred = reference(node)
    if referred is not None:
        return [referred]
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Call):  # the name of the function itself is not an operand
        return [name for part in node.args for name in names_in(part)]
    return [name for part in ast.iter_child_nodes(node) for name in names_in(part)]


def last_edition_in(node: ast.AST) -> list[str]:
    """Names below ``node`` that refer to figures of last edition."""
    return [name for name in names_in(node) if name.startswith("previous.")]


def is_division(node: ast.AST) -> bool:
    """Is this a division whose denominator may be zero? A denominator of plain numbers is known beforehand."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and bool(names_in(node.right))


def _check(node: ast.expr, text: str, columns: dict[str, int]) -> None:
    referred = reference(node)
    if referred is not None:
        columns.setdefault(referred, column_of(node, text))
        return
    match node:
        case ast.Constant(value=value) if isinstance(value, (int, float)) and not isinstance(value, bool):
            if not _is_finite(value):
                raise _refused(node, text)
        case ast.Name(id=name):
            columns.setdefault(name, column_of(node, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            _check(left, text, columns)
            _check(right, text, columns)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not(), operand=operand):
            _check(operand, text, columns)
        case ast.BoolOp(values=values):
            for claim in values:
                _check(claim, text, columns)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARE for op in ops):
            for part in (left, *others):
                _check(part, text, columns)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            fewest, most = _FUNCTIONS[name]
            if not fewest <= len(args) <= most:
                raise _refused(node, text)
            for arg in args:
                _check(arg, text, columns)
        case _:
            raise _refused(node, text)


def _refused(node: ast.expr, text: str) -> BadExpressionError:
    """The error for ``node``, quoted as it was written (the parser sees ``If`` for `if`)."""
    segment = ast.get_source_segment(text, node) or ast.unparse(node)
    return BadExpressionError(column_of(node, text), segment)


def column_of(node: ast.AST, text: str) -> int:
    """Column of ``node`` in characters from the start of the text; the parser counts lines, and bytes within them."""
    lines = text.splitlines(keepends=True) or [""]
    at = getattr(node, "lineno", 1) - 1
    offset = getattr(node, "col_offset", 0)
    return sum(map(len, lines[:at])) + len(lines[at].encode()[:offset].decode(errors="ignore"))


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:  # a whole number of hundreds of digits
        return False

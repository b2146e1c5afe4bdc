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
    {
        "min": (2, 20), "max": (2, 20), "abs": (1, 1), "ln": (1, 1), "sqrt": (1, 1), "pow": (2, 2),
        "round": (1, 2), "round_even": (1, 2), "floor": (1, 2), "ceil": (1, 2),
        "first": (2, 20), "blank": (1, 1), "answered": (1, 1), IF: (3, 3),
    }
)  # fmt: skip
FIRST = "first"
TO_PLACES = frozenset({"round", "round_even", "floor", "ceil"})  # to so many decimals, a plain whole number
PARTIAL = frozenset({"ln", "sqrt", "pow"})  # not of every number
ASKING = frozenset({"blank", "answered"})  # of one field: was it answered?
_FEWEST_PLACES, _MOST_PLACES, _MOST_POWER = -8, 10, 100
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
        case ast.Call(func=ast.Name(id="answer"), args=[ast.Constant(value=str(key))], keywords=[]) if '"' not in key:
            return f'answer("{key}")'
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


def called(node: ast.AST) -> str:
    """The name of the function that is called; empty if it is no call (or a reference)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and reference(node) is None:
        return node.func.id
    return ""


def places_of(call: ast.Call) -> int:
    """To how many decimals `round`, `floor` and `ceil` go: 0 where nothing is said."""
    number = plain_number(call.args[1]) if len(call.args) > 1 else 0.0
    assert number is not None  # _check allows nothing else
    return int(number)


def plain_number(node: ast.expr) -> float | None:
    """The number that is written there, with its sign; None if it is worked out."""
    match node:
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]  # only numbers pass _check
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
            return -float(value)  # type: ignore[arg-type]
    return None


def power_of(call: ast.Call) -> float:
    """The exponent of `pow`: a plain number, or one divided by another (1/3); 0 if it is neither."""
    node = call.args[1]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        above, below = plain_number(node.left), plain_number(node.right)
        return above / below if above is not None and below else 0.0
    return plain_number(node) or 0.0


def decides_by_blanks(node: ast.AST) -> bool:
    """Does a blank decide which way the value goes, so that not every unit needs every name below ``node``?"""
    return any(is_if(one) or called(one) in {FIRST, *ASKING} for one in ast.walk(node))


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
            if not _is_used_well(node, name, args):
                raise _refused(node, text)
        case _:
            raise _refused(node, text)


def _is_used_well(call: ast.Call, name: str, args: list[ast.expr]) -> bool:
    """Are the arguments what the function is for?

    A number of decimals is plain and whole, an exponent plain and above 0. Whether something was answered is asked of a
    field or of last edition's; what nodes and cohorts come to is never blank in this sense.
    """
    if name == "round_even" and any(called(one) == name for one in ast.walk(args[0])):
        return False  # its formula names what it rounds four times
    if name in TO_PLACES and len(args) > 1:
        places = plain_number(args[1])
        return places is not None and places == int(places) and _FEWEST_PLACES <= places <= _MOST_PLACES
    if name == "pow":
        return 0 < power_of(call) <= _MOST_POWER
    if name in ASKING:
        return bool(reference(args[0]) or isinstance(args[0], ast.Name)) and _may_be_blank(args[0])
    if name == FIRST:
        if len({ast.dump(arg) for arg in args}) < len(args):
            return False  # where the one is blank, so is the other
        return all(_may_be_blank(arg) and not decides_by_blanks(arg) for arg in args) and bool(names_in(args[0]))
    return True


def _may_be_blank(node: ast.expr) -> bool:
    return all(name.isidentifier() or name.startswith("previous.") for name in names_in(node))


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

"""An expression as a spreadsheet formula, with functions that Excel 2010, WPS and LibreOffice all have."""

import ast
from collections.abc import Iterator, Mapping

from lawgov_score.expression.grammar import BINARY, COMPARE, IF, is_division, names_in, reference
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS


def formula(node: ast.expr, cells: Mapping[str, str], inexact: frozenset[str] = frozenset()) -> str:
    """The arithmetic of ``node``, without ``=``; ``cells`` gives each name's address.

    ``inexact``: names whose figures have decimals (amounts): sums and differences of them are rounded free of dust.
    """
    if inexact and isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        within = set(names_in(node))
        if within & inexact and not any(is_division(part) for part in ast.walk(node)):
            return f"ROUND({formula(node, cells)},{DUST_DECIMALS})"
    return _formula(node, cells, inexact)


def _formula(node: ast.expr, cells: Mapping[str, str], inexact: frozenset[str]) -> str:
    referred = reference(node)
    if referred is not None:
        return cells[referred]
    match node:
        case ast.Constant(value=value):
            return repr(value)
        case ast.Name(id=name):
            return cells[name]
        case ast.BinOp(left=left, op=op, right=right):
            return f"({formula(left, cells, inexact)}{BINARY[type(op)]}{formula(right, cells, inexact)})"
        case ast.UnaryOp(op=op, operand=operand):
            inner = formula(operand, cells, inexact)
            if isinstance(op, ast.Not):
                return f"IF({inner}=0,1,0)"
            return f"(-{inner})" if isinstance(op, ast.USub) else inner
        case ast.BoolOp(op=op, values=values):
            word = "AND" if isinstance(op, ast.And) else "OR"
            listed = ",".join(f"{formula(value, cells, inexact)}<>0" for value in values)
            return f"IF({word}({listed}),1,0)"
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [f"ROUND({formula(part, cells, inexact)},{VALUE_DECIMALS})" for part in (left, *others)]
            claims = [f"{sides[i]}{COMPARE[type(op)]}{sides[i + 1]}" for i, op in enumerate(ops)]
            claim = claims[0] if len(claims) == 1 else "AND(" + ",".join(claims) + ")"
            return f"IF({claim},1,0)"
        case ast.Call(func=ast.Name(id=name), args=args) if name == IF:
            condition, then, otherwise = (formula(arg, cells, inexact) for arg in args)
            return f"IF({condition}<>0,{then},{otherwise})"
        case ast.Call(func=ast.Name(id=name), args=args):
            return f"{name.upper()}({','.join(formula(arg, cells, inexact) for arg in args)})"
    raise AssertionError(f"{ast.dump(node)} passed _check")


def denominators(node: ast.AST, cells: Mapping[str, str]) -> Iterator[str]:
    """Everything that is divided by, in reading order; 1 where it stands in a branch that is not taken."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[condition, then, otherwise]) if name == IF:
            yield from denominators(condition, cells)
            claim = f"{formula(condition, cells)}<>0"
            yield from (f"IF({claim},{inner},1)" for inner in denominators(then, cells))
            yield from (f"IF({claim},1,{inner})" for inner in denominators(otherwise, cells))
        case ast.BinOp(left=left, right=right):
            yield from denominators(left, cells)
            if is_division(node):
                yield formula(right, cells)
            yield from denominators(right, cells)
        case _ if reference(node) is None:
            for part in ast.iter_child_nodes(node):
                yield from denominators(part, cells)

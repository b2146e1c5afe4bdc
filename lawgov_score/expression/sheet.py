"""Spreadsheet formulas of expressions, with functions that Excel 2010, WPS and LibreOffice all have."""

import ast
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lawgov_score.expression.grammar import (
    ASKING,
    BINARY,
    COMPARE,
    FIRST,
    IF,
    TO_PLACES,
    called,
    is_division,
    is_if,
    last_edition_in,
    names_in,
    places_of,
    power_of,
    reference,
)
from lawgov_score.rounding import DUST_DECIMALS, VALUE_DECIMALS
from lawgov_score.rules.cells import half_even

NEVER = "FALSE"  # a test that is never true
_NO_TESTS: Mapping[str, str] = MappingProxyType({})


def formula(
    node: ast.expr,
    cells: Mapping[str, str],
    inexact: frozenset[str] = frozenset(),
    lacks: Mapping[str, str] = _NO_TESTS,
) -> str:
    """The arithmetic of ``node``, without ``=``; ``cells`` gives each name's address.

    ``inexact``: names whose figures have decimals (amounts): their sums and differences are rounded to remove float
    dust.
    """
    if inexact and isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        within = set(names_in(node))
        if within & inexact and not any(is_division(part) for part in ast.walk(node)):
            return f"ROUND({formula(node, cells, lacks=lacks)},{DUST_DECIMALS})"
    return _formula(node, cells, inexact, lacks)


def _formula(node: ast.expr, cells: Mapping[str, str], inexact: frozenset[str], lacks: Mapping[str, str]) -> str:
    referred = reference(node)
    if referred is not None:
        return cells[referred]
    match node:
        case ast.Constant(value=value):
            return repr(value)
        case ast.Name(id=name):
            return cells[name]
        case ast.BinOp(left=left, op=op, right=right):
            return f"({formula(left, cells, inexact, lacks)}{BINARY[type(op)]}{formula(right, cells, inexact, lacks)})"
        case ast.UnaryOp(op=op, operand=operand):
            inner = formula(operand, cells, inexact, lacks)
            if isinstance(op, ast.Not):
                return f"IF({inner}=0,1,0)"
            return f"(-{inner})" if isinstance(op, ast.USub) else inner
        case ast.BoolOp(op=op, values=values):
            word = "AND" if isinstance(op, ast.And) else "OR"
            listed = ",".join(f"{formula(value, cells, inexact, lacks)}<>0" for value in values)
            return f"IF({word}({listed}),1,0)"
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [f"ROUND({formula(part, cells, inexact, lacks)},{VALUE_DECIMALS})" for part in (left, *others)]
            claims = [f"{sides[i]}{COMPARE[type(op)]}{sides[i + 1]}" for i, op in enumerate(ops)]
            claim = claims[0] if len(claims) == 1 else "AND(" + ",".join(claims) + ")"
            return f"IF({claim},1,0)"
        case ast.Call(func=ast.Name(id=name), args=args) if name == IF:
            condition, then, otherwise = (formula(arg, cells, inexact, lacks) for arg in args)
            taken = f"IF({condition}<>0,{then},{otherwise})"
            is_open = missing(args[0], cells, lacks)
            # A value although the condition is unknown means that both branches have that value.
            return f"IF({is_open},{then},{taken})" if is_open != NEVER else taken
        case ast.Call(func=ast.Name(id=name), args=args) if name in ASKING:
            is_blank = missing(args[0], cells, {**lacks, **_asked(cells)})
            return f"IF({is_blank},1,0)" if name == "blank" else f"IF({is_blank},0,1)"
        case ast.Call(func=ast.Name(id=name), args=args) if name == FIRST:
            *before, text = (formula(arg, cells, inexact, lacks) for arg in args)
            for arg, own in zip(reversed(args[:-1]), reversed(before), strict=True):
                text = f"IF({missing(arg, cells, lacks)},{text},{own})"
            return text
        case ast.Call(func=ast.Name(id=name), args=args) if name in TO_PLACES:
            return _to_places(name, formula(args[0], cells, inexact, lacks), places_of(node))
        case ast.Call(func=ast.Name(id="pow"), args=args):
            exponent, base = power_of(node), formula(args[0], cells, inexact, lacks)
            if exponent == int(exponent):
                return f"POWER({base},{int(exponent)})"
            return f"POWER(SQRT({base}),{2 * exponent!r})"  # of a number below 0 no spreadsheet takes a root
        case ast.Call(func=ast.Name(id=name), args=args):
            return f"{name.upper()}({','.join(formula(arg, cells, inexact, lacks) for arg in args)})"
    raise AssertionError(f"{ast.dump(node)} passed _check")


_ASKED = "blank({})"  # key of a test for a blank that replaces the usual one, of a cell that may hold a word


def asked_key(name: str) -> str:
    """The key under which ``cells`` may hold a test of its own for ``blank(name)``."""
    return _ASKED.format(name)


def _asked(cells: Mapping[str, str]) -> dict[str, str]:
    return {key[len("blank(") : -1]: test for key, test in cells.items() if key.startswith("blank(")}


def _to_places(name: str, inner: str, places: int) -> str:
    """Half up, down or up on the decimal value: float dust is removed before anything is cut off."""
    if name == "round":
        return f"ROUND(ROUND({inner},{VALUE_DECIMALS}),{places})"
    if name == "round_even":
        return half_even(f"ROUND({inner},{VALUE_DECIMALS})", places)
    scale = repr(10**places) if places >= 0 else repr(10.0**places)
    by = "" if places == 0 else f"*{scale}"
    back = "" if places == 0 else f"/{scale}"
    digits = min(VALUE_DECIMALS, VALUE_DECIMALS - places)
    cut = f"INT(ROUND(({inner}){by},{digits}))" if name == "floor" else f"(-INT(-ROUND(({inner}){by},{digits})))"
    return f"({cut}{back})"


def missing(node: ast.expr, cells: Mapping[str, str], lacks: Mapping[str, str] = _NO_TESTS) -> str:
    """The spreadsheet test for a missing name that ``node`` needs. Of `if(…)` only the branch that is taken is needed.

    A name is missing if its cell holds no number, or by its own test in ``lacks``. ``NEVER``: no name is needed.
    """
    names = _unconditional(node)
    tests = [lacks[name] for name in names if name in lacks]
    addresses = list(dict.fromkeys(cells[name] for name in names if name not in lacks))
    tests += [f"COUNT({','.join(addresses)})<{len(addresses)}"] if addresses else []
    tests += [_lacks_branch(call, cells, lacks) for call in _outermost_branches(node)]
    if not tests:
        return NEVER
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _unconditional(node: ast.AST) -> list[str]:
    """The names that ``node`` needs whichever branches are taken within it, each once."""
    if is_if(node) or called(node) in {FIRST, *ASKING}:
        return []
    referred = reference(node) or (node.id if isinstance(node, ast.Name) else None)
    if referred is not None:
        return [referred]
    below = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return list(dict.fromkeys(name for part in below for name in _unconditional(part)))


def _outermost_branches(node: ast.AST) -> Iterator[ast.Call]:
    if is_if(node) or called(node) == FIRST:
        assert isinstance(node, ast.Call)
        yield node
    elif called(node) in ASKING:
        return
    elif reference(node) is None:
        for part in ast.iter_child_nodes(node):
            yield from _outermost_branches(part)


def _lacks_branch(call: ast.Call, cells: Mapping[str, str], tests: Mapping[str, str]) -> str:
    """The test for a missing name on the branch taken; where the condition is unknown: whether the branches differ."""
    if called(call) == FIRST:
        return f"AND({','.join(missing(arg, cells, tests) for arg in call.args)})"
    condition, then, otherwise = call.args
    lacks = [missing(branch, cells, tests) for branch in (then, otherwise)]
    taken = _unless_by_zero(
        condition, cells, "FALSE", f"IF({formula(condition, cells, lacks=tests)}<>0,{lacks[0]},{lacks[1]})"
    )
    is_open = missing(condition, cells, tests)
    if is_open == NEVER:
        return taken
    one, other = (f"ROUND({formula(branch, cells, lacks=tests)},{VALUE_DECIMALS})" for branch in (then, otherwise))
    differ = f"IF(OR({lacks[0]},{lacks[1]}),TRUE,IFERROR({one}<>{other},TRUE))"
    if before := [cells[name] for name in last_edition_in(condition)]:
        differ = f"IF(COUNT({','.join(before)})<{len(before)},TRUE,{differ})"
    return f"IF({is_open},{differ},{taken})"


def _unless_by_zero(condition: ast.expr, cells: Mapping[str, str], otherwise: str, text: str) -> str:
    """``text`` (it evaluates a condition), or ``otherwise`` where the condition divides by zero (`on_zero` decides)."""
    divided = list(dict.fromkeys(denominators(condition, cells)))
    return f"IF(OR({','.join(f'{one}=0' for one in divided)}),{otherwise},{text})" if divided else text


def denominators(node: ast.AST, cells: Mapping[str, str]) -> Iterator[str]:
    """Every denominator, in reading order; 1 for one in a branch that is not taken."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[condition, then, otherwise]) if name == IF:
            yield from denominators(condition, cells)
            claim = f"{formula(condition, cells)}<>0"
            for inner in denominators(then, cells):
                yield _unless_by_zero(condition, cells, "1", f"IF({claim},{inner},1)")
            for inner in denominators(otherwise, cells):
                yield _unless_by_zero(condition, cells, "1", f"IF({claim},1,{inner})")
        case ast.Call(args=args) if called(node) == FIRST:
            before: list[str] = []
            for arg in args:
                lacks = missing(arg, cells)
                for inner in denominators(arg, cells):
                    text = f"IF({lacks},1,{inner})"
                    for other in reversed(before):
                        text = f"IF({other},{text},1)"
                    yield text
                before.append(lacks)
        case ast.BinOp(left=left, right=right):
            yield from denominators(left, cells)
            if is_division(node):
                yield formula(right, cells)
            yield from denominators(right, cells)
        case _ if reference(node) is None:
            for part in ast.iter_child_nodes(node):
                yield from denominators(part, cells)

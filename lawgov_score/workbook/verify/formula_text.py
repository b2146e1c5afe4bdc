"""Compares formulas as text: whether two spellings are the same formula, whichever program wrote them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_PREFIX = re.compile(r"_xl(?:fn|ws|udf)\.", re.IGNORECASE)
_QUOTED = re.compile(r"'((?:[^']|'')*)'!")
_NO_QUOTES_NEEDED = re.compile(r"[^\W\d][\w.]*")
_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]+")


def is_same_formula(one: str, other: str) -> bool:
    """Do both compute the same in the same way? Blanks, case, quotes of sheet names and prefixes are ignored."""
    return one == other or plain_formula(one) == plain_formula(other)


@lru_cache(maxsize=4096)
def plain_formula(text: str) -> str:
    """``text`` (without the leading =) in one canonical spelling.

    >>> plain_formula("if( '排名'!a1 >0.90,_xlfn.stdev.p(B1:B9), TRUE())")
    'IF(排名!A1>0.9,STDEV.P(B1:B9),TRUE)'
    """
    try:
        tokens = Tokenizer("=" + text.lstrip("=").strip()).items
    except (TokenizerError, IndexError):
        return text
    plain = "".join(map(_plain, tokens))
    return plain.replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


@dataclass(frozen=True, slots=True)
class Parts:
    """The cells that a formula refers to, as (sheet or '', address), ends of ranges among them, and its numbers."""

    cells: frozenset[tuple[str, str]]
    numbers: frozenset[float]


@lru_cache(maxsize=4096)
def parts_of(text: str) -> Parts:
    """The parts of a formula (without the leading =).

    >>> sorted(parts_of("SUM('排名'!$A1:B9)*2+C1").cells)
    [('', 'C1'), ('排名', 'A1'), ('排名', 'B9')]
    """
    try:
        tokens = Tokenizer("=" + text.lstrip("=").strip()).items
    except (TokenizerError, IndexError):
        return Parts(frozenset(), frozenset())
    cells, numbers = set(), set()
    for token in tokens:
        if token.type != Token.OPERAND:
            continue
        if token.subtype == Token.NUMBER:
            numbers.add(float(token.value))
        elif token.subtype == Token.RANGE:
            sheet, _, area = token.value.rpartition("!")
            for cell in area.split(":"):
                if _CELL.fullmatch(cell):
                    cells.add((sheet.strip("'").replace("''", "'"), cell.replace("$", "").upper()))
    return Parts(frozenset(cells), frozenset(numbers))


def _plain(token: Token) -> str:
    text: str = token.value
    match token.type, token.subtype:
        case Token.WSPACE, _:
            return ""
        case Token.FUNC, _:
            return _PREFIX.sub("", text).strip().upper()
        case Token.OPERAND, Token.TEXT:
            return text
        case Token.OPERAND, Token.NUMBER:
            return repr(float(text))
        case Token.OPERAND, Token.RANGE:
            return _reference(text)
        case _:
            return text.strip().upper()


def _reference(text: str) -> str:
    sheet, mark, cells = text.rpartition("!")
    name = _QUOTED.sub(_unquoted, sheet + mark)
    is_cells = all(_CELL.fullmatch(part) or part.isalpha() for part in cells.split(":"))
    return name + (cells.upper() if is_cells else cells)


def _unquoted(match: re.Match[str]) -> str:
    return f"{match[1]}!" if _NO_QUOTES_NEEDED.fullmatch(match[1]) else match[0]

"""Pieces of spreadsheet formulas, with functions that Excel 2010, WPS and LibreOffice all have."""

from collections.abc import Iterable
from decimal import Decimal

from lawgov_score.rounding import BARELY, DUST_DECIMALS, VALUE_DECIMALS, Halves, Rounding


def number(figure: float) -> str:
    """A number without exponent; a negative one in brackets, so that it can stand anywhere.

    >>> number(0.25), number(2.0), number(1e-7), number(-1.0)
    ('0.25', '2', '0.0000001', '(-1)')
    """
    exact = f"{Decimal(repr(float(figure))):f}"
    exact = exact.rstrip("0").rstrip(".") if "." in exact else exact
    if exact in {"-0", ""}:
        return "0"
    return f"({exact})" if exact.startswith("-") else exact


def dust_free(inner: str) -> str:
    """The engine's rounding where nothing else is rounded, which removes float dust."""
    return f"ROUND({inner},{VALUE_DECIMALS})"


def rounded(inner: str, rounding: Rounding) -> str:
    """A formula rounded: half up on the decimal value, or halves to the even neighbour; to decimals or whole steps.

    >>> rounded("A1", Rounding(2)), rounded("A1", Rounding(1, 0.5))
    ('ROUND(A1,2)', 'ROUND(ROUND(ROUND((A1)/0.5,9),0)*0.5,9)')
    """
    if not rounding.step:
        return _to_decimals(inner, rounding.decimals, rounding.halves)
    steps = _to_decimals(f"ROUND(({inner})/{number(rounding.step)},{DUST_DECIMALS})", 0, rounding.halves)
    return f"ROUND({steps}*{number(rounding.step)},{DUST_DECIMALS})"


def _to_decimals(inner: str, decimals: int, halves: Halves) -> str:
    up = f"ROUND({inner},{decimals})"
    return up if halves is Halves.UP else half_even(inner, decimals)


def half_even(inner: str, decimals: int) -> str:
    """Halves to the even neighbour: barely less, they are rounded down; and twice their rounded half is even."""
    up = f"ROUND({inner},{decimals})"
    return f"IF(ROUND(({inner})*{number(BARELY)},{decimals})={up},{up},2*ROUND(({inner})/2,{decimals}))"


def unless_missing(addresses: Iterable[str], then: str) -> str:
    """``then``, or blank text where any of the cells holds no number."""
    cells = tuple(addresses)
    return f'IF(COUNT({",".join(cells)})<{len(cells)},"",{then})'


def unless_blank(addresses: Iterable[str], then: str) -> str:
    """``then``, or blank text where any of the cells is empty: a text in one is an answer (未报送)."""
    tests = ",".join(f'{one}=""' for one in addresses)
    return f'IF(OR({tests}),"",{then})'


def weighted_sum(addresses: Iterable[str], weights: Iterable[float]) -> str:
    """Σ weight · cell, in brackets."""
    terms = [f"{number(weight)}*{cell}" for cell, weight in zip(addresses, weights, strict=True)]
    return f"({'+'.join(terms)})"

"""Pieces of spreadsheet formulas, with functions that Excel 2010, WPS and LibreOffice all have."""

from collections.abc import Iterable
from decimal import Decimal

from lawgov_score.rounding import VALUE_DECIMALS


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


def unless_missing(addresses: Iterable[str], then: str) -> str:
    """``then``, or blank text where any of the cells holds no number."""
    cells = tuple(addresses)
    return f'IF(COUNT({",".join(cells)})<{len(cells)},"",{then})'


def weighted_sum(addresses: Iterable[str], weights: Iterable[float]) -> str:
    """Σ weight · cell, in brackets."""
    terms = [f"{number(weight)}*{cell}" for cell, weight in zip(addresses, weights, strict=True)]
    return f"({'+'.join(terms)})"

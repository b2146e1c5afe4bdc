"""四舍五入: half away from zero on the decimal value, against Python's own decimal arithmetic."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.rounding import half_up, rounded, without_dust


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [(83.125, 2, 83.13), (1.005, 2, 1.01), (2.675, 2, 2.68), (-0.125, 2, -0.13), (0.5, 0, 1.0), (86.37, 2, 86.37)],
)
def test_halves_go_up(number: float, decimals: int, expected: float) -> None:
    assert rounded(number, decimals) == expected


@given(st.integers(-(10**8), 10**8), st.integers(0, 4), st.integers(1, 5))
def test_agrees_with_decimal_on_every_typed_number(digits: int, decimals: int, more: int) -> None:
    """Numbers as people type them: up to five decimals more than are kept."""
    typed = Decimal(digits).scaleb(-(decimals + more))
    expected = float(typed.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    assert rounded(float(typed), decimals) == expected


def test_missing_stays_missing() -> None:
    assert np.isnan(half_up(np.array([np.nan]), 2)).all()
    assert np.isnan(without_dust(np.array([np.nan]))).all()


def test_there_is_no_negative_zero() -> None:
    assert str(rounded(-0.001, 2)) == "0.0"
    assert str(float(without_dust(np.array([-1e-12]))[0])) == "0.0"

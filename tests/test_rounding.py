"""四舍五入 and 四舍六入五成双 on the decimal value, against Python's own decimal arithmetic."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import formualizer
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.rounding import (
    Halves,
    Rounding,
    half_even,
    half_up,
    half_up_clean,
    is_nothing,
    rounded,
    without_dust,
)
from lawgov_score.rules import cells


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


@given(st.integers(-(10**7), 10**7), st.integers(0, 4), st.integers(1, 4))
def test_half_to_even_agrees_with_decimal_on_every_typed_number(digits: int, decimals: int, more: int) -> None:
    typed = Decimal(digits).scaleb(-(decimals + more))
    expected = float(typed.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN))
    assert half_even(np.array([float(typed)]), decimals).tolist() == [expected]


@given(st.integers(-(10**6), 10**6), st.sampled_from([0.5, 0.25, 0.2, 5.0]), st.sampled_from(Halves))
def test_steps_agree_with_decimal(digits: int, step: float, halves: Halves) -> None:
    typed, size = Decimal(digits).scaleb(-3), Decimal(str(step))
    how = ROUND_HALF_EVEN if halves is Halves.EVEN else ROUND_HALF_UP
    expected = float((typed / size).quantize(Decimal(1), how) * size)
    assert Rounding(2, step, halves).of(np.array([float(typed)])).tolist() == pytest.approx([expected], abs=1e-12)


@pytest.mark.parametrize("rounding", [Rounding(2), Rounding(2, halves=Halves.EVEN), Rounding(0, halves=Halves.EVEN),
    Rounding(1, 0.5), Rounding(1, 0.5, Halves.EVEN), Rounding(2, 0.25, Halves.EVEN), Rounding(1, 0.3)])  # fmt: skip
def test_a_spreadsheet_rounds_the_same(rounding: Rounding) -> None:
    numbers = [0.125, 0.135, 2.675, 2.665, 1.005, -0.125, -2.5, 0.5, 1.5, 2.25, 2.75, 83.125, 99.995, 0.45, 7.0, 1 / 3]
    book = formualizer.Workbook()
    book.add_sheet("算")
    book.set_values_batch("算", 1, 1, [[number] for number in numbers])
    for row, number in enumerate(numbers, start=1):
        book.set_formula("算", row, 2, "=" + cells.rounded(f"ROUND(A{row},9)", rounding))
        assert book.evaluate_cell("算", row, 2) == pytest.approx(rounding.of(np.array([number]))[0], abs=1e-12)
        assert rounding.one(number) == pytest.approx(rounding.of(np.array([number]))[0], abs=1e-12)


@st.composite
def columns(draw: st.DrawFn) -> np.ndarray:
    """Numbers of any size, and halves that miss a half by nothing, by dust, or by more."""
    decimals = draw(st.integers(0, 8))
    near = st.builds(
        lambda whole, dust, sign: sign * ((whole + 0.5) / 10**decimals + dust),
        st.integers(0, 10**7),
        st.sampled_from([0.0, *(sign * 10.0**-k for k in range(7, 17) for sign in (1, -1))]),
        st.sampled_from([1.0, 1.0, 1.0, -1.0]),
    )
    any_number = st.floats(-1e6, 1e6) | st.floats(0, 100) | st.sampled_from([np.nan, np.inf, -0.0, 1e300, 4503.5996])
    return np.array(draw(st.lists(near | any_number, max_size=6)), dtype=np.float64)


@given(columns(), st.integers(0, 9))
def test_half_up_of_clean_numbers_is_the_two_steps_in_one(numbers: np.ndarray, decimals: int) -> None:
    """To the last bit, the sign of nothing included."""
    with np.errstate(over="ignore"):
        assert half_up_clean(numbers, decimals).tobytes() == half_up(without_dust(numbers), decimals).tobytes()


@given(columns(), st.integers(0, 4))
def test_half_up_of_clean_numbers_is_that_of_their_billionths(numbers: np.ndarray, decimals: int) -> None:
    """As Python's own decimal arithmetic has it, for scores as there are: not negative, below a hundred thousand."""
    scores = [number for number in numbers.tolist() if 0 <= number < 1e5]
    clean = [Decimal(round(number * 1e9)).scaleb(-9) for number in scores]
    expected = [float(one.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) for one in clean]
    assert half_up_clean(np.array(scores), decimals).tolist() == expected


@given(columns(), st.sampled_from([9, 12]))
def test_nothing_is_what_comes_to_nothing_without_dust(numbers: np.ndarray, decimals: int) -> None:
    for each in (numbers, numbers * 1e-12, numbers * 1e-15):
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(is_nothing(each, decimals), without_dust(each, decimals) == 0)


@given(columns(), st.sampled_from([9, 12, 14]))
def test_dust_is_what_rounding_takes_off(numbers: np.ndarray, decimals: int) -> None:
    """Of each number by itself as of the column; one too large for so many decimals stays as it is."""
    for number, found in zip(numbers.tolist(), without_dust(numbers, decimals).tolist(), strict=True):
        is_large = not abs(number) < 2.0**52 / 10.0**decimals
        np.testing.assert_array_equal(found, number if is_large else np.round(number, decimals) + 0.0)


def test_missing_stays_missing() -> None:
    assert np.isnan(half_up(np.array([np.nan]), 2)).all()
    assert np.isnan(without_dust(np.array([np.nan]))).all()


def test_there_is_no_negative_zero() -> None:
    assert str(rounded(-0.001, 2)) == "0.0"
    assert str(float(without_dust(np.array([-1e-12]))[0])) == "0.0"

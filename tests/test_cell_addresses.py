"""Addresses of cells, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.cell_addresses import address, address_in, cell_at, letters


@pytest.mark.parametrize(
    ("column", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_letters(column: int, text: str) -> None:
    assert letters(column) == text
    assert address_in(f"{text}12") == (11, column)


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_leads_back(row: int, column: int) -> None:
    assert cell_at(address(row, column)) == address_in(address(row, column)) == (row, column)


@pytest.mark.parametrize(
    "text", ["", "A", "12", "a1", "A0", "A01", "A1:B2", "ABCD1", "$A$1", "Ａ1", "A1\n", "A12345678"]
)
def test_anything_else_is_no_address(text: str) -> None:
    assert address_in(text) is None


@pytest.mark.parametrize("column", [-1, -2, -27])
def test_there_is_no_column_before_the_first(column: int) -> None:
    """A file that says so (found by fuzzing) is damaged; the letters of such a column would never end."""
    with pytest.raises(ValueError, match="no column"):
        letters(column)

"""Formats of numbers that keep off the border."""

import pytest

from lawgov_score.workbook.writing.look import spaced


@pytest.mark.parametrize(
    ("plain", "kept_off"),
    [
        ("0.00", "0.00_0"),
        ("General", "General_0"),
        ("+0.0;−0.0;0", "+0.0_0;−0.0_0;0_0"),
        ('"A;B  "0.00', '"A;B  "0.00_0'),
        ("0.0%", "0.0%_0"),
    ],
)
def test_every_section_ends_with_the_room_of_a_digit(plain: str, kept_off: str) -> None:
    assert spaced(plain) == kept_off

"""What `verify` prints: the cause first, and what follows from it in one line."""

import pytest

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.terminal.verify import verification_text
from lawgov_score.wording import Language

DIFFERENCES = [
    Problem(Code.V206, CellPlace("s.xlsx", sheet, f"D{row}"), {"expected": f"{row}.5", "found": f"{row}"})
    for sheet in ("排名", "明细")
    for row in range(2, 135)
]
CHANGED = Problem(Code.V203, CellPlace("in/01.xlsx"), {"expected": "aaa", "found": "bbb"})
NOT_GIVEN = Problem(
    Code.V204,
    CellPlace("roster.csv"),
    {"expected": "aaa", "what": "名册", "name": "roster.csv", "cure": "--roster roster.csv", "option": "--roster"},
)
VERSION = Problem(Code.V202, CellPlace("s.xlsx"), {"expected": "0.4.0", "found": "0.5.0", "n": 3})


@pytest.mark.parametrize("lang", Language)
def test_the_cause_stands_first_and_the_differences_are_counted(lang: Language) -> None:
    lines = verification_text([*DIFFERENCES, CHANGED], lang, was_compared=True).splitlines()
    assert "V203" in lines[0]
    assert not any("V206" in line for line in lines)
    (line,) = [line for line in lines if "266" in line]
    assert "排名" in line
    assert "133" in line
    assert len(lines) <= 10


@pytest.mark.parametrize("lang", Language)
def test_without_a_cause_cells_stand_for_themselves_within_a_screen_or_two(lang: Language) -> None:
    one = verification_text(DIFFERENCES[:1], lang, was_compared=True)
    assert "排名!D2" in one
    assert "2.5" in one
    many = verification_text(DIFFERENCES, lang, was_compared=True)
    assert "V206" in many
    assert "266" in many.splitlines()[-1]  # none is left out of the count
    assert len(many.splitlines()) <= 40


@pytest.mark.parametrize("lang", Language)
def test_what_was_not_given_is_the_one_thing_said(lang: Language) -> None:
    text = verification_text([NOT_GIVEN], lang, was_compared=False)
    assert text.count("V204") == 2  # in the block and in the closing line
    assert "--roster roster.csv" in text
    assert len(text.splitlines()) <= 8


@pytest.mark.parametrize("lang", Language)
def test_another_version_alone_is_a_remark(lang: Language) -> None:
    assert "V202" in verification_text([VERSION], lang, was_compared=True)
    assert verification_text([], lang, was_compared=True) == ""

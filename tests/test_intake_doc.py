"""docs/intake.md says what the code does: other names of headings, forms of answers, limits."""

import re
from pathlib import Path

import pytest
from builders import a_field

from lawgov_score.catalogue import Code
from lawgov_score.processes import Limits
from lawgov_score.report import number_text
from lawgov_score.workbook.package import extent, guard
from lawgov_score.workbook.submission.headings import ALIASES, REMARKS
from lawgov_score.workbook.submission.values import read_cell

PAGE = (Path(__file__).parent.parent / "docs" / "intake.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
TYPES = ("count", "amount", "share", "date", "yes_no")
WRITTEN = [(row[0], text, row[2]) for row in ROWS if row[0] in TYPES for text in re.findall(r"`([^`]*)`", row[1])]


def test_the_other_names_of_headings_are_those_of_the_code() -> None:
    listed = {row[0]: tuple(row[1].split(", ")) for row in ROWS if len(row) == 2}
    for column, aliases in ALIASES.items():
        assert listed[column.value.zh] == aliases


def test_the_words_in_brackets_are_those_of_the_code() -> None:
    said = re.search(r"words in brackets after it change nothing: ([^.]*)\.", PAGE)
    assert said is not None
    assert tuple(re.split(r",\s+", said[1])) == REMARKS


@pytest.mark.parametrize(("kind", "written", "read"), WRITTEN)
def test_an_answer_is_read_as_the_page_says(kind: str, written: str, read: str) -> None:
    reading = read_cell(written, a_field(type=kind))
    value = {"是": 1.0, "否": 0.0, "2024-03-30": 45381.0}.get(read)
    if read in set(Code):
        assert reading.code == read
    elif value is not None:
        assert reading.value == value
    else:
        assert number_text(float(str(reading.value))) == read


def test_every_type_is_on_the_page_with_right_and_wrong_forms() -> None:
    for kind in TYPES:
        assert any(read not in set(Code) for of, _, read in WRITTEN if of == kind)
    assert len(WRITTEN) > 60


@pytest.mark.parametrize(
    "limit",
    [
        f"{guard.MOST_BYTES >> 20} MB as it lies on disk",
        f"{guard.MOST_INFLATED >> 20} MB unpacked",
        f"{guard.MOST_PARTS:,} parts",
        f"{guard.MOST_RATIO} times inflated",
        f"{extent.MOST_SHEETS} sheets",
        f"{extent.MOST_CELLS:,} cells",
        f"{extent.MOST_ROWS:,} rows",
        f"{extent.MOST_TEXT >> 20} MB of text",
        f"{Limits().megabytes:,} MB",
        f"{Limits().seconds:.0f} seconds",
    ],
)
def test_the_limits_are_those_of_the_code(limit: str) -> None:
    assert limit in PAGE.replace("\n", " ")

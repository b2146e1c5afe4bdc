"""A lean sheet holds, cell for cell, what XlsxWriter's own holds."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from lawgov_score.workbook.writing.lean import LeanSheet
from lawgov_score.workbook.writing.look import new_workbook, save

TEXTS = st.text(max_size=12)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))
FORMULAS = st.sampled_from(["=A1+B2", '=IF(A1<B2,"小于",A1&"<&>")', "SUM(A1:B2)"])
VALUES = st.one_of(NUMBERS, TEXTS, st.sampled_from(["#DIV/0!", ""]))
CELLS = st.one_of(
    st.tuples(st.just("string"), TEXTS, st.none()),
    st.tuples(st.just("number"), NUMBERS, st.none()),
    st.tuples(st.just("blank"), st.none(), st.none()),
    st.tuples(st.just("formula"), FORMULAS, VALUES),
)
PLACES = st.tuples(st.integers(0, 12), st.integers(0, 30))


def parts(path: Path, sheets: type[Worksheet], cells: dict[tuple[int, int], tuple[str, object, object]]) -> list[str]:
    """The rows of the sheet without the hint of their span, and the texts that its cells share."""
    book = new_workbook(path, "", sheets=sheets, in_memory=True)
    sheet = book.add_worksheet("表")
    bold = book.add_format({"bold": True})
    sheet.set_row(3, 40)
    sheet.merge_range(20, 0, 21, 2, "", bold)
    sheet.write_string(20, 0, "合并", bold)
    for i, ((row, column), (kind, content, value)) in enumerate(cells.items()):
        style = bold if i % 2 else None
        if kind == "formula":
            sheet.write_formula(row, column, content, style, value)
        else:
            getattr(sheet, f"write_{kind}")(row, column, content, style)
    save(book)
    with ZipFile(path) as zipped:
        rows = zipped.read("xl/worksheets/sheet1.xml").decode()
        return [re.sub(r' spans="[^"]*"', "", rows), zipped.read("xl/sharedStrings.xml").decode()]


@given(cells=st.dictionaries(PLACES, CELLS, max_size=12))
@settings(derandomize=True, deadline=None, max_examples=60, database=None)
def test_the_same_cells(cells: dict[tuple[int, int], tuple[str, object, object]], tmp_path_factory: object) -> None:
    folder = tmp_path_factory.mktemp("sheets")  # type: ignore[attr-defined]  # pytest's own
    assert parts(folder / "lean.xlsx", LeanSheet, cells) == parts(folder / "plain.xlsx", Worksheet, cells)


def test_what_it_does_not_know_is_refused(tmp_path: Path) -> None:
    book = new_workbook(tmp_path / "book.xlsx", "", sheets=LeanSheet, in_memory=True)
    book.add_worksheet("表").write_boolean(0, 0, True)
    with pytest.raises(AssertionError, match="Boolean"):
        book.close()

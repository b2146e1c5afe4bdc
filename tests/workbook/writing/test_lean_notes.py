"""Notes of a lean workbook are, byte for byte, XlsxWriter's own."""

from pathlib import Path
from zipfile import ZipFile

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.workbook.writing.lean import LeanBook
from lawgov_score.workbook.writing.look import new_workbook, save

NOTES = st.dictionaries(st.tuples(st.integers(0, 40), st.integers(0, 9)), st.text(max_size=20), max_size=8)


def parts(path: Path, kind: type[xlsxwriter.Workbook], sheets: list[dict[tuple[int, int], str]]) -> dict[str, bytes]:
    """Every part of a workbook with these notes on its sheets."""
    book = new_workbook(path, "", kind=kind, in_memory=True)
    for i, notes in enumerate(sheets):
        sheet = book.add_worksheet(f"表{i}")
        sheet.set_row(2, 60)
        for (row, column), text in notes.items():
            sheet.write_comment(row, column, text, {"width": 300, "height": 70, "font_name": "宋体", "font_size": 9})
    save(book)
    with ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


@given(sheets=st.lists(NOTES, min_size=1, max_size=3))
@settings(derandomize=True, deadline=None, max_examples=40, database=None)
def test_the_same_bytes(sheets: list[dict[tuple[int, int], str]], tmp_path_factory: object) -> None:
    folder = tmp_path_factory.mktemp("notes")  # type: ignore[attr-defined]  # pytest's own
    lean = parts(folder / "lean.xlsx", LeanBook, sheets)
    assert lean == parts(folder / "plain.xlsx", xlsxwriter.Workbook, sheets)

"""The hidden sheet: what is written there comes back, text by text."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from workbook.circulated.test_book import QUJIALING, TREES, the_tree, written

from lawgov_score.content.circulated import Part
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated.own_cells import (
    IN_LINES,
    OWN_SHEET,
    OwnCells,
    OwnGroup,
    OwnLine,
    OwnText,
    read_own_cells,
    texts_today,
    write_own_cells,
)


def read(book: openpyxl.Workbook) -> OwnCells:
    own = read_own_cells([["" if cell is None else cell for cell in row] for row in book[OWN_SHEET].values])
    assert own is not None
    return own


def test_what_is_written_is_read(tmp_path: Path) -> None:
    texts = {part: f"={part.key}\n二行" if part is not Part.NOTE else "" for part in IN_LINES}
    own = OwnCells(
        program="0.8",
        tree="t",
        edition="2026",
        fingerprint="f" * 64,
        lang="zh",
        sheet="指标体系",
        total="合计",
        headings={part: part.key for part in IN_LINES if part is not Part.TITLE},
        levels=("类", "小项"),
        lines=(OwnLine(4, "1.10", 3, texts),),
        groups=(OwnGroup(4, 2, "01", "01\n类一\n（3 分）"),),
        others=(OwnText("其他规定", 3, 1, "优秀 90 分以上", "grades"), OwnText("指标体系", 0, 0, "小体系", "title")),
    )
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"strings_to_formulas": False, "strings_to_numbers": False})
    write_own_cells(book, own)
    book.close()
    assert read(openpyxl.load_workbook(tmp_path / "a.xlsx")) == own
    assert own.cell("1.10", Part.TITLE) == ("D5", "=title\n二行")
    assert own.cell("1.10", Part.POINTS) == ("E5", "=points\n二行")
    assert own.cell("01", Part.GROUP) == ("C5", "01\n类一\n（3 分）")
    assert own.cell("02", Part.GROUP) is None
    assert own.cell("1.1", Part.TITLE) is None


def test_every_address_is_that_of_the_cell_with_the_text(tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    book = openpyxl.load_workbook(written(tree, tmp_path))
    own = read(book)
    assert (own.tree, own.edition, own.fingerprint) == (tree.code, tree.edition, tree.fingerprint)
    assert len(own.lines) == 129
    for code in (line.code for line in own.lines):
        for part in IN_LINES:
            found = own.cell(code, part)
            assert found is not None
            value = book[own.sheet][found[0]].value
            assert ("" if value is None else str(value)) == found[1], (code, part)
    for group in own.groups:
        assert own.cell(group.code, Part.GROUP) == (
            book[own.sheet].cell(group.row + 1, group.column + 1).coordinate,
            group.text,
        )
        assert book[own.sheet].cell(group.row + 1, group.column + 1).value == group.text


@pytest.mark.parametrize("lang", Language)
def test_what_an_export_would_write_today_is_what_it_wrote(tmp_path: Path, lang: Language) -> None:
    for folder in TREES[::8]:
        tree = the_tree(folder)
        book = openpyxl.load_workbook(written(tree, tmp_path, lang))
        own = read(book)
        today = texts_today(tree, lang)
        codes = {*(line.code for line in own.lines), *(group.code for group in own.groups)}
        assert {code for code, _ in today} == codes
        for (code, part), text in today.items():
            found = own.cell(code, part)
            assert found is not None
            assert found[1] == text

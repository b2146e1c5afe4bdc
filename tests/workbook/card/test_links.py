"""A card's links lead from total to indicator and back, and its notes say where each score comes from.

Reaches ``content/cells.py``, ``content/score_notes.py``.
"""

from pathlib import Path
from zipfile import ZipFile

import everything
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from lawgov_score.explanation import figures, standard
from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card


@pytest.fixture(scope="module")
def scores() -> Scores:
    return everything.a_round()


def written(scores: Scores, row: int, path: Path, lang: Language = Language.ZH) -> Workbook:
    write_card(scores, row, path, problems=(), lang=lang)
    return openpyxl.load_workbook(path)


def target(book: Workbook, place: str) -> object:
    """What stands in the cell that ``'明细'!A5`` names."""
    sheet, _, cell = place.rpartition("!")
    return book[sheet.strip("'")][cell].value


@pytest.mark.parametrize("row", range(5))
def test_down_from_the_total_and_up_again(tmp_path: Path, scores: Scores, row: int) -> None:
    book, tree = written(scores, row, tmp_path / "card.xlsx"), scores.tree
    front, details = book["评分卡"], book["明细"]
    codes = [cell for cell in front["A"] if cell.value in tree.by_code]
    assert {cell.value for cell in codes} >= {node.code for node in tree.children}
    for cell in codes:
        assert cell.hyperlink is not None
        assert target(book, str(cell.hyperlink.location)) == cell.value
    for cell in details["A"]:
        if cell.value not in tree.by_code:
            continue
        if cell.row > details.max_row - 1 - 1 - len(scores.adjusted[row]):
            break  # lines of the register, whose codes are their own
        assert cell.hyperlink is not None
        parent = tree.parents[str(cell.value)]
        led = target(book, str(cell.hyperlink.location))
        assert led == (parent if parent in tree.by_code else cell.value)
        assert cell.font.underline is None


def test_the_total_and_the_sum_lead_to_each_other(tmp_path: Path, scores: Scores) -> None:
    book = written(scores, 0, tmp_path / "card.xlsx")
    front = book["评分卡"]
    total = front.cell(next(cell.row for cell in front["A"] if str(cell.value).startswith("得分（")), 3)
    assert total.hyperlink is not None
    assert total.value == f"={total.hyperlink.location}"
    back = book["明细"].cell(book["明细"].max_row, 1).hyperlink
    assert back is not None
    assert back.location == f"'评分卡'!{total.coordinate}"


@pytest.mark.parametrize("lang", list(Language))
def test_a_note_says_rule_figures_result_and_cell(tmp_path: Path, scores: Scores, lang: Language) -> None:
    book = written(scores, 0, tmp_path / "card.xlsx", lang)
    sheet = book.worksheets[1]
    rows = {str(cell.value): cell.row for cell in sheet["A"] if cell.value}
    for indicator in scores.tree.indicators:
        if indicator.code not in rows:
            continue
        note = sheet.cell(rows[indicator.code], 8).comment
        assert note is not None
        assert render(standard.standard(scores.tree, indicator), lang) in note.text
        assert render(figures.working(scores, 0, indicator.code), lang) in note.text
    assert sheet.cell(rows["B2"], 8).comment is not None


def test_notes_are_not_printed(tmp_path: Path, scores: Scores) -> None:
    written(scores, 0, tmp_path / "card.xlsx")
    with ZipFile(tmp_path / "card.xlsx") as zipped:
        sheet = zipped.read("xl/worksheets/sheet2.xml").decode()
        drawn = next(zipped.read(name).decode() for name in zipped.namelist() if name.endswith(".vml"))
    assert "cellComments" not in sheet
    assert "visibility:visible" not in drawn

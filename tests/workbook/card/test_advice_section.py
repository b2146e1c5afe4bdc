"""What it would take, on the card: the improvements of `advise`; nothing where nobody is graded."""

from pathlib import Path

import everything
import openpyxl
import pytest
from legible import clipped_cells, shown

from lawgov_score.content import card
from lawgov_score.explanation import advice as words
from lawgov_score.model.advice import Advice, Outlook
from lawgov_score.report import render
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card


def texts_of(path: Path) -> list[object]:
    return [cell.value for row in openpyxl.load_workbook(path)["评分卡"].iter_rows() for cell in row if cell.value]


def test_the_card_lists_what_advise_lists(tmp_path: Path) -> None:
    scores = everything.a_round()
    advices = advise(scores)
    assert any(one.improvements for one in advices)
    for advice in advices:
        path = tmp_path / f"{advice.row}.xlsx"
        write_card(scores, advice.row, path, problems=(), lang=Language.ZH, advice=advice)
        texts = texts_of(path)
        is_graded = advice.outlook is not Outlook.NOT_SCORED
        assert (render(words.outlook_phrase(scores, advice), Language.ZH) in texts) is is_graded
        for one in advice.improvements:
            assert render(words.changes_phrase(scores, one), Language.ZH) in texts
            sheet = openpyxl.load_workbook(path)["评分卡"]
            (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == one.indicator and c.column == 1][-1:]
            assert cell.hyperlink is not None
            assert "明细" in str(cell.hyperlink.location)


@pytest.mark.parametrize("lang", list(Language))
def test_it_is_legible_in_both_languages(lang: Language, tmp_path: Path) -> None:
    scores = everything.a_round()
    for advice in advise(scores):
        path = tmp_path / "card.xlsx"
        write_card(scores, advice.row, path, problems=(), lang=lang, advice=advice)
        assert [cell for sheet in shown(openpyxl.load_workbook(path)) for cell in clipped_cells(sheet)] == []


def test_nothing_is_said_where_nobody_is_graded(tmp_path: Path) -> None:
    scores = everything.a_round()
    write_card(scores, 0, tmp_path / "c.xlsx", problems=(), lang=Language.ZH, advice=Advice(0, Outlook.NO_GRADES))
    assert not any(card.NEXT_GRADE.zh in str(text) for text in texts_of(tmp_path / "c.xlsx"))

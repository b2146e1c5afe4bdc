"""Every sheet that this program writes is known as its own when it is sent alone, in either language."""

from pathlib import Path

import everything
import openpyxl
import pytest

from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.circulated.book import write_book
from lawgov_score.workbook.package.opened import Opened, open_workbook
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.submission.own_outputs import CARD, SCORECARD, TABLE, own_output


def alone(path: Path, to: Path) -> dict[str, Path]:
    """Each visible sheet of a workbook in a workbook of its own, as people save it."""
    names = [sheet.title for sheet in openpyxl.load_workbook(path).worksheets if sheet.sheet_state == "visible"]
    saved = {}
    for i, name in enumerate(names):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            if sheet.title != name:
                del book[sheet.title]
        saved[name] = to / f"{path.stem}-{i}.xlsx"
        book.save(saved[name])
    return saved


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("kind", [SCORECARD, CARD], ids=["scorecard", "card"])
def test_a_sheet_sent_alone_is_known(tmp_path: Path, lang: Language, kind: object) -> None:
    scores, path = everything.a_round(), tmp_path / "own.xlsx"
    if kind is SCORECARD:
        write_scorecard(scores, path, problems=(), inputs=(), lang=lang)
    else:
        write_card(scores, 0, path, problems=(), lang=lang)
    sheets = alone(path, tmp_path)
    assert len(sheets) >= 3
    for name, one in sheets.items():
        opened = open_workbook(one)
        assert isinstance(opened, Opened)
        assert (name, own_output(opened)) == (name, kind)


@pytest.mark.parametrize("lang", Language)
def test_so_is_the_table_of_a_tree(tmp_path: Path, lang: Language) -> None:
    path = tmp_path / "tree.xlsx"
    write_book(everything.a_round().tree, path, lang)
    sheets = alone(path, tmp_path)
    assert len(sheets) == 2
    for name, one in {**sheets, "whole": path}.items():
        opened = open_workbook(one)
        assert isinstance(opened, Opened)
        assert (name, own_output(opened)) == (name, TABLE)

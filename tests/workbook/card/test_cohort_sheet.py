"""The cohort's data on a card: what the formulas need, nobody's by name, no column in the order of another."""

from pathlib import Path

import everything
import openpyxl
import pytest
from builders import a_group, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.model import Scores
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

_SHEET, _OWN_ROW = "同组数据", 6


def compared(values: list[float]) -> Scores:
    """Units in one cohort, two indicators that compare them: the better at one, the worse at the other."""
    rule = {"kind": "relative", "against": "best", "better": "higher"}
    leaves = [an_indicator(code=f"1-{i}", rule=rule) for i in (1, 2)]
    tree = a_tree(children=[a_group(code="1", points=2.0, children=leaves)], points=2.0)
    units = tuple(a_unit(code=f"单位编码{i}", name=f"某某局{i}") for i in range(len(values)))
    sent = [
        a_submission(unit=unit, answers={"1-1.x": value, "1-2.x": 1 - value})
        for unit, value in zip(units, values, strict=True)
    ]
    return score(tree, units, sent)


def test_columns_are_sorted_each_by_itself(tmp_path: Path) -> None:
    values = [0.5, 0.2, 0.9, 0.4]
    write_card(compared(values), 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    sheet = openpyxl.load_workbook(tmp_path / "card.xlsx", data_only=True)[_SHEET]
    columns = [[sheet.cell(row, column).value for row in range(_OWN_ROW, _OWN_ROW + 4)] for column in (2, 3)]
    assert columns[0] == pytest.approx([0.5, 0.9, 0.4, 0.2])
    assert columns[1] == pytest.approx([0.5, 0.8, 0.6, 0.1])


def test_nobody_is_named(tmp_path: Path) -> None:
    write_card(compared([0.5, 0.2, 0.9]), 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    book = openpyxl.load_workbook(tmp_path / "card.xlsx")
    said = " ".join(str(cell.value) + str(cell.comment or "") for sheet in book for line in sheet for cell in line)
    assert "某某局0" in said
    assert not [text for i in (1, 2) for text in (f"某某局{i}", f"单位编码{i}") if text in said]


@pytest.mark.parametrize("others", [0, 1, 2])
def test_too_few_others_are_not_shown(tmp_path: Path, others: int) -> None:
    write_card(compared([0.5, 0.2, 0.9][: others + 1]), 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    book = openpyxl.load_workbook(tmp_path / "card.xlsx")
    rows = {str(cell.value): cell.row for cell in book["明细"]["A"]}
    assert (_SHEET in book.sheetnames) == (others == 2)
    assert (book["明细"].cell(rows["1-1"], 8).data_type == "f") == (others == 2)


def test_it_is_linked_with_what_is_published(tmp_path: Path) -> None:
    """The unit's own row follows the details, so that a figure tried out is compared too."""
    write_card(everything.a_round(), 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    sheet = openpyxl.load_workbook(tmp_path / "card.xlsx")[_SHEET]
    own = [str(sheet.cell(_OWN_ROW, column).value) for column in range(2, sheet.max_column)]
    assert own
    assert all("'明细'!" in formula for formula in own)

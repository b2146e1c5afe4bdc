"""Every formula of a scorecard and of cards, worked out by LibreOffice: the second witness beside formualizer."""

from functools import partial
from pathlib import Path

import everything
from libreoffice import needs_libreoffice, recalculated
from openpyxl.utils.cell import coordinate_to_tuple
from tampering import cell_xml, changed, part_of

from lawgov_score.problems import Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.scorecard import plan as live_plan
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.verify.anatomy import anatomy_of


def cells_of(path: Path) -> dict[tuple[str, str], object]:
    """What is stored with each formula, blank as empty text."""
    opened = open_workbook(path)
    assert not isinstance(opened, Problem), opened
    found: dict[tuple[str, str], object] = {}
    for name, sheet in anatomy_of(opened.safe.parts).items():
        rows = opened.sheets[name]
        for cell in sheet.formulas:
            row, column = coordinate_to_tuple(cell)
            is_there = row <= len(rows) and column <= len(rows[row - 1])
            found[name, cell] = rows[row - 1][column - 1] if is_there else ""
    return found


def parted(path: Path, again: Path) -> list[str]:
    """The formulas that LibreOffice comes to another result for."""
    ours, theirs = cells_of(path), cells_of(again)
    assert set(ours) == set(theirs)
    return [f"{sheet}!{cell}" for (sheet, cell), one in ours.items() if not _is_same(one, theirs[sheet, cell])]


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return one == other


@needs_libreoffice
def test_libreoffice_comes_to_the_same_and_sees_what_is_wrong(tmp_path: Path) -> None:
    scores = everything.a_round()
    scorecard = tmp_path / "scorecard.xlsx"
    write_scorecard(scores, scorecard, problems=scores.problems, inputs=(), lang=Language.ZH)
    cards = [tmp_path / f"{unit.code}.xlsx" for unit in scores.units]
    for row, path in enumerate(cards):
        write_card(scores, row, path, problems=(), lang=Language.ZH)
    plan = live_plan.plan_of(scores, Language.ZH)
    assert plan is not None
    cell = plan.sum_cell(0, "total").partition("!")[2]
    change = partial(cell_xml(cell).sub, r"\1<f>\2</f><v>1</v></c>")
    wrong = changed(scorecard, tmp_path / "wrong.xlsx", part_of(scorecard, "合成"), change)

    *again, control = recalculated([scorecard, *cards, wrong], tmp_path)
    for path, anew in zip([scorecard, *cards], again, strict=True):
        assert parted(path, anew) == [], path.name
    assert sum(len(cells_of(path)) for path in (scorecard, *cards)) > 800
    assert parted(wrong, control)[:1] == [f"合成!{cell}"]  # a value that its formula does not give

"""LibreOffice opens what we write, works out every formula anew, and what it saves is read as it was.

It is the second witness beside formualizer.
"""

import re
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import everything
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from libreoffice import needs_libreoffice, recalculated
from openpyxl.utils.cell import coordinate_to_tuple
from tampering import cell_xml, changed, part_of
from test_verify import files, verified
from workbook.returned.test_feedback import TREE as RETURNED_TREE
from workbook.returned.test_feedback import returned, sent
from workbook.submission.test_round_trip import (
    ALL_AWKWARD,
    Places,
    Rows,
    assert_comes_back,
    blank,
    by_hand,
    places,
    rows,
    simplified,
    thrifty,
)
from workbook.test_awkward_texts import NAMES, texts, written

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.scorecard import plan as live_plan
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.submission.intake import read_inputs
from lawgov_score.workbook.verify.anatomy import anatomy_of

__all__ = ["blank", "files", "places", "written"]  # fixtures


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


@needs_libreoffice
def test_libreoffice_opens_them_all(written: Path, tmp_path: Path) -> None:
    paths = [written / "scorecard.xlsx", *(written / f"card-{code}.xlsx" for code in NAMES)]
    again = recalculated(paths, tmp_path)
    everywhere = {squeezed(text) for text in texts(again[0])}
    for code, path in zip(NAMES, again[1:], strict=True):
        name = squeezed(NAMES[code])
        assert any(name in squeezed(text) for text in texts(path)), code
        assert any(name in text for text in everywhere), code


def squeezed(text: str) -> str:
    """Blanks, ends of lines and tabs left out: LibreOffice writes them in its own way."""
    return re.sub(r"\s+|_x000D_|_x0009_", "", text)


@needs_libreoffice
@settings(thrifty, max_examples=2, phases=[Phase.explicit, Phase.generate])
@example(several=[ALL_AWKWARD])
@given(several=st.lists(rows, min_size=3, max_size=3))
def test_what_libreoffice_saves_anew_comes_back(
    blank: Path, places: Places, tmp_path: Path, several: list[Rows]
) -> None:
    folder = Path(mkdtemp(dir=tmp_path))
    several = [simplified(one, "_x005F_") for one in several]  # it reads that twice
    several = [
        simplified(one, "\r\n?", "\n") for one in several
    ]  # and writes a return bare, which XML reads as a new line
    paths = [by_hand(blank, folder / f"S-{i}.xlsx", places, one) for i, one in enumerate(several)]
    for path, one in zip(recalculated(paths, folder), several, strict=True):
        assert_comes_back(path, one)


@needs_libreoffice
def test_saving_it_again_is_not_tampering(files: Path) -> None:
    (again,) = recalculated([files / "scorecard.xlsx"], files)
    assert again.read_bytes() != (files / "scorecard.xlsx").read_bytes()
    assert verified(files, "again/scorecard.xlsx").problems == ()


@needs_libreoffice
def test_the_record_outlives_another_office_program(tmp_path: Path) -> None:
    copy = returned(sent(tmp_path / "in"), tmp_path / "out")
    (saved,) = recalculated([copy], tmp_path / "office")
    (word,) = [p for p in read_inputs([saved], RETURNED_TREE).problems if p.code is Code.S139]
    assert (word.values["n"], word.values["left"]) == (2, 2)
    opened = open_workbook(saved)
    assert not isinstance(opened, Problem)

"""Names and notes as no one should write them: whatever they are, workbooks open and carry the text."""

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from builders import a_submission, a_unit
from rounds import full_answers, the_tree
from sheets import a_workbook

from lawgov_score import tables
from lawgov_score.catalogue import Code
from lawgov_score.explanation.standard import standard
from lawgov_score.model import Scores, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.submission.roster import read_roster
from lawgov_score.workbook.template.template import write_template

NAMES = {
    "formula": "=1+1",
    "plus": "+8613800000000",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "command": '=cmd|"/c calc"!A1',
    "sheet": "[甲]:乙*丙?丁/戊\\'己",
    "emoji": "👩‍⚖️办公室" * 5,
    "from_right": "\u202e局务政\u202c",
    "escape": "_x0041_局",
    "lines": "第一行\n第二行\t完",
    "markup": "<b>&amp;</b>",
    "long": "长" * 200,
}
CONTROL = "甲\x01乙\ufffe丙\x1f"


def scored(units: tuple[Unit, ...]) -> Scores:
    return score(the_tree(), units, [a_submission(unit=unit, answers=full_answers()) for unit in units])


def texts(path: Path) -> set[str]:
    """Every text of a workbook, by two readers: openpyxl must open it too."""
    opened = open_workbook(path)
    assert not isinstance(opened, Problem), opened
    openpyxl.load_workbook(path)
    return {cell for rows in opened.sheets.values() for row in rows for cell in row if isinstance(cell, str)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scorecard, cards, templates and tables of units with such names."""
    folder = tmp_path_factory.mktemp("awkward")
    units = tuple(a_unit(code=code, name=name, type="other", cohort="c2") for code, name in NAMES.items())
    scores = scored(units)
    write_scorecard(scores, folder / "scorecard.xlsx", problems=scores.problems, inputs=(), lang=Language.ZH)
    tables.write_ranking(scores, folder / "ranking.csv")
    for row, unit in enumerate(scores.units):
        write_card(scores, row, folder / f"card-{unit.code}.xlsx", problems=(), lang=Language.ZH)
        write_template(
            scores.tree,
            unit,
            folder / f"template-{unit.code}.xlsx",
            standards=partial(standard, scores.tree),
            lang=Language.ZH,
        )
    return folder


@pytest.mark.parametrize("code", NAMES)
def test_every_workbook_carries_the_name_as_text(written: Path, code: str) -> None:
    for path in (written / "scorecard.xlsx", written / f"card-{code}.xlsx", written / f"template-{code}.xlsx"):
        assert any(NAMES[code] in text for text in texts(path)), path.name
    book = openpyxl.load_workbook(written / f"card-{code}.xlsx")
    assert not [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == NAMES[code] and cell.data_type == "f"
    ]


def test_tables_carry_the_name_as_it_is(written: Path) -> None:
    text = (written / "ranking.csv").read_bytes().decode("utf-8-sig")
    for name in NAMES.values():
        assert name.replace('"', '""') in text


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    scores = scored((a_unit(code="U1", name=CONTROL, type="other", cohort="c2"),))
    write_scorecard(scores, tmp_path / "s.xlsx", problems=(), inputs=(), lang=Language.ZH)
    write_card(scores, 0, tmp_path / "c.xlsx", problems=(), lang=Language.ZH)
    for name in ("s.xlsx", "c.xlsx"):
        assert any("甲" in text and "乙" in text and "丙" in text for text in texts(tmp_path / name))


def test_a_name_of_pages_is_refused_at_its_cell(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "roster.xlsx", {"名册": f"| unit | name | type | cohort |\n| U1 | {'长' * 201} | other | c2 |"}
    )
    units, problems = read_roster(path, the_tree())
    assert [(problem.code, problem.place) for problem in problems] == [
        (Code.S125, CellPlace(path.as_posix(), "名册", "B2"))
    ]
    assert not units

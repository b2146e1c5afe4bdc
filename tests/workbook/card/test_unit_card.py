"""A unit's card: live sums that agree with the engine, the cohort without names, states, print set-up.

Reaches ``workbook/card/aspects.py``, ``workbook/card/details.py``, ``workbook/card/head.py``,
``workbook/card/rows.py``, ``workbook/card/sheet.py``, ``workbook/card/totals.py``, ``workbook/writing/figures.py``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
import pytest
from builders import a_group, a_submission, a_tree, a_unit, an_answer, an_indicator
from legible import clipped_cells, formulas_without_value, shown
from openpyxl.workbook import Workbook
from rounds import NEVER, a_round, full_answers, submissions, the_tree, units

from lawgov_score.content.losses import biggest_losses
from lawgov_score.model import Missing, Policies, Rescale, Scores
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

POLICIES: list[dict[str, Any]] = [
    {},
    {"missing": Missing.EXCLUDE},
    {"not_applicable": Rescale.PARENT},
    {"not_applicable": Rescale.NONE, "round_total": None},
    {"round_indicator": None, "round_group": 1},
]


@pytest.fixture(scope="module")
def scores() -> Scores:
    return a_round()


def card(scores: Scores, row: int, folder: Path, lang: Language = Language.ZH) -> Path:
    path = folder / f"{scores.units[row].code}-{lang}.xlsx"
    write_card(scores, row, path, problems=scores.problems, lang=lang)
    return path


def stored(path: Path) -> Mapping[tuple[str, str], Any]:
    """The stored value of every formula, by sheet and cell."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate]
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def indicator_rows(book: Workbook, sheet: str = "明细") -> dict[str, int]:
    """Row of each node's code on the sheet of details."""
    return {str(row[0].value): row[0].row for row in book[sheet].iter_rows(min_row=2) if row[0].value}


@pytest.mark.parametrize("policies", POLICIES, ids=str)
def test_an_independent_spreadsheet_engine_agrees(tmp_path: Path, policies: dict[str, Any]) -> None:
    scores = a_round(policies=policies)
    checked = 0
    for row in range(6):
        path = card(scores, row, tmp_path)
        engine = formualizer.load_workbook(str(path))
        engine.evaluate_all()  # at once: cell by cell it would go through the same ranges again and again
        for (sheet, where), cell in stored(path).items():
            got = engine.get_value(sheet, cell.row, cell.column)
            want = cell.value
            if hasattr(want, "year"):
                assert str(got)[:10] == str(want)[:10], (path.name, where)
            elif isinstance(want, (int, float)):
                assert got == pytest.approx(want, abs=1e-9), (path.name, sheet, where)
            else:
                assert (got or "") == (want or ""), (path.name, sheet, where)
            checked += 1
    assert checked > 300


@pytest.mark.parametrize(
    ("key", "cell", "to"),
    [
        ("01-1.done", 0, 75),
        ("01-2.b", 1, 0),
        ("02-1.choice", 0, 1),
        ("02-2.held", 0, 5),
        ("02-2.due", 1, 0),
        ("01-1.all", 1, 0),
        ("03-2.lost", 0, 3),
        ("03-2.suits", 1, 0),
        ("03-2.suits", 1, None),
        ("03-1.sent", 0, NEVER),
        ("01-1.done", 0, None),
    ],
)
def test_a_changed_figure_gives_what_the_engine_would_give(
    tmp_path: Path, key: str, cell: int, to: float | None
) -> None:
    """Change one answer of U1 on its card, and the same in its submission: one total."""
    path = card(a_round(), 0, tmp_path)
    book = openpyxl.load_workbook(path)
    rows = indicator_rows(book)
    code = key.split(".", maxsplit=1)[0]
    on_card: object = {"02-1.choice": "部分", "03-1.sent": "未报送"}.get(key, "" if to is None else to)
    engine = formualizer.load_workbook(str(path))
    engine.set_value("明细", rows[code] + cell, 5, on_card)
    engine.evaluate_all()
    others = [s for s in submissions() if s.unit.code != "U1"]
    changed = score(the_tree(), units(), [a_submission(unit=units()[0], answers=full_answers({key: to})), *others])
    last = book["明细"].max_row
    assert engine.evaluate_cell("明细", last, 8) == pytest.approx(changed.total[0], abs=1e-9)
    assert engine.evaluate_cell("评分卡", 7, 3) == pytest.approx(changed.total[0], abs=1e-9)


def test_no_other_unit_is_named(tmp_path: Path, scores: Scores) -> None:
    book = openpyxl.load_workbook(card(scores, 0, tmp_path))
    shown = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "第1单位" in shown
    assert not [unit.name for unit in scores.units[1:] if unit.name in shown]


def test_scores_and_states(tmp_path: Path, scores: Scores) -> None:
    for row, code, state in (
        (5, "02-1", "未填报"),
        (4, "02-2", "不适用"),
        (2, "01-1", "待审核"),
        (3, "03-3", "填报有误"),
    ):
        book = openpyxl.load_workbook(card(scores, row, tmp_path), data_only=True)
        at = indicator_rows(book)[code]
        found = [cell.value for cell in book["明细"][at]]
        assert (found[11], found[7] or None) == (state, None)
    book = openpyxl.load_workbook(card(scores, 4, tmp_path), data_only=True)
    at = indicator_rows(book)["01-1"]
    given = [[cell.value for cell in book["明细"][at + i]][3:5] for i in range(3)]
    assert given == [["办结件数", "未填报"], ["应办件数", "未填报"], ["公布的办结率", 0.8]]


def test_losses_are_sorted_and_complete(scores: Scores) -> None:
    for row in range(6):
        found = [one.cost for one in biggest_losses(scores, row).rows]
        assert found == sorted(found, reverse=True)
        assert sum(found) == pytest.approx(scores.tree.scale - scores.converted[row])


def test_a_card_says_how_many_losses_it_does_not_list(tmp_path: Path) -> None:
    indicators = [an_indicator(code=f"01-{i:02}", points=1.0) for i in range(1, 13)]
    tree, unit = a_tree(children=[a_group(code="01", children=indicators)]), a_unit()
    for lost, is_said in ((12, True), (10, False)):
        answers = {f"{one.code}.x": i >= lost for i, one in enumerate(indicators)}
        scores = score(tree, (unit,), [a_submission(unit=unit, answers=answers)])
        assert len(biggest_losses(scores, 0).rows) == lost
        rows = openpyxl.load_workbook(card(scores, 0, tmp_path))["评分卡"].iter_rows(values_only=True)
        assert any("有失分的共 12 项" in str(text) for row in rows for text in row) == is_said


def test_a_unit_without_a_score_gets_no_figures(tmp_path: Path, scores: Scores) -> None:
    book = openpyxl.load_workbook(card(scores, 6, tmp_path), data_only=True)
    last = book["明细"].max_row
    assert [book["明细"].cell(last - i, 8).value for i in (0, 1)] == [None, None]
    assert not isinstance(book["评分卡"]["C7"].value, (int, float))


@pytest.mark.parametrize("lang", list(Language))
def test_nothing_is_clipped(tmp_path: Path, scores: Scores, lang: Language) -> None:
    for row in (0, 4):
        path = card(scores, row, tmp_path, lang)
        book = openpyxl.load_workbook(path)
        assert [cell for sheet in shown(book) for cell in clipped_cells(sheet)] == []
        assert formulas_without_value(path) == []


def test_printing(tmp_path: Path, scores: Scores) -> None:
    book = openpyxl.load_workbook(card(scores, 0, tmp_path))
    assert [sheet.page_setup.orientation for sheet in shown(book)] == ["portrait", "landscape", "landscape"]
    assert [str(sheet.page_setup.paperSize) for sheet in shown(book)] == ["9", "9", "9"]
    assert book["明细"].print_title_rows == "$1:$1"


def test_same_scores_same_bytes(tmp_path: Path, scores: Scores) -> None:
    first = card(scores, 0, tmp_path).read_bytes()
    assert card(scores, 0, tmp_path).read_bytes() == first


def test_policies_are_what_they_seem() -> None:
    assert len({str(Policies(**policies)) for policies in POLICIES}) == len(POLICIES)


@pytest.mark.parametrize("lang", list(Language))
def test_pages_part_nothing_that_belongs_together(tmp_path: Path, scores: Scores, lang: Language) -> None:
    for row in (0, 4):
        sheet = openpyxl.load_workbook(card(scores, row, tmp_path, lang)).worksheets[0]
        breaks = {int(one.id) for one in sheet.row_breaks.brk}  # each stands below its row
        texts = {cell.row: str(cell.value) for cell in sheet["A"] if cell.value}
        headings = [
            at
            for at, text in texts.items()
            if text[:2] in {"一、", "二、", "三、", "四、", "五、"} or text[1:3] == ". "
        ]
        assert headings
        assert not breaks & {at + below for at in headings for below in (0, 1)}  # nor below a table's own heading
        last_heading = max(headings)
        assert not breaks & set(range(last_heading, sheet.max_row))  # signature, seal and date on one page


def test_evidence_not_provided_is_not_a_score_of_zero(tmp_path: Path) -> None:
    """Two numbers side by side: what was done, and what was named in proof of it."""
    tree = a_tree(children=[a_group(code="1", children=[an_indicator(code="1-1", evidence=["文件", "台账"])])])
    given = {
        "U1": an_answer(1, evidence="文件、台账"),
        "U2": an_answer(1, evidence="文件"),
        "U3": an_answer(1, evidence=""),
        "U4": an_answer(1, evidence=None),
    }
    units = tuple(a_unit(code=code) for code in given)
    sent = [a_submission(unit=unit, answers={"1-1.x": given[unit.code]}) for unit in units]
    scores = score(tree, units, sent)
    shown = []
    for row in range(4):
        book = openpyxl.load_workbook(card(scores, row, tmp_path), data_only=True)
        at = indicator_rows(book)["1-1"]
        shown.append((book["明细"].cell(at, 10).value, book["明细"].cell(at, 11).value))
        told = " ".join(str(cell.value) for line in book["评分卡"].iter_rows() for cell in line if cell.value)
        assert ("佐证不充分的指标" in told) == (row in {1, 2})
    assert [rate for rate, _ in shown] == [shown[0][0]] * 4
    assert [found for _, found in shown] == [1, 0.5, "未提供", "不明"]

"""扣分项: every table says what is taken off, under a group's rule and without; the figures agree with the reason."""

import re
from pathlib import Path

import openpyxl
import pytest
from builders import a_given_score, a_group, a_rule, a_submission, a_tree, a_unit

from lawgov_score.content import deductions
from lawgov_score.content.costs import lost_points
from lawgov_score.explanation import reasons
from lawgov_score.model import Scores
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.reader import Reader
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

CODE = "01-2"


def _round(*, is_ruled: bool) -> Scores:
    """A takes 6 off in an item of 20 points, B nothing; with a rule of the group and without."""
    off = a_given_score(code=CODE, points=20.0, weight=-1.0, is_taken_off=True)
    rule = a_rule(points=20.0, kind="relative", against="best", better="higher") if is_ruled else None
    group = a_group(code="01", children=[a_given_score(code="01-1", points=20.0), off], points=20.0, rule=rule)
    units = (a_unit(code="A"), a_unit(code="B"))
    given = [
        a_submission(unit=unit, answers={"01-1.x": 15.0, f"{CODE}.x": taken})
        for unit, taken in zip(units, (6.0, 0.0), strict=True)
    ]
    return score(a_tree(children=[group]), units, given)


@pytest.mark.parametrize("is_ruled", [False, True])
def test_what_is_lost_is_what_was_taken_off(is_ruled: bool) -> None:
    scores = _round(is_ruled=is_ruled)
    lost = lost_points(scores)[:, scores.node_column[CODE]]
    assert lost.tolist() == [6.0, 0.0]
    why = reasons.reason(scores, 0, CODE)
    assert why is not None
    assert lost[0] in [float(said) for said in re.findall(r"(?<!最多)扣 ([0-9.]+)", render(why, Language.ZH))]


@pytest.mark.parametrize("is_ruled", [False, True])
def test_card_and_page_say_it_is_taken_off(is_ruled: bool, tmp_path: Path) -> None:
    scores = _round(is_ruled=is_ruled)
    for row, score_told in ((0, "扣 6"), (1, "—")):
        path = tmp_path / f"{row}.xlsx"
        (advice,) = advise(scores, [row])
        write_card(scores, row, path, problems=(), lang=Language.ZH, advice=advice)
        details = openpyxl.load_workbook(path)["明细"]
        (line,) = [cells for cells in details if cells[0].value == CODE]
        worth, got, lost = line[2], line[7], line[8]
        assert "最多扣" in worth.number_format
        assert got.number_format.split(";")[0].startswith('"扣 "')
        assert got.number_format.split(";")[2].startswith('"—"')
        assert isinstance(lost.value, str)  # a formula over the score, which stays a number
        page = card_page(Reader(Language.ZH), scores, row, (), advice)
        told = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{CODE}(?:(?!</tr>).)*最多扣 20(?:(?!</tr>).)*</tr>", page, re.S)
        assert told is not None
        assert f">{score_told}<" in told.group()


def test_words_of_a_deduction() -> None:
    tree = _round(is_ruled=False).tree
    off, usual = tree.by_code[CODE], tree.by_code["01-1"]
    assert deductions.worth(tree, usual, 20.0) == 20.0
    assert deductions.taken(tree, usual, 6.0) == 6.0
    shown = (deductions.worth(tree, off, 20.0), deductions.taken(tree, off, 6.0), deductions.taken(tree, off, 0.0))
    assert [render(one, Language.ZH) for one in shown if not isinstance(one, float)] == ["最多扣 20", "扣 6", "—"]

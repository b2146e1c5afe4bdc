"""What a unit gets says nothing that is the office's: no path, no reviewer's name, no other unit, no remark on it.

Reaches ``explanation/signing.py``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import everything
import openpyxl
import pytest

from lawgov_score.catalogue import Code
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import CellPlace, NodePlace, Problem
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

FOLDER, REVIEWER = "考核办/2018/收件", "赵某某"


@cache
def a_round(*, shows_reviewers: bool) -> Scores:
    """The whole round as it lies in a folder of the office's, with a reviewer behind every entry."""
    tree = everything.the_tree()
    tree = replace(tree, policies=replace(tree.policies, show_reviewers=shows_reviewers))
    sent = []
    for one in everything.submissions():
        path = f"{FOLDER}/{one.path}"
        answers = {key: replace(a, place=replace(a.place, path=path)) for key, a in one.answers.items()}
        sent.append(replace(one, path=path, answers=answers))
    review = everything.review()
    review = replace(
        review,
        marks=tuple(replace(mark, reviewer=REVIEWER + str(i)) for i, mark in enumerate(review.marks)),
        rulings=tuple(replace(ruling, reviewer=REVIEWER) for ruling in review.rulings),
        changes=tuple(replace(change, reviewer=REVIEWER) for change in review.changes),
    )
    assert review.marks
    assert review.changes
    return score(tree, everything.units(), sent, review, everything.previous())


@cache
def advised(*, shows_reviewers: bool) -> Sequence[Advice]:
    """What each of its units is advised, worked out once for both languages."""
    scores = a_round(shows_reviewers=shows_reviewers)
    return advise(scores, range(len(scores.units)))


def problems_of(scores: Scores, row: int) -> list[Problem]:
    """Its own, and a remark of every kind that is for the office."""
    unit, path = scores.units[row].code, f"{FOLDER}/{scores.units[row].code}.xlsx"
    returned = {"n": 3, "solved": 1, "left": 2, "new": 0, "errors": 0, "warnings": 0, "notes": 0}
    found = [one for one in scores.problems if isinstance(one.place, NodePlace) and one.place.unit == unit]
    found.append(Problem(Code.S139, CellPlace(path), returned))
    found.append(Problem(Code.S142, CellPlace(path), {"found": "乙局", "unit": unit, "other": "乙局"}))
    found.append(Problem(Code.S213, CellPlace(path, "填报", "A9"), {"code": "A1-1", "field": "甲项", "key": "A1-1.ok"}))
    return found


def texts(path: Path) -> str:
    """All that stands in the cells and notes of a workbook, its manifest (of paths) aside."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = [cell for sheet in book.worksheets if sheet.sheet_state == "visible" for row in sheet for cell in row]
    said = [str(cell.value) for cell in cells if cell.value is not None]
    return "\n".join([*said, *(cell.comment.text for cell in cells if cell.comment is not None)])


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("shows_reviewers", [False, True])
def test_neither_card_nor_page(shows_reviewers: bool, lang: Language, tmp_path: Path) -> None:
    scores = a_round(shows_reviewers=shows_reviewers)
    advice, named = advised(shows_reviewers=shows_reviewers), 0
    for row, unit in enumerate(scores.units):
        problems = problems_of(scores, row)
        write_card(scores, row, tmp_path / "card.xlsx", problems=problems, lang=lang, advice=advice[row])
        page = card_page(Reader(lang), scores, row, problems, advice[row])
        for said in (texts(tmp_path / "card.xlsx"), page):
            assert FOLDER.split("/", maxsplit=1)[0] not in said
            assert "可以再次标注后退回" not in said
            assert not re.search(rf"\b{unit.code}:[A-Z0-9]", said)
            assert [other.name for other in scores.units if other.name != unit.name and other.name in said] == []
            assert [code for code in Code if re.search(rf"\b{code}\b", said)] == []
            named += REVIEWER in said
            if not shows_reviewers:
                assert REVIEWER not in said
    assert (named > 0) == shows_reviewers


def test_the_offices_own_sheet_still_names_reviewers() -> None:
    from lawgov_score.content.review import entries_of
    from lawgov_score.report import render

    scores = a_round(shows_reviewers=False)
    told = [render(one.why, Language.ZH) for row in range(len(scores.units)) for one in entries_of(scores, row)]
    assert any(REVIEWER in why for why in told)

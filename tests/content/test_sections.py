"""The sections of a card: what the workbook shows, the page shows.

Reaches ``pages/sections.py``, ``workbook/card/sections.py``.
"""

import re
from pathlib import Path

import everything
import openpyxl
import pytest
from builders import a_given_score, a_submission, a_tree, a_unit, an_answer

from lawgov_score.catalogue import Code
from lawgov_score.content import card, labels
from lawgov_score.content.sections import Changed, sections_of
from lawgov_score.explanation.evidence import all_evidence_of
from lawgov_score.model import Scores
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.figures import points_text, rate_text
from lawgov_score.pages.html import escaped
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card


@pytest.fixture(name="scores", scope="module")
def fixture_scores() -> Scores:
    return everything.a_round()


@pytest.mark.parametrize("lang", list(Language))
def test_card_and_page_have_the_same_texts(scores: Scores, lang: Language, tmp_path: Path) -> None:
    advice = advise(scores, range(len(scores.units)))
    seen, told = set(), 0
    problems = [Problem(Code.S101, CellPlace("U1.xlsx"), {"found": "没有读取权限"})]
    for row, unit in enumerate(scores.units):
        path = tmp_path / f"{unit.code}.xlsx"
        write_card(scores, row, path, problems=problems, lang=lang, advice=advice[row])
        first = openpyxl.load_workbook(path).worksheets[0]
        on_card = {str(cell.value) for line in first for cell in line if cell.value is not None}
        page = card_page(Reader(lang), scores, row, problems, advice[row])
        evidence = all_evidence_of(scores, row)
        sections = sections_of(scores, row, problems, advice[row], evidence, lang, "")
        for number, section in enumerate(sections, start=2):
            seen.add(section.name)
            heading = render(labels.section(number, section.heading), lang)
            assert heading in on_card
            assert f">{heading}</h2>" in page
            cells = [cell for each in section.rows for cell in each if not isinstance(cell, (float, Changed))]
            assert [text for cell in cells if (text := render(cell, lang)) not in on_card] == []
            assert [text for cell in cells if escaped(text := render(cell, lang)) not in page] == []
            told += len(cells)
            assert page.count(f'id="{section.name}"') == 1
    assert {"losses", "next", "problems", "review"} <= seen
    assert told > 60


def lacking() -> Scores:
    """A unit that names half of the evidence, one that names none, one that names all."""
    indicator = a_given_score(code="1", evidence=("培训通知", "签到表"))
    tree = a_tree(children=[indicator])
    named = {"u1": "培训通知", "u2": "", "u3": "培训通知、签到表"}
    units = tuple(a_unit(code=code) for code in named)
    sent = [a_submission(unit=unit, answers={"1.x": an_answer(9.0, evidence=named[unit.code])}) for unit in units]
    return score(tree, units, sent)


def test_a_page_says_where_evidence_falls_short(tmp_path: Path) -> None:
    scores = lacking()
    advice = advise(scores)
    told = []
    for row, unit in enumerate(scores.units):
        write_card(scores, row, tmp_path / f"{unit.code}.xlsx", problems=(), lang=Language.ZH)
        first = openpyxl.load_workbook(tmp_path / f"{unit.code}.xlsx").worksheets[0]
        on_card = any(card.EVIDENCE_SECTION.zh in str(cell.value) for line in first for cell in line)
        on_page = card.EVIDENCE_SECTION.zh in card_page(Reader(Language.ZH), scores, row, (), advice[row])
        told.append((on_card, on_page))
    assert told == [(True, True), (True, True), (False, False)]


def test_the_whole_of_the_aspects_is_the_same_on_card_and_page(scores: Scores, tmp_path: Path) -> None:
    """The row 合计 or 汇总: points, score and points lost, and the rates of the unit and of its cohort."""
    advice, compared = advise(scores), 0
    for row, unit in enumerate(scores.units):
        write_card(scores, row, tmp_path / f"{unit.code}.xlsx", problems=(), lang=Language.ZH, advice=advice[row])
        first = openpyxl.load_workbook(tmp_path / f"{unit.code}.xlsx", data_only=True).worksheets[0]
        names = {render(card.WHOLE, Language.ZH), render(card.COMBINED, Language.ZH)}
        line = next([cell.value for cell in line] for line in first if line[0].value in names)
        page = card_page(Reader(Language.ZH), scores, row, (), advice[row])
        table = page[page.index('id="aspects-table') : page.index('id="aspects-chart')]
        shown = re.findall(r"<td[^>]*>([^<]*)</td>", table[table.rindex("<tr") :])
        on_card = [points_text(value) if isinstance(value, (int, float)) else "" for value in line[2:5]]
        on_card += [rate_text(value) if isinstance(value, (int, float)) else "" for value in line[5:8]]
        assert shown[-6:] == on_card
        assert (card.CONVERTED.zh in page) == any(card.CONVERTED.zh == cell.value for cells in first for cell in cells)
        compared += any(on_card)
    assert compared > 2

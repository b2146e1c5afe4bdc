"""What a page of a unit says of its total, read from the page: all of it, so that whoever reads it can add up."""

import everything
import pytest
from hypothesis import HealthCheck, given, settings
from random_rounds import Round, shared_rounds

from lawgov_score.content import card, labels, review
from lawgov_score.content.conversion import conversion_of
from lawgov_score.model import Scores
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.told import reviewed, told_of_total
from lawgov_score.report import render
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language

_ROOMY = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def check(scores: Scores, lang: Language) -> int:
    """Every sentence of the total and every line of the office is found on the unit's page; how many there are."""
    advice, n = advise(scores, range(len(scores.units))), 0
    for row in labels.listed(scores):
        page = card_page(Reader(lang), scores, row, (), advice[row])
        told = [said for _, said in told_of_total(page)]
        remarks = labels.grade_remarks(scores, row)
        wanted = [conversion_of(scores, row), card.adjusted_of(scores, row)]
        for one in (*(one for one in wanted if one is not None), *remarks):
            text = " ".join(render(one, lang).split())
            assert any(text in " ".join(said.split()) for said in told), (text, told)
        lines = list(review.entries_of(scores, row, for_unit=True))
        found = reviewed(page)
        assert len(found) == (len(lines) + 1 if lines else 0)
        for line, cells in zip(lines, found[1:], strict=True):
            assert cells[0] == render(line.kind, lang)
            assert len(cells) == len(found[0])
        n += len(told) + len(lines)
    return n


@pytest.mark.parametrize("lang", list(Language))
def test_all_that_makes_the_total_is_read_from_the_page(lang: Language) -> None:
    assert check(everything.a_round(), lang) > 10


@given(shared_rounds())
@settings(_ROOMY, max_examples=25)
def test_whatever_the_tree(done: Round) -> None:
    check(done.scored(), Language.ZH)


def test_how_to_object_is_no_part_of_it_and_a_page_of_something_else_says_nothing() -> None:
    scores = everything.a_round()
    row = labels.listed(scores)[0]
    page = card_page(Reader(Language.ZH), scores, row, (), advise(scores, [row])[0])
    assert "提出异议" in page
    assert "提出异议" not in dict(told_of_total(page))
    assert told_of_total("<p>x</p>") == reviewed("<p>x</p>") == ()

"""合计 of a unit's aspects: what the parts add up to, the same on card and page."""

from functools import partial
from pathlib import Path

import everything
import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from random_rounds import Round, shared_rounds

from lawgov_score.content.aspects import aspects_of
from lawgov_score.content.rates import standing_of, whole_of
from lawgov_score.measure.ways import Way
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.figures import points_text
from lawgov_score.pages.reader import Reader
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

_settings = partial(settings, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@given(shared_rounds())
@_settings(max_examples=60)
def test_the_total_of_the_table_is_the_sum_of_its_rows(done: Round) -> None:
    scores = done.scored()
    tree = scores.tree
    for row in range(len(scores.units)):
        told = aspects_of(scores, row)
        assert (told.total is None) == (tree.aggregation.way is Way.NONE)
        plain = tree.aggregation.way is Way.SUM and not tree.uses and all(n.weight is None for n in tree.children)
        if told.total is None or not plain or np.isnan(told.total.score):
            continue
        assert told.total.score == pytest.approx(np.nansum([one.score for one in told.rows]), abs=1e-6)
        assert told.total.score == pytest.approx(scores.raw_total[row], abs=1e-9)


def test_a_unit_without_parts_leaves_the_whole_of_its_cohort() -> None:
    scores = everything.a_round()
    row = int(scores.order[0])
    nothing = standing_of(scores, row, ())
    assert (list(nothing.mean), list(nothing.best)) == ([], [])
    assert not np.isnan(whole_of(scores, row).mean)


def test_card_and_page_show_the_same_total(tmp_path: Path) -> None:
    scores = everything.a_round()
    advice = advise(scores, range(len(scores.units)))
    for row in range(len(scores.units)):
        total = aspects_of(scores, row).total
        assert total is not None
        write_card(scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
        sheet = openpyxl.load_workbook(tmp_path / "card.xlsx", data_only=True).worksheets[0]
        (values,) = [line for line in sheet.iter_rows(values_only=True) if line[0] == total.label.zh]
        assert values[3] == pytest.approx(total.score)
        page = card_page(Reader(Language.ZH), scores, row, (), advice[row])
        assert page.count(points_text(total.score)) >= 1

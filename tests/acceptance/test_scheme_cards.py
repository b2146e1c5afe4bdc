"""Every card of every scheme worked by hand, recalculated by an independent spreadsheet engine: some hundred workbooks.

``make test`` does so with the scorecard of every scheme, and with the cards of rounds that use every way and rule.
"""

from pathlib import Path

import pytest
import scheme_runs
from recalculation import differing

from lawgov_score.content import labels
from lawgov_score.wording import Language
from lawgov_score.workbook.card.card_batch import prepare
from lawgov_score.workbook.card.unit_card import write_card

SCORED = [folder for folder in scheme_runs.SCHEMES if (folder / "expected.csv").exists()]  # others are refused


@pytest.mark.parametrize("folder", SCORED, ids=lambda folder: folder.name)
def test_every_formula_of_every_card(folder: Path, tmp_path: Path) -> None:
    scores = scheme_runs.done(folder).scores
    assert scores is not None
    rows, batch = labels.listed(scores), prepare(scores, Language.ZH)
    assert len(rows) > 0
    for row in rows:
        write_card(scores, row, tmp_path / "card.xlsx", problems=(), lang=Language.ZH, batch=batch)
        formulas, wrong = differing(tmp_path / "card.xlsx")
        assert wrong == [], scores.units[row].code
        assert formulas > 0

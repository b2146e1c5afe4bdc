"""The scorecard as a spreadsheet: what is a formula, and that all of them come to what the engine says."""

from pathlib import Path

import everything
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from recalculation import differing
from tampering import cell_xml, changed, part_of

from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.pipeline import assess
from lawgov_score.wording import Language
from lawgov_score.workbook import live_plan
from lawgov_score.workbook.scorecard import write_scorecard

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "submissions" / "published-reports"


def round_of(name: str) -> Scores:
    if name == "everything":
        return everything.a_round()
    if name == "golden":
        found = assess(
            ROOT / "tests" / "golden" / "tree.yaml", [ROOT / "tests" / "golden" / "answers.csv"], None
        ).scores
    else:
        found = assess(ROOT / "indicators" / "qujialing-2017", [REPORTS], REPORTS / "roster.csv").scores
    assert found is not None
    return found


def written(scores: Scores, folder: Path, lang: Language = Language.ZH) -> Path:
    path = folder / "scorecard.xlsx"
    write_scorecard(scores, path, problems=scores.problems, inputs=(), lang=lang)
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return openpyxl.load_workbook(written(everything.a_round(), tmp_path_factory.mktemp("live")))


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("name", ["everything", "golden", "published"])
def test_every_formula_comes_to_what_the_engine_says(name: str, lang: Language, tmp_path: Path) -> None:
    formulas, wrong = differing(written(round_of(name), tmp_path, lang))
    assert wrong == []
    assert formulas > 200


def test_a_wrong_value_beside_a_formula_is_seen(tmp_path: Path) -> None:
    scores = everything.a_round()
    path = written(scores, tmp_path)
    plan = live_plan.plan_of(scores, Language.ZH)
    assert plan is not None
    cell = plan.sum_cell(0, "total").partition("!")[2]
    part = part_of(path, "合成")
    wrong = changed(
        path, tmp_path / "wrong.xlsx", part, lambda xml: cell_xml(cell).sub(r"\1<f>\2</f><v>1</v></c>", xml)
    )
    assert f"合成!{cell}" in {text.split(" ")[0] for text in differing(wrong)[1]}


def test_places_totals_and_grades_are_formulas(book: Workbook) -> None:
    rows = [row for row in book["排名"].iter_rows() if str(row[0].value).startswith("=")]
    assert len(rows) == len([unit for unit in everything.a_round().rank if unit])
    headings = {str(cell.value): cell.column for row in book["排名"].iter_rows() for cell in row if cell.value}
    for name in ("位次", "总位次", "得分", "等次"):
        assert {str(row[headings[name] - 1].value)[0] for row in rows} == {"="}, name


def test_what_is_no_formula_says_in_its_row_who_decided(book: Workbook) -> None:
    scores = everything.a_round()
    stated = [
        row
        for row in book["明细"].iter_rows(min_row=2, values_only=True)
        if row[8] is not None and not str(row[8]).startswith("=")
    ]
    assert stated  # changed on review, set to zero by a veto
    assert all(row[11] for row in stated)
    changes = {(one.unit, one.indicator) for one in scores.review.changes}
    assert changes & {(row[2], row[4]) for row in stated}


def test_no_sheet_has_more_columns_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = everything.a_round()
    assert live_plan.plan_of(scores, Language.ZH) is not None
    monkeypatch.setattr(live_plan, "MOST_COLUMNS", 10)
    assert live_plan.plan_of(scores, Language.ZH) is None
    assert labels.has_total(scores.tree)

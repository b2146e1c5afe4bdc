"""The scorecard as a spreadsheet: what is a formula, and that all of them come to what the engine says.

Reaches ``workbook/formulas/builder.py``, ``workbook/formulas/total.py``, ``workbook/scorecard/cells.py``,
``workbook/scorecard/data_page.py``, ``workbook/scorecard/figures.py``, ``workbook/scorecard/standing.py``,
``workbook/scorecard/sums.py``.
"""

from pathlib import Path

import everything
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from recalculation import differing
from tampering import cell_xml, changed, part_of

from lawgov_score.content import labels, method
from lawgov_score.model import Scores
from lawgov_score.pipeline import assess
from lawgov_score.problems import Problem
from lawgov_score.report import render
from lawgov_score.wording import Language
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.scorecard import plan as live_plan
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.writing import look, page
from lawgov_score.workbook.writing.lean import LeanBook, LeanSheet

ROOT = Path(__file__).parents[3]
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


def test_details_that_no_single_sheet_holds_are_split_and_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = round_of("published")
    indicators = len(scores.tree.indicators)
    monkeypatch.setattr(page, "SHEET_ROWS", 2 * indicators + 1)  # two units a sheet
    book = openpyxl.load_workbook(written(scores, tmp_path), data_only=True)
    names = ["明细1", "明细2", "明细3"]
    assert [name for name in book.sheetnames if name.startswith("明细")] == names
    rows = [row for name in names for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert len(rows) == len(scores.units) * indicators
    assert list(dict.fromkeys(row[2] for row in rows)) == [scores.units[int(one)].code for one in scores.order]
    said = render(method.SPLIT(n=3), Language.ZH)
    for name in ("排名", "方法"):
        assert any(cell.value == said for row in book[name].iter_rows() for cell in row), name


def test_a_row_beyond_the_last_is_never_dropped_in_silence(tmp_path: Path) -> None:
    book = look.new_workbook(tmp_path / "b.xlsx", "b", kind=LeanBook, sheets=LeanSheet)
    sheet = book.add_worksheet("b")
    with pytest.raises(ValueError, match="no sheet has a cell"):
        sheet._reach(page.SHEET_ROWS, {0: None})  # as when it is written out
    book.close()


@pytest.mark.parametrize("text", ["长" * 32_768, "😀" * 20_000, "a" * 40_000])
def test_a_text_that_no_cell_holds_says_how_long_it_is(text: str, tmp_path: Path) -> None:
    book = look.new_workbook(tmp_path / "b.xlsx", "b", kind=LeanBook, sheets=LeanSheet)
    one = page.open_page(book, look.Formats(book), "b", Language.ZH, [20])
    one.put(0, 0, text, look.TEXT)
    book.close()
    opened = open_workbook(tmp_path / "b.xlsx")
    assert not isinstance(opened, Problem)
    (found,) = opened.sheets["b"][0]
    assert isinstance(found, str)
    assert found.startswith(text[:10_000])
    assert f"全文 {len(text)} 字" in found
    assert len(found.encode("utf-16-le")) // 2 <= page.LONGEST_TEXT
    assert page.fitting(text[:16_000], Language.ZH) == text[:16_000]

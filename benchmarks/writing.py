"""Writing the scorecard of 300 units with all its formulas, and its longest sheet alone, against bare XlsxWriter."""

from pathlib import Path

from benchmarks.bare import FLOOR, cells_of, write_bare
from benchmarks.ratio import Ratio, compare
from lawgov_score.model import Scores
from lawgov_score.pipeline import ScoredAssessment, write_scorecard
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard import details as detail_sheet
from lawgov_score.workbook.scorecard.plan import plan_of
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.lean import LeanBook, LeanSheet

_DETAILS = "明细"


def writing_scorecard(scores: Scores, folder: Path) -> tuple[Ratio, Ratio]:
    """The whole workbook, then the sheet of details alone."""
    path, bare_path = folder / "scorecard.xlsx", folder / "bare.xlsx"
    done = ScoredAssessment(scores.tree, scores, scores.problems)
    write_scorecard(done, path, Language.ZH)
    cells = cells_of(path)
    formulas = sum(bool(formula) for sheet in cells.values() for _, _, formula, _ in sheet)
    number = sum(map(len, cells.values()))
    whole = compare(
        f"writing the scorecard of {len(scores.units)} units ({number:,} cells, {formulas:,} formulas)",
        FLOOR,
        lambda: write_scorecard(done, path, Language.ZH),
        lambda: write_bare(bare_path, cells),
        aim=1.2,
        pairs=3,
    )
    details = {_DETAILS: cells[_DETAILS]}
    alone = compare(
        f"its sheet of details alone ({len(details[_DETAILS]):,} cells)",
        FLOOR,
        lambda: _write_details(scores, folder / "details.xlsx"),
        lambda: write_bare(bare_path, details),
        aim=1.0,
        pairs=3,
    )
    return whole, alone


def _write_details(scores: Scores, path: Path) -> None:
    book = look.new_workbook(path, _DETAILS, kind=LeanBook, sheets=LeanSheet)
    detail_sheet.write(book, look.Formats(book), scores, Language.ZH, plan_of(scores, Language.ZH))
    look.save(book)

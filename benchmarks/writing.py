"""Rows of what is written as workbooks: the scorecard, its sheet of details, a card for each unit."""

import itertools
import resource
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.bare import cells_of, write_bare
from benchmarks.ratio import by_clock, by_processes, compare, seconds
from benchmarks.row import Extent, Measured
from benchmarks.spent import megabytes
from benchmarks.workbooks import many
from lawgov_score.pipeline import (
    Outputs,
    ReadingOptions,
    ScoredAssessment,
    Workers,
    assess,
    load_tree,
    reading,
    unwatched,
    write_outputs,
    write_scorecard,
)
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard import details as detail_sheet
from lawgov_score.workbook.scorecard.plan import plan_of
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.lean import LeanBook, LeanSheet
from submissions.make_sample_round import TREE

_DETAILS = "明细"
PROCESSES = 2
DISTINCT = 12  # workbooks of a round that are no copies: what is written does not depend on it


def scorecard(extent: Extent, folder: Path) -> Measured:
    """The whole workbook, with its formulas."""
    ours = writing_scorecard(scored_round(folder / "round", extent.size), folder / "scorecard.xlsx")
    ours()
    cells = cells_of(folder / "scorecard.xlsx")
    floor = by_clock(lambda: write_bare(folder / "bare.xlsx", cells))
    return compare(by_clock(ours), floor, pairs=extent.pairs, warm=False)


def growth(extent: Extent, folder: Path) -> Measured:
    """The scorecard of twice the units, over that of half of them."""
    half, whole = (
        by_processes(writing_scorecard(scored_round(folder / f"round-{size}", size), folder / "scorecard.xlsx"))
        for size in (extent.size // 2, extent.size)
    )
    half()
    pairs = [(half(), whole()) for _ in range(extent.pairs)]
    less, more = (median(each) for each in zip(*pairs, strict=True))
    return Measured(median(two / one for one, two in pairs), f"{seconds(less)}, then {seconds(more)}")


def details(extent: Extent, folder: Path) -> Measured:
    """The longest sheet alone."""
    done = scored_round(folder / "round", extent.size)

    def write() -> None:
        book = look.new_workbook(folder / "details.xlsx", _DETAILS, kind=LeanBook, sheets=LeanSheet)
        plan = plan_of(done.scores, Language.ZH)
        detail_sheet.write(book, look.Formats(book), done.scores, Language.ZH, plan)
        look.save(book)

    ours = by_clock(write)
    ours()
    cells = cells_of(folder / "details.xlsx")
    return compare(ours, by_clock(lambda: write_bare(folder / "bare.xlsx", cells)), pairs=extent.pairs, warm=False)


def memory(extent: Extent, folder: Path) -> Measured:
    """Megabytes that writing the scorecard adds to the process."""
    ours = writing_scorecard(scored_round(folder / "round", extent.size), folder / "scorecard.xlsx")
    before = megabytes(resource.RUSAGE_SELF)
    took = by_clock(ours)()
    return Measured(megabytes(resource.RUSAGE_SELF) - before, seconds(took))


def cards(extent: Extent, folder: Path) -> Measured:
    """A workbook for each unit."""
    done = scored_round(folder / "round", extent.size)
    numbers = itertools.count()
    write_all_cards(done, folder / "cards")
    books = [cells_of(path) for path in sorted((folder / "cards").glob("*.xlsx"))]
    assert len(books) == extent.size

    def floor() -> None:
        for i, book in enumerate(books):
            write_bare(folder / f"bare-{i}.xlsx", book)

    return compare(
        by_clock(lambda: write_all_cards(done, folder / f"cards-{next(numbers)}")),
        by_clock(floor),
        pairs=extent.pairs,
        warm=False,
    )


def write_all_cards(done: ScoredAssessment, folder: Path) -> None:
    """As the command writes them, by two processes whose start is included."""
    with Workers(done, jobs=PROCESSES) as workers:
        write_outputs(done, Outputs(cards=folder), Language.ZH, unwatched, workers)


def writing_scorecard(done: ScoredAssessment, path: Path) -> Callable[[], None]:
    """Writing the scorecard of a run."""
    return lambda: write_scorecard(done, path, Language.ZH)


def scored_round(folder: Path, size: int) -> ScoredAssessment:
    """A round of so many workbooks, read and scored; ``folder`` is made."""
    tree, _ = load_tree(TREE)
    assert tree is not None
    folder.mkdir()
    many(tree, folder, size, DISTINCT)
    with reading(ReadingOptions()) as run:
        done = assess(TREE, [folder], run=run)
    assert isinstance(done, ScoredAssessment)
    return done

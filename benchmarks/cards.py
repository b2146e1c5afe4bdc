"""Writing a card for each of 300 units, against bare XlsxWriter writing the same cells and nothing else."""

from pathlib import Path

from benchmarks.bare import FLOOR, cells_of, write_bare
from benchmarks.ratio import Ratio, compare
from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.wording import Language
from lawgov_score.workbook.card.card_batch import prepare
from lawgov_score.workbook.card.unit_card import write_card


def writing_cards(scores: Scores, folder: Path) -> Ratio:
    """All cards of ``scores`` in one process, against the same strings, numbers and formulas without any format."""
    folder.mkdir()
    rows = labels.listed(scores)
    _write(scores, rows, folder)
    books = [cells_of(folder / f"{row}.xlsx") for row in rows]
    cells = sum(len(sheet) for book in books for sheet in book.values())

    def bare() -> None:
        for row, book in zip(rows, books, strict=True):
            write_bare(folder / f"bare-{row}.xlsx", book)

    return compare(
        f"writing {len(rows)} cards ({cells:,} cells)",
        FLOOR,
        lambda: _write(scores, rows, folder),
        bare,
        aim=1.3,
        pairs=3,
    )


def _write(scores: Scores, rows: list[int], folder: Path) -> None:
    batch = prepare(scores, Language.ZH)
    for row in rows:
        write_card(scores, row, folder / f"{row}.xlsx", problems=(), lang=Language.ZH, batch=batch)

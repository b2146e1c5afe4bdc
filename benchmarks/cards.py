"""Writing a card for each of 300 units, against bare XlsxWriter writing the same cells and nothing else."""

from pathlib import Path

import xlsxwriter

from benchmarks.ratio import Ratio, compare
from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.problems import Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.anatomy import anatomy_of
from lawgov_score.workbook.card_common import prepare
from lawgov_score.workbook.layout import address
from lawgov_score.workbook.opened import open_workbook
from lawgov_score.workbook.unit_card import write_card

Cells = list[tuple[int, int, str, object]]  # row, column, formula or '', value


def writing_cards(scores: Scores, folder: Path) -> Ratio:
    """All cards of ``scores`` in one process, against the same strings, numbers and formulas without any format."""
    folder.mkdir()
    rows = labels.listed(scores)
    _write(scores, rows, folder)
    books = [_cells_of(folder / f"{row}.xlsx") for row in rows]
    cells = sum(len(sheet) for book in books for sheet in book.values())

    def bare() -> None:
        for row, book in zip(rows, books, strict=True):
            with xlsxwriter.Workbook(str(folder / f"bare-{row}.xlsx")) as out:
                for name, sheet in book.items():
                    page = out.add_worksheet(name)
                    for r, c, formula, value in sheet:
                        if formula:
                            page.write_formula(r, c, formula, None, value)
                        else:
                            page.write(r, c, value)

    return compare(
        f"writing {len(rows)} cards ({cells:,} cells)",
        "bare XlsxWriter writing the same cells, no formats, notes, links or charts",
        lambda: _write(scores, rows, folder),
        bare,
        aim=1.3,
        pairs=3,
    )


def _write(scores: Scores, rows: list[int], folder: Path) -> None:
    common = prepare(scores, Language.ZH)
    for row in rows:
        write_card(scores, row, folder / f"{row}.xlsx", problems=(), lang=Language.ZH, common=common)


def _cells_of(path: Path) -> dict[str, Cells]:
    """Every cell of a card that holds something."""
    opened = open_workbook(path)
    assert not isinstance(opened, Problem)  # just written
    found: dict[str, Cells] = {}
    for name, sheet in anatomy_of(opened.safe.parts).items():
        found[name] = [
            (r, c, f"={formula}" if (formula := sheet.formulas.get(address(r, c), "")) else "", value)
            for r, row in enumerate(opened.sheets[name])
            for c, value in enumerate(row)
            if value != "" or address(r, c) in sheet.formulas
        ]
    return found

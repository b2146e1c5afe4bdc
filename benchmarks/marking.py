"""Marked copies of workbooks that go back to their units, against openpyxl opening and saving the same files."""

import time
from pathlib import Path

import openpyxl

from benchmarks.ratio import Ratio, compare
from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET
from lawgov_score.workbook.returned.feedback import marked_copy

BOOKS, FAULTS = 12, 20


def marking(books: Path, folder: Path) -> Ratio:
    """So many workbooks, each with so many marked cells: opened, marked, listed, saved, opened again and compared."""
    files = sorted(books.glob("*.xlsx"))[:BOOKS]
    folder.mkdir()
    problems = {
        path: [
            Problem(
                Code.S201,
                CellPlace(path.as_posix(), FILL_SHEET, f"I{row}"),
                {"field": "件数", "found": "约12", "example": "12", "hint": ""},
            )
            for row in range(2, 2 + FAULTS)
        ]
        for path in files
    }

    def ours() -> None:
        for path in files:
            (folder / path.name).write_bytes(marked_copy(path, problems[path], Language.ZH).data)

    def floor() -> None:
        for path in files:
            openpyxl.load_workbook(path).save(folder / path.name)

    return compare(
        f"marking {len(files)} workbooks to send back, {FAULTS} cells each",
        "openpyxl opening and saving the same files",
        ours,
        floor,
        pairs=5,
        aim=2,
        clock=time.process_time,
    )

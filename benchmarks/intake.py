"""Rows of what comes in as workbooks: reading them, and marking those that go back."""

import subprocess
import sys
from pathlib import Path

import openpyxl

from benchmarks.ratio import by_processes, by_processor, compare
from benchmarks.row import Extent, Measured
from benchmarks.workbooks import many
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import ReadingOptions, check, load_tree, reading
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET
from lawgov_score.workbook.returned.feedback import marked_copy
from submissions.make_sample_round import TREE

PROCESSES = 2
FAULTS = 20  # marked cells of a workbook


def workbooks(extent: Extent, folder: Path) -> Measured:
    """The same files by the same number of processes; on either side processes start anew for each run."""
    tree, _ = load_tree(TREE)
    assert tree is not None
    many(tree, folder, extent.size)

    def ours() -> None:
        with reading(ReadingOptions(jobs=PROCESSES)) as run:
            taken = check(tree, [folder], None, run)
        assert len(taken.submissions) == extent.size

    def floor() -> None:
        command = [sys.executable, "-m", "benchmarks.bare_reading"]
        parts = [subprocess.Popen([*command, str(i), str(PROCESSES), str(folder)]) for i in range(PROCESSES)]
        assert [part.wait() for part in parts] == [0] * PROCESSES

    return compare(by_processes(ours), by_processes(floor), pairs=extent.pairs, warm=False)


def marking(extent: Extent, folder: Path) -> Measured:
    """So many workbooks, 20 marked cells each: opened, marked, listed, saved, opened again and compared."""
    tree, _ = load_tree(TREE)
    assert tree is not None
    books, marked = folder / "books", folder / "marked"
    books.mkdir()
    marked.mkdir()
    many(tree, books, extent.size, extent.size)
    files = sorted(books.glob("*.xlsx"))
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
            (marked / path.name).write_bytes(marked_copy(path, problems[path], Language.ZH).data)

    def floor() -> None:
        for path in files:
            openpyxl.load_workbook(path).save(marked / path.name)

    return compare(by_processor(ours), by_processor(floor), pairs=extent.pairs)

"""Crash test: workbooks are first opened in another process; one that kills its process is not opened here.

For workbooks that are read whole in this process: the office's own, a roster, a scorecard to verify. There are few.
"""

from collections.abc import Iterable
from pathlib import Path

from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.problems import Problem
from lawgov_score.processes import Limits, Lost, Pool
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.submission.input_files import TABLES
from lawgov_score.workbook.submission.reader import lost_problem

LIMITS = Limits(megabytes=4_096, seconds=300.0)  # a scorecard of thousands of units is far larger than a submission


def files_that_crash(paths: Iterable[Path], limits: Limits = LIMITS, names: Names = AS_GIVEN) -> dict[Path, Problem]:
    """The workbooks that took down the process that opened them, or took too much (S150 to S152), and what happened.

    Text tables are not opened: Python alone reads them.
    """
    books = [path for path in paths if path.suffix.lower() not in TABLES and path.is_file()]
    if not books:
        return {}
    with Pool([__name__], limits) as pool:
        results = dict(zip(books, pool.run(open_only, books), strict=True))
    return {path: lost_problem(names(path), one) for path, one in results.items() if isinstance(one, Lost)}


def open_only(path: Path) -> bytes:
    """Opens a workbook and discards it."""
    open_workbook(path)
    return b""

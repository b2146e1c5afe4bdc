"""An earlier run of the same assessment: its results are read, and compared with those of this one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lawgov_score.content.changes import changes_since
from lawgov_score.model import Tree
from lawgov_score.model.changes import Changes, Earlier
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.earlier_results import read_earlier
from lawgov_score.workbook.submission.result_tables import TABLES
from lawgov_score.workbook.verify.verification import open_scorecard

_SCORECARD = "scorecard.xlsx"
_INSIDE = "csv"  # what the commands of the year call the folder of tables, within that of a publication


@dataclass(frozen=True, slots=True)
class Since:
    """What was read of an earlier run, and from which files."""

    earlier: Earlier
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    scorecard: Path  # where the commands of the year put that of the same run; perhaps there is none


def read_since(folder: Path, of: Tree) -> Since:
    """The results that an earlier run wrote to ``folder`` (``--csv``), or to the folder csv within it; their problems.

    Raises ``RefusedError`` (A311) where they cannot be compared: asked for, and not to be had, is no result.
    """
    inside = folder / _INSIDE
    given = inside if not (folder / TABLES[0]).is_file() and (inside / TABLES[0]).is_file() else folder
    earlier, problems = read_earlier(given, of)
    if earlier is None:
        raise RefusedError(*problems)
    return Since(earlier, problems, tuple(given / name for name in TABLES), given.parent / _SCORECARD)


def compared(since: Since, done: ScoredAssessment) -> Changes:
    """What changed since then, and whether the notice did: the tables do not hold it, a scorecard beside them does."""
    changes, notice = changes_since(since.earlier, done.scores), _notice_of(since.scorecard)
    if notice is None:
        return changes
    return replace(changes, has_same_notice=notice == _notice(done.options, done.inputs))


def _notice_of(scorecard: Path) -> str | None:
    """The fingerprint of the notice that a scorecard was made with, '' for none; None where that is not known."""
    if not scorecard.is_file() or files_that_crash([scorecard]):
        return None
    opened = open_scorecard(scorecard)
    return None if isinstance(opened, Problem) else _notice(opened[1].options, opened[1].inputs)


def _notice(options: Iterable[tuple[str, str]], inputs: Iterable[tuple[str, str]]) -> str:
    name = dict(options).get("--notice")
    return "" if name is None else dict(inputs).get(name, "")

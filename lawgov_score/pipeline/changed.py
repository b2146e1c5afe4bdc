"""An earlier run of the same assessment: its results are read, and compared with those of this one."""

from dataclasses import dataclass
from pathlib import Path

from lawgov_score.content.changes import changes_since
from lawgov_score.model import Tree
from lawgov_score.model.changes import Changes, Earlier
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.problems import Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier
from lawgov_score.workbook.submission.result_tables import GROUNDS, TABLES


@dataclass(frozen=True, slots=True)
class Since:
    """What was read of an earlier run, and from which files; None where it cannot be compared."""

    earlier: Earlier | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def read_since(folder: Path, of: Tree) -> Since:
    """The results that an earlier run wrote to ``folder`` (``--csv``), and their problems."""
    return Since(*read_earlier(folder, of), tuple(folder / name for name in (*TABLES, GROUNDS)))


def compared(since: Since, done: ScoredAssessment, lang: Language) -> Changes | None:
    """What changed since then, of cards in ``lang`` too; None where nothing could be read."""
    return None if since.earlier is None else changes_since(since.earlier, done.scores, done.grounds(lang))

"""An earlier run of the same assessment: its results are read, and compared with those of this one."""

from dataclasses import dataclass
from pathlib import Path

from lawgov_score.content.changes import changes_since
from lawgov_score.model import Tree
from lawgov_score.model.changes import Changes, Earlier
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.earlier_results import read_earlier
from lawgov_score.workbook.submission.result_tables import GROUNDS, TABLES

_INSIDE = "csv"  # what the commands of the year call the folder of tables, within that of a publication


@dataclass(frozen=True, slots=True)
class Since:
    """What was read of an earlier run, and from which files."""

    earlier: Earlier
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def read_since(folder: Path, of: Tree) -> Since:
    """The results that an earlier run wrote to ``folder`` (``--csv``), or to the folder csv within it; their problems.

    Raises ``RefusedError`` (A311) where they cannot be compared: asked for, and not to be had, is no result.
    """
    inside = folder / _INSIDE
    given = inside if not (folder / TABLES[0]).is_file() and (inside / TABLES[0]).is_file() else folder
    earlier, problems = read_earlier(given, of)
    if earlier is None:
        raise RefusedError(*problems)
    return Since(earlier, problems, tuple(given / name for name in (*TABLES, GROUNDS)))


def compared(since: Since, done: ScoredAssessment, lang: Language) -> Changes:
    """What changed since then, of cards in ``lang`` too."""
    return changes_since(since.earlier, done.scores, done.grounds(lang))

"""The folder of pages: index.html with the ranking, and a page for each unit that gets a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.content import labels
from lawgov_score.files import file_names
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.model.assessed import Assessed
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.ranking_page import ranking_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import Problem
from lawgov_score.processes import Desk
from lawgov_score.wording import Language

INDEX = "index.html"
_SUFFIX = ".html"


def names_of(scores: Scores) -> Mapping[int, str]:
    """The file name of each unit's page, by row; never that of the ranking, whatever the unit's code."""
    names = file_names([unit.code for unit in scores.units], _SUFFIX)
    return {row: f"unit-{names[row]}" for row in labels.listed(scores)}


def write_index(scores: Scores, folder: Path, lang: Language, problems: Sequence[Problem]) -> None:
    """Writes the page with the ranking. ``problems``: of the whole run. Raises ``OSError``."""
    _write(folder / INDEX, ranking_page(Reader(lang), scores, problems, names_of(scores)))


@dataclass(frozen=True, slots=True)
class PageTask:
    """A unit's page to write: the unit's row, the path, the unit's own problems and advice."""

    row: int
    path: Path
    problems: tuple[Problem, ...]
    lang: Language
    advice: Advice


def write_task(desk: Desk[Assessed], task: PageTask) -> bytes:
    """Writes the page, in whichever process has the assessment. Raises ``OSError``."""
    page = card_page(Reader(task.lang), desk.context.scores, task.row, task.problems, task.advice)
    _write(task.path, page)
    return b""


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")

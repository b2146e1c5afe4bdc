"""The folder of pages: ``public`` with the result alone, ``office`` with findings and a page for each unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.content import labels
from lawgov_score.files import file_names
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.model.assessed import Assessed
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.document import edition_of
from lawgov_score.pages.public_page import public_page
from lawgov_score.pages.ranking_page import ranking_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import Problem
from lawgov_score.processes import Desk
from lawgov_score.wording import Language

PUBLIC, OFFICE = "public", "office"
INDEX = "index.html"
_UNIT, _SUFFIX = "unit-", ".html"


def names_of(scores: Scores) -> Mapping[int, str]:
    """The file name of each unit's page, by row; never that of the ranking, whatever the unit's code."""
    names = file_names([unit.code for unit in scores.units], _SUFFIX)
    return {row: f"{_UNIT}{names[row]}" for row in labels.listed(scores)}


def files_of(scores: Scores) -> tuple[Path, ...]:
    """Every page that is written, within the folder."""
    return (Path(PUBLIC, INDEX), Path(OFFICE, INDEX), *(Path(OFFICE, name) for name in names_of(scores).values()))


def write_indexes(scores: Scores, folder: Path, lang: Language, problems: Sequence[Problem]) -> None:
    """Makes both folders and writes their first pages. ``problems``: of the whole run. Raises ``OSError``."""
    for name, page in (
        (PUBLIC, public_page(Reader(lang), scores)),
        (OFFICE, ranking_page(Reader(lang), scores, problems, names_of(scores))),
    ):
        (folder / name).mkdir()
        _write(folder / name / INDEX, page)


def left_over(scores: Scores, folder: Path) -> Iterator[tuple[Path, str]]:
    """Pages in ``folder`` that this program wrote once of the tree, and not in this run; each with its edition.

    Versions before 0.5 wrote findings and the units' pages into the folder itself.
    """
    written = {folder / file for file in files_of(scores)}
    for place in (folder, folder / PUBLIC, folder / OFFICE):
        for page in sorted((*place.glob(INDEX), *place.glob(f"{_UNIT}*{_SUFFIX}"))):
            if page not in written and (edition := edition_of(page, scores.tree.code)) is not None:
                yield page, edition


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
    known = desk.context
    page = card_page(Reader(task.lang), known.scores, task.row, task.problems, task.advice, known.notice)
    _write(task.path, page)
    return b""


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")

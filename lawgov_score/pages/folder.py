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
from lawgov_score.pages.document import is_ours
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


def left_over(scores: Scores, folder: Path) -> tuple[tuple[Path, ...], ...]:
    """Pages in ``folder`` that this program wrote once, and that are not of this run; together those of one folder.

    Versions before 0.5 wrote findings and the units' pages into the folder itself.
    """
    written = {folder / file for file in files_of(scores)}
    places = (tuple(_pages_in(place)) for place in (folder, folder / PUBLIC, folder / OFFICE))
    found = (tuple(page for page in pages if page not in written) for pages in places)
    return tuple(pages for pages in found if pages)


def _pages_in(folder: Path) -> Iterator[Path]:
    """The pages of a folder that are named as ours are, and begin as ours do."""
    for page in sorted((*folder.glob(INDEX), *folder.glob(f"{_UNIT}*{_SUFFIX}"))):
        if is_ours(page):
            yield page


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

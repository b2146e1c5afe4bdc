"""The folder of pages: ``public`` with the result alone, ``office`` with findings and a page for each unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.catalogue import Code
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
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.processes import Desk
from lawgov_score.wording import Language, Words

PUBLIC, OFFICE = "public", "office"
INDEX = "index.html"
_UNIT, _SUFFIX = "unit-", ".html"
_NAMED = 3  # pages of an earlier run that are named one by one
_FOUND = Words("{names:list}", "{names:list}")
_FOUND_MANY = Words("{names:list} 等 {n} 个", "{names:list} and others, {n} in all")


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


def left_over(scores: Scores, folder: Path) -> tuple[Problem, ...]:
    """Pages in ``folder`` that this program wrote once, and that are not of this run (O118); they are left alone.

    Versions before 0.5 wrote findings and the units' pages into the folder itself.
    """
    written = {folder / file for file in files_of(scores)}
    return tuple(
        _problem(place, pages)
        for place in (folder, folder / PUBLIC, folder / OFFICE)
        if (pages := [page.name for page in _pages_in(place) if page not in written])
    )


def _pages_in(folder: Path) -> Iterator[Path]:
    """The pages of a folder that are named as ours are, and begin as ours do."""
    for page in sorted((*folder.glob(INDEX), *folder.glob(f"{_UNIT}*{_SUFFIX}"))):
        if is_ours(page):
            yield page


def _problem(folder: Path, pages: Sequence[str]) -> Problem:
    words = _FOUND_MANY if len(pages) > _NAMED else _FOUND
    found = words(names=tuple(pages[:_NAMED]), n=len(pages))
    return Problem(Code.O118, TextPlace(display_path(folder)), {"found": found})


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

"""The folder of pages: index.html with the ranking, and a page for each unit that gets a card."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lawgov_score.content import labels
from lawgov_score.files import file_names
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.ranking_page import ranking_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import Problem
from lawgov_score.wording import Language

INDEX = "index.html"
_SUFFIX = ".html"


def names_of(scores: Scores) -> Mapping[int, str]:
    """The file name of each unit's page, by row; never that of the ranking, whatever the unit's code."""
    names = file_names([unit.code for unit in scores.units], _SUFFIX)
    return {row: f"unit-{names[row]}" for row in labels.listed(scores)}


def write_pages(
    scores: Scores,
    folder: Path,
    lang: Language,
    *,
    problems: Sequence[Problem],
    own: Callable[[int], Sequence[Problem]],
    advices: Mapping[int, Advice],
    watch: Callable[[Sequence[int]], Iterable[int]],
) -> None:
    """Writes every page, one by one; the same scores give the same bytes. Raises ``OSError``.

    ``problems``: of the whole run; ``own``: gives those of the unit in a row. ``watch``: passes rows on one by one and
    shows progress.
    """
    reader, cards = Reader(lang), names_of(scores)
    _write(folder / INDEX, ranking_page(reader, scores, problems, cards))
    for row in watch(tuple(cards)):
        _write(folder / cards[row], card_page(reader, scores, row, own(row), advices[row]))


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")

"""The outputs of a run: scorecard, a card per unit, tables; each whole or not at all, none over an input."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import parquet, tables
from lawgov_score.content import labels
from lawgov_score.content.problem_lists import problems_at
from lawgov_score.files import file_names, keep_apart, keep_inputs, whole_file, whole_folder
from lawgov_score.model import Node, Scores
from lawgov_score.model.assessed import Assessed
from lawgov_score.pages import folder as pages
from lawgov_score.pages.folder import PageTask
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.pipeline.progress import Progress
from lawgov_score.pipeline.workers import Workers
from lawgov_score.problems import Problem
from lawgov_score.processes import Desk
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card import folder as cards
from lawgov_score.workbook.card.folder import CardTask
from lawgov_score.workbook.scorecard import scorecard
from lawgov_score.workbook.submission.previous import TABLES

# Nodes on cards, and on pages, that take about as long as starting a process.
_ON_CARDS, _ON_PAGES = 3_000, 9_000


@dataclass(frozen=True, slots=True)
class Outputs:
    """The paths of a run's outputs; None: not wanted."""

    scorecard: Path | None = None
    cards: Path | None = None  # a folder, like tables
    tables: Path | None = None
    parquet: Path | None = None
    html: Path | None = None  # a folder

    def files(self, scores: Scores) -> Iterator[Path]:
        """Every file that would be written."""
        if self.scorecard is not None:
            yield self.scorecard
        if self.cards is not None:
            names = file_names([unit.code for unit in scores.units], ".xlsx")
            yield from (self.cards / names[row] for row in labels.listed(scores))
        if self.tables is not None:
            yield from (self.tables / name for name in TABLES)
        if self.parquet is not None:
            yield self.parquet
        if self.html is not None:
            yield from (self.html / file for file in pages.files_of(scores))


def keep_what_was_read(done: ScoredAssessment, outputs: Outputs) -> None:
    """Raises ``CannotWriteError`` if an output would replace a file that was read (O104), or another output (O113).

    Call it before the first output is written.
    """
    files = list(outputs.files(done.scores))
    keep_inputs(files, done.files)
    keep_apart(files)


def write_scorecard(done: ScoredAssessment, path: Path, lang: Language) -> None:
    """The ranked workbook. Raises ``CannotWriteError``."""
    with whole_file(path) as temporary:
        scorecard.write_scorecard(
            done.scores, temporary, problems=done.published, inputs=done.inputs, lang=lang, options=done.options
        )


def write_cards(
    done: ScoredAssessment, folder: Path, lang: Language, watch: Progress, workers: Workers | None = None
) -> None:
    """Writes a workbook per scored unit, or per submitting unit if a tree has no total. Raises ``CannotWriteError``.

    ``workers``: the processes that do it; none but this one if they are not given.
    """
    scores, workers = done.scores, workers or Workers(done, jobs=1)
    names = file_names([unit.code for unit in scores.units], ".xlsx")
    with whole_folder(folder) as temporary:  # a folder that cannot be written is known before advice is sought
        advices = workers.advices(watch)
        tasks = [
            CardTask(row, temporary / names[row], problems_of(done, scores.units[row].code), lang, advices[row])
            for row in labels.listed(scores)
        ]
        workers.do(cards.write_task, tasks, _ON_CARDS, watch, "card")


def write_html(
    done: ScoredAssessment, folder: Path, lang: Language, watch: Progress, workers: Workers | None = None
) -> tuple[Problem, ...]:
    """Pages for a browser, by ``workers``: the result for the public, and for the office findings and units' pages.

    Gives what lies there of earlier runs and was not renewed (O118). Raises ``CannotWriteError``.
    """
    scores, workers = done.scores, workers or Workers(done, jobs=1)
    with whole_folder(folder) as temporary:
        advices = workers.advices(watch)
        pages.write_indexes(scores, temporary, lang, done.published)
        tasks = [
            PageTask(
                row, temporary / pages.OFFICE / name, problems_of(done, scores.units[row].code), lang, advices[row]
            )
            for row, name in pages.names_of(scores).items()
        ]
        workers.do(pages.write_task, tasks, _ON_PAGES, watch, "page")
    return pages.left_over(scores, folder)


def write_card(done: ScoredAssessment, unit: str, path: Path, lang: Language) -> bool:
    """Writes one unit's card; False if no unit that gets one has this code. Raises ``CannotWriteError``."""
    scores = done.scores
    row = next((row for row in labels.listed(scores) if scores.units[row].code == unit), None)
    if row is None:
        return False
    with whole_file(path) as temporary:
        task = CardTask(row, temporary, problems_of(done, unit), lang, advise(scores, [row])[0])
        cards.write_task(Desk(Assessed(scores, done.inputs, done.options, done.notice)), task)
    return True


def problems_of(done: ScoredAssessment, unit: str, node: Node | None = None) -> tuple[Problem, ...]:
    """The problems of one unit: those in its file, and those of its results. ``node``: those alone that concern it."""
    problems = done.problems_by_unit.get(unit, ())
    if node is None:
        return problems
    row = next(i for i, known in enumerate(done.scores.units) if known.code == unit)
    return tuple(problems_at(done.scores, row, problems, node))


def write_tables(done: ScoredAssessment, folder: Path, lang: Language) -> None:
    """``ranking.csv``, ``scores.csv`` and ``figures.csv``. Raises ``CannotWriteError``."""
    with whole_folder(folder) as temporary:
        tables.write_ranking(done.scores, temporary / "ranking.csv")
        tables.write_scores(done.scores, temporary / "scores.csv", lang)
        tables.write_figures(done.scores, temporary / "figures.csv")


def write_parquet(done: ScoredAssessment, path: Path, lang: Language) -> None:
    """Writes one row per unit and indicator. Raises ``CannotWriteError``; ``need_parquet`` checks beforehand."""
    with whole_file(path) as temporary:
        parquet.write_parquet(done.scores, temporary, lang)

"""The outputs of a run: scorecard, cards, pages, tables; they appear together or not at all, none over an input."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import parquet, tables
from lawgov_score.catalogue import Code
from lawgov_score.content import labels
from lawgov_score.content.problem_lists import problems_at
from lawgov_score.files import CannotWriteError, batch, keep_apart, keep_inputs, refusing, whole_file
from lawgov_score.model import Node, Scores
from lawgov_score.model.assessed import Assessed
from lawgov_score.model.changes import Changes
from lawgov_score.pages import folder as pages
from lawgov_score.pages.folder import PageTask
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.pipeline.left_over import LeftOver, left_over
from lawgov_score.pipeline.progress import Progress
from lawgov_score.pipeline.workers import Workers
from lawgov_score.problems import Problem
from lawgov_score.processes import Desk
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.wording import Language
from lawgov_score.workbook.card import folder as cards
from lawgov_score.workbook.card.folder import CardTask
from lawgov_score.workbook.scorecard import scorecard
from lawgov_score.workbook.submission.result_tables import CHANGES, GROUNDS, TABLES

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
    has_changes: bool = False  # among the tables, what changed since an earlier run

    def files(self, scores: Scores) -> Iterator[Path]:
        """Every file that would be written."""
        if self.scorecard is not None:
            yield self.scorecard
        if self.cards is not None:
            yield from (self.cards / name for name in cards.names_of(scores).values())
        if self.tables is not None:
            yield from (self.tables / name for name in (*TABLES, GROUNDS, *([CHANGES] if self.has_changes else [])))
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


def write_outputs(
    done: ScoredAssessment,
    outputs: Outputs,
    lang: Language,
    watch: Progress,
    workers: Workers | None = None,
    *,
    overwrite: bool = False,
    changes: Changes | None = None,
) -> tuple[Problem, ...]:
    """Writes all outputs, or none; gives what lies beside them of earlier runs and was not renewed (O118).

    ``workers``: the processes that write cards and pages; none but this one if they are not given. ``overwrite``: files
    that differ are replaced, and what was not renewed is removed; else a file that differs prevents everything (O105).
    ``changes``: since an earlier run, for a table of their own.
    Raises ``CannotWriteError``; ``need_parquet`` and ``keep_what_was_read`` check beforehand.
    """
    workers, wanted = workers or Workers(done, jobs=1), outputs
    left: tuple[LeftOver, ...] = ()
    try:
        with batch(overwrite=overwrite) as together:  # places that cannot be written are known before anything is
            to_tables, to_cards, to_html = (
                None if folder is None else together.folder(folder)
                for folder in (wanted.tables, wanted.cards, wanted.html)
            )
            to_parquet, to_scorecard = (
                None if file is None else together.file(file) for file in (wanted.parquet, wanted.scorecard)
            )
            if wanted.tables is not None and to_tables is not None:
                with refusing(wanted.tables):
                    _write_tables(done, to_tables, lang, changes)
            if wanted.cards is not None and to_cards is not None:
                with refusing(wanted.cards):
                    _write_cards(done, to_cards, lang, watch, workers)
            if wanted.html is not None and to_html is not None:
                with refusing(wanted.html):
                    _write_html(done, to_html, lang, watch, workers)
            if wanted.parquet is not None and to_parquet is not None:
                with refusing(wanted.parquet):
                    parquet.write_parquet(done.scores, to_parquet, lang)
            if wanted.scorecard is not None and to_scorecard is not None:
                with refusing(wanted.scorecard):
                    _write_scorecard(done, to_scorecard, lang)
            kept = (*outputs.files(done.scores), *done.files)
            left = left_over(
                done.scores, of_cards=wanted.cards, of_pages=wanted.html, of_tables=wanted.tables, kept=kept
            )
            for one in left:
                if one.may_go:
                    together.clear_away(one.files)
    except CannotWriteError as refused:
        if refused.problem.code is not Code.O105:
            raise
        raise CannotWriteError(*refused.problems, *(one.problem() for one in left)) from refused
    return tuple(one.problem(were_removed=overwrite) for one in left)


def write_scorecard(done: ScoredAssessment, path: Path, lang: Language) -> None:
    """The ranked workbook alone. Raises ``CannotWriteError``."""
    with whole_file(path) as temporary:
        _write_scorecard(done, temporary, lang)


def _write_scorecard(done: ScoredAssessment, path: Path, lang: Language) -> None:
    scorecard.write_scorecard(
        done.scores, path, problems=done.published, inputs=done.inputs, lang=lang, options=done.options
    )


def _write_cards(done: ScoredAssessment, folder: Path, lang: Language, watch: Progress, workers: Workers) -> None:
    """A workbook per scored unit, or per submitting unit if a tree has no total."""
    scores = done.scores
    names = cards.names_of(scores)
    advices = workers.advices(watch)
    tasks = [
        CardTask(row, folder / name, problems_of(done, scores.units[row].code), lang, advices[row])
        for row, name in names.items()
    ]
    workers.do(cards.write_task, tasks, _ON_CARDS, watch, "card")


def _write_html(done: ScoredAssessment, folder: Path, lang: Language, watch: Progress, workers: Workers) -> None:
    """Pages for a browser: the result for the public, and for the office findings and units' pages."""
    scores = done.scores
    advices = workers.advices(watch)
    pages.write_indexes(scores, folder, lang, done.published)
    tasks = [
        PageTask(row, folder / pages.OFFICE / name, problems_of(done, scores.units[row].code), lang, advices[row])
        for row, name in pages.names_of(scores).items()
    ]
    workers.do(pages.write_task, tasks, _ON_PAGES, watch, "page")


def _write_tables(done: ScoredAssessment, folder: Path, lang: Language, changes: Changes | None) -> None:
    """Results, figures and what they rest on; and what changed, where there was an earlier run."""
    tables.write_ranking(done.scores, folder / "ranking.csv")
    tables.write_scores(done.scores, folder / "scores.csv", lang)
    tables.write_figures(done.scores, folder / "figures.csv")
    tables.write_grounds(done.grounds(lang), folder / GROUNDS)
    if changes is not None:
        tables.write_changes(changes, done.tree, folder / CHANGES, lang)


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

"""From files to scores: tree, roster, inputs, review, last edition; all problems of all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lawgov_score import scoring
from lawgov_score.catalogue import Code
from lawgov_score.content.grounds import grounds_of
from lawgov_score.content.problem_lists import owner_of, owners_of
from lawgov_score.files import fingerprint
from lawgov_score.input_names import AS_GIVEN, Names, names_of
from lawgov_score.model import NO_REVIEW, Previous, Review, Roster, Scores, Submission, Tree, Unit
from lawgov_score.model.changes import Grounds
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.pipeline.loading import load_notice, load_roster, load_tree
from lawgov_score.problems import FOR_THE_OFFICE_ALONE, CellPlace, Problem, display_path, is_error, real_path
from lawgov_score.scoring.checks import check_answers
from lawgov_score.scoring.suspicions import check_jumps
from lawgov_score.wording import Language
from lawgov_score.workbook.office import intake as assessor_intake
from lawgov_score.workbook.submission import intake
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.input_files import entries_of, files_of
from lawgov_score.workbook.submission.previous import not_on_record, read_previous
from lawgov_score.workbook.submission.reader import Run, in_this_process
from lawgov_score.workbook.submission.result_tables import TABLES, sources_of


@dataclass(frozen=True)
class Assessment:
    """A run that came to no scores, or (``ScoredAssessment``) to scores: problems of every stage."""

    tree: Tree | None
    scores: Scores | None
    problems: tuple[Problem, ...]
    inputs: tuple[tuple[str, str], ...] = ()  # path, sha256
    senders: tuple[tuple[CellPlace, Unit], ...] = ()  # the unit of each file, and of each row of a table
    files: tuple[Path, ...] = ()  # every file that was or should have been read: outputs must not replace them
    notice: Notice = NO_NOTICE  # of how to object, for cards and pages
    options: tuple[tuple[str, str], ...] = ()  # by which option each file came that is no input of a unit
    names: Names = AS_GIVEN  # of all files, in what is handed out
    taken: intake.Intake | None = None  # what was read of the inputs, for a run that differs in other files alone

    @cached_property
    def published(self) -> tuple[Problem, ...]:
        """The problems shown in what is handed out, scorecard, cards, pages: at the names of their files."""
        return tuple(self.names.named(one for one in self.problems if one.code not in FOR_THE_OFFICE_ALONE))

    @cached_property
    def as_given(self) -> tuple[Problem, ...]:
        """All problems at the paths that were given, for the screen."""
        return self.names.as_given(self.problems)

    @cached_property
    def senders_as_given(self) -> tuple[tuple[CellPlace, Unit], ...]:
        """The same for the unit of each file."""
        return tuple((self.names.place_as_given(place), unit) for place, unit in self.senders)


@dataclass(frozen=True)
class ScoredAssessment(Assessment):
    """A run that came to scores: every output is written from it."""

    tree: Tree
    scores: Scores

    @cached_property
    def problems_by_unit(self) -> Mapping[str, tuple[Problem, ...]]:
        """Problems of each unit, by code: those in its file, and those of its results; ``""``: of no unit."""
        owners, by_unit = owners_of(self.scores), dict[str, list[Problem]]()
        for problem in self.published:
            row = owner_of(problem, self.scores, owners)
            by_unit.setdefault(self.scores.units[row].code if row >= 0 else "", []).append(problem)
        return {code: tuple(problems) for code, problems in by_unit.items()}

    def grounds(self, lang: Language) -> Grounds:
        """What the results, and cards in ``lang``, rest on besides figures."""
        return grounds_of(self.scores, self.problems_by_unit, self.notice, lang)


def check(
    of: Tree,
    paths: Sequence[Path],
    units: Roster | None,
    run: Run = in_this_process,
    *,
    latest: bool = False,
    names: Names = AS_GIVEN,
) -> intake.Intake:
    """Reads and checks inputs, using ``run``; every problem of every file, and those visible in the answers alone.

    ``latest``: of several submissions of a unit the newest counts. ``names``: of the files, in what is said of them.
    """
    taken = intake.read_inputs(paths, of, units, run, latest=latest, names=names)
    known = units if units is not None else tuple(submission.unit for submission in taken.submissions)
    return replace(taken, problems=(*taken.problems, *check_answers(of, known, taken.submissions)))


def check_review(
    of: Tree,
    paths: Sequence[Path],
    units: Roster | None,
    submissions: Sequence[Submission] | None,
    names: Names = AS_GIVEN,
    *,
    latest: bool = False,
) -> tuple[Review, tuple[Problem, ...]]:
    """Reads and checks the office's own workbooks; without a roster the units are those that sent something.

    Without ``submissions`` it is not asked whether anybody claimed what a ruling is about.
    ``names``: of the files, in what is said of them. ``latest``: of entries for one thing in several workbooks the one
    saved last counts.
    """
    if not paths:
        return NO_REVIEW, ()
    known = units if units is not None else tuple(submission.unit for submission in submissions or ())
    lost = files_that_crash((path for path, _ in files_of(paths, [])), names=names)
    review, problems = assessor_intake.read_review(
        paths, of, known, submissions, closed=lost, names=names, latest=latest
    )
    return review, (*problems, *lost.values())


@dataclass(frozen=True)
class Material:
    """What has been read for one tree, ready to be scored; problems of reading alone."""

    tree: Tree
    units: Roster  # whom to score: those of the roster, without one those that sent something
    submissions: tuple[Submission, ...]
    review: Review = NO_REVIEW
    previous: Previous | None = None
    problems: tuple[Problem, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()  # path, sha256
    senders: tuple[tuple[CellPlace, Unit], ...] = ()
    files: tuple[Path, ...] = ()  # as in ``Assessment``
    notice: Notice = NO_NOTICE
    options: tuple[tuple[str, str], ...] = ()  # as in ``Assessment``
    names: Names = AS_GIVEN  # as in ``Assessment``
    taken: intake.Intake | None = None  # as in ``Assessment``

    @property
    def is_empty(self) -> bool:
        """Is there nothing that could be scored?"""
        return not self.submissions and not self.review.units


def read_material(
    of: Tree,
    paths: Sequence[Path],
    roster_path: Path | None = None,
    *,
    assessor: Sequence[Path] = (),
    previous: Path | None = None,
    notice: Path | None = None,
    run: Run = in_this_process,
    latest: bool = False,
    taken: intake.Intake | None = None,
) -> Material:
    """Reads everything that is scored: roster, inputs, review, last edition. Arguments as for ``assess``.

    Nothing is read if the roster has errors: nobody would know whom to score.
    """
    names = names_given(of, paths, roster_path, assessor=assessor, previous=previous, notice=notice)
    units, problems = load_roster(roster_path, of, names)
    if any(is_error(problem) for problem in problems):
        return Material(of, (), (), problems=problems, names=names)
    if taken is None:
        taken = intake.read_inputs(paths, of, units, run, latest=latest, names=names)
    review, more = check_review(of, assessor, units, taken.submissions, names, latest=latest)
    if units is None:
        units = (*(submission.unit for submission in taken.submissions), *taken.missing_units)
    before, still_more = _last_edition(previous, of, units, names)
    told, of_notice = load_notice(notice)
    problems += (*taken.problems, *more, *still_more, *of_notice)
    if before is not None:
        problems += not_on_record(before, of, units, still_more)
        problems += tuple(check_jumps(of, taken.submissions, before))
    inputs = {*taken.inputs, *review.inputs}
    inputs |= set(before.inputs) if before is not None else set()
    inputs |= set(_fingerprints((path for path in (roster_path, notice) if path is not None), names))
    options = [("--assessor", path) for path, _ in review.inputs]
    options += [("--previous", path) for path, _ in before.inputs] if before is not None else []
    alone = (("--roster", roster_path), ("--notice", notice))
    options += [(option, names(path)) for option, path in alone if path is not None]
    read = Material(
        *(of, units, taken.submissions, review, before, problems, tuple(sorted(inputs)), taken.senders),
        options=(*sorted(options), *([("--latest", "")] if latest else [])),
        notice=told,
        names=names,
        taken=taken,
    )
    if read.is_empty and not any(is_error(problem) for problem in problems):  # nothing to score is never a clean run
        place = CellPlace(names(paths[0]) if paths else "")
        return replace(read, problems=(*problems, Problem(Code.S102, place)))
    return read


def check_material(read: Material) -> tuple[Problem, ...]:
    """What ``check`` says of what was read: the problems of reading, and those visible in the answers alone."""
    return (*read.problems, *check_answers(read.tree, read.units, read.submissions))


def score_material(read: Material) -> Assessment:
    """Scores what was read; no scores if there is nothing to score."""
    if read.is_empty:
        return Assessment(read.tree, None, read.problems, senders=read.senders, names=read.names)
    scores = scoring.score(read.tree, read.units, read.submissions, read.review, read.previous)
    problems = read.problems + scores.problems
    return ScoredAssessment(
        *(read.tree, scores, problems, read.inputs, read.senders, read.files),
        options=read.options,
        notice=read.notice,
        names=read.names,
        taken=read.taken,
    )


def assess(
    tree_path: Path,
    paths: Sequence[Path],
    roster_path: Path | None = None,
    *,
    weights: Path | None = None,
    assessor: Sequence[Path] = (),
    previous: Path | None = None,
    notice: Path | None = None,
    run: Run = in_this_process,
    latest: bool = False,
    taken: intake.Intake | None = None,
) -> Assessment:
    """The whole run: tree, roster, inputs, review, last edition, scores; all problems, and whatever could be scored.

    ``weights``: the weight set of a tree that keeps its points apart. ``assessor``: the office's own workbooks, or
    folders of them. ``previous``: the folder of the last edition's results (`--csv`), or its ranking. ``run``: the
    runner that reads inputs. ``notice``: whom to ask, and how and until when to object, for cards and pages.
    ``latest``: of several submissions of a unit the newest counts. ``taken``: what was read of the very same inputs.
    """
    of, problems = load_tree(tree_path, weights)
    if of is None:
        return Assessment(None, None, problems)
    read = read_material(
        *(of, paths, roster_path),
        assessor=assessor,
        previous=previous,
        notice=notice,
        run=run,
        latest=latest,
        taken=taken,
    )
    files = files_read(of, roster_path, (*paths, *assessor), previous, notice)
    return score_material(replace(read, problems=problems + read.problems, files=files))


def files_read(
    of: Tree,
    roster_path: Path | None,
    paths: Sequence[Path] = (),
    previous: Path | None = None,
    notice: Path | None = None,
) -> tuple[Path, ...]:
    """Every file that a run with these arguments reads. ``paths``: inputs and office's workbooks, or their folders."""
    of_tree = {of.path, of.weights_path, *(node.place.path for node in of.nodes)} - {""}
    return (
        *(Path(real_path(shown)) for shown in sorted(of_tree)),
        *(path for path in (roster_path, notice) if path is not None),
        *(file for file, _ in files_of(paths, [])),
        *(sources_of(previous).values() if previous is not None else ()),
    )


def names_given(
    of: Tree,
    paths: Sequence[Path],
    roster_path: Path | None = None,
    *,
    assessor: Sequence[Path] = (),
    previous: Path | None = None,
    notice: Path | None = None,
) -> Names:
    """The names of all files of a run with these arguments, in everything that is handed out."""
    of_tree = [Path(real_path(shown)) for shown in {of.path, of.weights_path, *(n.place.path for n in of.nodes)} - {""}]
    head = next((path.parent for path in of_tree if display_path(path) == of.path), None)
    of_previous = [] if previous is None else _entries_of_previous(previous)
    return names_of(
        (
            *entries_of((*paths, *assessor)),
            *of_previous,
            *((path, None) for path in (roster_path, notice) if path is not None),
            *((path, head if head is not None and path.is_relative_to(head) else None) for path in sorted(of_tree)),
        )
    )


def _entries_of_previous(path: Path) -> list[tuple[Path, Path | None]]:
    """The files of the last edition, each with the folder that was given; those too that are said to be missing."""
    if path.is_file():
        return [(path, None)]
    tables = {**{name: path / name for name in TABLES}, **sources_of(path)}
    return [(path, None), *((table, path) for table in tables.values())]


def _last_edition(
    path: Path | None, of: Tree, units: Roster, names: Names
) -> tuple[Previous | None, tuple[Problem, ...]]:
    return (None, ()) if path is None else read_previous(path, of, units, names)


def _fingerprints(files: Iterable[Path], names: Names) -> Iterator[tuple[str, str]]:
    """Name, and sha256, of every readable file; intake has reported the others."""
    for file in files:
        with suppress(OSError):
            yield names(file), fingerprint(file)

"""The whole run step by step; alone knows the order of the stages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from lawgov_score import __version__, scoring, tables, tree
from lawgov_score.catalogue import Code
from lawgov_score.explanation import standard
from lawgov_score.files import file_names, fingerprint, keep_inputs, whole_file, whole_folder
from lawgov_score.model import NO_REVIEW, Previous, Review, Roster, Scores, Submission, Tree
from lawgov_score.problems import CellPlace, Problem, display_path, is_error
from lawgov_score.tree.folder import HEAD
from lawgov_score.wording import Language
from lawgov_score.workbook import (
    assessor_intake,
    assessor_template,
    intake,
    labels,
    roster,
    scorecard,
    template,
    unit_card,
    verification,
)
from lawgov_score.workbook.input_files import files_of
from lawgov_score.workbook.opened import open_workbook
from lawgov_score.workbook.previous import TABLES, not_on_record, read_previous

Thing = TypeVar("Thing")


class Progress(Protocol):
    """Hands back what it is given, one by one, and may show how far it is."""

    def __call__(self, items: Sequence[Thing], what: str) -> Iterable[Thing]:
        """``items`` again, watched."""
        ...


@dataclass(frozen=True, slots=True)
class Assessment:
    """A whole run: ``scores`` is None where nothing could be scored; problems of every stage; the inputs read."""

    tree: Tree | None
    scores: Scores | None
    problems: tuple[Problem, ...]
    inputs: tuple[tuple[str, str], ...] = ()  # path, sha256
    files: tuple[Path, ...] = ()  # whatever was read, or was to be: nothing may be written over it


def load_tree(
    path: Path, weights: Path | None = None, needs_points: bool = True
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` and all its problems; None where it has errors.

    ``weights``: the weight set of a tree that keeps its points apart; without ``needs_points`` such a tree may be
    looked at, though not used, without one.
    """
    return tree.load(path, weights, needs_points=needs_points)


def load_roster(path: Path | None, of: Tree) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster at ``path``, None where there is none."""
    return (None, ()) if path is None else roster.read_roster(path, of)


def write_templates(
    of: Tree,
    units: Roster,
    folder: Path,
    lang: Language,
    watch: Progress,
    *,
    inputs: Sequence[Path] = (),
    overwrite: bool = False,
) -> list[Path]:
    """One blank workbook per unit in ``folder``. Raises ``CannotWriteError``.

    Never over one of ``inputs``; over other workbooks that are there and differ only with ``overwrite``.
    """
    names = file_names([unit.code for unit in units], ".xlsx")
    keep_inputs([folder / name for name in names], inputs)
    with whole_folder(folder, overwrite=overwrite) as temporary:
        for unit, name in watch(tuple(zip(units, names, strict=True)), "template"):
            template.write_template(of, unit, temporary / name, standards=standard, lang=lang)
    return [folder / name for name in names]


def write_assessor_templates(
    of: Tree,
    units: Roster | None,
    folder: Path,
    lang: Language,
    *,
    inputs: Sequence[Path] = (),
    overwrite: bool = False,
) -> list[Path]:
    """The blank workbooks that the office itself keeps, in ``folder``; otherwise as ``write_templates``."""
    with whole_folder(folder, overwrite=overwrite) as temporary:
        written = assessor_template.write_assessor_templates(of, units, temporary, standards=standard, lang=lang)
        keep_inputs([folder / path.name for path in written], inputs)
    return [folder / path.name for path in written]


def check(of: Tree, paths: Sequence[Path], units: Roster | None) -> intake.Intake:
    """Reads and checks inputs; every problem of every file."""
    return intake.read_inputs(paths, of, units)


def check_review(
    of: Tree, paths: Sequence[Path], units: Roster | None, submissions: Sequence[Submission]
) -> tuple[Review, tuple[Problem, ...]]:
    """Reads and checks the office's own workbooks; without a roster the units are those that sent something."""
    if not paths:
        return NO_REVIEW, ()
    known = units if units is not None else tuple(submission.unit for submission in submissions)
    return assessor_intake.read_review(paths, of, known, submissions)


def assess(
    tree_path: Path,
    paths: Sequence[Path],
    roster_path: Path | None = None,
    *,
    weights: Path | None = None,
    assessor: Sequence[Path] = (),
    previous: Path | None = None,
) -> Assessment:
    """Tree, roster, inputs, review, last edition, scores: all problems of all of them, and whatever could be scored.

    ``weights``: the weight set of a tree that keeps its points apart. ``assessor``: the office's own workbooks, or
    folders of them. ``previous``: the folder of the last edition's results (`--csv`).
    """
    of, problems = load_tree(tree_path, weights)
    if of is None:
        return Assessment(None, None, problems)
    units, found = load_roster(roster_path, of)
    problems += found
    if any(is_error(problem) for problem in found):
        return Assessment(of, None, problems)
    taken = check(of, paths, units)
    review, more = check_review(of, assessor, units, taken.submissions)
    before, still_more = _last_edition(previous, of)
    problems += (*taken.problems, *more, *still_more)
    if units is None:
        units = (*(submission.unit for submission in taken.submissions), *taken.missing_units)
    if before is not None:
        problems += not_on_record(before, of, units, still_more)
    if not taken.submissions and not review.units:
        if not any(is_error(problem) for problem in problems):  # nothing to score is never a clean run
            problems += (Problem(Code.S102, CellPlace(display_path(paths[0]))),)
        return Assessment(of, None, problems)
    scores = scoring.score(of, units, taken.submissions, review, before)
    inputs = set(_fingerprints(file for file, _ in files_of(paths, []))) | set(review.inputs)
    inputs |= set(before.inputs) if before is not None else set()
    inputs |= set(_fingerprints([roster_path] if roster_path is not None else []))
    read = files_read(of, tree_path, weights, roster_path, (*paths, *assessor), previous)
    return Assessment(of, scores, problems + scores.problems, tuple(sorted(inputs)), read)


def files_read(
    of: Tree,
    tree_path: Path,
    weights: Path | None,
    roster_path: Path | None,
    paths: Sequence[Path] = (),
    previous: Path | None = None,
) -> tuple[Path, ...]:
    """Every file that a run with these arguments reads. ``paths``: inputs and office's workbooks, or their folders."""
    parts = {node.place.path for node in of.nodes if node.place.path}
    named = [path for path in (tree_path, tree_path / HEAD, weights, roster_path) if path is not None]
    last = [previous / name for name in TABLES] if previous is not None else []
    return (*named, *map(Path, sorted(parts)), *(file for file, _ in files_of(paths, [])), *last)


def keep_what_was_read(
    done: Assessment, scorecard_path: Path | None, cards: Path | None, tables_folder: Path | None
) -> None:
    """Raises ``CannotWriteError`` (O104) where any of the outputs asked for would replace a file that was read.

    To be called before the first of them is written.
    """
    assert done.scores is not None  # the caller looked
    outputs = [scorecard_path] if scorecard_path is not None else []
    if cards is not None:
        names = file_names([unit.code for unit in done.scores.units], ".xlsx")
        outputs += [cards / names[row] for row in labels.listed(done.scores)]
    if tables_folder is not None:
        outputs += [tables_folder / name for name in TABLES]
    keep_inputs(outputs, done.files)


def _last_edition(folder: Path | None, of: Tree) -> tuple[Previous | None, tuple[Problem, ...]]:
    return (None, ()) if folder is None else read_previous(folder, of)


def _fingerprints(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Path as printed, and sha256, of every file that can be read; of those that cannot, intake has told."""
    for file in files:
        with suppress(OSError):
            yield display_path(file), fingerprint(file)


def write_scorecard(done: Assessment, path: Path, lang: Language) -> None:
    """The ranked workbook. Raises ``CannotWriteError``."""
    assert done.scores is not None  # the caller looked
    with whole_file(path) as temporary:
        scorecard.write_scorecard(done.scores, temporary, problems=done.problems, inputs=done.inputs, lang=lang)


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of comparing a scorecard with its files: all that does not agree, and how much was compared."""

    problems: tuple[Problem, ...]
    cells: int = 0
    files: int = 0


def verify(scorecard_path: Path, run: Callable[[], Assessment]) -> Verification:
    """Recomputes a scorecard and names every cell that differs and every input that changed.

    ``run``: scores the files that it is said to follow from. Works offline; writes nothing but a temporary file.
    """
    opened = verification.open_scorecard(scorecard_path)
    if isinstance(opened, Problem):
        return Verification((opened,))
    given, manifest = opened
    done = run()
    if done.tree is None or done.scores is None:
        errors = tuple(problem for problem in done.problems if is_error(problem))
        return Verification((Problem(Code.V208, CellPlace(given.path)), *errors))
    found = [*verification.check_tree(scorecard_path, manifest, done.tree, __version__)]
    found += verification.check_inputs(manifest, done.inputs)
    with TemporaryDirectory(prefix="lawgov-verify-") as folder:
        anew_path = Path(folder) / "scorecard.xlsx"
        lang = Language(manifest.lang) if manifest.lang in set(Language) else Language.ZH
        scorecard.write_scorecard(done.scores, anew_path, problems=done.problems, inputs=done.inputs, lang=lang)
        anew = open_workbook(anew_path)
        assert not isinstance(anew, Problem)  # just written
        found += verification.differences(given, anew, verification.moved(manifest, done.inputs))
    return Verification(tuple(found), verification.count_cells(given), len(manifest.inputs))


def write_cards(done: Assessment, folder: Path, lang: Language, watch: Progress) -> None:
    """One workbook per unit that was scored, or that came where a tree has no total. Raises ``CannotWriteError``."""
    scores = done.scores
    assert scores is not None  # the caller looked
    rows = labels.listed(scores)
    by_path = _by_unit(done)
    names = file_names([unit.code for unit in scores.units], ".xlsx")
    with whole_folder(folder) as temporary:
        for row in watch(rows, "card"):
            code = scores.units[row].code
            target = temporary / names[row]
            unit_card.write_card(scores, row, target, problems=by_path.get(code, ()), lang=lang)


def problems_of(done: Assessment, unit: str) -> tuple[Problem, ...]:
    """The problems of one unit: those in its file, and those of its results."""
    return _by_unit(done).get(unit, ())


def _by_unit(done: Assessment) -> dict[str, tuple[Problem, ...]]:
    """Problems of each unit: those in its file, and those of its results."""
    scores = done.scores
    assert scores is not None  # only called where there are scores
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in done.problems:
        place = problem.place
        if isinstance(place, CellPlace):
            row = scores.row_of(place)
            code = scores.units[row].code if row >= 0 else ""
        else:
            code = getattr(place, "unit", "")
        found[code] = (*found.get(code, ()), problem)
    return found


def write_tables(done: Assessment, folder: Path, lang: Language) -> None:
    """``ranking.csv``, ``scores.csv`` and ``figures.csv``. Raises ``CannotWriteError``."""
    assert done.scores is not None  # the caller looked
    with whole_folder(folder) as temporary:
        tables.write_ranking(done.scores, temporary / "ranking.csv")
        tables.write_scores(done.scores, temporary / "scores.csv", lang)
        tables.write_figures(done.scores, temporary / "figures.csv")

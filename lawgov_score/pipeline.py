"""The whole run step by step; alone knows the order of the stages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from lawgov_score import scoring, tables, tree
from lawgov_score.catalogue import Code
from lawgov_score.explanation import standard
from lawgov_score.files import file_name, whole_file, whole_folder
from lawgov_score.model import Roster, Scores, Tree
from lawgov_score.problems import CellPlace, Problem, display_path, is_error
from lawgov_score.wording import Language
from lawgov_score.workbook import intake, roster, scorecard, template, unit_card

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


def load_tree(path: Path) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree at ``path`` and all its problems; None where it has errors."""
    return tree.load(path)


def load_roster(path: Path | None, of: Tree) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster at ``path``, None where there is none."""
    return (None, ()) if path is None else roster.read_roster(path, of)


def write_templates(of: Tree, units: Roster, folder: Path, lang: Language, watch: Progress) -> list[Path]:
    """One blank workbook per unit in ``folder``. Raises ``CannotWriteError``."""

    names = [file_name(unit.code, ".xlsx") for unit in units]
    with whole_folder(folder) as temporary:
        for unit, name in watch(tuple(zip(units, names, strict=True)), "template"):
            template.write_template(of, unit, temporary / name, standards=standard, lang=lang)
    return [folder / name for name in names]


def check(of: Tree, paths: Sequence[Path], units: Roster | None) -> intake.Intake:
    """Reads and checks inputs; every problem of every file."""
    return intake.read_inputs(paths, of, units)


def assess(tree_path: Path, paths: Sequence[Path], roster_path: Path | None) -> Assessment:
    """Tree, roster, inputs, scores: all problems of all of them, and whatever could be scored."""
    of, problems = load_tree(tree_path)
    if of is None:
        return Assessment(None, None, problems)
    units, found = load_roster(roster_path, of)
    problems += found
    if any(is_error(problem) for problem in found):
        return Assessment(of, None, problems)
    taken = check(of, paths, units)
    problems += taken.problems
    if units is None:
        units = tuple(submission.unit for submission in taken.submissions)
    if not taken.submissions:
        if not any(is_error(problem) for problem in problems):  # nothing to score is never a clean run
            problems += (Problem(Code.S102, CellPlace(display_path(paths[0]))),)
        return Assessment(of, None, problems)
    scores = scoring.score(of, units, taken.submissions)
    inputs = tuple(sorted({(s.path, s.fingerprint) for s in taken.submissions}))
    return Assessment(of, scores, problems + scores.problems, inputs)


def write_scorecard(done: Assessment, path: Path, lang: Language) -> None:
    """The ranked workbook. Raises ``CannotWriteError``."""
    assert done.scores is not None  # the caller looked
    with whole_file(path) as temporary:
        scorecard.write_scorecard(done.scores, temporary, problems=done.problems, inputs=done.inputs, lang=lang)


def write_cards(done: Assessment, folder: Path, lang: Language, watch: Progress) -> None:
    """One workbook per unit that was scored. Raises ``CannotWriteError``."""
    scores = done.scores
    assert scores is not None  # the caller looked
    rows = [row for row in scores.order.tolist() if scores.rank[row] > 0]
    by_path = _by_unit(done)
    with whole_folder(folder) as temporary:
        for row in watch(rows, "card"):
            code = scores.units[row].code
            target = temporary / file_name(code, ".xlsx")
            unit_card.write_card(scores, row, target, problems=by_path.get(code, ()), lang=lang)


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
    """``ranking.csv`` and ``scores.csv``. Raises ``CannotWriteError``."""
    assert done.scores is not None  # the caller looked
    with whole_folder(folder) as temporary:
        tables.write_ranking(done.scores, temporary / "ranking.csv")
        tables.write_scores(done.scores, temporary / "scores.csv", lang)

"""Verifies a published scorecard, or a card: recomputes it from its files and compares."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import __version__
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.pipeline.assessment import Assessment, ScoredAssessment
from lawgov_score.pipeline.outputs import write_card, write_scorecard
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.wording import Language
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.verify import verification
from lawgov_score.workbook.verify.comparison import count_cells, differences, other_names
from lawgov_score.workbook.verify.figures import compare_figures


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of comparing a scorecard with its files: all differences, and how much was compared."""

    problems: tuple[Problem, ...]
    cells: int = 0
    files: int = 0
    by_figures: bool = False  # the scorecard is of an earlier version, and ``cells`` are those with figures


def verify(path: Path, run: Callable[[], Assessment]) -> Verification:
    """Recomputes a scorecard, or a card, and reports every cell that differs and every input that changed.

    ``run``: scores the files that it is claimed to come from. Works offline; writes nothing but a temporary file.
    """
    if lost := tuple(files_that_crash([path]).values()):  # it may come from anyone
        return Verification(lost)
    opened = verification.open_scorecard(path)
    if isinstance(opened, Problem):
        return Verification((opened,))
    given, manifest = opened
    done = run()
    if not isinstance(done, ScoredAssessment):
        errors = tuple(problem for problem in done.as_given if is_error(problem))
        return Verification((Problem(Code.V208, CellPlace(given.path)), *errors))
    problems = [*verification.check_tree(path, manifest, done.tree)]
    of_inputs = tuple(verification.check_inputs(path, manifest, done.inputs, done.options))
    problems += (one if one.code is Code.V204 else done.names.as_given([one])[0] for one in of_inputs)
    if verification.is_lacking(problems, done.options):
        return Verification(tuple(problems), files=len(done.inputs))
    lang = Language(manifest.lang) if manifest.lang in set(Language) else Language.ZH
    with temporary_folder("lawgov-verify-") as folder:
        anew_path = folder / "anew.xlsx"
        with refusing(folder):
            if manifest.unit:
                is_there = write_card(done, manifest.unit, anew_path, lang)
            else:
                is_there = True
                write_scorecard(done, anew_path, lang)
        if not is_there:
            return Verification((Problem(Code.V103, CellPlace(given.path), {"found": manifest.unit}), *problems))
        anew = open_workbook(anew_path)
        assert not isinstance(anew, Problem)  # just written
        former = verification.moved(manifest, done.inputs)
        cell_problems = tuple(differences(given, anew, other_names(former)))
    if manifest.program == __version__:
        return Verification((*problems, *cell_problems), count_cells(given), len(done.inputs))
    versions = {"expected": manifest.program, "found": __version__}
    version = verification.earlier_version(given, manifest)
    if not version:
        other = Problem(Code.V202, CellPlace(given.path), {**versions, "n": len(cell_problems)})
        return Verification((*problems, other, *cell_problems), count_cells(given), len(done.inputs))
    current = other_names({then: now for now, then in former.items()})
    figures = compare_figures(given, anew, version, done.scores, cell_problems, current)
    other = Problem(Code.V202, CellPlace(given.path), {**versions, "n": figures.otherwise})
    return Verification((*problems, other, *figures.problems), figures.compared, len(done.inputs), by_figures=True)

"""Verifies a published scorecard, or a card: recomputes it from its files and compares."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import __version__
from lawgov_score.catalogue import Code
from lawgov_score.pipeline.assessment import Assessment, ScoredAssessment
from lawgov_score.pipeline.outputs import write_card, write_scorecard
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.temporary import own_temporary_folder
from lawgov_score.wording import Language
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.verify import verification
from lawgov_score.workbook.verify.comparison import count_cells, differences
from lawgov_score.workbook.verify.figures import count_figures, figure_differences


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of comparing a scorecard with its files: all differences, and how much was compared."""

    problems: tuple[Problem, ...]
    cells: int = 0
    files: int = 0


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
        errors = tuple(problem for problem in done.problems if is_error(problem))
        return Verification((Problem(Code.V208, CellPlace(given.path)), *errors))
    problems = [*verification.check_tree(path, manifest, done.tree)]
    problems += verification.check_inputs(path, manifest, done.inputs)
    lang = Language(manifest.lang) if manifest.lang in set(Language) else Language.ZH
    with own_temporary_folder("lawgov-verify-") as folder:
        anew_path = folder / "anew.xlsx"
        if not manifest.unit:
            write_scorecard(done, anew_path, lang)
        elif not write_card(done, manifest.unit, anew_path, lang):
            return Verification((Problem(Code.V103, CellPlace(given.path), {"found": manifest.unit}), *problems))
        anew = open_workbook(anew_path)
        assert not isinstance(anew, Problem)  # just written
        cell_problems = tuple(differences(given, anew, verification.moved(manifest, done.inputs)))
        if manifest.program == __version__:
            return Verification((*problems, *cell_problems), count_cells(given), len(done.inputs))
        # Another version uses other words and layouts: only figures are compared, and tampering with the file
        # afterwards.
        codes = frozenset(node.code for node in done.tree.nodes)
        versions = {"expected": manifest.program, "found": __version__, "n": len(cell_problems)}
        problems.append(Problem(Code.V202, CellPlace(given.path), versions))
        problems += figure_differences(given, anew, codes, cell_problems)
    return Verification(tuple(problems), count_figures(given, codes), len(done.inputs))

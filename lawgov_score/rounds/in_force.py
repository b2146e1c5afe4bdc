"""The versions in force, checked together as `check` does: for what goes back to units, and for the register."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.content.intake_register import Register
from lawgov_score.files import file_names, refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.problems import Problem, display_path
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Submission
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.status import versions_in_force
from lawgov_score.workbook.submission.reader import Run

_SUFFIX = ".xlsx"


@dataclass(frozen=True)
class InForce:
    """The versions in force as files of the block, by unit code, with what `check` says of all of them.

    A file is called by code and name of its unit, whatever its sender called it: so goes back what came.
    """

    scheme: Scheme
    submissions: Mapping[str, Submission]
    files: Mapping[str, Path]
    names: Names
    problems: tuple[Problem, ...]
    register: Register
    to_mark: tuple[Problem, ...]  # problems of the files, and their blanks


@contextmanager
def in_force(data: Data, round_: Round, run: Run) -> Iterator[InForce]:
    """Writes and checks them for the block. Raises ``RefusedError`` (R205)."""
    scheme = scheme_of(data, round_)
    submissions = {one.unit.code: one for one in versions_in_force(round_).values() if one.unit.ended_at is None}
    ordered = [unit for unit in scheme.units if unit.code in submissions]
    names = dict(
        zip(
            (unit.code for unit in ordered),
            file_names([f"{unit.code} {unit.name}" for unit in ordered], _SUFFIX),
            strict=True,
        )
    )
    with temporary_folder("lawgov-received-") as folder:
        files = {code: folder / name for code, name in names.items()}
        for code, path in files.items():
            content = data.store.read(submissions[code].file.sha256)
            with refusing(folder):
                path.write_bytes(content)
        shown = Names({display_path(path): path.name for path in files.values()})
        taken = pipeline.check(scheme.tree, list(files.values()), scheme.units, run, names=shown)
        register = pipeline.register_of(scheme.tree, taken, scheme.units, taken.problems)
        to_mark = (*taken.problems, *pipeline.blanks_to_mark(register, taken.submissions))
        yield InForce(scheme, submissions, files, shown, taken.problems, register, to_mark)

"""Blank workbooks: one per unit, and those that the office itself keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lawgov_score.explanation.standard import standard
from lawgov_score.files import (
    file_names,
    keep_inputs,
    keep_others,
    possible_names,
    refusing,
    temporary_folder,
    whole_folder,
)
from lawgov_score.model import Change, Previous, Roster, Submission, Tree
from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import Problem
from lawgov_score.wording import Language
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.office import name_in
from lawgov_score.workbook.office import template as assessor_template
from lawgov_score.workbook.office.beforehand import Beforehand
from lawgov_score.workbook.submission import intake
from lawgov_score.workbook.submission.previous import read_previous
from lawgov_score.workbook.submission.reader import Run, in_this_process
from lawgov_score.workbook.template import template

SUFFIX = ".xlsx"


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
    """Writes one blank workbook per unit to ``folder``. Raises ``CannotWriteError``.

    Never replaces one of ``inputs``; replaces other existing workbooks that differ only with ``overwrite``. Nor is a
    blank one put beside a workbook of the same unit under another name (its code alone, a former name): that may be
    filled in, and two of one unit would count for nothing.
    """
    names = template_names(units)
    keep_inputs([folder / name for name in names], inputs)
    if not overwrite:
        keep_others(_under_other_names(units, names, folder))
    with whole_folder(folder, overwrite=overwrite) as temporary:
        for unit, name in watch(tuple(zip(units, names, strict=True)), "template"):
            template.write_template(
                of, unit, temporary / name, standards=partial(standard, of.of_type(unit.type)), lang=lang
            )
    return [folder / name for name in names]


def template_names(units: Roster) -> tuple[str, ...]:
    """What the units' workbooks are called: ``BM-04 虚构区审计局.xlsx``, by the code alone where it is the name."""
    return file_names([unit.code if unit.name == unit.code else f"{unit.code} {unit.name}" for unit in units], SUFFIX)


def _under_other_names(units: Roster, names: Sequence[str], folder: Path) -> Iterator[Path]:
    """Workbooks in ``folder`` that are named as a unit's was, or as it is called otherwise."""
    codes = {name: unit.code for unit in units for name in possible_names(unit.code, "")}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        first = path.stem.split(" ", 1)[0] if path.stem not in codes else path.stem
        if first in codes and path.name not in names:
            yield path


@dataclass(frozen=True)
class OfficeTemplates:
    """What is known when the office's own workbooks are written, see ``Beforehand``; and what was read for it."""

    units: Roster | None = None
    submissions: Mapping[str, Submission] | None = None
    previous: Previous | None = None
    problems: tuple[Problem, ...] = ()


def read_for_office(
    of: Tree,
    paths: Sequence[Path],
    units: Roster | None,
    *,
    previous: Path | None = None,
    run: Run = in_this_process,
    latest: bool = False,
) -> OfficeTemplates:
    """Reads what units sent and last edition's results; without a roster the units are those that sent something."""
    submissions, problems = None, tuple[Problem, ...]()
    if paths:
        taken = intake.read_inputs(paths, of, units, run, latest=latest)
        submissions = {submission.unit.code: submission for submission in taken.submissions}
        problems = taken.problems
        if units is None:
            units = tuple(submission.unit for submission in taken.submissions)
    before, more = read_previous(previous, of, units or ()) if previous is not None else (None, ())
    return OfficeTemplates(units, submissions, before, (*problems, *more))


def is_name(text: str) -> bool:
    """Will the name of a reviewer be read as one when it comes back from the cell above the headings?"""
    return bool(name_in(text))


def write_assessor_templates(
    of: Tree,
    known: OfficeTemplates,
    folder: Path,
    lang: Language,
    *,
    leads: Sequence[str] = (),
    reviewers: Sequence[str] = (),
    inputs: Sequence[Path] = (),
    overwrite: bool = False,
) -> list[Path]:
    """The blank workbooks that the office itself keeps, in ``folder``; otherwise as ``write_templates``.

    ``leads``: only the indicators that these units lead. ``reviewers``: a workbook of marks for each, and no other; one
    for a name that is written in several ways. Writes nothing, not even the folder, where no workbook is needed.
    """
    names = tuple({folded(name): name for name in reversed(reviewers)}.values())[::-1] if reviewers else ("",)
    beforehand = [Beforehand(known.submissions, known.previous, name, tuple(dict.fromkeys(leads))) for name in names]
    if not any(True for one in beforehand for _ in one.forms(of)):
        return []
    with whole_folder(folder, overwrite=overwrite) as temporary:
        written = assessor_template.write_assessor_templates(
            *(of, known.units, temporary),
            standards=partial(standard, of),
            lang=lang,
            beforehand=beforehand,
        )
        keep_inputs([folder / path.name for path in written], inputs)
    return [folder / path.name for path in written]


def changes_workbook(of: Tree, units: Roster, changes: Sequence[Change], lang: Language = Language.ZH) -> bytes:
    """复核改分 with these changes filled in: the same changes, the same bytes. Raises ``CannotWriteError``."""
    with temporary_folder("lawgov-changes-") as folder, refusing(folder):
        path = folder / f"changes{SUFFIX}"
        assessor_template.write_changes(of, units, changes, path, standards=partial(standard, of), lang=lang)
        return path.read_bytes()

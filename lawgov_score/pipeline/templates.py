"""Blank workbooks: one per unit, and those that the office itself keeps."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from lawgov_score.explanation.standard import standard
from lawgov_score.files import file_names, keep_inputs, keep_others, possible_names, whole_folder
from lawgov_score.model import Roster, Tree
from lawgov_score.pipeline.progress import Progress
from lawgov_score.wording import Language
from lawgov_score.workbook.office import template as assessor_template
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
            template.write_template(of, unit, temporary / name, standards=partial(standard, of), lang=lang)
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
        written = assessor_template.write_assessor_templates(
            of, units, temporary, standards=partial(standard, of), lang=lang
        )
        keep_inputs([folder / path.name for path in written], inputs)
    return [folder / path.name for path in written]

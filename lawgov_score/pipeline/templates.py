"""Blank workbooks: one per unit, and those that the office itself keeps."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lawgov_score.explanation.standard import standard
from lawgov_score.files import file_names, keep_inputs, whole_folder
from lawgov_score.model import Roster, Tree
from lawgov_score.pipeline.progress import Progress
from lawgov_score.wording import Language
from lawgov_score.workbook.office import template as assessor_template
from lawgov_score.workbook.template import template


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

    Never replaces one of ``inputs``; replaces other existing workbooks that differ only with ``overwrite``.
    """
    names = file_names([unit.code for unit in units], ".xlsx")
    keep_inputs([folder / name for name in names], inputs)
    with whole_folder(folder, overwrite=overwrite) as temporary:
        for unit, name in watch(tuple(zip(units, names, strict=True)), "template"):
            template.write_template(of, unit, temporary / name, standards=partial(standard, of), lang=lang)
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
        written = assessor_template.write_assessor_templates(
            of, units, temporary, standards=partial(standard, of), lang=lang
        )
        keep_inputs([folder / path.name for path in written], inputs)
    return [folder / path.name for path in written]

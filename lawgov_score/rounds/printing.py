"""Blank workbooks of a round: printed by its tree and its units as they are now, and by what was sent."""

from collections.abc import Sequence
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import Progress
from lawgov_score.rounds.answered import read_for_office
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import Run


def unit_workbooks(
    data: Data, round_: Round, folder: Path, lang: Language, watch: Progress, *, overwrite: bool = False
) -> list[Path]:
    """A blank workbook for every unit, in ``folder``. Raises ``RefusedError``, ``CannotWriteError``."""
    scheme = scheme_of(data, round_)
    return pipeline.write_templates(scheme.tree, scheme.units, folder, lang, watch, overwrite=overwrite)


def office_workbooks(
    data: Data,
    round_: Round,
    folder: Path,
    run: Run,
    lang: Language,
    leads: Sequence[str] = (),
    reviewers: Sequence[str] = (),
    *,
    overwrite: bool = False,
) -> list[Path]:
    """The office's own, with what units sent and last year's results; what is wrong in either was told on receipt.

    ``leads``, ``reviewers``: as ``write_assessor_templates``. Raises ``RefusedError``, ``CannotWriteError``.
    """
    scheme = scheme_of(data, round_)
    known = read_for_office(data, plain_names(data, round_), scheme, run)
    return pipeline.write_assessor_templates(
        scheme.tree, known, folder, lang, leads=leads, reviewers=reviewers, overwrite=overwrite
    )

"""What every command of a round shares: its first argument, and an open data folder or a plain word on why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.streams import OutputFolder
from lawgov_score.wording import Language

if TYPE_CHECKING:
    from lawgov_score.rounds.data import Data

_OF_THE_EXTRA = frozenset({"django", "cryptography", "cheroot", "whitenoise", "django_htmx"})


def data_argument(lang: Language) -> click.Argument:
    """DATA: the folder of the round."""
    return click.Argument(["folder"], type=OutputFolder(lang), metavar="DATA")


@contextmanager
def needing_rounds() -> Iterator[None]:
    """For the import of ``rounds``: raises ``RefusedError`` (R207) where what it needs is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in _OF_THE_EXTRA:
            raise
        from lawgov_score.catalogue import Code
        from lawgov_score.problems import Problem, RefusedError, TextPlace

        raise RefusedError(Problem(Code.R207, TextPlace("lawgov-score round"), {"found": name})) from error


@contextmanager
def open_round(folder: Path) -> Iterator["Data"]:
    """The data folder for the block. Raises ``RefusedError``; import of ``rounds`` is only within the block."""
    with needing_rounds():
        from lawgov_score.rounds.data import opened
    with opened(folder) as data:
        yield data

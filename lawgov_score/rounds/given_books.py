"""Workbooks that the office hands in: the name under which each counts, and those that cannot be read."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.files import file_names
from lawgov_score.problems import CellPlace, Problem, RefusedError, display_path
from lawgov_score.rounds.folder import DECISIONS
from lawgov_score.rounds.handed_in import refuse_too_much
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large


@dataclass(frozen=True, slots=True)
class Given:
    """A workbook that the office hands in: its name as given, and its content.

    ``is_ours``: this program wrote it, of what was entered by hand.
    """

    shown: str
    content: bytes
    is_ours: bool = False


def read_given(paths: Sequence[Path]) -> tuple[dict[str, Given], tuple[Problem, ...]]:
    """Files by the name they get in ``office/``, and problems of those that cannot be read.

    Raises ``RefusedError``: R236 where two would have one name, or one that of the workbook of decisions, which is
    written by ``deciding`` alone; R315 too large together.
    """
    refuse_too_much(paths)
    books: dict[str, Given] = {}
    problems: list[Problem] = []
    for path in paths:
        shown = display_path(path)
        name = book_name(path.name)
        if name.casefold() == DECISIONS:
            raise RefusedError(Problem(Code.R236, CellPlace(shown), {"name": name}))
        if name in books:
            place = CellPlace(shown)
            raise RefusedError(Problem(Code.R236, place, {"name": name}, (CellPlace(books[name].shown),)))
        try:
            books[name] = Given(shown, read_whole(path, MOST_BYTES))
        except NoFileError as error:
            problems.append(Problem(Code.S101, CellPlace(shown), {"found": error.what}))
        except TooLargeError as error:
            problems.append(too_large(shown, error.size))
        except OSError as error:
            problems.append(Problem(Code.S101, CellPlace(shown), {"found": reason_of(error)}))
    return books, tuple(problems)


def book_name(name: str) -> str:
    """The name of a workbook in ``office/``: one that every system can have, always the same for the same name."""
    stem, dot, suffix = unicodedata.normalize("NFC", name).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    (safe,) = file_names([stem], f".{suffix.lower()}" if suffix.isalnum() else "")
    return safe

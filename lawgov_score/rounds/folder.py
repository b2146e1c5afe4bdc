"""The plain folder of a round: the files that count now, under the names that runs, publications and exports use.

Received workbooks stand under their units' codes, whatever their senders called them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.files import file_names
from lawgov_score.inside import is_inside
from lawgov_score.pipeline.plain_folder import NOTICE, OFFICE, PREVIOUS, RECEIVED, ROSTER, TREE, WEIGHTS
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import OUTSIDE, names_in
from lawgov_score.rounds.models import OfficeBook, Round, Submission
from lawgov_score.rounds.status import versions_in_force
from lawgov_score.workbook.forms.office import ANSWERS, CHANGES, MARKS, REGISTER, RULINGS

_WORKBOOK = ".xlsx"
DECISIONS = "decisions.xlsx"  # in office/: scores that decisions on objections changed, written by ``deciding`` alone
BY_HAND: Mapping[str, str] = MappingProxyType(  # in office/, by the key of the form: what is entered by hand
    {form.key: f"{form.name.zh}-手工.csv" for form in (MARKS, CHANGES, RULINGS, REGISTER, ANSWERS)}
)


def plain_folder(data: Data, round_: Round) -> dict[str, bytes]:
    """What counts now, by name: see ``pipeline.plain_folder``. Raises ``RefusedError`` (R205)."""
    return {name: data.store.read(sha256) for name, sha256 in plain_names(data, round_).items()}


def plain_names(data: Data, round_: Round) -> dict[str, str]:
    """The same, each name with the sha256 of its content: what a run's manifest says. Sorted by name."""
    names = {f"{TREE}/{name}": sha256 for name, sha256 in names_in(data, round_.tree).items()}
    names[ROSTER] = round_.roster.sha256
    names |= {f"{RECEIVED}/{name}": one.file.sha256 for name, one in received(round_).items()}
    names |= {f"{OFFICE}/{name}": book.file.sha256 for name, book in books_in_force(round_).items()}
    if round_.previous is not None:
        names |= {f"{PREVIOUS}/{name}": sha256 for name, sha256 in names_in(data, round_.previous).items()}
    for name, file in ((WEIGHTS, round_.weights), (NOTICE, round_.notice_told or round_.notice)):
        if file is not None:
            names[name] = file.sha256
    if outside := [name for name in names if not is_inside(name)]:  # the database may have come with a backup
        raise RefusedError(data.store.problem(names[outside[0]], OUTSIDE(name=outside[0])))
    return dict(sorted(names.items()))


def received(round_: Round) -> dict[str, Submission]:
    """The versions in force by the name of their file: ``<unit code>.xlsx``; of units that have not ended.

    Codes that no file can have, or that two share where case is ignored, get a few more letters (``file_names``).
    """
    units = [unit for unit in round_.units.order_by("place") if unit.ended_at is None]
    in_force = versions_in_force(round_)
    names = file_names([unit.code for unit in units], _WORKBOOK)
    return {name: in_force[unit.pk] for name, unit in zip(names, units, strict=True) if unit.pk in in_force}


def books_in_force(round_: Round) -> dict[str, OfficeBook]:
    """The office's workbooks by name: of each name the newest, unless that took it back."""
    return {name: book for name, book in newest_books(round_).items() if not book.withdrawn}


def newest_books(round_: Round) -> dict[str, OfficeBook]:
    """The newest under each name, those that were taken back too."""
    books = round_.office_books.filter(replaced_by=None).select_related("file").order_by("pk")
    return {book.name: book for book in books}

"""Makes a round: its folder, its key, its tables, tree and roster by fingerprint, and a row for each unit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction

from lawgov_score import __version__, pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole
from lawgov_score.carried import tree_at
from lawgov_score.catalogue import Code
from lawgov_score.inside import is_inside
from lawgov_score.model import Roster, Tree
from lawgov_score.pipeline.plain_folder import ROSTER
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path, is_error
from lawgov_score.rounds.carrying import Last, last_round, read_results, take_over
from lawgov_score.rounds.data import KEY, Data, opened
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.events import record
from lawgov_score.rounds.holidays import fill_in_official
from lawgov_score.rounds.kept import keep, keep_folder, list_of
from lawgov_score.rounds.models import Holiday, Person, Round, Seat, Unit
from lawgov_score.rounds.names import FileKind, Role
from lawgov_score.rounds.receipts import make_key, public_key, short
from lawgov_score.rounds.whole import refuse_if_not_empty, whole_data
from lawgov_score.wording import Words
from lawgov_score.workbook.package.guard import MOST_BYTES

OFFICE, LEADER = "office", "leader"  # accounts of the two seats that every round has from the beginning
_PEOPLE = ((OFFICE, "考核办", Role.OFFICE), (LEADER, "领导", Role.LEADER))
_NO_NAME = Words("这个文件名在有的系统上不能用", "a name that no file can have on some systems")
CHANGED = Words("读的时候又变了", "it changed while it was read")


@dataclass(frozen=True, slots=True)
class Given:
    """The office's files of a new round, read once: what was loaded is what is kept."""

    tree: Mapping[str, bytes]
    roster: bytes
    roster_name: str
    weights: bytes | None = None
    notice: bytes | None = None

    def contents(self) -> Iterator[bytes]:
        """All of them, and the list of the tree's."""
        yield from self.tree.values()
        yield list_of(self.tree)
        yield from (one for one in (self.roster, self.weights, self.notice) if one is not None)


@dataclass(frozen=True, slots=True)
class Created:
    """A round that was made; ``key``: the short form of its public key, for the notice; ``last``: the one before."""

    code: str
    title: str
    year: int
    units: int
    key: str
    roster: Roster
    last: Last | None = None


def create_round(
    folder: Path,
    tree: Path,
    roster: Path,
    year: int | None,
    *,
    now: datetime,
    weights: Path | None = None,
    notice: Path | None = None,
    previous: Path | None = None,
    disk: Disk = DISK,
) -> tuple[Created | None, tuple[Problem, ...]]:
    """Makes a round in ``folder`` and tells of it, or gives None and the problems of tree, roster or notice.

    ``year``: the tree's own where none is named. ``previous``: the data folder of the round before, or its results
    (``carrying``). The folder appears whole or not at all. Afterwards no data folder is open but the one that was
    before. Raises ``RefusedError`` (R204, R210; R238, R239 of the round before), ``CannotWriteError``.
    """
    refuse_if_not_empty(folder)
    last = None if previous is None else last_round(previous)
    given = read_given(tree, roster, weights, notice)
    loaded, problems = pipeline.load_tree(tree, weights)
    if loaded is None:
        return None, problems
    units, roster_problems = pipeline.load_roster(roster, loaded)
    _, notice_problems = pipeline.load_notice(notice)
    problems = (*problems, *roster_problems, *notice_problems)
    if not units or any(map(is_error, (*roster_problems, *notice_problems))):
        return None, problems
    assessed = loaded.year if year is None else year
    if last is not None:
        if last.year is not None and last.year >= assessed:
            figures = {"expected": str(assessed), "found": str(last.year)}
            raise RefusedError(Problem(Code.R239, TextPlace(last.shown), figures))
        can_be_read, of_previous = read_results(last, loaded, units)
        problems = (*problems, *of_previous)
        if not can_be_read or any(map(is_error, of_previous)):
            return None, problems
    table = table_of(given, roster, loaded, units)
    if read_given(tree, roster, weights, notice) != given:
        raise unreadable(tree, CHANGED)
    with whole_data(folder, disk) as whole:
        made = whole.made
        make_key(made / KEY, disk)
        of_last = () if last is None else last.files.values()
        for content in (
            *given.contents(),
            table,
            *of_last,
        ):  # before the tables, which take a second: a full disk is told
            Data(made, disk).store.keep(content)
        with opened(made, disk=disk, is_new=True) as data, whole.rows():
            code = _fill(data, given, table, loaded, units, assessed, now, last)
    key = short(public_key(folder / KEY))
    return Created(code, loaded.title, assessed, len(units), key, units, last), problems


def code_of(tree: str, year: int) -> str:
    """What a round is called, on receipts too: the scheme and the assessed year, which its own code may name already.

    >>> code_of("county", 2026), code_of("county-2026", 2026), code_of("county-2017", 2026)
    ('county-2026', 'county-2026', 'county-2026')
    """
    return f"{re.sub(r'-[0-9]{4}$', '', tree)}-{year}"


def _fill(
    data: Data, given: Given, table: bytes, tree: Tree, roster: Roster, assessed: int, now: datetime, last: Last | None
) -> str:
    refuse_if_taken(data)
    files = {
        "tree": keep_folder(data, given.tree, FileKind.TREE, now, name="tree"),
        "roster_given": keep(data, given.roster, given.roster_name, FileKind.ROSTER, now),
        "roster": keep(data, table, ROSTER, FileKind.ROSTER, now),
        "weights": None if given.weights is None else keep(data, given.weights, "weights.yaml", FileKind.WEIGHTS, now),
        "notice": None if given.notice is None else keep(data, given.notice, "notice.yaml", FileKind.NOTICE, now),
        "previous": keep_folder(data, last.files, FileKind.OUTPUT, now, name="previous")
        if last is not None and last.files
        else None,
    }
    with transaction.atomic():
        round_ = Round.objects.create(
            code=code_of(tree.code, assessed),
            year=assessed,
            title=tree.title,
            made_at=now,
            **{name: file for name, file in files.items() if name != "roster_given"},
        )
        Unit.objects.bulk_create(
            Unit(
                round=round_,
                place=i,
                code=unit.code,
                name=unit.name,
                type=unit.type,
                cohort=unit.cohort,
                year=unit.year,
            )
            for i, unit in enumerate(roster, start=1)
        )
        fill_in_official()
        seats = [
            Seat.objects.create(
                round=round_,
                person=Person.objects.create(account=account, name=name),
                role=role.value,
                began_at=now,
            )
            for account, name, role in _PEOPLE
        ]
        after: dict[str, object] = {
            "tree": files["tree"].sha256 if files["tree"] else None,
            "roster": given.roster_name,
            "year": assessed,
            "units": len(roster),
            "engine": __version__,
            "public_key": public_key(data.folder / KEY),
        }
        if last is not None:
            after["carried"] = take_over(round_, last, roster)
        after |= {f"{name}_sha256": file.sha256 for name, file in files.items() if file is not None}
        rows = [row for model in (Unit, Person, Seat, Holiday) for row in model.objects.all()]
        record("make", round_, seats[0], now, after=after, rows=rows)
    return round_.code


def refuse_if_taken(data: Data) -> None:
    """Raises ``RefusedError`` (R210) where the database of a folder that is being made, which may be anybody's, has a
    round already.
    """
    if (there := Round.objects.first()) is not None:
        raise RefusedError(Problem(Code.R210, TextPlace(display_path(data.folder)), {"found": there.code}))


def the_round() -> Round:
    """The round of the open data folder. Raises ``RefusedError`` (R201) where it has none."""
    round_ = Round.objects.select_related("tree", "roster", "weights", "notice", "previous").first()
    if round_ is None:
        raise RefusedError(Problem(Code.R201, TextPlace(str(connections["default"].settings_dict["NAME"]))))
    return round_


def seat_of(role: Role) -> Seat:
    """The first seat of a role that has not ended: commands act as the office, and where it is needed as the leader."""
    return Seat.objects.filter(role=role.value, ended_at=None).order_by("pk")[0]


def read_given(tree: Path, roster: Path, weights: Path | None = None, notice: Path | None = None) -> Given:
    """All files, as they are now; what cannot be read is told by those who load it.

    Raises ``RefusedError`` (T101): a round goes to other machines, so its tree has names that each of them can have.
    """
    at = tree_at(tree)
    files = sorted(at.glob("*.yaml")) if at.is_dir() else [at]
    names = {path: path.name if at.is_dir() else "tree.yaml" for path in files}
    if outside := [path for path in files if not is_inside(names[path])]:
        raise unreadable(outside[0], _NO_NAME)
    return Given(
        {names[path]: _bytes(path) or b"" for path in files},
        _bytes(roster) or b"",
        f"roster{roster.suffix.lower()}",
        _bytes(weights),
        _bytes(notice),
    )


def unreadable(path: Path, found: Words) -> RefusedError:
    """A tree that cannot be read (T101)."""
    shown = display_path(path)
    return RefusedError(Problem(Code.T101, TextPlace(shown), {"name": path.name, "found": found, "carried": ""}))


def table_of(given: Given, path: Path, tree: Tree, units: Roster) -> bytes:
    """The roster as a round reads it: a .csv as it was given, a workbook as the .csv that means the same."""
    return given.roster if given.roster_name == ROSTER else pipeline.roster_table(path, tree, units)


def _bytes(path: Path | None) -> bytes | None:
    try:
        return None if path is None else read_whole(path, MOST_BYTES)
    except (OSError, NoFileError, TooLargeError):
        return None  # loading it says why

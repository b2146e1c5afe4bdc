"""A round of three units in a data folder; a disk whose n-th step fails; many threads at one database."""

import errno
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from lawgov_score.problems import TextPlace, ThingPlace
from lawgov_score.rounds.creation import create_round, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Objection, Person, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import FileKind, Role
from lawgov_score.rounds.proving_rows import Deeds, chain_problems, loose_rows, row_problems, seals_now

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # a Monday, half past nine in the office
TREE = """code: county
title: 县考核
edition: "2026"
year: 2026
points: 2
levels: [类, 小项]
unit_types: [{code: town, name: 乡镇}, {code: bureau, name: 部门}]
cohorts: [{code: all, name: 全体组, unit_types: [town, bureau]}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 类
    points: 2
    children:
      - code: "01-1"
        title: 回复率
        points: 2
        applies_to: all
        basis: 测试
        lead: [司法局]
        fields:
          - {code: done, name: 回复件数, type: count, measured_in: 件, at_most: got}
          - {code: got, name: 收到件数, type: count, measured_in: 件}
        value: done / got
        on_zero: not_applicable
        rule: {kind: proportional}
        evidence: [回复函]
"""
ROSTER = "unit,name,type\nXZ-01,东乡,town\nXZ-02,西乡,town\nBM-01,教育局,bureau\n"


def given(folder: Path) -> tuple[Path, Path]:
    """Tree and roster as files."""
    tree, roster = folder / "tree.yaml", folder / "roster.csv"
    tree.write_text(TREE, encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    return tree, roster


_MADE: list[Path] = []  # the one that every test has a copy of: to make tables takes a second


def keep_in(folder: Path) -> None:
    """Makes the round that ``make_round`` copies."""
    _MADE[:] = [_made(folder, "data", DISK)]


def make_round(folder: Path, name: str = "data", disk: Disk = DISK) -> Path:
    """A new data folder in ``folder``."""
    if disk is not DISK:
        return _made(folder, name, disk)
    return Path(shutil.copytree(_MADE[0], folder / name))


def _made(folder: Path, name: str, disk: Disk) -> Path:
    made, problems = create_round(folder / name, *given(folder), None, now=NOW, disk=disk)
    assert made is not None, problems
    return folder / name


def a_seat(round_: Round, role: Role, unit: Unit | None = None) -> Seat:
    """One more seat, of a person of its own."""
    person = Person.objects.create(account=f"p{Person.objects.count()}", name="某人")
    return Seat.objects.create(round=round_, person=person, role=role.value, unit=unit, began_at=NOW)


def a_submission(data: Data, round_: Round, unit: str = "XZ-01", n: int = 1) -> Submission:
    """A row as `round receive` makes one; the file is no workbook, which matters to nobody here."""
    of = round_.units.get(code=unit)
    content = f"{unit} {n}".encode()
    return Submission.objects.create(
        round=round_,
        unit=of,
        n=n,
        file=keep(data, content, f"{unit}.xlsx", FileKind.SUBMISSION, NOW),
        name=f"{unit}.xlsx",
        receipt="",
        engine="test",
        received_at=NOW,
    )


def an_objection(round_: Round, unit: str = "XZ-01", n: int = 1) -> Objection:
    """A row as `round object` makes one."""
    of = round_.units.get(code=unit)
    return Objection.objects.create(round=round_, n=n, unit=of, indicator="01-1", claim="漏计一件", filed_at=NOW)


def unproved(round_: Round | None = None) -> list[str]:
    """Where the open round is not what its events say: nothing after a deed that was recorded whole."""
    seals, unreadable = seals_now()
    problems = [*unreadable, *chain_problems(), *(loose := list(loose_rows()))]
    if not unreadable and not loose:
        problems += row_problems(round_ or the_round(), Deeds.read(), seals)
    return [place.path for one in problems for place in [one.place] if isinstance(place, ThingPlace | TextPlace)]


class FailingDisk(Disk):
    """Refuses its n-th step, from 1; ``steps`` says which were begun."""

    def __init__(self, at: int, number: int = errno.ENOSPC) -> None:
        self.at, self.number = at, number
        self.steps: list[str] = []

    def step(self, what: str, path: Path) -> None:
        self.steps.append(what)
        if len(self.steps) == self.at:
            raise OSError(self.number, "made to fail", str(path))


def at_once(do: Callable[[int], object], n: int) -> list[object]:
    """What ``do(i)`` gives in ``n`` threads that begin together, with connections of their own; or the error."""
    gate, found = threading.Barrier(n), dict[int, object]()

    def run(i: int) -> None:
        gate.wait()
        try:
            found[i] = do(i)
        except Exception as error:
            found[i] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[i] for i in range(n)]

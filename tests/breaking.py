"""Makes the n-th thing fail that a command asks of disk or database, whatever it is; and looks at what is left.

A thing asked: a file opened to be written, a folder made, a name given (all by Python's own audit events, so that no
writer can be forgotten), a step of the disk of a data folder (which has its syncs too), a statement that writes, a
commit.
"""

import errno
import functools
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from round_made import unproved

from lawgov_score.pipeline import feedback, plain_folder
from lawgov_score.processes import apart
from lawgov_score.rounds.data import DATABASE, opened
from lawgov_score.rounds.disk import Disk
from lawgov_score.rounds.store import Store
from lawgov_score.workbook.submission import crash_test

_MADE = {"os.mkdir": 0, "os.rename": 1, "os.link": 1, "os.truncate": 0}  # audit events: which argument is the place
_READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN")
SAID = {errno.ENOSPC: "database or disk is full", errno.EROFS: "attempt to write a readonly database"}


class Breaking:
    """Counts what is asked, from 1, and refuses number ``at``; ``asked`` says what was."""

    def __init__(self, at: int = 0, number: int = errno.ENOSPC) -> None:
        self.at, self.number = at, number
        self.asked: list[str] = []

    def counts(self, what: str) -> bool:
        """One more thing is asked: is it the one to refuse?"""
        self.asked.append(what)
        return len(self.asked) == self.at

    def of_files(self, what: str, place: str) -> None:
        """A thing asked of the disk."""
        if self.counts(f"{what} {Path(place).name}"):
            raise OSError(self.number, os.strerror(self.number), place)

    def of_database(self, what: str) -> None:
        """A thing asked of the database."""
        if self.counts(what):
            raise sqlite3.OperationalError(SAID[self.number])


_now: list[Breaking] = []  # the one that counts, where one does


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """A hook stays for the whole process; without anything that counts it does nothing."""
    if not _now:
        return
    if event == "open":
        path, mode, flags = arguments
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a file that is open already
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) if isinstance(flags, int) else "w" in (mode or "")
        if not writes:
            return
        place = os.fsdecode(path)
    elif event in _MADE:
        place = os.fsdecode(arguments[_MADE[event]])
    else:
        return
    if not place.startswith("/dev/") and "__pycache__" not in place:
        _now[-1].of_files(event, place)


@functools.cache
def _hook() -> None:
    sys.addaudithook(_audit)


@contextmanager
def breaking(one: Breaking) -> Iterator[Breaking]:
    """What is asked in the block is counted, and refused where it is to be."""
    _hook()
    step, execute, many = Disk.step, SQLiteCursorWrapper.execute, SQLiteCursorWrapper.executemany
    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def stepped(self: Disk, what: str, path: Path) -> None:
        step(self, what, path)
        if what.startswith("sync"):  # the others are audited
            one.of_files(what, str(path))

    def asked(sql: str) -> None:
        if not sql.lstrip().upper().startswith(_READS):
            one.of_database(" ".join(sql.split()[:3]))

    def executed(self: Any, query: str, params: Any = None) -> Any:
        asked(query)
        return execute(self, query, params)

    def executed_many(self: Any, query: str, param_list: Any) -> Any:
        asked(query)
        return many(self, query, param_list)

    def committed(self: Any) -> Any:
        with self.wrap_database_errors:
            one.of_database("COMMIT")
        return commit(self)

    with pytest.MonkeyPatch.context() as system:
        system.setattr(Disk, "step", stepped)
        system.setattr(SQLiteCursorWrapper, "execute", executed)
        system.setattr(SQLiteCursorWrapper, "executemany", executed_many)
        system.setattr(BaseDatabaseWrapper, "_commit", committed)
        _now.append(one)
        try:
            yield one
        finally:
            _now.pop()


# ---------------------------------------------------------------- the engine, once for the same inputs


@contextmanager
def unseen() -> Iterator[None]:
    """What a process of its own would ask is not counted."""
    held, _now[:] = _now[:], []
    try:
        yield
    finally:
        _now[:] = held


class NoPool:
    """In place of worker processes, which take a second to begin."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> "NoPool":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, work: Callable[[object], bytes], items: Sequence[object], _: int = 1) -> Iterator[bytes]:
        """Here, one after the other."""
        for item in items:
            with unseen():
                done = work(item)
            yield done


_done: dict[str, tuple[dict[str, bytes], dict[str, Any]]] = {}


def remembered(run: Any) -> dict[str, Any]:
    """In place of ``plain_folder.in_a_child``: the same inputs are scored once, and nothing is counted."""
    with unseen():
        key = hashlib.sha256(repr(replace(run, given="", written="", since=str(bool(run.since)))).encode())
        for folder in (run.given, run.since):
            for path in sorted(Path(folder).rglob("*")) if folder else ():
                if path.is_file():
                    key.update(f"{path.relative_to(folder)} ".encode() + hashlib.sha256(path.read_bytes()).digest())
        written = Path(run.written)
        if key.hexdigest() not in _done:
            told = _in_a_child(run)
            files = {p.relative_to(written).as_posix(): p.read_bytes() for p in written.rglob("*") if p.is_file()}
            _done[key.hexdigest()] = files, told
        files, told = _done[key.hexdigest()]
        plain_folder.write_plain(files, written)
        return told


_in_a_child: Callable[[Any], dict[str, Any]] = plain_folder.in_a_child


def in_one_process(system: pytest.MonkeyPatch) -> None:
    """Whatever a deed has other processes do, this one does; what they cost has tests of its own."""
    system.setattr(sys.modules[__name__], "_in_a_child", lambda run: json.loads(run(None)))
    for module in (crash_test, feedback, apart):
        system.setattr(module, "Pool", NoPool)


# ---------------------------------------------------------------- what is left

Rows = dict[str, list[tuple[object, ...]]]


def rows_of(folder: Path) -> Rows:
    """Every row of every table of a round, but those of files, in order."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in sorted(names) if name.startswith("rounds_") and name != "rounds_file"]
        return {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in ours}  # our names


def counts_of(rows: Rows | None) -> dict[str, int]:
    """How many rows each table has."""
    return {name: len(each) for name, each in (rows or {}).items()}


def look_over(folder: Path) -> None:
    """The chain is whole, every row is what it says, every file has its content, and nothing lies about."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        files = database.execute("SELECT sha256, size FROM rounds_file").fetchall()
    store = Store(folder / "files")
    for sha256, size in files:
        assert len(store.read(sha256)) == size
    with opened(folder):
        assert unproved() == []
    assert left_over(folder.parent) == []


def left_over(folder: Path) -> list[str]:
    """Temporary names, here and in the folder for temporary files, that this process left."""
    mine = f"lawgov-{os.getpid()}-"
    beside = [str(path) for path in folder.rglob(".lawgov-*") if mine in path.name]
    return beside + [name for name in os.listdir(tempfile.gettempdir()) if mine in name]


def a_copy(folder: Path, to: Path) -> Path:
    """A data folder, copied as it lies there."""
    return Path(shutil.copytree(folder, to))

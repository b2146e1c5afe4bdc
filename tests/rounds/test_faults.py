"""Whatever disk or database refuse in the middle of a deed: a word on it, nothing half done, and again it goes well.

All that a deed asks, with both refusals, and its processes: ``tests/acceptance/test_every_fault.py``.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from breaking import in_one_process
from calls import run
from deeds import DATA, DEEDS, READ_ONLY, Begun, Deed, begin, quick, refused_at
from django.db.backends.signals import connection_created
from test_cli import Captured

from lawgov_score.cli.commands import round as round_
from lawgov_score.cli.options import Maker
from lawgov_score.rounds import data as of_data
from lawgov_score.rounds.data import DATABASE
from lawgov_score.wording import Language

_HERE = [deed for deed in DEEDS if deed.name != "next"]  # which is new, and more: acceptance has it
_WRITING = [deed for deed in DEEDS if deed.writes_rows]


@pytest.fixture(scope="module", params=_HERE, ids=lambda deed: deed.name)
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begun]:
    deed: Deed = request.param
    with pytest.MonkeyPatch.context() as system, quick(system):
        in_one_process(system)
        yield begin(deed, tmp_path_factory.mktemp(deed.name))


of_writing = pytest.mark.parametrize("begun", _WRITING, ids=lambda deed: deed.name, indirect=True)


def test_every_command_of_a_round_is_a_deed_or_only_reads() -> None:
    of_round = round_.command(Maker(Language.ZH))
    assert isinstance(of_round, click.Group)
    assert {deed.command for deed in DEEDS} | READ_ONLY == set(of_round.commands)
    assert not {deed.command for deed in DEEDS} & READ_ONLY


def test_what_is_refused_leaves_nothing_half_done(begun: Begun, tmp_path: Path, capsys: Captured) -> None:
    for at in begun.points():
        number = (errno.ENOSPC, errno.EROFS)[at % 2]
        refused_at(begun, at, number, tmp_path / str(at), capsys)


@of_writing
def test_a_busy_database(begun: Begun, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = of_data._database

    def impatient(folder: Path, wait: float, *, is_new: bool) -> dict[str, Any]:
        return settings(folder, min(wait, 0.02), is_new=is_new)

    root = begun.again(tmp_path / "root")
    holder = sqlite3.connect(root / DATA / DATABASE, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        with monkeypatch.context() as system:
            system.setattr(of_data, "_database", impatient)
            capsys.readouterr()
            assert run(*begun.words(root)) == 2
        assert "R203" in "".join(capsys.readouterr())
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    assert "after in DATA" not in begun.judge(root)
    assert run(*begun.words(root)) == 0
    assert "before" not in begun.judge(root)


@contextmanager
def told_to(*pragmas: str) -> Iterator[None]:
    """Every connection begins with these."""

    def tell(connection: Any, **_: object) -> None:
        with connection.cursor() as cursor:
            for pragma in pragmas:
                cursor.execute(pragma)

    connection_created.connect(tell)
    try:
        yield
    finally:
        connection_created.disconnect(tell)


@of_writing
def test_a_database_that_is_full(begun: Begun, tmp_path: Path, capsys: Captured) -> None:
    """SQLite's own refusal, at every number of pages until there is room."""
    pages = _pages(begun.root / DATA / DATABASE)
    for more in range(0, 400, 8):
        root = begun.again(tmp_path / str(more))
        capsys.readouterr()
        with told_to(f"PRAGMA max_page_count = {pages + more}"):
            code = run(*begun.words(root))
        said, found = "".join(capsys.readouterr()), begun.judge(root)
        if code == 0:
            assert "before" not in found
            break
        assert (code, "O102" in said) == (2, True), (more, said)
        assert "after in DATA" not in found, more
        assert run(*begun.words(root)) == 0, more
        assert "before" not in begun.judge(root), more
    assert code == 0
    assert more > 0


def _pages(path: Path) -> int:
    database = sqlite3.connect(path)
    try:
        for wish in ("journal_mode = DELETE", "page_size = 512"):  # small pages leave little room in the last of each
            database.execute(f"PRAGMA {wish}")
        database.execute("VACUUM")
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        return int(pages)
    finally:
        database.close()


@of_writing
def test_a_database_that_may_only_be_read(begun: Begun, tmp_path: Path, capsys: Captured) -> None:
    root = begun.again(tmp_path / "root")
    capsys.readouterr()
    with told_to("PRAGMA query_only = ON"):
        assert run(*begun.words(root)) == 2
    assert "O101" in "".join(capsys.readouterr())
    assert "after in DATA" not in begun.judge(root)
    assert run(*begun.words(root)) == 0
    assert "before" not in begun.judge(root)

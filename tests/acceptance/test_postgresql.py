"""A round on PostgreSQL: the same races, moves and chain as on SQLite. CI installs a server (``.ci/witnesses``).

The server is this test's own: a folder of its own, the loopback alone, ended with the test.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import races
from calls import run
from round_books import answered
from round_made import NOW, given

from lawgov_score.rounds.creation import create_round
from lawgov_score.rounds.data import SETTING, opened
from lawgov_score.rounds.events import broken_links
from lawgov_score.rounds.models import Event


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


PROGRAMS = _programs()
IS_THERE = PROGRAMS is not None and find_spec("psycopg") is not None
pytestmark = pytest.mark.skipif(
    not IS_THERE and os.environ.get("CI") != "true",
    reason="PostgreSQL and psycopg are not both here: .ci/witnesses installs one, pip the other",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server without databases of anybody's."""
    assert IS_THERE, "CI has to have PostgreSQL and psycopg"
    assert PROGRAMS is not None
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = "postgres" if os.getuid() == 0 else None  # it does not run as root
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*words: str) -> None:
        subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    place = str(folder / "data")
    call(f"{PROGRAMS}/initdb", "-D", place, "-A", "trust", "-U", "lawgov", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    call(f"{PROGRAMS}/pg_ctl", "-D", place, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://lawgov@127.0.0.1:{port}"
    finally:
        call(f"{PROGRAMS}/pg_ctl", "-D", place, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(server: str, name: str) -> Iterator[str]:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # a name of ours
    yield f"{server}/{name}"


@pytest.fixture
def folder(
    server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A data folder whose rows are on the server."""
    with _database(server, request.node.name[:60]) as address:
        monkeypatch.setenv(SETTING, address)
        made, problems = create_round(tmp_path / "data", *given(tmp_path), None, now=NOW)
        assert made is not None, problems
        yield tmp_path / "data"


def test_of_320_events_none_is_lost(folder: Path) -> None:
    with opened(folder):
        races.many_events()


def test_of_eight_presses_one_moves(folder: Path) -> None:
    with opened(folder):
        races.many_presses()


def test_one_file_that_comes_twice_at_once(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as data:
        races.many_presses()
        races.one_file_twice(data, tmp_path)


def test_commands_go_there_too(folder: Path, tmp_path: Path) -> None:
    assert run("round", "move", str(folder), "open", "--why", "开始") == 0
    (tmp_path / "XZ-01.xlsx").write_bytes(answered("XZ-01", 1, 10))
    assert run("round", "receive", str(folder), str(tmp_path / "XZ-01.xlsx")) == 0
    assert run("round", "run", str(folder), "--kind", "final") == 0
    assert run("round", "verify", str(folder)) == 0
    with opened(folder):
        assert Event.objects.filter(act__in=["move", "receive", "run"]).count() == 3
        assert list(broken_links()) == []
    assert not (folder / "round.sqlite3").exists()

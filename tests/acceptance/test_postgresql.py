"""A round on PostgreSQL: the same races as on SQLite, and a year by the commands of docs/round.zh-CN.md.

CI installs a server (``.ci/witnesses``). It is this test's own: a folder of its own, the loopback alone, ended with
the test. It refuses to run as root, so that root starts it as another user.
"""

import errno
import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import long_names
import pytest
import races
from calls import run
from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper as DatabaseWrapper
from long_names import LONG
from objections_made import come_to, in_this_process
from round_books import sent
from round_full import fill_all
from round_made import NOW, ROSTER, at_once, given, unproved
from round_published import came, remember
from test_cli import Captured
from test_round_doc import CODES, ENDS, PAGE, a_year, files, in_order

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import exporting, importing, rows
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import DATABASE, SETTING, SETTING_FILE, opened
from lawgov_score.rounds.disk import DISK, Disk
from lawgov_score.rounds.events import broken_links, record
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.jobs import end, take
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Event, File
from lawgov_score.rounds.names import FileKind, Role, RoundState, SubmissionState
from lawgov_score.rounds.states import move
from lawgov_score.temporary import this_process


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


def _database(server: str, name: str) -> str:
    """The address of a new database."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # a name of ours
    return f"{server}/{name}"


@pytest.fixture
def folder(server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose rows are on the server."""
    with monkeypatch.context() as setting:
        setting.setenv(SETTING, _database(server, request.node.name[:60]))
        made, problems = create_round(tmp_path / "data", *given(tmp_path), None, now=NOW)
    assert made is not None, problems
    return tmp_path / "data"


def test_of_320_events_none_is_lost(folder: Path) -> None:
    with opened(folder):
        races.many_events()


def test_of_eight_presses_one_moves(folder: Path) -> None:
    with opened(folder):
        races.many_presses()


def test_forms_and_work_of_the_desk(folder: Path) -> None:
    """One form does one thing, each job has one worker, and what a dead one had is begun again once."""
    with opened(folder) as data:
        races.one_form()
        races.one_job(data)
        job = take(this_process(), NOW)
        assert job is not None
        end(data, job, {}, (), NOW)
        races.each_job_once(data)
        races.one_recovery(data)


def test_what_many_send_at_once(folder: Path, tmp_path: Path) -> None:
    """One file twice: one submission. Several of one unit: a number each."""
    with opened(folder) as data:
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", NOW, also={"submit_by": NOW + timedelta(7)})
        races.one_file_twice(data, tmp_path)
    with opened(folder) as data:
        races.many_tries(data, tmp_path, first=2)


def test_objections_runs_and_publications_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are each once; of several who decide, or publish, one does."""
    in_this_process(monkeypatch)
    with opened(folder) as data:
        came(data, the_round(), "XZ-01", 9)
        come_to(the_round(), RoundState.OBJECTIONS)
        races.many_objections(data)
        races.one_decision(data)
        come_to(the_round(), RoundState.FINAL)
        races.many_runs(data, monkeypatch)
        races.one_publication(data)


def _another(folder: Path, server: str, name: str, setting: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet, whose rows will be in a database of their own."""
    setting.setenv(SETTING, _database(server, name))
    return folder / name


class _NoName(Disk):
    """Refuses to give a new data folder its name, the first time."""

    def __init__(self, what: str) -> None:
        self.what, self.refused = what, 0

    def step(self, what: str, path: Path) -> None:
        if what == self.what and path.name in {"made", "taken"} and not self.refused:
            self.refused += 1
            raise OSError(errno.ENOSPC, "made to fail", str(path))


@pytest.mark.parametrize("what", ["rename", "sync_folder"])
def test_a_round_that_cannot_have_its_name_leaves_no_row(
    server: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """`round new` and `round import`: the next try finds the database as empty as the first."""
    with opened(folder) as data:
        export_round(data, the_round(), tmp_path / "out")
    made = _another(tmp_path, server, f"made-{what}", monkeypatch).with_name("made")
    for disk in (_NoName(what), DISK):
        with pytest.raises(CannotWriteError) if disk is not DISK else nullcontext():
            assert create_round(made, *given(tmp_path), 2027, now=NOW, disk=disk)[0] is not None
        assert made.exists() == (disk is DISK)
    taken = _another(tmp_path, server, f"taken-{what}", monkeypatch).with_name("taken")
    for disk in (_NoName(what), DISK):
        with pytest.raises(CannotWriteError) if disk is not DISK else nullcontext():
            import_round(tmp_path / "out", taken, now=NOW, disk=disk)
        assert taken.exists() == (disk is DISK)
    for each in (made, taken):
        with opened(each):
            assert the_round().units.count() == 3
            assert unproved() == []


def test_a_round_whose_end_the_database_refuses_leaves_no_folder(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was renamed already: the commit is what comes last."""
    made = _another(tmp_path, server, "no-commit", monkeypatch)
    commit = DatabaseWrapper.commit

    def refused(self: DatabaseWrapper) -> None:
        if made.exists():
            raise OperationalError("the connection is lost")
        commit(self)

    monkeypatch.setattr(DatabaseWrapper, "commit", refused)
    with pytest.raises(OperationalError, match="is lost"):
        create_round(made, *given(tmp_path), None, now=NOW)
    assert not made.exists()
    monkeypatch.setattr(DatabaseWrapper, "commit", commit)
    assert create_round(made, *given(tmp_path), None, now=NOW)[0] is not None


def test_an_import_that_is_refused_leaves_no_row(
    server: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proved in the transaction that adds it: what does not hold was never there."""
    with opened(folder) as data:
        export_round(data, the_round(), tmp_path / "out")
    taken = _another(tmp_path, server, "refused", monkeypatch)
    with monkeypatch.context() as then:
        found = Problem(Code.R205, TextPlace("x"), {"sha256": "", "found": "x"})
        then.setattr(importing, "_not_the_same", lambda *_: [found])
        with pytest.raises(RefusedError):
            import_round(tmp_path / "out", taken, now=NOW)
    assert not taken.exists()
    import_round(tmp_path / "out", taken, now=NOW)
    with opened(taken):
        assert unproved() == []


def test_what_comes_while_an_export_reads_is_no_part_of_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of a deed has its row before the deed; and nobody waits for the other."""
    read = rows.rows

    def slowly(own: Collection[str], seq: int) -> Iterator[str]:
        lines = list(read(own, seq))
        at_once(lambda _: keep(data, b"came meanwhile", "x", FileKind.EVIDENCE, NOW), 1)
        at_once(lambda _: _noted(), 1)
        return iter(lines)

    with opened(folder) as data:
        monkeypatch.setattr(exporting, "rows", slowly)
        export_round(data, the_round(), tmp_path / "out")
        assert File.objects.filter(name="x").exists()
        assert Event.objects.filter(act="note").exists()
    import_round(tmp_path / "out", tmp_path / "in-files", now=NOW)
    with opened(tmp_path / "in-files"):
        assert not Event.objects.filter(act="note").exists()


def _noted() -> None:
    with transaction.atomic():
        record("note", the_round(), seat_of(Role.OFFICE), NOW)


def test_long_names_come_and_go(server: str, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every column takes 400 letters; and a round with such a unit, made on SQLite, comes here and goes back."""
    remember(monkeypatch)
    with opened(folder) as data:
        fill_all(data)
        long_names.all_take_them()
    (tmp_path / "long").mkdir()
    code = LONG[:200]  # no roster may have a longer one
    tree, roster = given(tmp_path / "long")
    roster.write_text(ROSTER.replace("XZ-01", code).replace("东乡", code), encoding="utf-8")
    assert create_round(tmp_path / "files", tree, roster, None, now=NOW)[0] is not None
    with opened(tmp_path / "files") as data:
        one = sent(data, the_round(), code, b"no workbook", f"{LONG}.xlsx")
        with transaction.atomic():
            record("receive", one, seat_of(Role.OFFICE), NOW)
        move(one, SubmissionState.RETURNED, 1, seat_of(Role.OFFICE), LONG, NOW)
        export_round(data, the_round(), tmp_path / "one")
    import_round(tmp_path / "one", _another(tmp_path, server, "long-names", monkeypatch), now=NOW)
    with opened(tmp_path / "long-names") as data:
        export_round(data, the_round(), tmp_path / "two")
    assert _bytes(tmp_path / "two") == _bytes(tmp_path / "one")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("option", ["sslmode=verify-full", "sslmode=nonsense", "connect_timeout=x"])
def test_a_connection_that_cannot_be_as_it_is_asked_for_is_none(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """This server has no certificate: whoever demands one is not connected without."""
    monkeypatch.setenv(SETTING, f"{server}/postgres?{option}")
    with pytest.raises(RefusedError) as refused:
        create_round(tmp_path / "data", *given(tmp_path), None, now=NOW)
    assert refused.value.problem.code is Code.R208
    assert not (tmp_path / "data").exists()


def _last(path: Path) -> str:
    """The end of an address."""
    return path.read_text(encoding="utf-8").strip().rpartition("/")[2]


def test_a_year_by_commands(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """Every command of the page; each new folder in a database of its own, which it remembers by itself.

    `round backup` and `restore` refuse and name the tools of PostgreSQL: these then do it.
    """
    in_this_process(monkeypatch)  # what children compute has nothing to do with the server
    files(tmp_path)
    monkeypatch.chdir(tmp_path)
    commands = [line.removeprefix("lawgov-score ") for line in in_order(PAGE)]
    news = [i for i, line in enumerate(commands) if line.split()[:2] in (["round", "new"], ["round", "import"])]
    setting = {i: _database(server, f"year-{i}") for i in news}
    said: dict[str, str] = {}
    counts: dict[str, int] = {}
    monkeypatch.setenv(SETTING, setting[0])
    for i, (command, kind, ended, text) in enumerate(a_year(CODES, monkeypatch, capsys)):
        assert command == commands[i]
        counts[kind] = counts.get(kind, 0) + 1
        expected = 2 if kind in {"backup", "restore"} else ENDS.get((kind, counts[kind]), 0)
        assert ended == expected, f"{command}\n{text}"
        assert ("R276" in text) is (expected == 2)
        said[command] = text
        following = [at for at in news if at > i]  # what is set from now on is of a folder that comes later
        monkeypatch.setenv(SETTING, setting[following[0]] if following else "postgresql://nobody@127.0.0.1:1/none")

    of_folder = {name: _last(tmp_path / name / SETTING_FILE) for name in ("考核练习", "另一台机器", "明年考核")}
    assert list(of_folder.values()) == [f"year-{i}" for i in news]
    assert not list(tmp_path.glob(f"*/{DATABASE}"))
    assert (tmp_path / "考核练习" / SETTING_FILE).stat().st_mode & 0o777 == 0o600  # it may hold a password
    assert "异议决定：2 件" in said[commands[news[-1]]]
    assert run("round", "status", "另一台机器", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "archived"
    with opened(tmp_path / "考核练习"):
        assert Event.objects.filter(act="publish").count() == 2
        assert list(broken_links()) == []

    monkeypatch.setenv(SETTING, setting[0])
    assert run("round", "new", "再来", "--tree", CODES["qujialing-2017"], "--roster", "新名册.csv") == 2
    assert "R210" in capsys.readouterr().err
    assert not (tmp_path / "再来").exists()

    again = _database(server, "again")
    subprocess.run([f"{PROGRAMS}/pg_dump", "-Fc", "-f", "round.dump", setting[0]], check=True)
    subprocess.run([f"{PROGRAMS}/pg_restore", "--no-owner", "-d", again, "round.dump"], check=True)
    shutil.copytree("考核练习", "恢复")
    Path("恢复", SETTING_FILE).write_text(again, encoding="utf-8")
    assert run("round", "verify", "恢复") == 0
    assert "2 次公布" in capsys.readouterr().out
    with opened(Path("恢复")):
        assert Event.objects.filter(act="publish").count() == 2
    monkeypatch.delenv(SETTING)
    assert run("round", "import", "归档", "在文件中") == 0  # which proves every row, file and publication
    assert Path("在文件中", DATABASE).exists()

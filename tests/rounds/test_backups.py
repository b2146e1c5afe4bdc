"""Backups: one file that is the round, and a data folder again from it, whatever anyone did to the file between.

Reaches ``rounds/whole.py``.
"""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import warnings
import zipfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connections, transaction
from round_books import answered, sent
from round_made import NOW, FailingDisk, a_submission

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.rounds import backups
from lawgov_score.rounds.backups import MANIFEST, back_up, restore
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import DATABASE, KEY, SETTING, Data, opened
from lawgov_score.rounds.events import broken_links, head, record
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.models import Event, File, Round, Seat
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.receipts import public_key


def noted(reason: str = "") -> None:
    """One more event."""
    with transaction.atomic():
        record("note", the_round(), seat_of(Role.OFFICE), NOW, reason=reason)


@pytest.fixture
def filled(data: Data, round_: Round, office: Seat) -> Round:
    for unit, content in (("XZ-01", answered("XZ-01", 9, 10)), ("XZ-02", b"\x00" * 3000)):
        one = sent(data, round_, unit, content)
        with transaction.atomic():
            record("receive", one, office, NOW, after={"sha256": one.file.sha256})
    return round_


@pytest.fixture
def backup(data: Data, filled: Round, tmp_path: Path) -> Path:
    back_up(data, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_what_is_restored_is_the_round_as_it_was(data: Data, filled: Round, backup: Path, tmp_path: Path) -> None:
    files, end, key = plain_folder(data, filled), head(), public_key(data.folder / KEY)
    done = restore(backup, tmp_path / "新" / "again")
    assert (done.round, done.seq, done.head, done.problems) == (filled.code, end.seq, end.hash, ())
    with opened(tmp_path / "新" / "again") as again:
        assert plain_folder(again, the_round()) == files
        assert head() == end
        assert list(broken_links()) == []
        assert public_key(again.folder / KEY) == key
        assert [again.store.fault(one.sha256) for one in File.objects.all()] == [None] * done.files
        noted("and the round goes on")
    assert head() == end


def test_the_same_round_gives_the_same_bytes_and_they_are_its_owners_alone(data: Data, backup: Path) -> None:
    again = back_up(data, backup.with_name("again.zip"))
    assert again.size == backup.stat().st_size
    assert backup.with_name("again.zip").read_bytes() == backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(backup) as archive:
        names = archive.namelist()
        assert names[:3] == [MANIFEST, KEY, DATABASE]
        assert names[3:] == sorted(names[3:])


def test_nothing_is_written_into_the_data_folder(data: Data, backup: Path, tmp_path: Path) -> None:
    assert not list(data.folder.rglob("*lawgov*"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "data"]


def test_a_name_that_is_taken_is_refused(data: Data, backup: Path) -> None:
    noted()
    before = backup.read_bytes()
    with pytest.raises(RefusedError) as refused:
        back_up(data, backup)
    assert refused.value.problem.code is Code.R277
    assert backup.read_bytes() == before


def test_a_folder_that_holds_anything_is_never_written_over(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    restore(backup, tmp_path / "again")  # an empty one is as good as none
    before = {path: path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()}
    with pytest.raises(RefusedError) as refused:
        restore(backup, tmp_path / "again")
    assert refused.value.problem.code is Code.R204
    assert {path: path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()} == before


def test_a_damaged_round_is_not_backed_up(data: Data, filled: Round, tmp_path: Path) -> None:
    path = data.store.path(File.objects.get(name="XZ-01.xlsx").sha256)
    path.chmod(0o644)
    path.write_bytes(b"changed")
    with pytest.raises(RefusedError) as refused:
        back_up(data, tmp_path / "backup.zip")
    assert refused.value.problem.code is Code.R205
    (data.folder / KEY).unlink()
    with pytest.raises(RefusedError) as refused:
        back_up(data, tmp_path / "backup.zip")
    assert refused.value.problem.code is Code.R209
    assert not list(tmp_path.glob("*.zip"))
    assert not list(tmp_path.glob(".lawgov*"))


def test_a_place_that_cannot_be_written_to(data: Data, filled: Round, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CannotWriteError) as refused:
        back_up(data, tmp_path / "file" / "backup.zip")
    assert refused.value.problem.code is Code.O101


def test_postgresql_has_tools_of_its_own(data: Data, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(RefusedError) as refused:
        restore(backup, data.folder.with_name("again"))
    assert refused.value.problem.code is Code.R276
    monkeypatch.setattr(backups, "connection", type("", (), {"vendor": "postgresql"}))
    with pytest.raises(RefusedError) as refused:
        back_up(data, data.folder.with_name("more.zip"))
    assert refused.value.problem.code is Code.R276


def test_it_is_one_moment_while_others_write(data: Data, filled: Round, tmp_path: Path) -> None:
    stop, failed = threading.Event(), []

    def write() -> None:
        n = 0
        try:
            while not stop.is_set():
                n += 1
                with transaction.atomic():
                    one = a_submission(data, filled, "BM-01", n)
                    record("receive", one, None, NOW, after={"sha256": one.file.sha256})
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        ends = [back_up(data, tmp_path / f"{i}.zip").seq for i in range(6)]
    finally:
        stop.set()
        writer.join()
    assert failed == []
    assert ends == sorted(ends)
    assert ends[0] < ends[-1]
    for i, end in enumerate(ends):
        assert restore(tmp_path / f"{i}.zip", tmp_path / f"again-{i}").problems == ()
        with opened(tmp_path / f"again-{i}") as again:
            assert head().seq == end
            received = Event.objects.filter(act="receive").count()
            assert the_round().submissions.count() == received
            assert all(again.store.fault(one.file.sha256) is None for one in the_round().submissions.all())


# ---------------------------------------------------------------- what anyone may have done to the file

Entries = list[tuple[str, bytes]]


def _entries(backup: Path) -> Entries:
    with zipfile.ZipFile(backup) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(entries: Entries, how: int = zipfile.ZIP_STORED, *, listed: bool = True) -> bytes:
    """A zip of these entries; ``listed``: its manifest says what they are, as far as it can."""
    of = {name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} for name, content in entries}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, given in entries:
            content = given
            if name == MANIFEST and listed:
                files = {one: said for one, said in of.items() if one != MANIFEST}
                content = canonical({**json.loads(given), "files": files}).encode()
            archive.writestr(zipfile.ZipInfo(name), content, how if name.startswith("files/") else zipfile.ZIP_STORED)
    return out.getvalue()


def _with(entries: Entries, name: str, content: bytes) -> Entries:
    return [(one, content if one == name else old) for one, old in entries]


def _database(entries: Entries, folder: Path, *statements: str) -> Entries:
    """The same with a database in which these statements were executed."""
    path = folder / "changed.sqlite3"
    path.write_bytes(dict(entries)[DATABASE])
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        for statement in statements:
            database.execute(statement)
        database.commit()
    return _with(entries, DATABASE, path.read_bytes())


def _first(entries: Entries) -> str:
    return next(name for name, _ in entries if name.startswith("files/"))


_TRIGGER = "CREATE TRIGGER t AFTER INSERT ON rounds_event BEGIN DELETE FROM rounds_event; END"
HOSTILE: dict[str, Callable[[Entries, Path], bytes]] = {
    "not a zip": lambda entries, folder: b"PK\x03\x04 nothing",
    "nothing": lambda entries, folder: b"",
    "half": lambda entries, folder: _packed(entries)[:-200],
    "no manifest": lambda entries, folder: _packed(entries[1:]),
    "manifest of a list": lambda entries, folder: _packed(_with(entries, MANIFEST, b"[]"), listed=False),
    "manifest without files": lambda entries, folder: _packed(_with(entries, MANIFEST, b'{"format":1}'), listed=False),
    "manifest of a word": lambda entries, folder: _packed(_with(entries, MANIFEST, b'{"format":"1"}'), listed=False),
    "manifest without end": lambda entries, folder: _packed(_with(entries, MANIFEST, b"[" * 99_999), listed=False),
    "manifest in no text": lambda entries, folder: _packed(_with(entries, MANIFEST, b"\xff\xfe"), listed=False),
    "out of the folder": lambda entries, folder: _packed([*entries, ("../evil", b"x")]),
    "absolute": lambda entries, folder: _packed([*entries, ("/tmp/evil", b"x")]),
    "out by way of files": lambda entries, folder: _packed([*entries, ("files/ab/../../../evil", b"x")]),
    "backslashes": lambda entries, folder: _packed([*entries, ("files\\..\\..\\evil", b"x")]),
    "a folder": lambda entries, folder: _packed([*entries, ("files/ab/", b"")]),
    "another name": lambda entries, folder: _packed([*entries, ("database", b"postgresql://elsewhere")]),
    "a bomb": lambda entries, folder: _packed(
        [*entries, (f"files/{'0' * 2}/{'0' * 64}", bytes(1 << 20))], zipfile.ZIP_DEFLATED
    ),
    "one name twice": lambda entries, folder: _packed([*entries, entries[-1]]),
    "a file changed": lambda entries, folder: _packed(_with(entries, _first(entries), b"changed")),
    "a file changed, not listed so": lambda entries, folder: _packed(
        _with(entries, _first(entries), b"changed"), listed=False
    ),
    "a file gone": lambda entries, folder: _packed([one for one in entries if one[0] != _first(entries)]),
    "a file gone, but listed": lambda entries, folder: _packed(entries[:-1], listed=False),
    "no key": lambda entries, folder: _packed([one for one in entries if one[0] != KEY]),
    "another key than listed": lambda entries, folder: _packed(_with(entries, KEY, b"key"), listed=False),
    "no database": lambda entries, folder: _packed(_with(entries, DATABASE, b"nothing")),
    "an empty database": lambda entries, folder: _packed(_with(entries, DATABASE, b"")),
    "a database that acts": lambda entries, folder: _packed(_database(entries, folder, _TRIGGER)),
    "a database with a view": lambda entries, folder: _packed(
        _database(entries, folder, "CREATE VIEW v AS SELECT * FROM rounds_event")
    ),
    "a database that lacks a table": lambda entries, folder: _packed(
        _database(entries, folder, "DROP TABLE rounds_event")
    ),
    "a database without a round": lambda entries, folder: _packed(
        _database(entries, folder, "DELETE FROM rounds_round")
    ),
}


@pytest.fixture(name="again")
def fixture_again(tmp_path: Path) -> Path:
    return tmp_path / "restored" / "again"


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_sound_backup_leaves_nothing(what: str, backup: Path, again: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name", UserWarning)  # which is what is wanted
        content = HOSTILE[what](_entries(backup), tmp_path)
    (tmp_path / "hostile.zip").write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        restore(tmp_path / "hostile.zip", again)
    assert refused.value.problem.code is Code.R275
    assert not again.exists()
    assert not list(again.parent.glob("*")) if again.parent.exists() else True
    assert not list(tmp_path.rglob("evil"))


def test_what_is_no_file_at_all(again: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.zip", tmp_path, tmp_path / "pipe"):
        with pytest.raises(RefusedError) as refused:
            restore(path, again)
        assert refused.value.problem.code is Code.R275


def test_a_later_version_is_told_as_such(backup: Path, again: Path, tmp_path: Path) -> None:
    entries = _entries(backup)
    manifest = {**json.loads(dict(entries)[MANIFEST]), "format": 2, "program": "9.0.0"}
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('rounds', '9999', '2030-01-01')"
    for content in (
        _packed(_with(entries, MANIFEST, canonical(manifest).encode()), listed=False),
        _packed(_database(entries, tmp_path, later)),
    ):
        (tmp_path / "later.zip").write_bytes(content)
        with pytest.raises(RefusedError) as refused:
            restore(tmp_path / "later.zip", again)
        problem = refused.value.problem
        assert problem.code is Code.R202
        assert isinstance(problem.place, TextPlace)
        assert problem.place.path.endswith(("later.zip", "again"))
        assert not again.exists()


def test_a_broken_chain_comes_back_as_it_was_and_is_told(backup: Path, again: Path, tmp_path: Path) -> None:
    cut = _database(_entries(backup), tmp_path, "UPDATE rounds_event SET body = '[]' WHERE seq = 2")
    (tmp_path / "cut.zip").write_bytes(_packed(cut))
    assert {one.code for one in restore(tmp_path / "cut.zip", again).problems} == {Code.R270}
    assert (again / DATABASE).is_file()


@pytest.mark.parametrize("part", range(24))
def test_a_byte_that_is_changed_is_found_or_changes_nothing(
    part: int, backup: Path, again: Path, tmp_path: Path
) -> None:
    content = bytearray(backup.read_bytes())
    at = (len(content) - 1) * part // 23
    content[at] ^= 0x10
    (tmp_path / "changed.zip").write_bytes(content)
    if (code := _refusal(tmp_path / "changed.zip", again)) is not None:
        assert code is Code.R275
        assert not again.exists()
        return
    restore(backup, tmp_path / "as-it-was")
    for path in (tmp_path / "as-it-was").rglob("*"):  # a date or a mark of the archive, which nobody reads
        if path.is_file():
            assert (again / path.relative_to(tmp_path / "as-it-was")).read_bytes() == path.read_bytes()


def _refusal(backup: Path, folder: Path) -> Code | None:
    try:
        restore(backup, folder)
    except RefusedError as refused:
        return refused.problem.code
    return None


# ---------------------------------------------------------------- no space, and kills


def test_every_step_of_restoring_that_fails_leaves_nothing(backup: Path, again: Path) -> None:
    counting = FailingDisk(9_999)
    restore(backup, again.with_name("counted"), disk=counting)
    assert len(counting.steps) > 20
    for at in range(1, len(counting.steps) + 1):
        with pytest.raises(CannotWriteError) as refused:
            restore(backup, again, disk=FailingDisk(at))
        assert refused.value.problem.code is Code.O102
        assert [path.name for path in again.parent.iterdir()] == ["counted"]
    restore(backup, again)


_CHILD = """
import os, signal, sys
from pathlib import Path
from lawgov_score.rounds import backups
from lawgov_score.rounds.data import opened

left = int(sys.argv[1])
at = {"write": (backups.zipfile.ZipFile, "writestr"), "sync": (backups.os, "fsync"), "move": (Path, "replace")}
owner, name = at[sys.argv[2]]
do = getattr(owner, name)

def counted(*args, **named):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(*args, **named)

with opened(Path(sys.argv[3])) as data:
    setattr(owner, name, counted)
    if len(sys.argv) == 5:
        backups.back_up(data, Path(sys.argv[4]))
"""


@pytest.mark.parametrize(("n", "where"), [(0, "write"), (1, "write"), (4, "write"), (0, "sync"), (0, "move")])
def test_a_kill_leaves_no_half_backup(n: int, where: str, data: Data, filled: Round, tmp_path: Path) -> None:
    target = tmp_path / "out" / "backup.zip"
    target.parent.mkdir()
    words = (sys.executable, "-c", _CHILD, str(n), where, str(data.folder), str(target))
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
    assert not target.exists()
    assert back_up(data, target).files == File.objects.count()
    assert [path.name for path in target.parent.iterdir()] == ["backup.zip"]  # what the killed one left is gone
    assert restore(target, tmp_path / "again").problems == ()

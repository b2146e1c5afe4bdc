"""Data folders: opened, brought up to date, refused; several of them in one process.

Reaches ``rounds/__init__.py`` and ``store_settings.py``.
"""

import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from round_made import NOW, FailingDisk, a_submission, at_once, make_round

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds import data as of_data
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import BACKUPS, DATABASE, Data, open_data, opened, told_plainly
from lawgov_score.rounds.models import Event, Round
from lawgov_score.wording import ByFace, Language


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder: Path, **named: float) -> Code:
    with pytest.raises(RefusedError) as caught, opened(folder, **named):  # type: ignore[arg-type]  # wait alone
        raise AssertionError("it opened")
    return caught.value.problem.code


def test_the_tables_are_those_of_the_models(data: Data) -> None:
    call_command("makemigrations", "rounds", check=True, dry_run=True, verbosity=0)  # exits where one is lacking


def test_settings_lose_nothing(data: Data) -> None:
    with connection.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}


def test_one_within_another_and_back(tmp_path: Path) -> None:
    one, two = make_round(tmp_path, "one"), make_round(tmp_path, "two")
    with opened(one) as data:
        a_submission(data, the_round())
        with opened(two):
            assert the_round().submissions.count() == 0
        assert the_round().submissions.count() == 1
    with opened(two):
        assert the_round().submissions.count() == 0


def test_a_folder_that_is_refused_leaves_the_one_that_is_open(tmp_path: Path) -> None:
    one, two = make_round(tmp_path, "one"), make_round(tmp_path, "two")
    with opened(two), connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('rounds', '9999', '2030-01-01')")
    with opened(one):
        Round.objects.update(title="one")
        with pytest.raises(RefusedError):
            open_data(two)
        assert the_round().title == "one"


def test_threads_see_the_folder_that_is_open(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with opened(make_round(tmp_path, name)) as data:
            Round.objects.update(title=data.folder.name)
            assert at_once(lambda _: Round.objects.get().title, 3) == [name] * 3


def test_nothing_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none") is Code.R201
    assert refused(tmp_path) is Code.R201
    assert list(tmp_path.iterdir()) == []  # to look at a folder makes nothing in it


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\x00\x01" * 3000])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    assert refused(tmp_path) is Code.R206


def test_a_later_version_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    folder = make_round(tmp_path)
    with opened(folder), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('rounds', '9999_later', '2030-01-01 00:00:00')"
        )
    before = bytes_of(folder)
    assert refused(folder) is Code.R202
    assert bytes_of(folder) == before


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A folder whose last step is undone: as a version before it would have left it."""
    folder = make_round(tmp_path)
    with opened(folder), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE rounds_holiday RENAME TO gone")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'rounds'")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('rounds', '0000_before', '2026-01-01 00:00:00')"
        )
    return folder


def test_before_an_older_folder_is_changed_a_copy_is_made(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Path] = []

    def migrate(self: MigrationExecutor, targets: object, plan: object) -> None:
        (copy,) = (older / BACKUPS).iterdir()
        with sqlite3.connect(copy) as made:
            assert made.execute("SELECT count(*) FROM rounds_unit").fetchone() == (3,)
        made.close()
        done.append(copy)

    monkeypatch.setattr(MigrationExecutor, "migrate", migrate)
    monkeypatch.setattr(of_data, "_later", lambda applied, known: [])
    with opened(older):
        pass
    assert len(done) == 1
    assert done[0].name.endswith("-0000_before.sqlite3")


def test_no_copy_no_change(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_data, "_later", lambda applied, known: [])
    for at in (1, 2, 2, 3):  # the folder, then sync, rename, sync of the folder
        before = (older / DATABASE).read_bytes()
        with pytest.raises(RefusedError) as caught:
            open_data(older, disk=FailingDisk(at))
        assert caught.value.problem.code is Code.O102
        assert (older / DATABASE).read_bytes() == before


def test_a_busy_database_is_said_to_be_busy(tmp_path: Path) -> None:
    folder = make_round(tmp_path)
    holder = sqlite3.connect(folder / DATABASE, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RefusedError) as caught, opened(folder, wait=0.1):
            Round.objects.create(code="x", year=2026, made_at=NOW)
        assert caught.value.problem.code is Code.R203
    finally:
        holder.close()
    with opened(folder):
        assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("database or disk is full", Code.O102),
        ("attempt to write a readonly database", Code.O101),
        ("unable to open database file", Code.O101),
        ("database disk image is malformed", Code.R206),
        ('connection to server at "10.0.0.5", port 5432 failed: Connection refused', Code.R208),
    ],
)
def test_what_the_database_refuses_has_words(tmp_path: Path, said: str, code: Code) -> None:
    with pytest.raises(RefusedError) as caught, told_plainly(tmp_path):
        raise OperationalError(said)
    assert caught.value.problem.code is code


def test_what_it_says_of_a_bug_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(OperationalError), told_plainly(tmp_path):
        raise OperationalError("no such column: x")


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.5/lawgov", "mysql://a:b@c/d", "postgresql://a:secret@h:x/d", "postgresql://h"),
        *("postgresql://a:secret@h/d#x", "postgresql://a:secret@h/d?sslmode", "postgresql://a:secret@h/d?pool=1"),
        *("postgresql://a:secret@h/d?password=secret", "postgresql://a:secret@h/d?ssl_mode=require"),
    ],
)
def test_a_setting_that_names_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(of_data.SETTING, address)
    with pytest.raises(RefusedError) as caught:
        open_data(tmp_path, is_new=True)
    assert caught.value.problem.code is Code.R208
    assert "secret" not in str(caught.value.problem.values)
    assert list(tmp_path.iterdir()) == []


def _found(folder: Path) -> dict[str, object]:
    return of_data._database(folder, 1.0, is_new=False)


def test_the_setting_may_stand_in_the_folder(tmp_path: Path) -> None:
    folder = make_round(tmp_path)
    (folder / of_data.SETTING_FILE).write_text("postgresql://u:p%40w@127.0.0.1:1/lawgov\n", encoding="utf-8")
    found = _found(folder)
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["PORT"]) == ("lawgov", "u", "p@w", "1")
    assert refused(folder) is Code.R208  # without psycopg, or without anybody who answers


def test_what_the_address_asks_for_is_asked_for(tmp_path: Path) -> None:
    """An office that demands an encrypted and proved connection has it, or none."""
    folder = make_round(tmp_path)
    asked = "sslmode=verify-full&sslrootcert=%2Fca.pem&connect_timeout=3"
    (folder / of_data.SETTING_FILE).write_text(f"postgresql://u@127.0.0.1:1/lawgov?{asked}", encoding="utf-8")
    assert _found(folder)["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca.pem", "connect_timeout": "3"}
    assert _found(folder)["NAME"] == "lawgov"


def test_a_folder_knows_its_database_whatever_the_setting_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting is this year's; last year's folder is opened beside it (`round new --previous`)."""
    folder = make_round(tmp_path)
    monkeypatch.setenv(of_data.SETTING, "postgresql://127.0.0.1:1/of-this-year")
    assert _found(folder)["NAME"] == str(folder / DATABASE)
    with opened(folder):
        assert the_round().code == "county-2026"
    (folder / DATABASE).rename(tmp_path / DATABASE)
    assert _found(folder)["NAME"] == "of-this-year"  # it has nothing of its own: the setting is all there is
    for blank in ("", " \n"):
        (folder / of_data.SETTING_FILE).write_text(blank, encoding="utf-8")
        assert _found(folder)["NAME"] == "of-this-year"
    (folder / of_data.SETTING_FILE).write_text("postgresql://127.0.0.1:1/of-last-year", encoding="utf-8")
    assert _found(folder)["NAME"] == "of-last-year"


def test_an_exported_folder_is_told_as_one_with_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(RefusedError) as refused, opened(tmp_path):
        pass
    assert refused.value.problem.code is Code.R201
    found = refused.value.problem.values["found"]
    assert isinstance(found, ByFace)
    assert "round import" in render(found.typed, Language.ZH)

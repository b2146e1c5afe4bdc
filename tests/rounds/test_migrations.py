"""A folder made by each released step of the tables opens today, with every row that it had."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from breaking import rows_of
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from round_made import NOW, make_round, unproved

from lawgov_score.rounds import data as of_data
from lawgov_score.rounds import migrations
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import BACKUPS, DATABASE, Data, opened
from lawgov_score.rounds.events import broken_links, link
from lawgov_score.rounds.jobs import begin, files_of, take
from lawgov_score.rounds.models import Event, File, Unit
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.plain import canonical
from lawgov_score.rounds.posted import new_token, once
from lawgov_score.rounds.store import sha256_of
from lawgov_score.temporary import this_process

RELEASED = {"0001_first": "e152168b2cdacdee9ed75b2447bed1542b2f1594286fa845034bdfc01313219c"}  # by 0.9.0
STEPS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "rounds")


@contextmanager
def only(folder: Path, step: str, system: pytest.MonkeyPatch) -> Iterator[MigrationExecutor]:
    """The folder with the tables of that step, as a version of then made them."""

    def up_to(_: Data) -> None:
        executor = MigrationExecutor(connection)
        executor.migrate([("rounds", step)])

    with system.context() as then:
        then.setattr(of_data, "_bring_up_to_date", up_to)
        with opened(folder, is_new=True):
            yield MigrationExecutor(connection)


@pytest.mark.parametrize("step", STEPS)
def test_what_an_earlier_version_kept_is_there(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_round(tmp_path, "whole")
    folder = tmp_path / "data"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with closing(sqlite3.connect(whole / DATABASE)) as database:
        sha256 = database.execute("SELECT sha256 FROM rounds_file").fetchall()
    with only(folder, step, monkeypatch) as executor:
        models = executor.loader.project_state([("rounds", step)]).apps
        files = models.get_model("rounds", "File").objects
        for (one,) in sha256:
            files.create(sha256=one, size=1, name="甲", kind="roster", received_at=NOW)
        first = files.all()[0]
        round_ = models.get_model("rounds", "Round").objects.create(
            code="county-2026", year=2026, title="县考核", tree=first, roster=first, made_at=NOW
        )
        models.get_model("rounds", "Unit").objects.create(round=round_, place=1, code="XZ-01", name="东乡")
        said = {"seq": 1, "at": "2026-03-02T01:30:00.000000Z", "seat": None, "act": "make", "object": "round"}
        body = canonical({**said, "before": {}, "after": {}, "reason": ""})
        models.get_model("rounds", "Event").objects.create(
            seq=1, at=NOW, act="make", object="round", body=body, prev="0" * 64, hash=link("0" * 64, body)
        )
    before = rows_of(folder)
    with opened(folder) as data:
        assert the_round().code == "county-2026"
        assert Unit.objects.get().name == "东乡"
        assert (Event.objects.count(), list(broken_links())) == (1, [])
        for file in File.objects.all():
            data.store.read(file.sha256)
    after = rows_of(folder)
    assert {name: len(rows) for name, rows in before.items()} == {name: len(after[name]) for name in before}
    assert (folder / BACKUPS).exists() == (step != STEPS[-1])


def test_the_first_step_is_among_them() -> None:
    assert STEPS[0].startswith("0001_")


@pytest.mark.parametrize(("step", "sha256"), RELEASED.items())
def test_a_released_step_is_never_changed(step: str, sha256: str) -> None:
    assert sha256_of((Path(migrations.__file__).parent / f"{step}.py").read_bytes()) == sha256


def test_the_desk_works_in_a_folder_of_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole round of 0.9.0, to which that version made the tables."""
    folder = make_round(tmp_path)
    with only(folder, "0001_first", monkeypatch) as executor:
        assert "rounds_job" not in connection.introspection.table_names()
        assert executor.loader.applied_migrations.keys() >= {("rounds", "0001_first")}
    with opened(folder) as data:
        seat = seat_of(Role.OFFICE)
        assert once(new_token(), "note", NOW, lambda: "/note") == "/note"
        job = begin(data, new_token(), "receive", {}, [("甲.xlsx", [b"1"])], seat, NOW)
        assert take(this_process(), NOW) == job
        assert [path.read_bytes() for path in files_of(data, job)] == [b"1"]
        assert unproved() == []
    assert [path.name.partition("-")[2] for path in (folder / BACKUPS).iterdir()] == ["0001_first.sqlite3"]

"""Long work: taken down once, done by one process at a time, begun again where that process dies."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import races
from django.apps import apps
from django.db import DatabaseError, transaction
from round_made import NOW, FailingDisk, unproved

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.inside import is_inside, made_safe
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.backups import back_up, restore
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import DATABASE, Data, opened
from lawgov_score.rounds.desk_models import Job, Posted
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.jobs import (
    DROPS,
    MOST_TRIES,
    LostJobError,
    begin,
    by_number,
    end,
    fail,
    files_of,
    recover,
    reporting,
    take,
    under_way,
)
from lawgov_score.rounds.models import DESK_OWN, Round, Seat, tables_of_round
from lawgov_score.rounds.names import JobState
from lawgov_score.rounds.posted import KEPT_FOR, new_token, once
from lawgov_score.rounds.rows import rows
from lawgov_score.temporary import this_process
from lawgov_score.two_languages import problem_in
from lawgov_score.wording import Language

ROOT = Path(__file__).parents[2]
QUEUED, RUNNING, DONE, FAILED = (one.value for one in JobState)
SENT = (("东乡.xlsx", (b"1", b"2")), ("西乡.xlsx", (b"3",)))


def a_job(data: Data, seat: Seat, files: tuple[tuple[str, tuple[bytes, ...]], ...] = SENT) -> Job:
    return begin(data, new_token(), "receive", {"whom": "甲"}, files, seat, NOW)


def mine(at: int = 0) -> Job:
    """The oldest that waits, taken by this process."""
    job = take(this_process(), NOW + timedelta(seconds=at))
    assert job is not None
    return job


def dropped(data: Data) -> list[str]:
    """What lies in ``drops/``."""
    folder = data.folder / DROPS
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# ---------------------------------------------------------------- taken down, and done


def test_a_job_from_its_form_to_its_end(data: Data, office: Seat) -> None:
    job = a_job(data, office)
    assert (job.state, job.act, job.values, job.seat) == (QUEUED, "receive", {"whom": "甲"}, office)
    assert dropped(data) == [job.token]
    assert (data.folder / DROPS).stat().st_mode & 0o777 == 0o700
    taken = mine(at=3)
    assert (taken, taken.state, taken.tries, taken.worker) == (job, RUNNING, 1, this_process())
    assert taken.began_at == NOW + timedelta(seconds=3)
    found = files_of(data, taken)
    assert [(path.name, path.read_bytes()) for path in found] == [("东乡.xlsx", b"12"), ("西乡.xlsx", b"3")]
    assert take(this_process(), NOW) is None
    reporting(taken)(1, 2)
    job.refresh_from_db()
    assert (job.done, job.total) == (1, 2)
    end(data, taken, {"received": 2}, (), NOW + timedelta(seconds=9))
    job.refresh_from_db()
    assert (job.state, job.outcome, job.problems, job.done) == (DONE, {"received": 2}, [], 2)
    assert job.ended_at == NOW + timedelta(seconds=9)
    assert dropped(data) == []


def test_what_has_failed_says_why_and_its_files_go(data: Data, office: Seat) -> None:
    a_job(data, office)
    place = ThingPlace("round county-2026", "轮次 county-2026")
    fail(data, mine(), [Problem(Code.R235, place)], NOW)
    (job,) = Job.objects.all()
    assert (job.state, [one["code"] for one in job.problems]) == (FAILED, ["R235"])
    assert job.problems[0]["title"] == "本轮已归档，没有改动"
    assert dropped(data) == []


def test_it_can_be_said_in_either_language(data: Data, office: Seat) -> None:
    a_job(data, office)
    fail(data, mine(), [Problem(Code.R235, ThingPlace("round a", "轮次 a"))], NOW)
    (kept,) = Job.objects.get().problems
    titles = [problem_in(kept, lang)["title"] for lang in Language]
    assert titles == ["本轮已归档，没有改动", "The round is archived: nothing was changed"]


def test_what_is_under_way_and_each_by_its_number(data: Data, office: Seat) -> None:
    done, runs, waits = (a_job(data, office, ()) for _ in range(3))
    end(data, mine(), {}, (), NOW)
    assert mine() == runs
    assert under_way() == (runs, waits)
    assert [by_number(one.n) for one in (done, waits)] == [done, waits]
    assert by_number(waits.n + 1) is None


def test_the_same_form_again_is_the_same_job_and_its_files_are_not_read(data: Data, office: Seat) -> None:
    job = a_job(data, office)

    def unread() -> Iterator[tuple[str, tuple[bytes, ...]]]:
        pytest.fail("the files are read")
        yield "甲.xlsx", ()

    for state in (QUEUED, RUNNING, DONE):
        again = begin(data, job.token, "receive", {}, unread(), office, NOW)
        assert (again, again.state) == (job, state)
        if state == QUEUED:
            mine()
        elif state == RUNNING:
            end(data, again, {}, (), NOW)
    assert Job.objects.count() == 1


@pytest.mark.parametrize(("token", "act"), [("", "receive"), ("../" + "0" * 29, "receive"), (None, "run")])
def test_a_token_that_is_none_or_of_another_form(data: Data, office: Seat, token: str | None, act: str) -> None:
    job = a_job(data, office)
    with pytest.raises(RefusedError) as refused:
        begin(data, job.token if token is None else token, act, {}, SENT, office, NOW)
    assert refused.value.problem.code is Code.R303
    assert dropped(data) == [job.token]


def test_work_is_done_in_the_order_in_which_it_came(data: Data, office: Seat) -> None:
    numbers = [a_job(data, office, ()).n for _ in range(5)]
    assert [mine().n for _ in numbers] == numbers
    assert dropped(data) == []


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("东乡.xlsx", "东乡.xlsx"),
        ("../../key", "key"),
        ("C:\\报送\\东乡.xlsx", "东乡.xlsx"),
        ("..", "_"),
        ("", "_"),
        ("CON.xlsx", "_CON.xlsx"),
        ("甲\x00乙\n.xlsx", "甲_乙_.xlsx"),
        ("a:b.xlsx", "a_b.xlsx"),
        ("\udcff.xlsx", "_.xlsx"),
        ("甲" * 300 + ".xlsx", "甲" * 65 + ".xlsx"),
        ("a" * 190 + " ." + "b" * 300, "a" * 190 + " ." + "b" * 8),
        ("a" * 199 + " " * 300 + "b", "a" * 199),
    ],
)
def test_a_file_lies_under_a_name_that_every_system_can_have(data: Data, office: Seat, sent: str, name: str) -> None:
    assert made_safe(sent) == name
    assert is_inside(name)
    job = a_job(data, office, ((sent, (b"1",)), (sent, (b"2",))))
    folder = data.folder / DROPS / job.token
    assert [path.relative_to(folder).as_posix() for path in files_of(data, job)] == [f"001/{name}", f"002/{name}"]


def test_a_thousand_files_keep_their_order(data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    job = a_job(data, office, tuple((f"{n}.xlsx", ()) for n in range(1_005)))
    assert [path.name for path in files_of(data, job)] == [f"{n}.xlsx" for n in range(1_005)]


def test_files_that_are_gone_are_missed(data: Data, office: Seat) -> None:
    job = a_job(data, office)
    files_of(data, job)[1].unlink()
    with pytest.raises(RefusedError) as refused:
        files_of(data, job)
    assert refused.value.problem.code is Code.R305


def test_wherever_the_disk_refuses_there_is_no_job_and_nothing_is_left(data: Data, office: Seat) -> None:
    whole = FailingDisk(99_999)
    a_job(Data(data.folder, whole), office)
    end(data, mine(), {}, (), NOW)
    assert whole.steps.count("rename") == 3  # of each file, and of all together
    for at in range(1, len(whole.steps) + 1):
        (data.folder / DROPS).rmdir()
        with pytest.raises(CannotWriteError):
            a_job(Data(data.folder, FailingDisk(at)), office)
        assert (Job.objects.count(), dropped(data)) == (1, [])
        (data.folder / DROPS).mkdir(exist_ok=True)


def test_files_without_a_row_are_replaced_and_those_of_nobody_are_cleared(
    data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process leaves them that was killed between the two; what another is just writing stays."""
    waits, token = a_job(data, office), new_token()
    for name in (token, new_token(), f".lawgov-{this_process()}-abcdef"):
        (data.folder / DROPS / name / "007").mkdir(parents=True)
    again = begin(data, token, "receive", {}, SENT[:1], office, NOW)
    assert [path.read_bytes() for path in files_of(data, again)] == [b"12"]
    recover(data, NOW)
    assert dropped(data) == sorted([waits.token, token, f".lawgov-{this_process()}-abcdef"])


def test_what_the_database_refuses_is_no_job(data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise DatabaseError("database or disk is full")

    token = new_token()
    with monkeypatch.context() as patch:
        patch.setattr(Job.objects, "create", refused)
        with pytest.raises(DatabaseError):
            begin(data, token, "receive", {}, SENT, office, NOW)
    assert Job.objects.count() == 0
    assert len(files_of(data, begin(data, token, "receive", {}, SENT, office, NOW))) == 2
    recover(data, NOW)
    assert dropped(data) == [token]


# ---------------------------------------------------------------- how far it is


def test_how_far_it_is_is_written_twice_a_second_at_most(
    data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_job(data, office)
    job, clock, written = mine(), [100.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    report = reporting(job)
    for n in range(1, 41):
        report(n, 40)
        job.refresh_from_db()
        written.append(job.done)
        clock[0] += 0.125
    assert sorted(set(written)) == [1, 5, 9, 13, 17, 21, 25, 29, 33, 37]
    assert job.seen_at is not None
    assert job.seen_at > NOW


def test_within_a_transaction_nothing_is_written(data: Data, office: Seat) -> None:
    """It would be seen by nobody, and undone with the deed."""
    a_job(data, office)
    job = mine()
    report = reporting(job)
    with transaction.atomic():
        report(1, 2)
    job.refresh_from_db()
    assert job.total == 0
    report(1, 2)
    job.refresh_from_db()
    assert job.total == 2


def test_a_busy_database_does_not_end_the_work(data: Data, office: Seat) -> None:
    a_job(data, office)
    job = mine()
    with opened(data.folder, wait=0.05):
        with sqlite3.connect(data.folder / DATABASE, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            reporting(job)(1, 2)
            other.execute("ROLLBACK")
        other.close()
        job.refresh_from_db()
        assert (job.state, job.total) == (RUNNING, 0)
        reporting(job)(1, 2)
        job.refresh_from_db()
        assert job.total == 2


# ---------------------------------------------------------------- whose process dies

_WORKER = """
import sys, time
from pathlib import Path
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.jobs import reporting, take
from lawgov_score.temporary import this_process
from lawgov_score.wording import Language
with opened(Path(sys.argv[1])):
    job = take(this_process(), real_now())
    reporting(job)(1, 3)
    print(job.n, flush=True)
    time.sleep(600)
"""


def at_work(data: Data) -> subprocess.Popen[str]:
    """A process that has taken a job and is in the middle of it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _WORKER, str(data.folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline().strip().isdigit()
    return process


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_the_work_of_a_killed_process_is_begun_again_three_times_at_most(data: Data, office: Seat) -> None:
    job = a_job(data, office)
    for n in range(1, MOST_TRIES + 1):
        process = at_work(data)
        assert recover(data, real_now()) == 0
        job.refresh_from_db()
        assert (job.state, job.tries, job.done) == (RUNNING, n, 1)
        assert take(this_process(), NOW) is None
        os.kill(process.pid, signal.SIGKILL)
        while Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        again = recover(data, real_now())  # before anybody asked for its end
        killed(process)
        assert again == (1 if n < MOST_TRIES else 0)
        assert dropped(data) == ([job.token] if n < MOST_TRIES else [])
    job.refresh_from_db()
    assert (job.state, [one["code"] for one in job.problems]) == (FAILED, ["R304"])
    assert job.problems[0]["title"] == "任务办理中断了 3 次，没有办成"
    assert job.problems[0]["path"] == f"job {job.n}"
    assert (recover(data, real_now()), take(this_process(), NOW)) == (0, None)


def test_it_is_begun_again_and_done_by_another(data: Data, office: Seat) -> None:
    job = a_job(data, office)
    later = a_job(data, office, ())
    killed(at_work(data))
    assert recover(data, real_now()) == 1
    again = mine()
    assert (again, again.tries, again.done, again.total) == (job, 2, 0, 0)  # before what came later
    assert len(files_of(data, again)) == 2
    end(data, again, {"received": 2}, (), NOW)
    assert mine() == later


def test_whoever_was_taken_for_dead_changes_nothing_any_more(data: Data, office: Seat) -> None:
    """A process of another machine that was silent for an hour, and then goes on."""
    a_job(data, office)
    elsewhere = "1-1-0000" if not this_process().endswith("-0000") else "1-1-1111"
    silent = take(elsewhere, NOW)
    assert silent is not None
    assert recover(data, NOW + timedelta(minutes=59)) == 0
    assert recover(data, NOW + timedelta(minutes=60)) == 1
    for job_is in (QUEUED, RUNNING):
        if job_is == RUNNING:
            assert take(elsewhere, NOW) is not None  # the same process, once more
        with pytest.raises(LostJobError):
            reporting(silent)(1, 2)
        with pytest.raises(LostJobError):
            end(data, silent, {}, (), NOW)
        with pytest.raises(LostJobError):
            fail(data, silent, (), NOW)
        (job,) = Job.objects.all()
        assert (job.state, job.total, len(files_of(data, job))) == (job_is, 0, 2)


def test_a_worker_that_is_no_process_is_silent_too(data: Data, office: Seat) -> None:
    a_job(data, office)
    assert take("甲", NOW) is not None
    assert (recover(data, NOW), recover(data, NOW + timedelta(hours=1))) == (0, 1)


# ---------------------------------------------------------------- what is kept


def test_two_hundred_that_have_ended_are_kept_and_all_of_thirty_days(
    data: Data, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_KEPT", 3)
    waits = Job.objects.create(token="waits", act="run", made_at=NOW, seat=office, state=RUNNING)
    numbers = []
    for day in (0, 1, 2, 30, 31):
        a_job(data, office, ())
        job = mine()
        numbers.append(job.n)
        end(data, job, {}, (), NOW + timedelta(days=day, seconds=1))
    assert set(Job.objects.values_list("n", flat=True)) == {waits.n, *numbers[1:]}  # two are of thirty days
    a_job(data, office, ())
    last = mine()
    end(data, last, {}, (), NOW + KEPT_FOR * 9)
    assert set(Job.objects.values_list("n", flat=True)) == {waits.n, *numbers[3:], last.n}  # three, however old


def test_the_tables_of_the_desk_are_no_part_of_the_round(
    data: Data, round_: Round, office: Seat, tmp_path: Path
) -> None:
    before = list(rows((), 1))
    a_job(data, office)
    mine()
    once(new_token(), "note", NOW, lambda: "/")
    assert list(rows((), 1)) == before
    assert unproved(round_) == []
    assert frozenset({Job, Posted}) == DESK_OWN
    assert {*tables_of_round()} | DESK_OWN == {*apps.get_app_config("rounds").get_models()}
    export_round(data, round_, tmp_path / "exported")
    assert not any(b"drops" in path.read_bytes() for path in (tmp_path / "exported").rglob("*.json*"))
    import_round(tmp_path / "exported", tmp_path / "again", now=NOW)
    with opened(tmp_path / "again"):
        assert (Job.objects.count(), Posted.objects.count()) == (0, 0)


def test_a_restored_folder_does_nothing_by_itself(data: Data, office: Seat, tmp_path: Path) -> None:
    """The files of what waited are not in a backup; who looks sees that it was not done."""
    token = new_token()
    once(token, "note", NOW, lambda: "/note")
    done = a_job(data, office)
    end(data, mine(), {"received": 2}, (), NOW)
    runs, waits = a_job(data, office), a_job(data, office, ())
    assert mine() == runs
    back_up(data, tmp_path / "backup.zip")
    restore(tmp_path / "backup.zip", tmp_path / "again")
    with opened(tmp_path / "again") as again:
        assert recover(again, real_now() + timedelta(days=9)) == 0
        assert take(this_process(), NOW) is None
        found = {job.n: (job.state, [one["code"] for one in job.problems]) for job in Job.objects.all()}
        assert found == {done.n: (DONE, []), runs.n: (FAILED, ["R305"]), waits.n: (FAILED, ["R305"])}
        assert once(token, "note", NOW, lambda: pytest.fail("it is done a second time")) == "/note"
        assert unproved(the_round()) == []
    assert [job.state for job in Job.objects.all()] == [DONE, RUNNING, QUEUED]  # where it came from all is as it was


@pytest.mark.parametrize("column", ["made_at", "done", "seat_id"])
def test_a_backup_whose_desk_cannot_be_read_is_none(data: Data, office: Seat, tmp_path: Path, column: str) -> None:
    a_job(data, office)
    with sqlite3.connect(data.folder / DATABASE) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute(f"UPDATE rounds_job SET {column} = '{{'")
    database.close()
    back_up(data, tmp_path / "backup.zip")
    with pytest.raises(RefusedError) as refused:
        restore(tmp_path / "backup.zip", tmp_path / "again")
    assert refused.value.problem.code is Code.R275
    assert not (tmp_path / "again").exists()


# ---------------------------------------------------------------- many at once; on PostgreSQL: tests/acceptance


def test_of_eight_who_send_one_form_one_begins_work(data: Data) -> None:
    races.one_job(data)


def test_of_eight_who_take_each_job_has_one(data: Data) -> None:
    races.each_job_once(data)


def test_of_eight_who_find_a_dead_process_one_puts_its_work_back(data: Data) -> None:
    races.one_recovery(data)

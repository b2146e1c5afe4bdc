"""Many at once at one round: what ROUND.md measured as lost elsewhere. The same on SQLite and on PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from round_books import answered
from round_made import NOW, at_once
from round_published import LEADER

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds import running
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.desk_models import Job, Posted
from lawgov_score.rounds.events import broken_links, record
from lawgov_score.rounds.jobs import DROPS, begin, end, files_of, recover, take
from lawgov_score.rounds.models import Decision, Event, Notice, Objection, Publication, Run, Submission
from lawgov_score.rounds.names import JobState, Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.posted import new_token, once
from lawgov_score.rounds.publishing import prepare, publish
from lawgov_score.rounds.receiving import Fate, receive
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.workbook.submission.reader import in_this_process

WRITERS, EACH = 8, 40
_SAY_WHO = "from lawgov_score.temporary import this_process; print(this_process())"


def many_events() -> None:
    """320 events of eight who write at once: none is lost, and the chain has one end."""
    before = Event.objects.count()

    def write(i: int) -> None:
        round_, office = the_round(), seat_of(Role.OFFICE)
        for n in range(EACH):
            with transaction.atomic():
                record("note", round_, office, NOW, after={"writer": i, "n": n})

    assert at_once(write, WRITERS) == [None] * WRITERS
    assert Event.objects.count() == before + WRITERS * EACH
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, before + WRITERS * EACH + 1))
    assert len(set(Event.objects.values_list("prev", flat=True))) == before + WRITERS * EACH
    assert list(broken_links()) == []


def many_presses() -> None:
    """Eight press the same button, each having seen the same page: one moves the round, seven are told so."""
    version = the_round().version

    def press(_: int) -> None:
        move(the_round(), RoundState.OPEN, version, seat_of(Role.OFFICE), "开始", NOW)

    found = at_once(press, WRITERS)
    refused = [one for one in found if isinstance(one, RefusedError)]
    assert found.count(None) == 1
    assert [one.problem.code for one in refused] == [Code.R212] * (WRITERS - 1)
    assert the_round().version == version + 1
    assert list(broken_links()) == []


def one_file_twice(data: Data, folder: Path) -> None:
    """Two receive one file at the same moment: one submission, one receipt; the other is told which."""
    path = folder / "XZ-01.xlsx"
    path.write_bytes(answered("XZ-01", 1, 10))

    def come(_: int) -> tuple[Fate, int]:
        (one,) = receive(data, the_round(), [path], seat_of(Role.OFFICE), NOW, in_this_process)
        assert one.submission is not None
        return one.fate, one.submission.pk

    found = at_once(come, 2)
    fates = sorted(str(one[0]) for one in found if isinstance(one, tuple))
    assert fates == ["received", "same"], found
    (row,) = Submission.objects.all()
    assert {one[1] for one in found if isinstance(one, tuple)} == {row.pk}
    assert row.file.sha256 == sha256_of(path.read_bytes())
    assert Event.objects.filter(act="receive").count() == 1
    assert list(broken_links()) == []


def many_tries(data: Data, folder: Path, first: int = 1) -> None:
    """Four receive at the same moment, each another try of one unit (from ``first``) and the same try of another."""
    same = answered("XZ-02", 3, 4)
    paths = []
    for i in range(4):
        paths.append((folder / f"{i}.xlsx", folder / f"s{i}.xlsx"))
        for path, content in zip(paths[-1], (answered("XZ-01", i, 9), same), strict=True):
            path.write_bytes(content)

    def come(i: int) -> int:
        return len(list(receive(data, the_round(), paths[i], seat_of(Role.OFFICE), NOW, in_this_process)))

    assert at_once(come, 4) == [2] * 4
    numbers = sorted(Submission.objects.values_list("unit__code", "n"))
    assert numbers == [*(("XZ-01", n) for n in range(1, first + 4)), ("XZ-02", 1)]
    assert list(broken_links()) == []


def many_runs(data: Data, patch: pytest.MonkeyPatch) -> None:
    """Six runs end at the same moment: each has a number of its own."""
    first = make_run(data, the_round(), RunKind.FINAL, seat_of(Role.OFFICE), NOW)
    assert first.run is not None
    with patch.context() as for_now:
        for_now.setattr(running, "computed", lambda *_, **__: first.computed)
        found = at_once(lambda _: make_run(data, the_round(), RunKind.FINAL, seat_of(Role.OFFICE), NOW), 6)
    assert [one for one in found if isinstance(one, Exception)] == []
    assert sorted(Run.objects.values_list("n", flat=True)) == list(range(first.run.n, first.run.n + 7))
    assert list(broken_links()) == []


def many_objections(data: Data) -> None:
    """Six object at the same moment: each has a number of its own."""

    def file(i: int) -> int:
        return object_to(data, the_round(), "XZ-01", "01-1", f"第 {i} 项", seat_of(Role.OFFICE), NOW).objection.n

    assert sorted(map(str, at_once(file, 6))) == ["1", "2", "3", "4", "5", "6"]
    assert sorted(Objection.objects.values_list("n", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Notice.objects.filter(act="object").count() == 6
    assert list(broken_links()) == []


def one_decision(data: Data) -> None:
    """Three decide one objection at the same moment: one does."""

    def press(i: int) -> None:
        decide(data, the_round(), 1, Outcome.REJECTED, f"理由 {i}", seat_of(Role.OFFICE), NOW)

    found = at_once(press, 3)
    assert found.count(None) == 1
    lost = [one.problem.code for one in found if isinstance(one, RefusedError)]
    assert len(lost) == 2
    assert set(lost) <= {Code.R212, Code.R258, Code.R259}
    assert Decision.objects.count() == 1
    assert list(broken_links()) == []


def one_publication(data: Data) -> None:
    """Six publish what all of them have prepared: one does, under the first number."""
    prepared = prepare(data, the_round())

    def press(_: int) -> int:
        office, leader = seat_of(Role.OFFICE), seat_of(Role.LEADER)
        done = publish(data, the_round(), prepared, "首次", office, NOW, leader=leader, released_by=LEADER)
        return done.publication.n

    found = at_once(press, 6)
    assert found.count(1) == 1
    refusals = [one for one in found if isinstance(one, RefusedError)]
    assert len(refusals) == 5
    assert {one.problem.code for one in refusals} <= {Code.R245, Code.R212}
    assert Publication.objects.count() == Event.objects.filter(act="publish").count() == 1
    assert list(broken_links()) == []


def one_form() -> None:
    """Eight send one form at the same moment: one does what it asks for, and all are led to the same place."""
    token, before = new_token(), Event.objects.count()

    def deed() -> str:
        round_, office = the_round(), seat_of(Role.OFFICE)
        with transaction.atomic():
            event = record("note", round_, office, NOW)
        return f"/events/{event.seq}"

    assert at_once(lambda _: once(token, "note", NOW, deed), WRITERS) == [f"/events/{before + 1}"] * WRITERS
    assert Event.objects.count() == before + 1
    assert Posted.objects.count() == 1
    assert list(broken_links()) == []


def one_job(data: Data) -> None:
    """Eight send one form for long work at the same moment, each with its files: there is one job, with its own."""
    token, seat = new_token(), seat_of(Role.OFFICE)

    def press(i: int) -> int:
        return begin(data, token, "receive", {}, [("甲.xlsx", [b"1", b"2"])], seat, NOW).n

    found = at_once(press, WRITERS)
    (job,) = Job.objects.all()
    assert found == [job.n] * WRITERS
    assert [path.read_bytes() for path in files_of(data, job)] == [b"12"]
    assert [path.name for path in (data.folder / DROPS).iterdir()] == [token]


def each_job_once(data: Data) -> None:
    """Eight take what waits, until nothing does: each of forty has one of them."""
    seat, before = seat_of(Role.OFFICE), Job.objects.count()
    numbers = {begin(data, new_token(), "run", {}, (), seat, NOW).n for _ in range(EACH)}

    def work(i: int) -> list[int]:
        taken = []
        while (job := take(f"{i}-1-0000", NOW)) is not None:
            assert (job.worker, job.tries) == (f"{i}-1-0000", 1)
            taken.append(job.n)
            end(data, job, {}, (), NOW)
        return taken

    found = at_once(work, WRITERS)
    assert [one for one in found if isinstance(one, Exception)] == []
    all_ = [n for one in found if isinstance(one, list) for n in one]
    assert sorted(all_) == sorted(numbers)
    assert Job.objects.filter(state=JobState.DONE.value).count() == before + EACH


def one_recovery(data: Data) -> None:
    """Eight find the same dead process: its work waits once, and counts as broken off once."""
    job = begin(data, new_token(), "run", {}, (), seat_of(Role.OFFICE), NOW)
    ended = subprocess.run([sys.executable, "-c", _SAY_WHO], capture_output=True, text=True, check=True)
    assert take(ended.stdout.strip(), NOW) == job
    found = at_once(lambda _: recover(data, NOW), WRITERS)
    assert sorted(map(str, found)) == ["0"] * (WRITERS - 1) + ["1"]
    again = take("1-1-0000", NOW)
    assert again is not None
    assert (again.n, again.tries) == (job.n, 2)
    assert take("1-1-0000", NOW) is None
    end(data, again, {}, (), NOW)

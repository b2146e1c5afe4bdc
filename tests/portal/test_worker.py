"""Long work: taken by a process of its own, its results kept, its failures told; broken off, it is begun again.

Reaches ``portal/views/jobs.py``, ``portal/working/task.py``, ``portal/working/receiving.py`` and
``portal/views/submissions.py``.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desk_visitor import Visitor, form_of, text_of, work
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from round_books import answered
from round_made import NOW

from lawgov_score.portal import work as works
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds import jobs
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import JobState, RoundState
from lawgov_score.rounds.posted import new_token
from lawgov_score.rounds.states import move


def dropped(visitor: Visitor, *files: tuple[str, bytes]) -> Job:
    """Drops files; the work that waits then."""
    page = visitor.open("/submissions/")
    values = dict(form_of(page, "/submissions/register/").fields)  # that of receiving is there in an open round alone
    answer = visitor.client.post("/submissions/receive/", {**values, "files": [SimpleUploadedFile(*f) for f in files]})
    assert answer.status_code == 303
    return Job.objects.get(n=int(answer["Location"].split("/")[2]))


@pytest.fixture
def opened_round(round_: Round, office: Seat) -> Round:
    move(round_, RoundState.OPEN, 1, office, "开始", NOW)
    return round_


def test_a_drop_is_received_and_its_results_stay(visitor: Visitor, opened_round: Round, data: Data) -> None:
    job = dropped(visitor, ("a.xlsx", answered("XZ-01", 9, 10)), ("b.txt", b"nothing"))
    assert "正在办理" in text_of(visitor.open("/"))
    assert "排在前面" in text_of(visitor.open(f"/jobs/{job.n}/"))
    work(data)
    for _ in range(2):
        page = text_of(visitor.open(f"/jobs/{job.n}/"))
        assert "a.xlsx" in page
        assert "b.txt" in page
    assert [one.unit.code for one in Submission.objects.all()] == ["XZ-01"]


def test_what_is_refused_as_a_whole_is_told(visitor: Visitor, opened_round: Round, data: Data) -> None:
    job = dropped(visitor, ("a.xlsx", answered("XZ-01", 9, 10)))
    Round.objects.update(state=RoundState.PREPARING)
    work(data)
    page = visitor.open(f"/jobs/{job.n}/")
    assert "R220" in text_of(page)
    assert "没有办成" in text_of(page)
    watched = visitor.client.get(
        f"/jobs/{job.n}/", headers={"HX-Request": "true"}
    )  # by the page while it was under way
    assert watched["HX-Refresh"] == "true"
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_bug_of_ours_is_told_and_the_next_work_goes_on(
    visitor: Visitor,
    opened_round: Round,
    data: Data,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = (dropped(visitor, ("a.xlsx", answered(unit, 9, 10))) for unit in ("XZ-01", "XZ-02"))
    real = works.WORK["receive"]

    def broken(task: Task) -> dict[str, object]:
        if task.job.n == first.n:
            raise ZeroDivisionError("made to fail")
        return real.do(task)

    mine = {"receive": works.Work(real.name, real.place, broken)}
    monkeypatch.setattr("lawgov_score.portal.work.WORK", mine)
    work(data)
    assert "X900" in text_of(visitor.open(f"/jobs/{first.n}/"))
    assert "made to fail" in capsys.readouterr().err
    assert "a.xlsx" in text_of(visitor.open(f"/jobs/{second.n}/"))


@pytest.mark.parametrize("busy", [1, jobs.MOST_TRIES])
def test_while_the_database_is_busy_it_waits_and_not_for_ever(
    visitor: Visitor, opened_round: Round, data: Data, monkeypatch: pytest.MonkeyPatch, busy: int
) -> None:
    job = dropped(visitor, ("a.xlsx", answered("XZ-01", 9, 10)))
    real, tries = works.WORK["receive"], list[int]()

    def locked(task: Task) -> dict[str, object]:
        tries.append(task.job.tries)
        if len(tries) <= busy:
            raise OperationalError("database is locked")
        return real.do(task)

    monkeypatch.setattr(works, "WORK", {"receive": works.Work(real.name, real.place, locked)})
    work(data)
    job.refresh_from_db()
    said = text_of(visitor.open(f"/jobs/{job.n}/"))
    if busy < jobs.MOST_TRIES:
        assert (job.state, tries) == (JobState.DONE, [1, 2])
        assert Submission.objects.count() == 1
    else:
        assert (job.state, tries) == (JobState.FAILED, [1, 2, 3])
        assert "R203" in said
        assert "中断了：在此以前办完的都已登记" in said


def test_work_of_another_version_is_told_and_does_nothing(visitor: Visitor, data: Data, office: Seat) -> None:
    job = jobs.begin(data, new_token(), "of_later", {}, (), office, NOW)
    assert "别的版本的任务" in text_of(visitor.open("/"))
    assert "别的版本的任务" in text_of(visitor.open(f"/jobs/{job.n}/"))
    work(data)
    assert "R305" in text_of(visitor.open(f"/jobs/{job.n}/"))
    assert "别的版本的任务" in text_of(visitor.open("/"))
    assert visitor.client.get(f"/jobs/{job.n}/all.zip").status_code == 404


def test_work_that_was_broken_off_is_begun_again(visitor: Visitor, opened_round: Round, data: Data) -> None:
    job = dropped(visitor, ("a.xlsx", answered("XZ-01", 9, 10)))
    taken = jobs.take("1-1-0000", NOW)
    assert taken is not None
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    Job.objects.filter(n=job.n).update(seen_at=NOW)
    jobs.recover(data, NOW.replace(year=2027))
    work(data)
    assert "a.xlsx" in text_of(visitor.open(f"/jobs/{job.n}/"))
    assert Submission.objects.count() == 1


def test_a_process_of_its_own_does_what_waits_and_ends(visitor: Visitor, opened_round: Round, data: Data) -> None:
    job = dropped(visitor, ("a.xlsx", answered("XZ-01", 9, 10)))
    worker = subprocess.Popen(
        [sys.executable, "-m", "lawgov_score.portal.worker", str(data.folder)], stdin=subprocess.PIPE
    )
    try:
        for _ in range(600):
            job.refresh_from_db()
            if job.state == JobState.DONE:
                break
            time.sleep(0.1)
        assert job.state == JobState.DONE
        assert worker.stdin is not None
        worker.stdin.close()  # as where its server ends
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()
    assert not any(Path(data.folder, jobs.DROPS).glob("[!.]*"))


def test_a_process_without_work_ends_by_itself_while_its_server_goes_on(data: Data) -> None:
    code = (
        "import sys, pathlib; from lawgov_score.portal import worker; "
        "worker._IDLE = 0.5; worker.main(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(data.folder)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert worker.wait(60) == 0
        assert worker.stderr is not None
        assert worker.stderr.read() == b""
    finally:
        worker.kill()
        worker.communicate()

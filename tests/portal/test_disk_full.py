"""A disk that is full at any step of a drop: it is told, nothing is there by half, and again it goes well.

Reaches ``portal/forms.py`` and ``portal/worker.py``.
"""

from pathlib import Path

import pytest
from desk_visitor import Visitor, form_of, read_here, text_of, work
from django.core.files.uploadedfile import SimpleUploadedFile
from round_books import answered
from round_made import NOW, FailingDisk, unproved

from lawgov_score.portal import desk, worker
from lawgov_score.rounds import jobs, receiving
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import JobState, RoundState
from lawgov_score.rounds.states import move
from lawgov_score.temporary import this_process

RECEIVE = "/submissions/receive/"


@pytest.fixture(autouse=True)
def fixture_open(round_: Round, office: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)
    move(round_, RoundState.OPEN, 1, office, "开始", NOW)


def dropped(visitor: Visitor, *units: str) -> int:
    """Drops workbooks; the status of the answer."""
    values = form_of(visitor.open("/submissions/"), RECEIVE).values()
    given = [SimpleUploadedFile(f"{unit}.xlsx", answered(unit, 9, 10)) for unit in units or ("XZ-01",)]
    return int(visitor.client.post(RECEIVE, {**values, "files": given}).status_code)


def left_in(folder: Path) -> list[str]:
    """What lies in a folder of work, if it is there."""
    return sorted(path.name for path in folder.glob("*"))


def test_a_drop_that_finds_no_room_is_told_and_leaves_nothing(
    visitor: Visitor, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = []
    for at in range(1, 20):
        with monkeypatch.context() as patch:
            disk = FailingDisk(at)
            patch.setattr(desk, "open_folder", lambda full=disk: Data(data.folder, full))
            statuses.append(dropped(visitor))
        if statuses[-1] == 303:
            break
        assert not Job.objects.exists(), at
        assert not left_in(data.folder / jobs.DROPS), at
    assert statuses[-1] == 303
    assert set(statuses[:-1]) == {409}
    work(data)
    assert Submission.objects.count() == 1
    assert unproved() == []


def test_work_that_finds_no_room_has_failed_and_again_it_goes_well(visitor: Visitor, data: Data) -> None:
    tried = 0
    for at in range(1, 40):
        assert dropped(visitor) == 303
        job = jobs.take(this_process(), NOW)
        assert job is not None
        worker.work_on(Data(data.folder, FailingDisk(at)), job)
        job.refresh_from_db()
        assert unproved() == []
        if job.state == JobState.DONE and Submission.objects.exists():
            break
        tried += 1
        assert "没有办成" in text_of(visitor.open(f"/jobs/{job.n}/")) or not Submission.objects.exists()
    assert tried > 1
    assert Submission.objects.count() == 1


def test_a_drop_that_finds_no_room_halfway_tells_what_it_received(
    visitor: Visitor, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_TOGETHER", 1)
    halfway = 0
    for at in range(1, 40):
        before = Submission.objects.count()
        assert dropped(visitor, "XZ-01", "XZ-02") == 303
        job = jobs.take(this_process(), NOW)
        assert job is not None
        worker.work_on(Data(data.folder, FailingDisk(at)), job)
        said = text_of(visitor.open(f"/jobs/{job.n}/"))
        received = Submission.objects.count() - before
        job.refresh_from_db()
        if job.state == JobState.FAILED:
            assert received == 0
            assert "中断了：在此以前办完的都已登记" in said
        elif job.outcome is not None and job.outcome["broken"]:
            halfway += received
            assert job.outcome["left"] == 1
            assert "还有 1 份没有收" in said
            assert f"收到 {received} 份" in said
            assert "O10" in said
        else:
            break
    assert halfway == 1
    assert Submission.objects.count() == 2
    assert unproved() == []

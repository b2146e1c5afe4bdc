"""Whatever is handed in at a desk: a clear page, the desk and its worker alive, and neither of them large.

A desk and a worker as they are; their memory as the system counts it.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_served import Served, desk_of
from desk_visitor import forms_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart
from hand_ins import AT, an_archive
from round_made import ROSTER, keep_in, make_round

from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import OfficeBook, Submission
from lawgov_score.rounds.names import JobState, Role, RoundState
from lawgov_score.rounds.states import move

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell")
_PATIENCE = 300.0  # seconds
_MOST = 450  # MB that a desk or its worker may have had: at rest some 200, and a file of 64 MB with its copies


def aliases() -> bytes:
    rows = [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30)]
    return f"a0: &a0 [x]\n{''.join(rows)}".encode()


def bombs() -> Iterator[tuple[str, bytes]]:
    """Everything that goes off in whoever opens it unbounded."""
    yield "膨胀.xlsx", an_archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"\0" * (600 << 20)))
    yield "膨胀.docx", an_archive(("word/document.xml", b"<a>" + b" " * (600 << 20)))
    yield "一行.csv", ROSTER.encode() + b"ab," * (20 << 20)
    yield "引号.csv", ROSTER.encode() + b'"' + b"ab," * (20 << 20)
    yield "一格.csv", ROSTER.encode() + b"a" * (60 << 20)
    yield "别名.yaml", aliases()
    yield "深层.yaml", b"a: " + b"[" * (4 << 20)
    yield "长文.yaml", b"office: " + b"a" * ((4 << 20) - 100)


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path) -> Path:
    keep_in(tmp_path)
    return make_round(tmp_path, "served")


def largest(pid: int) -> int:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) >> 10


def handed_in(desk: Served, folder: Path, kind: str, name: str, content: bytes) -> tuple[Job | None, str]:
    """The work that it began, when that has ended, and the page that comes of it."""
    page, action, field = AT[kind]
    form = next(one for one in forms_in(desk.get(desk.base + page)[1]) if one.action == action)
    body = encode_multipart(BOUNDARY, {**form.values(), field: SimpleUploadedFile(name, content)})
    _, to, text = desk.post(action, body)
    begun = re.search(r"/jobs/([0-9]+)/|[?&]job=([0-9]+)|/amend/([0-9]+)/", to)
    if begun is None:
        return None, text
    n, until = int(next(filter(None, begun.groups()))), time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with opened(folder):
            job = Job.objects.get(n=n)
        if job.state in {JobState.DONE, JobState.FAILED}:
            return job, desk.get(f"{desk.base}/jobs/{n}/")[1]
        time.sleep(0.2)
    raise AssertionError(f"{kind} {name} never ended")


@pytest.mark.long
@pytest.mark.parametrize("kind", AT)
def test_a_bomb_is_told_and_neither_the_desk_nor_its_worker_grows(kind: str, folder: Path) -> None:
    with opened(folder):
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", real_now())
    with desk_of(folder) as desk:
        desk.get(desk.address)
        for name, content in bombs():
            job, text = handed_in(desk, folder, kind, name, content)
            called = {"notice": "notice.yaml", "roster": f"roster{Path(name).suffix}"}.get(kind, name)
            assert name in text or called in text, (name, text[-3000:])
            assert "/confirm/" not in text or name == "长文.yaml"
            if job is None:
                continue
            assert (job.tries, "X900" in f"{job.problems}{job.outcome}") == (1, False), (name, job.problems)
            grown = {pid: largest(pid) for pid in (desk.process.pid, int(job.worker.split("-")[0]))}
            assert max(grown.values()) < _MOST, (name, grown)
        assert desk.get(desk.base + "/")[0] == 200
    with opened(folder):
        assert not OfficeBook.objects.exists()
        assert not Submission.objects.exists()


@pytest.mark.parametrize("kind", AT)
def test_what_is_larger_than_any_file_is_refused_before_anything_reads_it(kind: str, folder: Path) -> None:
    with opened(folder):
        move(the_round(), RoundState.OPEN, 1, seat_of(Role.OFFICE), "", real_now())
    with desk_of(folder) as desk:
        desk.get(desk.address)
        job, text = handed_in(desk, folder, kind, "很大.xlsx", b"PK" + b"\0" * (200 << 20))
        assert job is None
        assert "很大.xlsx" in text
        assert re.search("S107|R284", text)
        assert largest(desk.process.pid) < _MOST

"""The process of long work is killed in the middle, as by a power cut: begun again, all is as if it had not been.

The law of ``portal/test_begun_again.py``, with processes that really die, at moments between begin and end.
"""

import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import desk_visitor
import pytest
from desk_visitor import Visitor, outcome_of, served
from portal.test_begun_again import CASES, come, made, rows
from round_made import keep_in, unproved

from lawgov_score.rounds.data import opened
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.names import JobState

_PATIENCE = 300.0  # seconds for work on a machine that is busy
_MOMENTS = ((0.2, 0.6), (0.4, 0.9))  # shares of the time that the work takes; the third time it has failed
_ACTS = ("enter", "by_hand", "publish", "document", "run", "effect", "return")


@pytest.fixture(scope="module", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


def waiting(act: str, tmp_path: Path, beside: Path) -> Path:
    """A data folder where the work of the first case of an act waits for a process."""
    case = CASES[act][0]
    folder = made(case.of, tmp_path, beside)
    with ExitStack() as stack:
        data = stack.enter_context(opened(folder))
        stack.enter_context(served(data))
        come(data, case.of, tmp_path)
        press = case.ready(Visitor(data), tmp_path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(desk_visitor, "work", lambda _: None)
            press()
        assert Job.objects.order_by("-n")[0].state == JobState.QUEUED
    return folder


def begun(folder: Path) -> "subprocess.Popen[bytes]":
    """A process that does what waits."""
    command = [sys.executable, "-m", "lawgov_score.portal.worker", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def comes_to(folder: Path, *states: JobState) -> Job:
    """The work, once it is in one of the states."""
    until = time.monotonic() + _PATIENCE
    with opened(folder):
        while (job := Job.objects.order_by("-n")[0]).state not in states:
            assert time.monotonic() < until, (job.state, job.done, job.total)
            time.sleep(0.02)
    return job


def killed_after(folder: Path, seconds: float) -> bool:
    """Kills a process so long after it began the work; was it in the middle?"""
    worker = begun(folder)
    try:
        comes_to(folder, JobState.RUNNING, JobState.DONE)
        time.sleep(seconds)
    finally:
        worker.kill()
        worker.communicate()
    with opened(folder):
        return Job.objects.order_by("-n")[0].state == JobState.RUNNING


def done(folder: Path) -> tuple[dict[str, int], Any, list[str], float]:
    """Does the work to its end: all rows, what came of it, what is not proved, and how long it took."""
    worker = begun(folder)
    try:
        comes_to(folder, JobState.RUNNING, JobState.DONE, JobState.FAILED)
        before = time.monotonic()
        job = comes_to(folder, JobState.DONE, JobState.FAILED)
        took = time.monotonic() - before
    finally:
        worker.kill()
        worker.communicate()
    assert job.state == JobState.DONE, job.problems
    with opened(folder):
        return rows(), outcome_of(job), unproved(), took


@pytest.mark.long
@pytest.mark.parametrize("act", _ACTS)
def test_killed_in_the_middle_it_ends_as_if_it_had_not_been(
    act: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = waiting(act, tmp_path, tmp_path_factory.mktemp("made"))
    copies = [Path(shutil.copytree(folder, tmp_path / f"copy-{n}")) for n, _ in enumerate(_MOMENTS)]
    there, outcome, loose, took = done(folder)
    kills = 0
    for copy, shares in zip(copies, _MOMENTS, strict=True):
        kills += sum(killed_after(copy, share * took) for share in shares)
        again, other, still_loose, _ = done(copy)
        assert (again, still_loose) == (there, loose), shares
        assert set(other) == set(outcome), shares
    assert kills, f"{act} was never in the middle: {took} s"

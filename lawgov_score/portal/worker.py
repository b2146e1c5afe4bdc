"""The process that does what takes long, one piece after the other; ends when there has been none for a while.

Run by ``workers`` as ``python -m lawgov_score.portal.worker DATA``. Killed in the middle, the next one begins that
piece anew.
"""

import os
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.portal.work import named
from lawgov_score.portal.working.made import begin_made
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data, open_data, told_plainly
from lawgov_score.rounds.desk_models import Job
from lawgov_score.temporary import this_process

_IDLE = 20.0  # seconds without work after which it ends
_LOOKS = 0.2  # seconds between two looks


def main(folder: Path) -> None:
    """Works until there has been nothing to do for a while, or the server that began it has ended."""
    data, me = open_data(folder), this_process()
    jobs.recover(data, real_now())
    last, left = time.monotonic(), _left()
    while time.monotonic() - last < _IDLE and not left.is_set():
        job = jobs.take(me, real_now())
        if job is None:
            left.wait(_LOOKS)
            continue
        with suppress(jobs.LostJobError):  # it was taken for dead: another has the piece, or it was ended
            work_on(data, job)
        last = time.monotonic()


def _left() -> threading.Event:
    """Is set when the server that began this process has gone: its end of the pipe is closed then."""
    left = threading.Event()

    def wait() -> None:
        while os.read(
            sys.stdin.fileno(), 1 << 12
        ):  # by the system: Python's own reader may not be left waiting at the end
            continue
        left.set()

    threading.Thread(target=wait, daemon=True).start()
    return left


def work_on(data: Data, job: Job) -> None:
    """Does one piece of work, and writes down what came of it, whatever that was. Raises ``LostJobError``.

    Where the database is busy for too long the piece waits once more, as often as one that was broken off.
    """
    task = Task(data, job, jobs.reporting(job))
    try:
        with told_plainly(data.folder):
            begin_made(task)
            outcome = named(job.act).do(task)
    except jobs.LostJobError:
        raise
    except RefusedError as refused:
        if refused.problem.code is Code.R203 and jobs.put_back(job):
            return
        jobs.fail(data, job, refused.problems, real_now())
    except Exception as bug:
        traceback.print_exc()
        found = f"{type(bug).__name__}: {bug}"
        problem = Problem(Code.X900, TextPlace("lawgov-score"), {"found": found})
        jobs.fail(data, job, [problem], real_now())
    else:
        jobs.end(data, job, outcome, (), real_now())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

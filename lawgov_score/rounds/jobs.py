"""Long work of the desk: taken down once, done by one process at a time, begun again where that process dies.

What came with a form lies in ``drops/TOKEN/NNN/NAME`` until the work has ended. Who does the work is elsewhere: a
process that takes a job, runs what belongs to its act, and says how it ended. What it runs may be broken off anywhere
and is then run again from the beginning, so that it must do no harm a second time. What it makes for somebody to keep
lies in ``made/TOKEN/NAME``, and goes when the job is forgotten.
"""

import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet

from lawgov_score.catalogue import Code
from lawgov_score.files import refusing
from lawgov_score.inside import made_safe
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.disk import sync_folder
from lawgov_score.rounds.events import hold
from lawgov_score.rounds.models import Seat
from lawgov_score.rounds.names import JobState
from lawgov_score.rounds.posted import KEPT_FOR, refuse_if_no_token, refuse_if_of_another
from lawgov_score.temporary import PREFIX, is_alive, own_folder, remove_dead
from lawgov_score.two_languages import kept_problems
from lawgov_score.wording import Phrase, Words

DROPS, MADE = "drops", "made"
MOST_TRIES = 3
ENDED = (JobState.DONE.value, JobState.FAILED.value)
_KEPT = 200  # ended ones that are kept, however old
_A_SIGN = 0.5  # seconds at least between two signs of one process
_SILENT = timedelta(hours=1)  # without a sign, after which a process that cannot be seen from here is taken for dead
_NAME = Words("第 {n} 项任务", "job {n}")
_HALFWAY = frozenset({"O", "X", Code.R203.value, Code.R304.value, Code.R305.value})  # chapters, codes
_RESTORED = Words(
    "数据文件夹是从备份恢复的，备份时它还没有办完",
    "the data folder was restored from a backup, and it had not ended when that was made",
)
_FILES_GONE = Words(
    "等办的文件应有 {expected} 份，现有 {found} 份", "of its {expected} files {found} {found:is|are} there"
)


class LostJobError(Exception):
    """The job is no longer this process's: it was taken for dead, and another has it or it was ended."""


def begin(
    data: Data,
    token: str,
    act: str,
    values: dict[str, Any],
    files: Iterable[tuple[str, Iterable[bytes]]],
    seat: Seat,
    now: datetime,
) -> Job:
    """Takes down work; the same token again is the same job, and its files are not looked at.

    ``files``: names as they were sent, each with its content in pieces; whoever calls bounds their number and size.
    They are on the disk before the job is there. Raises ``RefusedError`` (R303), ``CannotWriteError``.
    """
    refuse_if_no_token(token)
    if (there := _there(token, act)) is not None:
        return there
    drops = data.folder / DROPS
    data.disk.folder(drops, 0o700)
    with refusing(drops), own_folder(drops) as beside:
        all_, n = beside / "all", 0
        for n, (name, pieces) in enumerate(files, start=1):
            data.disk.pour(all_ / f"{n:03d}" / made_safe(name), pieces, mode=0o600)
        with transaction.atomic(durable=True):
            hold()  # so that of two with one token the second sees the first
            if (there := _there(token, act)) is not None:
                return there
            shutil.rmtree(drops / token, ignore_errors=True)  # of one that was killed before its row was there
            if n:
                data.disk.step("rename", drops / token)
                all_.replace(drops / token)
                sync_folder(drops)
            return Job.objects.create(token=token, act=act, values=values, files=n, made_at=now, seat=seat)


def is_begun(token: str, act: str) -> bool:
    """Was this press taken down already? Raises ``RefusedError`` (R303) where it was one for another act."""
    return _there(token, act) is not None


def files_of(data: Data, job: Job) -> tuple[Path, ...]:
    """The files that came with it, in their order. Raises ``RefusedError`` (R305) where they are not all there."""
    folders = sorted((data.folder / DROPS / job.token).glob("[0-9]*"), key=lambda one: int(one.name))
    found = tuple(path for folder in folders for path in folder.iterdir())
    if len(found) != job.files:
        raise RefusedError(_not_done(job.n, _FILES_GONE(expected=job.files, found=len(found))))
    return found


def made_folder(data: Data, job: Job) -> Path:
    """Where the files lie that it made; there may be none."""
    return data.folder / MADE / job.token


def take(worker: str, now: datetime) -> Job | None:
    """The oldest job that waits, which is now the worker's (``temporary.this_process``) alone; None: none waits."""
    waiting = Job.objects.filter(state=JobState.QUEUED.value).order_by("n").values_list("n", flat=True)
    while (n := waiting.first()) is not None:
        mine = {"state": JobState.RUNNING.value, "worker": worker, "began_at": now, "seen_at": now}
        if Job.objects.filter(n=n, state=JobState.QUEUED.value).update(**mine, tries=F("tries") + 1, done=0, total=0):
            return Job.objects.select_related("seat").get(n=n)
    return None


def reporting(job: Job) -> Callable[[int, int], None]:
    """What tells how far a job is (done, total): written at most twice a second, and never within a transaction.

    It raises ``LostJobError`` where the job is no longer ours. That a busy database does not take it is no harm.
    """
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if connection.in_atomic_block or (last and time.monotonic() - last < _A_SIGN):
            return
        with suppress(OperationalError):
            if not _ours(job).update(done=done, total=total, seen_at=real_now()):
                raise LostJobError(job.n)
        last = time.monotonic()

    return report


def end(data: Data, job: Job, outcome: object, problems: Iterable[Problem], now: datetime) -> None:
    """It is done. ``outcome``: JSON of the act's own. Raises ``LostJobError``."""
    _end(data, job, now, state=JobState.DONE.value, outcome=outcome, problems=kept_problems(problems), done=F("total"))


def fail(data: Data, job: Job, problems: Iterable[Problem], now: datetime) -> None:
    """It is not done, and will not be. Raises ``LostJobError``."""
    _end(data, job, now, state=JobState.FAILED.value, problems=kept_problems(problems))


def put_back(job: Job) -> bool:
    """Puts it back among what waits, where it has not been tried as often as it may be. Was it put back?"""
    if job.tries >= MOST_TRIES:
        return False
    return bool(_ours(job).update(state=JobState.QUEUED.value, worker=""))


def is_broken_off(job: Job) -> bool:
    """May it have done something before it failed? What is refused at the first try is refused before anything."""
    codes = {record["code"] for record in job.problems}
    return job.tries > 1 or any(code[:1] in _HALFWAY or code in _HALFWAY for code in codes)


def recent(most: int) -> QuerySet[Job]:
    """The last ones that were begun, the newest first."""
    return Job.objects.order_by("-n")[:most]


def of_act(act: str) -> QuerySet[Job]:
    """The jobs of an act, the newest first."""
    return Job.objects.filter(act=act).order_by("-n")


def by_token(token: str) -> Job | None:
    """The job that a press began; None: it began none."""
    return Job.objects.filter(token=token).first() if token else None


def by_number(n: int) -> Job | None:
    """The job of a number; None: there is none, or it ended long ago."""
    return Job.objects.filter(n=n).first()


def under_way() -> tuple[Job, ...]:
    """What waits or runs, the oldest first."""
    return tuple(Job.objects.exclude(state__in=ENDED).order_by("n"))


def recover(data: Data, now: datetime) -> int:
    """Puts the work of processes that have died back among what waits, and says how many; the third time it has failed.

    Also clears ``drops/`` of what belongs to no job that waits or runs, and ``made/`` of what belongs to none at all.
    """
    again = 0
    for job in Job.objects.filter(state=JobState.RUNNING.value):
        if _is_at_work(job, now):
            continue
        if job.tries < MOST_TRIES:
            again += _ours(job).update(state=JobState.QUEUED.value, worker="")
        else:
            with suppress(LostJobError):  # another process has seen the same
                fail(data, job, [Problem(Code.R304, _place(job.n), {"n": job.tries})], now)
    _clear(data)
    return again


def give_up_all(now: datetime) -> None:
    """What waits or runs has failed (R305): its files are not in the backup that the data folder came from."""
    for n in Job.objects.exclude(state__in=ENDED).values_list("n", flat=True):
        told = {"problems": kept_problems([_not_done(n, _RESTORED)]), "ended_at": now, "worker": ""}
        Job.objects.filter(n=n).update(state=JobState.FAILED.value, **told)


def _there(token: str, act: str) -> Job | None:
    there = Job.objects.filter(token=token).first()
    if there is not None:
        refuse_if_of_another(act, there.act)
    return there


def _ours(job: Job) -> QuerySet[Job]:
    """The row, as long as it is the worker's who took it."""
    return Job.objects.filter(n=job.n, state=JobState.RUNNING.value, worker=job.worker, tries=job.tries)


def _is_at_work(job: Job, now: datetime) -> bool:
    lives = is_alive(job.worker)
    if lives is None:
        return job.seen_at is not None and now - job.seen_at < _SILENT
    return lives


def _end(data: Data, job: Job, now: datetime, **columns: Any) -> None:
    if not _ours(job).update(**columns, ended_at=now):
        raise LostJobError(job.n)
    shutil.rmtree(data.folder / DROPS / job.token, ignore_errors=True)  # what stays ``recover`` clears
    ended = Job.objects.filter(state__in=ENDED).order_by("-n")
    if (last := ended.values_list("n", flat=True)[_KEPT - 1 : _KEPT].first()) is not None:
        old = ended.filter(n__lt=last, ended_at__lt=now - KEPT_FOR)  # until then a second press finds it
        tokens = list(old.values_list("token", flat=True))
        Job.objects.filter(token__in=tokens).delete()
        for token in tokens:
            shutil.rmtree(data.folder / MADE / token, ignore_errors=True)


def _clear(data: Data) -> None:
    _clear_folder(data.folder / DROPS, Job.objects.exclude(state__in=ENDED))
    _clear_folder(data.folder / MADE, Job.objects.all())


def _clear_folder(folder: Path, wanted: QuerySet[Job]) -> None:
    """Removes what belongs to no job that is wanted."""
    remove_dead(folder)
    there = [path for path in folder.iterdir() if not path.name.startswith(PREFIX)] if folder.is_dir() else []
    if not there:
        return
    with transaction.atomic():
        hold()  # a folder has its name before its job is there
        tokens = set(wanted.values_list("token", flat=True))
        for path in there:
            if path.name not in tokens:
                shutil.rmtree(path, ignore_errors=True)


def _place(n: int) -> ThingPlace:
    return ThingPlace(f"job {n}", _NAME(n=n))


def _not_done(n: int, found: Words | Phrase) -> Problem:
    return Problem(Code.R305, _place(n), {"found": found})

"""One thing that came from elsewhere, read in a process of its own: bounded in memory, time, and what it may tell.

What is told comes back as JSON, never as objects: the process is not trusted. Where it dies or runs out, a problem says
so (R314), with the limits and what to do; whoever asked goes on.
"""

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, TextPlace
from lawgov_score.processes.pool import Limits, Lost, LostReason, NoWorkerError, Pool
from lawgov_score.wording import Phrase, Words

LIMITS = Limits(megabytes=1_024, seconds=60.0)
MOST_TOLD = 64 << 20  # bytes
_LIMIT = Words("内存 {megabytes} MB、{seconds} 秒以内读完", "read within {megabytes} MB of memory and {seconds} s")
_CRASHED = Words("读它的进程中断了（{signal}）", "the process that read it ended ({signal})")
_ENDED = Words("读它的进程没有读完就退出了", "the process that read it ended before it was done")
_SENSELESS = Words("读出来的内容不成样子，不能采用", "what was read of it makes no sense, and cannot be used")
_MEMORY = Words("要的内存超过 {megabytes} MB", "it takes more than {megabytes} MB of memory")
_TIME = Words("{seconds} 秒没有读完", "it was not read within {seconds} s")
_TELLS = Words("读出来的内容超过 {most} MB", "what was read of it exceeds {most} MB")


class NotReadError(Exception):
    """It could not be read within its limits, or its process died: ``problem`` (R314) says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def answer_bytes(what: object) -> bytes:
    """The answer of such a process, for ``read_apart``; nothing where it is too much."""
    text = json.dumps(what, separators=(",", ":")).encode()
    return text if len(text) <= MOST_TOLD else b""


def read_apart(work: Callable[[None], bytes], place: CellPlace | TextPlace, limits: Limits = LIMITS) -> Any:
    """What ``work`` tells (by ``answer_bytes``) of the file at ``place``. Raises ``NotReadError``.

    ``work``: an instance of a class of a module, with all that it needs as data. A bug in it is raised here.
    """
    try:
        with Pool([type(work).__module__], limits) as pool:
            (result,) = pool.run(work, [None])
    except NoWorkerError as error:
        if not error.how.startswith("SIG"):
            raise
        result = Lost(LostReason.CRASHED, error.how)
    if isinstance(result, Lost) and result.fate is LostReason.RAISED:
        bug = RuntimeError((result.detail.splitlines() or [result.fate])[-1])
        bug.add_note(result.detail)
        raise bug
    if isinstance(result, Lost) or not result:
        raise _not_read(_why(result if isinstance(result, Lost) else None, limits), place, limits)
    try:
        return json.loads(result)
    except (ValueError, RecursionError) as error:
        raise misread(place, limits) from error


def misread(place: CellPlace | TextPlace, limits: Limits = LIMITS) -> NotReadError:
    """What was told is nothing that ``work`` tells: its process was not itself any more. The cause is for us alone."""
    return _not_read(_SENSELESS, place, limits)


def _why(lost: Lost | None, limits: Limits) -> Phrase | Words:
    match lost:
        case None:
            return _TELLS(most=MOST_TOLD >> 20)
        case Lost(LostReason.MEMORY):
            return _MEMORY(**_figures(limits))
        case Lost(LostReason.TIME):
            return _TIME(**_figures(limits))
        case Lost(detail=detail) if detail.startswith("SIG"):
            return _CRASHED(signal=detail)
    return _ENDED


def _figures(limits: Limits) -> dict[str, int]:
    return {"megabytes": limits.megabytes or 0, "seconds": int(limits.seconds)}


def _not_read(found: Phrase | Words, place: CellPlace | TextPlace, limits: Limits) -> NotReadError:
    values = {"name": PurePath(place.path).name, "expected": _LIMIT(**_figures(limits)), "found": found}
    return NotReadError(Problem(Code.R314, place, values))

"""What workers are made to do in tests: they import it by name, as they import what they really do."""

import ctypes
import errno
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lawgov_score.model.assessed import Assessed
from lawgov_score.processes import Desk
from lawgov_score.workbook.card.folder import CardTask, write_task


def act(item: str) -> bytes:
    """Does what ``item`` says: ``crash``, ``hoard``, ``sleep`` and so on; else gives it back in capitals."""
    what, _, more = item.partition(" ")
    match what:
        case "crash":
            os.abort()
        case "segfault":
            ctypes.string_at(0)
        case "hoard":
            return bytes(4 << 30)[:1]
        case "rust":  # what its allocator says before it aborts
            print("memory allocation of 4294967296 bytes failed", file=sys.stderr, flush=True)
            os.abort()
        case "sleep":
            time.sleep(float(more))
        case "spin":
            while True:
                pass
        case "exit":
            os._exit(int(more))
        case "raise":
            raise ValueError(more)
        case "once":  # dies the first time only, as where the system was short of memory for a moment
            mark = Path(more)
            if not mark.exists():
                mark.touch()
                os.abort()
        case "print":
            print(more)
            print(more, file=sys.stderr)
    return item.upper().encode()


def pid(item: str) -> bytes:
    """The number of the process that does it."""
    return f"{item} {os.getpid()}".encode()


def pid_then_sleep(item: str) -> bytes:
    """Says which process it is; the next item may take long."""
    time.sleep(float(item))
    return str(os.getpid()).encode()


@dataclass(frozen=True)
class Repeated:
    """Says an item so many times: two that say the same number are the same function."""

    times: int

    def __call__(self, item: str) -> bytes:
        """The item, that many times."""
        return (item * self.times).encode()


def act_by_name(path: Path) -> bytes:
    """Does what the name of the file says."""
    return act(path.stem)


# ---------------------------------------------------------------- items with a common context

# Environment: a file by which a test and a worker tell each other something, and how long an item takes.
MARK, SECONDS = "TASKS_MARK", "TASKS_SECONDS"


def named(desk: Desk[str], item: int) -> bytes:
    """The context and the item, and how often something was made of the context in this process."""
    made = desk.once(_made, "!")
    return f"{desk.context} {item}{made[0]} {len(made)}".encode()


def _made(context: str, more: str) -> list[str]:
    return [f"{more}{context}"]


def of_context(desk: Desk[str], item: str) -> bytes:
    """Does what ``item`` says."""
    return act(item)


def refuse(desk: Desk[str], item: int) -> bytes:
    """The system refuses item 3."""
    if item == 3:
        raise OSError(errno.ENOSPC, "No space left on device", "card.xlsx")
    return b""


def refuse_in_words(desk: Desk[str], item: int) -> bytes:
    """A refusal that has no number of the system's."""
    raise OSError("no tea")


def a_card_that_dies(desk: Desk[Assessed], task: CardTask) -> bytes:
    """The second card ends its process, as a system short of memory does."""
    if task.row == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return write_task(desk, task)


def a_card_that_dies_once(desk: Desk[Assessed], task: CardTask) -> bytes:
    """The same, the first time only."""
    mark = Path(os.environ[MARK])
    if task.row == 1 and not mark.exists():
        task.path.write_bytes(b"half of a card")
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return write_task(desk, task)


def a_card_of_ours_that_fails(desk: Desk[Assessed], task: CardTask) -> bytes:
    """A bug."""
    if task.row == 1:
        raise ValueError("tea")
    return write_task(desk, task)


def a_card_on_a_full_disk(desk: Desk[Assessed], task: CardTask) -> bytes:
    """The second card does not fit."""
    if task.row == 1:
        raise OSError(errno.ENOSPC, "No space left on device", str(task.path))
    return write_task(desk, task)


def a_card_that_takes_long(desk: Desk[Assessed], task: CardTask) -> bytes:
    """Once two have been written, says so, and takes for the next so many seconds as the environment says."""
    if task.row > 1:
        Path(os.environ[MARK]).touch()
        time.sleep(float(os.environ[SECONDS]))
    return write_task(desk, task)


class EndsItself:
    """In place of a run of a round (``pipeline.plain_folder``): one whose process is killed."""

    def __init__(self, *_: object) -> None:
        pass

    def __call__(self, _: None) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


class HasABug(EndsItself):
    """One that raises."""

    def __call__(self, _: None) -> bytes:
        raise ZeroDivisionError("a bug")


class HasNoRoom(EndsItself):
    """One that the disk refused."""

    def __call__(self, _: None) -> bytes:
        return json.dumps({"refused": [["O102", "没有剩余空间", "no space left"]]}).encode()

"""The parent's side of a pool: workers, their limits and messages, and results in the order of the items."""

import errno
import io
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType, TracebackType
from typing import IO, Any, Generic, Self, TypeVar

_WORTH_A_PROCESS = 50  # items: starting a process takes about as long as reading so many workbooks


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(items: int, jobs: int = 0, worth: int = _WORTH_A_PROCESS) -> int:
    """Number of workers: as asked for (``jobs``), else as many as help; never more than items, and at least one.

    ``worth``: how many items take about as long as starting a process.

    >>> workers_for(1), workers_for(300, jobs=2), workers_for(1, jobs=8)
    (1, 2, 1)
    """
    wanted = jobs or min(processors(), -(-items // worth))
    return max(1, min(wanted, items))


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one item: ``megabytes`` beyond what its process uses when ready, and ``seconds`` of wall time.

    Memory is bounded by the system (RLIMIT_AS), which Linux and the BSDs do; macOS and Windows do not. None: not here.
    """

    megabytes: int | None = 1_024
    seconds: float = 60.0


class NoWorkerError(RuntimeError):
    """A worker ended before it was ready: ``how`` (``SIGKILL``, ``exit 1``), and what it wrote to stderr."""

    def __init__(self, how: str, said: str) -> None:
        super().__init__(f"a worker could not be started ({how}): {said}")
        self.how = how


class LostReason(StrEnum):
    """Why an item has no result."""

    CRASHED = "crashed"  # its process died, twice
    MEMORY = "memory"
    TIME = "time"
    RAISED = "raised"  # the function raised: a bug in it


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result: why, and the system's message (``SIGSEGV``, or the last line of a traceback)."""

    fate: LostReason
    detail: str = ""


_LENGTH = struct.Struct(">Q")

READY, RESULT, MEMORY, RAISED = b"+", b"R", b"M", b"E"  # first byte of a worker's message


def write_frame(to: IO[bytes], *parts: bytes) -> None:
    """Sends one message. Raises ``OSError`` if nobody listens."""
    write_frames(to, [b"".join(parts)])


def write_frames(to: IO[bytes], messages: Sequence[bytes]) -> None:
    """Sends several messages at once, so that the receiver wakes once. Raises ``OSError`` if nobody listens."""
    to.write(b"".join(part for message in messages for part in (_LENGTH.pack(len(message)), message)))
    to.flush()


def read_frame(from_: IO[bytes]) -> bytes | None:
    """The next message; None if there is none, or only the beginning of one."""
    head = from_.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = from_.read(length)
    return data if len(data) == length else None


Item = TypeVar("Item")
Work = Callable[[Item], bytes]  # must be picklable: a function of a module, or an instance with data

_IN_FLIGHT = 8  # most items sent to a worker and not answered: it never has to wait for us
_AHEAD = 1_000  # most results kept while an earlier item is still awaited
_WORKER = "lawgov_score.processes.worker"
_SETTINGS = {  # no needless threads; memory freed by an item is kept for the next (a tenth of the time)
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
}
_SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})  # resources a worker may lack
_TIMED_OUT = b"T"  # message on behalf of a worker that had to be ended


def is_scarce(error: OSError) -> bool:
    """Does the system lack what one more worker needs, so that fewer have to do?"""
    return error.errno in _SCARCE


class _Worker(Generic[Item]):
    """One process and the items it has been sent, the current one first."""

    def __init__(
        self, preload: Sequence[str], answers: "queue.SimpleQueue[tuple[_Worker[Item], bytes | None]]"
    ) -> None:
        self.items: deque[int] = deque()
        self.is_ready = False
        self.since = time.monotonic()  # when it began its current item
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `end`: it lives as long as the process
        # The worker imports the same modules as this process, not those of the current folder.
        paths = os.pathsep.join(path for path in sys.path if path)
        settings = {**os.environ, **_SETTINGS, "PYTHONPATH": paths}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", _WORKER, *preload],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=settings,
            )
        except BaseException:
            self._said.close()
            raise
        threading.Thread(target=self._listen, args=(answers,), daemon=True).start()

    def _listen(self, answers: "queue.SimpleQueue[tuple[_Worker[Item], bytes | None]]") -> None:
        assert self.process.stdout is not None
        with suppress(OSError, ValueError):  # closed meanwhile: the worker is being ended
            while (frame := read_frame(self.process.stdout)) is not None:
                answers.put((self, frame))
        answers.put((self, None))

    def send(self, *messages: bytes) -> None:
        """Sends pending items. If the worker has died nothing happens here: its end is reported separately."""
        assert self.process.stdin is not None
        with suppress(OSError, ValueError):
            write_frames(self.process.stdin, messages)

    def give(self, items: Sequence[Item], numbers: Sequence[int]) -> None:
        """Queues the items with these numbers for it."""
        if not self.items:
            self.since = time.monotonic()
        self.items += numbers
        self.send(*(sent(items[number]) for number in numbers))

    def end(self) -> None:
        """Kills it, and waits for its end."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()
        self._said.close()

    def last_words(self) -> tuple[str, str]:
        """How it ended (``SIGSEGV``, ``exit 1``), and what it wrote to stderr; it must have ended."""
        code = self.process.wait()
        how = f"exit {code}"
        if code < 0:
            with suppress(ValueError):
                how = signal.Signals(-code).name
        self._said.seek(0)
        return how, self._said.read()[-4_000:].decode("utf-8", "replace")


class Pool:
    """Worker processes that run a function. ``preload``: modules they import before the function is known.

    Leaving the block in any way ends them. One worker is started with the pool, so that it is ready early; the others
    once there are enough items.
    """

    def __init__(self, preload: Sequence[str] = (), limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._preload = tuple(preload)
        self._answers: queue.SimpleQueue[tuple[_Worker[Any], bytes | None]] = queue.SimpleQueue()
        self._workers: list[_Worker[Any]] = []
        self._work: Work[Any] | None = None
        self._start: bytes | None = None

    def __enter__(self) -> Self:
        self._workers.append(_Worker(self._preload, self._answers))
        return self

    def __exit__(self, *_: TracebackType | type | BaseException | None) -> None:
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._answers = queue.SimpleQueue()  # what ended workers still say is said to nobody
        self._work = self._start = None

    def run(self, work: Work[Item], items: Sequence[Item], workers: int = 1) -> Iterator[bytes | Lost]:
        """The results of ``work`` for each item, in order, by that many workers.

        An item whose process dies is tried once more in a new one: another item may have been the cause. One run at a
        time; another function than before gets processes of its own. Raises ``NoWorkerError`` if none can be started.
        """
        self._begin(work, workers)
        waiting = deque(range(len(items)))
        done: dict[int, bytes | Lost] = {}
        crashed: set[int] = set()
        next_up = 0
        while next_up < len(items):
            for worker in self._workers:
                in_flight = self._in_flight(len(waiting))
                if worker.is_ready and len(worker.items) <= in_flight // 2:
                    near = min(len(waiting), in_flight - len(worker.items))
                    numbers = [waiting.popleft() for _ in range(near) if waiting[0] < next_up + _AHEAD]
                    if numbers:
                        worker.give(items, numbers)
            worker, frame = self._next()
            if frame == READY:
                worker.is_ready = True
            elif frame is not None and frame[:1] in {RESULT, RAISED}:
                done[worker.items.popleft()] = _outcome(frame)
                worker.since = time.monotonic()
            else:
                lost = self._replace(worker, frame)
                if worker.items:
                    item = worker.items.popleft()
                    if lost.fate is LostReason.CRASHED and item not in crashed:
                        crashed.add(item)
                        waiting.appendleft(item)
                    else:
                        done[item] = lost
                waiting.extendleft(reversed(worker.items))
            while next_up in done:
                yield done.pop(next_up)
                next_up += 1

    def _in_flight(self, waiting: int) -> int:
        """The most items to send to one worker at a time: towards the end few, so that all end together."""
        return min(_IN_FLIGHT, max(waiting // (2 * len(self._workers)), 1))

    def _begin(self, work: Work[Any], workers: int) -> None:
        """Starts at least so many workers, and sends each the function."""
        untold: list[_Worker[Any]] = []
        if self._start is not None and not (work is self._work or work == self._work):
            self._end()  # those know another function, and would go on with it
        if self._start is None:
            self._work = work
            self._start = sent((work, self.limits))
            untold += self._workers
        while len(self._workers) < workers:
            try:
                worker: _Worker[Any] = _Worker(self._preload, self._answers)
            except OSError as error:
                if not is_scarce(error) or not self._workers:
                    raise
                break  # the existing workers do the work
            self._workers.append(worker)
            untold.append(worker)
        for worker in untold:  # after all have been started: what is sent may be large, and waits for each to listen
            worker.send(self._start)

    def _add(self) -> None:
        worker: _Worker[Any] = _Worker(self._preload, self._answers)
        self._workers.append(worker)
        assert self._start is not None
        worker.send(self._start)

    def _next(self) -> "tuple[_Worker[Any], bytes | None]":
        """The next message of a worker: None for its end, ``_TIMED_OUT`` if it was ended for taking too long."""
        while True:
            busy = [worker for worker in self._workers if worker.items]
            late = min((worker.since + self.limits.seconds for worker in busy), default=time.monotonic() + 3600)
            with suppress(queue.Empty):
                worker, frame = self._answers.get(timeout=max(late - time.monotonic(), 0.0))
                if worker in self._workers:  # messages of replaced workers are ignored
                    return worker, frame
                continue
            for worker in busy:
                if time.monotonic() - worker.since >= self.limits.seconds:
                    worker.process.kill()
                    return worker, _TIMED_OUT

    def _replace(self, worker: "_Worker[Any]", frame: bytes | None) -> Lost:
        """Replaces a worker that has ended, and says why it ended."""
        how, message = worker.last_words()
        self._workers.remove(worker)
        worker.end()
        if not worker.is_ready:
            raise NoWorkerError(how, message.strip())
        self._add()
        if frame == MEMORY or "memory allocation of" in message:  # the message of Rust's allocator before it aborts
            return Lost(LostReason.MEMORY)
        return Lost(LostReason.TIME if frame == _TIMED_OUT else LostReason.CRASHED, how)


def _outcome(frame: bytes) -> bytes | Lost:
    if frame.startswith(RESULT):
        return frame[1:]
    assert frame.startswith(RAISED)
    return Lost(LostReason.RAISED, frame[1:].decode("utf-8", "replace").strip())


class _Pickler(pickle.Pickler):
    """A pickler that also handles read-only mappings, which trees contain."""

    def reducer_override(self, one: Any) -> Any:
        return (_read_only, (dict(one),)) if isinstance(one, MappingProxyType) else NotImplemented


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def sent(one: object) -> bytes:
    """``one`` as bytes for another process of ours; ``pickle.loads`` restores it."""
    data = io.BytesIO()
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump(one)
    return data.getvalue()

"""The parent's side: workers, their limits and messages, and results in the order of the items."""

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

_WORTH_A_PROCESS = 50  # items: a process takes about as long to start as it takes to read so many workbooks


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(items: int, jobs: int = 0) -> int:
    """As many as were asked for (``jobs``), else as many as gain; never more than items, and at least one.

    >>> workers_for(1), workers_for(300, jobs=2), workers_for(1, jobs=8)
    (1, 2, 1)
    """
    wanted = jobs or min(processors(), -(-items // _WORTH_A_PROCESS))
    return max(1, min(wanted, items))


@dataclass(frozen=True, slots=True)
class Limits:
    """For one item: ``megabytes`` beyond what its process has when it is ready, and ``seconds`` of wall time.

    Memory is bounded by the system (RLIMIT_AS), which Linux and the BSDs do; macOS and Windows do not.
    """

    megabytes: int = 1_024
    seconds: float = 60.0


class Fate(StrEnum):
    """How an item came to have no result."""

    CRASHED = "crashed"  # its process died, twice
    MEMORY = "memory"
    TIME = "time"
    RAISED = "raised"  # the function raised: a bug in it


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result: why, and what the system said (``SIGSEGV``, or the last line of a traceback)."""

    fate: Fate
    detail: str = ""


_LENGTH = struct.Struct(">Q")

READY, RESULT, MEMORY, RAISED = b"+", b"R", b"M", b"E"  # how a worker's message begins


def write_frame(to: IO[bytes], *parts: bytes) -> None:
    """Sends one message. Raises ``OSError`` where nobody listens."""
    write_frames(to, [b"".join(parts)])


def write_frames(to: IO[bytes], messages: Sequence[bytes]) -> None:
    """Sends several at once, so that who listens is woken once. Raises ``OSError`` where nobody listens."""
    to.write(b"".join(part for message in messages for part in (_LENGTH.pack(len(message)), message)))
    to.flush()


def read_frame(from_: IO[bytes]) -> bytes | None:
    """The next message, None where there is no further one, or only the beginning of one."""
    head = from_.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = from_.read(length)
    return data if len(data) == length else None


Item = TypeVar("Item")
Work = Callable[[Item], bytes]  # must be picklable: a function of a module, or an instance with data

_IN_FLIGHT = 8  # items that a worker has been sent and has not answered, at most: it never waits for us
_AHEAD = 1_000  # results kept while an item before them is still awaited
_WORKER = "lawgov_score.processes.worker"
_SETTINGS = {  # no threads that nobody needs; memory that an item gave back stays for the next (a tenth of the time)
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
}
_SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})  # what a further worker may lack
_LATE = b"T"  # said for a worker that had to be ended


class _Worker(Generic[Item]):
    """One process and the items it has been sent, the one it is at first."""

    def __init__(
        self, preload: Sequence[str], answers: "queue.SimpleQueue[tuple[_Worker[Item], bytes | None]]"
    ) -> None:
        self.items: deque[int] = deque()
        self.is_ready = False
        self.since = time.monotonic()  # when it began the item it is at
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # closed in `end`: it lives as long as the process
        # The very modules that run here: the worker looks where we look, and not in the current folder.
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
        with suppress(OSError, ValueError):  # closed under our hands: it is being ended
            while (frame := read_frame(self.process.stdout)) is not None:
                answers.put((self, frame))
        answers.put((self, None))

    def send(self, *messages: bytes) -> None:
        """Nothing happens where it is gone: that comes back as its end."""
        assert self.process.stdin is not None
        with suppress(OSError, ValueError):
            write_frames(self.process.stdin, messages)

    def give(self, items: Sequence[Item], numbers: Sequence[int]) -> None:
        """Sends it the items of these numbers."""
        if not self.items:
            self.since = time.monotonic()
        self.items += numbers
        self.send(*(sent(items[number]) for number in numbers))

    def end(self) -> None:
        """Kills it, and waits until it is gone."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()
        self._said.close()

    def last_words(self) -> tuple[str, str]:
        """How it ended (``SIGSEGV``, ``exit 1``), and what it wrote on its way; it must have ended."""
        code = self.process.wait()
        how = f"exit {code}"
        if code < 0:
            with suppress(ValueError):
                how = signal.Signals(-code).name
        self._said.seek(0)
        return how, self._said.read()[-4_000:].decode("utf-8", "replace")


class Pool:
    """Workers to run a function in. ``preload``: modules they import at once, before the function is known.

    Leaving the block ends them, whatever way it is left. One worker is started with the pool, so that it gets ready
    while other things are done; the others when there are items enough.
    """

    def __init__(self, preload: Sequence[str] = (), limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._preload = tuple(preload)
        self._answers: queue.SimpleQueue[tuple[_Worker[Any], bytes | None]] = queue.SimpleQueue()
        self._workers: list[_Worker[Any]] = []
        self._start: bytes | None = None

    def __enter__(self) -> Self:
        self._workers.append(_Worker(self._preload, self._answers))
        return self

    def __exit__(self, *_: TracebackType | type | BaseException | None) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def run(self, work: Work[Item], items: Sequence[Item], workers: int = 1) -> Iterator[bytes | Lost]:
        """What ``work`` makes of each item, in their order, by so many workers.

        An item whose process dies is tried once more in a new one: it may have been another's fault. One pool runs one
        function, and one run at a time. Raises ``RuntimeError`` where a worker cannot be started at all.
        """
        self._begin(sent((work, self.limits)), workers)
        waiting = deque(range(len(items)))
        done: dict[int, bytes | Lost] = {}
        crashed: set[int] = set()
        next_up = 0
        while next_up < len(items):
            for worker in self._workers:
                if worker.is_ready and len(worker.items) <= _IN_FLIGHT // 2:
                    near = min(len(waiting), _IN_FLIGHT - len(worker.items))
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
                    if lost.fate is Fate.CRASHED and item not in crashed:
                        crashed.add(item)
                        waiting.appendleft(item)
                    else:
                        done[item] = lost
                waiting.extendleft(reversed(worker.items))
            while next_up in done:
                yield done.pop(next_up)
                next_up += 1

    def _begin(self, start: bytes, workers: int) -> None:
        """So many workers at least, and each knows the function."""
        if self._start is None:
            self._start = start
            for worker in self._workers:
                worker.send(start)
        while len(self._workers) < workers:
            try:
                self._add()
            except OSError as error:
                if error.errno not in _SCARCE or not self._workers:
                    raise
                return  # the work is done by those there are

    def _add(self) -> None:
        worker: _Worker[Any] = _Worker(self._preload, self._answers)
        self._workers.append(worker)
        assert self._start is not None
        worker.send(self._start)

    def _next(self) -> "tuple[_Worker[Any], bytes | None]":
        """The next message of a worker: None for its end, LATE where that was brought about for taking too long."""
        while True:
            busy = [worker for worker in self._workers if worker.items]
            late = min((worker.since + self.limits.seconds for worker in busy), default=time.monotonic() + 3600)
            with suppress(queue.Empty):
                worker, frame = self._answers.get(timeout=max(late - time.monotonic(), 0.0))
                if worker in self._workers:  # what one says that has been replaced is of no interest
                    return worker, frame
                continue
            for worker in busy:
                if time.monotonic() - worker.since >= self.limits.seconds:
                    worker.process.kill()
                    return worker, _LATE

    def _replace(self, worker: "_Worker[Any]", frame: bytes | None) -> Lost:
        """A new worker for one that has ended, and why it has."""
        how, said = worker.last_words()
        self._workers.remove(worker)
        worker.end()
        if not worker.is_ready:
            raise RuntimeError(f"a worker could not be started ({how}): {said.strip()}")
        self._add()
        if frame == MEMORY or "memory allocation of" in said:  # the words of Rust's allocator before it aborts
            return Lost(Fate.MEMORY)
        return Lost(Fate.TIME if frame == _LATE else Fate.CRASHED, how)


def _outcome(frame: bytes) -> bytes | Lost:
    if frame.startswith(RESULT):
        return frame[1:]
    assert frame.startswith(RAISED)
    return Lost(Fate.RAISED, frame[1:].decode("utf-8", "replace").strip())


class _Pickler(pickle.Pickler):
    """Knows read-only mappings too, which trees hold."""

    def reducer_override(self, one: Any) -> Any:
        return (_read_only, (dict(one),)) if isinstance(one, MappingProxyType) else NotImplemented


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def sent(one: object) -> bytes:
    """``one`` as it is sent to another process of ours: ``pickle.loads`` makes it anew."""
    data = io.BytesIO()
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump(one)
    return data.getvalue()

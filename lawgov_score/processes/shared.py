"""Functions of our own run over many items with one context, here or in worker processes that are sent it once.

Unlike files that came from elsewhere, nothing here is expected to fail: every item has its result, in order, or an
exception ends the run: the ``OSError`` that the function raised in whichever process, or a word on what became of it.
"""

import json
from collections.abc import Callable, Generator, Hashable, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, TypeVarTuple

from lawgov_score.processes.pool import Limits, Lost, LostReason, NoWorkerError, Pool, is_scarce, workers_for

Context = TypeVar("Context")
Item = TypeVar("Item")
Made = TypeVar("Made")
Arguments = TypeVarTuple("Arguments")

# As much memory as in one process; and an hour, which no honest item takes, ends what hangs.
_TRUSTED = Limits(megabytes=None, seconds=3_600.0)
_DONE, _REFUSED = b"+", b"-"  # first byte of a result: the function's own, or the system's refusal


class LostWorkError(Exception):
    """A process died, twice, was out of memory, or did not end: its item has no result."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.fate, lost.detail)
        self.lost = lost


class Desk(Generic[Context]):
    """What a process has at hand: the context, and what was made of it there."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._made: dict[Hashable, Any] = {}

    def once(self, make: Callable[[Context, *Arguments], Made], *arguments: *Arguments) -> Made:
        """What ``make`` makes of the context and the arguments (hashable); made once in each process."""
        key = (make, arguments)
        if key not in self._made:
            self._made[key] = make(self.context, *arguments)
        made: Made = self._made[key]
        return made


Task = Callable[[Desk[Context], Item], bytes]  # a function of a module, or another callable that can be pickled


class Shared(Generic[Context]):
    """A context, and the processes that know it; they start with the first run that gains by them.

    ``jobs``: number of processes, 0 for as many as help; ``preload``: modules that they import while the context is
    sent. Leaving the block in any way ends them.
    """

    def __init__(self, context: Context, jobs: int = 0, preload: Sequence[str] = ()) -> None:
        self.jobs = jobs
        self._here = Desk(context)
        self._there = _Distant(context)  # one for all runs: processes that know it go on with the next
        self._preload = preload
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: TracebackType | type | BaseException | None) -> None:
        self._end()

    def run(self, task: Task[Context, Item], items: Sequence[Item], worth: int) -> Generator[bytes]:
        """The result of ``task`` for each item, in order. ``worth``: see ``workers_for``.

        One run at a time. Raises the ``OSError`` of ``task``; ``LostWorkError``; any other exception of ``task``, or,
        from another process, ``RuntimeError`` with its traceback as a note.
        """
        workers = workers_for(len(items), self.jobs, worth)
        pool = self._begun() if workers > 1 else None
        if pool is None:
            yield from map(partial(task, self._here), items)
            return
        is_whole = False
        results = pool.run(self._there, [(task, item) for item in items], workers)
        try:
            for number, result in enumerate(results, start=1):
                own = _result(result)
                is_whole = number == len(items)  # before the last is given: who takes it may not ask for more
                yield own
        except NoWorkerError as error:
            if not error.how.startswith("SIG"):
                raise
            raise LostWorkError(Lost(LostReason.CRASHED, error.how)) from error
        finally:
            if not is_whole:  # they may still be at work on what nobody asks for any more
                self._end()

    def _begun(self) -> Pool | None:
        """The pool, begun if it was not; None where the system lacks what a single further process needs."""
        if self._pool is None:
            pool = Pool(self._preload, _TRUSTED)
            try:
                pool.__enter__()
            except OSError as error:
                if not is_scarce(error):
                    raise
                return None
            self._pool = pool
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.__exit__()
            self._pool = None


class _Distant(Generic[Context]):
    """What a worker runs: the task of each item, at the one desk that it has made of the context."""

    def __init__(self, context: Context) -> None:
        self._desk = Desk(context)

    def __reduce__(self) -> tuple[Callable[[Context], "_Distant[Context]"], tuple[Context]]:
        return _Distant, (self._desk.context,)

    def __call__(self, asked: tuple[Task[Context, Any], Any]) -> bytes:
        task, item = asked
        try:
            return _DONE + task(self._desk, item)
        except OSError as error:
            reason = [error.errno, error.strerror, error.filename]
            plain = [each if isinstance(each, int | str) else None for each in reason]
            return _REFUSED + json.dumps([str(error), *plain]).encode()


def _result(result: bytes | Lost) -> bytes:
    """The task's result. Raises what became of it instead."""
    if isinstance(result, bytes) and result.startswith(_DONE):
        return result[1:]
    if isinstance(result, bytes):
        said, number, reason, name = json.loads(result[1:])
        raise OSError(said) if number is None else OSError(number, reason, name)
    if result.fate is not LostReason.RAISED:
        raise LostWorkError(result)
    lines = result.detail.splitlines()
    bug = RuntimeError(lines[-1] if lines else result.fate)
    bug.add_note(result.detail)
    raise bug

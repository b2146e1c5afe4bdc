"""Two things timed in turn, A B A B …: the ratio pair by pair holds when the machine's speed drifts."""

import resource
import time
from collections.abc import Callable
from statistics import median

from benchmarks.row import Measured, three_digits

Timed = Callable[[], float]  # does its work once and returns how many seconds it took


def by_clock(work: Callable[[], object]) -> Timed:
    """Wall time: for what is written to files, or gains by several processes."""
    return _timed(work, time.perf_counter)


def by_processor(work: Callable[[], object]) -> Timed:
    """Processor time of all threads of this process: others on the machine disturb it less."""
    return _timed(work, time.process_time)


def by_processes(work: Callable[[], object]) -> Timed:
    """Processor time of this process and of those it waits for: where both sides have as many processes."""
    return _timed(work, processor_seconds)


def processor_seconds() -> float:
    """Processor time so far of this process, of all that it waited for, and of all that those waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def compare(ours: Timed, floor: Timed, *, pairs: int, warm: bool = True) -> Measured:
    """The median of the ratios of so many pairs, and both medians.

    ``warm``: do both once before; what is long, or a process that starts anew each time, needs none.
    """
    if warm:
        ours()
        floor()
    times = [(ours(), floor()) for _ in range(pairs)]
    return Measured(
        median(one / other for one, other in times),
        seconds(median(one for one, _ in times)),
        seconds(median(other for _, other in times)),
    )


def seconds(number: float) -> str:
    """A time as people read it: ``12.3 s``, ``12.3 ms``."""
    return f"{three_digits(number)} s" if number >= 1 else f"{three_digits(number * 1000)} ms"


def _timed(work: Callable[[], object], clock: Callable[[], float]) -> Timed:
    def timed() -> float:
        start = clock()
        work()
        return clock() - start

    return timed

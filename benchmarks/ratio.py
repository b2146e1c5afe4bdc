"""Two things timed in turn, A B A B …: the ratio pair by pair holds when the machine's speed drifts."""

import time
from collections.abc import Callable
from statistics import median

from benchmarks.row import Measured

Timed = Callable[[], float]  # does its work once and returns how many seconds it took


def by_clock(work: Callable[[], object]) -> Timed:
    """Wall time: for what uses several processes, or files."""
    return _timed(work, time.perf_counter)


def by_processor(work: Callable[[], object]) -> Timed:
    """Processor time of all threads of this process: others on the machine disturb it less."""
    return _timed(work, time.process_time)


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
    """A time as people read it.

    >>> seconds(12.34), seconds(0.01234)
    ('12.3 s', '12.3 ms')
    """
    return f"{number:.3g} s" if number >= 1 else f"{number * 1000:.3g} ms"


def _timed(work: Callable[[], object], clock: Callable[[], float]) -> Timed:
    def timed() -> float:
        start = clock()
        work()
        return clock() - start

    return timed

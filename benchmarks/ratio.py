"""Two things timed in turn, A B A B …: the ratio pair by pair holds when the machine's speed drifts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured: medians in seconds, the median of the ratios pair by pair, and the aim.

    ``limit``: seconds that ours may take; where it is given it is the aim, and the ratio is for comparison.
    """

    name: str
    floor: str
    ours: float
    bare: float
    ratio: float
    aim: float
    limit: float | None = None

    def line(self) -> str:
        """One row of the table."""
        is_within = self.ratio <= self.aim if self.limit is None else self.ours <= self.limit
        aim = f"{self.aim:g}×" if self.limit is None else f"{self.limit:g} s"
        return (
            f"{self.ratio:7.2f}×  aim {aim} ({'within' if is_within else 'above'})  {self.name}\n"
            f"           ours {self.ours * 1000:.1f} ms, floor {self.bare * 1000:.1f} ms: {self.floor}"
        )


def compare(
    name: str,
    floor: str,
    ours: Callable[[], object],
    bare: Callable[[], object],
    *,
    pairs: int,
    aim: float = 0.0,
    limit: float | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Ratio:
    """Runs both once to warm up, then ``pairs`` times in turn. ``clock``: wall time, or ``time.process_time``."""
    ours()
    bare()
    times = [(_seconds(ours, clock), _seconds(bare, clock)) for _ in range(pairs)]
    return Ratio(
        name,
        floor,
        median(one for one, _ in times),
        median(other for _, other in times),
        median(one / other for one, other in times),
        aim,
        limit,
    )


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start

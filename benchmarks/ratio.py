"""Two things timed in turn, A B A B …: the ratio pair by pair holds when the machine's speed drifts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured: medians in seconds, the median of the ratios pair by pair, and the aim."""

    name: str
    floor: str
    ours: float
    bare: float
    ratio: float
    aim: float

    def line(self) -> str:
        """One row of the table."""
        verdict = "within" if self.ratio <= self.aim else "above"
        return (
            f"{self.ratio:7.2f}×  aim {self.aim:g}× ({verdict})  {self.name}\n"
            f"           ours {self.ours * 1000:.1f} ms, floor {self.bare * 1000:.1f} ms: {self.floor}"
        )


def compare(
    name: str, floor: str, ours: Callable[[], object], bare: Callable[[], object], *, aim: float, pairs: int
) -> Ratio:
    """Runs both once to warm up, then ``pairs`` times in turn."""
    ours()
    bare()
    times = [(_seconds(ours), _seconds(bare)) for _ in range(pairs)]
    return Ratio(
        name,
        floor,
        median(one for one, _ in times),
        median(other for _, other in times),
        median(one / other for one, other in times),
        aim,
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

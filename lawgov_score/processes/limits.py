"""What one item may cost, and what is said of an item that cost more or took its process down."""

from dataclasses import dataclass
from enum import StrEnum


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

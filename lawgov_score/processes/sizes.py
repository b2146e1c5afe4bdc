"""How many processes to use."""

import os

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

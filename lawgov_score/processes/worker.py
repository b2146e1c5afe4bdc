"""``python -m lawgov_score.processes.worker MODULE``: a process that runs a function over the items it is sent.

The first message is the function and its limits, each further one an item; the worker answers one by one, in order. It
trusts its parent (messages to it are pickles), but its parent does not trust it (its answers are plain bytes).
"""

import gc
import importlib
import os
import pickle
import signal
import sys
import traceback
from typing import BinaryIO

from lawgov_score.processes.pool import MEMORY, RAISED, READY, RESULT, Limits, read_frame, write_frame

_LATER = 1.5  # of the time limit: the parent ends a slow worker; without a parent its own alarm does, later


def main() -> None:
    """Serves requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output of libraries must not mix with answers
    for name in sys.argv[1:]:
        importlib.import_module(name)
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:  # the parent has gone
        os._exit(0)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Reads the function and then items, and answers each; ends with the requests, or when memory runs out."""
    start = read_frame(requests)
    if start is None:
        return
    limits: Limits
    work, limits = pickle.loads(start)
    write_frame(answers, READY)
    gc.freeze()  # existing objects stay: the collector need not examine them again
    gc.set_threshold(50_000, 20, 20)
    if limits.megabytes is not None:
        bound_memory(limits.megabytes)
    while (request := read_frame(requests)) is not None:
        item = pickle.loads(request)
        _alarm(limits.seconds * _LATER)
        try:
            answer = (RESULT, work(item))
        except MemoryError:
            write_frame(answers, MEMORY)
            return  # the state after running out of memory is unreliable
        except BaseException:
            answer = (RAISED, traceback.format_exc().encode("utf-8", "replace"))
        _alarm(0)
        write_frame(answers, *answer)


def bound_memory(megabytes: int) -> None:
    """Limits memory to so much beyond the present use, if the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as sizes:
            now = int(sizes.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = now + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))
    except (OSError, ValueError):  # macOS has no /proc, and does not enforce such a limit
        return


def _alarm(seconds: float) -> None:
    """Ends this process after that many seconds, whatever it is doing; 0 cancels."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()

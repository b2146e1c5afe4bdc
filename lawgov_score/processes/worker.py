"""``python -m lawgov_score.processes.worker MODULE``: a process that runs a function over what it is sent.

The first message is the function and its limits, each further one an item; the worker answers one by one, in order.
It trusts who started it (messages to it are pickles) and is not trusted by it (its answers are plain bytes).
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

_LATE = 1.5  # the parent ends what takes too long; where the parent is gone, the worker's own alarm does, later


def main() -> None:
    """Serves until there is nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us is interrupted too, and ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    for name in sys.argv[1:]:
        importlib.import_module(name)
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:  # whoever asked has gone
        os._exit(0)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Reads the function and then items, and answers each; ends with the requests, or when memory has run out."""
    start = read_frame(requests)
    if start is None:
        return
    limits: Limits
    work, limits = pickle.loads(start)
    write_frame(answers, READY)
    gc.freeze()  # what is here now stays: no need to look through it again
    gc.set_threshold(50_000, 20, 20)
    bound_memory(limits.megabytes)
    while (request := read_frame(requests)) is not None:
        item = pickle.loads(request)
        _alarm(limits.seconds * _LATE)
        try:
            answer = (RESULT, work(item))
        except MemoryError:
            write_frame(answers, MEMORY)
            return  # who knows what was left half done
        except BaseException:
            answer = (RAISED, traceback.format_exc().encode("utf-8", "replace"))
        _alarm(0)
        write_frame(answers, *answer)


def bound_memory(megabytes: int) -> None:
    """No more than so much beyond what the process has now, where the system can do that."""
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
    except (OSError, ValueError):  # macOS has no /proc, and no such limit that it keeps to
        return


def _alarm(seconds: float) -> None:
    """Ends this process after so long, whatever it is doing; 0: no longer."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()

"""What workers are made to do in tests: they import it by name, as they import what they really do."""

import ctypes
import os
import sys
import time
from pathlib import Path


def act(item: str) -> bytes:
    """Does what ``item`` says: ``crash``, ``hoard``, ``sleep`` and so on; else gives it back in capitals."""
    what, _, more = item.partition(" ")
    match what:
        case "crash":
            os.abort()
        case "segfault":
            ctypes.string_at(0)
        case "hoard":
            return bytes(4 << 30)[:1]
        case "rust":  # what its allocator says before it aborts
            print("memory allocation of 4294967296 bytes failed", file=sys.stderr, flush=True)
            os.abort()
        case "sleep":
            time.sleep(float(more))
        case "spin":
            while True:
                pass
        case "exit":
            os._exit(int(more))
        case "raise":
            raise ValueError(more)
        case "once":  # dies the first time only, as where the system was short of memory for a moment
            mark = Path(more)
            if not mark.exists():
                mark.touch()
                os.abort()
        case "print":
            print(more)
            print(more, file=sys.stderr)
    return item.upper().encode()


def pid(item: str) -> bytes:
    """The number of the process that does it."""
    return f"{item} {os.getpid()}".encode()


def pid_then_sleep(item: str) -> bytes:
    """Says which process it is; the next item may take long."""
    time.sleep(float(item))
    return str(os.getpid()).encode()


def act_by_name(path: Path) -> bytes:
    """Does what the name of the file says."""
    return act(path.stem)

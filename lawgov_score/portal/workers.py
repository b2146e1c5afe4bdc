"""The process beside the server that does what takes long: begun when there is work, ended when there is none.

So the server stays small and quick, whatever is computed; and work goes on where the server was ended.
"""

import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

_LOCK = threading.Lock()
_RUNNING: dict[Path, "subprocess.Popen[bytes]"] = {}


def wake(folder: Path) -> None:
    """Sees to it that a worker looks for work: one that is there looks by itself."""
    if not settings.DESK_WORKS:
        return
    with _LOCK:
        running = _RUNNING.get(folder)
        if running is None or running.poll() is not None:
            _RUNNING[folder] = subprocess.Popen(
                [sys.executable, "-m", "lawgov_score.portal.worker", str(folder)],
                stdin=subprocess.PIPE,  # it ends with this process, however that ends
                stdout=subprocess.DEVNULL,
            )


def rest(folder: Path, seconds: float) -> None:
    """Lets the worker end its piece of work and go; one that takes longer than that goes on by itself."""
    with _LOCK:
        running = _RUNNING.pop(folder, None)
    if running is not None:
        assert running.stdin is not None  # it was begun with a pipe
        running.stdin.close()
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            return

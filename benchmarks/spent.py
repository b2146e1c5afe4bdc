"""What one command takes: ``python -m benchmarks.spent COMMAND…`` runs it and prints seconds and memory as JSON.

It is a small process on purpose. Linux counts the memory of the process that starts a command among the command's own,
so that a large one (a benchmark with its tables) must not start it itself.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """``seconds`` by the clock; ``megabytes`` at the peak of the command's process, or of the largest it waited for."""

    seconds: float
    megabytes: float


def spent(command: Sequence[str]) -> Spent:
    """Runs ``command``, whose output is thrown away. Raises ``RuntimeError``, with what it said, where it fails."""
    runner = [sys.executable, "-m", "benchmarks.spent", *command]
    done = subprocess.run(runner, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}: {' '.join(command)}\n{done.stderr}")
    return Spent(**json.loads(done.stdout))


def megabytes(who: int) -> float:
    """The most memory that ``who`` (``resource.RUSAGE_SELF`` or ``RUSAGE_CHILDREN``) has had."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def main(command: Sequence[str]) -> int:
    """Runs the command and gives its exit code; what it says on stderr goes where this process's goes."""
    start = time.perf_counter()
    code = subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
    print(json.dumps(asdict(Spent(time.perf_counter() - start, megabytes(resource.RUSAGE_CHILDREN)))))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

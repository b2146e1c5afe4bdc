"""Runs one version of the program over everything that `benchmarks.golden` laid out, and keeps all that came of it.

``python golden_side.py ROOT PLAN``, in a folder of its own: ROOT is the version's tree. Uses nothing of either version
but its command line (and, for random rounds, its own test environment), so it runs with any of them.
"""

import json
import os
import sys
from pathlib import Path


def main() -> int:
    """Every command of the plan in a process of its own: what it printed, and its exit code, beside what it wrote."""
    root, plan = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.insert(0, str(root))
    import pandas  # noqa: F401  # once for all commands

    from lawgov_score import __version__
    from lawgov_score.cli import main as command

    assert sys.modules["lawgov_score"].__file__ == str(root / "lawgov_score" / "__init__.py")
    runs = json.loads(plan.read_text(encoding="utf-8"))
    started: dict[int, Path] = {}
    before = ""
    for name, arguments in runs:
        most = os.cpu_count() or 1
        if arguments[0] == "verify" != before:  # what they verify must be there; no other command comes after them
            most = 1
        before = arguments[0]
        while len(started) >= most:
            _one_ends(started)
        place = Path("out") / name
        place.mkdir(parents=True)
        child = os.fork()
        if child == 0:
            _as_its_own(place / "printed.txt", place / "said.txt")
            command(arguments)  # exits
        started[child] = place
    while started:
        _one_ends(started)
    Path("version.txt").write_text(__version__, encoding="utf-8")
    return 0


def _one_ends(started: dict[int, Path]) -> None:
    child, status = os.wait()
    (started.pop(child) / "exit.txt").write_text(f"{os.waitstatus_to_exitcode(status)}\n", encoding="utf-8")


def _as_its_own(printed: Path, said: Path) -> None:
    """The process's output and messages go to files."""
    for stream, path in ((1, printed), (2, said)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)


if __name__ == "__main__":
    sys.exit(main())

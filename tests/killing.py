"""``python killing.py ROUNDS FOLDER TREE INPUT INPUT``: kills ``score`` at moments spread over its run, and looks.

It forks itself, so that a run costs what the run costs and not what Python's start does. Prints, as JSON, what the
folder of outputs was after each kill: by file, ``0`` or ``1`` for the whole result of one of the two inputs. A run
that ended before the signal came was not killed, and is not counted. ``moments``: kills by the clock; ``between``:
kills after no, one, … all of the renames by which outputs come to their places, which no clock meets.
"""

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.cli import main
from lawgov_score.workbook.submission.reader import Run, in_this_process

_TRIES = 5  # times the rounds that are wanted: a run may be faster than the one that was timed


@contextmanager
def without_workers(_: pipeline.ReadingOptions) -> Iterator[Run]:
    """Workers die with their parent, which is another test's business."""
    yield in_this_process


def score(folder: Path, tree: str, table: str) -> int:
    """A run that writes everything a run can write; its exit code."""
    outputs = ["-o", f"{folder}/scorecard.xlsx", "--cards", f"{folder}/cards", "--csv", f"{folder}/csv"]
    try:
        main(["score", tree, table, *outputs, "--overwrite"])
    except SystemExit as left:
        return int(left.code or 0)
    return 70


def start(folder: Path, tree: str, table: str, renames: int | None = None) -> int:
    """The same in a process of its own, whose number is given. ``renames``: after so many of them it kills itself."""
    child = os.fork()
    if child == 0:
        if renames is not None:
            kill_after(renames)
        os._exit(score(folder, tree, table))
    return child


def kill_after(renames: int) -> None:
    """Lets this process die once it has put so many files in place."""
    replace, done = os.replace, count()

    def counted(*args: object, **options: object) -> None:
        if next(done) == renames:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*args, **options)  # type: ignore[arg-type]  # whatever the caller gives

    os.replace = counted  # what ``Path.replace`` calls


def look(folder: Path) -> dict[str, str]:
    """Every file that people see, and its fingerprint."""
    seen = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in seen}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named.items() if "/." not in f"/{name}"
    }


def judge(found: dict[str, str], whole: list[dict[str, str]]) -> dict[str, str]:
    """By file: the number of the input whose whole result it is; ``broken`` where it is neither's."""
    return {
        name: next((str(at) for at, one in enumerate(whole) if one.get(name) == print_), "broken")
        for name, print_ in found.items()
    }


def kill_again_and_again(rounds: int, folder: Path, tree: str, tables: list[str]) -> dict[str, object]:
    """What was found after each kill; ``tries``: how many runs the kills by the clock took."""
    assert score(folder, tree, tables[0]) == 0  # what a run imports is there before a run is timed
    whole, longest = [], 0.0
    for table in [*tables, *tables]:
        begun = time.monotonic()
        assert os.waitpid(start(folder, tree, table), 0)[1] == 0
        longest = time.monotonic() - begun
        whole.append(look(folder))
    assert whole[:2] == whole[2:]
    moments: list[tuple[str, dict[str, str]]] = []
    tries = 0
    while len(moments) < rounds and tries < _TRIES * rounds:
        own = tries % 2
        child = start(folder, tree, tables[own])
        time.sleep(longest * (tries % rounds + 0.5) / rounds)
        os.kill(child, signal.SIGKILL)
        if was_killed(os.waitpid(child, 0)[1]):
            moments.append((str(own), judge(look(folder), whole[:2])))
        tries += 1
    differing = [name for name, print_ in whole[0].items() if whole[1][name] != print_]
    between: list[dict[str, str]] = []
    for renames in range(len(differing) + 1):
        assert os.waitpid(start(folder, tree, tables[0]), 0)[1] == 0
        assert was_killed(os.waitpid(start(folder, tree, tables[1], renames), 0)[1]) == (renames < len(differing))
        found = judge(look(folder), whole[:2])
        between.append({name: at for name, at in found.items() if name in differing or at == "broken"})
    return {"moments": moments, "tries": tries, "between": between}


def was_killed(status: int) -> bool:
    """Did the process die of our signal? Else it must have ended by itself, and well."""
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


if __name__ == "__main__":
    pipeline.reading = without_workers  # type: ignore[assignment]
    result = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    found = kill_again_and_again(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
    os.write(result, json.dumps(found).encode())

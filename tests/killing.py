"""``python killing.py ROUNDS FOLDER TREE INPUT INPUT``: kills ``score`` at moments spread over its run, and looks.

It forks itself, so that a run costs what the run costs and not what Python's start does. Prints, as JSON, what the
folder of outputs was after each kill: by file, ``0`` or ``1`` for the whole result of one of the two inputs.
"""

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.cli import main
from lawgov_score.workbook.submission.reader import Run, in_this_process

_SPREAD = (
    1.25  # of a run's time: its outputs are put in place together at its very end, and kills come before and after
)


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


def start(folder: Path, tree: str, table: str) -> int:
    """The same in a process of its own, whose number is given."""
    child = os.fork()
    if child == 0:
        os._exit(score(folder, tree, table))
    return child


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


def kill_again_and_again(rounds: int, folder: Path, tree: str, tables: list[str]) -> list[dict[str, str]]:
    """What was found after each kill."""
    assert score(folder, tree, tables[0]) == 0  # what a run imports is there before a run is timed
    whole, longest = [], 0.0
    for table in [*tables, *tables]:
        begun = time.monotonic()
        assert os.waitpid(start(folder, tree, table), 0)[1] == 0
        longest = time.monotonic() - begun
        whole.append(look(folder))
    assert whole[:2] == whole[2:]
    found = []
    for at in range(rounds):
        child = start(folder, tree, tables[at % 2])
        time.sleep(_SPREAD * longest * (at + 0.5) / rounds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found.append(judge(look(folder), whole[:2]))
    return found


if __name__ == "__main__":
    pipeline.reading = without_workers  # type: ignore[assignment]
    result = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    found = kill_again_and_again(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
    os.write(result, json.dumps(found).encode())

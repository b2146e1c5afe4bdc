"""``python killing_rounds.py FOLDER``: kills commands of a round, before and after each commit and at ten moments.

It forks itself, so that a deed costs what the deed costs. Prints, as JSON, what was there after each kill by deed.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest
from breaking import Breaking, breaking, counts_of
from calls import run
from deeds import DEEDS, Begun, Left, begin, quick

MOMENTS = 10
KILLED = ("new", "receive", "enter", "run", "publish", "export", "decide", "import", "restore")


class Killing(Breaking):
    """In place of a refusal: the end."""

    def counts(self, what: str) -> bool:
        """One more thing is asked: if it is the one, it is never done."""
        if super().counts(what):
            os.kill(os.getpid(), signal.SIGKILL)
        return False


def child(begun: Begun, root: Path, at: int) -> int:
    """The deed in a process of its own, which kills itself before the ``at``-th thing it asks; 0: never."""
    process = os.fork()
    if process == 0:
        with breaking(Killing(at)):
            os._exit(run(*begun.words(root)))
    return process


def looked(begun: Begun, root: Path) -> str:
    """What is there, whole; and after the deed is done again."""
    try:
        found = begun.judge(root)
    except AssertionError as error:
        error.add_note(f"{begun.deed.name}, {root.name}: {_told(begun, root)}")
        raise
    assert run(*begun.words(root)) == 0
    assert "before" not in begun.judge(root)
    shutil.rmtree(root)
    return found


def _told(begun: Begun, root: Path) -> dict[str, dict[str, int]]:
    """How many rows there are, were, and are to be."""
    all_ = {"left": Left.of(root), "before": begun.before, "after": begun.after}
    return {name: counts_of(one.rows) for name, one in all_.items()}


def kill_again_and_again(begun: Begun, folder: Path) -> dict[str, list[str]]:
    """``commits``: killed before a commit, and before what comes after it; ``moments``: by the clock."""
    places = [at for at, what in enumerate(begun.asked, start=1) if what == "COMMIT"]
    commits = []
    for at in sorted({*places, *(at + 1 for at in places if at < len(begun.asked))}):
        root = begun.again(folder / f"commit-{at}")
        assert os.waitstatus_to_exitcode(os.waitpid(child(begun, root, at), 0)[1]) == -signal.SIGKILL
        commits.append(looked(begun, root))
    root = begun.again(folder / "timed")
    began = time.monotonic()
    assert os.waitpid(child(begun, root, 0), 0)[1] == 0
    longest, moments, chance = time.monotonic() - began, [], random.Random(18)
    for n in range(MOMENTS):
        root = begun.again(folder / f"moment-{n}")
        process = child(begun, root, 0)
        time.sleep(chance.random() * longest)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        moments.append(looked(begun, root))
    return {"commits": commits, "moments": moments}


def main(folder: Path) -> dict[str, dict[str, list[str]]]:
    """All deeds that take more than a row."""
    found = {}
    for deed in (one for one in DEEDS if one.name in KILLED):
        with pytest.MonkeyPatch.context() as system, quick(system):
            begun = begin(deed, folder / deed.name)
            (folder / deed.name / "killed").mkdir()
            found[deed.name] = kill_again_and_again(begun, folder / deed.name / "killed")
    return found


if __name__ == "__main__":
    result = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.write(result, json.dumps(main(Path(sys.argv[1]))).encode())

"""``python killing_rounds.py FOLDER DEED``: kills a command of a round before each thing it asks, and at ten moments.

It forks itself, so that a deed costs what the deed costs. Prints, as JSON, what was there after each kill: ``asked``,
by what it was about to ask of disk or database (a commit among them, and what comes after it); ``moments``, by clock.
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
from breaking import Breaking, breaking, counts_of, look_over
from calls import run
from deeds import DATA, DEEDS, Begun, Left, begin, quick

MOMENTS = 10
_TABLES, _OTHERS = 24, 6  # of what makes a new DATA every so many


class Killing(Breaking):
    """In place of a refusal: the end."""

    def counts(self, what: str) -> bool:
        """One more thing is asked: if it is the one, it is never done."""
        if super().counts(what):
            os.kill(os.getpid(), signal.SIGKILL)
        return False


def child(begun: Begun, root: Path, at: int) -> int:
    """The deed in a process of its own, which kills itself before the ``at``-th thing it asks, or when all is asked.

    0: never.
    """
    process = os.fork()
    if process == 0:
        with breaking(Killing(at)):
            code = run(*begun.words(root))
        if at > len(begun.asked):
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(code)
    return process


def looked(begun: Begun, root: Path, what: str) -> str:
    """What is there, whole; and the same command again does what is not done yet, and harms nothing that is."""
    try:
        found = begun.judge(root, is_killed=True)
        code = run(*begun.words(root))
        if "after in DATA" not in found:  # it was not done
            assert code == 0
            assert "before" not in begun.judge(root)
        elif "outside" in found and "after outside" not in found:  # its files are not all there yet
            assert code == 0
            assert "after outside" in begun.judge(root)
        else:  # done once more, or refused
            assert code in {0, 2}
            look_over(root / DATA)
    except AssertionError as error:
        error.add_note(f"{begun.deed.name}, {what}: {_told(begun, root)}")
        raise
    shutil.rmtree(root)
    return found


def _told(begun: Begun, root: Path) -> dict[str, dict[str, int]]:
    """How many rows there are, were, and are to be."""
    all_ = {"left": Left.of(root), "before": begun.before, "after": begun.after}
    return {name: counts_of(one.rows) for name, one in all_.items()}


def kill_again_and_again(begun: Begun, folder: Path) -> dict[str, list[list[str]]]:
    """What was about to be asked, and what was there."""
    asked = []
    for at in (*begun.places(_TABLES, _OTHERS), len(begun.asked) + 1):
        wish = begun.asked[at - 1] if at <= len(begun.asked) else "nothing more"
        what = f"{at}: {wish}"
        root = begun.again(folder / f"asked-{at}")
        assert os.waitstatus_to_exitcode(os.waitpid(child(begun, root, at), 0)[1]) == -signal.SIGKILL, what
        asked.append([wish, looked(begun, root, what)])
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
        moments.append(["", looked(begun, root, f"moment {n}")])
    return {"asked": asked, "moments": moments}


def main(folder: Path, name: str) -> dict[str, list[list[str]]]:
    """One deed."""
    (deed,) = (one for one in DEEDS if one.name == name)
    with pytest.MonkeyPatch.context() as system, quick(system):
        begun = begin(deed, folder / "begun")
        (folder / "killed").mkdir()
        return kill_again_and_again(begun, folder / "killed")


if __name__ == "__main__":
    result = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.write(result, json.dumps(main(Path(sys.argv[1]), sys.argv[2])).encode())

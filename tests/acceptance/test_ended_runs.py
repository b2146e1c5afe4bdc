"""Runs in sessions of their own, whole or ended in the middle: nothing is left of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import tasks
from calls import run
from test_cli_writing import UNITS, inputs

__all__ = ["inputs"]  # a fixture

_PATCHED = """
import signal, sys, tasks
from lawgov_score.cli import main
from lawgov_score.workbook.card import folder
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background ignore it
folder.write_task = tasks.a_card_that_takes_long
main(sys.argv[1:])
"""


def a_session(*call: str, folder: Path) -> "subprocess.Popen[str]":
    """A command in a session of its own, as in a terminal: what it starts can be told by that."""
    return subprocess.Popen(
        [sys.executable, *call],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONWARNINGS": "default",
            tasks.MARK: str(folder / "mark"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def left_of(session: int) -> list[str]:
    """The processes of a session that are still there after ten seconds, as the system names them."""
    end = time.monotonic() + 10
    while (found := list(_members(session))) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _members(session: int) -> Iterable[str]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:  # it has ended meanwhile
            continue
        state, _, _, its = rest.split()[:4]
        if int(its) == session and state != "Z":
            yield name


linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is left of a session")


@linux
def test_nothing_is_left_of_a_run_and_nothing_is_said_of_it(inputs: tuple[str, str], tmp_path: Path) -> None:
    """No process, no temporary folder, and no warning, such as of semaphores that nobody has taken away."""
    said = {}
    for jobs in ("1", "3"):
        outputs = ("--cards", "cards", "--html", "html", "--csv", "csv", "-o", "scorecard.xlsx")
        with a_session("-m", "lawgov_score", "score", *inputs, *outputs, "--jobs", jobs, folder=tmp_path) as run_of:
            _, said[jobs] = run_of.communicate(timeout=120)
        assert run_of.returncode == 0
        assert left_of(run_of.pid) == []
    assert said["3"] == said["1"]
    assert [line for line in said["3"].splitlines() if not line.startswith(("已写入", "没有给出单位名册"))] == []
    assert list(tmp_path.rglob(".*")) == []


@linux
@pytest.mark.parametrize(
    ("name", "code", "seconds"),
    [
        ("INT", 130, 600),
        ("TERM", 143, 600),
        ("KILL", -9, 2),  # its workers finish their cards, and find that nobody listens
    ],
)
def test_nothing_is_left_of_a_run_that_is_ended(
    inputs: tuple[str, str], tmp_path: Path, name: str, code: int, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    monkeypatch.setenv(tasks.SECONDS, str(seconds))
    with a_session("-c", _PATCHED, "score", *inputs, "--cards", str(out), "--jobs", "2", folder=tmp_path) as run_of:
        end = time.monotonic() + 60
        while not (tmp_path / "mark").exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert (tmp_path / "mark").exists()
        if name == "INT":
            os.killpg(run_of.pid, signal.SIGINT)  # a terminal sends it to all
        else:
            run_of.send_signal(getattr(signal, f"SIG{name}"))
        run_of.communicate(timeout=60)
    assert run_of.returncode == code
    assert left_of(run_of.pid) == []
    if name != "KILL":
        assert not out.exists()
        return
    assert run("score", *inputs, "--cards", str(out)) == 0
    assert {path.name for path in out.iterdir()} == {f"{code}.xlsx" for code in UNITS}

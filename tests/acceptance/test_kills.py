"""Killed at any moment, a run leaves old outputs or whole new ones, and nothing that stops the next.

And a worker of a cluster that is killed changes nothing of what comes out.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from clumsy import Clumsy
from distributed import Client
from killing import judge, look
from test_cli import a_small_tree, a_table
from workbook.submission.test_cluster import TREE, address, folder

from lawgov_score.processes import Limits, Lost
from lawgov_score.processes.cluster import run_on
from lawgov_score.workbook.submission.reader import InputFile, Reader, in_this_process

__all__ = ["address", "folder"]  # fixtures

KILLS = 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is forked, to be killed a hundred times in little time")
def test_a_hundred_kills_leave_no_half_of_anything(tmp_path: Path) -> None:
    tree = a_small_tree(tmp_path)
    tables = []
    for at, numbers in enumerate(("1,2", "2,2")):
        table = a_table(tmp_path, *(f"U{i},{numbers}" for i in range(2)))
        tables.append(str(Path(table).rename(tmp_path / f"{at}.csv")))
    out = tmp_path / "out"
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "killing", str(KILLS), str(out), tree, *tables],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["moments"]) == KILLS, f"{found['tries']} runs, the others ended before the signal came"
    assert {len(files) for _, files in found["moments"]} == {1 + 2 + 4}  # nothing gone, nothing more
    assert all("broken" not in files.values() for _, files in found["moments"])
    # Kills met runs before they put their outputs in place: old ones stay, whole.
    states = [set(files.values()) for _, files in found["moments"]]
    own = [{which} for which, _ in found["moments"]]
    assert any(before == after != its_own for before, after, its_own in zip(states, states[1:], own[1:], strict=False))
    # And between any two renames: so many files are the new ones, whole, and the others the old ones.
    news = [sorted(files.values()).count("1") for files in found["between"]]
    assert news == list(range(len(news)))
    assert len(news) == 1 + len(found["between"][-1]) > 2
    assert all("broken" not in files.values() for files in found["between"])


def test_half_a_file_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"whole")
    (tmp_path / ".lawgov-1").mkdir()
    (tmp_path / ".lawgov-1" / "new").write_bytes(b"half of someth")
    whole = [look(tmp_path), {"a": "other"}]
    assert judge(look(tmp_path), whole) == {"a": "0"}
    (tmp_path / "a").write_bytes(b"who")
    assert judge(look(tmp_path), whole) == {"a": "broken"}


@pytest.mark.filterwarnings("ignore")  # the library's own, of ports and sockets
def test_a_worker_killed_in_mid_run_changes_nothing(address: str, folder: Path) -> None:
    files = [InputFile(path) for path in sorted(folder.glob("U*.xlsx"))]
    reader = Reader(TREE, None)
    slow = Clumsy(reader, {file.path.name: "sleep 0.1" for file in files} | {"U05.xlsx": "crash"})
    with Client(address, set_as_default=False) as client:
        results = run_on(client, slow, files, (), Limits())
        found = [next(results)]
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        found += results
    expected: list[bytes | Lost] = list(in_this_process(reader, files))
    assert isinstance(found[5], Lost)  # a file that crashes its reader is still that file's problem
    assert [one for at, one in enumerate(found) if at != 5] == [one for at, one in enumerate(expected) if at != 5]

"""Killed at any moment, a run leaves old outputs or whole new ones, and nothing that stops the next."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from killing import judge, look
from test_cli import a_small_tree, a_table

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
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == KILLS
    assert {len(files) for files in found} == {1 + 2 + 3}  # nothing gone, nothing more
    assert all("broken" not in files.values() for files in found)
    # The kills met runs before they put their outputs in place, and after: else this would prove nothing.
    states = [set(files.values()) for files in found]
    rounds = [(before, after, {str(at % 2)}) for at, (before, after) in enumerate(pairwise(states), start=1)]
    assert any(before == after != its_own for before, after, its_own in rounds)
    assert any(before != after == its_own for before, after, its_own in rounds)


def test_half_a_file_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"whole")
    (tmp_path / ".lawgov-1").mkdir()
    (tmp_path / ".lawgov-1" / "new").write_bytes(b"half of someth")
    whole = [look(tmp_path), {"a": "other"}]
    assert judge(look(tmp_path), whole) == {"a": "0"}
    (tmp_path / "a").write_bytes(b"who")
    assert judge(look(tmp_path), whole) == {"a": "broken"}

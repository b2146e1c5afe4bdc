"""Killed at any moment, a run leaves old outputs or whole new ones, and nothing that stops the next."""

import json
import os
import subprocess
import sys
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
    assert len(found["moments"]) == KILLS, f"{found['tries']} runs, the others ended before the signal came"
    assert {len(files) for _, files in found["moments"]} == {1 + 2 + 3}  # nothing gone, nothing more
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

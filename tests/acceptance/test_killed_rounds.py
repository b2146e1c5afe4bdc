"""Killed before or after any commit, or at any moment, a deed is not done or done; and again it goes well."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from killing_rounds import KILLED, MOMENTS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are forked, to be killed in little time")
def test_whenever_it_is_killed_a_deed_is_not_done_or_done(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "killing_rounds", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout)
    assert set(found) == set(KILLED)
    assert {len(one["moments"]) for one in found.values()} == {MOMENTS}
    for name, one in found.items():  # whichever commit: those before the last leave it undone
        assert any("before" in left for left in one["commits"]), name

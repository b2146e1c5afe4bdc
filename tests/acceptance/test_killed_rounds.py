"""Killed before anything that it asks, or at any moment, a deed is not done or done; and again it goes well."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from deeds import DEEDS, Deed
from killing_rounds import MOMENTS

_CHOICE = {"receive", "enter", "run", "decide", "publish", "export", "restore"}  # of CI


@pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are forked, to be killed in little time")
@pytest.mark.parametrize(
    "deed", [pytest.param(one, id=one.name, marks=() if one.name in _CHOICE else pytest.mark.long) for one in DEEDS]
)
def test_whenever_it_is_killed_a_deed_is_not_done_or_done(deed: Deed, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "killing_rounds", str(tmp_path), deed.name],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout)
    assert len(found["moments"]) == MOMENTS
    # At every commit of a database that is there, and at every name that a file is given.
    about_to = {asked.split()[0] for asked, _ in found["asked"]}
    assert about_to & ({"COMMIT"} if deed.writes_rows else {"os.rename"})
    assert any("before" in left for _, left in found["asked"])
    assert "before" not in found["asked"][-1][1]  # everything had been asked

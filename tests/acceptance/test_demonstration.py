"""``lawgov-score demo`` in a process that has nothing of its surroundings.

It runs without a shell, without a search path but Python's own, and every file opened without an encoding is an error.
Reaches ``cli/commands/demo.py`` and ``pipeline/demo.py``.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def demonstrate(folder: Path) -> str:
    """``lawgov-score demo`` in ``folder``, in a process that has nothing of its surroundings; what it prints."""
    strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    not_ours = ["-W", "ignore::EncodingWarning:openpyxl.worksheet._writer"]  # it opens a name, and writes bytes there
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from lawgov_score.cli import main; main(['demo'])"
    done = subprocess.run(
        [sys.executable, *strict, *not_ours, "-c", start],
        cwd=folder,
        env={"PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_writes_what_it_says(tmp_path: Path) -> None:
    folder, said = tmp_path, demonstrate(tmp_path)
    out = folder / "out"
    for name, cards in (("published-reports", 5), ("sample-round", 23)):
        assert (out / name / "scorecard.xlsx").is_file()
        assert {"ranking.csv", "scores.csv", "figures.csv"} <= {path.name for path in (out / name).iterdir()}
        assert len(list((out / name / "cards").glob("*.xlsx"))) == cards
    opening = re.findall(r"^  (out/\S+)$", said, flags=re.M)
    assert len(opening) == 4
    assert all((folder / path).is_file() for path in opening)
    typed = re.findall(r"^\$ lawgov-score (.*)$", said, flags=re.M)
    assert [shlex.split(line)[:2] for line in typed] == [["score", "qujialing-2017"]] * 2

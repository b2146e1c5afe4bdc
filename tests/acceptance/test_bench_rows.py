"""`make bench`: every row runs, so small that only the way is tested; floors that take long do the same work."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import melting
from benchmarks.bare import cells_of, write_bare
from benchmarks.comparing import write_both
from benchmarks.row import Extent, Measured
from benchmarks.rows import BY_NAME
from benchmarks.tables import to_csv
from benchmarks.writing import scored_round, writing_scorecard
from lawgov_score.pipeline import load_tree

ROOT = Path(__file__).parents[2]
TINY = {  # so small that only the way is tested, not the speed
    "help": 1,
    "tree": 129,
    "diff": 129,
    "rehearse": 2,
    "export": 129,
    "workbooks": 2,
    "receiving": 2,
    "trial-run": 2,
    "desk-pages": 3,
    "desk-drop": 2,
    "desk-memory": 3,
    "marking": 1,
    "table": 3,
    "scoring-comparing": 3,
    "scoring-growth": 20,
    "scoring-sample": 5,
    "scoring-memory": 8,
    "table-to-csv": 3,
    "memory": 3,
    "scorecard": 2,
    "scorecard-growth": 2,
    "scorecard-memory": 2,
    "details": 2,
    "cards": 2,
}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_row_runs(name: str, tmp_path: Path) -> None:
    extent = Extent(TINY[name], 1)
    measured = BY_NAME[name].measured(extent, tmp_path)
    assert measured.value >= 0
    assert f"{name}: {BY_NAME[name].what(extent)}" in BY_NAME[name].lines(extent, measured)
    assert Measured.from_text(measured.text()) == measured


def test_a_row_runs_in_a_process_of_its_own_that_leaves_nothing_behind() -> None:
    command = [sys.executable, "-W", "error", "-m", "benchmarks.alone", "workbooks", "2", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    assert Measured.from_text(done.stdout).value > 0
    assert done.stderr == ""  # no leaked semaphores, no open files


def test_the_floor_of_a_table_writes_every_unit_and_indicator_with_six_columns(tmp_path: Path) -> None:
    tree_path, table = write_both(tmp_path, 30)
    to_csv(tree_path, table, tmp_path / "out")
    melting.main(table, tmp_path / "long.csv")
    tree, _ = load_tree(tree_path)
    assert tree is not None
    codes = {indicator.code for indicator in tree.indicators}
    ours = [line for line in _lines(tmp_path / "out" / "scores.csv") if line["code"] in codes]
    bare = _lines(tmp_path / "long.csv")
    assert sorted((line["unit"], line["code"]) for line in bare) == sorted(
        (line["unit"], line["code"]) for line in ours
    )
    assert list(bare[0]) == list(ours[0])[:6]
    length = sum(len(line["reason"]) for line in ours) / len(ours)
    assert len(melting.REASON) == pytest.approx(length, rel=0.1)


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_floor_of_writing_writes_the_same_cells(tmp_path: Path) -> None:
    writing_scorecard(scored_round(tmp_path / "round", 2), tmp_path / "scorecard.xlsx")()
    cells = cells_of(tmp_path / "scorecard.xlsx")
    write_bare(tmp_path / "bare.xlsx", cells)
    assert sum(bool(formula) for sheet in cells.values() for _, _, formula, _ in sheet) > 500
    assert cells_of(tmp_path / "bare.xlsx") == cells

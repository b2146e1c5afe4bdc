"""Rows of tables: reading one, and the whole way from a table to scores.csv, its time and its memory."""

import itertools
import sys
from pathlib import Path

import pandas as pd

from benchmarks.comparing import write_both
from benchmarks.ratio import by_clock, compare, seconds
from benchmarks.row import Extent, Measured
from benchmarks.spent import Spent, spent
from lawgov_score.pipeline import check, load_tree


def table(extent: Extent, folder: Path) -> Measured:
    """A table read and checked, beside pandas reading it."""
    path, file = write_both(folder, extent.size)
    tree, _ = load_tree(path)
    assert tree is not None

    def ours() -> None:
        assert len(check(tree, [file], None).submissions) == extent.size

    return compare(by_clock(ours), by_clock(lambda: pd.read_csv(file, dtype={"unit": str})), pairs=extent.pairs)


def table_to_csv(extent: Extent, folder: Path) -> Measured:
    """The command, from a table to ranking.csv, scores.csv and figures.csv, beside a process that melts with pandas."""
    tree, file = write_both(folder, extent.size)
    numbers = itertools.count()
    floor = [sys.executable, "-m", "benchmarks.melting", str(file), str(folder / "long.csv")]
    return compare(
        lambda: to_csv(tree, file, folder / f"out-{next(numbers)}").seconds,
        lambda: spent(floor).seconds,
        pairs=extent.pairs,
        warm=False,
    )


def memory(extent: Extent, folder: Path) -> Measured:
    """Megabytes of that command at its peak."""
    took = to_csv(*write_both(folder, extent.size), folder / "out")
    return Measured(took.megabytes, seconds(took.seconds))


def to_csv(tree: Path, file: Path, folder: Path) -> Spent:
    """Runs the command once."""
    took = spent([sys.executable, "-m", "lawgov_score", "score", str(tree), str(file), "--csv", str(folder)])
    assert (folder / "scores.csv").stat().st_size > 0
    return took

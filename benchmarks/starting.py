"""Rows of what every command begins with: the command line itself, and reading a tree."""

import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.ratio import by_processes, by_processor, compare
from benchmarks.row import Extent, Measured
from lawgov_score.pipeline import load_tree
from submissions.make_sample_round import TREE


def help_text(extent: Extent, folder: Path) -> Measured:
    """A process that shows the help, beside one that imports click."""

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    return compare(
        by_processes(lambda: run("-m", "lawgov_score", "--help")),
        by_processes(lambda: run("-c", "import click")),
        pairs=extent.pairs,
    )


def tree(extent: Extent, _: Path) -> Measured:
    """Reading and checking a tree, beside composing its files."""
    files = [path.read_text(encoding="utf-8") for path in sorted(TREE.glob("*.yaml"))]

    def floor() -> None:
        for text in files:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    return compare(by_processor(lambda: _load(TREE)), by_processor(floor), pairs=extent.pairs)


def _load(path: Path) -> None:
    assert load_tree(path)[0] is not None

"""``python -m benchmarks``: reading, scoring, writing and starting, each against its floor."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml
from python_calamine import CalamineWorkbook

from benchmarks.cards import writing_cards
from benchmarks.marking import marking
from benchmarks.ratio import Ratio, compare
from benchmarks.writing import writing_scorecard
from lawgov_score.model import Scores, Tree, Unit
from lawgov_score.pipeline import check, load_tree
from lawgov_score.scoring import score
from lawgov_score.scoring.answers import Answers, columns
from lawgov_score.scoring.run import score_columns
from submissions.filled_workbook import write_filled
from submissions.make_sample_round import TREE, a_round

_IN_PROCESSES_OF_THEIR_OWN = ("benchmarks.intake", "benchmarks.scale", "benchmarks.scorecard_memory")
READ, SCORED, WRITTEN, DISTINCT = 300, 3_000, 300, 24


def main() -> int:
    """Prints one ratio after the other."""
    tree, _ = load_tree(TREE)
    if tree is None:
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ratio in _ratios(tree, folder):
            print(ratio.line(), flush=True)
    codes = [
        subprocess.run([sys.executable, "-m", name], check=False).returncode for name in _IN_PROCESSES_OF_THEIR_OWN
    ]
    return max(codes)


def _ratios(tree: Tree, folder: Path) -> Iterator[Ratio]:
    yield _start()
    yield _loading()
    books = folder / "books"
    books.mkdir()
    units = [_unit(tree, i) for i in range(READ)]
    for i, unit in enumerate(units):
        write_filled(tree, unit, a_round(tree, unit, i % DISTINCT), books / f"{unit.code}.xlsx")
    yield _reading(tree, books)
    yield marking(books, folder / "marked")
    taken = check(tree, [books], None)
    yield _scoring(tree, score(tree, tuple(s.unit for s in taken.submissions), taken.submissions))
    scores = score(tree, tuple(units), taken.submissions)
    yield from writing_scorecard(scores, folder)
    yield writing_cards(scores, folder / "cards")


def _unit(tree: Tree, i: int) -> Unit:
    cohort = tree.cohorts[i % 4]
    return Unit(f"U{i:04}", f"第{i}单位", cohort.unit_types[0], cohort.code)


def _loading() -> Ratio:
    files = [path.read_text(encoding="utf-8") for path in sorted(TREE.glob("*.yaml"))]
    return compare(
        "reading and checking the tree of 129 indicators",
        "bare libyaml: composing the same files",
        lambda: load_tree(TREE),
        lambda: [yaml.compose(text, Loader=yaml.CSafeLoader) for text in files],
        aim=5.0,
        pairs=9,
    )


def _reading(tree: Tree, books: Path) -> Ratio:
    files = sorted(books.glob("*.xlsx"))

    def bare() -> None:
        for path in files:
            book = CalamineWorkbook.from_path(path)
            for sheet in book.sheet_names:
                book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)

    floor = "bare calamine, every sheet of the same files to Python"
    return compare(
        f"reading and checking {READ} workbooks", floor, lambda: check(tree, [books], None), bare, aim=4, pairs=5
    )


def _scoring(tree: Tree, small: Scores) -> Ratio:
    """The answers of the round, repeated to 3,000 units; the floor adds up as many numbers as there are scores."""
    times = np.resize(np.arange(len(small.units)), SCORED)
    units = tuple(replace(small.units[row], code=f"{i:05}") for i, row in enumerate(times))
    read = columns(tree, small.units, small.submissions)
    answers = Answers(
        {key: column[times] for key, column in read.values.items()},
        {key: column[times] for key, column in read.states.items()},
        np.asfortranarray(read.applicable[times]),
    )
    submissions = tuple(small.submissions[row] for row in times)
    matrix = np.random.default_rng(1).random((SCORED, len(tree.indicators)))
    floor = f"bare numpy: the sum of {SCORED:,} × {len(tree.indicators)} floats, row by row"
    return compare(
        f"scoring {SCORED:,} units × {len(tree.indicators)}, processor time",
        floor,
        lambda: score_columns(tree, units, submissions, answers),
        lambda: matrix.sum(axis=1),
        aim=10,
        pairs=9,
        clock=time.process_time,
    )


def _start() -> Ratio:
    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    return compare(
        "lawgov-score --help",
        'python -c "import click"',
        lambda: run("-m", "lawgov_score", "--help"),
        lambda: run("-c", "import click"),
        aim=2,
        pairs=15,
    )


if __name__ == "__main__":
    sys.exit(main())

"""Rows of scoring: from answers to places, beside the same sums by hand in numpy (``benchmarks.by_hand``)."""

import resource
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.answered import comparing_units, sample_units
from benchmarks.by_hand import Sums, comparing_by_hand, sample_by_hand
from benchmarks.comparing import write_both
from benchmarks.ratio import by_processor, compare, seconds
from benchmarks.row import Extent, Measured, three_digits
from benchmarks.spent import megabytes
from lawgov_score.model import Scores, Tree
from lawgov_score.pipeline import check, load_tree
from lawgov_score.scoring import score
from submissions.make_sample_round import TREE

FEWER = 10  # how many times fewer units the growth rows begin with

Works = tuple[Callable[[], Scores], Callable[[], Sums]]


def comparing(extent: Extent, folder: Path) -> Measured:
    """The tree that compares units, from submissions that are read already: gathering their answers is part of it."""
    ours, floor = works_of_comparing(extent.size, folder)
    check_same(ours(), floor())
    return compare(by_processor(ours), by_processor(floor), pairs=extent.pairs)


def growth(extent: Extent, folder: Path) -> Measured:
    """How many times longer ten times the units take, ours over numpy's."""
    few, many = works_of_comparing(extent.size // FEWER, folder), works_of_comparing(extent.size, folder)
    ours, floor = list[float](), list[float]()
    for _ in range(extent.pairs):
        for growths, less, more in zip((ours, floor), few, many, strict=True):
            growths.append(_least_seconds(more) / _least_seconds(less))
    return Measured(
        median(one / other for one, other in zip(ours, floor, strict=True)),
        f"{three_digits(median(ours))}×",
        f"{three_digits(median(floor))}×",
    )


def sample(extent: Extent, folder: Path) -> Measured:
    """The sample tree, the engine alone from columns; beside it, in what is seen, the whole of it from submissions."""
    whole, floor, engine = works_of_sample(extent.size, folder)
    check_same(whole(), floor())
    check_same(engine(), floor())
    alone = compare(by_processor(engine), by_processor(floor), pairs=extent.pairs)
    all_of_it = compare(by_processor(whole), by_processor(floor), pairs=min(extent.pairs, 3))
    return replace(alone, ours=f"{alone.ours} (from submissions {all_of_it.ours}, {three_digits(all_of_it.value)}×)")


def memory(extent: Extent, _: Path) -> Measured:
    """Megabytes of the process that scores many units at its peak, and how memory grows by unit."""
    tree = _tree(TREE)
    few, many = (sample_units(tree, size).engine() for size in (extent.size // 4, extent.size))
    took, peak = by_processor(many)(), megabytes(resource.RUSAGE_SELF)
    each, before = _bytes(many) / extent.size, _bytes(few) / (extent.size // 4)
    return Measured(peak, f"{seconds(took)}, {each:,.0f} bytes a unit ({before:,.0f} at a quarter of the units)")


def works_of_comparing(size: int, folder: Path) -> Works:
    """Ours and the floor, both on the figures of one table."""
    path, table = write_both(folder, size)
    tree = _tree(path)
    submissions = check(tree, [table], None).submissions
    units = tuple(submission.unit for submission in submissions)
    return lambda: score(tree, units, submissions), comparing_by_hand(comparing_units(tree, size))


def works_of_sample(size: int, folder: Path) -> tuple[Callable[[], Scores], Callable[[], Sums], Callable[[], Scores]]:
    """Ours from submissions, the floor, and the engine alone from columns: all on the same answers."""
    tree, table = _tree(TREE), folder / "answers.csv"
    answered = sample_units(tree, size)
    answered.write_table(table)
    submissions = check(tree, [table], answered.units).submissions
    return lambda: score(tree, answered.units, submissions), sample_by_hand(answered), answered.engine()


def check_same(ours: Scores, floor: Sums) -> None:
    """A floor of other work is no floor: same score at every node, same totals, same places."""
    assert np.allclose(np.nan_to_num(ours.scores).T, floor.scores, rtol=0, atol=1e-9)
    assert np.allclose(ours.total, floor.total, rtol=0, atol=1e-9)
    assert (ours.rank == floor.places).all()


def _tree(path: Path) -> Tree:
    tree, _ = load_tree(path)
    assert tree is not None
    return tree


def _least_seconds(work: Callable[[], object]) -> float:
    """The least of a few runs: what is short is easily disturbed, never hastened."""
    timed = by_processor(work)
    return min(timed() for _ in range(5))


def _bytes(work: Callable[[], object]) -> float:
    """The most that scoring has taken at one time, beyond what was put in."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return float(peak)

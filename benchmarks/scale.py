"""``python -m benchmarks.scale``: scoring 40,000 units, in a process of its own so that its memory is its own."""

import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.ratio import Ratio, compare
from lawgov_score.model import Roster, Scores, Submission, Tree, Unit
from lawgov_score.pipeline import check, load_tree
from lawgov_score.scoring.answers import Answers, columns
from lawgov_score.scoring.run import score_columns
from submissions.filled_workbook import write_filled
from submissions.make_sample_round import TREE, a_round

UNITS, FEWER, DISTINCT = 40_000, 10_000, 24
SECONDS, MEGABYTES = 1.0, 1_000


def main() -> int:
    """Prints processor time against the floor, the memory of the process, and memory per unit at two sizes."""
    tree, _ = load_tree(TREE)
    if tree is None:
        return 1
    with tempfile.TemporaryDirectory() as name:
        distinct = a_few(tree, Path(name))
    scoring = scoring_of(tree, *distinct, UNITS)
    print(processor_time(tree, scoring, UNITS, SECONDS).line())
    megabytes = peak_megabytes()
    verdict = "within" if megabytes <= MEGABYTES else "above"
    print(f"{megabytes:5.0f} MB  aim {MEGABYTES} MB ({verdict})  the whole process that scored {UNITS:,} units")
    few, many = bytes_per_unit(scoring_of(tree, *distinct, FEWER), FEWER), bytes_per_unit(scoring, UNITS)
    print(
        f"{many / few:7.2f}×  aim 1.1× ({'within' if many <= 1.1 * few else 'above'})  memory per unit while scoring\n"
        f"           {many:,.0f} bytes at {UNITS:,} units, floor {few:,.0f} bytes at {FEWER:,}"
    )
    return 0


def sent(tree: Tree, folder: Path) -> tuple[Submission, ...]:
    """24 made-up submissions, written to workbooks in ``folder`` and read back."""
    for i in range(DISTINCT):
        cohort = tree.cohorts[i % 4]
        unit = Unit(f"U{i:04}", f"第{i}单位", cohort.unit_types[0], cohort.code)
        write_filled(tree, unit, a_round(tree, unit, i), folder / f"{unit.code}.xlsx")
    return check(tree, [folder], None).submissions


def a_few(tree: Tree, folder: Path) -> tuple[Roster, Answers]:
    """The same as columns."""
    submissions = sent(tree, folder)
    units = tuple(submission.unit for submission in submissions)
    return units, columns(tree, units, submissions)


def scoring_of(tree: Tree, units: Roster, answers: Answers, size: int) -> Callable[[], Scores]:
    """Scoring the units repeated to ``size``, everything that is put in already there."""
    times = np.resize(np.arange(len(units)), size)
    many = tuple(replace(units[row], code=f"{i:05}") for i, row in enumerate(times))
    repeated = Answers(
        {key: column[times] for key, column in answers.values.items()},
        {key: column[times] for key, column in answers.states.items()},
        np.asfortranarray(answers.applicable[times]),
    )
    came = tuple(Submission(unit, "", {}) for unit in many)
    return lambda: score_columns(tree, many, came, repeated)


def processor_time(tree: Tree, scoring: Callable[[], Scores], size: int, limit: float) -> Ratio:
    """Processor time of all threads together; the floor adds up as many numbers as there are scores."""
    matrix = np.random.default_rng(1).random((size, len(tree.indicators)))
    return compare(
        f"scoring {size:,} units × {len(tree.indicators)}, processor time",
        f"bare numpy: the sum of {size:,} × {len(tree.indicators)} floats, row by row",
        scoring,
        lambda: matrix.sum(axis=1),
        pairs=7,
        limit=limit,
        clock=time.process_time,
    )


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def bytes_per_unit(scoring: Callable[[], Scores], size: int) -> float:
    """The most that scoring has taken at one time, beyond what was put in, by unit."""
    tracemalloc.start()
    scoring()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / size


if __name__ == "__main__":
    sys.exit(main())

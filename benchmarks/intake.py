"""Reading workbooks in two processes, against bare calamine in the same two: ``python -m benchmarks.intake``."""

import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.ratio import Ratio, compare
from benchmarks.workbooks import many
from lawgov_score.model import Tree
from lawgov_score.pipeline import ReadingOptions, check, load_tree, reading
from submissions.make_sample_round import TREE

WORKBOOKS, PROCESSES = 3_000, 2


def main() -> int:
    """Prints the ratio of a round of 3,000 workbooks."""
    tree, _ = load_tree(TREE)
    if tree is None:
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many(tree, folder, WORKBOOKS)
        print(reading_many(tree, folder).line())
    return 0


def reading_many(tree: Tree, folder: Path) -> Ratio:
    """The same files by the same number of processes; on either side a process starts anew for each run."""
    files = sorted(folder.glob("*.xlsx"))

    def ours() -> None:
        with reading(ReadingOptions(jobs=PROCESSES)) as run:
            taken = check(tree, [folder], None, run)
        assert len(taken.submissions) == len(files)

    def floor() -> None:
        with get_context("spawn").Pool(PROCESSES) as pool:
            assert sum(pool.imap_unordered(bare, files, chunksize=50)) > 0

    return compare(
        f"reading and checking {len(files):,} workbooks in {PROCESSES} processes",
        f"bare calamine, every sheet of the same files to Python, in {PROCESSES} processes",
        ours,
        floor,
        aim=1.8,
        pairs=3,
    )


def bare(path: Path) -> int:
    """The floor: every sheet to Python values, and nothing done with them."""
    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)


if __name__ == "__main__":
    sys.exit(main())

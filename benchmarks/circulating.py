"""Rows of the table that a committee circulates."""

from pathlib import Path

from benchmarks.ratio import by_processor, compare
from benchmarks.row import Extent, Measured
from lawgov_score.pipeline import load_tree, write_table
from lawgov_score.wording import Language
from submissions.make_sample_round import TREE


def export(extent: Extent, folder: Path) -> Measured:
    """A tree read and written as a workbook, beside reading it."""
    out = folder / "tree.xlsx"

    def ours() -> None:
        tree, _ = load_tree(TREE)
        assert tree is not None
        assert len(tree.indicators) == extent.size
        write_table(tree, out, Language.ZH, overwrite=True)

    def floor() -> None:
        assert load_tree(TREE)[0] is not None

    return compare(by_processor(ours), by_processor(floor), pairs=extent.pairs)

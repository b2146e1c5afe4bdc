"""Rows of the reviewers' workbench: two editions of a tree beside one another."""

import shutil
from pathlib import Path

from benchmarks.ratio import by_processor, compare
from benchmarks.row import Extent, Measured
from lawgov_score.pipeline import compare_trees, load_tree
from lawgov_score.terminal.revision import revision_text
from lawgov_score.wording import Language
from submissions.make_sample_round import TREE

_EDITS = (  # in every place where they stand: points, rules, titles, notes of a good part of the indicators
    ("rule: {kind: proportional}", "rule: {kind: proportional, target: 95%}"),
    ("on_zero: not_applicable", "on_zero: full"),
    ("lead: [法制办]", "lead: [司法局]"),
    ("type: count", "type: amount"),
)


def diff(extent: Extent, folder: Path) -> Measured:
    """Two editions of the sample tree compared and worded, beside loading both."""
    new = folder / TREE.name
    shutil.copytree(TREE, new)
    for part in sorted(new.glob("0*.yaml")):
        text = part.read_text(encoding="utf-8")
        for before, after in _EDITS:
            text = text.replace(before, after)
        part.write_text(text, encoding="utf-8")

    def ours() -> None:
        compared = compare_trees(TREE, new)
        assert compared.revision is not None
        assert len(compared.revision.changes) > extent.size
        revision_text(compared.revision, Language.ZH)

    def floor() -> None:
        assert all(load_tree(path)[0] is not None for path in (TREE, new))

    return compare(by_processor(ours), by_processor(floor), pairs=extent.pairs)

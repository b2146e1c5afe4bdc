"""Rows of the reviewers' workbench: two editions of a tree beside one another."""

import shutil
from pathlib import Path

from benchmarks.ratio import by_processor, compare
from benchmarks.row import Extent, Measured
from benchmarks.workbooks import many
from lawgov_score.pipeline import assess, compare_trees, load_tree
from lawgov_score.pipeline import rehearse as rehearse_trees
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


_SIX = (  # file, before, after: six changes that can each be made alone
    ("tree.yaml", "at_least: 80", "at_least: 85"),
    ("tree.yaml", "ties: shared", "ties: dense"),
    ("02-system.yaml", "rule: {kind: proportional, cliff: 90%}", "rule: {kind: proportional, cliff: 95%}"),
    ("02-system.yaml", "rule: {kind: all_or_nothing, at_least: 100%}", "rule: {kind: proportional}"),
    ("02-system.yaml", "on_zero: not_applicable", "on_zero: full"),
    ("01-functions.yaml", "rule: {kind: proportional}", "rule: {kind: proportional, target: 95%}"),
)


def rehearse(extent: Extent, folder: Path) -> Measured:
    """So many units' workbooks under two trees and every one of the 62 half way, beside reading and scoring once."""
    new, received = folder / "next", folder / "received"
    shutil.copytree(TREE, new)
    for name, before, after in _SIX:
        text = (new / name).read_text(encoding="utf-8")
        assert before in text
        (new / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    tree, _ = load_tree(TREE)
    assert tree is not None
    received.mkdir()
    many(tree, received, extent.size)

    def ours() -> None:
        found = rehearse_trees(TREE, new, [received]).rehearsal
        assert found is not None
        assert found.standings.total.shape == (64, extent.size)
        assert found.shares.shape == (6, extent.size)

    def floor() -> None:
        assert assess(TREE, [received]).scores is not None

    return compare(by_processor(ours), by_processor(floor), pairs=extent.pairs, warm=False)

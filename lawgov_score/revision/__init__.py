"""What a new edition changes, by meaning; and the old tree with only some of it.

``import`` shows the changes before it writes, and proves by them that it wrote exactly that. A rehearsal makes the tree
with every subset of a few bundles of changes, and shares out who moves by which of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lawgov_score.model import Tree
from lawgov_score.revision.bundles import MOST, Bundle, balanced, bundled
from lawgov_score.revision.change import AFFECTS, Affects, Change, Id, Said, gravest, is_as_grave
from lawgov_score.revision.compare import Comparison
from lawgov_score.revision.mixed import Mixer
from lawgov_score.revision.parts import node_alone
from lawgov_score.revision.ties import Ties

__all__ = [
    "AFFECTS",
    "Affects",
    "Bundle",
    "Change",
    "Id",
    "Revision",
    "Said",
    "changes_between",
    "gravest",
    "is_as_grave",
    "with_changes",
]


@dataclass(frozen=True)
class Revision:
    """The step from one tree to another. ``unruled``: codes of nodes whose rules only stand for those to be written."""

    old: Tree
    new: Tree
    unruled: frozenset[str] = frozenset()

    @cached_property
    def _comparison(self) -> Comparison:
        return Comparison(self.old, self.new)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change: the head of the tree first, then node by node as printed. Empty: the trees mean the same."""
        return tuple(self._as_told(one) for one in self._comparison.changes)

    def _as_told(self, one: Change) -> Change:
        """What has no rule yet is told by title and points alone."""
        if one.code not in self.unruled or one.id not in {Id.ADDED, Id.REMOVED}:
            return one
        pairs = self._comparison.pairs
        if one.id is Id.ADDED:
            return replace(one, new=node_alone(self.new, pairs.new.nodes[one.code]))
        return replace(one, old=node_alone(self.old, pairs.old.nodes[one.code]))

    @cached_property
    def components(self) -> tuple[tuple[Change, ...], ...]:
        """The changes in the smallest groups that can be made one without the other."""
        return Ties(self._comparison).components

    def bundles(self, most: int = MOST) -> tuple[Bundle, ...]:
        """The changes that may move scores, in a few bundles of which every subset can be made: for a rehearsal."""
        return self.bundles_of(self.components, most)

    def bundles_of(self, components: Sequence[tuple[Change, ...]], most: int = MOST) -> tuple[Bundle, ...]:
        """The same of some of the components."""
        joined = balanced(components, self._comparison.pairs)
        return bundled(joined, most, self.new.code, self.given_away)

    @property
    def has_common_codes(self) -> bool:
        """Is there any node that both trees have under one code?"""
        return bool(self._comparison.pairs.both)

    @property
    def reused_codes(self) -> Mapping[str, str]:
        """Codes under which another item seems to stand now, each with the code where the old one seems to be ('')."""
        return self._comparison.pairs.reused

    @property
    def given_away(self) -> frozenset[str]:
        """Those of them that are indicators' codes: what was answered under them is about something else."""
        return self._comparison.pairs.given_away

    def closed(self, chosen: Iterable[Change]) -> frozenset[str]:
        """The names of the chosen changes and of those that cannot be parted from them."""
        names = {one.name for one in chosen}
        return frozenset(
            one.name for component in self.components if names & {each.name for each in component} for one in component
        )

    def tree_with(self, chosen: Iterable[Change]) -> Tree:
        """The old tree with the chosen changes, and those that cannot be parted from them.

        Nothing of what `lint` asks is asked here: points may not add up half way. The tree has no fingerprint.
        """
        return Mixer(self._comparison, self.closed(chosen)).tree()


def changes_between(old: Tree, new: Tree) -> tuple[Change, ...]:
    """Every change from one tree to another, by meaning."""
    return Revision(old, new).changes


def with_changes(old: Tree, new: Tree, chosen: Iterable[Change]) -> Tree:
    """The old tree with some of the changes to the new one; for many subsets, keep a ``Revision``."""
    return Revision(old, new).tree_with(chosen)

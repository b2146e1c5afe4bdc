"""Two rosters beside one another: who is gone, who is new, who has another type or cohort."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lawgov_score.model import Roster, Unit
from lawgov_score.revision.bundles import Bundle, named_more
from lawgov_score.wording import Phrase, Words

ROSTER = Words("名册", "roster")
_WHAT = Words(
    "名册：{moved} 个单位改类型或分组、{gone} 个单位撤并、{came} 个单位新增",
    "roster: {moved} units of another type or cohort, {gone} gone, {came} new",
)
_TIED = ("cohorts[", "unit_types[")  # what a roster names


@dataclass(frozen=True)
class RosterChange:
    """What the roster of the new tree changes. ``units``: all of it.

    ``gone``: units of the old roster that are not in it; ``came``: units that are in it alone; ``moved``: those that
    it gives another type, or another cohort than they would have by the new tree.
    """

    units: Roster
    gone: Roster
    came: Roster
    moved: Roster

    @property
    def is_none(self) -> bool:
        """Do both rosters come to the same?"""
        return not (self.gone or self.came or self.moved)

    @property
    def what(self) -> Phrase:
        """What it changes, in numbers of units."""
        return _WHAT(moved=len(self.moved), gone=len(self.gone), came=len(self.came))


def roster_change(before: Roster, now: Roster) -> RosterChange:
    """From one roster to another. ``before``: the units as the new tree places those of the old roster."""
    was, known = ({unit.code: unit for unit in each} for each in (before, now))

    def is_moved(unit: Unit) -> bool:
        old = was.get(unit.code)
        return old is not None and (old.type, old.cohort) != (unit.type, unit.cohort)

    return RosterChange(
        now,
        gone=tuple(unit for unit in before if unit.code not in known),
        came=tuple(unit for unit in now if unit.code not in was),
        moved=tuple(unit for unit in now if is_moved(unit)),
    )


def with_roster(bundles: Sequence[Bundle], change: RosterChange | None) -> tuple[Bundle, ...]:
    """The bundles and, where it changes anything, the roster: a bundle of its own.

    It names types and cohorts: where the tree changes these too, both are one decision.
    """
    if change is None or change.is_none:
        return tuple(bundles)
    tied = [each for each in bundles if any(one.key.startswith(_TIED) for one in each.changes)]
    if not tied:
        return (*bundles, Bundle(ROSTER(), (), has_roster=True))
    changes = tuple(one for each in tied for one in each.changes)
    telling = tuple(one for each in tied for one in each.telling)
    name = named_more(tied[0].name, telling)
    joined = replace(tied[0], name=name, changes=changes, telling=telling, has_roster=True)
    return tuple(joined if each is tied[0] else each for each in bundles if each is tied[0] or each not in tied)


__all__ = ["ROSTER", "RosterChange", "roster_change", "with_roster"]

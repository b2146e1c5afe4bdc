"""Last year's submissions under two trees: who moves, and which change has which share in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lawgov_score.measure.shares import apportioned, shares_of
from lawgov_score.model import Scores
from lawgov_score.revision import Bundle, Change, Revision
from lawgov_score.revision.pairs import merged
from lawgov_score.revision.rosters import RosterChange
from lawgov_score.revision.unasked import Asked, Beyond, Unasked, asked_anew
from lawgov_score.rounding import FloatArray, IntArray, rounded

_LEAST_DECIMALS = 2  # to the cent
_AS_MANY_AS_THERE_ARE = 6  # decimals, where a tree rounds no total


@dataclass(frozen=True)
class Standings:
    """Total, place and level of the grade of every unit, each (subsets of the bundles, units); nan: none."""

    total: FloatArray
    place: FloatArray
    level: FloatArray


@dataclass(frozen=True)
class Rehearsal:
    """Both results and everything between them; rows are the units of ``old``.

    ``bundles``: the changes that were tried, made together. ``kept``: items whose new standard could not be tried, so
    that they count as before, with the changes left out for it. ``left_out``: items that count for nobody.
    ``partly``: items that count not for all, with how many units they do not count for. ``beyond``: items that were
    answered as the new tree does not take it. ``without_place``: entries of the office about what the new tree does
    not have, by the code they name. ``roster``: what the roster of the new tree changes, where it has its own: units
    that are only in it are in no comparison. ``unplaced``: codes of the units whose type or cohort the new tree does
    not know.
    """

    revision: Revision
    bundles: tuple[Bundle, ...]
    old: Scores
    new: Scores
    standings: Standings
    kept: tuple[Unasked, ...] = ()
    kept_changes: tuple[Change, ...] = ()
    left_out: tuple[Unasked, ...] = ()
    partly: Mapping[str, int] | None = None
    without_place: Mapping[str, int] | None = None
    beyond: tuple[Beyond, ...] = ()
    roster: RosterChange | None = None
    unplaced: tuple[str, ...] = ()

    @cached_property
    def new_rows(self) -> IntArray:
        """(units,): the row of each unit in ``new``; -1 where the new roster does not have it."""
        return np.array([self.new.row_of.get(unit.code, -1) for unit in self.old.units], dtype=np.intp)

    @cached_property
    def decimals(self) -> int:
        """With how many decimals totals and shares are printed, so that both come to the same."""
        both = (each.tree.policies.total_decimals for each in (self.old, self.new))
        return max(_LEAST_DECIMALS, *(_AS_MANY_AS_THERE_ARE if each is None else each for each in both))

    @cached_property
    def totals(self) -> tuple[FloatArray, FloatArray]:
        """(units,) twice: the totals as printed, by the old and by the new tree."""
        old, new = self.standings.total[0], self.standings.total[-1]
        return rounded_all(old, self.decimals), rounded_all(new, self.decimals)

    @cached_property
    def gains(self) -> FloatArray:
        """(units,): how many points more by the new tree, as printed; nan where there is a total on one side alone."""
        return rounded_all(self.totals[1] - self.totals[0], self.decimals)

    @cached_property
    def climbs(self) -> FloatArray:
        """(units,): how many places better; nan where one is lacking."""
        won: FloatArray = self.standings.place[0] - self.standings.place[-1]
        return won

    @cached_property
    def rises(self) -> FloatArray:
        """(units,): how many grades better; nan where one is lacking."""
        won: FloatArray = self.standings.level[0] - self.standings.level[-1]
        return won

    @cached_property
    def exact(self) -> FloatArray:
        """(bundles, units): each bundle's share in the difference of the totals, not rounded."""
        return shares_of(self.standings.total)

    @cached_property
    def shares(self) -> FloatArray:
        """(bundles, units): the same as printed; they come to ``gains``, to the last decimal."""
        return apportioned(self.exact, self.gains, self.decimals)

    @cached_property
    def place_shares(self) -> FloatArray:
        """(bundles, units): shares in the places won, in hundredths."""
        return apportioned(-shares_of(self.standings.place), self.climbs, _LEAST_DECIMALS)

    @cached_property
    def grade_shares(self) -> FloatArray:
        """(bundles, units): shares in the grades won, in hundredths."""
        return apportioned(-shares_of(self.standings.level), self.rises, _LEAST_DECIMALS)

    @cached_property
    def alone(self) -> FloatArray:
        """(bundles, units): what each bundle does to the total if nothing else is changed."""
        total = self.standings.total
        found = [total[1 << i] - total[0] for i in range(len(self.bundles))]
        return rounded_all(np.array(found).reshape(len(found), total.shape[1]), self.decimals)

    @cached_property
    def last(self) -> FloatArray:
        """(bundles, units): what each bundle does to the total if everything else has been changed."""
        total = self.standings.total
        found = [total[-1] - total[(len(total) - 1) ^ (1 << i)] for i in range(len(self.bundles))]
        return rounded_all(np.array(found).reshape(len(found), total.shape[1]), self.decimals)

    @cached_property
    def interaction(self) -> FloatArray:
        """(units,): what the bundles do together beyond what each does alone."""
        return rounded_all(self.gains - self.alone.sum(axis=0), self.decimals)

    @cached_property
    def newly_asked(self) -> tuple[Asked, ...]:
        """What the new tree asks and the old one did not."""
        units = self.old.units if self.roster is None else self.roster.units
        return asked_anew(self.revision.new, self.revision.old, [unit.type for unit in units])

    @cached_property
    def no_longer_asked(self) -> tuple[Asked, ...]:
        """What the old tree asked and the new one does not."""
        return asked_anew(self.revision.old, self.revision.new, [unit.type for unit in self.old.units])

    @cached_property
    def compared(self) -> int:
        """How many units have a total or a place by both trees, so that anything can be said of them."""
        return int((~np.isnan(self.gains) | ~np.isnan(self.climbs)).sum())

    @cached_property
    def is_same_tree(self) -> bool:
        """Are these two editions of one tree, as far as the code tells?"""
        return self.revision.old.code == self.revision.new.code

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows, those who lose most first: by grades, then places, then points; units without a result last."""

        def key(row: int) -> tuple[object, ...]:
            gain, climb, rise = (float(each[row]) for each in (self.gains, self.climbs, self.rises))
            lacks = np.isnan(gain) and np.isnan(climb)
            figures = tuple(0.0 if np.isnan(each) else each for each in (rise, climb, gain))
            return lacks, *figures, self.old.units[row].code

        return tuple(sorted(range(len(self.old.units)), key=key))

    @cached_property
    def losers(self) -> tuple[int, ...]:
        """Rows of the units with a lower grade, place or total; those that lose most first."""
        return tuple(row for row in self.order if self._is_any(row, -1.0))

    @cached_property
    def winners(self) -> tuple[int, ...]:
        """Rows of the units that lose nothing and win something; those that win most first."""
        return tuple(row for row in reversed(self.order) if self._is_any(row, 1.0) and not self._is_any(row, -1.0))

    def _is_any(self, row: int, sign: float) -> bool:
        return any(float(each[row]) * sign > 0 for each in (self.gains, self.climbs, self.rises))

    @cached_property
    def without_result(self) -> tuple[int, ...]:
        """Rows of the units that have a result neither by the old tree nor by the new one."""
        old, new = self.totals
        no_place = np.isnan(self.standings.place[0]) & np.isnan(self.standings.place[-1])
        return tuple(np.flatnonzero(np.isnan(old) & np.isnan(new) & no_place & (self.new_rows >= 0)).tolist())

    @cached_property
    def one_sided(self) -> tuple[int, ...]:
        """Rows of the units that have a total by one tree alone, though both rosters have them."""
        old, new = self.totals
        return tuple(np.flatnonzero((np.isnan(old) != np.isnan(new)) & (self.new_rows >= 0)).tolist())

    @cached_property
    def not_shared_out(self) -> tuple[int, ...]:
        """Rows of the units whose difference cannot be shared out: some step between has no total for them."""
        lacks = np.isnan(self.exact).any(axis=0) & ~np.isnan(self.gains)
        return tuple(np.flatnonzero(lacks).tolist())


def rounded_all(figures: FloatArray, decimals: int) -> FloatArray:
    """Figures with so many decimals, each rounded as people do it; nan stays."""
    flat = [one if np.isnan(one) else rounded(one, decimals) + 0.0 for one in figures.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(figures.shape)


def level_names(old: Scores, new: Scores) -> tuple[Mapping[str, tuple[float, float]], float]:
    """By name of a grade, which level it is of the old tree's names, and of the new one's; and that of no grade at all.

    nan: not one of them. The best is 0, no grade is below the last. Where both have as many grades, they are the same
    in their order, whatever they are called; else grades are known by their names.
    """
    before, now = ([grade.name for grade in each.tree.grades] for each in (old, new))
    if len(before) == len(now):
        scale = {name: i for i, name in enumerate(before)}, {name: i for i, name in enumerate(now)}
    else:
        names = {name: i for i, name in enumerate(merged(now, before, {*now, *before}))}
        scale = names, names
    nothing = float("nan")
    found = {name: (float(scale[0].get(name, nothing)), float(scale[1].get(name, nothing))) for name in {*before, *now}}
    return found, float(max(len(scale[0]), len(scale[1])))

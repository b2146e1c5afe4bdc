"""What differs between an earlier run and this one: two results side by side, whole columns at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.model import STATUS_NAMES, Scores, Status
from lawgov_score.model.changes import Earlier, Ground, Grounds, KeptScore, Standing
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, FloatArray, half_up

_NOTHING: Mapping[str, KeptScore] = {}
_NO_FIGURES: Mapping[tuple[str, str], float] = {}
_NO_ENTRIES: frozenset[Ground] = frozenset()
_NO_SCORE = KeptScore(np.nan, np.nan, "")


@dataclass(frozen=True)
class Differences:
    """Two runs; rows are units of the run of now, those that were not there then are nan throughout."""

    earlier: Earlier
    scores: Scores
    grounds: Grounds

    @cached_property
    def came(self) -> frozenset[int]:
        """Rows of units that were not there."""
        return frozenset(row for row, unit in enumerate(self.scores.units) if unit.code not in self.earlier.standings)

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Codes of the units that are not there any more."""
        return tuple(sorted(self.earlier.standings.keys() - self.scores.row_of.keys()))

    def was(self, row: int) -> Standing:
        """How a unit stood that was there."""
        return self.earlier.standings[self.scores.units[row].code]

    def then(self, row: int, code: str) -> KeptScore:
        """What a unit had at a node; nothing if it, or the node, was not there."""
        return self.earlier.scores.get(self.scores.units[row].code, _NOTHING).get(code, _NO_SCORE)

    def had(self, row: int, code: str) -> bool:
        """Was the node there?"""
        return code in self.earlier.scores.get(self.scores.units[row].code, _NOTHING)

    # ---------------------------------------------------------------- scores and figures

    @cached_property
    def scored(self) -> Mapping[str, FloatArray]:
        """(units,) by node: the scores of now as they are printed; nan where there is none."""
        is_scored = self.scores.status == Status.SCORED
        printed = half_up(np.where(is_scored, self.scores.scores, np.nan), DUST_DECIMALS)
        return {code: printed[:, column] for code, column in self.scores.node_column.items()}

    @cached_property
    def of_scores(self) -> Mapping[str, BoolArray]:
        """(units,) by node: is the score, the status, or what it is out of, another one?"""
        found = {}
        rows = range(len(self.scores.units))
        points = half_up(self.scores.points, DUST_DECIMALS)
        for code, column in self.scores.node_column.items():
            then = [self.then(row, code) for row in rows]
            was, out_of = np.array([(kept.score, kept.points) for kept in then], dtype=np.float64).reshape(-1, 2).T
            statuses = np.array([STATUS_NAMES[each] for each in self.scores.status[:, column].tolist()])
            others: BoolArray = statuses != np.array([kept.status for kept in then])
            found[code] = others | ~_alike(self.scored[code], was) | ~_alike(points[:, column], out_of)
        return found

    @cached_property
    def of_figures(self) -> Mapping[str, tuple[BoolArray, BoolArray]]:
        """(units,) by indicator: is an answer another one; is the value?"""
        size = len(self.scores.units)
        found: dict[str, tuple[BoolArray, BoolArray]] = {}
        shared: dict[str, BoolArray] = {}  # 共用数据 are answers of every indicator that reads them
        readers = self.scores.tree.readers
        known = [self.earlier.figures.get(unit.code, _NO_FIGURES) for unit in self.scores.units]
        for code, field, numbers in figure_columns(self.scores):
            now = np.where(np.isfinite(numbers), numbers, np.nan)
            was = np.array([figures.get((code, field), np.nan) for figures in known], dtype=np.float64)
            answers, values = found.setdefault(code, (np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)))
            (answers if field else values)[:] |= ~_alike(now, was)
            for reader in readers.get(f"{code}.{field}", ()):
                shared.setdefault(reader.code, np.zeros(size, dtype=bool))[:] |= ~_alike(now, was)
        for code, others in shared.items():
            found.setdefault(code, (np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)))[0][:] |= others
        return found

    @cached_property
    def figures_of_cohort(self) -> Mapping[str, BoolArray]:
        """(units,) by indicator: is a figure of anybody in the cohort another one?"""
        cohorts = self.scores.cohorts
        found = {}
        for code, (answers, values) in self.of_figures.items():
            somebody = np.zeros(len(self.scores.cohort_sizes), dtype=bool)
            somebody[cohorts[answers | values]] = True
            found[code] = somebody[cohorts]
        return found

    def step(self, row: int, code: str) -> float:
        """How far a score moved; none counts as nothing."""
        return float(np.nan_to_num(self.scored[code][row])) - float(np.nan_to_num(self.then(row, code).score))

    def is_another_total(self, row: int) -> bool:
        """Is the status of the total, or what it is out of, another one, whatever the total itself is?"""
        then, tree = self.then(row, self.scores.tree.code), self.scores.tree
        points = float(half_up(np.array([tree.points]), DUST_DECIMALS)[0])
        return (then.status, then.points) != (self.scores.total_status(row).printed, points)

    def statuses(self, row: int, code: str) -> tuple[str, str]:
        """What the status at a node was, and is; at a node that was not there, twice what it is."""
        now = STATUS_NAMES[Status(int(self.scores.status[row, self.scores.node_column[code]]))]
        return (self.then(row, code).status if self.had(row, code) else now), now

    def moves(self, row: int, code: str) -> bool:
        """Is the score, the status or a figure of the unit at a node another one, or what the office says there?"""
        entries = self.of_office.get((self.scores.units[row].code, code), _NO_ENTRIES)
        if self.of_scores[code][row] or entries - {Ground.REGISTER}:  # a kind of the register may have a node's code
            return True
        if code not in self.scores.indicator_column:  # figures that a group shares stand at those that read them
            return False
        return code in self.of_figures and any(bool(changed[row]) for changed in self.of_figures[code])

    # ---------------------------------------------------------------- cohorts

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """The units of each cohort of now, by its name."""
        found: dict[str, set[str]] = {}
        for unit, name in zip(self.scores.units, self.scores.cohort_names, strict=True):
            found.setdefault(name, set()).add(unit.code)
        return {name: frozenset(codes) for name, codes in found.items()}

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], tuple[bool, bool]]:
        """Cohort then and now, of every unit that was in both -> is it another cohort; has it other members?

        A cohort that only has another name is the same: of the units that are in both runs it has the same.
        """
        there, found = self.scores.row_of.keys() & self.earlier.standings.keys(), {}
        for row, now in enumerate(self.scores.cohort_names):
            if row in self.came or (self.was(row).cohort, now) in found:
                continue
            was, of_then, of_now = self.was(row).cohort, self.earlier.members[self.was(row).cohort], self.members[now]
            is_another = was != now and of_then & there != of_now & there
            found[was, now] = is_another, of_then != of_now
        return found

    def is_in_another_cohort(self, row: int) -> bool:
        """Is the unit in another cohort than it was, rather than in one with another name?"""
        return self._pairs[self.was(row).cohort, self.scores.cohort_names[row]][0]

    def has_other_members(self, row: int) -> bool:
        """Did units come to the unit's cohort, or leave it?"""
        return self._pairs[self.was(row).cohort, self.scores.cohort_names[row]][1]

    # ---------------------------------------------------------------- grounds

    @property
    def knows_grounds(self) -> bool:
        """Did the earlier run keep what its results rested on?"""
        return self.earlier.grounds is not None

    def of_ground(self, unit: str, code: str, ground: Ground) -> bool:
        """Is this ground known to be another one?"""
        then, key = self.earlier.grounds, (unit, code, ground)
        return then is not None and then.values.get(key) != self.grounds.values.get(key)

    @cached_property
    def of_office(self) -> Mapping[tuple[str, str], frozenset[Ground]]:
        """(unit, indicator or kind of the register) -> which entries of the office are known to be others."""
        then = self.earlier.grounds
        found: dict[tuple[str, str], set[Ground]] = {}
        if then is not None:
            before, now = then.values, self.grounds.values
            for key in before.keys() | now.keys():
                unit, code, ground = key
                if unit in self.scores.row_of and code and before.get(key) != now.get(key):
                    found.setdefault((unit, code), set()).add(ground)
        return {key: frozenset(each) for key, each in found.items()}

    @cached_property
    def of_register(self) -> frozenset[str]:
        """The units whose entries in the register are known to be others."""
        return frozenset(unit for (unit, _), each in self.of_office.items() if Ground.REGISTER in each)

    def effect(self, row: int) -> tuple[float, float] | None:
        """What register and vetoes did to the total, then and now; None if it is not known."""
        then, key = self.earlier.grounds, (self.scores.units[row].code, "", Ground.EFFECT)
        if then is None or key not in then.values or key not in self.grounds.values:
            return None
        return float(then.values[key]), float(self.grounds.values[key])


def _alike(one: FloatArray, other: FloatArray) -> BoolArray:
    """Are two columns of numbers the same, as printed? Nothing is the same as nothing."""
    alike: BoolArray = (one == other) | (np.isnan(one) & np.isnan(other))
    return alike

"""Scores: all results of one run."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import IntEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from lawgov_score.measure.ladder import reached, sizes_of
from lawgov_score.measure.ways import Fault, Way
from lawgov_score.model.answers import Roster, Submission
from lawgov_score.model.gathered import lines_of
from lawgov_score.model.lists import Among
from lawgov_score.model.node import Group, Indicator, Node, Why
from lawgov_score.model.previous import Previous
from lawgov_score.model.review import NO_REVIEW, Change, Mark, RegisterEntry, Review, Ruling, in_turn
from lawgov_score.model.tree import Tree
from lawgov_score.model.working import Compared, Working
from lawgov_score.problems import WHOLE_FILE, CellPlace, Line, Problem, line_of
from lawgov_score.rounding import BoolArray, FloatArray, IntArray, without_dust
from lawgov_score.rules.field import Field

Added = TypeVar("Added", Mark, Change, Ruling, RegisterEntry)


class Status(IntEnum):
    """Where a score comes from, or why there is none; the names are those that ``scores.csv`` prints."""

    SCORED = 0
    MISSING = 1
    NOT_APPLICABLE = 2
    NOT_REVIEWED = 3
    INVALID = 4

    @property
    def printed(self) -> str:
        """Its name as tables print it."""
        return self.name.lower()


STATUS_NAMES = tuple(status.printed for status in Status)  # by number
StatusArray = npt.NDArray[np.int8]
_NOTHING: Mapping[str, FloatArray] = MappingProxyType({})
_NO_WORKINGS: Mapping[str, Working] = MappingProxyType({})
_NO_FAULTS: Mapping[str, tuple[Fault, ...]] = MappingProxyType({})
_NO_FIGURES: FloatArray = np.zeros(0)
_NO_NUMBERS: IntArray = np.zeros(0, dtype=np.intp)
_NO_PLACES: Mapping[str, IntArray] = MappingProxyType({})
_NOTHING_SPARED: Mapping[str, BoolArray] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scored:
    """One unit at one node: its ``score`` (nan: none, ``status`` says why) out of ``points`` it is worth there."""

    score: float
    points: float
    status: Status

    @property
    def is_scored(self) -> bool:
        """Is there a score?"""
        return self.status is Status.SCORED

    @property
    def applies(self) -> bool:
        """Does the node apply to the unit?"""
        return self.status is not Status.NOT_APPLICABLE

    @property
    def earned(self) -> float:
        """The score, 0 where there is none."""
        return self.score if self.is_scored and not math.isnan(self.score) else 0.0


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The effect of one kind of the register, or of one veto, on a unit's total.

    ``points`` is signed. ``full``: the entries' points before the caps. ``entries``: the register lines behind it;
    empty where an indicator's own figures triggered the veto, or where ``kind`` is ``INSIDE`` or ``FLOOR``: then a
    limit cut what the tree's own scores came to.
    """

    kind: str
    points: float
    full: float
    entries: tuple[RegisterEntry, ...] = ()
    gives: tuple[float, ...] = ()  # signed points of each entry; 0: a higher level of the same matter counts instead
    limits: tuple[str, ...] = ()  # what cut it: 'cap', 'bonus_cap', 'penalty_cap', INSIDE, FLOOR


# Reasons for which a grade is provisional, by precedence: the first that applies is shown.
PROVISIONAL = ("not_reviewed", "blank_at_veto", "blanks_pay")

INSIDE = "inside"  # limit: a total never exceeds the tree's points
FLOOR = "floor"  # limit: a total never falls below what `adjustment_limits` says


@dataclass(frozen=True)
class Scores:
    """All scores of one run. Rows are ``units`` (by cohort as the tree lists them, then by code).

    Columns of ``values`` and of ``standing`` are ``tree.indicators``; columns of ``scores``, ``points``
    and ``status`` are ``tree.nodes``. nan in ``scores``: no score (see ``status``). ``points`` is what a
    node is worth for that unit: what does not apply to it is left out.
    """

    tree: Tree
    units: Roster
    submissions: tuple[Submission | None, ...]  # aligned with units; None: nothing was submitted
    cohort_names: tuple[str, ...]  # (units,)
    cohorts: IntArray  # (units,) number of the cohort
    years: FloatArray  # (units,)
    answers: Mapping[str, FloatArray]  # field key -> (units,); nan missing
    values: FloatArray  # (units, indicators)
    by_zero: BoolArray  # (units, indicators) a denominator was zero
    from_rate: BoolArray  # (units, indicators) value is the printed rate, counts unknown
    small: BoolArray  # (units, indicators) small sample
    scores: FloatArray  # (units, nodes)
    points: FloatArray  # (units, nodes)
    status: StatusArray  # (units, nodes)
    raw_total: FloatArray  # (units,) before conversion to the tree's points
    raw_points: FloatArray  # (units,) what raw_total is out of
    total: FloatArray  # (units,) converted and rounded; nan: not scored
    full_total: FloatArray  # (units,) converted, not rounded
    coverage: FloatArray  # (units,) answered / asked fields
    asked: IntArray  # (units,)
    answered: IntArray  # (units,)
    rank: IntArray  # (units,) place within the cohort; 0: none
    overall_rank: IntArray  # (units,) place among all; 0: none
    grades: tuple[str, ...]  # (units,) '' where none is given
    grade_reasons: tuple[tuple[str, ...], ...]  # (units,) codes: 'veto:V1', 'quota', …, PROVISIONAL
    vetoes: tuple[tuple[tuple[str, str], ...], ...]  # (units,) (veto code, indicator code)
    computed: FloatArray  # (units, nodes) before any change on review; elsewhere equal to scores
    converted: FloatArray  # (units,) on the tree's scale, before adjustments; not rounded
    adjusted: tuple[tuple[Adjusted, ...], ...]  # (units,) what the register and vetoes did to the total
    review: Review = NO_REVIEW
    previous: Previous | None = None
    graded: FloatArray = field(default_factory=lambda: _NO_FIGURES)  # (units,) the figures grade lines look at
    levels: IntArray = field(default_factory=lambda: _NO_NUMBERS)  # (units,) number of the grade before quotas
    # code of a group, or of the tree, that is not a plain sum -> the steps of its score
    workings: Mapping[str, Working] = field(default_factory=lambda: _NO_WORKINGS)
    compared: Compared = field(default_factory=Compared)
    # code of a group with a rule (or of the tree) -> (units,) the aggregated value before the rule
    aggregated: Mapping[str, FloatArray] = field(default_factory=lambda: _NOTHING)
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=lambda: _NO_FAULTS)  # by node: why it has no score
    node_ranks: Mapping[str, IntArray] = field(default_factory=lambda: _NO_PLACES)  # (units,) at each ranked node
    # what words at nodes rest on, and places where `node_compared` has nothing; nan: neither
    node_scores: Mapping[str, FloatArray] = field(default_factory=lambda: _NOTHING)
    # what places go by at a node whose rule compares units, instead: code -> (units,)
    node_compared: Mapping[str, FloatArray] = field(default_factory=lambda: _NOTHING)
    counted: BoolArray | None = None  # (units,) those that the size of a cohort and quotas count; None: all
    problems: tuple[Problem, ...] = ()  # R1xx
    there: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))  # (units,) who came and is not withheld
    ranked_last: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=bool))  # (units,) who is put last by veto
    # field key -> (units,) who need not answer it: it stands on a branch of `if(…)` that is not taken
    spared: Mapping[str, BoolArray] = field(default_factory=lambda: _NOTHING_SPARED)

    def owner(self, place: CellPlace) -> int:
        """Row of the unit that a cell belongs to: the only unit of its file, or that of its table row; -1: none.

        A table row is identified by path, sheet and number: two tables of one workbook have a row 2 each.
        """
        return self._owners.get(line_of(place), self._owners.get((place.path, *WHOLE_FILE), -1))

    def is_spared(self, row: int, indicator: Indicator, asked: Field) -> bool:
        """May the unit leave this question blank because it stands on a branch that is not taken (无需填报)?"""
        who = self.spared.get(f"{indicator.code}.{asked.code}")
        return who is not None and bool(who[row])

    @cached_property
    def _owners(self) -> Mapping[Line, int]:
        owners: dict[Line, int] = {}
        units_of = Counter(submission.path for submission in self.submissions if submission is not None)
        for row, submission in enumerate(self.submissions):
            if submission is None:
                continue
            if submission.own_file and units_of[submission.path] == 1:
                owners[submission.path, *WHOLE_FILE] = row
                continue
            owners.update(dict.fromkeys(lines_of(submission.answers), row))
        return owners

    def __getstate__(self) -> dict[str, object]:
        """The fields alone: what is worked out from them is worked out again in another process."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def kept(self) -> dict[tuple[str, str], Any]:
        """What later stages work out once of these scores, by what it is and of which node."""
        return {}

    def of_unit(self, row: int) -> "Scores":
        """These scores with the tree that this unit is assessed by: its own points and rules, where they go by type.

        Everything that speaks of one unit begins with it; the figures are the same.
        """
        if not self.tree.own:
            return self
        tree = self.tree.of_type(self.units[row].type)
        return self if tree is self.tree else self._by_types[tree.types]

    @cached_property
    def _by_types(self) -> "Mapping[tuple[str, ...], Scores]":
        return {tree.types: replace(self, tree=tree) for _, tree in self.tree.kinds}

    @cached_property
    def own_trees(self) -> tuple[tuple[Tree, BoolArray], ...]:
        """The trees that units are assessed by, each that of ``of_unit``, and (units,) who by each.

        One tree, that of all, where points and rules are the same for all types.
        """
        trees, which = self.tree.assessing([unit.type for unit in self.units])
        return tuple((tree, which == i) for i, tree in enumerate(trees))

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each unit, by code."""
        return {unit.code: row for row, unit in enumerate(self.units)}

    @cached_property
    def has_submission(self) -> BoolArray:
        """(units,) whether anything was submitted."""
        return np.array([one is not None for one in self.submissions], dtype=bool)

    @cached_property
    def node_column(self) -> Mapping[str, int]:
        """Column of each node in ``scores``, ``points`` and ``status``."""
        return {node.code: i for i, node in enumerate(self.tree.nodes)}

    @cached_property
    def indicator_column(self) -> Mapping[str, int]:
        """Column of each indicator in ``values``."""
        return {indicator.code: i for i, indicator in enumerate(self.tree.indicators)}

    def total_status(self, row: int) -> Status:
        """Where a unit's total comes from, or why it has none: nothing submitted, errors, or nothing to score."""
        if not np.isnan(self.total[row]):
            return Status.SCORED
        if self.submissions[row] is None:
            return Status.MISSING
        statuses = self.status[row]
        for status in (Status.INVALID, Status.MISSING, Status.NOT_REVIEWED):
            if (statuses == status).any():
                return status
        # All nodes have scores but the tree has none: it wants no total, or the total could not be computed (see R1xx).
        is_wanted = self.tree.aggregation.way is not Way.NONE and (statuses == Status.SCORED).any()
        return Status.INVALID if is_wanted else Status.NOT_APPLICABLE

    @cached_property
    def marks_of(self) -> Mapping[tuple[str, str], tuple[Mark, ...]]:
        """(unit code, indicator code) -> the reviewers' marks there, in the order of the office's files."""
        marks: dict[tuple[str, str], tuple[Mark, ...]] = {}
        for one in self.review.marks:
            marks[one.unit, one.indicator] = (*marks.get((one.unit, one.indicator), ()), one)
        return marks

    def review_of(self, unit: str) -> Review:
        """What the office adds about one unit, each list in the order of its files; answers and inputs are left out."""
        return self._reviews.get(unit, NO_REVIEW)

    @cached_property
    def _reviews(self) -> Mapping[str, Review]:
        marks, changes = _by_unit(self.review.marks), _by_unit(self.review.changes)
        rulings, register = _by_unit(self.review.rulings), _by_unit(self.review.register)
        return {
            unit: Review(marks.get(unit, ()), changes.get(unit, ()), rulings.get(unit, ()), register.get(unit, ()))
            for unit in {*marks, *changes, *rulings, *register}
        }

    @cached_property
    def change_of(self) -> Mapping[tuple[str, str], Change]:
        """(unit code, indicator code) -> the change of the score there that counts: of several the last."""
        return {key: each[-1] for key, each in self._changes.items()}

    def changes_at(self, row: int, node: Node) -> tuple[tuple[Change, float, float], ...]:
        """Every change of a unit's score at an indicator, in turn, with the score before it and after it.

        Before a review that is the engine's own, before a decision what stood.
        """
        rounding, column = self.tree.rounding_of(node), self.node_column[node.code]
        own = stands = float(self.computed[row, column])
        found: list[tuple[Change, float, float]] = []
        for one in self._changes.get((self.units[row].code, node.code), ()):
            after = one.after if rounding is None else rounding.one(one.after)
            found.append((one, stands if one.objection else own, after))
            stands = after
        if found:  # what counts in the end, which a veto may have set to zero
            found[-1] = (*found[-1][:2], float(self.scores[row, column]))
        return tuple(found)

    @cached_property
    def _changes(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        found: dict[tuple[str, str], tuple[Change, ...]] = {}
        for one in in_turn(self.review.changes):
            found[one.unit, one.indicator] = (*found.get((one.unit, one.indicator), ()), one)
        return found

    @cached_property
    def ruling_of(self) -> Mapping[tuple[str, str], Ruling]:
        """(unit code, indicator code) -> what was decided about a claim there; the last one counts."""
        return {(one.unit, one.indicator): one for one in self.review.rulings}

    @property
    def ranked_by(self) -> FloatArray:
        """(units,) the totals that ranks are based on: as printed, or before rounding."""
        return self.total if self.tree.policies.rank_on_rounded else self.full_total

    @cached_property
    def placed(self) -> FloatArray:
        """(units,) the same totals, only for units that have a rank; nan: none."""
        return without_dust(np.where(self.rank > 0, self.ranked_by, np.nan))

    def at(self, row: int, code: str) -> Scored:
        """The unit's score, points and status at a node. ``row``: the unit's row."""
        column = self.node_column[code]
        return Scored(
            float(self.scores[row, column]), float(self.points[row, column]), Status(int(self.status[row, column]))
        )

    def value_at(self, row: int, code: str) -> float:
        """The unit's value (指标值) at an indicator; nan: none."""
        return float(self.values[row, self.indicator_column[code]])

    def replaced(self, row: int, code: str) -> Why:
        """Why the unit got something for an indicator that does not apply to it; NONE: it did not."""
        found = self.compared.instead.get(code)
        return Why.NONE if found is None else Why(int(found.why[row]))

    def is_asked(self, row: int, code: str) -> bool:
        """Does the indicator apply to the unit, so that its own figures count? Not where it gets something instead."""
        return self.at(row, code).applies and self.replaced(row, code) in {Why.NONE, Why.OPTION}

    def cohort_size(self, row: int) -> int:
        """How many units the unit's cohort has, itself included: those that the tree counts (``cohort_size``)."""
        return int(self.cohort_sizes[self.cohorts[row]])

    @cached_property
    def cohort_sizes(self) -> IntArray:
        """How many units each cohort has, by its number: those that the tree counts."""
        return sizes_of(self.cohorts, self.counted)

    def letter_of_total(self, row: int) -> str:
        """The letter of the unit's total, from the figure that grades look at, so that letter and figure agree."""
        return self.tree.letter(float((self.total if self.tree.policies.grade_on_rounded else self.full_total)[row]))

    def provisional(self, row: int) -> str:
        """Why a unit's grade is provisional: one of ``PROVISIONAL``; '' if it is not."""
        return next((why for why in PROVISIONAL if why in self.grade_reasons[row]), "")

    @cached_property
    def tied(self) -> IntArray:
        """(units,) how many of the cohort share the unit's place, itself included; 0 where it has none."""
        return np.where(self.rank > 0, self._sharing(self.rank, self.cohorts), 0)

    @cached_property
    def place_texts(self) -> tuple[str, ...]:
        """(units,) ranks within the cohort as printed: "3", or "=3" for a tie where the tree asks for the sign."""
        return self._places(self.rank, self.cohorts)

    @cached_property
    def overall_place_texts(self) -> tuple[str, ...]:
        """(units,) ranks among all units as printed; '' for a unit without one."""
        return self._places(self.overall_rank, np.zeros_like(self.cohorts))

    def node_shared(self, code: str) -> BoolArray:
        """(units,): do others have the same place at a ranked node?"""
        key = ("shared", code)
        if key not in self.kept:
            together = self.tree.placed_together(code)
            ranks = np.concatenate([self.node_ranks[one] for one in together])
            is_shared = (self._sharing(ranks, np.tile(self.placed_within(code), len(together))) > 1) & (ranks > 0)
            for i, one in enumerate(together):
                self.kept["shared", one] = is_shared[i * len(self.units) : (i + 1) * len(self.units)]
        found: BoolArray = self.kept[key]
        return found

    def placed_within(self, code: str) -> IntArray:
        """(units,) by number, within what units have places at a ranked node: of most nodes their cohorts."""
        return places_within(self.tree.by_code[code], self.cohorts)

    def placed_at(self, code: str, row: int) -> int:
        """How many there are that have a place at a ranked node, where the unit has its own."""
        key, within = ("placed", code), self.placed_within(code)
        if key not in self.kept:
            together = self.tree.placed_together(code)
            placed = np.concatenate([within[self.node_ranks[one] > 0] for one in together])
            self.kept[key] = np.bincount(placed, minlength=int(within.max()) + 1)
        return int(self.kept[key][within[row]])

    @cached_property
    def has_bands(self) -> bool:
        """Has any node words of its own for scores?"""
        return any(node.bands for node in self.tree.nodes)

    def bands_at(self, code: str) -> tuple[str, ...]:
        """(units,) the node's own word for each unit's score there; '' without a score, or where it reaches none."""
        key = ("bands", code)
        if key not in self.kept:
            bands = self.tree.by_code[code].bands
            level = reached(
                without_dust(self.node_scores[code]), [each.line for each in bands], [each.key for each in bands]
            )
            words = [*(each.word for each in bands), ""]
            self.kept[key] = tuple([words[number] for number in level.tolist()])
        found: tuple[str, ...] = self.kept[key]
        return found

    def _places(self, ranks: IntArray, cohorts: IntArray) -> tuple[str, ...]:
        shared = (self._sharing(ranks, cohorts) > 1) & self.tree.policies.equals_sign
        pairs = zip(ranks.tolist(), shared.tolist(), strict=True)
        return tuple((f"={rank}" if is_shared else str(rank)) if rank else "" for rank, is_shared in pairs)

    def _sharing(self, ranks: IntArray, cohorts: IntArray) -> IntArray:
        """As ``ranks``: how many of its cohort have the same rank."""
        _, place, sharing = np.unique(cohorts * (len(ranks) + 1) + ranks, return_inverse=True, return_counts=True)
        found: IntArray = sharing[place]
        return found

    @cached_property
    def order(self) -> IntArray:
        """Rows from the first place to the last within each cohort, unscored ones at its end."""
        rank = np.where(self.rank > 0, self.rank, len(self.units) + 1)
        return np.lexsort((np.arange(len(self.units)), rank, self.cohorts))


def places_within(node: Node, cohorts: IntArray) -> IntArray:
    """(units,) by number, within what places at a ranked node are counted: cohorts, or what its entries say."""
    if not isinstance(node, Group) or not node.repetition or node.among is Among.COHORT:
        return cohorts
    return np.arange(len(cohorts)) if node.among is Among.UNIT else np.zeros_like(cohorts)


def _by_unit(lines: Sequence[Added]) -> dict[str, tuple[Added, ...]]:
    by_unit: dict[str, list[Added]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    return {unit: tuple(own) for unit, own in by_unit.items()}

"""Scores up the tree: ways, what does not apply, what is missing, conversion, rules of groups, caps, rounding.

A loop over groups, in an order in which everything that feeds one comes before it (``Tree.evaluation``). A plain sum
is added up in points, and what does not apply leaves them (``points`` is what the node is worth for the unit). Any
other way, and any group with a rule, is worth its printed points wherever it counts: there a sum's scale ends, so
under ``not_applicable: total`` what does not apply to a unit is re-scaled at that place already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import (
    BoolArray,
    Group,
    Indicator,
    Missing,
    Rescale,
    Status,
    StatusArray,
    Tree,
    Way,
)
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, half_up, without_dust
from lawgov_score.rules.rule import Inputs, IntArray, Rule
from lawgov_score.scoring.below import Below
from lawgov_score.scoring.columns import Column, counts, leaf
from lawgov_score.scoring.ways import Fault, Outcome, clean
from lawgov_score.scoring.worth import Parts, Worth, is_regular


@dataclass(frozen=True, slots=True)
class Root:
    """The whole tree, (units,): ``raw_total`` of ``raw_points``, converted to the tree's own scale in ``full``."""

    raw_total: FloatArray
    raw_points: FloatArray
    full: FloatArray


@dataclass(frozen=True)
class Climb:
    """One way up a tree. ``there``, ``cohorts``, ``years``: (units,); whom comparing rules may look at, and how.

    ``zeroed``: groups (by code) whose result a veto sets to 0, and for whom. ``found``: columns by node code;
    ``ruled``: what a group, or the tree, with a rule came to before it; ``faults`` by node code (the tree's code for
    the root). All three fill up on the way.
    """

    tree: Tree
    there: BoolArray
    cohorts: IntArray
    years: FloatArray
    zeroed: Mapping[str, BoolArray]
    found: dict[str, Column] = field(default_factory=dict)
    ruled: dict[str, FloatArray] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    @cached_property
    def worth(self) -> Worth:
        """What the tree's nodes are worth."""
        return Worth(self.tree)

    @cached_property
    def below(self) -> Below:
        """What has been worked out so far, as a node sees it."""
        return Below(self.tree, self.worth, self.found, len(self.there))

    def add(self, indicator: Indicator, score: FloatArray, status: StatusArray) -> None:
        """An indicator's scores, (units,), nan unless SCORED."""
        self.found[indicator.code] = leaf(indicator.points, score, status, self.worth.leaf_policies[indicator.code])

    def groups(self) -> None:
        """Every group not yet worked out whose parts all are."""
        for group in self.tree.evaluation:
            if group.code not in self.found and all(code in self.found for code in self._feeds(group)):
                self.found[group.code] = self._group(group)

    def root(self) -> Root:
        """The whole tree, once every group has been worked out; ``full`` is nan where nothing can be said."""
        tree, size = self.tree, len(self.there)
        nothing = np.full(size, np.nan)
        if tree.aggregation.way is Way.NONE:
            return Root(nothing, np.zeros(size), nothing)
        parts, missing = self.tree.parts_of(tree.code), tree.policies.missing
        if tree.aggregation.way is Way.SUM:
            raw, points = self.below.added(parts, missing)
            raw, points = without_dust(raw, VALUE_DECIMALS), without_dust(points, VALUE_DECIMALS)
            whole = tree.points if tree.parallel else self.worth.of_parts(parts)
            full = raw
            if tree.policies.not_applicable is not Rescale.NONE:
                full = np.divide(raw * whole, points, out=nothing, where=points > 0)
            full = without_dust(full if tree.out_of is None else full * tree.points / tree.out_of, VALUE_DECIMALS)
        else:
            status = self.below.status(tree, parts)
            outcome = self.below.combined(tree, parts, missing)
            lasting = status == Status.SCORED
            self._report(tree.code, outcome, lasting)
            # Where nothing but blanks counts they are worth nothing, as in a sum.
            blank = ~lasting & counts(status, missing)
            raw = clean(np.where(lasting, outcome.score, np.where(blank, 0.0, np.nan)))
            scale = tree.points if tree.out_of is None else tree.out_of
            points = np.where(np.isnan(raw), 0.0, scale)
            full = raw if tree.out_of is None else clean(raw * tree.points / tree.out_of)
        if tree.rule is not None:
            full, failed = self._rule(tree.code, tree.rule, full)
            self._report(tree.code, Outcome(full, (Fault(Code.R111, failed),)), failed)
        return Root(raw, points, full)

    # ------------------------------------------------------------ one group

    def _group(self, group: Group) -> Column:
        policies, parts = self.tree.policies, self.tree.parts_of(group.code)
        missing = group.missing or policies.missing
        status = self.below.status(group, parts)
        if group.aggregation.way is Way.SUM:
            score, points = self._summed(group, parts, missing)
        else:
            outcome = self.below.combined(group, parts, missing)
            status = self._failed(group.code, status, outcome, self.below.absent(group, missing))
            score = np.nan_to_num(outcome.score)
            score = clean(score if group.out_of is None else score * group.points / group.out_of)
            points = np.where(counts(status, missing), group.points, 0.0)
        if group.coverage_at_least is not None:
            status = self._covered(group, parts, status)
            points = np.where(counts(status, missing), points, 0.0)
        if group.rule is not None:
            score, failed = self._rule(group.code, group.rule, np.where(status == Status.SCORED, score, np.nan))
            status = self._failed(group.code, status, Outcome(score, (Fault(Code.R111, failed),)))
            score = np.nan_to_num(score)
        if group.floor is not None or group.cap is not None:
            score = self._limited(group, score, points)
        decimals = policies.round_group if group.rounding is None else group.rounding
        if decimals is not None:
            score = without_dust(half_up(without_dust(score), decimals))
        if group.code in self.zeroed:
            score, points, status = self._zero(group, score, points, status)
        scored = status == Status.SCORED
        points = without_dust(points, VALUE_DECIMALS)
        return Column(np.where(scored, score, np.nan), np.where(scored, score, 0.0), points, status, missing)

    def _limited(self, group: Group, score: FloatArray, points: FloatArray) -> FloatArray:
        """(units,): within floor and cap, which shrink with what applies: 10 of 60 points are 5 of 30."""
        share = np.ones_like(points)
        if self.tree.scales_limits(group) and group.points > 0:
            share = points / group.points
        floor = None if group.floor is None else group.floor * share
        cap = None if group.cap is None else group.cap * share
        limited = np.clip(score, floor, cap)
        return without_dust(limited, VALUE_DECIMALS) if self.tree.scales_limits(group) else limited

    def _summed(self, group: Group, parts: Parts, missing: Missing) -> tuple[FloatArray, FloatArray]:
        """(units,), (units,): the sum of a group's parts, converted where the tree says so, and what it is out of."""
        raw, points = self.below.added(parts, missing)
        rescale = self.tree.policies.not_applicable
        if rescale is Rescale.PARENT or (rescale is Rescale.TOTAL and group.rule is not None):
            # Printed points of the children, not of the group: a waived contradiction is never re-scaled in silence.
            whole = self.worth.of_parts(parts)
            raw = np.divide(raw * whole, points, out=raw.copy(), where=points > 0)
            points = np.where(points > 0, whole, 0.0)
        if group.out_of is not None:
            raw, points = raw * group.points / group.out_of, points * group.points / group.out_of
        raw = without_dust(raw, VALUE_DECIMALS)
        return raw, points if group.rule is None else np.where(points > 0, group.points, 0.0)

    def _failed(
        self, code: str, status: StatusArray, outcome: Outcome, absent: StatusArray | None = None
    ) -> StatusArray:
        """``status`` with INVALID where there should be a score and none can be worked out; the faults are kept."""
        scored = status == Status.SCORED
        failed = self._report(code, outcome, scored)
        status = np.where(failed, np.int8(Status.INVALID), status)
        gone = scored & ~failed & np.isnan(outcome.score)
        return np.where(gone, np.int8(Status.MISSING) if absent is None else absent, status)

    def _report(self, code: str, outcome: Outcome, scored: BoolArray) -> BoolArray:
        """(units,): whom any fault concerns among those who should have a score; the faults are kept."""
        failed = np.zeros(len(scored), dtype=bool)
        for fault in outcome.faults:
            rows = fault.rows & scored & ~failed
            if rows.any():
                self.faults.append((code, Fault(fault.code, rows, fault.figures)))
                failed |= rows
        return failed

    def _rule(self, code: str, rule: Rule, value: FloatArray) -> tuple[FloatArray, BoolArray]:
        """(units,): the scores by a rule on what was aggregated, and for whom it has none although there is a value."""
        value = without_dust(value, VALUE_DECIMALS)
        if rule.RELATIVE:  # who did not come, or is withheld, is nobody's peer
            value = np.where(self.there, value, np.nan)
        self.ruled[code] = value
        score = clean(rule.score(Inputs(value, cohorts=self.cohorts, years=self.years)))
        return score, np.isnan(score) & ~np.isnan(value)

    def _covered(self, group: Group, parts: Parts, status: StatusArray) -> StatusArray:
        """``status`` with MISSING where too few of what counts here has a score."""
        assert group.coverage_at_least is not None  # the caller looked
        applicable, scored = np.zeros(len(status)), np.zeros(len(status))
        for node, weight in parts:
            if is_regular(node, weight):
                own = self.found[node.code].status
                applicable += own != Status.NOT_APPLICABLE
                scored += own == Status.SCORED
        share = np.divide(scored, applicable, out=np.ones(len(status)), where=applicable > 0)
        low = (without_dust(share - group.coverage_at_least) < 0) & (status == Status.SCORED)
        if low.any():
            figures = {"coverage": share, "scored": scored, "applicable": applicable}
            figures["threshold"] = np.full(len(status), group.coverage_at_least)
            self.faults.append((group.code, Fault(Code.R113, low, figures)))
        return np.where(low, np.int8(Status.MISSING), status)

    def _zero(
        self, group: Group, score: FloatArray, points: FloatArray, status: StatusArray
    ) -> tuple[FloatArray, FloatArray, StatusArray]:
        """Nothing for those whom a veto concerns: not even a blank that would leave the denominator saves them."""
        rows = self.zeroed[group.code] & self.there & (status != Status.NOT_APPLICABLE)
        is_sum = group.code in self.worth.sums
        worth = self.worth.applicable(group, self.found) if is_sum else np.full(len(score), group.points)
        points = np.where(rows & (points == 0), worth, points)
        return np.where(rows, 0.0, score), points, np.where(rows, np.int8(Status.SCORED), status)

    def _feeds(self, group: Group) -> list[str]:
        expression = group.aggregation.expression
        return [node.code for node, _ in self.tree.parts_of(group.code)] + list(expression.nodes if expression else ())

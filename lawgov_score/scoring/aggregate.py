"""Scores up the tree: ways, what does not apply, what is missing, conversion, rules of groups, caps, rounding.

A loop over groups, in an order in which everything that feeds one comes before it (``Tree.evaluation``). A plain sum
is added up in points, and what does not apply leaves them (``points`` is what the node is worth for the unit). Any
other way, and any group with a rule, is worth its printed points wherever it counts: there a sum's scale ends, so
under ``not_applicable: total`` what does not apply to a unit is re-scaled at that place already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import (
    BoolArray,
    Group,
    Indicator,
    Missing,
    Node,
    Rescale,
    Status,
    StatusArray,
    Tree,
    Way,
)
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, half_up, without_dust
from lawgov_score.rules.rule import Inputs, IntArray, Rule
from lawgov_score.scoring.ways import Fault, Outcome, Part, clean, combine, work_out


@dataclass(frozen=True, slots=True)
class Column:
    """One node, (units,): its score, the same with nothing for a blank, what it is worth, its state.

    ``missing``: how blanks were treated where ``points`` was worked out.
    """

    score: FloatArray
    earned: FloatArray
    points: FloatArray
    status: StatusArray
    missing: Missing


def counts(status: StatusArray, missing: Missing) -> BoolArray:
    """(units,): who keeps a node of this state in the denominator."""
    keeps: BoolArray = status != Status.NOT_APPLICABLE
    if missing is Missing.EXCLUDE:
        keeps &= status != Status.MISSING
    return keeps


def leaf(points: float, score: FloatArray, status: StatusArray, missing: Missing) -> Column:
    """An indicator's column: ``score`` (units,) is nan unless ``status`` is SCORED."""
    earned = np.where(status == Status.SCORED, score, 0.0)
    return Column(score, earned, np.where(counts(status, missing), float(points), 0.0), status, missing)


def group_status(children: Sequence[StatusArray]) -> StatusArray:
    """(units,) from (units,) each: scored where any child is; not applicable where all are; else what is owed."""
    weight = _WEIGHT[children[0]]
    for child in children[1:]:
        weight = np.maximum(weight, _WEIGHT[child])
    return _STATUS[weight]


_STATUS = np.array(  # from what counts least to what decides
    [Status.NOT_APPLICABLE, Status.NOT_REVIEWED, Status.INVALID, Status.MISSING, Status.SCORED], dtype=np.int8
)
_WEIGHT = np.argsort(_STATUS).astype(np.int8)


Parts = Sequence[tuple[Node, float | None]]


def is_regular(node: Node, weight: float | None) -> bool:
    """Is it one of those whose points make up the node's? A bonus, a deduction, or a mere display is not."""
    return not node.bonus and (weight is None or weight > 0)


@dataclass(frozen=True)
class Worth:
    """Points by the tree alone, all of it applying to everybody."""

    tree: Tree

    @cached_property
    def printed(self) -> Mapping[str, float]:
        """Points of each node as the scheme prints them: of a sum those of its parts, never a contradicting total."""
        known: dict[str, float] = {each.code: each.points for each in self.tree.indicators}
        for group in self.tree.evaluation:
            known[group.code] = group.points
            if group.code in self.sums:
                total = _total(self.tree.parts_of(group.code), known)
                known[group.code] = total if group.out_of is None else total * group.points / group.out_of
        return known

    def of_parts(self, parts: Parts) -> float:
        """What the parts of a sum come to at most, bonuses apart."""
        return _total(parts, self.printed)

    @cached_property
    def sums(self) -> frozenset[str]:
        """Groups whose points for a unit are those of their parts that apply to it."""
        return frozenset(g.code for g in self.tree.evaluation if g.aggregation.way is Way.SUM and g.rule is None)

    @cached_property
    def leaf_policies(self) -> Mapping[str, Missing]:
        """How blanks are treated at each node's printed parent."""
        general = self.tree.policies.missing
        found = {child.code: general for child in self.tree.children}
        for group in self.tree.evaluation:
            found.update({child.code: group.missing or general for child in group.children})
        return found

    def within(self, node: Node, found: Mapping[str, Column], missing: Missing) -> FloatArray:
        """(units,): what a part is worth where blanks are treated as ``missing`` says, whatever its own group says."""
        column = found[node.code]
        if column.missing is missing:
            return column.points
        blank = column.status == Status.MISSING
        return np.where(blank, 0.0 if missing is Missing.EXCLUDE else self.applicable(node, found), column.points)

    def applicable(self, node: Node, found: Mapping[str, Column]) -> FloatArray:
        """(units,): the printed points of what applies of a node, blank or not."""
        if not isinstance(node, Group) or node.code not in self.sums:
            return np.where(found[node.code].status == Status.NOT_APPLICABLE, 0.0, self.printed[node.code])
        total = np.zeros(len(next(iter(found.values())).points))  # the node itself may not be worked out yet
        for part, weight in self.tree.parts_of(node.code):
            if is_regular(part, weight):
                total += self.applicable(part, found) * (1.0 if weight is None else weight)
        return total if node.out_of is None else total * node.points / node.out_of


def _total(parts: Parts, printed: Mapping[str, float]) -> float:
    return float(sum(printed[node.code] * (weight or 1.0) for node, weight in parts if is_regular(node, weight)))


_SAME = 1e-9  # points that differ by less are the same, but for float dust


@dataclass(frozen=True)
class Below:
    """All that has been worked out so far: ``found`` by node code, for ``size`` units."""

    tree: Tree
    worth: Worth
    found: Mapping[str, Column]
    size: int

    def status(self, holder: Group | Tree, parts: Parts) -> StatusArray:
        """(units,): what the states below come to; what counts nowhere (weight 0) has no say."""
        expression = holder.aggregation.expression
        if holder.aggregation.way is Way.NONE:
            return np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)
        if expression is not None:
            return group_status([self.found[code].status for code in expression.nodes])
        is_sum = holder.aggregation.way is Way.SUM  # elsewhere a bonus is added to a score, and cannot stand alone
        named = [self.found[node.code].status for node, weight in parts if weight != 0 and (is_sum or not node.bonus)]
        return group_status(named) if named else np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)

    def added(self, parts: Parts, missing: Missing) -> tuple[FloatArray, FloatArray]:
        """(units,), (units,): the sum of scores, left to right, and of the points of what is no bonus or deduction."""
        raw, points = np.zeros(self.size), np.zeros(self.size)
        for node, weight in parts:
            column = self.found[node.code]
            if weight is None:
                raw += column.earned
            elif weight != 0:
                raw += weight * column.earned
            if is_regular(node, weight):
                worth = self.worth.within(node, self.found, missing)
                points += worth if weight is None else weight * worth
        return raw, points

    def combined(self, holder: Group | Tree, parts: Parts, missing: Missing) -> Outcome:
        """By any way but a sum; bonuses are added to what it gives."""
        aggregation, size = holder.aggregation, self.size
        if aggregation.way is Way.NONE:
            return Outcome(np.full(size, np.nan))
        if aggregation.expression is not None:
            nodes = {}
            for code in aggregation.expression.nodes:
                column = self.found[code]
                nodes[code] = np.where(counts(column.status, missing), column.earned, np.nan)
            return work_out(aggregation, nodes, size)
        is_scaled = aggregation.way not in (Way.LOOKUP, Way.WEAKEST_LINK)
        scale = holder.points if holder.out_of is None else holder.out_of
        regular = []
        for node, weight in parts:
            if weight != 0 and not node.bonus:
                column = self.found[node.code]
                score = self._on_scale(node, column, scale) if is_scaled else column.earned
                # Of no points that apply to a unit there is no share, as little as where none are printed (T248):
                # what is left of a sum may be its bonus alone.
                there = counts(column.status, missing) & ((column.points > 0) | (node.points == 0))
                regular.append(Part(score, there, 1.0 if weight is None else weight))
        found = combine(aggregation, regular, size)
        extras = [self.found[node.code].earned for node, weight in parts if node.bonus and weight != 0]
        return Outcome(found.score + sum(extras), found.faults) if extras else found

    def _on_scale(self, node: Node, column: Column, scale: float) -> FloatArray:
        """(units,): what ``node`` brings, put on ``scale``; what does not apply to a unit leaves its part of it."""
        score = column.earned
        printed = self.worth.printed[node.code]
        if self.tree.policies.not_applicable is not Rescale.NONE and isinstance(node, Group):
            partial = (column.points > 0) & (np.abs(column.points - printed) > _SAME)
            if partial.any():
                score = np.divide(score * printed, column.points, out=score.copy(), where=partial)
        return score if node.points in (scale, 0.0) else score / node.points * scale

    def absent(self, group: Group, missing: Missing) -> StatusArray:
        """(units,): what it means that an expression, or a mean, finds nothing there: the state of what is absent."""
        expression = group.aggregation.expression
        if expression is None:
            return np.full(self.size, Status.MISSING, dtype=np.int8)
        gone = np.full(self.size, Status.NOT_APPLICABLE, dtype=np.int8)
        for code in expression.nodes:
            status = self.found[code].status
            gone[~counts(status, missing) & (status == Status.MISSING)] = Status.MISSING
        return gone


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

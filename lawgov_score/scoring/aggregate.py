"""Aggregation of scores up the tree: ways, not-applicable and missing nodes, conversion, group rules, caps, rounding.

A loop over groups, ordered so that everything a group depends on comes before it (``Tree.evaluation``). A plain sum
adds points and leaves out those of not-applicable nodes (``points``: what the node is worth for the unit). A group
with any other way, or with a rule, is worth its printed points wherever it counts. A sum below such a group is
therefore converted there already, even under ``not_applicable: total``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import differ
from lawgov_score.measure.ways import ON_ONE_SCALE, Fault, Outcome, Part, clean, combine
from lawgov_score.measure.worth import Share, on_own_scale
from lawgov_score.model import (
    Aggregation,
    Group,
    Indicator,
    Missing,
    Node,
    Rescale,
    StatusArray,
    Tree,
    Way,
    Working,
)
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, IntArray, without_dust
from lawgov_score.rules.rule import Inputs, Rule
from lawgov_score.scoring.nodes import NodeColumns, NodeMatrices
from lawgov_score.scoring.own_figures import OwnFigures
from lawgov_score.scoring.states import StatusIs

Parts = Sequence[tuple[Node, float | None]]


def in_denominator(status: StatusArray, missing: Missing) -> BoolArray:
    """(units,): units for which a node of this status counts in the denominator."""
    keeps: BoolArray = status != StatusIs.NOT_APPLICABLE
    if missing is Missing.EXCLUDE:
        keeps &= status != StatusIs.MISSING
    return keeps


def group_status(children: Sequence[StatusArray]) -> StatusArray:
    """(units,) from (units,) each: scored if any child is; not applicable if all are; else the gravest other state."""
    status = children[0].copy()
    for child in children[1:]:
        np.minimum(status, child, out=status)  # SCORED is the least
    rows = np.flatnonzero(status != StatusIs.SCORED)
    if len(rows):
        status[rows] = _STATUS[np.maximum.reduce([_WEIGHT[child[rows]] for child in children])]
    return status


_STATUS = np.array(  # from what counts least to what decides
    [StatusIs.NOT_APPLICABLE, StatusIs.NOT_REVIEWED, StatusIs.INVALID, StatusIs.MISSING, StatusIs.SCORED], dtype=np.int8
)
_WEIGHT = np.argsort(_STATUS).astype(np.int8)


@dataclass(frozen=True, slots=True)
class Root:
    """The whole tree, (units,): ``raw_total`` of ``raw_points``, converted to the tree's own scale in ``full``."""

    raw_total: FloatArray
    raw_points: FloatArray
    full: FloatArray


@dataclass(frozen=True)
class Aggregator:
    """One aggregation from the leaves to the root. ``there``, ``cohorts``, ``years``: (units,), for rules of groups.

    ``nodes``: the rows of an indicator are filled already when it is added. ``zeroed``: groups (by code) that a veto
    sets to 0, and for which units. ``there``: units that comparing rules may look at. ``own``: each unit's own points
    and rules. ``held``: groups (by code) whose columns are given. Filled during aggregation: ``found``, columns by node
    code; ``ruled``, the aggregated value of a group (or the tree) before its rule; ``workings`` of groups that are not
    plain sums; ``faults`` by node code (the tree's code for the root).
    """

    tree: Tree
    nodes: NodeMatrices
    there: BoolArray
    cohorts: IntArray
    years: FloatArray
    zeroed: Mapping[str, BoolArray]
    own: OwnFigures
    held: Mapping[str, NodeColumns] = field(default_factory=dict)
    found: dict[str, NodeColumns] = field(default_factory=dict)
    ruled: dict[str, FloatArray] = field(default_factory=dict)
    workings: dict[str, Working] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    @cached_property
    def _size(self) -> int:
        return len(self.there)

    @cached_property
    def _row(self) -> Mapping[str, int]:
        return {node.code: row for row, node in enumerate(self.tree.nodes)}

    @cached_property
    def _sums(self) -> frozenset[str]:
        """Groups whose points for a unit are the sum of their applicable parts."""
        return frozenset(g.code for g in self.tree.evaluation if g.aggregation.way is Way.SUM and g.rule is None)

    @cached_property
    def _explained(self) -> frozenset[str]:
        """The groups (and the tree) whose working is kept: those that are not plain sums."""
        tree = self.tree
        if tree.policies.not_applicable is Rescale.PARENT:
            return frozenset((tree.code, *(group.code for group in tree.evaluation)))
        codes = [tree.code, *(g.code for g in tree.evaluation if g.coverage_at_least is None)]
        own = {code for code in codes if tree.has_own_way(code)}
        return frozenset(own | {g.code for g in tree.evaluation if g.coverage_at_least is not None})

    def add(self, indicator: Indicator) -> None:
        """Takes in an indicator that has been scored."""
        missing = self.tree.missing_at(self.tree.parents[indicator.code])
        columns = self.found[indicator.code] = self._columns(indicator.code, missing)
        columns.points[:] = self._points(indicator)
        if np.count_nonzero(columns.status):  # SCORED is 0
            columns.points[~in_denominator(columns.status, missing)] = 0.0

    def _points(self, node: Node) -> float | FloatArray:
        """The printed points of a node: one number, or each unit's own."""
        return self.own.figure(lambda tree: tree.by_code[node.code].points)

    def _scaled(self, group: Group, total: FloatArray) -> FloatArray:
        """(units,): a sum of the group's parts on its own scale."""
        if group.out_of is None:
            return total
        out_of = self.own.figure(lambda tree: tree.holder(group.code).out_of or 1.0)
        return on_own_scale(total, self._points(group), out_of)

    def _columns(self, code: str, missing: Missing) -> NodeColumns:
        """The rows of one node."""
        row = self._row[code]
        return NodeColumns(self.nodes.score[row], self.nodes.points[row], self.nodes.status[row], missing)

    def groups(self) -> None:
        """Aggregates every group that has not been computed yet and whose parts all have."""
        for group in self.tree.evaluation:
            if group.code not in self.found and all(code in self.found for code in self._feeds(group)):
                self._aggregate(group)

    def _feeds(self, group: Group) -> list[str]:
        expression = group.aggregation.expression
        return [node.code for node, _ in self.tree.parts_of(group.code)] + list(expression.nodes if expression else ())

    # ------------------------------------------------------------ the whole tree

    def root(self) -> Root:
        """The result of the whole tree, once every group has been computed; ``full`` is nan where there is no total."""
        tree = self.tree
        nothing = np.full(self._size, np.nan)
        if tree.aggregation.way is Way.NONE:
            return Root(nothing, np.zeros(self._size), nothing)
        missing = tree.missing_at(tree.code)
        brought = self._brought(tree, missing) if tree.code in self._explained else ()
        if tree.aggregation.way is Way.SUM:
            combined, points = self._added(tree, missing)
            raw, points = without_dust(combined, VALUE_DECIMALS), without_dust(points, VALUE_DECIMALS)
            full = raw
            if tree.policies.not_applicable is not Rescale.NONE:
                whole = self.own.figure(lambda own: own.printed_sum(own.code))
                full = np.divide(raw * whole, points, out=nothing, where=points > 0)
            full = full if tree.out_of is None else full * tree.points / tree.out_of
            full = without_dust(full, VALUE_DECIMALS)
        else:
            status = self._status(tree)
            outcome = self._combined(tree, missing, brought)
            combined, lasting = outcome.score, status == StatusIs.SCORED
            self._report(tree.code, outcome, lasting)
            # Where nothing but blanks counts they are worth nothing, as in a sum.
            blank = ~lasting & in_denominator(status, missing)
            raw = clean(np.where(lasting, combined, np.where(blank, 0.0, np.nan)))
            scale = tree.points if tree.out_of is None else tree.out_of
            points = np.where(np.isnan(raw), 0.0, scale)
            full = raw if tree.out_of is None else clean(raw * tree.points / tree.out_of)
        before = combined
        if tree.rule is not None:
            full, failed = self._rule(tree, tree.rule, full)
            self._report(tree.code, Outcome(full, (Fault(Code.R111, failed),)), failed)
        self._keep(tree, missing, brought, combined, points, before, before, before, before, raw)
        return Root(raw, points, full)

    # ------------------------------------------------------------ one group

    def _aggregate(self, group: Group) -> None:
        missing, status = self.tree.missing_at(group.code), self._status(group)
        brought = self._brought(group, missing) if group.code in self._explained else ()
        if group.aggregation.way is Way.SUM:
            combined, worth = self._added(group, missing)
            rescaled, points = self._rescaled(group, combined, worth)
            scaled = score = without_dust(self._scaled(group, rescaled), VALUE_DECIMALS)
            points = self._scaled(group, points)
            if group.rule is not None:
                points = np.where(points > 0, self._points(group), 0.0)
        else:
            outcome = self._combined(group, missing, brought)
            combined = rescaled = outcome.score
            status = self._failed(group.code, status, outcome, self._absent(group, missing))
            scaled = clean(self._scaled(group, combined))
            score = _or_nothing(scaled)
            worth = points = np.where(in_denominator(status, missing), self._points(group), 0.0)
        if group.coverage_at_least is not None:
            status = self._covered(group, status)
            points = np.where(in_denominator(status, missing), points, 0.0)
        if group.rule is not None:
            score, failed = self._rule(group, group.rule, np.where(status == StatusIs.SCORED, score, np.nan))
            status = self._failed(group.code, status, Outcome(score, (Fault(Code.R111, failed),)))
            score = _or_nothing(score)
        ruled = score
        if group.floor is not None or group.cap is not None:
            score = self._limited(group, score, points)
        limited = score
        rounding = self.tree.rounding_of(group)
        if rounding is not None:
            score = without_dust(rounding.of(score))
        self._keep(group, missing, brought, combined, worth, rescaled, scaled, ruled, limited, score)
        if group.code in self.zeroed:
            score, points, status = self._zero(group, score, points, status)
        if group.code in self.held:
            score, points, status = (getattr(self.held[group.code], one) for one in ("score", "points", "status"))
        columns = self.found[group.code] = self._columns(group.code, missing)
        columns.score[:], columns.points[:], columns.status[:] = score, without_dust(points, VALUE_DECIMALS), status
        columns.score[status != StatusIs.SCORED] = np.nan

    def _keep(
        self,
        holder: Group | Tree,
        missing: Missing,
        brought: tuple[FloatArray, ...],
        combined: FloatArray,
        *steps: FloatArray,
    ) -> None:
        """Keeps the working of a group, or of the root, if explanations need it."""
        if holder.code not in self._explained:
            return
        parts = self.tree.parts_of(holder.code)
        expression = holder.aggregation.expression
        nodes = {code: self._counted(code, missing) for code in (expression.nodes if expression is not None else ())}
        counting = list(nodes.values()) or [
            each
            for each, (node, weight) in zip(brought, parts, strict=True)
            if Share(node.points, weight, node.bonus).is_regular
        ]
        count = np.zeros(self._size, dtype=np.intp)
        for each in counting:
            count += ~np.isnan(each)
        asked = combined
        if holder.aggregation.way is Way.LOOKUP:
            asked = np.nansum([*brought, np.zeros(self._size)], axis=0)
        worth, *rest = steps
        is_converted = isinstance(holder, Group) and holder.aggregation.way is Way.SUM and self._converts(holder)
        whole = self.own.figure(lambda tree: tree.printed_sum(holder.code)) if is_converted else float("nan")
        self.workings[holder.code] = Working(brought, nodes, count, combined, asked, worth, whole, *rest)

    def _limited(self, group: Group, score: FloatArray, points: FloatArray) -> FloatArray:
        """(units,): score within floor and cap, which shrink with the applicable points: 10 of 60 become 5 of 30."""
        share, printed = np.ones_like(points), self._points(group)
        if self.tree.scales_limits(group):
            share = np.divide(points, printed, out=share, where=np.asarray(printed) > 0)
        floor = self._limit(group, lambda own: own.floor, share)
        cap = self._limit(group, lambda own: own.cap, share)
        limited = np.clip(score, floor, cap)
        return without_dust(limited, VALUE_DECIMALS) if self.tree.scales_limits(group) else limited

    def _limit(self, group: Group, of: Callable[[Group], float | None], share: FloatArray) -> FloatArray | None:
        """(units,): a group's cap or floor for ``share`` of its points; None: it has none."""
        if of(group) is None:
            return None

        def figure(tree: Tree) -> float:
            own = tree.by_code[group.code]
            return (of(own) if isinstance(own, Group) else None) or 0.0

        return self.own.figure(figure) * share

    def _rescaled(self, group: Group, raw: FloatArray, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(units,), (units,): a group's sum, converted where the tree says so, and the points it is out of."""
        if not self._converts(group):
            return raw, points
        # Printed points of the children, not of the group: a waived contradiction is never re-scaled in silence.
        whole = self.own.figure(lambda tree: tree.printed_sum(group.code))
        return np.divide(raw * whole, points, out=raw.copy(), where=points > 0), np.where(points > 0, whole, 0.0)

    def _converts(self, group: Group) -> bool:
        """Are not-applicable points converted at this group already?"""
        rescale = self.tree.policies.not_applicable
        return rescale is Rescale.PARENT or (rescale is Rescale.TOTAL and group.rule is not None)

    def _failed(
        self, code: str, status: StatusArray, outcome: Outcome, absent: StatusArray | None = None
    ) -> StatusArray:
        """``status`` with INVALID where a score is due and cannot be computed; the faults are recorded."""
        scored = status == StatusIs.SCORED
        failed = self._report(code, outcome, scored)
        status = np.where(failed, StatusIs.INVALID, status)
        gone = scored & ~failed & np.isnan(outcome.score)
        return np.where(gone, StatusIs.MISSING if absent is None else absent, status)

    def _report(self, code: str, outcome: Outcome, scored: BoolArray) -> BoolArray:
        """(units,): units with any fault among those that should have a score; the faults are recorded."""
        failed = np.zeros(len(scored), dtype=bool)
        for fault in outcome.faults:
            rows = fault.rows & scored & ~failed
            if rows.any():
                self.faults.append((code, Fault(fault.code, rows, fault.figures)))
                failed |= rows
        return failed

    def _rule(self, holder: Group | Tree, rule: Rule, value: FloatArray) -> tuple[FloatArray, BoolArray]:
        """(units,): scores by a rule on the aggregated value, and units that have a value but get no score."""
        value = without_dust(value, VALUE_DECIMALS)
        if rule.RELATIVE:  # who did not come, or is withheld, is nobody's peer
            value = np.where(self.there, value, np.nan)
        self.ruled[holder.code] = value
        inputs = Inputs(value, cohorts=self.cohorts, years=self.years)
        score = clean(self.own.columns(lambda tree: (tree.holder(holder.code).rule or rule).score(inputs)))
        return score, np.isnan(score) & ~np.isnan(value)

    def _covered(self, group: Group, status: StatusArray) -> StatusArray:
        """``status`` with MISSING where too small a share of the applicable parts has a score."""
        least = group.coverage_at_least or 0.0
        applicable, scored = np.zeros(len(status)), np.zeros(len(status))
        for node, weight in self.tree.parts_of(group.code):
            if Share(node.points, weight, node.bonus).is_regular:
                own = self.found[node.code].status
                applicable += own != StatusIs.NOT_APPLICABLE
                scored += own == StatusIs.SCORED
        share = np.divide(scored, applicable, out=np.ones(len(status)), where=applicable > 0)
        low = (without_dust(share - least) < 0) & (status == StatusIs.SCORED)
        if low.any():
            figures = {"coverage": share, "scored": scored, "applicable": applicable}
            figures["threshold"] = np.full(len(status), least)
            self.faults.append((group.code, Fault(Code.R113, low, figures)))
        return np.where(low, StatusIs.MISSING, status)

    def _zero(
        self, group: Group, score: FloatArray, points: FloatArray, status: StatusArray
    ) -> tuple[FloatArray, FloatArray, StatusArray]:
        """Zero for the units that a veto concerns: even a blank that would leave the denominator counts as zero."""
        rows = self.zeroed[group.code] & self.there & (status != StatusIs.NOT_APPLICABLE)
        worth = self._applicable(group) if group.code in self._sums else self._points(group)
        points = np.where(rows & (points == 0), worth, points)
        return np.where(rows, 0.0, score), points, np.where(rows, StatusIs.SCORED, status)

    # ------------------------------------------------------------ what lies below

    def _status(self, holder: Group | Tree) -> StatusArray:
        """(units,): the combined status of the parts; parts that count nowhere (weight 0) are ignored."""
        expression = holder.aggregation.expression
        if expression is not None:
            return group_status([self.found[code].status for code in expression.nodes])
        is_sum = holder.aggregation.way is Way.SUM  # elsewhere a bonus is added to a score, and cannot stand alone
        parts = self.tree.parts_of(holder.code)
        named = [self.found[node.code].status for node, weight in parts if weight != 0 and (is_sum or not node.bonus)]
        if holder.aggregation.way is Way.NONE or not named:
            return np.full(self._size, StatusIs.NOT_APPLICABLE, dtype=np.int8)
        return group_status(named)

    def _absent(self, group: Group, missing: Missing) -> StatusArray:
        """(units,): the status if an expression, or a mean, finds no part that counts: that of the absent parts."""
        expression = group.aggregation.expression
        if expression is None:
            return np.full(self._size, StatusIs.MISSING, dtype=np.int8)
        gone = np.full(self._size, StatusIs.NOT_APPLICABLE, dtype=np.int8)
        for code in expression.nodes:
            status = self.found[code].status
            gone[~in_denominator(status, missing) & (status == StatusIs.MISSING)] = StatusIs.MISSING
        return gone

    def _added(self, holder: Group | Tree, missing: Missing) -> tuple[FloatArray, FloatArray]:
        """(units,), (units,): the sum of scores, left to right, and of the points of all but bonuses and deductions."""
        raw, points = np.zeros(self._size), np.zeros(self._size)
        for node, weight in self.tree.parts_of(holder.code):
            column = self.found[node.code]
            if weight is None:
                raw += column.earned
            elif weight != 0:
                raw += weight * column.earned
            if Share(node.points, weight, node.bonus).is_regular:
                worth = self._within(node, missing)
                points += worth if weight is None else weight * worth
        return raw, points

    def _combined(self, holder: Group | Tree, missing: Missing, brought: tuple[FloatArray, ...]) -> Outcome:
        """The parts combined by any way except a sum; bonuses are added afterwards. ``brought``: see ``_brought``."""
        aggregation, parts = holder.aggregation, self.tree.parts_of(holder.code)
        if aggregation.way is Way.NONE:
            return Outcome(np.full(self._size, np.nan))
        if aggregation.expression is not None:
            nodes = {code: self._counted(code, missing) for code in aggregation.expression.nodes}
            return _worked_out(aggregation, nodes, self._size)
        regular = [
            Part(score, ~np.isnan(score), 1.0 if weight is None else weight)
            for score, (node, weight) in zip(brought, parts, strict=True)
            if weight != 0 and not node.bonus
        ]
        outcome = combine(aggregation, regular, self._size)
        extras = [self.found[node.code].earned for node, weight in parts if node.bonus and weight != 0]
        return Outcome(outcome.score + sum(extras), outcome.faults) if extras else outcome

    def _brought(self, holder: Group | Tree, missing: Missing) -> tuple[FloatArray, ...]:
        """(units,) each: what each part contributes, on the scale used for combining; nan if it does not count.

        A part without applicable points does not count, as with printed points of 0 (T248): its score may be a bonus
        alone.
        """
        way, brought = holder.aggregation.way, []
        scale = self.own.figure(lambda tree: _scale_of(tree.holder(holder.code)))
        for node, weight in self.tree.parts_of(holder.code):
            if weight == 0:
                brought.append(np.full(self._size, np.nan))
                continue
            column = self.found[node.code]
            counts = in_denominator(column.status, missing)
            if way not in {Way.SUM, Way.EXPRESSION} and not node.bonus:
                counts &= (column.points > 0) | (self._points(node) == 0)
            is_scaled = way in ON_ONE_SCALE and not node.bonus
            score = self._on_scale(node, column, scale) if is_scaled else column.earned
            brought.append(score if counts.all() else np.where(counts, score, np.nan))
        return tuple(brought)

    def _on_scale(self, node: Node, column: NodeColumns, scale: float | FloatArray) -> FloatArray:
        """(units,): the score of ``node`` converted to ``scale``, as a share of its applicable points."""
        score = column.earned
        printed = self.own.figure(lambda tree: tree.printed[node.code])
        if self.tree.policies.not_applicable is not Rescale.NONE and isinstance(node, Group):
            partial = (column.points > 0) & differ(column.points, printed)
            if partial.any():
                score = np.divide(score * printed, column.points, out=score.copy(), where=partial)
        points = self._points(node)
        if isinstance(points, float) and isinstance(scale, float):
            return score if points in (scale, 0.0) else score / points * scale
        stays = (np.asarray(points) == scale) | (np.asarray(points) == 0)
        return np.where(stays, score, score / np.where(stays, 1.0, points) * scale)

    def _counted(self, code: str, missing: Missing) -> FloatArray:
        """(units,): a node's score for expressions: 0 where it counts without a score, nan where it does not count."""
        column = self.found[code]
        return np.where(in_denominator(column.status, missing), column.earned, np.nan)

    def _within(self, node: Node, missing: Missing) -> FloatArray:
        """(units,): a part's points if blanks are treated as ``missing`` says, whatever its own group says."""
        column = self.found[node.code]
        if column.missing is missing:
            return column.points
        blank = column.status == StatusIs.MISSING
        return np.where(blank, 0.0 if missing is Missing.EXCLUDE else self._applicable(node), column.points)

    def _applicable(self, node: Node) -> FloatArray:
        """(units,): the printed points of the applicable leaves below a node, blank or not."""
        if not isinstance(node, Group) or node.code not in self._sums:
            gone = self.found[node.code].status == StatusIs.NOT_APPLICABLE
            return np.where(gone, 0.0, self.own.figure(lambda tree: tree.printed[node.code]))
        total = np.zeros(self._size)
        for part, weight in self.tree.parts_of(node.code):
            share = Share(part.points, weight, part.bonus)
            if share.is_regular:
                total += self._applicable(part) * share.times
        return self._scaled(node, total)


def _scale_of(holder: Group | Tree) -> float:
    return holder.points if holder.out_of is None else holder.out_of


def _or_nothing(score: FloatArray) -> FloatArray:
    """(units,): 0 where there is no score."""
    has_none = np.isnan(score)
    return np.where(has_none, 0.0, score) if has_none.any() else score


def _worked_out(aggregation: Aggregation, nodes: Mapping[str, FloatArray], size: int) -> Outcome:
    """Evaluates an expression over nodes: ``nodes`` by code, (units,), nan where a node does not count."""
    assert aggregation.expression is not None  # the loader brings it with the way
    names = {f'score("{code}")': nodes[code] for code in aggregation.expression.nodes}
    result = aggregation.expression.evaluate(names)
    score = np.broadcast_to(result.value, (size,)).copy()
    lacks = np.broadcast_to(aggregation.expression.missing(names), (size,))
    return Outcome(score, (Fault(Code.R111, ~lacks & np.isnan(score)),))

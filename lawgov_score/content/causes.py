"""Why a score is another one than in an earlier run: told by an order written down in docs/changes.md.

Where both runs kept their grounds, entries of the office and the tree's rules are compared; where the earlier one did
not, causes are told from scores, figures and the entries of now, and the last of the order (``tree``) is given where
that cannot tell. Where another version kept them, the tree is known to be the same or not as a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lawgov_score.content.differences import Differences
from lawgov_score.measure.ways import ON_ONE_SCALE, WEIGHTED, Way
from lawgov_score.model import STATUS_NAMES, Group, Indicator, Node, Scores, Status, Tree
from lawgov_score.model.changes import Cause, Ground
from lawgov_score.model.policies import Rescale

_NOT_APPLICABLE = STATUS_NAMES[Status.NOT_APPLICABLE]
# Statuses that an answer gives: nothing, nothing that can be read, a claim that nobody has ruled on.
_DUST = 1e-6
_OF_ANSWERS = frozenset(STATUS_NAMES[each] for each in (Status.MISSING, Status.INVALID, Status.NOT_REVIEWED))


@dataclass(frozen=True)
class Causes:
    """The causes of what differs."""

    differences: Differences

    @property
    def _scores(self) -> Scores:
        return self.differences.scores

    def of_node(self, row: int, node: Node) -> Cause:
        """Why a unit's score, status, points or figures at a node are others."""
        if isinstance(node, Indicator):
            return self._of_indicator(row, node)
        if self._is_vetoed(row, node.code):
            return Cause.REGISTER
        largest = self._largest(row, node.code)
        return self._of_whole(row, node.code) if largest is None else self.of_node(row, largest)

    def of_total(self, row: int, was: float | None, now: float | None) -> tuple[Cause, ...]:
        """That of what moved it most first: a node at the top, what came to or from 不适用, register and vetoes.

        The register follows where it moved the total too: it has no node at which that could be said. All other causes
        stand at the nodes that they moved.
        """
        tree, found = self._scores.tree, self.differences
        largest = self._largest(row, tree.code)
        exempted, by_exempted, worth = self._exempted(row)
        most = max(self._most(row, largest) * worth, abs(by_exempted))
        by_register = self._by_register(row, (now or 0.0) - (was or 0.0) - by_exempted, worth, largest, exempted)
        nothing_else = largest is None and (exempted is None or not by_exempted)
        of_register = None
        if abs(by_register) > _DUST or nothing_else:
            of_register = self._of_effect(row, nothing_else=nothing_else)
        if of_register is not None and (nothing_else or abs(by_register) > most):
            return (of_register,)
        if exempted is not None and (largest is None or abs(by_exempted) > self._most(row, largest) * worth):
            first = self.of_node(row, exempted)
        else:
            first = self._of_whole(row, tree.code) if largest is None else self.of_node(row, largest)
        is_both = of_register is not None and was is not None and now is not None
        is_sure = found.knows_grounds or abs(by_register) > self._rounded_away
        return tuple(dict.fromkeys((first, *([of_register] if of_register and is_both and is_sure else []))))

    def of_standing(self, row: int) -> tuple[Cause, ...]:
        """Why a unit with the same total has a row: its own entries, or how the roster has it; empty: it has none."""
        found, unit = self.differences, self._scores.units[row]
        was = found.was(row)
        causes = []
        if unit.code in found.of_register:
            causes.append(Cause.REGISTER)
        is_renamed = was.cohort != self._scores.cohort_names[row] or was.name != unit.name
        if is_renamed or found.of_ground(unit.code, "", Ground.ROSTER):
            causes.append(Cause.ROSTER)
        if causes or was.grade == self._scores.grades[row]:
            return tuple(causes)
        if not found.knows_grounds and self._is_barred(row):
            return (Cause.REGISTER,)
        is_elsewhere = was.rank != self.place(row)
        is_of_tree = found.of_ground("", self._scores.tree.code, Ground.TREE) and not is_elsewhere
        return (Cause.TREE,) if is_of_tree else ()

    def place(self, row: int) -> str:
        """The unit's place as ranking.csv prints it."""
        return str(self._scores.rank[row]) if self._scores.rank[row] else ""

    def left_over(self, row: int) -> Cause:
        """The cause where nothing else is: what the roster has made of the unit (points and rules go by its type), else
        what all units have in common.
        """
        of_roster = self.differences.of_ground(self._scores.units[row].code, "", Ground.ROSTER)
        return Cause.ROSTER if of_roster else self._of_all

    @property
    def _of_all(self) -> Cause:
        """The tree, unless it is the same and another version of the program has read it."""
        return Cause.PROGRAM if self.differences.is_only_another_program else Cause.TREE

    # ---------------------------------------------------------------- of an indicator

    def _of_indicator(self, row: int, indicator: Indicator) -> Cause:
        found, code = self.differences, indicator.code
        if not found.had(row, code):  # a new question
            return self._of_all
        then, now = found.statuses(row, code)
        if (by_office := self._by_office(row, indicator, then, now)) is not None:
            return by_office
        answers, values = found.of_figures[code]
        if answers[row]:
            return Cause.FIGURE
        if self._is_vetoed(row, code):
            return Cause.REGISTER
        if then != now and _NOT_APPLICABLE in {then, now}:
            if indicator.may_not_apply and not found.knows_grounds:
                return Cause.RULING  # one that was withdrawn
            if self._is_of_another_kind(row):
                return Cause.ROSTER
        if found.of_ground("", code, Ground.TREE):
            return Cause.TREE
        if self._has_other_points(row, code, then, now):
            return self.left_over(row)
        if then != now and _OF_ANSWERS & {then, now} and not indicator.is_judged:
            return Cause.FIGURE
        return self._by_others(row, indicator, is_value=bool(values[row]))

    def _by_office(self, row: int, indicator: Indicator, then: str, now: str) -> Cause | None:
        """The cause where it is an entry of the office's: known where grounds are, else told from those of now."""
        found, key = self.differences, (self._scores.units[row].code, indicator.code)
        if found.knows_grounds:
            entries = found.of_office.get(key, frozenset())
            if Ground.RULING in entries:
                return Cause.RULING
            return Cause.MARK if entries & {Ground.MARK, Ground.CHANGE} else None
        if key in self._scores.ruling_of and then != now:
            return Cause.RULING
        is_moved = bool(found.of_scores[indicator.code][row])
        if key in self._scores.change_of and is_moved:
            return Cause.MARK
        is_worth_more = self._has_other_points(row, indicator.code, then, now)
        if indicator.is_judged and is_moved and not is_worth_more and not self._is_vetoed(row, indicator.code):
            return Cause.MARK
        return None

    def _by_others(self, row: int, indicator: Indicator, *, is_value: bool) -> Cause:
        """The cause where nothing of the unit's own at the indicator is another one, besides the value perhaps."""
        found = self.differences
        for code in indicator.refers_to:
            if is_value and found.of_scores[code][row]:
                return self.of_node(row, self._scores.tree.by_code[code])
        if _looks_at_others(indicator):
            if found.is_in_another_cohort(row):
                return Cause.ROSTER
            if found.figures_of_cohort[indicator.code][row]:
                return Cause.FIGURE
            if found.has_other_members(row):
                return Cause.ROSTER
        return self.left_over(row)

    def _has_other_points(self, row: int, code: str, then: str, now: str) -> bool:
        """Is the indicator worth something else to the unit, and is that not because of its status?"""
        points = self._scores.points[row, self._scores.node_column[code]]
        return then == now and not np.isclose(self.differences.then(row, code).points, points, rtol=0, atol=1e-9)

    def _is_of_another_kind(self, row: int) -> bool:
        """Has the roster put the unit elsewhere: another type, year or cohort?"""
        unit = self._scores.units[row].code
        return self.differences.of_ground(unit, "", Ground.ROSTER) or self.differences.is_in_another_cohort(row)

    def _is_vetoed(self, row: int, code: str) -> bool:
        """Does a veto of the register set this node to zero, or did it, and not in the other run?"""
        found, unit = self.differences, self._scores.units[row].code
        kinds = [veto.code for veto in self._scores.tree.vetoes if veto.node_zero == code]
        if found.knows_grounds:
            return any(Ground.REGISTER in found.of_office.get((unit, kind), frozenset()) for kind in kinds)
        return any(not by and veto in kinds for veto, by in self._scores.vetoes[row])

    def _is_barred(self, row: int) -> bool:
        """Does a veto of the register bar the unit from a grade?"""
        return any(not by and veto in self._scores.tree.bars for veto, by in self._scores.vetoes[row])

    # ---------------------------------------------------------------- of a sum

    def _of_whole(self, row: int, code: str) -> Cause:
        """The cause at a group, or at the root, where no part of the unit's own differs: its rule may compare units."""
        found, holder = self.differences, self._scores.tree.holder(code)
        if found.of_ground("", code, Ground.TREE):
            return Cause.TREE
        if holder.rule is None or not holder.rule.RELATIVE:
            return self.left_over(row)
        if found.is_in_another_cohort(row) or found.has_other_members(row):
            return Cause.ROSTER
        peer = self._moved_first[code].get(int(self._scores.cohorts[row]))
        part = None if peer is None else self._largest(peer, code)
        return self.left_over(row) if peer is None or part is None else self.of_node(peer, part)

    @cached_property
    def _moved_first(self) -> Mapping[str, Mapping[int, int]]:
        """By group (and the tree) that compares units: cohort -> row of the first unit of which a part differs."""
        scores, found = self._scores, dict[str, Mapping[int, int]]()
        holders: tuple[Group | Tree, ...] = (
            scores.tree,
            *(node for node in scores.tree.nodes if isinstance(node, Group)),
        )
        for holder in holders:
            if holder.rule is not None and holder.rule.RELATIVE:
                parts = [self.differences.of_scores[part.code] for part, _ in self._parts(holder.code)]
                rows = np.flatnonzero(np.any(parts, axis=0)).tolist() if parts else []
                found[holder.code] = {int(scores.cohorts[row]): row for row in reversed(rows)}
        return found

    def _parts(self, code: str) -> tuple[tuple[Node, float | None], ...]:
        """What a group, or the root, is made of: its parts, and the nodes that its expression names."""
        tree = self._scores.tree
        parts, expression = tree.parts_of(code), tree.holder(code).aggregation.expression
        named = () if expression is None else expression.nodes
        return (*parts, *((tree.by_code[name], None) for name in named if all(name != one.code for one, _ in parts)))

    def _largest(self, row: int, code: str) -> Node | None:
        """The part of a group that moved its score most, the first of several; None if none differs."""
        parts = [each for each in self._parts(code) if self.differences.of_scores[each[0].code][row]]
        part = max(parts, key=lambda each: abs(self._moved_by(row, code, *each)), default=None)
        return None if part is None else part[0]

    def _moved_by(self, row: int, holder: str, part: Node, weight: float | None) -> float:
        """What a part did to its holder's score, up to a factor that is the same for all parts."""
        way = self._scores.tree.holder(holder).aggregation.way
        counted = 1.0 if weight is None or (way in ON_ONE_SCALE and way not in WEIGHTED) else weight
        step = counted * self.differences.step(row, part.code)
        points = self._scores.of_unit(row).tree.by_code[part.code].points
        return step / points if way in ON_ONE_SCALE and points else step

    def _most(self, row: int, largest: Node | None) -> float:
        """What the node at the top that moved a sum most did to it, in points."""
        if largest is None:
            return 0.0
        tree = self._scores.tree
        return max(abs(self._moved_by(row, tree.code, *each)) for each in tree.parts_of(tree.code))

    def _of_effect(self, row: int, *, nothing_else: bool) -> Cause | None:
        """The cause where register and vetoes did something else to the total; None: it is that of the nodes."""
        found, tree = self.differences, self._scores.tree
        is_struck = any(by for _, by in self._scores.vetoes[row])  # a veto that its own figures triggered
        if not found.knows_grounds:
            if is_struck:
                return Cause.FIGURE
            return Cause.REGISTER if tree.adjustments or tree.vetoes else None
        if self._scores.units[row].code in found.of_register:
            return Cause.REGISTER
        if found.of_ground("", tree.code, Ground.TREE):
            return Cause.TREE
        if is_struck:
            return Cause.FIGURE
        return self._by_own_figures(row) if nothing_else else None

    def _by_own_figures(self, row: int) -> Cause | None:
        """A veto that figures struck then, and not now: of an answer that differs, if there is any."""
        struck = [one for one in self._scores.tree.indicators if one.vetoes and self.differences.moves(row, one.code)]
        return self.of_node(row, struck[0]) if struck else None

    def _by_register(
        self, row: int, change: float, worth: float, largest: Node | None, exempted: Indicator | None
    ) -> float:
        """What register and vetoes did to the change of a total: known, or else what the nodes leave unexplained.

        That is told only of sums, and of converted ones only where nothing came to or from 不适用.
        """
        found, tree = self.differences, self._scores.tree
        if found.knows_grounds:
            effect = found.effect(row)
            return 0.0 if effect is None else effect[1] - effect[0]
        if not (tree.adjustments or tree.vetoes) or (tree.is_converted and not (self._is_sum and exempted is None)):
            return change if largest is None else 0.0
        if not self._is_sum:
            return 0.0
        return change - worth * sum(self._moved_by(row, tree.code, *each) for each in tree.parts_of(tree.code))

    @property
    def _is_sum(self) -> bool:
        """Is the total, before register and vetoes, a sum of points times a factor?"""
        return self._scores.tree.aggregation.way is Way.SUM and self._scores.tree.rule is None

    @property
    def _rounded_away(self) -> float:
        """How far the rounding of two totals may move their difference."""
        by = self._scores.tree.policies.round_total
        return _DUST + (0.0 if by is None else max(by.step, 10.0**-by.decimals))

    def _exempted(self, row: int) -> tuple[Indicator | None, float, float]:
        """Of the indicators that came to or from 不适用 the one worth most, and what they did to the total; None: none.

        Only where the total is converted from the points that apply: their own scores need not move then. Third: what a
        point that a part lost was worth in the total, before they came.
        """
        scores, tree = self._scores, self._scores.of_unit(row).tree
        factor = float(scores.converted[row] / scores.raw_total[row]) if self._is_sum and scores.raw_total[row] else 1.0
        factor = factor if np.isfinite(factor) else 1.0
        if tree.policies.not_applicable is not Rescale.TOTAL or tree.aggregation.way is not Way.SUM:
            return None, 0.0, factor
        came: list[tuple[float, Indicator]] = []  # to what is counted; negative: from it
        for one in tree.indicators:
            was, now = (status == _NOT_APPLICABLE for status in self.differences.statuses(row, one.code))
            if was is not now:
                worth = float(scores.points[row, scores.node_column[one.code]])
                came.append((-one.points if now else worth, one))
        points, raw = float(scores.raw_points[row]), float(scores.raw_total[row])
        before = points - sum(worth for worth, _ in came)
        if not came or not points > 0 or not before > 0:
            return None, 0.0, factor
        scale = 1.0 if tree.out_of is None else tree.points / tree.out_of
        by_them = raw * tree.printed_sum(tree.code) * scale * (1 / points - 1 / before)
        largest = max(came, key=lambda each: abs(each[0]))[1]
        return largest, float(np.nan_to_num(by_them)), factor * points / before


def _looks_at_others(indicator: Indicator) -> bool:
    """May the figures of other units of the cohort move its score?"""
    return indicator.is_relative or any(one.cohort for one in indicator.expressions) or indicator.takes_mean

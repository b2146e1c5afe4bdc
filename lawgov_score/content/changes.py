"""What changed since an earlier run, for whom, and why: told from the two results alone, by an order written down.

The causes, and the order in which they are asked, stand in docs/changes.md. Where two folders of results cannot tell,
the last of the order (``tree``) is given, and that page says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lawgov_score.content import labels
from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.measure.ways import Way
from lawgov_score.model import STATUS_NAMES, Indicator, Node, Scores, Status
from lawgov_score.model.changes import Cause, ChangedScore, Changes, Earlier
from lawgov_score.model.policies import Rescale
from lawgov_score.report import number_text
from lawgov_score.rounding import DUST_DECIMALS, BoolArray, FloatArray, half_up

_NOT_APPLICABLE = STATUS_NAMES[Status.NOT_APPLICABLE]
_NOTHING: Mapping[str, tuple[float, str]] = {}
_NO_FIGURES: Mapping[tuple[str, str], float] = {}


def changes_since(earlier: Earlier, scores: Scores) -> Changes:
    """The differences between ``earlier`` results and ``scores``."""
    return _Comparison(earlier, scores).changes()


@dataclass(frozen=True)
class _Comparison:
    """Two runs side by side; rows are units of the run of now, those that were not there then are nan throughout."""

    earlier: Earlier
    scores: Scores

    def changes(self) -> Changes:
        scores, earlier = self.scores, self.earlier
        touched: set[int] = set()
        by_row: dict[int, list[ChangedScore]] = {}
        for row, unit in enumerate(scores.units):
            if row in self.came:
                new = labels.total_text(scores, row)
                by_row[row] = [ChangedScore(unit.code, scores.tree.code, "", new, Cause.ROSTER)]
            elif lines := list(self._lines(row)):
                by_row[row] = lines
        touched = set(by_row)
        gone = [code for code in earlier.standings if code not in self.units]
        ordered = [int(row) for row in scores.order]
        lines = [line for row in ordered for line in by_row.get(row, ())]
        for code in sorted(gone):
            lines.append(ChangedScore(code, scores.tree.code, earlier.standings[code].score, "", Cause.ROSTER))
        stirred = {scores.cohort_names[row] for row in touched} | {earlier.standings[code].cohort for code in gone}
        stirred |= {was.cohort for row in touched if (was := earlier.standings.get(scores.units[row].code)) is not None}
        rest = [row for row in ordered if row not in touched]
        moved = [row for row in rest if self._stands_elsewhere(row)]
        still = [row for row in rest if row not in set(moved)]

        def codes(rows: list[int]) -> tuple[str, ...]:
            return tuple(scores.units[row].code for row in rows)

        names = {code: earlier.standings[code].name for code in gone}
        names |= {unit.code: unit.name for unit in scores.units}
        untouched = [row for row in still if scores.cohort_names[row] not in stirred]
        return Changes(earlier.path, tuple(lines), codes(moved), codes(still), codes(untouched), names)

    @cached_property
    def units(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self.scores.units)

    @cached_property
    def came(self) -> frozenset[int]:
        """Rows of units that were not there."""
        return frozenset(row for row, unit in enumerate(self.scores.units) if unit.code not in self.earlier.standings)

    def _then(self, row: int) -> Mapping[str, tuple[float, str]]:
        return self.earlier.scores.get(self.scores.units[row].code, _NOTHING)

    def _stands_elsewhere(self, row: int) -> bool:
        """Is the unit's place, grade or name another one?"""
        was, scores = self.earlier.standings[self.scores.units[row].code], self.scores
        place = str(scores.rank[row]) if scores.rank[row] else ""
        return (was.rank, was.grade, was.name) != (place, scores.grades[row], scores.units[row].name)

    # ---------------------------------------------------------------- what differs

    @cached_property
    def differs(self) -> Mapping[str, BoolArray]:
        """(units,) by node: is the score, or the status, another one?"""
        found = {}
        for code, column in self.scores.node_column.items():
            now = self._now(column)
            then = [self._then(row).get(code, (np.nan, "")) for row in range(len(self.scores.units))]
            was = np.array([score for score, _ in then], dtype=np.float64)
            statuses = np.array([STATUS_NAMES[each] for each in self.scores.status[:, column].tolist()])
            found[code] = ~_alike(now, was) | (statuses != np.array([status for _, status in then]))
        return found

    def _now(self, column: int) -> FloatArray:
        """Scores of a node as they are printed; nan where there is none."""
        is_scored = self.scores.status[:, column] == Status.SCORED
        return half_up(np.where(is_scored, self.scores.scores[:, column], np.nan), DUST_DECIMALS)

    @cached_property
    def figures(self) -> Mapping[str, tuple[BoolArray, BoolArray]]:
        """(units,) by indicator: is an answer another one; is the value?"""
        size = len(self.scores.units)
        found: dict[str, tuple[BoolArray, BoolArray]] = {}
        shared: dict[str, BoolArray] = {}  # 共用数据 are answers of every indicator that reads them
        readers = self.scores.tree.readers
        for code, field, numbers in figure_columns(self.scores):
            now = np.where(np.isfinite(numbers), numbers, np.nan)
            then = (self.earlier.figures.get(unit.code, _NO_FIGURES) for unit in self.scores.units)
            was = np.array([known.get((code, field), np.nan) for known in then], dtype=np.float64)
            answers, values = found.setdefault(code, (np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)))
            (answers if field else values)[:] |= ~_alike(now, was)
            if f"{code}.{field}" in readers:
                for reader in readers[f"{code}.{field}"]:
                    shared.setdefault(reader.code, np.zeros(size, dtype=bool))[:] |= ~_alike(now, was)
        for code, others in shared.items():
            found[code][0][:] |= others
        return found

    # ---------------------------------------------------------------- why

    def _lines(self, row: int) -> Iterator[ChangedScore]:
        """The lines of a unit that was there: the total first, then every node in the order of the tree."""
        scores, unit = self.scores, self.scores.units[row].code
        of_nodes = [self._line(row, node) for node in scores.tree.nodes if self._is_listed(row, node)]
        was = self.earlier.standings[unit].score
        now = labels.total_text(scores, row)
        if _number(was) != _number(now):
            yield ChangedScore(unit, scores.tree.code, was, now, self._cause_of_total(row, was, now))
        yield from of_nodes

    def _is_listed(self, row: int, node: Node) -> bool:
        if self.differs[node.code][row]:
            return True
        return isinstance(node, Indicator) and any(bool(changed[row]) for changed in self.figures[node.code])

    def _line(self, row: int, node: Node) -> ChangedScore:
        was, _ = self._then(row).get(node.code, (np.nan, ""))
        now = float(self._now(self.scores.node_column[node.code])[row])
        return ChangedScore(self.scores.units[row].code, node.code, _text(was), _text(now), self._cause(row, node))

    def _cause(self, row: int, node: Node) -> Cause:
        if self._moved_cohort(row):
            return Cause.ROSTER
        if isinstance(node, Indicator):
            return self._cause_of_indicator(row, node)
        largest = self._largest(row, node.code)
        if self._is_vetoed(row, node.code):
            return Cause.REGISTER
        return Cause.TREE if largest is None else self._cause(row, largest)

    def _cause_of_indicator(self, row: int, indicator: Indicator) -> Cause:
        unit, code = self.scores.units[row].code, indicator.code
        then, now = self._then(row).get(code), STATUS_NAMES[self.scores.status[row, self.scores.node_column[code]]]
        if then is None:  # a new question
            return Cause.TREE
        answers, values = self.figures[code]
        if (unit, code) in self._ruled and then[1] != now:
            return Cause.RULING
        if (unit, code) in self._changed_on_review:
            return Cause.MARK
        if indicator.is_judged and not self._is_vetoed(row, code):  # what is judged moves by its marks alone
            return Cause.MARK
        if answers[row] or values[row]:
            return Cause.FIGURE
        if self._is_vetoed(row, code):
            return Cause.REGISTER
        if indicator.may_not_apply and then[1] != now and _NOT_APPLICABLE in {then[1], now}:
            return Cause.RULING  # one that was withdrawn
        if indicator.is_relative:
            peers = self.scores.cohorts == self.scores.cohorts[row]
            if bool(((answers | values) & peers).any()):
                return Cause.FIGURE
            if self._has_other_members(row):
                return Cause.ROSTER
        return Cause.TREE

    def _cause_of_total(self, row: int, was: str, now: str) -> Cause:
        """That of what moved it most: a node at the top, what came to or from 不适用, register and vetoes."""
        scores, tree = self.scores, self.scores.tree
        if self._moved_cohort(row):
            return Cause.ROSTER
        parts = {node.code: self._step(row, node.code) for node, _ in tree.parts_of(tree.code)}
        largest = self._largest(row, tree.code)
        most = max(map(abs, parts.values()), default=0.0) if largest is not None else 0.0
        exempted, by_exempted = self._exempted(row)
        rest = (_number(now) or 0.0) - (_number(was) or 0.0) - sum(parts.values()) - by_exempted
        has_register = bool(tree.adjustments or tree.vetoes) and not tree.is_converted
        by_register = abs(rest) if has_register or largest is None else 0.0
        if exempted is not None and abs(by_exempted) > most and abs(by_exempted) >= by_register:
            return self._cause(row, exempted)
        if largest is None or by_register > most:
            if any(indicator for _, indicator in scores.vetoes[row]):
                return Cause.FIGURE  # a veto that its own figures triggered
            return Cause.REGISTER if tree.adjustments or tree.vetoes else Cause.TREE
        return self._cause(row, largest)

    def _exempted(self, row: int) -> tuple[Indicator | None, float]:
        """Of the indicators that came to or from 不适用 the one worth most, and what they did to the total; None: none.

        Only where the total is converted from the points that apply: their own scores need not move then.
        """
        scores, tree = self.scores, self.scores.tree
        if tree.policies.not_applicable is not Rescale.TOTAL or tree.aggregation.way is not Way.SUM:
            return None, 0.0
        came: list[tuple[float, Indicator]] = []  # to what is counted; negative: from it
        for one in tree.indicators:
            column = scores.node_column[one.code]
            was, now = (status == _NOT_APPLICABLE for status in self._statuses(row, one.code, column))
            if was is not now:
                came.append((-one.points if now else float(scores.points[row, column]), one))
        points, raw = float(scores.raw_points[row]), float(scores.raw_total[row])
        before = points - sum(worth for worth, _ in came)
        if not came or not points > 0 or not before > 0:
            return None, 0.0
        scale = 1.0 if tree.out_of is None else tree.points / tree.out_of
        by_them = raw * tree.printed_sum(tree.code) * scale * (1 / points - 1 / before)
        return max(came, key=lambda each: abs(each[0]))[1], float(np.nan_to_num(by_them))

    def _statuses(self, row: int, code: str, column: int) -> tuple[str, str]:
        """What the status at a node was, and is; a node that was not there was what it is."""
        now = STATUS_NAMES[Status(int(self.scores.status[row, column]))]
        return self._then(row).get(code, (np.nan, now))[1], now

    def _largest(self, row: int, code: str) -> Node | None:
        """The part of a group whose score moved most, the first of several; None if none differs."""
        parts = [node for node, _ in self.scores.tree.parts_of(code) if self.differs[node.code][row]]
        return max(parts, key=lambda node: abs(self._step(row, node.code)), default=None)

    def _step(self, row: int, code: str) -> float:
        """How far a score moved; none counts as nothing."""
        was, _ = self._then(row).get(code, (np.nan, ""))
        now = float(self._now(self.scores.node_column[code])[row])
        return float(np.nan_to_num(now)) - float(np.nan_to_num(was))

    def _moved_cohort(self, row: int) -> bool:
        was = self.earlier.standings[self.scores.units[row].code]
        return was.cohort != self.scores.cohort_names[row]

    def _has_other_members(self, row: int) -> bool:
        """Did units come to the cohort, or leave it?"""
        name = self.scores.cohort_names[row]
        now = {unit.code for unit, of in zip(self.scores.units, self.scores.cohort_names, strict=True) if of == name}
        return now != {code for code, was in self.earlier.standings.items() if was.cohort == name}

    @cached_property
    def _ruled(self) -> frozenset[tuple[str, str]]:
        return frozenset((ruling.unit, ruling.indicator) for ruling in self.scores.review.rulings)

    @cached_property
    def _changed_on_review(self) -> frozenset[tuple[str, str]]:
        return frozenset((change.unit, change.indicator) for change in self.scores.review.changes)

    def _is_vetoed(self, row: int, code: str) -> bool:
        """Does a veto of the register set this node to zero?"""
        nodes = {veto.code: veto.node_zero for veto in self.scores.tree.vetoes}
        return any(not indicator and nodes.get(veto) == code for veto, indicator in self.scores.vetoes[row])


def _alike(one: FloatArray, other: FloatArray) -> BoolArray:
    """Are two columns of numbers the same, as printed? Nothing is the same as nothing."""
    alike: BoolArray = (one == other) | (np.isnan(one) & np.isnan(other))
    return alike


def _number(text: str) -> float | None:
    return float(text) if text else None


def _text(number: float) -> str:
    return "" if np.isnan(number) else number_text(number, DUST_DECIMALS)

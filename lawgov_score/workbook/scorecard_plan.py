"""Where the figures that scores rest on stand in the scorecard, and the live formulas over them.

A row a unit, cohort after cohort, so that the figures of a cohort are one range; a column a figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.content import standing
from lawgov_score.content.cohort import Key, Peers, peers_of
from lawgov_score.model import Group, Indicator, Scores, Status
from lawgov_score.report import render
from lawgov_score.rules.rule import IntArray
from lawgov_score.wording import Language, Words
from lawgov_score.workbook import formulas
from lawgov_score.workbook.card_lines import MARK, Line, is_live, lines_of, marks_range
from lawgov_score.workbook.formula_templates import Template, filled, open_row, template
from lawgov_score.workbook.formulas import Live
from lawgov_score.workbook.page import column_name

NAME = Words("填报值", "Figures")
MOST_FORMULAS = 250_000  # beyond it a scorecard holds values: spreadsheet programs would open it too slowly
FIRST_ROW, FIRST_COLUMN = 5, 3  # of the figures, from 0
VALUE, POINTS, SCORE, LOST = 6, 7, 8, 9  # columns of the details
_A_ROW = 4  # formulas in a row of the details
_MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class Plan:
    """``rows``: of each member, from 0. ``columns``: by indicator and name of the figure. ``peers``: what is compared.

    ``cohorts``: first and last row of each, from 0. ``levels``: (units,), of grades as ``standing`` gives them.
    """

    scores: Scores
    sheet: str
    rows: Mapping[int, int]
    lines: Mapping[tuple[int, str], Sequence[Line]]
    columns: Mapping[tuple[str, str], int]
    peers: Mapping[Key, tuple[int, Peers]]
    cohorts: Mapping[int, tuple[int, int]]
    levels: IntArray
    _made: dict[tuple[object, ...], tuple[Template, ...] | None] = field(default_factory=dict)

    def live(self, member: int, indicator: Indicator, row: int) -> Live | None:
        """The formulas of an indicator in ``row`` (from 0) of the details; None where a person or policy decided."""
        scores, code = self.scores, indicator.code
        status = Status(int(scores.status[member, scores.node_column[code]]))
        if not is_live(scores, member, indicator, status, is_compared=True):
            return None
        names = tuple(line.name for line in self.lines[member, code])
        cohort, year = int(scores.cohorts[member]), int(scores.years[member])
        compared = {"value": self.range_of(("value", code), cohort)} if ("value", code) in self.peers else {}
        key = (code, status, year, names, *compared.values())
        if key not in self._made:
            above = scores.tree.ancestors(code)
            own = above[-1].missing if above and isinstance(above[-1], Group) else None
            policies = scores.tree.policies
            cells = {name: self._cell(self.columns[code, name]) for name in names}
            value = column_name(VALUE) + open_row("")
            missing = own or policies.missing
            made = formulas.live(indicator, policies, missing, status, cells, value, year, self._marks(cells), compared)
            self._made[key] = None if made is None else tuple(map(template, (made.value, made.score, made.points)))
        found = self._made[key]
        if found is None:
            return None
        rows = {"": str(row + 1), "unit": str(self.rows[member] + 1)}
        value, score, points = (filled(one, rows) for one in found)
        return Live(value, score, points)

    def range_of(self, key: Key, cohort: int) -> str:
        """``'填报值'!$D$6:$D$12``: what the units of a cohort are compared by."""
        letter, (first, last) = column_name(self.peers[key][0]), self.cohorts[cohort]
        return f"'{self.sheet}'!${letter}${first + 1}:${letter}${last + 1}"

    def _cell(self, column: int) -> str:
        return f"'{self.sheet}'!{column_name(column)}{open_row('unit')}"

    def _marks(self, cells: Mapping[str, str]) -> str:
        first, _, last = marks_range(cells).partition(":")
        return f"{first}:{last.rpartition('!')[2]}" if last else first


def plan_of(scores: Scores, lang: Language) -> Plan | None:
    """None where the scorecard would hold more formulas, or columns, than spreadsheet programs take."""
    if len(scores.units) * len(scores.tree.indicators) * _A_ROW > MOST_FORMULAS:
        return None
    order = sorted(map(int, scores.order), key=lambda member: int(scores.cohorts[member]))
    rows = {member: FIRST_ROW + i for i, member in enumerate(order)}
    cohorts: dict[int, tuple[int, int]] = {}
    for member, row in rows.items():
        first, _ = cohorts.get(int(scores.cohorts[member]), (row, row))
        cohorts[int(scores.cohorts[member])] = (first, row)
    lines, columns, peers = {}, dict[tuple[str, str], int](), {}
    at = FIRST_COLUMN
    for indicator in scores.tree.indicators:
        names = dict[str, None]()
        for member in order:
            lines[member, indicator.code] = shown = lines_of(scores, member, indicator, lang)
            names |= dict.fromkeys(line.name for line in shown)
        for name in sorted(names, key=lambda one: one.startswith(MARK)):  # marks side by side, as a range
            columns[indicator.code, name] = at
            at += 1
    for one in peers_of(scores):
        if one.key[0] in {"value", "answer"}:
            peers[one.key] = (at, one)
            at += 1
    if at > _MOST_COLUMNS:
        return None
    return Plan(scores, render(NAME, lang), rows, lines, columns, peers, cohorts, standing.levels_of(scores))

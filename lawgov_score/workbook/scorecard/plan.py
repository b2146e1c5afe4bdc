"""Plan of a live scorecard: each unit's row on the sheets of figures and of sums, and its rows of details.

Units are sorted by cohort: the figures of a cohort form one vertical range, so that a formula can compare them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.cell_addresses import letters
from lawgov_score.content import labels
from lawgov_score.content.cohort import Key, Peers, peers_of
from lawgov_score.model import Group, Indicator, Scores, Ties, Tree, Way
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.formulas.builder import Kept
from lawgov_score.workbook.formulas.lines import MARK, references_of
from lawgov_score.workbook.writing import page

FIGURES = Words("填报值", "Figures")
SUMS = Words("合成", "Sums")
DETAILS = Words("明细", "Details")
MOST_LIVE = 100_000  # rows of details; a larger workbook opens and recalculates too slowly

UNIT_COLUMNS = 3  # cohort, name and code are first on both sheets
FIRST = 3  # row of the first unit on both sheets, from 0
VALUE, POINTS, SCORE, LOST = 6, 7, 8, 9  # columns of the details


@dataclass(frozen=True)
class LivePlan:
    """Rows and columns from 0. ``order``: units in order of rows; ``details``: row of each indicator, by unit."""

    scores: Scores
    lang: Language
    order: tuple[int, ...]
    rows: Mapping[int, int]  # by unit, on the sheets of figures and of sums
    details: Mapping[int, Mapping[str, int]]
    figures: Mapping[str, Mapping[str, int]]  # indicator -> name of a figure -> column, of 共用数据 the same for all
    peers: tuple[Peers, ...]
    peer_columns: Mapping[Key, int]
    sums: Mapping[tuple[str, str], int]  # (what, code of a group or of the tree) -> column
    formulas: Kept = field(default_factory=dict)

    def sheet(self, name: Words) -> str:
        """The sheet's prefix in addresses, ``'明细'!``."""
        return f"'{render(name, self.lang)}'!"

    def figure(self, member: int, column: int) -> str:
        """A cell of the sheet of figures."""
        return f"{self.sheet(FIGURES)}{letters(column)}{self.rows[member] + 1}"

    def sum_cell(self, member: int, what: str, code: str = "") -> str:
        """A cell of the sheet of sums; ``code`` empty: of the whole tree."""
        column = self.sums[what, code or self.scores.tree.code]
        return f"{self.sheet(SUMS)}{letters(column)}{self.rows[member] + 1}"

    def score_cell(self, member: int, code: str) -> str | None:
        """The cell of a unit's score at a node; None if the unit does not have that node."""
        return self._of_node(member, code, SCORE, "score")

    def points_cell(self, member: int, code: str) -> str | None:
        """The cell of the node's points for the unit."""
        return self._of_node(member, code, POINTS, "points")

    def compared_cell(self, member: int, code: str) -> str | None:
        """The cell of what the rule of a node reads: a group's aggregated value, an indicator's own."""
        if isinstance(self.scores.tree.by_code[code], Group):
            return self.sum_cell(member, "value", code) if ("value", code) in self.sums else None
        return self._of_node(member, code, VALUE, "")

    def _of_node(self, member: int, code: str, column: int, what: str) -> str | None:
        if isinstance(self.scores.tree.by_code[code], Group):
            return self.sum_cell(member, what, code)
        row = self.details[member].get(code)
        return None if row is None else f"{self.sheet(DETAILS)}{letters(column)}{row + 1}"

    def cohort(self, member: int, sheet: Words, column: int) -> str:
        """The cells of one column that belong to the unit's cohort."""
        first, last = self.span_of[int(self.scores.cohorts[member])]
        letter = letters(column)
        return f"{self.sheet(sheet)}${letter}${first + 1}:${letter}${last + 1}"

    def everybody(self, sheet: Words, column: int) -> str:
        """The cells of one column, of all units."""
        letter = letters(column)
        return f"{self.sheet(sheet)}${letter}${FIRST + 1}:${letter}${FIRST + len(self.order)}"

    @cached_property
    def span_of(self) -> Mapping[int, tuple[int, int]]:
        """First and last row of each cohort."""
        spans: dict[int, tuple[int, int]] = {}
        for member in self.order:
            cohort, row = int(self.scores.cohorts[member]), self.rows[member]
            spans[cohort] = (spans[cohort][0] if cohort in spans else row, row)
        return spans


def plan_of(scores: Scores, lang: Language) -> LivePlan | None:
    """The plan; None if a live workbook is impossible: too many units, or more figures than a sheet has columns."""
    if len(scores.units) * len(scores.tree.indicators) > min(MOST_LIVE, page.SHEET_ROWS - 1):
        return None
    order = tuple(map(int, scores.order))
    rows = {member: FIRST + i for i, member in enumerate(order)}
    at, details = 1, {}
    for member in order:
        here = details[member] = dict[str, int]()
        for node in labels.nodes_of(scores, member):
            if isinstance(node, Indicator):
                here[node.code] = at
                at += 1
    figures: dict[str, Mapping[str, int]] = {}
    shared = {key: UNIT_COLUMNS + i for i, key in enumerate(scores.tree.readers)}
    column = UNIT_COLUMNS + len(shared)
    for indicator in scores.tree.indicators:
        own = {asked.code: shared[indicator.keys[asked.code]] for asked in indicator.shared_fields}
        names = [name for name in _names(scores, indicator) if name not in own]
        figures[indicator.code] = own | {name: column + i for i, name in enumerate(names)}
        column += len(names)
    peers = tuple(one for one in peers_of(scores) if one.key[0] != "total")
    peer_columns = {one.key: column + i for i, one in enumerate(peers)}
    sums = _sums(scores.tree)
    if column + len(peers) > MOST_COLUMNS or len(sums) + UNIT_COLUMNS > MOST_COLUMNS:
        return None
    return LivePlan(scores, lang, order, rows, details, figures, peers, peer_columns, sums)


MOST_COLUMNS = 16_384  # of a sheet


def _names(scores: Scores, indicator: Indicator) -> list[str]:
    """Names of everything that a rule may read: fields except texts, references of expressions, reviewers' marks."""
    names = [one.code for one in indicator.fields if one.type is not FieldType.TEXT]
    names += references_of(indicator)
    most = max((len(marks) for (_, code), marks in scores.marks_of.items() if code == indicator.code), default=0)
    return names + [f"{MARK}{i}" for i in range(most)]


def _sums(tree: Tree) -> dict[tuple[str, str], int]:
    """Columns of the sheet of sums: of each group, then of the whole tree, places and grade."""
    keys: list[tuple[str, str]] = []
    for node in tree.nodes:
        if isinstance(node, Group):
            keys += [(what, node.code) for what in _of_holder(tree, node)]
    if labels.has_total(tree):
        keys += [(what, tree.code) for what in _of_holder(tree, tree)]
        keys += [(what, tree.code) for what in ("before", "adjusted", "full", "total")]
        gapless = ("first", "first of all") if tree.policies.ties is Ties.DENSE else ()
        keys += [(what, tree.code) for what in (*gapless, "place", "overall")]
    if tree.grades:
        quotas = [f"level:{i}" for i in tree.quotas]
        keys += [(what, tree.code) for what in ("level", *quotas, "grade")]
    return {key: UNIT_COLUMNS + i for i, key in enumerate(keys)}


def _of_holder(tree: Tree, holder: Group | Tree) -> tuple[str, ...]:
    is_plain = holder.aggregation.way is Way.SUM and (isinstance(holder, Tree) or not tree.has_own_way(holder.code))
    if is_plain and (isinstance(holder, Tree) or holder.coverage_at_least is None):
        return ("points", "score")
    return ("points", "count", "value", "score")

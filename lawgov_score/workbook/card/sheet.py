"""The sheet of details while it is written: the rows of nodes, and cells that groups and totals share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lawgov_score.cell_addresses import address
from lawgov_score.explanation import parts
from lawgov_score.explanation.evidence import Evidence
from lawgov_score.model import Group, Scores, Status, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Words
from lawgov_score.workbook.card.card_batch import CardBatch
from lawgov_score.workbook.card.cohort_sheet import CohortPlan
from lawgov_score.workbook.formulas.group import Up
from lawgov_score.workbook.formulas.lines import Line
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import Page

_COUNT = Words("计入项数、汇总值", "Parts, aggregate")
_AGGREGATE = Words("汇总值", "Aggregate")
# columns
CODES, TITLES, POINTS, FIELDS, ANSWERS, MEASURED_IN, VALUES, SCORES, LOST, RATE, EVIDENCE, STATES, REASONS, SOURCES = (
    range(14)
)


@dataclass(frozen=True)
class CardSheet:
    """The sheet being written for one unit: the row of each node, and the figures of every indicator."""

    page: Page
    batch: CardBatch
    member: int
    rows: Mapping[str, int]
    lines: Mapping[str, Sequence[Line]]
    cohort: CohortPlan
    evidence: Mapping[str, Evidence]  # of each indicator
    shared: Mapping[str, int]  # the first row of each shared figure, by its key

    @property
    def scores(self) -> Scores:
        """All scores of the run, with the tree that this unit is assessed by."""
        return self.batch.scores.of_unit(self.member)

    @cached_property
    def row_numbers(self) -> Mapping[str, str]:
        """Row of each node, as text for addresses."""
        return {code: str(row + 1) for code, row in self.rows.items()}

    def number(self, what: FloatArray, code: str) -> float:
        """This unit's figure at a node."""
        return float(what[self.member, self.scores.node_column[code]])

    def status(self, code: str) -> Status:
        """This unit's status at a node."""
        return Status(int(self.scores.status[self.member, self.scores.node_column[code]]))


def aggregate_cells(sheet: CardSheet, row: int, holder: Group | Tree, made: Up, band: Mapping[str, object]) -> None:
    """Writes how many parts count and their aggregated value, if that is not the score itself."""
    if not made.count and not made.value:
        return
    page, scores, member = sheet.page, sheet.scores, sheet.member
    plain: dict[str, object] = {**band, "bold": False, "font_size": 9}
    page.put(row, FIELDS, _COUNT if made.count else _AGGREGATE, look.TEXT, **plain)
    if made.count:
        count = float(scores.workings[holder.code].count[member])
        page.formula(row, ANSWERS, f"={made.count}", count, look.WHOLE, **plain)
    if made.value:
        value = parts.before_rule(scores, member, holder)
        page.formula(row, VALUES, f"={made.value}", value, look.POINTS, **{**plain, "num_format": "0.00##"})


def lost_cell(sheet: CardSheet, row: int, last: int, code: str, points: float, score: float, **changes: object) -> None:
    """Writes lost points as a formula: points less score; for a deduction its score; for a bonus nothing."""
    worth, score_at = address(row, POINTS), address(row, SCORES)
    sign = sheet.batch.signs[code] if code in sheet.rows else 1.0
    lost = points - (0.0 if math.isnan(score) else score)
    formula = f'=IF(ISNUMBER({worth}),{worth}-N({score_at}),"")'
    if sign == 0:
        sheet.page.down(row, last, LOST, None, look.POINTS, **changes)
        return
    if sign < 0:
        lost, formula = (0.0 if math.isnan(score) else score), f"=N({score_at})"
    sheet.page.formula_down(row, last, LOST, formula, lost, look.POINTS, **changes)


def rate_cell(sheet: CardSheet, row: int, last: int, code: str, points: float, score: float, **changes: object) -> None:
    """Writes score over points as a formula; blank without a score, for deductions and for nodes that stand apart."""
    sign = sheet.batch.signs[code] if code in sheet.rows else 1.0
    if sign <= 0:
        sheet.page.down(row, last, RATE, None, look.PERCENT, **changes)
        return
    worth, score_at = address(row, POINTS), address(row, SCORES)
    rate = score / points if points > 0 else math.nan
    formula = f'=IF(ISNUMBER({score_at}),IF(N({worth})>0,{score_at}/{worth},""),"")'
    sheet.page.formula_down(row, last, RATE, formula, rate, look.PERCENT, **{**changes, "num_format": "0.0%"})

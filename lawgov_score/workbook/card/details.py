"""The sheet 明细 of a unit's card: every indicator in printed order with the figures filled in, and live sums.

One row per field, so that every figure has a cell of its own: the unit may change one and see the score it would then
have.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from lawgov_score.cell_addresses import address
from lawgov_score.content import card, labels
from lawgov_score.content.cohort import Key
from lawgov_score.explanation import parts
from lawgov_score.explanation.evidence import Evidence, all_evidence_of
from lawgov_score.model import Group, Indicator, Scores
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.card import cohort_sheet as card_cohort
from lawgov_score.workbook.card.card_batch import CardBatch
from lawgov_score.workbook.card.cohort_sheet import CohortPlan
from lawgov_score.workbook.card.rows import write_group, write_indicator
from lawgov_score.workbook.card.sheet import ANSWERS, POINTS, SCORES, VALUES, CardSheet
from lawgov_score.workbook.card.totals import write_totals
from lawgov_score.workbook.formulas.lines import Line, lines_of
from lawgov_score.workbook.formulas.total import before_rule, is_unrounded_needed
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

NAME = Words("明细", "Details")
_FIELD = Words("填报项", "Asked")
_MEASURED_IN = Words("计量单位", "Unit of measure")
_CELL = Words("来源", "Source")
_WIDTHS = [8, 27, 6.5, 24, 12, 8.5, 9, 8, 7, 7.5, 7.5, 9, 36, 8]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The sheet, and the addresses of its sums for other sheets: ``'明细'!C5``."""

    page: Page
    rows: Mapping[str, int]  # of each node, by code
    last: int  # row of the total
    points: Mapping[str, str]  # by node code
    scores: Mapping[str, str]
    raw_points: str
    raw_total: str
    before: str  # the total before adjustments
    total: str
    full: str  # the total before it is rounded
    cohort: CohortPlan
    evidence: Mapping[str, Evidence]


def write(book: xlsxwriter.Workbook, formats: Formats, batch: CardBatch, member: int) -> Ledger:
    """Writes the sheet; gives the addresses of its sums."""
    scores, lang = batch.scores.of_unit(member), batch.lang
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    header = 0
    first = page.header(
        header,
        [
            labels.CODE,
            labels.INDICATOR,
            labels.POINTS,
            _FIELD,
            labels.ANSWER,
            _MEASURED_IN,
            labels.VALUE,
            labels.SCORE,
            labels.LOST,
            labels.RATE,
            card.EVIDENCE,
            labels.STATUS,
            labels.REASON,
            _CELL,
        ],
    )
    lines, rows, end = _plan(scores, member, first, lang)
    plan = card_cohort.plan_of(batch, member, rows)
    evidence = all_evidence_of(scores, member)
    sheet = CardSheet(page, batch, member, rows, lines, plan, evidence, _first_shown(rows, lines))
    for code in rows:
        node = scores.tree.by_code[code]
        if isinstance(node, Group):
            write_group(sheet, node)
        else:
            write_indicator(sheet, node)
    raw, last = write_totals(sheet, end)
    finish(page, header=header, end=last + 1, frozen_columns=2)
    name = page.sheet.get_name()
    total = f"'{name}'!{address(last, SCORES)}"
    ledger = Ledger(
        page,
        rows,
        last,
        {code: f"'{name}'!{address(row, POINTS)}" for code, row in rows.items()},
        {code: f"'{name}'!{address(row, SCORES)}" for code, row in rows.items()},
        f"'{name}'!{address(raw, POINTS)}",
        f"'{name}'!{address(raw, SCORES)}",
        f"'{name}'!{address(raw + 1, SCORES)}",
        total,
        f"'{name}'!{address(last, VALUES)}" if is_unrounded_needed(scores.tree) else total,
        plan,
        evidence,
    )
    card_cohort.write(book, formats, batch, member, plan, _own(sheet, ledger))
    return ledger


def _first_shown(rows: Mapping[str, int], lines: Mapping[str, Sequence[Line]]) -> dict[str, int]:
    """The row in which each shared figure stands first: there it may be changed, further down it is read."""
    shown: dict[str, int] = {}
    for code, own in lines.items():
        for i, line in enumerate(own):
            if line.shared:
                shown.setdefault(line.shared, rows[code] + i)
    return shown


def _own(sheet: CardSheet, ledger: Ledger) -> dict[Key, str]:
    """The cell of the unit's own figure for each column of the cohort's data; none for columns not to be compared."""
    scores, member, name = sheet.scores, sheet.member, ledger.page.sheet.get_name()
    tree, cells, takes_part = (
        scores.tree,
        dict[Key, str](),
        {one.key: one.figures[member] for one in sheet.batch.peers},
    )
    for column in sheet.cohort.columns:
        kind, of = column.key
        figure = math.nan
        if kind == "value":
            figure = scores.values[member, scores.indicator_column[of]]
            cells[column.key] = f"'{name}'!{address(ledger.rows[of], VALUES)}"
        elif kind == "answer":
            names = [line.name for line in sheet.lines[column.code]]
            field = of.removeprefix(f"{column.code}.")
            compared = tree.by_code[column.code]
            assert isinstance(compared, Indicator)  # only they have answers
            figure = scores.answers[compared.keys[field]][member]
            if field in names:
                at = ledger.rows[column.code] + names.index(field)
                cells[column.key] = f"'{name}'!{address(at, ANSWERS)}"
        elif kind == "aggregate" and of in ledger.rows:
            holder = tree.by_code[of]
            assert isinstance(holder, Group)  # only groups are put together
            figure = parts.before_rule(scores, member, holder)
            cells[column.key] = f"'{name}'!{address(ledger.rows[of], VALUES)}"
        elif kind == "aggregate":
            cells[column.key] = before_rule(tree, ledger.raw_points, ledger.raw_total)
        elif kind == "total":
            cells[column.key] = ledger.total if tree.policies.rank_on_rounded else ledger.full
        if math.isfinite(figure) and math.isnan(takes_part[column.key]):
            cells.pop(column.key, None)
    return cells


def _plan(
    scores: Scores, member: int, first: int, lang: Language
) -> tuple[dict[str, Sequence[Line]], dict[str, int], int]:
    """Lines of each indicator, the first row of each node, the row after the last: one row per group, one per line.

    Parallel trees of other types of unit, and repetitions that the unit does not have, are not on its card.
    """
    lines: dict[str, Sequence[Line]] = {}
    rows: dict[str, int] = {}
    at = first
    for node in labels.nodes_of(scores, member):
        rows[node.code] = at
        if isinstance(node, Indicator):
            lines[node.code] = lines_of(scores, member, node, lang)
            at += max(len(lines[node.code]), 1)
        else:
            at += 1
    return lines, rows, at

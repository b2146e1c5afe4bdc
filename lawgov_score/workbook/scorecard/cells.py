"""Cell addresses of a live scorecard's figures, and the formulas over them."""

import math
from dataclasses import dataclass

from lawgov_score.cell_addresses import letters
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.workbook.formulas import builder
from lawgov_score.workbook.formulas.builder import Figures, open_row, statistic
from lawgov_score.workbook.formulas.group import Places, Up
from lawgov_score.workbook.formulas.indicator import Live
from lawgov_score.workbook.formulas.lines import MARK, NONE, is_live
from lawgov_score.workbook.scorecard.plan import DETAILS, FIGURES, POINTS, SCORE, VALUE, LivePlan

_UNIT, _ROW, _FIRST, _LAST = "unit", "row", "first", "last"  # names of open rows


def of_indicator(plan: LivePlan, member: int, indicator: Indicator) -> Live | None:
    """An indicator's formulas in its row of the details; None if a person or policy decided, or none can express it."""
    scores = plan.scores
    if not is_live(scores, member, indicator, scores.at(member, indicator.code).status, True):
        return None

    def figures() -> Figures:
        sheet, columns = plan.sheet(FIGURES), plan.figures[indicator.code]
        cells = {name: f"{sheet}${letters(column)}{open_row(_UNIT)}" for name, column in columns.items()}
        marks = [cell.removeprefix(sheet) for name, cell in cells.items() if name.startswith(MARK)]
        texts = {one.code for one in indicator.fields if one.type is FieldType.TEXT}
        peers = {kind: _peers(plan, at) for (kind, code), at in plan.peer_columns.items() if code == indicator.code}
        value = f"{letters(VALUE)}{open_row(_ROW)}"
        range_of_marks = f"{sheet}{marks[0]}:{marks[-1]}" if marks else ""
        return Figures({**cells, **dict.fromkeys(texts, '""')}, value, range_of_marks, peers)

    rows = {**_rows(plan, member), _ROW: str(plan.details[member][indicator.code] + 1)}
    return builder.of_indicator(plan.formulas, scores, member, indicator, (), figures, rows)


def of_reference(plan: LivePlan, member: int, indicator: Indicator, name: str) -> str | None:
    """The formula of a computed figure: a statistic of the cohort, or the score of another node."""
    if name.startswith('score("'):
        return plan.score_cell(member, name[7:-2])
    ranges = {
        key: plan.cohort(member, FIGURES, column) for key, column in plan.peer_columns.items() if key[0] == "answer"
    }
    return statistic(ranges, indicator, name, render(NONE, plan.lang))


def of_holder(plan: LivePlan, member: int, holder: Group | Tree) -> Up | None:
    """The formulas of a group, or of the whole tree, in the unit's row of the sums."""
    here, tree = plan.details[member], plan.scores.tree
    below = builder.below(plan.scores, holder)
    shown = [code for code in below if isinstance(tree.by_code[code], Group) or code in here]

    def places() -> Places:
        codes = [*shown, *([holder.code] if isinstance(holder, Group) else ())]
        column = plan.peer_columns.get(("aggregate", holder.code))
        own = {what: _sum(plan, what, holder.code) for what in ("count", "value") if (what, holder.code) in plan.sums}
        return Places(
            {code: _cell(plan, code, POINTS, "points") for code in codes},
            {code: _cell(plan, code, SCORE, "score") for code in codes},
            own.get("count", ""),
            own.get("value", ""),
            _peers(plan, column) if column is not None else "",
        )

    rows = {code: str(row + 1) for code, row in here.items()} | _rows(plan, member)
    return builder.of_holder(plan.formulas, plan.scores, member, holder, shown, places, rows)


def _rows(plan: LivePlan, member: int) -> dict[str, str]:
    """The unit's row, and those of its cohort, as addresses name them."""
    first, last = plan.span_of[int(plan.scores.cohorts[member])]
    return {_UNIT: str(plan.rows[member] + 1), _FIRST: str(first + 1), _LAST: str(last + 1)}


def _peers(plan: LivePlan, column: int) -> str:
    letter = letters(column)
    return f"{plan.sheet(FIGURES)}${letter}${open_row(_FIRST)}:${letter}${open_row(_LAST)}"


def _cell(plan: LivePlan, code: str, column: int, what: str) -> str:
    if isinstance(plan.scores.tree.by_code[code], Group):
        return _sum(plan, what, code)
    return f"{plan.sheet(DETAILS)}{letters(column)}{open_row(code)}"


def _sum(plan: LivePlan, what: str, code: str) -> str:
    return f"{letters(plan.sums[what, code])}{open_row(_UNIT)}"


@dataclass(frozen=True, slots=True)
class Source:
    """The content of one cell in a column of the cohort's figures: a formula, or the figure itself; None: no part."""

    formula: str = ""
    figure: float | None = None


def of_peer(plan: LivePlan, member: int, number: int) -> Source:
    """The content of the unit's row in a column that formulas compare."""
    one = plan.peers[number]
    figure = float(one.figures[member])
    if math.isnan(figure):
        return Source()
    kind, of = one.key
    cell = None
    if kind == "value":
        row = plan.details[member].get(of)
        cell = None if row is None else f"{plan.sheet(DETAILS)}{letters(VALUE)}{row + 1}"
    elif kind == "answer":
        column = plan.figures[one.code].get(of.removeprefix(f"{one.code}."))
        cell = None if column is None else f"{letters(column)}{plan.rows[member] + 1}"
    elif kind == "aggregate" and ("value", of) in plan.sums:
        cell = plan.sum_cell(member, "value", of)
    return Source("" if cell is None else f'IF(ISNUMBER({cell}),{cell},"")', figure)

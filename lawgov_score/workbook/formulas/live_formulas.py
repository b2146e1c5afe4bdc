"""Formulas of a live scorecard: an indicator over the unit's figures, a group over its parts, the whole over groups.

The same formulas as on a card, over cells of other sheets. Each is worked out once and its rows filled in unit by unit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.model import Group, Indicator, Status, Tree
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.workbook.addresses import letters
from lawgov_score.workbook.formulas import card_formulas
from lawgov_score.workbook.formulas import group as way_formulas
from lawgov_score.workbook.formulas import indicator as formulas
from lawgov_score.workbook.formulas.group import Places, Up
from lawgov_score.workbook.formulas.indicator import Live
from lawgov_score.workbook.formulas.lines import MARK, NONE, is_live
from lawgov_score.workbook.formulas.plan import DETAILS, FIGURES, POINTS, SCORE, VALUE, LivePlan
from lawgov_score.workbook.formulas.templates import Template, filled, open_row, template

_UNIT, _ROW, _FIRST, _LAST = "unit", "row", "first", "last"  # names of open rows


def of_indicator(plan: LivePlan, member: int, indicator: Indicator, status: Status) -> Live | None:
    """Its formulas in its row of the details; None where a person or a policy decided, or no formula can say it."""
    scores = plan.scores
    if not is_live(scores, member, indicator, status, True):
        return None
    year = int(scores.years[member])
    key = (indicator.code, status, year)
    if key not in plan.templates:
        plan.templates[key] = _templates(plan, indicator, status, year)
    found = plan.templates[key]
    if found is None:
        return None
    first, last = plan.span_of[int(scores.cohorts[member])]
    rows = {
        _UNIT: str(plan.rows[member] + 1),
        _ROW: str(plan.details[member][indicator.code] + 1),
        _FIRST: str(first + 1),
        _LAST: str(last + 1),
    }
    value, score, points = (filled(one, rows) for one in found)
    return Live(value, score, points)


def _templates(plan: LivePlan, indicator: Indicator, status: Status, year: int) -> tuple[Template, ...] | None:
    tree, columns = plan.scores.tree, plan.figures[indicator.code]
    sheet = plan.sheet(FIGURES)
    cells = {name: f"{sheet}${letters(column)}{open_row(_UNIT)}" for name, column in columns.items()}
    marks = [cell.removeprefix(sheet) for name, cell in cells.items() if name.startswith(MARK)]
    texts = {one.code for one in indicator.fields if one.type is FieldType.TEXT}
    made = formulas.live(
        indicator,
        tree.policies,
        tree.missing_at(tree.parents[indicator.code]),
        status,
        {**cells, **dict.fromkeys(texts, '""')},
        f"{letters(VALUE)}{open_row(_ROW)}",
        year,
        f"{sheet}{marks[0]}:{marks[-1]}" if marks else "",
        {kind: _peers(plan, column) for (kind, code), column in plan.peer_columns.items() if code == indicator.code},
    )
    return None if made is None else tuple(map(template, (made.value, made.score, made.points)))


def _peers(plan: LivePlan, column: int) -> str:
    letter = letters(column)
    return f"{plan.sheet(FIGURES)}${letter}${open_row(_FIRST)}:${letter}${open_row(_LAST)}"


def of_reference(plan: LivePlan, member: int, indicator: Indicator, name: str) -> str | None:
    """A figure that is itself worked out: a statistic of the cohort, or the score of another node."""
    if name.startswith('score("'):
        return plan.score_cell(member, name[7:-2])
    ranges = {
        key: plan.cohort(member, FIGURES, column) for key, column in plan.peer_columns.items() if key[0] == "answer"
    }
    return card_formulas.statistic(ranges, indicator, name, render(NONE, plan.lang))


def of_holder(plan: LivePlan, member: int, holder: Group | Tree) -> Up | None:
    """The formulas of a group, or of the whole tree, in the unit's row of the sums."""
    tree, expression = plan.scores.tree, holder.aggregation.expression
    if any(veto.node_zero == holder.code for veto in tree.vetoes):
        return None
    if not way_formulas.is_told_by_points(plan.scores, member, holder):
        return None
    below = [node.code for node, _ in tree.parts_of(holder.code)]
    below += expression.nodes if expression is not None else ()
    here = plan.details[member]
    shown = [code for code in dict.fromkeys(below) if isinstance(tree.by_code[code], Group) or code in here]
    key = (holder.code, *shown)
    if key not in plan.templates:
        plan.templates[key] = _up(plan, holder, shown)
    found = plan.templates[key]
    if found is None:
        return None
    first, last = plan.span_of[int(plan.scores.cohorts[member])]
    rows = {code: str(row + 1) for code, row in here.items()}
    rows |= {_UNIT: str(plan.rows[member] + 1), _FIRST: str(first + 1), _LAST: str(last + 1)}
    points, score, count, value = (filled(one, rows) for one in found)
    return Up(points, score, count, value)


def _up(plan: LivePlan, holder: Group | Tree, shown: Sequence[str]) -> tuple[Template, ...] | None:
    tree = plan.scores.tree
    codes = [*shown, *([holder.code] if isinstance(holder, Group) else ())]
    column = plan.peer_columns.get(("aggregate", holder.code))
    own = {what: _sum(plan, what, holder.code) for what in ("count", "value") if (what, holder.code) in plan.sums}
    places = Places(
        {code: _cell(plan, code, POINTS, "points") for code in codes},
        {code: _cell(plan, code, SCORE, "score") for code in codes},
        own.get("count", ""),
        own.get("value", ""),
        _peers(plan, column) if column is not None else "",
    )
    made = way_formulas.up(tree, holder, places)
    if made is None or (not own and (made.count or made.value)):
        return None
    return tuple(map(template, (made.points, made.score, made.count, made.value)))


def _cell(plan: LivePlan, code: str, column: int, what: str) -> str:
    if isinstance(plan.scores.tree.by_code[code], Group):
        return _sum(plan, what, code)
    return f"{plan.sheet(DETAILS)}{letters(column)}{open_row(code)}"


def _sum(plan: LivePlan, what: str, code: str) -> str:
    return f"{letters(plan.sums[what, code])}{open_row(_UNIT)}"


@dataclass(frozen=True, slots=True)
class Source:
    """A cell of one column of the cohort's figures: a formula, or the figure itself, None where it takes no part."""

    formula: str = ""
    figure: float | None = None


def of_peer(plan: LivePlan, member: int, number: int) -> Source:
    """What stands in the unit's row of a column that formulas compare."""
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

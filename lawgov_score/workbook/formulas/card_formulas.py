"""The live formulas of a card's details, each worked out once for all cards and then put into its rows."""

from collections.abc import Mapping

from lawgov_score.content.cohort import Key
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.rounding import VALUE_DECIMALS
from lawgov_score.workbook.addresses import letters
from lawgov_score.workbook.card.sheet import ANSWERS, POINTS, SCORES, VALUES, CardSheet
from lawgov_score.workbook.formulas import group as way_formulas
from lawgov_score.workbook.formulas import indicator as formulas
from lawgov_score.workbook.formulas.group import Places, Up
from lawgov_score.workbook.formulas.indicator import Live
from lawgov_score.workbook.formulas.lines import marks_range
from lawgov_score.workbook.formulas.templates import filled, open_row, template

_STATISTICS = {
    "cohort_mean": f"ROUND(AVERAGE({{cells}}),{VALUE_DECIMALS})",
    "cohort_max": "MAX({cells})",
    "cohort_min": "MIN({cells})",
    "cohort_sum": f"ROUND(SUM({{cells}}),{VALUE_DECIMALS})",
    "cohort_count": "COUNT({cells})",
}


def of_indicator(sheet: CardSheet, row: int, indicator: Indicator, names: Mapping[str, int]) -> Live | None:
    """Its formulas in ``row``; ``names``: the row of each of its figures."""
    scores, lives = sheet.scores, sheet.common.lives
    status, year = sheet.status(indicator.code), int(scores.years[sheet.member])
    cohort = _cohort(sheet, indicator)
    key = (indicator.code, status, year, *names, *cohort.items())
    if key not in lives:
        policies = scores.tree.policies
        missing = scores.tree.missing_at(scores.tree.parents[indicator.code])
        cells = {name: _open(ANSWERS, name) for name in names}
        value = _open(VALUES, "")
        marks = marks_range(cells)
        made = formulas.live(indicator, policies, missing, status, cells, value, year, marks, cohort)
        lives[key] = None if made is None else tuple(map(template, (made.value, made.score, made.points)))
    found = lives[key]
    if found is None:
        return None
    rows = {"": str(row + 1), **{name: str(at + 1) for name, at in names.items()}}
    value, score, points = (filled(one, rows) for one in found)
    return Live(value, score, points)


def of_group(sheet: CardSheet, row: int, holder: Group | Tree) -> Up | None:
    """The formulas of a group, or of the whole tree, in ``row``; None where figures stand there instead."""
    if not way_formulas.is_told_by_points(sheet.scores, sheet.member, holder):
        return None
    tree, ups, expression = sheet.scores.tree, sheet.common.ups, holder.aggregation.expression
    below = [node.code for node, _ in tree.parts_of(holder.code)]
    below += expression.nodes if expression is not None else ()
    peers = sheet.cohort.whole.get(("aggregate", holder.code), "")
    key = (holder.code, peers, *[code in sheet.rows for code in below])
    if key not in ups:
        shown = [code for code in below if code in sheet.rows]
        if isinstance(holder, Group):
            shown.append(holder.code)
        points, scores = ({code: _open(column, code) for code in shown} for column in (POINTS, SCORES))
        places = Places(points, scores, _open(ANSWERS, ""), _open(VALUES, ""), peers)
        made = way_formulas.up(tree, holder, places)
        ups[key] = None if made is None else tuple(map(template, (made.points, made.score, made.count, made.value)))
    found = ups[key]
    if found is None:
        return None
    rows = {**sheet.row_numbers, "": str(row + 1)}
    points_of, score, count, value = (filled(one, rows) for one in found)
    return Up(points_of, score, count, value)


def of_reference(sheet: CardSheet, indicator: Indicator, name: str, nothing: str) -> str | None:
    """A statistic of the cohort (``cohort_mean(n)``) over its figures; ``nothing``: said where nobody has one."""
    return statistic(sheet.cohort.whole, indicator, name, nothing)


def statistic(ranges: Mapping[Key, str], indicator: Indicator, name: str, nothing: str) -> str | None:
    """The same over given ranges; None where ``name`` is no statistic, or there is nothing to compare with."""
    kind, _, field = name.partition("(")
    cells = ranges.get(("answer", f"{indicator.code}.{field.rstrip(')')}"))
    if cells is None or kind not in _STATISTICS:
        return None
    found = _STATISTICS[kind].format(cells=cells)
    return found if kind == "cohort_count" else f'IF(COUNT({cells})=0,"{nothing}",{found})'


def _cohort(sheet: CardSheet, indicator: Indicator) -> dict[str, str]:
    code, plan = indicator.code, sheet.cohort
    found = {"value": plan.whole.get(("value", code)), "score": plan.others.get(("score", code))}
    return {name: cells for name, cells in found.items() if cells is not None}


def _open(column: int, name: str) -> str:
    return letters(column) + open_row(name)

"""Cell addresses of a card's figures, and the live formulas over them."""

from collections.abc import Mapping

from lawgov_score.cell_addresses import letters
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.workbook.card.sheet import ANSWERS, POINTS, SCORES, VALUES, CardSheet
from lawgov_score.workbook.formulas import builder
from lawgov_score.workbook.formulas.builder import Figures, open_row
from lawgov_score.workbook.formulas.group import Places, Up
from lawgov_score.workbook.formulas.indicator import Live
from lawgov_score.workbook.formulas.lines import marks_range


def of_indicator(sheet: CardSheet, row: int, indicator: Indicator, names: Mapping[str, int]) -> Live | None:
    """The formulas of an indicator in ``row``; ``names``: the row of each of its figures."""
    code, plan = indicator.code, sheet.cohort
    ranges = {"value": plan.whole.get(("value", code)), "score": plan.others.get(("score", code))}
    cohort = {name: cells for name, cells in ranges.items() if cells is not None}

    def figures() -> Figures:
        answers = {name: _open(ANSWERS, name) for name in names}
        return Figures(answers, _open(VALUES, ""), marks_range(answers), cohort)

    rows = {"": str(row + 1), **{name: str(at + 1) for name, at in names.items()}}
    key = (*names, *cohort.items())
    return builder.of_indicator(sheet.batch.formulas, sheet.scores, sheet.member, indicator, key, figures, rows)


def of_holder(sheet: CardSheet, row: int, holder: Group | Tree) -> Up | None:
    """The formulas of a group, or of the whole tree, in ``row``; None if fixed figures are written there instead."""
    peers = sheet.cohort.whole.get(("aggregate", holder.code), "")
    shown = [code for code in builder.below(sheet.scores, holder) if code in sheet.rows]

    def places() -> Places:
        codes = [*shown, *([holder.code] if isinstance(holder, Group) else ())]
        points, scores = ({code: _open(column, code) for code in codes} for column in (POINTS, SCORES))
        return Places(points, scores, _open(ANSWERS, ""), _open(VALUES, ""), peers)

    rows = {**sheet.row_numbers, "": str(row + 1)}
    return builder.of_holder(sheet.batch.formulas, sheet.scores, sheet.member, holder, (peers, *shown), places, rows)


def _open(column: int, name: str) -> str:
    return letters(column) + open_row(name)

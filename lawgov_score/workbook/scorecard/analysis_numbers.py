"""Numbers of the sheet 分析: stated, or formulas over the sheet of sums."""

import math

from lawgov_score.content.analysis import Summary
from lawgov_score.workbook.formulas.plan import SUMS, LivePlan
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.page import Page


def totals_of(plan: LivePlan, one: Summary, what: str = "total") -> str:
    """The cells of a cohort's totals (or grades), or of everybody's."""
    column = plan.sums[what, plan.scores.tree.code]
    if one.cohort is None:
        return plan.everybody(SUMS, column)
    return plan.cohort(int(one.members.nonzero()[0][0]), SUMS, column)


def number(page: Page, row: int, column: int, formula: str | None, value: float, num_format: str) -> None:
    """A cell: the ``formula`` with its value; the value alone where there is none of either."""
    if formula is None or (isinstance(value, float) and math.isnan(value)):
        page.put(row, column, value, look.POINTS, num_format=num_format)
    else:
        page.formula(row, column, f"={formula}", float(value), look.POINTS, num_format=num_format)

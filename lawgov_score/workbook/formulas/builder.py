"""The common builder of live formulas for cards and scorecards; each tells it the cells of its figures.

A formula is built once with its rows left open, and then filled in for each place: every card, and every unit of a
scorecard, has other rows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lawgov_score.content.cohort import Key
from lawgov_score.expression import statistic_of
from lawgov_score.model import Group, Indicator, Scores, Tree, Why
from lawgov_score.rounding import VALUE_DECIMALS
from lawgov_score.rules.cells import number
from lawgov_score.workbook.formulas.group import Places, Up, is_told_by_points, up
from lawgov_score.workbook.formulas.indicator import Live, live, of_replaced

_HOLE = re.compile("\x01([^\x02]*)\x02")
Template = tuple[str, ...]  # text, the name of a row, text, the name of a row, … text
Kept = dict[tuple[object, ...], tuple[Template, ...] | None]  # formulas already built; None: no formula can express it

_STATISTICS = {
    "cohort_mean": f"ROUND(AVERAGE({{cells}}),{VALUE_DECIMALS})",
    "cohort_max": "MAX({cells})",
    "cohort_min": "MIN({cells})",
    "cohort_sum": f"ROUND(SUM({{cells}}),{VALUE_DECIMALS})",
    "cohort_count": "COUNT({cells})",
    "cohort_median": f"ROUND(MEDIAN({{cells}}),{VALUE_DECIMALS})",
    "cohort_deviation": f"ROUND(STDEVP({{cells}}),{VALUE_DECIMALS})",
    "cohort_quantile": f"ROUND(PERCENTILE({{cells}},{{share}}),{VALUE_DECIMALS})",
}


def open_row(name: str) -> str:
    """A placeholder in an address for a row that is not known yet: ``"H" + open_row("01-1")``."""
    return f"\x01{name}\x02"


def template(formula: str) -> Template:
    """The formula, split at its open rows.

    >>> template("C" + open_row("a") + "*2")
    ('C', 'a', '*2')
    """
    return tuple(_HOLE.split(formula))


def filled(made: Template, rows: Mapping[str, str]) -> str:
    """The formula with its open rows filled in, numbered from 1 as in an address.

    >>> filled(template("C" + open_row("a") + "*2"), {"a": "7"})
    'C7*2'
    """
    return "".join([rows[part] if i & 1 else part for i, part in enumerate(made)])


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells that an indicator's formulas refer to, rows left open: as ``indicator.live`` needs them."""

    answers: Mapping[str, str]
    value: str
    marks: str
    cohort: Mapping[str, str]


def of_indicator(
    kept: Kept,
    scores: Scores,
    member: int,
    indicator: Indicator,
    key: Sequence[object],
    figures: Callable[[], Figures],
    rows: Mapping[str, str],
) -> Live | None:
    """An indicator's formulas for one unit; None if no formula can express its score.

    ``key``: what else the formulas depend on; ``figures``: gives their cells, called once per key; ``rows``: rows for
    the open rows.
    """
    status, year = scores.at(member, indicator.code).status, int(scores.years[member])
    why, tree = scores.replaced(member, indicator.code), scores.of_unit(member).tree
    whole = (indicator.code, status, year, tree.types, why, *key)
    if whole not in kept:
        at, indicator = figures(), tree.indicators[scores.indicator_column[indicator.code]]
        missing = tree.missing_at(tree.parents[indicator.code])
        if why in {Why.TYPE, Why.CLAIM}:
            made = of_replaced(indicator, why, tree.policies, at.cohort)
        else:
            made = live(indicator, tree.policies, missing, status, at.answers, at.value, year, at.marks, at.cohort)
        kept[whole] = None if made is None else tuple(map(template, (made.value, made.score, made.points)))
    templates = kept[whole]
    return None if templates is None else Live(*(filled(one, rows) for one in templates))


def below(scores: Scores, holder: Group | Tree) -> list[str]:
    """The codes of the nodes that a group's formulas may refer to."""
    expression = holder.aggregation.expression
    nodes = [node.code for node, _ in scores.tree.parts_of(holder.code)]
    return list(dict.fromkeys([*nodes, *(expression.nodes if expression is not None else ())]))


def of_holder(
    kept: Kept,
    scores: Scores,
    member: int,
    holder: Group | Tree,
    key: Sequence[object],
    places: Callable[[], Places],
    rows: Mapping[str, str],
) -> Up | None:
    """The formulas of a group, or of the whole tree, for one unit; None if fixed figures are written instead."""
    if any(veto.node_zero == holder.code for veto in scores.tree.vetoes):
        return None
    if not is_told_by_points(scores, member, holder):
        return None
    tree = scores.of_unit(member).tree
    whole = (holder.code, tree.types, *key)
    if whole not in kept:
        at = places()
        made = up(tree, tree.holder(holder.code), at)
        if made is not None and not (at.count or at.value) and (made.count or made.value):
            made = None  # no cells for the number of parts and the aggregated value
        kept[whole] = None if made is None else tuple(map(template, (made.points, made.score, made.count, made.value)))
    templates = kept[whole]
    return None if templates is None else Up(*(filled(one, rows) for one in templates))


def statistic(ranges: Mapping[Key, str], indicator: Indicator, name: str, nothing: str) -> str | None:
    """A statistic of the cohort (``cohort_mean(n)``) over its figures; ``nothing``: the text if no unit has one.

    None if ``name`` is no statistic, or there is nothing to compare with.
    """
    one = statistic_of(name)
    cells = None if one is None else ranges.get(("answer", f"{indicator.code}.{one.field}"))
    if one is None or cells is None:
        return None
    formula = _STATISTICS[one.which].format(cells=cells, share=number(one.share or 0.0))
    return formula if one.which == "cohort_count" else f'IF(COUNT({cells})=0,"{nothing}",{formula})'

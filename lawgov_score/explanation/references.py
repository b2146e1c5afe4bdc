"""What an expression refers to beyond its own fields, in words and in figures: 上年, 同组, another node's 得分."""

from collections.abc import Mapping

import numpy as np

from lawgov_score.model import AnswerState, FilledBy, Indicator, Invalid, Scores, Status, Tree, field_key
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Phrase, Quantity, Words

_QUOTED = Words("“{name}”", '"{name}"')
_PREVIOUS = Words("上年{name}", "last edition's {name}")
_PREVIOUS_SCORE = Words("上年得分", "last edition's score")
_COHORT = {
    "cohort_mean": Words("同组平均{name}", "cohort mean of {name}"),
    "cohort_max": Words("同组最高{name}", "cohort maximum of {name}"),
    "cohort_min": Words("同组最低{name}", "cohort minimum of {name}"),
    "cohort_sum": Words("同组合计{name}", "cohort sum of {name}"),
    "cohort_count": Words("同组填报{name}的单位数", "units of the cohort that answered {name}"),
}
_SCORE = Words("{name}得分", "score of {name}")


def quote(name: str) -> Phrase:
    """A name in quotation marks."""
    return _QUOTED(name=name)


def named(indicator: Indicator, name: str, tree: Tree | None = None) -> Phrase:
    """A name of an expression in words: a field by its name, 上年“…”, 同组平均“…”, “…”得分.

    ``tree``: where given, another node is called by its title, else by its code.
    """
    names = {asked.code: asked.name for asked in indicator.fields}
    if name in names:
        return quote(names[name])
    if name == "previous.score":
        return _PREVIOUS_SCORE()
    if name.startswith("previous."):
        code = name.removeprefix("previous.")
        return _PREVIOUS(name=quote(names.get(code, indicator.terms.value.name)))
    if name.startswith('score("'):
        code = name[7:-2]
        return _SCORE(name=quote(tree.by_code[code].title if tree is not None and code in tree.by_code else code))
    statistic, _, field = name.partition("(")
    return _COHORT[statistic](name=quote(names.get(field.rstrip(")"), field.rstrip(")"))))


def referred(indicator: Indicator) -> tuple[str, ...]:
    """The references in all its expressions, each once, in reading order."""
    return tuple(dict.fromkeys(name for one in indicator.expressions for name in one.names if not name.isidentifier()))


def figure_of(scores: Scores, row: int, indicator: Indicator, name: str) -> float:
    """What one reference comes to for a unit; nan: none on record."""
    if name.startswith("previous."):
        return previous_figure(scores, row, indicator, name.removeprefix("previous."))
    if name.startswith('score("'):
        return float(scores.scores[row, scores.node_column[name[7:-2]]])
    statistic, _, field = name.partition("(")
    column = scores.answers[f"{indicator.code}.{field.rstrip(')')}"]
    inside = (scores.cohorts == scores.cohorts[row]) & takes_part(scores, indicator) & np.isfinite(column)
    figures = column[inside]
    if statistic == "cohort_count":
        return float(len(figures))
    if not len(figures):
        return float("nan")
    match statistic:
        case "cohort_mean":
            return float(figures.mean())
        case "cohort_max":
            return float(figures.max())
        case "cohort_min":
            return float(figures.min())
        case _:
            return float(figures.sum())


def takes_part(scores: Scores, indicator: Indicator) -> BoolArray:
    """(units,): whose figures feed comparisons: it applies to them, and nothing was wrong or claimed."""
    types = {unit.type: scores.tree.is_applicable(indicator, unit.type) for unit in scores.units}
    keys = [field_key(indicator, asked) for asked in indicator.fields]
    withheld = scores.tree.policies.invalid is Invalid.WITHHOLD
    counts = scores.status[:, scores.node_column[indicator.code]] != Status.INVALID if withheld else None
    found = np.zeros(len(scores.units), dtype=bool)
    for row, (unit, submission) in enumerate(zip(scores.units, scores.submissions, strict=True)):
        if not types[unit.type] or (submission is None and indicator.filled_by is FilledBy.UNIT):
            continue
        own = submission.answers if submission is not None else {}
        office = scores.review.answers.get(unit.code, {})
        given = [office.get(key) or own.get(key) for key in keys]
        found[row] = all(one is None or one.state < AnswerState.CLAIMED_NOT_APPLICABLE for one in given)
    return found if counts is None else found & counts


def previous_figure(scores: Scores, row: int, indicator: Indicator, what: str = "value") -> float:
    """Last edition's figure of the indicator: a field's code, ``value`` or ``score``; nan: none on record."""
    if scores.previous is None:
        return float("nan")
    unit = scores.units[row].code
    if what == "score":
        return float(scores.previous.scores.get(unit, {}).get(indicator.code, float("nan")))
    key = indicator.code if what == "value" else f"{indicator.code}.{what}"
    return float(scores.previous.figures.get(unit, {}).get(key, float("nan")))


def names_of(scores: Scores, row: int, indicator: Indicator) -> Mapping[str, FloatArray]:
    """Every name that the indicator's expressions can use, (1,) each, for one unit."""
    found = {asked.code: scores.answers[field_key(indicator, asked)][row : row + 1] for asked in indicator.fields}
    for name in referred(indicator):
        found[name] = np.array([figure_of(scores, row, indicator, name)])
    return found


def is_share_name(indicator: Indicator, name: str) -> bool:
    """Is what a reference stands for a share, to be shown as a percentage?"""
    types = {asked.code: asked.type for asked in indicator.fields}
    if name.startswith("previous."):
        what = name.removeprefix("previous.")
        return types.get(what) is FieldType.SHARE or (what == "value" and value_is_share(indicator))
    statistic, _, field = name.partition("(")
    return statistic != "cohort_count" and types.get(field.rstrip(")")) is FieldType.SHARE


def value_is_share(indicator: Indicator) -> bool:
    """Is the value a share, to be shown as a percentage?"""
    return indicator.is_share


def shown(indicator: Indicator, name: str, number: float) -> Quantity:
    """A reference's figure as it is shown."""
    return Quantity(number, is_share_name(indicator, name))

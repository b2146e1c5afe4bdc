"""References of an expression beyond its own fields, in words and figures: 上年, 同组, another node's 得分."""

import numpy as np

from lawgov_score.expression import Measure, measure_of_name, statistic_of
from lawgov_score.model import Indicator, Scores, Tree
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.phrases import value_figure
from lawgov_score.rules.rule import Term
from lawgov_score.wording import Phrase, Text, Words

_INNER = str.maketrans("“”", "‘’")
_QUOTED = Words("“{name}”", '"{name}"')
_PREVIOUS = Words("上年{name}", "last edition's {name}")
_PREVIOUS_SCORE = Words("上年得分", "last edition's score")
_COHORT = {
    "cohort_mean": Words("同组平均{name}", "cohort mean of {name}"),
    "cohort_max": Words("同组最高{name}", "cohort maximum of {name}"),
    "cohort_min": Words("同组最低{name}", "cohort minimum of {name}"),
    "cohort_sum": Words("同组合计{name}", "cohort sum of {name}"),
    "cohort_median": Words("同组{name}中位数", "cohort median of {name}"),
    "cohort_deviation": Words("同组{name}标准差", "cohort standard deviation of {name}"),
    "cohort_quantile": Words("同组{name} {share:percent} 分位数", "cohort {share:percent} quantile of {name}"),
    "cohort_count": Words("同组填报{name}的单位数", "units of the cohort that answered {name}"),
}
_SCORE = Words("{name}得分", "score of {name}")


def within(text: str) -> str:
    """What somebody wrote, to stand within a sentence of ours: without the stop at its end."""
    return text.rstrip(" 。．.；;，,、") or text


def quote(name: Text) -> Phrase:
    """A name in quotation marks; those inside it become single ones."""
    return _QUOTED(name=name.translate(_INNER) if isinstance(name, str) else name)


def score_of(tree: Tree | None, code: str) -> Phrase:
    """What another node came to: “…”得分, by its title; without a tree by its code."""
    return _SCORE(name=quote(tree.by_code[code].title if tree is not None and code in tree.by_code else code))


def named(indicator: Indicator, name: str, tree: Tree | None = None) -> Phrase:
    """A name of an expression in words: a field by its name, 上年“…”, 同组平均“…”, “…”得分.

    ``tree``: if given, other nodes are named by title, otherwise by code.
    """
    names: dict[str, Text] = {asked.code: asked.name for asked in indicator.fields}
    if name in names:
        return quote(names[name])
    if name == "previous.score":
        return _PREVIOUS_SCORE()
    if name.startswith("previous."):
        code = name.removeprefix("previous.")
        return _PREVIOUS(name=quote(names.get(code, indicator.terms.value.name)))
    if name.startswith('score("'):
        return score_of(tree, name[7:-2])
    statistic = statistic_of(name)
    assert statistic is not None  # nothing else can be referred to
    return _COHORT[statistic.which](
        name=quote(names.get(statistic.field, statistic.field)), share=statistic.share or 0.0
    )


def referred(indicator: Indicator) -> tuple[str, ...]:
    """The references in all expressions of an indicator, each once, in reading order."""
    return tuple(dict.fromkeys(name for one in indicator.expressions for name in one.names if not name.isidentifier()))


def figure_of(scores: Scores, row: int, indicator: Indicator, name: str) -> float:
    """The figure of one reference for a unit; nan: none on record."""
    return float(figures_of(scores, indicator, name)[row])


def previous_figure(scores: Scores, row: int, indicator: Indicator) -> float:
    """Last edition's value of the indicator; nan: none on record."""
    return float(previous_figures(scores, indicator)[row])


def figures_of(scores: Scores, indicator: Indicator, name: str) -> FloatArray:
    """(units,): the figures of one reference; nan: none on record."""
    column = scores.compared.references.get((indicator.code, name))
    if column is not None:
        return column
    return previous_figures(scores, indicator) if name == "previous.value" else np.full(len(scores.units), np.nan)


def previous_figures(scores: Scores, indicator: Indicator) -> FloatArray:
    """(units,): last edition's values of the indicator; nan: none on record."""
    key = ("previous", indicator.code)
    if key not in scores.kept:
        known = scores.previous.figures if scores.previous is not None else {}
        scores.kept[key] = np.array(
            [known.get(unit.code, {}).get(indicator.code, np.nan) for unit in scores.units], dtype=np.float64
        )
    found: FloatArray = scores.kept[key]
    return found


def measure_of_reference(indicator: Indicator, name: str) -> Measure:
    """What a reference is measured in: as the field that it is about; last edition's value as this one's."""
    return measure_of_name(name, {**indicator.measures, "previous.value": indicator.measure})


def is_share_name(indicator: Indicator, name: str) -> bool:
    """Does the reference stand for a share, to be shown as a percentage?"""
    return measure_of_reference(indicator, name).is_share


def shown(indicator: Indicator, name: str, number: float) -> Phrase:
    """A reference's figure as shown: with its measure, a share as a percentage."""
    measure = measure_of_reference(indicator, name)
    return value_figure(number, Term("", measure.unit, measure.is_share))

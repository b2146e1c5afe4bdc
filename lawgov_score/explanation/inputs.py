"""The figures behind a value that its reason alone does not show: answers that a condition asks for, 上年, 同组平均.

Columns of all units, as the reasons that they stand in (``reasons.py``).
"""

from collections.abc import Iterator

import numpy as np

from lawgov_score.explanation.references import figures_of, measure_of_reference, named, quote
from lawgov_score.explanation.ways import shortened
from lawgov_score.expression import Expression, Measure, Nature
from lawgov_score.measure.digits import printed
from lawgov_score.model import Indicator, Scores, field_key
from lawgov_score.phrase_columns import Phrases, Quantities, chosen
from lawgov_score.rounding import FloatArray
from lawgov_score.rules.phrases import figure
from lawgov_score.rules.rule import Term
from lawgov_score.wording import Phrase, Words

_NAMED = Words("{name} {answer}", "{name} {answer}")
_MEAN = Words("同组 {n} 个单位平均{name} {answer}", "the mean of the cohort's {n} units in {name} {answer}")
_TOLD = Words("{told}", "{told}")
_ANSWERED = Words("{name}填“{answer}”", '{name} "{answer}"')
_YES, _NO = Words("是", "yes"), Words("否", "no")
_NONE = Words("无", "none")
_BLANK = Words("{name}未填报", "{name} not answered")  # where the value asks whether it is
_DAY = Words("{day:date}", "{day:date}")
_FIGURES = {Nature.NUMBER, Nature.SHARE}


def inputs(scores: Scores, indicator: Indicator, value: Expression) -> tuple[Phrase, ...]:
    """Every name of the expression with the units' own figures; options of a choice are left to the answers."""
    return shortened(tuple(_inputs(scores, indicator, value)))


def _inputs(scores: Scores, indicator: Indicator, value: Expression) -> Iterator[Phrase]:
    fields = {asked.code: asked for asked in indicator.fields}
    measures = {name: indicator.measures[name] if name in fields else _measure(indicator, name) for name in value.names}
    columns = {
        name: scores.answers[field_key(indicator, fields[name])]
        if name in fields
        else figures_of(scores, indicator, name)
        for name in value.names
    }
    for name in value.names:
        own, measure = columns[name], measures[name]
        words = quote(fields[name].name) if name in fields else named(indicator, name, scores.tree)
        match measure.nature:
            case Nature.YES_NO:
                answer: Phrases = chosen((own == 0, _NO()), otherwise=_YES())
            case Nature.DATE:
                answer = _DAY(day=own)
            case Nature.CHOICE:
                continue
            case _:
                like = [columns[one] for one in value.names if one != name and measures[one] == measure]
                answer = _figure(own, like, measure)
        answer = chosen((np.isnan(own), _NONE()), otherwise=answer)
        if name.startswith("cohort_mean("):
            asked = fields[name.removeprefix("cohort_mean(").removesuffix(")")]
            yield _MEAN(name=quote(asked.name), answer=answer, n=_number(scores, indicator, name))
        else:
            is_asked = name in fields and measure.nature is Nature.YES_NO
            told = (_ANSWERED if is_asked else _NAMED)(name=words, answer=answer)
            is_blank = np.isnan(own) & (name in fields and value.asks_for_blanks)
            yield told if not is_blank.any() else _TOLD(told=chosen((is_blank, _BLANK(name=words)), otherwise=told))


def _measure(indicator: Indicator, name: str) -> Measure:
    return measure_of_reference(indicator, name)


def _figure(own: FloatArray, like: list[FloatArray], measure: Measure) -> Phrase:
    """Figures with digits enough to tell them from others of the same measure."""
    is_share = measure.is_share
    with np.errstate(all="ignore"):
        (rounded, *_), decimals = printed([own, *like], is_share=is_share)
    return figure(Quantities(rounded, is_share, decimals), Term("", measure.unit, is_share))


def _number(scores: Scores, indicator: Indicator, name: str) -> FloatArray:
    """(units,): of how many units of its cohort the mean is."""
    answers = scores.answers[indicator.keys[name.removeprefix("cohort_mean(").removesuffix(")")]]
    counts = scores.compared.takes_part.get(indicator.code, scores.there) & ~np.isnan(answers)
    return np.bincount(scores.cohorts[counts], minlength=int(scores.cohorts.max(initial=0)) + 1)[scores.cohorts].astype(
        np.float64
    )

"""Checks between the answers of one unit: a field bounded by another, a printed rate beside its counts."""

import math
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Indicator
from lawgov_score.problems import Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.expected import quantity
from lawgov_score.workbook.layout import Layout, plain

_NO_MORE_THAN = Words("不大于", "no more than")
_NO_LESS_THAN = Words("不小于", "no less than")
_SLACK = 1e-9


def check_contradictions(answers: MutableMapping[str, Answer], layout: Layout) -> Iterator[Problem]:
    """Problems between ``answers`` (S208, S216, S218); an answer that breaks the bound another sets becomes INVALID."""
    for question, from_above, other in layout.bounded:
        answer, bound = answers.get(question.key), answers.get(other.key)
        if answer is None or bound is None:
            continue
        value, limit = answer.value, bound.value
        if not isinstance(value, float) or not isinstance(limit, float) or math.isinf(value) or math.isinf(limit):
            continue
        if (value - limit if from_above else limit - value) > _SLACK:
            figures = {
                "field": question.field.name,
                "other": other.field.name,
                "relation": _NO_MORE_THAN if from_above else _NO_LESS_THAN,
                "bound": quantity(limit, other.field),
                "found": quantity(value, question.field),
            }
            yield Problem(Code.S208, answer.place, figures, (bound.place,))
            answers[question.key] = replace(answer, state=AnswerState.INVALID, value=None)
    for indicator in layout.rates:
        yield from _check_rate(indicator, answers)


def _check_rate(indicator: Indicator, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Does the printed rate come from the counts? Within the rounding of its own last digit it does."""
    assert indicator.substitute is not None
    assert indicator.value is not None
    printed = answers.get(f"{indicator.code}.{indicator.substitute.code}")
    if printed is None or not isinstance(printed.value, float):
        return
    counts = {name: answers.get(f"{indicator.code}.{name}") for name in indicator.value.names}
    columns = {}
    for name, count in counts.items():
        if count is None or not isinstance(count.value, float):
            return
        columns[name] = np.array([count.value])
    result = indicator.value.evaluate(columns)
    computed = float(result.value[0])
    places = tuple(count.place for count in counts.values() if count is not None)
    if result.by_zero[0]:
        nothing = {"field": indicator.substitute.name, "found": quantity(printed.value, indicator.substitute)}
        yield Problem(Code.S218, printed.place, nothing, places)
        return
    if math.isnan(computed) or abs(computed - printed.value) <= _last_digit(printed.printed) / 2 + _SLACK:
        return
    figures = {
        "field": indicator.substitute.name,
        "computed": computed,
        "found": quantity(printed.value, indicator.substitute),
    }
    yield Problem(Code.S216, printed.place, figures, places)


def _last_digit(printed: str) -> float:
    """What one step of the last printed digit is worth: 0.001 for 67.8% and for 0.678."""
    text = plain(printed)
    decimals = len(text.rstrip("%").partition(".")[2])
    return 10.0 ** -(decimals + 2 if text.endswith("%") else max(decimals, 2))

"""Checks between the answers of one unit: bounds set by other fields, checks of the tree, rates beside counts."""

import math
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import Answer, AnswerColumns, AnswerState, Check, Indicator, Shared
from lawgov_score.problems import Problem
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import Layout
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.values import quantity

_NO_MORE_THAN = Words("不大于", "no more than")
_NO_LESS_THAN = Words("不小于", "no less than")
_BY_COUNTS = Words("按件数计算为 {computed:percent}", "{computed:percent}, from the counts")
_NO_SHARE = Words(
    "比率在 0 到 100% 之间（按所填件数算得 {computed:percent}，件数不可能如此）",
    "a rate from 0 to 100% (these counts come to {computed:percent}, which cannot be)",
)
_CHECK_BOTH = Words("核对件数与比率，改正填错的一格", "Check the counts and the rate, and correct the wrong one")
_CHECK_COUNTS = Words(
    "件数有误：核对{counts:list}，改正填错的一格",
    "The counts are wrong: check {counts:list}, and correct the wrong one",
)
_SAID = Words("{name} {shown}（{cell}）", "{name} {shown} ({cell})")


def check_contradictions(answers: MutableMapping[str, Answer], layout: Layout) -> Iterator[Problem]:
    """Problems between ``answers`` (S208, S216, S218, S219).

    An answer that breaks a bound set by another becomes INVALID, as do all answers of a broken check, since any of
    them may be the wrong one.
    """
    for question, from_above, other in layout.bounded:
        answer, bound = answers.get(question.key), answers.get(other.key)
        if answer is None or bound is None:
            continue
        value, limit = answer.value, bound.value
        if not isinstance(value, float) or not isinstance(limit, float) or math.isinf(value) or math.isinf(limit):
            continue
        if (value - limit if from_above else limit - value) > DUST:
            figures = {
                "field": question.field.name,
                "other": other.field.name,
                "relation": _NO_MORE_THAN if from_above else _NO_LESS_THAN,
                "bound": quantity(limit, other.field),
                "found": quantity(value, question.field),
            }
            yield Problem(Code.S208, answer.place, figures, (bound.place,))
            answers[question.key] = replace(answer, state=AnswerState.INVALID, value=None)
    for checked in layout.checked:
        yield from _check_fields(checked, answers, layout)
    for indicator in layout.rates:
        yield from _check_rate(indicator, answers)


def may_contradict(columns: AnswerColumns, layout: Layout) -> BoolArray:
    """(rows,): may ``check_contradictions`` find anything? Never False where it would."""
    size = columns.values.shape[1]
    may = np.zeros(size, dtype=bool)
    nothing = np.full(size, np.nan)

    def column(key: str) -> FloatArray:
        number = columns.number_of.get(key)
        return nothing if number is None else np.where(np.isinf(columns.values[number]), np.nan, columns.values[number])

    for question, from_above, other in layout.bounded:
        value, limit = column(question.key), column(other.key)
        may |= (value - limit if from_above else limit - value) > DUST  # nan compares as False
    for checked in layout.checked:
        for check in checked.checks:
            given = {name: column(key) for name, key in _keys(checked, check).items()}
            is_known = ~np.isnan(np.stack([*given.values(), np.zeros(size)])).any(axis=0)
            may |= is_known & (check.holds.evaluate(given).value == 0)
    for indicator in layout.rates:
        assert indicator.substitute is not None
        assert indicator.value is not None
        key = f"{indicator.code}.{indicator.substitute.code}"
        rate = column(key)
        names = indicator.value.names
        result = indicator.value.evaluate({name: column(indicator.keys.get(name, "")) for name in names})
        differs = np.abs(result.value - rate)
        may |= result.by_zero & ~np.isnan(rate)
        for row in np.flatnonzero(differs > DUST).tolist():
            printed = columns.answer(columns.number_of[key], row).printed
            may[row] |= bool(differs[row] > _last_digit(printed) / 2 + DUST)
    return may


def _keys(checked: Indicator | Shared, check: Check) -> Mapping[str, str]:
    """Keys of the fields that a check names: by code, or of an indicator below as ``answer("<key>")``."""
    elsewhere = {f'answer("{key}")': key for key in check.holds.answers}
    return {name: elsewhere.get(name) or checked.keys[name] for name in check.holds.names}


def _check_fields(
    checked: Indicator | Shared, answers: MutableMapping[str, Answer], layout: Layout
) -> Iterator[Problem]:
    """S219 for every broken check of an indicator, or over several; a check with an unusable answer is skipped."""
    broken: dict[str, Answer] = {}
    for check in checked.checks:
        given: dict[str, tuple[Answer, float]] = {}
        keys = _keys(checked, check)
        for name, key in keys.items():
            answer = answers.get(key)
            if answer is not None and isinstance(answer.value, float) and not math.isinf(answer.value):
                given[name] = answer, answer.value
        if len(given) < len(check.holds.names):
            continue
        result = check.holds.evaluate({name: np.array([number]) for name, (_, number) in given.items()})
        if result.value[0] != 0:  # it holds, or divides by zero and decides nothing
            continue
        asked = {name: layout.by_key[key].field for name, key in keys.items()}
        phrases = tuple(_said(asked[name], answer, number) for name, (answer, number) in given.items())
        title = layout.tree.holder(checked.code).title if isinstance(checked, Shared) else checked.title
        figures = {"code": checked.code, "indicator": title, "says": check.says, "answers": phrases}
        first, *others = (answer.place for answer, _ in given.values())
        yield Problem(Code.S219, first, figures, tuple(others))
        broken |= {keys[name]: answer for name, (answer, _) in given.items()}
    for key, answer in broken.items():  # afterwards, since two checks may use one cell
        answers[key] = replace(answer, state=AnswerState.INVALID, value=None)


def _said(asked: Field, answer: Answer, number: float) -> Phrase:
    """One of several answers with its cell: 应诉件数 5（D12）."""
    is_word = asked.type in {FieldType.YES_NO, FieldType.CHOICE}
    shown = answer.printed if is_word else quantity(number, asked)
    return _SAID(name=asked.name, shown=shown, cell=answer.place.cell)


def _check_rate(indicator: Indicator, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """S216 if the printed rate does not follow from the counts (to its last digit); S218 for a zero denominator."""
    assert indicator.substitute is not None
    assert indicator.value is not None
    printed = answers.get(f"{indicator.code}.{indicator.substitute.code}")
    if printed is None or not isinstance(printed.value, float):
        return
    counts = {name: answers.get(indicator.keys.get(name, "")) for name in indicator.value.names}
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
    if math.isnan(computed) or abs(computed - printed.value) <= _last_digit(printed.printed) / 2 + DUST:
        return
    asked = {one.code: one for one in indicator.fields}
    told = tuple(_said(asked[name], count, float(columns[name][0])) for name, count in counts.items() if count)
    is_share = 0 <= computed <= 1
    figures = {
        "field": indicator.substitute.name,
        "computed": computed,
        "expected": (_BY_COUNTS if is_share else _NO_SHARE)(computed=computed),
        "found": quantity(printed.value, indicator.substitute),
        "counts": told,
        "hint": (_CHECK_BOTH if is_share else _CHECK_COUNTS)(counts=told),
    }
    yield Problem(Code.S216, printed.place, figures, places)


def _last_digit(printed: str) -> float:
    """The value of one step of the last printed digit: 0.001 for 67.8% and for 0.678."""
    text = plain(printed)
    decimals = len(text.rstrip("%").partition(".")[2])
    return 10.0 ** -(decimals + 2 if text.endswith("%") else max(decimals, 2))

"""One unit's figures at one indicator, as people write them: answers, value, the cells they stand in."""

import numpy as np

from lawgov_score.model import Answer, AnswerState, Indicator, Scores, Status, field_key
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Quantity, Words

STATUS = {
    Status.SCORED: Words("已计分", "scored"),
    Status.MISSING: Words("未填报", "missing"),
    Status.NOT_APPLICABLE: Words("不适用", "not applicable"),
    Status.NOT_REVIEWED: Words("待审核", "not reviewed"),
    Status.INVALID: Words("填报有误", "invalid"),
}

_QUOTED = Words("“{name}”", '"{name}"')


def quote(name: str) -> Phrase:
    """A name in quotation marks."""
    return _QUOTED(name=name)


def quoted(indicator: Indicator, codes: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Names of fields by code, in quotation marks."""
    names = {f.code: f.name for f in indicator.fields}
    return tuple(quote(names[code]) for code in codes if code in names)


def answers_of(scores: Scores, row: int, indicator: Indicator) -> tuple[tuple[Field, Answer | None], ...]:
    """Each field with what the unit wrote; None where nothing came."""
    submission = scores.submissions[row]
    given = submission.answers if submission else {}
    return tuple((asked, given.get(field_key(indicator, asked))) for asked in indicator.fields)


def cells_of(scores: Scores, row: int, indicator: Indicator) -> tuple[CellPlace, ...]:
    """The cells of the unit's workbook that the indicator rests on."""
    return tuple(answer.place for _, answer in answers_of(scores, row, indicator) if answer is not None)


def answer_phrase(asked: Field, answer: Answer | None) -> Phrase:
    """One answer as people write it: 24 件, 83.33%, 2021年4月7日, 是, 未填报."""
    if answer is None or answer.state is AnswerState.MISSING:
        return Phrase(STATUS[Status.MISSING])
    if answer.state is AnswerState.CLAIMED_NOT_APPLICABLE:
        return Phrase(STATUS[Status.NOT_APPLICABLE])
    if answer.state is AnswerState.INVALID or answer.value is None:
        return Words("“{printed}”（有误）", '"{printed}" (invalid)')(printed=answer.printed)
    value = answer.value
    if isinstance(value, str):
        return _TEXT(text=value)
    match asked.type:
        case FieldType.YES_NO:
            return Phrase(Words("是", "yes") if value else Words("否", "no"))
        case FieldType.CHOICE:
            return _TEXT(text=asked.choices[int(value)])
        case FieldType.DATE:
            return _TEXT(text=asked.never) if np.isinf(value) and asked.never else _DATE(day=value)
        case FieldType.SHARE:
            return _TEXT(text=Quantity(value, is_share=True))
        case _:
            return (
                Words("{n} {unit}", "{n} {unit}")(n=value, unit=asked.measured_in)
                if asked.measured_in
                else _TEXT(text=value)
            )


_TEXT = Words("{text}", "{text}")
_DATE = Words("{day:date}", "{day:date}")
_NAMED = Words("{name} {answer}", "{name} {answer}")


def is_share(indicator: Indicator) -> bool:
    """Is the value a share, to be shown as a percentage?"""
    if indicator.value is None:
        return False
    if indicator.value.divides:
        return True
    return any(f.code == indicator.value.text and f.type is FieldType.SHARE for f in indicator.fields)


def value_phrase(scores: Scores, row: int, indicator: Indicator) -> Phrase | None:
    """The indicator's value as people write it; None where there is none."""
    value = float(scores.values[row, scores.indicator_column[indicator.code]])
    if np.isnan(value):
        return None
    alone = next((f for f in indicator.fields if indicator.value and f.code == indicator.value.text), None)
    if alone is not None:
        return answer_phrase(alone, Answer(AnswerState.GIVEN, value, CellPlace("")))
    return _TEXT(text=Quantity(value, is_share(indicator)))


def working(scores: Scores, row: int, indicator_code: str) -> Phrase:
    """The figures put in: every answered field by name, then the value."""
    indicator = scores.tree.by_code[indicator_code]
    assert isinstance(indicator, Indicator)
    parts = [
        _NAMED(name=asked.name, answer=answer_phrase(asked, answer))
        for asked, answer in answers_of(scores, row, indicator)
        if not (asked.substitute and (answer is None or answer.state is AnswerState.MISSING))
    ]
    value = value_phrase(scores, row, indicator)
    if value is not None and len(indicator.fields) > 1:
        parts.append(Words("{name} = {value}", "{name} = {value}")(name=indicator.terms.value.name, value=value))
    return _TEXT(text=tuple(parts))

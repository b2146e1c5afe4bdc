"""How answers and values are shown in a cell: a share as a percentage, a day number as a date, 1 as 是."""

import math

from lawgov_score.explanation.figures import answer_phrase
from lawgov_score.model import Answer, AnswerState, Indicator
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Style
from lawgov_score.workbook.writing.page import Content

NEVER = Words("未报送", "never")
GENERAL: Style = {**look.AMOUNT, "num_format": "General"}
_YES_NO: Style = {**look.CENTRED, "num_format": '[=1]"是";[=0]"否";General'}
_YES_NO_EN: Style = {**look.CENTRED, "num_format": '[=1]"yes";[=0]"no";General'}


def value_type(indicator: Indicator) -> FieldType | None:
    """The type of an indicator's value; None if its rule reads fields and there is no value."""
    if indicator.value is None:
        return None
    single = value_field(indicator)
    if single is not None:
        return single.type
    if indicator.value.is_condition:
        return FieldType.YES_NO
    return FieldType.SHARE if indicator.is_share else FieldType.AMOUNT


def style_of(kind: FieldType | None, lang: Language) -> Style:
    """The look of a cell with an answer or value of this type."""
    match kind:
        case FieldType.SHARE:
            return look.PERCENT
        case FieldType.COUNT:
            return look.WHOLE
        case FieldType.DATE:
            return look.DATE
        case FieldType.YES_NO:
            return _YES_NO if lang is Language.ZH else _YES_NO_EN
        case FieldType.AMOUNT:
            return GENERAL
        case _:
            return look.CENTRED


def content_of(number: float, field: Field | None) -> Content:
    """The content of a number's cell: the number, the word of a choice, 未报送 for a date that never came.

    ``field``: the field it answers, or the only field of a value.
    """
    if math.isnan(number):
        return None
    if field is not None and field.type is FieldType.CHOICE:
        return field.choices[int(number)]
    if math.isinf(number):
        return (field.never if field is not None else "") or NEVER
    return number


def value_field(indicator: Indicator) -> Field | None:
    """The only field of the value, if it is one field without arithmetic."""
    if indicator.value is None:
        return None
    return next((field for field in indicator.fields if field.code == indicator.value.text.strip()), None)


def answer_content(field: Field, answer: Answer | None, number: float) -> Content:
    """One unit's answer, or in words why none counts."""
    if answer is None or answer.state is not AnswerState.GIVEN:
        return answer_phrase(field, answer)
    return answer.value if isinstance(answer.value, str) else content_of(number, field)

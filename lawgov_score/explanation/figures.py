"""One unit's figures at one indicator in words: answers, value, and their cells."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lawgov_score.explanation.references import (
    figure_of,
    named,
    previous_figure,
    quote,
    referred,
    shown,
    within,
)
from lawgov_score.explanation.signing import marked_by
from lawgov_score.model import Answer, AnswerState, Group, Indicator, Mark, Node, Scores, Status, Tree, field_key
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.phrases import value_figure
from lawgov_score.wording import Phrase, Quantity, Words

STATUS = {
    Status.SCORED: Words("已计分", "scored"),
    Status.MISSING: Words("未填报", "missing"),
    Status.NOT_APPLICABLE: Words("不适用", "not applicable"),
    Status.NOT_REVIEWED: Words("待审核", "not reviewed"),
    Status.INVALID: Words("填报有误", "invalid"),
}
_NOT_WORKED_OUT = Words("无法计算", "cannot be worked out")


def state(node: Node, status: Status) -> Words:
    """A status in words; INVALID of a group means that its parts cannot be combined, not a wrong answer."""
    is_group = isinstance(node, Group)
    return _NOT_WORKED_OUT if is_group and status is Status.INVALID else STATUS[status]


def quoted(indicator: Indicator, codes: tuple[str, ...], tree: Tree | None = None) -> tuple[Phrase, ...]:
    """Names of fields by code, in quotation marks; references in words."""
    return tuple(named(indicator, code, tree) for code in codes)


def answers_of(scores: Scores, row: int, indicator: Indicator) -> tuple[tuple[Field, Answer | None], ...]:
    """Each field with the answer of the unit, or of the office on its behalf; None if there is none.

    A blank that the unit need not fill in is NOT_NEEDED.
    """
    submission = scores.submissions[row]
    own: Mapping[str, Answer] = submission.answers if submission is not None else {}
    office = scores.review.answers.get(scores.units[row].code, {})
    keys = [field_key(indicator, asked) for asked in indicator.fields]
    answers = [office[key] if key in office else own.get(key) for key in keys]
    for i, asked in enumerate(indicator.fields):
        answer = answers[i]
        if answer is not None and answer.state is AnswerState.MISSING and scores.is_spared(row, indicator, asked):
            answers[i] = replace(answer, state=AnswerState.NOT_NEEDED)
    return tuple(zip(indicator.fields, answers, strict=True))


def marks_of(scores: Scores, row: int, indicator: Indicator) -> tuple[Mark, ...]:
    """The reviewers' marks for the unit at a judged indicator, in the order of the office's files."""
    return scores.marks_of.get((scores.units[row].code, indicator.code), ())


def cells_of(scores: Scores, row: int, indicator: Indicator) -> tuple[CellPlace, ...]:
    """The cells of the unit's and of the office's workbooks that the indicator's score depends on."""
    given = tuple(answer.place for _, answer in answers_of(scores, row, indicator) if answer is not None)
    return given + tuple(mark.place for mark in marks_of(scores, row, indicator))


def answer_phrase(asked: Field, answer: Answer | None) -> Phrase:
    """One answer in words: 24 件, 83.33%, 2021年4月7日, 是, 未填报."""
    if answer is None or answer.state is AnswerState.MISSING:
        return Phrase(STATUS[Status.MISSING])
    if answer.state is AnswerState.NOT_NEEDED:
        return Phrase(_NOT_NEEDED)
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


_NOT_NEEDED = Words("无需填报", "not needed")
_TEXT = Words("{text}", "{text}")
_DATE = Words("{day:date}", "{day:date}")
_NONE = Words("无记录", "none on record")
_LAST_YEAR = Words("上年{name} {figure}", "last edition's {name} {figure}")
_MARK = Words("{reviewer}评 {mark:points} 分（{reason}）", "{reviewer}: {mark:points} ({reason})")
_BARE_MARK = Words("{reviewer}评 {mark:points} 分", "{reviewer}: {mark:points}")
_NAMED = Words("{name} {answer}", "{name} {answer}")


def value_phrase(scores: Scores, row: int, indicator: Indicator) -> Phrase | None:
    """The indicator's value in words; None if it has none."""
    value = scores.value_at(row, indicator.code)
    if np.isnan(value):
        return None
    alone = next((f for f in indicator.fields if indicator.value and f.code == indicator.value.text), None)
    if alone is not None:
        return answer_phrase(alone, Answer(AnswerState.GIVEN, value, CellPlace("")))
    return value_figure(value, indicator.terms.value, indicator.rule.quantities)


def working(scores: Scores, row: int, indicator_code: str) -> Phrase:
    """The inputs in words: every answered field by name, then the value."""
    scores = scores.of_unit(row)
    indicator = scores.tree.by_code[indicator_code]
    assert isinstance(indicator, Indicator)
    parts = [
        _NAMED(name=asked.name, answer=answer_phrase(asked, answer))
        for asked, answer in answers_of(scores, row, indicator)
        if not (asked.substitute and (answer is None or answer.state is AnswerState.MISSING))
    ]
    for name in referred(indicator):
        number = figure_of(scores, row, indicator, name)
        text: object = _NONE() if np.isnan(number) else shown(indicator, name, number)
        parts.append(_NAMED(name=named(indicator, name, scores.tree), answer=text))
    previous = previous_phrase(scores, row, indicator)
    if previous is not None and "previous.value" not in referred(indicator):
        parts.append(previous)
    parts += [
        _MARK(reviewer=marked_by(scores.tree, mark.reviewer, i), mark=mark.mark, reason=within(mark.reason))
        if mark.reason
        else _BARE_MARK(reviewer=marked_by(scores.tree, mark.reviewer, i), mark=mark.mark)
        for i, mark in enumerate(marks_of(scores, row, indicator))
    ]
    value = value_phrase(scores, row, indicator)
    if value is not None and (len(indicator.fields) > 1 or referred(indicator)):
        parts.append(Words("{name} = {value}", "{name} = {value}")(name=indicator.terms.value.name, value=value))
    return _TEXT(text=tuple(parts))


def previous_phrase(scores: Scores, row: int, indicator: Indicator) -> Phrase | None:
    """Last edition's value beside this one's, if the rule compares the two; otherwise None."""
    if indicator.rule.KIND != "improvement":
        return None
    number = previous_figure(scores, row, indicator)
    known: object = _NONE() if np.isnan(number) else shown(indicator, "previous.value", number)
    return _LAST_YEAR(name=quote(indicator.terms.value.name), figure=known)

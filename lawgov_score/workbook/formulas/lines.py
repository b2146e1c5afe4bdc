"""The figures one indicator depends on, line by line, as on a unit's card: answers, last edition's figures, marks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation import reasons
from lawgov_score.explanation import references as references_words
from lawgov_score.explanation.signing import marked_by
from lawgov_score.model import Answer, AnswerState, Indicator, Scores, Status, Why
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import figures, look
from lawgov_score.workbook.writing.look import Style
from lawgov_score.workbook.writing.page import Content

MARK = "mark:"  # begins the name of a reviewer's mark
_LAST = Words("上年指标值", "Last edition's value")
_MARK = Words("{reviewer}评分", "Mark of {reviewer}")
_POINTS = Words("分", "points")
NONE = Words("无记录", "none on record")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its label and its source; ``name`` is its name in expressions, ``shared`` its key if shared."""

    name: str
    label: Text
    content: Content
    style: Style
    measured_in: Text = ""
    place: CellPlace | None = None
    is_open: bool = False  # may the unit try another figure here?
    shared: str = ""


def lines_of(scores: Scores, member: int, indicator: Indicator, lang: Language) -> list[Line]:
    """The fields asked (without a substitute rate that was not needed), then references, then marks."""
    if not scores.tree.is_applicable(indicator, scores.units[member].type):
        return []
    lines = [
        _answer(field, answer, lang)
        for field, answer in figures_words.answers_of(scores, member, indicator)
        if not field.substitute or (answer is not None and answer.value is not None)
    ]
    for name in references_of(indicator):
        number = references_words.figure_of(scores, member, indicator, name)
        label = _LAST if name == "previous.value" else references_words.named(indicator, name, scores.tree)
        is_share = references_words.is_share_name(indicator, name)
        style = look.PERCENT if is_share else figures.GENERAL
        content: Content = NONE if math.isnan(number) else number
        lines.append(Line(name, label, content, look.CENTRED if math.isnan(number) else style))
    for i, mark in enumerate(figures_words.marks_of(scores, member, indicator)):
        label = _MARK(reviewer=marked_by(scores.tree, mark.reviewer, i))
        lines.append(Line(f"{MARK}{i}", label, mark.mark, figures.GENERAL, _POINTS, mark.place))
    return lines


def references_of(indicator: Indicator) -> tuple[str, ...]:
    """The references of its expressions, and last edition's value if its rule compares with it."""
    names = references_words.referred(indicator)
    if Need.PREVIOUS in indicator.rule.NEEDS and "previous.value" not in names:
        names = (*names, "previous.value")
    return names


def _answer(field: Field, answer: Answer | None, lang: Language) -> Line:
    if field.asked_at and answer is not None and answer.state is AnswerState.NOT_NEEDED:
        answer = replace(answer, state=AnswerState.MISSING)  # the same wherever it is read: another may need it
    given = float(answer.value) if answer is not None and isinstance(answer.value, (int, float)) else math.nan
    content = figures.answer_content(field, answer, given)
    style = figures.style_of(field.type, lang) if isinstance(content, (int, float)) else look.CENTRED
    measured_in = field.measured_in
    place = answer.place if answer is not None else None
    is_open = field.type is not FieldType.TEXT
    shared = f"{field.asked_at}.{field.code}" if field.asked_at else ""
    return Line(field.code, field.name, content, style, measured_in, place, is_open, shared)


def is_live(scores: Scores, member: int, indicator: Indicator, status: Status, is_compared: bool) -> bool:
    """May the figures on the card determine the score? Not if a person or a policy did.

    ``is_compared``: are the figures of the other units on the card?
    """
    if math.isnan(scores.total[member]) and scores.tree.aggregation.way.value != "none":
        return False
    if reasons.change_of(scores, member, indicator) is not None:
        return False
    if any(veto.node_zero == indicator.code for veto in scores.tree.vetoes):
        return False
    if scores.replaced(member, indicator.code) in {Why.TYPE, Why.CLAIM}:
        return is_compared  # a cohort's mean may be a formula; nothing else on the card decides
    references = references_of(indicator)
    if any(name.startswith("cohort_") for name in references) and not is_compared:
        return False
    if any(
        name.startswith("previous.") and math.isnan(references_words.figure_of(scores, member, indicator, name))
        for name in references
    ):
        return False
    if status is not Status.NOT_APPLICABLE:
        return True
    if not scores.tree.is_applicable(indicator, scores.units[member].type):
        return False
    by_zero = bool(scores.by_zero[member, scores.indicator_column[indicator.code]])
    # Or what was chosen says so: then everything is answered, and nothing was claimed.
    given = figures_words.answers_of(scores, member, indicator)
    return by_zero or all(answer is not None and answer.state is AnswerState.GIVEN for _, answer in given)


def marks_range(cells: Mapping[str, str]) -> str:
    """The range of the reviewers' marks, one below the other; empty if there are none."""
    marks = [cell for name, cell in cells.items() if name.startswith(MARK)]
    if not marks:
        return ""
    return marks[0] if len(marks) == 1 else f"{marks[0]}:{marks[-1]}"

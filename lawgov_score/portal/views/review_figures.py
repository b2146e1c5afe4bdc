"""评定: the fields of 考核机关填报项 on the page of an indicator, and what was typed there as edits of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lawgov_score.model import Indicator
from lawgov_score.portal.by_hand import Result
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted
from lawgov_score.rounds.by_hand import Edit, HandBook, form_by
from lawgov_score.rounds.reviewing import Line, figures_in_workbooks
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.office import ANSWERS, Form, office_questions

_YES_NO = (Words("是", "yes"), Words("否", "no"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one unit. ``locked``: the workbook that has the figure already, '' for none."""

    question: Question
    name: str
    value: str
    choices: tuple[tuple[str, Text], ...] = ()  # what is entered, and what it is called
    locked: str = ""


def figures_form(scheme: Scheme) -> Form:
    """The form of all figures that the office fills in."""
    return form_by(ANSWERS.key, scheme.tree)


def questions_at(scheme: Scheme, indicator: Indicator) -> tuple[Question, ...]:
    """The office's own fields of an indicator; none where it is judged: its page has the marks."""
    if indicator.is_judged:
        return ()
    return tuple(one for one in office_questions(scheme.tree) if one.indicator.code == indicator.code)


def cells_of(
    desk: Desk,
    questions: Sequence[Question],
    lines: Sequence[Line],
    book: HandBook,
    pks: Mapping[str, int],
    result: Result,
) -> Mapping[str, tuple[Cell, ...]]:
    """The fields of each unit, by its code."""
    if not questions:
        return {}
    own, was = ({row["unit"]: row for row in rows} for rows in (book.rows, result.shown))
    elsewhere = figures_in_workbooks(desk.round, questions[0].indicator.code)

    def cells(unit: str) -> Iterator[Cell]:
        names = {one.key: _name(pks[unit], one) for one in questions}
        values = result.row(names, own.get(unit, {}), was.get(unit, {}))
        for one in questions:
            locked = elsewhere.get((unit, one.field.code), "")
            yield Cell(one, names[one.key], values[one.key], _choices(one), locked)

    return {line.unit.code: tuple(cells(line.unit.code)) for line in lines}


def figure_names(questions: Sequence[Question], lines: Sequence[Line], pks: Mapping[str, int]) -> frozenset[str]:
    """The names of all fields of these units."""
    return frozenset(_name(pks[line.unit.code], one) for line in lines for one in questions)


def edits_of(
    posted: Posted, questions: Sequence[Question], lines: Sequence[Line], book: HandBook, pks: Mapping[str, int]
) -> list[Edit]:
    """What differs from the workbook by hand; a row of which nothing is left goes. What was not shown stays."""
    at = {row["unit"]: i for i, row in enumerate(book.rows)}
    edits = []
    for line in lines:
        unit = line.unit.code
        names = {one.key: _name(pks[unit], one) for one in questions}
        typed = {key: posted.text(name) for key, name in names.items() if name in posted.request.POST}
        known = at.get(unit, -1)
        before = book.rows[known] if known >= 0 else {}
        if all(before.get(key, "") == text for key, text in typed.items()):
            continue
        row = {**before, **typed, "unit": unit}
        is_left = any(text for key, text in row.items() if key != "unit")
        edits.append(Edit(row if is_left else None, known))
    return edits


def _name(pk: int, question: Question) -> str:
    return f"figure-{pk}-{question.field.code}"


def _choices(question: Question) -> tuple[tuple[str, Text], ...]:
    match question.field.type:
        case FieldType.YES_NO:
            return tuple((one.zh, one) for one in _YES_NO)
        case FieldType.CHOICE:
            return tuple((one, one) for one in question.field.choices)
    return ()

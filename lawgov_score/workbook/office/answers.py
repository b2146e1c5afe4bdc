"""Rows of 考核机关填报项 → the answers that the office gives for units, checked cell by cell like a unit's own."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.likeness import to_fill
from lawgov_score.model import Answer
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.office import ANSWERS, office_questions
from lawgov_score.workbook.office.known import Known
from lawgov_score.workbook.office.rows import NO_HEADING, Line, OfficeSheet, columns_in_use
from lawgov_score.workbook.office.versions import Versions
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.opened import Rows
from lawgov_score.workbook.plain_texts import first_filled, plain
from lawgov_score.workbook.submission.answers import doubted
from lawgov_score.workbook.submission.contradictions import check_contradictions
from lawgov_score.workbook.submission.values import read_cell

Answers = dict[str, dict[str, Answer]]  # unit -> field key

_BY_UNITS = Words("{found}（该项由单位自己填报）", "{found} (units answer that themselves)")


@dataclass(frozen=True, slots=True)
class Found:
    """Position of a table of answers: the row with the fields' codes, the columns of units and of each field."""

    heading_row: int
    unit: int
    questions: Mapping[int, Question]


def find_answers(rows: Rows, known: Known) -> Found | None:
    """The first row that holds a code of the office's fields and has a column of units."""
    wanted = {plain(question.key): question for question in office_questions(known.tree)}
    for i, row in first_filled(rows):
        named = {at: wanted[text] for at, text in enumerate(map(_plain, row)) if text in wanted}
        if not named:
            continue
        for above in range(i, max(i - 3, -1), -1):  # the heading of the units may be merged over three rows
            for at, cell in enumerate(rows[above]):
                if at not in named and isinstance(cell, str) and ANSWERS.named(cell) is not None:
                    return Found(i, at, named)
    return None


def _plain(cell: object) -> str:
    return plain(cell) if isinstance(cell, str) else ""


def check_columns(sheet: OfficeSheet, headings: Found, known: Known) -> Iterator[Problem]:
    """Problems of columns whose heading is no field of the office, and of figures without a heading."""
    wanted = {question.key for question in headings.questions.values()}
    keys = [question.key for question in office_questions(known.tree)]
    used = dict(columns_in_use(sheet))
    heading = sheet.rows[headings.heading_row]
    for at in range(max(len(heading), *(i + 1 for i in used), 0)):
        text = _plain(heading[at]) if at < len(heading) else ""
        if at == headings.unit or at in sheet.twins.get("unit", ()) or at in headings.questions:
            continue
        if not text and at not in used:
            continue
        figures = {
            "column": text or NO_HEADING,
            "example": keys[0],
            "found": _BY_UNITS(found=text) if text in known.layout.by_key else text or NO_HEADING,
            "nearest": to_fill(text, [key for key in keys if key not in wanted]),
        }
        place = CellPlace(sheet.path, sheet.name, address(headings.heading_row, at))
        first = (CellPlace(sheet.path, sheet.name, used[at]),) if at in used and not text else ()
        yield Problem(Code.S117, place, figures, first)


def read_answer_row(line: Line, questions: Mapping[int, Question], answers: Answers, versions: Versions) -> None:
    """Adds the answers of one row to ``answers``; a field answered twice with different values counts as neither."""
    unit = line.unit()
    if unit is None:
        return
    own = answers.setdefault(unit.code, {})
    tree = line.known.tree
    for at, question in questions.items():
        row = line.sheet.rows[line.row]
        cell = row[at] if at < len(row) else ""
        place = CellPlace(line.sheet.path, line.sheet.name, address(line.row, at))
        doubt = line.sheet.doubtful.get(place.cell)
        indicator = question.indicator
        if not tree.is_applicable(indicator, unit.type):
            if cell_text(cell) or doubt:
                figures = {"code": indicator.code, "indicator": indicator.title, "unit": unit.name}
                line.problems.append(Problem(Code.A218, place, {**figures, "found": cell_text(cell)}))
            continue
        if doubt is not None:
            reading, printed = doubted(doubt, question), doubt.printed or cell_text(cell)
        else:
            reading = read_cell(cell, question.field, indicator.may_not_apply, line.sheet.day_shift)
            printed = cell_text(cell)
        if reading.code is not None:
            line.problems.append(Problem(reading.code, place, reading.figures))
        answer = Answer(reading.state, reading.value, place, printed)
        before = own.get(question.key)
        own[question.key] = answer if before is None else versions.answer(before, answer, question, line.problems)


def check_answers(answers: Mapping[str, MutableMapping[str, Answer]], known: Known) -> Iterator[Problem]:
    """Checks of fields that bound one another, and of rates beside their counts."""
    for own in answers.values():
        yield from check_contradictions(own, known.layout)

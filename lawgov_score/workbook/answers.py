"""Rows of a fill-in sheet → answers, matched by key or by printed code and name, never by position."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.workbook.cells import Cell, Reading, cell_text, read_cell
from lawgov_score.workbook.contradictions import check_contradictions
from lawgov_score.workbook.editions import Edition
from lawgov_score.workbook.fill_headings import FillSheet
from lawgov_score.workbook.layout import NAME_LINE, Column, Layout, Question, letters
from lawgov_score.workbook.opened import Doubtful


def read_answers(
    sheets: Sequence[FillSheet], layout: Layout, asked: Sequence[Question], edition: Edition
) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers by key, one for each question ``asked``, and what is wrong with them. ``sheets`` is not empty.

    ``edition``: how the workbook's own compares; answers to questions that have changed are not taken.
    """
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    keys = {question.key for question in asked}
    for sheet in sheets:
        _read_sheet(sheet, layout, keys, edition, answers, problems)
    _check_rows(sheets[0], asked, edition, answers, problems)
    problems += check_contradictions(answers, layout)
    return answers, problems


def _read_sheet(
    sheet: FillSheet,
    layout: Layout,
    asked: Collection[str],
    edition: Edition,
    answers: dict[str, Answer],
    problems: list[Problem],
) -> None:
    column = sheet.columns
    at_value, at_key = column[Column.VALUE], column.get(Column.KEY)
    at_code, at_field = column.get(Column.CODE), column.get(Column.FIELD)
    at_evidence, at_note = column.get(Column.EVIDENCE), column.get(Column.NOTE)
    letter, by_key, heading = letters(at_value), layout.by_key, cell_text(sheet.rows[sheet.first - 1][at_value])
    for i in range(sheet.first, len(sheet.rows)):
        row = sheet.rows[i]
        cell = row[at_value]
        code = "" if at_code is None else row[at_code]
        name = "" if at_field is None else row[at_field]
        question = None if at_key is None else by_key.get(row[at_key])  # type: ignore[arg-type]  # a number is no key
        if question is None or code != question.indicator.code or name != question.field.name:
            # What people saw beside their answer counts for more than a hidden key that was sorted away from it.
            # Where no stamp says of which tree the workbook is, a key may be another's where the print says otherwise.
            by_key_alone = question if edition.is_stamped or not cell_text(name) else None
            question = layout.named(cell_text(code), cell_text(name)) or by_key_alone
        where = f"{letter}{i + 1}"
        doubt = sheet.doubtful.get(where)
        if question is None or question.key not in asked:
            if at_key is not None and str(row[at_key]).endswith(NAME_LINE):
                continue  # what a unit calls its window: kept for people
            if (cell != "" or doubt) and cell_text(cell) != heading:  # which may stand on every page
                problems.append(
                    Problem(Code.S212, sheet.place(i, Column.VALUE), {"found": _row_text(code, name, cell)})
                )
            continue
        indicator = question.indicator
        place = CellPlace(sheet.path, sheet.name, where)
        if i in sheet.merged:
            figures: dict[str, object] = {"field": question.field.name, "found": sheet.merged[i]}
            reading = Reading(AnswerState.INVALID, None, Code.S220, figures)
        elif doubt is not None:
            reading = doubted(doubt, question)
        else:
            reading = read_cell(cell, question.field, indicator.may_not_apply, sheet.day_shift)
        row_key = "" if at_key is None else row[at_key]
        if reading.state is not AnswerState.MISSING and not edition.takes(question, row_key):
            reading = Reading(
                AnswerState.INVALID, None, Code.S230, {"field": question.field.name, "found": cell_text(cell)}
            )
        if reading.code is not None:
            problems.append(Problem(reading.code, place, reading.figures))
        answer = Answer(
            reading.state,
            reading.value,
            place,
            cell_text(cell) if doubt is None else doubt.printed or cell_text(cell),
            None if at_evidence is None else cell_text(row[at_evidence]),
            "" if at_note is None else cell_text(row[at_note]),
        )
        before = answers.get(question.key)
        answers[question.key] = answer if before is None else one_of(before, answer, question, problems)


def _row_text(code: Cell, name: Cell, cell: Cell) -> str:
    return " ".join(filter(None, (cell_text(code), cell_text(name), cell_text(cell))))


def doubted(doubt: Doubtful, question: Question) -> Reading:
    """A cell that is not what it reads as: an error value, a formula without a result, two ways to read it."""
    code, found = doubt.said
    return Reading(AnswerState.INVALID, None, code, {"field": question.field.name, "found": found})


def one_of(before: Answer, answer: Answer, question: Question, problems: list[Problem]) -> Answer:
    """Of two rows for one field the one that is filled in; where both are and differ, neither counts.

    Evidence and remarks of either row belong to it.
    """
    evidence, note = before.evidence or answer.evidence, before.note or answer.note
    if answer.state is AnswerState.MISSING or (answer.state, answer.value) == (before.state, before.value):
        return replace(before, evidence=evidence, note=note)
    if before.state is AnswerState.MISSING:
        return replace(answer, evidence=evidence, note=note)
    figures = {"field": question.field.name, "found": answer.printed, "other": before.printed}
    problems.append(Problem(Code.S211, answer.place, figures, (before.place,)))
    return replace(before, state=AnswerState.INVALID, value=None, evidence=evidence, note=note)


def _check_rows(
    sheet: FillSheet,
    asked: Sequence[Question],
    edition: Edition,
    answers: dict[str, Answer],
    problems: list[Problem],
) -> None:
    """Rows that are gone, claims without a reason, answers without evidence."""
    evident = {key.rpartition(".")[0] for key, answer in answers.items() if answer.evidence}
    reasoned = {key.rpartition(".")[0] for key, answer in answers.items() if answer.note}
    at_evidence = sheet.columns.get(Column.EVIDENCE)
    for question in asked:
        key, indicator = question.key, question.indicator
        answer = answers.get(key)
        if answer is None:
            answers[key] = Answer(AnswerState.MISSING, None, CellPlace(sheet.path, sheet.name))
            if key not in edition.new:  # what its edition did not ask is listed with the edition
                figures = {"code": indicator.code, "field": question.field.name, "key": key}
                problems.append(Problem(Code.S213, CellPlace(sheet.path, sheet.name), figures))
        elif answer.state is AnswerState.CLAIMED_NOT_APPLICABLE:
            if indicator.code not in reasoned:
                figures = {"field": question.field.name, "found": answer.printed}
                problems.append(Problem(Code.S210, answer.place, figures))
                answers[key] = replace(answer, state=AnswerState.INVALID)
        elif answer.state is AnswerState.GIVEN and indicator.evidence and indicator.code not in evident:
            evident.add(indicator.code)  # say so once an indicator
            place = answer.place
            if at_evidence is not None:
                row = "".join(c for c in place.cell if c.isdigit())
                place = CellPlace(place.path, place.sheet, letters(at_evidence) + row)
            named = {"code": indicator.code, "indicator": indicator.title, "expected": indicator.evidence}
            problems.append(Problem(Code.S217, place, named))

"""A table with one row a unit → submissions: column ``unit``, then ``<indicator code>.<field>`` for each field.

A table has no column for remarks or evidence, so a claim of 不适用 needs no reason there and no evidence is missed.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Submission, Tree
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.answers import doubted
from lawgov_score.workbook.cells import cell_text, read_cell
from lawgov_score.workbook.contradictions import check_contradictions
from lawgov_score.workbook.grid import UNIT, Grid, about_units, read_grid
from lawgov_score.workbook.layout import Layout, Question, layout_of, letters, plain
from lawgov_score.workbook.roster import read_unit, unit_columns

_A_UNIT_COLUMN = Words("一栏 unit（或 单位编码）", "a column unit")
_NEAREST = Words("（是否想写 {nearest}？）", " (did you mean {nearest}?)")
_TWICE = Words("{found}（该填报项已有一栏）", "{found} (there is a column for that field already)")


def read_table(path: Path, tree: Tree) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The submissions in the table at ``path``, one a row in its order, and what is wrong with it."""
    grid, problems = read_grid(path)
    if grid is None:
        return (), problems
    submissions, found = submissions_of(grid, layout_of(tree))
    return submissions, (*problems, *found)


def submissions_of(grid: Grid, layout: Layout) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The same from a table that has been read already."""
    if not grid.has_units:
        figures = {"heading": UNIT, "expected": _A_UNIT_COLUMN, "found": tuple(h for h in grid.headings if h)}
        return (), (Problem(Code.S121, CellPlace(grid.path, grid.sheet), figures),)
    questions, problems = _columns(grid, layout)
    columns = unit_columns(grid.headings)
    submissions = []
    for i in range(grid.heading_row + 1, len(grid.rows)):
        if not any(cell_text(cell) for cell in grid.rows[i]):
            continue
        unit, found = read_unit(grid, i, columns, layout.tree)
        problems += found
        if unit is None:
            continue
        answers = _row_answers(grid, i, questions, layout, problems)
        problems += check_contradictions(answers, layout)
        submissions.append(Submission(unit, grid.path, answers, grid.fingerprint))
    return tuple(submissions), tuple(problems)


def asks_something(grid: Grid, layout: Layout) -> bool:
    """Does any column name a field of the tree? A roster has none."""
    named = _single_fields(layout)
    return any(plain(heading) in named for heading in grid.headings)


def _single_fields(layout: Layout) -> Mapping[str, Question]:
    """Questions by every name a column may have: the key, or the indicator's code where it asks one field."""
    alone = {q.indicator.code: q for q in layout.questions if len(q.indicator.fields) == 1}
    return {**alone, **layout.by_key}


def _columns(grid: Grid, layout: Layout) -> tuple[dict[int, Question], list[Problem]]:
    """The question of each column, and the headings that no field has."""
    named = _single_fields(layout)
    example = next(iter(layout.by_key), "01-1.x")
    columns: dict[int, Question] = {}
    problems = []
    seen: set[str] = set()
    for i, heading in enumerate(grid.headings):
        if not heading or about_units(heading):
            continue
        question = named.get(plain(heading))
        if question is not None and question.key not in seen:
            columns[i] = question
            seen.add(question.key)
            continue
        found: Phrase | str = heading if question is None else _TWICE(found=heading)
        close = get_close_matches(plain(heading), named, n=1, cutoff=0.6) if question is None else []
        hint = _NEAREST(nearest=close[0]) if close else ""
        figures = {"column": heading, "example": example, "found": found, "nearest": hint}
        problems.append(Problem(Code.S117, grid.place(grid.heading_row, i), figures))
    return columns, problems


def _row_answers(
    grid: Grid, i: int, questions: Mapping[int, Question], layout: Layout, problems: list[Problem]
) -> dict[str, Answer]:
    """One row's answers; a field without a column of its own is missing."""
    row, number = grid.rows[i], str(i + 1)
    answers: dict[str, Answer] = {}
    for column, question in questions.items():
        cell = row[column] if column < len(row) else ""
        place = CellPlace(grid.path, grid.sheet, letters(column) + number)
        doubt = grid.doubtful.get(place.cell) if cell == "" else None
        if doubt is not None:
            reading, printed = doubted(doubt, question), doubt.error or doubt.formula
        else:
            reading = read_cell(cell, question.field, may_not_apply=question.indicator.may_not_apply)
            printed = cell_text(cell)
        if reading.code is not None:
            problems.append(Problem(reading.code, place, reading.figures))
        answers[question.key] = Answer(reading.state, reading.value, place, printed)
    for question in layout.questions:
        if question.key not in answers:
            answers[question.key] = Answer(AnswerState.MISSING, None, CellPlace(grid.path, grid.sheet))
    return answers

"""A table with one row a unit → submissions: column ``unit``, then ``<indicator code>.<field>`` for each field.

A table has no column for remarks or evidence, so a claim of 不适用 needs no reason there and no evidence is missed.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Answer, AnswerState, Submission, Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.answers import doubted
from lawgov_score.workbook.cells import cell_text, read_cell
from lawgov_score.workbook.contradictions import check_contradictions
from lawgov_score.workbook.grid import NAME, UNIT, Grid, about_units, read_grid
from lawgov_score.workbook.layout import Layout, Question, layout_of, letters, plain
from lawgov_score.workbook.roster import read_unit, unit_columns

_A_UNIT_COLUMN = Words("一栏 unit（或 单位编码）", "a column unit")
_BLANK_HEADING = Words("无栏名", "no heading")
_NO_MORE = Words(
    "{most} 栏右侧没有内容（数中的逗号会把后面的格都挤错位）",
    "nothing beyond column {most} (a comma in a number moves the cells after it)",
)
_NEAREST = Words("（是否想写 {nearest}？）", " (did you mean {nearest}?)")


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
    repeated = tuple(grid.repeated())
    if repeated:
        return (), repeated
    questions, contested, problems = _columns(grid, layout)
    columns = unit_columns(grid.headings)
    submissions = []
    filled = [i for i in range(grid.heading_row + 1, len(grid.rows)) if any(map(cell_text, grid.rows[i]))]
    if not filled:
        problems.append(Problem(Code.S137, CellPlace(grid.path, grid.sheet)))
    for i in filled:
        beyond = _beyond_the_headings(grid, i)
        if beyond is not None:
            problems.append(beyond)
            continue
        unit, found = read_unit(grid, i, columns, layout.tree)
        problems += found
        if unit is None:
            continue
        answers = _row_answers(grid, i, questions, layout, problems)
        for column, question in contested.items():
            answers[question.key] = _contested(grid, i, column)
        problems += check_contradictions(answers, layout)
        submissions.append(Submission(unit, grid.path, answers, grid.fingerprint, own_file=False))
    return tuple(submissions), tuple(problems)


def _beyond_the_headings(grid: Grid, i: int) -> Problem | None:
    """A row of more cells than there are headings: one of them is too many, and everything after it has moved."""
    width = max((j + 1 for j, heading in enumerate(grid.headings) if heading), default=0)
    for j in range(width, len(grid.rows[i])):
        text = cell_text(grid.rows[i][j])
        if text:
            figures = {"heading": _BLANK_HEADING, "expected": _NO_MORE(most=letters(width - 1)), "found": text}
            return Problem(Code.S125, grid.place(i, j), figures)
    return None


def place_of_unit(grid: Grid, submission: Submission) -> CellPlace:
    """The cell with the unit's code in its row; the whole table where it asks nothing and has no row to go by."""
    column = unit_columns(grid.headings)[UNIT]
    cells = (answer.place.cell for answer in submission.answers.values() if answer.place.cell)
    row = "".join(c for c in next(cells, "") if c.isdigit())
    return CellPlace(grid.path, grid.sheet, letters(column) + row if row else "")


def lost_units(grid: Grid, submissions: Sequence[Submission]) -> tuple[tuple[Unit, CellPlace], ...]:
    """Units of the table whose rows could not be used, each with the cell of its code."""
    columns = unit_columns(grid.headings)
    used = {submission.unit.code for submission in submissions}
    lost = []
    for i in range(grid.heading_row + 1, len(grid.rows)):
        row = grid.rows[i]
        said = {about: cell_text(row[column]) if column < len(row) else "" for about, column in columns.items()}
        code = said.get(UNIT, "")
        if code and code not in used:
            lost.append((Unit(code, said.get(NAME) or code), grid.place(i, columns[UNIT])))
    return tuple(lost)


def asks_something(grid: Grid, layout: Layout) -> bool:
    """Does any column name a field of the tree? A roster has none."""
    named = _single_fields(layout)
    return any(plain(heading) in named for heading in grid.headings)


def _single_fields(layout: Layout) -> Mapping[str, Question]:
    """Questions by every name a column may have: the key, or the indicator's code where it asks one field."""
    alone = {q.indicator.code: q for q in layout.questions if len(q.indicator.fields) == 1}
    return {**alone, **layout.by_key}


def _columns(grid: Grid, layout: Layout) -> tuple[dict[int, Question], dict[int, Question], list[Problem]]:
    """The question of each column, those that two columns claim (by the first), and what is wrong with the headings."""
    named = _single_fields(layout)
    example = next(iter(layout.by_key), "01-1.x")
    columns: dict[int, Question] = {}
    contested: dict[int, Question] = {}
    problems = []
    seen: dict[str, int] = {}
    for i, heading in enumerate(grid.headings):
        if not heading and any(cell_text(row[i]) for row in grid.rows[grid.heading_row + 1 :] if i < len(row)):
            figures = {"column": letters(i), "example": example, "found": _BLANK_HEADING, "nearest": ""}
            problems.append(Problem(Code.S117, grid.place(grid.heading_row, i), figures))
        if not heading or about_units(heading):
            continue
        question = named.get(plain(heading))
        if question is None:
            close = get_close_matches(plain(heading), named, n=1, cutoff=0.6)
            hint = _NEAREST(nearest=close[0]) if close else ""
            figures = {"column": heading, "example": example, "found": heading, "nearest": hint}
            problems.append(Problem(Code.S117, grid.place(grid.heading_row, i), figures))
        elif question.key in seen:
            first = seen[question.key]
            columns.pop(first, None)
            contested[first] = question
            problems.append(grid.twice(question.key, first, i))
        else:
            columns[i] = question
            seen[question.key] = i
    return columns, contested, problems


def _contested(grid: Grid, i: int, column: int) -> Answer:
    """The answer to a question that has two columns: none that counts."""
    row = grid.rows[i]
    printed = cell_text(row[column]) if column < len(row) else ""
    return Answer(AnswerState.INVALID, None, grid.place(i, column), printed)


def _row_answers(
    grid: Grid, i: int, questions: Mapping[int, Question], layout: Layout, problems: list[Problem]
) -> dict[str, Answer]:
    """One row's answers; a field without a column of its own is missing."""
    row, number = grid.rows[i], str(i + 1)
    answers: dict[str, Answer] = {}
    for column, question in questions.items():
        cell = row[column] if column < len(row) else ""
        place = CellPlace(grid.path, grid.sheet, letters(column) + number)
        doubt = grid.doubtful.get(place.cell)
        if doubt is not None:
            reading, printed = doubted(doubt, question), doubt.printed or cell_text(cell)
        else:
            reading = read_cell(cell, question.field, question.indicator.may_not_apply, grid.day_shift)
            printed = cell_text(cell)
        if reading.code is not None:
            problems.append(Problem(reading.code, place, reading.figures))
        answers[question.key] = Answer(reading.state, reading.value, place, printed)
    for question in layout.questions:
        if question.key not in answers:
            answers[question.key] = Answer(AnswerState.MISSING, None, CellPlace(grid.path, grid.sheet))
    return answers

"""Reads a table with one row per unit → submissions: column ``unit``, then one ``<indicator code>.<field>`` per field.

A table has no column for remarks or evidence, so a claim of 不适用 needs no reason there, and evidence is not
required.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import letters
from lawgov_score.likeness import to_fill
from lawgov_score.model import AnswerColumns, AnswerState, Submission, Tree, Unit, lines_of
from lawgov_score.problems import CellPlace, Problem, ProblemList
from lawgov_score.rules.field import NUMBERS, FieldType
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.called import which
from lawgov_score.workbook.forms.layout import Layout, Question, alone_in, layout_of
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.grid import NAME, UNIT, Grid, about_units, read_grid
from lawgov_score.workbook.package.opened import Rows
from lawgov_score.workbook.plain_texts import first_filled, plain
from lawgov_score.workbook.submission.roster import read_unit, unit_columns
from lawgov_score.workbook.submission.table_answers import AT_ONCE, answers_in, joined
from lawgov_score.workbook.submission.table_rows import (
    Known,
    fault_of,
    is_foot,
    mangled,
    moved_by_a_comma,
    surplus_of,
    unit_rows,
)
from lawgov_score.workbook.submission.values import read_cell

_CODES = Words("单位编码", "unit")
_A_UNIT_COLUMN = Words("一栏 unit（或 单位编码）", "a column unit")
_BLANK_HEADING = Words("无栏名", "no heading")
_OF_UNITS = re.compile("单位|名称|部门|机关|unit|name", re.IGNORECASE)
_FIGURE = re.compile(r"[+-]?[0-9][0-9,.]*%?|TRUE|FALSE|[0-9]{4}-[0-9]{2}-[0-9]{2}.*")


def read_table(path: Path, tree: Tree) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The submissions in the table at ``path``, one per row in its order, and their problems."""
    grid, problems = read_grid(path)
    if grid is None:
        return (), problems
    submissions, table_problems = submissions_of(grid, layout_of(tree))
    return submissions, (*problems, *table_problems)


def submissions_of(
    grid: Grid, layout: Layout, known: Known | None = None
) -> tuple[tuple[Submission, ...], tuple[Problem, ...]]:
    """The same from a table that has been read already; ``known``: the roster, if there is one."""
    if not grid.has_units:
        shown = asking_headings(grid.rows, layout) or tuple(heading for heading in grid.headings if heading)
        figures = {"heading": _CODES, "expected": _A_UNIT_COLUMN, "found": shown}
        return (), (Problem(Code.S121, CellPlace(grid.path, grid.sheet), figures),)
    problems = ProblemList()
    lower = _headings_below(grid, layout)
    if lower is not None:
        row = grid.rows[lower]
        first = next(j for j, cell in enumerate(row) if cell_text(cell))
        texts = tuple(cell_text(cell) for cell in row if cell_text(cell))
        problems.append(Problem(Code.S161, grid.place(lower, first), {"found": texts[:8]}))
        if not any(about_units(cell_text(cell)) == UNIT for cell in row):
            return (), problems.told()
        grid = replace(grid, heading_row=lower)
    repeated = tuple(grid.repeated())
    if repeated:
        return (), (*problems, *repeated)
    questions, contested, of_office, of_columns = _columns(grid, layout)
    problems += of_columns
    columns = unit_columns(grid.headings)
    words = {j for j, q in questions.items() if q.field.type in NUMBERS or q.field.type is FieldType.DATE}
    rows = unit_rows(grid, columns, None if known is None else known.units, words)
    problems += rows.problems
    if not rows.units and not rows.problems:
        problems.append(Problem(Code.S137, CellPlace(grid.path, grid.sheet)))
    if not questions and not contested and (of_office or of_columns):
        return (), problems.told()  # without a readable column there are no answers
    units: list[Unit] = []
    kept: list[AnswerColumns] = []
    rows_of: Counter[str] = Counter()  # units in two rows are reported; further rows are dropped
    for begin in range(0, len(rows.units), AT_ONCE):
        block = rows.units[begin : begin + AT_ONCE]
        answers = answers_in(grid, block, questions, contested, layout)
        counting: list[int] = []
        for at, i in enumerate(block):
            row = grid.rows[i]
            code = cell_text(row[columns[UNIT]]) if columns[UNIT] < len(row) else ""
            problems.owner = code if known is None or code in known.units else ""
            fault = fault_of(grid, i, columns, known)
            if fault is None and answers.wrong[at] > 1:
                fault = _moved(grid, i, questions)
            if fault is None and len(row) > len(grid.headings):
                fault = surplus_of(grid, i, rows.lengths)
            if fault is None and known is not None and code and code not in known.units:
                is_listed = not problems.is_full(Code.S111, grid.path)
                fault = unknown_unit_problem(grid, i, columns, known, is_listed=is_listed)
            if fault is None and rows_of[code] > 1:
                fault = Problem(Code.S122, grid.place(i, columns[UNIT]), {"unit": code, "found": code})
            if fault is not None:
                problems.append(fault)
                continue
            rows_of[code] += 1
            unit, found_of_unit = read_unit(grid, i, columns, layout.tree)
            problems += found_of_unit
            if unit is not None:
                problems += answers.settled(at)
                counting.append(at)
                units.append(unit)
        if counting:
            kept.append(answers.only(counting))
    read = joined(kept).rows() if kept else ()
    submissions = (
        Submission(unit, grid.path, own, grid.fingerprint, own_file=False)
        for unit, own in zip(units, read, strict=True)
    )
    return tuple(submissions), problems.told()


def _headings_below(grid: Grid, layout: Layout) -> int | None:
    """The row below the headings, if it names the questions and the headings do not."""
    below = grid.heading_row + 1
    if below >= len(grid.rows) or _names_questions(grid.headings, layout):
        return None
    row = [cell_text(cell) for cell in grid.rows[below]]
    code = next((row[j] for about, j in unit_columns(grid.headings).items() if about == UNIT and j < len(row)), "")
    return below if (not code or about_units(code) == UNIT) and _names_questions(row, layout) else None


def _moved(grid: Grid, i: int, questions: Mapping[int, Question]) -> Problem | None:
    """S149 for a row shifted by a comma in a number, although it has the right number of cells."""
    return moved_by_a_comma(grid, i, questions, lambda row: _wrong(row, questions, grid))


def _wrong(row: Sequence[Cell], questions: Mapping[int, Question], grid: Grid) -> int:
    """The number of cells of a row that are invalid for the question of their column."""
    readings = (
        read_cell(row[j], question.field, question.indicator.may_not_apply, grid.day_shift)
        for j, question in questions.items()
        if j < len(row)
    )
    return sum(reading.state is AnswerState.INVALID for reading in readings)


def places_of_units(grid: Grid, submissions: Sequence[Submission]) -> tuple[CellPlace, ...]:
    """For each submission the cell with its unit's code; the whole table if it has no answers to locate it by."""
    letter = letters(unit_columns(grid.headings)[UNIT]) if submissions else ""
    places = []
    for submission in submissions:
        row = next((row for _, _, row in lines_of(submission.answers)), "")
        places.append(CellPlace(grid.path, grid.sheet, letter + row if row else ""))
    return tuple(places)


def lost_units(
    grid: Grid, submissions: Sequence[Submission], known: Known | None
) -> tuple[tuple[Unit, CellPlace], ...]:
    """Units of the table whose rows could not be used, each with the cell of its code."""
    columns = unit_columns(grid.headings)
    used = {submission.unit.code for submission in submissions}
    rows_used = {row for submission in submissions for _, _, row in lines_of(submission.answers)}
    lost = []
    for i in range(grid.heading_row + 1, len(grid.rows)):
        if str(i + 1) in rows_used:
            continue
        row = grid.rows[i]
        texts = {about: cell_text(row[column]) if column < len(row) else "" for about, column in columns.items()}
        code = texts.get(UNIT, "")
        is_unit = code in known.units if known is not None else not (is_foot(row, code) or about_units(code))
        if code and code not in used and is_unit and mangled(row[columns[UNIT]], known) is None:
            lost.append((Unit(code, texts.get(NAME) or code), grid.place(i, columns[UNIT])))
    return tuple(lost)


def asks_something(grid: Grid, layout: Layout) -> bool:
    """Does a row at the top name questions of the tree, by code or in words? In a roster none does."""
    if _names_questions(grid.headings, layout) or _headings_below(grid, layout) is not None:
        return True
    possible_codes = [layout.meant[plain(heading)] for heading in grid.headings if plain(heading) in layout.meant]
    return bool(possible_codes) and not frozenset.intersection(*possible_codes)


def asking_headings(rows: Rows, layout: Layout) -> tuple[str, ...]:
    """The first row that names questions of several indicators, by key, code or in words; () if there is none.

    A row naming one indicator may belong to a fill-in sheet: it is a heading only if it also names a unit column.
    """
    for _, row in first_filled(rows):
        texts = [cell_text(cell) for cell in row if cell_text(cell)]
        possible_codes = [layout.meant[plain(text)] for text in texts if plain(text) in layout.meant]
        if possible_codes and (
            not frozenset.intersection(*possible_codes)
            or (len(possible_codes) == 1 and any(map(_OF_UNITS.search, texts)))
        ):
            return tuple(texts)
    return ()


def _names_questions(headings: Sequence[str], layout: Layout) -> bool:
    named = _single_fields(layout)
    return any(plain(heading) in named for heading in headings)


def unknown_unit_problem(grid: Grid, i: int, columns: Mapping[str, int], known: Known, *, is_listed: bool) -> Problem:
    """S111: a row of a unit that is not in the roster; suggests a likely one only if ``is_listed``."""
    row = grid.rows[i]
    code = cell_text(row[columns[UNIT]])
    name = cell_text(row[columns[NAME]]) if NAME in columns and columns[NAME] < len(row) else ""
    near: object = ""
    if same := known.called.several(code):
        near = which(same)
    elif is_listed:
        near = to_fill(code, known.codes)
    figures = {"unit": code, "found": name or code, "nearest": near}
    return Problem(Code.S111, grid.place(i, columns[UNIT]), figures)


def _single_fields(layout: Layout) -> Mapping[str, Question]:
    """Questions by every possible column name: the key, or the indicator's code if it has one field."""
    return {**alone_in(layout.questions), **layout.by_key}


def _columns(
    grid: Grid, layout: Layout
) -> tuple[dict[int, Question], dict[int, Question], tuple[int, ...], tuple[Problem, ...]]:
    """The question of each column, columns claimed twice (by the first), columns of the office, heading problems."""
    named = _single_fields(layout)
    asked = (q for q in layout.questions if q.indicator.is_asked)
    example = next((q.key for q in asked), "01-1.x")
    of_office: list[int] = []
    columns: dict[int, Question] = {}
    contested: dict[int, Question] = {}
    problems = ProblemList()
    seen: dict[str, int] = {}
    for i, heading in enumerate(grid.headings):
        if not heading and _holds_figures(grid, i):
            figures = {"column": letters(i), "example": example, "found": _BLANK_HEADING, "nearest": ""}
            problems.append(Problem(Code.S117, grid.place(grid.heading_row, i), figures))
        if not heading or about_units(heading):
            continue
        question = named.get(plain(heading))
        if question is None:
            is_listed = not problems.is_full(Code.S117, grid.path)
            hint = _meant(heading, named, grid.headings) if is_listed else ""
            figures = {"column": heading, "example": example, "found": heading, "nearest": hint}
            problems.append(Problem(Code.S117, grid.place(grid.heading_row, i), figures))
        elif not question.indicator.is_asked:
            of_office.append(i)
            indicator = question.indicator
            figures = {"heading": heading, "code": indicator.code, "indicator": indicator.title}
            problems.append(Problem(Code.S146, grid.place(grid.heading_row, i), figures))
        elif question.key in seen:
            first = seen[question.key]
            columns.pop(first, None)
            contested[first] = question
            problems.append(grid.twice(question.key, first, i))
        else:
            columns[i] = question
            seen[question.key] = i
    return columns, contested, tuple(of_office), problems.told()


def _meant(heading: str, named: Mapping[str, Question], headings: Sequence[str]) -> Phrase | str:
    """Which key a heading nobody knows must mean: that of the one field called so, whoever asks it; else the likeliest.

    ``A1.decided`` may be shared by the whole of A (``A.decided``). What has a column already is not meant.
    """
    taken = {id(named[plain(one)]) for one in headings if plain(one) in named}
    free = [key for key, question in named.items() if id(question) not in taken]
    field = plain(heading).rpartition(".")[2]
    same = [key for key in free if key.rpartition(".")[2] == field and "." in key]
    return to_fill(same[0], same) if len(same) == 1 else to_fill(heading, free)


def _holds_figures(grid: Grid, column: int) -> bool:
    """Does a column without a heading hold figures? Remarks beside the table are ignored."""
    cells = (row[column] for row in grid.rows[grid.heading_row + 1 :] if column < len(row))
    return any(_FIGURE.fullmatch(cell_text(cell)) for cell in cells)

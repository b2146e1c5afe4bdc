"""Reads one input file → its submissions, units, problems. Depends only on the file, the tree and the roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.model import Submission, Unit, filled
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import STAMP_SHEET, Layout
from lawgov_score.workbook.forms.office import BY_KEY as FORMS_BY_KEY
from lawgov_score.workbook.package.grid import UNIT, Grid, about_units, grids_of, hidden_tables, read_grid, sheet_grid
from lawgov_score.workbook.package.opened import Opened, open_workbook, remarks
from lawgov_score.workbook.package.saved import saved_at
from lawgov_score.workbook.submission.answers import not_asked
from lawgov_score.workbook.submission.copied import blocks_of
from lawgov_score.workbook.submission.filled_workbook import read_opened
from lawgov_score.workbook.submission.headings import almost, has_fill_sheet
from lawgov_score.workbook.submission.input_files import TABLES
from lawgov_score.workbook.submission.marks import Mark, RowsAsked, marks_in, unmarked
from lawgov_score.workbook.submission.own_outputs import own_output, own_table
from lawgov_score.workbook.submission.roster import unit_columns
from lawgov_score.workbook.submission.sender import sender, stamp_in
from lawgov_score.workbook.submission.table import (
    asking_headings,
    asks_something,
    lost_units,
    places_of_units,
    submissions_of,
)
from lawgov_score.workbook.submission.table_rows import Known

_ROSTER = Words("单位名册", "a roster of units")
_NO_ANSWERS = Words("没有填报项的表格", "a table without answers")


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit's submission and its place, in a file of its own or in a table; the submission is None if unusable.

    ``doubts``: problems that count only if this submission does. ``saved``: the workbook's own record of its last
    saving (``saved.saved_at``). ``blocks``: fingerprints of its figures (``copied.blocks_of``). ``edition``, ``year``:
    of the workbook, as its stamp says; '' where it has none.
    """

    unit: Unit
    place: CellPlace
    submission: Submission | None = None
    own_file: bool = True
    doubts: tuple[Problem, ...] = ()
    saved: str = ""
    blocks: tuple[int, ...] = ()
    edition: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class FileRead:
    """The contents of one file; ``fingerprint`` (sha256) is empty if it could not be opened.

    ``returned``: the marks of its last return, each at the present cell of its question.
    """

    sent: tuple[Sent, ...]
    problems: tuple[Problem, ...]
    fingerprint: str = ""
    returned: tuple[Mark, ...] = ()


def read_file(
    path: Path, is_named: bool, layout: Layout, roster: Mapping[str, Unit] | None, shown: str = ""
) -> FileRead:
    """One file, whatever it holds: a unit's workbook, a table, or a roster that lies beside them.

    ``is_named``: was it named itself, rather than found in a folder? ``roster``: units by code, None where there is
    none; it gives the type of a unit, which its own workbook may not say. ``shown``: the file's name in problems.
    """
    if path.suffix.lower() in TABLES:
        grid, problems = read_grid(path, shown)
        if grid is None:
            return FileRead((), problems)
        return _all(problems, [_read_grid(grid, is_named, layout, roster)], grid.fingerprint)
    opened = open_workbook(path, shown)
    if isinstance(opened, Problem):
        return FileRead((), (opened,))
    marks, opened = marks_in(opened.sheets), unmarked(opened)
    read = _read_workbook(opened, is_named, layout, roster)
    if not marks:
        return read
    rows = RowsAsked(opened)
    return replace(read, returned=tuple(rows.found(mark) for mark in marks))


def _read_workbook(opened: Opened, is_named: bool, layout: Layout, roster: Mapping[str, Unit] | None) -> FileRead:
    own = own_output(opened)
    if own is not None and stamp_in(opened).book not in FORMS_BY_KEY:  # if there are any, the stamp tells
        return FileRead((), (Problem(Code.S145, CellPlace(opened.path), {"found": own}),), opened.fingerprint)
    if STAMP_SHEET not in opened.sheets and not has_fill_sheet(opened):
        grids = grids_of(opened)
        if grids[0].has_units:
            asking = [grid for grid in grids if asks_something(grid, layout)]
            tables = [_read_grid(grid, grid in asking or (is_named and not asking), layout, roster) for grid in grids]
            return _all((*remarks(opened), *hidden_tables(opened)), tables, opened.fingerprint)
        named = (name for name, rows in opened.sheets.items() if not almost(rows) and asking_headings(rows, layout))
        of_people = next(named, None)
        if of_people is not None:
            problems = submissions_of(sheet_grid(opened, of_people), layout)[1]
            return FileRead((), (*remarks(opened), *problems), opened.fingerprint)
    submission, problems = read_opened(opened, layout, {} if roster is None else roster)
    unit = submission.unit if submission is not None else sender(opened, layout.tree, roster)
    if unit is None:
        return FileRead((), problems, opened.fingerprint)
    known_type = unit.type if any(kind.code == unit.type for kind in layout.tree.unit_types) else ""
    unit = replace(unit, cohort="", type=unit.type if submission is not None else known_type)
    place = CellPlace(opened.path)
    if submission is None:
        unusable = Sent(unit, place, saved=saved_at(opened.safe.parts))
        return FileRead((unusable,), problems, opened.fingerprint)
    usable = replace(submission, unit=unit)
    doubts = tuple(_answers_not_asked([usable], layout, roster).get(0, ()))
    (blocks,) = blocks_of([usable.answers], layout)
    stamp, saved = stamp_in(opened), saved_at(opened.safe.parts)
    sent = Sent(
        *(unit, place, usable), doubts=doubts, saved=saved, blocks=blocks, edition=stamp.edition, year=stamp.year
    )
    return FileRead((sent,), problems, opened.fingerprint)


def _all(problems: tuple[Problem, ...], tables: list[FileRead], fingerprint: str) -> FileRead:
    """The tables of one file together."""
    sent = tuple(one for table in tables for one in table.sent)
    return FileRead(sent, (*problems, *(one for table in tables for one in table.problems)), fingerprint)


def _read_grid(grid: Grid, is_named: bool, layout: Layout, roster: Mapping[str, Unit] | None) -> FileRead:
    place = CellPlace(grid.path, grid.sheet)
    if grid.has_units and all(not heading or about_units(heading) for heading in grid.headings):
        return FileRead((), (Problem(Code.S115, place, {"found": _ROSTER}),))
    if not is_named and not grid.has_units and asking_headings(grid.rows, layout):
        return FileRead((), submissions_of(grid, layout)[1])
    if not asks_something(grid, layout):
        own = own_table(grid.headings)
        if not is_named or own is not None:
            problem = Problem(Code.S145 if is_named else Code.S115, place, {"found": own or _NO_ANSWERS})
            return FileRead((), (problem,))
    known = None if roster is None else Known.of(roster)
    if known is not None and grid.has_units:
        grid = known.coded(grid, unit_columns(grid.headings)[UNIT])
    submissions, problems = submissions_of(grid, layout, known)
    of_other_types = _answers_not_asked(submissions, layout, roster)
    blocks = blocks_of([one.answers for one in submissions], layout)
    sent = [
        Sent(one.unit, place, one, False, tuple(of_other_types.get(row, ())), blocks=own)
        for row, (one, place, own) in enumerate(
            zip(submissions, places_of_units(grid, submissions), blocks, strict=True)
        )
    ]
    if grid.has_units:
        sent += (Sent(unit, at, own_file=False) for unit, at in lost_units(grid, submissions, known))
    return FileRead(tuple(sent), problems)


def _answers_not_asked(
    submissions: Sequence[Submission], layout: Layout, roster: Mapping[str, Unit] | None
) -> Mapping[int, Sequence[Problem]]:
    """By submission: problems of answers where the indicator does not apply to the unit (S212)."""
    of_type: dict[str, list[int]] = {}
    for row, submission in enumerate(submissions):
        unit = submission.unit if roster is None else roster.get(submission.unit.code)
        if unit is not None and unit.type:
            of_type.setdefault(unit.type, []).append(row)
    problems: dict[int, list[Problem]] = {}
    for kind, rows in of_type.items():
        questions = layout.not_asked_of(kind)
        is_filled = filled([submissions[row].answers for row in rows], [question.key for question in questions])
        for at in np.flatnonzero(is_filled.any(axis=0)).tolist():
            answers = submissions[rows[at]].answers
            for number in np.flatnonzero(is_filled[:, at]).tolist():
                question, answer = questions[number], answers[questions[number].key]
                if answer.printed:
                    shown = f"{question.indicator.code} {question.field.name} {answer.printed}"
                    problems.setdefault(rows[at], []).append(not_asked(answer.place, shown))
    return problems

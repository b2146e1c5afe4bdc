"""A returned workbook → Submission, each answer with its cell; one workbook's problems stop no other."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.model import Submission, Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.answers import FillSheet, read_answers
from lawgov_score.workbook.cells import cell_text
from lawgov_score.workbook.layout import (
    FILL_SHEET,
    HEADING_ROWS,
    LISTS_SHEET,
    STAMP_SHEET,
    UNIT_CODE_LABEL,
    UNIT_NAME_LABEL,
    Column,
    Layout,
    column_of,
    layout_of,
    plain,
)
from lawgov_score.workbook.opened import Opened, Rows, open_workbook, remarks
from lawgov_score.workbook.stamp import Stamp, read_stamp

Read = tuple[Submission | None, tuple[Problem, ...]]

_CODE_LIKE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NO_CODE = Words("封面没有单位编码，文件名“{stem}”也不是编码", "no code on the cover, and “{stem}” is no code either")
_NO_MATCH = Words("（没有一个编码对得上）", "(no code matches)")
_FIELD_OR_KEY = Words("编码、填报项、填报值三栏", "the columns 编码, 填报项 and 填报值")


def read_submission(path: Path, tree: Tree) -> Read:
    """The submission in the workbook at ``path``, None where nothing in it can be used, and its problems."""
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        return None, (opened,)
    return read_opened(opened, layout_of(tree))


def read_opened(opened: Opened, layout: Layout) -> Read:
    """The same for a workbook that is already open; ``layout`` serves any number of them."""
    tree, place = layout.tree, CellPlace(opened.path)
    problems = list(remarks(opened))
    stamp = read_stamp(opened.sheets[STAMP_SHEET]) if STAMP_SHEET in opened.sheets else Stamp()
    foreign = _foreign(stamp, tree, place)
    if foreign is not None:
        return None, (*problems, foreign)
    unit = _unit(stamp, opened)
    if unit is None:
        found = _NO_CODE(stem=PurePath(opened.path).stem)
        return None, (*problems, Problem(Code.S110, place, {"found": found}))
    sheets = list(_fill_sheets(opened))
    if not sheets:
        return None, (*problems, *_why_no_sheet(opened))
    answers, of_cells = read_answers(sheets, layout, layout.asked_of(unit.type))
    if not stamp.tree and answers and all(not answer.place.cell for answer in answers.values()):
        return None, (*problems, Problem(Code.S108, place, {"expected": tree.code, "found": _NO_MATCH}))
    if stamp.tree and stamp.fingerprint != tree.fingerprint:
        short = {"expected": tree.fingerprint[:12], "found": stamp.fingerprint[:12]}
        problems.append(Problem(Code.S120, place, short))
    return Submission(unit, opened.path, answers, opened.fingerprint), (*problems, *of_cells)


def _foreign(stamp: Stamp, tree: Tree, place: CellPlace) -> Problem | None:
    """The workbook of another tree, or of another edition: its questions may mean something else."""
    if stamp.tree and stamp.tree != tree.code:
        return Problem(Code.S108, place, {"expected": tree.code, "found": stamp.tree})
    if stamp.tree and stamp.edition != tree.edition:
        return Problem(Code.S109, place, {"expected": tree.edition, "found": stamp.edition})
    return None


def _unit(stamp: Stamp, opened: Opened) -> Unit | None:
    """Who it is from: the stamp says, or the cover, or the name of the file where it looks like a code."""
    if stamp.unit:
        year = int(stamp.year) if stamp.year.isascii() and stamp.year.isdigit() else None
        return Unit(stamp.unit, stamp.name or stamp.unit, stamp.type, stamp.cohort, year)
    code = _beside(UNIT_CODE_LABEL, opened)
    if not code:
        stem = PurePath(opened.path).stem.strip()
        code = stem if _CODE_LIKE.fullmatch(stem) else ""
    return Unit(code, _beside(UNIT_NAME_LABEL, opened) or code) if code else None


def _beside(label: Words, opened: Opened) -> str:
    """What stands to the right of a label in the first rows of any sheet."""
    wanted = {plain(label.zh), plain(label.en)}
    for rows in opened.sheets.values():
        for row in rows[:HEADING_ROWS]:
            for i, cell in enumerate(row):
                if isinstance(cell, str) and plain(cell).rstrip(":") in wanted:
                    return next(filter(None, map(cell_text, row[i + 1 :])), "")
    return ""


def has_fill_sheet(opened: Opened) -> bool:
    """Is there a sheet with the headings of a fill-in sheet?"""
    return next(_fill_sheets(opened), None) is not None


def _fill_sheets(opened: Opened) -> Iterator[FillSheet]:
    """Every sheet that has the headings, whatever its name; the one that kept its name comes first."""
    names = sorted(opened.sheets, key=lambda name: name != FILL_SHEET)
    for name in names:
        if name in {STAMP_SHEET, LISTS_SHEET}:
            continue
        rows = opened.sheets[name]
        at, columns = headings(rows)
        if _is_enough(columns):
            doubtful = opened.doubtful(name) if opened.may_doubt else {}
            yield FillSheet(opened.path, name, rows, columns, at + 1, doubtful)


def headings(rows: Rows) -> tuple[int, dict[Column, int]]:
    """The first row that has all that is needed, or that names the most columns, and where each stands."""
    best: tuple[int, dict[Column, int]] = (0, {})
    for i, row in enumerate(rows[:HEADING_ROWS]):
        columns: dict[Column, int] = {}
        for j, cell in enumerate(row):
            column = column_of(cell) if isinstance(cell, str) and cell else None
            if column is not None:
                columns.setdefault(column, j)
        if _is_enough(columns):
            return i, columns
        if len(columns) > len(best[1]):
            best = (i, columns)
    return best


def _is_enough(columns: Collection[Column]) -> bool:
    """Can answers be read: is there a value, and something that says what it answers?"""
    return Column.VALUE in columns and (Column.KEY in columns or (Column.CODE in columns and Column.FIELD in columns))


def _why_no_sheet(opened: Opened) -> Iterator[Problem]:
    """The headings that are missing where a sheet still has most of them; otherwise the sheet is."""
    for name, rows in opened.sheets.items():
        at, columns = headings(rows)
        if len(columns) < 3:
            continue
        found = _texts(rows[at])
        for column in (Column.CODE, Column.FIELD, Column.VALUE):
            if column not in columns:
                figures = {"heading": column.value, "expected": _FIELD_OR_KEY, "found": found}
                yield Problem(Code.S114, CellPlace(opened.path, name), figures)
        return
    shown = tuple(name for name in opened.sheets if name not in {STAMP_SHEET, LISTS_SHEET})
    yield Problem(Code.S113, CellPlace(opened.path), {"found": shown})


def _texts(row: Sequence[object]) -> tuple[str, ...]:
    return tuple(text for text in (str(cell).strip() for cell in row) if text)

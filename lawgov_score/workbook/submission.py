"""A returned workbook → Submission, each answer with its cell; one workbook's problems stop no other."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType

from lawgov_score.catalogue import Code
from lawgov_score.model import Submission, Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.answers import FillSheet, read_answers
from lawgov_score.workbook.assessor_forms import BY_KEY as FORMS_BY_KEY
from lawgov_score.workbook.cells import Cell, cell_text
from lawgov_score.workbook.editions import edition_of
from lawgov_score.workbook.layout import (
    COVER_SHEET,
    FILL_SHEET,
    HEADING_ROWS,
    LISTS_SHEET,
    STAMP_SHEET,
    UNIT_CODE_LABEL,
    UNIT_NAME_LABEL,
    Column,
    Layout,
    address,
    column_of,
    layout_of,
    plain,
)
from lawgov_score.workbook.opened import Opened, Rows, open_workbook, remarks
from lawgov_score.workbook.saved import saved_at
from lawgov_score.workbook.stamp import Stamp, read_stamp

Read = tuple[Submission | None, tuple[Problem, ...]]

_NOBODY: Mapping[str, Unit] = MappingProxyType({})
_READ = (Column.KEY, Column.CODE, Column.FIELD, Column.VALUE, Column.EVIDENCE, Column.NOTE)
_LABELS = frozenset(plain(text) for label in (UNIT_CODE_LABEL, UNIT_NAME_LABEL) for text in (label.zh, label.en))
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


def read_opened(opened: Opened, layout: Layout, roster: Mapping[str, Unit] = _NOBODY) -> Read:
    """The same for a workbook that is already open; ``layout`` serves any number of them.

    ``roster``: units by code. It gives the type of a unit that the workbook itself does not say.
    """
    tree, place = layout.tree, CellPlace(opened.path)
    problems = list(remarks(opened))
    stamp = stamp_in(opened)
    if stamp.tree and stamp.tree != tree.code:
        return None, (*problems, Problem(Code.S108, place, {"expected": tree.code, "found": stamp.tree}))
    if stamp.book in FORMS_BY_KEY:
        return None, (*problems, Problem(Code.A107, place, {"found": FORMS_BY_KEY[stamp.book].name}))
    unit = _unit(stamp, opened)
    if unit is None:
        found = _NO_CODE(stem=PurePath(opened.path).stem)
        return None, (*problems, Problem(Code.S110, place, {"found": found}))
    known = roster.get(unit.code)
    kind = unit.type or (known.type if known is not None else "")
    asked = layout.asked_of(kind)
    edition = edition_of(stamp, tree, asked, known, saved_at(opened.safe.parts), place)
    if edition.refused is not None:
        return None, (*problems, edition.refused)
    if edition.remark is not None:
        problems.append(edition.remark)
    sheets = list(fill_sheets(opened))
    stops = [*_cover_of_another(stamp, opened, known), *(twice for sheet in sheets for twice in _repeated(sheet))]
    if not sheets:
        stops += _why_no_sheet(opened)
    if stops:
        return None, (*problems, *stops)
    answers, of_cells = read_answers(sheets, layout, asked, edition)
    if not stamp.tree and answers and all(not answer.place.cell for answer in answers.values()):
        return None, (*problems, Problem(Code.S108, place, {"expected": tree.code, "found": _NO_MATCH}))
    return Submission(unit, opened.path, answers, opened.fingerprint), (*problems, *of_cells)


def stamp_in(opened: Opened) -> Stamp:
    """The workbook's stamp; one that says nothing where it has none."""
    return read_stamp(opened.sheets[STAMP_SHEET]) if STAMP_SHEET in opened.sheets else Stamp()


def sender(opened: Opened) -> Unit | None:
    """Who the workbook itself says it is from, by its stamp or its cover: its file may be named after anything."""
    return _stamped(stamp_in(opened)) or _on_cover(opened)


def _cover_of_another(stamp: Stamp, opened: Opened, known: Unit | None) -> Iterator[Problem]:
    """What stands on the cover for all to see, where it is another unit than the hidden stamp says.

    ``known``: the unit as the roster has it, whose name may have changed since the workbook was made.
    """
    if not stamp.unit:
        return
    names = {stamp.name, known.name if known is not None else ""} - {""}
    for label, right in ((UNIT_CODE_LABEL, {stamp.unit}), (UNIT_NAME_LABEL, names)):
        said, place = beside(label, opened, (COVER_SHEET,))
        if said and right and plain(said) not in {plain(text) for text in right}:
            expected = stamp.unit if label is UNIT_CODE_LABEL else stamp.name or min(right)
            yield Problem(Code.S127, place, {"expected": expected, "found": said})


def _unit(stamp: Stamp, opened: Opened) -> Unit | None:
    """Who it is from: the stamp says, or the cover, or the name of the file where it looks like a code."""
    unit = _stamped(stamp) or _on_cover(opened)
    if unit is not None:
        return unit
    stem = PurePath(opened.path).stem.strip()
    return Unit(stem, beside(UNIT_NAME_LABEL, opened)[0] or stem) if _CODE_LIKE.fullmatch(stem) else None


def _stamped(stamp: Stamp) -> Unit | None:
    if not stamp.unit:
        return None
    year = int(stamp.year) if stamp.year.isascii() and stamp.year.isdigit() else None
    return Unit(stamp.unit, stamp.name or stamp.unit, stamp.type, stamp.cohort, year)


def _on_cover(opened: Opened) -> Unit | None:
    code, _ = beside(UNIT_CODE_LABEL, opened)
    return Unit(code, beside(UNIT_NAME_LABEL, opened)[0] or code) if code else None


def beside(label: Words, opened: Opened, only: Collection[str] = ()) -> tuple[str, CellPlace]:
    """What stands to the right of a label in the first rows of any sheet, or of some only, and where."""
    wanted = {plain(label.zh), plain(label.en)}
    for name, rows in opened.sheets.items():
        if name in {STAMP_SHEET, LISTS_SHEET} or (only and name not in only):
            continue
        for i, row in enumerate(rows[:HEADING_ROWS]):
            for j, cell in enumerate(row):
                if isinstance(cell, str) and plain(cell).rstrip(":") in wanted:
                    return _right_of(row, j, CellPlace(opened.path, name), i)
    return "", CellPlace(opened.path)


def _right_of(row: Sequence[Cell], label: int, sheet: CellPlace, i: int) -> tuple[str, CellPlace]:
    """The next text in the row, unless that is another label: then nothing was filled in."""
    for j in range(label + 1, len(row)):
        text = cell_text(row[j])
        if text:
            said = "" if plain(text).rstrip(":") in _LABELS else text
            return said, replace(sheet, cell=address(i, j))
    return "", sheet


def has_fill_sheet(opened: Opened) -> bool:
    """Is there a sheet with the headings of a fill-in sheet?"""
    return next(fill_sheets(opened), None) is not None


def fill_sheets(opened: Opened) -> Iterator[FillSheet]:
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


def _repeated(sheet: FillSheet) -> Iterator[Problem]:
    """A second column under a heading that counts: which of the two holds the answers, nobody can say."""
    row = sheet.first - 1
    found = [column_of(cell) if isinstance(cell, str) and cell else None for cell in sheet.rows[row]]
    for column in _READ:
        cells = tuple(address(row, j) for j, one in enumerate(found) if one is column)
        if len(cells) < 2:
            continue
        places = [CellPlace(sheet.path, sheet.name, cell) for cell in cells]
        figures = {"heading": column.value, "found": cells}
        yield Problem(Code.S128, places[1], figures, (places[0], *places[2:]))


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
        if len(columns) < 3 or name in {STAMP_SHEET, LISTS_SHEET}:
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

"""The headings of an office sheet against its form: columns twice, columns that no form has, columns that are gone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import address, plain
from lawgov_score.workbook.forms.office import Column, Form
from lawgov_score.workbook.office.rows import OfficeSheet
from lawgov_score.workbook.package.opened import Rows
from lawgov_score.workbook.submission.expected import nearest
from lawgov_score.workbook.submission.values import cell_text

NO_HEADING = Words("（表头空白）", "(no heading)")
_AT = Words("{heading}（{cell}）", "{heading} ({cell})")
_BOTH_CODE_AND_NAME = frozenset({"unit", "indicator"})  # a column of codes and one of names may stand side by side


def checked(sheet: OfficeSheet, heading_rows: Sequence[int] = ()) -> tuple[OfficeSheet | None, tuple[Problem, ...]]:
    """The sheet with every column that names unit or indicator; None where it is not plain which column counts.

    ``heading_rows``: where the headings of the form may stand, if not in ``sheet.heading_row`` alone.
    """
    said: dict[str, dict[int, tuple[int, str]]] = {}  # key of a column -> where it stands: row, text
    for i in heading_rows or (sheet.heading_row,):
        for at, cell in enumerate(sheet.rows[i]):
            column = sheet.form.named(cell) if isinstance(cell, str) and cell else None
            if column is not None:
                said.setdefault(column.key, {}).setdefault(at, (i, cell_text(cell)))
    problems, twins = [], {}
    for key, places in said.items():
        different = {plain(text).casefold() for _, text in places.values()}
        if len(places) > 1 and key in _BOTH_CODE_AND_NAME and len(different) == len(places):
            twins[key] = tuple(at for at in places if at != sheet.columns[key])
        elif len(places) > 1:
            cells = {address(i, at): text for at, (i, text) in places.items()}
            found = tuple(_AT(heading=text, cell=cell) for cell, text in cells.items())
            first, *others = (CellPlace(sheet.path, sheet.name, cell) for cell in cells)
            figures = {"heading": sheet.form.column(key).heading, "found": found}
            problems.append(Problem(Code.A110, first, figures, tuple(others)))
    return (None if problems else replace(sheet, twins=twins)), tuple(problems)


def unknown_columns(sheet: OfficeSheet) -> Iterator[Problem]:
    """Columns with something in them whose heading the form does not know: nothing of them is read."""
    form = sheet.form
    gone = [column for column in form.columns if column.key not in sheet.columns and not column.to_read]
    names = tuple(name for column in gone for name in (column.heading.zh, column.heading.en))
    expected = tuple(column.heading for column in form.columns if not column.to_read)
    heading = sheet.rows[sheet.heading_row]
    for at, first in columns_in_use(sheet):
        text = cell_text(heading[at]) if at < len(heading) else ""
        if form.knows(text):
            continue
        shown = text or NO_HEADING
        figures = {"column": shown, "expected": expected, "found": shown, "nearest": nearest(text, names)}
        place = CellPlace(sheet.path, sheet.name, address(sheet.heading_row, at))
        yield Problem(Code.A108, place, figures, (CellPlace(sheet.path, sheet.name, first),))


def columns_in_use(sheet: OfficeSheet) -> Iterator[tuple[int, str]]:
    """Columns with anything below the headings, each with the address of the first such cell."""
    heading = list(sheet.rows[sheet.heading_row])
    below = {i: row for i, row in enumerate(sheet.rows) if i > sheet.heading_row and any(row) and list(row) != heading}
    for at in range(max((len(row) for row in sheet.rows), default=0)):
        for i, row in below.items():
            cell = address(i, at)
            if (at < len(row) and cell_text(row[at])) or cell in sheet.doubtful:
                yield at, cell
                break


def heading_place(sheet: OfficeSheet) -> CellPlace:
    """The first heading: where to say what is wrong with the headings as a whole."""
    return _first_heading(sheet.path, sheet.name, sheet.rows, sheet.heading_row)


def _first_heading(path: str, name: str, rows: Rows, row: int) -> CellPlace:
    at = next((i for i, cell in enumerate(rows[row]) if cell_text(cell)), 0)
    return CellPlace(path, name, address(row, at))


def missing_column(path: str, name: str, rows: Rows, row: int, form: Form, column: Column) -> Problem:
    """A column that the form cannot do without is not among the headings of ``row``."""
    needed = tuple(each.heading for each in form.columns if (each.is_needed or each is column) and not each.to_read)
    figures = {
        "sheet": name or form.name,
        "heading": column.heading,
        "expected": needed,
        "found": tuple(text for text in map(cell_text, rows[row]) if text),
    }
    return Problem(Code.A102, _first_heading(path, name, rows, row), figures)

"""Fills blank workbooks the way a clerk does: by finding each question or heading, and writing into the open cells."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.explanation.standard import standard
from lawgov_score.model import Roster, Tree, Unit
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, column_of
from lawgov_score.workbook.forms.office import Form, labelled
from lawgov_score.workbook.template.template import write_template

_MADE = datetime(2020, 1, 1)  # every run writes the same bytes
_ENTRY_DATE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the three open cells of one question."""

    value: str | float | date
    evidence: str = ""
    note: str = ""


def write_filled(tree: Tree, unit: Unit, entries: Mapping[str, Entry], path: Path) -> None:
    """Writes ``unit``'s workbook with ``entries`` (by field key) filled in. Raises ``KeyError`` for a key not asked."""
    with TemporaryDirectory() as folder:
        blank = Path(folder) / path.name
        write_template(tree, unit, blank, standards=partial(standard, tree), lang=Language.ZH)
        book = openpyxl.load_workbook(blank)
    sheet = book[FILL_SHEET]
    columns = _columns(sheet)
    rows = {str(row[columns[FillColumn.KEY] - 1].value): row[0].row for row in sheet.iter_rows() if row[0].row}
    for key, entry in entries.items():
        row = rows[key]
        sheet.cell(row, columns[FillColumn.VALUE]).value = entry.value
        sheet.cell(row, columns[FillColumn.EVIDENCE]).value = entry.evidence or None
        sheet.cell(row, columns[FillColumn.NOTE]).value = entry.note or None
    _save(book, path)


Line = Mapping[str, str | float | date]  # by the key of a column of the office's workbook, or of a field


def write_filled_office(tree: Tree, units: Roster, form: Form, lines: Sequence[Line], blank: Path, path: Path) -> None:
    """Writes the office's workbook ``blank``, of that ``form``, with ``lines`` filled in.

    A line goes into the row that is printed for its unit and indicator, else into the next free one. Raises
    ``KeyError`` for a column that the workbook does not have.
    """
    book = openpyxl.load_workbook(blank)
    sheet = book[form.name.zh]
    heading, columns = _office_columns(sheet, form, {key for line in lines for key in line})
    named_by = [key for key in ("unit", "indicator") if key in columns]
    printed = {
        tuple(str(sheet.cell(row, columns[key]).value or "").partition(" ")[0] for key in named_by): row
        for row in range(heading + 1, sheet.max_row + 1)
    }
    free = iter(range(heading + 1, sheet.max_row + 1))
    shown = {unit.code: labelled(unit.code, unit.name) for unit in units}
    shown |= {indicator.code: labelled(indicator.code, indicator.title) for indicator in tree.indicators}
    shown |= {kind.code: labelled(kind.code, kind.title) for kind in tree.adjustments}
    shown |= {veto.code: labelled(veto.code, veto.title) for veto in tree.vetoes}
    for line in lines:
        row = printed.get(tuple(str(line[key]) for key in named_by)) or next(free)
        for key, value in line.items():
            sheet.cell(row, columns[key]).value = shown.get(value, value) if isinstance(value, str) else value
    _save(book, path)


def _office_columns(sheet: Worksheet, form: Form, wanted: set[str]) -> tuple[int, dict[str, int]]:
    """The last row of the headings, and the number of each column by its key or, of a field, its code."""
    columns: dict[str, int] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=30), start=1):
        for cell in row:
            text = str(cell.value or "")
            known = form.named(text)
            key = text if known is None else known.key
            if key in wanted and cell.column is not None:
                columns[key] = cell.column
        if wanted <= columns.keys():
            return number, columns
    raise KeyError(f"{sheet.title}: no heading for {sorted(wanted - columns.keys())}")


def _save(book: openpyxl.Workbook, path: Path) -> None:
    book.properties.created = _MADE
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_without_clock(raw))


def _columns(sheet: Worksheet) -> dict[FillColumn, int]:
    """Number of each column, from the heading row."""
    for row in sheet.iter_rows(max_row=30):
        found = {column_of(str(cell.value)): cell.column for cell in row if cell.value}
        if FillColumn.KEY in found and FillColumn.VALUE in found:
            return {column: number for column, number in found.items() if column is not None and number is not None}
    raise LookupError(f"no heading row in {sheet.title}")


def _without_clock(raw: io.BytesIO) -> bytes:
    """The same archive with every time set to one day, so that the same input gives the same bytes."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                start, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
                stamp = content[start:end].split(b">")[0] + b">" + _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = content[:start] + stamp + content[end:]
            part = zipfile.ZipInfo(name, _ENTRY_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return fixed.getvalue()

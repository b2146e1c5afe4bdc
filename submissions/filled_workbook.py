"""Fills a unit's blank workbook the way a clerk does: by finding each question and writing into its open cells."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.explanation.standard import standard
from lawgov_score.model import Tree, Unit
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import FILL_SHEET, FillColumn, column_of
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

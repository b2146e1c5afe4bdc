"""What a reader of a printed workbook would trip over: clipped texts, formulas without a value."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.report import width
from lawgov_score.workbook.writing.look import ROW_CAP

_SLACK = 1.0  # columns: what a spreadsheet allows a text to run into the padding


def shown(book: Workbook) -> list[Worksheet]:
    """The sheets that people see; the manifest is for programs."""
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def clipped_cells(sheet: Worksheet) -> Iterator[str]:
    """Cells whose text needs more lines than their row, or rows, are tall; rotated headings are not looked at."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    default = sheet.sheet_format.defaultRowHeight or 15.0
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str) or cell.value.startswith("=") or cell.alignment.textRotation:
                continue
            area = merged.get((cell.row, cell.column))
            columns = range(cell.column, (area.max_col if area else cell.column) + 1)
            rows = range(cell.row, (area.max_row if area else cell.row) + 1)
            wide = sum(sheet.column_dimensions[get_column_letter(c)].width for c in columns)
            tall = sum(sheet.row_dimensions[r].height or default for r in rows)
            size = cell.font.sz or 10
            room = max(wide + _SLACK, 1.0) * 10.5 / size
            lines = sum(max(-(-width(line) // int(room)), 1) for line in cell.value.split("\n"))
            if lines * size * 1.2 > tall and tall < ROW_CAP:
                yield f"{sheet.title}!{cell.coordinate} {cell.value[:20]}"


def ungrouped(book: Workbook) -> list[Worksheet]:
    """The sheets of a workbook, each column with its own width: openpyxl reads equal ones beside one another as one."""
    for sheet in book.worksheets:
        for each in list(sheet.column_dimensions.values()):
            for number in range(each.min or 0, (each.max or -1) + 1):
                sheet.column_dimensions[get_column_letter(number)].width = each.width
    return list(book.worksheets)


def formulas_without_value(path: Path) -> list[str]:
    """Formulas whose cell stores nothing, by sheet part."""
    found = []
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = parts.read(name).decode()
                found += [f"{name} {cell}" for cell in re.findall(r"<c [^>]*><f>[^<]*</f></c>", xml)]
    return found

"""Which numbers of a workbook are shown as something else: as a day, a time, a percentage, on another scale."""

import re
from collections.abc import Mapping
from functools import lru_cache

from lawgov_score.workbook.forms.layout import cell_at
from lawgov_score.workbook.package.extent import sheet_data
from lawgov_score.workbook.package.guard import Safe
from lawgov_score.workbook.package.number_formats import Look, digits_shown, format_codes, look_of
from lawgov_score.workbook.package.part_xml import cells_in
from lawgov_score.workbook.submission.values import Cell, Formatted

_UNKNOWN = "?"  # a format that the workbook does not have


def dress(sheets: Mapping[str, list[list[Cell]]], safe: Safe, day_shift: int) -> None:
    """Puts a ``Formatted`` in the place of every number whose format makes something else of it."""
    styles = next((part for name, part in safe.parts.items() if name.lower().endswith("styles.xml")), b"")
    odd = _odd_formats(styles)
    if not odd:
        return
    for link in safe.links:
        part, rows = safe.parts.get(link.part, b""), sheets.get(link.name)
        if rows is None or sheet_data(part)[0] < 0:
            continue
        if link.part in safe.plain:
            for found in _pattern(tuple(odd)).finditer(part):
                _put(rows, *cell_at(found[1].decode()), odd[int(found[2])], day_shift)
        else:
            for cell in cells_in(part, lambda cell: cell.style.isdigit() and int(cell.style) in odd):
                _put(rows, cell.row - 1, cell.column - 1, odd[int(cell.style)], day_shift)


def _put(rows: list[list[Cell]], row: int, column: int, code: str, day_shift: int) -> None:
    if row < len(rows) and column < len(rows[row]) and type(number := rows[row][column]) is float:
        rows[row][column] = Formatted(number, code, day_shift)


@lru_cache(maxsize=64)  # the same styles in every workbook of a round
def _odd_formats(styles: bytes) -> Mapping[int, str]:
    """The cell formats, by number, that make something else of some number than what it is."""
    if not styles:
        return {}
    codes, _ = format_codes(styles)
    return {n: code for n, code in enumerate(codes) if _is_odd(code)}


def _is_odd(code: str) -> bool:
    return digits_shown(code, 1) != "1" or any(look_of(code, sign) is not Look.NUMBER for sign in (1, 0, -1))


@lru_cache(maxsize=64)
def _pattern(numbers: tuple[int, ...]) -> re.Pattern[bytes]:
    """Cells of a plain sheet under one of these formats, each with its address and the number of the format."""
    listed = b"|".join(b"%d" % n for n in sorted(numbers))
    return re.compile(rb'<c r="([A-Z]+[0-9]+)" s="(%b)" ?(?:t="n" ?)?>' % listed)

"""How large a workbook would be once read, estimated from its raw parts: sheets, rows, cells, text.

A value in a far corner makes a library hold every blank cell before it; sixty such sheets fill a machine's memory; and
one long text may be in a hundred thousand cells. So everything is added up before anything is opened.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lawgov_score.workbook.package.part_xml import Cursor, PartError, scan

MOST_SHEETS = 250
MOST_CELLS = 6_000_000  # of the rectangles from A1 to the farthest value, over all sheets
MOST_ROWS = 1_500_000
MOST_COLUMNS = 16_384  # of a table: as many as a sheet has
MOST_TEXT = 64 << 20  # bytes of text, counted once per cell that shows it

# A tag that a plain sheet does not have: plain are rows, texts, values, and cells whose address is in A to Z above row
# 10,000 and which hold no error; no formula, no comment, no prefix before a name. One scan, at 3 ns a byte.
_NOT_PLAIN = re.compile(
    rb'<(?!/|is>|t>|v>|c r="[A-Z][1-9][0-9]{0,3}"(?: s="[0-9]++")?(?: t="(?:s|n|b|str|inlineStr)")? ?/?>|row |t )'
)
# Content of a plain sheet that can be read in two ways: a value that is neither a number nor a text number, two values,
# a text where a value should be. Searched one by one: a joined pattern costs five times as much.
_IN_TWO_WAYS = tuple(
    map(
        re.compile,
        (
            rb"<v>(?![-+]?+[0-9.]{1,25}+(?:[eE][-+]?+[0-9]{1,4}+)?+</v></c>)",
            rb"</t><(?!/is>)",
            rb"</is>(?!</c>)",
            rb'<is>(?<!t="inlineStr"><is>)',
            rb't="inlineStr"><v',
            rb't="s"><v>(?![0-9]{1,9}+<)',
        ),
    )
)
_NEAR = (9_999, 26)
# A declared count, for which the library allocates memory at once.
_COUNT = re.compile(rb"""ount(?:(?<=\scount)|(?<=[a-z]Count))\s*=\s*["']([^"']*)""")
# A count of uses of shared texts: larger than their number if cells share texts; nothing is allocated for it.
_STORE = re.compile(rb"""<(?:\w+:)?sst\b[^>]*?\s(count\s*=)""")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Extent:
    """Rows and cells of all sheets together, and the part and corner of the sheet that reaches farthest."""

    rows: int
    cells: int
    part: str = ""
    corner: tuple[int, int] = (0, 0)


def sheet_data(part: bytes) -> tuple[int, int]:
    """Start and end of the cells in a sheet's XML: nothing outside is ever read as a cell."""
    return part.find(b"sheetData"), part.rfind(b"sheetData")


def extent_of(parts: Mapping[str, bytes], plain: Collection[str] = ()) -> Extent:
    """The extent of all sheets. Raises ``PartError`` if one is not XML.

    ``plain``: names of sheets that ``is_plain``. They are examined closely only if there are enough of them to matter.
    """
    sheets = [name for name, part in parts.items() if b"sheetData" in part]
    corners = {name: _NEAR if name in plain else far_corner(parts[name]) for name in sheets}
    if _rows(corners) > MOST_ROWS or _cells(corners) > MOST_CELLS:
        near = [name for name, corner in corners.items() if corner == _NEAR]
        corners |= {name: far_corner(parts[name]) for name in near}
    farthest = max(corners, key=lambda name: _reach(*corners[name]), default="")
    return Extent(_rows(corners), _cells(corners), farthest, corners.get(farthest, (0, 0)))


def is_off_the_sheet(rows: int, columns: int) -> bool:
    """Is the corner beyond the limits of any spreadsheet?"""
    return rows > 1_048_576 or columns > 16_384


def _reach(rows: int, columns: int) -> tuple[bool, int]:
    return is_off_the_sheet(rows, columns), rows * columns


def _rows(corners: Mapping[str, tuple[int, int]]) -> int:
    return sum(rows for rows, _ in corners.values())


def _cells(corners: Mapping[str, tuple[int, int]]) -> int:
    return sum(rows * columns for rows, columns in corners.values())


def is_plain(part: bytes) -> bool:
    """Is every cell of a sheet clearly near the top left, a value and not an error? False does not mean refused."""
    begin, end = sheet_data(part)
    if begin < 0 or _NOT_PLAIN.search(part, begin, end) is not None:
        return False
    return all(pattern.search(part, begin, end) is None for pattern in _IN_TWO_WAYS)


def up_to_cells(part: bytes) -> bytes:
    """A plain sheet without what follows its cells (validations, formats): no values are read from there."""
    begin, end = sheet_data(part)
    is_usual = part.find(b"<worksheet", 0, begin) >= 0 and part.startswith(b"</", end - 2)
    return part[:end] + b"sheetData></worksheet>" if is_usual else part


def far_corner(part: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle from A1 to the farthest non-blank cell; (0, 0) if there is none.

    A cell with an invalid address is off the sheet. Rows or cells inside cells, or rows inside rows, raise
    ``PartError``: no program writes them, and the library would place what follows in its own way.
    """
    far_row = far_column = 0
    in_row = in_cell = is_new = False
    row = column = 0
    cursor = Cursor()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal in_row, in_cell, is_new, row, column, far_row, far_column
        match name.rpartition(":")[2]:
            case "row":
                if in_row or in_cell:
                    raise PartError("a row within a row")
                in_row = True
                cursor.row(attributes.get("r", ""))
            case "c":
                if in_cell:
                    raise PartError("a cell within a cell")
                in_cell = is_new = True
                row, column = cursor.cell(attributes.get("r", ""))
            case "v" | "is" | "f" if is_new:
                far_row, far_column = max(far_row, row), max(far_column, column)
                is_new = False

    def end(name: str) -> None:
        nonlocal in_row, in_cell
        match name.rpartition(":")[2]:
            case "c":
                in_cell = False
            case "row":
                in_row = False
                cursor.row_ends()

    scan(part, start, end=end)
    return far_row, far_column


def promises_too_much(part: bytes) -> bool:
    """Does a part announce more entries than it has bytes? The library would allocate memory for them unchecked."""
    store = _STORE.search(part, 0, _HEAD)
    first, last = store.span(1) if store is not None else (-1, -1)
    return any(
        not match[1].isdigit() or int(match[1]) > len(part)
        for match in _COUNT.finditer(part)
        if len(match[1]) > 5 and not first <= match.start() < last
    )


def text_of(parts: Mapping[str, bytes]) -> int:
    """Approximate bytes of text in all cells that use the shared texts. Raises ``PartError``.

    First estimated as if every cell held the longest text; counted exactly only if that is too much.
    """
    stores = [part for name, part in parts.items() if name.lower().endswith("sharedstrings.xml")]
    if not stores:
        return 0
    sheets = [part for part in parts.values() if b"sheetData" in part]
    longest = max((_longest(store) for store in stores), default=0)
    most = longest * sum(map(_references, sheets))
    if most <= MOST_TEXT:
        return most
    lengths = [length for store in stores for length in _lengths(store)]
    return sum(lengths[at] for sheet in sheets for at in _referred(sheet) if at < len(lengths))


def _longest(store: bytes) -> int:
    """An upper bound for the longest shared text: the widest gap between the ends of entries."""
    longest = begin = 0
    while begin < len(store):
        end = store.find(b"si>", begin)
        end = len(store) if end < 0 else end
        longest = max(longest, end - begin)
        begin = end + 3
    return longest


def _references(sheet: bytes) -> int:
    """An upper bound for the number of cells that use shared texts: those marked so, or all if marks may be escaped."""
    if b"&#" in sheet:
        return sheet.count(b"<v") + sheet.count(b":v")
    return sheet.count(b'"s"') + sheet.count(b"'s'")


def _lengths(store: bytes) -> list[int]:
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def inside(text: str) -> None:
        if lengths:
            lengths[-1] += len(text.encode())

    scan(store, start, inside)
    return lengths


def _referred(sheet: bytes) -> list[int]:
    """The shared-text number of each cell that uses one."""
    numbers: list[int] = []
    is_text = within = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_text, within
        tag = name.rpartition(":")[2]
        if tag == "c":
            is_text = attributes.get("t") == "s"
        within = tag == "v" and is_text

    def inside(text: str) -> None:
        if within and text.strip().isdecimal():
            numbers.append(int(text))

    def end(_: str) -> None:
        nonlocal within
        within = False

    scan(sheet, start, inside, end)
    return numbers

"""The look of workbooks: fonts, colours, widths, number formats and print set-up, for everything written here."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lawgov_score.content import palette
from lawgov_score.report import render, width
from lawgov_score.wording import Language, Words

Style = Mapping[str, object]

BODY_FONT = "宋体"
HEAD_FONT = "黑体"

INK = palette.INK
ACCENT = palette.ACCENT
HEADER_FILL = palette.HEADER_FILL
INPUT_FILL = palette.INPUT_FILL
LOCKED_FILL = palette.LOCKED_FILL
BAND_FILL = palette.BAND_FILL
CHANGED_FILL = palette.CHANGED_FILL
GRID = palette.GRID
MUTED = palette.MUTED
GOOD = palette.GOOD
BAD = palette.BAD

_CELL: Style = {
    "font_name": BODY_FONT,
    "font_size": 10,
    "font_color": INK,
    "valign": "vcenter",
}
_BOXED: Style = {**_CELL, "border": 1, "border_color": GRID}

TITLE: Style = {**_CELL, "font_name": HEAD_FONT, "font_size": 18, "font_color": ACCENT, "align": "center"}
SUBTITLE: Style = {**_CELL, "font_color": MUTED, "align": "center"}
HEADING: Style = {**_CELL, "font_name": HEAD_FONT, "font_size": 12, "font_color": ACCENT}
NOTE: Style = {**_CELL, "font_size": 9, "font_color": MUTED, "text_wrap": True}
PLAIN: Style = {**_CELL, "text_wrap": True}

HEADER: Style = {
    **_BOXED,
    "font_name": HEAD_FONT,
    "bg_color": HEADER_FILL,
    "align": "center",
    "text_wrap": True,
}
TEXT: Style = {**_BOXED, "text_wrap": True, "align": "left"}
CENTRED: Style = {**_BOXED, "text_wrap": True, "align": "center"}
_NUMBER: Style = {**_BOXED, "align": "right", "shrink": True}  # a figure too wide gets smaller, never ###
WHOLE: Style = {**_NUMBER, "num_format": "0"}
POINTS: Style = {**_NUMBER, "num_format": "0.00"}
PRINTED: Style = {**_NUMBER, "num_format": "General"}  # a tree's points, as printed: 1.5, not 1.50
AMOUNT: Style = {**_NUMBER, "num_format": "#,##0.00"}
PERCENT: Style = {**_NUMBER, "num_format": "0.00%"}
DATE: Style = {**_BOXED, "align": "center", "num_format": "yyyy-mm-dd"}

CREATED = datetime(2020, 1, 1)  # fixed: the same input gives the same bytes
ROW_CAP = 409.0  # points; a spreadsheet allows no taller row

_SECTION = re.compile(r'(?:"[^"]*"|[^;"])+')  # of a number format: for positive numbers, for negative ones, …

FOOTER = Words("第&P页 共&N页", "Page &P of &N")


def new_workbook(
    path: Path,
    title: str,
    *,
    kind: type[xlsxwriter.Workbook] = xlsxwriter.Workbook,
    sheets: type[Worksheet] = Worksheet,
    in_memory: bool = False,
) -> xlsxwriter.Workbook:
    """An empty workbook that turns no text into a formula or a link, with a fixed date of creation.

    ``kind``, ``sheets``: how it and its sheets are written. ``in_memory``: a small one, which needs no temporary files.
    """
    book = kind(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),  # in a folder of ours: leftovers of an interruption are removed with it
            "in_memory": in_memory,
        },
    )
    book.worksheet_class = sheets
    book.set_properties({"title": title, "author": "", "created": CREATED})
    return book


def save(book: xlsxwriter.Workbook) -> None:
    """Writes the workbook out. Raises the ``OSError`` of the system, not XlsxWriter's own wrapping of it."""
    try:
        book.close()
    except FileCreateError as error:
        if isinstance(error.args[0], OSError):
            raise error.args[0] from None
        raise


def close(book: xlsxwriter.Workbook) -> None:
    """Writes the file. Raises ``OSError`` if the system refuses (XlsxWriter wraps that in an exception of its own)."""
    try:
        book.close()
    except FileCreateError as error:
        refused = error.args[0] if error.args else None
        raise (refused if isinstance(refused, OSError) else OSError(str(error))) from error


class Formats:
    """The formats of one workbook, each made once: ``formats(TEXT, bold=True)``.

    ``is_spaced``: numbers keep off the border. An indent would do that too, but LibreOffice drops it in every other
    cell; so their formats end with the room of a digit.
    """

    def __init__(self, book: xlsxwriter.Workbook, *, is_spaced: bool = False) -> None:
        self._book, self._is_spaced = book, is_spaced
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._plain: dict[int, tuple[Style, Format]] = {}  # by the id of the style, which is kept: no other gets it
        self._asked: dict[tuple[int, tuple[tuple[str, object], ...]], tuple[Style, Format]] = {}

    def __call__(self, style: Style, **changes: object) -> Format:
        """The workbook's format for ``style`` with ``changes``, in XlsxWriter's names of properties."""
        if not changes:
            known = self._plain.get(id(style))
            if known is None:
                known = self._plain[id(style)] = (style, self._format({**style}))
            return known[1]
        asked = (id(style), tuple(changes.items()))
        known = self._asked.get(asked)
        if known is None:
            known = self._asked[asked] = (style, self._format({**style, **changes}))
        return known[1]

    def _format(self, wanted: dict[str, object]) -> Format:
        if self._is_spaced and wanted.get("align") == "right" and "num_format" in wanted:
            wanted["num_format"] = spaced(str(wanted["num_format"]))
        key = tuple(sorted(wanted.items(), key=lambda pair: pair[0]))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._book.add_format(wanted)
        return made


def spaced(number_format: str) -> str:
    """The format with the room of a digit after the number, whatever its sign.

    >>> spaced("0.00"), spaced("+0.0;−0.0;0")
    ('0.00_0', '+0.0_0;−0.0_0;0_0')
    """
    return _SECTION.sub(r"\g<0>_0", number_format)


def column_width(texts: Iterable[str], least: float = 6, most: float = 60) -> float:
    """A column's width that shows the longest line of ``texts``; a Chinese character takes two."""
    longest = max((width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2.0, least), most)


@lru_cache(maxsize=20_000)  # the same titles stand on every card
def lines_needed(text: str, columns: float, size: float = 10) -> int:
    """How many lines ``text`` takes in a wrapped cell ``columns`` wide, in a font of ``size`` points."""
    room = max(columns - 1.5, 2.0)  # padding, and lines that break early
    per_column = size * 4 / 3 / 14  # a Chinese character is ``size`` points wide, two columns 14 pixels
    return sum(max(math.ceil(width(line) * per_column / room), 1) for line in text.split("\n"))


def row_height(cells: Iterable[tuple[str, float]], size: float = 10, least: float = 18) -> float:
    """A row's height in points that clips none of ``cells``, each a text and its column's width."""
    lines = max((lines_needed(text, columns, size) for text, columns in cells), default=1)
    return min(max(height_of(lines, size), least), ROW_CAP)


def height_of(lines: int, size: float = 10) -> float:
    """The height in points of so many lines, even beyond the tallest possible row."""
    return lines * size * 1.4 + 5


def print_setup(
    sheet: Worksheet, lang: Language, *, header_rows: tuple[int, int] | None = None, landscape: bool = True
) -> None:
    """A4, one page wide, page numbers in the footer; ``header_rows`` (first and last, from 0) on every page."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer(f'&C&"{BODY_FONT},Regular"&9{render(FOOTER, lang)}')
    sheet.hide_gridlines(2)
    if header_rows is not None:
        sheet.repeat_rows(*header_rows)

"""A sheet being written: every text with enough height, every number in its format, nan as blank."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lawgov_score.report import render
from lawgov_score.rounding import VALUE_DECIMALS, rounded
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.paper import A4, SAFETY, Flow, Paper, divided, lay_out, room

Content = Text | float | int | None

SMALL = 10 / 9  # factor by which a column holds more small print (9 points) than usual text (10 points)
_NOTE_WIDTH = 54  # in characters
LONGEST_TEXT = 32_767  # characters that a cell holds
SHEET_ROWS = 1_048_576  # rows of a sheet
_AT_MOST = Words('"最多扣 "0.0#', '"at most "0.0#" off"')
_TAKES = Words('"扣 "{n};"扣 −"{n};"—"', '{n}" off";"−"{n}" off";"—"')
_CUT = Words(
    "……（全文 {n} 字，一个单元格放不下，余下的见原文件）",
    "… ({n} characters in all, more than a cell holds; the rest is in the file it came from)",
)


@dataclass(frozen=True)
class Page:
    """A sheet with its column widths (in characters), the formats of its workbook and the reader's language."""

    sheet: Worksheet
    formats: Formats
    lang: Language
    widths: tuple[float, ...]
    landscape: bool = True
    paper: Paper = A4
    flow: Flow = field(default_factory=Flow)  # how its rows are divided into printed pages

    @property
    def last(self) -> int:
        """The last column, from 0."""
        return len(self.widths) - 1

    @property
    def width(self) -> float:
        """All columns together, in characters."""
        return sum(self.widths)

    @property
    def pixels(self) -> int:
        """All columns together in pixels as a spreadsheet draws them, for pictures as wide as the table."""
        return sum(map(pixels_of, self.widths)) - 8

    def say(self, text: Text) -> str:
        """``text`` in the reader's language."""
        return render(text, self.lang)

    def put(self, row: int, column: int, content: Content, style: Style, **changes: object) -> None:
        """Writes one cell: text stays text, whatever it begins with; None and nan leave a blank with its border."""
        cell_format = self.formats(style, **changes)
        if content is None or (isinstance(content, float) and math.isnan(content)):
            self.sheet.write_blank(row, column, None, cell_format)
        elif isinstance(content, (float, int)):
            self.sheet.write_number(row, column, rounded(float(content), VALUE_DECIMALS), cell_format)
        else:
            self.sheet.write_string(row, column, fitting(self.say(content), self.lang), cell_format)

    def formula(self, row: int, column: int, formula: str, value: float | str, style: Style, **changes: object) -> None:
        """Writes a live formula with its stored value; nan is stored as empty text."""
        stored = value
        if isinstance(value, float):
            stored = "" if math.isnan(value) else rounded(value, VALUE_DECIMALS)
        self.sheet.write_formula(row, column, formula, self.formats(style, **changes), stored)

    def span(self, row: int, first: int, last: int, content: Content, style: Style, **changes: object) -> None:
        """Writes one text or number over several columns."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.formats(style, **changes))
        self.put(row, first, content, style, **changes)

    def down(self, row: int, last: int, column: int, content: Content, style: Style, **changes: object) -> None:
        """Writes one content over several rows, at their top: a printed page may end between them."""
        self.put(row, column, content, style, **self._joined(row, last, column, style, changes))

    def formula_down(
        self, row: int, last: int, column: int, formula: str, value: float | str, style: Style, **changes: object
    ) -> None:
        """Writes one formula over several rows, at their top."""
        self.formula(row, column, formula, value, style, **self._joined(row, last, column, style, changes))

    def _joined(
        self, row: int, last: int, column: int, style: Style, changes: Mapping[str, object]
    ) -> Mapping[str, object]:
        if last == row:
            return changes
        changes = {**changes, "valign": "top"}
        self.sheet.merge_range(row, column, last, column, "", self.formats(style, **changes))
        return changes

    def note(self, row: int, column: int, text: str) -> None:
        """Adds a note to a cell, shown while the pointer rests there and never printed."""
        lines = look.lines_needed(text, _NOTE_WIDTH, 9)
        box = {"width": _NOTE_WIDTH * 7, "height": lines * 17 + 12, "font_name": look.BODY_FONT, "font_size": 9}
        self.sheet.write_comment(row, column, text, box)

    def height(self, row: int, cells: Iterable[tuple[Text, float]], size: float = 10, least: float = 18) -> None:
        """Makes ``row`` tall enough for ``cells``, each a text and the width available to it."""
        texts = [(self.say(text), wide) for text, wide in cells]
        self.tall(row, look.row_height(texts, size, least))

    def tall(self, row: int, height: float) -> None:
        """Makes ``row`` that many points tall."""
        self.sheet.set_row(row, height)
        self.flow.heights[row] = height

    def line(self, row: int, content: Text, style: Style, **changes: object) -> int:
        """Writes a text over the whole width, as tall as it needs; gives the next row."""
        size = float(str({**style, **changes}.get("font_size", 10)))
        self.span(row, 0, self.last, content, style, **{"text_wrap": True, **changes})
        self.height(row, [(content, self.width)], size, least=size * 1.8)
        if style is look.HEADING:
            self.flow.kept.add(row)
        return row + 1

    def header(self, row: int, labels: Sequence[Text], first: int = 0) -> int:
        """Writes the heading row of a table, kept on one page with the row below it; gives the next row."""
        self.flow.kept.add(row)
        for column, label in enumerate(labels, first):
            self.put(row, column, label, look.HEADER)
        self.height(row, [(label, self.widths[first + i]) for i, label in enumerate(labels)], least=22)
        return row + 1


def fitting(text: str, lang: Language) -> str:
    """``text``, or its beginning with its full length if it exceeds a cell's limit."""
    if _length(text) <= LONGEST_TEXT:
        return text
    cut_note = render(_CUT(n=len(text)), lang)
    kept = text[: LONGEST_TEXT - len(cut_note)]
    while _length(kept) + len(cut_note) > LONGEST_TEXT:
        kept = kept[: len(kept) - max((_length(kept) + len(cut_note) - LONGEST_TEXT) // 2, 1)]
    return kept + cut_note


def _length(text: str) -> int:
    """The length as spreadsheet programs count it: a character beyond the first 65,536 (an emoji) counts two."""
    return len(text) if text.isascii() or len(text) < LONGEST_TEXT // 2 else len(text.encode("utf-16-le")) // 2


def open_page(
    book: xlsxwriter.Workbook,
    formats: Formats,
    name: Text,
    lang: Language,
    widths: Sequence[float],
    *,
    landscape: bool = True,
    on: Paper = A4,
) -> Page:
    """Opens a new sheet with its columns set; ``finish`` it when the rows of its heading are known."""
    sheet = book.add_worksheet(render(name, lang))
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    look.print_setup(sheet, lang, landscape=landscape)
    sheet.set_paper(on.number)
    return Page(sheet, formats, lang, tuple(widths), landscape, on)


def finish(
    page: Page,
    *,
    header: int,
    end: int,
    first_header: int | None = None,
    frozen_columns: int = 0,
    filtered: bool = False,
    across: int = 1,
) -> None:
    """Freezes the heading in row ``header``, filters the table that ends before row ``end``, and sets up printing.

    Every page repeats the heading, from row ``first_header`` on if it has several rows. ``across``: number of pages
    side by side, if one would be illegible.
    """
    repeated = (header if first_header is None else first_header, header)
    page.sheet.repeat_rows(*repeated)
    page.sheet.freeze_panes(header + 1, frozen_columns)
    if filtered and end > header + 1:
        page.sheet.autofilter(header, 0, end - 1, page.last)
    page.sheet.print_area(0, 0, max(end - 1, header), page.last)
    if across > 1:
        page.sheet.fit_to_pages(across, 0)
    height = room(page.paper, page.pixels // across, landscape=page.landscape)
    lay_out(page.sheet, page.flow, end=max(end, header + 1), repeated=repeated, height=height)


def pages_begin(page: Page, *, header: int, end: int) -> list[int]:
    """The rows that ``finish`` will begin a page with, once every row has its height and the flow is known."""
    height = room(page.paper, page.pixels, landscape=page.landscape)
    return divided(page.flow, end=end, repeated=(header, header), height=height) or []


def ends_within(page: Page, first: int, end: int) -> bool:
    """Might the first page end between row ``first`` and row ``end``, if nothing is said of where pages end?"""
    least = room(page.paper, page.pixels, landscape=page.landscape)
    above, below = (sum(page.flow.heights.get(row, 0.0) for row in range(stop)) for stop in (first, end))
    return above <= least / SAFETY and below > least


def pixels_of(wide: float) -> int:
    """A column's width (given in characters) in pixels, as a spreadsheet draws it."""
    return int(wide * 7) + 5


def points_format(decimals: int | None) -> str:
    """The number format of scores: at least two decimals, more where the tree keeps more."""
    return "0." + "0" * max(decimals or 0, 2)


def worth_format(lang: Language, *, is_taken_off: bool) -> str:
    """The number format of a node's points; of a 扣分项 they are the most that it takes off."""
    return render(_AT_MOST, lang) if is_taken_off else "0.0#"


def taken_format(lang: Language, decimals: int | None) -> str:
    """The number format of what a 扣分项 takes off; the cell holds the plain number, which sums refer to."""
    return render(_TAKES(n=points_format(decimals)), lang)


def with_mark(mark: str) -> str:
    """What a number format ends in so that ``mark`` stands behind the number."""
    return f'"{mark}"' if mark else ""


def letter_format(letter: str, decimals: int | None) -> str:
    """The same with the score's letter before the number, if it has one."""
    plain = points_format(decimals)
    return '"' + letter.replace('"', "") + f'  "{plain}' if letter else plain

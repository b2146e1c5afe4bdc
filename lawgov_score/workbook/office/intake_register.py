"""The register of submissions as a workbook: who sent what, and what was left blank; for people, read by nothing."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_range

from lawgov_score.content import intake_register as content
from lawgov_score.content.intake_register import Line, Register, State
from lawgov_score.places import place_text
from lawgov_score.report import render
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.package.sealed import seal
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

_WIDTHS = {  # narrow: all of a round's columns are to be read on one page across, printed on A4
    content.UNIT_CODE: 9,
    content.UNIT: 14,
    content.COHORT: 8,
    content.FILE: 14,
    content.SAVED: 11,
    content.VERSIONS: 6,
    content.OTHERS: 14,
    content.ASKED: 6,
    content.BLANKS: 6,
    content.MATERIALS: 6,
    content.ERRORS: 5,
    content.WARNINGS: 5,
    content.STATE: 8,
    content.CHECKED: 8,
    content.TRY: 6,
    content.RECEIPT: 12,
    content.RECEIVED: 11,
    content.LATE: 7,
    content.STANDS: 7,
    content.INDICATOR_CODE: 12,
    content.INDICATOR: 34,
    content.FIELD: 34,
    content.PLACE: 28,
}
_OF_BLANKS = {content.UNIT_CODE: 12, content.UNIT: 24, content.COHORT: 14}  # of the second sheet, which has room
_CENTRED = frozenset(
    {content.SAVED, content.STATE, content.CHECKED, content.TRY, content.RECEIVED, content.LATE, content.STANDS}
)
_GRAVE = frozenset({State.STRANGER, State.NOT_SENT, State.NOT_USABLE, State.UNDECIDED, State.ERRORS, State.EMPTY})
_EDITION = Words("{edition} 版 · 考核年度 {year}", "Edition {edition} · assessed year {year}")


def write_register(register: Register, path: Path, lang: Language) -> None:
    """Writes the workbook, sealed: what people note in it is kept. Same register, same bytes. Raises ``OSError``."""
    book = look.new_workbook(path, render(content.TITLE(title=register.tree.title), lang))
    formats = Formats(book, is_spaced=True)
    _write_units(book, formats, register, lang)
    _write_blanks(book, formats, register, lang)
    look.close(book)
    seal(path)


def _open(
    book: xlsxwriter.Workbook,
    formats: Formats,
    register: Register,
    lang: Language,
    name: Words,
    columns: tuple[Words, ...],
) -> tuple[Page, int]:
    """A sheet with its title; and the next row."""
    widths = _WIDTHS if columns is not content.BLANK_COLUMNS else _WIDTHS | _OF_BLANKS
    page = open_page(book, formats, name, lang, [widths[column] for column in columns])
    tree = register.tree
    row = page.line(0, content.TITLE(title=tree.title), look.TITLE)
    row = page.line(row, _EDITION(edition=tree.edition, year=str(tree.year)), look.SUBTITLE)
    return page, row


def _write_units(book: xlsxwriter.Workbook, formats: Formats, register: Register, lang: Language) -> None:
    columns = content.columns_of(register)
    page, row = _open(book, formats, register, lang, content.NAME, columns)
    row = page.line(row, register.summary, look.PLAIN, align="center")
    row = page.line(row, content.NOTE, look.NOTE)
    header = row
    row = first = page.header(row, columns)
    for line in register.lines:
        _unit(page, row, line, register)
        row += 1
    finish(page, header=header, end=row, frozen_columns=2, filtered=True)
    _totals(page, row, first, register)
    page.sheet.print_area(0, 0, row, page.last)


def _unit(page: Page, row: int, line: Line, register: Register) -> None:
    figures, texts = content.figures_of(line), dict(content.texts_of(line, page.lang))
    if register.arrivals is not None:
        texts |= content.texts_of_arrival(register.arrivals.get(line.unit.code), page.lang)
    columns = content.columns_of(register)
    for at, column in enumerate(columns):
        changes: dict[str, object] = {}
        if column in {content.STATE, content.CHECKED} and line.state in _GRAVE:
            changes = {"font_color": look.BAD, "bold": True}
        if column in texts:
            page.put(row, at, texts[column], look.CENTRED if column in _CENTRED else look.TEXT, **changes)
        else:
            page.put(row, at, figures.get(column), look.WHOLE)
    widths = zip(columns, page.widths, strict=True)
    page.height(row, [(texts[column], wide) for column, wide in widths if column in texts])


def _totals(page: Page, row: int, first: int, register: Register) -> None:
    """The last row: live sums of the columns of numbers."""
    page.span(row, 0, 1, content.TOTAL, look.HEADER)
    for at, column in enumerate(content.columns_of(register)):
        if column in content.NUMBERS and register.lines:
            total = content.total(register, column)
            page.formula(row, at, f"=SUM({xl_range(first, at, row - 1, at)})", float(total), look.WHOLE, bold=True)
        elif at > 1:
            page.put(row, at, None, look.HEADER)
    page.tall(row, 22)


def _write_blanks(book: xlsxwriter.Workbook, formats: Formats, register: Register, lang: Language) -> None:
    page, row = _open(book, formats, register, lang, content.BLANKS_NAME, content.BLANK_COLUMNS)
    row = page.line(row, content.NOTE, look.NOTE)
    header = row
    row = page.header(row, content.BLANK_COLUMNS)
    for line, blank in content.blank_rows(register):
        texts: list[Text] = [
            *(line.unit.code, line.unit.name, line.cohort),
            *(blank.code, blank.indicator, blank.called, place_text(blank.place) if blank.place else content.NOTHING),
        ]
        for at, text in enumerate(texts):
            page.put(row, at, text, look.TEXT)
        page.height(row, list(zip(texts, page.widths, strict=True)))
        row += 1
    if row == header + 1:
        row = page.line(row, content.NO_BLANKS, look.PLAIN)
    finish(page, header=header, end=row, frozen_columns=2, filtered=row > header + 2)

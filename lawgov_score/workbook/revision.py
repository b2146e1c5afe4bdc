"""What changed from one tree to another, as a workbook that a committee reads: old and new side by side."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

from xlsxwriter.format import Format

from lawgov_score.report import render
from lawgov_score.revision import Affects, Revision
from lawgov_score.revision import report_rows as content
from lawgov_score.revision.report_rows import Row
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.package.sealed import seal
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats
from lawgov_score.workbook.writing.page import Page, finish, open_page

NAME = Words("变化对照", "Changes")
COLUMNS = (
    Words("序号", "No."),
    Words("类别", "Class"),
    Words("编码", "Code"),
    Words("名称", "Title"),
    Words("变化", "Change"),
    Words("原", "Old"),
    Words("新", "New"),
    Words("意见", "Remarks"),
)
_WIDTHS = (5, 9, 10, 22, 15, 46, 48, 14)  # what is bold in the new text takes more room
_OLD, _NEW = 5, 6
_NOTE = Words(
    "原文中划去的、新文中加粗的，是两边不同的字。先列影响得分的，次列影响填报的，末列文字；各类内按体系的次序。",
    "Struck through in the old and bold in the new: what differs between the two. First what moves scores, then what "
    "is filled in, last words alone; within each as printed in the tree.",
)
_FILLS = {Affects.SCORE: "#F8CBC4", Affects.FILLING: "#FFE59A", Affects.TEXT: "#FFFFFF"}
_TOKENS = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|[\s\S]")  # a figure differs as a whole, never by a digit
_LONGEST_MARKED = 8_000  # characters; beyond that nobody looks for single words
_ALIKE = 0.4  # share of a text that has to be the same for single words to be marked


def write_revision(revision: Revision, path: Path, lang: Language) -> None:
    """Writes the workbook, sealed: remarks that people write into it are kept. Same trees, same bytes.

    Raises ``OSError``.
    """
    book = look.new_workbook(path, render(content.TITLE, lang))
    formats = Formats(book, is_spaced=True)
    page = open_page(book, formats, NAME, lang, _WIDTHS)
    row = page.line(0, content.TITLE, look.TITLE)
    for tree in content.trees(revision):
        row = page.line(row, tree, look.SUBTITLE)
    for told in content.outcome(revision):
        row = page.line(row, told, look.PLAIN)
    found = content.rows(revision)
    if found:
        row = page.line(row, _NOTE, look.NOTE)
    header = row
    row = page.header(row, COLUMNS)
    number = 0
    for rows in found.values():
        for one in rows:
            number += 1
            _write(page, row, number, one)
            row += 1
    finish(page, header=header, end=row, frozen_columns=4, filtered=row > header + 2)
    look.close(book)
    seal(path)


def _write(page: Page, at: int, number: int, row: Row) -> None:
    fill: dict[str, object] = {"bg_color": _FILLS[row.affects]} if row.affects is not Affects.TEXT else {}
    page.put(at, 0, number, look.WHOLE, align="center", num_format="0")
    page.put(at, 1, content.CLASSES[row.affects], look.CENTRED, **fill)
    page.put(at, 2, row.code, look.TEXT)
    page.put(at, 3, row.title, look.TEXT)
    page.put(at, 4, row.what, look.TEXT)
    old, new = (content.said_text(each, page.lang) for each in (row.old, row.new))
    _put_sides(page, at, old, new)
    page.put(at, 7, None, look.TEXT)
    texts = (content.CLASSES[row.affects], row.code, row.title, row.what, old, new)
    page.height(at, list(zip(texts, _WIDTHS[1:7], strict=True)))


def _put_sides(page: Page, at: int, old: str, new: str) -> None:
    """Old and new with what differs marked, where they have enough in common for that to help."""
    was, now = _TOKENS.findall(old), _TOKENS.findall(new)
    pieces = SequenceMatcher(None, was, now, autojunk=False)
    marks = pieces.get_opcodes() if max(len(old), len(new)) <= _LONGEST_MARKED else []
    plain = page.formats(look.TEXT)
    gone = page.formats({**look.TEXT, "font_strikeout": True, "font_color": look.BAD})
    came = page.formats({**look.TEXT, "bold": True, "font_color": look.ACCENT})
    is_marked = bool(marks) and pieces.ratio() >= _ALIKE
    sides = (
        (_OLD, old, [("".join(was[first:last]), kind != "equal") for kind, first, last, _, _ in marks], gone),
        (_NEW, new, [("".join(now[first:last]), kind != "equal") for kind, _, _, first, last in marks], came),
    )
    for column, text, runs, form in sides:
        parts = [(part, differs) for part, differs in runs if part]
        if not is_marked or len(parts) < 2:  # a cell of one run needs no rich text
            page.put(at, column, text, look.TEXT)
        else:
            page.sheet.write_rich_string(at, column, *_runs(parts, plain, form), plain)


def _runs(parts: Sequence[tuple[str, bool]], plain: Format, marked: Format) -> list[object]:
    return [each for part, differs in parts for each in (marked if differs else plain, part)]

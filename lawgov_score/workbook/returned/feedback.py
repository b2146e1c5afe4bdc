"""A copy of a unit's own workbook with its problems marked on the cells, to be sent back; the original is not changed.

The copy reads like the original, cell for cell: contents that it loses are named on its first sheet, and a workbook
that cannot be copied faithfully gets no copy.
"""

import errno
import io
import os
import warnings
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell as BookCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.problems import Problem, by_weight
from lawgov_score.report import SEVERITIES, part, render, title, width
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.guard import guard
from lawgov_score.workbook.package.opened import Opened, open_workbook, opened_from
from lawgov_score.workbook.returned.carried import NoCopyError, add_lists, check_same, contents_of, dropped, finished
from lawgov_score.workbook.returned.feedback_sheet import FILLS, About, Entry, write_list
from lawgov_score.workbook.returned.times import NOT_SAID, Times
from lawgov_score.workbook.submission.marks import (
    MARKS_SHEET,
    RECORD,
    RETURNED_SHEET,
    Mark,
    RowsAsked,
    identity,
    mark_of,
    marks_in,
    rows_of,
    sheet_of_list,
    unmarked,
)
from lawgov_score.workbook.submission.sender import sender

_AUTHOR = "lawgov-score"
_NOTE_COLUMNS, _NOTE_WIDTH, _MOST_NOTE_HEIGHT = 46, 340, 480  # characters; pixels
_STASH = len(RECORD) + 1  # the column of the record for a cell's own look; the next one is for its own note

_MOST_COPIED = 16 << 20  # bytes of a workbook unpacked; a fill-in workbook has less than one
_TOO_LARGE = Words(
    "工作簿展开后有 {found} MB，大于 {most} MB，多半有大量空行或多余内容；请清理后再核对",
    "the workbook has {found} MB unpacked, more than {most} MB: take out what does not belong there, and check again",
)
_HEAD = Words("退回修改 {n}｜{severity} {code}", "{n} | {severity} {code}")
_LABELS = {
    "expected": Words("应为：{text}", "Expected: {text}"),
    "found": Words("实为：{text}", "Found: {text}"),
    "hint": Words("改法：{text}", "What to do: {text}"),
}
_OWN_NOTE = Words("（原有批注）{text}", "(note that was there) {text}")
_CANNOT = Words("不能编辑这个工作簿（{what}）", "the workbook cannot be edited ({what})")
_SAID = Words("{title}", "{title}")


@dataclass(frozen=True, slots=True)
class Returned:
    """The result: the copy's bytes, and the contents of the original it lacks."""

    data: bytes
    lacks: tuple[Phrase, ...]


def marked_copy(
    path: Path, problems: Sequence[Problem], lang: Language, notice: Notice = NO_NOTICE, times: Times = NOT_SAID
) -> Returned:
    """The workbook at ``path`` with each of ``problems`` marked on its cell, and all listed on a first sheet.

    ``problems``: those of this workbook, in any order. ``notice``, ``times``: for the first sheet. Marks of an
    earlier return are removed first. Raises ``NoCopyError``; ``OSError`` where temporary files are refused.
    """
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        raise NoCopyError(_SAID(title=title(opened, lang)))
    inflated = sum(map(len, opened.safe.parts.values()))
    if inflated > _MOST_COPIED:
        raise NoCopyError(_TOO_LARGE(found=inflated >> 20, most=_MOST_COPIED >> 20))
    had = contents_of(opened.safe.parts)
    ordered = sorted(problems, key=by_weight)
    data = _made(opened, ordered, lang, (), notice, times)
    made = _reopened(data, lang)
    lacks = dropped(had, contents_of(made.safe.parts))
    if lacks:
        data = _made(opened, ordered, lang, lacks, notice, times)
        made = _reopened(data, lang)
    check_same(unmarked(opened), made)
    return Returned(data, lacks)


def _reopened(data: bytes, lang: Language) -> Opened:
    safe = guard(data, RETURNED_SHEET)
    made = safe if isinstance(safe, Problem) else opened_from(safe, RETURNED_SHEET)
    if isinstance(made, Problem):
        raise NoCopyError(_SAID(title=title(made, lang)))
    return made


def _made(
    opened: Opened, problems: Sequence[Problem], lang: Language, lacks: Sequence[Phrase], notice: Notice, times: Times
) -> bytes:
    """The copy's bytes."""
    own = unmarked(opened)
    rows = RowsAsked(own)
    earlier = [rows.found(mark) for mark in marks_in(opened.sheets)]
    still = {identity(problem) for problem in problems}
    left = sum(mark.identity in still for mark in earlier)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about dropped contents: `carried` checks itself
            book = openpyxl.load_workbook(io.BytesIO(stored(opened.safe.parts)), rich_text=True)
            _take_off(book, earlier, sheet_of_list(opened.sheets))
            add_lists(book, opened)
            listed = book.create_sheet(RETURNED_SHEET, 0)  # the library renames it if the unit has a sheet of this name
            entries = _mark(book, rows, problems, listed.title, lang)
            write_list(listed, entries, About(sender(own), lacks, len(earlier), left, notice, times), lang)
            _show_first(book, listed)
            data = io.BytesIO()
            book.save(data)
    except MemoryError:
        raise
    except Exception as error:  # any exception of the library on a workbook it does not understand
        if (refused := _of_system(error)) is not None:
            raise refused  # noqa: B904  # it is the error, or says the same
        raise NoCopyError(_CANNOT(what=f"{type(error).__name__}: {error}")) from error
    return finished(opened, data.getvalue())


def _of_system(error: Exception) -> OSError | None:
    """What the system refused, of the library's temporary files; None where it refused nothing."""
    if isinstance(error, OSError):
        return error if error.errno is not None else None
    number = getattr(errno, str(error).removeprefix("IO_"), None)  # lxml, where it is there: "IO_ENOSPC"
    return OSError(number, os.strerror(number)) if isinstance(number, int) else None


# ------------------------------------------------- marks of an earlier return


def _take_off(book: openpyxl.Workbook, marks: Sequence[Mark], listed: str) -> None:
    """Removes the marks of an earlier return. ``marks``: as recorded in the copy, at their present cells.

    ``listed``: the name of the sheet that lists them.
    """
    if MARKS_SHEET not in book.sheetnames:
        return
    record = book[MARKS_SHEET]
    for i, mark in enumerate(marks, start=2):
        stash, own = record.cell(i, _STASH), record.cell(i, _STASH + 1).value
        if stash.value and mark.sheet in book.sheetnames:
            cell = _cell(book[mark.sheet], mark.cell)
            cell.fill = copy(stash.fill)  # type: ignore[assignment]  # a proxy of a fill copies as a fill
            cell.comment = Comment(str(own), "") if own else None
    for name in (MARKS_SHEET, listed):
        if name in book.sheetnames:
            del book[name]
    for sheet in book.worksheets:  # marks on cells copied elsewhere
        for each in (each for row in sheet.iter_rows() for each in row):
            if each.comment is not None and each.comment.author == _AUTHOR:
                each.comment = None


# ------------------------------------------------- new marks


def _mark(
    book: openpyxl.Workbook, rows: RowsAsked, problems: Sequence[Problem], listed: str, lang: Language
) -> list[Entry]:
    """Marks the cells and writes the record; gives the list entries, in the same order."""
    marks = [mark_of(problem, rows) for problem in problems]
    by_cell: dict[tuple[str, str], list[int]] = {}  # for merged cells, the visible one
    is_marked = [bool(mark.cell) and mark.sheet in book.sheetnames for mark in marks]
    for n, mark in enumerate(marks, start=1):
        if is_marked[n - 1]:
            by_cell.setdefault((mark.sheet, _cell(book[mark.sheet], mark.cell).coordinate), []).append(n)
    record = book.create_sheet(MARKS_SHEET)
    for i, row in enumerate(rows_of(marks, listed), start=1):
        for j, text in enumerate(row, start=1):
            _write_text(record.cell(i, j), text)
    for (sheet, at), numbers in by_cell.items():
        cell = _cell(book[sheet], at)
        _keep(record, numbers[0] + 1, cell)
        cell.fill = PatternFill("solid", fgColor=FILLS[problems[numbers[0] - 1].severity].lstrip("#"))
        before = cell.comment.text if cell.comment is not None else ""
        text = "\n".join(_note(n, problems[n - 1], lang) for n in numbers)
        text += f"\n{render(_OWN_NOTE(text=before), lang)}" if before else ""
        lines = sum(1 + width(line) // _NOTE_COLUMNS for line in text.split("\n"))
        cell.comment = Comment(text, _AUTHOR, width=_NOTE_WIDTH, height=min(20 + 17 * lines, _MOST_NOTE_HEIGHT))
    record.sheet_state = "veryHidden"
    record.protection.sheet = True
    return [
        Entry(problem, rows.label(mark.sheet, mark.cell), marked)
        for problem, mark, marked in zip(problems, marks, is_marked, strict=True)
    ]


def _show_first(book: openpyxl.Workbook, first: Worksheet) -> None:
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is first


def _keep(record: Worksheet, row: int, cell: BookCell) -> None:
    """Records the cell's own look and note, so that they can be restored."""
    stash = record.cell(row, _STASH)
    stash.value = 1
    stash._style = copy(cell._style)  # type: ignore[union-attr,attr-defined]  # no other way to hand on a whole style
    if cell.comment is not None:
        _write_text(record.cell(row, _STASH + 1), cell.comment.text)


def _note(n: int, problem: Problem, lang: Language) -> str:
    lines = [
        render(_HEAD(n=n, severity=SEVERITIES[problem.severity], code=problem.code.value), lang),
        title(problem, lang),
    ]
    lines += [
        render(label(text=text), lang) for which, label in _LABELS.items() if (text := part(problem, which, lang))
    ]
    return "\n".join(lines)


def _cell(sheet: Worksheet, at: str) -> BookCell:
    """The cell, or the visible one of its merged range."""
    for merged in sheet.merged_cells.ranges:
        if at in merged:
            return sheet.cell(merged.min_row, merged.min_col)  # type: ignore[return-value]  # the first is no merged one
    return sheet[at]  # type: ignore[no-any-return]


def _write_text(cell: object, text: str) -> None:
    """Writes text as it is, never as a formula."""
    cell.value = text  # type: ignore[attr-defined]
    if text:
        cell.data_type = "s"  # type: ignore[attr-defined]

"""Marks of a returned copy: its record of them, and the cell of each in the corrected workbook."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, cell_at
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import title
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import FillColumn
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.headings import FillSheet, fill_sheets

RETURNED_SHEET = "退回修改"  # the first sheet of a returned copy, for people
MARKS_SHEET = "lawgov-marks"  # the record, for this program; hidden
RECORD = ("code", "sheet", "cell", "row", "column", "title")
_FIRST = "lawgov-score marks 1"  # first text of the record

# Problems about a unit for the office to examine, not for the unit to mend: never on a returned copy.
NEVER_MARKED = frozenset(
    {Code.S111, Code.S112, Code.S126, Code.S130, Code.S139, Code.S140, Code.S141, Code.S142, Code.S169}
)
Identity = tuple[str, str, str]
_A_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")

_OUTCOME = Words("上次退回的 {n} 项，{parts:list}", "Of {n} that {n:was|were} returned, {parts:list}")
_SOLVED_ALL = Words("已全部改正", "all are solved")
_SOLVED = Words("已改 {n} 项", "{n} {n:is|are} solved")
_STILL = Words("尚余 {n} 项", "{n} {n:is|are} left")
_NEW = Words("另有新发现的 {n} 项", "{n} more {n:was|were} found")
_NOTHING_LEFT = Words("不必再退回", "nothing is left to return")
_SEND_BACK = Words(
    "错误和警告见本次核对结果，没有填的见报送情况登记表；可以再次标注后退回",
    "errors and warnings are listed by this check, blanks by the register; mark and return it once more",
)
_NEW_ONES = Words(
    "新发现的 {n} 项在本次核对结果中列出；标注后可以再退回",
    "what is new is listed by this check ({n}); mark and return it",
)
_ALL_SOLVED = Words("上次退回的已全部改正", "all that were returned are solved")
_LEFT = Words("尚未改正的：{left:list}", "still there: {left:list}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One problem that a copy was marked with.

    ``row`` and ``column`` say what the cell asks (key or printed code and name; a ``FillColumn``), so that it is found
    again where rows were sorted or columns moved; both are empty where it is no cell of a question. ``title`` tells
    problems without a cell apart.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    row: str = ""
    column: str = ""
    title: str = ""

    @property
    def identity(self) -> Identity:
        """The identity of the marked problem (see ``identity``)."""
        return (self.code, self.sheet, self.cell) if self.cell else (self.code, "", self.title)

    @property
    def text(self) -> str:
        """``填报!I21 S201``, for lists."""
        return " ".join(part for part in ("!".join(filter(None, (self.sheet, self.cell))), self.code) if part)


def mark_of(problem: Problem, rows: "RowsAsked") -> Mark:
    """The mark of a problem of one workbook, whose rows are ``rows``."""
    place = problem.place
    assert isinstance(place, CellPlace)  # problems of a workbook have a cell
    row, column = rows.at(place.sheet, place.cell)
    return Mark(problem.code.value, place.sheet, place.cell, row, column, title(problem, Language.ZH))


def identity(problem: Problem) -> Identity:
    """The key by which a problem is recognised again: its code and cell; without a cell its title."""
    place = problem.place
    assert isinstance(place, CellPlace)  # problems of a workbook have a cell
    code = problem.code.value
    return (code, place.sheet, place.cell) if place.cell else (code, "", title(problem, Language.ZH))


def outcome_of(n: int, left: int, new: int) -> Phrase:
    """What became of ``n`` problems that were returned, ``left`` of them still there, ``new`` beside them.

    Nothing is said of what there is none of.
    """
    parts = [_SOLVED_ALL()] if not left else [_SOLVED(n=n - left)] * (n > left) + [_STILL(n=left)]
    return _OUTCOME(n=n, parts=(*parts, *[_NEW(n=new)] * (new > 0)))


class RowsAsked:
    """The question in each row of the fill-in sheets of one workbook."""

    def __init__(self, opened: Opened) -> None:
        self._sheets = {sheet.name: sheet for sheet in fill_sheets(opened)}

    def at(self, sheet: str, cell: str) -> tuple[str, str]:
        """The question of a cell: its row (key, or printed code and name) and its column; blank if there is none."""
        fill = self._sheets.get(sheet)
        if fill is None or not cell:
            return "", ""
        row, column = cell_at(cell)
        named = next((one.name for one, at in fill.columns.items() if at == column), "")
        asks = _asks(fill, row) if fill.first <= row < len(fill.rows) else ""
        return (asks, named) if asks and named else ("", "")

    def label(self, sheet: str, cell: str) -> str:
        """The question of a cell in words: indicator code, title, name of the field."""
        fill = self._sheets.get(sheet)
        if fill is None or not cell:
            return ""
        row, _ = cell_at(cell)
        if not fill.first <= row < len(fill.rows):
            return ""
        shown = (_text(fill, row, column) for column in (FillColumn.CODE, FillColumn.TITLE, FillColumn.FIELD))
        return " ".join(text for text in shown if text)

    def found(self, mark: Mark) -> Mark:
        """The mark at the present cell of its question; unchanged if the question is gone, or there was none."""
        fill = self._sheets.get(mark.sheet) or next(iter(self._sheets.values()), None)
        if fill is None or not mark.row or self.at(mark.sheet, mark.cell) == (mark.row, mark.column):
            return mark
        column = fill.columns.get(FillColumn[mark.column])
        row = next((i for i in range(fill.first, len(fill.rows)) if _asks(fill, i) == mark.row), None)
        if column is None or row is None:
            return mark
        return replace(mark, sheet=fill.name, cell=address(row, column))


def _asks(fill: FillSheet, row: int) -> str:
    """The question of a row: code and name as printed, which take precedence over the hidden key."""
    code, name = _text(fill, row, FillColumn.CODE), _text(fill, row, FillColumn.FIELD)
    return plain(f"{code}|{name}") if code and name else _text(fill, row, FillColumn.KEY)


def _text(fill: FillSheet, row: int, column: FillColumn) -> str:
    at = fill.columns.get(column)
    return "" if at is None else cell_text(fill.rows[row][at])


def rows_of(marks: Iterable[Mark], listed: str) -> Iterator[Sequence[str]]:
    """The record as rows of text; the first row gives the name of the sheet that lists the problems."""
    yield (_FIRST, listed, *RECORD[2:])
    for mark in marks:
        yield tuple(getattr(mark, name) for name in RECORD)


def marks_in(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> tuple[Mark, ...]:
    """The marks recorded in a workbook; none if it was never returned, or the record is incomplete."""
    rows = sheets.get(MARKS_SHEET, ())
    if not rows or not rows[0] or rows[0][0] != _FIRST:
        return ()
    marks = []
    for row in rows[1:]:
        texts = [cell_text(cell) for cell in row[: len(RECORD)]]
        texts += [""] * (len(RECORD) - len(texts))
        is_cell = not texts[2] or _A_CELL.fullmatch(texts[2])
        if not texts[0] or not is_cell or (texts[4] and texts[4] not in FillColumn.__members__):
            return ()
        marks.append(Mark(*texts))
    return tuple(marks)


def sheet_of_list(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> str:
    """The name of the sheet that lists the problems of an earlier return; '' if there is none.

    A unit may have a sheet of its own that is called 退回修改: the record says which is ours.
    """
    rows = sheets.get(MARKS_SHEET, ())
    if not rows or len(rows[0]) < 2 or rows[0][0] != _FIRST:
        return ""
    return cell_text(rows[0][1])


def unmarked(opened: Opened) -> Opened:
    """The workbook without the sheets added when it was returned."""
    if MARKS_SHEET not in opened.sheets:  # otherwise a sheet of that name is the unit's own
        return opened
    added = {MARKS_SHEET, sheet_of_list(opened.sheets)}
    own = {name: rows for name, rows in opened.sheets.items() if name not in added}
    return replace(opened, sheets=own)


def check_returned(
    returned: Mapping[str, Sequence[Mark]], problems: Sequence[Problem], blanks: Collection[CellPlace] = ()
) -> Iterator[Problem]:
    """S139 for every workbook that had been returned: which problems are solved and which are left.

    ``blanks``: cells that are still blank, by which a blank that was marked (S228) is known to be left.
    """
    by_path: dict[str, list[Identity]] = {path: [] for path in returned}
    for problem in problems:
        if isinstance(problem.place, CellPlace) and problem.place.path in by_path and problem.code not in NEVER_MARKED:
            by_path[problem.place.path].append(identity(problem))
    for path, marks in returned.items():
        own, marked = set(by_path[path]), {mark.identity for mark in marks}
        own |= {mark.identity for mark in marks if _is_blank(mark, path, blanks)}
        left = [mark for mark in marks if mark.identity in own]
        new = sum(one not in marked for one in by_path[path])
        outcome = _LEFT(left=tuple(mark.text for mark in left)) if left else _ALL_SOLVED
        figures = {
            "n": len(marks),
            "solved": len(marks) - len(left),
            "left": len(left),
            "new": new,
            "outcome": outcome_of(len(marks), len(left), new),
            "found": outcome,
            "hint": _SEND_BACK() if left else _NEW_ONES(n=new) if new else _NOTHING_LEFT(),
        }
        yield Problem(Code.S139, CellPlace(path), figures)


def _is_blank(mark: Mark, path: str, blanks: Collection[CellPlace]) -> bool:
    return mark.code == Code.S228 and CellPlace(path, mark.sheet, mark.cell) in blanks

"""What a returned copy was marked with: the record it carries, and where each mark stands in the corrected workbook."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import title
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.addresses import address, cell_at, plain
from lawgov_score.workbook.forms.layout import FillColumn
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened
from lawgov_score.workbook.submission.headings import FillSheet, fill_sheets

RETURNED_SHEET = "退回修改"  # the first sheet of a returned copy, for people
MARKS_SHEET = "lawgov-marks"  # the record, for this program; hidden
RECORD = ("code", "sheet", "cell", "row", "column", "title")
_FIRST = "lawgov-score marks 1"  # what the record begins with

# About the unit, for the office to look into, and not for the unit to mend: on no copy that goes back.
NEVER_MARKED = frozenset({Code.S111, Code.S112, Code.S126, Code.S130, Code.S139, Code.S140, Code.S141, Code.S142})
Identity = tuple[str, str, str]
_A_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")

_ALL_SOLVED = Words("已全部改正", "all are solved")
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
        """The same as that of its problem (``identity``)."""
        return (self.code, self.sheet, self.cell) if self.cell else (self.code, "", self.title)

    @property
    def text(self) -> str:
        """``填报!I21 S201``, for lists."""
        return " ".join(part for part in ("!".join(filter(None, (self.sheet, self.cell))), self.code) if part)


def mark_of(problem: Problem, rows: "RowsAsked") -> Mark:
    """The mark of a problem of one workbook, whose rows are ``rows``."""
    place = problem.place
    assert isinstance(place, CellPlace)  # of a workbook
    row, column = rows.at(place.sheet, place.cell)
    return Mark(problem.code.value, place.sheet, place.cell, row, column, title(problem, Language.ZH))


def identity(problem: Problem) -> Identity:
    """What makes a problem of a workbook the one that was marked: its code and cell; without a cell its title."""
    place = problem.place
    assert isinstance(place, CellPlace)  # of a workbook
    code = problem.code.value
    return (code, place.sheet, place.cell) if place.cell else (code, "", title(problem, Language.ZH))


class RowsAsked:
    """What each row of the fill-in sheets of one workbook asks."""

    def __init__(self, opened: Opened) -> None:
        self._sheets = {sheet.name: sheet for sheet in fill_sheets(opened)}

    def at(self, sheet: str, cell: str) -> tuple[str, str]:
        """What a cell asks: its row (key, or printed code and name) and its column; blank where it asks nothing."""
        fill = self._sheets.get(sheet)
        if fill is None or not cell:
            return "", ""
        row, column = cell_at(cell)
        named = next((one.name for one, at in fill.columns.items() if at == column), "")
        asks = _asks(fill, row) if fill.first <= row < len(fill.rows) else ""
        return (asks, named) if asks and named else ("", "")

    def label(self, sheet: str, cell: str) -> str:
        """The same as people see it: the indicator's code, its title, the name of the field."""
        fill = self._sheets.get(sheet)
        if fill is None or not cell:
            return ""
        row, _ = cell_at(cell)
        if not fill.first <= row < len(fill.rows):
            return ""
        shown = (_text(fill, row, column) for column in (FillColumn.CODE, FillColumn.TITLE, FillColumn.FIELD))
        return " ".join(text for text in shown if text)

    def found(self, mark: Mark) -> Mark:
        """The mark at the cell where its question stands by now; as it is where the question is gone, or is none."""
        fill = self._sheets.get(mark.sheet) or next(iter(self._sheets.values()), None)
        if fill is None or not mark.row or self.at(mark.sheet, mark.cell) == (mark.row, mark.column):
            return mark
        column = fill.columns.get(FillColumn[mark.column])
        row = next((i for i in range(fill.first, len(fill.rows)) if _asks(fill, i) == mark.row), None)
        if column is None or row is None:
            return mark
        return replace(mark, sheet=fill.name, cell=address(row, column))


def _asks(fill: FillSheet, row: int) -> str:
    """What a row asks: code and name as printed, which count for more than the hidden key; the key where they lack."""
    code, name = _text(fill, row, FillColumn.CODE), _text(fill, row, FillColumn.FIELD)
    return plain(f"{code}|{name}") if code and name else _text(fill, row, FillColumn.KEY)


def _text(fill: FillSheet, row: int, column: FillColumn) -> str:
    at = fill.columns.get(column)
    return "" if at is None else cell_text(fill.rows[row][at])


def rows_of(marks: Iterable[Mark], listed: str) -> Iterator[Sequence[str]]:
    """The record as rows of text; its first one says how the sheet is called that lists the problems."""
    yield (_FIRST, listed, *RECORD[2:])
    for mark in marks:
        yield tuple(getattr(mark, name) for name in RECORD)


def marks_in(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> tuple[Mark, ...]:
    """The marks that a workbook says it was returned with; none where it was not, or the record is no longer whole."""
    rows = sheets.get(MARKS_SHEET, ())
    if not rows or not rows[0] or rows[0][0] != _FIRST:
        return ()
    found = []
    for row in rows[1:]:
        said = [cell_text(cell) for cell in row[: len(RECORD)]]
        said += [""] * (len(RECORD) - len(said))
        is_cell = not said[2] or _A_CELL.fullmatch(said[2])
        if not said[0] or not is_cell or (said[4] and said[4] not in FillColumn.__members__):
            return ()
        found.append(Mark(*said))
    return tuple(found)


def sheet_of_list(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> str:
    """How the sheet is called that lists the problems of an earlier return; '' where there is none.

    A unit may have a sheet of its own that is called 退回修改: the record says which is ours.
    """
    rows = sheets.get(MARKS_SHEET, ())
    if not rows or len(rows[0]) < 2 or rows[0][0] != _FIRST:
        return ""
    return cell_text(rows[0][1])


def unmarked(opened: Opened) -> Opened:
    """The workbook without the sheets that were added when it was returned."""
    if MARKS_SHEET not in opened.sheets:  # then a sheet of that name, if there is one, is the unit's own
        return opened
    added = {MARKS_SHEET, sheet_of_list(opened.sheets)}
    own = {name: rows for name, rows in opened.sheets.items() if name not in added}
    return replace(opened, sheets=own)


def check_returned(returned: Mapping[str, Sequence[Mark]], problems: Sequence[Problem]) -> Iterator[Problem]:
    """A word on every workbook that had been sent back: what is solved and what is left (S139)."""
    by_path: dict[str, list[Identity]] = {path: [] for path in returned}
    for problem in problems:
        if isinstance(problem.place, CellPlace) and problem.place.path in by_path and problem.code not in NEVER_MARKED:
            by_path[problem.place.path].append(identity(problem))
    for path, marks in returned.items():
        own, marked = set(by_path[path]), {mark.identity for mark in marks}
        left = [mark for mark in marks if mark.identity in own]
        new = sum(one not in marked for one in by_path[path])
        found = _LEFT(left=tuple(mark.text for mark in left)) if left else _ALL_SOLVED
        figures = {"n": len(marks), "solved": len(marks) - len(left), "left": len(left), "new": new, "found": found}
        yield Problem(Code.S139, CellPlace(path), figures)

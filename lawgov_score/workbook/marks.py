"""What a returned copy was marked with: the record it carries, and where each mark stands in the corrected workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import title
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.cells import Cell, cell_text
from lawgov_score.workbook.fill_headings import FillSheet, fill_sheets
from lawgov_score.workbook.layout import Column, address, cell_at, plain
from lawgov_score.workbook.opened import Opened

RETURNED_SHEET = "退回修改"  # the first sheet of a returned copy, for people
MARKS_SHEET = "lawgov-marks"  # the record, for this program; hidden
RECORD = ("code", "sheet", "cell", "row", "column", "title")
_FIRST = "lawgov-score marks 1"  # what the record begins with

_ALL_SOLVED = Words("已全部改正", "all are solved")
_LEFT = Words("尚未改正的：{left:list}", "still there: {left:list}")


@dataclass(frozen=True, slots=True)
class Mark:
    """One problem that a copy was marked with.

    ``row`` and ``column`` say what the cell asks (key or printed code and name; a ``Column``), so that it is found
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
    def text(self) -> str:
        """``填报!I21 S201``, for lists."""
        return " ".join(part for part in ("!".join(filter(None, (self.sheet, self.cell))), self.code) if part)


def mark_of(problem: Problem, rows: "RowsAsked") -> Mark:
    """The mark of a problem of one workbook, whose rows are ``rows``."""
    place = problem.place
    assert isinstance(place, CellPlace)  # of a workbook
    row, column = rows.at(place.sheet, place.cell)
    return Mark(problem.code.value, place.sheet, place.cell, row, column, title(problem, Language.ZH))


def is_same(mark: Mark, problem: Problem) -> bool:
    """Is it the problem that was marked? By code and cell; without a cell by its title, which says what is wrong."""
    place = problem.place
    if not isinstance(place, CellPlace) or problem.code.value != mark.code or place.cell != mark.cell:
        return False
    if mark.cell:
        return place.sheet == mark.sheet
    return title(problem, Language.ZH) == mark.title


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
        shown = (_text(fill, row, column) for column in (Column.CODE, Column.TITLE, Column.FIELD))
        return " ".join(text for text in shown if text)

    def found(self, mark: Mark) -> Mark:
        """The mark at the cell where its question stands by now; as it is where the question is gone, or is none."""
        fill = self._sheets.get(mark.sheet) or next(iter(self._sheets.values()), None)
        if fill is None or not mark.row or self.at(mark.sheet, mark.cell) == (mark.row, mark.column):
            return mark
        column = fill.columns.get(Column[mark.column])
        row = next((i for i in range(fill.first, len(fill.rows)) if _asks(fill, i) == mark.row), None)
        if column is None or row is None:
            return mark
        return replace(mark, sheet=fill.name, cell=address(row, column))


def _asks(fill: FillSheet, row: int) -> str:
    """What a row asks: code and name as printed, which count for more than the hidden key; the key where they lack."""
    code, name = _text(fill, row, Column.CODE), _text(fill, row, Column.FIELD)
    return plain(f"{code}|{name}") if code and name else _text(fill, row, Column.KEY)


def _text(fill: FillSheet, row: int, column: Column) -> str:
    at = fill.columns.get(column)
    return "" if at is None else cell_text(fill.rows[row][at])


def rows_of(marks: Iterable[Mark]) -> Iterator[Sequence[str]]:
    """The record as rows of text, the heading first."""
    yield (_FIRST, *RECORD[1:])
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
        if said[0] and (not said[4] or said[4] in Column.__members__):
            found.append(Mark(*said))
    return tuple(found)


def unmarked(opened: Opened) -> Opened:
    """The workbook without the sheets that were added when it was returned."""
    if MARKS_SHEET not in opened.sheets:  # then a sheet of that name, if there is one, is the unit's own
        return opened
    own = {name: rows for name, rows in opened.sheets.items() if name not in {MARKS_SHEET, RETURNED_SHEET}}
    return replace(opened, sheets=own)


def check_returned(returned: Mapping[str, Sequence[Mark]], problems: Sequence[Problem]) -> Iterator[Problem]:
    """A word on every workbook that had been sent back: what is solved and what is left (S139)."""
    by_path: dict[str, list[Problem]] = {path: [] for path in returned}
    for problem in problems:
        if isinstance(problem.place, CellPlace) and problem.place.path in by_path:
            by_path[problem.place.path].append(problem)
    for path, marks in returned.items():
        own = by_path[path]
        left = [mark for mark in marks if any(is_same(mark, problem) for problem in own)]
        new = sum(not any(is_same(mark, problem) for mark in marks) for problem in own)
        found = _LEFT(left=tuple(mark.text for mark in left)) if left else _ALL_SOLVED
        figures = {"n": len(marks), "solved": len(marks) - len(left), "left": len(left), "new": new, "found": found}
        yield Problem(Code.S139, CellPlace(path), figures)

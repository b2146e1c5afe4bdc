"""One sheet of the office's workbooks as rows whose cells are read by heading; unreadable cells become problems."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, cell_at
from lawgov_score.likeness import to_fill
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import AnswerState, Indicator, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import number_text
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Words
from lawgov_score.workbook.called import Index, folded, which
from lawgov_score.workbook.forms.office import (
    MARKS,
    REGISTER,
    Form,
    OfficeColumn,
    name_in,
    name_within,
    names_reviewer,
)
from lawgov_score.workbook.office.known import Known
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Doubtful, Rows
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.values import hint_for, read_cell

Thing = TypeVar("Thing")

_BETWEEN = Words("{least:points} 到 {most:points} 之间的数", "a number from {least:points} to {most:points}")
_LETTERS = Words("，或 {letters:list}", ", or {letters:list}")
_BOTH = Words("{code} {name}", "{code} {name}")
_LACKED = Words("（表中没有的栏：{names:list}）", " (columns that are not there: {names:list})")
_BEFOREHAND = frozenset(
    {"unit", "indicator", "claim", "figures", "reviewer"}
)  # printed in advance: alone, the row is empty


@dataclass(frozen=True)
class OfficeSheet:
    """A sheet recognised as ``form``: the position of each column, and the row of its headings."""

    form: Form
    path: str
    name: str
    rows: Rows
    heading_row: int
    columns: Mapping[str, int]
    doubtful: Mapping[str, Doubtful]
    day_shift: int = 0  # of its day numbers, see ``Opened``
    twins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # further columns that name unit or indicator
    reviewer: str = ""  # the name of who filled in the whole sheet, given once above the headings

    def lines(self, known: Known, problems: list[Problem]) -> Iterator["Line"]:
        """The rows below the headings that someone has filled in, without repeated headings."""
        heading = self.rows[self.heading_row]
        for i in range(self.heading_row + 1, len(self.rows)):
            line = Line(self, i, known, problems)
            if line.is_filled and list(self.rows[i]) != list(heading):
                yield line


@dataclass(frozen=True, slots=True)
class Failed:
    """A row that could not be used, as far as it says what it is about. ``what``: an indicator or a kind.

    ``who``: the reviewer of a mark, the matter of an entry of the register, the objection by which a score was changed,
    as names are compared; else ''.
    """

    form: Form
    place: CellPlace
    unit: str
    what: str
    who: str = ""


@dataclass
class Line:
    """One row. A failed reading adds to ``problems`` and gives None; ``is_good`` says whether none has failed."""

    sheet: OfficeSheet
    row: int
    known: Known
    problems: list[Problem]
    is_good: bool = True

    @property
    def is_filled(self) -> bool:
        """Is anything filled in besides the columns printed in advance?"""
        own = [key for key in self.sheet.columns if key not in _BEFOREHAND]
        return any(self.text(key) or self._doubt(key) for key in own)

    def failed(self) -> Failed | None:
        """What a row that cannot be used is about; None where it does not say."""
        form, known = self.sheet.form, self.known
        unit = known.units.find(self.text("unit"))
        if form is REGISTER:
            kind = known.kinds.find(self.text("kind"))
            what, who = kind.code if kind is not None else "", folded(self.text("matter"))
        else:
            indicator = known.indicators.find(self.text("indicator"))
            what = indicator.code if indicator is not None else ""
            who = folded(self.text("reviewer") or self.sheet.reviewer) if form is MARKS else self.text("objection")
        if unit is None or not what or (form in (MARKS, REGISTER) and not who):
            return None
        return Failed(form, self.place("indicator" if form is not REGISTER else "kind"), unit.code, what, who)

    def place(self, key: str) -> CellPlace:
        """The cell of a column; the sheet if there is no such column."""
        at = self.sheet.columns.get(key)
        return CellPlace(self.sheet.path, self.sheet.name, "" if at is None else address(self.row, at))

    def cell(self, key: str) -> Cell:
        """The content of a cell; blank if the sheet has no such column."""
        at = self.sheet.columns.get(key)
        cells = self.sheet.rows[self.row]
        return "" if at is None or at >= len(cells) else cells[at]

    def text(self, key: str) -> str:
        """The content of a cell as text."""
        return cell_text(self.cell(key))

    def fail(self, code: Code, key: str, /, **figures: object) -> None:
        """Reports a problem at a cell; the row cannot be used."""
        self.is_good = False
        self.problems.append(Problem(code, self.place(key), figures))

    def warn(self, code: Code, key: str, /, **figures: object) -> None:
        """Reports a problem that leaves the row usable."""
        self.problems.append(Problem(code, self.place(key), figures))

    def said(self, key: str) -> str:
        """The text of a cell that must not be blank."""
        column = self.column(key)
        if self._is_doubtful(key):
            return ""
        text = self.text(key)
        if not text:
            self.fail(Code.A206, key, column=column.heading, expected=column.what)
        return text

    def reviewer(self) -> str:
        """The name in its own column; where that is blank, the name given once for the whole sheet."""
        if self._is_doubtful("reviewer"):
            return ""
        return self.text("reviewer") or self.sheet.reviewer or self.said("reviewer")

    def may_say(self, key: str) -> str:
        """The text of a cell that may be blank."""
        return "" if self._is_doubtful(key) else self.text(key)

    def unit(self) -> Unit | None:
        """The unit, by code, by name or by both."""
        text = self.said("unit")
        match = self.known.units.find(text)
        if text and match is None:
            same = self.known.units.several(text)
            near = which(same) if same else to_fill(text, self.known.unit_names())
            self.fail(Code.A201, "unit", found=text, nearest=near)
        if match is not None and not self._agrees("unit", match, match.code, match.name, self.known.units):
            return None
        return match

    def indicator(self) -> Indicator | None:
        """The indicator, by code, by title or by both."""
        text = self.said("indicator")
        match = self.known.indicators.find(text)
        if text and match is None:
            codes = tuple(indicator.code for indicator in self.known.tree.indicators)
            self.fail(Code.A202, "indicator", found=text, nearest=to_fill(text, codes))
        if match is not None and not self._agrees("indicator", match, match.code, match.title, self.known.indicators):
            return None
        return match

    def _agrees(self, key: str, thing: Thing, code: str, name: str, index: Index[Thing]) -> bool:
        """Do further columns (the name beside the code) name the same thing?"""
        cells, good = self.sheet.rows[self.row], True
        for at in self.sheet.twins.get(key, ()):
            text = cell_text(cells[at]) if at < len(cells) else ""
            meant = index.find(text)
            if not text or meant is thing or (meant is None and folded(text) == folded(name)):
                continue
            good = self.is_good = False
            headings = [cell_text(self.sheet.rows[self.sheet.heading_row][i]) for i in (self.sheet.columns[key], at)]
            figures = {
                "column": headings[0] or self.column(key).heading,
                "other": headings[1],
                "expected": _BOTH(code=code, name=name),
                "found": text,
            }
            place = CellPlace(self.sheet.path, self.sheet.name, address(self.row, at))
            self.problems.append(Problem(Code.A220, place, figures, (self.place(key),)))
        return good

    def applies(self, unit: Unit | None, indicator: Indicator | None) -> bool:
        """Does the indicator apply to the unit? If not, that is reported, and the row cannot be used."""
        if unit is None or indicator is None or self.known.tree.is_applicable(indicator, unit.type):
            return True
        figures = {"code": indicator.code, "indicator": indicator.title, "unit": unit.name}
        self.warn(Code.A218, "indicator", **figures, found=self.text("indicator"))
        return False

    def number(self, key: str) -> float | None:
        """A number, or a letter if the tree has letters."""
        text = self.said(key)
        if not text:
            return None
        letters = {folded(letter.letter): letter.score for letter in self.known.tree.letters}
        if folded(text) in letters:
            return letters[folded(text)]
        column = self.column(key)
        answer_field = Field(key, column.heading.zh, FieldType.AMOUNT, "分")
        reading = read_cell(self.cell(key), answer_field, day_shift=self.sheet.day_shift)
        if isinstance(reading.value, float) and math.isfinite(reading.value):
            return reading.value
        self.fail(Code.A204, key, column=column.heading, example="1.5", found=text, hint=hint_for(text))
        return None

    def number_within(self, key: str, indicator: Indicator | None, bounds: tuple[float, float]) -> float | None:
        """A number within ``bounds``, which are known only once the indicator is."""
        number = self.number(key)
        if number is None or indicator is None or bounds[0] - DUST <= number <= bounds[1] + DUST:
            return number
        expected = _BETWEEN(least=bounds[0], most=bounds[1])
        figures = {"code": indicator.code, "indicator": indicator.title, "column": self.column(key).heading}
        self.fail(Code.A205, key, **figures, expected=expected, found=number_text(number))
        return None

    def date(self) -> float | None:
        """A day number."""
        text = self.said("date")
        if not text:
            return None
        column = self.column("date")
        answer_field = Field("date", column.heading.zh, FieldType.DATE)
        reading = read_cell(self.cell("date"), answer_field, day_shift=self.sheet.day_shift)
        if reading.state is AnswerState.GIVEN and isinstance(reading.value, float):
            return reading.value
        self.fail(Code.A214, "date", column=column.heading, found=text)
        return None

    def column(self, key: str) -> OfficeColumn:
        """The form's description of a column."""
        return self.sheet.form.column(key)

    def _doubt(self, key: str) -> Doubtful | None:
        return self.sheet.doubtful.get(self.place(key).cell)

    def _is_doubtful(self, key: str) -> bool:
        """Is it an error value, or a formula without a result, which are neither blank nor an answer?"""
        doubt = self._doubt(key)
        if doubt is None:
            return False
        code, shown = doubt.said
        self.fail(code, key, field=self.column(key).heading, found=shown)
        return True


NO_HEADING = Words("（表头空白）", "(no heading)")
_AT = Words("{heading}（{cell}）", "{heading} ({cell})")
_BOTH_CODE_AND_NAME = frozenset({"unit", "indicator"})  # a column of codes and one of names may stand side by side


def checked(sheet: OfficeSheet, heading_rows: Sequence[int] = ()) -> tuple[OfficeSheet | None, tuple[Problem, ...]]:
    """The sheet with every column that names unit or indicator; None if it is unclear which column counts.

    ``heading_rows``: rows that may hold the headings of the form, if not ``sheet.heading_row`` alone.
    """
    headings: dict[str, dict[int, tuple[int, str]]] = {}  # key of a column -> where it stands: row, text
    for i in heading_rows or (sheet.heading_row,):
        for at, cell in enumerate(sheet.rows[i]):
            column = sheet.form.named(cell) if isinstance(cell, str) and cell else None
            if column is not None:
                headings.setdefault(column.key, {}).setdefault(at, (i, cell_text(cell)))
    problems, twins = [], {}
    for key, places in headings.items():
        different = {plain(text).casefold() for _, text in places.values()}
        if len(places) > 1 and key in _BOTH_CODE_AND_NAME and len(different) == len(places):
            twins[key] = tuple(at for at in places if at != sheet.columns[key])
        elif len(places) > 1:
            cells = {address(i, at): text for at, (i, text) in places.items()}
            texts = tuple(_AT(heading=text, cell=cell) for cell, text in cells.items())
            first, *others = (CellPlace(sheet.path, sheet.name, cell) for cell in cells)
            figures = {"heading": sheet.form.column(key).heading, "found": texts}
            problems.append(Problem(Code.A110, first, figures, tuple(others)))
    return (None if problems else replace(sheet, twins=twins)), tuple(problems)


def unknown_columns(sheet: OfficeSheet) -> Iterator[Problem]:
    """Columns with content whose heading the form does not know: they are not read."""
    form = sheet.form
    gone = [column for column in form.columns if column.key not in sheet.columns and not column.to_read]
    names = tuple(name for column in gone for name in (column.heading.zh, column.heading.en))
    expected = tuple(column.heading for column in form.columns if not column.to_read)
    heading = sheet.rows[sheet.heading_row]
    for at, first in columns_in_use(sheet):
        text = cell_text(heading[at]) if at < len(heading) else ""
        if form.knows(text):
            continue
        shown = text or NO_HEADING
        near = to_fill(text, names) or (_LACKED(names=tuple(column.heading for column in gone)) if gone else "")
        figures = {"column": shown, "expected": expected, "found": shown, "nearest": near}
        place = CellPlace(sheet.path, sheet.name, address(sheet.heading_row, at))
        yield Problem(Code.A108, place, figures, (CellPlace(sheet.path, sheet.name, first),))


def columns_in_use(sheet: OfficeSheet) -> Iterator[tuple[int, str]]:
    """Columns with anything below the headings, each with the address of the first such cell."""
    heading = list(sheet.rows[sheet.heading_row])
    below = {i: row for i, row in enumerate(sheet.rows) if i > sheet.heading_row and any(row) and list(row) != heading}
    for at in range(max((len(row) for row in sheet.rows), default=0)):
        for i, row in below.items():
            cell = address(i, at)
            if (at < len(row) and cell_text(row[at])) or cell in sheet.doubtful:
                yield at, cell
                break


def name_above(form: Form, rows: Rows, heading_row: int, merged: Iterable[tuple[str, str]] = ()) -> str:
    """The name given above the headings for the whole sheet; '' without one.

    The name stands in the very cell that asks for it, after a colon, or in the next cell to the right. ``merged``:
    ranges by first and last cell; one of the asking cell is passed over as one cell.
    """
    last = {}
    for first, end in merged:
        (top, left), (_, right) = cell_at(first), cell_at(end)
        last[top, left] = right
    for i, row in enumerate(rows[:heading_row]):
        for at, cell in enumerate(row):
            text = cell_text(cell)
            if text and names_reviewer(form, text):
                beside = last.get((i, at), at) + 1
                return name_within(text) or name_in(cell_text(row[beside]) if beside < len(row) else "")
    return ""


def heading_place(sheet: OfficeSheet) -> CellPlace:
    """The first heading, for problems of the headings as a whole."""
    return _first_heading(sheet.path, sheet.name, sheet.rows, sheet.heading_row)


def _first_heading(path: str, name: str, rows: Rows, row: int) -> CellPlace:
    at = next((i for i, cell in enumerate(rows[row]) if cell_text(cell)), 0)
    return CellPlace(path, name, address(row, at))


def missing_column(path: str, name: str, rows: Rows, row: int, form: Form, column: OfficeColumn) -> Problem:
    """A required column of the form is missing among the headings of ``row``."""
    needed = tuple(each.heading for each in form.columns if (each.is_needed or each is column) and not each.to_read)
    figures = {
        "sheet": name or form.name,
        "heading": column.heading,
        "expected": needed,
        "found": tuple(text for text in map(cell_text, rows[row]) if text),
    }
    return Problem(Code.A102, _first_heading(path, name, rows, row), figures)

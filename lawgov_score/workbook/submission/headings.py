"""Finds the fill-in sheets of a workbook and their columns, by headings, never by position.

People move, add, hide and rename columns, and put titles above them. A heading counts by its exact words first
(``layout.column_of``), whatever its spacing and width of letters, then by its common other names (``ALIASES``).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, cell_at
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import FILL_SHEET, LISTS_SHEET, STAMP_SHEET, TO_FILL, FillColumn, column_of
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.merged import filled_down
from lawgov_score.workbook.package.opened import Doubtful, Opened, Rows
from lawgov_score.workbook.plain_texts import first_filled, plain

ALIASES: Mapping[FillColumn, tuple[str, ...]] = MappingProxyType(
    {
        FillColumn.KEY: ("字段代码", "字段编号"),
        FillColumn.CODE: ("代码", "编号", "指标编码", "指标代码", "指标编号", "Indicator code"),
        FillColumn.FIELD: ("填报项目", "填报事项", "填报字段", "填报指标", "Field"),
        FillColumn.VALUE: (
            *(
                "填报数",
                "填报数据",
                "填报数值",
                "填报内容",
                "填报结果",
                "填写值",
                "填写数",
                "填写内容",
                "填写数据",
                "数值",
            ),
            *("Value", "Answers"),
        ),
        FillColumn.EVIDENCE: (
            *("佐证", "佐证资料", "佐证材料名称", "佐证材料清单", "证明材料", "证明资料", "证据材料", "印证材料"),
            *("印证资料", "支撑材料", "支撑资料", "Documents"),
        ),
        FillColumn.NOTE: ("备注", "备注说明", "情况说明", "说明备注", "补充说明", "Notes", "Remark"),
    }
)

_READ = (FillColumn.KEY, FillColumn.CODE, FillColumn.FIELD, FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE)
_SHARED = (
    FillColumn.CODE,
    FillColumn.EVIDENCE,
    FillColumn.NOTE,
)  # merged over several rows, they belong to each of them
_ALL = frozenset(_READ)
_NEEDED = (FillColumn.CODE, FillColumn.FIELD, FillColumn.VALUE)
_BY_ALIAS = {plain(alias).casefold(): column for column, aliases in ALIASES.items() for alias in aliases}
_LONGEST = 60  # characters: no heading is longer, and matching takes quadratic time
# 填报值（上年） and 填报值（万元） may mean something else: only these words in brackets change nothing.
REMARKS = ("必填", "必填项", "请填写", "请填", "单位填写", "单位填报", "本单位填写", "required")
_DRESSING = re.compile(rf"^[*※★☆▲]+|\((?:{'|'.join(REMARKS)})\)$|[*※★☆▲:]+$")  # *填报值, 填报值（必填）, 填报值：
_FIELD_OR_KEY = Words(
    "“{heading}”一栏（编码、填报项、填报值三栏都要有）",
    "the column {heading}; 编码, 填报项 and 填报值 are all needed",
)
_RENAMED = Words("“{found}”（{cell}）", "“{found}” ({cell})")
_PUT_BACK = Words("把 {cell} 格的“{found}”改回“{heading}”", "Change “{found}” in {cell} back to {heading}")
_HEADINGS = Words("表头：{found:list}", "headings: {found:list}")
_FIND_IT = {
    FillColumn.VALUE: Words(
        "所填的数在哪一栏，就把那一栏的表头改回“{heading}”；这一栏被删去的，用本次下发的填报表重新填写",
        "Put {heading} back above the column that holds the figures; where it was removed, fill in the workbook anew",
    ),
    FillColumn.CODE: Words(
        "指标编码在哪一栏，就把那一栏的表头改回“{heading}”；这一栏被删去的，用本次下发的填报表重新填写",
        "Put {heading} back above the column of codes; where it was removed, fill in the workbook anew",
    ),
    FillColumn.FIELD: Words(
        "填报项的名称在哪一栏，就把那一栏的表头改回“{heading}”；这一栏被删去的，用本次下发的填报表重新填写",
        "Put {heading} back above the column of questions; where it was removed, fill in the workbook anew",
    ),
}
_OF_LAST_YEAR = re.compile(r"上年|去年|上一年|往年|前年|previous|last year", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)")
_NOT_FILLED_IN = frozenset({STAMP_SHEET, LISTS_SHEET})


@dataclass(frozen=True, slots=True)
class FillSheet:
    """A sheet to read answers from: its rows, the position of each column, the first row below the headings.

    ``merged``: the rows whose answer cell is covered by a merged range that begins elsewhere, each with the range.
    ``day_shift``: days to add to its day numbers, see ``Opened``.
    """

    path: str
    name: str
    rows: Rows
    columns: Mapping[FillColumn, int]
    first: int
    doubtful: Mapping[str, Doubtful]
    merged: Mapping[int, str] = field(default_factory=dict)
    day_shift: int = 0

    def place(self, row: int, column: FillColumn) -> CellPlace:
        """The place of a cell, ``row`` counted from 0."""
        return CellPlace(self.path, self.name, address(row, self.columns[column]))


def has_fill_sheet(opened: Opened) -> bool:
    """Is there a sheet with the headings of a fill-in sheet?"""
    return any(is_enough(headings(rows)[1]) for name, rows in opened.sheets.items() if name not in _NOT_FILLED_IN)


def fill_sheets(opened: Opened) -> Iterator[FillSheet]:
    """Every sheet that has the headings, whatever its name; the one with the original name comes first.

    A sheet with renamed headings is read too: the sheet with the original headings may be a blank copy.
    """
    for name in sorted(opened.sheets, key=lambda name: name != FILL_SHEET):
        if name in _NOT_FILLED_IN:
            continue
        at, columns = headings(opened.sheets[name])
        if is_enough(columns):
            shared = [columns[column] for column in _SHARED if column in columns]
            value = columns[FillColumn.VALUE]
            rows, merged = filled_down(opened.sheets[name], opened.merged(name), at + 1, shared, value)
            doubtful = opened.doubtful(name) if opened.may_doubt else {}
            yield FillSheet(opened.path, name, rows, columns, at + 1, doubtful, merged, opened.day_shift)


def headings(rows: Rows) -> tuple[int, dict[FillColumn, int]]:
    """The first row that has all that is needed, or that names the most columns, and where each stands.

    Only so many rows with content are searched; blank rows do not count.
    """
    best: tuple[int, dict[FillColumn, int]] = (0, {})
    for i, row in first_filled(rows):
        columns = columns_in(row)
        if is_enough(columns):
            return i, columns
        if len(columns) > len(best[1]):
            best = (i, columns)
    return best


def columns_in(row: Sequence[Cell]) -> dict[FillColumn, int]:
    """The position of each column, if the row is a heading row: by exact words first, then by other names."""
    columns: dict[FillColumn, int] = {}
    for meant_by in (column_of, alias_of):
        for j, cell in enumerate(row):
            column = meant_by(cell) if isinstance(cell, str) and cell and len(cell) <= _LONGEST else None
            if column is not None:
                columns.setdefault(column, j)
        if columns.keys() >= _ALL:
            break
    return columns


def almost(rows: Rows) -> bool:
    """Does a sheet have most of the headings, but no column that answers can be read from?"""
    _, columns = headings(rows)
    return len(columns) >= 3 and not is_enough(columns)


@lru_cache(maxsize=4_096)  # the same texts in every workbook
def alias_of(heading: str) -> FillColumn | None:
    """The column that a heading means under another name, or with marks or a bracket about it.

    >>> alias_of("填报数"), alias_of("*填报值（必填）："), alias_of("应附佐证")
    (<FillColumn.VALUE: Words(zh='填报值', en='Answer')>, <FillColumn.VALUE: Words(zh='填报值', en='Answer')>, None)
    """
    bare = plain(heading)
    if len(bare) > _LONGEST or column_of(bare) is not None:
        return None
    while (stripped := _DRESSING.sub("", bare)) != bare:
        bare = stripped
    return column_of(bare) or _BY_ALIAS.get(bare.casefold())


def is_enough(columns: Collection[FillColumn]) -> bool:
    """Can answers be read: is there a column of values, and one that identifies the questions?"""
    is_told = FillColumn.KEY in columns or (FillColumn.CODE in columns and FillColumn.FIELD in columns)
    return is_told and FillColumn.VALUE in columns


def repeated(sheet: FillSheet) -> Iterator[Problem]:
    """S128: a second column under the same heading, so that it is unclear which one holds the answers."""
    for column, cells, _ in _named(sheet):
        if len(cells) > 1:
            places = [CellPlace(sheet.path, sheet.name, cell) for cell in cells]
            figures = {"heading": column.value, "found": tuple(cells)}
            yield Problem(Code.S128, places[1], figures, (places[0], *places[2:]))


def in_two_columns(opened: Opened, sheet: FillSheet) -> Iterator[Problem]:
    """S128: one heading over two columns of answers (上年 and 本年 below it): it is unclear which one counts."""
    heading, value = sheet.first - 1, sheet.columns[FillColumn.VALUE]
    row = sheet.rows[heading]
    beside = [value + 1] if value + 1 < len(row) and row[value + 1] == "" else []
    for first, last in opened.merged(sheet.name):
        (top, left), (bottom, right) = cell_at(first), cell_at(last)
        if top <= heading <= bottom and left <= value <= right:
            for j in range(left, right + 1):
                if j != value and any(cell_text(line[j]) for line in sheet.rows[bottom + 1 :] if j < len(line)):
                    yield _two(sheet, heading, value, j)
                    return
    below = sheet.rows[sheet.first] if sheet.first < len(sheet.rows) else ()
    for j in beside:
        words = [below[at] if at < len(below) else "" for at in (value, j)]
        is_row_of_words = all(isinstance(word, str) and word.strip() for word in words)
        keyed = [sheet.columns[one] for one in (FillColumn.KEY, FillColumn.CODE) if one in sheet.columns]
        if is_row_of_words and not any(cell_text(below[at]) for at in keyed):
            yield _two(sheet, heading, value, j)


def _two(sheet: FillSheet, heading: int, value: int, other: int) -> Problem:
    cells = [address(heading, at) for at in (value, other)]
    places = [CellPlace(sheet.path, sheet.name, cell) for cell in cells]
    figures = {"heading": FillColumn.VALUE.value, "found": tuple(cells)}
    return Problem(Code.S128, places[1], figures, (places[0],))


def renamed(sheet: FillSheet) -> Iterator[Problem]:
    """A note on each column recognised by another name (S133); a warning on one with content that was not, because a
    column with the real name stands beside it (S135).
    """
    for column, (cell, *_), by_alias in _named(sheet):
        for j, heading in enumerate(sheet.rows[sheet.first - 1]):
            if not isinstance(heading, str) or not heading or alias_of(heading) is not column:
                continue
            place = CellPlace(sheet.path, sheet.name, address(sheet.first - 1, j))
            figures = {"heading": column.value, "found": heading.strip()}
            if by_alias:
                yield Problem(Code.S133, place, figures)
            elif column in TO_FILL and any(cell_text(row[j]) for row in sheet.rows[sheet.first :]):
                yield Problem(Code.S135, place, figures, (CellPlace(sheet.path, sheet.name, cell),))


def _named(sheet: FillSheet) -> Iterator[tuple[FillColumn, list[str], bool]]:
    """The heading cells of each column that is read: found by the exact words, or else by an alias."""
    row = sheet.first - 1
    texts = [(j, cell) for j, cell in enumerate(sheet.rows[row]) if isinstance(cell, str) and cell]
    for column in _READ:
        if column in sheet.columns:
            exact = [address(row, j) for j, text in texts if column_of(text) is column]
            yield column, exact or [address(row, j) for j, text in texts if alias_of(text) is column], not exact


def why_no_sheet(opened: Opened, among: Collection[str]) -> Iterator[Problem]:
    """S114 for missing headings if a sheet has most of them; otherwise S113 for the missing sheet.

    ``among``: names of the sheets to examine.
    """
    for name, rows in opened.sheets.items():
        at, columns = headings(rows)
        if name not in among or name in _NOT_FILLED_IN or not almost(rows):
            continue
        for column in _NEEDED:
            if column not in columns:
                yield _missing(opened.path, name, rows[at], at, column)
        return
    shown = tuple(name for name in opened.sheets if name not in _NOT_FILLED_IN)
    yield Problem(Code.S113, CellPlace(opened.path), {"found": shown})


def _missing(path: str, sheet: str, row: Sequence[Cell], at: int, column: FillColumn) -> Problem:
    """S114: the heading it was changed to, where that can be told; otherwise all headings that are there."""
    place, heading = _likely(row, at, column), column.value
    if place:
        found = str(row[cell_at(place)[1]]).strip()
        shown, hint = _RENAMED(found=found, cell=place), _PUT_BACK(found=found, heading=heading, cell=place)
    else:
        shown, hint = _HEADINGS(found=_texts(row)), _FIND_IT[column](heading=heading)
    figures = {"heading": heading, "expected": _FIELD_OR_KEY(heading=heading), "found": shown, "hint": hint}
    return Problem(Code.S114, CellPlace(path, sheet, place), figures)


def _likely(row: Sequence[Cell], at: int, column: FillColumn) -> str:
    """The cell of the heading row that was this column's heading, by all that can be told; '' if none resembles it.

    填报数据（2018年） is another name of it with a bracket about it; 上年填报值 is another column.
    """
    texts = {
        cell: j
        for j, cell in enumerate(row)
        if isinstance(cell, str) and cell and column_of(cell) is None and not _OF_LAST_YEAR.search(plain(cell))
    }
    for likely in (
        [text for text in texts if alias_of(_BRACKET.sub("", plain(text))) is column],
        [text for text in texts if column_of(_BRACKET.sub("", plain(text))) is column],
        [text for text in texts if column.value.zh in plain(text)],
        get_close_matches(column.value.zh, texts, n=1, cutoff=0.5),
    ):
        if len(likely) == 1:
            return address(at, texts[likely[0]])
    return ""


def _texts(row: Sequence[object]) -> tuple[str, ...]:
    return tuple(text for text in (str(cell).strip() for cell in row) if text)

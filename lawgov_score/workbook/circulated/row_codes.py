"""The codes of a table's rows: written otherwise, lost in a spreadsheet, taken twice, moved on by one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import CODE, Part, code_in, group_in
from lawgov_score.model import Indicator
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.reading import TableCell, TableRow, as_read
from lawgov_score.workbook.circulated.sides import A_NEW_CODE, NOTHING_SAID, READ, Sides, joined, one_line
from lawgov_score.workbook.package.cells import BEYOND, EPOCH, Formatted

_DAY = re.compile(r"(?:(\d{4})[年/.-])?(\d{1,2})[月/.](\d{1,2})日?|(\d{4})年(\d{1,2})月")
_NOW_CALLED = Words("{now}（导出时是 {was}）", "{now} (was {was})")
_A_CODE = Words("编码由字母、数字、“-”“_”“.”组成", "a code of letters, digits and - _ .")
_A_VALUE = Words(
    "能读出的内容，不是错误值或没有结果的公式", "content that can be read, no error and no formula without result"
)


def rows_told(sides: Sides, rows: Sequence[TableRow]) -> set[int]:
    """Says what is wrong with codes and with cells that cannot be read; the rows (by number) of which no more is asked
    (D142, D143, D146, D181, D190)."""
    told = _renumbered(sides, rows) | _check_codes(sides, rows)
    return told | _retyped(sides, rows, told)


def _renumbered(sides: Sides, rows: Sequence[TableRow]) -> set[int]:
    """D181, once, for rows and groups whose title and standard are those that another code had; which rows."""
    own = {line.code: line for line in sides.table.own.lines}
    by_title: dict[str, list[str]] = {}
    for line in sides.table.own.lines:
        by_title.setdefault(joined(as_read(line.texts[Part.TITLE])), []).append(line.code)
    codes = Counter(row.code for row in rows)
    found: list[tuple[TableRow, str]] = []
    for row in rows:
        title, standard = joined(row.title.text), row.cells.get(Part.STANDARD)
        was = by_title.get(title, [])
        is_code = isinstance(row.cells[Part.CODE].raw, str) and CODE.fullmatch(row.code)
        if not is_code or len(was) != 1 or row.code == was[0] or codes[row.code] > 1:
            continue
        if row.code in own and joined(as_read(own[row.code].texts[Part.TITLE])) == title:
            continue
        if standard is None or joined(standard.text) == joined(sides.written(was[0], Part.STANDARD)):
            found.append((row, was[0]))
    if not any(row.code in own for row, _ in found):
        return set()  # a code that nothing had is a slip, or a new one
    pairs = tuple(_NOW_CALLED(now=row.code, was=code) for row, code in found)
    places = [row.cells[Part.CODE].place for row, _ in found]
    sides.problems.append(Problem(Code.D181, places[0], {"pairs": pairs}, see_also=tuple(places[1:])))
    return {row.number for row, _ in found}


def _check_codes(sides: Sides, rows: Sequence[TableRow]) -> set[int]:
    """Problems of codes, and of cells that cannot be read; the rows (by number) of which nothing more is asked."""
    told: set[int] = set()
    first: dict[str, CellPlace] = {}
    there = {row.code for row in rows}
    for row in rows:
        cell = row.cells[Part.CODE]
        if not isinstance(cell.raw, (str, type(None))):
            _lost_code(sides, cell, there)
            told.add(row.number)
        elif row.code in first:
            told.add(row.number)
            sides.problems.append(Problem(Code.D143, cell.place, {"code": row.code}, see_also=(first[row.code],)))
        elif row.code and row.code not in sides.lines:
            if not CODE.fullmatch(row.code):
                told.add(row.number)
                if _DAY.fullmatch(row.code):
                    _lost_code(sides, cell, there)
                else:
                    sides.say(Code.D146, cell.place, expected=_A_CODE, found=row.code)
            elif row.code in sides.groups or (
                row.code in sides.shown.nodes and not sides.is_there(row.code, one_line(row.title.text), Indicator)
            ):
                sides.say(Code.D146, cell.place, expected=A_NEW_CODE, found=row.code)
                told.add(row.number)
        if row.code:
            first.setdefault(row.code, cell.place)
        for part in READ:
            each = row.title if part is Part.TITLE else row.cells.get(part)
            if each is not None and each.doubt is not None:
                sides.say(Code.D146, each.place, expected=_A_VALUE, found=each.text or NOTHING_SAID)
                told.add(row.number)
    return told


def _lost_code(sides: Sides, cell: TableCell, there: Collection[str]) -> None:
    lost = (one.code for one in sides.table.own.lines if one.code not in there)
    codes = tuple(_may_have_been(cell.raw, lost)) or ("—",)
    sides.say(Code.D142, cell.place, found=cell.text, codes=codes)


def _retyped(sides: Sides, rows: Sequence[TableRow], told: Collection[int]) -> set[int]:
    """D190: a row, or a group, that is there under another code would lose its rule and all else of its YAML.

    Which rows. Those whose codes moved on are told before (D181).
    """
    found: set[int] = set()
    there = {row.code for row in rows}
    gone = [one.code for one in sides.table.own.lines if one.code not in there and one.code in sides.shown.nodes]
    for row in rows:
        if row.code in sides.lines or row.number in told:
            continue
        title, standard = joined(row.title.text), sides.standard(row)
        for code in gone:
            is_same_rule = standard and standard == joined(sides.written(code, Part.STANDARD))
            if is_same_rule or title == joined(sides.written(code, Part.TITLE)):
                said = {"code": code, "title": row.title.text, "found": row.code or NOTHING_SAID}
                sides.say(Code.D190, row.cells[Part.CODE].place, **said)
                found.add(row.number)
                break
    return found | _retyped_groups(sides, rows)


def _retyped_groups(sides: Sides, rows: Sequence[TableRow]) -> set[int]:
    cells = {one.cell.place: one for row in rows for one in row.groups if one is not None}
    kept = {one.code for one in cells.values()}
    gone = [code for code in sides.groups if code not in kept and code in sides.shown.nodes]
    titles = {joined(group_in(sides.written(code, Part.GROUP))[1]): code for code in gone}
    found: set[CellPlace] = set()
    for place, one in cells.items():
        if one.code and one.code not in sides.groups and joined(one.title) in titles:
            was = titles[joined(one.title)]
            sides.say(Code.D190, place, code=was, title=one_line(one.title), found=one.code)
            found.add(place)
    return {row.number for row in rows if any(one is not None and one.cell.place in found for one in row.groups)}


def _may_have_been(raw: object, codes: Iterable[str]) -> Iterator[str]:
    """Codes that a spreadsheet makes such a number or such a day of, when they are typed into a plain column."""
    days = tuple(_days(raw))
    for code in codes:
        pieces = re.fullmatch(r"(\d{1,4})[-.](\d{1,2})(?:[-.](\d{1,2}))?", code)
        is_day = pieces is not None and [int(piece) for piece in pieces.groups() if piece] in days
        is_number = isinstance(raw, (int, float)) and re.fullmatch(r"\d+(\.\d+)?([eE]\d+)?", code)
        if is_day or (is_number and float(code) == raw):
            yield code


def _days(raw: object) -> Iterator[list[int]]:
    """The numbers, in their order, that may have become such a day; a day may be a text (10月1日)."""
    if isinstance(raw, str):
        if match := _DAY.fullmatch(code_in(raw)):
            numbers = [int(piece) for piece in match.groups() if piece]
            yield from (
                numbers,
                numbers[::-1],
                numbers[-2:],
                numbers[:-3:-1],
                [number % 100 if number > 999 else number for number in numbers],
            )
        return
    day = _day(raw)
    if day is not None:
        year, month, of_month = day.year, day.month, day.day
        yield from ([month, of_month], [of_month, month], [year, month], [month, year % 100], [year, month, of_month])
        yield [year % 100, month, of_month]


def _day(raw: object) -> date | None:
    if isinstance(raw, Formatted) and 1 <= raw + raw.day_shift < BEYOND:
        return date.fromordinal(int(raw) + raw.day_shift + EPOCH)
    return raw if isinstance(raw, date) else None


__all__ = ["rows_told"]

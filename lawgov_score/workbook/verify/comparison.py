"""Compares two workbooks cell by cell: values, formulas, number formats, notes, links, hidden or covered cells.

One workbook is given, the other recomputed. Changes that spreadsheet programs make on saving are not differences.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.measure.tolerance import DUST
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.number_formats import plain_format
from lawgov_score.workbook.package.opened import Opened
from lawgov_score.workbook.package.part_xml import PartError
from lawgov_score.workbook.verify.anatomy import Anatomy, anatomy_of, names_of
from lawgov_score.workbook.verify.formula_text import is_same_formula
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

_BLANK = Words("（空）", "(blank)")
_TEXT = Words("{text}", "{text}")
_A_VALUE = Words("数值 {value}", "the value {value}")
_SHEET_SHOWN = Words("显示的工作表", "a sheet that is shown")
_SHEET_HIDDEN = Words("隐藏的工作表", "a hidden sheet")
_SHOWN = Words("显示的行、列", "rows and columns that are shown")
_HIDDEN = Words("隐藏或压扁的 {range}", "{range}, hidden or flattened")
_APART = Words("不合并的单元格", "cells of their own")
_MERGED = Words("合并的 {range}，遮住其中的内容", "{range} merged over what stands there")
_PLAIN = Words("不带数字格式的条件格式", "conditional formats without a number format")
_DRESSED = Words("{range} 的条件格式另设了数字格式", "a conditional format in {range} with a number format of its own")
_OVERLAYS = {
    "text": Words("{n} 个文本框或图形", "{n} {n:text box or shape|text boxes or shapes}"),
    "picture": Words("{n} 张图片", "{n} pictures"),
    "control": Words("{n} 个控件", "{n} controls"),
    "object": Words("{n} 个嵌入对象", "{n} embedded objects"),
}

_SAYS_A_NUMBER = re.compile(r'"[^"]*[0-9][^"]*"')  # a format with a literal number: "95.00"

Former = Callable[[str], str]


def differences(given: Opened, anew: Opened, former: Former) -> Iterator[Problem]:
    """S106, V206, V207 and V209 to V216 for all differences. ``former``: as from ``other_names``."""
    if given.safe.data == anew.safe.data:
        return
    try:
        then, names = anatomy_of(given.safe.parts), names_of(given.safe.parts)
    except PartError as error:
        yield Problem(Code.S106, CellPlace(given.path), {"found": str(error)})
        return
    now = anatomy_of(anew.safe.parts)
    for name in anew.sheets:
        if name not in given.sheets:
            yield Problem(Code.V207, CellPlace(given.path, name), {"expected": name, "found": Phrase(_BLANK)})
        elif name != MANIFEST_SHEET:
            mine, other = then.get(name, Anatomy()), now.get(name, Anatomy())
            cells, expected = _cells(given, name, mine), _cells(anew, name, other)
            not_stored = {at for at in mine.formulas if at not in cells}  # saved by a program that does not compute
            expected = {at: cell for at, cell in expected.items() if at not in not_stored}
            yield from _values(CellPlace(given.path, name), cells, expected, former)
            yield from _formulas(CellPlace(given.path, name), mine, other, cells)
            yield from _formats(CellPlace(given.path, name), mine, other)
            yield from _texts(Code.V212, CellPlace(given.path, name), mine.notes, other.notes, former)
            yield from _texts(Code.V213, CellPlace(given.path, name), mine.links, other.links, former)
            yield from _hiding(CellPlace(given.path, name), mine, other, cells)
            yield from _covering(CellPlace(given.path, name), mine, other)
    for name in given.sheets:
        if name not in anew.sheets:
            yield Problem(Code.V207, CellPlace(given.path, name), {"expected": Phrase(_BLANK), "found": name})
    yield from _texts(Code.V216, CellPlace(given.path), names, names_of(anew.safe.parts), former)


def is_of_the_file(problem: Problem) -> bool:
    """Was the file tampered with, whatever version wrote it: cells hidden, covered, or shown as something else?"""
    if problem.code is Code.V211:
        number_format = problem.values["found"]
        return not isinstance(number_format, str) or _SAYS_A_NUMBER.search(number_format) is not None
    return problem.code in {Code.V214, Code.V215}


def count_cells(opened: Opened) -> int:
    """How many non-blank cells were compared."""
    return sum(
        cell != "" for name, rows in opened.sheets.items() if name != MANIFEST_SHEET for row in rows for cell in row
    )


def other_names(paths: Mapping[str, str]) -> Former:
    """A function that puts other names of files into a text. ``paths``: now -> then, as from ``verification.moved``."""
    if not paths:
        return lambda text: text
    any_of = re.compile("|".join(map(re.escape, sorted(paths, key=len, reverse=True))))
    return lambda text: any_of.sub(lambda match: paths[match.group()], text)


def _cells(opened: Opened, sheet: str, anatomy: Anatomy) -> dict[str, object]:
    """The sheet's content by address; an error value is its name, where the reader of values gives a blank."""
    rows = opened.sheets[sheet]
    cells = {address(i, j): cell for i, row in enumerate(rows) for j, cell in enumerate(row) if cell != ""}
    return {**cells, **anatomy.errors}


def _values(
    sheet: CellPlace, cells: Mapping[str, object], expected: Mapping[str, object], former: Former
) -> Iterator[Problem]:
    for at in _ordered(cells.keys() | expected.keys()):
        then, now = cells.get(at, ""), expected.get(at, "")
        if isinstance(now, str):
            now = former(now)
        if not is_same(then, now):
            yield differs(Code.V206, sheet, at, shown(now), shown(then))


def _formulas(sheet: CellPlace, mine: Anatomy, other: Anatomy, cells: Mapping[str, object]) -> Iterator[Problem]:
    for at in _ordered(mine.formulas.keys() | other.formulas.keys()):
        then, now = mine.formulas.get(at), other.formulas.get(at)
        if then is None:
            value = _A_VALUE(value=shown(cells.get(at, "")))
            yield differs(Code.V209, sheet, at, f"={now}", value)
        elif now is None:
            yield differs(Code.V210, sheet, at, Phrase(_BLANK), f"={then}")
        elif not is_same_formula(then, now):
            yield differs(Code.V210, sheet, at, f"={now}", f"={then}")


def _formats(sheet: CellPlace, mine: Anatomy, other: Anatomy) -> Iterator[Problem]:
    """Differing formats of cells with content in both: a format may make a number look like another one."""
    for at in _ordered(mine.formats.keys() & other.formats.keys()):
        then, now = mine.formats[at], other.formats[at]
        if then != now and plain_format(then) != plain_format(now):
            yield differs(Code.V211, sheet, at, now, then)
    for where in sorted(mine.dressed - other.dressed):
        at = where.replace(":", " ").split(" ")[0]
        yield differs(Code.V211, sheet, at, _PLAIN, _DRESSED(range=where))


def _texts(
    code: Code, sheet: CellPlace, mine: Mapping[str, str], other: Mapping[str, str], former: Former
) -> Iterator[Problem]:
    """Notes, links and names that differ, are missing, or are added."""
    same = _is_same_link if code is Code.V213 else is_same
    for at in _ordered(mine.keys() | other.keys()):
        then, now = mine.get(at, ""), former(other.get(at, ""))
        if not same(then, now):
            place = at if code is not Code.V216 else ""
            expected = _TEXT(text=f"{at} = {now}") if now and not place else shown(now)
            actual = _TEXT(text=f"{at} = {then}") if then and not place else shown(then)
            yield differs(code, sheet, place, expected, actual)


def _hiding(sheet: CellPlace, mine: Anatomy, other: Anatomy, cells: Mapping[str, object]) -> Iterator[Problem]:
    if mine.is_hidden and not other.is_hidden:
        yield differs(Code.V214, sheet, "", _SHEET_SHOWN, _SHEET_HIDDEN)
    full = {"".join(filter(str.isdigit, at)) for at in cells} | {"".join(filter(str.isalpha, at)) for at in cells}
    for where in sorted(mine.hidden - other.hidden):
        if where.partition(":")[0] in full:
            yield differs(Code.V214, sheet, "", _SHOWN, _HIDDEN(range=where))
    for where in sorted(mine.merged - other.merged):
        yield merged_over(sheet, where)


def merged_over(sheet: CellPlace, where: str) -> Problem:
    """V214 for the cells of ``where``, merged over what stands there."""
    return differs(Code.V214, sheet, where.partition(":")[0], _APART, _MERGED(range=where))


def is_merging(problem: Problem) -> bool:
    """Is it about merged cells?"""
    return problem.code is Code.V214 and problem.values["expected"] is _APART


def _covering(sheet: CellPlace, mine: Anatomy, other: Anatomy) -> Iterator[Problem]:
    for what, n in sorted(mine.overlays.items()):
        most = other.overlays.get(what, 0)
        if n > most:
            yield differs(Code.V215, sheet, "", _OVERLAYS[what](n=most), _OVERLAYS[what](n=n))


def differs(code: Code, sheet: CellPlace, at: str, expected: object, actual: object) -> Problem:
    """A difference at the cell ``at`` of a sheet."""
    return Problem(code, CellPlace(sheet.path, sheet.sheet, at), {"expected": expected, "found": actual})


def _ordered(addresses: set[str]) -> list[str]:
    """The addresses row by row, from left to right."""
    return sorted(addresses, key=lambda at: (int("".join(filter(str.isdigit, at)) or 0), len(at), at))


def is_same(one: object, other: object) -> bool:
    """Are two contents of cells the same: numbers to fifteen digits, texts without trailing blanks?"""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=DUST, abs_tol=DUST)
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _plain(one) == _plain(other)
    return one == other


def _plain(text: str) -> str:
    """Text without differences in line ends and trailing blanks, which programs write in their own ways."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("_x000D_", "").split("\n")).strip()


def _is_same_link(one: object, other: object) -> bool:
    """Do two links lead to the same place, whether written ``'排名'!A1``, ``#排名!A1`` or ``#排名.A1``?"""
    return _place(str(one)) == _place(str(other))


def _place(link: str) -> str:
    return re.sub(r"[.!](\$?[A-Z]+\$?[0-9]+)", r"!\1", link.removeprefix("#").replace("'", "").replace("$", ""))


def shown(cell: object) -> Phrase:
    """A content in words."""
    return Phrase(_BLANK) if cell == "" else _TEXT(text=cell_text(cell))  # type: ignore[arg-type]  # as the reader gave it

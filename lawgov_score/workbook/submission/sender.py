"""The unit that a workbook is from: by its hidden stamp, its cover, or the name of its file."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.model import Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.called import Index, index_of
from lawgov_score.workbook.forms.layout import (
    A_YEAR,
    COVER_SHEET,
    LISTS_SHEET,
    STAMP_SHEET,
    UNIT_CODE_LABEL,
    UNIT_NAME_LABEL,
    UNIT_TYPE_LABEL,
    YEAR_LABEL,
    is_year,
)
from lawgov_score.workbook.forms.stamp import Stamp, read_stamp
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened
from lawgov_score.workbook.plain_texts import first_filled, plain

_LABELS = frozenset(
    plain(text)
    for label in (UNIT_CODE_LABEL, UNIT_NAME_LABEL, UNIT_TYPE_LABEL, YEAR_LABEL)
    for text in (label.zh, label.en)
)
_MADE_FOR = Words("{unit}（下发时）", "{unit}, for whom the workbook was made")
_NOW_ANOTHERS = Words(
    "下发给 {name}（{unit}），名册中 {name} 是 {other}：名册的名称可能错位",
    "made for {name} ({unit}); in the roster {name} is {other}: its names may have moved",
)
_ON_COVER = Words("{unit}（封面）", "{unit}, on the cover")
_CODE_LIKE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def stamp_in(opened: Opened) -> Stamp:
    """The workbook's stamp; an empty one if it has none."""
    return read_stamp(opened.sheets[STAMP_SHEET]) if STAMP_SHEET in opened.sheets else Stamp()


def sender(opened: Opened, tree: Tree | None = None, roster: Mapping[str, Unit] | None = None) -> Unit | None:
    """The unit by the workbook's own stamp or cover, not by its file name, which may be anything.

    ``tree``: gives the types of units by the names on covers; ``roster``: the code, where a cover has the name alone.
    """
    return _stamped(stamp_in(opened)) or _on_cover(opened, tree, roster or {})


def cover_of_another(stamp: Stamp, opened: Opened, known: Unit | None) -> Iterator[Problem]:
    """A problem if the visible cover names another unit than the hidden stamp.

    ``known``: the unit as in the roster; its name may have changed since the workbook was made.
    """
    if not stamp.unit:
        return
    names = {stamp.name, known.name if known is not None else ""} - {""}
    for label, right in ((UNIT_CODE_LABEL, {stamp.unit}), (UNIT_NAME_LABEL, names)):
        filled_in, place = beside(label, opened, (COVER_SHEET,))
        if filled_in and right and plain(filled_in) not in {plain(text) for text in right}:
            expected = stamp.unit if label is UNIT_CODE_LABEL else stamp.name or min(right)
            yield Problem(Code.S127, place, {"expected": _MADE_FOR(unit=expected), "found": _ON_COVER(unit=filled_in)})


def name_of_another(stamp: Stamp, opened: Opened, roster: Mapping[str, Unit]) -> Iterator[Problem]:
    """S127 if the workbook's unit name now belongs to another unit in the roster: which one is right is unclear."""
    known = roster.get(stamp.unit)
    if known is None or not stamp.name or plain(known.name) == plain(stamp.name):
        return
    other = next((one for one in roster.values() if plain(one.name) == plain(stamp.name)), None)
    if other is not None:
        actual = _NOW_ANOTHERS(name=stamp.name, unit=stamp.unit, other=other.code)
        yield Problem(Code.S127, CellPlace(opened.path), {"expected": known.name, "found": actual})


def year_on_cover(opened: Opened) -> Iterator[Problem]:
    """A number beside 考核年度 that is no year (S125)."""
    filled_in, place = beside(YEAR_LABEL, opened)
    if filled_in.isascii() and filled_in.isdigit() and not is_year(filled_in):
        yield Problem(Code.S125, place, {"heading": YEAR_LABEL, "expected": A_YEAR, "found": filled_in})


def unit_of(stamp: Stamp, opened: Opened, tree: Tree, roster: Mapping[str, Unit]) -> Unit | None:
    """The sender: by stamp, by cover, or by the name of the file if it is, or looks like, a code or a unit's name."""
    return _stamped(stamp) or _on_cover(opened, tree, roster, PurePath(opened.path).stem.strip())


def _stamped(stamp: Stamp) -> Unit | None:
    if not stamp.unit:
        return None
    year = int(stamp.year) if stamp.year.isascii() and stamp.year.isdigit() else None
    return Unit(stamp.unit, stamp.name or stamp.unit, stamp.type, stamp.cohort, year)


def _on_cover(opened: Opened, tree: Tree | None, roster: Mapping[str, Unit], otherwise: str = "") -> Unit | None:
    """The unit on the cover; ``otherwise``: the name of the file, asked if the cover gives neither code nor name."""
    code, name, kind, year = (
        beside(label, opened)[0] for label in (UNIT_CODE_LABEL, UNIT_NAME_LABEL, UNIT_TYPE_LABEL, YEAR_LABEL)
    )
    code = _code_of(code, name, otherwise, roster)
    if not code:
        return None
    types = () if tree is None else tree.unit_types
    known = next((one.code for one in types if plain(kind) in {plain(one.code), plain(one.name)}), "")
    return Unit(code, name or code, known, year=int(year) if year.isascii() and year.isdigit() else None)


def _code_of(code: str, name: str, stem: str, roster: Mapping[str, Unit]) -> str:
    """The code that is meant: as written, or that of the one unit of the roster with that name; '' if there is none."""
    if code in roster:
        return code
    known = called(roster)
    for text in (code,) if code else (name, stem):
        if text and (found := known.find(text)) is not None:
            return found.code
    return code or (stem if _CODE_LIKE.fullmatch(stem) else "")


def called(roster: Mapping[str, Unit]) -> Index[Unit]:
    """The units of a roster by code, by name, or by both."""
    return index_of((unit.code, unit.name, unit) for unit in roster.values())


def beside(label: Words, opened: Opened, only: Collection[str] = ()) -> tuple[str, CellPlace]:
    """The content to the right of a label in the first rows of any sheet, or only of some, and its place."""
    wanted = {plain(label.zh), plain(label.en)}
    for name, rows in opened.sheets.items():
        if name in {STAMP_SHEET, LISTS_SHEET} or (only and name not in only):
            continue
        for i, row in first_filled(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, str) and plain(cell).rstrip(":") in wanted:
                    return _right_of(row, j, CellPlace(opened.path, name), i)
    return "", CellPlace(opened.path)


def _right_of(row: Sequence[Cell], label: int, sheet: CellPlace, i: int) -> tuple[str, CellPlace]:
    """The next text in the row, unless that is another label, which means nothing was filled in."""
    for j in range(label + 1, len(row)):
        text = cell_text(row[j])
        if text:
            filled_in = "" if plain(text).rstrip(":") in _LABELS else text
            return filled_in, replace(sheet, cell=address(i, j))
    return "", sheet

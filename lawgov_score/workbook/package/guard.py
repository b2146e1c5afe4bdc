"""Checks that a file is safe to open: everything is bounded before any library reads it.

A value at XFD1048576 in a file of 2 KB aborts the whole process in the fast reader, and a megabyte of zip inflates to
a gigabyte: so sizes, ratios and the extent of all sheets are checked on the raw bytes.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.file_types import kind_of, kind_of_zip
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.package.archive import directory, inflate
from lawgov_score.workbook.package.extent import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    extent_of,
    is_off_the_sheet,
    is_plain,
    promises_too_much,
    sheet_data,
    text_of,
)
from lawgov_score.workbook.package.part_xml import PartError
from lawgov_score.workbook.package.sheet_list import Link, sheet_links

MOST_BYTES = 64 << 20  # of the file on disk
MOST_PARTS = 2_000
MOST_INFLATED = 256 << 20
MOST_RATIO = 200  # for parts larger than _SMALL: real sheets stay below 40
_SMALL = 1 << 20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".bmp", ".tiff")

_BROKEN = Words("压缩包不完整或校验不符", "the zip inside is incomplete or does not match its checksum")
_BAD_XML = Words("{part} 不是规范的 XML", "{part} is not well-formed XML")
_BOOK = Words("工作簿的目录", "the list of sheets")
_SOME_SHEET = Words("某个工作表", "a sheet")
_SIZE = Words("不超过 {most} MB", "at most {most} MB")
_IS_SIZE = Words("{found} MB", "{found} MB")
_PARTS = Words("不超过 {most} 个部件", "at most {most} parts")
_IS_PARTS = Words("{found} 个部件", "{found} parts")
_RATIO = Words("正常的压缩率", "an ordinary rate of compression")
_IS_RATIO = Words("{part} 解压后膨胀到 {found} 倍", "{part} inflates {found} times")
_UNIQUE = Words("部件名不重复", "each part once")
_NO_DTD = Words("不含文档类型定义（DTD）", "no document type definition (DTD)")
_NO_PROMISE = Words("个数与内容相符", "counts that fit what is there")
_IN_PART = Words("在 {part} 中", "in {part}")
_BOUNDS = Words(
    "数据集中在表格左上角（各表合计不超过 {most} 格）", "data near the top left (at most {most} cells in all sheets)"
)
_FAR = Words("{cell} 格有内容", "something in cell {cell}")
_FAR_TOGETHER = Words("{n} 个工作表共 {found} 格，最远到 {cell} 格", "{found} cells in {n} sheets, the farthest {cell}")
_ROWS = Words("各表合计不超过 {most} 行", "at most {most} rows in all sheets")
_COLUMNS = Words("一行不超过 {most} 格", "at most {most} cells in a row")
_MORE_ROWS = Words("多于此数", "more than that")
_ARE_ROWS = Words("{n} 个工作表共 {found} 行，最远到 {cell} 格", "{found} rows in {n} sheets, the farthest {cell}")
_SHEETS = Words("不超过 {most} 个工作表", "at most {most} sheets")
_ARE_SHEETS = Words("{found} 个工作表", "{found} sheets")
_OWN_PART = Words("每个工作表各有内容", "a content of its own for each sheet")
_SAME_PART = Words("几个工作表指向同一部件 {part}", "several sheets refer to the part {part}")
_TEXT = Words("文字合计不超过 {most} MB", "at most {most} MB of text")
_IS_TEXT = Words("展开后有 {found} MB 文字", "{found} MB of text once spread out")


@dataclass(frozen=True, slots=True)
class Safe:
    """A workbook that may be opened: its bytes, its inflated parts by name, names of plain sheets, list of sheets.

    A plain sheet has values only: no formula, no error value, nothing far out.
    """

    data: bytes
    parts: dict[str, bytes]
    plain: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()

    @property
    def has_macros(self) -> bool:
        """Does it contain macros?"""
        return any(name.endswith("vbaProject.bin") for name in self.parts)

    @property
    def has_links(self) -> bool:
        """Does it refer to other workbooks?"""
        return any("/externalLinks/" in name for name in self.parts)


def too_large(path: str, size: int) -> Problem:
    """The problem of a file larger than ``MOST_BYTES``."""
    return _unsafe(path, _SIZE(most=MOST_BYTES >> 20), _IS_SIZE(found=size >> 20))


def too_many_rows(path: str) -> Problem:
    """The problem of a table with more than ``MOST_ROWS`` rows."""
    return _unsafe(path, _ROWS(most=MOST_ROWS), _MORE_ROWS)


def too_many_columns(path: str) -> Problem:
    """The problem of a table with a row of more than ``MOST_COLUMNS`` columns."""
    return _unsafe(path, _COLUMNS(most=MOST_COLUMNS), _MORE_ROWS)


def guard(data: bytes, path: str) -> Safe | Problem:
    """The workbook in ``data``, or why it must not be opened (S103 to S107). ``path`` is for the problem's place."""
    if data.startswith(_OLE):
        return Problem(Code.S104 if _ENCRYPTED in data else Code.S105, CellPlace(path))
    if not data.startswith(_ZIP):
        return Problem(Code.S103, CellPlace(path), {"found": kind_of(data)})
    entries = directory(data)
    refused = _refuse_archive(entries, path) if entries is not None else None
    if refused is not None:
        return refused
    parts = _parts(data, entries) if entries is not None else None
    if parts is None:
        return Problem(Code.S106, CellPlace(path), {"found": _BROKEN})
    if "xl/workbook.xml" not in parts and not any(name.endswith("workbook.xml") for name in parts):
        return Problem(Code.S103, CellPlace(path), {"found": kind_of_zip(parts)})
    plain = frozenset(name for name, part in parts.items() if is_plain(part))
    for name, part in parts.items():
        if not name.lower().endswith(_PICTURES) or b"sheetData" in part:
            refused = _refuse_part(name, part, name in plain, path)
            if refused is not None:
                return refused
    try:
        links = tuple(sheet_links(parts))
    except PartError:
        return Problem(Code.S106, CellPlace(path), {"found": _BAD_XML(part=_BOOK)})
    return _refuse_extent(parts, plain, links, path) or Safe(data, parts, plain, links)


def _unsafe(path: str, expected: Phrase | Words, actual: Phrase | Words, sheet: str = "", cell: str = "") -> Problem:
    return Problem(Code.S107, CellPlace(path, sheet, cell), {"expected": expected, "found": actual})


def _parts(data: bytes, entries: Sequence[zipfile.ZipInfo]) -> dict[str, bytes] | None:
    """Every part by name; None if one is damaged, encrypted, or packed in an unknown way."""
    parts: dict[str, bytes] = {}
    for entry in entries:
        part = inflate(data, entry)
        if part is None:
            return None
        parts[entry.filename] = part
    return parts


def _refuse_archive(entries: Sequence[zipfile.ZipInfo], path: str) -> Problem | None:
    """Faults visible in the archive's directory; inflating an entry never yields more than it declares."""
    if len(entries) > MOST_PARTS:
        return _unsafe(path, _PARTS(most=MOST_PARTS), _IS_PARTS(found=len(entries)))
    if len({entry.filename.casefold() for entry in entries}) < len(entries):  # the library ignores case
        return _unsafe(path, _UNIQUE, _IS_PARTS(found=len(entries)))
    if any(entry.flag_bits & 1 for entry in entries):
        return Problem(Code.S104, CellPlace(path))
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MOST_INFLATED:
        return _unsafe(path, _SIZE(most=MOST_INFLATED >> 20), _IS_SIZE(found=inflated >> 20))
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > entry.compress_size * MOST_RATIO:
            ratio = entry.file_size // max(entry.compress_size, 1)
            return _unsafe(path, _RATIO, _IS_RATIO(part=entry.filename, found=ratio))
    return None


def _refuse_part(name: str, part: bytes, plain: bool, path: str) -> Problem | None:
    head = part[:4]
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 would evade the scans below
        return Problem(Code.S106, CellPlace(path), {"found": _BAD_XML(part=name)})
    begin, end = sheet_data(part) if plain else (len(part), len(part))  # plain cells need no search
    if any(part.find(mark, 0, begin) >= 0 or part.find(mark, end) >= 0 for mark in (b"<!DOCTYPE", b"<!ENTITY")):
        return _unsafe(path, _NO_DTD, _IN_PART(part=name))
    if not plain and promises_too_much(part):
        return _unsafe(path, _NO_PROMISE, _IN_PART(part=name))
    return None


def _refuse_extent(parts: dict[str, bytes], plain: frozenset[str], links: Sequence[Link], path: str) -> Problem | None:
    """Refuses a workbook whose sheets together are too large, before a library builds them."""
    if len(links) > MOST_SHEETS:
        return _unsafe(path, _SHEETS(most=MOST_SHEETS), _ARE_SHEETS(found=len(links)))
    for by in ([link.relation for link in links], [link.part.casefold() for link in links]):
        twice = next((one for at, one in enumerate(by) if one in by[:at]), None)
        if twice is not None:  # each would be read separately
            return _unsafe(path, _OWN_PART, _SAME_PART(part=twice))
    try:
        extent = extent_of(parts, plain)
        text = text_of(parts)
    except PartError:
        return Problem(Code.S106, CellPlace(path), {"found": _BAD_XML(part=_SOME_SHEET)})
    n, (rows, columns) = len(links), extent.corner
    far = address(max(rows, 1) - 1, max(columns, 1) - 1)
    sheet = next((link.name for link in links if link.part == extent.part), "")
    if extent.cells > MOST_CELLS or is_off_the_sheet(rows, columns):
        alone = rows * columns > MOST_CELLS or is_off_the_sheet(rows, columns)
        actual = _FAR(cell=far) if alone else _FAR_TOGETHER(n=n, found=extent.cells, cell=far)
        return _unsafe(path, _BOUNDS(most=MOST_CELLS), actual, sheet, far)
    if extent.rows > MOST_ROWS:
        return _unsafe(path, _ROWS(most=MOST_ROWS), _ARE_ROWS(n=n, found=extent.rows, cell=far), sheet, far)
    if text > MOST_TEXT:
        return _unsafe(path, _TEXT(most=MOST_TEXT >> 20), _IS_TEXT(found=text >> 20))
    return None

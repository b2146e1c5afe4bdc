"""Is this file safe to open? Everything is bounded here before any library sees it.

A value at XFD1048576 in a file of 2 KB aborts the whole process in the fast reader, and a megabyte of zip
inflates to a gigabyte: so sizes, ratios and the far corner of every sheet are checked on the raw bytes.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.layout import address

MOST_BYTES = 64 << 20  # of the file as it lies on disk
MOST_PARTS = 2_000
MOST_INFLATED = 256 << 20
MOST_RATIO = 200  # of what is larger than _SMALL: real sheets stay below 40
MOST_CELLS = 6_000_000  # of the rectangle from A1 to the farthest value
_SMALL = 1 << 20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Every cell says where it is, in A to Z and above row 10,000: what a template is, and what needs no closer look.
_BEYOND = re.compile(rb'<c r="(?![A-Z][1-9][0-9]{0,3}")')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".bmp", ".tiff")

_NOT_A_WORKBOOK = Words("文件开头不是工作簿的标志", "the file does not begin as a workbook does")
_EMPTY = Words("空文件", "an empty file")
_BROKEN = Words("压缩包不完整或校验不符", "the zip inside is incomplete or does not match its checksum")
_NO_SHEETS = Words("压缩包里没有工作簿", "there is no workbook in the zip")
_BAD_XML = Words("{part} 不是规范的 XML", "{part} is not well-formed XML")
_SIZE = Words("不超过 {most} MB", "at most {most} MB")
_IS_SIZE = Words("{found} MB", "{found} MB")
_PARTS = Words("不超过 {most} 个部件", "at most {most} parts")
_IS_PARTS = Words("{found} 个部件", "{found} parts")
_RATIO = Words("正常的压缩率", "an ordinary rate of compression")
_IS_RATIO = Words("{part} 解压后膨胀到 {found} 倍", "{part} inflates {found} times")
_UNIQUE = Words("部件名不重复", "each part once")
_NO_DTD = Words("不含文档类型定义（DTD）", "no document type definition (DTD)")
_IN_PART = Words("在 {part} 中", "in {part}")
_BOUNDS = Words("数据集中在表格左上角（不超过 {most} 格）", "data near the top left (at most {most} cells)")
_FAR = Words("{cell} 格有内容", "something in cell {cell}")


@dataclass(frozen=True, slots=True)
class Safe:
    """A workbook that may be opened: its bytes, and its parts inflated, by name."""

    data: bytes
    parts: Mapping[str, bytes]

    @property
    def has_macros(self) -> bool:
        """Does it carry a program?"""
        return any(name.endswith("vbaProject.bin") for name in self.parts)

    @property
    def has_links(self) -> bool:
        """Does it refer to other workbooks?"""
        return any("/externalLinks/" in name for name in self.parts)


def guard(data: bytes, path: str) -> Safe | Problem:
    """The workbook in ``data``, or why it is left closed (S103 to S107). ``path`` is for the problem's place."""
    if data.startswith(_OLE):
        return Problem(Code.S104 if _ENCRYPTED in data else Code.S105, CellPlace(path))
    if not data.startswith(_ZIP):
        return Problem(Code.S103, CellPlace(path), {"found": _NOT_A_WORKBOOK if data else _EMPTY})
    if len(data) > MOST_BYTES:
        return _unsafe(path, _SIZE(most=MOST_BYTES >> 20), _IS_SIZE(found=len(data) >> 20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refused = _refuse_archive(archive, path)
            if refused is not None:
                return refused
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        return Problem(Code.S106, CellPlace(path), {"found": _BROKEN})
    if "xl/workbook.xml" not in parts and not any(name.endswith("workbook.xml") for name in parts):
        return Problem(Code.S103, CellPlace(path), {"found": _NO_SHEETS})
    for name, part in parts.items():
        if not name.lower().endswith(_PICTURES) or b"sheetData" in part:
            refused = _refuse_part(name, part, path)
            if refused is not None:
                return refused
    return Safe(data, parts)


def _unsafe(path: str, expected: Phrase | Words, found: Phrase | Words, sheet: str = "", cell: str = "") -> Problem:
    return Problem(Code.S107, CellPlace(path, sheet, cell), {"expected": expected, "found": found})


def _refuse_archive(archive: zipfile.ZipFile, path: str) -> Problem | None:
    """What the archive's own directory gives away; reading an entry never yields more than it declares."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        return _unsafe(path, _PARTS(most=MOST_PARTS), _IS_PARTS(found=len(entries)))
    if len({entry.filename for entry in entries}) < len(entries):
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


def _refuse_part(name: str, part: bytes, path: str) -> Problem | None:
    head = part[:4]
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 would slip past the scans below
        return Problem(Code.S106, CellPlace(path), {"found": _BAD_XML(part=name)})
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        return _unsafe(path, _NO_DTD, _IN_PART(part=name))
    if b"sheetData" not in part or _is_near(part):
        return None
    try:
        rows, columns = far_corner(part)
    except expat.ExpatError:
        return Problem(Code.S106, CellPlace(path), {"found": _BAD_XML(part=name)})
    if rows * columns > MOST_CELLS or rows > 1_048_576 or columns > 16_384:
        far = address(rows - 1, columns - 1)
        return _unsafe(path, _BOUNDS(most=MOST_CELLS), _FAR(cell=far))
    return None


def sheet_data(part: bytes) -> tuple[int, int]:
    """Where the cells of a sheet begin and end in its XML: nothing outside is ever read as a cell."""
    return part.find(b"sheetData"), part.rfind(b"sheetData")


def _is_near(part: bytes) -> bool:
    """Is every cell plainly near the top left? A few scans at the speed of memory; no is not yet a refusal."""
    begin, end = sheet_data(part)
    if part.find(b"<!", begin, end) >= 0 or part.find(b":c", begin, end) >= 0 or _BEYOND.search(part, begin, end):
        return False
    return part.count(b"<c", begin, end) == part.count(b'<c r="', begin, end)


def far_corner(part: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle from A1 to the farthest cell that holds something; (0, 0) where none does.

    Cells and rows that do not say where they are follow the one before. Raises ``expat.ExpatError``.
    """
    far_row = far_column = 0
    row = column = 0
    here: tuple[int, int] | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, here, far_row, far_column
        match name.rpartition(":")[2]:
            case "row":
                said = attributes.get("r", "")
                row = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else row + 1
                column = 0
            case "c":
                found = _REFERENCE.fullmatch(attributes.get("r", ""))
                if found:
                    at_row, column = int(found[2]), _column_number(found[1])
                else:
                    at_row, column = max(row, 1), column + 1
                here = (at_row, column)
            case "v" | "is" | "f" if here is not None:
                far_row, far_column = max(far_row, here[0]), max(far_column, here[1])
                here = None

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(part, True)
    return far_row, far_column


def _column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number

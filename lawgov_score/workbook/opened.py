"""A workbook that the guard let through: its sheets as rows of plain values, and the cells not to be trusted."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import python_calamine as calamine

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.archive import stored
from lawgov_score.workbook.cells import Cell
from lawgov_score.workbook.extent import sheet_data, up_to_cells
from lawgov_score.workbook.guard import MOST_BYTES, Safe, guard, too_large
from lawgov_score.workbook.layout import address
from lawgov_score.workbook.part_xml import Cursor, scan

Rows = Sequence[Sequence[Cell]]

_MACROS = Words("宏", "macros")
_OTHER_SHEETS = Words("工作表目录自相矛盾", "its lists of sheets contradict one another")
_LINKS = Words("对其他工作簿的引用", "links to other workbooks")
_IS_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true|on)["']""")
_SINCE_1904 = 1_462  # days from the one first day to the other
_DOUBTS = (b"<f", b":f", b'"e"', b"'e'", b"&#")  # the last may spell anything
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})[\"']")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A cell that holds an error value (``error`` says which), or a formula whose result was never stored."""

    formula: str
    error: str = ""


@dataclass(frozen=True)
class Opened:
    """An open workbook. ``path`` as problems print it; ``sheets`` by name, in the workbook's order.

    Rows come with every blank row and column in place; blank cells, error values and formulas without a
    stored result are all ``""``.
    """

    path: str
    safe: Safe
    sheets: Mapping[str, Rows]

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of the file."""
        return hashlib.sha256(self.safe.data).hexdigest()

    @cached_property
    def may_doubt(self) -> bool:
        """Is there any formula or error value at all? A scan of bytes; the cells are listed by ``doubtful``."""
        plain = self.safe.plain
        return any(_hints_at_doubt(part) for name, part in self.safe.parts.items() if name not in plain)

    def doubtful(self, sheet: str) -> Mapping[str, Doubtful]:
        """The cells of ``sheet`` that read as blank but are not, by address."""
        name = self._parts_of_sheets.get(sheet, "")
        if not name or name in self.safe.plain or not _hints_at_doubt(self.safe.parts[name]):
            return {}
        return dict(_doubtful(self.safe.parts[name]))

    def merged(self, sheet: str) -> Iterator[tuple[str, str]]:
        """The merged ranges of ``sheet``, each by its first and its last cell."""
        part = self.safe.parts.get(self._parts_of_sheets.get(sheet, ""), b"")
        after_cells = max(sheet_data(part)[1], 0)
        if part.find(b"mergeCell", after_cells) >= 0:  # a template has none
            for found in _MERGED.finditer(part, after_cells):
                yield found[1].decode(), found[2].decode()

    @cached_property
    def day_shift(self) -> int:
        """What to add to its day numbers: 1462 where it counts days from 1904, as Excel on old Macs did."""
        book = next((part for name, part in self.safe.parts.items() if name.endswith("workbook.xml")), b"")
        return _SINCE_1904 if _IS_1904.search(book) else 0

    @cached_property
    def _parts_of_sheets(self) -> Mapping[str, str]:
        """The part that holds each sheet, by the sheet's name."""
        return {link.name: link.part for link in self.safe.links if link.part in self.safe.parts}


def _hints_at_doubt(part: bytes) -> bool:
    begin, end = sheet_data(part)
    return begin >= 0 and any(part.find(mark, begin, end) >= 0 for mark in _DOUBTS)


def _doubtful(part: bytes) -> Iterator[tuple[str, Doubtful]]:
    """Cells with an error value, and formulas without a value; a formula that gives empty text is neither."""
    found: list[tuple[str, Doubtful]] = []
    at, kind = "", ""
    texts: dict[str, str] = {}
    within = ""
    cursor = Cursor()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal at, kind, within
        tag = name.rpartition(":")[2]
        if tag == "row":
            cursor.row(attributes.get("r", ""))
        elif tag == "c":
            row, column = cursor.cell(attributes.get("r", ""))
            at, kind, within = address(row - 1, column - 1), attributes.get("t", ""), ""
            texts.clear()
        elif tag in {"f", "v"}:
            within = tag
            texts.setdefault(tag, "")

    def inside(text: str) -> None:
        if within:
            texts[within] += text

    def end(name: str) -> None:
        nonlocal within
        tag = name.rpartition(":")[2]
        if tag in {"f", "v"}:
            within = ""
        elif tag == "row":
            cursor.row_ends()
        elif tag == "c":
            formula = "=" + texts.get("f", "")
            if kind == "e":
                found.append((at, Doubtful(formula if "f" in texts else "", texts.get("v", "#N/A"))))
            elif "f" in texts and not texts.get("v") and kind != "str":
                found.append((at, Doubtful(formula)))

    scan(part, start, inside, end)
    yield from found


def open_workbook(path: Path) -> Opened | Problem:
    """Opens the workbook at ``path``, or says why not (S101, S103 to S107)."""
    shown = display_path(path)
    try:
        if path.stat().st_size > MOST_BYTES:  # said before it fills the memory
            return too_large(shown, path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        return Problem(Code.S101, CellPlace(shown), {"found": error.strerror or str(error)})
    safe = guard(data, shown)
    return safe if isinstance(safe, Problem) else opened_from(safe, shown)


def opened_from(safe: Safe, shown: str) -> Opened | Problem:
    """The same for a file that the guard let through, whose path is ``shown`` (S104, S106)."""
    try:
        sheets = _read_sheets(safe)
        if not sheets.keys() <= {link.name for link in safe.links}:  # what was bounded is not what was read
            return Problem(Code.S106, CellPlace(shown), {"found": _OTHER_SHEETS})
        return Opened(shown, safe, sheets)
    except calamine.PasswordError:
        return Problem(Code.S104, CellPlace(shown))
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError) as error:
        return Problem(Code.S106, CellPlace(shown), {"found": str(error)})
    except BaseException as error:
        if not _is_panic(error):
            raise
        return Problem(Code.S106, CellPlace(shown), {"found": str(error)})


def _read_sheets(safe: Safe) -> Mapping[str, Rows]:
    """Every sheet's rows by name. A number that is dressed as a time beyond all time makes the library give up on the
    whole workbook: then all is read undressed, dates as the numbers that they are."""
    parts = {name: up_to_cells(part) if name in safe.plain else part for name, part in safe.parts.items()}
    try:
        return _sheets(parts)
    except BaseException as error:
        if not isinstance(error, OverflowError) and not _is_panic(error):
            raise
    return _sheets({name: part for name, part in parts.items() if not name.endswith("styles.xml")})


def _is_panic(error: BaseException) -> bool:
    """Is it what the library, written in Rust, throws where it gives up?"""
    return type(error).__name__ == "PanicException"


def _sheets(parts: Mapping[str, bytes]) -> Mapping[str, Rows]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stored(parts)))
    return {
        sheet.name: book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    }


def remarks(opened: Opened) -> Iterator[Problem]:
    """What the workbook carries beside values, and that it was ignored (S118)."""
    for carries, what in ((opened.safe.has_macros, _MACROS), (opened.safe.has_links, _LINKS)):
        if carries:
            yield Problem(Code.S118, CellPlace(opened.path), {"what": what})

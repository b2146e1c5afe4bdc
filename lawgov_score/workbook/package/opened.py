"""An opened workbook that passed the guard: its sheets as rows of plain values, and the cells not to be trusted."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

import python_calamine as calamine

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, cell_at
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.temporary import own_temporary_folder
from lawgov_score.wording import Words
from lawgov_score.workbook.package.archive import stored
from lawgov_score.workbook.package.cells import Cell, Formatted
from lawgov_score.workbook.package.extent import sheet_data, up_to_cells
from lawgov_score.workbook.package.guard import MOST_BYTES, Safe, guard, too_large
from lawgov_score.workbook.package.number_formats import Look, digits_shown, format_codes, look_of
from lawgov_score.workbook.package.part_xml import RawCell, cells_in
from lawgov_score.workbook.package.shared_texts import NO_STORE, Store, plain_store

_WORTH_LIGHTENING, _PIECE = 4 << 20, 1 << 20  # bytes
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,7}")?(?: t="n")? ?(?:/>|></c>)')
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?! r=)[ />]")  # its address follows from the cell before it
_HIDING = (b"<![CDATA[", b"<!--")  # constructs inside which a cell is not a cell


def drop_empty_cells(safe: Safe) -> None:
    """Removes empty cells from the large sheets of a workbook before it is read, in place.

    Colouring whole columns writes every cell of them to the file, although it holds nothing.
    """
    for name, part in safe.parts.items():
        if len(part) < _WORTH_LIGHTENING or name in safe.plain or b"<sheetData" not in part[:65_536]:
            continue
        if part.count(b"/>") < 10_000 or _PLACELESS.search(part) or any(mark in part for mark in _HIDING):
            continue
        safe.parts[name] = _without_empty(part)


def _without_empty(part: bytes) -> bytes:
    """The sheet without empty cells, piece by piece: at once it would be in memory several times."""
    out = io.BytesIO()
    at = 0
    while at < len(part):
        end = min(at + _PIECE, len(part))
        cut = part.rfind(b"<c ", at, end) if end < len(part) else end  # do not cut a cell in two
        if cut <= at:
            cut = part.find(b"<c ", end)
            cut = len(part) if cut < 0 else cut
        out.write(_EMPTY.sub(b"", part[at:cut]))
        at = cut
    return out.getvalue()


_UNKNOWN = "?"  # a format missing from the workbook


def apply_formats(sheets: Mapping[str, list[list[Cell]]], safe: Safe, day_shift: int) -> None:
    """Replaces every number whose format shows something else by a ``Formatted``."""
    styles = next((part for name, part in safe.parts.items() if name.lower().endswith("styles.xml")), b"")
    odd = _odd_formats(styles)
    if not odd:
        return
    for link in safe.links:
        part, rows = safe.parts.get(link.part, b""), sheets.get(link.name)
        if rows is None or sheet_data(part)[0] < 0:
            continue
        if link.part in safe.plain:
            for match in _pattern(tuple(odd)).finditer(part):
                _put(rows, *cell_at(match[1].decode()), odd[int(match[2])], day_shift)
        else:
            for cell in cells_in(part, lambda cell: cell.style.isdigit() and int(cell.style) in odd):
                _put(rows, cell.row - 1, cell.column - 1, odd[int(cell.style)], day_shift)


def _put(rows: list[list[Cell]], row: int, column: int, code: str, day_shift: int) -> None:
    if row < len(rows) and column < len(rows[row]) and type(number := rows[row][column]) is float:
        rows[row][column] = Formatted(number, code, day_shift)


@lru_cache(maxsize=64)  # all workbooks of a run have the same styles
def _odd_formats(styles: bytes) -> Mapping[int, str]:
    """The cell formats, by number, that show some number as something else."""
    if not styles:
        return {}
    codes, _ = format_codes(styles)
    return {n: code for n, code in enumerate(codes) if _is_odd(code)}


def _is_odd(code: str) -> bool:
    return digits_shown(code, 1) != "1" or any(look_of(code, sign) is not Look.NUMBER for sign in (1, 0, -1))


@lru_cache(maxsize=64)
def _pattern(numbers: tuple[int, ...]) -> re.Pattern[bytes]:
    """A pattern for cells of a plain sheet with one of these formats: address and format number."""
    listed = b"|".join(b"%d" % n for n in sorted(numbers))
    return re.compile(rb'<c r="([A-Z]+[0-9]+)" s="(%b)" ?(?:t="n" ?)?>' % listed)


Rows = Sequence[Sequence[Cell]]

_MACROS = Words("宏", "macros")
_OTHER_SHEETS = Words("工作表目录自相矛盾", "its lists of sheets contradict one another")
_LINKS = Words("对其他工作簿的引用", "links to other workbooks")
_IS_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true|on)["']""")
_SINCE_1904 = 1_462  # days between the two start dates
_FORMULA = Words("公式 {formula}", "formula {formula}")
_STRUCK = Words(
    "有划掉的、上标或下标的字，不知道算不算在内",
    "characters that are struck through, raised or lowered: do they count?",
)
_ODD = Words("单元格的内容有两种读法", "contents that can be read in two ways")
_LARGE = 16 << 20  # bytes
_PLAIN_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?")  # t="d"
_ERROR_VALUE = re.compile(
    rb'(<(?:\w+:)?c\b[^>]*?\st="e"[^>]*>(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>)(#[^<]*)'
)
_KNOWN_ERRORS = frozenset([b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#DATA!"])
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})[\"']")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A cell whose value is not to be trusted.

    An error value (``error`` says which), a formula without a result, or what could be read in two ways (``why``).
    """

    formula: str
    error: str = ""
    why: Words | None = None

    @property
    def said(self) -> tuple[Code, object]:
        """The code of its problem (S214, S215, S224), and the content found."""
        if self.why is not None:
            return Code.S224, self.why
        return (Code.S215, self.error) if self.error else (Code.S214, _FORMULA(formula=self.formula))

    @property
    def printed(self) -> str:
        """The content of the cell, if that differs from its value."""
        return self.error or self.formula


@dataclass(frozen=True)
class Opened:
    """An open workbook. ``path`` as problems print it; ``sheets`` by name, in the workbook's order.

    Rows come with every blank row and column in place; blank cells, error values and formulas without a
    stored result are all ``""``.
    """

    path: str
    safe: Safe
    sheets: Mapping[str, Rows]
    store: Store = NO_STORE  # the shared texts

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of the file."""
        return hashlib.sha256(self.safe.data).hexdigest()

    def is_hidden(self, sheet: str) -> bool:
        """Is the sheet hidden, or very hidden?"""
        return any(link.is_hidden for link in self.safe.links if link.name == sheet)

    @cached_property
    def may_doubt(self) -> bool:
        """May the workbook have cells that are not to be trusted? ``doubtful`` lists them."""
        has_more = any(link.part not in self.safe.plain for link in self.safe.links)
        return has_more or bool(self.store.struck or self.store.odd)

    def doubtful(self, sheet: str) -> Mapping[str, Doubtful]:
        """The cells of ``sheet`` that are not what they read as, by address."""
        name = self._parts_of_sheets.get(sheet, "")
        if not name or not self.may_doubt or sheet_data(self.safe.parts[name])[0] < 0:
            return {}
        if name in self.safe.plain:
            return dict(_referring(self.safe.parts[name], self.store))
        return dict(_doubtful(self.safe.parts[name], self.store, self.sheets[sheet]))

    def merged(self, sheet: str) -> Iterator[tuple[str, str]]:
        """The merged ranges of ``sheet``, each by its first and its last cell."""
        part = self.safe.parts.get(self._parts_of_sheets.get(sheet, ""), b"")
        after_cells = max(sheet_data(part)[1], 0)
        if part.find(b"mergeCell", after_cells) >= 0:  # a template has none
            for match in _MERGED.finditer(part, after_cells):
                yield match[1].decode(), match[2].decode()

    @cached_property
    def day_shift(self) -> int:
        """The days to add to its day numbers: 1462 if it counts from 1904, as Excel on old Macs did."""
        return _day_shift(self.safe)

    @cached_property
    def _parts_of_sheets(self) -> Mapping[str, str]:
        """Sheet name -> the part that holds the sheet."""
        return {link.name: link.part for link in self.safe.links if link.part in self.safe.parts}


def _day_shift(safe: Safe) -> int:
    book = next((part for name, part in safe.parts.items() if name.endswith("workbook.xml")), b"")
    return _SINCE_1904 if _IS_1904.search(book) else 0


def _referring(part: bytes, store: Store) -> Iterator[tuple[str, Doubtful]]:
    """The cells of a plain sheet that show a doubtful shared text."""
    for numbers, why in ((store.struck, _STRUCK), (store.odd, _ODD)):
        if numbers:
            listed = b"|".join(b"%d" % n for n in sorted(numbers))
            for match in re.finditer(rb'<c r="([A-Z]+[0-9]+)"[^>]*? t="s" ?><v>0*(?:%b)</v>' % listed, part):
                yield match[1].decode(), Doubtful("", why=why)


def _doubtful(part: bytes, store: Store = NO_STORE, rows: Rows = ()) -> Iterator[tuple[str, Doubtful]]:
    """Error values, formulas without a result, values that may be read in two ways."""
    for cell in cells_in(part, lambda cell: _is_doubtful(cell, store, rows)):
        at = address(cell.row - 1, cell.column - 1)
        formula = "" if cell.formula is None else "=" + cell.formula
        if cell.kind == "e":
            yield at, Doubtful(formula, cell.value or "#N/A")
        elif cell.formula is not None and not (cell.value or "").strip() and not cell.runs and not cell.is_odd:
            yield at, Doubtful(formula)
        else:
            is_struck = cell.is_struck or _number_of_text(cell) in store.struck
            yield at, Doubtful(formula, why=_STRUCK if is_struck else _ODD)


def _is_doubtful(cell: RawCell, store: Store, rows: Rows) -> bool:
    text = (cell.value or "").strip()
    if cell.kind == "e" or cell.is_odd or cell.is_struck or (cell.formula is not None and not text and not cell.runs):
        return True
    number = _number_of_text(cell)
    if number >= 0:
        return number in store.struck or number in store.odd
    if cell.kind == "s":
        return bool(text)  # not a shared-text number
    if cell.kind in {"", "n", "d"}:
        return bool(text) and (_DAY if cell.kind == "d" else _PLAIN_NUMBER).fullmatch(text) is None
    if cell.runs:  # the library strips the blanks of every run
        read = rows[cell.row - 1][cell.column - 1] if cell.row <= len(rows) and cell.column <= len(rows[0]) else ""
        return cell.runs[0].strip() != str(read).strip()
    return False


def _number_of_text(cell: RawCell) -> int:
    """The number of the shared text that a cell shows; −1 if none is clearly given."""
    value = cell.value or ""
    return int(value) if cell.kind == "s" and value.isascii() and value.isdigit() and len(value) < 10 else -1


def open_workbook(path: Path, shown: str = "") -> Opened | Problem:
    """Opens the workbook at ``path``, or says why not (S101, S103 to S107). ``shown``: its name in problems."""
    shown = shown or display_path(path)
    try:
        data = read_whole(path, MOST_BYTES)
    except TooLargeError as error:  # reported before memory fills up
        return too_large(shown, error.size)
    except NoFileError as error:
        return Problem(Code.S101, CellPlace(shown), {"found": error.what})
    except OSError as error:
        return Problem(Code.S101, CellPlace(shown), {"found": reason_of(error)})
    safe = guard(data, shown)
    if isinstance(safe, Problem):
        return safe
    drop_empty_cells(safe)
    return opened_from(safe, shown)


def opened_from(safe: Safe, shown: str) -> Opened | Problem:
    """The same for a file that passed the guard and whose path is ``shown`` (S104, S106)."""
    try:
        store = _store_of(safe)
        sheets = _read_sheets(safe, store)
        if not sheets.keys() <= {link.name for link in safe.links}:  # not all of these were bounded
            return Problem(Code.S106, CellPlace(shown), {"found": _OTHER_SHEETS})
        apply_formats(sheets, safe, _day_shift(safe))
        return Opened(shown, safe, sheets, store)
    except calamine.PasswordError:
        return Problem(Code.S104, CellPlace(shown))
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError) as error:
        return Problem(Code.S106, CellPlace(shown), {"found": str(error)})
    except BaseException as error:
        if not _is_panic(error):
            raise
        return Problem(Code.S106, CellPlace(shown), {"found": str(error)})


def _store_of(safe: Safe) -> Store:
    """The shared texts, each as one plain text."""
    name = next((name for name in safe.parts if name.lower().endswith("sharedstrings.xml")), "")
    return plain_store(safe.parts[name]) if name else NO_STORE


def _read_sheets(safe: Safe, store: Store) -> dict[str, list[list[Cell]]]:
    """Every sheet's rows by name, numbers as stored; ``apply_formats`` applies their formats.

    The library would convert a number with a date format to a day, cut it to milliseconds, and fail on the whole
    workbook if that day is out of range. So it gets no formats.
    """
    parts = {
        name: up_to_cells(part) if name in safe.plain else _with_known_errors(part)
        for name, part in safe.parts.items()
        if not name.lower().endswith("styles.xml")
    }
    for name in parts:
        if store.part and name.lower().endswith("sharedstrings.xml"):
            parts[name] = store.part
    packed = stored(parts)
    if len(packed) < _LARGE:
        return _rows_of(calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed)))
    del parts
    with ExitStack() as stack:
        try:  # through memory it would exist three times
            folder = stack.enter_context(own_temporary_folder("lawgov-"))
            path = folder / "book.xlsx"
            path.write_bytes(packed)
            aside = _written_aside(safe, folder)
        except OSError:  # no room for temporary files is no fault of the workbook
            return _rows_of(calamine.CalamineWorkbook.from_filelike(io.BytesIO(packed)))
        del packed
        for name in aside:
            safe.parts[name] = b""
        rows = _rows_of(calamine.CalamineWorkbook.from_path(str(path)))
        for name, part in aside.items():
            safe.parts[name] = part.read_bytes()
    return rows


def _written_aside(safe: Safe, folder: Path) -> dict[str, Path]:
    """Large parts as files in a folder, so that they need not be kept in memory meanwhile."""
    large = {name: folder / f"{n}.part" for n, (name, part) in enumerate(safe.parts.items()) if len(part) >= _LARGE}
    for name, path in large.items():
        path.write_bytes(safe.parts[name])
    return large


def _with_known_errors(part: bytes) -> bytes:
    """A sheet whose error values are all known to the library, which would otherwise refuse the workbook."""
    if b"sheetData" not in part or b't="e"' not in part:
        return part
    return _ERROR_VALUE.sub(lambda match: match[0] if match[2] in _KNOWN_ERRORS else match[1] + b"#VALUE!", part)


def _is_panic(error: BaseException) -> bool:
    """Is it a panic of the library, which is written in Rust?"""
    return type(error).__name__ == "PanicException"


def _rows_of(book: calamine.CalamineWorkbook) -> dict[str, list[list[Cell]]]:
    return {
        sheet.name: cast("list[list[Cell]]", book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    }


def remarks(opened: Opened) -> Iterator[Problem]:
    """What the workbook contains besides values, and that it was ignored (S118)."""
    for carries, what in ((opened.safe.has_macros, _MACROS), (opened.safe.has_links, _LINKS)):
        if carries:
            yield Problem(Code.S118, CellPlace(opened.path), {"what": what})

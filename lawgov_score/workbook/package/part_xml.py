"""Parses the XML of a workbook's parts in one pass, as the library reads it, so that both see the same cells.

Every part is taken as UTF-8 whatever it declares, name prefixes are ignored, and a cell without an address follows the
one before.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

NOWHERE = 1_048_577  # a row beyond every sheet
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

Start = Callable[[str, dict[str, str]], None]
Inside = Callable[[str], None]
End = Callable[[str], None]


class PartError(ValueError):
    """A part that is not XML, or has content that no spreadsheet program writes."""


def local(name: str) -> str:
    """The name of a tag or an attribute without its prefix."""
    return name.rpartition(":")[2]


def scan(part: bytes, start: Start, inside: Inside | None = None, end: End | None = None) -> None:
    """Calls back for every tag and text of ``part``; an empty part has none.

    Raises ``PartError``, also for a ``ValueError`` in a callback: an invalid number, a missing attribute.
    """
    parser = a_parser()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = inside
    parser.EndElementHandler = end
    parse(parser, part)


def a_parser() -> expat.XMLParserType:
    """A parser that takes every part as UTF-8 and delivers texts whole."""
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    return parser


def parse(parser: expat.XMLParserType, part: bytes) -> None:
    """Parses ``part``; an empty part has nothing. Raises ``PartError``."""
    if not part:
        return
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):  # the parser detects UTF-16 whatever encoding it is given
        raise PartError("UTF-16")
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        raise PartError(str(error)) from error


class Cursor:
    """The position of the current cell in a scan of a sheet; rows and columns counted from 1.

    The end of a row leads to the next row and back to the first column, as in the library.
    """

    def __init__(self) -> None:
        self._row, self._column = 1, 0

    def row(self, number: str) -> int:
        """A row begins; ``number``: its number in the XML, or nothing."""
        if number:
            self._row = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else NOWHERE
        return self._row

    def row_ends(self) -> None:
        """A row ends."""
        self._row += 1
        self._column = 0

    def cell(self, reference: str) -> tuple[int, int]:
        """Row and column of a cell; ``reference``: its address in the XML, or nothing.

        An invalid address is off the sheet.

        >>> Cursor().cell("c2")
        (2, 3)
        """
        match = _REFERENCE.fullmatch(reference) if reference else None
        if match:
            self._column = _column_number(match[1])
            return int(match[2]), self._column
        if reference:  # the library converts it, and A99999999999 becomes a large number
            return NOWHERE, max(self._column, 1)  # before any other cell of the row: below the first column
        self._column += 1
        return self._row, self._column


def _column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


# ---------------------------------------------------------------- cells


@dataclass(slots=True)
class RawCell:
    """A cell as in its XML. Rows and columns count from 1; ``style`` and ``kind`` as written, '' if absent.

    ``formula``, ``value``: None where there is no such element. ``runs``: the pieces of a text in the cell itself (not
    shared). ``is_odd``: its content could be read in two ways (two values, a comment or a reference within a number),
    or no program that writes workbooks writes it. ``is_struck``: a piece of its text is struck through, raised or
    lowered.
    """

    row: int
    column: int
    kind: str = ""
    style: str = ""
    formula: str | None = None
    value: str | None = None
    runs: list[str] = field(default_factory=list)
    is_odd: bool = False
    is_struck: bool = False
    shared: str | None = None  # the number of the shared formula that it belongs to


def cells_in(part: bytes, keep: Callable[[RawCell], bool]) -> Iterator[RawCell]:
    """The cells of a sheet that ``keep`` selects, in the order of its XML. Raises ``PartError``."""
    reader = _CellReader(part, keep)
    reader.read()
    yield from reader.cells


class _CellReader:
    """Gathers cells; values are checked in the raw bytes, since the parser would hide oddities."""

    def __init__(self, part: bytes, keep: Callable[[RawCell], bool]) -> None:
        self.cells: list[RawCell] = []
        self._part, self._keep = part, keep
        self._cell: RawCell | None = None
        self._path: list[str] = []  # local names of the open elements within the cell
        self._begin = 0
        self._texts = Texts()
        self._cursor = Cursor()
        self._parser = a_parser()

    def read(self) -> None:
        parser = self._parser
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._inside
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._odd
        parser.StartCdataSectionHandler = self._odd
        parse(parser, self._part)

    def _odd(self, *_: str) -> None:
        if self._cell is not None:
            self._cell.is_odd = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if self._cell is None:
            if tag == "row":
                self._cursor.row(attributes.get("r", ""))
            elif tag == "c":
                row, column = self._cursor.cell(attributes.get("r", ""))
                self._cell = RawCell(row, column, attributes.get("t", ""), attributes.get("s", ""))
                self._texts = Texts()
            return
        cell, self._path = self._cell, [*self._path, tag]
        match self._path:
            case ["v"]:
                cell.is_odd |= cell.value is not None or bool(cell.runs)
                cell.value, self._begin = "", self._parser.CurrentByteIndex
            case ["f"]:
                cell.is_odd |= cell.formula is not None or cell.value is not None
                cell.formula = ""
                cell.shared = attributes.get("si") if attributes.get("t") == "shared" else None
            case ["is"]:
                cell.is_odd |= cell.value is not None or bool(cell.runs) or cell.kind != "inlineStr"
                cell.runs.append("")
            case ["is", *_]:
                self._texts.start(tag, attributes)
            case ["v" | "f", *_]:
                cell.is_odd = True

    def _inside(self, text: str) -> None:
        if self._cell is None or not self._path:
            return
        match self._path:
            case ["v"]:
                self._cell.value = (self._cell.value or "") + text
            case ["f"]:
                self._cell.formula = (self._cell.formula or "") + text
            case ["is", *_]:
                self._texts.inside(text)

    def _end(self, name: str) -> None:
        tag, cell = local(name), self._cell
        if cell is None:
            if tag == "row":
                self._cursor.row_ends()
            return
        if not self._path:  # the cell itself
            cell.is_odd |= self._texts.is_odd
            cell.is_struck = self._texts.is_struck
            cell.runs = [self._texts.text] if cell.runs else []
            if self._keep(cell):
                self.cells.append(cell)
            self._cell = None
            return
        if self._path == ["v"] and cell.kind != "str":
            inside = self._part[self._begin : self._parser.CurrentByteIndex].partition(b">")[2]
            cell.is_odd |= b"&" in inside or b"<" in inside
        if self._path[0] == "is":
            self._texts.end(tag)
        self._path = self._path[:-1]


class Texts:
    """Joins one text from its pieces, in cells and shared texts: `t` alone, or runs `r` with a `t` each."""

    _NO = frozenset({"0", "false", "off"})

    def __init__(self) -> None:
        self.text = ""
        self.is_struck = False
        self.is_odd = False
        self._path: list[str] = []
        self._is_alone = self._has_runs = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins within the text."""
        above, self._path = self._path, [*self._path, tag]
        match [*above, tag]:
            case ["t"]:
                self.is_odd |= self._is_alone or self._has_runs
                self._is_alone = True
            case ["r"]:
                self.is_odd |= self._is_alone
                self._has_runs = True
                self._run_has_text = False
            case ["r", "t"]:
                self.is_odd |= self._run_has_text
                self._run_has_text = True
            case ["r", "rPr", "strike"]:
                self.is_struck |= attributes.get("val", "1").lower() not in self._NO
            case ["r", "rPr", "vertAlign"]:
                self.is_struck |= attributes.get("val", "baseline") != "baseline"
            case ["r", "rPr", *_] | ["rPh", *_] | ["phoneticPr"] | ["extLst", *_]:
                pass
            case _:
                self.is_odd = True

    def inside(self, text: str) -> None:
        """Characters of the text."""
        if self._path in (["t"], ["r", "t"]):
            self.text += text

    def end(self, _: str) -> None:
        """An element ends."""
        self._path = self._path[:-1]

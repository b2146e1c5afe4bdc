"""The XML of a workbook's parts in one pass, as the library reads it: so that both see the same cells.

Every part is UTF-8 whatever it says of itself, prefixes of names mean nothing, and a cell that does not say where it
is follows the one before.
"""

import re
from collections.abc import Callable
from xml.parsers import expat

NOWHERE = 1_048_577  # a row that no sheet has
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")

Start = Callable[[str, dict[str, str]], None]
Inside = Callable[[str], None]
End = Callable[[str], None]


class PartError(ValueError):
    """A part that is no XML, or that says what no spreadsheet program writes."""


def local(name: str) -> str:
    """The name of a tag or an attribute without its prefix."""
    return name.rpartition(":")[2]


def scan(part: bytes, start: Start, inside: Inside | None = None, end: End | None = None) -> None:
    """Calls back for every tag and text of ``part``; an empty one has none.

    Raises ``PartError``, also for a ``ValueError`` of what is called: a number that is none, an attribute left out.
    """
    if not part:
        return
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):  # of UTF-16 the parser knows better than what it is told
        raise PartError("UTF-16")
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = inside
    parser.EndElementHandler = end
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError) as error:
        raise PartError(str(error)) from error


class Cursor:
    """Where the cell is that a scan of a sheet has come to; rows and columns counted from 1.

    It is the end of a row that leads to the next one and back to the first column, as the library has it.
    """

    def __init__(self) -> None:
        self._row, self._column = 1, 0

    def row(self, said: str) -> int:
        """A row begins that says ``said`` of its number, or nothing."""
        if said:
            self._row = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else NOWHERE
        return self._row

    def row_ends(self) -> None:
        """A row ends."""
        self._row += 1
        self._column = 0

    def cell(self, said: str) -> tuple[int, int]:
        """Row and column of the cell that says ``said`` of its place, or nothing; what is no address is off the sheet.

        >>> Cursor().cell("c2")
        (2, 3)
        """
        found = _REFERENCE.fullmatch(said) if said else None
        if found:
            self._column = _column_number(found[1])
            return int(found[2]), self._column
        if said:  # the library makes a number of it, and of A99999999999 a large one
            return NOWHERE, self._column
        self._column += 1
        return self._row, self._column


def _column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number

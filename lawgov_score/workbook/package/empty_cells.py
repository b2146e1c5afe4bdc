"""Millions of cells that hold nothing but a format are taken out of a sheet before anything goes through it.

Whole columns get formats when somebody colours them; each cell then stands in the file, and says nothing.
"""

import io
import re

from lawgov_score.workbook.package.guard import Safe

_LARGE, _PIECE = 4 << 20, 1 << 20  # bytes
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,7}")?(?: t="n")? ?(?:/>|></c>)')
_PLACELESS = re.compile(rb"<(?:\w+:)?c(?! r=)[ />]")  # where it stands follows from the cell before it
_HIDING = (b"<![CDATA[", b"<!--")  # in which a cell would be none


def lighten(safe: Safe) -> None:
    """Takes the empty cells out of the large sheets of a workbook that is to be read, in their place."""
    for name, part in safe.parts.items():
        if len(part) < _LARGE or name in safe.plain or b"<sheetData" not in part[:65_536]:
            continue
        if part.count(b"/>") < 10_000 or _PLACELESS.search(part) or any(mark in part for mark in _HIDING):
            continue
        safe.parts[name] = _without_empty(part)


def _without_empty(part: bytes) -> bytes:
    """The sheet without them, piece by piece: at once it would be there several times on the way."""
    out = io.BytesIO()
    at = 0
    while at < len(part):
        end = min(at + _PIECE, len(part))
        cut = part.rfind(b"<c ", at, end) if end < len(part) else end  # no cell is cut in two
        if cut <= at:
            cut = part.find(b"<c ", end)
            cut = len(part) if cut < 0 else cut
        out.write(_EMPTY.sub(b"", part[at:cut]))
        at = cut
    return out.getvalue()

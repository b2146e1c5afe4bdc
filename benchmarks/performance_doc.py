"""The table of docs/performance.md, between two markers: a line for each row, renewed by the run that measured it."""

import re
from collections.abc import Mapping
from pathlib import Path

from benchmarks.row import Extent, Measured, Row
from benchmarks.rows import ROWS

BEGIN, END = "<!-- rows: make bench WRITE=1 -->", "<!-- end of rows -->"
_HEAD = "| row | work | floor | measured | aim | seen |\n|---|---|---|---|---|---|\n"
_LINE = re.compile(r"^\| `([^`]+)` \|.*\|$", re.M)


def lines_of(text: str) -> dict[str, str]:
    """The lines of the table by the name of the row. Raises ``ValueError`` where the markers are missing."""
    begin, end = text.index(BEGIN), text.index(END)
    return {found[1]: found[0] for found in _LINE.finditer(text[begin:end])}


def renewed(text: str, measured: Mapping[str, tuple[Extent, Measured]]) -> str:
    """The page with the measured rows renewed; others keep their line, rows that are no more lose it."""
    known = lines_of(text)
    for row in ROWS:
        known[row.name] = _line(row, *measured[row.name]) if row.name in measured else known.get(row.name, _empty(row))
    table = _HEAD + "".join(f"{known[row.name]}\n" for row in ROWS)
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:begin]}\n{table}{text[end:]}"


def renew(path: Path, measured: Mapping[str, tuple[Extent, Measured]]) -> None:
    """Renews the page where it lies."""
    path.write_text(renewed(path.read_text(encoding="utf-8"), measured), encoding="utf-8")


def _line(row: Row, extent: Extent, measured: Measured) -> str:
    seen = f"{measured.ours}; floor {measured.floor}" if measured.floor else measured.ours
    figure = row.figure(measured.value) + ("" if row.verdict(measured) == "within" else " (**above**)")
    return _cells(row, row.what(extent), row.against(extent), figure, seen)


def _empty(row: Row) -> str:
    return _cells(row, row.what(row.full), row.against(row.full), "not yet", "")


def _cells(row: Row, what: str, against: str, figure: str, seen: str) -> str:
    return f"| `{row.name}` | {what} | {against or '–'} | {figure} | {row.most} | {seen} |"

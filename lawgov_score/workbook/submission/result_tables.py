"""Tables of results, as ``score --csv`` writes them: their rows, each key once; every fault at its cell."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, Problem, ProblemList, display_path
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Words
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.grid import Grid, read_grid
from lawgov_score.workbook.submission.table_rows import mangled
from lawgov_score.workbook.submission.values import read_cell

TABLES = RANKING, SCORES, FIGURES = "ranking.csv", "scores.csv", "figures.csv"
CHANGES = "changes.csv"  # written beside them, and never read
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    RANKING: ("unit", "name", "cohort", "score", "rank", "grade"),
    SCORES: ("unit", "code", "points", "score", "status", "reason"),
    FIGURES: ("unit", "code", "field", "value"),
}
_MAY_HAVE: Mapping[str, frozenset[str]] = {RANKING: frozenset({"provisional", "tied"}), SCORES: frozenset({"letter"})}

A_NUMBER = Words("数，如 86.30", "a number such as 86.30")
_NO_FILE = Words("文件夹中没有该文件", "no such file in the folder")
_A_CODE = Words("{heading} 一栏有编码", "a code in column {heading}")
_NO_MORE = Words(
    "最后一栏右侧没有内容（数中的逗号会把后面的格都挤错位）",
    "nothing beyond the last column (a comma in a number moves the cells after it)",
)
_BLANK = Words("空白", "nothing")
_A_FIGURE = Field("value", "", FieldType.AMOUNT)
_WITH_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")  # figures.csv has numbers such as 1e-05


@dataclass
class Basket:
    """Collects results while tables are read."""

    problems: ProblemList = field(default_factory=ProblemList)
    inputs: list[tuple[str, str]] = field(default_factory=list)


def _number(text: str) -> float:
    """A number as in submissions, or with an exponent, as we write very small or large ones; otherwise nan."""
    if _WITH_EXPONENT.fullmatch(text):
        return float(text)
    value = read_cell(text, _A_FIGURE).value
    return value if isinstance(value, float) else math.nan


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells by heading."""

    grid: Grid
    row: int
    columns: Mapping[str, int]
    report: Callable[[Problem], None]

    def text(self, heading: str) -> str:
        """The text below a heading."""
        at, cells = self.columns[heading], self.grid.rows[self.row]
        return cell_text(cells[at]) if at < len(cells) else ""

    def number(self, heading: str, expected: Words, *, is_place: bool = False, must: bool = False) -> float:
        """The number; nan if the cell is blank (a fault if it ``must`` not be) or not a number."""
        text = self.text(heading)
        if not text:
            if must:
                figures = {"heading": heading, "expected": expected, "found": _BLANK}
                self.report(Problem(Code.A305, self.grid.place(self.row, self.columns[heading]), figures))
            return math.nan
        number = _number(text)
        if math.isfinite(number) and not (is_place and (number < 0 or number != int(number))):
            return number
        figures = {"heading": heading, "expected": expected, "found": text}
        self.report(Problem(Code.A305, self.grid.place(self.row, self.columns[heading]), figures))
        return math.nan


def rows_of(folder: Path, name: str, basket: Basket, *, key: Sequence[str]) -> Iterator[Row]:
    """The rows of one table, each key once; none if the table cannot be read."""
    path = folder / name
    place = CellPlace(display_path(path))
    if not path.is_file():
        code = Code.A302 if name == FIGURES else Code.A301
        basket.problems.append(Problem(code, place, {"name": name, "found": kind_of_file(path) or _NO_FILE}))
        return
    grid, problems = read_grid(path)
    basket.problems += problems
    if grid is None:
        return
    basket.inputs.append((grid.path, grid.fingerprint))
    headings = list(grid.headings)
    expected = _COLUMNS[name]
    known = {*expected, *_MAY_HAVE.get(name, ())}
    missing = [heading for heading in expected if heading not in headings]
    shown = {"name": name, "expected": expected}
    for heading in missing:
        present = tuple(heading for heading in headings if heading)
        basket.problems.append(Problem(Code.A303, place, {**shown, "heading": heading, "found": present}))
    for at, heading in enumerate(headings):
        if heading and heading not in known:
            figures = {**shown, "heading": heading, "found": heading}
            basket.problems.append(Problem(Code.A304, grid.place(grid.heading_row, at), figures))
    if missing:
        return
    columns = {heading: headings.index(heading) for heading in expected}
    first_of: dict[tuple[str, ...], int] = {}
    contested: set[int] = set()
    for i in range(grid.heading_row + 1, len(grid.rows)):
        changed = mangled(grid.rows[i][columns["unit"]], None) if columns["unit"] < len(grid.rows[i]) else None
        if changed is not None:
            values: dict[str, object] = {"found": changed, "nearest": ""}
            basket.problems.append(Problem(Code.S148, grid.place(i, columns["unit"]), values))
            continue
        row = Row(grid, i, columns, basket.problems.append)
        if not any(cell_text(cell) for cell in grid.rows[i]) or _is_unusable(row, name, key):
            continue
        named = tuple(row.text(heading) for heading in key)
        first = first_of.setdefault(named, i)
        if first != i and _texts(grid, i) != _texts(grid, first):
            contested.add(first)
            before = grid.place(first, columns[key[0]])
            joined = " ".join(filter(None, named))
            figures = {"key": joined, "found": ",".join(_texts(grid, i)), "other": ",".join(_texts(grid, first))}
            basket.problems.append(Problem(Code.A307, grid.place(i, columns[key[0]]), figures, (before,)))
    for i in first_of.values():
        if i not in contested:  # which of two rows is right is unknown
            yield Row(grid, i, columns, basket.problems.append)


def _texts(grid: Grid, i: int) -> list[str]:
    texts = [cell_text(cell) for cell in grid.rows[i]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_unusable(row: Row, name: str, key: Sequence[str]) -> bool:
    """A310: a row without its key, or with more cells than headings. ``field`` may be blank."""
    grid = row.grid
    for heading in key:
        if heading != "field" and not row.text(heading):
            figures = {"name": name, "expected": _A_CODE(heading=heading), "found": _BLANK}
            row.report(Problem(Code.A310, grid.place(row.row, row.columns[heading]), figures))
            return True
    width = max(at + 1 for at, heading in enumerate(grid.headings) if heading)
    for at in range(width, len(grid.rows[row.row])):
        text = cell_text(grid.rows[row.row][at])
        if text:
            figures = {"name": name, "expected": _NO_MORE, "found": text}
            row.report(Problem(Code.A310, grid.place(row.row, at), figures))
            return True
    return False

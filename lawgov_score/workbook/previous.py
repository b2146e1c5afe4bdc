"""The results of the last edition, as ``score --csv`` wrote them → Previous; every fault at its cell."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Previous, Tree
from lawgov_score.problems import CellPlace, Problem, by_place, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.cells import cell_text
from lawgov_score.workbook.grid import Grid, read_grid

RANKING, SCORES, FIGURES = "ranking.csv", "scores.csv", "figures.csv"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    RANKING: ("unit", "name", "cohort", "score", "rank", "grade"),
    SCORES: ("unit", "code", "points", "score", "status", "reason"),
    FIGURES: ("unit", "code", "field", "value"),
}
_MAY_HAVE: Mapping[str, frozenset[str]] = {SCORES: frozenset({"letter"})}

_NO_FOLDER = Words("没有这个文件夹", "no such folder")
_NO_FILE = Words("文件夹中没有该文件", "no such file in the folder")
_A_NUMBER = Words("数，如 86.30", "a number such as 86.30")
_A_PLACE = Words("位次，如 3；没有位次的留空", "a place such as 3; blank for none")


@dataclass
class _Basket:
    """What has been gathered so far."""

    problems: list[Problem] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)


def read_previous(folder: Path, tree: Tree) -> tuple[Previous | None, tuple[Problem, ...]]:
    """The last edition's results in ``folder``, None where nothing of them can be read, and what is wrong with them.

    Units and nodes that ``tree`` no longer has are no problem: schemes change from year to year.
    """
    place = CellPlace(display_path(folder))
    if not folder.is_dir():
        return None, (Problem(Code.A301, place, {"name": RANKING, "found": _NO_FOLDER}),)
    basket = _Basket()
    ranks: dict[str, float] = {}
    totals: dict[str, float] = {}
    scores: dict[str, dict[str, float]] = {}
    figures: dict[str, dict[str, float]] = {}
    codes: dict[str, None] = {}
    for row in _rows(folder, RANKING, basket, key=("unit",)):
        unit = row.text("unit")
        _put(ranks, unit, row.number("rank", _A_PLACE, is_place=True))
        _put(totals, unit, row.number("score", _A_NUMBER))
    for row in _rows(folder, SCORES, basket, key=("unit", "code")):
        codes.setdefault(row.text("code"))
        _put(scores.setdefault(row.text("unit"), {}), row.text("code"), row.number("score", _A_NUMBER))
    for row in _rows(folder, FIGURES, basket, key=("unit", "code", "field")):
        code, asked = row.text("code"), row.text("field")
        number = row.number("value", _A_NUMBER)
        _put(figures.setdefault(row.text("unit"), {}), f"{code}.{asked}" if asked else code, number)
    if not basket.inputs:
        return None, tuple(basket.problems)
    if codes and not any(code in tree.by_code for code in codes):
        named = {"expected": tree.code, "found": next(iter(codes))}  # the root stands first
        basket.problems.append(Problem(Code.A306, CellPlace(display_path(folder / SCORES)), named))
    places = {unit: int(rank) for unit, rank in ranks.items()}
    previous = Previous(display_path(folder), places, totals, scores, figures, tuple(basket.inputs))
    return previous, tuple(sorted(basket.problems, key=by_place))


def _put(numbers: dict[str, float], key: str, number: float) -> None:
    if not math.isnan(number):
        numbers[key] = number


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table, its cells by heading."""

    grid: Grid
    row: int
    columns: Mapping[str, int]
    report: Callable[[Problem], None]

    def text(self, heading: str) -> str:
        at, cells = self.columns[heading], self.grid.rows[self.row]
        return cell_text(cells[at]) if at < len(cells) else ""

    def number(self, heading: str, expected: Words, *, is_place: bool = False) -> float:
        """The number, nan where the cell is blank (no score, no place) or holds none."""
        text = self.text(heading)
        if not text:
            return math.nan
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number) and not (is_place and (number < 0 or number != int(number))):
            return number
        figures = {"heading": heading, "expected": expected, "found": text}
        self.report(Problem(Code.A305, self.grid.place(self.row, self.columns[heading]), figures))
        return math.nan


def _rows(folder: Path, name: str, basket: _Basket, *, key: Sequence[str]) -> Iterator[_Row]:
    """The rows of one table, each key once; none where the table cannot be read."""
    path = folder / name
    place = CellPlace(display_path(path))
    if not path.is_file():
        code = Code.A302 if name == FIGURES else Code.A301
        basket.problems.append(Problem(code, place, {"name": name, "found": _NO_FILE}))
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
        found = tuple(heading for heading in headings if heading)
        basket.problems.append(Problem(Code.A303, place, {**shown, "heading": heading, "found": found}))
    for at, heading in enumerate(headings):
        if heading and heading not in known:
            figures = {**shown, "heading": heading, "found": heading}
            basket.problems.append(Problem(Code.A304, grid.place(grid.heading_row, at), figures))
    if missing:
        return
    columns = {heading: headings.index(heading) for heading in expected}
    seen: dict[tuple[str, ...], int] = {}
    for i in range(grid.heading_row + 1, len(grid.rows)):
        row = _Row(grid, i, columns, basket.problems.append)
        if not any(cell_text(cell) for cell in grid.rows[i]):
            continue
        named = tuple(row.text(heading) for heading in key)
        first = seen.setdefault(named, i)
        if first == i:
            yield row
        elif list(grid.rows[i]) != list(grid.rows[first]):
            before = grid.place(first, columns[key[0]])
            joined = " ".join(filter(None, named))
            texts = [",".join(map(cell_text, grid.rows[at])) for at in (i, first)]
            figures = {"key": joined, "found": texts[0], "other": texts[1]}
            basket.problems.append(Problem(Code.A307, grid.place(i, columns[key[0]]), figures, (before,)))

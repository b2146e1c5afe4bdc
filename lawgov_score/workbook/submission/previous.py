"""Reads the results of the last edition, as ``score --csv`` wrote them → Previous; every fault at its cell."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Indicator, Previous, Roster, Tree
from lawgov_score.problems import CellPlace, Problem, ProblemList, by_place, gathered
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Need
from lawgov_score.wording import Words
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.grid import Grid, read_grid
from lawgov_score.workbook.submission.table_rows import mangled
from lawgov_score.workbook.submission.values import read_cell

TABLES = RANKING, SCORES, FIGURES = "ranking.csv", "scores.csv", "figures.csv"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    RANKING: ("unit", "name", "cohort", "score", "rank", "grade"),
    SCORES: ("unit", "code", "points", "score", "status", "reason"),
    FIGURES: ("unit", "code", "field", "value"),
}
_MAY_HAVE: Mapping[str, frozenset[str]] = {RANKING: frozenset({"provisional", "tied"}), SCORES: frozenset({"letter"})}

_NO_FOLDER = Words("没有这个文件夹", "no such folder")
_NO_FILE = Words("文件夹中没有该文件", "no such file in the folder")
_A_NUMBER = Words("数，如 86.30", "a number such as 86.30")
_A_PLACE = Words("位次，如 3；没有位次的留空", "a place such as 3; blank for none")
_A_CODE = Words("{heading} 一栏有编码", "a code in column {heading}")
_NO_MORE = Words(
    "最后一栏右侧没有内容（数中的逗号会把后面的格都挤错位）",
    "nothing beyond the last column (a comma in a number moves the cells after it)",
)
_BLANK = Words("空白", "nothing")
_NONE = Words("一个也没有", "none at all")
_A_FIGURE = Field("value", "", FieldType.AMOUNT)
_WITH_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")  # figures.csv has numbers such as 1e-05
_FEW = 3  # examples


@dataclass
class _Basket:
    """Collects results while tables are read."""

    names: Names = AS_GIVEN
    problems: ProblemList = field(default_factory=ProblemList)
    inputs: list[tuple[str, str]] = field(default_factory=list)


def read_previous(folder: Path, tree: Tree, names: Names = AS_GIVEN) -> tuple[Previous | None, tuple[Problem, ...]]:
    """The last edition's results in ``folder`` (None if nothing can be read), and their problems.

    Units and nodes that are not in ``tree`` any more are ignored: schemes change from year to year.
    """
    place = CellPlace(names(folder))
    if not folder.is_dir():
        return None, (Problem(Code.A301, place, {"name": RANKING, "found": _NO_FOLDER}),)
    basket = _Basket(names)
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
        code, field_code = row.text("code"), row.text("field")
        number = row.number("value", _A_NUMBER, must=True)
        _put(figures.setdefault(row.text("unit"), {}), f"{code}.{field_code}" if field_code else code, number)
    if not basket.inputs:
        return None, basket.problems.told()
    if codes and not any(code in tree.by_code for code in codes):
        named = {"expected": tree.code, "found": next(iter(codes))}  # the root is first
        basket.problems.append(Problem(Code.A306, CellPlace(names(folder / SCORES)), named))
    places = {unit: int(rank) for unit, rank in ranks.items()}
    previous = Previous(names(folder), places, totals, scores, figures, tuple(basket.inputs))
    return previous, tuple(sorted(gathered(basket.problems.told()), key=by_place))


def not_on_record(previous: Previous, tree: Tree, units: Roster, known: Sequence[Problem] = ()) -> tuple[Problem, ...]:
    """A warning each if fewer than half of ``units``, or of the indicators that use last edition, are on record.

    ``known``: the result of ``read_previous``; a table that could not be read is not reported again.
    """
    unread = any(problem.code in {Code.A301, Code.A302, Code.A303} for problem in known)
    recorded = {*previous.ranks, *previous.totals, *previous.scores, *previous.figures}
    problems = []
    if recorded or not unread:
        new = [unit.code for unit in units if unit.code not in recorded]
        n = len(units) - len(new)
        if 2 * n < len(units):
            others = _some(recorded - {unit.code for unit in units})
            figures = {"n": n, "of": len(units), "expected": tuple(sorted(new)[:_FEW]), "found": others}
            problems.append(Problem(Code.A308, CellPlace(previous.path), figures))
    recorded = {key for figures in previous.figures.values() for key in figures}
    keys_by_code = {one.code: keys for one in tree.indicators if (keys := _looked_up(one))}
    lacking = {code: keys for code, keys in keys_by_code.items() if not keys & recorded}
    if 2 * (len(keys_by_code) - len(lacking)) < len(keys_by_code) and (recorded or not unread):
        wanted = [sorted(keys)[0] for keys in lacking.values()]
        figures = {"n": len(keys_by_code) - len(lacking), "of": len(keys_by_code)}
        figures |= {"expected": tuple(wanted[:_FEW]), "found": _some(recorded)}
        problems.append(Problem(Code.A309, CellPlace(_figures_of(previous)), figures))
    return tuple(problems)


def _figures_of(previous: Previous) -> str:
    """The path of figures.csv, as its problems name it."""
    read = (path for path, _ in previous.inputs if PurePath(path).name == FIGURES)
    return next(read, f"{previous.path}/{FIGURES}")


def _some(names: Set[str]) -> tuple[str | Words, ...]:
    return tuple(sorted(names)[:_FEW]) or (_NONE,)


def _looked_up(indicator: Indicator) -> set[str]:
    """The keys that the indicator looks up in figures.csv; scores are in another table."""
    fields = {asked.code for asked in indicator.fields}
    names = {name for one in indicator.expressions for name in one.previous}
    sample = indicator.small_sample
    rules = (indicator.rule, *((sample.rule,) if sample is not None and sample.rule is not None else ()))
    if any(Need.PREVIOUS in rule.NEEDS for rule in rules):
        names.add("value")
    names -= {"score"} - fields
    return {indicator.code if name == "value" and name not in fields else f"{indicator.code}.{name}" for name in names}


def _number(text: str) -> float:
    """A number as in submissions, or with an exponent, as we write very small or large ones; otherwise nan."""
    if _WITH_EXPONENT.fullmatch(text):
        return float(text)
    value = read_cell(text, _A_FIGURE).value
    return value if isinstance(value, float) else math.nan


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


def _rows(folder: Path, name: str, basket: _Basket, *, key: Sequence[str]) -> Iterator[_Row]:
    """The rows of one table, each key once; none if the table cannot be read."""
    path = folder / name
    place = CellPlace(basket.names(path))
    if not path.is_file():
        code = Code.A302 if name == FIGURES else Code.A301
        basket.problems.append(Problem(code, place, {"name": name, "found": kind_of_file(path) or _NO_FILE}))
        return
    grid, problems = read_grid(path, basket.names(path))
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
        row = _Row(grid, i, columns, basket.problems.append)
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
            yield _Row(grid, i, columns, basket.problems.append)


def _texts(grid: Grid, i: int) -> list[str]:
    texts = [cell_text(cell) for cell in grid.rows[i]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_unusable(row: _Row, name: str, key: Sequence[str]) -> bool:
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

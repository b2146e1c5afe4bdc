"""Tables of results, as ``score --csv`` writes them or as an office keeps them: their rows, every fault at its cell.

Headings in either language, .csv or .xlsx. Of a year before this program a ranking is enough, under any file name.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Unit
from lawgov_score.problems import CellPlace, Problem, ProblemList
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import ByFace, Words
from lawgov_score.workbook.called import NOBODY, Index
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.grid import Grid, read_grid
from lawgov_score.workbook.package.opened import open_workbook
from lawgov_score.workbook.plain_texts import first_filled, plain
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.own_outputs import CARD, SCORECARD, own_output
from lawgov_score.workbook.submission.table_rows import is_foot, mangled
from lawgov_score.workbook.submission.values import read_cell

TABLES = RANKING, SCORES, FIGURES = "ranking.csv", "scores.csv", "figures.csv"
GROUNDS = "grounds.csv"  # beside them: what they rest on, read by ``--since``; versions before 0.6.0 did not write it
_SUFFIXES = (".csv", ".xlsx")
CHANGES = "changes.csv"  # written beside them, and never read
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    RANKING: ("unit", "name", "cohort", "score", "rank", "grade"),
    SCORES: ("unit", "code", "points", "score", "status", "reason"),
    FIGURES: ("unit", "code", "field", "value"),
    GROUNDS: ("unit", "code", "ground", "value"),
}
_MAY_BE_BLANK: Mapping[str, frozenset[str]] = {FIGURES: frozenset({"field"}), GROUNDS: frozenset({"unit", "code"})}
_MAY_HAVE: Mapping[str, frozenset[str]] = {
    RANKING: frozenset({"provisional", "tied"}),
    SCORES: frozenset({"letter", "rank", "band"}),
}

A_NUMBER = Words("数，如 86.30", "a number such as 86.30")
_NO_FILE = Words("文件夹中没有该文件", "no such file in the folder")
_A_CODE = Words("“{heading}”一栏有内容", "something in column “{heading}”")
_NO_MORE = Words(
    "最后一栏右侧没有内容（数中的逗号会把后面的格都挤错位）",
    "nothing beyond the last column (a comma in a number moves the cells after it)",
)
_BLANK = Words("空白", "nothing")
_A_FIGURE = Field("value", "", FieldType.AMOUNT)
_WITH_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")  # figures.csv has numbers such as 1e-05


# What people call the columns, as ``plain`` and folded; ours among them.
_CALLED: Mapping[str, str] = {
    plain(word).casefold(): heading
    for heading, words in {
        "unit": "unit 单位编码 单位代码",
        "name": "name 单位名称 单位 被考核单位 考核对象 名称",
        "cohort": "cohort 考核分组 分组 组别",
        "score": "score total 得分 总分 总得分 综合得分 考核得分 最终得分 年度得分 分数",
        "rank": "rank 位次 排名 名次 组内位次 组内排名",
        "grade": "grade 等次 等级 考核等次 考核等级 档次",
        "code": "code 指标编码",
        "points": "points 分值",
        "status": "status 状态",
        "reason": "reason 扣分理由",
        "field": "field 填报项编码",
        "value": "value 值 数值 填报值",
    }.items()
    for word in words.split()
}
# Of a ranking one of each is enough; the other tables need all their columns.
_ENOUGH = (("unit", "name"), ("rank", "score"))
_SERIAL = frozenset({"序号", "序", "no", "no."})  # numbers the rows, and says nothing
_OFFICES_OWN = {  # the headings of a ranking that an office made itself, as people know them
    "unit": Words("单位编码（或单位名称）", "unit (or name)"),
    "name": Words("单位名称", "name"),
    "cohort": Words("考核分组", "cohort"),
    "score": Words("得分", "score"),
    "rank": Words("位次（或得分）", "rank (or score)"),
    "grade": Words("等次", "grade"),
}
_CURE_OF_CSV = ByFace(
    Words(
        "请用上一次考核 lawgov-score score --csv 写出的文件夹，不要改动其中的文件",
        "Use the folder that lawgov-score score --csv wrote for the last edition, as it was written",
    ),
    Words(
        "请用上一次考核写出的成绩表文件夹，不要改动其中的文件",
        "Use the folder of tables that was written for the last edition, as it was written",
    ),
)
_CURE_OF_RANKING = Words(
    "在这份排名中改正，再运行一次；排名有单位、得分、位次三栏就够，一个单位一行",
    "Correct it in this ranking, and run again; unit, score and place are enough, one row a unit",
)
_POINTS = re.compile(r"(.*[0-9])\s*分")
_FOR_NOTHING = frozenset({"—", "-", "/", "无"})  # no place, no score, as offices write it
_A_PLACE = re.compile(r"第?([0-9]+)名?")


@dataclass
class Basket:
    """Collects results while tables are read."""

    names: Names = AS_GIVEN
    problems: ProblemList = field(default_factory=ProblemList)
    inputs: list[tuple[str, str]] = field(default_factory=list)


def _number(text: str) -> float:
    """A number as in submissions, or with an exponent, as we write very small or large ones; otherwise nan."""
    if _WITH_EXPONENT.fullmatch(text):
        return float(text)
    value = read_cell(text, _A_FIGURE).value
    return value if isinstance(value, float) else math.nan


@dataclass(frozen=True)
class _Meant:
    """The codes that a text in the column of units may mean: looked up once, for a unit has many rows."""

    units: Index[Unit]
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def codes(self, text: str) -> tuple[str, ...]:
        """One code, that of today or as it stands there; several where units of today share the name."""
        if text not in self.known:
            found = self.units.find(text)
            several = () if found is not None else self.units.several(text)
            self.known[text] = several or ((text if found is None else found.code),)
        return self.known[text]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells by heading."""

    grid: Grid
    row: int
    columns: Mapping[str, int]
    meant: "_Meant"
    report: Callable[[Problem], None]
    cure: Words | ByFace = _CURE_OF_CSV

    def place(self, heading: str) -> CellPlace:
        """The cell below a heading."""
        return self.grid.place(self.row, self.columns[heading])

    def text(self, heading: str) -> str:
        """The text below a heading; '' where the table has no such column."""
        at, cells = self.columns.get(heading, -1), self.grid.rows[self.row]
        return cell_text(cells[at]) if 0 <= at < len(cells) else ""

    def unit(self) -> str:
        """The code of the unit: its own, or that of the one unit of today with the name that stands there."""
        return self.meant.codes(self.text("unit"))[0]

    def number(self, heading: str, expected: Words, *, is_place: bool = False, must: bool = False) -> float:
        """The number; nan if the cell is blank, or a sign for nothing (a fault if it ``must`` not be), or no number."""
        text = self.text(heading)
        if not must and text in _FOR_NOTHING:
            return math.nan
        if not text:
            if must:
                self._no_number(heading, expected, _BLANK)
            return math.nan
        if heading == "score" and (with_unit := _POINTS.fullmatch(text)) is not None:
            text = with_unit[1]
        place = _A_PLACE.fullmatch(plain(text)) if is_place else None
        number = _number(text) if place is None else float(place[1])
        if math.isfinite(number) and not (is_place and (number < 0 or number != int(number))):
            return number
        self._no_number(heading, expected, text)
        return math.nan

    def _no_number(self, heading: str, expected: Words, found: Words | str) -> None:
        printed = cell_text(self.grid.headings[self.columns[heading]])
        figures = {"heading": printed or heading, "expected": expected, "found": found, "cure": self.cure}
        self.report(Problem(Code.A305, self.place(heading), figures))


def sources_of(path: Path) -> Mapping[str, Path]:
    """By table, the file it stands in: in a folder by its name (.csv, else .xlsx), else the one table that is there.

    A file alone is a ranking, and so is the only table of a folder, whatever its name.
    """
    if path.is_file():
        return {RANKING: path}
    found = {}
    for name in (*TABLES, GROUNDS):
        stem = PurePath(name).stem
        files = (path / f"{stem}{suffix}" for suffix in _SUFFIXES)
        if (file := next((one for one in files if one.is_file()), None)) is not None:
            found[name] = file
    if not found and path.is_dir():
        alone = [one for one in sorted(path.iterdir()) if one.suffix.lower() in _SUFFIXES and one.is_file()]
        alone = [one for one in alone if not one.name.startswith(("~$", "._"))]
        return {RANKING: alone[0]} if len(alone) == 1 else {}
    return found


def rows_of(
    folder: Path, name: str, basket: Basket, *, key: Sequence[str], units: Index[Unit] = NOBODY
) -> Iterator[Row]:
    """The rows of one table, each key once; none if the table cannot be read.

    ``units``: those of today, who may stand there by name.
    """
    sources = sources_of(folder)
    path, cure = sources.get(name), _CURE_OF_RANKING if set(sources) == {RANKING} else _CURE_OF_CSV
    if path is None:
        code, missing = (Code.A302 if name == FIGURES else Code.A301), folder / name
        found = kind_of_file(missing) or _NO_FILE
        basket.problems.append(Problem(code, CellPlace(basket.names(missing)), {"name": name, "found": found}))
        return
    place = CellPlace(basket.names(path))
    grid = _grid_of(path, basket)
    if grid is None:
        return
    if name == RANKING:
        grid = _headed(grid)
    basket.inputs.append((grid.path, grid.fingerprint))
    printed = list(grid.headings)
    headings = [_CALLED.get(plain(heading).casefold(), heading) for heading in printed]
    expected = _COLUMNS[name]
    known = {*expected, *_MAY_HAVE.get(name, ())}
    if name == RANKING:
        missing_ones = [either[0] for either in _ENOUGH if not any(one in headings for one in either)]
    else:
        missing_ones = [heading for heading in expected if heading not in headings]
    worded = _OFFICES_OWN if cure is _CURE_OF_RANKING else {}
    shown = {"name": path.name, "expected": tuple(worded.get(one, one) for one in expected), "cure": cure}
    for heading in missing_ones:
        present = tuple(heading for heading in printed if heading)
        called = worded.get(heading, heading)
        basket.problems.append(Problem(Code.A303, place, {**shown, "heading": called, "found": present}))
    for at, heading in enumerate(headings):
        if heading and heading not in known:
            if name == RANKING and plain(heading).casefold() in _SERIAL:
                continue
            figures: dict[str, object] = {**shown, "heading": heading, "found": heading}
            basket.problems.append(Problem(Code.A304, grid.place(grid.heading_row, at), figures))
        elif heading and headings.index(heading) != at:
            basket.problems.append(grid.twice(printed[at], headings.index(heading), at))
            return
    if missing_ones:
        return
    columns = {heading: headings.index(heading) for heading in expected if heading in headings}
    columns.setdefault("unit", columns.get("name", -1))
    meant = _Meant(units)
    first_of: dict[tuple[str, ...], int] = {}
    contested: set[int] = set()
    for i in range(grid.heading_row + 1, len(grid.rows)):
        if name == RANKING and is_foot(grid.rows[i], Row(grid, i, columns, meant, basket.problems.append).text("unit")):
            continue  # a sum, a remark: no unit
        changed = mangled(grid.rows[i][columns["unit"]], None) if columns["unit"] < len(grid.rows[i]) else None
        if changed is not None:
            values: dict[str, object] = {"found": changed, "nearest": ""}
            basket.problems.append(Problem(Code.S148, grid.place(i, columns["unit"]), values))
            continue
        row = Row(grid, i, columns, meant, basket.problems.append, cure)
        if not any(cell_text(cell) for cell in grid.rows[i]) or _is_unusable(row, name, key):
            continue
        if len(codes := meant.codes(row.text("unit"))) > 1:
            figures = {"unit": row.text("unit"), "found": codes}
            basket.problems.append(Problem(Code.A313, grid.place(i, columns["unit"]), figures))
            continue
        named = tuple(row.unit() if heading == "unit" else row.text(heading) for heading in key)
        first = first_of.setdefault(named, i)
        if first != i and _texts(grid, i) != _texts(grid, first):
            contested.add(first)
            before = grid.place(first, columns[key[0]])
            joined = " ".join(filter(None, named))
            figures = {"key": joined, "found": ",".join(_texts(grid, i)), "cure": cure}
            figures["other"] = ",".join(_texts(grid, first))
            basket.problems.append(Problem(Code.A307, grid.place(i, columns[key[0]]), figures, (before,)))
    for i in first_of.values():
        if i not in contested:  # which of two rows is right is unknown
            yield Row(grid, i, columns, meant, basket.problems.append, cure)


def _grid_of(path: Path, basket: Basket) -> Grid | None:
    """The table of a file; None, and why, if there is none. A scorecard or a card is no table of results (A314)."""
    if path.suffix.lower() != ".csv":
        if (lost := files_that_crash([path], names=basket.names).get(path)) is not None:
            basket.problems.append(lost)
            return None
        opened = open_workbook(path, basket.names(path))
        own = None if isinstance(opened, Problem) else own_output(opened)
        if own in {CARD, SCORECARD}:
            basket.problems.append(Problem(Code.A314, CellPlace(basket.names(path)), {"found": own}))
            return None
    grid, problems = read_grid(path, basket.names(path))
    basket.problems += problems
    return grid


def _headed(grid: Grid) -> Grid:
    """The table with its headings in the first row that has enough of them: a title may stand above."""
    for i, cells in first_filled(grid.rows):
        called = {_CALLED.get(plain(cell_text(cell)).casefold()) for cell in cells}
        if all(called & set(either) for either in _ENOUGH):
            return replace(grid, heading_row=i)
    return grid


def _texts(grid: Grid, i: int) -> list[str]:
    texts = [cell_text(cell) for cell in grid.rows[i]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_unusable(row: Row, name: str, key: Sequence[str]) -> bool:
    """A310: a row without its key, of which some parts may be blank, or with more cells than headings."""
    grid = row.grid
    called = PurePath(grid.path).name if row.cure is _CURE_OF_RANKING else name
    for heading in key:
        if heading not in _MAY_BE_BLANK.get(name, ()) and not row.text(heading):
            printed = cell_text(grid.headings[row.columns[heading]]) or heading
            figures = {"name": called, "expected": _A_CODE(heading=printed), "found": _BLANK, "cure": row.cure}
            row.report(Problem(Code.A310, row.place(heading), figures))
            return True
    width = max(at + 1 for at, heading in enumerate(grid.headings) if heading)
    for at in range(width, len(grid.rows[row.row])):
        text = cell_text(grid.rows[row.row][at])
        if text:
            figures = {"name": called, "expected": _NO_MORE, "found": text, "cure": row.cure}
            row.report(Problem(Code.A310, grid.place(row.row, at), figures))
            return True
    return False

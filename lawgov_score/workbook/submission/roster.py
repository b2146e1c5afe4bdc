"""Reads 名册: a table of the units that are assessed, with their types and cohorts → Roster."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from lawgov_score.catalogue import Code
from lawgov_score.files import clashes, file_name, file_names
from lawgov_score.guarded import cells
from lawgov_score.likeness import to_fill
from lawgov_score.model import Cohort, Roster, Tree, Unit, UnitType
from lawgov_score.problems import CellPlace, Problem, ProblemList, gathered
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import A_YEAR, is_year
from lawgov_score.workbook.package.cells import cell_text
from lawgov_score.workbook.package.grid import COHORT, NAME, TYPE, UNIT, YEAR, Grid, about_units, read_grid
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.table_rows import fault_of, surplus_of, unit_rows

_Known = TypeVar("_Known", UnitType, Cohort)

_BLANK = Words("（空）", "(blank)")
_HEADINGS = Words("unit,name,type,cohort（或 单位编码、单位名称、单位类型、考核分组）", "unit,name,type,cohort")
_MOST_NAMED = 5  # most other codes named that share a file name
_LONGEST_NAME = 200  # characters
_SHORT = Words("不超过 {most} 字", "at most {most} characters")
_LONG = Words("{n} 字：{begin}……", "{n} characters: {begin}…")
_A_CODE = Words("单位编码", "a unit code")
_SHARES = Words("作文件名时与 {others:list} 相同", "the same file name as {others:list}")
_NO_FILE_NAME = Words("不能直接作文件名", "cannot be a file name as it is")
_NAME_AND_CODE = Words("{name}（{code}）", "{name} ({code})")  # the list of a roster offers names
_NO_COHORT_OF_TYPE = Words("空，且没有分组包含“{type}”", "blank, and no cohort holds the type “{type}”")


def read_roster(path: Path, tree: Tree, shown: str = "") -> tuple[Roster, tuple[Problem, ...]]:
    """The units at ``path`` in the file's order, and its problems. A unit whose row has an error is left out.

    ``shown``: the file's name in problems.
    """
    grid, problems = read_grid(path, shown)
    if grid is None:
        return (), problems
    units, roster_problems = roster_of(grid, tree)
    return units, (*problems, *roster_problems)


def roster_table(path: Path) -> bytes:
    """A roster that was read without an error, as a .csv: the columns that count, in the words of the office."""
    grid, problems = read_grid(path)
    assert grid is not None, problems  # it was read a moment ago
    columns = unit_columns(grid.headings)
    rows = (grid.rows[i] for i in unit_rows(grid, columns, None).units)
    lines = [
        list(columns),
        *([cell_text(row[at]) if at < len(row) else "" for at in columns.values()] for row in rows),
    ]
    return "".join(f"{','.join(cells(line))}\n" for line in lines).encode("utf-8-sig")


def roster_of(grid: Grid, tree: Tree) -> tuple[Roster, tuple[Problem, ...]]:
    """The same from a table that has been read already."""
    headings = grid.headings
    columns = unit_columns(headings)
    shown = tuple(heading for heading in headings if heading)
    needed = (UNIT, TYPE) if tree.unit_types else (UNIT,)
    missing = [
        Problem(Code.S121, CellPlace(grid.path, grid.sheet), {"heading": name, "expected": _HEADINGS, "found": shown})
        for name in needed
        if name not in columns
    ]
    missing += grid.repeated()
    if missing:
        return (), tuple(missing)
    units: dict[str, Unit] = {}
    rows: dict[str, int] = {}
    listed = unit_rows(grid, columns, None)
    problems = ProblemList(listed.problems)
    for i in listed.units:
        fault = fault_of(grid, i, columns, None) or _merged(grid, i, columns) or surplus_of(grid, i, listed.lengths)
        if fault is not None:
            problems.append(fault)
            continue
        is_listed = not (problems.is_full(Code.S123, grid.path) or problems.is_full(Code.S124, grid.path))
        unit, row_problems = read_unit(grid, i, columns, tree, is_listed=is_listed)
        problems += row_problems
        if unit is None:
            continue
        if unit.code in rows:
            places = (grid.place(i, columns[UNIT]), grid.place(rows[unit.code], columns[UNIT]))
            figures = {"unit": unit.code, "found": unit.name}
            problems.append(Problem(Code.S122, places[0], figures, places[1:]))
            continue
        rows[unit.code] = i
        units[unit.code] = unit
    if not units and not problems:
        problems.append(Problem(Code.S137, CellPlace(grid.path, grid.sheet)))
    problems += check_file_names({code: grid.place(row, columns[UNIT]) for code, row in rows.items()})
    return tuple(units.values()), tuple(gathered(problems.told()))


def _merged(grid: Grid, i: int, columns: Mapping[str, int]) -> Problem | None:
    """A problem for a type or cohort in a merged cell beside several units: it belongs to the first unit only."""
    for about in (TYPE, COHORT):
        ref = grid.gone(columns[about]).get(i) if about in columns else None
        if ref is not None:
            figures = {"field": grid.headings[columns[about]], "found": ref}
            return Problem(Code.S220, grid.place(i, columns[about]), figures)
    return None


def check_file_names(places: Mapping[str, CellPlace]) -> Iterator[Problem]:
    """S131 for codes that do not make a file name of their own, each at its place."""
    codes = tuple(places)
    shared = clashes(codes)
    called = dict(zip(codes, file_names(codes, ".xlsx"), strict=True))
    alike: dict[str, list[str]] = {}
    for code in shared:
        alike.setdefault(file_name(code, "").casefold(), []).append(code)
    for code in shared:
        of_name = alike[file_name(code, "").casefold()][: _MOST_NAMED + 1]
        others = tuple(other for other in of_name if other != code)[:_MOST_NAMED]
        reason = _SHARES(others=others) if others else _NO_FILE_NAME
        figures = {"unit": code, "found": reason, "name": called[code]}
        yield Problem(Code.S131, places[code], figures, tuple(places[other] for other in others))


def unit_columns(headings: Sequence[str]) -> dict[str, int]:
    """The positions of unit, name, type, cohort and year."""
    columns: dict[str, int] = {}
    for i, heading in enumerate(headings):
        if about := about_units(heading):
            columns.setdefault(about, i)
    return columns


def read_unit(
    grid: Grid, i: int, columns: dict[str, int], tree: Tree, *, is_listed: bool = True
) -> tuple[Unit | None, list[Problem]]:
    """The unit in row ``i`` (None if the row has an error); a blank cohort follows from the unit's type.

    ``is_listed``: will its problems be listed, so that suggestions are worth computing?
    """
    row = grid.rows[i]
    texts = {about: cell_text(row[column]) if column < len(row) else "" for about, column in columns.items()}
    problems: list[Problem] = []

    def place(about: str) -> CellPlace:
        return grid.place(i, columns[about])

    code = texts[UNIT]
    if not code:
        figures = {"heading": UNIT, "expected": _A_CODE, "found": _BLANK}
        return None, [Problem(Code.S125, place(UNIT), figures)]
    for about in (UNIT, NAME):  # control characters pasted from elsewhere would break charts and file names
        if len(texts.get(about, "")) > _LONGEST_NAME:
            figures = {
                "heading": about,
                "expected": _SHORT(most=_LONGEST_NAME),
                "found": _LONG(n=len(texts[about]), begin=texts[about][:20]),
            }
            problems.append(Problem(Code.S125, place(about), figures))
    kind: UnitType | None = None
    if tree.unit_types and TYPE in columns:
        kind = _named(texts[TYPE], tree.unit_types)
        if kind is None:
            problems.append(_unknown(Code.S123, place(TYPE), texts[TYPE], tree.unit_types, is_listed=is_listed))
    cohort = _cohort(texts.get(COHORT, ""), kind, tree)
    if isinstance(cohort, Words):
        at = place(COHORT) if COHORT in columns else place(UNIT)
        shown = cohort(type=kind.name if kind else "") if not texts.get(COHORT) else texts[COHORT]
        problems.append(_unknown(Code.S124, at, shown, tree.cohorts, is_listed=is_listed))
    year = texts.get(YEAR, "")
    if year and not is_year(year):
        problems.append(Problem(Code.S125, place(YEAR), {"heading": YEAR, "expected": A_YEAR, "found": year}))
    if problems:
        return None, problems
    if year and abs(int(year) - tree.year) > 1:
        problems.append(Problem(Code.S147, place(YEAR), {"unit": code, "expected": tree.year, "found": year}))
    assert not isinstance(cohort, Words)
    name = texts.get(NAME) or code
    return Unit(code, name, kind.code if kind else "", cohort, int(year) if year else None), problems


def _cohort(text: str, kind: UnitType | None, tree: Tree) -> str | Words:
    """The cohort's code; words if it cannot be determined."""
    if text and tree.cohorts:
        cohort = _named(text, tree.cohorts)
        return cohort.code if cohort is not None else _NO_COHORT_OF_TYPE
    if text or kind is None or not tree.cohorts:
        return text
    return next((cohort.code for cohort in tree.cohorts if kind.code in cohort.unit_types), _NO_COHORT_OF_TYPE)


def _named(text: str, known: Sequence[_Known]) -> _Known | None:
    """The type or cohort with that code or name."""
    wanted = plain(text).casefold()
    return next((one for one in known if wanted in {plain(one.code).casefold(), plain(one.name).casefold()}), None)


def _unknown(
    code: Code, place: CellPlace, shown: object, known: Sequence[UnitType] | Sequence[Cohort], *, is_listed: bool
) -> Problem:
    expected = tuple(_shown(known))
    names = tuple(name for one in known for name in (one.code, one.name))
    figures = {
        "expected": expected,
        "found": shown or _BLANK,
        "nearest": to_fill(str(shown), names) if is_listed else "",
    }
    return Problem(code, place, figures)


def _shown(known: Sequence[UnitType] | Sequence[Cohort]) -> Iterator[Phrase]:
    for one in known:
        yield _NAME_AND_CODE(code=one.code, name=one.name)

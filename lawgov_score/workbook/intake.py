"""Inputs (workbooks, folders of them, tables) → all submissions of one run; one bad file stops no other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.model import Roster, Submission, Tree, Unit
from lawgov_score.problems import CellPlace, NodePlace, Problem, by_place, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.expected import nearest
from lawgov_score.workbook.grid import Grid, about_units, grid_of, read_grid
from lawgov_score.workbook.layout import STAMP_SHEET, Layout, layout_of
from lawgov_score.workbook.opened import open_workbook, remarks
from lawgov_score.workbook.submission import has_fill_sheet, read_opened
from lawgov_score.workbook.table import asks_something, submissions_of

_TABLES = frozenset({".csv"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OTHERS_SENT = frozenset({".xls", ".et", ".xlsb", ".ods"})  # someone's answers, in a form that must be named
_GHOSTS = ("~$", ".~", "._", ".")

_GHOST = Words("办公软件的临时文件或系统的隐藏文件", "a temporary file of an office program, or a hidden file")
_ROSTER = Words("单位名册", "a roster of units")
_NO_ANSWERS = Words("没有填报项的表格", "a table without answers")
_NO_FILE = Words("没有这个文件或文件夹", "no such file or folder")
_NOT_IN_ROSTER = Words("{name}（{path}）", "{name} ({path})")


@dataclass(frozen=True)
class Intake:
    """What came in: submissions by unit code, units of the roster without a usable one, problems by place."""

    submissions: tuple[Submission, ...]
    missing_units: Roster
    problems: tuple[Problem, ...]


@dataclass
class _Basket:
    """What has been gathered so far."""

    submissions: list[Submission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_inputs(paths: Sequence[Path], tree: Tree, roster: Roster | None = None) -> Intake:
    """All submissions in ``paths``: workbooks, tables, and folders of both (folders below are not read).

    With a ``roster`` the units are its own: name, type, cohort and year come from it. Without one they are
    those of the inputs; their workbooks' cohorts then do not count (one cohort), a table's own do.
    """
    layout = layout_of(tree)
    basket = _Basket()
    for path, is_named in _files(paths, basket.problems):
        _read_file(path, is_named, layout, basket)
    single = _without_duplicates(basket)
    if roster is None:
        return _intake(single, (), basket.problems)
    known = {unit.code: unit for unit in roster}
    enrolled = []
    for submission in single:
        unit = known.get(submission.unit.code)
        if unit is None:
            basket.problems.append(_stranger(submission, known))
            continue
        basket.problems += _check_type(submission, unit, tree)
        enrolled.append(replace(submission, unit=unit))
    came = {submission.unit.code for submission in basket.submissions}
    missing = tuple(unit for unit in roster if unit.code not in came)
    for unit in missing:
        basket.problems.append(Problem(Code.S116, NodePlace(unit.code), {"name": unit.name, "unit": unit.code}))
    return _intake(enrolled, missing, basket.problems)


def _intake(submissions: Iterable[Submission], missing: Roster, problems: Iterable[Problem]) -> Intake:
    ordered = tuple(sorted(submissions, key=lambda submission: submission.unit.code))
    return Intake(ordered, missing, tuple(sorted(problems, key=by_place)))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[Path, bool]]:
    """Every file to read once, and whether it was named itself rather than found in a folder."""
    seen: set[Path] = set()
    for path in paths:
        named = path.is_file()
        if not named and not path.is_dir():
            problems.append(Problem(Code.S101, CellPlace(display_path(path)), {"found": _NO_FILE}))
            continue
        for file in [path] if named else _listed(path, problems):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, named


def _listed(folder: Path, problems: list[Problem]) -> list[Path]:
    """Files of a folder that someone may have filled in, by name; the ghosts of others are noted."""
    place = CellPlace(display_path(folder))
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.append(Problem(Code.S101, place, {"found": error.strerror or str(error)}))
        return []
    files = []
    for entry in entries:
        if entry.suffix.lower() not in _WORKBOOKS | _TABLES | _OTHERS_SENT or not entry.is_file():
            continue
        if entry.name.startswith(_GHOSTS):
            problems.append(Problem(Code.S115, CellPlace(display_path(entry)), {"found": _GHOST}))
        else:
            files.append(entry)
    if not files:
        problems.append(Problem(Code.S102, place))
    return files


def _read_file(path: Path, is_named: bool, layout: Layout, basket: _Basket) -> None:
    """One file, whatever it holds: a unit's workbook, a table, or a roster that lies beside them."""
    if path.name.startswith(_GHOSTS[:3]):
        basket.problems.append(Problem(Code.S115, CellPlace(display_path(path)), {"found": _GHOST}))
        return
    if path.suffix.lower() in _TABLES:
        grid, problems = read_grid(path)
        if grid is None:
            basket.problems += problems
        else:
            _read_grid(grid, problems, is_named, layout, basket)
        return
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        basket.problems.append(opened)
        return
    if STAMP_SHEET not in opened.sheets and not has_fill_sheet(opened):
        grid = grid_of(opened)
        if grid.has_units:
            _read_grid(grid, tuple(remarks(opened)), is_named, layout, basket)
            return
    submission, found = read_opened(opened, layout)
    basket.problems += found
    if submission is not None:
        unit = replace(submission.unit, cohort="")
        basket.submissions.append(replace(submission, unit=unit))


def _read_grid(grid: Grid, notes: Sequence[Problem], is_named: bool, layout: Layout, basket: _Basket) -> None:
    place = CellPlace(grid.path)
    if grid.has_units and all(not heading or about_units(heading) for heading in grid.headings):
        basket.problems.append(Problem(Code.S115, place, {"found": _ROSTER}))
        return
    if not is_named and not asks_something(grid, layout):
        basket.problems.append(Problem(Code.S115, place, {"found": _NO_ANSWERS}))
        return
    submissions, problems = submissions_of(grid, layout)
    basket.submissions += submissions
    basket.problems += [*notes, *problems]


def _without_duplicates(basket: _Basket) -> list[Submission]:
    """Submissions of units that sent exactly one; which of several counts is for the office to say."""
    by_unit: dict[str, list[Submission]] = {}
    for submission in basket.submissions:
        by_unit.setdefault(submission.unit.code, []).append(submission)
    single = []
    for code, sent in by_unit.items():
        if len(sent) == 1:
            single += sent
            continue
        files = tuple(submission.path for submission in sent)
        places = tuple(CellPlace(path) for path in dict.fromkeys(files))
        figures = {"unit": code, "n": len(sent), "files": files}
        basket.problems.append(Problem(Code.S112, places[0], figures, places[1:]))
    return single


def _stranger(submission: Submission, known: dict[str, Unit]) -> Problem:
    unit = submission.unit
    figures = {
        "unit": unit.code,
        "found": _NOT_IN_ROSTER(name=unit.name, path=submission.path),
        "nearest": nearest(unit.code, tuple(known)),
    }
    return Problem(Code.S111, CellPlace(submission.path), figures)


def _check_type(submission: Submission, unit: Unit, tree: Tree) -> Iterator[Problem]:
    """The workbook was made for another type than the roster gives: it may ask too much, or too little."""
    if submission.unit.type and unit.type and submission.unit.type != unit.type:
        names = {known.code: known.name for known in tree.unit_types}
        figures = {
            "expected": names.get(unit.type, unit.type),
            "found": names.get(submission.unit.type, submission.unit.type),
        }
        yield Problem(Code.S126, CellPlace(submission.path), figures)

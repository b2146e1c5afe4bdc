"""The office's own workbook files, and which of their sheets hold what: recognised by headings, never guessed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, STAMP_SHEET
from lawgov_score.workbook.forms.office import ANSWERS, BY_KEY, FORMS, HELP_SHEET, Form, OfficeColumn
from lawgov_score.workbook.forms.stamp import Stamp
from lawgov_score.workbook.office.answers import find_answers
from lawgov_score.workbook.office.known import Known
from lawgov_score.workbook.office.rows import OfficeSheet, checked, missing_column, name_above, unknown_columns
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.grid import read_grid
from lawgov_score.workbook.package.opened import Doubtful, Opened, Rows, open_workbook, remarks
from lawgov_score.workbook.package.saved import saved_at
from lawgov_score.workbook.plain_texts import first_filled
from lawgov_score.workbook.submission.input_files import TABLES, files_of
from lawgov_score.workbook.submission.sender import stamp_in

_NOT_CONTENT = frozenset({STAMP_SHEET, LISTS_SHEET, HELP_SHEET.zh, HELP_SHEET.en})

_TABLE = Words("（.csv 表格）", "(a .csv table)")
_NO_DOUBT: Mapping[str, Doubtful] = MappingProxyType({})


@dataclass(frozen=True)
class OfficeFile:
    """An opened file: its sheets by name (a .csv has one, without a name), and its stamp."""

    path: str
    fingerprint: str
    sheets: Mapping[str, Rows]
    opened: Opened | None = None
    stamp: Stamp = field(default_factory=Stamp)
    saved: str = ""  # its own record of its last saving; empty: none

    def doubtful(self, sheet: str) -> Mapping[str, Doubtful]:
        """Cells that read as blank but are not."""
        return self.opened.doubtful(sheet) if self.opened is not None and self.opened.may_doubt else _NO_DOUBT

    def merged(self, sheet: str) -> Iterator[tuple[str, str]]:
        """The merged ranges of a sheet, each by its first and its last cell."""
        yield from self.opened.merged(sheet) if self.opened is not None else ()

    @property
    def day_shift(self) -> int:
        """The days to add to its day numbers, see ``Opened``."""
        return self.opened.day_shift if self.opened is not None else 0


def office_files(
    paths: Sequence[Path], problems: list[Problem], closed: Collection[Path] = (), names: Names = AS_GIVEN
) -> Iterator[OfficeFile]:
    """Every file of ``paths`` that can be opened, each once, one of several copies; those in ``closed`` are skipped."""
    of_files: list[Problem] = []
    seen: dict[str, str] = {}  # fingerprint -> path
    for path, _ in files_of(paths, of_files, names):
        opened = None if path in closed else _open(path, problems, names(path))
        if opened is None:
            continue
        same = seen.setdefault(opened.fingerprint, opened.path)
        if same == opened.path:
            yield opened
        else:
            problems.append(Problem(Code.A109, CellPlace(opened.path), {"found": same}, (CellPlace(same),)))
    for problem in of_files:
        empty = problem.code is Code.S102  # S102 means a folder without submissions
        problems.append(Problem(Code.A106, problem.place) if empty else problem)


def _open(path: Path, problems: list[Problem], shown: str) -> OfficeFile | None:
    if path.suffix.lower() in TABLES:
        grid, grid_problems = read_grid(path, shown)
        problems += grid_problems
        return None if grid is None else OfficeFile(grid.path, grid.fingerprint, {"": grid.rows})
    opened = open_workbook(path, shown)
    if isinstance(opened, Problem):
        problems.append(opened)
        return None
    problems += remarks(opened)
    return OfficeFile(
        opened.path, opened.fingerprint, opened.sheets, opened, stamp_in(opened), saved_at(opened.safe.parts)
    )


def office_sheets(file: OfficeFile, known: Known, problems: list[Problem]) -> Iterator[OfficeSheet]:
    """The readable sheets of one file, whatever their names; if there are none, the reason."""
    foreign = _foreign(file, known.tree)
    if foreign is not None:
        problems.append(foreign)
        return
    stamp, place = file.stamp, CellPlace(file.path)
    if stamp.tree and stamp.fingerprint != known.tree.fingerprint:
        short = {"expected": known.tree.fingerprint[:12], "found": stamp.fingerprint[:12]}
        problems.append(Problem(Code.S120, place, short))
    is_recognized, unread = False, []
    for name, rows in file.sheets.items():
        if name in _NOT_CONTENT:
            continue
        sheet, missing = _read_headings(file, name, rows, known)
        problems += missing
        is_recognized = is_recognized or bool(missing) or sheet is not None
        if sheet is not None:
            yield sheet
        elif not missing:
            unread.append((name, rows))
    for name, rows in unread if is_recognized else ():
        at, texts = next(((i, texts) for i, row in enumerate(rows) if (texts := _texts(row))), (0, ()))
        if texts:
            place_in = CellPlace(file.path, name, address(at, 0))
            problems.append(Problem(Code.A111, place_in, {"sheet": name, "found": texts}))
    if not is_recognized:
        shown = tuple(name or _TABLE for name in file.sheets if name not in {STAMP_SHEET, LISTS_SHEET})
        form = BY_KEY.get(stamp.book)
        figures = {"found": shown} if form is None else {"found": shown, "sheet": form.name}
        problems.append(Problem(Code.A105 if form is None else Code.A101, place, figures))


def _foreign(file: OfficeFile, tree: Tree) -> Problem | None:
    """A problem for a workbook of another tree or edition: its codes may mean something else."""
    stamp, place = file.stamp, CellPlace(file.path)
    if stamp.tree and stamp.tree != tree.code:
        return Problem(Code.A103, place, {"expected": tree.code, "found": stamp.tree})
    if stamp.tree and stamp.edition != tree.edition:
        return Problem(Code.A104, place, {"expected": tree.edition, "found": stamp.edition})
    return None


def _read_headings(
    file: OfficeFile, name: str, rows: Rows, known: Known
) -> tuple[OfficeSheet | None, tuple[Problem, ...]]:
    """The sheet if it has all the columns of a form; the missing columns if it has most of a form."""
    headings = find_answers(rows, known)
    if headings is not None:
        columns = {"unit": headings.unit}
        answers = OfficeSheet(
            *(ANSWERS, file.path, name, rows, headings.heading_row, columns, file.doubtful(name), file.day_shift)
        )
        return checked(answers, range(max(headings.heading_row - 2, 0), headings.heading_row + 1))
    best: tuple[Form, int, Mapping[str, int], str] | None = None
    for form in FORMS:
        if form is ANSWERS:
            continue
        row, columns = _columns(rows, form)
        reviewer = name_above(form, rows, row, file.merged(name)) if columns else ""
        if not any(_is_missing(column, columns, reviewer) for column in form.columns):
            printed = _compared(rows[row], form)
            sheet, doubled = checked(
                OfficeSheet(
                    *(form, file.path, name, rows, row, {**printed, **columns}, file.doubtful(name), file.day_shift),
                    reviewer=reviewer,
                )
            )
            return sheet, doubled if sheet is None else tuple(unknown_columns(sheet))
        is_meant = form is BY_KEY.get(file.stamp.book) and len(columns) > 1
        if is_meant or (len(columns) >= 3 and len(columns) > (len(best[2]) if best is not None else 0)):
            best = (form, row, columns, reviewer)
            if is_meant:
                break
    return None, () if best is None else _missing(file, name, rows, *best)


def _columns(rows: Rows, form: Form) -> tuple[int, dict[str, int]]:
    """The row that names the most columns of ``form``, and the position of each column."""
    best: tuple[int, dict[str, int]] = (0, {})
    for i, row in first_filled(rows):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            column = form.named(cell) if isinstance(cell, str) and cell else None
            if column is not None:
                columns.setdefault(column.key, at)
        if len(columns) > len(best[1]):
            best = (i, columns)
    return best


def _compared(headings: Sequence[Cell], form: Form) -> dict[str, int]:
    """Positions of the printed columns that are read back."""
    found: dict[str, int] = {}
    for at, cell in enumerate(headings):
        column = form.compared(cell) if isinstance(cell, str) and cell else None
        if column is not None:
            found.setdefault(column.key, at)
    return found


def _is_missing(column: OfficeColumn, columns: Mapping[str, int], reviewer: str) -> bool:
    """Can the sheet not be read without it? Names need no column where one stands above the headings."""
    if not column.is_needed or column.to_read or column.key in columns:
        return False
    return column.key != "reviewer" or not reviewer


def _missing(
    file: OfficeFile, name: str, rows: Rows, form: Form, row: int, columns: Mapping[str, int], reviewer: str
) -> tuple[Problem, ...]:
    return tuple(
        missing_column(file.path, name, rows, row, form, column)
        for column in form.columns
        if _is_missing(column, columns, reviewer)
    )


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text for text in map(cell_text, row) if text)

"""Reading the office's own workbooks → Review: every readable file and sheet, every problem at its cell."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model import Change, Mark, RegisterEntry, Review, Roster, Ruling, Submission, Tree
from lawgov_score.problems import Problem, ProblemList, by_place, gathered
from lawgov_score.workbook.called import folded
from lawgov_score.workbook.forms.office import ANSWERS, CHANGES, MARKS, REGISTER
from lawgov_score.workbook.office.answers import Answers, check_answers, check_columns, find_answers, read_answer_row
from lawgov_score.workbook.office.claims import claims_of
from lawgov_score.workbook.office.entries import (
    read_change,
    read_entry,
    read_mark,
    read_ruling,
)
from lawgov_score.workbook.office.files import OfficeFile, office_files, office_sheets
from lawgov_score.workbook.office.known import Known, known_of
from lawgov_score.workbook.office.rows import Failed, Line, OfficeSheet
from lawgov_score.workbook.office.versions import (
    Versions,
    single_changes,
    single_entries,
    single_marks,
    single_rulings,
)

Entry = TypeVar("Entry")
Signed = TypeVar("Signed", Mark, Change, Ruling)


@dataclass
class _Basket:
    """Collects results while files are read."""

    failed: list[Failed] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    register: list[RegisterEntry] = field(default_factory=list)
    answers: Answers = field(default_factory=dict)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    problems: ProblemList = field(default_factory=ProblemList)


def read_review(
    paths: Sequence[Path],
    tree: Tree,
    units: Roster,
    submissions: Sequence[Submission] | None = None,
    closed: Collection[Path] = (),
    names: Names = AS_GIVEN,
    *,
    latest: bool = False,
) -> tuple[Review, tuple[Problem, ...]]:
    """The office's additions from ``paths``: workbooks, tables (.csv) and folders of them (without subfolders).

    ``units`` are those of the run. With ``submissions``, rulings on claims that nobody made are reported. Only rows
    with an error are left out. ``closed``: files not to be opened, already reported elsewhere. ``names``: of the
    files. ``latest``: of entries for one thing in several files the one saved last counts.
    """
    known = known_of(tree, units, None if submissions is None else claims_of(submissions))
    basket = _Basket()
    files = list(office_files(paths, basket.problems, closed, names))
    versions = Versions(latest, {file.path: file.saved for file in files})
    for file in files:
        _read_file(file, known, basket, versions)
    problems, failed = basket.problems, basket.failed
    problems += check_answers(basket.answers, known)
    called: dict[str, str] = {}  # one spelling of each name, the first that was met
    review = Review(
        marks=single_marks(_called_alike(basket.marks, called), failed, known, problems, versions),
        changes=single_changes(_called_alike(basket.changes, called), failed, known, problems, versions),
        rulings=single_rulings(_called_alike(basket.rulings, called), failed, known, problems, versions),
        register=single_entries(basket.register, failed, known, problems, versions),
        answers=basket.answers,
        inputs=tuple(basket.inputs),
    )
    return review, tuple(sorted(gathered(problems.told()), key=by_place))


def _read_file(file: OfficeFile, known: Known, basket: _Basket, versions: Versions) -> None:
    sheets = list(office_sheets(file, known, basket.problems))
    if sheets:
        basket.inputs.append((file.path, file.fingerprint))
    for sheet in sheets:
        lines = sheet.lines(known, basket.problems)
        if sheet.form is ANSWERS:
            headings = find_answers(sheet.rows, known)
            assert headings is not None  # otherwise the sheet would not hold answers
            basket.problems += check_columns(sheet, headings, known)
            for line in _answer_lines(sheet, known, basket.problems):
                read_answer_row(line, headings.questions, basket.answers, versions)
        elif sheet.form is MARKS:
            basket.marks += _good(lines, basket, read_mark)
        elif sheet.form is CHANGES:
            basket.changes += _good(lines, basket, read_change)
        elif sheet.form is REGISTER:
            basket.register += _good(lines, basket, read_entry)
        else:
            basket.rulings += _good(lines, basket, read_ruling)


def _good(lines: Iterator[Line], basket: _Basket, read: Callable[[Line], Entry | None]) -> Iterator[Entry]:
    """The entries; of rows that cannot be used it is kept what they are about."""
    for line in lines:
        entry = read(line)
        if entry is not None:
            yield entry
        elif (failed := line.failed()) is not None:
            basket.failed.append(failed)


def _called_alike(entries: Sequence[Signed], called: dict[str, str]) -> list[Signed]:
    """Entries with one spelling of every reviewer's name: 张三 and 张 三 are one person."""
    alike = ((entry, called.setdefault(folded(entry.reviewer), entry.reviewer)) for entry in entries)
    return [entry if entry.reviewer == name else replace(entry, reviewer=name) for entry, name in alike]


def _answer_lines(sheet: OfficeSheet, known: Known, problems: list[Problem]) -> Iterator[Line]:
    """Rows with anything beside the unit: rows printed in advance and left blank are not answers."""
    unit = sheet.columns["unit"]
    for i in range(sheet.heading_row + 1, len(sheet.rows)):
        cells = sheet.rows[i]
        line = Line(sheet, i, known, problems)
        rest = any(cell not in ("", None) for at, cell in enumerate(cells) if at != unit)
        if rest or any(place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(i + 1) for place in sheet.doubtful):
            yield line

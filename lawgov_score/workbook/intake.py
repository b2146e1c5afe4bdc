"""Inputs (workbooks, folders of them, tables) → all submissions of one run; one bad file stops no other."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.files import file_name
from lawgov_score.model import FilledBy, Roster, Submission, Tree, Unit
from lawgov_score.problems import CellPlace, NodePlace, Problem, by_place
from lawgov_score.report import place_text
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.expected import nearest
from lawgov_score.workbook.grid import Grid, about_units, grids_of, read_grid
from lawgov_score.workbook.input_files import TABLES, files_of
from lawgov_score.workbook.layout import STAMP_SHEET, Layout, layout_of, plain
from lawgov_score.workbook.opened import open_workbook, remarks
from lawgov_score.workbook.roster import check_file_names
from lawgov_score.workbook.submission import has_fill_sheet, read_opened, sender
from lawgov_score.workbook.table import asks_something, lost_units, place_of_unit, submissions_of

_A_COPY = re.compile(r"(\s*[(（][0-9]+[)）]|\s*-?\s*副本)+$")  # what systems put after the name of a copy

_ROSTER = Words("单位名册", "a roster of units")
_NO_ANSWERS = Words("没有填报项的表格", "a table without answers")
_CODE_AND_NAME = Words("{code}（{name}）", "{code} ({name})")
_NOT_IN_ROSTER = Words("{name}（{path}）", "{name} ({path})")


@dataclass(frozen=True)
class Intake:
    """What came in: submissions by unit code, units that stay without a usable one, problems by place.

    ``missing_units``: with a roster, its units from whom nothing usable came; without one, the units that can be
    told from what could not be used.
    """

    submissions: tuple[Submission, ...]
    missing_units: Roster
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came from a unit: where, in a file of its own or in a table; its submission, None where it is no use."""

    unit: Unit
    place: CellPlace
    submission: Submission | None = None
    own_file: bool = True


@dataclass
class _Basket:
    """What has been gathered so far."""

    sent: list[_Sent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def usable(self) -> set[str]:
        """Codes of the units from whom something usable came, be it twice."""
        return {sent.unit.code for sent in self.sent if sent.submission is not None}


def read_inputs(paths: Sequence[Path], tree: Tree, roster: Roster | None = None) -> Intake:
    """All submissions in ``paths``: workbooks, tables, and folders of both (folders below are not read).

    With a ``roster`` the units are its own: name, type, cohort and year come from it. Without one they are
    those of the inputs; their workbooks' cohorts then do not count (one cohort), a table's own do.
    """
    layout = layout_of(tree)
    basket = _Basket()
    known = {unit.code: unit for unit in roster or ()}
    for path, is_named in files_of(paths, basket.problems):
        _read_file(path, is_named, layout, known, basket)
    single = _without_duplicates(basket)
    everyone = roster if roster is not None else tuple({sent.unit.code: sent.unit for sent in basket.sent}.values())
    basket.problems += _check_names_of_files(basket.sent, everyone)
    if roster is None:
        basket.problems += [found for one in single for found in _check_row(one, one.unit, layout)]
        first = {sent.unit.code: sent.place for sent in reversed(basket.sent)}
        basket.problems += check_file_names(dict(sorted(first.items())))
        scored = {submission.unit.code for submission in single}
        lost = {sent.unit.code: sent.unit for sent in reversed(basket.sent) if sent.unit.code not in scored}
        usable = basket.usable()
        basket.problems += [_unusable(unit, basket) for code, unit in lost.items() if code not in usable]
        return _intake(single, tuple(lost[code] for code in sorted(lost)), basket.problems)
    enrolled = []
    for submission in single:
        unit = known.get(submission.unit.code)
        if unit is None:
            basket.problems.append(_stranger(submission, known))
            continue
        basket.problems += _check_type(submission, unit, tree)
        basket.problems += _check_row(submission, unit, layout)
        enrolled.append(replace(submission, unit=unit))
    usable = basket.usable()
    missing = tuple(unit for unit in roster if unit.code not in usable)
    tried = {sent.unit.code for sent in basket.sent}
    owes = any(indicator.filled_by is FilledBy.UNIT and indicator.fields for indicator in tree.indicators)
    for unit in missing if owes or tried else ():  # where all is the office's to fill in, nobody owes anything
        nothing = Problem(Code.S116, NodePlace(unit.code), {"name": unit.name, "unit": unit.code})
        basket.problems.append(_unusable(unit, basket) if unit.code in tried else nothing)
    return _intake(enrolled, missing, basket.problems)


def _intake(submissions: Iterable[Submission], missing: Roster, problems: Iterable[Problem]) -> Intake:
    ordered = tuple(sorted(submissions, key=lambda submission: submission.unit.code))
    return Intake(ordered, missing, tuple(sorted(problems, key=by_place)))


def _unusable(unit: Unit, basket: _Basket) -> Problem:
    places = tuple(sent.place for sent in basket.sent if sent.unit.code == unit.code)
    files = tuple(place_text(place) for place in places)
    return Problem(Code.S132, NodePlace(unit.code), {"name": unit.name, "unit": unit.code, "files": files}, places)


def _read_file(path: Path, is_named: bool, layout: Layout, roster: Mapping[str, Unit], basket: _Basket) -> None:
    """One file, whatever it holds: a unit's workbook, a table, or a roster that lies beside them."""
    if path.suffix.lower() in TABLES:
        grid, problems = read_grid(path)
        basket.problems += problems
        if grid is not None:
            _read_grid(grid, is_named, layout, basket)
        return
    opened = open_workbook(path)
    if isinstance(opened, Problem):
        basket.problems.append(opened)
        return
    if STAMP_SHEET not in opened.sheets and not has_fill_sheet(opened):
        grids = grids_of(opened)
        if grids[0].has_units:
            basket.problems += remarks(opened)
            asking = [grid for grid in grids if asks_something(grid, layout)]
            for grid in grids:
                _read_grid(grid, grid in asking or (is_named and not asking), layout, basket)
            return
    submission, found = read_opened(opened, layout, roster)
    basket.problems += found
    unit = submission.unit if submission is not None else sender(opened)
    if unit is not None:
        known_type = unit.type if any(kind.code == unit.type for kind in layout.tree.unit_types) else ""
        unit = replace(unit, cohort="", type=unit.type if submission is not None else known_type)
        usable = None if submission is None else replace(submission, unit=unit)
        basket.sent.append(_Sent(unit, CellPlace(opened.path), usable))


def _read_grid(grid: Grid, is_named: bool, layout: Layout, basket: _Basket) -> None:
    place = CellPlace(grid.path, grid.sheet)
    if grid.has_units and all(not heading or about_units(heading) for heading in grid.headings):
        basket.problems.append(Problem(Code.S115, place, {"found": _ROSTER}))
        return
    if not is_named and not asks_something(grid, layout):
        basket.problems.append(Problem(Code.S115, place, {"found": _NO_ANSWERS}))
        return
    submissions, problems = submissions_of(grid, layout)
    basket.problems += problems
    basket.sent += (_Sent(s.unit, place_of_unit(grid, s), s, own_file=False) for s in submissions)
    if grid.has_units:
        basket.sent += (_Sent(unit, at, own_file=False) for unit, at in lost_units(grid, submissions))


def _check_row(submission: Submission, unit: Unit, layout: Layout) -> Iterator[Problem]:
    """What a table says of indicators that do not apply to the unit's type; a workbook has been read by its type."""
    if not unit.type:
        return
    for question in layout.questions:
        answer = submission.answers.get(question.key)
        if answer is None or not answer.printed or layout.tree.is_applicable(question.indicator, unit.type):
            continue
        found = f"{question.indicator.code} {question.field.name} {answer.printed}"
        yield Problem(Code.S212, answer.place, {"found": found})


def _without_duplicates(basket: _Basket) -> list[Submission]:
    """Submissions of units that sent exactly one; which of several counts is for the office to say."""
    by_unit: dict[str, list[tuple[Submission, CellPlace]]] = {}
    for sent in basket.sent:
        if sent.submission is not None:
            by_unit.setdefault(sent.unit.code, []).append((sent.submission, sent.place))
    single = []
    for code, several in by_unit.items():
        if len(several) == 1:
            single.append(several[0][0])
            continue
        places = tuple(dict.fromkeys(place for _, place in several))
        figures = {"unit": code, "n": len(several), "files": tuple(place_text(place) for place in places)}
        basket.problems.append(Problem(Code.S112, places[0], figures, places[1:]))
    return single


def _check_names_of_files(sent: Iterable[_Sent], units: Roster) -> Iterator[Problem]:
    """A workbook in a file that is named after another unit: it may have been filled in by that one."""
    named: dict[str, Unit] = {}
    for unit in units:
        for name in (unit.code, file_name(unit.code, ""), unit.name):
            named.setdefault(plain(name), unit)
    for one in sent:
        if not one.own_file:
            continue
        stem = _A_COPY.sub("", PurePath(one.place.path).stem)
        other = named.get(plain(stem))
        own = {plain(name) for name in (one.unit.code, file_name(one.unit.code, ""), one.unit.name)}
        if other is not None and other.code != one.unit.code and plain(stem) not in own:
            figures = {"expected": _shown(one.unit), "found": _shown(other)}
            yield Problem(Code.S130, one.place, figures)


def _shown(unit: Unit) -> Phrase:
    return _CODE_AND_NAME(code=unit.code, name=unit.name)


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

"""Reading inputs (workbooks, folders of them, tables) → all submissions of one run; a bad file stops no other."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.files import fingerprint, possible_names
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.likeness import to_fill
from lawgov_score.model import AnswerState, FilledBy, Roster, Submission, Tree, Unit
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, NodePlace, Problem, by_place, is_error
from lawgov_score.processes import resting_collector
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import layout_of
from lawgov_score.workbook.package.guard import MOST_BYTES
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.copied import check_copied
from lawgov_score.workbook.submission.input_files import files_of
from lawgov_score.workbook.submission.marks import Mark, check_returned
from lawgov_score.workbook.submission.one_file import FileRead, Sent
from lawgov_score.workbook.submission.reader import InputFile, Reader, Run, in_this_process, read_all
from lawgov_score.workbook.submission.roster import check_file_names
from lawgov_score.workbook.submission.versions import one_of_each, superseded

_A_COPY = re.compile(r"(\s*[(（][0-9]+[)）]|\s*-?\s*副本)+$")  # suffixes that systems add to the name of a copy

_CODE_AND_NAME = Words("{code}（{name}）", "{code} ({name})")
_NOT_IN_ROSTER = Words("{name}（{path}）", "{name} ({path})")


@dataclass(frozen=True, slots=True)
class Received:
    """One version that a unit sent. ``saved``: when, as the workbook says itself, UTC; '' where it does not.

    ``edition``, ``year``: of the workbook, as its stamp says; '' where it has none.
    """

    unit: Unit
    place: CellPlace
    saved: str = ""
    is_usable: bool = True
    is_in_force: bool = False
    edition: str = ""
    year: str = ""


@dataclass(frozen=True)
class Intake:
    """The result of reading: submissions by unit code, units without a usable one, problems by place.

    ``missing_units``: with a roster, its units without a usable submission; without one, the units identified in
    unusable files.
    """

    submissions: tuple[Submission, ...]
    missing_units: Roster
    problems: tuple[Problem, ...]
    inputs: tuple[tuple[str, str], ...] = ()  # path as printed in problems, and sha256, of every existing file
    senders: tuple[tuple[CellPlace, Unit], ...] = ()  # unit of each workbook and table row, as in the roster
    received: tuple[Received, ...] = ()  # every version of every unit, in the order of reading
    superseded: frozenset[str] = frozenset()  # paths of workbooks that their unit replaced, left out by ``latest``


@dataclass
class _Basket:
    """Collects results while files are read."""

    names: Names = AS_GIVEN
    sent: list[Sent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    returned: dict[str, Sequence[Mark]] = field(default_factory=dict)  # by path: the marks it was returned with
    in_force: list[Sent] = field(default_factory=list)  # one of each unit
    superseded: frozenset[str] = frozenset()

    def places(self) -> dict[str, list[CellPlace]]:
        """Places of each unit's submissions, usable or not."""
        by_unit: dict[str, list[CellPlace]] = {}
        for sent in self.sent:
            by_unit.setdefault(sent.unit.code, []).append(sent.place)
        return by_unit

    def usable(self) -> set[str]:
        """Codes of the units with a usable submission, even if they sent it twice."""
        return {sent.unit.code for sent in self.sent if sent.submission is not None}


def read_inputs(
    paths: Sequence[Path],
    tree: Tree,
    roster: Roster | None = None,
    run: Run = in_this_process,
    *,
    latest: bool = False,
    names: Names = AS_GIVEN,
) -> Intake:
    """All submissions in ``paths``: workbooks, tables, and folders of both (folders below are not read).

    With a ``roster`` the units are its own: name, type, cohort and year come from it. Without one they are those of
    the inputs; their workbooks' cohorts then do not count (one cohort), a table's own do. ``run``: reads the files, in
    whatever process; the result is the same for all. ``latest``: of several submissions of a unit the newest counts.
    ``names``: of the files, in everything that is said of them.
    """
    with resting_collector():
        return _read_inputs(paths, tree, roster, run, names, latest=latest)


def _read_inputs(
    paths: Sequence[Path], tree: Tree, roster: Roster | None, run: Run, names: Names, *, latest: bool
) -> Intake:
    basket = _Basket(names)
    known = {unit.code: unit for unit in roster or ()}
    files = [InputFile(path, is_named, names(path)) for path, is_named in files_of(paths, basket.problems, names)]
    reader = Reader(tree, None if roster is None else known)
    by_name = _by_name(roster or ())
    for file, read in read_all(files, reader, run):
        basket.sent += read.sent or _from_its_name(file, read, by_name)
        basket.problems += read.problems
        if read.returned:
            basket.returned[file.shown] = read.returned
        with suppress(OSError):  # its problem reports a file that is missing or too large
            if read.fingerprint or file.path.stat().st_size <= MOST_BYTES:
                basket.inputs.append((file.shown, read.fingerprint or fingerprint(file.path)))
    single = basket.in_force = one_of_each(basket.sent, basket.problems, latest=latest)
    basket.superseded = superseded(basket.sent, single) if latest else frozenset()
    basket.problems += check_copied([(kept.place, _submission(kept), kept.blocks) for kept in single], layout_of(tree))
    everyone = roster if roster is not None else tuple({sent.unit.code: sent.unit for sent in basket.sent}.values())
    basket.problems += _check_names_of_files(basket.sent, everyone)
    if roster is None:
        basket.problems += (doubt for kept in single for doubt in kept.doubts)
        first = {sent.unit.code: sent.place for sent in reversed(basket.sent)}
        basket.problems += check_file_names(dict(sorted(first.items())))
        scored = {sent.unit.code for sent in single}
        lost = {sent.unit.code: sent.unit for sent in reversed(basket.sent) if sent.unit.code not in scored}
        usable, places = basket.usable(), basket.places()
        basket.problems += [_unusable(unit, places[unit.code]) for code, unit in lost.items() if code not in usable]
        return _intake(
            [_submission(kept) for kept in single], tuple(lost[code] for code in sorted(lost)), basket, known
        )
    enrolled = []
    for kept in single:
        submission, unit = _submission(kept), known.get(kept.unit.code)
        if unit is None:
            basket.problems.append(_stranger(submission, known))
            continue
        basket.problems += _check_type(submission, unit, tree)
        basket.problems += kept.doubts
        enrolled.append(replace(submission, unit=unit))
    usable, places = basket.usable(), basket.places()
    missing = tuple(unit for unit in roster if unit.code not in usable)
    owes = any(of.filled_by is FilledBy.UNIT for of, _ in tree.asked)
    for unit in missing if owes or places else ():  # if the office fills in everything, no unit has to submit
        nothing = Problem(Code.S116, NodePlace(unit.code), {"name": unit.name, "unit": unit.code})
        basket.problems.append(_unusable(unit, places[unit.code]) if unit.code in places else nothing)
    return _intake(enrolled, missing, basket, known)


def _intake(submissions: Iterable[Submission], missing: Roster, basket: _Basket, known: Mapping[str, Unit]) -> Intake:
    given = [replace(one, given=basket.names.given(one.path)) for one in submissions]
    ordered = tuple(sorted(given, key=lambda submission: submission.unit.code))
    senders = [(sent.place, known.get(sent.unit.code, sent.unit)) for sent in basket.sent]
    senders += [(CellPlace(""), unit) for unit in missing]  # units that sent nothing still have a name
    problems = [*_in_force(basket.problems, basket.superseded)]
    returned = {path: marks for path, marks in basket.returned.items() if path not in basket.superseded}
    problems += check_returned(returned, problems, _blank_cells(basket.in_force, returned))
    counts = set(map(id, basket.in_force))
    received = tuple(
        Received(
            *(known.get(sent.unit.code, sent.unit), sent.place, sent.saved),
            is_usable=sent.submission is not None,
            is_in_force=id(sent) in counts,
            edition=sent.edition,
            year=sent.year,
        )
        for sent in basket.sent
    )
    return Intake(
        *(ordered, missing, tuple(sorted(problems, key=by_place)), tuple(sorted(basket.inputs)), tuple(senders)),
        received=received,
        superseded=basket.superseded,
    )


def _blank_cells(in_force: Iterable[Sent], returned: Collection[str]) -> set[CellPlace]:
    """Cells without an answer in those workbooks that had been returned."""
    sent = (one.submission for one in in_force if one.submission is not None and one.place.path in returned)
    return {answer.place for one in sent for answer in one.answers.values() if answer.state is AnswerState.MISSING}


def _in_force(problems: Iterable[Problem], superseded: Collection[str]) -> Iterator[Problem]:
    """Problems without those of workbooks that their unit has replaced: S140 names these."""
    for problem in problems:
        if not (isinstance(problem.place, CellPlace) and problem.place.path in superseded):
            yield problem


def _submission(sent: Sent) -> Submission:
    assert sent.submission is not None  # `one_of_each` returns only entries with a submission
    return sent.submission


def _unusable(unit: Unit, places: Sequence[CellPlace]) -> Problem:
    files = tuple(place_text(place) for place in places)
    return Problem(
        Code.S132, NodePlace(unit.code), {"name": unit.name, "unit": unit.code, "files": files}, tuple(places)
    )


def _check_names_of_files(sent: Iterable[Sent], units: Roster) -> Iterator[Problem]:
    """Warnings for workbooks in a file named after another unit, which may have filled them in."""
    own_files = [sent_file for sent_file in sent if sent_file.own_file]
    named = _by_name(units) if own_files else {}
    for sent_file in own_files:
        stem = _stem(sent_file.place.path)
        other = named.get(plain(stem))
        if (
            other is not None
            and other.code != sent_file.unit.code
            and plain(stem) not in _names_of_file(sent_file.unit)
        ):
            figures = {"expected": _shown(sent_file.unit), "found": _shown(other)}
            yield Problem(Code.S130, sent_file.place, figures)


def _by_name(units: Roster) -> Mapping[str, Unit]:
    """Units by every name that their file may have; a name that several share is nobody's, a code goes before it."""
    shared: dict[str, dict[str, Unit]] = {}
    for unit in units:
        for name in _names_of_file(unit):
            shared.setdefault(name, {})[unit.code] = unit
    named = {name: next(iter(of.values())) for name, of in shared.items() if len(of) == 1}
    return named | {plain(unit.code): unit for unit in reversed(units)}


def _names_of_file(unit: Unit) -> set[str]:
    """What the file of a unit may be called: by its code, by its name, or by both as its template is."""
    both = f"{unit.code} {unit.name}"
    names = {unit.code, unit.name, both, *possible_names(unit.code, ""), *possible_names(both, "")}
    return {plain(name) for name in names}


def _stem(path: str) -> str:
    """A file's name without suffix, and without additions that systems make to the name of a copy."""
    return _A_COPY.sub("", PurePath(path).stem)


def _from_its_name(file: InputFile, read: FileRead, named: Mapping[str, Unit]) -> tuple[Sent, ...]:
    """The sender of a workbook that could not be opened, guessed from its file name, so that the unit can be asked."""
    unit = named.get(plain(_stem(file.shown)))
    if unit is None or file.is_table or not any(map(is_error, read.problems)):
        return ()
    return (Sent(unit, CellPlace(file.shown)),)


def _shown(unit: Unit) -> Phrase:
    return _CODE_AND_NAME(code=unit.code, name=unit.name)


def _stranger(submission: Submission, known: dict[str, Unit]) -> Problem:
    unit = submission.unit
    figures = {
        "unit": unit.code,
        "found": _NOT_IN_ROSTER(name=unit.name, path=submission.path),
        "nearest": to_fill(unit.code, tuple(known)),
    }
    return Problem(Code.S111, CellPlace(submission.path), figures)


def _check_type(submission: Submission, unit: Unit, tree: Tree) -> Iterator[Problem]:
    """A warning if the workbook was made for another unit type than the roster gives: its questions may be wrong."""
    if submission.unit.type and unit.type and submission.unit.type != unit.type:
        names = {known.code: known.name for known in tree.unit_types}
        figures = {
            "expected": names.get(unit.type, unit.type),
            "found": names.get(submission.unit.type, submission.unit.type),
        }
        yield Problem(Code.S126, CellPlace(submission.path), figures)

"""What units send: each file read and checked as `check` does, kept as it came, one row and one signed receipt a try.

Whose a workbook is, it says itself. Of several of one unit the one saved last counts, as with ``--latest``; what the
round has already is not received anew, and what is of another year not as if it were of this. What is recorded of a
try is what `check` says of that file alone, and what receiving it showed (an empty form, doubt which file of its unit
counts): doubts that come of comparing units (figures that agree, figures far from the rest) belong to the whole round,
and to the office.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from django.db import transaction

from lawgov_score import __version__, pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code, Severity
from lawgov_score.input_names import Names
from lawgov_score.model import Submission as Answers
from lawgov_score.model import Unit as Assessed
from lawgov_score.model import printed_of
from lawgov_score.pages.confirmation import Figure, confirmation_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import (
    FOR_THE_OFFICE_ALONE,
    CellPlace,
    NodePlace,
    Problem,
    display_path,
    is_error,
    printable,
)
from lawgov_score.processes import Lost, resting_collector
from lawgov_score.rounds.allowed import hold_for, must_be, why_not
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.events import Head, head, record
from lawgov_score.rounds.kept import Written, rows_of, write
from lawgov_score.rounds.leaves import is_open, last_leaves, lasts
from lawgov_score.rounds.models import Event, File, Leave, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import Deed, FileKind, RoundState, SubmissionState, name_of
from lawgov_score.rounds.receipt_facts import facts_of
from lawgov_score.rounds.receipts import sign_receipt
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.two_languages import kept_problem, kept_problems
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.package.guard import MOST_BYTES
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission.editions import is_of_another_year
from lawgov_score.workbook.submission.input_files import TABLES, files_of
from lawgov_score.workbook.submission.intake import Intake
from lawgov_score.workbook.submission.reader import InputFile, Run
from lawgov_score.workbook.submission.reader import Reader as FileReader
from lawgov_score.workbook.submission.versions import saved_last, saved_words

_AT_ONCE = 200  # files that are read and checked together, before their receipts
_TOGETHER = 25  # of these, in one transaction: so long everybody else waits
_OF_ALL = frozenset({Code.S116, Code.S132, Code.R124}) | FOR_THE_OFFICE_ALONE  # never of one file alone
_CHANGED = Words("读的时候又变了", "it changed while it was read")
_MOVED = Words("收件时该单位的状态变了", "what its unit had sent was moved meanwhile")
_OF_YEAR = Words("{edition} 版（{year} 年度）", "edition {edition} (of {year})")
_IN_FORCE = Words("现在采用第 {n} 次报送", "submission {n} is in force")
_NOTHING_IN_FORCE = Words("该单位现在没有采用的报送", "nothing of the unit is in force")
_SENDABLE = frozenset({SubmissionState.RETURNED, SubmissionState.WITHDRAWN})  # of which another is awaited
_AMENDED = Words("收件时指标体系或名单改了", "tree or roster were amended meanwhile")
_A_TABLE = Words("表格（.csv），或者一个表里写了多个单位", "a table, or a workbook with several units in one sheet")


class Fate(StrEnum):
    """What became of a file that was handed in."""

    RECEIVED = "received"
    SAME = "same"  # the round has its content already: nothing was done
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file, or folder, that was handed in. ``path``: as it was given.

    ``submission``: the row that was made, or (SAME) the one that has this content. ``unit``: whose it is, where known.
    ``problems``: what `check` says of it, and why it was refused, at ``path``. ``instead_of``: the version that was in
    force until then.
    """

    path: str
    fate: Fate
    submission: Submission | None = None
    unit: Assessed | None = None
    problems: tuple[Problem, ...] = ()
    instead_of: Submission | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    """One file as it was read: ``answers`` None where it cannot be used. ``problems``: of it alone."""

    path: Path
    shown: str
    answers: Answers | None
    unit: Assessed | None
    sha256: str
    problems: tuple[Problem, ...]
    blanks: int = 0
    lacking: tuple[Problem, ...] = ()  # material for reviewers
    edition: str = ""  # of the workbook, as its stamp says
    year: str = ""
    is_last: bool = False  # of its unit, of those that are received together

    @property
    def is_empty(self) -> bool:
        """Is nothing filled in, though something was asked? What stands there and is no answer has its own problem."""
        if self.answers is None or not self.blanks or any(map(is_error, self.problems)):
            return False
        return not any(printed_of(self.answers.answers).values())


@dataclass(frozen=True, slots=True)
class Orders:
    """What the office orders of one call beside what is natural, and what it is there for.

    ``is_again``: what the round has already is received once more, and counts. ``exception``: why a workbook of another
    year is received all the same. ``since``: when this very call was first begun, where it was broken off: what came or
    was refused since then is not received, nor recorded as refused, a second time.
    """

    is_again: bool = False
    exception: str = ""
    since: datetime | None = None


_NO_ORDERS = Orders()


def receive(
    data: Data,
    round_: Round,
    paths: Sequence[Path],
    seat: Seat,
    now: datetime,
    run: Run,
    scheme: Scheme | None = None,
    orders: Orders = _NO_ORDERS,
) -> Iterator[Outcome]:
    """Receives files and folders, one outcome a file, each kept before the next; ``run`` reads them.

    Of one unit they are taken in the order in which they were saved, so that the last one counts; outcomes come in the
    order of the files, of very many some hundreds at a time by their saving. A file that is refused stops no other.
    Raises ``RefusedError`` (R213, R220) where this seat, or the round, receives nothing now, and ``CannotWriteError``
    where there is no room: what was received before stays received.
    """
    must_be(Deed.RECEIVE, round_, seat)
    by = scheme or scheme_of(data, round_)
    names = pipeline.names_given(by.tree, paths)
    passed: list[Problem] = []
    files = [path for path, _ in files_of(paths, passed, names)]
    for problem in names.as_given(passed):
        assert isinstance(problem.place, CellPlace)
        yield Outcome(problem.place.path, Fate.REFUSED, problems=(problem,))
    place = {path: at for at, path in enumerate(files)}
    saved = {path: saved_of(path) for path in files}
    files.sort(key=lambda path: saved[path])
    desk = _Desk(data, by, seat, now, {unit.code: unit for unit in round_.units.all()}, orders, saved)
    for at in range(0, len(files), _AT_ONCE):
        some = sorted(files[at : at + _AT_ONCE], key=lambda path: place[path])
        checked = _by_saving(list(_checked(by, some, run, names)), saved)
        for group in (checked[i : i + _TOGETHER] for i in range(0, len(checked), _TOGETHER)):
            with resting_collector():
                outcomes = desk.taken(round_, group)
            for one in outcomes:
                given = tuple(names.as_given(one.problems))
                yield Outcome(names.given(one.path), one.fate, one.submission, one.unit, given, one.instead_of)


def accept(submission: Submission, version: int, seat: Seat, now: datetime) -> None:
    """受理. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.ACCEPTED, version, seat, "", now)


def withdraw(submission: Submission, version: int, seat: Seat, why: str, now: datetime) -> None:
    """撤回, by the unit itself, until it is accepted. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.WITHDRAWN, version, seat, why, now)


# ------------------------------------------------------------ reading


@dataclass(slots=True)
class _Once:
    """A runner that reads each file once, however often it is asked."""

    run: Run
    read: dict[Path, bytes | Lost] = field(default_factory=dict)

    def __call__(self, reader: FileReader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        new = [file for file in files if file.path not in self.read]
        if new:
            self.read |= {file.path: result for file, result in zip(new, self.run(reader, new), strict=True)}
        return iter([self.read[file.path] for file in files])


def _checked(by: Scheme, files: Sequence[Path], run: Run, names: Names) -> Iterator[_Checked]:
    """The files in their order, each checked without any other of its unit: a later try is not a second submission."""
    once = _Once(run)
    books = [path for path in files if path.suffix.lower() not in TABLES]
    seen: dict[str, _Checked] = {}
    left = books
    while left:
        taken = pipeline.check(by.tree, left, by.units, once, names=names)
        several: dict[str, list[str]] = {}
        for one in taken.received:
            several.setdefault(one.unit.code, []).append(one.place.path)
        later = {path for paths in several.values() for path in dict.fromkeys(paths[1:]) if path != paths[0]}
        if later:
            first = [path for path in left if names(path) not in later]
            taken = pipeline.check(by.tree, first, by.units, once, names=names)
        else:
            first = left
        seen |= {one.shown: one for one in _of_check(by, first, taken, names)}
        left = [path for path in left if names(path) in later]
    for path in files:
        shown = names(path)
        yield seen[shown] if shown in seen else _a_table(path, shown)


def _by_saving(checked: Sequence[_Checked], saved: Mapping[Path, str]) -> list[_Checked]:
    """The same with several of one unit in the order of their saving, each in the place of another of them."""
    places: dict[str, list[int]] = {}
    for at, one in enumerate(checked):
        if one.unit is not None:
            places.setdefault(one.unit.code, []).append(at)
    ordered = list(checked)
    for several in places.values():
        by_saving = sorted((checked[at] for at in several), key=lambda one: saved[one.path])
        for at, one in zip(several, by_saving, strict=True):
            ordered[at] = replace(one, is_last=one is by_saving[-1])
    return ordered


def _of_check(by: Scheme, files: Sequence[Path], taken: Intake, names: Names) -> Iterator[_Checked]:
    usable = {one.path: one for one in taken.submissions if one.own_file}
    versions = {one.place.path: one for one in reversed(taken.received)}
    tables = {one.place.path for one in taken.received} - set(usable)
    sent = tuple(one.unit for one in usable.values())
    lines = {line.unit.code: line for line in pipeline.register_of(by.tree, taken, sent, ()).lines}
    fingerprints = dict(taken.inputs)
    of_file: dict[str, list[Problem]] = {}
    of_unit: dict[str, list[Problem]] = {}
    for problem in taken.problems:
        if problem.code in _OF_ALL:
            continue
        if isinstance(problem.place, CellPlace):
            of_file.setdefault(problem.place.path, []).append(problem)
        elif isinstance(problem.place, NodePlace):
            of_unit.setdefault(problem.place.unit, []).append(problem)
    for path in files:
        shown = names(path)
        answers = usable.get(shown)
        problems = of_file.get(shown, [])
        if answers is not None:
            problems = [*problems, *of_unit.get(answers.unit.code, [])]
        elif shown in tables and not any(map(is_error, problems)):
            problems = [*problems, Problem(Code.R225, CellPlace(shown), {"found": _A_TABLE})]
        version = versions.get(shown)
        one = _Checked(path, shown, answers, None, fingerprints.get(shown, ""), tuple(problems))
        if answers is not None and (line := lines.get(answers.unit.code)) is not None:
            one = replace(one, blanks=len(line.blanks), lacking=pipeline.material_lacking(line))
        if version is not None:
            one = replace(one, unit=version.unit, edition=version.edition, year=version.year)
        yield one


def _a_table(path: Path, shown: str) -> _Checked:
    return _Checked(path, shown, None, None, "", (Problem(Code.R225, CellPlace(shown), {"found": _A_TABLE}),))


# ------------------------------------------------------------ keeping


@dataclass(frozen=True)
class _Standing:
    """How the round and some of its units stand. ``tries``: all of each, the first one first, those just made too.

    ``leaves``: the last one of each unit that has had any.
    """

    round: Round
    tries: Mapping[int, list[Submission]]
    leaves: Mapping[int, Leave]

    @classmethod
    def of(cls, round_: Round, units: Collection[Unit]) -> Self:
        """As it is now. Within a transaction that holds the round nobody changes it."""
        tries: dict[int, list[Submission]] = {unit.pk: [] for unit in units}
        for one in Submission.objects.filter(unit__in=units).select_related("unit", "file").order_by("n"):
            tries[one.unit_id].append(one)
        return cls(Round.objects.get(pk=round_.pk), tries, last_leaves(units))

    def last(self, unit: Unit) -> Submission | None:
        """The version in force: the last one that was not withdrawn."""
        alive = (one for one in reversed(self.tries[unit.pk]) if one.state != SubmissionState.WITHDRAWN)
        return next(alive, None)

    def had(self, unit: Unit, one: _Checked, desk: "_Desk") -> Submission | None:
        """The newest try with this content, if it is not to be received.

        Where what came before is received again, it is to be, unless it counts now or this call has taken it before.
        """
        same = (it for it in reversed(self.tries[unit.pk]) if it.file.sha256 == one.sha256)
        had = next(same, None)
        is_done = (
            had is None or not desk.orders.is_again or self.counts(had) or desk.has_taken(one, self.tries[unit.pk])
        )
        return had if is_done else None

    def counts(self, one: Submission) -> bool:
        """Is it in force, and nothing else awaited?"""
        return self.last(one.unit) is one and one.state not in _SENDABLE

    def said_of(self, had: Submission, place: CellPlace, folder: str) -> Problem:
        """That the round has a file already, as which try, and what counts now."""
        last = self.last(had.unit)
        if self.counts(had):
            return Problem(Code.R223, place, {"n": had.n, "found": told(had.received_at)})
        if last is had:
            return Problem(Code.R226, place, {"n": had.n, "folder": folder})
        found = _NOTHING_IN_FORCE if last is None else _IN_FORCE(n=last.n)
        return Problem(Code.R290, place, {"n": had.n, "found": found, "folder": folder})

    def leave(self, unit: Unit, desk: "_Desk") -> Leave | None:
        """The leave by which a unit may send now; None: it has none."""
        leave = self.leaves.get(unit.pk)
        # Several files of one call are one answer: the first of them does not end the leave for the others.
        before = [it for it in self.tries[unit.pk] if (unit.pk, it.n) not in desk.made]
        return leave if leave is not None and lasts(leave, before, desk.now) else None

    def is_late(self, unit: Unit, desk: "_Desk") -> bool:
        """After the deadline, but for an answer to a return within the time that was given with it."""
        if is_open(self.round, desk.now):
            return False
        leave = self.leave(unit, desk)
        return leave is None or not leave.for_answer

    def refusal(self, unit: Unit, one: _Checked, desk: "_Desk") -> Problem | None:
        """Why a unit may not send now; None if it may."""
        now = desk.now
        state = name_of(RoundState(self.round.state))
        if self.leave(unit, desk) is not None:
            return None
        folder = display_path(desk.data.folder)
        figures: dict[str, object] = {"unit": unit.code, "name": unit.name, "found": state, "folder": folder}
        last = self.last(unit)
        if last is not None and last.state == SubmissionState.ACCEPTED:
            return Problem(Code.R222, CellPlace(one.shown), {**figures, "n": last.n})
        if not is_open(self.round, now):
            until = self.round.submit_by
            is_over = until is not None and until < now  # else it was closed before that hour
            expected = told(until) if is_over and until is not None else name_of(RoundState.CLOSED)
            return Problem(Code.R221, CellPlace(one.shown), {**figures, "expected": expected})
        return None


@dataclass(frozen=True)
class _Desk:
    """What all files of one call share."""

    data: Data
    by: Scheme
    seat: Seat
    now: datetime
    units: Mapping[str, Unit]
    orders: Orders
    saved: Mapping[Path, str]
    made: dict[tuple[int, int], _Checked] = field(default_factory=dict)  # by row of the unit, number of the try

    def unit_of(self, one: _Checked) -> Unit | None:
        """Whose it is; None where it cannot be used."""
        return None if one.answers is None else self.units[one.answers.unit.code]

    def taken(self, round_: Round, some: Sequence[_Checked]) -> list[Outcome]:
        """Several files, all in one transaction. Their bytes are on the disk before it begins."""
        units = {unit.pk: unit for unit in map(self.unit_of, some) if unit is not None}.values()
        before = _Standing.of(round_, units)
        contents = [self._content(before, one) for one in some]
        with transaction.atomic():
            hold_for(Deed.RECEIVE, round_, self.seat)
            standing = _Standing.of(round_, units)
            batch = _Batch(self, standing)
            outcomes = [batch.outcome(one, content) for one, content in zip(some, contents, strict=True)]
            batch.add_rows()
        return outcomes

    def _content(self, standing: _Standing, one: _Checked) -> Written | Problem | None:
        """The bytes that were checked, on the disk; why they are not to be had any more; None where none are wanted."""
        unit = self.unit_of(one)
        if unit is None:
            return None
        if not self.orders.is_again and standing.had(unit, one, self):  # else another of this call may have come before
            return None
        if self.stranger(unit, one) or standing.refusal(unit, one, self):
            return None
        place = CellPlace(one.shown)
        try:
            content = read_whole(one.path, MOST_BYTES)
        except OSError as error:
            return Problem(Code.S101, place, {"found": reason_of(error)})
        except (NoFileError, TooLargeError):
            return Problem(Code.R224, place, {"found": _CHANGED})
        if sha256_of(content) != one.sha256:
            return Problem(Code.R224, place, {"found": _CHANGED})
        return write(self.data, content, one.path.name, FileKind.SUBMISSION)

    def has_taken(self, one: _Checked, tries: Sequence[Submission]) -> bool:
        """Has this call taken the file, or one of its unit that comes after it, before it was broken off?"""
        since, mine = self.orders.since, self.saved[one.path]
        former = [it for it in tries if since and it.received_at >= since and (it.unit_id, it.n) not in self.made]
        return any(mine <= saved_of(self.data.store.path(it.file.sha256)) for it in former)

    def stranger(self, unit: Unit, one: _Checked) -> Problem | None:
        """R291 for a workbook of another year, unless the office takes it by an exception."""
        if self.orders.exception:
            return None
        of = self.by.tree
        if not is_of_another_year(one.edition, one.year, of, one.unit):
            return None
        mine = str((one.unit.year if one.unit is not None else None) or of.year)
        figures = {
            "unit": unit.code,
            "name": unit.name,
            "expected": _OF_YEAR(edition=of.edition, year=mine),
            "found": _OF_YEAR(edition=one.edition, year=one.year),
            "folder": display_path(self.data.folder),
        }
        return Problem(Code.R291, CellPlace(one.shown), figures)

    def called_otherwise(self, unit: Unit, one: _Checked) -> Problem | None:
        """R294 for a file called by the name of another unit than it says itself."""
        name = one.path.stem
        if unit.name in name:
            return None
        other = max((it for it in self.units.values() if it.name in name), key=lambda it: len(it.name), default=None)
        if other is None:
            return None
        figures = {"unit": unit.code, "name": unit.name, "found": f"{other.code} {other.name}", "file": one.shown}
        return Problem(Code.R294, CellPlace(one.shown), figures)

    def doubt(self, unit: Unit, one: _Checked, last: Submission | None) -> Problem | None:
        """That what counts now need not be the latest: R292 of several, R293 where ``last`` was saved later."""
        figures: dict[str, object] = {"unit": unit.code, "name": unit.name, "folder": display_path(self.data.folder)}
        place, mine = CellPlace(one.shown), self.saved[one.path]
        together = [it for (of, _), it in self.made.items() if of == unit.pk]
        if len(together) > 1:
            times = [self.saved[it.path] for it in together]
            if saved_last(times) == (len(times) - 1,):
                return None
            files = tuple(saved_words(it.shown, time) for it, time in zip(together, times, strict=True))
            return Problem(Code.R292, place, {**figures, "files": files, "file": one.shown})
        if last is None or self.orders.is_again:  # then it is what the office wants
            return None
        earlier = saved_of(self.data.store.path(last.file.sha256))
        if not "" < mine < earlier:
            return None
        files = (saved_words(one.shown, mine), saved_words(last.name, earlier))
        return Problem(Code.R293, place, {**figures, "files": files, "n": last.n})


@dataclass
class _Batch:
    """The rows that one transaction adds; events at once, since each is hashed into the next."""

    desk: _Desk
    standing: _Standing
    end: Head = field(default_factory=head)
    written: list[Written] = field(default_factory=list)
    rows: list[tuple[Submission, str, str]] = field(default_factory=list)  # with the sha256 of workbook and page

    def outcome(self, one: _Checked, content: Written | Problem | None) -> Outcome:
        """What becomes of one file, now that nobody else writes."""
        unit = self.desk.unit_of(one)
        if unit is None:
            return self._refused(one, one.problems)
        desk, standing = self.desk, self.standing
        if (stranger := why_not(Deed.RECEIVE, standing.round, desk.seat, unit)) is not None:
            return self._refused(one, (replace(stranger, place=CellPlace(one.shown)),))
        if not desk.by.is_of(standing.round):  # it was checked by what counts no more
            return self._refused(one, (Problem(Code.R224, CellPlace(one.shown), {"found": _AMENDED}),))
        if (had := standing.had(unit, one, desk)) is not None:
            said = standing.said_of(had, CellPlace(one.shown), display_path(desk.data.folder))
            return Outcome(one.shown, Fate.SAME, had, one.unit, (said,))
        if (of_another := desk.stranger(unit, one)) is not None:  # so nobody is asked to make sure of its figures
            return self._refused(one, (*(it for it in one.problems if it.code is not Code.S143), of_another))
        if (refusal := standing.refusal(unit, one, desk)) is not None:
            return self._refused(one, (*one.problems, refusal))
        if isinstance(content, Problem):
            return self._refused(one, (content,))
        if content is None:  # a moment ago it was the same, or not wanted; somebody changed that meanwhile
            return self._refused(one, (Problem(Code.R224, CellPlace(one.shown), {"found": _MOVED}),))
        last = standing.last(unit)
        tries = standing.tries[unit.pk]
        n = tries[-1].n + 1 if tries else 1
        desk.made[unit.pk, n] = one
        doubt = desk.doubt(unit, one, last) if one.is_last else None
        empty = Problem(Code.R216, CellPlace(one.shown)) if one.is_empty else None
        shown = tuple(filter(None, (doubt, desk.called_otherwise(unit, one), empty)))
        row = self._kept(unit, one, content, n, shown)
        return Outcome(one.shown, Fate.RECEIVED, row, one.unit, (*one.problems, *shown), last)

    def add_rows(self) -> None:
        """Files first, then what names them."""
        files = rows_of(self.written, self.desk.now, self.desk.seat)
        for row, workbook, page in self.rows:
            row.file, row.page = files[workbook], files[page]
        Submission.objects.bulk_create([row for row, _, _ in self.rows])

    def _refused(self, one: _Checked, problems: Iterable[Problem]) -> Outcome:
        """Nothing is kept; that it came is remembered, where it could be read at all."""
        told_of = tuple(problems)
        if one.sha256 and not self._is_on_record(one):
            codes = sorted({problem.code.value for problem in told_of if is_error(problem)})
            after = {"name": printable(one.path.name), "sha256": one.sha256, "codes": codes}
            after |= {"unit": one.unit.code} if one.unit is not None else {}
            self._record("refuse", self.standing.round, after)
        return Outcome(one.shown, Fate.REFUSED, None, one.unit, told_of)

    def _is_on_record(self, one: _Checked) -> bool:
        """Was it refused since this call was first begun?"""
        since = self.desk.orders.since
        refused = Event.objects.filter(act="refuse", body__contains=f'"sha256":"{one.sha256}"')
        return since is not None and refused.filter(at__gte=since).exists()

    def _kept(self, unit: Unit, one: _Checked, content: Written, n: int, shown: Sequence[Problem]) -> Submission:
        """The row, its receipt and its page. ``shown``: problems that receiving it showed."""
        assert one.answers is not None
        desk, round_, tries = self.desk, self.standing.round, self.standing.tries[unit.pk]
        errors, warnings = (_count((*one.problems, *shown), of) for of in (Severity.ERROR, Severity.WARNING))
        row = Submission(
            round=round_,
            unit=unit,
            n=n,
            name=printable(one.path.name),
            engine=__version__,
            problems=_record(one, shown),
            blanks=one.blanks,
            errors=errors,
            warnings=warnings,
            received_at=desk.now,
            late=self.standing.is_late(unit, desk),
            by=desk.seat,
        )
        facts = facts_of(row, content.sha256, self.end)
        row.receipt = sign_receipt(desk.data.folder / KEY, facts)
        figures = _figures(desk.by, one.answers)
        page = confirmation_page(Reader(Language.ZH), desk.by.tree.title, facts, figures, row.receipt)
        of_page = write(desk.data, page.encode(), f"{unit.code}-{row.n}.html", FileKind.PAGE)
        self.written += (content, of_page)
        self.rows.append((row, content.sha256, of_page.sha256))
        row.file, row.page = File(sha256=content.sha256), File(sha256=of_page.sha256)  # their rows come last
        tries.append(row)
        after: Mapping[str, object] = {
            "sha256": content.sha256,
            "name": row.name,
            "receipt": sha256_of(row.receipt.encode()),
            "page": of_page.sha256,
            "late": row.late,
            "engine": __version__,
        }
        is_excepted = is_of_another_year(one.edition, one.year, desk.by.tree, one.unit)
        self._record("receive", row, after, [row], desk.orders.exception if is_excepted else "")
        return row

    def _record(
        self,
        act: str,
        thing: Round | Submission,
        after: Mapping[str, object],
        rows: Sequence[Submission] = (),
        reason: str = "",
    ) -> None:
        event = record(act, thing, self.desk.seat, self.desk.now, after=after, reason=reason, rows=rows)
        self.end = Head(event.seq, event.hash)


def _record(one: _Checked, shown: Sequence[Problem]) -> object:
    """The problems, to be said in either language, at the file's own name whatever else came with it.

    After them what receiving it showed, in words that name no folder of this machine, and what is lacking for
    reviewers, so that a list of units can tell who is to be accepted (``stand_of``).
    """
    own = Names({printable(one.path.name): one.shown})
    problems, lacking = (kept_problems(own.as_given(some)) for some in (one.problems, one.lacking))
    return [*problems, *map(kept_problem, own.as_given(shown)), *lacking]


def _count(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(problem.count for problem in problems if problem.severity is severity)


def _figures(by: Scheme, answers: Answers) -> Iterator[Figure]:
    """What was asked of the unit, and what else it filled in."""
    printed = printed_of(answers.answers)
    for question, is_asked in by.asked_of(answers.unit.type):
        answer = printed.get(question.key)
        if answer or (is_asked and answer is not None):
            about = question.indicator
            yield Figure(about.code, about.title, question.field.name, answer)

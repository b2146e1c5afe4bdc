"""What units send: each file read and checked as `check` does, kept as it came, one row and one signed receipt a try.

Whose a workbook is, it says itself. Of several of one unit the one saved last counts, as with ``--latest``; what the
round has already is not received anew, and what is of another year not as if it were of this. What is recorded of a
try is what `check` says of that file alone, and what receiving it showed (an empty form, doubt which file of its unit
counts): doubts that come of comparing units (figures that agree, figures far from the rest) belong to the whole round,
and to the office.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from lawgov_score import __version__, pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code, Severity, entry_of
from lawgov_score.input_names import Names
from lawgov_score.model import Submission as Answers
from lawgov_score.model import Unit as Assessed
from lawgov_score.model import printed_of
from lawgov_score.pages.confirmation import Figure, confirmation_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import CellPlace, Problem, display_path, is_error, printable
from lawgov_score.processes import resting_collector
from lawgov_score.rounds.allowed import hold_for, must_be, unit_not
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.events import Recorder
from lawgov_score.rounds.kept import Written, rows_of, write
from lawgov_score.rounds.models import Event, File, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import Deed, FileKind, SubmissionState
from lawgov_score.rounds.receipt_facts import facts_of
from lawgov_score.rounds.receipts import sign_receipt
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.sendable import Call, Orders, Standing
from lawgov_score.rounds.sent_checked import Checked, by_saving, checked, unread
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.two_languages import kept_problem, kept_problems, kept_text
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.package.guard import MOST_BYTES
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission.editions import is_of_another_year
from lawgov_score.workbook.submission.input_files import files_of
from lawgov_score.workbook.submission.reader import Run

_AT_ONCE = 200  # files that are read and checked together, before their receipts
_TOGETHER = 25  # of these, in one transaction: so long everybody else waits
_CHANGED = Words("读的时候又变了", "it changed while it was read")
_MOVED = Words("收件时该单位的状态变了", "what its unit had sent was moved meanwhile")
_AMENDED = Words("收件时指标体系或名单改了", "tree or roster were amended meanwhile")


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
    place = {path: at for at, path in enumerate(files)}
    saved = {path: saved_of(path) for path in files}
    files.sort(key=lambda path: saved[path])
    call = Call(data, by, seat, now, {unit.code: unit for unit in round_.units.all()}, orders, saved)
    if passed:
        for one in _taken(call, round_, _passed(paths, passed, names)):
            yield Outcome(names.given(one.path), one.fate, problems=tuple(names.as_given(one.problems)))
    for at in range(0, len(files), _AT_ONCE):
        some = sorted(files[at : at + _AT_ONCE], key=lambda path: place[path])
        read = by_saving(list(checked(by, some, run, names)), saved)
        for group in (read[i : i + _TOGETHER] for i in range(0, len(read), _TOGETHER)):
            with resting_collector():
                outcomes = _taken(call, round_, group)
            for one in outcomes:
                given = tuple(names.as_given(one.problems))
                yield Outcome(names.given(one.path), one.fate, one.submission, one.unit, given, one.instead_of)


def accept(submission: Submission, version: int, seat: Seat, now: datetime) -> None:
    """受理. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.ACCEPTED, version, seat, "", now)


def withdraw(submission: Submission, version: int, seat: Seat, why: str, now: datetime) -> None:
    """撤回, by the unit itself, until it is accepted. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.WITHDRAWN, version, seat, why, now)


def _passed(paths: Sequence[Path], passed: Iterable[Problem], names: Names) -> list[Checked]:
    """What is not even opened. A file that was given itself came in all the same; what lies beside it in a folder did
    not, nor what is not there."""
    given = {names(path): path for path in paths if path.is_file()}
    found = []
    for problem in passed:
        assert isinstance(problem.place, CellPlace)
        shown = problem.place.path
        path = given.get(shown)
        found.append(Checked(Path(shown), shown, None, None, "", (problem,)) if path is None else unread(path, problem))
    return found


def _taken(call: Call, round_: Round, some: Sequence[Checked]) -> list[Outcome]:
    """Several files, all in one transaction. Their bytes are on the disk before it begins."""
    units = {unit.pk: unit for unit in map(call.unit_of, some) if unit is not None}.values()
    before = Standing.of(round_, units)
    contents = [_content(call, before, one) for one in some]
    with transaction.atomic():
        hold_for(Deed.RECEIVE, round_, call.seat)
        standing = Standing.of(round_, units)
        batch = _Batch(call, standing)
        outcomes = [batch.outcome(one, content) for one, content in zip(some, contents, strict=True)]
        batch.add_rows()
    return outcomes


def _content(call: Call, standing: Standing, one: Checked) -> Written | Problem | None:
    """The bytes that were checked, on the disk; why they are not to be had any more; None where none are wanted."""
    unit = call.unit_of(one)
    if unit is None:
        return None
    if not call.orders.is_again and standing.had(unit, one, call):  # else another of this call may have come before
        return None
    if call.stranger(unit, one) or standing.refusal(unit, one, call):
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
    return write(call.data, content, one.path.name, FileKind.SUBMISSION)


@dataclass
class _Batch:
    """The rows that one transaction adds, all together at its end: a row at a time would cost as much as reading."""

    call: Call
    standing: Standing
    recorder: Recorder = field(default_factory=Recorder)
    refused: set[tuple[str, str]] = field(default_factory=set)  # by name and sha256, of these alone
    written: list[Written] = field(default_factory=list)
    rows: list[tuple[Submission, str, str]] = field(default_factory=list)  # with the sha256 of workbook and page

    def outcome(self, one: Checked, content: Written | Problem | None) -> Outcome:
        """What becomes of one file, now that nobody else writes."""
        unit = self.call.unit_of(one)
        if unit is None:
            return self._refused(one, one.problems)
        call, standing = self.call, self.standing
        if (stranger := unit_not(Deed.RECEIVE, standing.round, call.seat, unit)) is not None:
            return self._refused(one, (replace(stranger, place=CellPlace(one.shown)),))
        if not call.by.is_of(standing.round):  # it was checked by what counts no more
            return self._refused(one, (Problem(Code.R224, CellPlace(one.shown), {"found": _AMENDED}),))
        if (had := standing.had(unit, one, call)) is not None:
            said = standing.said_of(had, CellPlace(one.shown), display_path(call.data.folder))
            return Outcome(one.shown, Fate.SAME, had, one.unit, (said,))
        if (of_another := call.stranger(unit, one)) is not None:  # so nobody is asked to make sure of its figures
            return self._refused(one, (*(it for it in one.problems if it.code is not Code.S143), of_another))
        if (refusal := standing.refusal(unit, one, call)) is not None:
            return self._refused(one, (*one.problems, refusal))
        if isinstance(content, Problem):
            return self._refused(one, (content,))
        if content is None:  # a moment ago it was the same, or not wanted; somebody changed that meanwhile
            return self._refused(one, (Problem(Code.R224, CellPlace(one.shown), {"found": _MOVED}),))
        last = standing.last(unit)
        tries = standing.tries[unit.pk]
        n = tries[-1].n + 1 if tries else 1
        call.made[unit.pk, n] = one
        doubt = call.doubt(unit, one, last) if one.is_last else None
        empty = Problem(Code.R216, CellPlace(one.shown)) if one.is_empty else None
        called = call.called_otherwise(unit, one)
        if called is not None:  # which says more than what `check` says of the name
            one = replace(one, problems=tuple(it for it in one.problems if it.code is not Code.S130))
        shown = tuple(filter(None, (doubt, called, empty)))
        row = self._kept(unit, one, content, n, shown)
        return Outcome(one.shown, Fate.RECEIVED, row, one.unit, (*one.problems, *shown), last)

    def add_rows(self) -> None:
        """Files first, then what names them, then what tells of it."""
        files = rows_of(self.written, self.call.now, self.call.seat)
        for row, workbook, page in self.rows:
            row.file, row.page = files[workbook], files[page]
        Submission.objects.bulk_create([row for row, _, _ in self.rows])
        self.recorder.write()

    def _refused(self, one: Checked, problems: Iterable[Problem]) -> Outcome:
        """Nothing is kept; that it came is remembered, where it could be read at all."""
        told_of = tuple(problems)
        if one.sha256 and not self._is_on_record(one):
            grave = tuple(filter(is_error, told_of)) or told_of
            titles = {it.code.value: kept_text(Phrase(entry_of(it.code).title, it.values)) for it in reversed(grave)}
            after: dict[str, object] = {"name": printable(one.path.name), "sha256": one.sha256}
            after |= {"codes": sorted(titles), "titles": titles}
            after |= {"unit": one.unit.code} if one.unit is not None else {}
            self.recorder.record("refuse", self.standing.round, self.call.seat, self.call.now, after=after)
            self.refused.add((printable(one.path.name), one.sha256))
        return Outcome(one.shown, Fate.REFUSED, None, one.unit, told_of)

    def _is_on_record(self, one: Checked) -> bool:
        """Was it refused since this call was first begun?"""
        since = self.call.orders.since
        if since is None:
            return False
        name = printable(one.path.name)
        said = f'"name":{json.dumps(name, ensure_ascii=False)},"sha256":"{one.sha256}"'  # neighbours in a body
        refused = Event.objects.filter(act="refuse", body__contains=said)
        return (name, one.sha256) in self.refused or refused.filter(at__gte=since).exists()

    def _kept(self, unit: Unit, one: Checked, content: Written, n: int, shown: Sequence[Problem]) -> Submission:
        """The row, its receipt and its page. ``shown``: problems that receiving it showed."""
        assert one.answers is not None
        call, round_, tries = self.call, self.standing.round, self.standing.tries[unit.pk]
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
            received_at=call.now,
            late=self.standing.is_late(unit, call),
            by=call.seat,
        )
        facts = facts_of(row, content.sha256, self.recorder.end)
        row.receipt = sign_receipt(call.data.folder / KEY, facts)
        figures = _figures(call.by, one.answers)
        page = confirmation_page(Reader(Language.ZH), call.by.tree.title, facts, figures, row.receipt)
        of_page = write(call.data, page.encode(), f"{unit.code}-{row.n}.html", FileKind.PAGE)
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
        is_excepted = is_of_another_year(one.edition, one.year, call.by.tree, one.unit)
        reason = call.orders.exception if is_excepted else ""
        self.recorder.record("receive", row, call.seat, call.now, after=after, reason=reason, rows=[row])
        return row


def _record(one: Checked, shown: Sequence[Problem]) -> object:
    """The problems, to be said in either language, at the file's own name whatever else came with it.

    After them what receiving it showed, in words that name no folder of this machine, and what is lacking for
    reviewers, so that a list of units can tell who is to be accepted.
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

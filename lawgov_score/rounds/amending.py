"""Amending a round: another tree, or another roster, with what that means for units and for what they sent.

What a workbook's answers still mean, its own stamp says: the engine reads it under the amended tree as it reads one of
another edition. So nothing is carried over by hand, and what does not mean the same is sent anew.

Publications are not touched: each has the tree and the roster of its own run, by sha256.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.model import Roster, Tree
from lawgov_score.model.lists import Cohort, UnitType
from lawgov_score.model.notice import NO_NOTICE
from lawgov_score.pipeline.plain_folder import NOTICE, OFFICE, RECEIVED, ROSTER, TREE, WEIGHTS, computed, write_plain
from lawgov_score.problems import CellPlace, Problem, RefusedError, TextPlace, display_path, is_error
from lawgov_score.revision import Revision
from lawgov_score.rounds.allowed import closed, hold_for, must_be
from lawgov_score.rounds.counted import not_counting, standing
from lawgov_score.rounds.creation import CHANGED, read_given, read_given_file, unreadable
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.decisions_book import decisions_book
from lawgov_score.rounds.entering import new_book, record_book
from lawgov_score.rounds.events import record
from lawgov_score.rounds.folder import DECISIONS, books_in_force, plain_folder, received
from lawgov_score.rounds.holidays import deadline_of
from lawgov_score.rounds.kept import keep, keep_folder
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Event, Notice, Objection, OfficeBook, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import OVER, Deed, FileKind, RoundState, SubmissionState, name_of
from lawgov_score.rounds.notices import keep_told
from lawgov_score.rounds.returning import WORKING_DAYS
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.rounds.status import LEFT, SEND_ANEW
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.submission.reader import Run

_UNREADABLE = Words("不能再按修改后的体系读出", "can no longer be read by the amended tree")


class UnitChange(StrEnum):
    """What becomes of a unit."""

    ADDED = "added"
    BACK = "back"  # it had ended, and is there again
    ENDED = "ended"
    RENAMED = "renamed"
    MOVED = "moved"  # to another cohort
    TYPE = "type"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """One change of one unit; ``old``, ``new``: name, cohort, type or year. ``sent``: its version in force, if any.

    ``named``: what the tree calls cohort or type, before and after. ``asked``, ``unasked``: indicators that it is
    assessed by from now on, or no more. ``stranger``: its type, where the tree has that in another cohort.
    """

    change: UnitChange
    code: str
    name: str
    old: str = ""
    new: str = ""
    sent: Submission | None = None
    named: tuple[str, str] = ("", "")
    asked: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    stranger: str = ""


@dataclass(frozen=True, slots=True)
class Anew:
    """A submission of which something has to be sent anew, and what: questions by name, as `check` tells them."""

    submission: Submission
    told: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amendment would mean, as the round stands. ``kept``: submissions of which every answer still counts.

    ``anew``: what it asks anew; ``lacking``: all that lack something afterwards, by amendments before it too.

    ``revision``: None where the tree stays. ``roster_file``: as the round reads it, and as it was given
    with its name. ``published``: the number of the last publication, which stays as it is.
    """

    round: Round
    version: int
    tree: Tree
    roster: Roster
    tree_files: Mapping[str, bytes] | None
    roster_file: tuple[bytes, str, bytes] | None
    notice_file: bytes | None
    revision: Revision | None
    units: tuple[ChangedUnit, ...]
    anew: tuple[Anew, ...]
    lacking: tuple[Submission, ...]
    kept: int
    published: int | None
    book: tuple[OfficeBook, bytes] | None  # decisions on objections: the workbook in force, and as it would be
    uncounted: tuple[Problem, ...]  # decisions in force that would not count (R241)
    objections: tuple[Objection, ...]  # not decided, of units that end
    seen: frozenset[int]  # rows of the versions in force
    old_tree: str  # where the tree in use was read: what places in ``revision`` begin with

    @property
    def is_nothing(self) -> bool:
        """Do tree, roster and notice mean the same as before, byte for byte?"""
        return self.tree_files is None and self.roster_file is None and self.notice_file is None


def look(
    data: Data, round_: Round, tree: Path | None, roster: Path | None, run: Run, notice: Path | None = None
) -> tuple[Amendment | None, tuple[Problem, ...]]:
    """What an amendment would mean (None: what was given has errors), and the problems of it. Nothing is changed.

    ``run`` reads the workbooks. What was given is opened in bounded processes first, a roster there alone (R314).

    Raises ``RefusedError``: R205, R232 another scheme, R235 archived, T101 changed while
    it was read.
    """
    if (problem := closed(Deed.AMEND, round_)) is not None:
        raise RefusedError(problem)
    version = round_.version
    kept = plain_folder(data, round_)
    with temporary_folder("lawgov-amend-") as folder:
        with refusing(folder):
            write_plain(kept, folder)
        weights = folder / WEIGHTS if WEIGHTS in kept else None
        paths = (tree or folder / TREE, roster or folder / ROSTER)
        given = read_given(*paths)
        load_new = pipeline.load_tree if tree is None else pipeline.load_tree_apart
        compared = pipeline.compare_trees(folder / TREE, paths[0], (weights, weights), load_new)
        if compared.revision is None:
            return None, compared.problems
        old, new = compared.revision.old, compared.revision.new
        _refuse_another(round_, old, new, paths[0])
        if roster is None:
            units, problems = pipeline.load_roster(paths[1], new)
            table = given.roster
        else:
            units, problems, printed = pipeline.load_roster_apart(roster, new)
            table = printed or given.roster
        own, of_notice = _notice(notice)
        problems = (*problems, *of_notice)
        if not units or any(map(is_error, problems)):
            return None, problems
        if read_given(*paths) != given:
            raise unreadable(paths[0], CHANGED)
        before, _ = pipeline.load_roster(folder / ROSTER, old)
        sent = {folder / RECEIVED / name: one for name, one in received(round_).items()}
        staying = {unit.code for unit in units}
        mine = {path: one for path, one in sent.items() if one.unit.code in staying}
        then = _lacking(old, before or (), mine, run)
        now = _lacking(new, units, mine, run)
        anew = [
            Anew(mine[path], told)
            for path, (keys, told) in now.items()
            if keys - then.get(path, (frozenset[str](), ()))[0]
        ]
        names = {f"{TREE}/{name}": content for name, content in given.tree.items()}
        is_same_tree = names == {name: kept[name] for name in kept if name.startswith(f"{TREE}/")}
        is_same_roster = table == kept[ROSTER]
        gone = {f"{RECEIVED}/{path.name}" for path in sent.keys() - mine.keys()}
    book = _decisions(round_, Scheme(new, units, NO_NOTICE))
    stays = {name: one for name, one in kept.items() if name not in gone and not name.startswith(f"{TREE}/")}
    decided = {} if book is None else {f"{OFFICE}/{DECISIONS}": book[1]}
    uncounted: tuple[Problem, ...] = ()
    if standing(round_):
        done = computed({**stays, **names, ROSTER: table, **decided}, only_tables=True)
        uncounted = tuple(not_counting(round_, done))
    publication = round_.publications.order_by("-n").first()
    return (
        Amendment(
            round_,
            version,
            new,
            units,
            None if is_same_tree else given.tree,
            None if is_same_roster else (table, given.roster_name, given.roster),
            None if own is None or sha256_of(own) == _notice_of(round_) else own,
            None if is_same_tree else compared.revision,
            tuple(_of_units(round_, units, {one.unit.code: one for one in sent.values()}, (old, new))),
            tuple(anew),
            tuple(mine[path] for path in now),
            len(mine) - len(anew),
            publication.n if publication is not None else None,
            book,
            uncounted,
            tuple(
                one
                for one in round_.objections.exclude(state__in=OVER).select_related("unit")
                if one.unit.code not in staying
            ),
            frozenset(one.pk for one in sent.values()),
            display_path(folder / TREE),
        ),
        problems,
    )


def amend(data: Data, amendment: Amendment, why: str, seat: Seat, now: datetime) -> Event:
    """Makes an amendment: tree, roster, units and notice, its event, and a row of Notice for each unit to be told.

    To be told are those that have to send anew, and those that have left.

    A unit that could not send otherwise (the round is closed, its submission accepted) is granted the working days of
    a return. Raises ``RefusedError``: R212 where the round is not as it was looked at, R213, R233 without a reason,
    R235; ``CannotWriteError``.
    """
    round_ = amendment.round
    must_be(Deed.AMEND, round_, seat)
    place, state = place_of(round_), name_of(RoundState(round_.state))
    if not why.strip():
        raise RefusedError(Problem(Code.R233, place))
    files: dict[str, object] = {}
    if amendment.tree_files is not None:
        files["tree"] = keep_folder(data, amendment.tree_files, FileKind.TREE, now, seat, "tree")
        files["title"] = amendment.tree.title
    if amendment.roster_file is not None:
        table, name, content = amendment.roster_file
        keep(data, content, name, FileKind.ROSTER, now, seat)
        files["roster"] = keep(data, table, ROSTER, FileKind.ROSTER, now, seat)
    before = {"tree": round_.tree.sha256, "roster": round_.roster.sha256, "notice": _notice_of(round_)}
    if amendment.notice_file is not None:
        own = keep(data, amendment.notice_file, NOTICE, FileKind.NOTICE, now, seat)
        files["notice"] = own
        dates = (round_.notified_at, round_.objections_until)  # a move since would have raised the version
        files["notice_told"] = keep_told(data, own, *dates, now, seat)
    book = None
    if amendment.book is not None and sha256_of(amendment.book[1]) != amendment.book[0].file.sha256:
        book = keep(data, amendment.book[1], DECISIONS, FileKind.OFFICE, now, seat)
    with transaction.atomic():
        hold_for(Deed.AMEND, round_, seat)
        mine = Round.objects.filter(pk=round_.pk, version=amendment.version)
        in_force = {one.pk for one in received(round_).values()}
        is_seen = in_force == amendment.seen and _book_of(round_) == (amendment.book and amendment.book[0])
        if not is_seen or mine.update(version=amendment.version + 1, **files) != 1:
            raise RefusedError(Problem(Code.R212, place, {"found": state}))
        round_.refresh_from_db()
        _set_units(round_, amendment, now)
        after: dict[str, object] = {
            "tree": round_.tree.sha256,
            "roster": round_.roster.sha256,
            "notice": _notice_of(round_),
            "units": [{"unit": one.code, "change": one.change.value, "new": one.new} for one in amendment.units],
            "anew": [called(one.submission) for one in amendment.anew],
            "lacking": [called(one) for one in amendment.lacking],
        }
        due = {one.submission.pk: _due(round_, one.submission, now) for one in amendment.anew}
        notices = [
            Notice(
                round=round_,
                unit=one.submission.unit,
                about=called(one.submission),
                act=SEND_ANEW,
                due=due[one.submission.pk],
                made_at=now,
            )
            for one in amendment.anew
        ]
        gone = [one.code for one in amendment.units if one.change is UnitChange.ENDED]
        notices += [
            Notice(round=round_, unit=unit, about=called(unit), act=LEFT, made_at=now)
            for unit in round_.units.filter(code__in=gone)
        ]
        rows = list(round_.units.all())
        event = record(
            "amend", round_, seat, now, before=before, after=after, reason=why.strip(), rows=rows, notices=notices
        )
        if book is not None and amendment.book is not None:
            former = amendment.book[0]
            made = new_book(round_, DECISIONS, book, former, seat, now)
            record_book(made, former, seat, now, after={"amended": True})
        for one in amendment.anew:
            until = due[one.submission.pk]
            if _needs_leave(round_, one.submission, until):
                assert until is not None  # a leave has an end, which is reckoned where it is needed
                grant_leave(round_, one.submission.unit, until, why.strip(), seat, now, for_answer=True)
    return event


def _book_of(round_: Round) -> OfficeBook | None:
    """The workbook of decisions on objections that is in force."""
    return books_in_force(round_).get(DECISIONS)


def _decisions(round_: Round, scheme: Scheme) -> tuple[OfficeBook, bytes] | None:
    """That workbook, and as another tree or roster would have it; None: there is none."""
    book = _book_of(round_)
    return None if book is None else (book, decisions_book(round_, scheme))


def _notice(path: Path | None) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The notice that was given, and what is wrong with it. Raises ``RefusedError`` (T101)."""
    if path is None:
        return None, ()
    content = read_given_file(path)
    problems = pipeline.notice_problems_apart(path)
    if read_given_file(path) != content:
        raise RefusedError(Problem(Code.T101, TextPlace(display_path(path)), {"found": CHANGED}))
    return content, problems


def _notice_of(round_: Round) -> str | None:
    return None if round_.notice is None else round_.notice.sha256


def _refuse_another(round_: Round, old: Tree, new: Tree, path: Path) -> None:
    """Another scheme, or year, is another round: events and receipts call this one by both."""
    if (old.code, old.year) != (new.code, new.year):
        figures = {"expected": f"{old.code} {old.year}", "found": f"{new.code} {new.year}"}
        raise RefusedError(Problem(Code.R232, TextPlace(display_path(path)), {**figures, "name": round_.code}))


def _lacking(
    tree: Tree, roster: Roster, sent: Mapping[Path, Submission], run: Run
) -> dict[Path, tuple[frozenset[str], tuple[Text, ...]]]:
    """What each workbook does not answer under a tree since it was asked otherwise: keys of questions, and words."""
    if not sent:
        return {}
    shown = {display_path(path): path for path in sent}
    taken = pipeline.check(tree, list(sent), roster, run, names=Names())
    found: dict[Path, tuple[frozenset[str], tuple[Text, ...]]] = {}
    for problem in taken.problems:
        if problem.code is Code.S143 and isinstance(problem.place, CellPlace):
            changed, new, told = (_listed(problem.values[name]) for name in ("changed", "new", "told"))
            found[shown[problem.place.path]] = frozenset((*changed, *new)), told
    usable = {one.path for one in taken.submissions}
    for name, path in shown.items():
        if name not in usable:
            found[path] = frozenset({"*"}), (_UNREADABLE,)
    return {path: one for path, one in found.items() if one[0]}


def _listed(value: object) -> tuple[Any, ...]:
    assert isinstance(value, tuple)  # a list of a problem's figures
    return value


def _of_units(
    round_: Round, roster: Roster, sent: Mapping[str, Submission], trees: tuple[Tree, Tree]
) -> Iterator[ChangedUnit]:
    there = {unit.code: unit for unit in round_.units.all()}
    for one in roster:
        was = there.get(one.code)
        if was is None or was.ended_at is not None:
            yield ChangedUnit(UnitChange.ADDED if was is None else UnitChange.BACK, one.code, one.name, new=one.cohort)
            if was is None:
                continue
        for change, old, new in (
            (UnitChange.RENAMED, was.name, one.name),
            (UnitChange.MOVED, was.cohort, one.cohort),
            (UnitChange.TYPE, was.type, one.type),
            (UnitChange.YEAR, str(was.year or ""), str(one.year or "")),
        ):
            if old != new:
                changed = ChangedUnit(change, one.code, one.name, old, new, sent.get(one.code))
                yield _as_read(changed, trees, one.type)
    staying = {one.code for one in roster}
    for unit in there.values():
        if unit.ended_at is None and unit.code not in staying:
            yield ChangedUnit(UnitChange.ENDED, unit.code, unit.name, sent=sent.get(unit.code))


def _as_read(one: ChangedUnit, trees: tuple[Tree, Tree], of_type: str) -> ChangedUnit:
    """The same with what people read: names for the codes of a cohort or a type, and what changes with it."""
    if one.change is UnitChange.MOVED:
        named = (_name_in(trees[0].cohorts, one.old), _name_in(trees[1].cohorts, one.new))
        usual = {kind for cohort in trees[1].cohorts if cohort.code == one.new for kind in cohort.unit_types}
        stranger = _name_in(trees[1].unit_types, of_type) if usual and of_type not in usual else ""
        return replace(one, named=named, stranger=stranger)
    if one.change is UnitChange.TYPE:
        named = (_name_in(trees[0].unit_types, one.old), _name_in(trees[1].unit_types, one.new))
        was, now = (_assessed_by(tree, of) for tree, of in zip(trees, (one.old, one.new), strict=True))
        asked, unasked = (
            tuple(one[code] for code in one if code not in other) for one, other in ((now, was), (was, now))
        )
        return replace(one, named=named, asked=asked, unasked=unasked)
    return one


def _name_in(known: Iterable[UnitType | Cohort], code: str) -> str:
    return next((one.name for one in known if one.code == code), code)


def _assessed_by(tree: Tree, of_type: str) -> dict[str, str]:
    own = tree.of_type(of_type)
    return {one.code: f"{one.code} {one.title}" for one in own.indicators if tree.is_applicable(one, of_type)}


def _set_units(round_: Round, amendment: Amendment, now: datetime) -> None:
    """Rows of units as the roster has them: none is deleted, what is there no more has ended."""
    there = {unit.code: unit for unit in round_.units.all()}
    for place, one in enumerate(amendment.roster, start=1):
        columns = {
            "place": place,
            "name": one.name,
            "type": one.type,
            "cohort": one.cohort,
            "year": one.year,
            "ended_at": None,
        }
        if one.code in there:
            Unit.objects.filter(pk=there[one.code].pk).update(**columns)
        else:
            Unit.objects.create(round=round_, code=one.code, **columns)
    staying = {one.code for one in amendment.roster}
    ended = [unit.pk for unit in there.values() if unit.ended_at is None and unit.code not in staying]
    Unit.objects.filter(pk__in=ended).update(ended_at=now)


def _due(round_: Round, submission: Submission, now: datetime) -> datetime | None:
    """Until when to send anew: the round's own deadline while it is open, else the working days of a return."""
    if round_.state == RoundState.PREPARING:
        return None
    days = deadline_of(round_, now, WORKING_DAYS)
    if round_.state == RoundState.OPEN and submission.state != SubmissionState.ACCEPTED:
        return round_.submit_by if round_.submit_by is None else max(round_.submit_by, days)
    return days


def _needs_leave(round_: Round, submission: Submission, due: datetime | None) -> bool:
    if due is None:
        return False
    is_late = round_.state != RoundState.OPEN or (round_.submit_by is not None and due > round_.submit_by)
    return is_late or submission.state == SubmissionState.ACCEPTED

"""退回: marked copies of the versions in force, and the move that says so: with a reason, and a day to send back by.

What goes back without being named is exactly what is not accepted without being named: what the register does not call
可受理. Until its unit has sent anew the office may take a return back.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.content.intake_register import Line, State
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import CellPlace, Problem, RefusedError
from lawgov_score.report import render
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.clock import ZONE, told, told_day
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.holidays import deadline_of
from lawgov_score.rounds.in_force import InForce, in_force
from lawgov_score.rounds.leaves import end_leave, grant_leave, leave_of
from lawgov_score.rounds.models import Notice, Round, Seat, Submission
from lawgov_score.rounds.names import RoundState, SubmissionState, name_of
from lawgov_score.rounds.states import check_in_force, move, right_of, step_of
from lawgov_score.rounds.status import UnitStatus, doubted_of, is_fine, states_of, versions_in_force
from lawgov_score.rounds.things import called, place_named, place_of, place_of_option
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.returned.times import Times
from lawgov_score.workbook.submission.reader import Run

WORKING_DAYS = 3  # to send back, where no day is named
_WHY = Words("核对发现{parts:list}", "found by the check: {parts:list}")
_PARTS = (
    Words("错误 {n} 个", "{n} errors"),
    Words("警告 {n} 个", "{n} warnings"),
    Words("未填 {n} 项", "{n} blanks"),
    Words("缺评审材料 {n} 项", "{n} lacking material"),
)
RETURN_ACT = f"{SubmissionState.RECEIVED.value}>{SubmissionState.RETURNED.value}"  # act of a notice
_LACKS = Words("缺评审材料", "lacking material")
_ASKED_ANEW = Words("修改后要补报的项目", "items that an amendment asks anew")
_WHY_NOTHING = Words("请按标注核对", "please check what is marked")
_WHY_DOUBTED = Words("请确认以哪一份填报表为准", "please confirm which workbook counts")
_NO_UNIT = Words("本轮没有这个单位", "the round has no such unit")
_NOW_IS = Words("现为“{found}”", "it is “{found}”")


def is_counted(why: str) -> bool:
    """Is a reason for a return what was counted, since nobody wrote one?"""
    return why.startswith(_WHY.zh.partition("{")[0])


@dataclass(frozen=True, slots=True)
class Returned:
    """One submission that goes back, its marked copy, and why. ``is_moved``: it was not 退回 before."""

    submission: Submission
    copy: Path
    why: str
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Return:
    """What a return came to. ``clean``: codes of units of which nothing has to be mended, so that no copy was made.

    ``doubtful``: those whose units have to say first which file counts. ``problems``: of making copies (O114, O115,
    O126), and of submissions that somebody else moved meanwhile (R212).
    """

    returned: tuple[Returned, ...]
    clean: tuple[str, ...]
    due: datetime
    problems: tuple[Problem, ...]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """What came and is not accepted, in the order of units. ``lines``: of the register, by unit code.

    ``fine``: what nothing has to be mended in; ``doubtful``: so too, but that its unit has to say which file counts, so
    it is neither accepted nor returned without being named; ``faulty``: all else, returned already or not. Workbooks
    are read again for it, by what counts now; a list of units goes by what was recorded when they came, and
    by what an amendment asked anew since (``status_of``).
    """

    fine: tuple[Submission, ...]
    faulty: tuple[Submission, ...]
    lines: Mapping[str, Line]
    doubtful: tuple[Submission, ...] = ()

    def why(self, one: Submission) -> Text:
        """Why it goes back: what was counted in it."""
        if one in self.doubtful:
            return _WHY_DOUBTED
        line = self.lines[one.unit.code]
        return _why(_counted(line.errors, line.warnings, len(line.blanks), len(line.materials)))


def why_by_row(one: UnitStatus) -> Text:
    """The same by what was recorded when it came: without reading it, so not how much material is lacking."""
    row = one.in_force
    assert row is not None  # nothing else goes back
    if one.is_only_doubted:
        return _WHY_DOUBTED
    lacks = (_LACKS,) if one.check is State.MATERIALS else ()
    anew = (_ASKED_ANEW,) if one.check is State.BLANKS and not row.blanks else ()
    return _why((*_counted(row.errors, row.warnings, row.blanks), *lacks, *anew))


def _counted(*counts: int) -> tuple[Text, ...]:
    return tuple(words(n=n) for words, n in zip(_PARTS, counts, strict=False) if n)


def _why(parts: tuple[Text, ...]) -> Text:
    return _WHY(parts=parts) if parts else _WHY_NOTHING


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """A return that its unit has not answered: when, why, and until when it has time."""

    at: datetime
    due: datetime | None
    why: str


def open_returns(submissions: Collection[Submission]) -> Mapping[int, OpenReturn]:
    """The last return of each of these, by the number of its row, as the unit was told it."""
    names = {called(one): one.pk for one in submissions}
    notices = Notice.objects.filter(act=RETURN_ACT).select_related("event").order_by("pk")
    return {
        names[one.about]: OpenReturn(one.made_at, one.due, json.loads(one.event.body)["reason"])
        for one in notices
        if one.about in names
    }


def sorted_out(data: Data, round_: Round, run: Run, units: Collection[str] = ()) -> Sorted:
    """What came and is not accepted, of these units or of all. Raises ``RefusedError`` (R205, R227)."""
    chosen = chosen_of(round_, units, (SubmissionState.RECEIVED, SubmissionState.RETURNED))
    if not chosen:
        return Sorted((), (), {})
    with in_force(data, round_, run) as checked:
        return _sorted(round_, checked, chosen)


def _sorted(round_: Round, checked: InForce, chosen: Sequence[Submission]) -> Sorted:
    lines = {line.unit.code: line for line in checked.register.lines}
    doubted = doubted_of(round_)
    fine: list[Submission] = []
    doubtful: list[Submission] = []
    faulty: list[Submission] = []
    for one in chosen:
        is_well = is_fine(one, lines[one.unit.code].state, is_doubted=False)
        (faulty if not is_well else doubtful if one.pk in doubted else fine).append(one)
    return Sorted(tuple(fine), tuple(faulty), lines, tuple(doubtful))


def take_back(round_: Round, units: Collection[str], why: str, seat: Seat, now: datetime) -> list[Submission]:
    """Takes returns back, all or none, with the leaves that came with them: these submissions are 已报 again.

    Raises ``RefusedError``: R227 where a unit has sent anew, or nothing of it was returned; as ``move`` does.
    """
    step = step_of(SubmissionState.RETURNED, SubmissionState.RECEIVED)
    assert step is not None  # it is in the table
    with transaction.atomic():
        hold_for(right_of(step), round_, seat)
        chosen = chosen_of(round_, units, (SubmissionState.RETURNED,))
        for one in chosen:
            move(one, SubmissionState.RECEIVED, one.version, seat, why, now)
            leave = leave_of(one.unit, now)
            if leave is not None and leave.for_answer:
                end_leave(round_, one.unit, why, seat, now)
    return chosen


def send_back(
    data: Data,
    round_: Round,
    folder: Path,
    seat: Seat,
    now: datetime,
    *,
    run: Run,
    watch: Progress,
    lang: Language = Language.ZH,
    units: Collection[str] = (),
    tries: Collection[Submission] = (),
    why: str = "",
    until: datetime | None = None,
    jobs: int = 0,
    overwrite: bool = False,
    since: datetime | None = None,
) -> Return:
    """Writes marked copies to ``folder`` and moves the received to 退回; what was returned before gets its copy again.

    ``units``: codes, of which all that a copy has anything to say of goes back, and be it ``why``; without any, all of
    which something has to be mended, and nothing that the register calls 可受理. What was accepted goes back to nobody.
    ``tries``: as somebody saw them; of a unit that has sent anew since nothing goes back, which is told (R217).
    ``until``: when it is due; without it, three working days, or the round's own deadline where that is later. Who may
    send by then only with a leave gets one. ``since``: when this very return was first begun, where it was broken off:
    what went back since then was moved by it, and is due when its unit was told.

    The copies are written beside their place, then all rows in one transaction, then the copies appear: no unit can be
    handed a copy that the round knows nothing of, and would not take back. Where they cannot appear any more, that is
    told (R229), and the same once more gives them. Raises ``RefusedError`` (R213, R227, R228, R235),
    ``CannotWriteError``.
    """
    step = step_of(SubmissionState.RECEIVED, SubmissionState.RETURNED)
    assert step is not None  # it is in the table
    must_be(right_of(step), round_, seat)
    chosen = chosen_of(round_, units, (SubmissionState.RECEIVED, SubmissionState.RETURNED))
    before = {} if since is None else _back_since(chosen, since)
    due = next(iter(before.values())) if before else due_of(round_, now, until)
    if not chosen:
        return Return((), (), due, ())
    with in_force(data, round_, run) as checked:
        by_state = _sorted(round_, checked, chosen)
        mine = {one.unit.code: checked.submissions[one.unit.code] for one in chosen}
        going = {one.unit.code for one in (chosen if units else by_state.faulty)}
        reasons = _reasons(chosen, why.strip(), {one.unit.code for one in by_state.doubtful})
        files = {code: path for code, path in checked.files.items() if code in going}
        to_say = [
            Problem(Code.R295, CellPlace(path.name), {"found": reasons[code]})
            for code, path in files.items()
            if code in reasons
        ]
        times = {path: _times(mine[code], now, due) for code, path in files.items()}
        returned: list[Returned] = []
        lost: list[Problem] = []
        with _told_if_not_moved(round_, returned), pipeline.batch(overwrite=overwrite) as together:
            done = pipeline.write_marked(
                *(
                    list(files.values()),
                    (*to_say, *checked.to_mark),
                    folder,
                    lang,
                    watch,
                    together,
                    jobs,
                    checked.scheme.notice,
                ),
                names=checked.names,
                times=times,
                overwrite=overwrite,
            )
            together.check(overwrite=overwrite)
            rows: list[Returned] = []
            of_unit = mine | {one.unit.code: one for one in tries}
            with transaction.atomic():
                hold_for(right_of(step), round_, seat)
                for code, path in files.items():
                    if path not in done.written:
                        continue
                    reason = why.strip() or render(by_state.why(mine[code]), Language.ZH)
                    try:
                        is_moved = _moved(round_, of_unit[code], reason, due, seat, now)
                    except RefusedError as refused:
                        lost += refused.problems
                        together.leave_out(done.written[path])
                        continue
                    rows.append(Returned(of_unit[code], done.written[path], reason, is_moved or code in before))
            returned += rows
    marked = {code for code, path in files.items() if path in done.written}
    doubtful = tuple(one.unit.code for one in by_state.doubtful if one.unit.code not in marked)
    clean = tuple(code for code in mine if code not in marked and code not in doubtful)
    return Return(tuple(returned), clean, due, (*done.problems, *lost), doubtful)


def _reasons(chosen: Sequence[Submission], why: str, doubtful: Collection[str]) -> dict[str, Text]:
    """What the copies of some units say on top: what the office wrote, of what went back before what it wrote then."""
    before = open_returns([one for one in chosen if one.state == SubmissionState.RETURNED])
    found: dict[str, Text] = {}
    for one in chosen:
        code = one.unit.code
        reason = before[one.pk].why if one.pk in before else why
        if reason and not is_counted(reason) and reason != _WHY_NOTHING.zh:
            found[code] = reason
        elif code in doubtful:
            found[code] = _WHY_DOUBTED
    return found


@contextmanager
def _told_if_not_moved(round_: Round, returned: Sequence[Returned]) -> Iterator[None]:
    """Says of copies that did not come to their place, though what they are of is returned (R229)."""
    try:
        yield
    except CannotWriteError as refused:
        if not returned:
            raise
        figures = {"n": len(returned), "units": tuple(one.submission.unit.code for one in returned)}
        raise CannotWriteError(*refused.problems, Problem(Code.R229, place_of(round_), figures)) from refused


def _back_since(chosen: Sequence[Submission], since: datetime) -> Mapping[str, datetime]:
    """When what went back since then is due, by unit; it is not sent anew."""
    back = open_returns([one for one in chosen if one.state == SubmissionState.RETURNED])
    found = ((one.unit.code, back[one.pk]) for one in chosen if one.pk in back)
    return {unit: one.due for unit, one in found if one.due is not None and one.at >= since}


def _times(one: Submission, now: datetime, due: datetime) -> Times:
    """What its copy says: of one that was returned before, the day and the due of that return."""
    notices = Notice.objects.filter(unit=one.unit, about=called(one), act=RETURN_ACT)
    told_of = notices.order_by("-pk").first() if one.state == SubmissionState.RETURNED else None
    if told_of is None or told_of.due is None:
        return Times(told_day(now), told(due))
    return Times(told_day(told_of.made_at), told(told_of.due))


def keep_days_told(round_: Round, seat: Seat, now: datetime) -> None:
    """Lets units answer returns until the moment that they were told, although sending ends before for all others.

    In the transaction of the deed by which it ends. A unit that has such time by a leave keeps that one.
    """
    there = versions_in_force(round_).values()
    back = [one for one in there if one.state == SubmissionState.RETURNED and one.unit.ended_at is None]
    told_of = open_returns(back)
    for one in back:
        due = told_of[one.pk].due if one.pk in told_of else None
        leave = leave_of(one.unit, now)
        if due is None or due <= now:
            continue
        is_within = round_.state == RoundState.OPEN and (round_.submit_by is None or due <= round_.submit_by)
        if not is_within and (leave is None or leave.until < due):
            grant_leave(round_, one.unit, due, told_of[one.pk].why, seat, now, for_answer=True)


def due_of(round_: Round, now: datetime, until: datetime | None = None) -> datetime:
    """When what goes back now is due. Raises ``RefusedError`` (R228) for a moment that has passed."""
    if until is not None:
        if until <= now:
            raise _is_over(until, now)
        return until
    due = deadline_of(round_, now, WORKING_DAYS)
    is_later = round_.state == RoundState.OPEN and round_.submit_by is not None and round_.submit_by > due
    return round_.submit_by if is_later and round_.submit_by is not None else due


def _is_over(due: datetime, now: datetime) -> RefusedError:
    return RefusedError(Problem(Code.R228, place_of_option("--until"), {"expected": told(now), "found": told(due)}))


def moment_of(round_: Round, day: date) -> datetime:
    """A moment that somebody wrote down, of the round's zone; a day alone means its closing hour. In UTC."""
    written = day if isinstance(day, datetime) else datetime.combine(day, round_.closes)
    return written.replace(tzinfo=ZONE).astimezone(UTC)


def chosen_of(round_: Round, units: Collection[str], states: Sequence[SubmissionState]) -> list[Submission]:
    """The versions in force in one of these states, of these units, or of all. Raises ``RefusedError`` (R227).

    Refused is a code that the round does not have, or whose unit has nothing in one of these states.
    """
    chosen, problems = there_of(round_, units, states)
    if problems:
        raise RefusedError(*problems)
    return chosen


def there_of(
    round_: Round, units: Collection[str], states: Sequence[SubmissionState]
) -> tuple[list[Submission], list[Problem]]:
    """The same, with what would be refused beside it."""
    stand = {one.code: one for one in states_of(round_)}
    problems = []
    for code in dict.fromkeys(units):
        found = stand.get(code)
        if found is None or found.state not in states:
            shown = _NO_UNIT if found is None else _NOW_IS(found=name_of(found.state))
            figures = {"unit": code, "found": shown, "expected": tuple(map(name_of, states))}
            problems.append(Problem(Code.R227, place_named(f"unit {code}"), figures))
    wanted = set(units) or set(stand)
    chosen = [one.pk for code, one in stand.items() if code in wanted and one.state in states]
    in_force = versions_in_force(round_) if chosen else {}
    return [in_force[unit] for unit in chosen], problems


def _moved(round_: Round, one: Submission, why: str, due: datetime, seat: Seat, now: datetime) -> bool:
    """Moves it, with a leave where its unit could not send by then otherwise; was there anything to move?"""
    if one.state == SubmissionState.RETURNED:
        check_in_force(one)
        return False
    if due <= now:
        raise _is_over(due, now)
    with transaction.atomic():
        move(one, SubmissionState.RETURNED, one.version, seat, why, now, due=due)
        if round_.state != RoundState.OPEN or (round_.submit_by is not None and due > round_.submit_by):
            grant_leave(round_, one.unit, due, why, seat, now, for_answer=True)
    return True

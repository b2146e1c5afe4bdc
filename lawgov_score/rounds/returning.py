"""退回: marked copies of the versions in force, and the move that says so: with a reason, and a day to send back by."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.clock import ZONE, told
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.holidays import deadline_of
from lawgov_score.rounds.in_force import in_force
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import RoundState, SubmissionState, name_of
from lawgov_score.rounds.states import check_in_force, move, right_of, step_of
from lawgov_score.rounds.status import status_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.submission.reader import Run

WORKING_DAYS = 3  # to send back, where no day is named
_WHY = "核对发现错误 {errors} 个、警告 {warnings} 个、未填 {blanks} 项"
_NO_UNIT = Words("本轮没有这个单位", "the round has no such unit")
_NOW_IS = Words("现为“{found}”", "it is “{found}”")


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

    ``problems``: of making copies (O114, O115, O126), and of submissions that somebody else moved meanwhile (R212).
    """

    returned: tuple[Returned, ...]
    clean: tuple[str, ...]
    due: datetime
    problems: tuple[Problem, ...]


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
    why: str = "",
    until: datetime | None = None,
    jobs: int = 0,
    overwrite: bool = False,
) -> Return:
    """Writes marked copies to ``folder`` and moves the received to 退回; what was returned before gets its copy again.

    ``units``: codes; without any, all of which something has to be mended. What was accepted goes back to nobody.
    ``until``: when it is due; without it, three working days, or the round's own deadline where that is later. Who may
    send by then only with a leave gets one.

    The copies are written beside their place, then all rows in one transaction, then the copies appear: no unit can be
    handed a copy that the round knows nothing of, and would not take back. Where they cannot appear any more, that is
    told (R229), and the same once more gives them. Raises ``RefusedError`` (R213, R227, R228, R235),
    ``CannotWriteError``.
    """
    step = step_of(SubmissionState.RECEIVED, SubmissionState.RETURNED)
    assert step is not None  # it is in the table
    must_be(right_of(step), round_, seat)
    due = due_of(round_, now, until)
    chosen = chosen_of(round_, units, (SubmissionState.RECEIVED, SubmissionState.RETURNED))
    if not chosen:
        return Return((), (), due, ())
    with in_force(data, round_, run) as checked:
        mine = {one.unit.code: checked.submissions[one.unit.code] for one in chosen}
        files = {code: path for code, path in checked.files.items() if code in mine}
        blanks = {line.unit.code: len(line.blanks) for line in checked.register.lines}
        counts = {line.unit.code: (line.errors, line.warnings) for line in checked.register.lines}
        returned: list[Returned] = []
        lost: list[Problem] = []
        with _told_if_not_moved(round_, returned), pipeline.batch(overwrite=overwrite) as together:
            done = pipeline.write_marked(
                *(list(files.values()), checked.to_mark, folder, lang, watch, together, jobs, checked.scheme.notice),
                names=checked.names,
                overwrite=overwrite,
            )
            together.check(overwrite=overwrite)
            written = {path.name: path for path in done.written}
            rows: list[Returned] = []
            with transaction.atomic():
                hold_for(right_of(step), round_, seat)
                for code, path in files.items():
                    if path.name not in written:
                        continue
                    errors, warnings = counts[code]
                    reason = why.strip() or _WHY.format(errors=errors, warnings=warnings, blanks=blanks[code])
                    try:
                        is_moved = _moved(round_, mine[code], reason, due, seat, now)
                    except RefusedError as refused:
                        lost += refused.problems
                        together.leave_out(written[path.name])
                        continue
                    rows.append(Returned(mine[code], written[path.name], reason, is_moved))
            returned += rows
    clean = tuple(code for code, path in files.items() if path.name not in written)
    return Return(tuple(returned), clean, due, (*done.problems, *lost))


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


def due_of(round_: Round, now: datetime, until: datetime | None = None) -> datetime:
    """When what goes back now is due. Raises ``RefusedError`` (R228) for a moment that has passed."""
    if until is not None:
        if until <= now:
            raise RefusedError(Problem(Code.R228, TextPlace("--until"), {"expected": told(now), "found": told(until)}))
        return until
    due = deadline_of(round_, now, WORKING_DAYS)
    is_later = round_.state == RoundState.OPEN and round_.submit_by is not None and round_.submit_by > due
    return round_.submit_by if is_later and round_.submit_by is not None else due


def moment_of(round_: Round, day: date) -> datetime:
    """A moment that somebody wrote down, of the round's zone; a day alone means its closing hour. In UTC."""
    written = day if isinstance(day, datetime) else datetime.combine(day, round_.closes)
    return written.replace(tzinfo=ZONE).astimezone(UTC)


def chosen_of(round_: Round, units: Collection[str], states: Sequence[SubmissionState]) -> list[Submission]:
    """The versions in force in one of these states, of these units, or of all. Raises ``RefusedError`` (R227).

    Refused is a code that the round does not have, or whose unit has nothing in one of these states.
    """
    stand = {one.unit.code: one for one in status_of(round_).units}
    problems = []
    for code in dict.fromkeys(units):
        found = stand.get(code)
        if found is None or found.state not in states:
            shown = _NO_UNIT if found is None else _NOW_IS(found=name_of(found.state))
            figures = {"unit": code, "found": shown, "expected": tuple(map(name_of, states))}
            problems.append(Problem(Code.R227, TextPlace("--unit"), figures))
    if problems:
        raise RefusedError(*problems)
    wanted = set(units) or set(stand)
    return [one.in_force for code, one in stand.items() if code in wanted and one.in_force and one.state in states]


def _moved(round_: Round, one: Submission, why: str, due: datetime, seat: Seat, now: datetime) -> bool:
    """Moves it, with a leave where its unit could not send by then otherwise; was there anything to move?"""
    if one.state == SubmissionState.RETURNED:
        check_in_force(one)
        return False
    with transaction.atomic():
        move(one, SubmissionState.RETURNED, one.version, seat, why, now, due=due)
        if round_.state != RoundState.OPEN or (round_.submit_by is not None and due > round_.submit_by):
            grant_leave(round_, one.unit, due, why, seat, now)
    return True

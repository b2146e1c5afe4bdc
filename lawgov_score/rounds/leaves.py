"""Until when a unit may send, and the exceptions (例外) that the office grants: a unit, a moment, a reason.

While the round is open everybody may, until its deadline. Afterwards, and where a submission was accepted already, only
a unit with a leave may. Of several leaves the last one counts. It ends with its moment, when the office ends it, and
when it has done what it was given for: one that came with a return when the unit has answered, any other when what the
unit sent by it was accepted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.events import hold, record
from lawgov_score.rounds.models import Leave, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import Deed, RoundState, SubmissionState
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_LATER = Words("又准予延期到{until}", "more time was granted since, until {until}")


def grant_leave(
    round_: Round,
    unit: Unit,
    until: datetime,
    reason: str,
    seat: Seat,
    now: datetime,
    *,
    for_answer: bool = False,
) -> Leave:
    """Lets a unit send until then, with its event; a leave that it had before ends by it.

    ``for_answer``: for one more submission alone, in answer to a return. Raises ``RefusedError``: R213, R235; R251 for
    a unit that has left the round.
    """
    with transaction.atomic():
        hold_for(Deed.LEAVE, round_, seat)
        if not round_.units.filter(pk=unit.pk, ended_at=None).exists():
            raise RefusedError(Problem(Code.R251, place_of(round_), {"found": unit.code, "nearest": ""}))
        last = unit.submissions.order_by("-n").first()
        row = Leave.objects.create(
            round=round_,
            unit=unit,
            until=until,
            reason=reason,
            at=now,
            seat=seat,
            after=0 if last is None else last.n,
            for_answer=for_answer,
        )
        after = {"until": stamp(until), "after": row.after, "for_answer": for_answer}
        record("leave", unit, seat, now, after=after, reason=reason, rows=[row])
    return row


def end_leave(
    round_: Round, unit: Unit, reason: str, seat: Seat, now: datetime, *, seen: int | None = None
) -> Leave | None:
    """Ends the leave that a unit has, as one that is over when it is given; None: it has none.

    ``seen``: the row that is meant. Raises ``RefusedError``: R212 a later one counts by now; as ``grant_leave``.
    """
    with transaction.atomic():
        hold()
        leave = leave_of(unit, now)
        if leave is None:
            return None
        if seen is not None and leave.pk != seen:
            raise RefusedError(Problem(Code.R212, place_of(unit), {"found": _LATER(until=told(leave.until))}))
        return grant_leave(round_, unit, now, reason, seat, now)


def leave_of(unit: Unit, now: datetime) -> Leave | None:
    """The leave by which a unit may send now; None where it has none."""
    last = last_leaves((unit,)).get(unit.pk)
    return last if last is not None and lasts(last, unit.submissions.all(), now) else None


def last_leaves(units: Iterable[Unit]) -> Mapping[int, Leave]:
    """The last leave of each unit that ever had one, by the number of the unit's row."""
    return {one.unit_id: one for one in Leave.objects.filter(unit__in=units).order_by("pk")}


def lasts(leave: Leave, tries: Iterable[Submission], now: datetime) -> bool:
    """May its unit still send by it? ``tries``: of the unit; the leave is its last one."""
    return leave.at < leave.until >= now and answer_to(leave, tries) is None


def answer_to(leave: Leave, tries: Iterable[Submission]) -> Submission | None:
    """The try that ended it, of those of its unit: the first that was what it was given for."""
    for one in tries:
        is_it = one.state == SubmissionState.ACCEPTED or leave.for_answer
        if one.n > leave.after and one.state != SubmissionState.WITHDRAWN and is_it:
            return one
    return None


def is_open(round_: Round, now: datetime) -> bool:
    """May every unit send now?"""
    return round_.state == RoundState.OPEN and (round_.submit_by is None or now <= round_.submit_by)

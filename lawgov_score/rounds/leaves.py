"""Until when a unit may send, and the exceptions (例外) that the office grants: a unit, a moment, a reason.

While the round is open everybody may, until its deadline. Afterwards, and where a submission was accepted already, only
a unit with a leave may.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Leave, Round, Seat, Unit
from lawgov_score.rounds.names import Deed, RoundState
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.things import place_of


def grant_leave(round_: Round, unit: Unit, until: datetime, reason: str, seat: Seat, now: datetime) -> Leave:
    """Lets a unit send until then, with its event. A later one does not end an earlier one: the last moment counts.

    Raises ``RefusedError``: R213, R235; R251 for a unit that has left the round.
    """
    with transaction.atomic():
        hold_for(Deed.LEAVE, round_, seat)
        if not round_.units.filter(pk=unit.pk, ended_at=None).exists():
            raise RefusedError(Problem(Code.R251, place_of(round_), {"found": unit.code, "nearest": ""}))
        row = Leave.objects.create(round=round_, unit=unit, until=until, reason=reason, at=now, seat=seat)
        record("leave", unit, seat, now, after={"until": stamp(until)}, reason=reason, rows=[row])
    return row


def leave_of(unit: Unit, now: datetime) -> Leave | None:
    """The leave by which a unit may send now, the longest; None where it has none."""
    return Leave.objects.filter(unit=unit, until__gte=now).order_by("-until", "pk").first()


def leaves_of(units: Iterable[Unit], now: datetime) -> set[int]:
    """Those of ``units`` that have one, by the numbers of their rows."""
    return set(Leave.objects.filter(unit__in=units, until__gte=now).values_list("unit_id", flat=True))


def is_open(round_: Round, now: datetime) -> bool:
    """May every unit send now?"""
    return round_.state == RoundState.OPEN and (round_.submit_by is None or now <= round_.submit_by)

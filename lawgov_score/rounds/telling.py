"""Telling a unit how its objection came out (告知): on which day, by whom and how; recorded after it was done."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.content.telling_words import BLANK, HOW
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.deciding import check_seen, decision_of
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Event, Objection, Seat
from lawgov_score.rounds.names import NOT_TOLD, Deed, ObjectionState
from lawgov_score.rounds.objecting import objection_of, refusal_of
from lawgov_score.rounds.papers import DOCUMENT
from lawgov_score.rounds.states import move, way_of
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import Words

TELL = "tell"  # act of the event
LETTER = "decision"  # the kind of document that tells it, as its events name it: Kind.DECISION
_DAYS = Words("{first} 至 {last}", "{first} to {last}")


@dataclass(frozen=True, slots=True)
class Telling:
    """That the unit was told: the day, and by whom and how."""

    day: date
    how: str


def tell(
    objection: Objection, told: Telling, seat: Seat, now: datetime, *, seen: tuple[int, ...] | None = None
) -> Event | None:
    """Records that the unit was told; what was decided or not admitted is 告知 with it. None: the same is on record.

    Of what is 告知 already it adds the day, or puts another in its place. ``seen``: as ``deciding.decide`` has it.
    Raises ``RefusedError``: R211 nothing is decided yet, R212, R213, R250, R317 a day before the decision or to come,
    or nothing of how.
    """
    with transaction.atomic():
        hold_for(Deed.DECIDE, objection.round, seat)
        current = objection_of(objection.round, objection.n)
        check_seen(current, seen)
        state = ObjectionState(current.state)
        if state is not ObjectionState.NOTIFIED:
            way_of(current, ObjectionState.NOTIFIED)
        how = told.how.strip()
        _check(current, told.day, how, now)
        former = telling_of(current)
        if former == Telling(told.day, how):
            return None
        before = {} if former is None else _plain(former)
        event = record(TELL, current, seat, now, before=before, after=_plain(Telling(told.day, how)))
        if state is not ObjectionState.NOTIFIED:
            move(current, ObjectionState.NOTIFIED, current.version, seat, "", now)
    return event


def telling_of(objection: Objection) -> Telling | None:
    """How the unit was told of what counts now; None where it was not, or no day is on record."""
    if objection.state != ObjectionState.NOTIFIED:
        return None
    last = Event.objects.filter(object=called(objection), act__in=("decide", TELL)).order_by("-seq").first()
    if last is None or last.act != TELL:
        return None
    after = json.loads(last.body)["after"]
    return Telling(date.fromisoformat(after["day"]), str(after["how"]))


def settled_at(objection: Objection) -> datetime | None:
    """When what there is to tell came about: the decision in force, or that it was not admitted; None: not yet."""
    if (decision := decision_of(objection)) is not None:
        return decision.at
    refusal = refusal_of(objection)
    return None if refusal is None else refusal.at


def letter_at(objection: Objection) -> datetime | None:
    """When the document of the decision was made last, since it was decided; None: it was not."""
    since = settled_at(objection)
    if since is None:
        return None
    made: Iterable[Event] = Event.objects.filter(act=DOCUMENT, at__gte=since).order_by("-seq")
    for event in made:
        after = json.loads(event.body)["after"]
        is_of_all = not after.get("units") or objection.unit.code in after["units"]
        if after.get("kind") == LETTER and after.get("number", objection.n) == objection.n and is_of_all:
            return event.at
    return None


def days_to_tell(objection: Objection, now: datetime) -> tuple[date, date]:
    """The first and the last day on which the unit may have been told."""
    settled = settled_at(objection)
    today = local(now).date()
    return (today if settled is None else min(local(settled).date(), today)), today


def is_untold(objection: Objection) -> bool:
    """Is something decided, or not admitted, that the unit was not told?"""
    return objection.state in NOT_TOLD


def _check(objection: Objection, day: date, how: str, now: datetime) -> None:
    first, last = days_to_tell(objection, now)
    place = place_of(objection)
    if not first <= day <= last:
        values = {"expected": _DAYS(first=first.isoformat(), last=last.isoformat()), "found": day.isoformat()}
        raise RefusedError(Problem(Code.R317, place, values))
    if not how:
        raise RefusedError(Problem(Code.R317, place, {"expected": HOW, "found": BLANK}))


def _plain(told: Telling) -> dict[str, object]:
    return {"day": told.day.isoformat(), "how": told.how}

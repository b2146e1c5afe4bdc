"""The one table of states, and the one function that moves anything along it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.events import hold, record
from lawgov_score.rounds.models import Event, Notice, Objection, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import ObjectionState, Role, RoundState, SubmissionState, name_of
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import Words

Moved = Round | Submission | Objection


class Tells(StrEnum):
    """Who has to be told of a move."""

    NOBODY = "nobody"
    UNIT = "unit"  # that it is about
    UNITS = "units"  # all of the round
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to another: who may go it, and what it needs."""

    start: StrEnum
    to: StrEnum
    who: frozenset[Role]
    needs_reason: bool = False
    needs_release: bool = False  # of the leader
    tells: Tells = Tells.NOBODY


_OFFICE = frozenset({Role.OFFICE})
_LEADER = frozenset({Role.OFFICE, Role.LEADER})
_REVIEWERS = frozenset({Role.OFFICE, Role.REVIEWER, Role.CHECKER})
_HEAD = frozenset({Role.HEAD})
R, S, O = RoundState, SubmissionState, ObjectionState  # noqa: E741  # three letters, for the table below alone

STEPS: tuple[Step, ...] = (
    Step(R.PREPARING, R.OPEN, _OFFICE, tells=Tells.UNITS),
    Step(R.OPEN, R.CLOSED, _OFFICE, tells=Tells.UNITS),
    Step(R.CLOSED, R.FIRST_REVIEW, _OFFICE),
    Step(R.FIRST_REVIEW, R.SECOND_REVIEW, _OFFICE),
    Step(R.SECOND_REVIEW, R.NOTIFIED, _OFFICE, tells=Tells.UNITS),
    Step(R.NOTIFIED, R.OBJECTIONS, _OFFICE, tells=Tells.UNITS),
    Step(R.OBJECTIONS, R.FINAL, _OFFICE),
    Step(R.FINAL, R.PUBLISHED, _LEADER, needs_release=True, tells=Tells.UNITS),
    Step(R.PUBLISHED, R.ARCHIVED, _OFFICE),
    # One step back, where something was closed too early. Never from 公布: a correction is a new publication.
    Step(R.OPEN, R.PREPARING, _OFFICE, needs_reason=True, needs_release=True, tells=Tells.UNITS),
    Step(R.CLOSED, R.OPEN, _OFFICE, needs_reason=True, needs_release=True, tells=Tells.UNITS),
    Step(R.FIRST_REVIEW, R.CLOSED, _OFFICE, needs_reason=True, needs_release=True),
    Step(R.SECOND_REVIEW, R.FIRST_REVIEW, _OFFICE, needs_reason=True, needs_release=True),
    Step(R.NOTIFIED, R.SECOND_REVIEW, _OFFICE, needs_reason=True, needs_release=True, tells=Tells.UNITS),
    Step(R.OBJECTIONS, R.NOTIFIED, _OFFICE, needs_reason=True, needs_release=True, tells=Tells.UNITS),
    Step(R.FINAL, R.OBJECTIONS, _OFFICE, needs_reason=True, needs_release=True, tells=Tells.UNITS),
    # A new try is a new row: nothing moves from 撤回, and from 退回 only what was returned by a slip.
    Step(S.RECEIVED, S.ACCEPTED, _OFFICE, tells=Tells.UNIT),
    Step(S.RECEIVED, S.RETURNED, _OFFICE, needs_reason=True, tells=Tells.UNIT),
    Step(S.RECEIVED, S.WITHDRAWN, _HEAD, tells=Tells.OFFICE),
    Step(S.RETURNED, S.RECEIVED, _OFFICE, needs_reason=True, tells=Tells.UNIT),
    Step(O.FILED, O.ADMITTED, _OFFICE, tells=Tells.UNIT),
    Step(O.FILED, O.REFUSED, _OFFICE, needs_reason=True, tells=Tells.UNIT),
    Step(O.ADMITTED, O.ASSIGNED, _OFFICE),
    Step(O.ASSIGNED, O.DRAFTED, _REVIEWERS, needs_reason=True),
    Step(O.DRAFTED, O.DECIDED, _OFFICE, needs_reason=True),
    Step(O.DECIDED, O.NOTIFIED, _OFFICE, tells=Tells.UNIT),
    Step(O.REFUSED, O.NOTIFIED, _OFFICE, tells=Tells.UNIT),
)

_STATES: Mapping[type[Moved], type[StrEnum]] = {Round: R, Submission: S, Objection: O}
_NO_STEP_ON = Words("没有下一步", "nothing comes after it")
_RELEASE = "release"


def state_of(thing: Moved) -> StrEnum:
    """The state that a thing is in."""
    return _STATES[type(thing)](thing.state)


def steps_from(state: StrEnum) -> tuple[Step, ...]:
    """The ways out of a state, in the order of the table."""
    return tuple(step for step in STEPS if type(step.start) is type(state) and step.start == state)


def step_of(state: StrEnum, to: StrEnum) -> Step | None:
    """The way from a state to another; None if there is none."""
    return next((step for step in steps_from(state) if type(step.to) is type(to) and step.to == to), None)


def move(
    thing: Moved,
    to: StrEnum,
    version: int,
    seat: Seat,
    why: str,
    now: datetime,
    *,
    also: Mapping[str, object] | None = None,
    due: datetime | None = None,
) -> Event:
    """Moves a thing to another state, if it still is as it was seen (``version``): one update, its event, its notices.

    Of several who press at once exactly one moves it. ``also``: other columns of the thing that are set by the same
    update. ``due``: until when those who are told have time. Afterwards ``thing`` is as the database has it. Raises
    ``RefusedError``: R211 no such step, R212 moved meanwhile, R213 not this seat, R214 no reason, R215 no release.
    """
    with transaction.atomic():
        hold()
        state = state_of(thing)
        step = _checked(thing, state, to, version, seat, why)
        mine = type(thing).objects.filter(pk=thing.pk, state=state.value, version=version)
        if mine.update(state=to.value, version=version + 1, **(also or {})) != 1:
            raise RefusedError(_moved_meanwhile(thing))
        before = {"state": state.value, "version": version}
        after = {
            "state": to.value,
            "version": version + 1,
            **{key: _plain(value) for key, value in (also or {}).items()},
        }
        notices = _notices(thing, step, now, due)
        event = record("move", thing, seat, now, before=before, after=after, reason=why.strip(), notices=notices)
    thing.refresh_from_db()
    return event


def release(thing: Moved, to: StrEnum, version: int, seat: Seat, why: str, now: datetime) -> Event:
    """The leader releases one move of a thing as it is now; ``move`` then may do it. Raises ``RefusedError``."""
    with transaction.atomic():
        state = state_of(thing)
        if step_of(state, to) is None:
            raise RefusedError(_no_step(thing, state, to))
        if seat.role != Role.LEADER or seat.ended_at is not None:
            raise RefusedError(_not_this_seat(thing, seat, frozenset({Role.LEADER})))
        if not type(thing).objects.filter(pk=thing.pk, version=version).exists():
            raise RefusedError(_moved_meanwhile(thing))
        return record(_RELEASE, thing, seat, now, after={"state": to.value, "version": version}, reason=why.strip())


def _checked(thing: Moved, state: StrEnum, to: StrEnum, version: int, seat: Seat, why: str) -> Step:
    if thing.version != version:  # what was seen is no more, whatever may follow from what is
        raise RefusedError(_moved_meanwhile(thing))
    step = step_of(state, to)
    if step is None:
        raise RefusedError(_no_step(thing, state, to))
    if not _may(thing, step, seat):
        raise RefusedError(_not_this_seat(thing, seat, step.who))
    if step.needs_reason and not why.strip():
        raise RefusedError(Problem(Code.R214, place_of(thing), {"state": name_of(state), "to": name_of(to)}))
    if step.needs_release and seat.role != Role.LEADER and not _is_released(thing, to, version):
        raise RefusedError(Problem(Code.R215, place_of(thing), {"state": name_of(state), "to": name_of(to)}))
    return step


def _may(thing: Moved, step: Step, seat: Seat) -> bool:
    """May this seat go the step? A seat of a unit only with what is its unit's."""
    if seat.ended_at is not None or Role(seat.role) not in step.who:
        return False
    return Role(seat.role) not in {Role.HEAD, Role.FILLER} or (
        not isinstance(thing, Round) and seat.unit_id == thing.unit_id
    )


def _is_released(thing: Moved, to: StrEnum, version: int) -> bool:
    wanted = {"state": to.value, "version": version}
    bodies = Event.objects.filter(act=_RELEASE, object=called(thing)).values_list("body", flat=True)
    return any(json.loads(body)["after"] == wanted for body in bodies)


def _notices(thing: Moved, step: Step, now: datetime, due: datetime | None) -> Iterable[Notice]:
    round_ = thing if isinstance(thing, Round) else thing.round
    units: Iterable[Unit | None] = ()
    role = ""
    match step.tells:
        case Tells.UNITS:
            units = round_.units.filter(ended_at=None)
        case Tells.UNIT:
            assert not isinstance(thing, Round)
            units = (thing.unit,)
        case Tells.OFFICE:
            units, role = (None,), Role.OFFICE.value
        case Tells.NOBODY:
            pass
    act = f"{step.start.value}>{step.to.value}"
    return [
        Notice(round=round_, unit=unit, role=role, about=called(thing), act=act, due=due, made_at=now) for unit in units
    ]


def _plain(value: object) -> object:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return stamp(value)
    return getattr(value, "pk", value)


def _no_step(thing: Moved, state: StrEnum, to: StrEnum) -> Problem:
    ways = tuple(name_of(step.to) for step in steps_from(state)) or (_NO_STEP_ON,)
    return Problem(Code.R211, place_of(thing), {"state": name_of(state), "to": name_of(to), "expected": ways})


def _moved_meanwhile(thing: Moved) -> Problem:
    now = type(thing).objects.get(pk=thing.pk)
    return Problem(Code.R212, place_of(thing), {"found": name_of(state_of(now))})


def _not_this_seat(thing: Moved, seat: Seat, who: frozenset[Role]) -> Problem:
    figures = {"expected": tuple(name_of(role) for role in Role if role in who), "found": name_of(Role(seat.role))}
    return Problem(Code.R213, place_of(thing), figures)

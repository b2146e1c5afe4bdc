"""The one table of states, and the one function that moves anything along it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import DEEDS, Right, hold_for
from lawgov_score.rounds.events import hold, record
from lawgov_score.rounds.models import Event, File, Notice, Objection, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import Deed, ObjectionState, Role, RoundState, SubmissionState, name_of
from lawgov_score.rounds.plain import stamp
from lawgov_score.rounds.things import called, place_of
from lawgov_score.wording import Text, Words

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
_UNIT_BY = frozenset({Role.OFFICE, Role.HEAD})  # the unit, or the office that has it in writing
_LIVE = frozenset(RoundState) - {RoundState.ARCHIVED}
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
    Step(R.OPEN, R.OPEN, _OFFICE, needs_reason=True, tells=Tells.UNITS),  # another deadline, of which units are told
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
    Step(O.NOTIFIED, O.DECIDED, _OFFICE, needs_reason=True),  # decided anew, of which the unit has to be told
    # Until it is decided a unit may withdraw it: nothing is decided then, and nothing is to be told.
    *(
        Step(start, O.WITHDRAWN, _UNIT_BY, needs_reason=True, tells=Tells.OFFICE)
        for start in (O.FILED, O.ADMITTED, O.ASSIGNED, O.DRAFTED)
    ),
)

_STATES: Mapping[type[Moved], type[StrEnum]] = {Round: R, Submission: S, Objection: O}
_MOVE = Words("办理这一步", "take the step")
_NEWER = Words("现行的是第 {n} 次", "submission {n} is in force")
_UNIT_ENDED = Words("该单位已不在本轮名单中", "its unit has left the round")
_NO_STEP_ON = Words("没有下一步", "nothing comes after it")
_RELEASE, _BY = "release", "by"
_NOTHING: Mapping[str, object] = {}


def state_of(thing: Moved) -> StrEnum:
    """The state that a thing is in."""
    return _STATES[type(thing)](thing.state)


def steps_from(state: StrEnum) -> tuple[Step, ...]:
    """The ways out of a state, in the order of the table."""
    return tuple(step for step in STEPS if type(step.start) is type(state) and step.start == state)


def step_of(state: StrEnum, to: StrEnum) -> Step | None:
    """The way from a state to another; None if there is none."""
    return next((step for step in steps_from(state) if type(step.to) is type(to) and step.to == to), None)


def way_of(thing: Moved, to: StrEnum) -> Step:
    """The way from where a thing is. Raises ``RefusedError`` (R211) where there is none."""
    step = step_of(state := state_of(thing), to)
    if step is None:
        raise RefusedError(no_step(thing, state, to))
    return step


def right_of(step: Step) -> Right:
    """Who may go a step, and in which states of the round: a row of the table of deeds, as ``allowed`` asks it."""
    if isinstance(step.start, ObjectionState):
        return replace(DEEDS[Deed.DECIDE], who=step.who)
    return Right(_MOVE, step.who, frozenset(RoundState) if isinstance(step.start, RoundState) else _LIVE)


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
    of: Mapping[str, object] = _NOTHING,
) -> Event:
    """Moves a thing to another state, if it still is as it was seen (``version``): one update, its event, its notices.

    Of several who press at once exactly one moves it. ``also``: other columns of the thing that are set by the same
    update. ``due``: until when those who are told have time. ``of``: what else the leader's release must name.
    Afterwards ``thing`` is as the database has it. Raises ``RefusedError``: R211 no such step, R212 moved meanwhile,
    R213 not this seat, R214 no reason, R215 no release, R217 a submission that is not in force, R235 an archived round,
    R250 an objection while none are decided.
    """
    with transaction.atomic():
        hold()
        state = state_of(thing)
        step = _checked(thing, state, to, version, seat, why, of)
        mine = type(thing).objects.filter(pk=thing.pk, state=state.value, version=version)
        if mine.update(state=to.value, version=version + 1, **(also or {})) != 1:
            raise RefusedError(moved_meanwhile(thing))
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


def state_at(round_: Round, seq: int) -> RoundState:
    """The state that a round had at an event, by its number."""
    moves = Event.objects.filter(act="move", object=called(round_), seq__lte=seq).order_by("seq")
    last = moves.last()
    return RoundState.PREPARING if last is None else RoundState(json.loads(last.body)["after"]["state"])


def release(thing: Moved, to: StrEnum, version: int, seat: Seat, why: str, now: datetime) -> Event:
    """The leader releases one move of a thing as it is now; ``move`` then may do it. Raises ``RefusedError``."""
    with transaction.atomic():
        hold()
        step = way_of(thing, to)
        hold_for(replace(right_of(step), who=frozenset({Role.LEADER})), _round_of(thing), seat)
        if not type(thing).objects.filter(pk=thing.pk, version=version).exists():
            raise RefusedError(moved_meanwhile(thing))
        return record_release(thing, to, version, seat, why, now)


def record_release(
    thing: Moved,
    to: StrEnum,
    version: int,
    seat: Seat,
    why: str,
    now: datetime,
    *,
    of: Mapping[str, object] = _NOTHING,
    by: str = "",
) -> Event:
    """The event of a release, which names what is released: state and version, and what ``of`` adds to them.

    ``by``: the leader's name. Within the transaction of one who has asked whether the seat may.
    """
    after = {"state": to.value, "version": version, **of, **({_BY: by} if by else {})}
    return record(_RELEASE, thing, seat, now, after=after, reason=why.strip())


def released(thing: Moved, to: StrEnum, version: int, of: Mapping[str, object] = _NOTHING) -> Event | None:
    """The newest release of exactly this; None: there is none, or something has changed since."""
    wanted = {"state": to.value, "version": version, **of}
    for event, after in releases(thing):
        if {name: value for name, value in after.items() if name != _BY} == wanted:
            return event
    return None


def releases(thing: Moved) -> Iterator[tuple[Event, Mapping[str, object]]]:
    """The releases of moves of a thing, the newest first, with what each names."""
    for event in Event.objects.filter(act=_RELEASE, object=called(thing)).select_related("seat").order_by("-seq"):
        yield event, json.loads(event.body)["after"]


def _round_of(thing: Moved) -> Round:
    return thing if isinstance(thing, Round) else thing.round


def _checked(
    thing: Moved, state: StrEnum, to: StrEnum, version: int, seat: Seat, why: str, of: Mapping[str, object]
) -> Step:
    if thing.version != version:  # what was seen is no more, whatever may follow from what is
        raise RefusedError(moved_meanwhile(thing))
    step = way_of(thing, to)
    hold_for(right_of(step), _round_of(thing), seat, None if isinstance(thing, Round) else thing.unit)
    if isinstance(thing, Round) and thing.version != version:
        raise RefusedError(moved_meanwhile(thing))
    if isinstance(thing, Submission):
        check_in_force(thing)
    if step.needs_reason and not why.strip():
        raise RefusedError(Problem(Code.R214, place_of(thing), {"state": name_of(state), "to": name_of(to)}))
    if step.needs_release and seat.role != Role.LEADER and released(thing, to, version, of) is None:
        raise RefusedError(Problem(Code.R215, place_of(thing), {"state": name_of(state), "to": name_of(to)}))
    return step


def check_in_force(submission: Submission) -> None:
    """Raises ``RefusedError`` (R217) where another try counts, or its unit is assessed no more."""
    alive = Submission.objects.filter(unit=submission.unit).exclude(state=SubmissionState.WITHDRAWN.value)
    last = alive.order_by("-n").first()
    found: Text | None = None
    if Unit.objects.filter(pk=submission.unit_id).exclude(ended_at=None).exists():
        found = _UNIT_ENDED
    elif last is not None and last.n > submission.n:
        found = _NEWER(n=last.n)
    if found is not None:
        raise RefusedError(Problem(Code.R217, place_of(submission), {"found": found}))


def _notices(thing: Moved, step: Step, now: datetime, due: datetime | None) -> Iterable[Notice]:
    round_ = _round_of(thing)
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
    if isinstance(value, File):  # never the number of a row
        return value.sha256
    return getattr(value, "pk", value)


def no_step(thing: Moved, state: StrEnum, to: StrEnum) -> Problem:
    """That there is no way from a state to another (R211), and which other ways there are."""
    ways = tuple(name_of(step.to) for step in steps_from(state) if step.to is not to) or (_NO_STEP_ON,)
    return Problem(Code.R211, place_of(thing), {"state": name_of(state), "to": name_of(to), "expected": ways})


def moved_meanwhile(thing: Moved) -> Problem:
    """That a thing is no longer as it was seen (R212), and what it is now."""
    now = type(thing).objects.get(pk=thing.pk)
    return Problem(Code.R212, place_of(thing), {"found": name_of(state_of(now))})

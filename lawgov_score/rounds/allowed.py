"""Who may do what, and when: the one table of deeds by role and state, and the one function that asks it.

``STEPS`` (``states``) has the moves; ``DEEDS`` all else that is done to a round. A deed asks twice: at once, so that
nobody computes for nothing, and in its own transaction (``hold_for``), when nobody else can change the answer any more.
Reading (status, verify, export, backup) changes nothing and is not here: an archived round allows that alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.events import hold
from lawgov_score.rounds.models import Round, Seat, Unit
from lawgov_score.rounds.names import Deed, Role, RoundState, name_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Text, Words

_STATES = Words("轮次处于{states:list}", "a round in one of: {states:list}")
_IN_STATE = Words("现为“{state}”", "it is “{state}”")
_WAIT = Words(
    "结果告知各单位、轮次进入“异议”以后再办",
    "Wait until units were told their results and the round has come to objections",
)
_NO_MORE = Words("归档以后不再改动", "an archived round is not changed any more")
_ENDED = Words("{role}（席位已终止）", "{role}, a seat that has ended")
_OF_ANOTHER = Words("{role}（只能办理本单位的）", "{role}, for its own unit alone")
_OF_UNITS = frozenset({Role.FILLER, Role.HEAD})  # whose seats are good for what is their own unit's

_ALWAYS = frozenset(RoundState) - {RoundState.ARCHIVED}
_OFFICE = frozenset({Role.OFFICE})
_UNIT = frozenset({Role.OFFICE, Role.HEAD})  # the office takes down what a unit sends on paper


@dataclass(frozen=True, slots=True)
class Right:
    """Which seats may do it, and in which states of the round; ``code``: what is said where it is not the time."""

    name: Words
    who: frozenset[Role]
    when: frozenset[RoundState] = _ALWAYS
    code: Code = Code.R235


_R = RoundState
DEEDS: Mapping[Deed, Right] = {
    deed: Right(name_of(deed), who, when, code)
    for deed, who, when, code in (
        (Deed.RECEIVE, _UNIT, _ALWAYS - {_R.PREPARING}, Code.R220),
        (Deed.LEAVE, _OFFICE, _ALWAYS, Code.R235),
        (Deed.SET_DAY, _OFFICE, _ALWAYS, Code.R235),
        (Deed.ENTER, _OFFICE, _ALWAYS, Code.R235),
        (Deed.AMEND, _OFFICE, _ALWAYS, Code.R235),
        (Deed.RUN, _OFFICE, _ALWAYS, Code.R235),
        (Deed.OBJECT, _UNIT, frozenset({_R.NOTIFIED, _R.OBJECTIONS, _R.FINAL, _R.PUBLISHED}), Code.R250),
        (Deed.DECIDE, _OFFICE, frozenset({_R.OBJECTIONS, _R.FINAL, _R.PUBLISHED}), Code.R250),
        (Deed.RELEASE, frozenset({Role.LEADER}), frozenset({_R.FINAL, _R.PUBLISHED}), Code.R247),
        (Deed.PUBLISH, frozenset({Role.OFFICE, Role.LEADER}), frozenset({_R.FINAL, _R.PUBLISHED}), Code.R247),
        (Deed.DOCUMENT, _OFFICE, _ALWAYS, Code.R235),
    )
}


def closed(deed: Deed | Right, round_: Round) -> Problem | None:
    """Why nobody may do it as the round is; None: it is the time."""
    right = _right(deed)
    state = RoundState(round_.state)
    if state in right.when:
        return None
    values: dict[str, object] = {"found": name_of(state)}
    if right.code is Code.R250:
        states = _STATES(states=tuple(name_of(one) for one in RoundState if one in right.when))
        hint = _NO_MORE if state is RoundState.ARCHIVED else _WAIT
        values = {"deed": right.name, "expected": states, "found": _IN_STATE(state=name_of(state)), "hint": hint}
    return Problem(right.code, place_of(round_), values)


def why_not(deed: Deed | Right, round_: Round, seat: Seat, unit: Unit | None = None) -> Problem | None:
    """Why this seat may not do it to the round as it is; None: it may. Asks the seat as the database has it now.

    ``unit``: whose it is; None where it is nobody's, or not known yet: then the role alone is asked. The time comes
    first: it is the same for everybody.
    """
    problem = closed(deed, round_)
    return whose_not(deed, round_, seat, unit) if problem is None else problem


def whose_not(deed: Deed | Right, round_: Round, seat: Seat, unit: Unit | None = None) -> Problem | None:
    """Why this seat may not do it at any time (R213): asked by what only shows what the deed would do."""
    now = Seat.objects.filter(pk=seat.pk, round=round_).select_related("person").first()
    if now is None or now.ended_at is not None or now.person.ended_at is not None:
        return _not_this(deed, round_, _ENDED(role=name_of(Role(seat.role))))
    if Role(now.role) not in _right(deed).who:
        return _not_this(deed, round_, name_of(Role(now.role)))
    return None if unit is None else unit_not(deed, round_, now, unit)


def unit_not(deed: Deed | Right, round_: Round, seat: Seat, unit: Unit) -> Problem | None:
    """Why it may not do it for this unit (R213), though it may for others: for many units after ``hold_for``.

    Asks the database nothing: until the end of the transaction the seat is as ``hold_for`` has found it.
    """
    role = Role(seat.role)
    if role not in _OF_UNITS or seat.unit_id == unit.pk:
        return None
    return _not_this(deed, round_, _OF_ANOTHER(role=name_of(role)))


def must_be(deed: Deed | Right, round_: Round, seat: Seat, unit: Unit | None = None) -> None:
    """The same, raised: ``RefusedError`` (R213, or what ``DEEDS`` has)."""
    if (problem := why_not(deed, round_, seat, unit)) is not None:
        raise RefusedError(problem)


def hold_for(deed: Deed | Right, round_: Round, seat: Seat, unit: Unit | None = None) -> None:
    """``hold``, and asks again: first in the transaction of a deed. Raises ``RefusedError`` as ``must_be`` does.

    Afterwards ``round_`` and ``seat`` are as the database has them.
    """
    hold()
    round_.refresh_from_db()
    must_be(deed, round_, seat, unit)
    seat.refresh_from_db()


def _not_this(deed: Deed | Right, round_: Round, found: Text) -> Problem:
    who = _right(deed).who
    expected = tuple(name_of(one) for one in Role if one in who)
    return Problem(Code.R213, place_of(round_), {"expected": expected, "found": found})


def _right(deed: Deed | Right) -> Right:
    return deed if isinstance(deed, Right) else DEEDS[deed]

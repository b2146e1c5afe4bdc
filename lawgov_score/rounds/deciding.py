"""Decisions on objections: made, with their effect on record, and made anew.

A decision that changes a score becomes a row of the office's workbook ``decisions.xlsx`` (复核改分), which stands in
``office/`` beside all others, with the number of its objection: so it counts instead of what a review had changed
before, and `score` on the exported folder gives the result that was shown. A later decision on an objection replaces
an earlier one, on another objection it follows it; rows of all stay.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import hold_for, must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.decisions_book import reason_in_book
from lawgov_score.rounds.effect import effect_json
from lawgov_score.rounds.events import record
from lawgov_score.rounds.fitting import check_score
from lawgov_score.rounds.folder import DECISIONS, books_in_force, plain_names
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import Change, Decision, Event, File, Objection, OfficeBook, Round, Seat
from lawgov_score.rounds.names import Deed, FileKind, ObjectionState, Outcome, Role, name_of
from lawgov_score.rounds.objecting import notice_again, objection_of, way_to_decided
from lawgov_score.rounds.states import move, moved_meanwhile, no_step
from lawgov_score.rounds.things import called, place_of
from lawgov_score.rounds.weighing import Weighed, weigh
from lawgov_score.wording import Words

_CHANGED = Words("材料或状态已变", "files or states changed")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made, and what it rests on."""

    decision: Decision
    weighed: Weighed


def decide(
    data: Data,
    round_: Round,
    n: int,
    outcome: Outcome,
    why: str,
    seat: Seat,
    now: datetime,
    *,
    score: float | None = None,
    has_no_score: bool = False,
    is_again: bool = False,
    is_told: bool = True,
    is_lower: bool = False,
    seen: tuple[int, ...] | None = None,
) -> Decided:
    """Decides objection ``n``: through all states that are left to 决定, with its effect on record, and to 告知.

    ``is_told``: the unit counts as told with the decision; else it is told later, and ``telling.tell`` records that.

    Where it is upheld, in part or whole, a ``score`` is needed, unless the figures or the register are corrected
    instead (``has_no_score``). ``is_again``: replaces a decision that was made; without that it is refused (R259), so
    that the same command run twice decides once. ``seen``: the objection as somebody saw it (``as_seen``): where it is
    otherwise now, it is refused (R212). ``is_lower``: it is meant that the unit has less by its own objection; without
    that it is refused (R322). Raises ``RefusedError``: as ``weigh`` and ``move`` do; R250 not in this state, R255
    outcome and score do not go together, R258 something changed meanwhile.
    """
    must_be(Deed.DECIDE, round_, seat)
    objection = objection_of(round_, n)
    check_seen(objection, seen)
    _check_again(objection, is_again=is_again)
    check_score(objection, outcome, score, has_no_score=has_no_score)
    if not why.strip():
        values = {"state": name_of(ObjectionState(objection.state)), "to": name_of(ObjectionState.DECIDED)}
        raise RefusedError(Problem(Code.R214, place_of(objection), values))
    weighed = weigh(data, round_, n, score, seat, now, outcome=outcome, why=why)
    if weighed.is_lower and not is_lower:
        raise RefusedError(Problem(Code.R322, place_of(objection), {"expected": weighed.before, "found": score}))
    book = None if weighed.book is None else keep(data, weighed.book, DECISIONS, FileKind.OFFICE, now, seat)
    with transaction.atomic():
        hold_for(Deed.DECIDE, round_, seat)
        current = objection_of(round_, n)
        check_seen(current, seen)
        _check_again(current, is_again=is_again)
        if current.version != objection.version or plain_names(data, round_) != weighed.names:
            raise RefusedError(Problem(Code.R258, place_of(current), {"found": _CHANGED}))
        former, stood = decision_of(current), ObjectionState(current.state)
        if former is None:
            _check_is_open(current, stood)
            for state in way_to_decided(stood):
                also = {"assigned_to": seat} if state is ObjectionState.ASSIGNED else None
                move(current, state, current.version, seat, why, now, also=also)
        elif stood is ObjectionState.NOTIFIED and not is_told:
            move(current, ObjectionState.DECIDED, current.version, seat, why, now)
        decision, rows = _add(round_, current, former, outcome, why.strip(), weighed, book, seat, now)
        after = {"outcome": outcome.value, "old": weighed.stands, "new": score}
        after |= {"book": book.sha256} if book is not None else {}
        before = {} if former is None else {"outcome": former.outcome, "new": former.new}
        is_told_again = is_told and stood is ObjectionState.NOTIFIED
        told = [notice_again(current, "decide", now)] if is_told_again else ()
        reason = why.strip()
        record("decide", current, seat, now, before=before, after=after, reason=reason, rows=rows, notices=told)
        if is_told and not is_told_again:
            move(current, ObjectionState.NOTIFIED, current.version, seat, why, now)
    return Decided(decision, weighed)


def decision_of(objection: Objection) -> Decision | None:
    """The decision in force; None where there is none."""
    return objection.decisions.filter(replaced_by=None).first()


def as_seen(objection: Objection) -> tuple[int, ...]:
    """What tells whether anything was done with it meanwhile: its version, and the last event about it."""
    last = Event.objects.filter(object=called(objection)).order_by("-seq").values_list("seq", flat=True).first()
    return objection.version, last or 0


def check_seen(objection: Objection, seen: tuple[int, ...] | None) -> None:
    """Is it still as somebody saw it (``as_seen``)? Raises ``RefusedError`` (R212)."""
    if seen is not None and seen != as_seen(objection):
        raise RefusedError(moved_meanwhile(objection))


def _add(
    round_: Round,
    objection: Objection,
    former: Decision | None,
    outcome: Outcome,
    why: str,
    weighed: Weighed,
    book: File | None,
    seat: Seat,
    now: datetime,
) -> tuple[Decision, list[Model]]:
    """The decision, and all rows of it: itself, the changed score, the workbook that carries it."""
    made: list[Model] = []
    if book is not None:
        last = books_in_force(round_).get(DECISIONS)
        n = 1 if last is None else last.n + 1
        made.append(
            OfficeBook.objects.create(round=round_, name=DECISIONS, n=n, file=book, at=now, seat=seat, replaces=last)
        )
    if weighed.score is not None:
        rows = Change.objects.filter(objection=objection)
        change = Change.objects.create(
            round=round_,
            unit=objection.unit,
            indicator=objection.indicator,
            reason=reason_in_book(objection.n, outcome, why),
            reviewer=name_of(Role.OFFICE).zh,
            day=weighed.day,
            old=weighed.before,
            new=weighed.score,
            objection=objection,
            at=now,
            seat=seat,
            replaces=rows.filter(replaced_by=None).order_by("pk").last(),
        )
        made.append(change)
    decision = Decision.objects.create(
        objection=objection,
        outcome=outcome.value,
        old=weighed.stands,
        new=weighed.score,
        reason=why,
        effect={} if weighed.effect is None else effect_json(weighed.effect),
        at=now,
        seat=seat,
        replaces=former,
    )
    return decision, [*made, decision]


def _check_is_open(objection: Objection, state: ObjectionState) -> None:
    """Raises ``RefusedError`` (R211) where it was not admitted."""
    if state is ObjectionState.NOTIFIED:
        raise RefusedError(no_step(objection, state, ObjectionState.DECIDED))


def _check_again(objection: Objection, *, is_again: bool) -> None:
    former = decision_of(objection)
    if former is not None and not is_again:
        values = {"found": name_of(Outcome(former.outcome))}
        raise RefusedError(Problem(Code.R259, place_of(objection), values))

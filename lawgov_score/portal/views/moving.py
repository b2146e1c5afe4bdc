"""The step to another state: first what it means and what is open, then the form; nothing is moved by looking."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job, do_once, see_other
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import local, told
from lawgov_score.rounds.events import head
from lawgov_score.rounds.moving import (
    Open,
    OpenKind,
    deadline_by,
    is_back,
    is_deadline_moved,
    move_round,
    must_compute,
    still_open,
)
from lawgov_score.rounds.names import JobState, RoundState, name_of
from lawgov_score.rounds.states import Tells, way_of
from lawgov_score.rounds.wording_of_days import no_work
from lawgov_score.rounds.wording_of_moves import MOST, what_is_open, what_it_means, what_lasts
from lawgov_score.wording import Text

LOOK = "look_ahead"  # the act of its long work
_FIELDS = ("why", "until", "released_by", "leaves_out")
_BEGINS_A_DEADLINE = frozenset({RoundState.OPEN, RoundState.OBJECTIONS})


def show(request: HttpRequest, desk: Desk, to: str) -> HttpResponse:
    """What a step means, and the form by which it is made."""
    state = _state(to)
    if state is None:
        return answers.not_there(request)
    if state is RoundState.PUBLISHED:
        return see_other(Place.PUBLICATION.address)
    return _shown(request, desk, state)


def move(request: HttpRequest, desk: Desk, to: str) -> HttpResponse:
    """Moves the round."""
    state, posted = _state(to), Posted(request)
    if state is None:
        return answers.not_there(request)

    def do() -> str:
        released_by, until = posted.text("released_by"), posted.moment("until", desk)
        if until is not None and posted.text("sure") != posted.text("until"):
            _must_be_meant(desk, state, until)
        move_round(
            *(desk.data, desk.round, state, posted.version(), posted.text("why"), desk.office, desk.now),
            leader=desk.leader if released_by else None,
            released_by=released_by,
            until=until,
            leaves_out=posted.is_on("leaves_out"),
            lang=desk.lang,
        )
        return "/"

    return do_once(request, desk, "move", do, lambda problems: _shown(request, desk, state, problems))


def look(request: HttpRequest, desk: Desk, to: str) -> HttpResponse:
    """Counts what is not reviewed, which takes a computation."""
    state = _state(to)
    if state is None:
        return answers.not_there(request)
    values = {"to": state.value}
    return begin_job(request, desk, LOOK, values, lambda problems: _shown(request, desk, state, problems))


def _must_be_meant(desk: Desk, to: RoundState, until: datetime) -> None:
    """Asks for a second press where a deadline may be a slip. Raises ``RefusedError`` (R318)."""
    early: tuple[Text, ...] = ()
    if is_deadline_moved(desk.round, to):
        open_ = still_open(desk.data, desk.round, to, desk.now, until)
        early = tuple(what_is_open(one, to) for one in open_ if one.kind is OpenKind.TOO_EARLY)
    if found := (*no_work(until), *early):
        raise RefusedError(Problem(Code.R318, TextPlace(desk.say(told(until))), {"found": found}))


def _state(to: str) -> RoundState | None:
    return RoundState(to) if to in {one.value for one in RoundState} else None


def _shown(request: HttpRequest, desk: Desk, to: RoundState, problems: Sequence[Problem] = ()) -> HttpResponse:
    if problems:
        desk.round.refresh_from_db()  # somebody else may have moved it meanwhile
    elif to is desk.state is not RoundState.OPEN:
        return see_other(Place.OVERVIEW.address)  # a page from before the move was opened again
    try:
        step = way_of(desk.round, to)
    except RefusedError as refused:
        return answers.refused(request, desk, problems or refused.problems)
    due = _due(desk, to)
    computes = must_compute(desk.data, desk.round, to)
    items = _counted(to) if computes else None
    open_ = still_open(desk.data, desk.round, to, desk.now, due, but={OpenKind.NOT_REVIEWED} if computes else ())
    if items:
        open_ = (*open_, Open(OpenKind.NOT_REVIEWED, items))
    typed = {name: Posted(request).text(name) for name in _FIELDS} if request.method == "POST" else {}
    context: dict[str, Any] = {
        "to": to.value,
        "to_name": name_of(to),
        "means": what_it_means(step),
        "tells_units": step.tells is Tells.UNITS,
        "is_back": is_back(desk.state, to),
        "needs_reason": step.needs_reason,
        "needs_release": step.needs_release,
        "open": [(what_is_open(one, to), one.about if len(one.about) > MOST else ()) for one in open_],
        "has_unpublished": any(one.kind is OpenKind.UNPUBLISHED for one in open_),
        "must_count": computes and items is None,
        "has_until": to in _BEGINS_A_DEADLINE,
        "until": typed.get("until") or _field(due),
        "lasts": _lasts(desk, to, due),
        "typed": typed,
        "is_deadline_moved": is_deadline_moved(desk.round, to),
        "sure": typed.get("until", "") if any(one.code is Code.R318 for one in problems) else "",
    }
    return answers.show(
        request, desk, Place.OVERVIEW, "move", context, problems=problems, status=409 if problems else 200
    )


def _due(desk: Desk, to: RoundState) -> datetime | None:
    """Until when units would have time; None: no deadline begins, or what is known of it is over."""
    if is_deadline_moved(desk.round, to):
        return desk.round.submit_by
    try:
        due = deadline_by(desk.round, to, desk.now)
    except RefusedError:  # the old one has passed: the form asks for another
        return None
    return due if due is not None and due > desk.now else None


def _lasts(desk: Desk, to: RoundState, due: datetime | None) -> tuple[Text, ...]:
    return () if due is None else tuple(what_lasts(desk.data, desk.round, to, due, desk.now))


def _field(moment: datetime | None) -> str:
    return "" if moment is None else f"{local(moment):%Y-%m-%dT%H:%M}"


def _counted(to: RoundState) -> tuple[str, ...] | None:
    """The items that nobody has reviewed, as they were counted last; None: nobody counted them since the last deed."""
    last = jobs.of_act(LOOK).filter(state=JobState.DONE.value).first()
    said = None if last is None else last.outcome
    if not said or said["seq"] != head().seq or said["state"] != to.value:
        return None
    return tuple(said["items"])

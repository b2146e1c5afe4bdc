"""总览: where the round stands, what is to be done next, until when; and the step to the next state."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, do_once
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem
from lawgov_score.rounds.moving import move_round
from lawgov_score.rounds.names import RoundState, name_of
from lawgov_score.rounds.states import steps_from
from lawgov_score.rounds.status import status_of


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page."""
    states = list(RoundState)
    at = states.index(desk.state)
    context = {
        "states": [(name_of(one), i < at, i == at) for i, one in enumerate(states)],
        "open": status_of(desk.round).open,
        "steps": [(step.to.value, name_of(step.to)) for step in steps_from(desk.state)],
    }
    return answers.show(
        request, desk, Place.OVERVIEW, "overview", context, problems=problems, status=409 if problems else 200
    )


def move(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Moves the round to another state."""
    posted = Posted(request)

    def do() -> str:
        to = RoundState(posted.text("to"))
        leader = desk.leader if posted.text("released_by") else None
        move_round(
            *(desk.data, desk.round, to, posted.version(), posted.text("why"), desk.office, desk.now),
            leader=leader,
            released_by=posted.text("released_by"),
            until=posted.moment("until", desk),
            lang=desk.lang,
        )
        return "/"

    return do_once(request, desk, "move", do, lambda problems: show(request, desk, problems))

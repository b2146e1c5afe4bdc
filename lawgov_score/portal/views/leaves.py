"""延期: a unit that may send after the deadline: until when, and why; and those that were granted, with their fate."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, do_once, refuse_if_empty
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.granted import Fate, granted
from lawgov_score.rounds.leaves import end_leave, grant_leave
from lawgov_score.rounds.objecting import unit_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_SIGNS = {Fate.LASTS: "good", Fate.USED: "wait"}
_UNTIL, _WHY = Words("延到何时", "Until"), Words("理由", "Reason")
_LATER = Words("以后的日期和时间", "a day and an hour to come")
_A_REASON = Words("理由，一两句话", "a reason, a sentence or two")


def show(
    request: HttpRequest, desk: Desk, problems: Sequence[Problem] = (), typed: Posted | None = None
) -> HttpResponse:
    """The page."""
    said = {name: "" if typed is None else typed.text(name) for name in ("unit", "until", "why")}
    if typed is None:
        said["unit"] = request.GET.get("unit", "")
    context = {
        "typed": said,
        "units": desk.round.units.filter(ended_at=None),
        "leaves": [(one, _SIGNS.get(one.fate, ""), one.fate is Fate.LASTS) for one in granted(desk.round, desk.now)],
    }
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "leaves", context, problems=problems, status=status)


def grant(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Grants more time."""
    posted = Posted(request)

    def do() -> str:
        unit, until = unit_of(desk.round, posted.text("unit")), posted.moment("until", desk)
        refuse_if_empty(until, _UNTIL, _LATER, desk)
        assert until is not None
        if until <= desk.now:
            figures = {"field": _UNTIL, "expected": told(desk.now), "found": told(until)}
            raise RefusedError(Problem(Code.R312, TextPlace(desk.say(_UNTIL)), figures))
        grant_leave(desk.round, unit, until, _reason(desk, posted), desk.office, desk.now)
        return "/leaves/"

    return do_once(request, desk, "leave", do, lambda problems: show(request, desk, problems, posted))


def end(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ends the leave of a unit."""
    posted = Posted(request)

    def do() -> str:
        unit = unit_of(desk.round, posted.text("unit"))
        seen, why = posted.version("leave"), _reason(desk, posted)
        if end_leave(desk.round, unit, why, desk.office, desk.now, seen=seen) is None:
            raise RefusedError(Problem(Code.R313, place_of(unit), {"unit": unit.code, "name": unit.name}))
        return "/leaves/"

    return do_once(request, desk, "end_leave", do, lambda problems: show(request, desk, problems))


def _reason(desk: Desk, posted: Posted) -> str:
    why = posted.text("why")
    refuse_if_empty(why, _WHY, _A_REASON, desk)
    return why

"""异议: the list of what units object to, with what is to be decided first, then what is to be told."""

import math
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.places import Place
from lawgov_score.rounds import wording_of_objections as words
from lawgov_score.rounds.allowed import closed
from lawgov_score.rounds.clock import Calendar, local
from lawgov_score.rounds.holidays import calendar
from lawgov_score.rounds.models import Decision, Objection
from lawgov_score.rounds.names import UNDECIDED, Deed, ObjectionState, Outcome, name_of
from lawgov_score.rounds.telling import is_untold
from lawgov_score.rounds.wording_of_days import unknown_days
from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class Line:
    """An objection in the list. ``left``: working days until it is to be decided; None where that is done."""

    of: Objection
    state: Words
    is_open: bool
    is_untold: bool
    is_overdue: bool
    left: int | None
    outcome: Words | None


def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, with what is to be decided first."""
    days = calendar()
    in_force = {
        one.objection_id: name_of(Outcome(one.outcome))
        for one in Decision.objects.filter(objection__round=desk.round, replaced_by=None)
    }
    lines = [
        line_of(one, desk, days, in_force.get(one.pk))
        for one in desk.round.objections.select_related("unit").order_by("n")
    ]
    which, asked = request.GET.get("which", ""), request.GET.get("q", "").strip()
    shown = [one for one in lines if _is_asked(one, which, asked.casefold())]
    shown.sort(key=_urgency)
    until = desk.round.objections_until
    context = {
        "lines": shown,
        "unknown": [] if until is None else [desk.say(text) for text in unknown_days(until, until)],
        "all": len(lines),
        "open": sum(one.is_open for one in lines),
        "untold": sum(one.is_untold for one in lines),
        "overdue": sum(one.is_overdue for one in lines),
        "which": which,
        "filter": asked,
        "until": words.until_told(desk.round, desk.now),
        "not_now": answers.told_of(filter(None, [closed(Deed.OBJECT, desk.round)]), desk.lang),
        "none": words.NONE,
    }
    return answers.show(request, desk, Place.OBJECTIONS, "objections", context)


def line_of(of: Objection, desk: Desk, days: Calendar, outcome: Words | None) -> Line:
    """An objection as the list has it, on the day of the desk. ``outcome``: of the decision in force."""
    state = ObjectionState(of.state)
    is_open = state in UNDECIDED
    left = None
    if is_open and of.due is not None:
        left = days.working_days_to(local(desk.now).date(), local(of.due).date())
    is_overdue = is_open and of.due is not None and of.due < desk.now
    return Line(of, name_of(state), is_open, is_untold(of), is_overdue, left, outcome)


def _urgency(line: Line) -> tuple[bool, bool, float, int]:
    """What is to be decided by its day, then what is to be told, then the rest."""
    due = line.of.due.timestamp() if line.is_open and line.of.due is not None else math.inf
    return not line.is_open, not line.is_untold, due, line.of.n


def _is_asked(line: Line, which: str, asked: str) -> bool:
    if (which == "open" and not line.is_open) or (which == "overdue" and not line.is_overdue):
        return False
    if (which == "untold" and not line.is_untold) or (which == "closed" and (line.is_open or line.is_untold)):
        return False
    of = line.of
    return not asked or any(asked in text.casefold() for text in (of.unit.name, of.unit.code, of.indicator, of.claim))

"""放假安排: the table of holidays and made-up days by which deadlines are reckoned, and the years that it lacks."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, do_once, refuse_if_empty
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.days_listed import MOST, listed, years_lacking
from lawgov_score.rounds.holidays import set_days
from lawgov_score.rounds.names import DayKind, named
from lawgov_score.rounds.wording_of_days import unknown_line
from lawgov_score.wording import Words

_FIELDS = ("first", "last", "kind", "name", "why")
_FROM, _TO, _KIND = Words("从", "From"), Words("到", "To"), Words("安排", "What they are")
_A_KIND = Words("放假、上班、平日中的一个", "a day off, a working day, or an ordinary day")
_A_DAY = Words("日期，如 2027-02-06", "a day, such as 2027-02-06")
_NOT_BEFORE = Words("不早于第一天、一年以内的日期", "a day that is not before the first, within a year")


def show(
    request: HttpRequest, desk: Desk, problems: Sequence[Problem] = (), typed: Posted | None = None
) -> HttpResponse:
    """The page."""
    lacking = years_lacking(desk.round, desk.now)
    spans, year = listed(), local(desk.now).year
    context = {
        "typed": {name: "" if typed is None else typed.text(name) for name in _FIELDS},
        "lacking": unknown_line(lacking) if lacking else None,
        "years": [
            (of, [one for one in spans if one.first.year == of], of >= year)
            for of in sorted({one.first.year for one in spans}, reverse=True)
        ],
        "kinds": list(DayKind),
    }
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "days", context, problems=problems, status=status)


def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Makes days holidays, working days, or what their weekday says."""
    posted = Posted(request)

    def do() -> str:
        chosen = posted.text("kind")
        refuse_if_empty(chosen, _KIND, _A_KIND, desk)
        kind = named(chosen, DayKind)
        set_days(_days(desk, posted), kind, desk.office, desk.now, name=posted.text("name"), why=posted.text("why"))
        return "/days/"

    return do_once(request, desk, "set_day", do, lambda problems: show(request, desk, problems, posted))


def _days(desk: Desk, posted: Posted) -> list[date]:
    first = posted.day("first")
    refuse_if_empty(first, _FROM, _A_DAY, desk)
    assert first is not None
    last = posted.day("last") or first
    if not 0 <= (last - first).days < MOST:
        figures = {"expected": _NOT_BEFORE, "found": posted.text("last")}
        raise RefusedError(Problem(Code.R306, TextPlace(desk.say(_TO)), figures))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

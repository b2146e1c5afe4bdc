"""退回: what came is accepted or goes back with a marked copy; what went back waits here for its unit's answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.came import came_of
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import ONCE, Again, Posted, begin_job, do_once
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.chosen import Seen, accept_all, as_seen, take_back_all
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.names import JobState, RoundState, SubmissionState
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.returning import OpenReturn, due_of, open_returns, why_by_row
from lawgov_score.rounds.status import UnitStatus, status_of
from lawgov_score.rounds.wording_of_days import time_left, unknown_days
from lawgov_score.wording import Text, Words

RETURN, ACCEPT = "return", "accept_many"  # acts of its long work
MOST_AT_ONCE = 100  # that are accepted while the page waits
_EARLIER = 8  # earlier returns whose copies are listed
_GOES_BACK = (SubmissionState.RECEIVED, SubmissionState.RETURNED)
_BOXES = ThingPlace("seen", Words("勾选", "boxes"))
_ONE = Words("至少勾选一份", "at least one that is ticked")
_NONE = Words("一份也没有勾选", "none")


@dataclass(frozen=True, slots=True)
class _Row:
    """One submission of a list. ``seen``: what its box posts."""

    status: UnitStatus
    seen: str
    is_ticked: bool
    why: Text = ""
    back: OpenReturn | None = None
    left: Text = ""
    is_over: bool = False


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page. ``job``: what came of that return; ``tick`` (all, none) and ``of``: the boxes of one list."""
    posted = Posted(request)
    chosen = set(posted.texts("seen")) if request.method == "POST" else None
    find = request.GET.get("find", "").strip() or posted.text("find")
    is_undone = request.path.endswith("/undo/")
    waiting, back = _lists(desk, find)
    dues = open_returns([one.in_force for one in back if one.in_force is not None])
    fine = [one for one in waiting if one.is_fine]
    doubtful = [one for one in waiting if one.is_only_doubted]
    faulty = [one for one in waiting if not one.is_fine and not one.is_only_doubted]
    context = {
        "fine": [_row(request, one, "fine", chosen, ticked=True) for one in fine],
        "doubtful": [_row(request, one, "doubtful", chosen, ticked=False) for one in doubtful],
        "faulty": [_row(request, one, "faulty", chosen, ticked=True, why=why_by_row(one)) for one in faulty],
        "back": [_waits(request, desk, one, chosen, dues) for one in back],
        "find": find,
        "typed_why": posted.text("why") if is_undone else "",
        "kept": {} if is_undone else {name: posted.text(name) for name in ("why", "until")},
        **_result(request, desk),
    }
    return answers.show(
        request, desk, Place.RETURNS, "returns", context, problems=problems, status=409 if problems else 200
    )


def accept(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Accepts what is ticked, all or none; of very many each by itself, since nobody waits for a minute."""

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return show(request, desk, problems)

    if len(Posted(request).texts("seen")) > MOST_AT_ONCE:
        values = {"seen": [[one.unit, one.n, one.version] for one in _seen(request)]}
        return begin_job(request, desk, ACCEPT, values, again)

    def do() -> str:
        accept_all(desk.round, _seen(request), desk.office, desk.now)
        find = Posted(request).text("find")
        return f"{Place.RETURNS.address}?{urlencode({'find': find})}" if find else Place.RETURNS.address

    return do_once(request, desk, "accept", do, again)


def preview(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """What would go back, why, and until when; nothing is done."""
    posted = Posted(request)
    try:
        rows = as_seen(desk.round, _seen(request), _GOES_BACK)
    except RefusedError as refused:
        return show(request, desk, problems or refused.problems)
    codes = {row.unit.code for row in rows}
    going = [one for one in status_of(desk.round).units if one.unit.code in codes]
    due = due_of(desk.round, desk.now)
    context = {
        "going": [(one, _named(one), why_by_row(one)) for one in going],
        "due": due,
        "unknown": unknown_days(desk.now, due),
        "why": posted.text("why"),
        "until": posted.text("until"),
    }
    return answers.show(
        request, desk, Place.RETURNS, "returns_preview", context, problems=problems, status=409 if problems else 200
    )


def send_back(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begins to make the copies, and to move what they are of."""
    posted = Posted(request)

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return preview(request, desk, problems)

    try:
        until = posted.moment("until", desk)
        due_of(desk.round, desk.now, until)
    except RefusedError as refused:
        return again(refused.problems)
    return _begin(request, desk, until, again)


def copy_again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Makes the copies of what is returned already once more."""
    return _begin(request, desk, None, lambda problems: show(request, desk, problems))


def take_back(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Takes returns back: what is ticked is 已报 again."""
    why = Posted(request).text("why")

    def do() -> str:
        take_back_all(desk.round, _seen(request), why, desk.office, desk.now)
        return Place.RETURNS.address

    return do_once(request, desk, "take_back", do, lambda problems: show(request, desk, problems))


def _begin(request: HttpRequest, desk: Desk, until: datetime | None, again: Again) -> HttpResponse:
    try:
        seen = _seen(request)
        if not jobs.of_act(RETURN).filter(token=Posted(request).text(ONCE)).exists():  # a second press has moved them
            as_seen(desk.round, seen, _GOES_BACK)
    except RefusedError as refused:
        return again(refused.problems)
    values = {
        "seen": [[one.unit, one.n, one.version] for one in seen],
        "why": Posted(request).text("why"),
        "until": None if until is None else until.isoformat(),
    }
    return begin_job(request, desk, RETURN, values, again)


def _seen(request: HttpRequest) -> list[Seen]:
    """What was ticked. Raises ``RefusedError`` (R306) where nothing was; what no box of ours says is of no unit."""
    found = []
    for text in Posted(request).texts("seen"):
        rest, _, version = text.rpartition("/")
        unit, _, n = rest.rpartition("/")
        at, seen = whole_number(n), whole_number(version)
        found.append(Seen(text, 0, 0) if at is None or seen is None else Seen(unit, at, seen))
    if not found:
        raise RefusedError(Problem(Code.R306, _BOXES, {"expected": _ONE, "found": _NONE}))
    return found


def _lists(desk: Desk, find: str) -> tuple[list[UnitStatus], list[UnitStatus]]:
    """What waits to be accepted, and what is returned; ``find``: of units whose code or name has it."""
    units = [
        one
        for one in status_of(desk.round).units
        if find.casefold() in one.unit.code.casefold() or find.casefold() in one.unit.name.casefold()
    ]
    waiting = [one for one in units if one.state is SubmissionState.RECEIVED]
    return waiting, [one for one in units if one.state is SubmissionState.RETURNED]


def _named(one: UnitStatus) -> str:
    assert one.in_force is not None  # of a list of what came
    return f"{one.unit.code}/{one.in_force.n}/{one.in_force.version}"


def _row(
    request: HttpRequest, one: UnitStatus, of: str, chosen: set[str] | None, *, ticked: bool, why: Text = ""
) -> _Row:
    return _Row(one, seen := _named(one), _is_ticked(request, seen, of, chosen, ticked=ticked), why)


def _waits(
    request: HttpRequest, desk: Desk, one: UnitStatus, chosen: set[str] | None, dues: Mapping[int, OpenReturn]
) -> _Row:
    assert one.in_force is not None  # of a list of what came
    seen, back = _named(one), dues.get(one.in_force.pk)
    due = None if back is None else back.due
    left = "" if due is None or desk.state is RoundState.ARCHIVED else time_left(desk.now, due)
    ticked = _is_ticked(request, seen, "back", chosen, ticked=False)
    return _Row(one, seen, ticked, back=back, left=left, is_over=due is not None and due <= desk.now)


def _is_ticked(request: HttpRequest, seen: str, of: str, chosen: set[str] | None, *, ticked: bool) -> bool:
    """As it was posted; else as somebody asked for the whole list; else as lists begin."""
    if chosen is not None:
        return seen in chosen
    if request.GET.get("of") == of and (tick := request.GET.get("tick")) in {"all", "none"}:
        return tick == "all"
    return ticked


def _result(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What came of one return, and earlier ones that have copies still."""
    came, accepted = came_of(request, RETURN), came_of(request, ACCEPT)
    found, outcome = (None, {}) if came is None else came
    n_accepted, not_accepted = (None, ()) if accepted is None else (accepted[1]["n"], accepted[1]["problems"])
    done = jobs.of_act(RETURN).filter(state=JobState.DONE.value)
    return {
        "job": found,
        "lines": outcome.get("lines", ()),
        "is_gone_on": bool(outcome.get("is_again")),
        "clean": outcome.get("clean", ()),
        "result_due": _due_of_result(outcome),
        "result_problems": answers.told_from(outcome.get("problems", ()), desk.lang),
        "accepted": n_accepted,
        "not_accepted": answers.told_from(not_accepted, desk.lang),
        "earlier": [
            (job, len(job.outcome["lines"]))
            for job in done[:_EARLIER]
            if job.outcome and job.outcome["lines"] and job != found
        ],
    }


def _due_of_result(outcome: Mapping[str, Any]) -> Text:
    """Until when those have time that went back by it; what was returned before keeps its day."""
    is_new = any(line["is_moved"] for line in outcome.get("lines", ()))
    return told(datetime.fromisoformat(outcome["due"])) if is_new else ""

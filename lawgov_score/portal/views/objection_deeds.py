"""异议: what is done with one: its steps, what a score would do, the decision, and that its unit was told."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.content.telling_words import A_WAY, BLANK, BY_WHOM
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import ONCE, Posted, begin_job, do_once, misread, refuse_if_empty
from lawgov_score.portal.views.objection import STEPS, one
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds import jobs
from lawgov_score.rounds.deciding import as_seen
from lawgov_score.rounds.fitting import check_fits
from lawgov_score.rounds.names import ObjectionState, Outcome, name_of
from lawgov_score.rounds.objecting import objection_of, take_step
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.states import moved_meanwhile
from lawgov_score.rounds.telling import Telling, tell
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_O = ObjectionState
_AN_OUTCOME = Words("成立、部分成立、不成立之一", "upheld, partly upheld or rejected")
_A_STEP = Words("受理、不受理、交办、拟办、撤回之一", "admitted, refused, assigned, drafted or withdrawn")
_SCORE_OR_NOT = Words("得分或“不改分”，二者之一", "a score, or that no score is changed: one of them")
_DAY = Words("告知日期", "Told on")
_A_DAY = Words("实际告知单位的那一天", "the day on which the unit was told")
_BOTH, _NEITHER = Words("两样都写了", "both"), Words("两样都没有", "neither")


def step(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """受理, 不受理, 交办, 拟办, 撤回."""
    posted = Posted(request)

    def do() -> str:
        of = objection_of(desk.round, n)
        to = next((each for each in STEPS[_O.FILED] if each.value == posted.text("to")), None)
        if to is None:
            raise misread("to", _A_STEP, posted.text("to"))
        take_step(of, to, posted.version(), desk.office, posted.text("step_why"), desk.now, is_told=False)
        return f"/objections/{n}/"

    return do_once(request, desk, "step", do, lambda problems: one(request, desk, n, problems))


def weigh(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """Works out what a score would do."""

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return one(request, desk, n, problems)

    posted = Posted(request)
    try:
        objection_of(desk.round, n)
        score = posted.number("score")
        if score is None and not posted.is_on("no_score"):
            raise misread("score", _SCORE_OR_NOT, _NEITHER)
    except RefusedError as refused:
        return again(refused.problems)
    values = {"n": n, "score": score, "outcome": posted.text("outcome"), "why": posted.text("why")}
    values |= {"no_score": posted.is_on("no_score"), "again": posted.is_on("again"), "back": f"/objections/{n}/#decide"}
    return begin_job(request, desk, "weigh", values, again)


def decide(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """Decides, through all steps that are left."""

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return one(request, desk, n, problems)

    posted = Posted(request)
    try:
        of = objection_of(desk.round, n)
        outcome = next((each for each in Outcome if each.value == posted.text("outcome")), None)
        if outcome is None:
            raise misread("outcome", _AN_OUTCOME, posted.text("outcome") or BLANK)
        score, has_no_score = posted.number("score"), posted.is_on("no_score")
        if outcome is not Outcome.REJECTED and (score is None) is not has_no_score:
            raise misread("score", _SCORE_OR_NOT, _NEITHER if score is None else _BOTH)
        scheme = scheme_at_hand(desk.data, desk.round)
        check_fits(of, outcome, score, scheme, has_no_score=has_no_score)
        if not posted.text("why"):
            states = {"state": name_of(ObjectionState(of.state)), "to": name_of(_O.DECIDED)}
            raise RefusedError(Problem(Code.R214, place_of(of), states))
        seen = seen_in(posted)
        if not jobs.is_begun(request.POST.get(ONCE, ""), "decide") and seen != as_seen(of):
            raise RefusedError(moved_meanwhile(of))
    except RefusedError as refused:
        return again(refused.problems)
    values: dict[str, Any] = {
        "n": n,
        "outcome": outcome.value,
        "score": score,
        "no_score": has_no_score,
        "why": posted.text("why"),
    }
    values |= {
        "again": posted.is_on("again"),
        "is_lower": posted.is_on("is_lower"),
        "seen": list(seen),
        "back": f"/objections/{n}/#decide",
    }
    return begin_job(request, desk, "decide", values, again)


def tell_unit(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """Records on which day, by whom and how the unit was told."""
    posted = Posted(request)

    def do() -> str:
        of = objection_of(desk.round, n)
        day, how = posted.day("told_day"), posted.text("told_how")
        refuse_if_empty(day, _DAY, _A_DAY, desk)
        refuse_if_empty(how, BY_WHOM, A_WAY, desk)
        assert day is not None  # refused if empty
        tell(of, Telling(day, how), desk.office, desk.now, seen=seen_in(posted))
        return f"/objections/{n}/"

    return do_once(request, desk, "tell", do, lambda problems: one(request, desk, n, problems))


def seen_in(posted: Posted) -> tuple[int, ...]:
    """The objection as the page showed it (``deciding.as_seen``); what no page says is like none."""
    return tuple(whole_number(part) or 0 for part in posted.text("seen").split("-"))

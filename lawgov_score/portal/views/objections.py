"""异议: what units object to, each with its standard, its precedents and what a score would do; steps and decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.catalogue import Code
from lawgov_score.explanation.standard import standard
from lawgov_score.model import Indicator
from lawgov_score.portal import answers
from lawgov_score.portal.came import came_of
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import ONCE, Posted, begin_job, do_once
from lawgov_score.portal.moved import effect_shown
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.report import number_text
from lawgov_score.rounds import jobs
from lawgov_score.rounds import wording_of_objections as words
from lawgov_score.rounds.allowed import closed
from lawgov_score.rounds.clock import Calendar, local
from lawgov_score.rounds.deciding import as_seen, check_fits, decision_of, doubts
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.holidays import calendar
from lawgov_score.rounds.kept import Written, pour
from lawgov_score.rounds.models import Decision, Objection, Unit
from lawgov_score.rounds.names import Deed, FileKind, JobState, ObjectionState, Outcome, RunKind, name_of
from lawgov_score.rounds.objecting import (
    Filed,
    evidence_of,
    object_to,
    objection_of,
    open_to,
    take_step,
    title_of,
)
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.precedents import precedents
from lawgov_score.rounds.results import NodeScore, scores_of
from lawgov_score.rounds.running import fingerprint_now
from lawgov_score.rounds.scheme import Scheme, scheme_at_hand
from lawgov_score.rounds.states import moved_meanwhile
from lawgov_score.rounds.things import place_of
from lawgov_score.rounds.wording_of_days import unknown_days
from lawgov_score.wording import Words
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large

_O = ObjectionState
_OPEN = frozenset({_O.FILED, _O.ADMITTED, _O.ASSIGNED, _O.DRAFTED})
_STEPS: Mapping[ObjectionState, tuple[ObjectionState, ...]] = {
    _O.FILED: (_O.ADMITTED, _O.REFUSED, _O.ASSIGNED, _O.DRAFTED),
    _O.ADMITTED: (_O.ASSIGNED, _O.DRAFTED),
    _O.ASSIGNED: (_O.DRAFTED,),
}
_A_CLAIM = Words("单位的理由", "what the unit says")
_AN_ADDRESS = Words("网址，以 http:// 或 https:// 开头", "an address that begins with http:// or https://")
_AN_OUTCOME = Words("成立、部分成立、不成立之一", "upheld, partly upheld or rejected")
_A_STEP = Words("受理、不受理、交办、拟办之一", "admitted, refused, assigned or drafted")
_BLANK = Words("空白", "nothing")
_SCORE_OR_NOT = Words("得分或“不改分”，二者之一", "a score, or that no score is changed: one of them")
_BOTH, _NEITHER = Words("两样都写了", "both"), Words("两样都没有", "neither")


@dataclass(frozen=True, slots=True)
class _Line:
    """An objection in the list. ``left``: working days until it is to be decided; None where that is done."""

    of: Objection
    state: Words
    is_open: bool
    is_overdue: bool
    left: int | None
    outcome: Words | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision that was made, with its effect."""

    told: str
    in_force: bool
    effect: dict[str, Any] | None


def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, with what is to be decided first."""
    days = calendar()
    in_force = {
        one.objection_id: name_of(Outcome(one.outcome))
        for one in Decision.objects.filter(objection__round=desk.round, replaced_by=None)
    }
    lines = [
        _line(one, desk, days, in_force.get(one.pk))
        for one in desk.round.objections.select_related("unit").order_by("n")
    ]
    which, asked = request.GET.get("which", ""), request.GET.get("q", "").strip()
    shown = [one for one in lines if _is_asked(one, which, asked.casefold())]
    shown.sort(key=lambda one: (not one.is_open, one.of.due is None, one.of.due if one.is_open else None, one.of.n))
    until = desk.round.objections_until
    context = {
        "lines": shown,
        "unknown": [] if until is None else [desk.say(text) for text in unknown_days(until, until)],
        "all": len(lines),
        "open": sum(one.is_open for one in lines),
        "overdue": sum(one.is_overdue for one in lines),
        "which": which,
        "filter": asked,
        "until": words.until_told(desk.round),
        "not_now": answers.told_of(filter(None, [closed(Deed.OBJECT, desk.round)]), desk.lang),
        "none": words.NONE,
    }
    return answers.show(request, desk, Place.OBJECTIONS, "objections", context)


def new(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The form to file one: first the unit, then one of its own indicators."""
    posted = Posted(request)
    code = request.GET.get("unit", "") or posted.text("unit")
    units = [one for one in desk.round.units.order_by("place") if one.ended_at is None]
    unit = next((one for one in units if one.code == code), None)
    context: dict[str, Any] = {
        "units": units,
        "unit": unit,
        "values": {name: posted.text(name) for name in ("indicator", "claim", "wanted", "address", "exception")},
        "until": words.until_told(desk.round),
        "is_over": desk.round.objections_until is not None and desk.now > desk.round.objections_until,
    }
    if unit is not None:
        context["options"] = _options(desk, scheme_at_hand(desk.data, desk.round), unit)
    return answers.show(
        request, desk, Place.OBJECTIONS, "objection_new", context, problems=problems, status=409 if problems else 200
    )


def file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Files one, or adds evidence to the very same."""
    posted = Posted(request)
    address, claim = posted.text("address"), posted.text("claim")

    enclosed: Written | None = None

    def do() -> str:
        filed = _file(desk, posted, "" if enclosed is not None else address, enclosed)
        if enclosed is not None and address:
            _file(desk, posted, address, None)
        same = "" if not filed.is_same else "?same=more" if filed.has_more else "?same=all"
        return f"/objections/{filed.objection.n}/{same}"

    def again(problems: Sequence[Problem]) -> HttpResponse:
        n = posted.version("of")
        return one(request, desk, n, problems) if n else new(request, desk, problems)

    try:
        if not claim:
            raise _misread("claim", _A_CLAIM, _BLANK)
        if address and not address.lower().startswith(("http://", "https://")):
            raise _misread("address", _AN_ADDRESS, address)
        enclosed = _enclosed(desk, posted)
    except RefusedError as refused:
        return again(refused.problems)
    return do_once(request, desk, "object", do, again)


def one(request: HttpRequest, desk: Desk, n: int, problems: Sequence[Problem] = ()) -> HttpResponse:
    """One objection with all that a decision needs."""
    of = _objection(desk, n)
    if of is None:
        return answers.not_there(request)
    scheme = scheme_at_hand(desk.data, desk.round)
    state, posted = ObjectionState(of.state), Posted(request)
    came, lost = _weighed(request, n), None if "said" in request.GET else _lost(n)  # said: this window has just done it
    job = None if came is None else came[0]
    decision = decision_of(of)
    seen, (node, is_now) = as_seen(of), _node(desk, of)
    context: dict[str, Any] = {
        "of": of,
        "line": _line(of, desk, calendar(), None),
        "title": title_of(scheme.tree, of.indicator),
        "standard": _standard(desk, scheme, of),
        "takes_score": of.unit.ended_at is None and isinstance(scheme.tree.by_code.get(of.indicator), Indicator),
        "node": node,
        "is_now": is_now,
        "filed_at": words.filed_at_told(of),
        "due": words.due_told(of),
        "unknown": [] if of.due is None else [desk.say(text) for text in unknown_days(of.filed_at, of.due)],
        "evidence": evidence_of(of),
        "decision": decision,
        "decisions": [_made(desk, each) for each in of.decisions.order_by("-pk")],
        "precedents": [words.precedent_told(each) for each in precedents(desk.data, desk.round, of.indicator, but=n)],
        "no_precedents": words.NO_PRECEDENTS,
        "steps": [(each.value, name_of(each)) for each in _STEPS.get(state, ())],
        "outcomes": [(each.value, name_of(each)) for each in Outcome],
        "is_refused": state in {_O.REFUSED, _O.NOTIFIED} and decision is None,
        "not_now": answers.told_of(filter(None, [closed(Deed.DECIDE, desk.round)]), desk.lang),
        "is_stale": decision is not None and decision.new is not None and _is_stale(desk),
        "seen": f"{seen[0]}-{seen[1]}",
        "values": _values(posted, job or lost),
        "failures": answers.told_from(lost.problems, desk.lang) if lost is not None and job is None else (),
        "same": words.same_told(of, has_more=request.GET["same"] == "more") if "same" in request.GET else None,
        "doubts": _doubts(desk, of, job, scheme),
    }
    if came is not None:
        kept, score = came[1]["effect"], came[0].values["score"]
        context |= {"weighed": job, "weighed_score": score, "stands": words.points_told(came[1]["stands"])}
        context["effect"] = None if kept is None else effect_shown(desk, kept)
    return answers.show(
        request, desk, Place.OBJECTIONS, "objection", context, problems=problems, status=409 if problems else 200
    )


def step(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """受理, 不受理, 交办, 拟办."""
    posted = Posted(request)

    def do() -> str:
        of = objection_of(desk.round, n)
        to = next((each for each in _STEPS[_O.FILED] if each.value == posted.text("to")), None)
        if to is None:
            raise _misread("to", _A_STEP, posted.text("to"))
        take_step(of, to, posted.version(), desk.office, posted.text("step_why"), desk.now)
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
            raise _misread("score", _SCORE_OR_NOT, _NEITHER)
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
            raise _misread("outcome", _AN_OUTCOME, posted.text("outcome") or _BLANK)
        score, has_no_score = posted.number("score"), posted.is_on("no_score")
        if outcome is not Outcome.REJECTED and (score is None) is not has_no_score:
            raise _misread("score", _SCORE_OR_NOT, _NEITHER if score is None else _BOTH)
        scheme = scheme_at_hand(desk.data, desk.round)
        check_fits(of, outcome, score, scheme, has_no_score=has_no_score)
        if not posted.text("why"):
            states = {"state": name_of(ObjectionState(of.state)), "to": name_of(_O.DECIDED)}
            raise RefusedError(Problem(Code.R214, place_of(of), states))
        seen = tuple(map(whole_number, posted.text("seen").split("-")))
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
    values |= {"again": posted.is_on("again"), "seen": list(seen), "back": f"/objections/{n}/#decide"}
    return begin_job(request, desk, "decide", values, again)


def evidence(request: HttpRequest, desk: Desk, n: int, k: int) -> HttpResponseBase:
    """A file that came with an objection, to keep."""
    of = _objection(desk, n)
    found = () if of is None else evidence_of(of)
    if not 0 < k <= len(found) or not found[k - 1].sha256:
        return answers.not_there(request)
    return answers.download(desk.data.store.read(found[k - 1].sha256), found[k - 1].title)


def _file(desk: Desk, posted: Posted, address: str, enclosed: Written | None) -> Filed:
    return object_to(
        *(desk.data, desk.round, posted.text("unit"), posted.text("indicator"), posted.text("claim")),
        desk.office,
        desk.now,
        wanted=posted.text("wanted"),
        evidence=address,
        exception=posted.text("exception"),
        enclosed=enclosed,
    )


def _objection(desk: Desk, n: int) -> Objection | None:
    try:
        return objection_of(desk.round, n)
    except RefusedError:
        return None


def _line(of: Objection, desk: Desk, days: Calendar, outcome: Words | None) -> _Line:
    state = ObjectionState(of.state)
    is_open = state in _OPEN
    left = None
    if is_open and of.due is not None:
        left = days.working_days_to(local(desk.now).date(), local(of.due).date())
    is_overdue = is_open and of.due is not None and of.due < desk.now
    return _Line(of, name_of(state), is_open, is_overdue, left, outcome)


def _is_asked(line: _Line, which: str, asked: str) -> bool:
    if (which == "open" and not line.is_open) or (which == "overdue" and not line.is_overdue):
        return False
    if which == "closed" and line.is_open:
        return False
    of = line.of
    return not asked or any(asked in text.casefold() for text in (of.unit.name, of.unit.code, of.indicator, of.claim))


def _options(desk: Desk, scheme: Scheme, unit: Unit) -> list[tuple[str, str, str]]:
    """What the unit may object to: code, title, and its score in the newest run."""
    run = desk.round.runs.order_by("-n").first()
    got = () if run is None else scores_of(desk.data, run, unit.code)
    scores = {one.code: number_text(one.score) for one in got if one.score is not None and not one.is_group}
    return [(code, title, scores.get(code, "")) for code, title in open_to(scheme.tree, unit)]


def _standard(desk: Desk, scheme: Scheme, of: Objection) -> str:
    tree = scheme.tree.of_type(of.unit.type)
    node = tree.by_code.get(of.indicator)
    return desk.say(standard(tree, node)) if isinstance(node, Indicator) else ""


def _node(desk: Desk, of: Objection) -> tuple[NodeScore | None, bool]:
    """What the unit got there in the newest run, and whether that read what counts now."""
    run = desk.round.runs.select_related("manifest").order_by("-n").first()
    if run is None:
        return None, False
    found = scores_of(desk.data, run, of.unit.code, of.indicator)
    return (found[0] if found else None), run.manifest.sha256 == fingerprint_now(desk.data, desk.round)


def _made(desk: Desk, one: Decision) -> _Made:
    effect = effect_shown(desk, one.effect) if one.effect else None
    return _Made(desk.say(words.decision_told(one)), not hasattr(one, "replaced_by"), effect)


def _is_stale(desk: Desk) -> bool:
    """Is there a final run that did not read what counts now?"""
    last = desk.round.runs.filter(kind=RunKind.FINAL.value).select_related("manifest").order_by("-n").first()
    return last is not None and last.manifest.sha256 != fingerprint_now(desk.data, desk.round)


def _weighed(request: HttpRequest, n: int) -> tuple[Job, dict[str, Any]] | None:
    came = came_of(request, "weigh")
    return came if came is not None and came[1]["n"] == n else None


def _lost(n: int) -> Job | None:
    """The last trial or decision of this objection, where it was refused: what was typed is given back."""
    last = Job.objects.filter(act__in=("weigh", "decide"), values__n=n).order_by("-n").first()
    return last if last is not None and last.state == JobState.FAILED else None


def _doubts(desk: Desk, of: Objection, job: Job | None, scheme: Scheme) -> list[str]:
    score = None if job is None else job.values["score"]
    return [desk.say(text) for text in doubts(desk.data, desk.round, of, score, scheme)]


def _values(posted: Posted, job: Job | None) -> dict[str, Any]:
    """What the form of a decision holds: what was posted, or what was tried last."""
    names = ("outcome", "score", "why", "step_why", "address", "exception")
    values: dict[str, Any] = {name: posted.text(name) for name in names}
    values |= {name: posted.is_on(name) for name in ("no_score", "again")}
    if job is not None and posted.request.method != "POST":
        score = job.values["score"]
        values |= {name: job.values[name] for name in ("outcome", "why", "no_score", "again")}
        values["score"] = "" if score is None else number_text(score)
    return values


def _enclosed(desk: Desk, posted: Posted) -> Written | None:
    """The file that came with a form, written before anything is held: it may be large.

    Raises ``RefusedError`` (S107) where it is too large, ``CannotWriteError``.
    """
    for sent in posted.files("file"):
        name, size = str(sent.name), sent.size or 0
        if size > MOST_BYTES:
            raise RefusedError(too_large(name, size))
        return pour(desk.data, sent.chunks(), name, FileKind.EVIDENCE)
    return None


def _misread(name: str, expected: Words, found: Words | str) -> RefusedError:
    return RefusedError(Problem(Code.R306, TextPlace(name), {"expected": expected, "found": found}))

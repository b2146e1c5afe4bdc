"""异议: one of them with all that a decision needs: standard, score, precedents, what a score would do."""

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
from lawgov_score.portal.forms import Posted
from lawgov_score.portal.moved import effect_shown
from lawgov_score.portal.places import Place
from lawgov_score.portal.views.objections import line_of
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.report import number_text
from lawgov_score.rounds import wording_of_objections as words
from lawgov_score.rounds.allowed import closed
from lawgov_score.rounds.deciding import as_seen, decision_of
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.fitting import doubts
from lawgov_score.rounds.holidays import calendar
from lawgov_score.rounds.models import Decision, Objection
from lawgov_score.rounds.names import Deed, JobState, ObjectionState, Outcome, RunKind, name_of
from lawgov_score.rounds.objecting import evidence_of, objection_of, title_of
from lawgov_score.rounds.precedents import precedents
from lawgov_score.rounds.results import NodeScore, scores_of
from lawgov_score.rounds.running import fingerprint_now
from lawgov_score.rounds.scheme import Scheme, scheme_at_hand
from lawgov_score.rounds.telling import days_to_tell, is_untold, letter_at
from lawgov_score.rounds.wording_of_days import unknown_days
from lawgov_score.two_languages import text_of

_O = ObjectionState
STEPS: Mapping[ObjectionState, tuple[ObjectionState, ...]] = {
    _O.FILED: (_O.ADMITTED, _O.REFUSED, _O.ASSIGNED, _O.DRAFTED, _O.WITHDRAWN),
    _O.ADMITTED: (_O.ASSIGNED, _O.DRAFTED, _O.WITHDRAWN),
    _O.ASSIGNED: (_O.DRAFTED, _O.WITHDRAWN),
    _O.DRAFTED: (_O.WITHDRAWN,),
}


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
        "line": line_of(of, desk, calendar(), decision),
        "beside": words.beside_told(of),
        "withdrawn": words.withdrawn_told(of),
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
        "steps": [(each.value, name_of(each)) for each in STEPS.get(state, ())],
        "outcomes": [(each.value, name_of(each)) for each in Outcome],
        "is_refused": state in {_O.REFUSED, _O.NOTIFIED} and decision is None,
        "telling": words.telling_told(of),
        "is_untold": is_untold(of),
        "days": days_to_tell(of, desk.now),
        "letter_at": letter_at(of),
        "not_now": answers.told_of(filter(None, [closed(Deed.DECIDE, desk.round)]), desk.lang),
        "is_stale": decision is not None and decision.new is not None and _is_stale(desk),
        "seen": f"{seen[0]}-{seen[1]}",
        "values": _values(posted, job or lost),
        "failures": answers.told_from(lost.problems, desk.lang) if lost is not None and job is None else (),
        "same": words.same_told(of, has_more=request.GET["same"] == "more") if "same" in request.GET else None,
        "doubts": _doubts(desk, of, job, scheme),
        "is_lower": posted.is_on("is_lower") or (lost is not None and _is_of(lost, Code.R322)),
    }
    if came is not None:
        kept, score = came[1]["effect"], came[0].values["score"]
        context |= {"weighed": job, "weighed_score": score, "stands": words.points_told(came[1]["stands"])}
        context["effect"] = None if kept is None else effect_shown(desk, kept)
        context["lower"] = text_of(came[1]["lower"]) if came[1].get("lower") else None
        context["is_lower"] = context["is_lower"] or context["lower"] is not None
    return answers.show(
        request, desk, Place.OBJECTIONS, "objection", context, problems=problems, status=409 if problems else 200
    )


def evidence(request: HttpRequest, desk: Desk, n: int, k: int) -> HttpResponseBase:
    """A file that came with an objection, to keep."""
    of = _objection(desk, n)
    found = () if of is None else evidence_of(of)
    if not 0 < k <= len(found) or not found[k - 1].sha256:
        return answers.not_there(request)
    return answers.download(desk.data.store.read(found[k - 1].sha256), found[k - 1].title)


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


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision that was made, with its effect."""

    told: str
    in_force: bool
    effect: dict[str, Any] | None


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


def _is_of(job: Job, code: Code) -> bool:
    """Was it refused with such a problem?"""
    return any(one["code"] == code.value for one in job.problems)


def _doubts(desk: Desk, of: Objection, job: Job | None, scheme: Scheme) -> list[str]:
    score = None if job is None else job.values["score"]
    return [desk.say(text) for text in doubts(desk.data, desk.round, of, score, scheme)]


def _values(posted: Posted, job: Job | None) -> dict[str, Any]:
    """What the form of a decision holds: what was posted, or what was tried last."""
    names = ("outcome", "score", "why", "step_why", "address", "exception", "told_day", "told_how")
    values: dict[str, Any] = {name: posted.text(name) for name in names}
    values |= {name: posted.is_on(name) for name in ("no_score", "again", "is_lower")}
    if job is not None and posted.request.method != "POST":
        score = job.values["score"]
        values |= {name: job.values[name] for name in ("outcome", "why", "no_score", "again")}
        values["score"] = "" if score is None else number_text(score)
    return values


def _objection(desk: Desk, n: int) -> Objection | None:
    try:
        return objection_of(desk.round, n)
    except RefusedError:
        return None

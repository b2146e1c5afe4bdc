"""单位: the roster as the round has it, and of each unit all that it sent, was granted, was told and objected to."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.listing import Asked, sign_of, states
from lawgov_score.portal.places import Place
from lawgov_score.portal.said import told as told_event
from lawgov_score.rounds.granted import granted
from lawgov_score.rounds.models import Decision, Notice, Submission, Unit
from lawgov_score.rounds.names import SubmissionState, name_of
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.status import LEFT, status_of
from lawgov_score.rounds.things import numbered, receipt_number
from lawgov_score.rounds.wording_of_objections import ending_told
from lawgov_score.wording import Text, Words

_LEFT = Words(
    "该单位退出本轮，报送的不再计算：{event}", "The unit has left the round, what it sent no longer counts: {event}"
)


def show(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The roster."""
    stands, asked = status_of(desk.round), Asked.of(request)
    types, cohorts = _names(desk)
    part = asked.part_of(stands.units)
    context = {
        "asked": asked,
        "part": part,
        "states": states(),
        "total": len(stands.units),
        "units": [
            {
                "of": one.unit,
                "type": types.get(one.unit.type, one.unit.type),
                "cohort": cohorts.get(one.unit.cohort, one.unit.cohort),
                "state": name_of(one.state),
                "sign": sign_of(one.state),
                "n": one.versions,
            }
            for one in part.units
        ],
        "ended": desk.round.units.exclude(ended_at=None),
    }
    return answers.show(request, desk, Place.UNITS, "units", context)


def one(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """All of one unit."""
    unit = desk.round.units.filter(code=code).first()
    if unit is None:
        return answers.not_there(request)
    types, cohorts = _names(desk)
    tries = list(unit.submissions.select_related("unit", "round").defer("receipt").order_by("-n"))
    last = next((sent.pk for sent in tries if sent.state != SubmissionState.WITHDRAWN), None)
    in_force = last if unit.ended_at is None else None
    context = {
        "unit": unit,
        "type": types.get(unit.type, unit.type),
        "cohort": cohorts.get(unit.cohort, unit.cohort),
        "tries": [_of_try(desk, sent, is_in_force=sent.pk == in_force) for sent in tries],
        "leaves": [leave for leave in granted(desk.round, desk.now) if leave.leave.unit_id == unit.pk],
        "notices": [(notice, _told(notice)) for notice in unit.notices.select_related("event").order_by("-pk")],
        "objections": _objections(unit),
    }
    return answers.show(request, desk, Place.UNITS, "unit", context)


def _told(notice: Notice) -> Text:
    """What a unit has to be told: that it has left, else the deed that it is about."""
    said = told_event(notice.event)
    return _LEFT(event=said) if notice.act == LEFT else said


def _of_try(desk: Desk, sent: Submission, *, is_in_force: bool) -> Mapping[str, Any]:
    state = SubmissionState(sent.state)
    return {
        "of": sent,
        "number": receipt_number(sent),
        "state": name_of(state),
        "sign": sign_of(state),
        "is_in_force": is_in_force,
        "told": answers.told_from(sent.problems, desk.lang),
    }


def _objections(unit: Unit) -> list[tuple[Any, Any, Any]]:
    found = Decision.objects.filter(objection__unit=unit, replaced_by=None)
    in_force = {decision.objection_id: decision for decision in found}
    return [
        (objection, numbered("objection", objection.n), ending_told(objection, in_force.get(objection.pk)))
        for objection in unit.objections.all()
    ]


def _names(desk: Desk) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The names of the types of units, and of the cohorts, by their codes."""
    tree = scheme_at_hand(desk.data, desk.round).tree
    return {of.code: of.name for of in tree.unit_types}, {of.code: of.name for of in tree.cohorts}

"""异议: one is filed, or evidence is added to the very same."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from lawgov_score.content.telling_words import BLANK
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, do_once, misread
from lawgov_score.portal.places import Place
from lawgov_score.portal.views.objection import one
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.report import number_text
from lawgov_score.rounds import wording_of_objections as words
from lawgov_score.rounds.allowed import closed
from lawgov_score.rounds.deciding import decision_of
from lawgov_score.rounds.kept import Written, pour
from lawgov_score.rounds.models import Objection, Unit
from lawgov_score.rounds.names import Deed, FileKind
from lawgov_score.rounds.objecting import Filed, object_to, open_to
from lawgov_score.rounds.results import scores_of
from lawgov_score.rounds.scheme import Scheme, scheme_at_hand
from lawgov_score.rounds.things import numbered
from lawgov_score.wording import Text, Words
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large

_A_CLAIM = Words("单位的理由", "what the unit says")
_AN_ADDRESS = Words("网址，以 http:// 或 https:// 开头", "an address that begins with http:// or https://")


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
        "not_now": answers.told_of(filter(None, [closed(Deed.OBJECT, desk.round)]), desk.lang),
        "until": words.until_told(desk.round, desk.now),
    }
    if unit is not None:
        context["options"] = _options(desk, scheme_at_hand(desk.data, desk.round), unit)
        context["there"] = [_there(each) for each in unit.objections.order_by("n")]
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
            raise misread("claim", _A_CLAIM, BLANK)
        if address and not address.lower().startswith(("http://", "https://")):
            raise misread("address", _AN_ADDRESS, address)
        enclosed = _enclosed(desk, posted)
    except RefusedError as refused:
        return again(refused.problems)
    return do_once(request, desk, "object", do, again)


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


def _options(desk: Desk, scheme: Scheme, unit: Unit) -> list[tuple[str, str, str]]:
    """What the unit may object to: code, title, and its score in the newest run."""
    run = desk.round.runs.order_by("-n").first()
    got = () if run is None else scores_of(desk.data, run, unit.code)
    scores = {one.code: number_text(one.score) for one in got if one.score is not None and not one.is_group}
    return [(code, title, scores.get(code, "")) for code, title in open_to(scheme.tree, unit)]


def _there(one: Objection) -> tuple[Objection, Text, Words]:
    """What the unit has objected to before, and how that stands."""
    return one, numbered("objection", one.n), words.ending_told(one, decision_of(one))


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

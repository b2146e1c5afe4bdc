"""What is answered: a page from its template, a file to keep, a problem in plain words."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from lawgov_score import __version__
from lawgov_score.catalogue import Code, Severity
from lawgov_score.places import place_text
from lawgov_score.portal.desk import Desk, language_of
from lawgov_score.portal.places import PLACES, Place
from lawgov_score.portal.said import said_in
from lawgov_score.portal.work import named
from lawgov_score.portal.workers import wake
from lawgov_score.problems import Place as ProblemPlace
from lawgov_score.problems import Problem, TextPlace, ThingPlace, by_weight, folded
from lawgov_score.report import SEVERITIES, part, render, title
from lawgov_score.rounds.jobs import under_way
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.things import in_words
from lawgov_score.two_languages import problem_in
from lawgov_score.wording import Face, Language

_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
}
# Fields whose words took thought: they are not lost where a form is refused.
WRITTEN = ("why", "step_why", "claim", "reason", "common", "exception", "released_by")
# A page that the round wrote stands by itself: its own style, no script, and nothing of the desk within reach.
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the reader's words, as the template of problems shows it."""

    code: str
    severity: str  # error, warning, note
    named: str
    place: str
    title: str
    expected: str
    found: str
    hint: str


def told_of(problems: Iterable[Problem], lang: Language) -> tuple[Told, ...]:
    """Problems in words, errors before warnings, equal ones once."""
    return tuple(
        Told(
            one.code.value,
            one.severity.value,
            render(SEVERITIES[one.severity], lang),
            _named_place(one.place, lang),
            title(one, lang, Face.DESK),
            *(part(one, which, lang, Face.DESK) for which in ("expected", "found", "hint")),
        )
        for one in sorted(folded(problems), key=by_weight)
    )


def _named_place(place: ProblemPlace, lang: Language) -> str:
    """A place as people say it: a thing of the round by its name, never by its code."""
    return render(place.shown, lang) if isinstance(place, ThingPlace) else place_text(place)


def told_from(records: Iterable[Mapping[str, Any]], lang: Language) -> tuple[Told, ...]:
    """The same of problems that were kept; those of earlier versions in the language in which they were kept."""
    order = [one.value for one in Severity]
    told = [
        Told(
            record["code"],
            record["severity"],
            render(SEVERITIES[Severity(record["severity"])], lang),
            _place_in(record, lang),
            *(record.get(key) or "" for key in ("title", "expected", "found", "hint")),
        )
        for record in (problem_in(one, lang) for one in records)
    ]
    return tuple(sorted(told, key=lambda one: order.index(one.severity)))


def _place_in(record: Mapping[str, Any], lang: Language) -> str:
    """A cell of its workbook; a line of its file; a thing of the round by its name."""
    cell = "!".join(filter(None, (record.get("sheet"), record.get("cell"))))
    path, line = render(in_words(record.get("path") or ""), lang), record.get("line")
    return cell or (f"{path}:{line}" if line else path)


def show(
    request: HttpRequest,
    desk: Desk,
    place: Place,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the desk, from ``templates/desk/<template>.html``. ``problems`` stand above everything else.

    Beside what it gives, a template knows: ``desk``, ``place``, ``places`` (the navigation), ``told`` (the problems),
    ``said`` (what was just done, by the record), ``jobs`` (what is under way, each with its name), ``address``.
    """
    open_jobs = under_way()
    if open_jobs:
        wake(desk.data.folder)  # their worker may have been killed, or just have ended
    known = {
        "desk": desk,
        "lang": desk.lang,
        "place": place,
        "places": PLACES,
        "told": told_of(problems, desk.lang),
        "said": said_in(request, desk.lang),
        "jobs": [(job, named(job.act).name) for job in open_jobs],
        "address": request.get_full_path(),
        "version": __version__,
        "is_archived": desk.state is RoundState.ARCHIVED,
        **(context or {}),
    }
    return HttpResponse(render_to_string(f"desk/{template}.html", known, request), status=status)


def refused(request: HttpRequest, desk: Desk, problems: Iterable[Problem], status: int = 409) -> HttpResponse:
    """A page with nothing but what was refused, what was written to it, and the way back."""
    written = [one for name in WRITTEN for one in request.POST.getlist(name) if one.strip()]
    return show(request, desk, Place.OVERVIEW, "refused", {"written": written}, problems=problems, status=status)


def plain_page(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    """A page that needs no round: nobody's key, no folder."""
    lang = language_of(request)
    context = {"lang": lang, "told": told_of(problems, lang)}
    return HttpResponse(render_to_string("desk/plain.html", context), status=status)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of this desk, or from one that is too old: nothing was done."""
    place = TextPlace(request.path)
    return plain_page(request, 403, Problem(Code.R301, place, {"found": reason}))


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that leads nowhere."""
    return plain_page(request, 404, Problem(Code.R309, TextPlace(request.path)))


def download(content: bytes | IO[bytes], name: str) -> HttpResponseBase:
    """A file to keep, under a name of any letters. An open file, which may be large, is sent piece by piece."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    kind = _KINDS.get(suffix, "application/octet-stream")
    response: HttpResponseBase
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=kind)
    else:
        response = FileResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def page_alone(content: bytes) -> HttpResponse:
    """A page that the round wrote, shown in the browser."""
    response = HttpResponse(content, content_type=_KINDS[".html"])
    response["Content-Security-Policy"] = _ALONE
    return response


def misdirected(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no browser at this desk makes: by another name of this machine, or with more than a form has."""
    return plain_page(request, 400, Problem(Code.R301, TextPlace(request.path), {"found": str(exception or "")}))


def our_fault(request: HttpRequest) -> HttpResponse:
    """A bug of ours: the page says so, the window of the server has the rest."""
    bug = sys.exc_info()[1]
    found = f"{type(bug).__name__}: {bug}"
    return plain_page(request, 500, Problem(Code.X900, TextPlace(request.path), {"found": found}))

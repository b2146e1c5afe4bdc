"""Who comes in: only with the key of the address, by this machine's own name, while the data folder is there.

Every answer leaves with a policy under which a page loads nothing from elsewhere and runs no script but ours.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk, desk_of, open_folder
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.data import is_there, told_plainly

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without any, Chromium posts forms as if from nowhere (Origin: null)
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_KEY = "key"
_Answer = Callable[[HttpRequest], HttpResponseBase]
_Rest = ParamSpec("_Rest")


def guarded(get_response: _Answer) -> _Answer:
    """The outermost layer: the key, then the page; headers on whatever is answered."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        try:
            response = _admitted(request) or get_response(request)
        except DisallowedHost as error:
            response = answers.misdirected(request, error)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = POLICY
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"  # a page of yesterday is not shown as if it were of today
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    return answered


def _admitted(request: HttpRequest) -> HttpResponse | None:
    """None: the browser has the key. Else what it is answered: with the key in its address, a cookie."""
    request.get_host()  # raises ``DisallowedHost``
    key = settings.DESK_KEY
    given = request.GET.get(_KEY, "")
    if _opens(given):
        query = request.GET.copy()
        del query[_KEY]
        address = request.path + (f"?{query.urlencode()}" if query else "")
        response = HttpResponseRedirect(address)
        response.set_cookie(settings.DESK_COOKIE, key, httponly=True, samesite="Strict")
        return response
    kept = request.COOKIES.get(settings.DESK_COOKIE, "")
    if key and secrets.compare_digest(kept.encode(), key.encode()):
        return None
    return answers.plain_page(request, 403, Problem(Code.R300, TextPlace("lawgov-score serve")))


def _opens(given: str) -> bool:
    """Is it the key, or what our own browser was begun with, which opens once?"""
    for name in ("DESK_KEY", "DESK_ONCE"):
        good = str(getattr(settings, name))
        if good and secrets.compare_digest(given.encode(), good.encode()):
            if name == "DESK_ONCE":
                settings.DESK_ONCE = ""
            return True
    return False


def page(
    view: Callable[Concatenate[HttpRequest, Desk, _Rest], HttpResponseBase], *methods: str
) -> Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]:
    """A view with its desk; whatever is refused on the way is a page that says so.

    ``methods``: GET alone, where none is named. A page is given even where the folder is gone or the database does not
    answer: with the problem, and what to do.
    """

    @wraps(view)
    def answered(request: HttpRequest, *rest: _Rest.args, **named: _Rest.kwargs) -> HttpResponseBase:
        data = open_folder()
        try:
            with told_plainly(data.folder):
                if not is_there(data.folder):
                    raise RefusedError(Problem(Code.R302, TextPlace(display_path(data.folder))))
                desk = desk_of(request)
                try:
                    return view(request, desk, *rest, **named)
                except RefusedError as refused:
                    return answers.refused(request, desk, refused.problems)
        except RefusedError as refused:
            return answers.plain_page(request, 503, *refused.problems)
        except DatabaseError as error:
            problem = Problem(Code.R308, TextPlace(display_path(data.folder)), {"found": str(error)})
            return answers.plain_page(request, 503, problem)

    guard: Callable[..., Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]] = require_http_methods(
        methods or ("GET", "HEAD")
    )
    return guard(answered)

"""The language of this browser, and the style sheet of the pages that the program writes, which the desk shares."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lawgov_score.pages.style import STYLE
from lawgov_score.portal.desk import LANGUAGE_COOKIE
from lawgov_score.portal.forms import see_other

_A_YEAR = 365 * 24 * 3600


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remembers the language in this browser, and goes back to the page."""
    back = str(request.POST.get("back", "/"))
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = see_other(back if is_ours else "/")
    lang = "en" if request.POST.get("lang") == "en" else "zh"
    response.set_cookie(LANGUAGE_COOKIE, lang, max_age=_A_YEAR, httponly=True, samesite="Strict")
    return response


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet of every page."""
    response = HttpResponse(STYLE, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "max-age=300"
    return response

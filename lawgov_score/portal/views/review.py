"""评定: where the review stands, the office's workbooks that count, and what is dropped, made or taken back of them."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.came import came_of
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job, do_once
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.made import made_of
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds import entering, reviewing
from lawgov_score.rounds.answered import kept_answers, unread
from lawgov_score.rounds.entered_words import counts_told
from lawgov_score.rounds.folder import DECISIONS, books_in_force
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import OfficeBook
from lawgov_score.rounds.office_checked import in_its_file, kept_check
from lawgov_score.rounds.scheme import scheme_at_hand
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_SEVERAL = re.compile(r"[\n,，、;；]+")
_AT = Words("第 {n} 版", "number {n}")


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The overview; with ``job``, what came of a drop or of blank workbooks."""
    scheme = scheme_at_hand(desk.data, desk.round)
    kept = kept_answers(desk.data, desk.round)
    lines = reviewing.progress(desk.round, scheme, kept)
    checked = kept_check(desk.data, desk.round, desk.lang)
    contradictions = {} if checked is None else checked.contradictions
    posted = Posted(request)
    context = {
        "lines": [(one, contradictions.get(one.indicator.code, 0)) for one in lines],
        "totals": {
            kind: (
                sum(one.missing for one in of),
                sum(one.asked for one in of),
                next((one.indicator.code for one in of if one.missing), ""),
            )
            for kind in ("mark", "figure", "ruling")
            if (of := [one for one in lines if one.kind == kind])
        },
        "books": [(one, counts_told(one.counts)) for one in reviewing.books(desk.round)],
        "is_checked": checked is not None,
        "wrong": () if checked is None else answers.told_from(map(in_its_file, checked.problems), desk.lang),
        "unread": unread(desk.data, desk.round),
        "is_read": kept is not None,
        "leads": sorted({lead for one in scheme.tree.indicators for lead in one.lead}),
        "typed": {"leads": posted.texts("leads"), "reviewers": posted.text("reviewers")},
        "indicators": scheme.tree.indicators,
        **_dropped(request, desk),
    }
    return answers.show(
        request, desk, Place.REVIEW, "review", context, problems=problems, status=409 if problems else 200
    )


def _dropped(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What the job of the address did: workbooks that were entered, or blank ones that were made."""
    came = came_of(request, "enter", "office_books")
    if came is None:
        return {}
    job, outcome = came
    if job.act == "office_books":
        return {"made": job, "made_names": tuple(made_of(desk.data, job)), "made_said": outcome["said"]}
    return {"drop": outcome, "drop_told": answers.told_from(outcome["problems"], desk.lang)}


def enter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Enters the workbooks that were dropped."""
    files = Posted(request).files("files")
    return begin_job(request, desk, "enter", {}, lambda problems: show(request, desk, problems), files)


def look(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Reads what units answered, and leads back to the page that asked for it."""
    back = Posted(request).text("back")
    values = {"back": back if back.startswith(Place.REVIEW.address) else Place.REVIEW.address}
    return begin_job(request, desk, "look", values, lambda problems: show(request, desk, problems))


def make_books(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Makes the office's blank workbooks: for leading units, for reviewers, or for all in one."""
    posted = Posted(request)
    names = [one.strip() for one in _SEVERAL.split(posted.text("reviewers")) if one.strip()]
    values = {"leads": list(posted.texts("leads")), "reviewers": names}
    return begin_job(request, desk, "office_books", values, lambda problems: show(request, desk, problems))


def book(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """A workbook that counts, as it came."""
    found = books_in_force(desk.round).get(request.GET.get("name", ""))
    if found is None:
        return answers.not_there(request)
    return answers.download(read(desk.data, found.file), found.name)


def withdraw(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """Asks whether a workbook is to be taken back, and takes it back."""
    if request.method == "POST" and not problems:
        return _withdraw(request, desk)
    name = Posted(request).text("name") or request.GET.get("name", "")
    found = books_in_force(desk.round).get(name)
    if found is None or name == DECISIONS:
        return show(request, desk, problems) if problems else answers.not_there(request)
    (line,) = [one for one in reviewing.books(desk.round) if one.book == found]
    context = {"one": line, "counts": counts_told(line.counts)}
    status = 409 if problems else 200
    return answers.show(request, desk, Place.REVIEW, "review_withdraw", context, problems=problems, status=status)


def _withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    posted = Posted(request)
    name, n = posted.text("name"), posted.version()

    def do() -> str:
        now: OfficeBook | None = books_in_force(desk.round).get(name)
        if now is not None and now.n != n:
            raise RefusedError(Problem(Code.R212, place_of(now), {"found": _AT(n=now.n)}))
        entering.withdraw(desk.round, name, desk.office, desk.now)
        return Place.REVIEW.address

    return do_once(request, desk, "withdraw_book", do, lambda problems: withdraw(request, desk, problems))

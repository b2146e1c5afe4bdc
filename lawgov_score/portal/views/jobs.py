"""Work that takes long: how far it has come, then the page that shows what came of it; and the files that it made."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import see_other
from lawgov_score.portal.work import named
from lawgov_score.portal.working.made import made_of
from lawgov_score.portal.zipped import zipped
from lawgov_score.rounds import jobs


def show(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """How far it is; done, the page of its results."""
    job = jobs.by_number(n)
    if job is None:
        return answers.not_there(request)
    if job.outcome is not None:
        to = str(job.outcome["to"])
        if request.headers.get("HX-Request"):  # htmx follows a redirect by itself, into the part that it swaps
            response = HttpResponse()
            response["HX-Redirect"] = to
            return response
        return see_other(to)
    is_open = job.state in {"queued", "running"}
    if not is_open and request.headers.get("HX-Request"):  # all of the page speaks of work that has failed
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    work = named(job.act)
    context = {
        "job": job,
        "title": work.name,
        "is_open": is_open,
        "back": job.values.get("back") or work.place.address,  # what a form gives is an address of ours
        "is_broken_off": jobs.is_broken_off(job),
        "written": [job.values[name] for name in answers.WRITTEN if job.values.get(name)],
        "jobs": [(one, named(one.act).name) for one in jobs.under_way() if one.n != n],  # the page tells of its own
        "failures": answers.told_from(job.problems, desk.lang),
    }
    return answers.show(request, desk, work.place, "job", context)


def file(request: HttpRequest, desk: Desk, n: int, name: str) -> HttpResponseBase:
    """One file that it made: by its name among those that are there, never as a path."""
    job = jobs.by_number(n)
    path = None if job is None or job.state != "done" else made_of(desk.data, job).get(name)
    return answers.not_there(request) if path is None else answers.download(path.open("rb"), name)


def all_files(request: HttpRequest, desk: Desk, n: int) -> HttpResponseBase:
    """All that it made, as one zip."""
    job = jobs.by_number(n)
    files = {} if job is None or job.state != "done" else made_of(desk.data, job)
    if job is None or not files:
        return answers.not_there(request)
    return answers.download(zipped(files.items()), f"{desk.say(named(job.act).name)}-{n}.zip")

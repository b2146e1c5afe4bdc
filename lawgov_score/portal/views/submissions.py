"""报送: many workbooks dropped at once, what became of each, problems at their cells; results stay where they were."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job
from lawgov_score.portal.places import Place
from lawgov_score.problems import Problem
from lawgov_score.rounds import jobs


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page; with ``job``, what came of that drop."""
    written = request.GET.get("job", "")
    job = jobs.by_number(int(written)) if written.isascii() and written.isdigit() and len(written) < 10 else None
    lines = []
    if job is not None and job.act == "receive" and job.outcome is not None:
        lines = [{**line, "told": answers.told_from(line["problems"], desk.lang)} for line in job.outcome["lines"]]
    return answers.show(
        request,
        desk,
        Place.SUBMISSIONS,
        "submissions",
        {"lines": lines},
        problems=problems,
        status=409 if problems else 200,
    )


def receive(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Receives what was dropped."""
    posted = Posted(request)
    values = {"again": posted.is_on("again"), "exception": posted.text("exception")}
    files = posted.files("files")
    return begin_job(request, desk, "receive", values, lambda problems: show(request, desk, problems), files)

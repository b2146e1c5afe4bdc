"""空白工作簿: what units fill in, for the notice; and the office's own, with what units sent."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.made import made_of
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.names import JobState
from lawgov_score.wording import Words

_A_NAME = Words("姓名，一行一个", "names of people, one a line")
_REVIEWERS = Words("评审人", "Reviewers")


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = (), reviewers: str = "") -> HttpResponse:
    """The page, with what was printed last."""
    last = {act: jobs.of_act(act).filter(state=JobState.DONE.value).first() for act in ("print_units", "print_office")}
    context = {
        "reviewers": reviewers,
        "units": desk.round.units.filter(ended_at=None).count(),
        **{
            act: None if job is None else {"n": job.n, "at": job.made_at, "files": list(made_of(desk.data, job))}
            for act, job in last.items()
        },
    }
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "blanks", context, problems=problems, status=status)


def print_units(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Prints a workbook for every unit."""
    return begin_job(request, desk, "print_units", {}, lambda problems: show(request, desk, problems))


def print_office(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Prints the office's own."""
    typed = Posted(request).text("reviewers")
    names = [line.strip() for line in typed.splitlines() if line.strip()]
    if wrong := [name for name in names if not pipeline.is_name(name)]:
        place, figures = TextPlace(desk.say(_REVIEWERS)), {"expected": _A_NAME, "found": wrong[0]}
        return show(request, desk, [Problem(Code.R306, place, figures)], typed)
    values = {"reviewers": names}
    return begin_job(request, desk, "print_office", values, lambda problems: show(request, desk, problems, typed))

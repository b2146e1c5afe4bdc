"""空白工作簿: what units fill in, for the notice, all as one zip; the office's own are printed on the page 评定."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import begin_job
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.made import made_of
from lawgov_score.problems import Problem
from lawgov_score.rounds import jobs
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import JobState


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page, with what was printed last, and whether tree or roster were amended since."""
    job = jobs.of_act("print_units").filter(state=JobState.DONE.value).first()
    made = None
    if job is not None:
        is_old = Event.objects.filter(act="amend", at__gte=job.began_at or job.made_at).exists()
        made = {"n": job.n, "at": job.made_at, "files": list(made_of(desk.data, job)), "is_old": is_old}
    context = {"made": made, "units": desk.round.units.filter(ended_at=None).count()}
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "blanks", context, problems=problems, status=status)


def print_units(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Prints a workbook for every unit."""
    return begin_job(request, desk, "print_units", {}, lambda problems: show(request, desk, problems))

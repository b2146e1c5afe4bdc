"""What came of long work that an address names (``?job=7``): the page that it was begun on shows it."""

from typing import Any

from django.http import HttpRequest

from lawgov_score.rounds import jobs
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.names import JobState
from lawgov_score.rounds.plain import whole_number


def came_of(request: HttpRequest, *acts: str, name: str = "job") -> tuple[Job, dict[str, Any]] | None:
    """The work, where it is of these acts and done, and its outcome; None: the address names none under ``name``."""
    return done(whole_number(request.GET.get(name, "")) or 0, *acts)


def done(n: int, *acts: str) -> tuple[Job, dict[str, Any]] | None:
    """The same by its number."""
    job = jobs.by_number(n)
    if job is None or job.act not in acts or job.state != JobState.DONE or not isinstance(job.outcome, dict):
        return None
    return job, job.outcome

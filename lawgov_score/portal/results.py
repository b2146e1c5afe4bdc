"""What long work came to, as the pages that show it ask for it: by its act and its number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lawgov_score.rounds import jobs
from lawgov_score.rounds.desk_models import Job


@dataclass(frozen=True, slots=True)
class Result:
    """Work that is done, and what it came to: the JSON of its act."""

    job: Job
    told: Mapping[str, Any]


def result_of(act: str, n: int) -> Result | None:
    """None: there is no such work, or it is not done."""
    job = jobs.of_act(act).filter(n=n).first()
    return None if job is None or job.outcome is None else Result(job, job.outcome)


def result_in(request: HttpRequest, name: str, act: str) -> Result | None:
    """The one whose number stands in the address under a name."""
    written = request.GET.get(name, "")
    is_number = written.isascii() and written.isdigit() and len(written) < 10
    return result_of(act, int(written)) if is_number else None

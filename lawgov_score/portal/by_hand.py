"""Forms whose rows are entered by hand: what was typed becomes edits of a workbook, saved or tried by long work.

What was typed stays with the job: where the save is refused, or after a look at its effect, it is in the form again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from lawgov_score.portal.answers import Told, told_from
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import ONCE, Again, Posted, begin_job
from lawgov_score.rounds import jobs
from lawgov_score.rounds.by_hand import Edit
from lawgov_score.rounds.models import Job
from lawgov_score.workbook.forms.office import Form

SAVE, DRAFT = "by_hand", "draft"  # acts of ``work.WORK``
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", ONCE, "n", "do"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a save that the address names by its job; and what was typed, where it must not be lost."""

    typed: Mapping[str, str] = field(default_factory=dict)
    is_saved: bool = False
    is_refused: bool = False
    n: int = 0  # how many rows were saved
    entered: Sequence[Mapping[str, Any]] = ()
    problems: tuple[Told, ...] = ()

    def value(self, name: str, otherwise: str = "") -> str:
        """What a field holds: what was typed, else what counts."""
        return self.typed.get(name, otherwise)


def job_of(request: HttpRequest, *acts: str) -> Job | None:
    """The job that the address names, if it is of one of these acts and has ended well."""
    written = request.GET.get("job", "")
    job = jobs.by_number(int(written)) if written.isascii() and written.isdigit() and len(written) < 10 else None
    return job if job is not None and job.act in acts and job.outcome is not None else None


def result_of(request: HttpRequest, desk: Desk, form: Form) -> Result:
    """What the address says of a save of this form; nothing where it names none."""
    job = job_of(request, SAVE, DRAFT)
    if job is None or job.outcome is None or job.values.get("form") != form.key:
        return Result()
    is_refused = bool(job.outcome.get("is_refused"))
    if job.act == DRAFT and not is_refused:
        return Result(job.values["typed"])
    return Result(
        job.values["typed"] if is_refused else {},
        not is_refused,
        is_refused,
        int(job.outcome.get("saved", 0)),
        job.outcome.get("entered", ()),
        told_from(job.outcome["problems"], desk.lang),
    )


def save_or_try(
    request: HttpRequest, desk: Desk, form: Form, edits: Sequence[Edit], back: str, again: Again
) -> HttpResponse:
    """Saves the edits or, by the other button, keeps them to look at their effect first. ``back``: the form's page."""
    posted = Posted(request)
    typed = {name: str(value) for name, value in request.POST.items() if name not in _NOT_TYPED}
    values = {
        "form": form.key,
        "n": posted.version("n"),
        "edits": [{"row": None if one.row is None else dict(one.row), "at": one.at} for one in edits],
        "typed": typed,
        "back": back,
    }
    act = DRAFT if posted.text("do") == DRAFT else SAVE
    return begin_job(request, desk, act, values, again)

"""Forms whose rows are entered by hand: what was typed becomes edits of a workbook, saved or tried by long work.

What was typed stays with the job: where the save is refused, or after a look at its effect, it is in the form again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse

from lawgov_score.catalogue import Code
from lawgov_score.portal.answers import Told, told_from
from lawgov_score.portal.came import came_of
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import ONCE, Again, Posted, begin_job
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.rounds.by_hand import Edit, draft_of, hand_book, refuse_if_old
from lawgov_score.rounds.desk_models import Job
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office import Form

SAVE, EFFECT = "by_hand", "effect"  # acts of ``work.WORK``
DRAFT = "draft"  # the button, and the part of an address that names what was tried
_AN_EDIT = Words("至少一处改动", "something that is otherwise")
_NONE = Words("没有改动", "nothing is")
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


def typed_now(request: HttpRequest) -> Result:
    """What was posted just now, for the form that is shown again."""
    return Result({name: str(value) for name, value in request.POST.items()})


def result_of(request: HttpRequest, desk: Desk, form: Form) -> Result:
    """What the address says of a save or of a trial of this form; nothing where it names none."""
    if token := request.GET.get(DRAFT, ""):
        tried = Job.objects.filter(token=token, act=EFFECT).first()
        return Result(tried.values["typed"]) if tried is not None and _is_of(tried, form) else Result()
    came = came_of(request, SAVE)
    if came is None or not _is_of(came[0], form):
        return Result()
    job, outcome = came
    is_refused = bool(outcome.get("is_refused"))
    return Result(
        job.values["typed"] if is_refused else {},
        not is_refused,
        is_refused,
        int(outcome.get("saved", 0)),
        outcome.get("entered", ()),
        told_from(outcome["problems"], desk.lang),
    )


def _is_of(job: Job, form: Form) -> bool:
    return bool(job.values.get("form") == form.key)


def save_or_try(
    request: HttpRequest, desk: Desk, form: Form, edits: Sequence[Edit], back: str, again: Again
) -> HttpResponse:
    """Saves the edits or, by the other button, looks at their effect first. ``back``: the form's page."""
    posted = Posted(request)
    typed = {key: str(one) for key, one in request.POST.items() if key not in _NOT_TYPED}
    values: dict[str, Any] = {"form": form.key, "typed": typed}
    if posted.text("do") == DRAFT:
        return _try(request, desk, form, edits, {**values, "back": _with(back, posted.text(ONCE))}, again)
    values |= {
        "n": posted.version("n"),
        "edits": [{"row": None if one.row is None else dict(one.row), "at": one.at} for one in edits],
        "back": back,
    }
    return begin_job(request, desk, SAVE, values, again)


def _try(
    request: HttpRequest, desk: Desk, form: Form, edits: Sequence[Edit], values: Mapping[str, Any], again: Again
) -> HttpResponse:
    """Begins to work out what the workbook by hand would do with the edits in it; nothing is entered."""
    try:
        refuse_if_old(desk.round, form, Posted(request).version("n"))
    except RefusedError as refused:
        return again(refused.problems)
    book = hand_book(desk.data, desk.round, form)
    content, is_changed = draft_of(book, edits)
    if not is_changed:
        return again([Problem(Code.R306, ThingPlace(form.key, form.name), {"expected": _AN_EDIT, "found": _NONE})])
    return begin_job(request, desk, EFFECT, values, again, [SimpleUploadedFile(book.name, content)])


def _with(address: str, token: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({DRAFT: token})}"

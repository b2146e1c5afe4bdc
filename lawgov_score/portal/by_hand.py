"""Forms whose rows are entered by hand: what was typed becomes edits of a workbook, saved or tried by long work.

What was typed stays with the job: where the save is refused, or after a look at its effect, it is in the form again.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from lawgov_score.rounds.by_hand import Edit, HandBook, Row, draft_of, hand_book, refuse_if_old, rows_at
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.office import Form

SAVE, EFFECT = "by_hand", "effect"  # acts of ``work.WORK``
DRAFT = "draft"  # the button, and the part of an address that names what was tried
_AN_EDIT = Words("至少一处改动", "something that is otherwise")
_NONE = Words("没有改动", "nothing is")
_GONE = Words(
    "名册或体系改过，填的内容里 {n} 处没有对应的单位或指标",
    "entries of units or indicators that are there no more: {n}",
)
_OF_A_ROW = re.compile("(?:mark|figure|ruling)-")
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", ONCE, "n", "do"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a save that the address names by its job; and what was typed, where it must not be lost.

    ``shown``: the rows of the version that it was typed over; ``is_behind``: another one counts by now.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[Row, ...] = ()
    is_behind: bool = False
    is_saved: bool = False
    is_refused: bool = False
    n: int = 0  # how many rows were saved
    entered: Sequence[Mapping[str, Any]] = ()
    problems: tuple[Told, ...] = ()

    def value(self, name: str, otherwise: str = "") -> str:
        """What a field holds: what was typed, else what counts."""
        return self.typed.get(name, otherwise)

    def row(self, fields: Mapping[str, str], now: Row, was: Row) -> Row:
        """What the fields of a row hold, by key: what was typed; where nothing else was than stood there, what counts.

        So an old page takes back nothing that others have entered meanwhile. ``fields``: their names by key; ``was``:
        the row that the page showed.
        """
        typed = {
            key: self.typed[name].replace("\r\n", "\n").strip() for key, name in fields.items() if name in self.typed
        }
        if all(text == was.get(key, "") for key, text in typed.items()):
            typed = {}
        return {key: typed.get(key, now.get(key, "")) for key in fields}

    def at(self, book: HandBook) -> int:
        """Where the row that was corrected stands by now; -1: it was a new one, or is there no more."""
        was = whole_number(self.typed.get("at", ""))
        if was is None or was >= len(self.shown) or not self.is_behind:
            return -1 if was is None or was >= len(book.rows) else was
        same = [i for i, row in enumerate(book.rows) if row == self.shown[was]]
        before = sum(row == self.shown[was] for row in self.shown[:was])  # rows of a register may be alike
        return same[before] if before < len(same) else -1

    @property
    def row_is_gone(self) -> bool:
        """Was a row corrected that somebody has changed or taken away since?"""
        return self.is_behind and whole_number(self.typed.get("at", "")) is not None


def typed_now(request: HttpRequest, desk: Desk, form: Form) -> Result:
    """What was posted just now, for the form that is shown again."""
    typed = {name: str(value) for name, value in request.POST.items()}
    return _typed_over(desk, form, typed, Posted(request).version("n"))


def _typed_over(desk: Desk, form: Form, typed: Mapping[str, str], n: int | None) -> Result:
    """``n``: the version of the page; None where an earlier program did not keep it."""
    book = hand_book(desk.data, desk.round, form)
    if n is None or n == book.n:
        return Result(typed, book.rows)
    return Result(typed, rows_at(desk.data, desk.round, form, n), is_behind=True)


def result_of(request: HttpRequest, desk: Desk, form: Form) -> Result:
    """What the address says of a save or of a trial of this form; nothing where it names none."""
    if token := request.GET.get(DRAFT, ""):
        tried = Job.objects.filter(token=token, act=EFFECT).first()
        if tried is None or not _is_of(tried, form):
            return Result()
        return _typed_over(desk, form, tried.values["typed"], tried.values.get("n"))
    came = came_of(request, SAVE)
    if came is None or not _is_of(came[0], form):
        return Result()
    job, outcome = came
    is_refused = bool(outcome.get("is_refused"))
    return replace(
        _typed_over(desk, form, job.values["typed"], int(job.values["n"])) if is_refused else Result(),
        is_saved=not is_refused,
        is_refused=is_refused,
        n=int(outcome.get("saved", 0)),
        entered=outcome.get("entered", ()),
        problems=told_from(outcome["problems"], desk.lang),
    )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _is_of(job: Job, form: Form) -> bool:
    return bool(job.values.get("form") == form.key)


def lost(posted: Posted, desk: Desk, known: Collection[str]) -> list[Problem]:
    """What was filled in for units or indicators that are there no more (R212): it must not pass for unchanged."""
    filled = [name for name in posted.request.POST if _OF_A_ROW.match(name) and posted.text(name)]
    if not (gone := [name for name in filled if name not in known]):
        return []
    return [Problem(Code.R212, place_of(desk.round), {"found": _GONE(n=len(gone))})]


def save_or_try(
    request: HttpRequest, desk: Desk, form: Form, edits: Sequence[Edit], back: str, again: Again
) -> HttpResponse:
    """Saves the edits or, by the other button, looks at their effect first. ``back``: the form's page."""
    posted = Posted(request)
    typed = {key: str(one) for key, one in request.POST.items() if key not in _NOT_TYPED}
    values: dict[str, Any] = {"form": form.key, "typed": typed, "n": posted.version("n")}
    if posted.text("do") == DRAFT:
        return _try(request, desk, form, edits, {**values, "back": _with(back, posted.text(ONCE))}, again)
    values |= {
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

"""报送: many workbooks dropped at once, what became of each, problems at their cells; who sent what; results stay."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.portal import answers
from lawgov_score.portal.came import came_of, done
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job, do_once, refuse_if_empty
from lawgov_score.portal.listing import Asked, sign_of, states
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.made import made_of
from lawgov_score.portal.zipped import zipped
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds import jobs
from lawgov_score.rounds.allowed import why_not
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Submission
from lawgov_score.rounds.names import Deed, JobState, name_of
from lawgov_score.rounds.receiving import Fate
from lawgov_score.rounds.settling import settle_refused
from lawgov_score.rounds.status import Refused, UnitStatus, reasons_of, status_of
from lawgov_score.rounds.unit_papers import PAGE, RECEIPT, papers
from lawgov_score.wording import Words

_DROPS = 20  # that are listed
_FEW = 3  # problems of one file that are shown unfolded
_FATES: Mapping[Fate, tuple[Words, str]] = {
    Fate.REFUSED: (Words("未收", "not received"), "bad"),
    Fate.RECEIVED: (Words("已收", "received"), "good"),
    Fate.SAME: (Words("此前已收", "received before"), "wait"),
}
_COUNTS = {fate.value: KeyTransform(fate.value, KeyTransform("counts", "outcome")) for fate in Fate}
_ORDER = {fate.value: at for at, fate in enumerate(_FATES)}
_WORKBOOKS, _SOME_FILES = Words("填报表", "Workbooks"), Words("至少一份填报表", "at least one workbook")
_PAPERS = Words("回执和确认单", "receipts and confirmations")


def show(
    request: HttpRequest, desk: Desk, problems: Sequence[Problem] = (), typed: Posted | None = None
) -> HttpResponse:
    """The page; with ``job``, what came of that drop first."""
    drops = jobs.of_act("receive").filter(state=JobState.DONE.value)
    stands, asked = status_of(desk.round), Asked.of(request)
    part = asked.part_of(stands.units)
    written = came_of(request, "register", name="register")
    closed = why_not(Deed.RECEIVE, desk.round, desk.office)
    context = {
        "drop": _drop(desk, came_of(request, "receive")),
        "drops": list(drops.values("n", "made_at", "files", **_COUNTS)[:_DROPS]),
        "closed": () if closed is None else answers.told_of([closed], desk.lang),
        "again": typed is not None and typed.is_on("again"),
        "exception": "" if typed is None else typed.text("exception"),
        "refused": [_refused(one) for one in reversed(stands.refused)],
        "asked": asked,
        "part": part,
        "states": states(),
        "units": [_unit(one) for one in part.units],
        "total": len(stands.units),
        "register": None if written is None else (written[0].n, list(made_of(desk.data, written[0]))),
    }
    status = 409 if problems else 200
    return answers.show(request, desk, Place.SUBMISSIONS, "submissions", context, problems=problems, status=status)


def receive(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Receives what was dropped."""
    posted = Posted(request)
    values = {"again": posted.is_on("again"), "exception": posted.text("exception")}
    files = posted.files("files")

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return show(request, desk, problems, posted)

    try:
        refuse_if_empty(files, _WORKBOOKS, _SOME_FILES, desk)
    except RefusedError as refused:
        return again(refused.problems)
    return begin_job(request, desk, "receive", values, again, files)


def register(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Writes the register as a workbook."""
    return begin_job(request, desk, "register", {}, lambda problems: show(request, desk, problems))


def settle(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Lists a refused file no longer."""
    posted = Posted(request)

    def do() -> str:
        name, sha256, why = (posted.text(one) for one in ("name", "sha256", "why"))
        settle_refused(desk.round, name, sha256, why, desk.office, desk.now)
        return Place.SUBMISSIONS.address

    return do_once(request, desk, "settle_refused", do, lambda problems: show(request, desk, problems))


def papers_of_drop(request: HttpRequest, desk: Desk, n: int) -> HttpResponseBase:
    """All receipts and confirmations of one drop, as one zip."""
    drop = done(n, "receive")
    rows = _submissions([] if drop is None else [line["submission"] for line in drop[1]["lines"] if _has(line)])
    if not rows:
        return answers.not_there(request)
    all_ = papers(desk.data, rows, desk.lang)
    return answers.download(zipped(all_.items()), f"{desk.say(_PAPERS)}-{n}.zip")


def file(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The workbook as it was sent."""
    for one in _submissions([pk]):
        return answers.download(read(desk.data, one.file), one.name)
    return answers.not_there(request)


def receipt(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The receipt of one try, as a file."""
    for one in _submissions([pk]):
        for name, content in papers(desk.data, [one], desk.lang).items():
            if name.endswith(RECEIPT):
                return answers.download(content, name)
    return answers.not_there(request)


def confirmation(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The page that its unit prints, signs and seals; with ``keep``, as a file."""
    for one in _submissions([pk]):
        for name, content in papers(desk.data, [one], desk.lang).items():
            if name.endswith(PAGE):
                is_kept = "keep" in request.GET
                return answers.download(content, name) if is_kept else answers.page_alone(content)
    return answers.not_there(request)


def _submissions(numbers: Sequence[int]) -> list[Submission]:
    rows = Submission.objects.filter(pk__in=numbers).select_related("unit", "file", "page")
    return list(rows.defer("problems"))


def _has(line: Mapping[str, Any]) -> bool:
    return line.get("submission") is not None


def _drop(desk: Desk, came: tuple[Job, Mapping[str, Any]] | None) -> Mapping[str, Any] | None:
    """What came of a drop: what was refused first, then what has errors."""
    if came is None:
        return None
    job, told = came
    lines = sorted(told["lines"], key=lambda line: (_ORDER[line["fate"]], -line["errors"]))
    files = list(_lines(desk, lines))
    return {
        "n": job.n,
        "at": job.made_at,
        "counts": told["counts"],
        "broken": answers.told_from(told.get("broken", ()), desk.lang),
        "left": told.get("left", 0),
        "lines": files,
        "told": [one for one in files if one["told"]],
        "has_papers": any(map(_has, lines)),
    }


def _lines(desk: Desk, lines: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for at, line in enumerate(lines):
        words, sign = _FATES[Fate(line["fate"])]
        told = answers.told_from(line["problems"], desk.lang)
        is_few = len(told) <= _FEW or line["fate"] == Fate.REFUSED
        yield {**line, "at": at, "fate": words, "sign": sign, "told": told, "is_open": is_few}


def _unit(one: UnitStatus) -> Mapping[str, Any]:
    return {
        "of": one.unit,
        "state": name_of(one.state),
        "sign": sign_of(one.state),
        "n": one.versions,
        "sent": one.in_force,
        "check": None if one.check is None else one.check.value,
        "is_fine": one.is_fine,
        "is_doubted": one.is_doubted,
    }


def _refused(one: Refused) -> Mapping[str, Any]:
    """A file that was not received, and why."""
    return {"at": one.at, "name": one.name, "unit": one.unit, "why": reasons_of(one), "sha256": one.sha256}

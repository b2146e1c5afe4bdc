"""试算: the ranking as it is now, what changed, runs that are kept; and what workbooks would do before they count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from lawgov_score.catalogue import Code, Severity
from lawgov_score.pages.drawing import alone
from lawgov_score.pipeline.plain_folder import CARDS, SCORECARD
from lawgov_score.portal import answers
from lawgov_score.portal.answers import told_from
from lawgov_score.portal.came import came_of
from lawgov_score.portal.cards import named_cards
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job
from lawgov_score.portal.moved import effects_shown, moved
from lawgov_score.portal.places import Place
from lawgov_score.portal.run_problems import other_language, told_of_run
from lawgov_score.portal.zipped import zipped
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.rounds.by_hand import called_by_hand
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Run
from lawgov_score.rounds.names import JobState, RoundState, RunKind, name_of
from lawgov_score.rounds.next_deed import first_results
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.results import PICTURES_PAGE, explained, ranking_of, scores_of
from lawgov_score.rounds.running import fingerprint_now, output_of
from lawgov_score.rounds.states import state_at
from lawgov_score.rounds.unpublished import changed_since, file_told
from lawgov_score.wording import Words
from lawgov_score.workbook.submission.result_tables import GROUNDS, TABLES

_KIND = Words("试算、初评、终评之一", "trial, first or final")
_BOOKS = Words("至少一份考核办的工作簿", "at least one of the office's workbooks")
_NOTHING = Words("没有选文件", "no file was chosen")
_MOST_PROBLEMS = 100  # that are shown of each gravity
_MOST_INPUTS = 12
_USUAL = {
    RoundState.SECOND_REVIEW: RunKind.FIRST,
    RoundState.NOTIFIED: RunKind.FIRST,
    RoundState.FINAL: RunKind.FINAL,
    RoundState.PUBLISHED: RunKind.FINAL,
}
_BEFORE_REVIEW = frozenset({RoundState.PREPARING, RoundState.OPEN, RoundState.CLOSED, RoundState.FIRST_REVIEW})
_PICTURES = ("spread-chart", "cohorts-chart")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A run in the list of those that are kept."""

    run: Run
    kind: Words
    is_now: bool
    publications: tuple[int, ...]


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The newest run, or the one that is asked for; with ``job``, what came of that computation."""
    runs = list(desk.round.runs.select_related("manifest", "outputs").prefetch_related("publications").order_by("-n"))
    came = came_of(request, "run")
    wanted = whole_number(request.GET.get("run", "")) or 0
    if came is not None:
        wanted = came[1]["run"] or 0
    run = next((one for one in runs if one.n == wanted), runs[0] if runs and not wanted else None)
    if wanted and run is None:
        return answers.not_there(request)
    now = fingerprint_now(desk.data, desk.round) if runs else ""
    context: dict[str, Any] = {
        "kinds": [(one.value, name_of(one), one is _USUAL.get(desk.state, RunKind.TRIAL)) for one in RunKind],
        "runs": [
            _Kept(one, name_of(RunKind(one.kind)), one.manifest.sha256 == now, _publications(one)) for one in runs
        ],
        "run": run,
        "lost": came is not None and came[1]["run"] is None,
        "filter": request.GET.get("q", "").strip(),
    }
    if came is not None and context["lost"]:
        context["run"] = run = None
        context |= _problems_shown(desk, came[1]["problems"], is_now=True)
    if run is not None:
        context |= _of_run(request, desk, run, is_newest=run is runs[0], is_now=run.manifest.sha256 == now)
    return answers.show(
        request, desk, Place.TRIAL, "trial", context, problems=problems, status=409 if problems else 200
    )


def _of_run(request: HttpRequest, desk: Desk, run: Run, *, is_newest: bool, is_now: bool) -> dict[str, Any]:
    ranking = ranking_of(desk.data, run)
    since = [] if is_now or not is_newest else list(changed_since(desk.data, desk.round, run))
    asked = request.GET.get("q", "").strip()
    written = names_in(desk.data, run.outputs)
    return {
        "kind": name_of(RunKind(run.kind)),
        "is_early": _is_early(run),
        "is_now": is_now,
        "is_newest": is_newest,
        "must_tell_deadline": _must_tell_deadline(desk),
        "since": [desk.say(one) for one in since[:_MOST_INPUTS]],
        "since_more": max(0, len(since) - _MOST_INPUTS),
        "cohorts": ranking.having(asked),
        "units": ranking.units,
        "other_language": other_language(desk, run),
        "is_provisional": ranking.provisional > 0,
        "has_pictures": PICTURES_PAGE in written,
        "has_cohorts": len(ranking.cohorts) > 1,
        "has_cards": any(name.startswith(f"{CARDS}/") for name in written),
        **_changes_shown(desk, run),
        **_problems_shown(desk, run.problems, is_now=is_now),
    }


def _must_tell_deadline(desk: Desk) -> str:
    """Until when units may object, where no first results have cards that say so; else ''."""
    until = desk.round.objections_until
    is_asked = desk.state is RoundState.OBJECTIONS and until is not None and desk.now < until
    if not is_asked or until is None or first_results(desk.data, desk.round).has_notice:
        return ""
    return desk.say(told(until))


def compute(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Computes the round as it is now."""
    posted = Posted(request)
    kind = posted.text("kind")
    if kind not in {one.value for one in RunKind}:
        values = {"expected": _KIND, "found": kind}
        return show(request, desk, [Problem(Code.R306, TextPlace("kind"), values)])
    return begin_job(request, desk, "run", {"kind": kind}, lambda problems: show(request, desk, problems))


def unit(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """What one unit got in a run: every node, with the reason, and what it rests on."""
    run = desk.round.runs.filter(n=n).first()
    code = request.GET.get("code", "")
    line = None if run is None else ranking_of(desk.data, run).unit(code)
    if run is None or line is None:
        return answers.not_there(request)
    nodes = scores_of(desk.data, run, code)
    said = explained(desk.data, run, code)
    context = {"run": run, "kind": name_of(RunKind(run.kind)), "line": line, "nodes": nodes, "explained": said}
    context["other_language"] = other_language(desk, run)
    return answers.show(request, desk, Place.TRIAL, "trial_unit", context)


def scorecard(request: HttpRequest, desk: Desk, n: int) -> HttpResponseBase:
    """The scorecard of a run, to keep."""
    run = desk.round.runs.filter(n=n).first()
    content = None if run is None else output_of(desk.data, run, SCORECARD)
    if content is None:
        return answers.not_there(request)
    return answers.download(content, f"{_stem(desk, n)} {SCORECARD}")


def tables(request: HttpRequest, desk: Desk, n: int) -> HttpResponseBase:
    """The tables of a run in one archive."""
    return _archive(request, desk, n, "csv", lambda name: name in {*TABLES, GROUNDS})


def cards(request: HttpRequest, desk: Desk, n: int) -> HttpResponseBase:
    """The cards of a run in one archive."""
    return _archive(request, desk, n, CARDS, lambda name: name.startswith(f"{CARDS}/"))


def picture(request: HttpRequest, desk: Desk, n: int, name: str) -> HttpResponse:
    """A chart of a run, from the page for the office that it wrote."""
    run = desk.round.runs.filter(n=n).first()
    page = None if run is None or name not in _PICTURES else output_of(desk.data, run, PICTURES_PAGE)
    drawn = None if page is None else alone(page.decode(), name)
    if drawn is None:
        return answers.not_there(request)
    return HttpResponse(drawn, content_type="image/svg+xml")


def effect(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """What workbooks of the office would do: GET shows it, POST works it out."""
    if request.method == "POST" and not problems:
        return _try(request, desk)
    came = came_of(request, "effect")
    context: dict[str, Any] = {"job": came, "back": _ours(Posted(request).text("back"))}
    if came is not None:
        _, found = came
        by_hand = {name: called_by_hand(name) for name in found["names"]}
        names = [(by_hand[name] or name, name in found["replaces"] and not by_hand[name]) for name in found["names"]]
        told = list(told_of_run(desk, found["problems"], is_now=False))
        context |= {
            "names": names,
            "back": _ours(found["back"]),
            "has_effect": found["effects"] is not None,
            "wrong": [one for one in told if one.severity == Severity.ERROR],
            "doubtful": [one for one in told if one.severity != Severity.ERROR],
        }
        if found["effects"] is not None:
            context |= {**effects_shown(desk, found["effects"]), "said": ()}  # said of the books already
    return answers.show(
        request, desk, Place.TRIAL, "trial_effect", context, problems=problems, status=409 if problems else 200
    )


def _try(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begins to work it out: of files that were dropped, and of drafts that another page made (name, content)."""
    posted = Posted(request)
    drafts = zip(request.POST.getlist("name"), request.POST.getlist("content"), strict=False)
    files = [*posted.files("files"), *(SimpleUploadedFile(name, text.encode()) for name, text in drafts if name)]

    def again(found: Sequence[Problem]) -> HttpResponse:
        return effect(request, desk, found)

    if not files:
        return again([Problem(Code.R306, TextPlace("files"), {"expected": _BOOKS, "found": _NOTHING})])
    return begin_job(request, desk, "effect", {"back": _ours(posted.text("back"))}, again, files)


def _ours(address: str) -> str:
    """An address of this desk; else that of the page."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else Place.TRIAL.address


def _is_early(run: Run) -> bool:
    """First results that were computed before the second review began."""
    return run.kind == RunKind.FIRST.value and state_at(run.round, run.seq) in _BEFORE_REVIEW


def _publications(run: Run) -> tuple[int, ...]:
    return tuple(one.n for one in run.publications.all())


def _changes_shown(desk: Desk, run: Run) -> dict[str, Any]:
    """What changed since the run before, as the computation that made the run told it."""
    job = Job.objects.filter(act="run", state=JobState.DONE.value, outcome__run=run.n).order_by("n").first()
    found: Any = None if job is None else job.outcome
    if found is None:
        return {}
    files = ((desk.say(file_told(one["name"])), one["is_new"], one["is_gone"]) for one in found.get("inputs", ()))
    inputs = list({name: (name, is_new, is_gone) for name, is_new, is_gone in files}.values())
    return {
        "before": found.get("before"),
        "same": found.get("same"),
        "inputs": inputs[:_MOST_INPUTS],
        "inputs_more": max(0, len(inputs) - _MOST_INPUTS),
        "not_compared": found.get("not_compared", ""),
        "changed": found.get("changed", 0),
        "changed_more": found.get("changed", 0) - len(found.get("changes", ())),
        "changes": [
            {
                **one,
                "total": moved(desk, one["old"], one["new"]),
                "place": moved(desk, *one["rank"]),
                "grade": moved(desk, *one["grade"]),
            }
            for one in found.get("changes", ())
        ],
        "open": found.get("open", ""),
        "decisions": told_from(found.get("decisions", ()), desk.lang),
    }


def _problems_shown(desk: Desk, records: Sequence[Mapping[str, Any]], *, is_now: bool) -> dict[str, Any]:
    """Errors and warnings of a run, errors before warnings, of each the first."""
    shown: dict[str, Any] = {}
    for name in ("error", "warning"):
        of = [one for one in records if one["severity"] == name]
        shown[f"{name}s"] = list(told_of_run(desk, of[:_MOST_PROBLEMS], is_now=is_now))
        shown[f"{name}s_all"] = len(of)
        shown[f"{name}s_more"] = max(0, len(of) - _MOST_PROBLEMS)
    return shown


def _archive(request: HttpRequest, desk: Desk, n: int, what: str, is_in: Callable[[str], bool]) -> HttpResponseBase:
    run = desk.round.runs.filter(n=n).first()
    names = {} if run is None else names_in(desk.data, run.outputs)
    wanted = {name: sha256 for name, sha256 in names.items() if is_in(name)}
    if not wanted:
        return answers.not_there(request)
    called = named_cards(wanted, desk.round.units.all())
    files = (
        (called.get(name, name).removeprefix(f"{CARDS}/"), desk.data.store.read(sha256))
        for name, sha256 in wanted.items()
    )
    return answers.download(zipped(files), f"{_stem(desk, n)} {what}.zip")


def _stem(desk: Desk, n: int) -> str:
    return f"{desk.round.code} {n}"

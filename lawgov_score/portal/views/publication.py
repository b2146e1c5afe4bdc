"""公布: what would be published now, released and published by one form; what was published, to read and to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.pipeline.plain_folder import CARDS, PAGES, SCORECARD
from lawgov_score.portal import answers
from lawgov_score.portal.came import came_of
from lawgov_score.portal.cards import cards_of, named_cards
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job
from lawgov_score.portal.places import Place
from lawgov_score.portal.run_problems import other_language, told_of_run
from lawgov_score.portal.zipped import zipped
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds import jobs
from lawgov_score.rounds.allowed import closed
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.models import Notice, Run
from lawgov_score.rounds.moving import still_open
from lawgov_score.rounds.names import Deed, RoundState
from lawgov_score.rounds.previewing import Preview, is_still, preview_from
from lawgov_score.rounds.published import IS_OLDER, NEW_SINCE, names_of, publication_of
from lawgov_score.rounds.publishing import Candidate, candidate, check_said, release_of
from lawgov_score.rounds.results import ranking_of
from lawgov_score.rounds.things import called
from lawgov_score.rounds.unpublished import unpublished
from lawgov_score.rounds.wording_of_moves import what_is_open
from lawgov_score.wording import Words
from lawgov_score.workbook.submission.result_tables import CHANGES

_PUBLIC = f"{PAGES}/public/"
_INDEX = f"{_PUBLIC}index.html"
_OF_OFFICE = "A"  # codes of what the office entered: its register, above all
_LOOK, _MAKE = "prepare", "publish"  # acts of ``work``
_TYPED = ("why", "released_by")


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Files of a publication that are handed out together, as one .zip."""

    address: str
    name: Words
    about: Words
    start: str = ""
    suffix: str = ""


_BUNDLES = (
    _Bundle(
        "cards.zip",
        Words("评分卡", "cards"),
        Words("全部单位的评分卡，一个单位一份", "the cards of all units, one each"),
        f"{CARDS}/",
    ),
    _Bundle(
        "public.zip",
        Words("公示网页", "public-page"),
        Words("只有结果，可以放到网站上", "the result alone, for a web site"),
        _PUBLIC,
    ),
    _Bundle(
        "tables.zip",
        Words("数据表", "tables"),
        Words("排名、各项得分、填报值等表格（.csv）", "ranking, scores, figures and so on, as .csv"),
        suffix=".csv",
    ),
    _Bundle(
        "all.zip",
        Words("全部文件", "all-files"),
        Words("这次公布的全部文件，包括考核办内部用的网页", "all of this publication, the office's own pages too"),
    ),
)


def show(
    request: HttpRequest,
    desk: Desk,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page; with ``job``, what was refused of it."""
    came = came_of(request, _MAKE)
    done = {} if came is None else came[1]
    found = candidate(desk.data, desk.round)
    looked, preview = _preview(desk)
    typed = typed or done.get("typed") or {name: looked.get(name, "") for name in _TYPED}
    run = found.run
    context: dict[str, Any] = {
        "closed": closed(Deed.PUBLISH, desk.round),
        "found": found,
        "new": tuple(map(desk.say, _new(desk, found))),
        "new_since": NEW_SINCE,
        "run_at": "" if run is None else told(run.at),
        "publications": list(desk.round.publications.select_related("run").order_by("-n")),
        "preview": preview,
        "typed": typed,
        "refused": answers.told_from(done.get("refused", ()), desk.lang),
    }
    if preview is not None and run is not None:
        context |= _looked_at(request, desk, preview, run)
    status = 409 if problems else 200
    return answers.show(request, desk, Place.PUBLICATION, "publication", context, problems=problems, status=status)


def prepare(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Computes what would be published, the final run before where it is lacking."""
    typed = {name: Posted(request).text(name) for name in _TYPED}  # by a press that came too late: it stays
    return begin_job(request, desk, _LOOK, typed, lambda problems: show(request, desk, problems, typed))


def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Publishes what was looked at; or writes down that the leader released it, and publishes later."""
    posted = Posted(request)
    typed = {name: posted.text(name) for name in _TYPED}
    run, version = posted.version("run"), posted.version()
    if jobs.by_token(posted.text("once")) is None:  # pressed before: it leads to the same
        try:
            check_said(desk.data, desk.round, run, version, typed["why"], typed["released_by"])
        except RefusedError as refused:
            return show(request, desk, refused.problems, typed)
    values = {**typed, "run": run, "version": version, "only_release": posted.is_on("only_release")}
    return begin_job(request, desk, _MAKE, values, lambda problems: show(request, desk, problems, typed))


def one(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """One publication: what it said, what it consists of, and how it stands to what came since."""
    publication = publication_of(desk.round, n)
    if publication is None:
        return answers.not_there(request)
    last = desk.round.publications.count()
    names = names_of(desk.data, publication)
    cards = cards_of(names, desk.round.units.all())
    to_tell = set(Notice.objects.filter(about=called(publication)).values_list("unit__code", flat=True))
    told_by_notice = to_tell or n > 1
    wanted, ranking = _wanted(request), ranking_of(desk.data, publication.run)
    context = {
        "publication": publication,
        "other_language": other_language(desk, publication.run, is_published=True),
        "last": last,
        "new": tuple(map(desk.say, unpublished(desk.data, desk.round))) if n == last else (),
        "new_since": NEW_SINCE,
        "is_older": IS_OLDER(n=n, last=last),
        "scorecard": SCORECARD if SCORECARD in names else "",
        "changes": CHANGES if CHANGES in names else "",
        "has_page": _INDEX in names,
        "bundles": _BUNDLES,
        "wanted": wanted,
        "ranking": [
            (cohort, [(line, cards.get(line.unit, ""), not told_by_notice or line.unit in to_tell) for line in lines])
            for cohort, lines in ranking.having(wanted)
        ],
        "to_tell": len(to_tell) if told_by_notice else None,
        "n_units": ranking.units,
    }
    return answers.show(request, desk, Place.PUBLICATION, "published", context)


def file(request: HttpRequest, desk: Desk, n: int, name: str) -> HttpResponseBase:
    """One file of a publication: by its name among those that were published, never as a path."""
    publication = publication_of(desk.round, n)
    sha256 = None if publication is None else names_of(desk.data, publication).get(name)
    if sha256 is None:
        return answers.not_there(request)
    content, called_ = desk.data.store.read(sha256), name.rpartition("/")[2]
    if name.startswith(f"{CARDS}/"):
        called_ = named_cards([name], desk.round.units.all()).get(name, called_)
    return answers.download(content, called_)


def public_page(request: HttpRequest, desk: Desk, n: int, name: str = "index.html") -> HttpResponse:
    """The page for the public, as it was published."""
    publication = publication_of(desk.round, n)
    sha256 = None if publication is None else names_of(desk.data, publication).get(f"{_PUBLIC}{name}")
    return answers.not_there(request) if sha256 is None else answers.page_alone(desk.data.store.read(sha256))


def bundle(request: HttpRequest, desk: Desk, n: int, name: str) -> HttpResponseBase:
    """Files of a publication together."""
    publication = publication_of(desk.round, n)
    found = next((each for each in _BUNDLES if each.address == name), None)
    if publication is None or found is None:
        return answers.not_there(request)
    names = names_of(desk.data, publication)
    mine = {
        path.removeprefix(found.start): sha256
        for path, sha256 in names.items()
        if path.startswith(found.start) and path.endswith(found.suffix)
    }
    if found.start == f"{CARDS}/":
        called_ = named_cards(names, desk.round.units.all())
        mine = {called_.get(f"{CARDS}/{path}", path): sha256 for path, sha256 in mine.items()}
    files = ((path, desk.data.store.read(sha256)) for path, sha256 in sorted(mine.items()))
    return answers.download(zipped(files), f"{desk.round.code}-{n}-{desk.say(found.name)}.zip")


def _preview(desk: Desk) -> tuple[Mapping[str, Any], Preview | None]:
    """The newest preview, where the same would be published now; before it, what it was asked for with."""
    job = jobs.of_act(_LOOK).filter(state="done").first()
    if job is None or job.outcome is None:
        return {}, None
    preview = preview_from(job.outcome["preview"])
    return (job.values, preview) if is_still(desk.data, desk.round, preview) else ({}, None)


def _new(desk: Desk, found: Candidate) -> tuple[Any, ...]:
    """What is there and is not published; before the first publication, what came after the final run."""
    return unpublished(desk.data, desk.round) or found.new


def _looked_at(request: HttpRequest, desk: Desk, preview: Preview, run: Run) -> dict[str, Any]:
    wanted, ranking = _wanted(request), ranking_of(desk.data, run)
    release = release_of(desk.round, run)
    warned = [each for each in run.problems if each["severity"] == "warning"]
    return {
        "wanted": wanted,
        "ranking": ranking.having(wanted),
        "changed": [
            (unit, [(part, desk.say(part.why)) for part in unit.parts], _why(desk, unit))
            for unit in preview.changed
            if wanted.casefold() in f"{unit.code} {unit.name}".casefold()
        ],
        "provisional": ranking.provisional,
        "units": ranking.units,
        "found_in_run": answers.told_from([each for each in run.problems if each["severity"] == "error"], desk.lang),
        "warned": len(warned),
        "warned_of": list(
            told_of_run(desk, [each for each in warned if each["code"].startswith(_OF_OFFICE)], is_now=True)
        ),
        "is_released": release is not None,
        "too_early": [
            what_is_open(one, RoundState.PUBLISHED)
            for one in still_open(desk.data, desk.round, RoundState.PUBLISHED, desk.now)
        ],
    }


def _why(desk: Desk, unit: Any) -> str:
    return "" if unit.total is None else desk.say(unit.total.why)


def _wanted(request: HttpRequest) -> str:
    """What is looked for in the list of units."""
    return request.GET.get("find", "").strip()

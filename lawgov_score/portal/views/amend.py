"""修改: another roster, tree or notice: looked at first, with every mistake and all that it means, then confirmed."""

import codecs
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.catalogue import Code
from lawgov_score.pipeline.plain_folder import NOTICE, ROSTER, TREE
from lawgov_score.portal import answers
from lawgov_score.portal.came import done
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job, refuse_if_empty
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.amending import AMEND, GIVEN, LOOK
from lawgov_score.portal.working.made import made_of
from lawgov_score.portal.zipped import zipped
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import jobs, wording_of_amending
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.looked import is_past
from lawgov_score.rounds.names import JobState
from lawgov_score.rounds.notices import own_notice
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_FIELDS = ("office", "telephone", "address", "way")
_GIVEN = Words("修改后的文件", "Amended files")
_SOMETHING = Words("名册、体系、告知事项中至少一样", "a roster, a tree or a notice")
_NOTICE = Words("告知事项", "The notice")
_BOTH = Words("选了文件，下面的各栏也改了", "a file was chosen, and the fields were changed too")
_FILES = ("roster", TREE, "notice")


def show(
    request: HttpRequest, desk: Desk, problems: Sequence[Problem] = (), typed: Posted | None = None
) -> HttpResponse:
    """What can be amended."""
    own = own_notice(desk.data, desk.round)
    said = {**{name: getattr(own, name) for name in _FIELDS}, **_typed_before(request)}
    if typed is not None and typed.is_on("is_notice"):
        said = {name: typed.text(name) for name in _FIELDS}
    context = {"notice": said, "has_notice": desk.round.notice is not None}
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "amend", context, problems=problems, status=status)


def _typed_before(request: HttpRequest) -> Mapping[str, str]:
    """What was typed into the notice with files that had errors (``again``, the number of that work)."""
    found = done(whole_number(request.GET.get("again", "")) or 0, LOOK)
    return {} if found is None else found[0].values.get("notice", {})


def in_use(request: HttpRequest, desk: Desk, what: str) -> HttpResponseBase:
    """What is in use, to be changed and given back: the roster, the tree, or the notice."""
    kept, round_ = plain_folder(desk.data, desk.round), desk.round
    if what == ROSTER:
        text = kept[ROSTER]
        is_plain = not text.startswith(codecs.BOM_UTF8) and _is_utf8(text)
        # Excel takes a table without the mark for one of the system's own encoding.
        return answers.download(codecs.BOM_UTF8 + text if is_plain else text, ROSTER)
    if what == NOTICE and round_.notice is not None:
        return answers.download(read(desk.data, round_.notice), NOTICE)
    if what == f"{TREE}.zip":
        tree = ((name, content) for name, content in kept.items() if name.startswith(f"{TREE}/"))
        return answers.download(zipped(tree), what)
    return answers.not_there(request)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def look(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Looks at what was given: nothing is changed."""
    posted = Posted(request)
    files = [(kind, file) for kind in _FILES for file in posted.files(kind)]
    values: dict[str, object] = {"kinds": [kind for kind, _ in files]}
    typed = {name: posted.text(name) for name in _FIELDS} if posted.is_on("is_notice") else {}
    own = own_notice(desk.data, desk.round)
    is_typed = any(text != getattr(own, name).strip() for name, text in typed.items())
    if is_typed or (any(typed.values()) and not files):
        values["notice"] = typed

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return show(request, desk, problems, posted)

    try:
        refuse_if_empty(files or "notice" in values, _GIVEN, _SOMETHING, desk)
        if is_typed and posted.files("notice"):
            raise RefusedError(Problem(Code.R323, TextPlace(desk.say(_NOTICE)), {"found": _BOTH}))
    except RefusedError as refused:
        return again(refused.problems)
    return begin_job(request, desk, LOOK, values, again, [file for _, file in files])


def looked(request: HttpRequest, desk: Desk, n: int, problems: Sequence[Problem] = (), why: str = "") -> HttpResponse:
    """What was found: mistakes; or what it means, and the form that confirms it."""
    found = done(n, LOOK)
    if found is None:
        return answers.not_there(request)
    job, told = found
    meaning = told.get("meaning")
    is_done = jobs.of_act(AMEND).filter(values__look=n, state=JobState.DONE.value).exists()
    context = {
        "n": n,
        "given": told["given"],
        "found": answers.told_from(told["problems"], desk.lang),
        "meaning": meaning,
        "uncounted": answers.told_from(told.get("uncounted", ()), desk.lang),
        "words": wording_of_amending.words_of(meaning, has_runs=desk.round.runs.exists()) if meaning else None,
        "is_done": is_done,
        "is_past": not is_done and meaning is not None and is_past(told["basis"], desk.round),
        "has_files": GIVEN in made_of(desk.data, job),
        "why": why,
    }
    status = 409 if problems else 200
    return answers.show(request, desk, Place.UNITS, "amended", context, problems=problems, status=status)


def confirm(request: HttpRequest, desk: Desk, n: int) -> HttpResponse:
    """Makes it, for a reason."""
    posted, found = Posted(request), done(n, LOOK)
    if found is None or found[1].get("meaning") is None:
        return answers.not_there(request)
    why = posted.text("why")
    if not why:
        return looked(request, desk, n, [Problem(Code.R233, place_of(desk.round))])
    values = {"look": n, "why": why}
    return begin_job(request, desk, AMEND, values, lambda problems: looked(request, desk, n, problems, why))

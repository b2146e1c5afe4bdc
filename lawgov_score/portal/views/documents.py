"""文书: what each is for, is there anything to write it of, its making, and the template that an office edits."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.catalogue import Code
from lawgov_score.documents.bounds import MOST_BYTES, too_large
from lawgov_score.documents.facts import Facts, known
from lawgov_score.documents.kinds import KIND_NAMES, Kind, template_name
from lawgov_score.documents.making import facts_for
from lawgov_score.documents.templates import content_in_force, in_use, template_bytes, use_template
from lawgov_score.portal import answers
from lawgov_score.portal.answers import Told
from lawgov_score.portal.came import came_of, done
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import Posted, begin_job, do_once
from lawgov_score.portal.places import Place
from lawgov_score.portal.working.made import made_of
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.papers import Taken
from lawgov_score.rounds.plain import whole_number
from lawgov_score.wording import Words

_ACT, _USE = "document", "use_template"  # of ``work``
_MOST_LISTED = 100  # documents; all are in the .zip
_MOST_CHOSEN = 500  # units of which there is a letter that are listed to be ticked; of more their codes are typed
_A_NUMBER = Words("异议的号数，如 2", "the number of an objection, such as 2")
_EMPTY = Words("没有文件，或者文件是空的", "no file, or an empty one")
_PARTED = re.compile(r"[\s,，、;；]+")
_TO_UNITS = frozenset({Kind.RETURN, Kind.RESULT, Kind.DECISION})
_ABOUT: Mapping[Kind, Words] = MappingProxyType(
    {
        Kind.NOTICE: Words(
            "考核开始时发给各单位：考核哪些单位、什么时候以前报送、向谁联系、凭什么核对回执。一轮一份。",
            "To all units when the assessment begins: who is assessed, until when to send, whom to ask, by which key "
            "receipts are checked. One for the round.",
        ),
        Kind.RETURN: Words(
            "随标注件退给单位：为什么退回、什么时候以前重报。退回的单位一家一份。",
            "Goes to a unit with its marked copy: why, and until when to send anew. One for each that is returned.",
        ),
        Kind.RESULT: Words(
            "告知单位它自己的得分、位次和等次，以及怎样提出异议；别的单位的结果不写。一家一份。",
            "Tells a unit its own score, place and grade, and how to object; nothing of others. One for each.",
        ),
        Kind.DECISION: Words(
            "答复一件异议：主张、理由、结果，得分有没有变。决定了的异议一件一份。",
            "Answers an objection: claim, reason, outcome, effect on the score. One for each that is decided.",
        ),
        Kind.PUBLIC: Words(
            "公示结果：全部单位的排名。还没有公布的，文书上写明“待公布”；公示期在文书上填写。",
            "Shows the results of all units. Before they are published it says so; its days are written in by hand.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class _New:
    """A template that was just taken into use, and the warnings of it."""

    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """A kind of document. ``waits``: why there is nothing to write it of; ``n``: how many there would be.

    ``own``: the office's template that is in use; ``new``: the one that was just handed in. ``choices``: the units
    that there is a letter for, by code and name, and whether each is ticked.
    """

    kind: Kind
    name: Words
    about: Words
    n: int
    waits: tuple[Told, ...]
    own: Taken | None
    new: _New | None
    refused: tuple[Told, ...]
    typed: Mapping[str, Any]
    choices: tuple[tuple[str, str, bool], ...] = ()

    @property
    def is_to_units(self) -> bool:
        """Is it a letter, of which one alone can be made?"""
        return self.kind in _TO_UNITS

    @property
    def is_numbered(self) -> bool:
        """Is it of something that has a number?"""
        return self.kind is Kind.DECISION


def show(
    request: HttpRequest,
    desk: Desk,
    problems: Sequence[Problem] = (),
    at: Kind | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page; with ``job``, what that made. ``at``: the kind of which something was refused."""
    made, checked = came_of(request, _ACT), came_of(request, _USE)
    told: tuple[Told, ...] = ()
    if problems:
        told = answers.told_of(problems, desk.lang)
    elif made is not None and "refused" in made[1]:
        job, said = made
        at, told = Kind(said["kind"]), answers.told_from(said["refused"], desk.lang)
        typed = job.values.get("typed") or {"units": " ".join(job.values["units"])}  # an earlier version kept less
        typed = {**typed, "number": str(job.values["number"] or "")}
    new: dict[Kind, _New] = {}
    came = {} if checked is None else checked[1]
    if "refused" in came and not problems:
        at, told = Kind(came["kind"]), answers.told_from(came["refused"], desk.lang)
    elif "name" in came:
        new[Kind(came["kind"])] = _New(came["name"], answers.told_from(came["problems"], desk.lang))
    cards = [_card(desk, kind, told if kind is at else (), typed or {}, new.get(kind)) for kind in Kind]
    context = {"cards": cards, "made": None if made is None or "files" not in made[1] else _made(desk, *made)}
    above = problems if at is None else ()
    return answers.show(
        request, desk, Place.DOCUMENTS, "documents", context, problems=above, status=409 if problems else 200
    )


def make(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Makes documents of a kind, for all that there are or for some."""
    posted = Posted(request)
    kind = _kind(posted.text("kind"))
    if kind is None:
        return answers.not_there(request)
    units, number, ticked = posted.text("units"), posted.text("number"), posted.texts("unit")
    typed = {"units": units, "number": number, "ticked": list(ticked)}
    wanted = whole_number(number)
    if number and wanted is None and kind is Kind.DECISION:
        figures = {"expected": _A_NUMBER, "found": number}
        return show(request, desk, [Problem(Code.R306, TextPlace("number"), figures)], kind, typed)
    values = {
        "kind": kind.value,
        "units": list(dict.fromkeys(filter(None, (*ticked, *_PARTED.split(units))))) if kind in _TO_UNITS else [],
        "number": wanted if kind is Kind.DECISION else None,
        "typed": typed,
    }
    return begin_job(request, desk, _ACT, values, lambda problems: show(request, desk, problems, kind, typed))


def page_of(request: HttpRequest, desk: Desk, n: int, name: str) -> HttpResponse:
    """A document that was made as a page, shown in the browser."""
    made = done(n, _ACT)
    path = None if made is None else made_of(desk.data, made[0]).get(name)
    if path is None or path.suffix != ".html":
        return answers.not_there(request)
    return answers.page_alone(path.read_bytes())


def template(request: HttpRequest, desk: Desk, kind: str) -> HttpResponseBase:
    """The template in force, to be edited."""
    of = _kind(kind)
    if of is None:
        return answers.not_there(request)
    content = content_in_force(desk.data, desk.round, of, desk.lang)
    return answers.download(content, template_name(of, desk.lang))


def use(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Takes an edited template into use."""
    of = _kind(kind)
    if of is None:
        return answers.not_there(request)

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return show(request, desk, problems, of)

    files = Posted(request).files("template")[:1]
    name, size = (str(files[0].name), files[0].size or 0) if files else ("", 0)
    if not 0 < size <= MOST_BYTES:
        found = too_large(size) if size else _EMPTY
        return again([Problem(Code.R284, TextPlace(name or template_name(of, desk.lang)), {"found": found})])
    return begin_job(request, desk, _USE, {"kind": of.value}, again, files)


def use_ours(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Goes back to the template that is shipped."""
    of = _kind(kind)
    if of is None:
        return answers.not_there(request)

    def do() -> str:
        ours = template_bytes(of, desk.lang)
        use_template(desk.data, desk.round, of, ours, desk.office, desk.now, lang=desk.lang)
        return f"/documents/#{of.value}"

    return do_once(request, desk, "template", do, lambda problems: show(request, desk, problems, of))


def _kind(text: str) -> Kind | None:
    return Kind(text) if text in {one.value for one in Kind} else None


def _card(desk: Desk, kind: Kind, refused: tuple[Told, ...], typed: Mapping[str, Any], new: _New | None) -> _Card:
    facts: Sequence[Facts] = ()
    waits: tuple[Told, ...] = ()
    try:
        facts = facts_for(known(desk.data, desk.round, desk.now, desk.lang), kind)
    except RefusedError as nothing:
        waits = answers.told_of(nothing.problems, desk.lang)
    own = in_use(desk.round, kind, desk.lang)
    mine = typed if refused else {}
    choices = _choices(facts, frozenset(mine.get("ticked", ()))) if kind in _TO_UNITS else ()
    return _Card(kind, KIND_NAMES[kind], _ABOUT[kind], len(facts), waits, own, new, refused, mine, choices)


def _choices(facts: Sequence[Facts], ticked: Collection[str]) -> tuple[tuple[str, str, bool], ...]:
    """The units to choose among, each once; none where there is but one, or too many for a page."""
    units = {one.unit.code: one.unit.name for one in facts if one.unit is not None}
    if not 1 < len(units) <= _MOST_CHOSEN:
        return ()
    return tuple((code, name, code in ticked) for code, name in units.items())


def _made(desk: Desk, job: Job, outcome: Mapping[str, Any]) -> dict[str, object]:
    """What a job made: a line for each document, with its file and its page."""
    names = [name.removesuffix(".docx") for name in outcome["files"] if name.endswith(".docx")]
    return {
        "job": job.n,
        "name": KIND_NAMES[Kind(outcome["kind"])],
        "n": len(names),
        "shown": names[:_MOST_LISTED],
        "told": answers.told_from(outcome["problems"], desk.lang),
        "is_there": bool(made_of(desk.data, job)),
    }

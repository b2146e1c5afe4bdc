"""记录: all that was done, in words, the newest first; and what proves it, writes it out or puts it away."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lawgov_score.portal import answers
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.forms import begin_job, day_of
from lawgov_score.portal.places import Place
from lawgov_score.portal.said import ACTS, told
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds import jobs
from lawgov_score.rounds.data import KEY
from lawgov_score.rounds.events import head
from lawgov_score.rounds.kept import read
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import JobState, Role, name_of
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.receipts import public_key, short
from lawgov_score.rounds.records import NamedFile, Wanted, acts, body_of, event_of, files_of, page_of, units_of
from lawgov_score.rounds.wording_of_keeping import BACKED_UP, EXPORTED, HEAD, HOLDS, SECRET, WHAT_IS_IN_IT
from lawgov_score.wording import Text, Words

VERIFY, EXPORT, BACKUP = "verify", "export", "backup"  # acts of its long work
_WHO = Words("{role} {name}", "{role} {name}")
_KEEPS = frozenset({VERIFY, EXPORT, BACKUP})
_FILTERS = ("act", "unit", "text", "first", "last")


def show(request: HttpRequest, desk: Desk, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page. ``act``, ``unit``, ``text``, ``first``, ``last``: which events; ``before``: the next page of them."""
    asked = {name: request.GET.get(name, "").strip() for name in _FILTERS}
    wanted, misread = _wanted(request, asked)
    page = page_of(desk.round, wanted)
    files, units = files_of(page.events), units_of(desk.round, page.events)
    older = {**{name: value for name, value in asked.items() if value}, "before": page.before}
    context = {
        "lines": [
            (event, told(event), _who(event), units.get(event.seq, ""), files[event.seq]) for event in page.events
        ],
        "acts": [(act, ACTS.get(act, act), act == asked["act"]) for act in acts()],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "older": "" if page.before is None else f"?{urlencode(older)}#events",
        "key": _key(desk),
        **_verified(desk),
        **_kept(desk),
    }
    said = [*problems, *misread]
    return answers.show(request, desk, Place.RECORDS, "records", context, problems=said, status=409 if said else 200)


def event(request: HttpRequest, desk: Desk, seq: int) -> HttpResponse:
    """One event in full: what it says, whom it told, and by which hashes it stands in the chain."""
    found = event_of(seq)
    if found is None:
        return answers.not_there(request)
    context = {
        "event": found,
        "what": told(found),
        "who": _who(found),
        "unit": units_of(desk.round, [found]).get(seq, ""),
        "files": files_of([found])[seq],
        "body": json.dumps(body_of(found), ensure_ascii=False, indent=2) if body_of(found) else found.body,
        "last": head().seq,
    }
    return answers.show(request, desk, Place.RECORDS, "record", context)


def file(request: HttpRequest, desk: Desk, seq: int, sha256: str) -> HttpResponseBase:
    """A file that an event names, as it is kept."""
    found = event_of(seq)
    files: Sequence[NamedFile] = () if found is None else files_of([found])[seq]
    mine = next((one for one in files if one.sha256 == sha256), None)
    if mine is None:
        return answers.not_there(request)
    return answers.download(read(desk.data, mine.file), mine.name)


def begin(request: HttpRequest, desk: Desk, act: str) -> HttpResponse:
    """Begins to verify, to export or to back up."""
    if act not in _KEEPS:
        return answers.not_there(request)
    return begin_job(request, desk, act, {}, lambda problems: show(request, desk, problems))


def _wanted(request: HttpRequest, asked: Mapping[str, str]) -> tuple[Wanted, Sequence[Problem]]:
    """What is looked for; a day that is none is told, and not looked for."""
    number = whole_number(request.GET.get("before", ""))
    try:
        first, last = (day_of(name, asked[name]) for name in ("first", "last"))
    except RefusedError as refused:
        return Wanted(asked["act"], asked["unit"], asked["text"], before=number), refused.problems
    return Wanted(asked["act"], asked["unit"], asked["text"], first, last, number), ()


def _who(one: Event) -> Text:
    """The role, and the person's name where it says more."""
    if one.seat is None:
        return ""
    role, name = name_of(Role(one.seat.role)), one.seat.person.name
    return role if name in {"", role.zh, role.en} else _WHO(role=role, name=name)


def _key(desk: Desk) -> str:
    """The short form of the public key; '' where the folder has no key that can be read: the check says so."""
    try:
        return short(public_key(desk.data.folder / KEY))
    except RefusedError:
        return ""


def _last(act: str) -> tuple[Any, Mapping[str, Any]]:
    job = jobs.of_act(act).filter(state=JobState.DONE.value).first()
    return job, {} if job is None or job.outcome is None else job.outcome


def _verified(desk: Desk) -> dict[str, Any]:
    """What the last check came to, and how much was done since."""
    job, said = _last(VERIFY)
    if job is None:
        return {"verified": None}
    counts = {name: said[name] for name in ("events", "files", "receipts", "publications")}
    return {
        "verified": job,
        "faults": answers.told_from(said["problems"], desk.lang),
        "holds": HOLDS(**counts),
        "head": HEAD(seq=said["seq"], hash=said["hash"]),
        "since": head().seq - said["seq"],
    }


def _kept(desk: Desk) -> dict[str, Any]:
    """The last export and the last backup, which can be downloaded as long as they are kept."""
    exported, of_export = _last(EXPORT)
    backed_up, of_backup = _last(BACKUP)
    return {
        "exported": exported,
        "export_file": of_export.get("file", ""),
        "export_said": EXPORTED(path=of_export["file"], n=of_export["n"], seq=of_export["seq"]) if of_export else "",
        "what_is_in_it": WHAT_IS_IN_IT,
        "backed_up": backed_up,
        "backup_file": of_backup.get("file", ""),
        "backup_said": BACKED_UP(
            name=of_backup["file"], **{name: of_backup[name] for name in ("round", "files", "size", "seq", "head")}
        )
        if of_backup
        else "",
        "secret": SECRET,
    }

"""Prepares a publication, and makes it: each computes the newest final run once more."""

from typing import Any

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.portal.forms import with_said
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.creation import seat_of
from lawgov_score.rounds.events import head, hold, recorded_at
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import Deed, Role, RunKind
from lawgov_score.rounds.previewing import preview_of
from lawgov_score.rounds.publishing import (
    candidate,
    check_said,
    made_before,
    prepare,
    publish,
    release_of,
    release_publication,
)
from lawgov_score.rounds.running import make_run
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_NO_SCORES = Words("没有可以计算的材料", "nothing could be scored")


def look(task: Task) -> dict[str, Any]:
    """What would be published now; where there is no final run of what counts now, it is made first."""
    round_ = task.round
    must_be(Deed.PUBLISH, round_, task.office)  # before a final run that nobody can publish is kept
    found = candidate(task.data, round_)
    if found.run is None or found.new:
        ran = make_run(task.data, round_, RunKind.FINAL, task.office, task.now, task.lang)
        if ran.run is None:
            raise RefusedError(Problem(Code.R245, place_of(round_), {"found": _NO_SCORES}))
    prepared = prepare(task.data, round_)
    return {"to": f"/publication/?job={task.job.n}", "preview": preview_of(task.data, round_, prepared).as_json()}


def make(task: Task) -> dict[str, Any]:
    """Publishes, or with ``only_release`` writes down the leader's release alone. The same once more is done already.

    What is refused is told on the page of the form, which keeps what was typed.
    """
    said = task.values
    try:
        return _made(task)
    except RefusedError as refused:
        typed = {name: said[name] for name in ("why", "released_by")}
        to = f"/publication/?job={task.job.n}"
        return {"to": to, "refused": task.records(refused.problems), "typed": typed}


def _made(task: Task) -> dict[str, Any]:
    data, round_, said = task.data, task.round, task.values
    why, name = str(said["why"]), str(said["released_by"])
    if said["only_release"]:
        return {"to": _released(task, why, name)}
    if (before := made_before(data, round_, why, name)) is not None:
        events = recorded_at(before.at, before.seq - 1) if task.since is not None else ()
        return {"to": with_said(f"/publication/{before.n}/", *events) if events else f"/publication/{before.n}/"}
    check_said(data, round_, int(said["run"]), int(said["version"]), why, name)
    prepared = prepare(data, round_)
    leader = seat_of(Role.LEADER) if name else None
    end = head().seq
    done = publish(data, round_, prepared, why, task.office, task.now, leader=leader, released_by=name).publication
    return {"to": with_said(f"/publication/{done.n}/", *recorded_at(done.at, end))}


def _released(task: Task, why: str, name: str) -> str:
    """Writes down the release; where a try that was broken off has done so, nothing more."""
    data, round_, said = task.data, task.round, task.values
    if (event := _released_before(task)) is None:
        check_said(data, round_, int(said["run"]), int(said["version"]), why, name)
        prepared = prepare(data, round_)
        with transaction.atomic():
            hold()  # two of this work that were both begun anew write it down once
            event = _released_before(task) or release_publication(
                data, round_, prepared, seat_of(Role.LEADER), name, why, task.now
            )
    return with_said("/publication/", event.seq, event.seq)


def _released_before(task: Task) -> Event | None:
    """The release of what was looked at that a try of this work has put on record."""
    run = task.round.runs.filter(n=int(task.values["run"])).first()
    event = None if run is None or task.since is None else release_of(task.round, run)
    return None if event is None or task.since is None or event.at < task.since else event

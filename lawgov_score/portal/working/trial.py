"""试算: computes the round as it is now, and what workbooks of the office would do before they are entered."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from lawgov_score.portal.working.task import Task
from lawgov_score.rounds.effect import effect_json
from lawgov_score.rounds.models import Round, Run
from lawgov_score.rounds.names import RunKind
from lawgov_score.rounds.results import ChangedUnit, changed_units
from lawgov_score.rounds.running import Ran, make_run, told_again
from lawgov_score.rounds.trying import tried
from lawgov_score.two_languages import kept_text
from lawgov_score.workbook.submission.result_tables import SCORES

_MOST = 500  # units that changed, and inputs that did, that are kept with the job


def run(task: Task) -> dict[str, Any]:
    """A run of a kind: its number, what changed since the one before, what the computation says.

    Of one that was broken off after its run was there, that run.
    """
    kind = RunKind(task.values["kind"])
    to = f"/trial/?job={task.job.n}"
    made = None if task.since is None else _made(task.round, kind, task.since)
    if made is None:
        ran = make_run(task.data, task.round, kind, task.office, task.now, task.lang)
    else:
        ran = told_again(task.data, task.round, made, task.lang)
    told = {"to": to, "open": kept_text(ran.computed.open_told), "decisions": task.records(ran.problems)}
    if ran.run is None:
        return {**told, "run": None, "problems": list(ran.computed.problems)[:_MOST]}
    return {**told, "run": ran.run.n, **_compared(ran, ran.run)}


def _made(round_: Round, kind: RunKind, since: datetime) -> Run | None:
    made: Run | None = round_.runs.filter(kind=kind.value, at__gte=since).order_by("-n").first()
    return made


def _compared(ran: Ran, made: Run) -> Mapping[str, Any]:
    before = ran.before
    if before is None:
        return {}
    changed: tuple[ChangedUnit, ...] = ()
    if ran.computed.changes is not None:
        changed = changed_units(ran.computed.changes, ran.computed.outputs[SCORES])
    return {
        "before": before.n,
        "same": (before.manifest_id, before.outputs_id) == (made.manifest_id, made.outputs_id),
        "inputs": [asdict(one) for one in ran.inputs[:_MOST]],
        "changed": len(changed),
        "changes": [asdict(one) for one in changed[:_MOST]],
        "not_compared": kept_text(ran.computed.not_compared),
    }


def effect_of_books(task: Task) -> dict[str, Any]:
    """What the workbooks that came with it would do to scores, totals, places, grades and quotas of all units."""
    found = tried(task.data, task.round, task.files, task.office, task.lang)
    return {
        "to": f"/trial/effect/?job={task.job.n}",
        "back": task.values.get("back", ""),
        "names": list(found.names),
        "replaces": list(found.replaces),
        "effects": None if found.effects is None else effect_json(found.effects),
        "problems": [*task.records(found.unreadable), *found.problems],
    }

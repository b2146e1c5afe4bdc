"""Sends back what was chosen: marked copies among the made files of the job, and the move of each to 退回."""

from datetime import datetime
from typing import Any

from lawgov_score.portal.working.made import made_here
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem
from lawgov_score.rounds import returning
from lawgov_score.rounds.chosen import Seen, as_seen, still_to_send_back
from lawgov_score.rounds.names import SubmissionState

_GOES_BACK = (SubmissionState.RECEIVED, SubmissionState.RETURNED)


def send_back(task: Task) -> dict[str, Any]:
    """A line for each that went back. Begun once more it makes the copies again, of the same tries and no others.

    What its unit has sent anew by then is left out, and told.
    """
    seen, to = [Seen(*one) for one in task.values["seen"]], f"/returns/?job={task.job.n}"
    left_out: list[Problem] = []
    if task.since is None:
        rows = as_seen(task.round, seen, _GOES_BACK)
    else:
        rows, left_out = still_to_send_back(task.round, seen)
    if not rows:  # without any named, all that is faulty would go back
        return {
            "to": to,
            "lines": [],
            "clean": [],
            "due": "",
            "is_again": task.since is not None,
            "problems": task.records(left_out),
        }
    until = task.values.get("until")
    with task.reading() as run:
        done = returning.send_back(
            *(task.data, task.round, made_here(task), task.office, task.now),
            run=run,
            watch=task.watch,
            lang=task.lang,
            units=[row.unit.code for row in rows],
            tries=rows,
            why=str(task.values.get("why", "")),
            until=None if until is None else datetime.fromisoformat(until),
            since=task.since,
        )
    lines = [
        {
            "unit": one.submission.unit.code,
            "name": one.submission.unit.name,
            "n": one.submission.n,
            "why": one.why,
            "copy": one.copy.name,
            "is_moved": one.is_moved,
        }
        for one in done.returned
    ]
    return {
        "to": to,
        "lines": lines,
        "clean": list(done.clean),
        "due": done.due.isoformat(),
        "problems": task.records((*left_out, *done.problems)),
    }

"""Accepts very many of what was chosen, each by itself."""

from typing import Any

from lawgov_score.portal.working.task import Task
from lawgov_score.problems import Problem
from lawgov_score.rounds.chosen import Seen, accept_each


def accept(task: Task) -> dict[str, Any]:
    """How many were accepted, and why the others were not."""
    seen = [Seen(*one) for one in task.values["seen"]]
    problems: list[Problem] = []
    done = 0
    for at, told in enumerate(accept_each(task.round, seen, task.office, task.now), start=1):
        problems += told.problems
        done += not told.problems
        task.told(at, len(seen))
    return {"to": f"/returns/?job={task.job.n}", "n": done, "problems": task.records(problems)}

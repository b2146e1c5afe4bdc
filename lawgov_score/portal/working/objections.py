"""异议: what a score would do, and the decision: both compute the whole round."""

from typing import Any

from lawgov_score.portal.forms import with_said
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds.deciding import decide, decision_of, weigh
from lawgov_score.rounds.effect import effect_json
from lawgov_score.rounds.events import head
from lawgov_score.rounds.models import Objection
from lawgov_score.rounds.names import Outcome
from lawgov_score.rounds.objecting import objection_of


def weigh_score(task: Task) -> dict[str, Any]:
    """What it would do to set this score; None: to set none."""
    n, score = int(task.values["n"]), task.values["score"]
    found = weigh(task.data, task.round, n, score, task.office, task.now)
    return {
        "to": f"/objections/{n}/?job={task.job.n}#weighed",
        "n": n,
        "stands": found.stands,
        "effect": None if found.effect is None else effect_json(found.effect),
    }


def decide_objection(task: Task) -> dict[str, Any]:
    """Decides; where that was done and the work broken off after it, nothing more."""
    values = task.values
    n = int(values["n"])
    to = f"/objections/{n}/"
    if task.job.tries > 1 and _is_done(task, objection_of(task.round, n)):
        return {"to": to, "n": n}
    before = head().seq
    decide(
        task.data,
        task.round,
        n,
        Outcome(values["outcome"]),
        values["why"],
        task.office,
        task.now,
        score=values["score"],
        has_no_score=values["no_score"],
        is_again=values["again"],
        seen=(values["seen"][0], values["seen"][1]),
    )
    return {"to": with_said(to, before + 1, head().seq), "n": n}


def _is_done(task: Task, objection: Objection) -> bool:
    """Is the decision in force the one that this job was to make?"""
    made, values = decision_of(objection), task.values
    if made is None or made.at < task.job.made_at:
        return False
    return (made.outcome, made.new, made.reason) == (values["outcome"], values["score"], values["why"])

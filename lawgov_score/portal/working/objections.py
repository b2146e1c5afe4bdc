"""异议: what a score would do, and the decision: both compute the whole round."""

from typing import Any

from django.db.models import Max

from lawgov_score.portal.forms import with_said
from lawgov_score.portal.working.task import Task
from lawgov_score.rounds.deciding import decide, decision_of
from lawgov_score.rounds.effect import effect_json
from lawgov_score.rounds.events import head, recorded_at
from lawgov_score.rounds.models import Decision, Event, Objection
from lawgov_score.rounds.names import Outcome
from lawgov_score.rounds.objecting import objection_of
from lawgov_score.rounds.weighing import weigh
from lawgov_score.rounds.wording_of_objections import lower_told
from lawgov_score.two_languages import kept_text


def weigh_score(task: Task) -> dict[str, Any]:
    """What it would do to set this score; None: to set none."""
    n, score = int(task.values["n"]), task.values["score"]
    found = weigh(task.data, task.round, n, score, task.office, task.now)
    return {
        "to": f"/objections/{n}/?job={task.job.n}#weighed",
        "n": n,
        "stands": found.stands,
        "effect": None if found.effect is None else effect_json(found.effect),
        "lower": None if (lower := lower_told(found)) is None else kept_text(lower),
    }


def decide_objection(task: Task) -> dict[str, Any]:
    """Decides; where that was done and the work broken off after it, nothing more."""
    values = task.values
    n = int(values["n"])
    to = f"/objections/{n}/"
    before = head().seq
    if (made := _made(task, objection_of(task.round, n))) is not None:
        return {"to": with_said(to, *recorded_at(made.at, _before(task))), "n": n}
    made = decide(
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
        is_lower=bool(values.get("is_lower")),
        is_told=False,  # on paper, later: a deed of its own
        seen=(values["seen"][0], values["seen"][1]),
    ).decision
    return {"to": with_said(to, *recorded_at(made.at, before)), "n": n}


def _made(task: Task, objection: Objection) -> Decision | None:
    """The decision in force, where a try of this work that was broken off made it."""
    made, values = decision_of(objection), task.values
    if made is None or task.since is None or made.at < task.since:
        return None
    is_it = (made.outcome, made.new, made.reason) == (values["outcome"], values["score"], values["why"])
    return made if is_it else None


def _before(task: Task) -> int:
    """The last event before this work was asked for."""
    return Event.objects.filter(at__lt=task.job.made_at).aggregate(last=Max("seq"))["last"] or 0

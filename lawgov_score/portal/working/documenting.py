"""Makes documents of the year, keeps them beside its job, and puts on record what was made."""

from typing import Any

from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.making import make_documents
from lawgov_score.portal.working.made import keep_made
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import RefusedError


def make(task: Task) -> dict[str, Any]:
    """The files of each document, and what stays a blank in them. What is refused is told on the page of the form."""
    said = task.values
    kind = Kind(said["kind"])
    outcome: dict[str, Any] = {"to": f"/documents/?job={task.job.n}#made", "kind": kind.value}
    try:
        made = make_documents(
            *(task.data, task.round, kind, task.office, task.now),
            units=tuple(said["units"]),
            number=said["number"],
            lang=task.lang,
        )
    except RefusedError as refused:
        to = f"/documents/?job={task.job.n}#{kind.value}"
        return {**outcome, "to": to, "refused": task.records(refused.problems)}
    names = [keep_made(task, name, content) for name, content in made.files.items()]
    return {**outcome, "files": names, "problems": task.records(made.problems)}

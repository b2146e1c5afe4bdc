"""Makes documents of the year, kept beside their job and put on record; and takes an edited template into use."""

from typing import Any

from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.making import make_documents
from lawgov_score.documents.templates import use_template
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


def use(task: Task) -> dict[str, Any]:
    """What the page says of the template that was handed in. What is refused is told beside its form."""
    kind = Kind(task.values["kind"])
    to = f"/documents/?job={task.job.n}#{kind.value}"
    (path,) = task.files
    try:
        template = use_template(
            *(task.data, task.round, kind, path.read_bytes(), task.office, task.now), lang=task.lang, path=path.name
        )
    except RefusedError as refused:
        return {"to": to, "kind": kind.value, "refused": task.records(refused.problems)}
    return {"to": to, "kind": kind.value, "name": path.name, "problems": task.records(template.problems)}

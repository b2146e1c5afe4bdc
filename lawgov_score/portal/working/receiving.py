"""Receives what was dropped: each file as ``round receive`` does, with a receipt each."""

from typing import Any

from lawgov_score.catalogue import Severity
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import folded
from lawgov_score.rounds.receiving import Fate, Orders, Outcome
from lawgov_score.rounds.receiving import receive as receive_files


def receive(task: Task) -> dict[str, Any]:
    """A line for each file: its fate, its unit, and its problems at their cells."""
    orders = Orders(bool(task.values.get("again")), str(task.values.get("exception", "")))
    lines: list[dict[str, Any]] = []
    files, told_of = task.files, set[int]()
    with task.reading() as run:
        for outcome in receive_files(task.data, task.round, files, task.office, task.now, run, orders=orders):
            lines.append(_line(task, outcome, told_of))
            task.told(len(lines), len(files))
    counts = {fate.value: sum(line["fate"] == fate.value for line in lines) for fate in Fate}
    return {"to": f"/submissions/?job={task.job.n}", "lines": lines, "counts": counts}


def _line(task: Task, outcome: Outcome, told_of: set[int]) -> dict[str, Any]:
    """``told_of``: the submissions that have a line already."""
    one, fate = outcome.submission, outcome.fate
    records = task.records(folded(outcome.problems))
    if one is not None and fate is Fate.SAME and one.received_at >= task.job.made_at and one.pk not in told_of:
        fate, records = Fate.RECEIVED, one.problems  # by this work, when it was begun and broken off
    line: dict[str, Any] = {
        "file": outcome.path.rpartition("/")[2],
        "fate": fate.value,
        "unit": None if outcome.unit is None else outcome.unit.code,
        "name": None if outcome.unit is None else outcome.unit.name,
        "problems": records,
        "errors": sum(problem.count for problem in outcome.problems if problem.severity is Severity.ERROR),
    }
    if task.values.get("again") and outcome.instead_of is not None:
        line["instead"] = outcome.instead_of.n
    if one is not None:
        told_of.add(one.pk)
        line |= {"submission": one.pk, "n": one.n, "late": one.late}
        line |= {"errors": one.errors, "warnings": one.warnings, "blanks": one.blanks}
    return line

"""Receives what was dropped: each file as ``round receive`` does, with a receipt each."""

from typing import Any

from lawgov_score.catalogue import Severity
from lawgov_score.portal.working.task import Task
from lawgov_score.problems import RefusedError, folded
from lawgov_score.rounds.models import Submission
from lawgov_score.rounds.names import SubmissionState
from lawgov_score.rounds.receiving import Fate, Outcome
from lawgov_score.rounds.receiving import receive as receive_files
from lawgov_score.rounds.sendable import Orders


def receive(task: Task) -> dict[str, Any]:
    """A line for each file: its fate, its unit, and its problems at their cells.

    Where it cannot go on, the lines of what came before, and ``broken``: why. Where nothing came before it has failed.
    """
    orders = Orders(bool(task.values.get("again")), str(task.values.get("exception", "")), task.since)
    lines: list[dict[str, Any]] = []
    broken: list[dict[str, Any]] = []
    files, told_of = task.files, set[int]()
    try:
        with task.reading() as run:
            for outcome in receive_files(task.data, task.round, files, task.office, task.now, run, orders=orders):
                lines.append(_line(task, outcome, told_of))
                task.told(len(lines), len(files))
    except RefusedError as refused:
        if not lines:
            raise
        broken = task.records(refused.problems)
    counts = {fate.value: sum(line["fate"] == fate.value for line in lines) for fate in Fate}
    left = len(files) - len(lines) if broken else 0
    return {"to": f"/submissions/?job={task.job.n}", "lines": lines, "counts": counts, "broken": broken, "left": left}


def _line(task: Task, outcome: Outcome, told_of: set[int]) -> dict[str, Any]:
    """``told_of``: the submissions that have a line already."""
    one, fate = outcome.submission, outcome.fate
    records = task.records(folded(outcome.problems))
    instead = outcome.instead_of
    if one is not None and fate is Fate.SAME and _is_ours(task, one) and one.pk not in told_of:
        fate, records, instead = Fate.RECEIVED, one.problems, _in_force_before(one)
    line: dict[str, Any] = {
        "file": outcome.path.rpartition("/")[2],
        "fate": fate.value,
        "unit": None if outcome.unit is None else outcome.unit.code,
        "name": None if outcome.unit is None else outcome.unit.name,
        "problems": records,
        "errors": sum(problem.count for problem in outcome.problems if problem.severity is Severity.ERROR),
    }
    if task.values.get("again") and instead is not None:
        line["instead"] = instead.n
    if one is not None:
        told_of.add(one.pk)
        line |= {"submission": one.pk, "n": one.n, "late": one.late}
        line |= {"errors": one.errors, "warnings": one.warnings, "blanks": one.blanks}
    return line


def _is_ours(task: Task, one: Submission) -> bool:
    """Did a try of this work that was broken off receive it?"""
    return task.since is not None and one.received_at >= task.since


def _in_force_before(one: Submission) -> Submission | None:
    """What was in force when it came."""
    before = Submission.objects.filter(unit=one.unit, n__lt=one.n).exclude(state=SubmissionState.WITHDRAWN.value)
    return before.order_by("-n").first()

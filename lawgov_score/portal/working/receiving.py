"""Receives what was dropped: each file as ``round receive`` does, with a receipt each."""

from typing import Any

from lawgov_score.portal.working.task import Task
from lawgov_score.rounds.receiving import Fate, Orders
from lawgov_score.rounds.receiving import receive as receive_files


def receive(task: Task) -> dict[str, Any]:
    """A line for each file: its fate, its unit, and its problems at their cells."""
    orders = Orders(bool(task.values.get("again")), str(task.values.get("exception", "")))
    lines = []
    files = task.files
    with task.reading() as run:
        for outcome in receive_files(task.data, task.round, files, task.office, task.now, run, orders=orders):
            one = outcome.submission
            lines.append(
                {
                    "file": outcome.path.rpartition("/")[2],
                    "fate": outcome.fate.value,
                    "unit": None if outcome.unit is None else outcome.unit.code,
                    "name": None if outcome.unit is None else outcome.unit.name,
                    "n": None if one is None else one.n,
                    "problems": task.records(outcome.problems),
                }
            )
            task.told(len(lines), len(files))
    counts = {fate.value: sum(line["fate"] == fate.value for line in lines) for fate in Fate}
    return {"to": f"/submissions/?job={task.job.n}", "lines": lines, "counts": counts}

"""Counts what nobody has reviewed before the round moves on: where something came since the last run, by computing."""

from typing import Any

from lawgov_score.portal.working.task import Task
from lawgov_score.rounds.events import head
from lawgov_score.rounds.moving import OpenKind, still_open
from lawgov_score.rounds.names import RoundState


def look_ahead(task: Task) -> dict[str, Any]:
    """The items, and the last event that was known: after another one the answer may be another."""
    seq, to = head().seq, RoundState(task.values["to"])
    found = still_open(task.data, task.round, to, task.now)
    items = [str(item) for one in found if one.kind is OpenKind.NOT_REVIEWED for item in one.about]
    return {"to": f"/move/{to.value}/", "seq": seq, "state": to.value, "items": items}

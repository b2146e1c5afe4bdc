"""Problems that a run kept, in words: each with its file; of rows that were entered by hand, at the row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lawgov_score.portal.answers import Told, told_from
from lawgov_score.portal.desk import Desk
from lawgov_score.rounds.by_hand import row_at

_ORDER = {"error": 0, "warning": 1}


def told_of_run(desk: Desk, records: Sequence[Mapping[str, Any]], *, is_now: bool) -> Iterator[Told]:
    """Errors before warnings. ``is_now``: was it of what counts now, so that rows by hand stand where they did?"""
    for record in sorted(records, key=lambda one: _ORDER.get(one["severity"], 2)):
        (told,) = told_from([record], desk.lang)
        path = str(record.get("path") or "").rpartition("/")[2]
        row = row_at(desk.data, desk.round, path, str(record.get("cell") or "")) if is_now else None
        if row is not None:
            yield replace(told, place=desk.say(row))
        else:
            yield replace(told, place=" ".join(dict.fromkeys(filter(None, (path, told.place)))))

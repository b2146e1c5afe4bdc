"""Values of rows and events as JSON that is the same on every machine."""

import json
from datetime import UTC, date, datetime, time
from typing import Any


def canonical(value: object) -> str:
    """JSON that is the same on every machine: keys in order, UTF-8, no spaces, no number that is none.

    >>> canonical({"b": 1, "a": "甲"})
    '{"a":"甲","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def stamp(moment: datetime) -> str:
    """A moment as it stands in events and receipts: UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value

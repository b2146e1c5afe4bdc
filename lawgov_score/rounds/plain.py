"""Values of rows and events as JSON that is the same on every machine."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

MOST_DIGITS = 9  # of a number in an address or a form: no thing of a round has a longer one


def canonical(value: object) -> str:
    """JSON that is the same on every machine: keys in order, UTF-8, no spaces, no number that is none.

    >>> canonical({"b": 1, "a": "甲"})
    '{"a":"甲","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def stamp(moment: datetime) -> str:
    """A moment as it stands in events and receipts: UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def whole_number(text: str) -> int | None:
    """The number that a text from outside is, of at most nine digits; None: it is none, or no number of ours.

    >>> whole_number("12"), whole_number("-1"), whole_number("٣"), whole_number("9" * 10)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value

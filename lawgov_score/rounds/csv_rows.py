"""Tables that a run wrote, read again: their rows by heading."""

import csv
from collections.abc import Iterator
from io import StringIO

from lawgov_score.guarded import unguarded


def rows_in(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of one of our .csv files, names as they were given.

    >>> list(rows_in("unit,name\\nA,'=1+1\\n".encode()))
    [{'unit': 'A', 'name': '=1+1'}]
    """
    for row in csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")):
        yield {heading: unguarded(text) for heading, text in row.items()}

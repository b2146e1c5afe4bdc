"""Cell texts made plain for comparison, and the rows in which headings are looked for."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from lawgov_score.likeness import narrow

HEADING_ROWS = 30  # headings are searched in so many rows: people put titles above them
_SPACE = re.compile(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+")


def plain(text: str) -> str:
    """``text`` with full-width letters made narrow and every space, zero-width ones too, taken out.

    Not NFKC, which would also read ``5²`` as 52 and ``①`` as 1.

    >>> plain("９５．３ ％")
    '95.3%'
    """
    return _SPACE.sub("", narrow(text))


def first_filled(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows in which headings and labels are searched, each with its number from 0; blank rows are skipped."""
    return islice(((i, row) for i, row in enumerate(rows) if any(row)), HEADING_ROWS)

"""Pairs the cells of two sheets by their headings and names, so that a cell is found where another version put it.

A sheet of an earlier version may have its rows lower down, or its columns in another order. Rows are paired by the
names in them (units, indicators), columns by the heading row above.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from lawgov_score.workbook.package.cells import Cell
from lawgov_score.workbook.package.opened import Rows
from lawgov_score.workbook.plain_texts import plain

_NEAR = 50  # rows or columns among which the most alike is searched
Pair = tuple[int | None, int | None]  # a position then and now; None: there is none


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One row then and now, numbered from 0, its columns in pairs, and the present headings above it by column."""

    then: int | None
    now: int | None
    columns: Sequence[Pair]
    headings: Mapping[int, str]


def align(then: Rows, now: Rows, names: Collection[str]) -> Iterator[AlignedRow]:
    """Every row of both sheets, in order. ``names``: plain texts by which rows are known (codes, names, titles)."""
    width = max((len(row) for row in (*then, *now)), default=0)
    straight: Sequence[Pair] = [(column, column) for column in range(width)]
    columns, headings = straight, dict[int, str]()
    for i, j in _pairs([_identity(row, names) for row in then], [_identity(row, names) for row in now]):
        row = now[j] if j is not None else then[i] if i is not None else ()
        if i is not None and j is not None and _is_heading(row, names):
            before, after = _texts(then[i], width), _texts(row, width)
            columns = straight if before == after else _columns(before, after)
            headings = {column: text for column, text in enumerate(after) if text}
        yield AlignedRow(i, j, columns, headings)


def _pairs(then: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Positions of both sequences in pairs: equal items together, those between them by the words they share."""
    if then == now:
        yield from ((i, i) for i in range(len(then)))
        return
    for _, i, i_end, j, j_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if i_end - i == j_end - j:
            yield from zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            yield from _by_words(then, range(i, i_end), now, range(j, j_end))


def _by_words(
    then: Sequence[Sequence[str]], these: range, now: Sequence[Sequence[str]], those: range
) -> Iterator[Pair]:
    """Of a stretch that became longer or shorter: each item of now with the item of then most like it, in order."""
    at = these.start
    for j in those:
        words = set(now[j])
        likeness = {i: len(words & set(then[i])) for i in range(at, min(at + _NEAR, these.stop))}
        best = max(likeness, key=lambda i: likeness[i], default=None)
        if best is None or not likeness[best]:
            yield None, j
            continue
        yield from ((i, None) for i in range(at, best))
        yield best, j
        at = best + 1
    yield from ((i, None) for i in range(at, these.stop))


def _columns(then: Sequence[str], now: Sequence[str]) -> list[Pair]:
    """Columns in pairs: those with the same heading; the others, which were renamed, in their order."""
    places: dict[str, list[int]] = {}
    for column, text in enumerate(now):
        places.setdefault(text, []).append(column)
    pairs: list[Pair] = []
    renamed = []
    for column, text in enumerate(then):
        if text and places.get(text):
            pairs.append((column, places[text].pop(0)))
        else:
            renamed.append(column)
    added = sorted(column for columns in places.values() for column in columns)
    return [*pairs, *zip_longest(renamed, added)]


def _identity(row: Sequence[Cell], names: Collection[str]) -> tuple[str, ...]:
    """The names in a row; a row without any is known by all its texts."""
    texts = [_text(cell) for cell in row if isinstance(cell, str) and cell]
    return tuple(text for text in texts if text in names) or ("", *texts)


def _is_heading(row: Sequence[Cell], names: Collection[str]) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    return len(filled) > 1 and all(isinstance(cell, str) for cell in filled) and _text(filled[0]) not in names


def _texts(row: Sequence[Cell], width: int) -> list[str]:
    return [_text(row[column]) if column < len(row) else "" for column in range(width)]


def _text(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, str) else ""

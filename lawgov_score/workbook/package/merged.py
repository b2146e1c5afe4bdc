"""Merged cells: only the top-left cell keeps its content; the cells it covers show nothing."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.cell_addresses import cell_at
from lawgov_score.workbook.package.cells import Cell

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """A merged range, rows and columns counted from 0, both ends within; ``ref`` as people see it: I2:I3."""

    top: int
    left: int
    bottom: int
    right: int
    ref: str


@dataclass(frozen=True)
class Merges:
    """The merged ranges of a sheet as far as it has cells: by column, from the top down, none of them over another."""

    by_column: Mapping[int, list[Merged]] = field(default_factory=dict)

    def of(self, row: int, column: int) -> Merged | None:
        """The range that a cell belongs to, as its first cell or as one that is covered; None without one."""
        ranges = self.by_column.get(column, [])
        at = bisect_right(ranges, row, key=lambda one: one.top) - 1
        return ranges[at] if at >= 0 and row <= ranges[at].bottom else None


def merges(ranges: Iterable[tuple[str, str]], rows: Rows) -> Merges:
    """``ranges``, each by its first and last cell, over the cells of ``rows``.

    Valid ranges never overlap. Of others the one further up counts; one that begins within it does not. So whatever a
    file says of merged cells takes no more than its cells.
    """
    width = max(map(len, rows), default=0)
    found: dict[int, list[Merged]] = {}

    def is_free(column: int, row: int) -> bool:
        return column not in found or found[column][-1].bottom < row

    for one in _merged(ranges, len(rows)):
        if 0 <= one.top <= one.bottom and is_free(one.left, one.top):
            for column in range(one.left, min(one.right + 1, width)):
                if is_free(column, one.top):
                    found.setdefault(column, []).append(one)
    return Merges(found)


def _merged(ranges: Iterable[tuple[str, str]], rows: int) -> list[Merged]:
    """The ranges that begin above row ``rows``, the highest first."""
    tops = ((cell_at(first), first, last) for first, last in ranges)
    return sorted(Merged(*top, *cell_at(last), f"{first}:{last}") for top, first, last in tops if top[0] < rows)


def rows_gone(ranges: Iterable[tuple[str, str]], column: int, rows: int) -> Mapping[int, str]:
    """The rows, up to row ``rows``, whose cell in ``column`` is covered by a merged range, each with that range."""
    return {row: one.ref for row, one in _rows_gone(_merged(ranges, rows), column, rows).items()}


def _rows_gone(merged: Sequence[Merged], column: int, rows: int) -> Mapping[int, Merged]:
    """The rows, up to row ``rows``, whose cell in ``column`` is covered by a merged range, each with that range."""
    return dict(_covered([one for one in merged if one.left <= column <= one.right], column, rows))


def _covered(merged: Sequence[Merged], column: int, rows: int) -> Iterator[tuple[int, Merged]]:
    done = 0  # valid ranges never overlap; overlapping ones cost no more for it
    for one in merged:
        for row in range(max(one.top, done), min(one.bottom + 1, rows)):
            if (row, column) != (one.top, one.left):
                yield row, one
        done = max(done, one.bottom + 1)


def filled_down(
    rows: Rows, ranges: Iterable[tuple[str, str]], first: int, shared: Collection[int], own: int
) -> tuple[Rows, Mapping[int, str]]:
    """The rows from ``first`` on as people see them, and those whose cell in ``own`` is covered, with the range.

    ``ranges``: what is merged, each by its first and last cell. ``shared``: columns where the content of a merged cell
    belongs to every row it covers (a code, evidence). In ``own`` every row needs its own answer; a merged cell holds
    only one, and the other rows are blank.
    """
    merged = _merged(ranges, len(rows))
    if not merged:
        return rows, {}
    seen = list(rows)
    for column in shared:
        for row, one in _rows_gone(merged, column, len(rows)).items():
            if one.left == column and one.top >= first:
                seen[row] = _with(seen[row], column, rows[one.top][column])
    gone = {row: one.ref for row, one in _rows_gone(merged, own, len(rows)).items() if row >= first}
    for row in gone:
        seen[row] = _with(seen[row], own, "")
    return seen, gone


def _with(row: Sequence[Cell], column: int, cell: Cell) -> Sequence[Cell]:
    return [*row[:column], cell, *row[column + 1 :]]

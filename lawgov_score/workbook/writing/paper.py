"""How a sheet falls into printed pages: how far it shrinks, what may not be parted, where each page ends."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

_SIDE, _ABOVE_AND_BELOW = 0.8, 1.3  # inches of margin, both sides together, as look.print_setup sets them
_SAFETY = 0.96  # spreadsheets differ a little in what they get onto a page: ours is full a little earlier
_SAFETY_ACROSS = 0.9  # and more across, where columns are as wide as the digits of whatever font a system has
_ROOM_LEFT = 0.25  # a last page with less on it than this is evened out with those before it
_SQUEEZED = 1.08  # a sheet that is longer than one page by no more than this is printed on one
_USUAL = 15.0  # points, of a row that was given no height
_MOST_BREAKS = 1000  # a sheet holds 1,026


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in inches and as a spreadsheet numbers it; upright."""

    number: int
    short: float
    long: float


A4, A3 = Paper(9, 8.27, 11.69), Paper(8, 11.69, 16.54)


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows, from 0, that ask something of the page they are printed on."""

    kept: set[int] = field(default_factory=set)  # never the last of a page: what follows stays with them
    begun: set[int] = field(default_factory=set)  # the first of a page
    blocks: list[tuple[int, int]] = field(default_factory=list)  # first and last of rows that belong together
    heights: dict[int, float] = field(default_factory=dict)  # in points, of the rows that were given one

    def together(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are printed on one page: those under a picture, or a table's heading and start."""
        self.kept.update(range(first, last))

    def block(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are printed on one page where one takes them; else no page has one of them alone.

        The first is their heading.
        """
        self.blocks.append((first, last))


def scale(paper: Paper, pixels: int, *, landscape: bool) -> float:
    """How far a sheet so many pixels wide shrinks to be one page wide; 1: not at all."""
    return min(_wide(paper, landscape=landscape) / pixels, 1.0)


def _wide(paper: Paper, *, landscape: bool) -> float:
    return ((paper.long if landscape else paper.short) - _SIDE) * 96


def room_across(paper: Paper, percent: int, *, landscape: bool) -> float:
    """How many pixels of columns one page takes, printed at so many per cent."""
    return _wide(paper, landscape=landscape) / percent * 100 * _SAFETY_ACROSS


def room(paper: Paper, pixels: int, *, landscape: bool) -> float:
    """How many points of rows one page takes, at the scale that its width asks for."""
    tall = (paper.short if landscape else paper.long) - _ABOVE_AND_BELOW
    return tall * 72 / scale(paper, pixels, landscape=landscape) * _SAFETY


def lay_out(sheet: Worksheet, flow: Flow, *, end: int, repeated: tuple[int, int], height: float) -> None:
    """Ends pages where nothing is parted that belongs together; a sheet that asks for nothing is left alone.

    ``end``: the row after the last. ``repeated``: first and last row printed on every page. ``height``: of a page.
    """
    if not flow.kept and not flow.begun and not flow.blocks:
        return
    heights = [flow.heights.get(row, _USUAL) for row in range(end)]
    if sum(heights) > height * _MOST_BREAKS:
        return  # so many pages are left to the spreadsheet
    if not flow.begun and height < sum(heights) <= height * _SQUEEZED:
        sheet.fit_to_pages(1, 1)
        return
    sheet.set_h_pagebreaks(page_breaks(heights, flow, height, repeated)[:_MOST_BREAKS])


def page_breaks(heights: Sequence[float], flow: Flow, height: float, repeated: tuple[int, int]) -> list[int]:
    """The rows that begin a page, the first page's left out; ``heights`` of all rows in points.

    For pages side by side the same of columns: widths and ``height`` in pixels.
    """
    starts = [0, *sorted(row for row in flow.begun if 0 < row < len(heights)), len(heights)]
    kept = flow.kept.union(*(_kept_of(block, heights, height, repeated) for block in flow.blocks))
    found: list[int] = []
    for first, last in itertools.pairwise(starts):
        found += ([first] if first else []) + _evened(heights, kept, height, repeated, first, last)
    return found


def _kept_of(
    block: tuple[int, int], heights: Sequence[float], height: float, repeated: tuple[int, int]
) -> Sequence[int]:
    """The rows of a block that may not be the last of a page: all but its last one where a page takes it whole."""
    first, last = block
    if sum(heights[first : last + 1]) + sum(heights[repeated[0] : repeated[1] + 1]) <= height:
        return range(first, last)
    return (first, first + 1, last - 1)


def _evened(
    heights: Sequence[float], kept: set[int], height: float, repeated: tuple[int, int], first: int, last: int
) -> list[int]:
    """Breaks within rows ``first`` to ``last``; a last page that would be nearly empty is filled from those before."""
    breaks = _filled(heights, kept, height, repeated, first, last)
    for tenths in range(9, 4, -1):
        if not breaks or sum(heights[breaks[-1] : last]) >= height * _ROOM_LEFT:
            break
        fewer = _filled(heights, kept, height * tenths / 10, repeated, first, last)
        if len(fewer) > len(breaks) or _parted(fewer, kept) > _parted(breaks, kept):
            break
        breaks = fewer
    return breaks


def _parted(breaks: Sequence[int], kept: set[int]) -> int:
    """How many pages end where they should not."""
    return sum(row - 1 in kept for row in breaks)


def _filled(
    heights: Sequence[float], kept: set[int], height: float, repeated: tuple[int, int], first: int, last: int
) -> list[int]:
    """The same, each page as full as it gets."""
    again = sum(heights[repeated[0] : repeated[1] + 1])
    breaks: list[int] = []
    start = row = first
    left = height - (again if start > repeated[1] else 0)
    while row < last:
        if heights[row] <= left or row == start:
            left -= heights[row]
            row += 1
            continue
        end = row
        while end > start + 1 and end - 1 in kept:
            end -= 1
        if end == start + 1 and start in kept:
            end = row  # more belongs together than a page takes
        breaks.append(end)
        start = row = end
        left = height - (again if start > repeated[1] else 0)
    return breaks

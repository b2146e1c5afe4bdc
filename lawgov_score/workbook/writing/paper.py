"""Division of a sheet into printed pages: its scale, rows to keep together, page breaks."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

_SIDE, _ABOVE_AND_BELOW = 0.8, 1.3  # inches of margin, both sides together, as set by look.print_setup
SAFETY = 0.96  # spreadsheets differ slightly in how much fits a page: we assume a little less
_SAFETY_ACROSS = 0.9  # even less across, where column widths depend on the system's font
_ROOM_LEFT = 0.25  # a last page with less than this share is evened out with those before it
_SQUEEZED = 1.08  # a sheet longer than one page by no more than this factor is printed on one
_USUAL = 15.0  # points, the height of a row without a height of its own
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
    """Rows, from 0, with requirements for the printed page."""

    kept: set[int] = field(default_factory=set)  # rows that must not be the last of a page
    begun: set[int] = field(default_factory=set)  # rows that must begin a page
    blocks: list[tuple[int, int]] = field(default_factory=list)  # first and last of rows to keep together
    heights: dict[int, float] = field(default_factory=dict)  # in points, of rows with a height of their own

    def together(self, first: int, last: int) -> None:
        """Keeps rows ``first`` to ``last`` on one page: those under a picture, or a table's heading and start."""
        self.kept.update(range(first, last))

    def block(self, first: int, last: int) -> None:
        """Keeps rows ``first`` to ``last`` on one page if they fit; otherwise no page has only one of them.

        The first is their heading.
        """
        self.blocks.append((first, last))


def scale(paper: Paper, pixels: int, *, landscape: bool) -> float:
    """The scale at which a sheet of that many pixels is one page wide; 1: unscaled."""
    return min(_wide(paper, landscape=landscape) / pixels, 1.0)


def _wide(paper: Paper, *, landscape: bool) -> float:
    return ((paper.long if landscape else paper.short) - _SIDE) * 96


def room_across(paper: Paper, percent: int, *, landscape: bool) -> float:
    """The width of one page in pixels of columns, printed at that per cent."""
    return _wide(paper, landscape=landscape) / percent * 100 * _SAFETY_ACROSS


def room(paper: Paper, pixels: int, *, landscape: bool) -> float:
    """The height of one page in points of rows, at the scale that its width requires."""
    tall = (paper.short if landscape else paper.long) - _ABOVE_AND_BELOW
    return tall * 72 / scale(paper, pixels, landscape=landscape) * SAFETY


def lay_out(sheet: Worksheet, flow: Flow, *, end: int, repeated: tuple[int, int], height: float) -> None:
    """Sets page breaks so that rows that belong together are not separated; without requirements nothing is set.

    ``end``: the row after the last. ``repeated``: first and last row printed on every page. ``height``: of a page.
    """
    breaks = divided(flow, end=end, repeated=repeated, height=height)
    if breaks is None:
        sheet.fit_to_pages(1, 1)
    elif breaks:
        sheet.set_h_pagebreaks(breaks)


def divided(flow: Flow, *, end: int, repeated: tuple[int, int], height: float) -> list[int] | None:
    """The rows at which ``lay_out`` begins a page; none: it is left to the spreadsheet. None: one page holds it all."""
    if not flow.kept and not flow.begun and not flow.blocks:
        return []
    heights = [flow.heights.get(row, _USUAL) for row in range(end)]
    if sum(heights) > height * _MOST_BREAKS:
        return []  # so many pages are left to the spreadsheet
    if not flow.begun and height < sum(heights) <= height * _SQUEEZED:
        return None
    return page_breaks(heights, flow, height, repeated)[:_MOST_BREAKS]


def page_breaks(heights: Sequence[float], flow: Flow, height: float, repeated: tuple[int, int]) -> list[int]:
    """The rows that begin a page, except the first page's; ``heights`` of all rows in points.

    For pages side by side, the same for columns: widths and ``height`` in pixels.
    """
    starts = [0, *sorted(row for row in flow.begun if 0 < row < len(heights)), len(heights)]
    kept = flow.kept.union(*(_kept_of(block, heights, height, repeated) for block in flow.blocks))
    breaks: list[int] = []
    for first, last in itertools.pairwise(starts):
        breaks += ([first] if first else []) + _evened(heights, kept, height, repeated, first, last)
    return breaks


def _kept_of(
    block: tuple[int, int], heights: Sequence[float], height: float, repeated: tuple[int, int]
) -> Sequence[int]:
    """The rows of a block that must not be the last of a page: all but its last one if the block fits a page."""
    first, last = block
    if sum(heights[first : last + 1]) + sum(heights[repeated[0] : repeated[1] + 1]) <= height:
        return range(first, last)
    return (first, first + 1, last - 1)


def _evened(
    heights: Sequence[float], kept: set[int], height: float, repeated: tuple[int, int], first: int, last: int
) -> list[int]:
    """Breaks within rows ``first`` to ``last``; a nearly empty last page is filled from those before."""
    breaks = _filled(heights, kept, height, repeated, first, last)
    for tenths in range(9, 4, -1):
        if not breaks or sum(heights[breaks[-1] : last]) >= height * _ROOM_LEFT:
            break
        fewer = _filled(heights, kept, height * tenths / 10, repeated, first, last)
        if len(fewer) > len(breaks) or _parted(fewer, kept) > _parted(breaks, kept):
            break
        breaks = fewer
    return _with_company(breaks, heights, kept, height, repeated, first, last)


def _with_company(
    breaks: list[int],
    heights: Sequence[float],
    kept: set[int],
    height: float,
    repeated: tuple[int, int],
    first: int,
    last: int,
) -> list[int]:
    """The same breaks, the last one so much earlier that its page is not nearly empty, if nothing is parted by it."""
    if not breaks or sum(heights[breaks[-1] : last]) >= height * _ROOM_LEFT:
        return breaks
    room_left = height - sum(heights[repeated[0] : repeated[1] + 1])
    begins = breaks[-2] if len(breaks) > 1 else first
    for row in range(breaks[-1] - 1, begins, -1):
        tall = sum(heights[row:last])
        if tall > room_left:
            return breaks
        if tall >= height * _ROOM_LEFT and row - 1 not in kept:
            return [*breaks[:-1], row]
    return breaks


def _parted(breaks: Sequence[int], kept: set[int]) -> int:
    """How many pages end at a row that must not be the last of a page."""
    return sum(row - 1 in kept for row in breaks)


def _filled(
    heights: Sequence[float], kept: set[int], height: float, repeated: tuple[int, int], first: int, last: int
) -> list[int]:
    """The same breaks, each page as full as possible."""
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
            end = row  # the rows to keep together exceed a page
        breaks.append(end)
        start = row = end
        left = height - (again if start > repeated[1] else 0)
    return breaks

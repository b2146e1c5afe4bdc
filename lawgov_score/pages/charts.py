"""Charts that read in black and white: horizontal bars, and columns."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.content import palette
from lawgov_score.pages import drawing
from lawgov_score.pages.drawing import LETTER, NARROW, Form
from lawgov_score.pages.html import Html
from lawgov_score.report import width

_LABEL = 190  # pixels for the names
_BROAD, _HALF, _NARROW = 760, 560, 360  # widths in pixels of a picture: alone, beside a table, on a telephone


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length, and the figure at its end."""

    length: float
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one name."""

    name: str
    bars: Sequence[Bar]


def bars(
    name: str, title: str, description: str, series: Sequence[str], groups: Sequence[Group], *, most: float
) -> Html:
    """Horizontal bars, one group below the other.

    ``description``: the chart in words. ``most``: value of the longest bar.
    """
    forms = (_lying(name, series, groups, most, _BROAD, _LABEL), _lying(name, series, groups, most, _NARROW, 0))
    return drawing.figure(name, title, description, forms)


def _lying(name: str, series: Sequence[str], groups: Sequence[Group], most: float, wide: int, label: int) -> Form:
    """The bars at one width; ``label``: pixels for the names beside the bars; 0: the names are above them."""
    room = wide - label - 84
    thick = 13 if len(series) > 1 else 16
    is_narrow = label == 0
    own = f"{name}{NARROW if is_narrow else ''}"
    fills = drawing.fills(own)
    at = 6.0
    parts: list[Html] = []
    if len(series) > 1:
        parts, at = _legend(own, series, label, wide)
    top_line = at - 6
    for group in groups:
        names = drawing.wrapped(group.name, (label or wide) / LETTER - 2)
        bars_tall = len(group.bars) * (thick + 2)
        if is_narrow:
            for line in names:
                parts.append(drawing.text(0, at + 12, line))
                at += 16
            top, tall = at + 2, bars_tall + 2.0
        else:
            tall = max(bars_tall, len(names) * 16)
            middle = at + tall / 2
            top = middle - bars_tall / 2
            for i, line in enumerate(names):
                parts.append(drawing.text(label - 8, middle + (i - (len(names) - 1) / 2) * 16 + 4, line, anchor="end"))
        for i, bar in enumerate(group.bars):
            long = 0.0 if bar.length != bar.length or most <= 0 else max(min(bar.length / most, 1.0), 0.0) * room
            y = top + i * (thick + 2)
            parts.append(drawing.box(label, y, long, thick, fills[i]))
            parts.append(drawing.text(label + long + 5, y + thick - 2.5, bar.text))
        at += tall + 12
    if not is_narrow:
        parts.append(drawing.line(label, top_line, label, at - 6))
    return Form(wide, at, parts, has_stripes=len(series) > 1)


def _legend(name: str, series: Sequence[str], left: int, wide: int) -> tuple[list[Html], float]:
    """The legend, in as many lines as needed; and where the bars begin below it."""
    parts, x, y = [], float(left), 4.0
    for fill, one in zip(drawing.fills(name), series, strict=False):
        long = 28 + width(one) * LETTER
        if x > left and x + long > wide:
            x, y = float(left), y + 20
        parts += [drawing.box(x, y, 22, 12, fill), drawing.text(x + 28, y + 10.5, one)]
        x += long + 24
    return parts, y + 26


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across a histogram: its position and its name."""

    at: float
    name: str


def histogram(
    name: str, title: str, description: str, edges: Sequence[float], counts: Sequence[int], marks: Sequence[Mark]
) -> Html:
    """Columns side by side, each with its number; ``edges``: one more than ``counts``."""
    return drawing.figure(
        name, title, description, [_standing(wide, edges, counts, marks) for wide in (_HALF, _NARROW)]
    )


def _standing(wide: int, edges: Sequence[float], counts: Sequence[int], marks: Sequence[Mark]) -> Form:
    left, room, high = 14, wide - 28, 150
    top = 12 + 16 * len(marks)
    low, span = edges[0], edges[-1] - edges[0]
    most = max(counts, default=0)
    parts: list[Html] = []
    for i, count in enumerate(counts):
        x, next_x = (left + (edge - low) / span * room for edge in (edges[i], edges[i + 1]))
        tall = count / most * (high - 22) if most else 0.0
        if count:
            parts.append(drawing.box(x + 1, top + high - tall, next_x - x - 2, tall, palette.HEADER_FILL))
            parts.append(drawing.text((x + next_x) / 2, top + high - tall - 5, str(count), anchor="middle"))
    parts.append(drawing.line(left, top + high, left + room, top + high))
    longest = max(width(f"{edge:g}") for edge in edges) * LETTER + 12
    every = max(1, math.ceil(longest / (room / len(counts))))  # only so many labels fit
    for edge in edges[::every]:
        parts.append(drawing.text(left + (edge - low) / span * room, top + high + 16, f"{edge:g}", anchor="middle"))
    for i, mark in enumerate(marks):
        x = left + (mark.at - low) / span * room
        parts.append(drawing.line(x, 10 + 16 * i, x, top + high, dashes="5 3"))
        is_right = x + 5 + width(mark.name) * LETTER > wide
        parts.append(
            drawing.text(x + (-5 if is_right else 5), 20 + 16 * i, mark.name, anchor="end" if is_right else "start")
        )
    return Form(wide, top + high + 24, parts)

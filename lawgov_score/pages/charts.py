"""Charts that read in black and white: horizontal bars, and columns."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lawgov_score.content import palette
from lawgov_score.pages import drawing
from lawgov_score.pages.drawing import LETTER, NARROW, Form
from lawgov_score.pages.html import Html
from lawgov_score.report import width

_LABEL = 190  # pixels for the names
_THICK, _PITCH = 14, 18  # pixels of a bar, and from one to the next: the figure beside it touches no other
_FOOT = 42  # pixels of an axis with its numbers and its name
_MOST_TICKS = 6
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


@dataclass(frozen=True, slots=True)
class Axis:
    """What the length of a bar stands for: ``most``, that of the longest, and the name below it (得分率)."""

    name: str
    most: float
    is_share: bool = False

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Round numbers from 0 on, with their texts.

        >>> [text for _, text in Axis("", 38.8).ticks], [text for _, text in Axis("", 1.0, is_share=True).ticks]
        (['0', '10', '20', '30'], ['0%', '20%', '40%', '60%', '80%', '100%'])
        """
        if not 0 < self.most < math.inf:
            return [(0.0, "0%" if self.is_share else "0")]
        power = 10.0 ** math.floor(math.log10(self.most))
        step = next(
            each for each in (power / 10, power / 5, power / 2, power, power * 2) if self.most / each <= _MOST_TICKS
        )
        count = math.floor(self.most / step + 1e-9) + 1
        return [(i * step, f"{i * step * 100:g}%" if self.is_share else f"{i * step:g}") for i in range(count)]


def bars(name: str, title: str, description: str, series: Sequence[str], groups: Sequence[Group], axis: Axis) -> Html:
    """Horizontal bars, one group below the other. ``description``: the chart in words."""
    forms = (_lying(name, series, groups, axis, _BROAD, _LABEL), _lying(name, series, groups, axis, _NARROW, 0))
    return drawing.figure(name, title, description, forms)


def _lying(name: str, series: Sequence[str], groups: Sequence[Group], axis: Axis, wide: int, label: int) -> Form:
    """The bars at one width; ``label``: pixels for the names beside the bars; 0: the names are above them."""
    most = axis.most
    longest = max((width(bar.text) for group in groups for bar in group.bars), default=0)
    room = wide - label - longest * LETTER - 12
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
        bars_tall = len(group.bars) * _PITCH
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
            y = top + i * _PITCH
            parts.append(drawing.box(label, y, long, _THICK, fills[i]))
            parts.append(drawing.text(label + long + 5, y + _THICK - 2.5, bar.text))
        at += tall + 12
    foot = at - 6
    if not is_narrow:
        parts.append(drawing.line(label, top_line, label, foot))
    return Form(wide, foot + _FOOT, [*parts, *_axis(axis, label, room, foot)], has_stripes=len(series) > 1)


def _axis(axis: Axis, left: float, room: float, y: float) -> Iterator[Html]:
    """The axis below the bars: a line, its round numbers, its name."""
    yield drawing.line(left, y, left + room, y)
    for number, text in axis.ticks:
        x = left + (number / axis.most * room if axis.most > 0 else 0.0)
        yield drawing.line(x, y, x, y + 4)
        yield drawing.text(x, y + 17, text, anchor="middle" if x > 0 else "start")
    yield drawing.text(left + room / 2, y + 35, axis.name, anchor="middle")


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
    name: str,
    title: str,
    description: str,
    edges: Sequence[float],
    counts: Sequence[int],
    marks: Sequence[Mark],
    axes: tuple[str, str],
) -> Html:
    """Columns side by side, each with its number; ``edges``: one more than ``counts``; ``axes``: names of x and y."""
    forms = [_standing(wide, edges, counts, marks, axes) for wide in (_HALF, _NARROW)]
    return drawing.figure(name, title, description, forms)


def _standing(
    wide: int, edges: Sequence[float], counts: Sequence[int], marks: Sequence[Mark], axes: tuple[str, str]
) -> Form:
    left, room, high = 14, wide - 28, 150
    top = 32 + 16 * len(marks)
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
        parts.append(drawing.line(x, 30 + 16 * i, x, top + high, dashes="5 3"))
        is_right = x + 5 + width(mark.name) * LETTER > wide
        parts.append(
            drawing.text(x + (-5 if is_right else 5), 40 + 16 * i, mark.name, anchor="end" if is_right else "start")
        )
    across, up = axes
    parts.append(drawing.text(left, 14, up))
    parts.append(drawing.text(left + room / 2, top + high + 36, across, anchor="middle"))
    return Form(wide, top + high + 44, parts)

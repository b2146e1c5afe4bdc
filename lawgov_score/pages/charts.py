"""Charts as pictures inside the page, which read in black and white and carry what they show in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.content import palette
from lawgov_score.pages.html import Content, Html, joined, tag
from lawgov_score.pages.style import PAPER
from lawgov_score.report import width

_SMALL = 12  # pixels of the letters
_LABEL = 190  # pixels for the names
_LETTER = 6.4  # pixels of half a Chinese character in small letters
_STRIPES = "stripes"  # ends the name of a pattern, which each picture has for itself


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long, and the figure at its end."""

    length: float
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one name."""

    name: str
    bars: Sequence[Bar]


def wrapped(text: str, room: float) -> list[str]:
    """``text`` in lines of at most ``room`` columns; words of letters are kept whole where they fit.

    >>> wrapped("依法全面履行政府职能", 12), wrapped("one two three", 8)
    (['依法全面履行', '政府职能'], ['one two', 'three'])
    """
    found: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip()) > room:
            found.append(line.rstrip())
            line = ""
        line += piece
    return [*found, line.rstrip()] if line.strip() or not found else found


def _pieces(text: str) -> list[str]:
    """Where a line may end: after any Chinese character, between words."""
    found: list[str] = []
    for character in text:
        is_letter = width(character) == 1 and character != " "
        if (found and is_letter and found[-1][-1] != " " and width(found[-1][-1]) == 1) or (found and character == " "):
            found[-1] += character
        else:
            found.append(character)
    return found


def bars(
    name: str, title: str, told: str, series: Sequence[str], groups: Sequence[Group], *, most: float, wide: int = 760
) -> Html:
    """Bars that lie, one group below the other. ``told``: all of it in words. ``most``: how long the longest may be."""
    room = wide - _LABEL - 84
    thick = 13 if len(series) > 1 else 16
    at, parts = (30.0 if len(series) > 1 else 6.0), []
    if len(series) > 1:
        parts += _legend(name, series)
    for group in groups:
        names = wrapped(group.name, _LABEL / _LETTER - 2)
        tall = max(len(group.bars) * (thick + 2), len(names) * 16)
        middle = at + tall / 2
        for i, line in enumerate(names):
            parts.append(_text(_LABEL - 8, middle + (i - (len(names) - 1) / 2) * 16 + 4, line, anchor="end"))
        top = middle - len(group.bars) * (thick + 2) / 2
        for i, bar in enumerate(group.bars):
            long = 0.0 if bar.length != bar.length or most <= 0 else max(min(bar.length / most, 1.0), 0.0) * room
            y = top + i * (thick + 2)
            parts.append(_box(_LABEL, y, long, thick, _fills(name)[i]))
            parts.append(_text(_LABEL + long + 5, y + thick - 2.5, bar.text))
        at += tall + 12
    parts.append(_line(_LABEL, 24 if len(series) > 1 else 0, _LABEL, at - 6))
    return picture(name, title, told, (wide, at), parts, has_stripes=len(series) > 1)


def _legend(name: str, series: Sequence[str]) -> list[Html]:
    parts, x = [], float(_LABEL)
    for fill, one in zip(_fills(name), series, strict=False):
        parts += [_box(x, 4, 22, 12, fill), _text(x + 28, 14.5, one)]
        x += 28 + width(one) * _LETTER + 24
    return parts


def _fills(name: str) -> tuple[str, str, str]:
    """Of the first series, the second and the third: they tell apart in grey too."""
    return palette.ACCENT, f"url(#{name}-{_STRIPES})", PAPER


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across a histogram: where, and what it is called."""

    at: float
    name: str


def histogram(
    name: str, title: str, told: str, edges: Sequence[float], counts: Sequence[int], marks: Sequence[Mark]
) -> Html:
    """Columns that stand side by side, each with its number; ``edges``: one more than ``counts``."""
    wide, left, room, high = 560, 14, 532, 150
    top = 12 + 16 * len(marks)
    low, span = edges[0], edges[-1] - edges[0]
    most = max(counts, default=0)
    parts: list[Html] = []
    for i, count in enumerate(counts):
        x, next_x = (left + (edge - low) / span * room for edge in (edges[i], edges[i + 1]))
        tall = count / most * (high - 22) if most else 0.0
        if count:
            parts.append(_box(x + 1, top + high - tall, next_x - x - 2, tall, palette.HEADER_FILL))
            parts.append(_text((x + next_x) / 2, top + high - tall - 5, str(count), anchor="middle"))
    parts.append(_line(left, top + high, left + room, top + high))
    every = max(1, -(-len(edges) // 13))  # so many labels fit
    for edge in edges[::every]:
        parts.append(_text(left + (edge - low) / span * room, top + high + 16, f"{edge:g}", anchor="middle"))
    for i, mark in enumerate(marks):
        x = left + (mark.at - low) / span * room
        parts.append(_line(x, 10 + 16 * i, x, top + high, dashes="5 3"))
        is_right = x > wide * 0.7
        parts.append(_text(x + (-5 if is_right else 5), 20 + 16 * i, mark.name, anchor="end" if is_right else "start"))
    return picture(name, title, told, (wide, top + high + 24), parts, look="small")


def picture(
    name: str,
    title: str,
    told: str,
    size: tuple[float, float],
    parts: Sequence[Html],
    *,
    has_stripes: bool = False,
    look: str | None = None,
) -> Html:
    """An SVG with its title and its description, both of which are read out instead of it."""
    stripes = tag(
        "defs",
        tag(
            "pattern",
            tag("rect", width=6, height=6, fill=PAPER),
            tag("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", stroke=palette.ACCENT, stroke_width="1.6"),
            id=f"{name}-{_STRIPES}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        ),
    )
    return tag(
        "figure",
        tag(
            "svg",
            tag("title", title, id=f"{name}-title"),
            tag("desc", told, id=f"{name}-told"),
            stripes if has_stripes else None,
            joined(*parts),
            role="img",
            aria_labelledby=f"{name}-title {name}-told",
            viewBox=f"0 0 {size[0]:g} {size[1]:g}",
        ),
        class_=look,
    )


def _number(number: float) -> str:
    return f"{round(number, 1):g}"


def _box(x: float, y: float, wide: float, tall: float, fill: str) -> Html:
    return tag(
        "rect",
        x=_number(x),
        y=_number(y),
        width=_number(wide),
        height=_number(tall),
        fill=fill,
        stroke=palette.ACCENT,
    )


def _line(x: float, y: float, to_x: float, to_y: float, dashes: str | None = None) -> Html:
    return tag(
        "line",
        x1=_number(x),
        y1=_number(y),
        x2=_number(to_x),
        y2=_number(to_y),
        stroke=palette.INK if dashes else palette.MUTED,
        stroke_dasharray=dashes,
    )


def _text(x: float, y: float, text: Content, anchor: str = "start") -> Html:
    return tag(
        "text",
        text,
        x=_number(x),
        y=_number(y),
        font_size=_SMALL,
        fill=palette.INK,
        text_anchor=None if anchor == "start" else anchor,
    )

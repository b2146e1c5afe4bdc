"""Pictures inside the page: drawn for a broad and for a narrow screen, with their content in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.content import palette
from lawgov_score.pages.html import Content, Html, escaped, joined, tag
from lawgov_score.pages.style import PAPER, SANS
from lawgov_score.report import width

LETTER = 6.4  # pixels of half a Chinese character in small letters
NARROW = "-narrow"  # ends the names within the narrow form
_SMALL = 12  # pixels of the letters
_LARGEST = 1.25  # largest magnification: beyond it letters would be larger than those of the text
_VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_STRIPES = "stripes"  # ends the name of a pattern; each picture has its own


@dataclass(frozen=True, slots=True)
class Form:
    """One drawing of a picture: its size in pixels and its shapes."""

    wide: float
    high: float
    parts: Sequence[Html]
    has_stripes: bool = False


def wrapped(text: str, room: float) -> list[str]:
    """``text`` in lines of at most ``room`` columns; words of letters are kept whole where they fit.

    >>> wrapped("依法全面履行政府职能", 12), wrapped("one two three", 8)
    (['依法全面履行', '政府职能'], ['one two', 'three'])
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """The parts between possible line breaks: after any Chinese character, and between words."""
    parts: list[str] = []
    for character in text:
        is_letter = width(character) == 1 and character != " "
        if (parts and is_letter and parts[-1][-1] != " " and width(parts[-1][-1]) == 1) or (parts and character == " "):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def figure(name: str, title: str, description: str, forms: Sequence[Form]) -> Html:
    """Both forms of a picture; the style sheet shows one. Its title and description are read out instead."""
    pictures = []
    for look, form in zip(("broad", "narrow"), forms, strict=True):
        own = name if look == "broad" else f"{name}{NARROW}"
        drawing = tag(
            "svg",
            tag("title", title, id=f"{own}-title"),
            tag("desc", description, id=f"{own}-told"),
            _stripes(own) if form.has_stripes else None,
            joined(*form.parts),
            role="img",
            aria_labelledby=f"{own}-title {own}-told",
            viewBox=f"0 0 {form.wide:g} {form.high:g}",
            class_=look,
            style=f"max-width:{form.wide * _LARGEST:g}px",
        )
        pictures.append(drawing)
    return tag("figure", *pictures)


def alone(page: str, name: str) -> str | None:
    """The broad form of a picture of a finished page as a file of its own; None: the page has none of that name."""
    found = re.search(rf'<svg role="img" aria-labelledby="{re.escape(name)}-title .*?</svg>', page, re.DOTALL)
    if found is None:
        return None
    opening, rest = found[0].split(">", 1)
    size = _VIEW.search(opening)
    assert size is not None  # ``figure`` wrote it
    own = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{escaped(SANS)}" viewBox="0 0 {size[1]} {size[2]}"'
    return f'{own} width="{size[1]}" height="{size[2]}">{rest}'


def _stripes(name: str) -> Html:
    return tag(
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


def _number(number: float) -> str:
    return f"{round(number, 1):g}"


def box(x: float, y: float, wide: float, tall: float, fill: str) -> Html:
    """A box with its upper left corner at (x, y)."""
    return tag(
        "rect",
        x=_number(x),
        y=_number(y),
        width=_number(wide),
        height=_number(tall),
        fill=fill,
        stroke=palette.ACCENT,
    )


def line(x: float, y: float, to_x: float, to_y: float, dashes: str | None = None) -> Html:
    """A line; with ``dashes`` a prominent one."""
    return tag(
        "line",
        x1=_number(x),
        y1=_number(y),
        x2=_number(to_x),
        y2=_number(to_y),
        stroke=palette.INK if dashes else palette.MUTED,
        stroke_dasharray=dashes,
    )


def text(x: float, y: float, content: Content, anchor: str = "start") -> Html:
    """Small letters whose line begins at x (``anchor``: has its middle, or ends there)."""
    return tag(
        "text",
        content,
        x=_number(x),
        y=_number(y),
        font_size=_SMALL,
        fill=palette.INK,
        text_anchor=None if anchor == "start" else anchor,
    )


def fills(name: str) -> tuple[str, str, str]:
    """Fills of the first, second and third series, distinguishable in grey too."""
    return palette.ACCENT, f"url(#{name}-{_STRIPES})", PAPER

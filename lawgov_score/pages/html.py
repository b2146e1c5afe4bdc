"""Markup as a type of its own: text is escaped when inserted, so that escaping cannot be forgotten."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r\n": "\n", "\r": "\n"}
# Characters that no HTML document may hold: control characters, surrogates, noncharacters.
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_SPECIAL = re.compile(f"[&<>\"']|\r\n?|[{_FORBIDDEN}]")
_VOID = frozenset({"meta", "col", "br"})


@dataclass(frozen=True, slots=True)
class Html:
    """Finished markup. Only ``tag``, ``joined`` and ``raw`` make it."""

    markup: str


Content = Html | str | None
NOTHING = Html("")


def escaped(text: str) -> str:
    """``text`` escaped for markup, also in an attribute; characters that HTML forbids become �.

    >>> escaped("<b>\\x00 & 'c'")
    '&lt;b&gt;� &amp; &#39;c&#39;'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], "\N{REPLACEMENT CHARACTER}"), text)


def tag(element: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element. A trailing ``_`` of an attribute's name is dropped, others are hyphens; None and False leave it out.

    >>> tag("th", "a<b", scope="col", class_="n", hidden=True).markup
    '<th scope="col" class="n" hidden>a&lt;b</th>'
    """
    opening = element
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        written = key.rstrip("_").replace("_", "-")
        opening += f" {written}" if value is True else f' {written}="{escaped(str(value))}"'
    if element in _VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{joined(*content).markup}</{element}>")


def joined(*content: Content) -> Html:
    """The pieces one after the other, text escaped."""
    return Html(
        "".join(one.markup if isinstance(one, Html) else "" if one is None else escaped(one) for one in content)
    )


def lines(text: str) -> Html:
    """Text with its line breaks."""
    return Html("<br>".join(escaped(line) for line in text.split("\n")))


def link_to(file: str) -> str:
    """A link to a file in the same folder, whatever its name: ``a#b.html`` is ``a%23b.html``."""
    return quote(file, errors="surrogateescape")

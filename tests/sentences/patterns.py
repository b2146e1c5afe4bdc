"""Sentences as patterns: what is printed, with places for names, numbers and figures.

``{name}`` is any text, ``{name~}`` text without 。 and ：, ``{points#}`` a number, ``{mark@}`` a figure with its
unit (``90%``, ``2 件``, ``5 个百分点``);
``[[…]]`` may be there or not, ``<<…|…>>`` is one of some. Spaces do not matter.
"""

import re
from functools import cache

from sentences.figures import NUMBER, UnreadError

_PIECE = re.compile(
    r"\{(?P<name>\w+)(?P<kind>[#@~]?)\}|(?P<sign>\[\[|\]\]|<<|>>|\|)|(?P<space>\s+)|(?P<text>.)", re.DOTALL
)
_SIGNS = {"[[": "(?:", "]]": ")?", "<<": "(?:", ">>": ")", "|": "|"}
# A share, percentage points, or a number with the measure that stands behind it.
_FIGURE = rf"{NUMBER}(?:%|\s*个百分点|\s*[^\d\s，。；：（）×÷−+=]+?)??"


@cache
def pattern(said: str) -> re.Pattern[str]:
    """The pattern of a sentence."""
    parts = []
    for piece in _PIECE.finditer(said):
        if piece["name"]:
            inside = {"#": NUMBER, "@": _FIGURE, "~": "[^。：]+?"}.get(piece["kind"], ".+?")
            space = r"\s*" if piece["kind"] == "@" else ""  # printed between a percentage and a word, not after 件
            parts.append(f"(?P<{piece['name']}>{inside}){space}")
        elif piece["sign"]:
            parts.append(_SIGNS[piece["sign"]])
        else:
            parts.append(r"\s*" if piece["space"] else re.escape(piece["text"]))
    return re.compile("".join(parts), re.DOTALL)


def begins(text: str, *sentences: str) -> tuple[re.Match[str], str] | None:
    """The first of some sentences that ``text`` begins with, and what follows it."""
    for said in sentences:
        found = pattern(said).match(text)
        if found is not None:
            return found, text[found.end() :].lstrip()
    return None


def is_all(text: str, *sentences: str) -> re.Match[str] | None:
    """The first of some sentences that ``text`` is, from end to end."""
    for said in sentences:
        found = pattern(said).fullmatch(text)
        if found is not None:
            return found
    return None


def must_be(text: str, *sentences: str) -> re.Match[str]:
    """The first of some sentences that ``text`` is, or ``UnreadError``."""
    found = is_all(text, *sentences)
    if found is None:
        raise UnreadError(f"“{text}”")
    return found

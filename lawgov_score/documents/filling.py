"""Placeholders in a document: found wherever Word has torn them apart, and filled in.

A paragraph is what a line is elsewhere: it is counted from 1, its characters too. Braces may be those of a Chinese
keyboard. What is filled in is never looked at again: a unit that is called like a field stays what it is called.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lawgov_score.documents.kinds import TABLES, Field, Kind, field_named
from lawgov_score.documents.word import Table, put_table, w

_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]|[{}｛｝]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
Values = Mapping[Field, str | Table]


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in braces, and where; ``name`` is None for a brace without its other half."""

    name: str | None
    line: int
    column: int
    length: int
    is_alone: bool  # in its paragraph


def seen(text: str) -> str:
    r"""A text from outside without the characters that turn, hide or end others.

    >>> seen("\u202e东乡\x00"), seen("甲\r\n乙")
    ('东乡', '甲\n乙')
    """
    return _UNSEEN.sub("", _ENDS.sub("\n", text))


def placeholders(stories: Iterator[Any]) -> Iterator[Found]:
    """All that stands in braces, in the order of the text."""
    for line, paragraph in enumerate(_paragraphs(stories), start=1):
        text = _text(paragraph)
        for match in _BRACES.finditer(text):
            name = None if match[1] is None else match[1].strip()
            is_alone = text.strip() == match[0]
            yield Found(name, line, match.start() + 1, len(match[0]), is_alone)


def fill(stories: Iterator[Any], kind: Kind, values: Values) -> None:
    """Fills in what a checked template names.

    A paragraph that is one field alone, of which there is nothing to say, goes; so does one of a table without rows.
    """
    for paragraph in list(_paragraphs(stories)):
        pieces = _pieces(paragraph)
        text = _text(paragraph)
        matches = list(_BRACES.finditer(text))
        fields = [field_named((match[1] or "").strip(), kind) for match in matches]
        if len(matches) == 1 and text.strip() == matches[0][0] and _take(paragraph, values, fields[0]):
            continue
        for match, field in zip(reversed(matches), reversed(fields), strict=True):
            assert field is not None  # the template was checked
            value = values[field]
            assert isinstance(value, str)  # a table stands alone
            _replace(pieces, match.start(), match.end(), value)


def _take(paragraph: Any, values: Values, field: Field | None) -> bool:
    """Does the field of a paragraph that has nothing else take its place?"""
    assert field is not None  # the template was checked
    value = values[field]
    if isinstance(value, Table):
        put_table(paragraph, value)
        return True
    if value or paragraph.getparent().tag == w("tc"):  # a cell needs a paragraph
        return False
    paragraph.getparent().remove(paragraph)
    return True


def is_table(field: Field) -> bool:
    """Does it stand for a table?"""
    return field in TABLES


def _paragraphs(stories: Iterator[Any]) -> Iterator[Any]:
    for story in stories:
        yield from story.iter(w("p"))


def _pieces(paragraph: Any) -> list[Any]:
    """The elements that have its text; not those of a paragraph within it (a text box)."""
    own = []
    for piece in paragraph.iter(w("t")):
        above = piece.getparent()
        while above.tag != w("p"):
            above = above.getparent()
        if above is paragraph:
            own.append(piece)
    return own


def _text(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _replace(pieces: list[Any], start: int, end: int, value: str) -> None:
    """Puts a value in place of the characters from ``start`` to ``end``: into the piece where they begin."""
    at, is_put = 0, False
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        kept = (text[:first], text[last:])
        if is_put:
            _set(piece, kept[0] + kept[1])
        else:
            _set(piece, kept[0] + value + kept[1])
            is_put = True


def _set(piece: Any, text: str) -> None:
    """Sets the text of a piece; what follows a line end goes into pieces of their own behind it."""
    first, *rest = text.split("\n")
    piece.text = first
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    behind = piece
    for line in rest:
        for tag, told in (("br", None), ("t", line)):
            made = piece.makeelement(w(tag))
            if told is not None:
                made.text = told
                made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            behind.addnext(made)
            behind = made

"""What a finished page of a unit says of its total and of what the office added, for those who show it elsewhere."""

import re
from collections.abc import Iterator
from html import unescape

from lawgov_score.content import appeal

_TOLD = re.compile(r'<dl class="pairs one">(.*?)</dl>', re.DOTALL)
_PAIR = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)
_REVIEW = re.compile(r'<section aria-labelledby="review".*?</section>', re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def told_of_total(page: str) -> tuple[tuple[str, str], ...]:
    """How the total came about, why the grade is what it is, what the register did to it: labels and sentences.

    All that the head of the page says in sentences, but how to object.
    """
    found = _TOLD.search(page)
    pairs = () if found is None else ((_text(label), _text(said)) for label, said in _PAIR.findall(found[1]))
    return tuple((label, said) for label, said in pairs if label not in {appeal.HEADING.zh, appeal.HEADING.en})


def reviewed(page: str) -> tuple[tuple[str, ...], ...]:
    """The office's changes, rulings, lines of the register and vetoes, the headings first; () where there is none."""
    found = _REVIEW.search(page)
    return () if found is None else tuple(_rows(found[0].partition("<thead>")[2]))


def _rows(markup: str) -> Iterator[tuple[str, ...]]:
    for row in _ROW.findall(markup):
        yield tuple(map(_text, _CELL.findall(row)))


def _text(markup: str) -> str:
    return unescape(_TAG.sub("", markup.replace("<br>", " ")))

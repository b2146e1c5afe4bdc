"""The frame of every page: head, title, links to other pages, main part, foot."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import __version__
from lawgov_score.bounded import kind_of_file
from lawgov_score.model import Tree
from lawgov_score.pages.html import Content, Html, escaped, joined, link_to, tag
from lawgov_score.pages.reader import TAGS, Reader
from lawgov_score.pages.style import STYLE
from lawgov_score.wording import Text, Words

_SKIP = Words("跳到正文", "Skip to the content")
_NAVIGATION = Words("本次考核的各页", "Pages of this assessment")
_MADE_BY = Words(
    "由 lawgov-score {version} 计算生成；指标体系 {tree}（{edition} 版）。",
    "Made by lawgov-score {version} from the tree {tree}, edition {edition}.",
)
# Nothing is loaded from anywhere, and no script runs, even if somebody adds a line to a published page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


_BEGINNING = 600  # bytes of a page within which the policy stands


_END = 2_000  # bytes of a page within which its foot stands


def edition_of(path: Path, tree: str) -> str | None:
    """The edition of a page of the tree with this code, whatever version wrote it; None for any other file.

    A page is known by its beginning, its tree by its foot. What cannot be read is not known to be one.
    """
    try:
        if kind_of_file(path) is not None:
            return None
        with path.open("rb") as file:
            if escaped(POLICY).encode() not in file.read(_BEGINNING):
                return None
            file.seek(max(0, path.stat().st_size - _END))
            foot = file.read().decode(errors="replace")
    except OSError:
        return None
    for words in (_MADE_BY.zh, _MADE_BY.en):
        pattern = re.escape(escaped(words)).replace(r"\{version\}", ".+?").replace(r"\{edition\}", "(.*?)")
        if found := re.search(pattern.replace(r"\{tree\}", re.escape(escaped(tree))), foot, re.DOTALL):
            return html.unescape(found[1])
    return None


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the same folder, and its title."""

    file: str
    name: Text


def document(
    reader: Reader,
    tree: Tree,
    title: str,
    under: Text,
    *main: Content,
    of: str = "",
    marked: Text = "",
    links: Sequence[Link] = (),
    here: str = "",
    look: str = "",
) -> str:
    """A whole page. ``under``, ``of``: the lines below and above its title. ``marked``: for whom it is, if not for all.

    ``links``: to the other pages; ``here``: this one's file.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="color-scheme", content="light"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    banner = tag(
        "header",
        tag("p", reader.named(of), class_="of") if of else None,
        tag("h1", title),
        tag("p", reader.say(under), class_="under"),
        tag("p", reader.say(marked), class_="notice marked") if marked else None,
        tag("p", reader.named(tree.notice), class_="notice") if tree.notice else None,
    )
    body = tag(
        "body",
        tag("a", reader.say(_SKIP), class_="skip", href="#main"),
        banner,
        _navigation(reader, links, here),
        tag("main", *main, id="main"),
        tag("footer", tag("p", reader.say(_MADE_BY(version=__version__, tree=tree.code, edition=tree.edition)))),
        class_=look or None,
    )
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang=TAGS[reader.lang]).markup + "\n"


def _navigation(reader: Reader, links: Sequence[Link], here: str) -> Html | None:
    if not links:
        return None
    items = (
        tag(
            "li",
            tag("a", reader.say(one.name), href=link_to(one.file), aria_current="page" if one.file == here else None),
        )
        for one in links
    )
    return tag("nav", tag("ul", *items), aria_label=reader.say(_NAVIGATION))


def section(reader: Reader, name: str, heading: Text, *content: Content, look: str = "") -> Html:
    """A part of a page under its own heading."""
    return tag(
        "section",
        tag("h2", reader.say(heading), id=name),
        joined(*content),
        aria_labelledby=name,
        class_=look or None,
    )


def note(reader: Reader, text: Text) -> Html:
    """A line in small print."""
    return tag("p", reader.say(text), class_="note")

"""The reader of a page: text in the reader's language, and names that people typed marked as such."""

import re
from dataclasses import dataclass

from lawgov_score.pages.html import Html, escaped, tag
from lawgov_score.report import render
from lawgov_score.wording import Language, Text

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of ``lang``."""

    lang: Language

    def say(self, text: Text) -> str:
        """``text`` in the reader's language."""
        return render(text, self.lang)

    def named(self, text: str) -> Html:
        """A name as somebody typed it, isolated from its surroundings whatever its direction of writing.

        In English pages Chinese text is marked as Chinese, so that it is read out and broken into lines correctly.
        """
        lang = TAGS[Language.ZH] if self.lang is Language.EN and _CHINESE.search(text) else None
        if lang is None and text.isascii():
            return Html(escaped(text))
        return tag("bdi", text, lang=lang)

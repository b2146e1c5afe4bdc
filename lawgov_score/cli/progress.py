"""A progress bar on stderr, when it is a terminal and the work takes over a second; never in a pipe."""

import sys
import time
from collections.abc import Iterable, Sequence
from typing import TypeVar

import click

from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_LABELS = {
    "template": Words("生成填报表", "templates"),
    "advice": Words("推算怎样达到下一等次", "ways to the next grade"),
    "card": Words("生成评分卡", "cards"),
    "marked": Words("标注退回副本", "marked copies"),
    "page": Words("生成网页", "pages"),
    "read": Words("读取填报表", "reading"),
}
_PATIENCE = 1.0  # seconds


Thing = TypeVar("Thing")


class Watch:
    """Passes items on one by one, and draws a bar once a second has passed."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def __call__(self, items: Sequence[Thing], what: str) -> Iterable[Thing]:
        """``items`` unchanged, with progress shown."""
        if not sys.stderr.isatty():
            yield from items
            return
        start, rest = time.monotonic(), iter(items)
        done = 0
        for item in rest:
            yield item
            done += 1
            if time.monotonic() - start > _PATIENCE:
                break
        label = render(_LABELS[what], self.lang)
        if done < len(items):
            with click.progressbar(length=len(items), label=label, file=sys.stderr) as bar:
                bar.update(done)
                for item in rest:
                    yield item
                    bar.update(1)

"""``verify``: recomputes a published scorecard, or a card, from its files and compares."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed
from lawgov_score.cli.streams import given
from lawgov_score.report import render
from lawgov_score.wording import Words

_AGREES = Words(
    "核验一致：{cells} 个单元格、{files} 个输入文件，与重新计算的结果完全相同。",
    "Verified: {cells} cells and {files} inputs agree with what was recomputed.",
)

_FIGURES_AGREE = Words(
    "核验一致：{cells} 格数字和名称、{files} 个输入文件，与重新计算的结果相同；措辞和公式写法没有逐格核对。",
    "Verified: {cells} cells with figures or names and {files} inputs agree with what was recomputed; "
    "words and spellings of formulas were not compared.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    published = click.Argument(["scorecard"], type=make.path, metavar="SCORECARD.xlsx")

    def verify(scorecard: Path, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.verify import verification_text

        with ExitStack() as stack:
            path = given(scorecard, ".xlsx", stack)
            done = pipeline.verify(path, lambda: assessed(stack, lang, **files))
            if done.problems:
                say(verification_text(done.problems, lang, was_compared=done.cells > 0))
            if not failed(done.problems):  # a version difference without other differences is only a remark
                words = _FIGURES_AGREE if done.by_figures else _AGREES
                say(render(words(cells=done.cells, files=done.files), lang))
            return int(failed(done.problems))

    return make.command("verify", verify, published, *make.assessment, make.notice)

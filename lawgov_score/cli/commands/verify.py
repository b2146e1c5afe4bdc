"""``verify``: does a published scorecard, or a card, follow from its files?"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.cli.streams import given
from lawgov_score.report import render
from lawgov_score.wording import Words

_AGREES = Words(
    "核验一致：{cells} 个单元格、{files} 个输入文件，与重新计算的结果完全相同。",
    "Verified: {cells} cells and {files} inputs agree with what was recomputed.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    published = click.Argument(["scorecard"], type=make.path, metavar="SCORECARD.xlsx")

    def verify(scorecard: Path, **files: Any) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            path = given(scorecard, ".xlsx", stack)
            done = pipeline.verify(path, lambda: assessed(stack, lang, **files))
            if done.problems:
                show_problems(done.problems, "text", lang, to_stdout=True)
            if not failed(done.problems):  # another version of the program that comes to the same is a remark
                say(render(_AGREES(cells=done.cells, files=done.files), lang))
            return int(failed(done.problems))

    return make.command("verify", verify, published, *make.assessment)

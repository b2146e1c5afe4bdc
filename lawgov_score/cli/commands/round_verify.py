"""``round verify``: proves what a round remembers."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "核验一轮考核的全部存档：办理记录是否完整、每个文件是否原样、每份回执是否有效、每次公布重新计算是否一致；有问题的，"
    "说明在哪里、怎么办。",
    "Proves all that a round keeps: the record of events, every file by its sha256, every receipt, and every "
    "publication by computing it again. Each fault is told with its place and what to do.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def verify(folder: Path, form: str) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.creation import the_round
            from lawgov_score.rounds.verifying import verify_round
            from lawgov_score.rounds.wording_of_keeping import HEAD, HOLDS

            done = verify_round(data, the_round())
        if form != "text" or done.problems:
            show_problems(done.problems, form, lang, to_stdout=True)
        if form == "text":
            if not failed(done.problems):
                counts = {"events": done.events, "files": done.files, "receipts": done.receipts}
                say(render(HOLDS(publications=done.publications, **counts), lang))
            say(render(HEAD(seq=done.head.seq, hash=done.head.hash), lang))
        return int(failed(done.problems))

    return make.command("verify", verify, data_argument(lang), make.formats("text", "json"), about=_ABOUT)

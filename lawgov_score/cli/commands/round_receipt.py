"""``round receipt``: checks a receipt by itself, without the data folder."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import given
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "核对一份报送回执是不是考核办签发、有没有被改过；不需要数据文件夹，任何单位都可以核对。",
    "Checks whether a receipt is as the office signed it. Needs no data folder: anybody can do it.",
)
_FILE = Words(
    "把这个填报表与回执对照：是不是回执所说的那一份", "Compares this workbook with the receipt: is it the one?"
)
_HOLDS = Words("回执有效，内容未被改动。", "The receipt holds; nothing in it was changed.")
_KEY = Words(
    "公钥短码 {short}：与考核通知上印的一致，才是考核办签发的。",
    "Short form of its key: {short}. If that is what the notice of the assessment says, the office signed it.",
)
_SAME = Words("{name} 就是回执所说的那一份。", "{name} is the file of the receipt.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def receipt(receipt_file: Path, workbook: Path | None) -> int:
        with needing_rounds():
            from lawgov_score.rounds.checking import checked_receipt
            from lawgov_score.rounds.receipts import short
        with ExitStack() as stack:
            checked, problems = checked_receipt(given(receipt_file, ".txt", stack), workbook)
        if problems:
            return show_problems(problems, "text", lang)
        for name, value in checked.facts.items():
            say(f"{name}：{value}")
        say(render(_HOLDS, lang))
        if workbook is not None:
            say(render(_SAME(name=workbook.name), lang))
        say(render(_KEY(short=short(checked.public)), lang))
        return 0

    return make.command(
        "receipt",
        receipt,
        click.Argument(["receipt_file"], type=make.path, metavar="FILE"),
        click.Option(["--workbook"], type=make.path, metavar="FILE", help=render(_FILE, lang)),
        about=_ABOUT,
    )

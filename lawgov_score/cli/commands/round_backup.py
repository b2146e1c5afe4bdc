"""``round backup``: a round as one file."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "把一轮考核备份成一个 zip 文件：数据库、全部文件和签名密钥，正在办理时也可以做。备份与数据文件夹同样保密。",
    "A whole round as one zip file: database, files and signing key, also while others are at work. It is as secret as "
    "the data folder itself.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def backup(folder: Path, target: Path) -> int:
        with open_round(folder) as data:
            from lawgov_score.problems import display_path
            from lawgov_score.rounds.backups import back_up
            from lawgov_score.rounds.wording_of_keeping import BACKED_UP, SECRET

            done = back_up(data, target)
        facts = {"files": done.files, "size": done.size, "seq": done.seq, "head": done.head}
        say(render(BACKED_UP(round=done.round, name=display_path(target), **facts), lang))
        say(render(SECRET, lang), err=True)
        return 0

    to = click.Argument(["target"], type=make.path, metavar="FILE.zip")
    return make.command("backup", backup, data_argument(lang), to, about=_ABOUT)

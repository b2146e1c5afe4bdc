"""``round restore``: a data folder from a backup."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "从备份恢复一轮考核到新的数据文件夹；每个文件都先核对，已有的文件夹从不覆盖。",
    "A new data folder from a backup. Every file is checked first, and no folder that is there is ever written over.",
)
_DONE = Words(
    "已恢复 {round} 到 {name}：{files} 个文件；办理记录至第 {seq} 件，指纹 {head}",
    "{round} is restored to {name}: {files} files; the record ends with event {seq}, hash {head}",
)
_THEN = Words(
    "接着运行 lawgov-score round verify {name} 核验各次公布；原来的数据文件夹不要再用，以免两处各办各的。",
    "Next run lawgov-score round verify {name}, which proves the publications. Do not go on with the former data "
    "folder as well: there would be two rounds.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def restore(backup: Path, folder: Path) -> int:
        with needing_rounds():
            from lawgov_score.problems import display_path
            from lawgov_score.rounds.backups import restore
        done = restore(backup, folder)
        name = display_path(folder)
        facts = {"files": done.files, "seq": done.seq, "head": done.head}
        say(render(_DONE(round=done.round, name=name, **facts), lang))
        say(render(_THEN(name=name), lang), err=True)
        return show_problems(done.problems, "text", lang) if done.problems else 0

    from_ = click.Argument(["backup"], type=make.path, metavar="FILE.zip")
    return make.command("restore", restore, from_, data_argument(lang), about=_ABOUT)

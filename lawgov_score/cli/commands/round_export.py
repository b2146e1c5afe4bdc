"""``round export``: a round as a plain folder."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "把一轮考核导出为普通文件夹：现行的报送、考核办的工作簿、历次公布、办理记录，别的机器可以核验，也可以接着办。其中没有密钥。",
    "Write a round out as a plain folder: what counts, the office's workbooks, publications, all that was done. "
    "Another machine can verify it, or take it over. It holds no key.",
)
_SCORE = Words("在别处重算：{command}", "To compute it elsewhere: {command}")
_TAKE = Words(
    "在别的机器上接着办：lawgov-score round import {path} 新的数据文件夹",
    "To go on with it on another machine: lawgov-score round import {path} NEW-DATA",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    to = click.Argument(["to"], type=OutputFolder(lang), metavar="DIR")

    def export(folder: Path, to: Path) -> int:
        with open_round(folder) as data:
            from lawgov_score.rounds.creation import the_round
            from lawgov_score.rounds.exporting import export_round, score_command
            from lawgov_score.rounds.wording_of_keeping import EXPORTED, WHAT_IS_IN_IT

            made = export_round(data, the_round(), to)
        shown = display_path(to)
        say(render(EXPORTED(path=shown, n=len(made.files) + 2, seq=made.head.seq), lang))
        say(render(WHAT_IS_IN_IT, lang))
        say(render(_SCORE(command=score_command(made, shown)), lang))
        say(render(_TAKE(path=shown), lang))
        return 0

    return make.command("export", export, data_argument(lang), to, about=_ABOUT)

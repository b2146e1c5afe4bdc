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
_WROTE = Words(
    "已导出到 {path}：{n} 个文件，办理记录至第 {seq} 件", "Exported to {path}: {n} files, events up to number {seq}"
)
_WHAT = Words(
    "其中：received、office 是现行的报送和考核办的工作簿，earlier 是不再计入的报送；published 下是历次公布的结果：其中 "
    "html/public 可以对外公布，cards 里的评分卡只发给各单位自己，其余供考核机关内部使用。\n"
    "files、*.jsonl、manifest.json、seal.txt 供核验和导入，一个字节都不能改；各单位的报送和打分都在里面，整个文件夹"
    "不外传。",
    "In it: received and office hold what counts, earlier what no longer does; published holds the results of each "
    "publication: html/public is for everybody, a card in cards for its own unit, the rest for the office.\n"
    "files, *.jsonl, manifest.json and seal.txt are for verify and import, and not a byte may change; all that units "
    "sent and all marks are there: the folder goes to nobody outside.",
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

            made = export_round(data, the_round(), to)
        shown = display_path(to)
        say(render(_WROTE(path=shown, n=len(made.files) + 2, seq=made.head.seq), lang))
        say(render(_WHAT, lang))
        say(render(_SCORE(command=score_command(made, shown)), lang))
        say(render(_TAKE(path=shown), lang))
        return 0

    return make.command("export", export, data_argument(lang), to, about=_ABOUT)

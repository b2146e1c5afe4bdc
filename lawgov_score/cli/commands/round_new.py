"""``round new``: makes a round in a data folder."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "建立一轮考核：指标体系和单位名册存入数据文件夹，以后各步都从这里办。",
    "Make a round: tree and roster are kept in the data folder, from which every later step is done.",
)
_TREE = Words(
    "指标体系：文件夹、YAML 文件，或程序自带的编码", "tree: a folder, a YAML file, or the code of a carried one"
)
_YEAR = Words("考核年度；不写则为指标体系的年度", "assessed year; the tree's own where none is named")
_MADE = Words(
    "已建立 {folder}：{title}，{year} 年度，{units} 个单位，现为“筹备”。",
    "Made {folder}: {title}, of {year}, {units} units; it is in preparation.",
)
_KEY = Words(
    "回执的公钥短码 {key}：印在通知上，单位凭它核对回执。文件 key 是私钥，连同数据文件夹一起备份，不外传。",
    "Short form of the key of receipts: {key}. Print it on the notice, so that units can tell a receipt is yours. The "
    "file key is the secret half: back it up with the folder, and give it to nobody.",
)
_NEXT = Words("下一步：lawgov-score round status {folder}", "Next: lawgov-score round status {folder}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def new(folder: Path, tree: Path, roster: Path, year: int | None, weights: Path | None, notice: Path | None) -> int:
        with needing_rounds():
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.creation import create_round
        made, problems = create_round(folder, tree, roster, year, now=real_now(), weights=weights, notice=notice)
        if made is not None:
            shown = display_path(folder)
            say(render(_MADE(folder=shown, title=made.title, year=str(made.year), units=made.units), lang))
            say(render(_KEY(key=made.key), lang))
            say(render(_NEXT(folder=shown), lang))
        return show_problems(problems, "text", lang, quiet=True)

    return make.command(
        "new",
        new,
        data_argument(lang),
        click.Option(["--tree"], type=make.path, required=True, metavar="TREE", help=render(_TREE, lang)),
        click.Option(["--roster"], type=make.path, required=True, metavar="ROSTER", help=make.say("roster")),
        click.Option(
            ["--year"], type=click.IntRange(1900, 2999), default=None, metavar="YEAR", help=render(_YEAR, lang)
        ),
        make.weights,
        make.notice,
        about=_ABOUT,
    )

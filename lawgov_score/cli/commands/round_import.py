"""``round import``: an exported round becomes a data folder."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "把 round export 导出的文件夹接过来，成为新的数据文件夹；先逐个核对文件、办理记录、回执和公布，被改动过的不接。",
    "Take over a folder that round export wrote, as a new data folder. Files, events, receipts and publications are "
    "proved first; what was changed is refused.",
)
_KEY = Words(
    "原数据文件夹中的文件 key：以后的回执沿用原来的密钥；不写则另造一把",
    "the file key of the former data folder, to go on signing receipts with it; else a new one is made",
)
_TOOK = Words(
    "已接收到 {path}：{title}，{year} 年度，{n} 个文件、{events} 件办理记录全部核对无误",
    "Taken over into {path}: {title}, of {year}; {n} files and {events} events hold",
)
_SEALED = Words(
    "封条的公钥短码 {key}：与原通知上印的核对，不同的不要使用",
    "Short form of the key of its seal: {key}. Compare it with the one on the notice; if it is another, do not use it",
)
_NEW_KEY = Words(
    "以后的回执用本机新造的密钥签，公钥短码 {key}，须另行告知各单位；要沿用原来的密钥，"
    "连同原来的文件 key 重新导入（--key）",
    "Receipts from now on are signed by a new key, short form {key}: tell the units. To keep the former key, import "
    "once more with its file (--key)",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    given = click.Argument(["given"], type=make.path, metavar="DIR")
    into = click.Argument(["folder"], type=OutputFolder(lang), metavar="DATA")
    option = click.Option(["--key"], type=make.path, default=None, metavar="FILE", help=render(_KEY, lang))

    def take_over(given: Path, folder: Path, key: Path | None) -> int:
        with needing_rounds():
            from lawgov_score.rounds.clock import real_now
            from lawgov_score.rounds.importing import import_round
        made = import_round(given, folder, now=real_now(), key=key)
        figures = {"title": made.title, "year": str(made.year), "n": made.files, "events": made.events}
        say(render(_TOOK(path=display_path(folder), **figures), lang))
        say(render(_SEALED(key=made.sealed_by), lang))
        if made.key != made.sealed_by:
            say(render(_NEW_KEY(key=made.key), lang))
        return 0

    return make.command("import", take_over, given, into, option, about=_ABOUT)

"""``serve``: the desk, a round in the browser on this machine."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, needing_rounds
from lawgov_score.cli.saying import say
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "在浏览器里办理一轮考核：只在本机（127.0.0.1）打开，不联网；与 lawgov-score round 的命令可以同时使用。按 Ctrl+C "
    "结束。",
    "A round in the browser: on this machine alone (127.0.0.1), without a network. Commands of lawgov-score round may "
    "be used beside it. Ctrl+C ends it.",
)
_PORT = Words("端口", "the port")
_NO_BROWSER = Words("不自动打开浏览器，只显示网址", "do not open a browser, only show the address")
_DEMO = Words(
    "先用随软件带的虚构一轮填好这个文件夹（文件夹须是新的；已经填过的，接着用）",
    "fill the folder with the made-up round that the program carries; it must be new, or was filled so before",
)
_AT = Words(
    "请在浏览器里打开（网址只给自己用）：{address}", "Open in a browser (the address is for you alone): {address}"
)
_END = Words(
    "按 Ctrl+C 结束；办过的都已存好，下次接着办。", "Ctrl+C ends it; what was done is kept, and goes on next time."
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def serve(folder: Path, port: int, is_demo: bool, no_browser: bool) -> int:
        with needing_rounds():
            from lawgov_score.portal import serving
        if is_demo:
            from lawgov_score.portal.demonstration import fill

            fill(folder, lambda line: say(line, err=True), lang)

        def told(address: str) -> None:
            say(render(_AT(address=address), lang))
            say(render(_END, lang))

        serving.serve(folder, port, lang, told=told, opens_browser=not no_browser)
        return 0

    return make.command(
        "serve",
        serve,
        data_argument(lang),
        click.Option(["--port"], type=click.IntRange(1, 65535), default=8233, help=render(_PORT, lang)),
        click.Option(["--demo", "is_demo"], is_flag=True, help=render(_DEMO, lang)),
        click.Option(["--no-browser"], is_flag=True, help=render(_NO_BROWSER, lang)),
        about=_ABOUT,
    )

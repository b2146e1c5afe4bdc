"""``start``: a folder in which an office does its year, with a tree, a blank roster and the commands."""

from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_DONE = Words(
    "已生成 {folder}，先读 {read}：从改指标体系、填单位名册开始。",
    "Wrote {folder}. Begin with {read}: adapt the tree, fill in the roster.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    folder = click.Argument(["folder"], type=OutputFolder(lang), metavar="DIR")
    of = click.Option(["--tree", "of"], type=make.path, metavar="TREE", help=make.say("start_tree"))

    def start(folder: Path, of: Path | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.content.starter import READ_ME
        from lawgov_score.pipeline.starter import TREE

        loaded, problems = pipeline.write_starter(folder, of or Path(TREE), lang)
        if loaded is not None:
            say(render(_DONE(folder=display_path(folder), read=display_path(folder / render(READ_ME, lang))), lang))
        return show_problems(problems, "text", lang, quiet=True)

    return make.command("start", start, folder, of)

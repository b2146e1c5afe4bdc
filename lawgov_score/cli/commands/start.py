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
_YEAR = Words(
    "指标体系现为 {edition} 版、考核年度 {year}：在 {path} 中把 year 和 edition 改成要考核的年度和版本。",
    "The tree is edition {edition}, of {year}: set year and edition in {path} to those that you assess.",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    folder = click.Argument(["folder"], type=OutputFolder(lang), metavar="DIR")
    of = click.Option(["--tree", "of"], type=make.path, metavar="TREE", help=make.say("start_tree"))

    def start(folder: Path, of: Path | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.content import starter
        from lawgov_score.pipeline.starter import TREE

        loaded, problems = pipeline.write_starter(folder, of or Path(TREE), lang)
        if loaded is not None:
            head = display_path(folder / starter.TREE / "tree.yaml")
            read = display_path(folder / render(starter.READ_ME, lang))
            say(render(_DONE(folder=display_path(folder), read=read), lang))
            say(render(_YEAR(edition=loaded.edition, year=str(loaded.year), path=head), lang))
        return show_problems(problems, "text", lang, quiet=True)

    return make.command("start", start, folder, of)

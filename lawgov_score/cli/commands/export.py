"""``export``: the table of a tree that a committee circulates, as a workbook or as a document."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import given, maybe
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_WROTE = Words("已写入 {path}", "Wrote {path}")
_FORM = Words(
    "应为 .xlsx（工作簿）或 .docx（文档）的文件名，实为“{found}”",
    "The name of an .xlsx workbook or of a .docx document is wanted, not “{found}”",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    file = click.Option(
        ["-o", "--out", "out"],
        type=make.path,
        required=True,
        metavar="FILE.xlsx|FILE.docx",
        help=make.say("export_out"),
    )
    paper = click.Option(["--paper"], type=click.Choice(["A3", "A4"]), default="A3", help=make.say("export_paper"))
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("export_overwrite"))

    def export(tree: Path, weights: Path | None, out: Path, paper: str, overwrite: bool) -> int:
        from lawgov_score import pipeline

        if out.suffix.lower() not in pipeline.FORMS:
            raise click.BadParameter(render(_FORM(found=str(out)), lang), param=file)
        pipeline.need_form(out)  # fails before anything is read
        with ExitStack() as stack:
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                pipeline.write_table(loaded_tree, out, lang, paper=paper, overwrite=overwrite)
                say(render(_WROTE(path=display_path(out)), lang), err=True)
            return show_problems(problems, "text", lang, quiet=True)

    return make.command("export", export, make.tree, make.weights, file, paper, replace)

"""``template``: blank workbooks for units, or for the office itself."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.cli.streams import OutputFolder, given, maybe
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_WROTE = Words("已写入 {n} 份，在 {path}", "Wrote {n} files in {path}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_units = click.Option(["--roster"], type=make.path, metavar="ROSTER", help=make.say("template_roster"))
    for_office = click.Option(["--assessor"], is_flag=True, help=make.say("template_assessor"))
    folder = click.Option(
        ["-o", "--out", "out"], type=OutputFolder(lang), required=True, metavar="DIR", help=make.say("out")
    )
    replace = click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite"))

    def template(
        tree: Path, weights: Path | None, roster: Path | None, assessor: bool, out: Path, overwrite: bool
    ) -> int:
        from lawgov_score import pipeline

        if roster is None and not assessor:
            raise click.MissingParameter(param=of_units)
        with ExitStack() as stack:
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), loaded_tree)
                problems += more
                if not failed(more):
                    read = pipeline.files_read(loaded_tree, roster)
                    if assessor:
                        written = pipeline.write_assessor_templates(
                            loaded_tree, units, out, lang, inputs=read, overwrite=overwrite
                        )
                    else:
                        written = pipeline.write_templates(
                            loaded_tree, units or (), out, lang, Watch(lang), inputs=read, overwrite=overwrite
                        )
                    say(render(_WROTE(n=len(written), path=display_path(out)), lang), err=True)
            return show_problems(problems, "text", lang, quiet=True)

    return make.command("template", template, make.tree, make.weights, of_units, for_office, folder, replace)

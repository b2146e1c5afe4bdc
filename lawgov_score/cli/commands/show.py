"""``show``: a tree with its counts, points and standards, or the task sheet of one unit."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import nearest, show_problems
from lawgov_score.cli.streams import given, maybe


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_unit = click.Option(["--lead"], metavar="UNIT", help=make.say("lead"))
    in_full = click.Option(["--standards"], is_flag=True, help=make.say("standards"))

    def show(tree: Path, weights: Path | None, form: str, lead: str | None, standards: bool) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.duties import duties_json, duties_text, unit_named, units_named
        from lawgov_score.terminal.show import show_json, show_text
        from lawgov_score.terminal.standards import standards_text

        with ExitStack() as stack:
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None and lead is not None:
                unit = unit_named(loaded_tree, lead)
                if unit is None:
                    raise click.BadParameter(nearest(lead, units_named(loaded_tree), lang), param=of_unit)
                say(duties_json(loaded_tree, unit, lang) if form == "json" else duties_text(loaded_tree, unit, lang))
            elif loaded_tree is not None:
                say(show_json(loaded_tree) if form == "json" else show_text(loaded_tree, lang))
                if standards and form != "json":
                    say(standards_text(loaded_tree, lang))
            return show_problems(problems, "text", lang, quiet=True)

    return make.command("show", show, make.tree, make.weights, make.formats("text", "json"), of_unit, in_full)

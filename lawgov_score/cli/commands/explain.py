"""``explain``: where a unit's score, or one node's, comes from."""

from contextlib import ExitStack
from typing import Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import nearest, show_problems, show_problems_of
from lawgov_score.cli.which_unit import row_of


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_unit = click.Option(["--unit"], required=True, metavar="UNIT", help=make.say("unit"))
    of_node = click.Option(["--indicator"], metavar="CODE", help=make.say("indicator"))

    def explain(unit: str, indicator: str | None, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.explain import explain_text

        with ExitStack() as stack:
            done = assessed(stack, lang, **files)
            if not isinstance(done, pipeline.ScoredAssessment):
                return show_problems(done.as_given, "text", lang, senders=done.senders_as_given, quiet=True)
            node = done.tree.by_code.get(indicator) if indicator is not None else None
            if indicator is not None and node is None and indicator != done.tree.code:
                raise click.BadParameter(nearest(indicator, list(done.tree.by_code), lang), param=of_node)
            row = row_of(done.scores, unit, lang, of_unit)
            say(explain_text(done.scores, row, node, lang))
            of_it = pipeline.problems_of(done, done.scores.units[row].code, node)
            return show_problems_of(done.problems, of_it, lang, done.names)

    return make.command("explain", explain, *make.assessment, of_unit, of_node)

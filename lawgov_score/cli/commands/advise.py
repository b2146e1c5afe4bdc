"""``advise``: what a unit, or every unit, needs to reach its next grade."""

from contextlib import ExitStack
from typing import Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems, show_problems_of
from lawgov_score.cli.which_unit import row_of


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_unit = click.Option(["--unit"], metavar="UNIT", help=make.say("advise_unit"))

    def advise(unit: str | None, form: str, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.advise import advice_json, advice_text

        with ExitStack() as stack:
            done = assessed(stack, lang, **files)
            if not isinstance(done, pipeline.ScoredAssessment):
                return show_problems(done.as_given, "text", lang, senders=done.senders_as_given, quiet=True)
            everyone = list(map(int, done.scores.order))
            rows = everyone if unit is None else [row_of(done.scores, unit, lang, of_unit)]
            advices = pipeline.advise(done.scores, rows)
            is_json = form == "json"
            say(advice_json(done.scores, advices) if is_json else advice_text(done.scores, advices, lang))
            if unit is None:
                return show_problems(done.as_given, "text", lang, senders=done.senders_as_given, quiet=True)
            of_it = pipeline.problems_of(done, done.scores.units[rows[0]].code)
            return show_problems_of(done.problems, of_it, lang, done.names)

    return make.command("advise", advise, *make.assessment, of_unit, make.formats("text", "json"))

"""``advise``: what a unit, or every unit, needs to reach its next grade."""

from contextlib import ExitStack
from typing import Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import nearest, show_problems, show_problems_of


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_unit = click.Option(["--unit"], metavar="CODE", help=make.say("advise_unit"))

    def advise(unit: str | None, form: str, **files: Any) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.advise import advice_json, advice_text

        with ExitStack() as stack:
            done = assessed(stack, lang, **files)
            if not isinstance(done, pipeline.ScoredAssessment):
                return show_problems(done.as_given, "text", lang, senders=done.senders_as_given, quiet=True)
            codes = [known.code for known in done.scores.units]
            if unit is not None and unit not in codes:
                raise click.BadParameter(nearest(unit, codes, lang), param=of_unit)
            rows = list(map(int, done.scores.order)) if unit is None else [codes.index(unit)]
            advices = pipeline.advise(done.scores, rows)
            is_json = form == "json"
            say(advice_json(done.scores, advices) if is_json else advice_text(done.scores, advices, lang))
            if unit is None:
                return show_problems(done.as_given, "text", lang, senders=done.senders_as_given, quiet=True)
            return show_problems_of(done.problems, pipeline.problems_of(done, unit), lang, done.names)

    return make.command("advise", advise, *make.assessment, of_unit, make.formats("text", "json"))

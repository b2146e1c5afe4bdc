"""``problem``: the meaning of a code, with an example and its cure."""

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import nearest


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    of_code = click.Argument(["code"], metavar="CODE")

    def problem(code: str) -> int:
        from lawgov_score.catalogue import Code
        from lawgov_score.terminal.problem import problem_help

        if code.upper() not in Code.__members__:
            raise click.BadParameter(nearest(code, list(Code.__members__), lang), param=of_code)
        say(problem_help(Code(code.upper()), lang))
        return 0

    return make.command("problem", problem, of_code)

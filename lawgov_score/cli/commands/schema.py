"""``schema``: the format of trees, for editors and validators."""

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    draft_of = click.Option(["--draft"], type=click.Choice(("2020-12", "7")), default="2020-12", help=make.say("draft"))

    def schema(draft: str) -> int:
        from lawgov_score.tree.editor_schema import Draft, printed

        say(printed(Draft(draft)))
        return 0

    return make.command("schema", schema, draft_of)

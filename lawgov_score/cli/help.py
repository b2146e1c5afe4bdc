"""click's help pages in the reader's language."""

import click

from lawgov_score.cli.texts import HELP
from lawgov_score.report import render
from lawgov_score.wording import Language


class LocalCommand(click.Command):
    """A command whose help page is worded in ``lang``."""

    lang = Language.ZH

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=render(HELP["usage"], self.lang))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under a heading in the reader's language."""
        rows = [row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section(render(HELP["options"], self.lang)):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, described in the reader's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = render(HELP["help"], self.lang)
        return option


class LocalGroup(LocalCommand, click.Group):
    """The group of commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        LocalCommand.format_options(self, ctx, formatter)
        with formatter.section(render(HELP["commands"], self.lang)):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


def in_language(lang: Language) -> tuple[type[LocalCommand], type[LocalGroup]]:
    """The two classes, worded in ``lang``."""
    return (
        type("Command", (LocalCommand,), {"lang": lang}),
        type("Group", (LocalGroup,), {"lang": lang}),
    )

"""Every command, a module each: its options, the pipeline call behind it, and what goes to stdout."""

import click

from lawgov_score import __version__
from lawgov_score.cli.commands import (
    advise,
    check,
    demo,
    diff,
    explain,
    export,
    lint,
    new,
    problem,
    rehearse,
    round,
    schema,
    score,
    serve,
    show,
    start,
    take_back,
    template,
    verify,
)
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.wording import Language

_ALL = (
    lint,
    show,
    template,
    check,
    score,
    verify,
    explain,
    advise,
    diff,
    rehearse,
    export,
    take_back,
    new,
    schema,
    problem,
    demo,
    start,
    round,
    serve,
)


def build(lang: Language) -> click.Group:
    """The command group, worded in ``lang``."""
    make = Maker(lang)
    group = make.group("lawgov-score", help=make.say("group"))
    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, help=make.say("version"), callback=_version
    )
    group.params += [version, make.language()]
    for module in _ALL:
        group.add_command(module.command(make))
    return group


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        say(f"lawgov-score {__version__}")
        ctx.exit()

"""Parameters that several commands share, and the building of commands worded in one language."""

from collections.abc import Callable
from pathlib import Path

import click

from lawgov_score.cli.help import in_language
from lawgov_score.cli.streams import once, readable
from lawgov_score.cli.texts import HELP
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_READ = frozenset(
    {"scorecard", "tree", "inputs", "weights", "roster", "notice", "old", "new", "old_weights", "new_roster"}
)  # arguments that may be standard input


class Maker:
    """Makes commands in ``lang``; holds the parameters that several of them take."""

    path = click.Path(path_type=Path)

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._command, self.group = in_language(lang)
        say, path = self.say, self.path
        self.tree = click.Argument(["tree"], type=path, metavar="TREE")
        self.inputs = click.Argument(["inputs"], type=path, nargs=-1, required=True, metavar="INPUT...")
        self.roster = click.Option(["--roster"], type=path, metavar="ROSTER", help=say("roster"))
        self.weights = click.Option(["--weights"], type=path, metavar="FILE", help=say("weights"))
        self.assessor = click.Option(["--assessor"], type=path, multiple=True, metavar="DIR", help=say("assessor"))
        count = click.IntRange(min=0)
        self.means = (
            click.Option(["--jobs"], type=count, default=0, metavar="N", help=say("jobs")),
            click.Option(["--cache"], type=path, metavar="DIR", help=say("cache")),
            click.Option(["--dask"], default="", metavar="ADDRESS", help=say("dask")),
        )
        self.latest = click.Option(["--latest"], is_flag=True, help=say("latest"))
        self.previous = click.Option(["--previous"], type=path, metavar="DIR", help=say("previous"))
        self.notice = click.Option(
            ["--notice"], type=path, metavar="FILE", help=say("notice")
        )  # for what is handed out

    @property
    def assessment(self) -> tuple[click.Parameter, ...]:
        """Parameters of every command that scores: those of ``cli.assessed.assessed``."""
        return self.tree, self.inputs, self.weights, self.roster, self.assessor, self.previous, self.latest, *self.means

    def say(self, key: str) -> str:
        """A help text, by its key."""
        return render(HELP[key], self.lang)

    def formats(self, *names: str) -> click.Option:
        """``--format``, the first name being the usual one."""
        return click.Option(["--format", "form"], type=click.Choice(names), default=names[0], help=self.say("format"))

    def language(self) -> click.Option:
        """``--lang`` is read before anything else (``cli.language``); here it is only declared and checked."""
        return click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=self.say("lang"))

    def command(
        self, name: str, run: Callable[..., int], *parameters: click.Parameter, about: Words | None = None
    ) -> click.Command:
        """A command that runs ``run`` and exits with its result; standard input can be named only once.

        ``about``: its sentence of help, where it is not in the table of texts under its name.
        """

        everything = [*parameters, self.language()]

        def checked(**arguments: object) -> int:
            once({key: value for key, value in arguments.items() if key in _READ}, self.lang)
            readable(everything, arguments, self.lang)
            return run(**arguments)

        return self._command(name, callback=checked, params=everything, help=render(about or HELP[name], self.lang))

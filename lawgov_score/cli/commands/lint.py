"""``lint``: every problem of a tree."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import given, maybe


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def lint(tree: Path, weights: Path | None, form: str) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            files = given(tree, ".yaml", stack), maybe(weights, ".yaml", stack)
            _, problems = pipeline.load_tree(*files, is_in_use=False)
            return show_problems(problems, form, lang, to_stdout=True)

    return make.command("lint", lint, make.tree, make.weights, make.formats("text", "json", "github"))

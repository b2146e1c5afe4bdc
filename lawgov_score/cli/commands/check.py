"""``check``: every problem of what came in, without scoring."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from lawgov_score.cli.assessed import reading
from lawgov_score.cli.options import Maker
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.cli.streams import given, maybe


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def check(
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: Sequence[Path],
        form: str,
        **means: Any,
    ) -> int:
        from lawgov_score import pipeline

        with ExitStack() as stack:
            run = stack.enter_context(reading(lang, **means))
            found, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if found is not None:
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), found)
                problems += more
                if not failed(more):
                    taken = pipeline.check(found, [given(path, ".csv", stack) for path in inputs], units, run)
                    _, doubts = pipeline.check_review(found, assessor, units, taken.submissions)
                    problems += (*taken.problems, *doubts)
            return show_problems(problems, form, lang, to_stdout=True)

    forms = make.formats("text", "json")
    return make.command(
        "check", check, make.tree, make.inputs, make.weights, make.roster, make.assessor, *make.means, forms
    )

"""``rehearse``: last year's submissions under the old tree and under the next one: who moves, and why."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from lawgov_score.cli.assessed import reading, say_without_roster
from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder, given, maybe, to_stdout_as
from lawgov_score.problems import STANDARD_INPUT, display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_BOTH_ROSTERS = Words(
    "--new-roster 要与 --roster（去年的名册）一并给出：两份名册相比，才知道谁撤并、谁改了分组",
    "--new-roster goes with --roster, last year's: what changed is what differs between the two",
)
_WROTE = Words("已写入 {path}", "Wrote {path}")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang, folder = make.lang, OutputFolder(make.lang)

    def rehearse(
        old: Path,
        new: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        old_weights: Path | None,
        roster: Path | None,
        new_roster: Path | None,
        assessor: Sequence[Path],
        previous: Path | None,
        latest: bool,
        out: Path | None,
        csv: Path | None,
        html: Path | None,
        overwrite: bool,
        **means: Any,
    ) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.rehearsal import rehearsal_text

        if new_roster is not None and roster is None:
            raise click.UsageError(render(_BOTH_ROSTERS, lang))
        say_without_roster(roster, lang)
        to_stdout = str(out) == STANDARD_INPUT
        with ExitStack() as stack:
            sets = (maybe(old_weights or weights, ".yaml", stack), maybe(weights, ".yaml", stack))
            with reading(lang, **means) as run:
                done = pipeline.rehearse(
                    *(given(old, ".yaml", stack), given(new, ".yaml", stack)),
                    [given(path, ".csv", stack) for path in inputs],
                    maybe(roster, ".csv", stack),
                    new_roster=maybe(new_roster, ".csv", stack),
                    weights=sets,
                    assessor=assessor,
                    previous=previous,
                    run=run,
                    latest=latest,
                )
            found = done.rehearsal
            if found is None:
                failed = show_problems(done.as_given, "text", lang, quiet=True)
                return failed if done.material is not None else 2
            written = pipeline.RehearsalFiles(None if to_stdout else out, csv, html)
            pipeline.write_rehearsed(done, written, lang, overwrite=overwrite)
            for path in (csv, html, written.workbook):
                if path is not None:
                    say(render(_WROTE(path=display_path(path)), lang), err=True)
            if to_stdout:
                to_stdout_as(lambda path: pipeline.write_rehearsal(found, path, lang), stack)
            else:
                say(rehearsal_text(found, lang))
            return show_problems(done.as_given, "text", lang, quiet=True)

    return make.command(
        "rehearse",
        rehearse,
        click.Argument(["old"], type=make.path, metavar="OLD"),
        click.Argument(["new"], type=make.path, metavar="NEW"),
        make.inputs,
        make.weights,
        click.Option(["--old-weights"], type=make.path, metavar="FILE", help=make.say("old_weights")),
        make.roster,
        click.Option(["--new-roster"], type=make.path, metavar="FILE", help=make.say("new_roster")),
        *(make.assessor, make.previous, make.latest, *make.means),
        click.Option(["-o", "--out", "out"], type=make.path, metavar="X.xlsx", help=make.say("rehearse_out")),
        click.Option(["--csv"], type=folder, metavar="DIR", help=make.say("rehearse_csv")),
        click.Option(["--html"], type=folder, metavar="DIR", help=make.say("rehearse_html")),
        click.Option(["--overwrite"], is_flag=True, help=make.say("rehearse_overwrite")),
    )

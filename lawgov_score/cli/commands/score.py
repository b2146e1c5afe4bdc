"""``score``: scores, places and grades; scorecard, cards and tables."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score.cli.assessed import assessed
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import OutputFolder, to_stdout_as
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

if TYPE_CHECKING:
    from lawgov_score.problems import Problem

_WROTE = Words("已写入 {path}", "Wrote {path}")
_WROTE_PAGES = Words(
    "已写入 {path}：public 供公布，office 供考核机关内部使用",
    "Wrote {path}: public is to be published, office is for the office alone",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang, folder = make.lang, OutputFolder(make.lang)
    since = click.Option(["--since"], type=make.path, metavar="DIR", help=make.say("since"))
    outputs = (
        click.Option(["-o", "--out", "out"], type=make.path, metavar="SCORECARD.xlsx", help=make.say("scorecard")),
        click.Option(["--cards"], type=folder, metavar="DIR", help=make.say("cards")),
        click.Option(["--csv"], type=folder, metavar="DIR", help=make.say("csv")),
        click.Option(["--html"], type=folder, metavar="DIR", help=make.say("html")),
        click.Option(["--parquet"], type=make.path, metavar="FILE", help=make.say("parquet")),
        click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite_results")),
    )

    # The keys of `files` are the parameter names of `assessed`.
    def score(
        out: Path | None,
        cards: Path | None,
        csv: Path | None,
        html: Path | None,
        parquet: Path | None,
        overwrite: bool,
        since: Path | None,
        **files: Any,
    ) -> int:
        from lawgov_score import pipeline
        from lawgov_score.content.open_items import open_items
        from lawgov_score.terminal.changes import changes_text
        from lawgov_score.terminal.open_items import open_text
        from lawgov_score.terminal.ranking import ranking_text

        if parquet is not None:
            pipeline.need_parquet(parquet)  # fails before anything is read
        to_stdout = str(out) == "-"
        with ExitStack() as stack:
            done = assessed(stack, lang, **files)
            of_then: tuple[Problem, ...] = ()
            if isinstance(done, pipeline.ScoredAssessment):
                workers = stack.enter_context(pipeline.Workers(done, files["jobs"]))
                changes = None
                if since is not None:  # what it says stands in no output but its own: verify knows nothing of it
                    then = pipeline.read_since(since, done.tree)
                    changes, of_then = pipeline.compared(then, done, lang), then.problems
                    done = replace(done, files=(*done.files, *then.files))
                scorecard = None if to_stdout else out
                outputs = pipeline.Outputs(scorecard, cards, csv, parquet, html, has_changes=changes is not None)
                pipeline.keep_what_was_read(done, outputs)
                left_over = pipeline.write_outputs(
                    *(done, outputs, lang, Watch(lang), workers), overwrite=overwrite, changes=changes
                )
                for path in (csv, cards, html, parquet, outputs.scorecard):
                    if path is not None:
                        words = _WROTE_PAGES if path is html else _WROTE
                        say(render(words(path=display_path(path)), lang), err=True)
                show_problems(left_over, "text", lang, quiet=True)
                if to_stdout:
                    to_stdout_as(lambda path: pipeline.write_scorecard(done, path, lang), stack)
                if items := open_items(done.scores):
                    say(open_text(items, done.scores, lang), err=True)
                if not to_stdout:
                    say(ranking_text(done.scores, lang))
                if changes is not None:
                    text = changes_text(changes, done.scores, lang, is_written=csv is not None)
                    say(f"\n{text}", err=to_stdout)
            told = (*done.as_given, *of_then)
            return show_problems(told, "text", lang, senders=done.senders_as_given, quiet=True)

    return make.command("score", score, *make.assessment, make.notice, since, *outputs)

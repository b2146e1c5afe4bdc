"""``check``: every problem of the inputs, without scoring."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score.cli.assessed import reading, say_without_roster
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.cli.streams import OutputFolder, given, maybe
from lawgov_score.problems import display_path
from lawgov_score.report import problems_text, render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.model.notice import Notice
    from lawgov_score.problems import Problem
    from lawgov_score.terminal.problems import Senders

_MARKED = Words(
    "已写入退回修改副本 {n} 份：{path}；没有问题、未制作副本的文件 {clean} 个",
    "Wrote {n} marked copies to {path}; {clean} file(s) without problems have none",
)


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def check(
        tree: Path,
        inputs: Sequence[Path],
        weights: Path | None,
        roster: Path | None,
        assessor: Sequence[Path],
        latest: bool,
        marked: Path | None,
        notice: Path | None,
        form: str,
        **means: Any,
    ) -> int:
        from lawgov_score import pipeline

        senders: Senders = ()
        say_without_roster(roster, lang)
        with ExitStack() as stack:
            run = stack.enter_context(reading(lang, **means))
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                units, more = pipeline.load_roster(maybe(roster, ".csv", stack), loaded_tree)
                problems += more
                if not failed(more):
                    files = [given(path, ".csv", stack) for path in inputs]
                    taken = pipeline.check(loaded_tree, files, units, run, latest=latest)
                    _, doubts = pipeline.check_review(loaded_tree, assessor, units, taken.submissions, latest=latest)
                    problems += (*taken.problems, *doubts)
                    senders = taken.senders
                    told, of_notice = pipeline.load_notice(maybe(notice, ".yaml", stack))
                    problems += of_notice
                    if marked is not None:
                        _mark(files, taken.problems, marked, lang, means["jobs"], told)
            return show_problems(problems, form, lang, senders=senders, to_stdout=True)

    to = click.Option(["--marked"], type=OutputFolder(lang), metavar="DIR", help=make.say("marked"))
    taken = (make.tree, make.inputs, make.weights, make.roster, make.assessor, make.latest, make.notice, *make.means)
    return make.command("check", check, *taken, to, make.formats("text", "json"))


def _mark(
    files: Sequence[Path], problems: "Sequence[Problem]", folder: Path, lang: Language, jobs: int, notice: "Notice"
) -> None:
    """Writes the copies to send back, and reports the result for every file on stderr."""
    from lawgov_score import pipeline

    done = pipeline.write_marked(files, problems, folder, lang, Watch(lang), jobs, notice)
    if done.problems:
        say(problems_text(done.problems, lang), err=True)
    say(render(_MARKED(n=len(done.written), path=display_path(folder), clean=done.clean), lang), err=True)

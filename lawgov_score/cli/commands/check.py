"""``check``: every problem of the inputs, without scoring."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lawgov_score.cli.assessed import reading, say_without_roster
from lawgov_score.cli.options import Maker
from lawgov_score.cli.progress import Watch
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, refuse_no_workbook, show_problems
from lawgov_score.cli.streams import OutputFolder, given, maybe
from lawgov_score.input_names import AS_GIVEN
from lawgov_score.problems import display_path
from lawgov_score.report import problems_text, render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.content.whose import Senders
    from lawgov_score.pipeline import Marked

_MARKED = Words(
    "已写入退回修改副本 {n} 份：{path}；没有问题、未制作副本的文件 {clean} 个",
    "Wrote {n} marked copies to {path}; {clean} files without problems {clean:has|have} none",
)
_REGISTERED = Words("已写入报送情况登记表 {path}", "Wrote the register of submissions, {path}")


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
        register: Path | None,
        overwrite: bool,
        notice: Path | None,
        form: str,
        **means: Any,
    ) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.intake_register import register_text

        if register is not None:
            refuse_no_workbook(register, to_register, lang)
        senders: Senders = ()
        table, names = "", AS_GIVEN
        to_write: Callable[[], None] | None = None
        say_without_roster(roster, lang)
        with ExitStack() as stack:
            run = stack.enter_context(reading(lang, **means))
            loaded_tree, problems = pipeline.load_tree(given(tree, ".yaml", stack), maybe(weights, ".yaml", stack))
            if loaded_tree is not None:
                of_units, files = maybe(roster, ".csv", stack), [given(path, ".csv", stack) for path in inputs]
                told_by = maybe(notice, ".yaml", stack)
                names = pipeline.names_given(loaded_tree, files, of_units, assessor=assessor, notice=told_by)
                units, more = pipeline.load_roster(of_units, loaded_tree, names)
                problems += more
                if not failed(more):
                    taken = pipeline.check(loaded_tree, files, units, run, latest=latest, names=names)
                    _, doubts = pipeline.check_review(
                        loaded_tree, assessor, units, taken.submissions, names, latest=latest
                    )
                    problems += (*taken.problems, *doubts)
                    senders = tuple((names.place_as_given(place), unit) for place, unit in taken.senders)
                    told, of_notice = pipeline.load_notice(told_by)
                    problems += of_notice
                    whole = pipeline.register_of(loaded_tree, taken, units, problems)
                    table = register_text(whole, lang)

                    def write() -> None:
                        """Register and copies: both or none."""
                        with pipeline.batch(overwrite=overwrite) as together:
                            kept, done = None, None
                            if register is not None:
                                read = pipeline.files_read(loaded_tree, of_units, (*files, *assessor), None, told_by)
                                kept = pipeline.write_register(
                                    *(whole, register, lang, together), inputs=read, overwrite=overwrite
                                )
                            if marked is not None:
                                to_mark = (*taken.problems, *pipeline.blanks_to_mark(whole, taken.submissions))
                                done = pipeline.write_marked(
                                    *(files, to_mark, marked, lang, Watch(lang), together, means["jobs"], told),
                                    names=names,
                                    superseded=taken.superseded,
                                    overwrite=overwrite,
                                )
                        if register is not None:
                            registered = render(_REGISTERED(path=display_path(register)), lang)
                            say(registered if kept is None else problems_text((kept,), lang), err=True)
                        if marked is not None and done is not None:
                            _say_marked(done, marked, lang)

                    to_write = write
            code = show_problems(names.as_given(problems), form, lang, senders=senders, to_stdout=True)
            if table and form == "text":
                say(f"\n{table}")
            if to_write is not None:  # last: what was found is said in any case
                to_write()
            return code

    options = (
        click.Option(["--marked"], type=OutputFolder(lang), metavar="DIR", help=make.say("marked")),
        to_register := click.Option(["--register"], type=make.path, metavar="FILE.xlsx", help=make.say("register")),
        click.Option(["--overwrite"], is_flag=True, help=make.say("overwrite_check")),
    )
    taken = (make.tree, make.inputs, make.weights, make.roster, make.assessor, make.latest, make.notice, *make.means)
    return make.command("check", check, *taken, *options, make.formats("text", "json"))


def _say_marked(done: "Marked", folder: Path, lang: Language) -> None:
    """The result of marking, for every file, on stderr."""
    if done.problems:
        say(problems_text(done.problems, lang), err=True)
    say(render(_MARKED(n=len(done.written), path=display_path(folder), clean=done.clean), lang), err=True)

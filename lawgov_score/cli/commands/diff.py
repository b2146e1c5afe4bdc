"""``diff``: what changed from one tree to another, by meaning."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import show_problems
from lawgov_score.cli.streams import given, maybe, to_stdout_as
from lawgov_score.problems import STANDARD_INPUT, display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_WROTE = Words("已写入 {path}", "Wrote {path}")
_NEEDS_A_FILE = Words(
    "工作簿要用 -o 写明文件名，如 -o 变化.xlsx；写到标准输出用 -o -",
    "a workbook needs a file, such as -o changes.xlsx; -o - writes to standard output",
)
_FAILED = Words(
    "有{name}的变化（--fail-on {word}），退出码为 1。",
    "There are changes: {name} (--fail-on {word}); exit code 1.",
)
_FORMS = ("text", "json", "md", "xlsx")
_BY_SUFFIX = {".json": "json", ".md": "md", ".xlsx": "xlsx"}


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    form_of = click.Option(["--format", "form"], type=click.Choice(_FORMS), help=make.say("diff_format"))

    def diff(
        old: Path,
        new: Path,
        form: str | None,
        out: Path | None,
        fail_on: str | None,
        weights: Path | None,
        old_weights: Path | None,
        overwrite: bool,
    ) -> int:
        from lawgov_score import pipeline
        from lawgov_score.revision import Affects, gravest, is_as_grave
        from lawgov_score.revision.report_rows import CLASSES
        from lawgov_score.terminal.revision import revision_json, revision_markdown, revision_text

        is_stdout = out is None or str(out) == STANDARD_INPUT
        form = form or (_BY_SUFFIX.get(out.suffix.lower(), "text") if out is not None else "text")
        if form == "xlsx" and out is None:
            raise click.BadParameter(render(_NEEDS_A_FILE, lang), param=form_of)
        texts = {"text": revision_text, "json": revision_json, "md": revision_markdown}
        with ExitStack() as stack:
            before, now = given(old, ".yaml", stack), given(new, ".yaml", stack)
            sets = (maybe(old_weights or weights, ".yaml", stack), maybe(weights, ".yaml", stack))
            compared = pipeline.compare_trees(before, now, sets)
            if compared.revision is None:
                show_problems(compared.problems, "text", lang, quiet=True)
                return 2  # a tree that does not load is never "no change"
            worded = None if form == "xlsx" else texts[form]
            if out is not None and not is_stdout:
                pipeline.write_compared(
                    *(compared, out, lang, None if worded is None else lambda one: worded(one, lang)),
                    overwrite=overwrite,
                )
                say(render(_WROTE(path=display_path(out)), lang), err=True)
            elif worded is None:
                revision = compared.revision
                to_stdout_as(lambda path: pipeline.write_revision(revision, path, lang), stack)
            else:
                say(worded(compared.revision, lang))
            show_problems(compared.problems, "text", lang, quiet=True)
            if fail_on is None or not is_as_grave(gravest(compared.revision.changes), Affects(fail_on)):
                return 0
            found = gravest(compared.revision.changes)
            assert found is not None  # there is one as grave
            say(render(_FAILED(name=CLASSES[found], word=fail_on), lang), err=True)
            return 1

    return make.command(
        "diff",
        diff,
        click.Argument(["old"], type=make.path, metavar="OLD"),
        click.Argument(["new"], type=make.path, metavar="NEW"),
        form_of,
        click.Option(["-o", "--out", "out"], type=make.path, metavar="FILE", help=make.say("diff_out")),
        click.Option(["--fail-on"], type=click.Choice(("score", "filling", "text")), help=make.say("fail_on")),
        make.weights,
        click.Option(["--old-weights"], type=make.path, metavar="FILE", help=make.say("old_weights")),
        click.Option(["--overwrite"], is_flag=True, help=make.say("diff_overwrite")),
    )

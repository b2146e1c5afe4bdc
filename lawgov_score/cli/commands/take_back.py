"""``import``: a circulated table goes back into the tree: its changes are shown, and written with ``--write``."""

from contextlib import ExitStack
from pathlib import Path

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import failed, show_problems
from lawgov_score.cli.streams import maybe
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Words

_WROTE = Words("已写入 {path}", "Wrote {path}")
_NOTHING = Words("表中没有要改的，什么都没有写入。", "The table asks for nothing: nothing was written.")
_ONLY_SHOWN = Words(
    "以上是要改的，还没有写入；确认后加 --write 写入。",
    "That is what would change. Nothing is written without --write.",
)
_REFUSED = Words("有不能取回的地方，什么都没有写入。", "Some of it cannot be taken back: nothing was written.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    def take_back(table: Path, tree: Path, weights: Path | None, write: bool) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.revision import revision_text

        with ExitStack() as stack:
            taken = pipeline.take_back(table, tree, maybe(weights, ".yaml", stack))
            show_problems(taken.problems, "text", lang)
            if taken.revision is None:
                say(render(_REFUSED, lang), err=True)
                return 1 if taken.is_usable else 2
            say(revision_text(taken.revision, lang))
            if not taken.changed:
                say(render(_NOTHING, lang), err=True)
            elif not write:
                say(render(_ONLY_SHOWN, lang), err=True)
            else:
                for path in pipeline.write_taken(taken, tree):
                    say(render(_WROTE(path=display_path(path)), lang), err=True)
            return int(failed(taken.problems))

    return make.command(
        "import",
        take_back,
        click.Argument(["table"], type=make.path, metavar="FILE.xlsx"),
        make.tree,
        make.weights,
        click.Option(["--write"], is_flag=True, help=make.say("import_write")),
    )

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
_ONE_OF = Words(
    "写明取回到哪个指标体系（TREE），或者用 --into 写明新建的文件夹；--into 不与 TREE、--write、--weights 同用",
    "Name the TREE that the table goes back into, or a new folder by --into, without TREE, --write and --weights",
)
_TO_WRITE = Words(
    "这是初稿，不能直接计分：写着“待写”的各行照方案补齐，再运行 lawgov-score lint {path}",
    "This is a draft and cannot be scored: write the lines that say 待写, then run lawgov-score lint {path}",
)
_THE_SAME = Words("{path} 已是这样，没有改动", "{path} says just that already: nothing was changed")
_REFUSED_SO_FAR = Words(
    "有不能取回的地方，什么都没有写入。改好以后，还会核对分值之和与计分规则。",
    "Some of it cannot be taken back: nothing was written. Sums of points and rules are looked at once that is mended.",
)
_REFUSED = Words("有不能取回的地方，什么都没有写入。", "Some of it cannot be taken back: nothing was written.")


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang

    tree_of = click.Argument(["tree"], type=make.path, metavar="[TREE]", required=False)
    into_folder = click.Option(["--into", "into"], type=make.path, metavar="DIR", help=make.say("import_into"))

    def take_back(table: Path, tree: Path | None, weights: Path | None, write: bool, into: Path | None) -> int:
        from lawgov_score import pipeline
        from lawgov_score.terminal.revision import revision_text

        if (tree is None) == (into is None) or (into is not None and (write or weights is not None)):
            raise click.BadParameter(render(_ONE_OF, lang), param=tree_of if into is None else into_folder)
        if into is not None:
            path, problems, is_new = pipeline.write_first_tree(table, into)
            show_problems(problems, "text", lang)
            if path is not None:
                say(render((_WROTE if is_new else _THE_SAME)(path=display_path(path)), lang), err=True)
                say(render(_TO_WRITE(path=display_path(path)), lang), err=True)
            return int(path is None)
        assert tree is not None  # one of the two

        if write and (completed := pipeline.complete_import(tree)):
            show_problems(completed, "text", lang)
            if failed(completed):
                return 2
        with ExitStack() as stack:
            taken = pipeline.take_back(table, tree, maybe(weights, ".yaml", stack))
            show_problems(taken.problems, "text", lang)
            if taken.revision is None:
                say(render(_REFUSED if taken.is_read or not taken.is_usable else _REFUSED_SO_FAR, lang), err=True)
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
        tree_of,
        make.weights,
        click.Option(["--write"], is_flag=True, help=make.say("import_write")),
        into_folder,
    )
